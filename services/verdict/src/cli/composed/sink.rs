//! `sink test`: whether what is told would arrive.

use clap::ArgMatches;
use verdict_proto::sinks::v1::TestSinkRequest;

use crate::cli::client::Client;
use crate::cli::kind::Shown;
use crate::cli::output::escaped;
use crate::failure::Failure;

/// Sends it, and fails unless it was taken.
pub(super) async fn test(
    matches: &ArgMatches,
    client: &Client,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    let id = matches.get_one::<String>("id").cloned().unwrap_or_default();
    let of = client.get(&id);
    let request = TestSinkRequest { org: of.org, team: of.team, id };
    let reply = client.call(|| async { client.sinks().test(request.clone()).await }).await?;
    let said = format!("{}, after {} ms ({})", escaped(&reply.answer), reply.milliseconds, reply.letter);
    if !reply.delivered {
        return Err(Failure::unavailable(said));
    }
    writeln!(shown.out, "{said}")?;
    Ok(())
}
