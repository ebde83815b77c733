//! The observations port: rows of measured windows, as sums that can be merged.
//!
//! Observations are not events: there are too many of them and none is a decision. A row has a natural key, so
//! sending it twice stores it once. Every adapter passes [`contract`]; the one in memory is [`memory`].

use futures::future::BoxFuture;
use jiff::Timestamp;
use verdict_metrics_domain::evaluation::Point;
/// A measured number, for adapters that do not know the domain.
pub use verdict_metrics_domain::value::Value;

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
        })
    }

    /// The mean. It lies between the least and the greatest, whatever the rounding of the sum.
    pub fn mean(&self) -> Value {
        Self::mean_of(self.sum, self.count).max(self.min).min(self.max)
    }

    /// The mean of `count` numbers with this sum.
    pub fn mean_of(sum: Value, count: u64) -> Value {
        // A finite number by at least 1 stays finite.
        Value::new(sum.get() / number(count.max(1))).unwrap_or(sum)
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
    pub arm: Option<String>,
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
    /// The row as an evaluation sees it.
    pub fn point(&self) -> Point {
        Point { window_end: self.key.window_end, value: self.measure.mean(), count: self.measure.count }
    }

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

/// What the store could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
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

    /// End of the newest window that `source` reported for a metric.
    fn newest_of<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        source: &'a str,
    ) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>>;
}
