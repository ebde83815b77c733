//! How much room is left: what is told to operators before appends are refused.

use rusqlite::Connection;

use crate::log::Log;
use crate::page::ReadError;
use crate::schema::PAGE_BYTES;

/// With less than this an append of a few kilobytes may not find room any more.
const LITTLE: u64 = 64 << 10;
/// With less than this a log that has refused an append stays full.
const SOME: u64 = 1 << 20;

/// The room of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes that ordinary appends may still take, roughly.
    pub bytes: u64,
    /// Ordinary appends are refused, or will be soon.
    pub is_full: bool,
    /// Bytes of the write-ahead log, which grows while a backup or an export reads.
    pub wal_bytes: u64,
}

impl Log {
    /// The room that is left now. Blocks for the time of a short read.
    pub fn room(&self) -> Result<Room, ReadError> {
        let in_file = match self.inner.ordinary_pages {
            None => u64::MAX,
            Some(pages) => self.inner.readers.with(|db| left(db, pages))?,
        };
        let fullness = &self.inner.fullness;
        let refused = fullness.has_refused();
        // A reserve that was used is filled again before anything else.
        let owed = if fullness.is_spent() { self.inner.reserve_bytes } else { 0 };
        let bytes = in_file.min(on_volume(self.directory()).saturating_sub(owed));
        let is_full = bytes < LITTLE || (refused && bytes < SOME);
        Ok(Room { bytes, is_full, wal_bytes: self.wal_bytes() })
    }

    /// The same for a task.
    pub async fn room_now(&self) -> Result<Room, ReadError> {
        let log = self.clone();
        self.in_turn(move || log.room()).await?
    }

    /// Bytes of the write-ahead log.
    pub fn wal_bytes(&self) -> u64 {
        let mut wal = self.inner.file.clone().into_os_string();
        wal.push("-wal");
        std::fs::metadata(wal).map_or(0, |file| file.len())
    }
}

/// Bytes that fit into the file, free pages among them.
fn left(db: &Connection, pages: u32) -> Result<u64, ReadError> {
    let number = |pragma: &str| db.query_row(pragma, [], |row| crate::schema::number(row, 0));
    let used = number("PRAGMA page_count")?.saturating_sub(number("PRAGMA freelist_count")?);
    Ok(u64::from(pages).saturating_sub(used) * PAGE_BYTES)
}

#[cfg(unix)]
fn on_volume(directory: &std::path::Path) -> u64 {
    rustix::fs::statvfs(directory).map_or(u64::MAX, |volume| volume.f_bavail.saturating_mul(volume.f_frsize))
}

#[cfg(not(unix))]
fn on_volume(_: &std::path::Path) -> u64 {
    u64::MAX
}
