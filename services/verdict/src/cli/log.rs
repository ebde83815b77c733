//! `verdict log`: care for the log of a data directory: verify, back up, restore, export, import, serve.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use jiff::Timestamp;
use tempfile::NamedTempFile;
use verdict_adapters::observations_sqlite::upkeep::{self, Kept};
use verdict_eventlog::Log;

use super::output::{Failure, Format, document};
use crate::platform::{EDGE_DIRECTORY, LOG_DIRECTORY};
use crate::ports::OBSERVATIONS_FILE;
use crate::ports::outward::KEY_FILE;

pub mod serve;
#[cfg(test)]
mod tests;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Check every event, revision and position; prints the head
    Verify {
        /// Data directory of the platform
        #[arg(long)]
        data: PathBuf,
    },
    /// Copy the log and the observations to another directory; the platform may go on writing meanwhile
    Backup {
        /// Data directory of the platform
        #[arg(long)]
        data: PathBuf,
        /// Directory of the copy; must not hold a log
        #[arg(long)]
        to: PathBuf,
    },
    /// Make a data directory of a backup; its log gets an id of its own and readers rebuild
    Restore {
        /// Directory that a backup was written to
        #[arg(long)]
        from: PathBuf,
        /// New data directory; must not hold a log
        #[arg(long)]
        data: PathBuf,
        /// Data directory of the platform that it replaces: what its flag edge served last, its local offs and the key of its sinks go along
        #[arg(long)]
        instead_of: Option<PathBuf>,
    },
    /// Write every event as one JSON line
    Export {
        /// Data directory of the platform
        #[arg(long)]
        data: PathBuf,
        /// The file
        #[arg(long)]
        to: PathBuf,
    },
    /// Make a new log from an export; it gets an id of its own and readers rebuild
    Import {
        /// Data directory of the new log; must not hold one
        #[arg(long)]
        data: PathBuf,
        /// The file
        #[arg(long)]
        from: PathBuf,
    },
    /// Serve the log to other processes until told to stop
    Serve(Box<serve::Serve>),
}

/// What is said where nobody says which directory is replaced.
const UNREMEMBERED: &str = "edges of their own remember what they served last and narrow to that; for a platform in one process \
                            name its old directory with --instead-of, or flags serve what the backup says, held";

/// The error with everything that led to it.
fn failed(error: impl Into<anyhow::Error>) -> Failure {
    Failure::Request(format!("{:#}", error.into()))
}

/// Runs the verb.
pub fn run(verb: Verb, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Verify { data } => {
            there(&data)?;
            verify(&data.join(LOG_DIRECTORY), format, out)
        }
        Verb::Backup { data, to } => {
            there(&data)?;
            backup(&data, &to, out)
        }
        Verb::Restore { from, data, instead_of } => {
            there(&from)?;
            restore(&from, &data, out)?;
            edge_of(instead_of.as_deref(), &data, out)
        }
        Verb::Export { data, to } => {
            there(&data)?;
            export(&data, &to, out)
        }
        Verb::Import { data, from } => {
            let file = File::open(&from)
                .with_context(|| format!("{} cannot be read", from.display()))
                .map_err(failed)?;
            let report = Log::import(&data.join(LOG_DIRECTORY), BufReader::new(file)).map_err(failed)?;
            writeln!(out, "{} events -> log {}", report.events, report.log_id)?;
            let observations = data.join(OBSERVATIONS_FILE);
            if observations.is_file() {
                let end = report.newest_unix_micros.and_then(time);
                let kept =
                    upkeep::hand_over(&observations, &report.log_id.to_string(), end).map_err(failed)?;
                tell(kept, out)?;
            }
            Ok(())
        }
        Verb::Serve(serve) => serve::run(*serve, out),
    }
}

/// A path that is mistyped is no damaged log.
fn there(directory: &Path) -> Result<(), Failure> {
    if directory.is_dir() {
        return Ok(());
    }
    Err(Failure::Request(format!("there is no directory {}", directory.display())))
}

