//! What an operator does with a whole log: back it up, verify it, take it out and bring it in.

mod backup;
mod export;
mod import;
mod line;
mod verify;

use std::io;
use std::path::{Path, PathBuf};

use crate::log::OpenError;
use crate::read::ReadError;

pub use export::ExportReport;
pub use import::ImportReport;
pub use verify::{Problem, Report};

/// Why a log could not be backed up, verified, exported or imported.
#[derive(Debug, thiserror::Error)]
pub enum MaintenanceError {
    #[error("{} exists already: give a directory without a log", path.display())]
    Exists { path: PathBuf },
    #[error("line {line} of the import: {reason}")]
    Format { line: u64, reason: String },
    #[error("the log cannot be opened")]
    Open(#[from] OpenError),
    #[error("the log cannot be read")]
    Read(#[from] ReadError),
    #[error("the log cannot be written or read by the database")]
    Sqlite(#[from] rusqlite::Error),
    #[error("reading or writing a file failed")]
    Io(#[from] io::Error),
}

/// Makes a finished file durable and gives it its final name.
fn publish_file(partial: &Path, target: &Path) -> io::Result<()> {
    std::fs::File::options().write(true).open(partial)?.sync_all()?;
    std::fs::rename(partial, target)?;
    match target.parent() {
        Some(directory) => std::fs::File::open(directory)?.sync_all(),
        None => Ok(()),
    }
}

/// Removes what an attempt that was interrupted left behind.
fn remove_leftover(partial: &Path) -> io::Result<()> {
    match std::fs::remove_file(partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
