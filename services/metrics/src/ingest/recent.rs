//! What ingest remembers of the rows it took: the newest window of each source, and how many rows were what.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::observations::{ObservationStore, Outcome, Query, Row, StoreError};

/// Rows by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub inserted: u64,
    pub duplicates: u64,
    /// Inserted rows that were older than the newest of their metric.
    pub late: u64,
}

/// What was noticed about a batch before it was stored.
pub(super) struct Noticed {
    /// Every row has a window that is newer than any of its source: no key can be known.
    pub(super) is_new: bool,
    /// For each row: is its window older than the newest of its metric?
    pub(super) late: Vec<bool>,
}

/// Ends of the newest windows of a metric.
#[derive(Debug, Clone, Default)]
struct Newest {
    of_all: Option<Timestamp>,
    by_source: HashMap<String, Timestamp>,
}

type ByMetric<T> = HashMap<(String, String), T>;

/// See the module. Counts begin when the role starts.
pub(super) struct Recent {
    store: Arc<dyn ObservationStore>,
    newest: Mutex<ByMetric<Newest>>,
    tallies: Mutex<ByMetric<Tally>>,
}

impl Recent {
    pub(super) fn new(store: Arc<dyn ObservationStore>) -> Self {
        Self { store, newest: Mutex::default(), tallies: Mutex::default() }
    }

    /// Compares the batch with what came before, and remembers it at once: of two requests with the same key that
    /// arrive together, one finds the key taken.
    pub(super) async fn note(&self, rows: &[Row]) -> Result<Noticed, StoreError> {
        for row in rows {
            if !self.knows(row) {
                self.look_up(row).await?;
            }
        }
        let mut newest = lock(&self.newest);
        let mut noticed = Noticed { is_new: true, late: Vec::with_capacity(rows.len()) };
        for row in rows {
            let (end, source) = (row.key.window_end, &row.key.source);
            let known = newest.entry(of(row)).or_default();
            noticed.late.push(known.of_all.is_some_and(|newest| end < newest));
            noticed.is_new &= known.by_source.get(source).is_none_or(|newest| end > *newest);
            known.advance(source, end);
        }
        Ok(noticed)
    }

    /// Counts what became of the rows; returns the sums of this batch.
    pub(super) fn count(&self, rows: &[Row], outcomes: &[Outcome], late: &[bool]) -> Tally {
        let mut tallies = lock(&self.tallies);
        let mut batch = Tally::default();
        for ((row, outcome), late) in rows.iter().zip(outcomes).zip(late) {
            let one = match outcome {
                Outcome::Inserted => Tally { inserted: 1, duplicates: 0, late: u64::from(*late) },
                Outcome::Duplicate => Tally { duplicates: 1, ..Tally::default() },
                Outcome::Conflict => Tally::default(),
            };
            batch.add(one);
            tallies.entry(of(row)).or_default().add(one);
        }
        batch
    }

    pub(super) fn tally(&self, org: &str, metric: &str) -> Tally {
        let key = (org.to_owned(), metric.to_owned());
        lock(&self.tallies).get(&key).copied().unwrap_or_default()
    }

    fn knows(&self, row: &Row) -> bool {
        let newest = lock(&self.newest);
        newest.get(&of(row)).is_some_and(|known| known.by_source.contains_key(&row.key.source))
    }

    async fn look_up(&self, row: &Row) -> Result<(), StoreError> {
        let (org, metric, source) = (&row.key.org, &row.key.metric, &row.key.source);
        let of_source = self.store.newest_of(org, metric, source).await?;
        let last = self.store.last(&Query::all(org, metric), None, 1).await?;
        let mut newest = lock(&self.newest);
        let known = newest.entry(of(row)).or_default();
        for row in &last {
            known.of_all = known.of_all.max(Some(row.key.window_end));
        }
        if let Some(end) = of_source {
            known.advance(source, end);
        }
        Ok(())
    }
}

impl Newest {
    fn advance(&mut self, source: &str, end: Timestamp) {
        self.of_all = self.of_all.max(Some(end));
        let newest = self.by_source.entry(source.to_owned()).or_insert(end);
        *newest = end.max(*newest);
    }
}

impl Tally {
    const fn add(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.duplicates += other.duplicates;
        self.late += other.late;
    }
}

fn of(row: &Row) -> (String, String) {
    (row.key.org.clone(), row.key.metric.clone())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
