//! Every event survives the log, and what older versions wrote still reads.

use verdict_stored::{Wire, golden};

use super::*;

fn every_event() -> Vec<Event> {
    let target = || Target { place: "https://hooks.example".into(), sealed: Sealed("c2VhbGVk".into()) };
    let failure = Failure {
        letter: "msg_3f2c9e7a".into(),
        kind: Some(Kind::Breach),
        sources: vec![Source { stream: "metrics.guardrail-01JD3Z8Q4M9W6T2V5X7Y0A1B2C".into(), revision: 3 }],
        attempts: 12,
        why: "answered 500".into(),
    };
    vec![
        Event::Defined(Definition {
            format: Format::Slack,
            target: target(),
            secret: Sealed("c2VjcmV0".into()),
            kinds: vec![Kind::Breach, Kind::RollbackUnconfirmed],
        }),
        Event::Moved(target()),
        Event::Rotated {
            secret: Sealed("bmV3".into()),
            overlap_until: "2026-03-03T09:00:00Z".parse().unwrap(),
        },
        Event::Paused { cause: PauseCause::Gone, reason: "answered 410".into() },
        Event::Resumed { reason: "it is back".into() },
        Event::Removed { reason: "nobody reads it".into() },
        Event::Failed(failure),
        Event::RedeliveryRequested { letters: vec!["msg_3f2c9e7a".into()] },
        Event::Delivered { letter: "msg_3f2c9e7a".into() },
    ]
}

#[test]
fn every_event_reads_back_as_it_was() {
    let digest = Event::Failed(Failure {
        letter: "msg_1".into(),
        kind: None,
        sources: Vec::new(),
        attempts: 1,
        why: "it hangs".into(),
    });
    for event in every_event().into_iter().chain([digest]) {
        let stored = SinkWire::encode(&event);
        assert_eq!(SinkWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn golden_payloads_read_and_write_the_same_bytes() {
    golden::check::<SinkWire>(env!("CARGO_MANIFEST_DIR"), every_event());
}

#[test]
fn a_kind_that_a_later_version_knows_is_not_taken_for_none() {
    let data = br#"{"format":"FORMAT_SLACK","place":"p","target":"t","secret":"s","kinds":["storm"]}"#;
    assert_eq!(SinkWire::decode("sinks.Sink.SinkDefined.v1", data), Err(DecodeError::UnknownType));
}
