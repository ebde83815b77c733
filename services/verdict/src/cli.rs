//! The command line: roles of the platform on the one hand, a client's verbs on the other. What can be done with the
//! kinds of things is what the contracts say; see [`grammar`].

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, Parser, Subcommand};
use futures::future::LocalBoxFuture;
use jiff::Timestamp;
use verdict_contract::Kind;
use verdict_runtime::clock::SystemClock;

use self::client::{Client, Connection};
use self::kind::Shown;
use self::output::Format;
use crate::failure::Failure;
use crate::platform::service::Service;
use crate::telling::{Servers, Teller};

pub mod client;
pub mod clock;
pub mod columns;
pub mod completion;
pub mod composed;
pub mod contract;
pub mod demo;
pub mod dlq;
pub mod grammar;
pub mod help;
pub mod kind;
pub mod log;
pub mod observe;
pub mod output;
pub mod plans;
pub mod probe;
pub mod replay;
pub mod request;
pub mod serve;
pub mod stages;
pub mod status;
pub mod syntax;
pub mod timeline;
pub mod trial;
pub mod up;
pub mod view;

#[cfg(test)]
mod tests;

/// Place bets, ship them behind flags, and end each in a recorded decision.
///
/// Exit codes: 0 done, 1 a fault of the platform (of diff also that something differs), 2 wrong usage, 3 refused by a rule, 4 a request that cannot be
/// carried out as it is, 5 the platform cannot be reached, or
/// what was waited for did not come.
#[derive(Debug, Parser)]
#[command(name = "verdict", version)]
struct ByHand {
    #[command(flatten)]
    connection: Connection,
    /// How results are printed
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        default_value_t = Format::Table,
        hide_possible_values = true,
        value_name = "table|wide|json|yaml|name",
        help_heading = "Global options"
    )]
    output: Format,
    #[command(subcommand)]
    verb: Verb,
}

/// A line that was understood.
#[derive(Debug)]
pub struct Cli {
    connection: Connection,
    output: Format,
    asked: Asked,
}

/// What a line asks for.
#[derive(Debug)]
enum Asked {
    /// Something with a kind of thing.
    Of(&'static Kind, ArgMatches),
    Else(Verb),
}

impl Cli {
    /// Everything that can be typed.
    pub fn command() -> Command {
        help::grouped(ByHand::command().subcommands(grammar::commands().map(composed::with)))
    }

    /// Understands a line; its first word is the program.
    pub fn try_parse_from<W: Into<OsString> + Clone>(
        words: impl IntoIterator<Item = W>,
    ) -> Result<Self, clap::Error> {
        let mut command = Self::command();
        let matches = command.try_get_matches_from_mut(words)?;
        let asked = match matches.subcommand() {
            Some((name, below)) => match contract::kind(name) {
                Some(kind) => Asked::Of(kind, below.clone()),
                None => Asked::Else(Verb::from_arg_matches(&matches)?),
            },
            None => Asked::Else(Verb::from_arg_matches(&matches)?),
        };
        let output = matches.get_one::<Format>("output").copied().unwrap_or(Format::Table);
        Ok(Self { connection: Connection::from_arg_matches(&matches)?, output, asked })
    }

