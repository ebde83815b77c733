//! A log that is watched and disturbed, for tests: it counts the events that it hands out, names the streams that are
//! read, and fails appends.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;

use super::forward::Forward;
use super::{AllSlice, Appended, Expected, Filter, Log, LogError, NewEvent, Position, Recorded, StreamSlice};

/// What happens at an append before it reaches the log.
type Hook = Box<dyn Fn(&str) -> Result<(), LogError> + Send + Sync>;

/// See the module.
pub struct Watched {
    log: Log,
    handed: AtomicUsize,
    read: Mutex<BTreeSet<String>>,
    at_append: Hook,
}

impl Watched {
    /// It only counts.
    pub fn over(log: Log) -> Arc<Self> {
        Self::disturbed(log, |_| Ok(()))
    }

    /// `at_append` is called with the stream of each append, and may fail it.
    pub fn disturbed(
        log: Log,
        at_append: impl Fn(&str) -> Result<(), LogError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let at_append = Box::new(at_append);
        Arc::new(Self { log, handed: AtomicUsize::new(0), read: Mutex::default(), at_append })
    }

    /// How many events were handed out since the last call.
    pub fn handed(&self) -> usize {
        self.handed.swap(0, Ordering::Relaxed)
    }

    /// The streams that were read by their names since the last call.
    pub fn read(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.read.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, stream: &str) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(stream.to_owned());
    }

    fn count(&self, events: usize) {
        self.handed.fetch_add(events, Ordering::Relaxed);
    }
}

impl Forward for Watched {
    fn inner(&self) -> &Log {
        &self.log
    }

    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        Box::pin(async move {
            (self.at_append)(stream)?;
            self.log.append(stream, expected, events).await
        })
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        self.note(stream);
        Box::pin(async move {
            let slice = self.log.read_stream(stream, from, max).await?;
            self.count(slice.events.len());
            Ok(slice)
        })
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        self.note(stream);
        Box::pin(async move {
            let last = self.log.read_last(stream).await?;
            self.count(last.iter().len());
            Ok(last)
        })
    }

    /// Counts what was looked at as well: a log that cannot filter hands all of it to its reader.
    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        Box::pin(async move {
            let slice = self.log.read_all(after, filter, max).await?;
            let from = after.map_or(0, |after| after.commit);
            let to = slice.considered.as_ref().map_or(0, |to| to.commit);
            self.count(usize::try_from(to.saturating_sub(from)).unwrap_or(usize::MAX));
            Ok(slice)
        })
    }
}
