//! What is more than one command, or none: a line that reads before it commands, what goes with a false alarm,
//! observations, and what a guardrail would have done.

use std::io::Write;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use prost_reflect::{DynamicMessage, Value};
use verdict_contract::Verb;

use super::client::Client;
use super::kind::Shown;
use super::observe::{self, Observation};
use super::replay::{self, Replay};
use super::request;
use crate::failure::Failure;
use aftermath::Aftermath;
use guardrail_replay::GuardrailReplay;

pub mod aftermath;
mod guardrail_replay;
mod hold;
mod sink;
mod why;

/// Adds to the verbs of a kind what is made of several, and what is no command.
pub fn with(command: Command) -> Command {
    match command.get_name() {
        "metric" => command
            .subcommand(Observation::augment_args(Command::new("observe")).about("Send one observation"))
            .subcommand(Replay::augment_args(Command::new("replay")).about(
                "Send a recorded series (CSV with the columns timestamp,value), re-based onto the platform's clock",
            )),
        "sink" => command.subcommand(
            Command::new("test")
                .about("Send a notice that says it is a test, and tell what became of it")
                .arg(Arg::new("id").value_name("SINK").required(true).help("Its id or its key")),
        ),
        "guardrail" => command.subcommand(
            GuardrailReplay::augment_args(Command::new("replay"))
                .about("Show what it would have done to its rollout: stored observations through its rule; nothing is written"),
        ),
        // What it is about stays what the contract says.
        "rollout" => command.mut_subcommand("resume", |resume| {
            let about = resume.get_about().cloned().unwrap_or_default();
            Aftermath::augment_args(resume).about(about)
        }),
        _ => command,
    }
}

/// A verb that is no command.
pub async fn alone(
    kind: &str,
    word: &str,
    matches: &ArgMatches,
    client: &Client,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    let unread = |error: clap::Error| Failure::usage(error.to_string());
    match (kind, word) {
        ("metric", "observe") => {
            client.not_dry("an observation")?;
            observe::run(Observation::from_arg_matches(matches).map_err(unread)?, client, shown).await
        }
        ("metric", "replay") => {
            client.not_dry("a replay")?;
            let replay = Replay::from_arg_matches(matches).map_err(unread)?;
            replay::run(replay, client, shown.format, shown.out).await
        }
        ("sink", "test") => {
            client.not_dry("a test")?;
            sink::test(matches, client, shown).await
        }
        ("guardrail", "replay") => {
            client.not_dry("a verb that only reads")?;
            let replay = GuardrailReplay::from_arg_matches(matches).map_err(unread)?;
            guardrail_replay::run(replay, client, shown).await
        }
        _ => Err(Failure::usage(format!("there is no verb '{word}' for a {kind}"))),
    }
}

/// Shows a view in words of its own, where it has some; says whether it did.
pub fn told(kind: &str, word: &str, view: &DynamicMessage, out: &mut dyn Write) -> Result<bool, Failure> {
    match (kind, word) {
        ("rollout", "why") => why::show(out, view).map(|()| true),
        _ => Ok(false),
    }
}

/// What has to be known before a command is sent.
pub async fn before(
    kind: &str,
    verb: &Verb,
    request: &mut DynamicMessage,
    matches: &ArgMatches,
    client: &Client,
) -> Result<(), Failure> {
    match (kind, verb.word.as_str()) {
        ("flag", "release-hold") => {
            let Value::Message(release) = request.get_field_mut(&verb.field) else { return Ok(()) };
            let named = release.get_field_by_name("cause").map(std::borrow::Cow::into_owned);
            let named = named.as_ref().and_then(Value::as_str).filter(|cause| !cause.is_empty());
            let cause = hold::cause(client, &request::thing(matches), named).await?;
            release.set_field_by_name("cause", Value::String(cause));
            Ok(())
        }
        ("rollout", "resume") => match aftermath(matches) {
            Some(aftermath) if aftermath.has_errands() => {
                client.not_dry("what goes with a false alarm, each of which rests on the one before,")
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// What follows a command that was accepted.
pub async fn after(
    kind: &str,
    word: &str,
    matches: &ArgMatches,
    client: &Client,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    match (kind, word, aftermath(matches)) {
        ("rollout", "resume", Some(aftermath)) => {
            aftermath.settle(&request::thing(matches), client, shown.format, shown.out).await
        }
        _ => Ok(()),
    }
}

/// What goes with a false alarm, where one is claimed.
fn aftermath(matches: &ArgMatches) -> Option<Aftermath> {
    let claimed = matches.try_get_one::<bool>("--false-alarm").ok().flatten();
    claimed.filter(|claimed| **claimed).and_then(|_| Aftermath::from_arg_matches(matches).ok())
}
