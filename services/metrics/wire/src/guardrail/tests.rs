use std::time::Duration;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::value::Value;
use verdict_metrics_domain::evaluation::Aggregation;
use verdict_stored::{Wire, golden};

use super::*;

const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";

fn as_of() -> Timestamp {
    "2026-03-02T09:05:00Z".parse().unwrap()
}

fn arming(comparison: Comparison, severity: Severity) -> Arming {
    Arming {
        metric: "checkout_cpu".to_owned(),
        rollout: ROLLOUT.parse().unwrap(),
        terms: Terms {
            rule: evaluation::Rule::Threshold(Threshold {
                comparison,
                value: Value::new(49.5).unwrap(),
                for_points: NonZeroU32::new(3).unwrap(),
            }),
            min_sample: 0,
            severity,
            refresh: Duration::from_mins(5),
            judge: Judge::EachSource,
            aggregation: Aggregation::Maximum,
        },
        effect: Effect::Hold,
    }
}

fn breach(bet: Option<&str>) -> Breach {
    Breach {
        rollout: ROLLOUT.parse().unwrap(),
        at: StageAttempt {
            stage: "beta".to_owned(),
            stage_index: 2,
            attempt: 3,
            flag: "01JD3Z8Q4M9W6T2V5X7Y0A1B2E".parse().unwrap(),
            bet: bet.map(|bet| bet.parse().unwrap()),
        },
        metric: "checkout_cpu".to_owned(),
        as_of: as_of(),
        required: "not below 49.5 for 3 points in a row".to_owned(),
        seen: "41, 40.5, 39 (sample 3)".to_owned(),
        critical: false,
        effect: Effect::Rollback,
    }
}

fn changed(state: CheckState) -> Event {
    let rollout = ROLLOUT.parse().unwrap();
    Event::AnswerChanged {
        rollout,
        state,
        as_of: as_of(),
        seen: "41, 40.5, 39 (sample 3)".to_owned(),
        sample: 3,
    }
}

#[test]
fn stored_guardrail_events_keep_their_bytes() {
    golden::check::<GuardrailWire>(
        env!("CARGO_MANIFEST_DIR"),
        [
            Event::Armed(arming(Comparison::Below, Severity::Critical { events: 3 })),
            changed(CheckState::Fail),
            Event::Breached(breach(Some("01JD3Z8Q4M9W6T2V5X7Y0A1B2D"))),
            Event::WouldHaveBreached(Breach {
                effect: Effect::Shadow,
                ..breach(Some("01JD3Z8Q4M9W6T2V5X7Y0A1B2D"))
            }),
            Event::Acknowledged { attempt: 3 },
            Event::Recovered { as_of: as_of() },
            Event::Retracted { reason: "the probe was down".to_owned(), attempt: 3 },
            Event::Disarmed { reason: "replaced".to_owned() },
            Event::Rearmed,
            Event::EffectChanged { effect: Effect::Rollback, reason: "sure by now".to_owned() },
        ],
    );
}

#[test]
fn every_variant_reads_back() {
    let unknowns =
        [Unknown::NoData, Unknown::Insufficient, Unknown::Inconclusive, Unknown::Unhealthy, Unknown::Stale];
    let states = unknowns.map(CheckState::Unknown).into_iter().chain([CheckState::Pass]);
    let events = states
        .map(changed)
        .chain([Event::Armed(arming(Comparison::Above, Severity::Normal)), Event::Breached(breach(None))])
        .chain(
            Effect::ALL
                .map(|effect| Event::Armed(Arming { effect, ..arming(Comparison::Above, Severity::Normal) })),
        );
    for event in events {
        let stored = GuardrailWire::encode(&event);
        assert_eq!(GuardrailWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn what_is_not_known_or_not_whole_is_named() {
    assert_eq!(
        GuardrailWire::decode("metrics.Guardrail.GuardrailSold.v1", b"{}"),
        Err(DecodeError::UnknownType)
    );
    assert_eq!(
        GuardrailWire::decode("metrics.Guardrail.GuardrailBreached.v1", b"{}"),
        Err(DecodeError::Missing("rollout_id"))
    );
}
