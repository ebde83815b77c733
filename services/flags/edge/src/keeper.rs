//! What was served, on the disk: so that an edge which starts while there is no log serves what it served before.
//!
//! The file is written beside and renamed, so that a crash leaves the old one or the new one. Its first line names the
//! format and the hash of the rest; a file that does not fit it, or was written in another format, is said to be so
//! and ignored.
//!
//! ```text
//!   FlagEdge ── changed, or half a minute has gone by ──> Slot ── Keeper ──> DIRECTORY/flags.snapshot
//! ```
//!
//! The follower only hands over: no change of a flag waits for a disk.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io};

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use verdict_kernel::clock::{Clock, Timestamp, between};
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::Position;

use crate::fold::Flags;
use crate::fold::kept::KeptFlag;

/// Name of the file within its directory.
pub(crate) const FILE: &str = "flags.snapshot";
const FORMAT: &str = "verdict-flags-snapshot-1";
/// How the events of flags were read. Counts up when an event that was skipped is understood: what an older version
/// has kept lacks it, and is good for serving but not for reading on.
const READER: u32 = 1;
/// What is kept is never older than this while the log is seen.
pub(crate) const KEEP_EVERY: Duration = Duration::from_secs(30);
/// Pause after which the keeper looks although nobody has woken it.
const LOOK: Duration = Duration::from_secs(1);

/// The flags as they were served at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) flags: Flags,
    pub(crate) position: Option<Position>,
    /// The log may be read on after `position`.
    pub(crate) goes_on: bool,
    /// How long ago the log was seen.
    pub(crate) age: Duration,
}

/// The same as text.
#[derive(Serialize, Deserialize)]
struct Document {
    reader: u32,
    position: Option<String>,
    changed: Option<(String, Timestamp)>,
    skipped: u64,
    seen: Timestamp,
    flags: Vec<KeptFlag>,
}

/// A directory that an edge keeps what it serves in.
#[derive(Clone)]
pub struct Directory {
    path: PathBuf,
    /// The machine's own time: what is kept outlives every other clock.
    clock: Arc<dyn Clock>,
}

/// Why a file is of no use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("it is of another format")]
    Format,
    #[error("its content does not fit its checksum")]
    Damaged,
    #[error("its content is not understood: {0}")]
    Content(String),
}

impl Directory {
    pub fn new(path: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        Self { path: path.into(), clock }
    }

    /// Whether there is something to serve without the log.
    pub fn has_kept(&self) -> bool {
        self.load().is_some()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What was kept; `None` where nothing is, or nothing that could be used.
    pub(crate) fn load(&self) -> Option<Kept> {
        let file = self.path.join(FILE);
        match self.read(&file) {
            Ok(kept) => kept,
            Err(why) => {
                let file = file.display();
                tracing::error!(%file, "ignored what the flag edge had kept in {file}: {why}");
                None
            }
        }
    }

    fn read(&self, file: &Path) -> Result<Option<Kept>, Unusable> {
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let head = bytes.iter().position(|byte| *byte == b'\n').ok_or(Unusable::Format)?;
        let (head, body) = (&bytes[..head], &bytes[head + 1..]);
        let told = std::str::from_utf8(head).ok().and_then(|head| head.split_once(' '));
        let (_, sum) = told.filter(|(format, _)| *format == FORMAT).ok_or(Unusable::Format)?;
        if sum != checksum(body) {
            return Err(Unusable::Damaged);
        }
        let content = |error: &dyn std::fmt::Display| Unusable::Content(error.to_string());
        let document: Document = serde_json::from_slice(body).map_err(|error| content(&error))?;
        let place = |text: &String| text.parse::<Position>().map_err(|error| content(&error));
        let mut flags = Flags::of_kept(document.flags);
        flags.skipped = document.skipped;
        flags.changed =
            document.changed.map(|(position, at)| Ok::<_, Unusable>((place(&position)?, at))).transpose()?;
        Ok(Some(Kept {
            flags,
            position: document.position.as_ref().map(place).transpose()?,
            goes_on: document.reader == READER,
            age: between(document.seen, self.now()),
        }))
    }

    pub(crate) fn save(&self, kept: &Kept) -> io::Result<()> {
        // The age was true when the edge handed it over, moments ago.
        let seen = self.now().checked_sub(kept.age).unwrap_or(Timestamp::UNIX_EPOCH);
        let document = Document {
            reader: READER,
            position: kept.position.as_ref().map(ToString::to_string),
            changed: kept.flags.changed.as_ref().map(|(position, at)| (position.to_string(), *at)),
            skipped: kept.flags.skipped,
            seen,
            flags: kept.flags.to_kept(),
        };
        let body = serde_json::to_vec(&document)?;
        let head = format!("{FORMAT} {}\n", checksum(&body));
        self.replace(FILE, &[head.as_bytes(), &body])
    }

    /// Puts a whole new file in place of the old one.
    pub(crate) fn replace(&self, name: &str, parts: &[&[u8]]) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        let partial = self.path.join(format!("{name}.partial"));
        let mut file = fs::File::create(&partial)?;
        for part in parts {
            file.write_all(part)?;
        }
        file.sync_all()?;
        fs::rename(&partial, self.path.join(name))?;
        // The rename itself is on the disk once the directory is.
        fs::File::open(&self.path)?.sync_all()
    }
}

/// The hash of `bytes` as text.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a text never fails.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

/// Where the follower leaves what is to be kept. The newest replaces what nobody has taken yet.
#[derive(Clone, Default)]
pub(crate) struct Slot {
    newest: Arc<Mutex<Option<Kept>>>,
}

impl Slot {
    pub(crate) fn put(&self, kept: Kept) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }

    fn take(&self) -> Option<Kept> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The component that writes.
pub(crate) struct Keeper {
    directory: Directory,
    slot: Slot,
}

impl Keeper {
    pub(crate) const fn new(directory: Directory, slot: Slot) -> Self {
        Self { directory, slot }
    }

    async fn keep(&self) -> Result<Progress, Fault> {
        let Some(kept) = self.slot.take() else {
            return Ok(Progress::Idle { due: None, retry: Some(LOOK) });
        };
        let (directory, kept) = (self.directory.clone(), Arc::new(kept));
        let writing = Arc::clone(&kept);
        let written = tokio::task::spawn_blocking(move || directory.save(&writing)).await;
        let written = written.unwrap_or_else(|lost| Err(io::Error::other(lost)));
        written.map(|()| Progress::Worked).map_err(|error| {
            // Unless the follower has left something newer meanwhile.
            let mut newest = self.slot.newest.lock().unwrap_or_else(PoisonError::into_inner);
            newest.get_or_insert_with(|| Arc::unwrap_or_clone(kept));
            let path = self.directory.path().display();
            Fault::Other(format!("what is served cannot be kept in {path}: {error}"))
        })
    }
}

impl Component for Keeper {
    fn name(&self) -> &'static str {
        "flag-edge-keeper"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.keep())
    }

    /// The last word goes to the disk even when the process is told to stop in the same moment.
    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async { self.keep().await.map(|_| ()) })
    }
}

#[cfg(test)]
mod tests;
