//! A store that counts the rows that are read from it.

use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use verdict_adapters::observations_sqlite::SqliteObservations;
use verdict_runtime::observations::{Key, ObservationStore, Outcome, Query, Retraction, Row, StoreError};

/// See the module.
pub(crate) struct Counted {
    store: SqliteObservations,
    read: AtomicU64,
}

impl Counted {
    pub(crate) fn over(store: SqliteObservations) -> Self {
        Self { store, read: AtomicU64::new(0) }
    }

    /// Rows that were read so far.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    fn counting<'a>(
        &'a self,
        rows: BoxFuture<'a, Result<Vec<Row>, StoreError>>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        rows.inspect(|rows| {
            let count = rows.as_ref().map_or(0, Vec::len);
            self.read.fetch_add(count as u64, Ordering::Relaxed);
        })
        .boxed()
    }
}

impl ObservationStore for Counted {
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>> {
        self.store.insert(rows)
    }

    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        self.counting(self.store.rows_from(query, from, after, max))
    }

    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        self.counting(self.store.last(query, before, max))
    }

    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.store.count(org, metric)
    }

    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.store.retract(retraction)
    }

    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.store.prune(org, metric, before, max)
    }

    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.store.mark(judged)
    }

    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        self.store.marked(guardrail)
    }
}
