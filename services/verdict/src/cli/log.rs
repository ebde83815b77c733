//! `verdict log`: care for the log of a data directory: verify, back up, export, import, serve.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use tempfile::NamedTempFile;
use verdict_eventlog::Log;

use super::output::{Failure, Format, json};
use crate::platform::LOG_DIRECTORY;

pub mod serve;

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
    /// Serve the log to other processes until told to stop
    Serve(serve::Serve),
}

/// The error with everything that led to it.
fn failed(error: impl Into<anyhow::Error>) -> Failure {
    Failure::Request(format!("{:#}", error.into()))
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
        Verb::Export { data, to } => export(&data, &to, out),
        Verb::Import { data, from } => {
            let file = File::open(&from)
                .with_context(|| format!("{} cannot be read", from.display()))
                .map_err(failed)?;
            let report = Log::import(&data.join(LOG_DIRECTORY), BufReader::new(file)).map_err(failed)?;
            writeln!(out, "{} events -> log {}", report.events, report.log_id)?;
            Ok(())
        }
        Verb::Serve(serve) => serve::run(serve, out),
    }
}

/// Written beside and renamed, so that an export that fails leaves nothing that looks like one.
fn export(data: &Path, to: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let folder = match to.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    };
    let unwritable = || format!("{} cannot be written", to.display());
    let partial = NamedTempFile::new_in(folder).with_context(unwritable).map_err(failed)?;
    let mut target = BufWriter::new(partial);
    let report = Log::export_of(&data.join(LOG_DIRECTORY), &mut target).map_err(failed)?;
    let partial = target.into_inner().map_err(io::IntoInnerError::into_error)?;
    partial.as_file().sync_all()?;
    partial.persist(to).with_context(unwritable).map_err(failed)?;
    writeln!(out, "{} events up to position {} -> {}", report.events, report.head, to.display())?;
    Ok(())
}

fn verify(directory: &Path, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let report = Log::verify(directory).map_err(failed)?;
    if format == Format::Json {
        let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        let value = serde_json::json!({
            "logId": report.log_id, "events": report.events, "head": report.head, "problems": problems,
        });
        json(out, &value)?;
    } else {
        writeln!(out, "log {}: {} events, head {}", report.log_id, report.events, report.head)?;
        for problem in &report.problems {
            writeln!(out, "problem: {problem}")?;
        }
    }
    if report.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Request("the log has problems; restore a backup".to_owned()))
    }
}
