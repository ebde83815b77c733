//! The command line: roles of the platform on the one hand, a client's verbs on the other.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::client::{Client, Connection};
use self::output::{Failure, Format};
use crate::platform::service::Service;

pub mod bet;
pub mod client;
pub mod clock;
pub mod dlq;
pub mod flag;
pub mod guardrail;
pub mod incident;
pub mod launch;
pub mod log;
pub mod metric;
pub mod output;
pub mod probe;
pub mod replay;
pub mod rollout;
pub mod serve;
pub mod status;
pub mod up;

#[cfg(test)]
mod tests;

/// Place bets, ship them behind flags, and end each in a recorded decision.
///
/// Exit codes: 0 done, 1 a fault of the platform, 2 wrong usage, 3 refused by a rule, 4 a request that cannot be
/// carried out as it is, 5 the platform cannot be reached.
#[derive(Debug, Parser)]
#[command(name = "verdict", version)]
pub struct Cli {
    #[command(flatten)]
    connection: Connection,
    /// How results are printed
    #[arg(short, long, global = true, value_enum, default_value_t = Format::Table)]
    output: Format,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run the whole platform in this process
    Up(Box<up::Up>),
    /// The bets service as a process of its own
    #[command(subcommand)]
    Bets(serve::Verb),
    /// The rollouts service as a process of its own: rollouts, flags, edges
    #[command(subcommand)]
    Rollouts(serve::Verb),
    /// The metrics service as a process of its own: metrics, guardrails, incidents, observations
    #[command(subcommand)]
    Metrics(serve::Verb),
    /// The go-to-market service as a process of its own: launches
    #[command(subcommand)]
    Gtm(serve::Verb),
    /// The flag edge as a process of its own
    #[command(subcommand)]
    Flags(serve::Verb),
    /// Tell the story of one bet on a platform of its own, on real data and virtual time
    Demo(crate::demo::Demo),
    /// Bets: hypothesis, metrics, timebox, decision
    #[command(subcommand)]
    Bet(Box<bet::Verb>),
    /// Flags: what is served to whom
    #[command(subcommand)]
    Flag(flag::Verb),
    /// Rollouts: staged exposure and its gates
    #[command(subcommand)]
    Rollout(Box<rollout::Verb>),
    /// Metrics and observations
    #[command(subcommand)]
    Metric(Box<metric::Verb>),
    /// Guardrails
    #[command(subcommand)]
    Guardrail(guardrail::Verb),
    /// Incidents
    #[command(subcommand)]
    Incident(incident::Verb),
    /// Launches and announcements
    #[command(subcommand)]
    Launch(launch::Verb),
    /// The platform's time
    #[command(subcommand)]
    Clock(clock::Verb),
    /// What runs
    Status(status::Status),
    /// What the log says
    #[command(subcommand)]
    Events(status::Events),
    /// Care for the log of a data directory
    #[command(subcommand)]
    Log(log::Verb),
    /// Ask a health endpoint; fails unless all is well
    Probe(probe::Probe),
    /// Messages that consumers could not handle: dead letters of the broker
    #[command(subcommand)]
    Dlq(dlq::Verb),
}

impl Verb {
    /// Whether it asks a platform that runs elsewhere.
    const fn is_of_a_client(&self) -> bool {
        match self {
            Self::Bet(_)
            | Self::Flag(_)
            | Self::Rollout(_)
            | Self::Metric(_)
            | Self::Guardrail(_)
            | Self::Incident(_)
            | Self::Launch(_)
            | Self::Clock(_)
            | Self::Status(_)
            | Self::Events(_) => true,
            Self::Up(_)
            | Self::Bets(_)
            | Self::Rollouts(_)
            | Self::Metrics(_)
            | Self::Gtm(_)
            | Self::Flags(_)
            | Self::Demo(_)
            | Self::Log(_)
            | Self::Probe(_)
            | Self::Dlq(_) => false,
        }
    }
}

/// Runs the command line and says how it ended.
pub fn run(cli: Cli) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = carry_out(cli, &mut out).and_then(|()| Ok(out.flush()?));
    drop(out.flush());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}

fn carry_out(cli: Cli, out: &mut dyn Write) -> Result<(), Failure> {
    let Cli { connection, output, verb } = cli;
    if connection.dry_run && !verb.is_of_a_client() {
        return Err(Failure::usage("--dry-run is for commands that are sent to a platform"));
    }
    match verb {
        Verb::Up(up) => up::run(*up, out),
        Verb::Bets(verb) => serve::run(Service::Bets, verb, out),
        Verb::Rollouts(verb) => serve::run(Service::Rollouts, verb, out),
        Verb::Metrics(verb) => serve::run(Service::Metrics, verb, out),
        Verb::Gtm(verb) => serve::run(Service::Gtm, verb, out),
        Verb::Flags(verb) => serve::run(Service::Flags, verb, out),
        Verb::Demo(demo) => crate::demo::run(demo, out),
        Verb::Log(verb) => log::run(verb, output, out),
        Verb::Dlq(verb) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(dlq::run(verb, output, out))
        }
        Verb::Probe(probe) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(probe::run(probe, out))
        }
        verb => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(call(verb, &connection, output, out))
        }
    }
}

/// Carries out a client's verb on a runtime that is there already.
pub async fn connected(cli: Cli, out: &mut dyn Write) -> Result<(), Failure> {
    call(cli.verb, &cli.connection, cli.output, out).await
}

async fn call(
    verb: Verb,
    connection: &Connection,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let client = Client::new(connection)?;
    if matches!(verb, Verb::Clock(_)) {
        client.not_dry("a move of time")?;
    }
    let ended = called(verb, &client, format, out).await;
    if !client.has_commanded() {
        client.not_dry("a verb that only reads")?;
    }
    ended
}

async fn called(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Bet(verb) => bet::run(*verb, client, format, out).await,
        Verb::Flag(verb) => flag::run(verb, client, format, out).await,
        Verb::Rollout(verb) => rollout::run(*verb, client, format, out).await,
        Verb::Metric(verb) => metric::run(*verb, client, format, out).await,
        Verb::Guardrail(verb) => guardrail::run(verb, client, format, out).await,
        Verb::Incident(verb) => incident::run(verb, client, format, out).await,
        Verb::Launch(verb) => launch::run(verb, client, format, out).await,
        Verb::Clock(verb) => clock::run(verb, client, format, out).await,
        Verb::Status(status) => status::run(&status, client, format, out).await,
        Verb::Events(verb) => status::events(verb, client, format, out).await,
        Verb::Up(_)
        | Verb::Bets(_)
        | Verb::Rollouts(_)
        | Verb::Metrics(_)
        | Verb::Gtm(_)
        | Verb::Flags(_)
        | Verb::Demo(_)
        | Verb::Log(_)
        | Verb::Probe(_)
        | Verb::Dlq(_) => Err(Failure::usage("this verb needs no platform")),
    }
}
