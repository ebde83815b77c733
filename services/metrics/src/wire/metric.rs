//! Metric events as `metrics.Metric.<Message>.v1`.

use std::time::Duration;

use verdict_metrics_domain::metric::kind::MetricType;
use verdict_metrics_domain::metric::{Definition, Event, Goal, Link, Metric, Proof, Retraction, Trend};
use verdict_metrics_domain::points::Aggregation;
use verdict_metrics_domain::value::Value;
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

/// The rim of [`Metric`].
#[derive(Debug, Clone, Copy)]
pub struct MetricWire;

impl Wire for MetricWire {
    type Aggregate = Metric;

    const TYPES: &'static str = "metrics.Metric";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Defined(definition) => {
                Stored::new("metrics.Metric.MetricDefined.v1", &defined(definition))
            }
            Event::InstrumentationVerified(proof) => Stored::new(
                "metrics.Metric.InstrumentationVerified.v1",
                &pb::InstrumentationVerified {
                    source: Some(proof.source.clone()),
                    window_end: Some(proof.window_end.to_string()),
                },
            ),
            Event::Activated => Stored::new("metrics.Metric.MetricActivated.v1", &pb::MetricActivated {}),
            Event::Revised { revision, goal } => Stored::new(
                "metrics.Metric.MetricRevised.v1",
                &pb::MetricRevised {
                    revision: Some(*revision),
                    target: decimal(goal.target),
                    baseline: decimal(goal.baseline),
                    good: Some(trend(goal.good).into()),
                },
            ),
            Event::Retired => Stored::new("metrics.Metric.MetricRetired.v1", &pb::MetricRetired {}),
            Event::ObservationsRetracted { retraction, rows, reason } => Stored::new(
                "metrics.Metric.ObservationsRetracted.v1",
                &pb::ObservationsRetracted {
                    source: Some(retraction.source.clone()),
                    from: Some(retraction.from.to_string()),
                    to: Some(retraction.to.to_string()),
                    rows: Some(*rows),
                    reason: Some(reason.clone()),
                },
            ),
            Event::Restored => Stored::new("metrics.Metric.MetricRestored.v1", &pb::MetricRestored {}),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let event = match event_type {
            "metrics.Metric.MetricDefined.v1" => Event::Defined(definition(parse(data)?)?),
            "metrics.Metric.InstrumentationVerified.v1" => {
                let verified: pb::InstrumentationVerified = parse(data)?;
                Event::InstrumentationVerified(Proof {
                    window_end: parsed(verified.window_end.as_deref(), "window_end")?,
                    source: required(verified.source, "source")?,
                })
            }
            "metrics.Metric.MetricActivated.v1" => Event::Activated,
            "metrics.Metric.MetricRevised.v1" => {
                let revised: pb::MetricRevised = parse(data)?;
                Event::Revised {
                    revision: required(revised.revision, "revision")?,
                    goal: Goal {
                        target: read_decimal(revised.target.as_deref(), "target")?,
                        baseline: read_decimal(revised.baseline.as_deref(), "baseline")?,
                        good: required(read_trend(revised.good()), "good")?,
                    },
                }
            }
            "metrics.Metric.MetricRetired.v1" => Event::Retired,
            "metrics.Metric.ObservationsRetracted.v1" => {
                let retracted: pb::ObservationsRetracted = parse(data)?;
                Event::ObservationsRetracted {
                    retraction: Retraction {
                        source: required(retracted.source, "source")?,
                        from: parsed(retracted.from.as_deref(), "from")?,
                        to: parsed(retracted.to.as_deref(), "to")?,
                    },
                    rows: required(retracted.rows, "rows")?,
                    reason: required(retracted.reason, "reason")?,
                }
            }
            "metrics.Metric.MetricRestored.v1" => Event::Restored,
            _ => return Err(DecodeError::UnknownType),
        };
        Ok(Some(event))
    }
}

