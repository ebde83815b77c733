//! The newest rows of one guardrail, and from which bucket on they were not judged yet.
//!
//! Of a bucket so many rows are kept and no more (design clause 26). What more of them come to nobody can say, so while
//! an answer would be made of such a bucket there is none, for guardrail and gate alike.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_metrics_domain::evaluation::{Answer, Terms};
use verdict_metrics_domain::points::{self, Bucket, Report, answers, changes_next, counts_next, fill};
use verdict_runtime::observations::{Key, MAX_ROWS, Row};

use crate::board::metrics::Retracted;
use crate::reports;

/// Buckets kept beyond those that an answer looks at, for rows that come late.
const SLACK: usize = 16;
/// Buckets that are kept however many rows they hold: those of an answer, who reported before, and one that is open.
const NEEDED: usize = 3;
/// Rows beyond which no more is kept than is needed.
const MANY: usize = 2 * MAX_ROWS;
/// Rows that are kept of all the buckets that are needed, and fewest of one.
const MOST: (usize, usize) = (200_000, 1_000);
/// A row of this age that the store has not is one that it never took.
const SETTLED: SignedDuration = SignedDuration::from_secs(10);

/// What the store has of a guardrail's rows.
pub(super) struct Stored<'a> {
    /// The newest ones.
    pub(super) rows: &'a [Row],
    /// Whether it has no others.
    pub(super) all: bool,
    /// The last times that rows were taken back.
    pub(super) taken_back: &'a [Retracted],
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Watch {
    rows: BTreeMap<Key, Report>,
    /// How many of them each bucket has.
    held: BTreeMap<Bucket, usize>,
    /// Buckets with more rows than are kept, each with the source of one of the others.
    crowded: BTreeMap<Bucket, String>,
    /// The oldest bucket with a row that was not judged.
    pending: Option<Bucket>,
    looks_at: usize,
    refresh: Duration,
    /// The oldest bucket that is kept, once there were older ones: what lies before it was judged.
    floor: Option<Bucket>,
    /// The arming for which the stored rows were read; `None` before that.
    loaded_for: Option<Timestamp>,
    /// When the oldest bucket that waits counts, as was found last, and as somebody was told.
    waits_until: Option<Timestamp>,
    told_until: Option<Timestamp>,
    /// Ends when a row goes in or out.
    rest: Option<Rest>,
}

/// What an answer depends on besides rows and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Events in the stream of the guardrail.
    pub(super) version: u64,
    /// Where its rollout is; `None` = in no stage.
    pub(super) attempt: Option<u32>,
}

/// A look would find nothing new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    pub(super) known: Known,
    pub(super) from: Timestamp,
    /// `None` = until a row comes.
    pub(super) until: Option<Timestamp>,
}

/// What a look at the rows finds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Everything that the rows which were not judged lead to, and last what all of them say now.
    pub(super) answers: Vec<Answer>,
    /// When there is something else to say without a new row; `None` = never.
    pub(super) due: Option<Timestamp>,
}

impl Watch {
    pub(super) fn new(terms: &Terms) -> Self {
        Self { looks_at: terms.rule.looks_at(), refresh: terms.refresh, ..Self::default() }
    }

    /// Of how many buckets an answer is made, and one more for who reported before.
    pub(super) const fn needs(terms: &Terms) -> usize {
        terms.rule.looks_at() + NEEDED
    }

    /// How many rows of a bucket are kept.
    pub(super) fn holds(terms: &Terms) -> usize {
        holds(Self::needs(terms))
    }

    pub(super) fn is_loaded(&self, armed_at: Timestamp) -> bool {
        self.loaded_for == Some(armed_at)
    }

    pub(super) const fn loaded(&mut self, armed_at: Timestamp) {
        self.loaded_for = Some(armed_at);
    }

    /// Puts in rows that were judged before a restart. `all`: there are no older ones.
    pub(super) fn remember(&mut self, rows: &[Row], all: bool) {
        let oldest = rows.iter().map(|row| self.put(row)).min();
        self.floor = oldest.filter(|_| !all);
    }

