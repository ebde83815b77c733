//! What a bet is measured by (rule B2).

use super::{Mode, Refusal};

/// What a metric is to the bet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one by which the bet is right or wrong.
    Primary,
    Secondary,
    /// What must not get worse meanwhile.
    Guardrail,
}

/// The type that the metric's definition had when it was agreed (rule M1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricType {
    Leading,
    Core,
    Lagging,
    Guardrail,
}

impl MetricType {
    pub const ALL: [Self; 4] = [Self::Leading, Self::Core, Self::Lagging, Self::Guardrail];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Core => "core",
            Self::Lagging => "lagging",
            Self::Guardrail => "guardrail",
        }
    }
}

/// Where the value should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Increase,
    Decrease,
}

/// A metric, and what the team wants of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricTarget {
    /// Key of a metric definition.
    pub metric: String,
    pub role: Role,
    pub metric_type: MetricType,
    /// Decimal text.
    pub target: String,
    pub direction: Direction,
}

/// What is wrong with a list of metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetricsGap {
    /// So many primary metrics instead of one.
    Primaries(usize),
    /// The primary metric is not of type core.
    PrimaryIs(String, MetricType),
    /// A guardrail is of type lagging, which comes too late to guard anything (rule M2).
    GuardrailIsLagging(String),
    /// A metric is listed twice.
    Twice(String),
    /// A team in scaling mode has no guardrail.
    NoGuardrail,
}

/// Refuses a list without exactly one primary metric of type core, with a lagging guardrail, or with a metric in it
/// twice.
pub(super) fn check_agreement(metrics: &[MetricTarget]) -> Result<(), Refusal> {
    let gap = |gap| Err(Refusal::MetricsIncomplete(gap));
    let primaries: Vec<&MetricTarget> = metrics.iter().filter(|m| m.role == Role::Primary).collect();
    match primaries.as_slice() {
        [primary] if primary.metric_type != MetricType::Core => {
            return gap(MetricsGap::PrimaryIs(primary.metric.clone(), primary.metric_type));
        }
        [_] => {}
        others => return gap(MetricsGap::Primaries(others.len())),
    }
    let late = |m: &&MetricTarget| m.role == Role::Guardrail && m.metric_type == MetricType::Lagging;
    if let Some(late) = metrics.iter().find(late) {
        return gap(MetricsGap::GuardrailIsLagging(late.metric.clone()));
    }
    let twice = |at: usize| metrics[..at].iter().any(|m| m.metric == metrics[at].metric);
    match (0..metrics.len()).find(|&at| twice(at)) {
        Some(at) => gap(MetricsGap::Twice(metrics[at].metric.clone())),
        None => Ok(()),
    }
}

/// Refuses the hand-off of a bet that nothing will be able to judge.
pub(super) fn check_handoff(metrics: &[MetricTarget], mode: Mode) -> Result<(), Refusal> {
    check_agreement(metrics)?;
    match mode {
        Mode::Scaling if !metrics.iter().any(|m| m.role == Role::Guardrail) => {
            Err(Refusal::MetricsIncomplete(MetricsGap::NoGuardrail))
        }
        // With five customers a guardrail may come later: the rollout asks for it before it leaves the team.
        Mode::Scaling | Mode::ZeroToOne => Ok(()),
    }
}
