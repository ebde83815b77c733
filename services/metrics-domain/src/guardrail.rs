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
//! per stage attempt; an answer that is not newer than the last one is a repeat; nothing here widens anything.

use std::cmp::Ordering;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Refusal as Refused;
use verdict_kernel::rule::RuleId;

use crate::evaluation::{Severity, Terms};
use crate::metric::kind::MetricType;

/// Command -> what undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Arm", "Disarm"),
    ("Answer", "Retract"),
    ("Acknowledge", "none: that somebody has seen the breach is a fact"),
    ("Retract", "none: the next failing answer after a pass breaches again"),
    ("Disarm", "Rearm"),
    ("Rearm", "Disarm"),
];

/// A guardrail as it is armed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arming {
    /// Key of the metric.
    pub metric: String,
    pub rollout: RolloutId,
    pub terms: Terms,
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
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `kind` is the type of the metric.
    Arm {
        arming: Arming,
        kind: MetricType,
    },
    Answer(Answer),
    Acknowledge,
    Retract,
    Disarm,
    Rearm,
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
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Armed(Arming),
    AnswerChanged { state: CheckState, as_of: Timestamp, seen: String, sample: u32 },
    Breached(Breach),
    Acknowledged,
    Recovered { as_of: Timestamp },
    Retracted { reason: String },
    Disarmed { reason: String },
    Rearmed,
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

/// A guardrail that was armed, with what it remembers in every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardrail {
    pub arming: Arming,
    pub last: Last,
    /// Breaches raised so far.
    pub breaches: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Unarmed,
    Armed(Guardrail),
    /// The breach of `attempt` was false; the episode goes on without another one for it.
    Excused {
        guardrail: Guardrail,
        attempt: u32,
    },
    Breached {
        guardrail: Guardrail,
        attempt: u32,
    },
    Acknowledged {
        guardrail: Guardrail,
        attempt: u32,
    },
    Recovered(Guardrail),
    Disarmed(Guardrail),
}

impl State {
    /// The guardrail; `None` before it is armed.
    pub const fn guardrail(&self) -> Option<&Guardrail> {
        match self {
            Self::Unarmed => None,
            Self::Armed(guardrail)
            | Self::Excused { guardrail, .. }
            | Self::Breached { guardrail, .. }
            | Self::Acknowledged { guardrail, .. }
            | Self::Recovered(guardrail)
            | Self::Disarmed(guardrail) => Some(guardrail),
        }
    }

    /// Whether answers matter: armed, and not disarmed since.
    pub const fn is_watching(&self) -> bool {
        match self {
            Self::Unarmed | Self::Disarmed(_) => false,
            Self::Armed(_)
            | Self::Excused { .. }
            | Self::Breached { .. }
            | Self::Acknowledged { .. }
            | Self::Recovered(_) => true,
        }
    }

    /// Whether a breach is open: neither recovered from nor retracted.
    pub const fn is_breached(&self) -> bool {
        self.open_attempt().is_some()
    }

    /// The newest attempt that a breach of the present episode names, retracted or not.
    pub const fn episode(&self) -> Option<u32> {
        match self {
            Self::Unarmed | Self::Armed(_) | Self::Recovered(_) | Self::Disarmed(_) => None,
            Self::Excused { attempt, .. }
            | Self::Breached { attempt, .. }
            | Self::Acknowledged { attempt, .. } => Some(*attempt),
        }
    }

    const fn open_attempt(&self) -> Option<u32> {
        match self {
            Self::Unarmed
            | Self::Armed(_)
            | Self::Excused { .. }
            | Self::Recovered(_)
            | Self::Disarmed(_) => None,
            Self::Breached { attempt, .. } | Self::Acknowledged { attempt, .. } => Some(*attempt),
        }
    }