    /// Understands the line that this program was started with, answers a shell that completes one, or says what is wrong
    /// and ends.
    pub fn parse() -> Self {
        match completion::answer(Self::command) {
            Ok(false) => {}
            Ok(true) => std::process::exit(0),
            Err(error) => error.exit(),
        }
        Self::try_parse_from(std::env::args_os()).unwrap_or_else(|error| {
            let words: Vec<String> =
                std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
            drop(error.print());
            if let Some(tip) = help::tip(&error, &words) {
                drop(writeln!(io::stderr(), "\n  tip: {tip}"));
            }
            std::process::exit(error.exit_code())
        })
    }
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
    /// The sinks service as a process of its own: tells people what cannot wait
    #[command(subcommand)]
    Sinks(serve::Verb),
    /// The flag edge as a process of its own
    #[command(subcommand)]
    Flags(serve::Verb),
    /// Tell the story of one bet on a platform of its own, on real data and virtual time
    Demo(demo::Demo),
    /// Show what a guardrail would have done: replay a query or a file through the rule; nothing is written
    Trial(Box<trial::Trial>),
    /// The platform's time
    #[command(subcommand)]
    Clock(clock::Verb),
    /// Carry out the documents of files: make what is not there, change what differs, leave the rest
    Apply(plans::Files),
    /// Show what applying documents would do; ends with 1 when something differs
    Diff(plans::Files),
    /// Write a bet and everything that belongs to it as documents, for a file or for Kubernetes
    Export(plans::export::Export),
    /// Write an example of documents, with comments: a bet from its metrics to its launch
    Init(plans::offline::Init),
    /// Print the JSON Schema of documents, for completion in an editor
    Schema(plans::offline::Schema),
    /// What runs
    Status(status::Status),
    /// What happened to something: when, what, who and why, over everything that belongs to it
    Timeline(timeline::Timeline),
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
    /// Print the script with which a shell completes verbs, options and names of things
    Completion(completion::Completion),
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
    let Cli { connection, output, asked } = cli;
    let verb = match asked {
        Asked::Of(..)
        | Asked::Else(
            Verb::Clock(_)
            | Verb::Status(_)
            | Verb::Timeline(_)
            | Verb::Events(_)
            | Verb::Apply(_)
            | Verb::Diff(_)
            | Verb::Export(_),
        ) => {
            let cli = Cli { connection, output, asked };
            return waiting()?.block_on(connected(cli, out));
        }
        Asked::Else(verb) => verb,
    };
    if connection.dry_run {
        return Err(Failure::usage("--dry-run is for commands that are sent to a platform"));
    }
    match verb {
        Verb::Up(up) => up::run(*up, out),
        Verb::Bets(verb) => serve::run(Service::Bets, verb, out),
        Verb::Rollouts(verb) => serve::run(Service::Rollouts, verb, out),
        Verb::Metrics(verb) => serve::run(Service::Metrics, verb, out),
        Verb::Gtm(verb) => serve::run(Service::Gtm, verb, out),
        Verb::Sinks(verb) => serve::run(Service::Sinks, verb, out),
        Verb::Flags(verb) => serve::run(Service::Flags, verb, out),
        Verb::Demo(demo) => demo::run(demo, out),
        Verb::Trial(trial) => {
            waiting()?.block_on(trial::run(*trial, connection.tls_ca, &SystemClock::start(), output, out))
        }
        Verb::Log(verb) => log::run(verb, output, out),
        Verb::Dlq(verb) => waiting()?.block_on(dlq::run(verb, output, out)),
        Verb::Probe(probe) => waiting()?.block_on(probe::run(probe, out)),
        Verb::Completion(completion) => completion::run(&completion, out),
        Verb::Init(init) => plans::offline::init(&init, out),
        Verb::Schema(schema) => plans::offline::print_schema(&schema, output, out),
        Verb::Clock(_)
        | Verb::Status(_)
        | Verb::Timeline(_)
        | Verb::Events(_)
        | Verb::Apply(_)
        | Verb::Diff(_)
        | Verb::Export(_) => Err(Failure::usage("this verb needs a platform")),
    }
}

fn waiting() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Carries out a client's verb on a runtime that is there already.
async fn connected(cli: Cli, out: &mut dyn Write) -> Result<(), Failure> {
    let Cli { mut connection, output, asked } = cli;
    if connection.reason == "-" {
        connection.reason = request::whole(&mut io::stdin(), "--reason")?;
    }
    let client = Client::new(&connection)?;
    match &asked {
        Asked::Else(Verb::Clock(_)) => client.not_dry("a move of time")?,
        // Applying is many commands, each of which can be decided only.
        Asked::Of(..) | Asked::Else(Verb::Apply(_)) => {}
        Asked::Else(_) => client.not_dry("a verb that only reads")?,
    }
    match asked {
        Asked::Of(kind, matches) => {
            kind::run(kind, &matches, &client, &mut Shown { format: output, out }).await
        }
        Asked::Else(verb) => called(verb, &client, output, out).await,
    }
}

/// Carries out a line that was not typed by hand; its first word is the program.
fn dictated(words: Vec<String>, out: &mut dyn Write) -> LocalBoxFuture<'_, Result<(), Failure>> {
    Box::pin(async {
        let cli = Cli::try_parse_from(words).map_err(|error| Failure::usage(error.to_string()))?;
        connected(cli, out).await
    })
}

/// Tells the story through this command line; for `at` and `name` see [`Teller::new`].
pub fn teller(servers: impl Into<Servers>, at: Timestamp, name: &str) -> Teller {
    Teller::new(dictated, servers, at, name)
}

async fn called(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let mut shown = Shown { format, out };
    match verb {
        Verb::Apply(files) => plans::apply(&files, client, &mut shown).await,
        Verb::Diff(files) => plans::diff(&files, client, &mut shown).await,
        Verb::Export(export) => plans::export::run(&export, client, &mut shown).await,
        Verb::Clock(verb) => clock::run(verb, client, format, shown.out).await,
        Verb::Status(status) => status::run(&status, client, format, shown.out).await,
        Verb::Timeline(timeline) => timeline::run(&timeline, client, &mut shown).await,
        Verb::Events(verb) => status::events(verb, client, format, shown.out).await,
        _ => Err(Failure::usage("this verb needs no platform")),
    }
}
