//! Every kind, with the sentence that people read.

use super::*;

fn broken() -> Broken {
    Broken {
        rollout: "R".into(),
        stage: "beta".into(),
        metric: "errors".into(),
        required: "at most 2 for 3 points".into(),
        seen: "4.2".into(),
    }
}

fn background() -> Background {
    let named = |name: &str| Beginning { name: Some(name.into()), ..Beginning::default() };
    let incident = Beginning {
        of_rollback: true,
        rollout: Some("R".into()),
        title: "Exposure of stage beta is not confirmed to be taken back".into(),
        ..Beginning::default()
    };
    [
        ("rollouts.rollout-R", Beginning { by_hand: true, ..named("checkout") }),
        ("rollouts.rollout-A", named("automatic")),
        ("rollouts.flag-F", named("new-checkout")),
        ("rollouts.edge-E", named("edge-1")),
        ("bets.bet-B", named("faster-checkout")),
        ("metrics.incident-I", incident),
    ]
    .map(|(stream, beginning)| (stream.to_owned(), beginning))
    .into()
}

fn told(happening: &Happening) -> Option<Notice> {
    notice(happening, &background(), Timestamp::UNIX_EPOCH)
}

fn incident(severity: &'static str, of_rollback: bool) -> Happening {
    Happening::Incident {
        incident: "J".into(),
        rollout: Some("R".into()),
        severity,
        title: "Checkout is down".into(),
        of_rollback,
    }
}

/// A happening, the kind of its notice, the thread and the sentence.
type Row = (Happening, Kind, &'static str, &'static str);

fn of_guardrails() -> Vec<Row> {
    let held = |taken_back| Happening::Held {
        flag: "F".into(),
        rollout: Some("R".into()),
        why: "a guardrail broke",
        taken_back,
    };
    vec![
        (
            Happening::Breached { broken: broken(), taken_back: true },
            Kind::Breach,
            "rollout/R",
            "errors of the rollout checkout broke in stage beta: 4.2 is not at most 2 for 3 points. Exposure is taken back.",
        ),
        (
            Happening::Breached { broken: broken(), taken_back: false },
            Kind::Breach,
            "rollout/R",
            "errors of the rollout checkout broke in stage beta: 4.2 is not at most 2 for 3 points. The rollout is held where it is.",
        ),
        (
            Happening::WouldHaveBreached(broken()),
            Kind::WouldHaveBreached,
            "rollout/R",
            "errors of the rollout checkout would have broken in stage beta: 4.2 is not at most 2 for 3 points. It is in shadow.",
        ),
        (
            held(false),
            Kind::Hold,
            "rollout/R",
            "The flag new-checkout is held, because a guardrail broke: nothing raises it until somebody answers.",
        ),
        (
            held(true),
            Kind::Hold,
            "rollout/R",
            "Exposure was taken back and the flag new-checkout is held, because a guardrail broke: nothing raises it until somebody answers.",
        ),
        (
            Happening::Killed { flag: "F".into(), reason: "data loss".into() },
            Kind::Kill,
            "flag/F",
            "The flag new-checkout was killed: data loss.",
        ),
    ]
}

fn of_incidents() -> Vec<Row> {
    let reclassified = Happening::Incident {
        incident: "I".into(),
        rollout: None,
        severity: "P0",
        title: String::new(),
        of_rollback: false,
    };
    vec![
        (
            incident("P0", true),
            Kind::RollbackUnconfirmed,
            "rollout/R",
            "P0 incident of the rollout checkout: Checkout is down.",
        ),
        (
            incident("P1", true),
            Kind::Incident,
            "rollout/R",
            "P1 incident of the rollout checkout: Checkout is down.",
        ),
        (
            incident("P0", false),
            Kind::Incident,
            "rollout/R",
            "P0 incident of the rollout checkout: Checkout is down.",
        ),
        (
            reclassified,
            Kind::RollbackUnconfirmed,
            "rollout/R",
            "P0 incident of the rollout checkout: Exposure of stage beta is not confirmed to be taken back.",
        ),
        (
            Happening::SourceAway {
                guardrail: "G".into(),
                rollout: Some("R".into()),
                what: "nothing new comes in",
                as_of: "2026-03-02T09:00:00Z".into(),
            },
            Kind::SourceAway,
            "rollout/R",
            "A guardrail of the rollout checkout is blind: nothing new comes in.",
        ),
    ]
}

