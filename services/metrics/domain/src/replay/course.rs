//! Where a rollout was and what it served, and so what a breach would have done to it.
//!
//! ```text
//!   shadow ─────────────────────────────────────────> Recorded
//!   hold ───────────────────────────────────────────> Paused
//!   rollback, past the point of no return (R26) ────> Held
//!            what the stage before showed is narrower > Narrowed
//!            nothing is ─────────────────────────────> NothingLeft
//! ```
//!
//! It is what the rollout asked for. What a person did to the flag besides is not in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use verdict_kernel::clock::Timestamp;
use verdict_kernel::percent::Percent;

use super::{Breach, Replay, Replayed};
use crate::evaluation::{Severity, Terms};
use crate::guardrail::{Effect, StageAttempt};
use crate::points::Report;

#[cfg(test)]
mod tests;

/// Whom a stage reaches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exposure {
    pub share: Percent,
    /// Who is in by name, account or attribute, whatever the share.
    pub named: BTreeSet<String>,
}

impl Exposure {
    fn is_within(&self, other: &Self) -> bool {
        other.share == Percent::FULL || (self.share <= other.share && self.named.is_subset(&other.named))
    }

    /// Of two that name different users neither is wider.
    fn is_wider_than(&self, other: &Self) -> bool {
        self.share > other.share || (other.is_within(self) && !self.is_within(other))
    }
}

/// `everyone`, `10 % and 3 named`, `nobody`.
impl fmt::Display for Exposure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (share, named) = (self.share, self.named.len());
        match (share > Percent::ZERO, named > 0) {
            (true, true | false) if share == Percent::FULL => f.write_str("everyone"),
            (true, true) => write!(f, "{share} and {named} named"),
            (true, false) => write!(f, "{share}"),
            (false, true) => write!(f, "{named} named"),
            (false, false) => f.write_str("nobody"),
        }
    }
}

/// How a rollout goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    Exposed {
        attempt: StageAttempt,
        exposure: Exposure,
    },
    /// To what the stage of this index showed last; `None` = to nobody.
    RolledBack {
        to: Option<u32>,
    },
    Over,
}

/// A rollout in a stage attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub attempt: StageAttempt,
    pub served: Exposure,
    /// What a rollback leaves.
    before: Exposure,
    /// Of the stage that is served.
    is_reversible: bool,
}

/// What a breach would have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    Recorded,
    Paused,
    Narrowed { to: Exposure },
    Held,
    NothingLeft,
}

impl Place {
    /// What a breach of this effect does here.
    pub fn consequence(&self, effect: Effect, severity: Severity) -> Consequence {
        let left = match severity {
            Severity::Normal => self.before.clone(),
            Severity::Critical { .. } => Exposure::default(),
        };
        match effect {
            Effect::Shadow => Consequence::Recorded,
            Effect::Hold => Consequence::Paused,
            Effect::Rollback if !self.is_reversible => Consequence::Held,
            Effect::Rollback if left == self.served => Consequence::NothingLeft,
            Effect::Rollback => Consequence::Narrowed { to: left },
        }
    }
}

/// The past of a rollout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    irreversible_from: Option<u32>,
    last_of_stage: BTreeMap<u32, Exposure>,
    /// From when on it was where; `None` = in no stage.
    places: Vec<(Timestamp, Option<Place>)>,
}

impl Course {
    /// Of a rollout that was planned. `irreversible_from`: index of the first stage without a way back.
    pub fn new(irreversible_from: Option<u32>) -> Self {
        Self { irreversible_from, ..Self::default() }
    }

    /// What happened next.
    pub fn follow(&mut self, at: Timestamp, went: Move) {
        let place = match went {
            Move::Exposed { attempt, exposure } => Some(self.exposed(attempt, exposure)),
            Move::RolledBack { to } => self.rolled_back(to),
            Move::Over => None,
        };
        self.places.push((at, place));
    }

    /// Where it was.
    pub fn at(&self, at: Timestamp) -> Option<&Place> {
        let before = self.places.partition_point(|(since, _)| *since <= at);
        self.places[..before].last().and_then(|(_, place)| place.as_ref())
    }

    fn exposed(&mut self, attempt: StageAttempt, served: Exposure) -> Place {
        let index = attempt.stage_index;
        let mut earlier = self.last_of_stage.range(..index).map(|(_, exposure)| exposure);
        let before = earlier.rfind(|earlier| !earlier.is_wider_than(&served)).cloned().unwrap_or_default();
        self.last_of_stage.insert(index, served.clone());
        Place { attempt, served, before, is_reversible: self.is_reversible(index) }
    }

    fn rolled_back(&self, to: Option<u32>) -> Option<Place> {
        let (_, last) = self.places.last()?;
        let served = to.and_then(|to| self.last_of_stage.get(&to)).cloned().unwrap_or_default();
        let is_reversible = to.is_none_or(|to| self.is_reversible(to));
        last.as_ref().map(|last| Place {
            attempt: last.attempt.clone(),
            before: served.clone(),
            served,
            is_reversible,
        })
    }

    fn is_reversible(&self, index: u32) -> bool {
        self.irreversible_from.is_none_or(|from| index < from)
    }
}

/// A replay of rows beside the course of the rollout that they guard.
#[derive(Debug, Clone)]
pub struct Accompanied<'c> {
    replay: Replay,
    course: &'c Course,
    /// Moves that were followed.
    followed: usize,
}

/// What such a replay came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'c> {
    /// Each with where the rollout was when it would have been known.
    pub breaches: Vec<(Breach, &'c Place)>,
    /// Points that were judged.
    pub windows: usize,
}

impl<'c> Accompanied<'c> {
    /// Before the first row.
    pub fn new(terms: Terms, course: &'c Course) -> Self {
        let mut replay = Replay::new(terms);
        replay.enter(None, Timestamp::MIN);
        Self { replay, course, followed: 0 }
    }

    /// See [`Replay::take`].
    pub fn take(&mut self, row: Report) {
        self.reach(row.received_at);
        self.replay.take(row);
    }

    /// See [`Replay::end`].
    pub fn end(mut self, until: Timestamp) -> Told<'c> {
        self.reach(until);
        let Replayed { breaches, points, .. } = self.replay.end(until);
        // None is raised where there is no stage attempt.
        let placed = |breach: Breach| self.course.at(breach.breached).map(|place| (breach, place));
        Told { breaches: breaches.into_iter().filter_map(placed).collect(), windows: points.len() }
    }

    fn reach(&mut self, now: Timestamp) {
        let ahead = self.course.places.get(self.followed..).unwrap_or_default();
        for (at, place) in ahead.iter().take_while(|(at, _)| *at <= now) {
            self.replay.enter(place.as_ref().map(|place| place.attempt.clone()), *at);
            self.followed += 1;
        }
    }
}
