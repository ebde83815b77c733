//! A rollout: exposure of one flag in one environment, grown stage by stage through gates.
//!
//! ```text
//! Absent --Plan--> Draft --Start--> Running --EnterStage/AdvanceStep (gate open)--> Running --Complete--> Completed
//!   |                               |  ^  |                                            |
//!   '--ShipDirectly--> Shipped  Pause  |  '--RequestRollback--> RollingBack --Confirm--> RolledBack
//!                     LoseWatch v  Resume                          ^                     |
//!                              Paused -----RequestRollback---------'      Resume: Running at what is served
//! ```
//!
//! From every state but the last ones: `Abort`. Going back to a lower stage is possible while running, paused
//! or rolled back, and asks no gate.
//!
//! Invariants: one active stage; exposure grows only by `StageEntered` and `StepAdvanced`, which a gate with
//! nothing but passes allowed; after a rollback nothing grows before a resume and a fresh full soak; attempts
//! only count up.

use std::collections::BTreeMap;

use verdict_kernel::check::GateReport;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::BetId;
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Warning;
use verdict_kernel::rule::RuleId;

use crate::audience::Audience;
use crate::gate::{Evidence, Fact, Facts, Gate, OPEN_P0_BUGS, Outline, Soak, Watch, has_outline, outline};
use crate::stage::StageName;

mod evolve;
pub mod plan;
mod refusal;

pub use plan::{Mode, Move, Plan, Promotion, Proposal, Tier, Unit};
pub use refusal::{Refusal, STILL_SERVED};

/// What can be asked of a rollout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Plan(Box<Proposal>),
    /// Ship without a flag, which rule F1 allows only for what no user sees.
    ShipDirectly {
        bet: Option<BetId>,
        user_visible: bool,
    },
    Start,
    /// Up to the next stage through its gate, or down to any lower one.
    EnterStage {
        stage: StageName,
        facts: Facts,
    },
    AdvanceStep {
        facts: Facts,
    },
    RecordEvidence {
        kind: String,
        value: String,
    },
    /// Judge the gate; `attempt` is the one that asks, `None` the present one.
    EvaluateGate {
        attempt: Option<u32>,
        facts: Facts,
    },
    Pause,
    Resume,
    LoseWatch {
        attempt: u32,
    },
    RestoreWatch,
    RequestRollback(Retreat),
    /// The edges serve what was taken back; `to` is the stage that is served now, `None` = nobody.
    ConfirmRollback {
        to: Option<StageName>,
        flag_version: u32,
    },
    MarkOverdue {
        attempt: u32,
    },
    Complete,
    Abort,
}

/// Every command and the command that undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Plan", "Abort"),
    ("ShipDirectly", "none: what is shipped is outside; roll back the deployment"),
    ("Start", "Abort"),
    ("EnterStage", "EnterStage of a lower stage"),
    ("AdvanceStep", "RequestRollback"),
    ("RecordEvidence", "RecordEvidence of the same kind with another value"),
    ("EvaluateGate", "none: it records what was seen"),
    ("Pause", "Resume"),
    ("Resume", "Pause"),
    ("LoseWatch", "RestoreWatch"),
    ("RestoreWatch", "LoseWatch"),
    ("RequestRollback", "Resume after the rollback is confirmed"),
    ("ConfirmRollback", "none: it records what the edges serve"),
    ("MarkOverdue", "none: promotion, rollback or resume starts another attempt"),
    ("Complete", "none: take exposure back on the flag (verdict flag kill)"),
    ("Abort", "none: plan another rollout of the flag"),
];

/// What a rollback retreats from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retreat {
    /// The stage and attempt that failed; `None` = the present one.
    pub from: Option<(StageName, u32)>,
    /// Event of the breach or of the lost watch; empty when a person asked.
    pub breach: String,
    pub cause: Cause,
    /// Down to nobody.
    pub critical: bool,
}

/// Why exposure is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    GuardrailBreached,
    WatchLost,
    /// A person asked, for example after a customer reported a critical issue.
    Requested,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 3] = [Self::GuardrailBreached, Self::WatchLost, Self::Requested];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GuardrailBreached => "guardrail_breached",
            Self::WatchLost => "watch_lost",
            Self::Requested => "requested",
        }
    }
}

