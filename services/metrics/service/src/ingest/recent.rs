//! What ingest remembers of the rows it took: the newest window of each source, and how many rows were what.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use verdict_runtime::observations::{ObservationStore, Outcome, Query, Row, StoreError};

use sources::Sources;

mod sources;

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

type ByMetric<T> = HashMap<(String, String), T>;

/// What is remembered of the windows that came in.
#[derive(Debug, Default)]
struct Newest {
    /// Of each metric, which is as many as are defined.
    of_all: ByMetric<Option<Timestamp>>,
    of_source: Sources,
}

/// See the module. Counts begin when the role starts.
pub(super) struct Recent {
    store: Arc<dyn ObservationStore>,
    newest: Mutex<Newest>,
    tallies: Mutex<ByMetric<Tally>>,
}

impl Recent {
    pub(super) fn new(store: Arc<dyn ObservationStore>) -> Self {
        Self { store, newest: Mutex::default(), tallies: Mutex::default() }
    }

    /// Compares the batch with what came before, and remembers it at once: of two requests with the same key that
    /// arrive together, one finds the key taken. `refresh` says how often a metric is expected.
    pub(super) async fn note(
        &self,
        rows: &[Row],
        refresh: impl Fn(&Row) -> Duration,
    ) -> Result<Noticed, StoreError> {
        for row in rows {
            if !lock(&self.newest).of_all.contains_key(&of(row)) {
                self.look_up(row).await?;
            }
        }
        let mut newest = lock(&self.newest);
        let mut noticed = Noticed { is_new: true, late: Vec::with_capacity(rows.len()) };
        for row in rows {
            let end = row.key.window_end;
            let of_all = newest.of_all.entry(of(row)).or_default();
            let newest_of_all = *of_all;
            *of_all = newest_of_all.max(Some(end));
            noticed.late.push(newest_of_all.is_some_and(|newest| end < newest));
            let known = newest.of_source.note(row, refresh(row));
            // A source that nobody remembers reported nothing that is newer than the newest of all.
            noticed.is_new &= known.or(newest_of_all).is_none_or(|newest| end > newest);
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

    /// The sources of a metric whose last rows all came too late to be judged.
    pub(super) fn too_late(&self, org: &str, metric: &str) -> Vec<String> {
        lock(&self.newest).of_source.too_late(org, metric)
    }

    /// One read for a metric, once; none for a source, of which there may be any number.
    async fn look_up(&self, row: &Row) -> Result<(), StoreError> {
        let last = self.store.last(&Query::all(&row.key.org, &row.key.metric), None, 1).await?;
        let end = last.last().map(|row| row.key.window_end);
        let mut newest = lock(&self.newest);
        let known = newest.of_all.entry(of(row)).or_default();
        *known = (*known).max(end);
        Ok(())
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
