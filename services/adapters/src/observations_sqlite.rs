//! Observations in one SQLite file.
//!
//! One writer thread takes the batches that wait and commits them together, each whole or not at all, with
//! `synchronous=FULL`: one flush serves everybody who waited for it. One reader thread answers reads from a snapshot
//! of its own (WAL), so a long page never holds up a commit. What waits for either is bounded: a disk that stands still
//! makes callers hear that the store is busy, and does not fill the memory.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::thread;

use futures::future::BoxFuture;
use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::oneshot;
use verdict_runtime::observations::{
    Key, MAX_ROWS, ObservationStore, Outcome, Query, Retraction, Row, StoreError,
};

mod read;
mod schema;
#[cfg(test)]
mod tests;
pub mod upkeep;
mod write;

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{path}: the observations were written by a newer version (schema {found}, this one knows {known})", path = path.display())]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("{path}: the observations cannot be opened", path = path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
    #[error("the observations store could not start a thread")]
    Thread(#[from] std::io::Error),
}

/// How the file is used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The most pages the file may have; `None` = as many as fit on the volume.
    pub max_pages: Option<u32>,
}

/// Most requests that wait for the writer, and most that wait for the reader.
const QUEUE: usize = 1_024;
/// Most rows that wait to be written.
const WAITING: usize = 20 * MAX_ROWS;

type Read = Box<dyn FnOnce(&Connection) + Send>;

/// See the module. The threads end when it is dropped; what was acknowledged is on disk by then.
pub struct SqliteObservations {
    writer: SyncSender<write::Work>,
    reader: SyncSender<Read>,
    /// Rows that wait to be written.
    waiting: Arc<AtomicUsize>,
}

impl SqliteObservations {
    /// Opens the file, or makes it.
    pub fn open(path: &Path, options: Options) -> Result<Self, OpenError> {
        let sqlite = |source| OpenError::Sqlite { path: path.to_owned(), source };
        let writing = schema::open(path, options)?;
        let reading = Connection::open(path).map_err(sqlite)?;
        reading.pragma_update(None, "query_only", true).map_err(sqlite)?;
        let (writer, work) = mpsc::sync_channel(QUEUE);
        let (reader, reads) = mpsc::sync_channel::<Read>(QUEUE);
        let rows = Arc::<AtomicUsize>::default();
        let left = rows.clone();
        thread::Builder::new()
            .name("observations-write".to_owned())
            .spawn(move || write::run(writing, &work, &left))?;
        thread::Builder::new().name("observations-read".to_owned()).spawn(move || {
            while let Ok(read) = reads.recv() {
                read(&reading);
            }
        })?;
        Ok(Self { writer, reader, waiting: rows })
    }

    fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let (reply, answer) = oneshot::channel();
        let read: Read = Box::new(move |connection| {
            // A reader that has gone does not want the answer.
            drop(reply.send(query(connection).map_err(|error| failed(&error))));
        });
        let sent = self.reader.try_send(read).map_err(|error| unsent(&error));
        Box::pin(async move {
            sent?;
            answer.await.map_err(|_| gone())?
        })
    }

    /// Carries something out between the batches, in a transaction of its own.
    fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let (reply, answer) = oneshot::channel();
        let work = write::Work::Other(Box::new(move |connection| {
            drop(reply.send(write::alone(connection, change).map_err(|error| failed(&error))));
        }));
        let sent = self.writer.try_send(work).map_err(|error| unsent(&error));
        Box::pin(async move {
            sent?;
            answer.await.map_err(|_| gone())?
        })
    }
}

fn unsent<T>(error: &TrySendError<T>) -> StoreError {
    match error {
        TrySendError::Full(_) => StoreError::Busy,
        TrySendError::Disconnected(_) => gone(),
    }
}

fn gone() -> StoreError {
    StoreError::Failed("its thread has ended".to_owned())
}

fn failed(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => StoreError::Full,
        Some(_) | None => StoreError::Failed(error.to_string()),
    }
}

impl ObservationStore for SqliteObservations {
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>> {
        let (reply, answer) = oneshot::channel();
        // Sent when called, not when polled: the commit is under way while the caller judges the rows.
        let count = rows.len();
        let sent = if self.waiting.fetch_add(count, Ordering::AcqRel) + count > WAITING {
            Err(StoreError::Busy)
        } else {
            let batch = write::Work::Batch(write::Batch { rows, reply });
            self.writer.try_send(batch).map_err(|error| unsent(&error))
        };
        if sent.is_err() {
            self.waiting.fetch_sub(count, Ordering::AcqRel);
        }
        Box::pin(async move {
            sent?;
            answer.await.map_err(|_| gone())?
        })
    }

    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        let (query, after) = (query.clone(), after.cloned());
        self.read(move |connection| read::rows_from(connection, &query, from, after.as_ref(), max))
    }

    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        let query = query.clone();
        self.read(move |connection| read::last(connection, &query, before, max))
    }

    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>> {
        let (org, metric) = (org.to_owned(), metric.to_owned());
        self.read(move |connection| read::count(connection, &org, &metric))
    }

    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>> {
        let retraction = retraction.clone();
        self.write(move |transaction| write::retract(transaction, &retraction))
    }

    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        let (org, metric) = (org.to_owned(), metric.to_owned());
        self.write(move |transaction| write::prune(transaction, &org, &metric, before, max))
    }

    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.write(move |transaction| write::mark(transaction, &judged))
    }

    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        let guardrail = guardrail.to_owned();
        self.read(move |connection| read::marked(connection, &guardrail))
    }
}
