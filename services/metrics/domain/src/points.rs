//! The points of a guardrail: what its sources reported, in buckets of the metric's refresh (rule M17).
//!
//! ```text
//!   rows of one source and arm, of the same time ──> the newest of them
//!   rows of one bucket (by the end of their window) ──> one point: what adds is merged, of the rest the worst counts
//!   bucket ──every source of the bucket before has reported, or grace after its end──> counted
//! ```
//!
//! A Fail needs counted buckets; only a critical guardrail may break on one that is still open (rule M10). A row counts
//! as of the end of its window or of when it was received, whichever is first (design clause 24), so a window that
//! reaches far ahead is one row of the present. The answer depends on the set of rows and on the time and on nothing
//! else: not on the order in which they came, not on a restart, not on the replica. Gates and guardrails ask here.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::time::Duration;

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::{Timestamp, between, plus};
use verdict_kernel::value::Value;

use crate::evaluation::{
    Answer, Comparison, Judge, Point, Rule, Severity, Terms, Threshold, evaluate, is_stale, stale_after,
};
use crate::metric::{Definition, Trend};

mod each;
#[cfg(test)]
mod tests;

/// The arm of an experiment that never counts for a threshold.
pub const CONTROL: &str = "control";

/// Most sources that an answer names as silent.
const NAMED: usize = 3;

/// What was measured in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// A number about which nothing more is known.
    Plain(Value),
    /// Sums, which can be merged.
    Summed { count: u64, sum: Value, min: Value, max: Value },
}

impl Amount {
    const fn count(self) -> u64 {
        match self {
            Self::Plain(_) => 1,
            Self::Summed { count, .. } => count,
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Plain(value) => value,
            Self::Summed { count, sum, min, max } => Value::mean_of(sum, count).max(min).min(max),
        }
    }

    /// Both together; `None` when they do not add, or when the sum is too large for a number.
    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (
                Self::Summed { count, sum, min, max },
                Self::Summed { count: others, sum: added, min: least, max: most },
            ) => Some(Self::Summed {
                count: count.saturating_add(others),
                sum: Value::new(sum.get() + added.get()).ok()?,
                min: min.min(least),
                max: max.max(most),
            }),
            (Self::Plain(_), Self::Plain(_) | Self::Summed { .. })
            | (Self::Summed { .. }, Self::Plain(_)) => None,
        }
    }
}

/// What one source reported about one window. The order is that in which rows of a bucket are merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub source: String,
    /// The arm of an experiment; empty = none.
    pub arm: String,
    pub window_start: Timestamp,
    pub window_end: Timestamp,
    /// When it arrived first.
    pub received_at: Timestamp,
    pub amount: Amount,
}

impl Report {
    /// The time as of which it counts (design clause 24).
    pub fn as_of(&self) -> Timestamp {
        self.window_end.min(self.received_at)
    }

    /// The bucket that it falls into.
    pub fn bucket(&self, refresh: Duration) -> Bucket {
        Bucket::of(self.as_of(), refresh)
    }

    fn key(&self) -> (Of<'_>, Timestamp, Timestamp) {
        (self.of(), self.window_end, self.window_start)
    }

    /// What it is about: a source measures each of its arms by itself.
    fn of(&self) -> Of<'_> {
        (&self.source, &self.arm)
    }

    fn source(&self) -> Source {
        (self.source.clone(), self.arm.clone())
    }

    /// Whether it measured mostly what `other` did: they share more than a tenth of the shorter window.
    fn is_about_the_time_of(&self, other: &Self) -> bool {
        let shared = between(self.window_start.max(other.window_start), self.as_of().min(other.as_of()));
        let length = |report: &Self| between(report.window_start, report.as_of());
        shared.saturating_mul(10) > length(self).min(length(other))
    }
}

/// Source and arm.
type Of<'r> = (&'r str, &'r str);

/// A span of one refresh, by its number since 1970. It holds its end and not its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket(i128);

impl Bucket {
    /// The bucket of a window that ends at `end`.
    pub fn of(end: Timestamp, refresh: Duration) -> Self {
        let width = nanoseconds(refresh);
        Self(-(-end.as_nanosecond()).div_euclid(width))
    }

