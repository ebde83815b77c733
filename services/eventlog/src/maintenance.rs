//! What an operator does with a whole log: back it up and put it back, verify it, take it out and bring it in.

mod backup;
mod export;
mod import;
mod line;
mod restore;
mod verify;

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::directory::OpenError;
use crate::page::ReadError;
use crate::schema::{self, Kind};

pub use export::ExportReport;
pub use import::ImportReport;
pub use restore::RestoreReport;
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

/// Opens the log in `directory` for reading, also while another process writes it.
fn open_beside(directory: &Path) -> Result<Connection, MaintenanceError> {
    let file = directory.join(schema::FILE);
    let not_a_log = || OpenError::NotALog { path: file.clone() };
    if !file.is_file() {
        return Err(not_a_log().into());
    }
    let db = schema::open_reader(&file).map_err(OpenError::sqlite(&file))?;
    match schema::kind(&db).map_err(OpenError::sqlite(&file))? {
        Kind::Log { version: schema::VERSION } => Ok(db),
        Kind::Log { version: found } => {
            let path = directory.to_owned();
            Err(OpenError::NewerVersion { path, found, supported: schema::VERSION }.into())
        }
        Kind::Empty | Kind::Other => Err(not_a_log().into()),
    }
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
