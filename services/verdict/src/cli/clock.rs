//! `verdict clock`: the platform's time, and moving it where it is virtual.

use std::io::Write;

use clap::Subcommand;
use jiff::{SignedDuration, Timestamp};
use verdict_proto::platform::v1 as pb;

use super::client::Client;
use super::output::{self, Failure, Format};
use super::syntax;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Show the platform's time
    Now,
    /// Move virtual time, for example 3d or 12h, stopping at every deadline on the way
    Advance {
        /// How far
        #[arg(value_name = "DURATION", value_parser = syntax::duration, allow_hyphen_values = true)]
        by: SignedDuration,
    },
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Now => {
            let now = now(client).await?;
            if format.is_document() {
                return output::document(out, format, &serde_json::json!({ "now": now }));
            }
            writeln!(out, "{now}")?;
            Ok(())
        }
        Verb::Advance { by } => {
            let reply = advance(client, client.command_id(), by).await?;
            if format.is_document() {
                return output::document(out, format, &reply);
            }
            writeln!(out, "{}  stops: {}", reply.now, reply.stops.len())?;
            Ok(())
        }
    }
}

/// What the process that moves time says about itself.
pub async fn status(client: &Client) -> Result<pb::StatusReply, Failure> {
    client.call(|| async { client.platform().status(pb::StatusRequest { settled: false }).await }).await
}

/// A time that the platform sent.
pub fn time(text: &str) -> Result<Timestamp, Failure> {
    text.parse().map_err(|_| Failure::Fault(format!("the platform sent the time '{text}'")))
}

/// The platform's time.
pub async fn now(client: &Client) -> Result<Timestamp, Failure> {
    time(&status(client).await?.now)
}

/// The time that somebody looks back to, as the platform reads it; an empty text stays empty.
pub async fn since(text: &str, client: &Client) -> Result<String, Failure> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let now = if syntax::is_from_now(text) { now(client).await? } else { Timestamp::UNIX_EPOCH };
    syntax::since(text, now).map(|since| since.to_string()).map_err(Failure::usage)
}

async fn advance(
    client: &Client,
    command_id: uuid::Uuid,
    by: SignedDuration,
) -> Result<pb::AdvanceReply, Failure> {
    let seconds =
        u32::try_from(by.as_secs()).map_err(|_| Failure::usage("move at most 136 years at once"))?;
    let request = pb::AdvanceRequest { command_id: command_id.to_string(), seconds };
    client.call(|| async { client.platform().advance(request.clone()).await }).await
}

/// Lets the platform's time reach `at`: moves it when it is virtual, waits when it is not.
pub async fn reach(client: &Client, is_virtual: bool, at: Timestamp) -> Result<(), Failure> {
    let now = now(client).await?;
    if now >= at {
        return Ok(());
    }
    let missing = at.duration_since(now);
    if is_virtual {
        // The command id names the time that is to be reached, so that a retry moves it once.
        let command_id = uuid::Uuid::new_v5(&client.command_id(), at.to_string().as_bytes());
        let whole = SignedDuration::from_secs(missing.as_secs() + i64::from(missing.subsec_nanos() > 0));
        advance(client, command_id, whole).await?;
    } else {
        tokio::time::sleep(missing.unsigned_abs()).await;
    }
    Ok(())
}
