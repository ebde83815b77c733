//! Where a rollout stands.

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::clock::{Timestamp, between, plus};

use super::command::PauseCause;
use super::event::Entry;
use crate::gate::evidence::{Evidence, EvidenceKind};
use crate::gate::{Fact, Facts, Gate, Outline, Soak, Watch};
use crate::plan::{NoReturn, Plan};
use crate::stage::StageName;

/// Where a rollout stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Draft(Box<Course>),
    Running(Box<Course>, Active),
    Paused(Box<Course>, Active, Pause),
    /// Exposure is being taken back.
    RollingBack(Box<Course>, Box<Failed>),
    /// With the stage that is served now; `None` = nobody.
    RolledBack(Box<Course>, Option<StageName>, Box<Failed>),
    Completed(Box<Course>, Timestamp),
    Aborted(Option<Box<Course>>),
    ShippedDirectly,
}

/// What stays the same whatever the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub plan: Plan,
    pub evidence: BTreeMap<EvidenceKind, Evidence>,
    /// The number of the newest attempt; 0 before the start.
    pub attempts: u32,
    /// Somebody outside the team was served, at whatever time (rules B4, L12).
    pub outside: bool,
}

/// The stage that is served and soaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    pub stage: StageName,
    pub step: usize,
    pub attempt: u32,
    /// Where the soaks of stage and step count from; time without exposure moves them.
    pub stage_since: Timestamp,
    pub step_since: Timestamp,
    /// When the step was exposed first; nothing moves it (rule R16).
    pub exposed_at: Timestamp,
    /// Version of the flag that the step was decided on (rule R24).
    pub flag_version: u32,
    pub overdue: bool,
    /// In place of the maximum of the plan; time without exposure moves it.
    pub extended_to: Option<Timestamp>,
    /// What the gate last answered in this step; `None` before the first evaluation.
    pub gate: Option<Outline>,
}

/// Why and since when nothing soaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Besides a lost watch; only a person's resume ends these.
    pub causes: BTreeSet<PauseCause>,
    pub watch: Watch,
    pub since: Timestamp,
    /// The attempt that it stopped: a way down by hand begins another one and answers nothing.
    pub attempt: u32,
    /// What was taken back before it went down by hand: it is answered before anything goes on (rule R23).
    pub owed: Option<Box<Failed>>,
}

/// The attempt that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// What is served must precede this stage.
    pub stage: StageName,
    pub attempt: u32,
    pub critical: bool,
    /// Breaches, lost watches and commands that took exposure back, in their order.
    pub causes: Vec<String>,
    /// A guardrail broke; otherwise nobody watched or somebody asked.
    pub by_guardrail: bool,
    /// When the first of them came: no soak runs from here.
    pub since: Timestamp,
    /// Where the rollout was then.
    pub was: Active,
}

