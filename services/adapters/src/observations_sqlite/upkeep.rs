//! What an operator does with the whole file: copy it, put it back, and say which log it belongs to.
//!
//! Observations are judged against what the log says, so they are put back together: rows that came after the end of
//! the log that was put back are let go, because whatever they led to never happened. The file carries the id of its
//! log, and is not taken for that of another one.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

/// Why the file could not be copied, put back or used.
#[derive(Debug, thiserror::Error)]
pub enum UpkeepError {
    #[error("{} exists already: give a directory without observations", path.display())]
    Exists { path: PathBuf },
    #[error(
        "{} belongs to log {of}, and this is log {log}: put both back together with 'verdict log restore', or move the \
         file away to begin without observations",
        path.display()
    )]
    OfAnotherLog { path: PathBuf, of: String, log: String },
    #[error("{}: the observations cannot be copied", path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
    #[error("{} cannot be written", path.display())]
    Io { path: PathBuf, source: std::io::Error },
}

impl UpkeepError {
    fn sqlite(path: &Path) -> impl Fn(rusqlite::Error) -> Self {
        move |source| Self::Sqlite { path: path.to_owned(), source }
    }

    fn io(path: &Path) -> impl Fn(std::io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub kept: u64,
    /// Rows that came after the end of the log.
    pub dropped: u64,
}

/// Copies the file at `from`, which may be in use, to `to`, where there must be none.
pub fn copy(from: &Path, to: &Path) -> Result<(), UpkeepError> {
    if to.exists() {
        return Err(UpkeepError::Exists { path: to.to_owned() });
    }
    let partial = to.with_extension("partial");
    let copied = copy_all(from, &partial);
    if copied.is_err() {
        // What is left of an attempt is in nobody's way.
        drop(std::fs::remove_file(&partial));
        return copied;
    }
    std::fs::File::open(&partial).and_then(|file| file.sync_all()).map_err(UpkeepError::io(to))?;
    std::fs::rename(&partial, to).map_err(UpkeepError::io(to))
}

/// One step over all pages reads them in one transaction.
fn copy_all(from: &Path, to: &Path) -> Result<(), UpkeepError> {
    let sqlite = UpkeepError::sqlite(from);
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(&sqlite)?;
    let mut target = Connection::open(to).map_err(&sqlite)?;
    let done = Backup::new(&source, &mut target).and_then(|backup| backup.step(-1)).map_err(&sqlite)?;
    if done != StepResult::Done {
        let why = Some(format!("the copy stopped: {done:?}"));
        return Err(sqlite(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(5), why)));
    }
    target.close().map_err(|(_, fault)| sqlite(fault))
}

/// The log that the file, which is only read, belongs to; `None` where it does not say.
pub fn owner(file: &Path) -> Result<Option<String>, UpkeepError> {
    let look = || {
        let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let known = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'log')";
        if db.query_row(known, [], |row| row.get::<_, bool>(0))? {
            return db.query_row("SELECT id FROM log", [], |row| row.get(0)).optional();
        }
        Ok(None)
    };
    look().map_err(UpkeepError::sqlite(file))
}

/// Puts the copy at `from` in the place `to`, as the observations of `log`, which ends at `newest`.
pub fn restore(from: &Path, to: &Path, log: &str, newest: Option<Timestamp>) -> Result<Kept, UpkeepError> {
    copy(from, to)?;
    hand_over(to, log, newest)
}

/// Makes the file the one of `log`: rows that came after `newest`, the end of that log, are let go.
pub fn hand_over(file: &Path, log: &str, newest: Option<Timestamp>) -> Result<Kept, UpkeepError> {
    let change = || {
        let db = Connection::open(file)?;
        let transaction = db.unchecked_transaction()?;
        let end = newest.and_then(|end| i64::try_from(end.as_nanosecond()).ok()).unwrap_or(i64::MIN);
        let dropped = transaction.execute("DELETE FROM observations WHERE received_at > ?1", [end])?;
        if dropped > 0 {
            transaction.execute_batch(
                "DELETE FROM counts; INSERT INTO counts (org, metric, rows) \
                 SELECT org, metric, count(*) FROM observations GROUP BY org, metric;",
            )?;
        }
        let kept: i64 = transaction.query_row("SELECT count(*) FROM observations", [], |row| row.get(0))?;
        // What was answered to the rows that stay may have come after the end as well.
        let known = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'judged')";
        if transaction.query_row(known, [], |row| row.get(0))? {
            transaction.execute("DELETE FROM judged", [])?;
        }
        transaction.execute_batch(LOG)?;
        transaction.execute("DELETE FROM log", [])?;
        transaction.execute("INSERT INTO log (id) VALUES (?1)", params![log])?;
        transaction.commit()?;
        Ok(Kept { kept: kept.cast_unsigned(), dropped: dropped as u64 })
    };
    change().map_err(UpkeepError::sqlite(file))
}

/// The log that the rows belong to.
const LOG: &str = "CREATE TABLE IF NOT EXISTS log (id TEXT NOT NULL) STRICT;";

/// Makes sure that the file, which is there, is the one of `log`; a new one becomes it.
pub fn belongs_to(file: &Path, log: &str) -> Result<(), UpkeepError> {
    let look = || {
        let db = Connection::open(file)?;
        db.busy_timeout(std::time::Duration::from_secs(2))?;
        db.execute_batch(LOG)?;
        let of: Option<String> = db.query_row("SELECT id FROM log", [], |row| row.get(0)).optional()?;
        if of.is_none() {
            db.execute("INSERT INTO log (id) VALUES (?1)", [log])?;
        }
        Ok(of)
    };
    match look().map_err(UpkeepError::sqlite(file))? {
        Some(of) if of != log => {
            Err(UpkeepError::OfAnotherLog { path: file.to_owned(), of, log: log.to_owned() })
        }
        Some(_) | None => Ok(()),
    }
}