/// What happened to a rollout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Planned {
        plan: Box<Plan>,
        override_reason: Option<String>,
    },
    ShippedDirectly {
        bet: Option<BetId>,
        reason: String,
    },
    Started,
    StageEntered(Entry),
    StepAdvanced(Entry),
    EvidenceRecorded {
        kind: String,
        value: String,
        at: Timestamp,
    },
    GatePassed {
        stage: StageName,
        attempt: u32,
        report: GateReport,
    },
    GateBlocked {
        stage: StageName,
        attempt: u32,
        report: GateReport,
    },
    Paused {
        reason: String,
    },
    /// The soak starts again from `at`.
    Resumed {
        stage: StageName,
        attempt: u32,
        at: Timestamp,
    },
    /// `at` is when the loss was found.
    WatchLost {
        at: Timestamp,
        attempt: u32,
    },
    WatchRestored,
    RollbackRequested {
        stage: StageName,
        attempt: u32,
        breach: String,
        cause: Cause,
        critical: bool,
    },
    RolledBack {
        to: Option<StageName>,
        flag_version: u32,
    },
    StageOverdue {
        stage: StageName,
        attempt: u32,
    },
    Completed {
        at: Timestamp,
    },
    Aborted {
        reason: String,
    },
    Warned {
        rule: RuleId,
        sentence: String,
    },
}

/// A stage or step that became active, with whom it reaches and the facts it was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub stage: StageName,
    pub attempt: u32,
    /// From 0.
    pub step: usize,
    /// Everyone served, those of the lower stages included.
    pub audience: Audience,
    pub at: Timestamp,
    pub facts: Vec<Fact>,
}

/// Where a rollout stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Draft(Box<Course>),
    Running(Box<Course>, Active),
    Paused(Box<Course>, Active, Watch),
    /// Exposure is being taken back.
    RollingBack(Box<Course>, Failed),
    /// With the stage that is served now; `None` = nobody.
    RolledBack(Box<Course>, Option<StageName>),
    Completed(Box<Course>),
    Aborted(Option<Box<Course>>),
    ShippedDirectly,
}

/// What stays the same whatever the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub plan: Plan,
    /// The newest evidence, by kind.
    pub evidence: BTreeMap<String, Evidence>,
    /// The number of the newest attempt; 0 before the start.
    pub attempts: u32,
}

/// The stage that is served and soaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active {
    pub stage: StageName,
    pub step: usize,
    pub attempt: u32,
    pub stage_since: Timestamp,
    pub step_since: Timestamp,
    pub overdue: bool,
    /// What the gate last answered in this step; `None` before the first evaluation.
    pub gate: Option<Outline>,
}

/// The attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed {
    pub stage: StageName,
    pub attempt: u32,
    pub critical: bool,
}

/// The aggregate.
#[derive(Debug, Clone, Copy)]
pub struct Rollout;