impl State {
    /// The name of the state in snake case, as views show it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Draft(_) => "draft",
            Self::Running(..) => "running",
            Self::Paused(..) => "paused",
            Self::RollingBack(..) => "rolling_back",
            Self::RolledBack(..) => "rolled_back",
            Self::Completed(..) => "completed",
            Self::Aborted(_) => "aborted",
            Self::ShippedDirectly => "shipped_directly",
        }
    }

    /// Whether it ever reached anybody outside the team. What ships without a flag reaches everybody.
    pub fn has_reached_outside(&self) -> bool {
        matches!(self, Self::ShippedDirectly) || self.course().is_some_and(|course| course.outside)
    }

    /// The command that leads on.
    pub(super) const fn way_on(&self) -> &'static str {
        match self {
            Self::Absent => "verdict rollout plan --flag <flag> --service <service> --mode <mode>",
            Self::Draft(_) => "verdict rollout start <rollout>",
            Self::Paused(..) | Self::RolledBack(..) => "verdict rollout resume <rollout> --reason <why>",
            Self::RollingBack(..) => {
                "wait until the edges confirm the rollback: verdict rollout get <rollout>"
            }
            Self::Running(..) => "verdict rollout why <rollout>",
            Self::Completed(..) | Self::Aborted(_) | Self::ShippedDirectly => {
                "plan another one: verdict rollout plan --flag <flag> --service <service> --mode <mode>"
            }
        }
    }

    /// The plan and what goes with it; `None` for what was never planned.
    pub fn course(&self) -> Option<&Course> {
        match self {
            Self::Absent | Self::ShippedDirectly => None,
            Self::Draft(course)
            | Self::Running(course, _)
            | Self::Paused(course, ..)
            | Self::RollingBack(course, _)
            | Self::RolledBack(course, ..)
            | Self::Completed(course, _) => Some(course),
            Self::Aborted(course) => course.as_deref(),
        }
    }

    /// The stage that soaks, or would if it were not paused.
    pub const fn active(&self) -> Option<&Active> {
        match self {
            Self::Running(_, active) | Self::Paused(_, active, _) => Some(active),
            Self::Absent
            | Self::Draft(_)
            | Self::RollingBack(..)
            | Self::RolledBack(..)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => None,
        }
    }

    /// The attempt that failed, while it is taken back and afterwards.
    pub fn failed(&self) -> Option<&Failed> {
        match self {
            Self::RollingBack(_, failed) | Self::RolledBack(_, _, failed) => Some(failed),
            Self::Absent
            | Self::Draft(_)
            | Self::Running(..)
            | Self::Paused(..)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => None,
        }
    }

    /// The attempt that failed, until it is answered: also after it went further down by hand.
    pub(super) fn owed(&self) -> Option<&Failed> {
        match self {
            Self::Paused(_, _, pause) => pause.owed.as_deref(),
            Self::Absent
            | Self::Draft(_)
            | Self::Running(..)
            | Self::RollingBack(..)
            | Self::RolledBack(..)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => self.failed(),
        }
    }

    /// Since when nobody watches it; `None` where somebody does, or nothing is to be watched.
    pub(super) fn unwatched_since(&self) -> Option<Timestamp> {
        match self {
            Self::Paused(_, _, Pause { watch: Watch::Lost(since), .. }) => Some(*since),
            Self::Absent
            | Self::Draft(_)
            | Self::Running(..)
            | Self::Paused(..)
            | Self::RollingBack(..)
            | Self::RolledBack(..)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => None,
        }
    }

    /// The stage that is served or, while exposure is taken back, the one that failed. `None` before the start,
    /// after the end, and when nobody is served.
    pub const fn stage(&self) -> Option<&StageName> {
        match self {
            Self::Running(_, active) | Self::Paused(_, active, _) => Some(&active.stage),
            Self::RollingBack(_, failed) => Some(&failed.stage),
            Self::RolledBack(_, served, _) => served.as_ref(),
            Self::Absent
            | Self::Draft(_)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => None,
        }
    }

    /// Whether a person who wants to enter the stage means none above the present one.
    pub fn is_no_way_up(&self, stage: &str) -> bool {
        let Some((course, active)) = self.course().zip(self.active()) else { return true };
        course.plan.named(stage).is_none_or(|wished| !course.plan.is_below(&active.stage, wished))
    }

    /// The point of no return that what is served has passed; `None` where there is a way back (rule R26).
    pub fn no_return(&self) -> Option<&NoReturn> {
        self.course()?.plan.no_return_at(self.stage()?)
    }

    /// From when windows say something about what is served (rule R16): when the present step was exposed, or when
    /// the rollback began.
    pub fn judged_since(&self) -> Option<Timestamp> {
        self.active().map(|active| active.exposed_at).or_else(|| self.failed().map(|failed| failed.since))
    }

    /// The gate that the rollout stands before at `at`; `None` when no stage is active.
    pub fn gate<'a>(&'a self, facts: &'a Facts, at: Timestamp) -> Option<Gate<'a>> {
        let (course, active, soak, watch) = match self {
            Self::Running(course, active) => (course, active, active.soak(&course.plan), Watch::Held),
            Self::Paused(course, active, pause) => (course, active, Soak::Interrupted, pause.watch),
            Self::Absent
            | Self::Draft(_)
            | Self::RollingBack(..)
            | Self::RolledBack(..)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => return None,
        };
        Some(Gate {
            plan: &course.plan,
            from: &active.stage,
            to: course.plan.next_move(&active.stage, active.step),
            soak,
            watch,
            evidence: &course.evidence,
            overdue_at: active.overdue_at(&course.plan),
            // A pause says itself why nothing moves.
            entered_on: matches!(self, Self::Running(..)).then_some(active.flag_version),
            facts,
            answered: &[],
            at,
        })
    }
}