    /// Its last instant.
    pub fn end(self, refresh: Duration) -> Timestamp {
        let end = self.0.saturating_mul(nanoseconds(refresh));
        Timestamp::from_nanosecond(end).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// The bucket `count` before it.
    #[must_use]
    pub const fn before(self, count: u32) -> Self {
        Self(self.0.saturating_sub(count as i128))
    }

    const fn previous(self) -> Self {
        self.before(1)
    }
}

fn nanoseconds(refresh: Duration) -> i128 {
    i128::try_from(refresh.as_nanos()).unwrap_or(i128::MAX).max(1)
}

/// How long a bucket waits after its end for sources that reported before.
pub fn grace(refresh: Duration) -> Duration {
    (refresh / 10).clamp(Duration::from_secs(1), Duration::from_secs(30))
}

/// Whether a bucket may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Counted,
    /// Sources that reported in the bucket before have not reported in this one.
    Open {
        /// From then on it counts without them.
        until: Timestamp,
    },
}

/// What a bucket comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub bucket: Bucket,
    pub point: Point,
    pub standing: Standing,
    /// When the last of its rows arrived.
    pub received_at: Timestamp,
    /// Who reported in it.
    sources: BTreeSet<Source>,
    /// The point of each of them by itself, unless it only repeated what it had said in the bucket before.
    of_each: BTreeMap<Source, Point>,
}

/// Source and arm.
type Source = (String, String);

/// Every bucket with a row in it, in their order, as they stand at `now`.
pub fn fill<'r>(terms: &Terms, reports: impl IntoIterator<Item = &'r Report>, now: Timestamp) -> Vec<Filled> {
    // What came twice is what came first.
    let mut first: BTreeMap<(Of<'_>, Timestamp, Timestamp), &Report> = BTreeMap::new();
    for report in reports {
        let known = first.entry(report.key()).or_insert(report);
        if report.received_at < known.received_at {
            *known = report;
        }
    }
    let mut rows: BTreeMap<Bucket, Vec<&Report>> = BTreeMap::new();
    for report in first.into_values() {
        rows.entry(report.bucket(terms.refresh)).or_default().push(report);
    }
    for of_bucket in rows.values_mut() {
        of_bucket.sort_by_key(|row| (row.of(), row.as_of(), row.window_end, row.window_start));
    }
    let mut filled: Vec<Filled> = Vec::with_capacity(rows.len());
    for (&bucket, all) in &rows {
        let before = rows.get(&bucket.previous()).map_or(&[][..], Vec::as_slice);
        let distinct = distinct(terms.refresh, all, before);
        let Some(point) = point(terms, &distinct) else {
            continue;
        };
        let mut new = Filled {
            bucket,
            point,
            standing: Standing::Counted,
            received_at: all.iter().map(|row| row.received_at).max().unwrap_or(point.window_end),
            sources: all.iter().map(|row| row.source()).collect(),
            of_each: of_each(terms, &distinct),
        };
        let previous = filled.last().filter(|last| last.bucket == bucket.previous());
        new.standing = standing(terms.refresh, &new, previous, now);
        filled.push(new);
    }
    filled
}

fn of_each(terms: &Terms, rows: &[&Report]) -> BTreeMap<Source, Point> {
    let of_source = |rows: &[&Report]| Some((rows.first()?.source(), point(terms, rows)?));
    rows.chunk_by(|a, b| a.of() == b.of()).filter_map(of_source).collect()
}

fn standing(refresh: Duration, filled: &Filled, previous: Option<&Filled>, now: Timestamp) -> Standing {
    let until = plus(filled.bucket.end(refresh), grace(refresh));
    // Who reports in the bucket before is known once that one counts.
    let complete = previous.is_none_or(|previous| {
        previous.standing == Standing::Counted && previous.sources.is_subset(&filled.sources)
    });
    if complete || now >= until { Standing::Counted } else { Standing::Open { until } }
}

/// The rows of a bucket without those about a time that a newer row of their source is about, and without those about
/// the time of a row of the bucket before that is less than half a refresh older: a source that sends its last minute
/// every second has one minute, and not two where a bucket ends.
fn distinct<'r>(refresh: Duration, rows: &[&'r Report], before: &[&Report]) -> Vec<&'r Report> {
    let mut kept: Vec<&Report> = Vec::with_capacity(rows.len());
    // From the newest on; rows are in the order of source and end.
    for &row in rows.iter().rev() {
        let again = of_source(before, row.of()).iter().any(|other| {
            row.is_about_the_time_of(other) && between(other.as_of(), row.as_of()) < refresh / 2
        });
        let newer = kept.last().filter(|kept| kept.of() == row.of());
        if !again && newer.is_none_or(|newer| !row.is_about_the_time_of(newer)) {
            kept.push(row);
        }
    }
    kept.reverse();
    kept
}

