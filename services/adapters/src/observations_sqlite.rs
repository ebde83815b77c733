//! Observations in one SQLite file.
//!
//! One writer thread takes the batches that wait and commits them together, each whole or not at all, with
//! `synchronous=FULL`: one flush serves everybody who waited for it. One reader thread answers reads from a snapshot
//! of its own (WAL), so a long page never holds up a commit.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::thread;

use futures::future::BoxFuture;
use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::oneshot;
use verdict_metrics::observations::{Key, ObservationStore, Outcome, Query, Row, StoreError};

mod read;
mod schema;
#[cfg(test)]
mod tests;
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

type Read = Box<dyn FnOnce(&Connection) + Send>;

/// See the module. The threads end when it is dropped; what was acknowledged is on disk by then.
pub struct SqliteObservations {
    writer: Sender<write::Batch>,
    reader: Sender<Read>,
}

impl SqliteObservations {
    /// Opens the file, or makes it.
    pub fn open(path: &Path, options: Options) -> Result<Self, OpenError> {
        let sqlite = |source| OpenError::Sqlite { path: path.to_owned(), source };
        let writing = schema::open(path, options)?;
        let reading = Connection::open(path).map_err(sqlite)?;
        reading.pragma_update(None, "query_only", true).map_err(sqlite)?;
        let (writer, batches) = mpsc::channel();
        let (reader, reads) = mpsc::channel::<Read>();
        thread::Builder::new()
            .name("observations-write".to_owned())
            .spawn(move || write::run(writing, &batches))?;
        thread::Builder::new().name("observations-read".to_owned()).spawn(move || {
            while let Ok(read) = reads.recv() {
                read(&reading);
            }
        })?;
        Ok(Self { writer, reader })
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
        let sent = self.reader.send(read);
        Box::pin(async move {
            sent.map_err(|_| gone())?;
            answer.await.map_err(|_| gone())?
        })
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
        let sent = self.writer.send(write::Batch { rows, reply });
        Box::pin(async move {
            sent.map_err(|_| gone())?;
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

    fn newest_of<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        source: &'a str,
    ) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        let (org, metric, source) = (org.to_owned(), metric.to_owned(), source.to_owned());
        self.read(move |connection| read::newest_of(connection, &org, &metric, &source))
    }
}
