//! What a gate is told: the answers of the metrics context and the state of the flag, with their sources.

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Timestamp;

use super::clocks::Clocks;

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
    Known {
        killed: bool,
        /// Nothing raises a held flag.
        held: bool,
        /// Revision of the flag that says so.
        source: String,
    },
}

/// What the metrics context said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing, with the reason.
    Silent(String),
    Given(Confirmed),
    /// Facts of which nobody can say how old they are, because the own clock and the log's disagree.
    Undated(Confirmed, Clocks),
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
}

/// The type of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    Leading,
    Core,
    Lagging,
    Guardrail,
}

/// What is known of a metric of the bet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricFact {
    pub metric: String,
    /// `None` when no metric has that key.
    pub kind: Option<MetricKind>,
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
    /// The answer that this is, seen with a clock that was compared with the log's.
    #[must_use]
    pub fn seen_with(self, clocks: Option<Clocks>) -> Answer {
        match clocks {
            Some(clocks) if !clocks.agree() => Answer::Undated(self, clocks),
            Some(_) | None => Answer::Given(self),
        }
    }
}

impl Facts {
    /// Guardrails of the rollout; none when nobody answered.
    pub(super) fn guardrails(&self) -> &[GuardrailFact] {
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
            FlagFact::Known { killed, held, source } => Some(Fact {
                kind: FactKind::Flag,
                subject: String::new(),
                state: CheckState::from_bool(!killed && !held),
                source: source.clone(),
                confirmed_at: given.at,
            }),
            FlagFact::Unknown(_) => None,
        };
        let guardrails = given.guardrails.iter().map(guardrail);
        let metrics = given.metrics.iter().map(metric);
        flag.into_iter().chain(guardrails).chain(metrics).collect()
    }
}
