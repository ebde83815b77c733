//! `verdict status` and `verdict events`: what matters first, what runs, and what the log says.

use std::io::Write;

use futures::future;

use clap::{Args, Subcommand};
use verdict_proto::platform::v1 as pb;
use verdict_runtime::housekeeping;

use super::client::Client;
use super::clock;
use super::output::{self, Failure, Format};
use crate::platform::service::Service;
use standing::Standing;

pub mod standing;

#[derive(Debug, Args)]
pub struct Status {
    /// Answer only once every role has applied the log and has nothing left to do
    #[arg(long)]
    settled: bool,
}

/// Shows what matters first, then who runs; roles only where one is not ready or they are asked for. A process that is
/// silent is shown as such beside the others, and a platform that does not come to rest says who is still at work.
pub async fn run(
    status: &Status,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if status.settled
        && let Some(replies) = client.settled().await
    {
        return show_all(&replies, format, out);
    }
    let (mut silent, mut at_work, mut replies) = (Vec::new(), Vec::new(), Vec::new());
    let answers = if status.settled || !format.is_table() {
        client.status().await
    } else {
        let (answers, standing) = future::join(client.status(), Standing::of(client)).await;
        let now = answers.iter().find_map(|(_, answer)| answer.as_ref().ok()?.now.parse().ok());
        standing.at(now).show(out)?;
        answers
    };
    for (address, answer) in answers {
        match answer {
            Ok(reply) => {
                at_work.extend(working(&reply));
                if format.is_document() {
                    replies.push(reply);
                } else {
                    show(&reply, format, out)?;
                }
            }
            Err(failure) => {
                if !format.is_document() {
                    writeln!(out, "down  {address}: {failure}")?;
                }
                silent.push(address);
            }
        }
    }
    if format.is_document() {
        show_all(&replies, format, out)?;
    }
    if !silent.is_empty() {
        return Err(Failure::unavailable(format!("no answer from {}", silent.join(", "))));
    }
    if status.settled {
        let who = if at_work.is_empty() { "nobody in particular".to_owned() } else { at_work.join(", ") };
        return Err(Failure::unavailable(format!(
            "not settled within {} s; at work: {who}",
            client.deadline()
        )));
    }
    Ok(())
}

/// Who in this process has something left to do, with how far it is.
fn working(reply: &pb::StatusReply) -> impl Iterator<Item = String> {
    let head = &reply.position;
    reply.roles.iter().filter(|role| !role.idle).map(move |role| {
        let (name, applied) = (&role.name, &role.position);
        if applied.is_empty() { name.clone() } else { format!("{name} at {applied} of {head}") }
    })
}

/// All processes: as one document, the list of them.
fn show_all(replies: &[pb::StatusReply], format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    if format.is_document() {
        return output::document(out, format, &replies);
    }
    replies.iter().try_for_each(|reply| show(reply, format, out))
}

/// One process, and those of its roles that are of interest.
fn show(reply: &pb::StatusReply, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let kind = if reply.virtual_clock { "virtual" } else { "real" };
    let (name, services) = (&reply.replica, reply.services.join(" "));
    writeln!(out, "verdict {}  {name}: {services}", reply.version)?;
    writeln!(out, "{kind} time {}  position {}", reply.now, reply.position)?;
    let row = |role: &pb::Role| {
        let ready = if role.ready { "ready".to_owned() } else { role.reason.clone() };
        let idle = if role.idle { "idle" } else { "working" };
        vec![role.name.clone(), ready, idle.to_owned(), role.position.clone()]
    };
    let is_shown = |role: &&pb::Role| format == Format::Wide || !role.ready;
    let rows: Vec<_> = reply.roles.iter().filter(is_shown).map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    output::table(out, &["ROLE", "READY", "WORK", "APPLIED"], &rows)
}

#[derive(Debug, Subcommand)]
pub enum Events {
    /// Show the log as it grows
    Tail {
        /// Start after this position
        #[arg(long, default_value = "", hide_default_value = true)]
        after: String,
        /// Start with what came since: 1h for the last hour, or a time such as 2026-12-01 or 2026-12-01T09:00:00Z
        #[arg(long, default_value = "", hide_default_value = true, conflicts_with = "after")]
        since: String,
        /// Also checkpoints and leases, which say nothing about the product
        #[arg(long)]
        all: bool,
        /// Stop at the end of the log instead of waiting for more
        #[arg(long)]
        no_follow: bool,
        /// Only streams that begin with this; repeat for more
        #[arg(long = "stream")]
        prefixes: Vec<String>,
        /// At most this many events
        #[arg(long, default_value_t = 0)]
        limit: u32,
    },
}

/// Runs `verdict events`.
pub async fn events(
    verb: Events,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let Events::Tail { after, since, all, no_follow, prefixes, limit } = verb;
    let since = clock::since(&since, client).await?;
    let kept = Service::CONTEXTS.iter().flat_map(|context| housekeeping::prefixes(context.name()));
    // Whoever names such a stream wants to see it.
    let is_asked_for = all || prefixes.iter().any(|prefix| housekeeping::is_housekeeping(prefix));
    let exclude = if is_asked_for { Vec::new() } else { kept.collect() };
    let request = pb::TailRequest { after, follow: !no_follow, prefixes, limit, since, exclude };
    let mut events = client.call(|| async { client.platform().tail(request.clone()).await }).await?;
    while let Some(event) = events.message().await? {
        if format.is_document() {
            // A document for each event: the log has no end that could close a list.
            let line = serde_json::to_string(&event).map_err(|error| Failure::Fault(error.to_string()))?;
            writeln!(out, "{line}")?;
        } else {
            writeln!(
                out,
                "{}  {}/{}  {}  {}",
                event.created,
                event.stream,
                event.revision,
                event.r#type,
                output::escaped(&event.data)
            )?;
        }
        // Whoever follows wants to see each event when it comes.
        out.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