impl Decider for Rollout {
    const CATEGORY: &'static str = "rollouts.rollout";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(state: &State, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Plan(proposal) => plan_rollout(state, *proposal, issued),
            Command::ShipDirectly { bet, user_visible } => ship_directly(state, bet, user_visible, issued),
            Command::Start => start(state, issued),
            Command::EnterStage { stage, facts } => enter_stage(state, stage, &facts, issued),
            Command::AdvanceStep { facts } => advance_step(state, &facts, issued),
            Command::RecordEvidence { kind, value } => record_evidence(state, kind, value, issued),
            Command::EvaluateGate { attempt, facts } => evaluate_gate(state, attempt, &facts, issued),
            Command::Pause => pause(state, issued),
            Command::Resume => resume(state, issued),
            Command::LoseWatch { attempt } => Ok(lose_watch(state, attempt, issued)),
            Command::RestoreWatch => Ok(restore_watch(state)),
            Command::RequestRollback(retreat) => request_rollback(state, retreat),
            Command::ConfirmRollback { to, flag_version } => confirm_rollback(state, to, flag_version),
            Command::MarkOverdue { attempt } => mark_overdue(state, attempt, issued),
            Command::Complete => complete(state, issued),
            Command::Abort => abort(state, issued),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }

    fn is_terminal(state: &State) -> bool {
        match state {
            State::Completed(_) | State::Aborted(_) | State::ShippedDirectly => true,
            State::Absent
            | State::Draft(_)
            | State::Running(..)
            | State::Paused(..)
            | State::RollingBack(..)
            | State::RolledBack(..) => false,
        }
    }

    fn warning(event: &Event) -> Option<Warning> {
        if let Event::Warned { rule, sentence } = event {
            let sentence = sentence.clone();
            Some(Warning { rule: *rule, sentence })
        } else {
            None
        }
    }
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
            Self::Completed(_) => "completed",
            Self::Aborted(_) => "aborted",
            Self::ShippedDirectly => "shipped_directly",
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
            | Self::RolledBack(course, _)
            | Self::Completed(course) => Some(course),
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
            | Self::Completed(_)
            | Self::Aborted(_)
            | Self::ShippedDirectly => None,
        }
    }

    /// The stage that is served or, while exposure is taken back, the one that failed. `None` before the start,
    /// after the end, and when nobody is served.
    pub const fn stage(&self) -> Option<StageName> {
        match self {
            Self::Running(_, active) | Self::Paused(_, active, _) => Some(active.stage),
            Self::RollingBack(_, failed) => Some(failed.stage),
            Self::RolledBack(_, served) => *served,
            Self::Absent | Self::Draft(_) | Self::Completed(_) | Self::Aborted(_) | Self::ShippedDirectly => {
                None
            }
        }
    }

    /// The gate that the rollout stands before at `at`; `None` when no stage is active.
    pub fn gate<'a>(&'a self, facts: &'a Facts, at: Timestamp) -> Option<Gate<'a>> {
        let (course, active, soak, watch) = match self {
            Self::Running(course, active) => (course, active, active.soak(&course.plan), Watch::Held),
            Self::Paused(course, active, watch) => (course, active, Soak::Interrupted, *watch),
            Self::Absent
            | Self::Draft(_)
            | Self::RollingBack(..)
            | Self::RolledBack(..)
            | Self::Completed(_)
            | Self::Aborted(_)
            | Self::ShippedDirectly => return None,
        };
        Some(Gate {
            from: active.stage,
            to: course.plan.next_move(active.stage, active.step),
            mode: course.plan.mode,
            soak,
            watch,
            evidence: &course.evidence,
            facts,
            at,
        })
    }
}

impl Active {
    /// When the soak of the present step ends.
    pub fn soaked_at(&self, plan: &Plan) -> Timestamp {
        plan.soaked_at(self.stage, self.step, self.stage_since, self.step_since)
    }

    /// Whether the last evaluation in this step found the gate open.
    pub fn gate_is_open(&self) -> bool {
        let passes = |outline: &Outline| !outline.is_empty() && outline.iter().all(|line| line.2.is_pass());
        self.gate.as_ref().is_some_and(passes)
    }

    fn soak(&self, plan: &Plan) -> Soak {
        Soak::Until(self.soaked_at(plan))
    }
}

impl Course {
    /// The entry into a step, as the next attempt.
    fn entry(&self, stage: StageName, step: usize, at: Timestamp, facts: Vec<Fact>) -> Entry {
        Entry {
            stage,
            attempt: self.attempts + 1,
            step,
            audience: self.plan.exposure(stage, step),
            at,
            facts,
        }
    }

    /// Down to a stage that was passed before: it is served as it was when it was left.
    fn demotion(&self, stage: StageName, issued: &Issued) -> Vec<Event> {
        let entry = self.entry(stage, self.plan.last_step(stage), issued.at, Vec::new());
        vec![Event::StageEntered(entry)]
    }
}

mod decide;
use decide::{
    abort, advance_step, complete, confirm_rollback, enter_stage, evaluate_gate, lose_watch, mark_overdue,
    pause, plan_rollout, record_evidence, request_rollback, restore_watch, resume, ship_directly, start,
};

#[cfg(test)]
mod tests;
