//! A past, judged as it would have been while it happened: by the evaluation and the decider that judge live
//! observations, and by nothing else.
//!
//! ```text
//!   row ──arrives──> the newest buckets ──points::answers──> guardrail::decide ──> what would have happened
//!            ^                                  ^
//!   in the order of arrival                     └── and at each moment at which there is something else to say
//! ```
//!
//! What it answers is equal to what a guardrail would have, armed before the first row on a rollout that stays in one stage
//! attempt, unless it is told where the rollout went. Read [`record`] for what is known of the past besides, [`course`] for
//! what a breach would have done to a rollout, and [`neighbours`] for what other terms would have said.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Duration;

use uuid::Uuid;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{CommandId, FlagId, RolloutId};
use verdict_kernel::principal::Issued;

use crate::evaluation::{self, Comparison, Point, Rule, Terms, Threshold};
use crate::guardrail::{Answer, Arming, Command, Effect, Event, Guardrail, StageAttempt, State};
use crate::points::{self, Bucket, Filled, Report, Standing};
use verdict_kernel::value::Value;

pub mod course;
pub mod neighbours;
pub mod record;
#[cfg(test)]
mod tests;

/// Buckets kept beyond those that the rule looks at: who reported before, and one that is open.
const BESIDE: usize = 3;

/// A breach that would have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Beginning of the first window of the run that led to it.
    pub began: Timestamp,
    /// When it would have been known.
    pub breached: Timestamp,
    /// End of the window by which it had recovered; `None` = it still lasted.
    pub ended: Option<Timestamp>,
    /// The value that was furthest on the wrong side.
    pub worst: Value,
    /// Points on the wrong side, from the beginning to the end.
    pub windows: usize,
}

/// What a replay came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    pub breaches: Vec<Breach>,
    /// Every point that was judged, in order.
    pub points: Vec<Point>,
    /// How often nothing came for so long that the answer was too old to count (rule M4).
    pub silences: usize,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Replay {
    terms: Terms,
    attempt: Option<StageAttempt>,
    state: State,
    buckets: BTreeMap<Bucket, Vec<Report>>,
    due: Option<Timestamp>,
    points: Vec<(Bucket, Point)>,
    happened: Vec<(Timestamp, Event)>,
    breaches: Vec<Breach>,
    silences: usize,
}

impl Replay {
    /// A guardrail on these terms that has seen nothing.
    pub fn new(terms: Terms) -> Self {
        // They name nothing outside of the replay.
        let nobody = CommandId::from_uuid(Uuid::nil());
        let rollout = RolloutId::created_by(nobody);
        let attempt = StageAttempt {
            stage: "replay".to_owned(),
            stage_index: 0,
            attempt: 1,
            flag: FlagId::created_by(nobody),
            bet: None,
        };
        let metric = "replay".to_owned();
        let armed = Event::Armed(Arming { metric, rollout, terms: terms.clone(), effect: Effect::Rollback });
        Self {
            state: Guardrail::evolve(State::default(), &armed),
            terms,
            attempt: Some(attempt),
            buckets: BTreeMap::new(),
            due: None,
            points: Vec::new(),
            happened: Vec::new(),
            breaches: Vec::new(),
            silences: 0,
        }
    }

    /// A row arrives. Rows come in the order in which they were received, each of a window no older than those before.
    pub fn take(&mut self, row: Report) {
        let now = row.received_at;
        self.wait(now);
        let bucket = row.bucket(self.terms.refresh);
        self.buckets.entry(bucket).or_default().push(row);
        while self.buckets.len() > self.terms.rule.looks_at().saturating_add(BESIDE) {
            self.buckets.pop_first();
        }
        self.look(Some(bucket), now);
    }

    /// Time goes by up to `now`, and nothing arrives.
    pub fn wait(&mut self, now: Timestamp) {
        while let Some(due) = self.due.filter(|due| *due < now) {
            self.due = None;
            self.look(None, due);
        }
    }

    /// From `now` on the rollout is in this stage attempt; `None` = in none, so nothing breaches.
    pub fn enter(&mut self, attempt: Option<StageAttempt>, now: Timestamp) {
        self.wait(now);
        self.attempt = attempt;
    }

    /// What happened, each with the time at which it was found.
    pub fn events(&self) -> &[(Timestamp, Event)] {
        &self.happened
    }

    fn look(&mut self, pending: Option<Bucket>, now: Timestamp) {
        let filled = points::fill(&self.terms, self.buckets.values().flatten(), now);
        self.remember(&filled);
        let newest = filled.last().map_or_else(|| Bucket::of(now, self.terms.refresh), |last| last.bucket);
        for answer in points::answers(&self.terms, &filled, pending.unwrap_or(newest), now) {
            self.answer(answer, now);
        }
        self.due = points::changes_next(&self.terms, &filled, now);
    }

