//! What a bet is measured by (rule B2).

use verdict_kernel::decision::{Blockers, known};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::ruling::Ruling;

use super::{Facts, Mode, Refusal};

/// What a metric is to the bet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The one by which the bet is right or wrong.
    Primary,
    Secondary,
    /// What must not get worse meanwhile.
    Guardrail,
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
    /// The type that the definition had when it was agreed (rule M1).
    pub metric_type: MetricType,
    /// Decimal text.
    pub target: String,
    pub direction: Direction,
}

/// A metric that somebody wants to agree on; its owner knows of which type it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub metric: String,
    pub role: Role,
    /// What the caller takes the type to be, if anything.
    pub believed: Option<MetricType>,
    pub target: String,
    pub direction: Direction,
}

impl Wish {
    /// The wish with the type that the metric has.
    pub(super) fn confirmed(self, facts: &Facts) -> Result<MetricTarget, Blockers> {
        let metric_type = *known(facts.metric_types.get(&self.metric), "the type of the metric")?;
        let Self { metric, role, target, direction, believed: _ } = self;
        Ok(MetricTarget { metric, role, metric_type, target, direction })
    }
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

/// There is exactly one primary metric, which is of type core, no guardrail is lagging, and no metric is there twice.
pub(super) fn judge_agreement(metrics: &[MetricTarget], ruling: &mut Ruling<'_>) {
    let gap = Refusal::MetricsIncomplete;
    let primaries: Vec<&MetricTarget> = metrics.iter().filter(|m| m.role == Role::Primary).collect();
    ruling.demand(primaries.len() == 1, || gap(MetricsGap::Primaries(primaries.len())));
    if let [primary] = primaries[..] {
        let core = primary.metric_type == MetricType::Core;
        ruling.demand(core, || gap(MetricsGap::PrimaryIs(primary.metric.clone(), primary.metric_type)));
    }
    let late = |m: &&MetricTarget| m.role == Role::Guardrail && m.metric_type == MetricType::Lagging;
    if let Some(late) = metrics.iter().find(late) {
        ruling.demand(false, || gap(MetricsGap::GuardrailIsLagging(late.metric.clone())));
    }
    let twice = |at: &usize| metrics[..*at].iter().any(|m| m.metric == metrics[*at].metric);
    if let Some(at) = (0..metrics.len()).find(twice) {
        ruling.demand(false, || gap(MetricsGap::Twice(metrics[at].metric.clone())));
    }
}

/// A bet is handed off with what will be able to judge it.
pub(super) fn judge_handoff(metrics: &[MetricTarget], mode: Mode, ruling: &mut Ruling<'_>) {
    judge_agreement(metrics, ruling);
    let guarded = match mode {
        Mode::Scaling => metrics.iter().any(|m| m.role == Role::Guardrail),
        // With five customers a guardrail may come later: the rollout asks for it before it leaves the team.
        Mode::ZeroToOne => true,
    };
    ruling.demand(guarded, || Refusal::MetricsIncomplete(MetricsGap::NoGuardrail));
}
