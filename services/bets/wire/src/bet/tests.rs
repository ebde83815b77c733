//! Every event survives the log, and what older versions wrote still reads.

use verdict_bets_domain::bet::handoff::{Clarity, Item};
use verdict_bets_domain::bet::metrics::{Direction, MetricTarget, Role};
use verdict_bets_domain::bet::{Attached, Hypothesis, KillReason, Rollback, Timebox};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::mode::Mode;
use verdict_stored::{DecodeError, Wire, golden, ruled};

use super::*;

fn hypothesis() -> Hypothesis {
    Hypothesis {
        belief: "One page feels shorter".to_owned(),
        expected_outcome: "More people finish".to_owned(),
    }
}

fn timebox() -> Timebox {
    Timebox { start: "2026-03-02T08:00:00Z".parse().unwrap(), end: "2026-04-13T08:00:00Z".parse().unwrap() }
}

fn attached(flag: Option<&str>) -> Event {
    Event::RolloutAttached(Attached {
        rollout: "01JD3Z8Q4M9W6T2V5X7Y0A1B2D".parse().unwrap(),
        flag: flag.map(|flag| flag.parse().unwrap()),
    })
}

fn planned() -> Vec<Event> {
    vec![
        Event::Proposed(Proposal {
            title: "One page checkout".to_owned(),
            mode: Mode::Scaling,
            hypothesis: Some(hypothesis()),
            iteration_limit: 2,
            appetite: Some("30.5".parse().unwrap()),
        }),
        Event::HypothesisStated(hypothesis()),
        Event::DiscoveryStarted,
        Event::ShapingStarted,
        Event::MetricsAgreed(vec![MetricTarget {
            metric: "checkout_conversion".to_owned(),
            role: Role::Primary,
            metric_type: MetricType::Core,
            target: "0.05".to_owned(),
            direction: Direction::Increase,
        }]),
        Event::TimeboxSet(timebox()),
        Event::SlipDeclared(Slip {
            new_end: "2026-04-20T08:00:00Z".parse().unwrap(),
            cause: "the partner is late".to_owned(),
            trade_off: "spring starts without it".to_owned(),
            options: vec!["late".to_owned(), "smaller".to_owned()],
        }),
        Event::Shaped,
        Event::HandoffItemAssessed(Item::EdgeCases, Clarity::Fuzzy),
        Event::HandedOff,
    ]
}

fn delivered() -> Vec<Event> {
    vec![
        attached(Some("01JD3Z8Q4M9W6T2V5X7Y0A1B2E")),
        Event::MeasuringStarted,
        Event::CostRecorded("12.25".parse().unwrap()),
        Event::RollbackNoted(Rollback {
            rollout: "01JD3Z8Q4M9W6T2V5X7Y0A1B2D".parse().unwrap(),
            stage: "beta".to_owned(),
            attempt: 1,
            breach: "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10".to_owned(),
        }),
        Event::TimeboxEnded,
        Event::Scaled,
        Event::Iterated(Iteration {
            iteration: 1,
            hypothesis: hypothesis(),
            timebox: timebox(),
            signal: Some("trial_starts".to_owned()),
        }),
        Event::Killed { reason: KillReason::Disproved, learnings: vec!["two pages are fine".to_owned()] },
        Event::Withdrawn,
        Event::Reopened { reason: "wrong button".to_owned() },
    ]
}

/// The same events with everything left out that may be.
fn sparse() -> Vec<Event> {
    vec![
        Event::Proposed(Proposal {
            title: "x".to_owned(),
            mode: Mode::ZeroToOne,
            hypothesis: None,
            iteration_limit: 0,
            appetite: None,
        }),
        Event::MetricsAgreed(Vec::new()),
        attached(None),
        Event::Iterated(Iteration {
            iteration: 3,
            hypothesis: hypothesis(),
            timebox: timebox(),
            signal: None,
        }),
    ]
}

#[test]
fn every_event_reads_back_as_it_was() {
    for event in planned().into_iter().chain(delivered()).chain(sparse()) {
        let stored = BetWire::encode(&event);
        assert_eq!(BetWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn golden_payloads_read_and_write_the_same_bytes() {
    golden::check::<BetWire>(env!("CARGO_MANIFEST_DIR"), planned().into_iter().chain(delivered()));
}

#[test]
fn a_limit_of_zero_is_written_and_not_left_out() {
    let stored = BetWire::encode(&sparse()[0]);
    let text = String::from_utf8(stored.data).unwrap();
    assert!(text.contains("\"iterationLimit\":0"), "{text}");
}

#[test]
fn what_the_rules_said_is_no_event_of_the_bet() {
    for event_type in ["bets.Bet.Remarked.v1", "bets.Bet.Overridden.v1"] {
        // A later version may know rules that this one does not.
        assert_eq!(ruled::own::<BetWire>(event_type, br#"{"rule":"B99"}"#), Ok(None));
        assert_eq!(ruled::decode::<BetWire>(event_type, b"{}"), Err(DecodeError::Missing("rule")));
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!(BetWire::decode("bets.Bet.BetSold.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(BetWire::decode("bets.Bet.TimeboxSet.v1", b"{}"), Err(DecodeError::Missing("timebox")));
    for (event_type, data) in
        [("bets.Bet.BetProposed.v1", "[1"), ("bets.Bet.CostRecorded.v1", r#"{"amount":"much"}"#)]
    {
        let decoded = BetWire::decode(event_type, data.as_bytes());
        assert!(matches!(decoded, Err(DecodeError::Malformed(_))), "{decoded:?}");
    }
    // A newer version may have reasons that this one does not know.
    let newer = BetWire::decode("bets.Bet.BetKilled.v1", br#"{"reason":"KILL_REASON_BORED"}"#);
    assert_eq!(newer, Err(DecodeError::UnknownType));
}
