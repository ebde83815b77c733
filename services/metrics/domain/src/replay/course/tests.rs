use std::num::NonZeroU32;
use std::time::Duration;

use uuid::Uuid;
use verdict_kernel::clock::plus;
use verdict_kernel::id::{CommandId, FlagId};
use verdict_kernel::value::Value;

use super::*;
use crate::evaluation::{Aggregation, Comparison, Judge, Rule, Threshold};

const MINUTE: Duration = Duration::from_mins(1);
const CRITICAL: Severity = Severity::Critical { events: 3 };

fn at(minute: u32) -> Timestamp {
    plus("2026-03-01T00:00:00Z".parse().unwrap(), MINUTE * minute)
}

fn percent(percent: u16) -> Exposure {
    Exposure { share: Percent::of(percent), ..Exposure::default() }
}

fn named(name: &str) -> Exposure {
    Exposure { named: BTreeSet::from([name.to_owned()]), ..Exposure::default() }
}

fn exposed(stage: u32, attempt: u32, exposure: Exposure) -> Move {
    let attempt = StageAttempt {
        stage: format!("stage {stage}"),
        stage_index: stage,
        attempt,
        flag: FlagId::created_by(CommandId::from_uuid(Uuid::nil())),
        bet: None,
    };
    Move::Exposed { attempt, exposure }
}

fn course(irreversible_from: Option<u32>, moves: impl IntoIterator<Item = (u32, Move)>) -> Course {
    let mut course = Course::new(irreversible_from);
    for (minute, went) in moves {
        course.follow(at(minute), went);
    }
    course
}

/// Named people, a tenth, everyone.
fn wide(irreversible_from: Option<u32>) -> Course {
    let moves = [
        (0, exposed(0, 1, named("a"))),
        (10, exposed(1, 2, percent(10))),
        (20, exposed(2, 3, percent(100))),
        (30, Move::Over),
    ];
    course(irreversible_from, moves)
}

fn consequence(course: &Course, minute: u32, effect: Effect, severity: Severity) -> Consequence {
    course.at(at(minute)).unwrap().consequence(effect, severity)
}

/// Fails above 0.5 for two points.
fn terms() -> Terms {
    let value = Value::new(0.5).unwrap();
    let for_points = NonZeroU32::new(2).unwrap();
    Terms {
        rule: Rule::Threshold(Threshold { comparison: Comparison::Above, value, for_points }),
        min_sample: 0,
        severity: Severity::Normal,
        refresh: MINUTE,
        judge: Judge::Merged,
        aggregation: Aggregation::Mean,
    }
}

/// The breaches of a value for each minute: the minute in which it is known, the attempt, and whether it ended.
fn breaches(course: &Course, values: &[f64]) -> Vec<(u32, u32, bool)> {
    let series: Vec<_> =
        (1..).zip(values).map(|(minute, value)| (at(minute), Value::new(*value).unwrap())).collect();
    let mut replay = Accompanied::new(terms(), course);
    for row in crate::replay::rows(&series, MINUTE) {
        replay.take(row);
    }
    let told = replay.end(at(60));
    let minute = |breach: &Breach| (0..60).find(|minute| at(*minute) == breach.breached).unwrap();
    told.breaches
        .iter()
        .map(|(breach, place)| (minute(breach), place.attempt.attempt, breach.ended.is_some()))
        .collect()
}

#[test]
fn r21_each_effect_does_its_own_to_everyone() {
    let course = wide(None);
    let of = |effect, severity| consequence(&course, 25, effect, severity);
    assert_eq!(of(Effect::Shadow, Severity::Normal), Consequence::Recorded);
    assert_eq!(of(Effect::Hold, Severity::Normal), Consequence::Paused);
    assert_eq!(of(Effect::Rollback, Severity::Normal), Consequence::Narrowed { to: percent(10) });
    assert_eq!(of(Effect::Rollback, CRITICAL), Consequence::Narrowed { to: Exposure::default() });
}

#[test]
fn r11_a_rollback_leaves_the_nearest_earlier_stage_that_was_not_wider() {
    let back =
        [(0, exposed(0, 1, percent(5))), (10, exposed(1, 2, percent(50))), (20, exposed(2, 3, percent(20)))];
    let course = course(None, back);
    let of = |minute| consequence(&course, minute, Effect::Rollback, Severity::Normal);
    assert_eq!(of(5), Consequence::Narrowed { to: Exposure::default() });
    assert_eq!(of(25), Consequence::Narrowed { to: percent(5) });
    // Who is named there is not in a tenth of all, and is served again.
    assert_eq!(
        consequence(&wide(None), 15, Effect::Rollback, Severity::Normal),
        Consequence::Narrowed { to: named("a") }
    );
}

#[test]
fn r26_past_the_point_of_no_return_nothing_is_taken_back() {
    let course = wide(Some(2));
    for severity in [Severity::Normal, CRITICAL] {
        assert_eq!(consequence(&course, 25, Effect::Rollback, severity), Consequence::Held);
    }
    assert_eq!(consequence(&course, 25, Effect::Hold, Severity::Normal), Consequence::Paused);
    assert_eq!(
        consequence(&course, 15, Effect::Rollback, Severity::Normal),
        Consequence::Narrowed { to: named("a") }
    );
}

#[test]
fn after_a_rollback_only_a_critical_one_has_something_left_to_take() {
    let moves = [
        (0, exposed(0, 1, percent(5))),
        (10, exposed(1, 2, percent(50))),
        (20, Move::RolledBack { to: Some(0) }),
        (30, Move::RolledBack { to: None }),
    ];
    let course = course(Some(1), moves);
    let of = |minute, severity| consequence(&course, minute, Effect::Rollback, severity);
    assert_eq!(of(25, Severity::Normal), Consequence::NothingLeft);
    assert_eq!(of(25, CRITICAL), Consequence::Narrowed { to: Exposure::default() });
    assert_eq!(of(35, CRITICAL), Consequence::NothingLeft);
}

#[test]
fn nothing_breaches_before_the_first_stage_and_after_the_end() {
    let course = course(None, [(5, exposed(0, 1, percent(5))), (10, Move::Over)]);
    assert_eq!(breaches(&course, &[0.9, 0.9, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1]), [(7, 1, true)]);
    // What failed before is a breach of the stage that it goes on in.
    assert_eq!(breaches(&course, &[0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.1]), [(5, 1, true)]);
    assert_eq!(breaches(&course, &[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9]), []);
}

#[test]
fn a_failure_that_lasts_breaches_each_attempt_once_and_all_of_them_end() {
    let course = course(None, [(0, exposed(0, 1, percent(5))), (4, exposed(1, 2, percent(50)))]);
    let values = [0.1, 0.9, 0.9, 0.9, 0.9, 0.1];
    assert_eq!(breaches(&course, &values), [(3, 1, true), (4, 2, true)]);
    assert_eq!(breaches(&course, &values[..5]), [(3, 1, false), (4, 2, false)]);
}

#[test]
fn an_exposure_is_told_for_a_person() {
    let both = Exposure { share: Percent::of(5), ..named("a") };
    for (exposure, told) in [
        (Exposure::default(), "nobody"),
        (percent(100), "everyone"),
        (percent(10), "10 %"),
        (named("a"), "1 named"),
        (both, "5 % and 1 named"),
    ] {
        assert_eq!(exposure.to_string(), told);
    }
}
