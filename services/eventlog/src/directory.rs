//! The directory that a log lives in: why it cannot be opened, the lock that keeps others out, the identity of a new log.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rusqlite::ErrorCode;
use ulid::Ulid;

use crate::options::Clock;

/// Why a log cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "the log in {} was written by a newer version (schema {found}, this version knows {supported}): \
         start the version that wrote it, or a newer one",
        path.display()
    )]
    NewerVersion { path: PathBuf, found: u32, supported: u32 },
    #[error("the log in {} is in use by another process", path.display())]
    Locked { path: PathBuf },
    #[error("{} is not an event log", path.display())]
    NotALog { path: PathBuf },
    #[error("the directory {} cannot be used", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the log in {} cannot be opened", path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
}

impl OpenError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    pub(crate) fn sqlite(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotALog { path: path.to_owned() },
            _ => Self::Sqlite { path: path.to_owned(), source },
        }
    }
}

/// Keeps every other opener out of a directory for as long as it lives.
#[derive(Debug)]
pub(crate) struct DirectoryLock(File);

impl Drop for DirectoryLock {
    /// Closing the file is not enough: a child process that is just being started holds a copy of the
    /// descriptor, and with it the lock, until it runs its own program.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the lock of the event log could not be released");
        }
    }
}

pub(crate) fn take_lock(directory: &Path) -> Result<DirectoryLock, OpenError> {
    let path = directory.join("log.lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(OpenError::io(directory))?;
    match file.try_lock() {
        Ok(()) => Ok(DirectoryLock(file)),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked { path: directory.to_owned() }),
        Err(TryLockError::Error(source)) => Err(OpenError::Io { path: directory.to_owned(), source }),
    }
}

/// A fresh identity for a log that begins now.
pub(crate) fn new_log_id(clock: &Clock) -> Ulid {
    let now = UNIX_EPOCH + Duration::from_micros(u64::try_from(clock.unix_micros()).unwrap_or(0));
    // A generator that was never used has no previous id to overflow from.
    ulid::Generator::new().generate_from_datetime(now).unwrap_or_else(|_| Ulid::max())
}