    /// The name of the state in views. An excused guardrail is armed like any other.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unarmed => "unarmed",
            Self::Armed(_) | Self::Excused { .. } => "armed",
            Self::Breached { .. } => "breached",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Recovered(_) => "recovered",
            Self::Disarmed(_) => "disarmed",
        }
    }

    /// Whether an answer of `state` at `as_of` would change anything while the rollout is in `attempt`.
    pub fn would_change(&self, state: CheckState, as_of: Timestamp, attempt: Option<u32>) -> bool {
        let Some(guardrail) = self.guardrail().filter(|_| self.is_watching()) else {
            return false;
        };
        let breaches = state == CheckState::Fail && attempt.is_some_and(|now| is_new_breach(self, now));
        is_news(&guardrail.last, state, as_of) && (breaches || guardrail.last.state() != state)
    }
}

/// Why a command was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the lagging metric '{metric}' moves too slowly to decide on a rollout")]
    LaggingGate { metric: String },
    #[error("the guardrail is not armed")]
    Unarmed,
    #[error("the guardrail is already armed on '{metric}'")]
    ArmedAlready { metric: String },
    #[error("the guardrail has no open breach")]
    NotBreached,
    #[error("{what} needs a reason")]
    ReasonMissing { what: &'static str },
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        match refusal {
            Refusal::LaggingGate { .. } => Self::by(RuleId::M2, "lagging_metric_gates", sentence)
                .compared("a leading, core or guardrail metric", "a lagging metric")
                .next("arm the guardrail on a metric that leads to it"),
            Refusal::Unarmed => Self::out_of_order("guardrail_unarmed", sentence)
                .next("verdict guardrail arm --metric <key> --rollout <rollout>"),
            Refusal::ArmedAlready { .. } => Self::out_of_order("guardrail_already_armed", sentence)
                .next("verdict guardrail arm with a new command id arms another one"),
            Refusal::NotBreached => Self::out_of_order("guardrail_not_breached", sentence)
                .next("verdict guardrail get <guardrail> shows its last answer"),
            Refusal::ReasonMissing { .. } => Self::out_of_order("reason_missing", sentence)
                .compared("a reason", "none")
                .next("add --reason"),
        }
    }
}

impl Decider for Guardrail {
    const CATEGORY: &'static str = "metrics.guardrail";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(state: &State, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
        match (state, command) {
            (State::Unarmed, Command::Arm { arming, kind }) => arm(arming, kind),
            (
                State::Unarmed,
                Command::Answer(_)
                | Command::Acknowledge
                | Command::Retract
                | Command::Disarm
                | Command::Rearm,
            ) => Err(Refusal::Unarmed),
            (
                State::Armed(guardrail)
                | State::Excused { guardrail, .. }
                | State::Breached { guardrail, .. }
                | State::Acknowledged { guardrail, .. }
                | State::Recovered(guardrail)
                | State::Disarmed(guardrail),
                Command::Arm { arming, .. },
            ) => arm_again(guardrail, arming),
            (
                State::Armed(guardrail)
                | State::Excused { guardrail, .. }
                | State::Breached { guardrail, .. }
                | State::Acknowledged { guardrail, .. }
                | State::Recovered(guardrail),
                Command::Answer(answer),
            ) => Ok(answered(state, guardrail, answer)),
            (State::Breached { .. }, Command::Acknowledge) => Ok(vec![Event::Acknowledged]),
            (State::Breached { .. } | State::Acknowledged { .. }, Command::Retract) => {
                reason(issued, "a retraction").map(|reason| vec![Event::Retracted { reason }])
            }
            (State::Armed(_) | State::Recovered(_) | State::Disarmed(_), Command::Retract)
            | (
                State::Armed(_) | State::Excused { .. } | State::Recovered(_) | State::Disarmed(_),
                Command::Acknowledge,
            ) => Err(Refusal::NotBreached),
            (
                State::Armed(_)
                | State::Excused { .. }
                | State::Breached { .. }
                | State::Acknowledged { .. }
                | State::Recovered(_),
                Command::Disarm,
            ) => reason(issued, "disarming").map(|reason| vec![Event::Disarmed { reason }]),
            (State::Disarmed(_), Command::Rearm) => Ok(vec![Event::Rearmed]),
            // Repeats: already so, or nobody listens.
            (State::Acknowledged { .. }, Command::Acknowledge)
            | (State::Excused { .. }, Command::Retract)
            | (State::Disarmed(_), Command::Answer(_) | Command::Disarm)
            | (
                State::Armed(_)
                | State::Excused { .. }
                | State::Breached { .. }
                | State::Acknowledged { .. }
                | State::Recovered(_),
                Command::Rearm,
            ) => Ok(Vec::new()),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }
}