/// Those of one source and arm, of rows that are in the order of both.
fn of_source<'a, 'r>(rows: &'a [&'r Report], of: Of<'_>) -> &'a [&'r Report] {
    let from = rows.partition_point(|row| row.of() < of);
    let upto = rows.partition_point(|row| row.of() <= of);
    &rows[from..upto]
}

/// `None` without rows.
fn point(terms: &Terms, rows: &[&Report]) -> Option<Point> {
    let window_end = rows.iter().map(|row| row.as_of()).max()?;
    let count = rows.iter().fold(0_u64, |sum, row| sum.saturating_add(row.amount.count()));
    let amounts =
        if terms.aggregation.adds() { merged(rows) } else { rows.iter().map(|row| row.amount).collect() };
    let value = amounts.into_iter().map(Amount::value).reduce(|a, b| worse(&terms.rule, a, b))?;
    Some(Point { window_end, value, count })
}

/// All that adds as one, and the rest one by one.
fn merged(rows: &[&Report]) -> Vec<Amount> {
    let mut parts: Vec<Amount> = Vec::new();
    for row in rows {
        let sum = parts.iter_mut().find_map(|part| part.and(row.amount).map(|both| (part, both)));
        match sum {
            Some((part, both)) => *part = both,
            None => parts.push(row.amount),
        }
    }
    parts
}

/// The one that is nearer to breaking the rule.
fn worse(rule: &Rule, a: Value, b: Value) -> Value {
    match rule {
        Rule::Threshold(threshold) => match threshold.comparison {
            Comparison::Below => a.min(b),
            Comparison::Above => a.max(b),
        },
    }
}

/// What the buckets say at `now`.
pub fn answer(terms: &Terms, filled: &[Filled], now: Timestamp) -> Answer {
    let newest = |admits: fn(&&Filled) -> bool| {
        // One more than the rule looks at says who fell silent.
        let mut newest: Vec<&Filled> =
            filled.iter().rev().filter(admits).take(terms.rule.looks_at().saturating_add(1)).collect();
        newest.reverse();
        newest
    };
    let answer = judged(terms, &newest(|filled| filled.standing == Standing::Counted), now);
    match terms.severity {
        Severity::Critical { events } if answer.state != CheckState::Fail => {
            let early = judged(terms, &newest(|_| true), now);
            if early.state == CheckState::Fail && early.sample >= events { early } else { answer }
        }
        Severity::Normal | Severity::Critical { .. } => answer,
    }
}

fn judged(terms: &Terms, filled: &[&Filled], now: Timestamp) -> Answer {
    let mut answer = match terms.judge {
        Judge::Merged => {
            let points: Vec<Point> = filled.iter().map(|filled| filled.point).collect();
            evaluate(terms, &points, now)
        }
        Judge::EachSource => each::judged(terms, filled, now),
    };
    if let [.., before, newest] = filled {
        let silent: Vec<&Source> = before.sources.difference(&newest.sources).collect();
        answer.seen.push_str(&named(&silent));
    }
    answer
}

/// A source for a person, with its arm where it has one.
fn name((source, arm): &Source) -> String {
    if arm.is_empty() { source.clone() } else { format!("{source} ({arm})") }
}

