//! Metrics as they are stored.

use verdict_kernel::metric_type::MetricType;
use verdict_metrics_domain::evaluation::Aggregation;
use verdict_metrics_domain::metric::{Definition, Event, Goal, Link, Metric, Proof, Retraction, Trend};
use verdict_proto::metrics::v1 as pb;
use verdict_stored::field::{Each, Field, Maybe, OrDefault, Plain, Seconds, Shown};
use verdict_stored::{DecodeError, events, message, required, words};

events! {
    /// The rim of [`Metric`].
    pub MetricWire: Metric, Event in "metrics.Metric", messages of pb;
    [Defined(definition)] = MetricDefined.v1 => definition as DefinedMessage;
    [InstrumentationVerified(Proof { source, window_end })] = InstrumentationVerified.v1 {
        source: source as Plain, window_end: window_end as Shown,
    }
    [Activated] = MetricActivated.v1 {}
    [Revised { revision, goal: Goal { target, baseline, good } }] = MetricRevised.v1 {
        revision: revision as Plain, target: target as Maybe<Shown>, baseline: baseline as Maybe<Shown>,
        good: good as TrendWord,
    }
    [Retired] = MetricRetired.v1 {}
    [ObservationsRetracted { retraction: Retraction { source, from, to }, rows, reason }] = ObservationsRetracted.v1 {
        source: source as Plain, from: from as Shown, to: to as Shown, rows: rows as Plain, reason: reason as Plain,
    }
    [Restored] = MetricRestored.v1 {}
}

words! {
    MetricTypeWord, metric_type, read_metric_type: MetricType = pb::MetricType { Leading, Core, Lagging, Guardrail }
    AggregationWord, aggregation, read_aggregation: Aggregation = pb::Aggregation { Mean, Percentile, Minimum, Maximum }
    TrendWord, trend, read_trend: Trend = pb::Trend { Increase, Decrease }
}

message! {
    /// A metric that another leads to, in a message.
    LinkMessage: [Link { key, kind }] = pb::LinkedMetric { key: key as Plain, r#type: kind as MetricTypeWord }
}

/// A definition as it is stored; its revision is the first.
struct DefinedMessage;

impl Field<Definition, pb::MetricDefined> for DefinedMessage {
    fn write(definition: &Definition) -> pb::MetricDefined {
        pb::MetricDefined {
            key: Some(definition.key.clone()),
            r#type: MetricTypeWord::write(&definition.kind),
            unit: Some(definition.unit.clone()),
            good: TrendWord::write(&definition.good),
            target: Maybe::<Shown>::write(&definition.target),
            baseline: Maybe::<Shown>::write(&definition.baseline),
            refresh_seconds: Seconds::write(&definition.refresh),
            leads_to: definition.leads_to.iter().map(|link| link.key.clone()).collect(),
            linked: Each::<LinkMessage>::write(&definition.leads_to),
            aggregation: AggregationWord::write(&definition.aggregation),
        }
    }

    fn read(message: pb::MetricDefined, _: &'static str) -> Result<Definition, DecodeError> {
        Ok(Definition {
            key: required(message.key, "key")?,
            kind: MetricTypeWord::read(message.r#type, "type")?,
            unit: required(message.unit, "unit")?,
            good: TrendWord::read(message.good, "good")?,
            target: Maybe::<Shown>::read(message.target, "target")?,
            baseline: Maybe::<Shown>::read(message.baseline, "baseline")?,
            refresh: Seconds::read(message.refresh_seconds, "refresh_seconds")?,
            leads_to: Each::<LinkMessage>::read(message.linked, "linked")?,
            // Written before there were others.
            aggregation: OrDefault::<AggregationWord>::read(message.aggregation, "aggregation")?,
            revision: 1,
        })
    }
}

#[cfg(test)]
mod tests;
