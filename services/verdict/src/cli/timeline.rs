//! `verdict timeline`: what happened to something, in the log's order, over all streams that belong to it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use verdict_proto::platform::v1::LoggedEvent;
use verdict_stored::Metadata;

use self::belongings::{Belongings, Of};
use super::client::Client;
use super::clock;
use super::columns::field_of;
use super::kind::Shown;
use super::output::{self, Format};
use crate::failure::Failure;

pub mod belongings;
pub mod sentences;
#[cfg(test)]
mod tests;

/// Between two looks of who watches.
const GLANCE: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub struct Timeline {
    /// What it is
    #[arg(value_name = "rollout|flag|bet|service", hide_possible_values = true)]
    of: Of,
    /// Its key or id; of a service the name
    name: String,
    /// Only what happened since: 1h for the last hour, or a time such as 2026-12-01 or 2026-12-01T09:00:00Z
    #[arg(long, default_value = "", hide_default_value = true)]
    since: String,
    /// The newest so many, at most 1000
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// Go on with what happens
    #[arg(long)]
    watch: bool,
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Entry {
    at: String,
    what: String,
    who: String,
    why: String,
    value: String,
    r#type: String,
    stream: String,
    revision: u32,
    position: String,
    id: String,
}

/// Shows what happened, and with `--watch` what happens.
pub async fn run(timeline: &Timeline, client: &Client, shown: &mut Shown<'_>) -> Result<(), Failure> {
    let since = clock::since(&timeline.since, client).await?;
    let mut seen = BTreeSet::new();
    let mut is_first = true;
    loop {
        let (mut entries, missing) = look(timeline, &since, client).await?;
        entries.retain(|entry| seen.insert(entry.id.clone()));
        if is_first || !entries.is_empty() {
            show(&entries, is_first, shown)?;
        }
        if is_first && shown.format.is_table() {
            missing.iter().try_for_each(|what| writeln!(shown.out, "not shown: {what}"))?;
        }
        if !timeline.watch {
            return Ok(());
        }
        is_first = false;
        shown.out.flush()?;
        tokio::time::sleep(GLANCE).await;
    }
}

/// The newest entries, and what is not among them.
async fn look(
    timeline: &Timeline,
    since: &str,
    client: &Client,
) -> Result<(Vec<Entry>, Vec<String>), Failure> {
    let belongings = Belongings::of(timeline.of, &timeline.name, client).await?;
    let reply = client.history(&belongings.request(client.org(), since.to_owned())).await?;
    let mut entries = entries(&belongings, &reply.events);
    let limit = usize::try_from(timeline.limit).unwrap_or(usize::MAX);
    let over = entries.len().saturating_sub(limit);
    entries.drain(..over);
    let mut missing = belongings.missing;
    if over > 0 {
        missing.push(format!("{over} older entries; --limit shows more"));
    } else if reply.older {
        missing.push("what is older than the newest 1000 entries".to_owned());
    }
    Ok((entries, missing))
}

/// What the events say, as far as they belong to it.
fn entries(belongings: &Belongings, events: &[LoggedEvent]) -> Vec<Entry> {
    let mut part = belongings.part();
    let mut known = BTreeMap::new();
    let mut entries = Vec::new();
    for event in events {
        let said = sentences::said(&event.r#type, &event.data);
        let field = |name: &str| said.message.as_ref().map(|of| field_of(of, name)).unwrap_or_default();
        if !part.takes(&event.stream, event.revision, &field("rollout_id")) {
            continue;
        }
        let thing = belongings.streams.get(&event.stream).map_or(event.stream.as_str(), String::as_str);
        let what = format!("{thing} {}", said.happened);
        let beside = Metadata::read(event.metadata.as_bytes()).ok();
        let cause = ["breach", "cause"].into_iter().map(field).find(|cause| !cause.is_empty());
        let cause = cause.map(|cause| known.get(&cause).cloned().unwrap_or(cause)).unwrap_or_default();
        let reason = beside.as_ref().map(|beside| beside.reason.clone()).unwrap_or_default();
        let reasons = [reason, field("reason"), cause];
        known.insert(event.id.clone(), what.clone());
        entries.push(Entry {
            at: beside.as_ref().map_or_else(|| event.created.clone(), |beside| beside.at.to_string()),
            what,
            who: beside.map(who).unwrap_or_default(),
            why: reasons.into_iter().find(|reason| !reason.is_empty()).unwrap_or_default(),
            value: said.value,
            r#type: event.r#type.clone(),
            stream: event.stream.clone(),
            revision: event.revision,
            position: event.position.clone(),
            id: event.id.clone(),
        });
    }
    entries
}

fn who(beside: Metadata) -> String {
    let principal = beside.principal;
    if principal.on_behalf_of.is_empty() {
        return principal.subject;
    }
    format!("{} for {}", principal.subject, principal.on_behalf_of)
}

fn show(entries: &[Entry], with_head: bool, shown: &mut Shown<'_>) -> Result<(), Failure> {
    match shown.format {
        Format::Json | Format::Yaml => return output::document(shown.out, shown.format, &entries),
        Format::Name => entries.iter().try_for_each(|entry| writeln!(shown.out, "{}", entry.id))?,
        Format::Table | Format::Wide => {
            let wide = shown.format == Format::Wide;
            let head: &[&str] = if wide {
                &["TIME", "WHAT", "WHO", "WHY", "VALUE", "EVENT", "POSITION"]
            } else {
                &["TIME", "WHAT", "WHO", "WHY", "VALUE"]
            };
            let rows: Vec<_> = entries.iter().map(|entry| row(entry, wide)).collect();
            let lines = output::aligned(head, &rows);
            lines.iter().skip(usize::from(!with_head)).try_for_each(|line| writeln!(shown.out, "{line}"))?;
        }
    }
    Ok(())
}

fn row(entry: &Entry, wide: bool) -> Vec<String> {
    let Entry { at, what, who, why, value, .. } = entry.clone();
    let mut cells: Vec<String> = [at, what, who, why, value].map(super::view::dashed).into();
    if wide {
        cells.push(format!("{} {}/{}", entry.r#type, entry.stream, entry.revision));
        cells.push(entry.position.clone());
    }
    cells
}