impl Active {
    pub(super) fn fresh(entry: &Entry) -> Self {
        Self {
            stage: entry.stage.clone(),
            step: entry.step,
            attempt: entry.attempt,
            stage_since: entry.at,
            step_since: entry.at,
            exposed_at: entry.at,
            flag_version: entry.flag_version,
            overdue: false,
            extended_to: None,
            gate: None,
        }
    }

    /// When the stage is overdue; `None` = open end.
    pub fn overdue_at(&self, plan: &Plan) -> Option<Timestamp> {
        self.extended_to.or_else(|| plan.overdue_at(&self.stage, self.stage_since))
    }

    /// The extension when the soak of the stage counts from `stage_since` instead.
    pub(super) fn extended_from(&self, stage_since: Timestamp) -> Option<Timestamp> {
        self.extended_to.map(|until| plus(until, between(self.stage_since, stage_since)))
    }

    /// When the soak of the present step ends.
    pub fn soaked_at(&self, plan: &Plan) -> Timestamp {
        plan.soaked_at(&self.stage, self.step, self.stage_since, self.step_since)
    }

    /// Whether the last evaluation in this step found the gate open.
    pub fn gate_is_open(&self) -> bool {
        let passes = |outline: &Outline| !outline.is_empty() && outline.iter().all(|line| line.2.is_pass());
        self.gate.as_ref().is_some_and(passes)
    }

    fn soak(&self, plan: &Plan) -> Soak {
        Soak::Until(self.soaked_at(plan))
    }

    /// Going on at `at` with the soak of `since`: the time between is no soak (rule R3).
    #[must_use]
    pub(super) fn less(&self, since: Timestamp, at: Timestamp) -> Self {
        let away = between(since, at);
        let stage_since = plus(self.stage_since, away);
        Self {
            stage_since,
            extended_to: self.extended_from(stage_since),
            step_since: plus(self.step_since, away),
            gate: None,
            ..self.clone()
        }
    }
}

impl Course {
    /// The entry into a step, as the next attempt.
    pub(super) fn entry(
        &self,
        (stage, step): (&StageName, usize),
        at: Timestamp,
        facts: Vec<Fact>,
        flag_version: u32,
    ) -> Entry {
        Entry {
            stage: stage.clone(),
            class: self.plan.class(stage),
            attempt: self.attempts + 1,
            step,
            audience: self.plan.exposure(stage, step),
            at,
            facts,
            flag_version,
        }
    }

    /// The gate that leads into a step, without its soak: for who was there before (rule R23, decision D2).
    pub(super) fn gate_into<'a>(
        &'a self,
        (stage, step): (&'a StageName, usize),
        facts: &'a Facts,
        answered: &'a [String],
        at: Timestamp,
    ) -> Gate<'a> {
        let (from, to) = match step.checked_sub(1) {
            Some(_) => (stage, super::Move::Step(step)),
            None => match self.plan.before(stage) {
                Some(below) => (below, super::Move::Stage(stage.clone())),
                None => (stage, super::Move::Step(0)),
            },
        };
        Gate {
            plan: &self.plan,
            from,
            to,
            soak: Soak::Waived,
            watch: Watch::Held,
            evidence: &self.evidence,
            // Who goes back up was there before its sample was.
            overdue_at: None,
            entered_on: None,
            facts,
            answered,
            at,
        }
    }
}
