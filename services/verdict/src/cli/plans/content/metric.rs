//! Metric definitions and guardrails as documents.

use verdict_documents::bet::Trend;
use verdict_documents::metric::{
    Aggregation, Effect, GuardrailSpec, Judge, MetricDefinitionSpec, MetricType, Severity,
};
use verdict_documents::{Decimal, Key, Reference};
use verdict_proto::metrics::v1 as pb;

use super::{decimal, unsaid, whole};
use crate::failure::Failure;

/// A metric without its guardrails, which are things of their own.
pub fn metric(view: &pb::MetricView) -> Result<MetricDefinitionSpec, Failure> {
    Ok(MetricDefinitionSpec {
        key: None,
        kind: match view.r#type() {
            pb::MetricType::Leading => MetricType::Leading,
            pb::MetricType::Core => MetricType::Core,
            pb::MetricType::Lagging => MetricType::Lagging,
            pb::MetricType::Guardrail => MetricType::Guardrail,
            pb::MetricType::Unspecified => return Err(unsaid("the type of the metric")),
        },
        unit: Some(view.unit.clone()).filter(|unit| !unit.is_empty()),
        good: match view.good() {
            pb::Trend::Increase => Trend::Increase,
            pb::Trend::Decrease => Trend::Decrease,
            pb::Trend::Unspecified => return Err(unsaid("the direction that is good")),
        },
        target: decimal(&view.target),
        baseline: decimal(&view.baseline),
        refresh_seconds: Some(whole(view.refresh_seconds)),
        aggregation: match view.aggregation() {
            pb::Aggregation::Mean | pb::Aggregation::Unspecified => Aggregation::Mean,
            pb::Aggregation::Percentile => Aggregation::Percentile,
            pb::Aggregation::Minimum => Aggregation::Minimum,
            pb::Aggregation::Maximum => Aggregation::Maximum,
        },
        leads_to: view.leads_to.iter().map(|key| Reference::from(key.as_str())).collect(),
        guardrails: Vec::new(),
    })
}

/// A guardrail of the rollout with this key.
pub fn guardrail(view: &pb::GuardrailView, rollout: &str) -> Result<GuardrailSpec, Failure> {
    let bound = view.threshold.clone().ok_or_else(|| unsaid("the rule of the guardrail"))?;
    let value = || Some(Decimal::from(bound.value()));
    let (fails_above, fails_below) = match bound.comparison() {
        pb::Comparison::Above => (value(), None),
        pb::Comparison::Below => (None, value()),
        pb::Comparison::Unspecified => return Err(unsaid("the side of the bound of the guardrail")),
    };
    Ok(GuardrailSpec {
        key: Key::from(view.key.as_str()),
        rollout_ref: Reference::from(rollout),
        fails_above,
        fails_below,
        for_points: whole(bound.for_points()),
        min_sample: whole(view.min_sample),
        severity: if view.critical { Severity::Critical } else { Severity::Normal },
        critical_events: view.critical.then(|| whole(view.critical_events)),
        effect: match view.effect() {
            pb::GuardrailEffect::Shadow => Effect::Shadow,
            pb::GuardrailEffect::Hold => Effect::Hold,
            pb::GuardrailEffect::Rollback => Effect::Rollback,
            pb::GuardrailEffect::Unspecified => return Err(unsaid("the effect of the guardrail")),
        },
        judge: match view.judge() {
            pb::Judge::Merged | pb::Judge::Unspecified => Judge::Merged,
            pb::Judge::EachSource => Judge::EachSource,
        },
    })
}
