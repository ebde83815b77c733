//! What the log says about the safety path.

use std::sync::Arc;

use anyhow::bail;
use verdict_runtime::log::{Filter, Log, Position, Recorded};
use verdict_stored::Metadata;

use crate::exposure::Run;

/// The first event of each append after `before`, in order, up to the one that narrowed the flag of the run.
pub(crate) async fn commits_until_narrowed(
    log: &Log,
    before: Option<&Position>,
    run: &Run,
) -> anyhow::Result<Vec<Recorded>> {
    let slice = log.read_all(before, &Filter::default(), 1_000).await?;
    let stream = format!("rollouts.flag-{}", run.flag);
    let (mut commits, mut last) = (Vec::new(), None);
    for event in slice.events {
        let metadata: Metadata = serde_json::from_slice(&event.metadata)?;
        let narrowed = *event.stream == *stream && &*event.event_type == "rollouts.Flag.ExposureNarrowed.v1";
        // Events of one append are neighbours with one command id.
        let commit = Some((metadata.command_id, Arc::clone(&event.stream)));
        if commit != last {
            commits.push(event);
            last = commit;
        }
        if narrowed {
            return Ok(commits);
        }
    }
    bail!("{stream} was never narrowed")
}

/// What kind of stream the event is in.
pub(crate) fn category(event: &Recorded) -> String {
    let (category, _) = event.stream.split_once('-').unwrap_or((&event.stream, ""));
    category.to_owned()
}
