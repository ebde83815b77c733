use std::time::Duration;

use verdict_kernel::value::Value;
use verdict_stored::{Wire, golden};

use super::*;

fn value(number: f64) -> Value {
    Value::new(number).unwrap()
}

fn definition(kind: MetricType) -> Definition {
    Definition {
        key: "trial_starts".to_owned(),
        kind,
        unit: "count".to_owned(),
        good: Trend::Increase,
        target: Some(value(120.0)),
        baseline: Some(value(0.1)),
        refresh: Duration::from_hours(24),
        aggregation: Aggregation::Percentile,
        leads_to: vec![Link { key: "checkout_conversion".to_owned(), kind: MetricType::Core }],
        revision: 1,
    }
}

#[test]
fn stored_metric_events_keep_their_bytes() {
    golden::check::<MetricWire>(
        env!("CARGO_MANIFEST_DIR"),
        [
            Event::Defined(definition(MetricType::Leading)),
            Event::InstrumentationVerified(Proof {
                source: "web".to_owned(),
                window_end: "2026-03-02T09:00:00Z".parse().unwrap(),
            }),
            Event::Activated,
            Event::Revised {
                revision: 2,
                goal: Goal { target: Some(value(1e-7)), baseline: None, good: Trend::Decrease },
            },
            Event::Retired,
            Event::Restored,
            Event::ObservationsRetracted {
                retraction: Retraction {
                    source: "web-1".to_owned(),
                    from: "2026-03-02T09:00:00Z".parse().unwrap(),
                    to: "2026-03-02T09:05:00Z".parse().unwrap(),
                },
                rows: 4,
                reason: "wrong unit".to_owned(),
            },
        ],
    );
}

#[test]
fn every_metric_type_reads_back() {
    for kind in MetricType::ALL {
        let event = Event::Defined(Definition { target: None, leads_to: Vec::new(), ..definition(kind) });
        let stored = MetricWire::encode(&event);
        assert_eq!(MetricWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn what_is_not_known_or_not_whole_is_named() {
    assert_eq!(MetricWire::decode("metrics.Metric.MetricSold.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(
        MetricWire::decode("metrics.Metric.MetricDefined.v1", b"{}"),
        Err(DecodeError::Missing("key"))
    );
}