/// The sources that reported before and do not now, for a person.
fn named(silent: &[&Source]) -> String {
    let named: Vec<String> = silent.iter().take(NAMED).map(|source| name(source)).collect();
    let named = named.join(", ");
    match silent.len().saturating_sub(NAMED) {
        0 if silent.is_empty() => String::new(),
        0 => format!("; silent: {named}"),
        more => format!("; silent: {named} and {more} more"),
    }
}

/// Every answer that the buckets from `from` on lead to, in their order: first those of each bucket when it was the
/// newest, then that of the newest when its last row arrived, then that of `now`.
///
/// A bucket that has a newer one is judged as of its own time, whenever it arrived: a batch is judged window by window.
/// When even the newest was too old on arrival there is nothing to say about the others.
pub fn answers(terms: &Terms, filled: &[Filled], from: Bucket, now: Timestamp) -> Vec<Answer> {
    let newest = filled.iter().rposition(|filled| filled.standing == Standing::Counted);
    let mut answers = Vec::new();
    if let Some(newest) = newest {
        let last = &filled[newest];
        let arrived = last.received_at.max(last.point.window_end).min(now);
        if !is_stale(terms.refresh, last.point.window_end, arrived) {
            let older = (0..newest)
                .filter(|&index| filled[index].bucket >= from && filled[index].standing == Standing::Counted);
            answers
                .extend(older.map(|index| answer(terms, &filled[..=index], filled[index].point.window_end)));
        }
        if arrived < now {
            answers.push(answer(terms, filled, arrived));
        }
    }
    answers.push(answer(terms, filled, now));
    answers
}

/// The newest point of a metric that is no guardrail's: what its sources came to last.
pub fn newest<'r>(
    definition: &Definition,
    reports: impl IntoIterator<Item = &'r Report>,
    now: Timestamp,
) -> Option<Point> {
    let comparison = match definition.good {
        Trend::Increase => Comparison::Below,
        Trend::Decrease => Comparison::Above,
    };
    let value = Value::new(0.0).ok()?;
    let terms = Terms {
        rule: Rule::Threshold(Threshold { comparison, value, for_points: NonZeroU32::MIN }),
        min_sample: 0,
        severity: Severity::Normal,
        refresh: definition.refresh,
        judge: Judge::default(),
        aggregation: definition.aggregation,
    };
    let filled = fill(&terms, reports, now);
    filled.iter().rev().find(|filled| filled.standing == Standing::Counted).map(|filled| filled.point)
}

/// When buckets that are open count without those who are silent; `None` when none is.
pub fn counts_next(filled: &[Filled]) -> Option<Timestamp> {
    let until = |filled: &Filled| match filled.standing {
        Standing::Counted => None,
        Standing::Open { until } => Some(until),
    };
    filled.iter().filter_map(until).min()
}

/// When there is something else to say than at `now` without a new row, at the earliest: a bucket counts without those
/// who are silent, or what one source or all of them said last goes stale. `None` = never. An answer that waits for a
/// time to come is not meant.
pub fn changes_next(terms: &Terms, filled: &[Filled], now: Timestamp) -> Option<Timestamp> {
    let newest_of = |admits: fn(&&Filled) -> bool| {
        let admitted = || filled.iter().filter(admits);
        let of_each: BTreeMap<&Source, Point> = match terms.judge {
            Judge::Merged => BTreeMap::new(),
            Judge::EachSource => {
                admitted().flat_map(|filled| &filled.of_each).map(|(of, point)| (of, *point)).collect()
            }
        };
        admitted().next_back().map(|filled| filled.point).into_iter().chain(of_each.into_values())
    };
    let newest = newest_of(|filled| filled.standing == Standing::Counted).chain(newest_of(|_| true));
    let last_good = newest.map(|point| stale_after(terms.refresh, point.window_end));
    let stale = last_good.filter(|last_good| now <= *last_good).min();
    let stale = stale.map(|last_good| plus(last_good, Duration::from_millis(1)));
    [stale, counts_next(filled)].into_iter().flatten().min()
}
