//! Commands on metrics and guardrails.

use verdict_documents::bet::Trend;
use verdict_documents::metric::{
    Aggregation, Effect, GuardrailSpec, Judge, MetricDefinitionSpec, MetricType, Severity,
};
use verdict_proto::metrics::v1 as pb;

use super::{count, decimal};

pub(super) fn define(key: &str, metric: &MetricDefinitionSpec) -> pb::DefineMetric {
    let kind = match metric.kind {
        MetricType::Leading => pb::MetricType::Leading,
        MetricType::Core => pb::MetricType::Core,
        MetricType::Lagging => pb::MetricType::Lagging,
        MetricType::Guardrail => pb::MetricType::Guardrail,
    };
    let aggregation = match metric.aggregation {
        Aggregation::Mean => pb::Aggregation::Mean,
        Aggregation::Percentile => pb::Aggregation::Percentile,
        Aggregation::Minimum => pb::Aggregation::Minimum,
        Aggregation::Maximum => pb::Aggregation::Maximum,
    };
    pb::DefineMetric {
        key: key.to_owned(),
        r#type: kind.into(),
        unit: metric.unit.clone().unwrap_or_default(),
        good: trend(metric.good).into(),
        target: decimal(metric.target.as_ref()),
        baseline: decimal(metric.baseline.as_ref()),
        refresh_seconds: metric.refresh_seconds.map(count).unwrap_or_default(),
        leads_to: metric.leads_to.iter().map(|link| link.key.to_string()).collect(),
        aggregation: aggregation.into(),
    }
}

pub(super) const fn trend(trend: Trend) -> pb::Trend {
    match trend {
        Trend::Increase => pb::Trend::Increase,
        Trend::Decrease => pb::Trend::Decrease,
    }
}

pub(super) const fn effect(effect: Effect) -> pb::GuardrailEffect {
    match effect {
        Effect::Shadow => pb::GuardrailEffect::Shadow,
        Effect::Hold => pb::GuardrailEffect::Hold,
        Effect::Rollback => pb::GuardrailEffect::Rollback,
    }
}

pub(super) fn arm(metric: &str, guardrail: &GuardrailSpec) -> pb::ArmGuardrail {
    let (comparison, value) = match (&guardrail.fails_above, &guardrail.fails_below) {
        (Some(value), _) => (pb::Comparison::Above, Some(value)),
        (None, value) => (pb::Comparison::Below, value.as_ref()),
    };
    let judge = match guardrail.judge {
        Judge::Merged => pb::Judge::Merged,
        Judge::EachSource => pb::Judge::EachSource,
    };
    let threshold = pb::Threshold {
        comparison: Some(comparison.into()),
        value: value.map(ToString::to_string),
        for_points: Some(count(guardrail.for_points)),
    };
    pb::ArmGuardrail {
        metric: metric.to_owned(),
        rollout_id: guardrail.rollout_ref.key.to_string(),
        rule: Some(pb::arm_guardrail::Rule::Threshold(threshold)),
        min_sample: count(guardrail.min_sample),
        critical: guardrail.severity == Severity::Critical,
        critical_events: guardrail.critical_events.map(count).unwrap_or_default(),
        effect: effect(guardrail.effect).into(),
        judge: judge.into(),
        key: guardrail.key.to_string(),
    }
}