/// The log first: what is observed after its copy is let go when both are put back.
fn backup(data: &Path, to: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let (observations, copy) = (data.join(OBSERVATIONS_FILE), to.join(OBSERVATIONS_FILE));
    if copy.exists() {
        return Err(failed(upkeep::UpkeepError::Exists { path: copy }));
    }
    Log::backup_of(&data.join(LOG_DIRECTORY), &to.join(LOG_DIRECTORY)).map_err(failed)?;
    if observations.is_file() {
        upkeep::copy(&observations, &copy).map_err(failed)?;
    }
    writeln!(out, "{} -> {}", data.display(), to.display())?;
    Ok(())
}

/// The log first, then the observations up to its end.
fn restore(from: &Path, data: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let (observations, target) = (from.join(OBSERVATIONS_FILE), data.join(OBSERVATIONS_FILE));
    if target.exists() {
        return Err(failed(upkeep::UpkeepError::Exists { path: target }));
    }
    if observations.is_file() {
        belong_together(&from.join(LOG_DIRECTORY), &observations)?;
    }
    let report = Log::restore(&from.join(LOG_DIRECTORY), &data.join(LOG_DIRECTORY)).map_err(failed)?;
    writeln!(out, "log {} up to position {} -> log {}", report.from, report.head, report.log_id)?;
    if observations.is_file() {
        let end = report.newest_unix_micros.and_then(time);
        let log = report.log_id.to_string();
        tell(upkeep::restore(&observations, &target, &log, end).map_err(failed)?, out)?;
    }
    Ok(())
}

/// What was judged against another log would be judged against this one.
fn belong_together(log: &Path, observations: &Path) -> Result<(), Failure> {
    let log = Log::id_in(log).map_err(failed)?;
    match upkeep::owner(observations).map_err(failed)? {
        Some(of) if of != log => {
            Err(failed(upkeep::UpkeepError::OfAnotherLog { path: observations.to_owned(), of, log }))
        }
        Some(_) | None => Ok(()),
    }
}

/// What the edge of a platform in one process remembers of what it served (rule R25). Edges of their own have it with them.
fn edge_of(before: Option<&Path>, data: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let Some(replaced) = before else {
        writeln!(out, "{UNREMEMBERED}")?;
        return Ok(());
    };
    let before = replaced.join(EDGE_DIRECTORY);
    let copied = copy_all(&before, &data.join(EDGE_DIRECTORY));
    copied.with_context(|| format!("{} cannot be copied", before.display())).map_err(failed)?;
    writeln!(out, "{} -> {}", before.display(), data.join(EDGE_DIRECTORY).display())?;
    key_of(replaced, data, out)
}

/// What is sealed in the log opens only with the key, which no backup holds.
fn key_of(replaced: &Path, data: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let (key, target) = (replaced.join(KEY_FILE), data.join(KEY_FILE));
    if key.is_file() {
        let copied = fs::copy(&key, &target).with_context(|| format!("{} cannot be copied", key.display()));
        copied.map_err(failed)?;
        writeln!(out, "{} -> {}", key.display(), target.display())?;
    }
    Ok(())
}

/// Directories and files; nothing else lies in that of an edge.
fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy_all(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn time(unix_micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(unix_micros).ok()
}

fn tell(kept: Kept, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{} observations, {} after the end of the log let go", kept.kept, kept.dropped)?;
    Ok(())
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
    if format.is_document() {
        let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        let value = serde_json::json!({
            "logId": report.log_id, "events": report.events, "head": report.head, "problems": problems,
        });
        document(out, format, &value)?;
    } else {
        writeln!(out, "log {}: {} events, head {}", report.log_id, report.events, report.head)?;
        for problem in &report.problems {
            writeln!(out, "problem: {problem}")?;
        }
    }
    if report.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Request("the log has problems; 'verdict log restore' makes one of a backup".to_owned()))
    }
}
