//! `verdict completion`: the script that a shell reads, and what it then asks for: verbs, options, words, and the names of
//! things, as the platform knows them.

use std::ffi::OsStr;
use std::io::Write;

use clap::{Command, CommandFactory, FromArgMatches};
use clap_complete::CompletionCandidate;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::{CompleteEnv, EnvCompleter, Shells};

use super::client::{Client, Connection};
use super::contract;
use super::kind;
use crate::failure::Failure;

/// The variable in which a shell says that it completes.
const VARIABLE: &str = "COMPLETE";
/// Seconds that somebody who completes is willing to wait for names.
const PATIENCE: u64 = 1;

/// The shell that a script is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Prints the script of a shell.
#[derive(Debug, clap::Args)]
pub struct Completion {
    /// bash: eval "$(verdict completion bash)" in ~/.bashrc; zsh the same in ~/.zshrc; fish: verdict completion fish | source
    shell: Shell,
}

/// Prints the script.
pub fn run(completion: &Completion, out: &mut dyn Write) -> Result<(), Failure> {
    let name = match completion.shell {
        Shell::Bash => "bash",
        Shell::Zsh => "zsh",
        Shell::Fish => "fish",
    };
    let shells = Shells::builtins();
    let shell: &dyn EnvCompleter =
        shells.completer(name).ok_or_else(|| Failure::usage(format!("there is no script for {name}")))?;
    shell.write_registration(VARIABLE, "verdict", "verdict", "verdict", out)?;
    Ok(())
}

/// Answers a shell that completes a line, and says whether one does.
pub fn answer(command: fn() -> Command) -> Result<bool, clap::Error> {
    CompleteEnv::with_factory(command).var(VARIABLE).try_complete(std::env::args_os(), None)
}

/// Completes the name of a thing of this kind.
pub fn of_kind(kind: &str) -> ArgValueCompleter {
    let kind = kind.to_owned();
    ArgValueCompleter::new(move |begun: &OsStr| {
        let begun = begun.to_string_lossy().into_owned();
        let names = names(&kind).unwrap_or_default();
        names
            .into_iter()
            .filter(|name| name.starts_with(&begun))
            .map(CompletionCandidate::new)
            .collect::<Vec<_>>()
    })
}

/// What is at hand without a word on the command line: whoever completes has the addresses in the environment, or the
/// usual one.
fn names(kind: &str) -> Result<Vec<String>, Failure> {
    #[derive(Debug, clap::Parser)]
    struct Usual {
        #[command(flatten)]
        connection: Connection,
    }
    let unset = |error: clap::Error| Failure::usage(error.to_string());
    let matches = Usual::command().try_get_matches_from(["verdict"]).map_err(unset)?;
    let usual = Usual::from_arg_matches(&matches).map_err(unset)?;
    let connection = Connection { deadline: PATIENCE, ..usual.connection };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = Client::new(&connection)?;
        match contract::kind(kind) {
            Some(kind) => kind::names(kind, &client).await,
            None => Ok(Vec::new()),
        }
    })
}
