//! One arming of a guardrail: it holds the last answer of the evaluation and raises a breach for each stage attempt
//! that fails.
//!
//! ```text
//!   Unarmed ──arm──> Armed ──Fail──> Breached ──acknowledge──> Acknowledged
//!                    ^ │  ^            │   │                       │
//!            retract │ │  └──retract───┘   └────────Pass───────────┤
//!                    │ v                                           v
//!                  Excused ──Pass──> Armed      Recovered <────────┘    Recovered ──Fail──> Breached
//!                    from each of them: disarm ──> Disarmed ──rearm──> Armed
//! ```
//!
//! Invariants: an answer is recorded only when it changes; an episode (from Fail to the next Pass) raises one breach
//! per stage attempt; an answer that is not newer than the last one is a repeat, unless rows were taken back or it is a
//! failure and the last one is of a time that is still to come; every breach is remembered with what became of it; a
//! guardrail of effect shadow breaches nothing (rule R21); nothing here widens anything.

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_kernel::principal::Issued;

use crate::evaluation::{Judge, Rule, Severity, Terms};

mod decide;
mod doubts;
mod evolve;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use doubts::{Known, Share};
pub use refusal::Refusal;
pub use state::State;

/// Command -> what undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Arm", "Disarm"),
    ("Answer", "Retract"),
    ("Acknowledge", "none: that somebody has seen the breach is a fact"),
    ("Retract", "none: the next failing answer after a pass breaches again"),
    ("Disarm", "Rearm"),
    ("Rearm", "Disarm"),
    ("SetEffect", "SetEffect: back to the effect before"),
    ("Reconsider", "Answer: the rows are sent again"),
];

/// What a failing guardrail does (rule R21), the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Records that it would have breached, and nothing else.
    Shadow,
    /// Stops the widening: the rollout pauses, and nobody loses what is served.
    Hold,
    Rollback,
}

impl Effect {
    pub const ALL: [Self; 3] = [Self::Shadow, Self::Hold, Self::Rollback];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shadow => "shadow",
            Self::Hold => "hold",
            Self::Rollback => "rollback",
        }
    }
}

/// A guardrail as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// Key of the metric.
    pub metric: String,
    pub rollout: RolloutId,
    pub rule: Rule,
    pub min_sample: u32,
    pub severity: Severity,
    pub effect: Effect,
    pub judge: Judge,
}

/// A guardrail as it is armed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arming {
    /// Key of the metric.
    pub metric: String,
    pub rollout: RolloutId,
    pub terms: Terms,
    pub effect: Effect,
}

/// The stage attempt that a failure concerns, and what serves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageAttempt {
    pub stage: String,
    /// Position of the stage in the plan, from 0.
    pub stage_index: u32,
    /// Counts from 1 over the life of the rollout.
    pub attempt: u32,
    pub flag: FlagId,
    /// `None` for a rollout without a bet.
    pub bet: Option<BetId>,
}

/// What the evaluation found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub state: CheckState,
    /// End of the newest window that the answer rests on.
    pub as_of: Timestamp,
    pub seen: String,
    pub sample: u32,
    /// Where the rollout is; `None` before its first stage and after its end.
    pub attempt: Option<StageAttempt>,
    /// When it was found, by the clock of who judges: that of the stream never goes back, and this one may.
    pub found_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Arm(Arm),
    Answer(Answer),
    /// The breaches of this stage attempt; `None` = of that of the newest breach.
    Acknowledge {
        attempt: Option<u32>,
    },
    /// As for `Acknowledge`.
    Retract {
        attempt: Option<u32>,
    },
    Disarm,
    Rearm,
    SetEffect {
        effect: Effect,
    },
    /// What is true after rows were taken back (rule M14): `answer` counts even when it is older than the last one, and
    /// the breaches of the attempts `unfounded` rest on rows that are gone.
    Reconsider {
        answer: Answer,
        unfounded: Vec<u32>,
    },
}

/// A breach: everything that a rollback needs to know (design clause 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    pub rollout: RolloutId,
    pub at: StageAttempt,
    pub metric: String,
    pub as_of: Timestamp,
    pub required: String,
    pub seen: String,
    pub critical: bool,
    pub effect: Effect,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Armed(Arming),
    AnswerChanged {
        rollout: RolloutId,
        state: CheckState,
        as_of: Timestamp,
        seen: String,
        sample: u32,
    },
    Breached(Breach),
    /// What a guardrail of effect shadow says in place of a breach.
    WouldHaveBreached(Breach),
    Acknowledged {
        attempt: u32,
    },
    Recovered {
        as_of: Timestamp,
    },
    Retracted {
        reason: String,
        attempt: u32,
    },
    Disarmed {
        reason: String,
    },
    Rearmed,
    EffectChanged {
        effect: Effect,
        reason: String,
    },
}

/// The last answer that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Last {
    Nothing,
    Given { state: CheckState, as_of: Timestamp, seen: String },
}

impl Last {
    /// The state of the answer; no answer is no data.
    pub const fn state(&self) -> CheckState {
        match self {
            Self::Nothing => CheckState::Unknown(Unknown::NoData),
            Self::Given { state, .. } => *state,
        }
    }

    pub const fn as_of(&self) -> Option<Timestamp> {
        match self {
            Self::Nothing => None,
            Self::Given { as_of, .. } => Some(*as_of),
        }
    }
}

/// What somebody said about a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Open,
    Acknowledged,
    /// It was false.
    Retracted,
}

/// A breach as it is remembered, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    pub stage: String,
    pub attempt: u32,
    pub as_of: Timestamp,
    /// What it was raised on.
    pub seen: String,
    pub critical: bool,
    pub effect: Effect,
    pub verdict: Verdict,
    /// The guardrail has passed since.
    pub recovered: bool,
}

impl Raised {
    /// Whether nobody has to do anything about it any more (rule R23).
    pub const fn is_settled(&self) -> bool {
        match self.verdict {
            Verdict::Open => false,
            Verdict::Acknowledged => self.recovered,
            Verdict::Retracted => true,
        }
    }
}

/// What a guardrail of effect shadow would have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shadowed {
    pub count: u32,
    /// The newest attempt of the present episode that would have been breached.
    pub attempt: Option<u32>,
}

/// A guardrail that was armed, with what it remembers in every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardrail {
    pub arming: Arming,
    /// The effect of now, which may not be that of the arming.
    pub effect: Effect,
    pub last: Last,
    /// Every breach, the oldest first.
    pub raised: Vec<Raised>,
    pub shadowed: Shadowed,
}

impl Decider for Guardrail {
    const CATEGORY: &'static str = "metrics.guardrail";
    type State = State;
    type Command = Command;
    type Event = Event;
    /// What is known of the metric that it is armed on.
    type Facts = Option<Known>;

    fn decide(
        state: &State,
        command: Command,
        metric: &Option<Known>,
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        decide::decide(state, command, metric.as_ref(), issued)
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}