fn defined(definition: &Definition) -> pb::MetricDefined {
    let linked = |link: &Link| pb::LinkedMetric {
        key: Some(link.key.clone()),
        r#type: Some(metric_type(link.kind).into()),
    };
    pb::MetricDefined {
        key: Some(definition.key.clone()),
        r#type: Some(metric_type(definition.kind).into()),
        unit: Some(definition.unit.clone()),
        good: Some(trend(definition.good).into()),
        target: decimal(definition.target),
        baseline: decimal(definition.baseline),
        refresh_seconds: Some(seconds(definition.refresh)),
        leads_to: definition.leads_to.iter().map(|link| link.key.clone()).collect(),
        linked: definition.leads_to.iter().map(linked).collect(),
        aggregation: Some(aggregation(definition.aggregation).into()),
    }
}

fn definition(defined: pb::MetricDefined) -> Result<Definition, DecodeError> {
    let link = |linked: pb::LinkedMetric| {
        Ok(Link {
            kind: required(read_metric_type(linked.r#type()), "linked.type")?,
            key: required(linked.key, "linked.key")?,
        })
    };
    Ok(Definition {
        kind: required(read_metric_type(defined.r#type()), "type")?,
        // Written before there were others.
        aggregation: read_aggregation(defined.aggregation()).unwrap_or_default(),
        good: required(read_trend(defined.good()), "good")?,
        target: read_decimal(defined.target.as_deref(), "target")?,
        baseline: read_decimal(defined.baseline.as_deref(), "baseline")?,
        refresh: Duration::from_secs(required(defined.refresh_seconds, "refresh_seconds")?.into()),
        leads_to: defined.linked.into_iter().map(link).collect::<Result<_, _>>()?,
        key: required(defined.key, "key")?,
        unit: required(defined.unit, "unit")?,
        revision: 1,
    })
}

/// A duration in whole seconds.
pub fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs()).unwrap_or(u32::MAX)
}

fn decimal(value: Option<Value>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn read_decimal(text: Option<&str>, field: &'static str) -> Result<Option<Value>, DecodeError> {
    text.map(|text| parsed(Some(text), field)).transpose()
}

/// A metric type as the contracts spell it.
pub const fn metric_type(kind: MetricType) -> pb::MetricType {
    match kind {
        MetricType::Leading => pb::MetricType::Leading,
        MetricType::Core => pb::MetricType::Core,
        MetricType::Lagging => pb::MetricType::Lagging,
        MetricType::Guardrail => pb::MetricType::Guardrail,
    }
}

/// The metric type that a contract value stands for; `None` for UNSPECIFIED.
pub const fn read_metric_type(kind: pb::MetricType) -> Option<MetricType> {
    match kind {
        pb::MetricType::Unspecified => None,
        pb::MetricType::Leading => Some(MetricType::Leading),
        pb::MetricType::Core => Some(MetricType::Core),
        pb::MetricType::Lagging => Some(MetricType::Lagging),
        pb::MetricType::Guardrail => Some(MetricType::Guardrail),
    }
}

/// An aggregation as the contracts spell it.
pub const fn aggregation(aggregation: Aggregation) -> pb::Aggregation {
    match aggregation {
        Aggregation::Mean => pb::Aggregation::Mean,
        Aggregation::Percentile => pb::Aggregation::Percentile,
        Aggregation::Minimum => pb::Aggregation::Minimum,
        Aggregation::Maximum => pb::Aggregation::Maximum,
    }
}

/// The aggregation that a contract value stands for; `None` for UNSPECIFIED.
pub const fn read_aggregation(aggregation: pb::Aggregation) -> Option<Aggregation> {
    match aggregation {
        pb::Aggregation::Unspecified => None,
        pb::Aggregation::Mean => Some(Aggregation::Mean),
        pb::Aggregation::Percentile => Some(Aggregation::Percentile),
        pb::Aggregation::Minimum => Some(Aggregation::Minimum),
        pb::Aggregation::Maximum => Some(Aggregation::Maximum),
    }
}

/// A direction as the contracts spell it.
pub const fn trend(trend: Trend) -> pb::Trend {
    match trend {
        Trend::Increase => pb::Trend::Increase,
        Trend::Decrease => pb::Trend::Decrease,
    }
}

/// The direction that a contract value stands for; `None` for UNSPECIFIED.
pub const fn read_trend(trend: pb::Trend) -> Option<Trend> {
    match trend {
        pb::Trend::Unspecified => None,
        pb::Trend::Increase => Some(Trend::Increase),
        pb::Trend::Decrease => Some(Trend::Decrease),
    }
}

#[cfg(test)]
mod tests;
