//! Every event survives the log, and what older versions wrote still reads.

use verdict_stored::{Wire, golden};

use super::*;

fn triage() -> Triage {
    Triage {
        severity: Severity::P1,
        team: "checkout".into(),
        stakeholders: vec!["support".into(), "sales".into()],
    }
}

fn every_event() -> Vec<Event> {
    let report = Report {
        origin: Origin::Rollback {
            rollout: "01JD3Z8Q4M9W6T2V5X7Y0A1B2D".parse().unwrap(),
            stage: "beta".into(),
            attempt: 2,
            cause: "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10".parse().unwrap(),
        },
        severity: Severity::P2,
        title: "cpu fell below 50".into(),
    };
    vec![
        Event::Detected(report),
        Event::Triaged(triage()),
        Event::Reclassified { severity: Severity::P1, reason: "a critical guardrail broke as well".into() },
        Event::ResponseStarted,
        Event::Mitigated { fix: "exposure taken back".into() },
        Event::Resolved { verification: "quiet for 30 minutes".into() },
        Event::Deferred,
        Event::Reopened { reason: "it came back".into() },
    ]
}

#[test]
fn every_event_reads_back_as_it_was() {
    let by_hand = |rollout| {
        Event::Detected(Report {
            origin: Origin::Person { rollout },
            severity: Severity::P0,
            title: "customers call".into(),
        })
    };
    let more = [
        by_hand(None),
        by_hand(Some("01JD3Z8Q4M9W6T2V5X7Y0A1B2D".parse().unwrap())),
        Event::Triaged(Triage { stakeholders: Vec::new(), severity: Severity::P3, ..triage() }),
    ];
    for event in every_event().into_iter().chain(more) {
        let stored = IncidentWire::encode(&event);
        assert_eq!(IncidentWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn golden_payloads_read_and_write_the_same_bytes() {
    golden::check::<IncidentWire>(env!("CARGO_MANIFEST_DIR"), every_event());
}

#[test]
fn what_cannot_be_read_is_said() {
    let decode = IncidentWire::decode;
    assert_eq!(decode("metrics.Incident.Renamed.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(decode("metrics.Incident.IncidentTriaged.v1", b"{}"), Err(DecodeError::Missing("severity")));
    let no_rollout =
        br#"{"severity":"SEVERITY_P2","title":"slow","cause":"3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10"}"#;
    assert_eq!(
        decode("metrics.Incident.IncidentDetected.v1", no_rollout),
        Err(DecodeError::Missing("rollout_id"))
    );
}
