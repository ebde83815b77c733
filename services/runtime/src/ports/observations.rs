//! The observations port: rows of measured windows, as sums that can be merged.
//!
//! Observations are not events: there are too many of them and none is a decision. A row has a natural key, so
//! sending it twice stores it once. Every adapter passes [`contract`]; the one in memory is [`memory`].

use futures::future::BoxFuture;
use jiff::Timestamp;
use verdict_kernel::value::Value;

pub mod contract;
pub mod memory;

/// Most rows that one read returns.
pub const MAX_ROWS: usize = 10_000;

/// What makes a row the same row. Rows are ordered by the end of their window.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub org: String,
    /// Key of the metric.
    pub metric: String,
    pub window_end: Timestamp,
    pub window_start: Timestamp,
    /// Who measured.
    pub source: String,
    /// Which arm of an experiment; empty = none. One source reports several of one window.
    pub arm: String,
}

/// What was measured in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Measurements, at least 1.
    pub count: u64,
    pub sum: Value,
    pub sum_of_squares: Value,
    pub min: Value,
    pub max: Value,
    /// A value without a count, about which nothing more is known: it does not add (rule M17).
    pub plain: bool,
}

impl Measure {
    /// `count` measurements of one value each, or of a mean about which nothing more is known. `None` when the sums
    /// are too large for a number.
    pub fn of(value: Value, count: u64) -> Option<Self> {
        let times = number(count);
        Some(Self {
            count,
            sum: Value::new(value.get() * times).ok()?,
            sum_of_squares: Value::new(value.get() * value.get() * times).ok()?,
            min: value,
            max: value,
            plain: false,
        })
    }

    /// A value that came without a count.
    pub fn plain(value: Value) -> Option<Self> {
        Some(Self { plain: true, ..Self::of(value, 1)? })
    }

    /// The mean. It lies between the least and the greatest, whatever the rounding of the sum.
    pub fn mean(&self) -> Value {
        Value::mean_of(self.sum, self.count).max(self.min).min(self.max)
    }
}

/// A count as a number; counts above 2^53 lose their last digits, which no mean notices.
#[expect(clippy::cast_precision_loss, reason = "a mean does not notice the last digits of a count")]
const fn number(count: u64) -> f64 {
    count as f64
}

/// What the measurement belongs to, beyond its metric.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Counts for guardrails of this rollout only; `None` = for those of every rollout.
    pub rollout: Option<String>,
    pub stage: Option<String>,
}

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub key: Key,
    pub measure: Measure,
    pub labels: Labels,
    /// The platform's time when it arrived first. An evaluation after a restart judges the row as of then.
    pub received_at: Timestamp,
}

impl Row {
    /// Whether `other` says the same about the same window.
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.key == other.key && self.measure == other.measure && self.labels == other.labels
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Inserted,
    /// It was there already, with the same measure.
    Duplicate,
    /// It was there already, with another measure. Nothing of the batch was written.
    Conflict,
}

/// Which rows of a metric a reader wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub org: String,
    pub metric: String,
    /// Rows of this rollout and rows of none; `None` = all rows.
    pub rollout: Option<String>,
    /// Only rows that arrived at this time or later.
    pub received_from: Option<Timestamp>,
}

impl Query {
    /// Every row of a metric.
    pub fn all(org: &str, metric: &str) -> Self {
        Self { org: org.to_owned(), metric: metric.to_owned(), rollout: None, received_from: None }
    }

    /// Whether `row` is one of them.
    pub fn admits(&self, row: &Row) -> bool {
        let rollout = match (&self.rollout, &row.labels.rollout) {
            (Some(wanted), Some(given)) => wanted == given,
            (None, Some(_) | None) | (Some(_), None) => true,
        };
        row.key.org == self.org
            && row.key.metric == self.metric
            && rollout
            && self.received_from.is_none_or(|from| row.received_at >= from)
    }
}

/// Rows of one source that are taken back, of every arm (rule M14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retraction {
    pub org: String,
    pub metric: String,
    pub source: String,
    /// Rows whose windows end after it ...
    pub from: Timestamp,
    /// ... and not after this.
    pub to: Timestamp,
}

impl Retraction {
    /// Whether the row with this key is taken back.
    pub fn takes(&self, key: &Key) -> bool {
        key.org == self.org
            && key.metric == self.metric
            && key.source == self.source
            && key.window_end > self.from
            && key.window_end <= self.to
    }
}

/// What the store could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("the observations store has too much waiting to be written")]
    Busy,
    #[error("the observations store has no room left")]
    Full,
    #[error("the observations store failed: {0}")]
    Failed(String),
}

/// Where observations are kept. Reads see every insert that was acknowledged before they began.
pub trait ObservationStore: Send + Sync {
    /// Inserts a batch in one durable transaction and says what became of each row. One conflict keeps the whole
    /// batch out; the other rows then say what would have become of them.
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>>;

    /// At most `max` rows in key order, of which the first is the one after `after`, or the first whose window ends
    /// at or after `from`.
    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>>;

    /// The last `max` rows whose window ends before `before`, in key order.
    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>>;

    /// Number of rows of a metric.
    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>>;

    /// Takes rows back and says how many there were. Their keys are free again.
    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>>;

    /// Deletes at most `max` rows of a metric whose windows end before `before`, the oldest first, and says how many.
    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>>;

    /// Remembers up to which window each guardrail was judged, by its id. A mark never goes back.
    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Up to which window a guardrail was judged; `None` when nobody remembers.
    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>>;
}

/// How many rows a retraction would take back.
pub async fn count_taken(store: &dyn ObservationStore, retraction: &Retraction) -> Result<u64, StoreError> {
    let query = Query::all(&retraction.org, &retraction.metric);
    let mut after: Option<Key> = None;
    let mut taken = 0;
    loop {
        let rows = store.rows_from(&query, Some(retraction.from), after.as_ref(), MAX_ROWS).await?;
        taken += rows.iter().filter(|row| retraction.takes(&row.key)).count() as u64;
        match rows.last() {
            Some(last) if rows.len() == MAX_ROWS && last.key.window_end <= retraction.to => {
                after = Some(last.key.clone());
            }
            Some(_) | None => return Ok(taken),
        }
    }
}