    /// Puts in rows, to be judged with every later one: a row in the middle changes what follows it. A row that is
    /// there already is judged again (design clause 10).
    pub(super) fn insert<'r>(&mut self, rows: impl IntoIterator<Item = &'r Row>) {
        let first = rows.into_iter().map(|row| self.put(row)).min();
        self.wait(first);
    }

    /// Rows of `bucket` and later are to be judged.
    fn wait(&mut self, bucket: Option<Bucket>) {
        if bucket.is_some() {
            self.rest = None;
        }
        self.pending = [self.pending, bucket].into_iter().flatten().min();
    }

    /// Holds what is here against the newest rows of the store, which were read at `now`: what came in elsewhere,
    /// what was judged and then not kept as it was, and what was taken back. The store is right, as long as it takes
    /// rows: what a full one did not keep was measured all the same, and is judged.
    pub(super) fn compare(&mut self, stored: &Stored<'_>, now: Timestamp) {
        let Stored { rows: stored, all, taken_back } = *stored;
        let of_store: BTreeMap<&Key, &Row> = stored.iter().map(|row| (&row.key, row)).collect();
        let first = stored.iter().map(|row| &row.key).min();
        let newest = stored.iter().map(|row| row.received_at).max();
        let old = now.checked_sub(SETTLED).unwrap_or(Timestamp::MIN);
        let is_gone = |key: &Key, report: &Report| {
            if let Some(row) = of_store.get(key) {
                return reports::of_row(row).amount != report.amount;
            }
            let is_read = all || first.is_some_and(|first| key >= first);
            let took_later = newest.is_some_and(|newest| newest > report.received_at);
            let is_taken = |taken: &Retracted| taken.takes(key, report.received_at);
            is_read && (taken_back.iter().any(is_taken) || (report.received_at < old && took_later))
        };
        self.forget(is_gone);
        let is_judged =
            |row: &Row| self.floor.is_some_and(|floor| reports::of_row(row).bucket(self.refresh) < floor);
        let is_missing = |row: &&Row| !self.rows.contains_key(&row.key) && !is_judged(row);
        let missing: Vec<&Row> = stored.iter().filter(is_missing).collect();
        self.insert(missing);
    }

    /// Takes rows out; what remains is judged again. Says whether there were any.
    pub(super) fn forget(&mut self, is_gone: impl Fn(&Key, &Report) -> bool) -> bool {
        let refresh = self.refresh;
        let gone = self.rows.extract_if(.., |key, report| is_gone(key, report));
        let gone: Vec<Bucket> = gone.map(|(_, report)| report.bucket(refresh)).collect();
        for bucket in &gone {
            self.held.entry(*bucket).and_modify(|held| *held = held.saturating_sub(1));
            if self.crowded.contains_key(bucket) {
                // The others are in the store.
                self.loaded_for = None;
            }
        }
        self.wait(gone.iter().copied().min());
        !gone.is_empty()
    }

    fn put(&mut self, row: &Row) -> Bucket {
        if let Some(known) = self.rows.get(&row.key) {
            return known.bucket(self.refresh);
        }
        let report = reports::of_row(row);
        let bucket = report.bucket(self.refresh);
        let held = self.held.entry(bucket).or_default();
        if *held < holds(self.looks_at + NEEDED) {
            *held += 1;
            self.rows.insert(row.key.clone(), report);
        } else {
            self.crowded.entry(bucket).or_insert_with(|| row.key.source.clone());
        }
        bucket
    }

    /// What is said while an answer would be made of a bucket with more rows than are kept, of windows that begin at
    /// `since` or later.
    fn too_many(&self, since: Option<Timestamp>) -> Option<Answer> {
        let needed = self.held.keys().rev().take(self.looks_at + NEEDED);
        let counts = |bucket: &&Bucket| since.is_none_or(|since| bucket.end(self.refresh) > since);
        let crowded = |bucket: &Bucket| Some((bucket.end(self.refresh), self.crowded.get(bucket)?));
        let (end, source) = needed.filter(counts).find_map(crowded)?;
        let most = holds(self.looks_at + NEEDED);
        Some(Answer {
            state: CheckState::Unknown(Unknown::Unhealthy),
            as_of: self.rows.values().map(Report::as_of).max(),
            seen: format!("more than {most} observations up to {end}, one more from {source}"),
            sample: 0,
        })
    }

    /// The end of the newest window; `None` before the first.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        // Keys of one metric are in the order of their windows.
        self.rows.keys().next_back().map(|key| key.window_end)
    }

    pub(super) const fn has_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// What there is to say at `now`. The order of the rows costs most of it, and is found once.
    pub(super) fn look(&mut self, terms: &Terms, now: Timestamp) -> Found {
        self.rest = None;
        if let Some(too_many) = self.too_many(None) {
            self.waits_until = None;
            return Found { answers: vec![too_many], due: None };
        }
        let filled = fill(terms, self.rows.values(), now);
        let newest = filled.last().map_or_else(|| Bucket::of(now, self.refresh), |filled| filled.bucket);
        let pending = self.pending.unwrap_or(newest);
        // The oldest that are kept only say what came before the others.
        let first = self.floor.and_then(|_| filled.get(self.looks_at)).map(|filled| filled.bucket);
        let from = first.map_or(pending, |first| pending.max(first));
        self.waits_until = counts_next(&filled);
        Found { answers: answers(terms, &filled, from, now), due: changes_next(terms, &filled, now) }
    }

    /// Whether since the last time another bucket was found to wait for its sources, so that it counts some time after
    /// its end.
    pub(super) fn waits_anew(&mut self) -> bool {
        let waits = self.waits_until;
        waits.is_some() && std::mem::replace(&mut self.told_until, waits) != waits
    }

    /// Everything was judged, and nothing of it was new.
    pub(super) const fn rest(&mut self, rest: Rest) {
        self.rest = Some(rest);
    }

    /// The rest that still lasts. By a clock that went back there is none.
    pub(super) fn rests(&self, known: Known, now: Timestamp) -> Option<Rest> {
        let lasts = |rest: &Rest| rest.from <= now && rest.until.is_none_or(|until| now < until);
        self.rest.filter(|rest| rest.known == known && lasts(rest))
    }

    pub(super) fn judged(&mut self) {
        self.pending = None;
    }

    /// Forgets the oldest buckets beyond those that late rows may still change.
    pub(super) fn trim(&mut self) {
        self.held.retain(|_, rows| *rows > 0);
        let mut kept = 0;
        let wanted = |index: usize, kept: usize| {
            index < self.looks_at + NEEDED || (index < self.looks_at + SLACK && kept <= MANY)
        };
        let mut oldest = None;
        for (index, (&bucket, &rows)) in self.held.iter().rev().enumerate() {
            kept += rows;
            if !wanted(index, kept) {
                break;
            }
            oldest = Some(bucket);
        }
        let Some(oldest) = oldest.filter(|oldest| self.held.keys().next() != Some(oldest)) else {
            return;
        };
        if self.pending.is_some_and(|pending| pending < oldest) {
            // What waits is in the store, and is read again from there.
            self.loaded_for = None;
        }
        let refresh = self.refresh;
        self.floor = Some(oldest);
        self.rows.retain(|_, report| report.bucket(refresh) >= oldest);
        self.held = self.held.split_off(&oldest);
        self.crowded = self.crowded.split_off(&oldest);
    }

    /// What the rows of windows that begin at `since` or later say at `now`.
    pub(super) fn answer_at(&self, terms: &Terms, since: Option<Timestamp>, now: Timestamp) -> Answer {
        if let Some(too_many) = self.too_many(since) {
            return too_many;
        }
        let begins = |report: &&Report| since.is_none_or(|since| report.window_start >= since);
        let filled = fill(terms, self.rows.values().filter(begins), now);
        points::answer(terms, &filled, now)
    }

    /// The time as of which the newest row counts; `None` while some rows are not judged.
    pub(super) fn judged_upto(&self) -> Option<Timestamp> {
        if self.has_pending() || self.loaded_for.is_none() {
            return None;
        }
        self.rows.values().map(Report::as_of).max()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// How many rows of one of `needed` buckets are kept.
fn holds(needed: usize) -> usize {
    let (of_all, of_one) = MOST;
    (of_all / needed.max(1)).max(of_one)
}