    fn answer(&mut self, answer: evaluation::Answer, now: Timestamp) {
        let evaluation::Answer { state, as_of: Some(as_of), seen, sample } = answer else {
            return;
        };
        let number = self.attempt.as_ref().map(|attempt| attempt.attempt);
        if !self.state.would_change(state, as_of, number, now) {
            return;
        }
        let attempt = self.attempt.clone();
        let command = Command::Answer(Answer { state, as_of, seen, sample, attempt, found_at: now });
        // An answer breaks no rule, so nothing stands in its way.
        let decided = Guardrail::decide(&self.state, command, &None, &Issued::at(now));
        for event in decided.map(|decision| decision.events).unwrap_or_default() {
            self.state = Guardrail::evolve(std::mem::take(&mut self.state), &event);
            self.follow(&event, now);
            self.happened.push((now, event));
        }
    }

    /// A bucket may change until it has a newer one.
    fn remember(&mut self, filled: &[Filled]) {
        let counted = filled.iter().filter(|filled| filled.standing == Standing::Counted);
        let known = self.points.last().map(|(bucket, _)| *bucket);
        let newer = counted.filter(|filled| known.is_none_or(|known| filled.bucket >= known));
        let newer: Vec<(Bucket, Point)> = newer.map(|filled| (filled.bucket, filled.point)).collect();
        if newer.first().is_some_and(|(first, _)| known == Some(*first)) {
            self.points.pop();
        }
        self.points.extend(newer);
    }

    /// What an event says about breaches and silences.
    fn follow(&mut self, event: &Event, found: Timestamp) {
        match event {
            Event::Breached(breach) => self.breaches.push(self.begun(breach.as_of, found)),
            Event::Recovered { as_of } => {
                let lasting = self.breaches.iter_mut().filter(|breach| breach.ended.is_none());
                lasting.for_each(|breach| breach.ended = Some(*as_of));
            }
            Event::AnswerChanged { state, .. } => {
                self.silences += usize::from(*state == CheckState::Unknown(Unknown::Stale));
            }
            Event::Armed(_)
            | Event::WouldHaveBreached(_)
            | Event::Acknowledged { .. }
            | Event::Retracted { .. }
            | Event::Disarmed { .. }
            | Event::Rearmed
            | Event::EffectChanged { .. } => {}
        }
    }

    /// What was found as of the end of a window, with the run of points that led to it.
    fn begun(&self, as_of: Timestamp, found: Timestamp) -> Breach {
        let Rule::Threshold(threshold) = &self.terms.rule;
        let upto = self.points.partition_point(|(_, point)| point.window_end <= as_of);
        let run = self.points[..upto].iter().rev().map(|(_, point)| point);
        let first = run.take_while(|point| threshold.is_crossed_by(point.value)).last();
        let began = minus(first.map_or(as_of, |first| first.window_end), self.terms.refresh);
        Breach { began, breached: found, ended: None, worst: threshold.value, windows: 0 }
    }

    /// What it came to by `until`.
    pub fn end(mut self, until: Timestamp) -> Replayed {
        self.wait(until);
        let points: Vec<Point> = self.points.iter().map(|(_, point)| *point).collect();
        let Rule::Threshold(threshold) = &self.terms.rule;
        for breach in &mut self.breaches {
            measure(threshold, &points, breach);
        }
        Replayed { breaches: self.breaches, points, silences: self.silences }
    }
}

/// Says how bad a breach was.
fn measure(threshold: &Threshold, points: &[Point], breach: &mut Breach) {
    let first = points.partition_point(|point| point.window_end <= breach.began);
    let within = |point: &&Point| breach.ended.is_none_or(|ended| point.window_end < ended);
    let within = points[first..].iter().take_while(within).map(|point| point.value);
    let crossed: Vec<Value> = within.filter(|value| threshold.is_crossed_by(*value)).collect();
    let worst = match threshold.comparison {
        Comparison::Above => crossed.iter().max(),
        Comparison::Below => crossed.iter().min(),
    };
    breach.worst = worst.copied().unwrap_or(breach.worst);
    breach.windows = crossed.len();
}

/// What these rows, which are in the order in which they were received, would have come to by `until`.
pub fn replay(terms: &Terms, rows: impl IntoIterator<Item = Report>, until: Timestamp) -> Replayed {
    let mut replay = Replay::new(terms.clone());
    for row in rows {
        replay.take(row);
    }
    replay.end(until)
}

/// The rows of one series of plain values, each of which stands for the time since the one before, at most a `refresh`, and
/// arrives as it ends.
pub fn rows(series: &[(Timestamp, Value)], refresh: Duration) -> Vec<Report> {
    let mut before: Option<Timestamp> = None;
    let row = |&(window_end, value): &(Timestamp, Value)| {
        let earliest = minus(window_end, refresh);
        let window_start = before.map_or(earliest, |before| before.max(earliest));
        before = Some(window_end);
        Report {
            source: "series".to_owned(),
            arm: String::new(),
            window_start,
            window_end,
            received_at: window_end,
            amount: points::Amount::Plain(value),
        }
    };
    series.iter().map(row).collect()
}

/// The same terms with another threshold.
fn with(terms: &Terms, value: Value, for_points: NonZeroU32) -> Terms {
    let Rule::Threshold(Threshold { comparison, .. }) = terms.rule;
    Terms { rule: Rule::Threshold(Threshold { comparison, value, for_points }), ..terms.clone() }
}

/// `at - by`, held at the first representable instant.
fn minus(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}
