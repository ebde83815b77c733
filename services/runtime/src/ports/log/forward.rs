//! A log that stands before another one: whoever wants to see or disturb a few calls writes those, and the others go
//! through.

use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::sync::watch;

use super::{
    AllSlice, Appended, EventLog, Expected, Filter, Log, LogError, NewEvent, Position, Recorded, Room,
    StreamSlice,
};

/// Implemented in place of [`EventLog`]. Every call of the port is here under its own name, and goes to [`inner`].
///
/// [`inner`]: Forward::inner
pub trait Forward: Send + Sync {
    /// The log behind it.
    fn inner(&self) -> &Log;

    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        self.inner().append(stream, expected, events)
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        self.inner().read_stream(stream, from, max)
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        self.inner().read_last(stream)
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        self.inner().read_all(after, filter, max)
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        self.inner().head()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        self.inner().keep_last(stream, count)
    }
}

impl<T: Forward> EventLog for T {
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        Forward::append(self, stream, expected, events)
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        Forward::read_stream(self, stream, from, max)
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        Forward::read_last(self, stream)
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        Forward::read_all(self, after, filter, max)
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        Forward::head(self)
    }

    fn grown(&self) -> watch::Receiver<u64> {
        self.inner().grown()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        Forward::keep_last(self, stream, count)
    }

    fn room(&self) -> BoxFuture<'_, Room> {
        self.inner().room()
    }

    fn log_id(&self) -> Arc<str> {
        self.inner().log_id()
    }

    fn is_exclusive(&self) -> bool {
        self.inner().is_exclusive()
    }
}