/// Rule M2.
fn arm(arming: Arming, kind: MetricType) -> Result<Vec<Event>, Refusal> {
    if kind.may_gate() {
        Ok(vec![Event::Armed(arming)])
    } else {
        Err(Refusal::LaggingGate { metric: arming.metric })
    }
}

fn arm_again(guardrail: &Guardrail, arming: Arming) -> Result<Vec<Event>, Refusal> {
    if guardrail.arming == arming {
        Ok(Vec::new())
    } else {
        Err(Refusal::ArmedAlready { metric: guardrail.arming.metric.clone() })
    }
}

fn reason(issued: &Issued, what: &'static str) -> Result<String, Refusal> {
    match issued.reason.trim() {
        "" => Err(Refusal::ReasonMissing { what }),
        reason => Ok(reason.to_owned()),
    }
}

fn answered(state: &State, guardrail: &Guardrail, answer: Answer) -> Vec<Event> {
    if !is_news(&guardrail.last, answer.state, answer.as_of) {
        return Vec::new();
    }
    let changed = (guardrail.last.state() != answer.state).then(|| Event::AnswerChanged {
        state: answer.state,
        as_of: answer.as_of,
        seen: answer.seen.clone(),
        sample: answer.sample,
    });
    let follows = match answer.state {
        CheckState::Fail => breach(state, guardrail, answer).map(Event::Breached),
        CheckState::Pass => state.is_breached().then_some(Event::Recovered { as_of: answer.as_of }),
        CheckState::Unknown(_) => None,
    };
    changed.into_iter().chain(follows).collect()
}

/// Newer than the last answer, or worse at the same instant: data that comes late may still reveal a failure, and
/// data that stops coming makes an answer stale. It never makes a failure undone.
fn is_news(last: &Last, state: CheckState, as_of: Timestamp) -> bool {
    match last {
        Last::Nothing => true,
        Last::Given { state: before, as_of: then, .. } => match as_of.cmp(then) {
            Ordering::Greater => true,
            Ordering::Equal => badness(state) > badness(*before),
            Ordering::Less => false,
        },
    }
}

const fn badness(state: CheckState) -> u8 {
    match state {
        CheckState::Pass
        | CheckState::Unknown(
            Unknown::NoData | Unknown::Insufficient | Unknown::Inconclusive | Unknown::Unhealthy,
        ) => 0,
        CheckState::Fail => 1,
        CheckState::Unknown(Unknown::Stale) => 2,
    }
}

/// A breach is raised once per episode, and once more for each later attempt that still fails.
fn is_new_breach(state: &State, attempt: u32) -> bool {
    state.episode().is_none_or(|named| attempt > named)
}

fn breach(state: &State, guardrail: &Guardrail, answer: Answer) -> Option<Breach> {
    let at = answer.attempt.filter(|at| is_new_breach(state, at.attempt))?;
    let Arming { metric, rollout, terms } = &guardrail.arming;
    Some(Breach {
        rollout: *rollout,
        at,
        metric: metric.clone(),
        as_of: answer.as_of,
        required: terms.rule.to_string(),
        seen: answer.seen,
        critical: matches!(terms.severity, Severity::Critical { .. }),
    })
}

mod evolve;
#[cfg(test)]
mod tests;
