//! The newest points of one guardrail, and which of them were not judged yet.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::time::Duration;

use jiff::Timestamp;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::plus;
use verdict_metrics_domain::evaluation::{Answer, Point, Terms, evaluate, stale_after};

use crate::observations::{Key, MAX_ROWS, Row};

pub(super) const STALE: CheckState = CheckState::Unknown(Unknown::Stale);

/// Points kept beyond those that an answer looks at, for rows that come late.
const SLACK: usize = 64;

/// A point with the time at which it arrived first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Arrived {
    point: Point,
    received_at: Timestamp,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Watch {
    points: BTreeMap<Key, Arrived>,
    pending: BTreeSet<Key>,
    looks_at: usize,
    /// The arming for which the stored points were read; `None` before that.
    loaded_for: Option<Timestamp>,
}

impl Watch {
    pub(super) fn new(looks_at: usize) -> Self {
        Self { looks_at, ..Self::default() }
    }

    pub(super) const fn capacity(&self) -> usize {
        self.looks_at + SLACK
    }

    pub(super) fn is_loaded(&self, armed_at: Timestamp) -> bool {
        self.loaded_for == Some(armed_at)
    }

    pub(super) const fn loaded(&mut self, armed_at: Timestamp) {
        self.loaded_for = Some(armed_at);
    }

    /// Puts in points that were judged before a restart.
    pub(super) fn remember(&mut self, rows: &[Row]) {
        for row in rows {
            self.put(row);
        }
    }

    /// Puts in points, to be judged with every later one: a point in the middle changes what follows it. A point
    /// that is there already is judged again (design clause 10).
    pub(super) fn insert<'r>(&mut self, rows: impl IntoIterator<Item = &'r Row>) {
        let Some(first) = rows.into_iter().map(|row| self.put(row)).min() else {
            return;
        };
        let from_first = self.points.range(first..).map(|(key, _)| key.clone());
        self.pending.extend(from_first);
    }

    /// Puts in what the store has and this watch has not, or has otherwise: rows that came in elsewhere, and rows that
    /// were judged and then not kept as they were. The store is right.
    pub(super) fn compare(&mut self, stored: &[Row]) {
        let differs = |row: &&Row| self.points.get(&row.key).is_none_or(|known| known.point != row.point());
        let missing: Vec<&Row> = stored.iter().filter(differs).collect();
        for row in &missing {
            self.points.remove(&row.key);
        }
        self.insert(missing);
    }

    fn put(&mut self, row: &Row) -> Key {
        self.points
            .entry(row.key.clone())
            .or_insert_with(|| Arrived { point: row.point(), received_at: row.received_at });
        row.key.clone()
    }

    /// The oldest point that was not judged yet.
    pub(super) fn pending(&self) -> Option<&Key> {
        self.pending.first()
    }

    pub(super) fn judged(&mut self, key: &Key) {
        self.pending.remove(key);
    }

    /// Forgets the oldest points beyond the capacity.
    pub(super) fn trim(&mut self) {
        while self.points.len() > self.capacity() {
            self.points.pop_first();
        }
    }

    /// Whether more points wait for their answer than memory should hold.
    pub(super) fn is_overfull(&self) -> bool {
        self.points.len() > self.capacity() + MAX_ROWS
    }

    /// What the points up to `key` said when that one arrived. `None` for a point that was too old on arrival while
    /// newer ones are here: its age says nothing about the present.
    pub(super) fn evaluate_at(&self, terms: &Terms, key: &Key) -> Option<Answer> {
        let arrived = self.points.get(key)?;
        let answer = evaluate(terms, &self.tail(terms, key), arrived.received_at);
        let is_newest = self.points.last_key_value().is_some_and(|(last, _)| last == key);
        (is_newest || answer.state != STALE).then_some(answer)
    }

    /// What the newest points say at `now`.
    pub(super) fn evaluate_newest(&self, terms: &Terms, now: Timestamp) -> Answer {
        let tail = self.points.last_key_value().map_or_else(Vec::new, |(key, _)| self.tail(terms, key));
        evaluate(terms, &tail, now)
    }

    /// When the newest point goes stale; `None` when there is none or it is stale at `now`.
    pub(super) fn goes_stale(&self, terms: &Terms, now: Timestamp) -> Option<Timestamp> {
        let (_, newest) = self.points.last_key_value()?;
        let last_good = stale_after(terms.refresh, newest.point.window_end);
        (now <= last_good).then(|| plus(last_good, Duration::from_millis(1)))
    }

    fn tail(&self, terms: &Terms, key: &Key) -> Vec<Point> {
        let upto = (Bound::Unbounded, Bound::Included(key));
        let newest_first = self.points.range::<Key, _>(upto).rev();
        let mut tail: Vec<Point> =
            newest_first.take(terms.rule.looks_at()).map(|(_, arrived)| arrived.point).collect();
        tail.reverse();
        tail
    }
}
