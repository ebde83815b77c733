//! `verdict log`: care for the log of a data directory: verify, back up, export, import.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::PathBuf;

use clap::Subcommand;
use verdict_eventlog::Log;

use super::output::{Failure, Format, json};
use crate::platform::LOG_DIRECTORY;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Check every event, revision and position; prints the head
    Verify {
        /// Data directory of the platform
        #[arg(long)]
        data: PathBuf,
    },
    /// Copy the log to another data directory; the platform may go on writing meanwhile
    Backup {
        #[arg(long)]
        data: PathBuf,
        /// Data directory of the copy; must not hold a log
        #[arg(long)]
        to: PathBuf,
    },
    /// Write every event as one JSON line
    Export {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        to: PathBuf,
    },
    /// Make a new log from an export; it gets an id of its own and readers rebuild
    Import {
        /// Data directory of the new log; must not hold one
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        from: PathBuf,
    },
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Request(error.to_string())
}

/// Runs the verb.
pub fn run(verb: Verb, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Verify { data } => verify(&data.join(LOG_DIRECTORY), format, out),
        Verb::Backup { data, to } => {
            Log::backup_of(&data.join(LOG_DIRECTORY), &to.join(LOG_DIRECTORY)).map_err(failed)?;
            writeln!(out, "{} -> {}", data.display(), to.display())?;
            Ok(())
        }
        Verb::Export { data, to } => {
            let file = File::create(&to).map_err(|error| failed(format!("{}: {error}", to.display())))?;
            let mut target = BufWriter::new(file);
            let report = Log::export_of(&data.join(LOG_DIRECTORY), &mut target).map_err(failed)?;
            target.into_inner().map_err(failed)?.sync_all()?;
            writeln!(
                out,
                "{} events up to position {} -> {}",
                report.events,
                report.head,
                to.display()
            )?;
            Ok(())
        }
        Verb::Import { data, from } => {
            let file = File::open(&from).map_err(|error| failed(format!("{}: {error}", from.display())))?;
            let report = Log::import(&data.join(LOG_DIRECTORY), BufReader::new(file)).map_err(failed)?;
            writeln!(out, "{} events -> log {}", report.events, report.log_id)?;
            Ok(())
        }
    }
}

fn verify(directory: &std::path::Path, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let report = Log::verify(directory).map_err(failed)?;
    if format == Format::Json {
        let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        let value = serde_json::json!({
            "logId": report.log_id, "events": report.events, "head": report.head, "problems": problems,
        });
        json(out, &value)?;
    } else {
        writeln!(
            out,
            "log {}: {} events, head {}",
            report.log_id, report.events, report.head
        )?;
        for problem in &report.problems {
            writeln!(out, "problem: {problem}")?;
        }
    }
    if report.problems.is_empty() {
        Ok(())
    } else {
        Err(failed("the log has problems; restore a backup"))
    }
}
