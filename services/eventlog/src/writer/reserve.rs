//! What is kept free for the appends that must not fail: those that say `"$reserve": true` in the metadata of each of
//! their events, and what the log keeps for itself.
//!
//! Where the file has a largest size, ordinary appends may not use its last pages. Where the volume is full, a file
//! that was filled beforehand is emptied for the first append that needs it; ordinary appends are refused from then on
//! until that file could be filled again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use crate::options::Options;
use crate::schema::{self, PAGE_BYTES};

/// The file that holds room on the volume.
const FILE: &str = "log.reserve";

/// The most pages that ordinary appends may fill of a file of at most `max` pages, of which `reserve` are kept free.
pub(crate) fn ordinary_pages(max: u32, reserve: u32) -> u32 {
    // A small log keeps a quarter, or there would be nothing to keep free.
    max - reserve.min(max / 4)
}

/// What the writer found out about room, for whoever reports it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fullness(Arc<Found>);

#[derive(Debug, Default)]
struct Found {
    refused: AtomicBool,
    spent: AtomicBool,
}

impl Fullness {
    /// The last append that may not use the reserve found no room.
    pub(crate) fn has_refused(&self) -> bool {
        self.0.refused.load(Ordering::Relaxed)
    }

    /// The reserve on the volume was given away and is not yet back.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.spent.load(Ordering::Relaxed)
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Reserve {
    /// The largest size of the file for everybody and for ordinary appends.
    pages: Option<(u32, u32)>,
    /// Which of the two the connection has now.
    limit: Option<u32>,
    file: PathBuf,
    bytes: u64,
    found: Arc<Found>,
}

impl Reserve {
    /// Takes hold of the reserve in `directory`. On a full volume it begins without.
    pub(crate) fn new(directory: &Path, options: &Options, fullness: Fullness) -> Self {
        let pages = options.max_page_count.map(|max| (max, ordinary_pages(max, options.reserve_pages)));
        let bytes = u64::from(options.reserve_pages) * PAGE_BYTES;
        let reserve = Self { pages, limit: None, file: directory.join(FILE), bytes, found: fullness.0 };
        reserve.refill();
        reserve
    }

    /// Lets the next transaction use the reserve, or not.
    pub(super) fn allow(&mut self, db: &Connection, reserve: bool) -> rusqlite::Result<()> {
        let Some((all, ordinary)) = self.pages else { return Ok(()) };
        let limit = if reserve { all } else { ordinary };
        if self.limit != Some(limit) {
            schema::limit_pages(db, limit)?;
            self.limit = Some(limit);
        }
        Ok(())
    }

    /// Whether an ordinary append may be tried.
    pub(super) fn is_whole(&self) -> bool {
        let whole = !self.is_spent() || self.refill();
        if !whole {
            self.note(true);
        }
        whole
    }

    fn is_spent(&self) -> bool {
        self.found.spent.load(Ordering::Relaxed)
    }

    /// Gives the room on the volume to an append that needs it. Whether there was any.
    pub(super) fn let_go(&self, db: &Connection) -> bool {
        if self.found.spent.swap(true, Ordering::Relaxed) {
            return false;
        }
        if let Err(error) = std::fs::remove_file(&self.file) {
            tracing::warn!(%error, "the reserve of the log could not be let go");
            return false;
        }
        tracing::warn!(bytes = self.bytes, "the volume of the log is full: its reserve is used");
        // What waits in the write-ahead log finds its place now, and leaves its own to what comes.
        if let Err(error) = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
            tracing::warn!(%error, "the write-ahead log could not be taken over");
        }
        true
    }

    /// What came of a transaction in which ordinary appends took part.
    pub(super) fn note(&self, full: bool) {
        self.found.refused.store(full, Ordering::Relaxed);
    }

    fn refill(&self) -> bool {
        let filled = fill(&self.file, self.bytes);
        if let Err(error) = &filled {
            tracing::debug!(%error, "there is no room for the reserve of the log");
            // What was filled of it would only be in the way.
            drop(std::fs::remove_file(&self.file));
        }
        self.found.spent.store(filled.is_err(), Ordering::Relaxed);
        filled.is_ok()
    }
}

/// Makes a file of so many bytes that has its blocks already.
fn fill(path: &Path, bytes: u64) -> io::Result<()> {
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    if file.metadata()?.len() == bytes {
        return Ok(());
    }
    allocate(&file, bytes)?;
    file.sync_all()
}

#[cfg(target_os = "linux")]
fn allocate(file: &File, bytes: u64) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    match fallocate(file, FallocateFlags::empty(), 0, bytes.max(1)) {
        Err(rustix::io::Errno::OPNOTSUPP) => write_zeros(file, bytes),
        allocated => Ok(allocated?),
    }
}

#[cfg(not(target_os = "linux"))]
fn allocate(file: &File, bytes: u64) -> io::Result<()> {
    write_zeros(file, bytes)
}

fn write_zeros(mut file: &File, bytes: u64) -> io::Result<()> {
    let zeros = [0; 1 << 12];
    let mut left = bytes;
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(zeros.len()).min(zeros.len());
        io::Write::write_all(&mut file, &zeros[..now])?;
        left -= now as u64;
    }
    Ok(())
}
