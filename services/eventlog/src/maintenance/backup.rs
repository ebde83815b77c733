//! A copy of the log of one moment, taken while it is written.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, ffi};

use super::{MaintenanceError, open_beside, publish_file, remove_leftover};
use crate::directory::{OpenError, take_lock};
use crate::log::Log;
use crate::schema;

impl Log {
    /// Copies the log into the directory `to`, which must not hold a log yet. Appends go on meanwhile; the
    /// copy is an exact prefix of the log and keeps its id; [`Log::restore`] makes a log of it. Blocks for the time of
    /// the copy, in which the write-ahead log is not taken over and grows with what is appended.
    pub fn backup(&self, to: &Path) -> Result<(), MaintenanceError> {
        Self::backup_of(self.directory(), to)
    }

    /// Like [`Log::backup`], of the log in `directory`, which another process may have open.
    pub fn backup_of(directory: &Path, to: &Path) -> Result<(), MaintenanceError> {
        copy_from(&open_beside(directory)?, to, |_| Ok(()))
    }
}

/// Copies the log behind `db` into the directory `to` and lets `change` have the copy before it is seen.
pub(super) fn copy_from(
    db: &Connection,
    to: &Path,
    change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> Result<(), MaintenanceError> {
    std::fs::create_dir_all(to)?;
    let _lock = take_lock(to)?;
    let target = to.join(schema::FILE);
    if target.exists() {
        return Err(MaintenanceError::Exists { path: target });
    }
    let partial = to.join("log.sqlite.backup");
    remove_leftover(&partial)?;
    let mut copy = Connection::open(&partial).map_err(OpenError::sqlite(&partial))?;
    copy_all(db, &mut copy)?;
    change(&copy)?;
    copy.close().map_err(|(_, fault)| fault)?;
    publish_file(&partial, &target)?;
    Ok(())
}

/// One step over all pages reads them in one transaction, so that writers cannot get in between.
fn copy_all(from: &Connection, to: &mut Connection) -> Result<(), MaintenanceError> {
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        unfinished => {
            let busy = ffi::Error { code: ErrorCode::DatabaseBusy, extended_code: ffi::SQLITE_BUSY };
            let why = format!("the copy stopped: {unfinished:?}");
            Err(rusqlite::Error::SqliteFailure(busy, Some(why)).into())
        }
    }
}
