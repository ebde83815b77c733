//! What an instance has done and what has passed, and the questions that processes ask about it.

use std::collections::BTreeMap;

use super::{Next, Outcome, Progress, Step};
use crate::clock::Timestamp;

/// A place in the history of an instance. What is written later has a later moment, and no two things have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment(u64);

/// How one attempt of a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub attempt: u32,
    pub outcome: Outcome,
    pub at: Moment,
}

/// What was recorded about the steps and deadlines of an instance. The runner keeps it; a process only asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    now: Moment,
    steps: BTreeMap<String, Vec<Record>>,
    /// When each deadline was last set to end.
    set: BTreeMap<String, Timestamp>,
    passed: BTreeMap<String, Vec<Passed>>,
    ended: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Passed {
    at: Moment,
    due: Option<Timestamp>,
}

impl Past {
    /// The moment of what was written last.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// The recorded attempts of a step, oldest first.
    #[must_use]
    pub fn records(&self, step: &str) -> &[Record] {
        self.steps.get(step).map_or(&[], Vec::as_slice)
    }

    /// How this attempt of a step ended; `None` while it was not recorded.
    #[must_use]
    pub fn outcome(&self, step: &str, attempt: u32) -> Option<&Outcome> {
        let newest = self.records(step).iter().rfind(|record| record.attempt == attempt);
        newest.map(|record| &record.outcome)
    }

    /// Whether this attempt of a step was done or refused.
    #[must_use]
    pub fn is_recorded(&self, step: &str, attempt: u32) -> bool {
        self.outcome(step, attempt).is_some()
    }

    /// How often a deadline has passed since `moment`.
    #[must_use]
    pub fn times_passed(&self, deadline: &str, since: Moment) -> u32 {
        let passed = self.passed.get(deadline).map_or(&[][..], Vec::as_slice);
        let times = passed.iter().rev().take_while(|passed| passed.at > since).count();
        u32::try_from(times).unwrap_or(u32::MAX)
    }

    /// Whether a deadline has passed since `moment`.
    #[must_use]
    pub fn has_passed(&self, deadline: &str, since: Moment) -> bool {
        self.times_passed(deadline, since) > 0
    }

    /// Those of the steps that were not recorded yet.
    #[must_use]
    pub fn left_of<A>(&self, steps: impl IntoIterator<Item = Step<A>>) -> Vec<Step<A>> {
        steps.into_iter().filter(|step| !self.is_recorded(step.name, step.attempt)).collect()
    }

    /// One step at a time, whatever each of them comes to; over when all were recorded.
    #[must_use]
    pub fn in_order<A>(&self, steps: impl IntoIterator<Item = Step<A>>) -> Next<A> {
        let mut steps = self.left_of(steps);
        steps.truncate(1);
        Next { over: steps.is_empty(), steps, ..Next::nothing() }
    }

    /// Whether the deadline of this name was last set to end at `due`.
    #[must_use]
    pub fn is_set(&self, deadline: &str, due: Timestamp) -> bool {
        self.set.get(deadline) == Some(&due)
    }

    /// Those of the deadlines that have not passed, soonest first.
    #[must_use]
    pub fn running(&self, deadlines: &[(&'static str, Timestamp)]) -> Vec<(&'static str, Timestamp)> {
        let passed = |(name, due): &(&'static str, Timestamp)| {
            let of_name = self.passed.get(*name);
            of_name.is_some_and(|passed| passed.iter().any(|passed| passed.due == Some(*due)))
        };
        let mut running: Vec<_> = deadlines.iter().copied().filter(|deadline| !passed(deadline)).collect();
        running.sort_by_key(|(_, due)| *due);
        running
    }

    /// Whether the end of the instance was recorded.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.ended
    }

    /// Notes what was written next.
    pub(super) fn note<F>(&mut self, progress: &Progress<F>) {
        self.now.0 += 1;
        let at = self.now;
        match progress {
            Progress::Noted(_) => {}
            Progress::StepRecorded { step, attempt, outcome } => {
                let record = Record { attempt: *attempt, outcome: outcome.clone(), at };
                self.steps.entry(step.clone()).or_default().push(record);
            }
            Progress::DeadlineSet { name, due } => {
                self.set.insert(name.clone(), *due);
            }
            Progress::DeadlinePassed { name } => {
                let due = self.set.get(name).copied();
                self.passed.entry(name.clone()).or_default().push(Passed { at, due });
            }
            Progress::Ended => self.ended = true,
        }
    }
}