fn of_what_is_away_or_waits() -> Vec<Row> {
    vec![
        (
            Happening::Unwatched { rollout: "R".into() },
            Kind::EvaluatorAway,
            "rollout/R",
            "Nobody watches the rollout checkout: its soak stands still.",
        ),
        (
            Happening::EdgeLost { edge: "E".into() },
            Kind::EdgeLost,
            "flag-edge/E",
            "The flag edge edge-1 fell silent: what it serves is not known.",
        ),
        (
            Happening::Waits(Waiting::Overdue { rollout: "R".into(), stage: "beta".into() }),
            Kind::Waiting,
            "rollout/R",
            "The rollout checkout is overdue in stage beta: promote it, give it more time, or take it back.",
        ),
        (
            Happening::Waits(Waiting::GateOpen { rollout: "R".into(), stage: "beta".into() }),
            Kind::Waiting,
            "rollout/R",
            "The gate of the rollout checkout in stage beta is open: promote it.",
        ),
        (
            Happening::Waits(Waiting::TimeboxEnded { bet: "B".into() }),
            Kind::Waiting,
            "bet/B",
            "The timebox of the bet faster-checkout has ended: conclude it.",
        ),
        (
            Happening::Waits(Waiting::CleanupDue { flag: "F".into() }),
            Kind::Waiting,
            "flag/F",
            "The flag new-checkout is due to be removed from the code.",
        ),
    ]
}

#[test]
fn n1_n3_every_kind_has_a_sentence_a_severity_and_a_thread() {
    let table = [of_guardrails(), of_incidents(), of_what_is_away_or_waits()].concat();
    let mut seen = BTreeSet::new();
    for (happening, kind, thread, sentence) in &table {
        let notice = told(happening).unwrap();
        assert_eq!(
            (notice.kind, notice.thread.as_str(), notice.sentence.as_str()),
            (*kind, *thread, *sentence)
        );
        let mentioned = happening.mentions();
        assert!(mentioned.iter().all(|stream| background().contains_key(stream) || stream.ends_with("-J")));
        seen.insert(notice.kind);
    }
    assert_eq!(seen, BTreeSet::from(Kind::ALL), "a kind has no example");
}

#[test]
fn n1_only_what_cannot_wait_wakes_somebody() {
    let pages = Kind::ALL.into_iter().filter(|kind| kind.severity() == Severity::Page);
    let pages: Vec<_> = pages.map(Kind::as_str).collect();
    assert_eq!(pages, ["breach", "kill", "rollback_unconfirmed", "incident"]);
}

#[test]
fn n2_what_would_have_broken_comes_once_a_day() {
    let digest: Vec<_> = Kind::ALL.into_iter().filter(|kind| kind.is_for_digest()).collect();
    assert_eq!(digest, [Kind::WouldHaveBreached]);
}

#[test]
fn a_small_incident_and_a_gate_that_opens_by_itself_are_told_to_nobody() {
    assert_eq!(told(&incident("P2", true)), None);
    let gate = Waiting::GateOpen { rollout: "A".into(), stage: "beta".into() };
    assert_eq!(told(&Happening::Waits(gate)), None);
}

#[test]
fn what_nothing_is_known_of_is_called_by_its_id() {
    let killed = Happening::Killed { flag: "X".into(), reason: " ".into() };
    let notice = notice(&killed, &Background::new(), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(notice.sentence, "The flag X was killed: no reason was given.");
    assert_eq!(notice.next, "verdict flag get X");
}
