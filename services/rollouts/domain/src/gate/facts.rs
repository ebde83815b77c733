//! What a gate is told: the answers of the metrics context and the state of the flag, with their sources.

use std::time::Duration;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::{Timestamp, between};
use verdict_kernel::instrumentation::{MetricKind, MetricRole};

use super::clocks::Doubt;
use super::{CLOCK_TOLERANCE, FRESHNESS};
use crate::audience::Audience;

/// Facts that were gathered for one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub flag: FlagFact,
    pub metrics: Answer,
}

/// What is known of the flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagFact {
    /// No such flag, or it could not be read; the text says which.
    Unknown(String),
    Known(FlagStanding),
}

/// How the flag stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlagStanding {
    pub killed: bool,
    /// Causes of its holds: nothing raises a held flag.
    pub holds: Vec<String>,
    /// Whom it reaches now.
    pub served: Audience,
    /// The newest attempt of this rollout that asked for exposure.
    pub asked: Option<u32>,
    /// Of its newest change of exposure.
    pub version: u32,
    /// The version that turned it off or killed it last; 0 = nothing did.
    pub taken_away: u32,
    /// Revision of the flag that says so.
    pub source: String,
}

/// What the metrics context said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing, with the reason.
    Silent(String),
    Given(Confirmed),
    /// Facts of which nobody can say how old they are, because the own clock is in doubt.
    Undated(Confirmed, Doubt),
}

/// Facts that their owner confirmed at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    pub at: Timestamp,
    /// Log position that the answer rests on.
    pub source: String,
    pub guardrails: Vec<GuardrailFact>,
    pub metrics: Vec<MetricFact>,
}

/// The answer of one guardrail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailFact {
    pub guardrail: String,
    pub metric: String,
    pub state: CheckState,
    pub required: String,
    pub seen: String,
    /// Event of the answer.
    pub source: String,
    pub effect: GuardrailEffect,
    /// End of the newest window that the state rests on.
    pub as_of: Option<Timestamp>,
    /// What it raised over the rollout, open or settled.
    pub breaches: Vec<BreachFact>,
}

/// What a failing guardrail does (rule R21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GuardrailEffect {
    /// It is recorded and counts for nothing else.
    Shadow,
    /// The rollout pauses, and nobody loses what is served.
    Hold,
    #[default]
    Rollback,
}

/// A breach that a guardrail raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachFact {
    /// Event of the breach.
    pub id: String,
    pub stage: String,
    pub attempt: u32,
    pub at: Timestamp,
    pub acknowledged: bool,
    pub retracted: bool,
    pub critical: bool,
    /// What it was raised on; empty where nobody says.
    pub seen: String,
}

/// What is known of a metric of the bet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricFact {
    pub metric: String,
    /// `None` when no metric has that key.
    pub kind: Option<MetricKind>,
    /// What the bet agreed on it for.
    pub role: MetricRole,
    pub refresh: Duration,
    /// At least one real event was received.
    pub instrumented: bool,
    pub source: String,
}

/// What a recorded fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    Guardrail,
    Instrumentation,
    Flag,
    Evidence,
}

impl FactKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Guardrail, Self::Instrumentation, Self::Flag, Self::Evidence];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guardrail => "guardrail",
            Self::Instrumentation => "instrumentation",
            Self::Flag => "flag",
            Self::Evidence => "evidence",
        }
    }
}

/// A fact that a widening was decided on, as the event keeps it (rule R16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub kind: FactKind,
    pub subject: String,
    pub state: CheckState,
    pub source: String,
    pub confirmed_at: Timestamp,
}

impl Confirmed {
    /// The answer that this is, seen with a clock that is in doubt or in none.
    #[must_use]
    pub fn seen_with(self, doubt: Option<Doubt>) -> Answer {
        match doubt {
            Some(doubt) => Answer::Undated(self, doubt),
            None => Answer::Given(self),
        }
    }
}

impl Facts {
    /// Version of the flag that a decision on these facts rests on.
    pub(crate) const fn flag_version(&self) -> u32 {
        match &self.flag {
            FlagFact::Known(flag) => flag.version,
            FlagFact::Unknown(_) => 0,
        }
    }

    /// What the metrics context confirmed, or why it does not count at `at` (rule R16).
    pub(crate) fn confirmed(&self, at: Timestamp) -> Result<&Confirmed, (Unknown, String)> {
        match &self.metrics {
            Answer::Silent(why) => Err((Unknown::Unhealthy, format!("no answer: {why}"))),
            Answer::Undated(_, doubt) => Err((Unknown::Unhealthy, doubt.to_string())),
            Answer::Given(given) if between(given.at, at) > FRESHNESS => {
                Err((Unknown::Stale, format!("confirmed at {}", given.at)))
            }
            Answer::Given(given) if between(at, given.at) > CLOCK_TOLERANCE => {
                Err((Unknown::Unhealthy, format!("confirmed at {}, which is still to come", given.at)))
            }
            Answer::Given(given) => Ok(given),
        }
    }

    /// Guardrails of the rollout; none when nobody answered.
    pub(crate) fn guardrails(&self) -> &[GuardrailFact] {
        match &self.metrics {
            Answer::Silent(_) => &[],
            Answer::Given(given) | Answer::Undated(given, _) => &given.guardrails,
        }
    }

    /// Metrics of the bet; none when nobody answered.
    pub(super) fn metrics(&self) -> &[MetricFact] {
        match &self.metrics {
            Answer::Silent(_) => &[],
            Answer::Given(given) | Answer::Undated(given, _) => &given.metrics,
        }
    }

    /// The facts of others in the form in which an event keeps them.
    pub(super) fn recorded(&self) -> Vec<Fact> {
        let Answer::Given(given) = &self.metrics else {
            return Vec::new();
        };
        let guardrail = |fact: &GuardrailFact| Fact {
            kind: FactKind::Guardrail,
            subject: fact.metric.clone(),
            state: fact.state,
            source: fact.source.clone(),
            confirmed_at: given.at,
        };
        let metric = |fact: &MetricFact| Fact {
            kind: FactKind::Instrumentation,
            subject: fact.metric.clone(),
            state: CheckState::from_bool(fact.instrumented),
            source: fact.source.clone(),
            confirmed_at: given.at,
        };
        let flag = match &self.flag {
            FlagFact::Known(flag) => Some(Fact {
                kind: FactKind::Flag,
                subject: String::new(),
                state: CheckState::from_bool(!flag.killed && flag.holds.is_empty()),
                source: flag.source.clone(),
                confirmed_at: given.at,
            }),
            FlagFact::Unknown(_) => None,
        };
        let guardrails = given.guardrails.iter().map(guardrail);
        let metrics = given.metrics.iter().map(metric);
        flag.into_iter().chain(guardrails).chain(metrics).collect()
    }
}
