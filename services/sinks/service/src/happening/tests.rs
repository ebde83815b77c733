//! Each type of the table, from the golden payload that its context keeps.

use std::path::Path;

use verdict_kernel::clock::Timestamp;
use verdict_sinks_domain::notice::{Background, Kind, notice};

use super::*;

/// Types whose golden payload somebody is told about, with the kind of the notice.
const TOLD: [(&str, &str, Kind); 9] = [
    ("metrics", "Guardrail.GuardrailBreached", Kind::Breach),
    ("metrics", "Guardrail.WouldHaveBreached", Kind::WouldHaveBreached),
    ("rollouts", "Flag.FlagHeld", Kind::Hold),
    ("rollouts", "Flag.ExposureNarrowed", Kind::Hold),
    ("rollouts", "Flag.FlagKilled", Kind::Kill),
    ("rollouts", "Flag.CleanupDue", Kind::Waiting),
    ("rollouts", "Rollout.WatchLost", Kind::EvaluatorAway),
    ("rollouts", "Rollout.StageOverdue", Kind::Waiting),
    ("rollouts", "Edge.EdgeLost", Kind::EdgeLost),
];

fn golden(context: &str, name: &str) -> (String, Vec<u8>) {
    let event_type = format!("{context}.{name}.v1");
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = services.join(format!("{context}/wire/fixtures/{event_type}.json"));
    let data = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (event_type, data)
}

fn of_golden(context: &str, name: &str) -> Option<Happening> {
    let (event_type, data) = golden(context, name);
    read(&format!("{context}.thing-T"), &event_type, &data).unwrap()
}

#[test]
fn what_other_contexts_write_is_understood() {
    for (context, name, kind) in TOLD {
        let happening = of_golden(context, name).unwrap_or_else(|| panic!("{name} is told to nobody"));
        let told = notice(&happening, &Background::new(), Timestamp::UNIX_EPOCH);
        assert_eq!(told.map(|notice| notice.kind), Some(kind), "{name}");
    }
    let ended = of_golden("bets", "Bet.TimeboxEnded");
    assert_eq!(ended, Some(Happening::Waits(Waiting::TimeboxEnded { bet: "T".into() })));
    assert!(matches!(
        of_golden("rollouts", "Rollout.GatePassed"),
        Some(Happening::Waits(Waiting::GateOpen { .. }))
    ));
}

#[test]
fn an_incident_of_a_rollback_that_is_a_p0_is_one_that_is_not_confirmed() {
    let detected = |data: &str| {
        let read = read("metrics.incident-I", "metrics.Incident.IncidentDetected.v1", data.as_bytes());
        let told = read.unwrap().and_then(|it| notice(&it, &Background::new(), Timestamp::UNIX_EPOCH));
        told.map(|notice| notice.kind)
    };
    let of_rollback = r#"{"severity":"SEVERITY_P0","cause":"c","rolloutId":"R"}"#;
    assert_eq!(detected(of_rollback), Some(Kind::RollbackUnconfirmed));
    assert_eq!(detected(r#"{"severity":"SEVERITY_P0"}"#), Some(Kind::Incident));
    assert_eq!(detected(r#"{"severity":"SEVERITY_P1","cause":"c"}"#), Some(Kind::Incident));
}

#[test]
fn what_a_guardrail_does_is_said() {
    let read = |data: &str| {
        read("metrics.guardrail-G", "metrics.Guardrail.GuardrailBreached.v1", data.as_bytes()).unwrap()
    };
    let taken = |data| match read(data) {
        Some(Happening::Breached { taken_back, .. }) => taken_back,
        other => panic!("{other:?}"),
    };
    assert!(taken(r#"{"effect":"GUARDRAIL_EFFECT_ROLLBACK"}"#));
    assert!(!taken(r#"{"effect":"GUARDRAIL_EFFECT_HOLD"}"#));
}

#[test]
fn a_guardrail_is_blind_when_it_knew_something_before() {
    let blind = |state: &str| {
        let data = format!(r#"{{"state":"CHECK_STATE_{state}","rolloutId":"R"}}"#);
        read("metrics.guardrail-G", "metrics.Guardrail.GuardrailAnswerChanged.v1", data.as_bytes()).unwrap()
    };
    assert!(blind("UNKNOWN_STALE").is_some() && blind("UNKNOWN_UNHEALTHY").is_some());
    assert!(blind("UNKNOWN_NO_DATA").is_none() && blind("PASS").is_none() && blind("FAIL").is_none());
}

#[test]
fn a_narrowing_without_a_hold_and_a_small_incident_are_told_to_nobody() {
    let narrowed = read("rollouts.flag-F", "rollouts.Flag.ExposureNarrowed.v1", br#"{"hold":false}"#);
    assert_eq!(narrowed, Ok(None));
    let small =
        read("metrics.incident-I", "metrics.Incident.IncidentDetected.v1", br#"{"severity":"SEVERITY_P2"}"#);
    assert_eq!(small, Ok(None));
    assert_eq!(read("gtm.launch-L", "gtm.Launch.LaunchCancelled.v1", b"{}"), Ok(None));
}

#[test]
fn what_a_thing_is_called_comes_from_its_beginning() {
    let mut rollout = Beginning::default();
    let planned = br#"{"promotion":"PROMOTION_MANUAL"}"#;
    begin(&mut rollout, "rollouts.Rollout.RolloutPlanned.v1", planned);
    begin(&mut rollout, "rollouts.Rollout.Named.v1", br#"{"key":"checkout"}"#);
    assert_eq!((rollout.name.as_deref(), rollout.by_hand), (Some("checkout"), true));
    let mut incident = Beginning::default();
    let reported = br#"{"cause":"c","rolloutId":"R","title":"T"}"#;
    begin(&mut incident, "metrics.Incident.IncidentDetected.v1", reported);
    assert_eq!((incident.of_rollback, incident.rollout.as_deref(), &*incident.title), (true, Some("R"), "T"));
    begin(&mut incident, "metrics.Incident.IncidentDetected.v1", b"nonsense");
    assert!(incident.of_rollback);
}
