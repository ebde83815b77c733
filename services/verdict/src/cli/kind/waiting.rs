//! `--wait STATE`: goes on once a thing has come to a state, or gives up.

use std::time::Duration;

use clap::ArgMatches;
use jiff::SignedDuration;
use tokio::time::Instant;
use verdict_contract::Kind;

use super::view_of;
use crate::cli::client::Client;
use crate::cli::columns::field_of;
use crate::failure::Failure;

/// Between two looks.
const GLANCE: Duration = Duration::from_millis(200);

/// Waits for the state that was asked for, if any; `at_least` is a position that the first look includes.
pub(super) async fn reached(
    kind: &Kind,
    thing: &str,
    at_least: &str,
    matches: &ArgMatches,
    client: &Client,
) -> Result<(), Failure> {
    let wanted = matches.try_get_one::<String>("wait").ok().flatten();
    let (Some(wanted), Some(get)) = (wanted, kind.reads.iter().find(|read| read.word == "get")) else {
        return Ok(());
    };
    let wanted = wanted.replace('-', "_");
    let within = matches.get_one::<SignedDuration>("within").copied().unwrap_or(SignedDuration::from_mins(5));
    let until = Instant::now() + within.unsigned_abs();
    let mut at_least = at_least;
    loop {
        let view = view_of(kind, get, thing, at_least, client).await?;
        let state = field_of(&view, "state");
        if state == wanted {
            return Ok(());
        }
        if Instant::now() >= until {
            let seconds = within.as_secs();
            let name = &kind.name;
            return Err(Failure::unavailable(format!(
                "the {name} {thing} is {state} and did not come to be {wanted} within {seconds} s"
            )));
        }
        at_least = "";
        tokio::time::sleep(GLANCE).await;
    }
}
