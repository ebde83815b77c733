use proptest::prelude::*;
use verdict_kernel::check::CheckState::{self, Fail, Pass};

use super::*;

const MINUTE: Duration = Duration::from_mins(1);

fn at(minute: u64) -> Timestamp {
    plus(Timestamp::UNIX_EPOCH, MINUTE * u32::try_from(minute).unwrap())
}

fn terms(comparison: Comparison, value: f64, for_points: u32) -> Terms {
    Terms {
        rule: Rule::Threshold(Threshold {
            comparison,
            value: Value::new(value).unwrap(),
            for_points: NonZeroU32::new(for_points).unwrap(),
        }),
        min_sample: 0,
        severity: Severity::Normal,
        refresh: MINUTE,
        judge: Judge::default(),
        aggregation: Aggregation::default(),
    }
}

/// One point a minute, from minute 1, with a count of 1 each.
fn points(values: &[f64]) -> Vec<Point> {
    let point =
        |(minute, &value)| Point { window_end: at(minute), value: Value::new(value).unwrap(), count: 1 };
    (1..).zip(values).map(point).collect()
}

fn state(terms: &Terms, values: &[f64]) -> CheckState {
    let points = points(values);
    evaluate(terms, &points, at(values.len() as u64)).state
}

const fn unknown(why: Unknown) -> CheckState {
    CheckState::Unknown(why)
}

#[test]
fn only_a_full_run_on_the_wrong_side_fails() {
    let cpu = terms(Comparison::Below, 50.0, 3);
    for (values, expected) in [
        (&[][..], unknown(Unknown::NoData)),
        (&[90.0], Pass),
        (&[40.0], unknown(Unknown::Insufficient)),
        (&[40.0, 41.0], unknown(Unknown::Insufficient)),
        (&[90.0, 40.0, 41.0], Pass),
        (&[40.0, 41.0, 42.0], Fail),
        (&[90.0, 40.0, 41.0, 42.0], Fail),
        (&[40.0, 41.0, 42.0, 50.0], Pass),
        (&[40.0, 50.0, 42.0], Pass),
    ] {
        assert_eq!(state(&cpu, values), expected, "{values:?}");
    }
}

#[test]
fn r9b_an_error_rate_above_its_threshold_fails() {
    let errors = terms(Comparison::Above, 0.02, 1);
    assert_eq!(state(&errors, &[0.021]), Fail);
}

#[test]
fn r9b_an_error_rate_on_its_threshold_is_accepted() {
    let errors = terms(Comparison::Above, 0.02, 1);
    assert_eq!(state(&errors, &[0.02]), Pass);
}

#[test]
fn an_answer_says_what_was_judged() {
    let cpu = terms(Comparison::Below, 50.0, 2);
    assert_eq!(
        evaluate(&cpu, &points(&[90.0, 41.5, 40.25]), at(3)),
        Answer { state: Fail, as_of: Some(at(3)), seen: "41.5, 40.25 (sample 2)".to_owned(), sample: 2 }
    );
    assert_eq!(cpu.rule.to_string(), "not below 50 for 2 points in a row");
    assert_eq!(terms(Comparison::Above, 0.5, 1).rule.to_string(), "not above 0.5");
}

#[test]
fn m4_a_stale_observation_is_never_a_pass() {
    let cpu = terms(Comparison::Below, 50.0, 1);
    let just_over = plus(at(3), Duration::from_millis(1));
    assert_eq!(evaluate(&cpu, &points(&[90.0]), just_over).state, unknown(Unknown::Stale));
}

#[test]
fn m4_an_observation_of_exactly_two_periods_is_accepted() {
    let cpu = terms(Comparison::Below, 50.0, 1);
    assert_eq!(evaluate(&cpu, &points(&[90.0]), at(3)).state, Pass);
}

#[test]
fn m10_below_the_minimum_sample_there_is_neither_answer() {
    let few = Terms { min_sample: 4, ..terms(Comparison::Above, 5.0, 3) };
    for values in [[9.0, 9.0, 9.0], [1.0, 1.0, 1.0]] {
        assert_eq!(state(&few, &values), unknown(Unknown::Insufficient), "{values:?}");
    }
}

#[test]
fn m10_the_minimum_sample_itself_is_accepted() {
    let enough = Terms { min_sample: 3, ..terms(Comparison::Above, 5.0, 3) };
    assert_eq!(state(&enough, &[9.0, 9.0, 9.0]), Fail);
    assert_eq!(state(&enough, &[1.0, 1.0, 1.0]), Pass);
}

#[test]
fn m10_a_critical_guardrail_breaches_on_three_events_by_default_and_on_fewer_when_told() {
    let critical = |events| Terms {
        min_sample: 100,
        severity: Severity::Critical { events },
        ..terms(Comparison::Above, 0.0, 1)
    };
    let seen = |count| [Point { window_end: at(1), value: Value::new(1.0).unwrap(), count }];
    let judged = |events, count| evaluate(&critical(events), &seen(count), at(1)).state;
    assert_eq!(judged(DEFAULT_CRITICAL_EVENTS, 2), unknown(Unknown::Insufficient));
    assert_eq!(judged(DEFAULT_CRITICAL_EVENTS, 3), Fail);
    assert_eq!(judged(1, 1), Fail);
}

#[test]
fn m10_a_critical_guardrail_never_passes_below_the_minimum_sample() {
    let critical = Terms {
        min_sample: 100,
        severity: Severity::Critical { events: 1 },
        ..terms(Comparison::Above, 5.0, 1)
    };
    assert_eq!(state(&critical, &[1.0]), unknown(Unknown::Insufficient));
}

proptest! {
    #[test]
    fn older_points_than_the_rule_looks_at_change_nothing(
        older in proptest::collection::vec(0.0..100.0_f64, 0..5),
        judged in proptest::collection::vec(0.0..100.0_f64, 3),
    ) {
        let cpu = terms(Comparison::Below, 50.0, 3);
        let now = at(8);
        let mut all = points(&older);
        let tail: Vec<Point> = points(&judged).into_iter().zip(6..).map(|(point, minute)| Point { window_end: at(minute), ..point }).collect();
        all.extend(&tail);
        prop_assert_eq!(evaluate(&cpu, &all, now), evaluate(&cpu, &tail, now));
    }

    #[test]
    fn r9b_a_fail_needs_every_judged_point_on_the_wrong_side(values in proptest::collection::vec(0.0..1.0_f64, 0..8), limit in 0.0..1.0_f64, run in 1..4_u32) {
        let errors = terms(Comparison::Above, limit, run);
        let crossed = values.iter().rev().take_while(|&&value| value > limit).count();
        prop_assert_eq!(state(&errors, &values) == Fail, crossed >= run as usize);
    }
}

#[test]
fn clause_24_what_is_still_to_come_says_nothing_about_now() {
    let terms = terms(Comparison::Below, 50.0, 1);
    let at_minute = |now| evaluate(&terms, &points(&[90.0; 10]), at(now));
    assert_eq!(at_minute(8).state, unknown(Unknown::Unhealthy));
    assert!(at_minute(8).seen.ends_with("up to 1970-01-01T00:10:00Z, which is still to come"));
    assert_eq!(at_minute(9).state, Pass, "within a refresh");
    let failing = evaluate(&terms, &points(&[40.0; 10]), at(8));
    assert_eq!((failing.state, failing.as_of), (Fail, Some(at(10))), "a failure is told by any clock");
}
