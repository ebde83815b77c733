//! `verdict status` and `verdict events`: what runs, and what the log says.

use std::io::Write;

use clap::{Args, Subcommand};
use verdict_proto::platform::v1 as pb;

use super::client::Client;
use super::output::{self, Failure, Format};

#[derive(Debug, Args)]
pub struct Status {
    /// Answer only once every role has applied the log and has nothing left to do
    #[arg(long)]
    settled: bool,
}

/// Shows the platform's roles.
pub async fn run(
    status: &Status,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let replies = client.status(status.settled).await?;
    for reply in &replies {
        show(reply, format, out)?;
    }
    Ok(())
}

/// One process and its roles.
fn show(reply: &pb::StatusReply, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    if format == Format::Json {
        return output::json(out, reply);
    }
    let kind = if reply.virtual_clock { "virtual" } else { "real" };
    let (name, services) = (&reply.replica, reply.services.join(" "));
    writeln!(out, "verdict {}  {name}: {services}", reply.version)?;
    writeln!(out, "{kind} time {}  position {}", reply.now, reply.position)?;
    let row = |role: &pb::Role| {
        let ready = if role.ready { "ready".to_owned() } else { role.reason.clone() };
        let idle = if role.idle { "idle" } else { "working" };
        vec![role.name.clone(), ready, idle.to_owned(), role.position.clone()]
    };
    let rows: Vec<_> = reply.roles.iter().map(row).collect();
    output::table(out, &["ROLE", "READY", "WORK", "APPLIED"], &rows)
}

#[derive(Debug, Subcommand)]
pub enum Events {
    /// Show the log as it grows
    Tail {
        /// Start after this position
        #[arg(long, default_value = "")]
        after: String,
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
    let Events::Tail { after, no_follow, prefixes, limit } = verb;
    let request = pb::TailRequest { after, follow: !no_follow, prefixes, limit };
    let mut events = client.call(|| async { client.platform().tail(request.clone()).await }).await?;
    while let Some(event) = events.message().await? {
        if format == Format::Json {
            let line = serde_json::to_string(&event).map_err(|error| Failure::Fault(error.to_string()))?;
            writeln!(out, "{line}")?;
        } else {
            writeln!(
                out,
                "{}  {}/{}  {}  {}",
                event.created, event.stream, event.revision, event.r#type, event.data
            )?;
        }
        // Whoever follows wants to see each event when it comes.
        out.flush()?;
    }
    Ok(())
}
