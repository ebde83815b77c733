//! The metric source port: a system that measures already, asked for what it knows of a query.
//!
//! What it cannot say is told apart by who has to do something about it: a source that is away is asked again, a query that
//! is at fault is changed by a person, and no data is an answer. A number that is none (0/0 of a ratio without traffic) is no
//! sample: never zero, and never a pass.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;

/// Most label sets that an error names.
pub const NAMED: usize = 5;

/// What was measured at a time. The value is finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Its own time, which may be long before that of the answer.
    pub at: Timestamp,
    pub value: f64,
}

/// Samples with the same labels, in the order of their times.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    pub labels: BTreeMap<String, String>,
    pub samples: Vec<Sample>,
}

/// Times from `start` to `end`, a whole number of steps from 1970 each, so that who asks again gets the same ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    pub start: Timestamp,
    pub end: Timestamp,
    /// At least a millisecond.
    pub step: Duration,
}

/// An answer, with what the source had to say about how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<T> {
    pub answer: T,
    /// A part of the source did not answer, or something about the query is odd.
    pub warnings: Vec<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It cannot be reached, is too slow or not ready, or what answered is not it. It is asked again.
    #[error("{source_name} is away: {why}")]
    Away { source_name: String, why: String },
    /// A person has to change the query, or what it is asked with.
    #[error("{source_name} refuses '{query}': {why}")]
    Refused { source_name: String, query: String, why: String },
    /// One series was meant. `found`: labels of the first of them.
    #[error("'{query}' finds {count} series where one is meant: {}", listed(.found, *.count))]
    SeveralSeries { query: String, count: usize, found: Vec<String> },
    /// The query is answered by nothing.
    #[error("no data: '{query}' finds nothing")]
    NoData { query: String },
}

fn listed(found: &[String], count: usize) -> String {
    let more = count.saturating_sub(found.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", found.join(", "))
}

impl SourceError {
    /// Whether the same question may be answered later, without anybody doing anything about it.
    pub const fn is_away(&self) -> bool {
        matches!(self, Self::Away { .. })
    }
}

/// See the module.
pub trait MetricSource: Send + Sync {
    /// The newest sample of the one series that the query finds at `at`.
    fn instant<'a>(
        &'a self,
        query: &'a str,
        at: Timestamp,
    ) -> BoxFuture<'a, Result<Told<Sample>, SourceError>>;

    /// Every series that the query finds at one of the `steps`; none is an answer. The query is evaluated at each step, so a
    /// sample's time is that of its step.
    fn range<'a>(
        &'a self,
        query: &'a str,
        steps: Steps,
    ) -> BoxFuture<'a, Result<Told<Vec<Series>>, SourceError>>;
}

/// The one series of an answer. One without a sample is no data.
pub fn only(query: &str, mut series: Vec<Series>) -> Result<Series, SourceError> {
    let query = || query.to_owned();
    if series.len() > 1 {
        let found = series.iter().take(NAMED).map(|series| named(&series.labels)).collect();
        return Err(SourceError::SeveralSeries { query: query(), count: series.len(), found });
    }
    let only = series.pop().filter(|only| !only.samples.is_empty());
    only.ok_or_else(|| SourceError::NoData { query: query() })
}

/// Labels as a source writes them: `{job="web", pod="a"}`.
pub fn named(labels: &BTreeMap<String, String>) -> String {
    let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    format!("{{{}}}", labels.join(", "))
}

impl Steps {
    /// The steps of this length within a span of time; `None` when there is none.
    pub fn within(from: Timestamp, to: Timestamp, step: Duration) -> Option<Self> {
        let width = i128::try_from(step.as_nanos()).ok().filter(|width| *width > 0)?;
        let start = -(-from.as_nanosecond()).div_euclid(width) * width;
        let end = to.as_nanosecond().div_euclid(width) * width;
        let at = |nanoseconds| Timestamp::from_nanosecond(nanoseconds).ok();
        Some(Self { start: at(start)?, end: at(end)?, step }).filter(|steps| steps.start <= steps.end)
    }

    /// The same steps in pieces of at most `most` of them.
    pub fn pieces(self, most: u32) -> impl Iterator<Item = Self> {
        let length = self.step.saturating_mul(most.max(1) - 1);
        let mut next = Some(self.start);
        std::iter::from_fn(move || {
            let start = next.filter(|start| *start <= self.end)?;
            let end = start.checked_add(length).map_or(self.end, |end| end.min(self.end));
            next = end.checked_add(self.step).ok();
            Some(Self { start, end, step: self.step })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn steps(start: i64, end: i64) -> Steps {
        Steps { start: at(start), end: at(end), step: Duration::from_mins(1) }
    }

    #[test]
    fn steps_are_whole_numbers_of_their_length_whenever_somebody_asks() {
        let within = |from, to| Steps::within(at(from), at(to), Duration::from_mins(1));
        assert_eq!(within(1, 300), Some(steps(60, 300)));
        assert_eq!(within(59, 359), Some(steps(60, 300)));
        assert_eq!(within(60, 60), Some(steps(60, 60)));
        assert_eq!(within(61, 119), None);
        assert_eq!(Steps::within(at(0), at(60), Duration::ZERO), None);
    }

    #[test]
    fn pieces_hold_each_step_once() {
        let pieces: Vec<Steps> = steps(60, 420).pieces(3).collect();
        assert_eq!(pieces, [steps(60, 180), steps(240, 360), steps(420, 420)]);
        assert_eq!(steps(60, 60).pieces(3).collect::<Vec<_>>(), [steps(60, 60)]);
        assert_eq!(steps(60, 120).pieces(0).count(), 2);
    }

    #[test]
    fn several_series_are_named_and_not_all_of_a_million() {
        let series = |pod: usize| Series {
            labels: BTreeMap::from([("pod".to_owned(), format!("p{pod}"))]),
            samples: vec![Sample { at: at(0), value: 1.0 }],
        };
        assert_eq!(only("up", vec![series(1)]), Ok(series(1)));
        assert_eq!(only("up", Vec::new()), Err(SourceError::NoData { query: "up".to_owned() }));
        let silent = Series { samples: Vec::new(), ..series(1) };
        assert_eq!(only("up", vec![silent]), Err(SourceError::NoData { query: "up".to_owned() }));
        let error = only("up", (0..1_000_000).map(series).collect()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "'up' finds 1000000 series where one is meant: {pod=\"p0\"}, {pod=\"p1\"}, {pod=\"p2\"}, {pod=\"p3\"}, \
             {pod=\"p4\"} and 999995 more"
        );
        assert!(!error.is_away());
    }
}
