//! What is done about a rollout that nobody watches.

use verdict_kernel::id::CommandId;
use verdict_kernel::process::Progress;
use verdict_kernel::spec::process::{given, noted, passed, recorded};

use super::*;

fn loss(name: &str, narrow_at: i64) -> Loss {
    let id = |name| CommandId::derive(Uuid::NAMESPACE_URL, name);
    Loss {
        event: id(name).as_uuid(),
        rollout: RolloutId::created_by(id("rollout")),
        flag: FlagId::created_by(id("flag")),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: 3,
        narrow_at: Some(second(narrow_at)),
    }
}

fn lost(name: &str, narrow_at: i64) -> Progress<Fact> {
    noted(Fact::LostNoted(loss(name, narrow_at)))
}

fn second(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn restored() -> Progress<Fact> {
    noted(Fact::RestoredNoted)
}

fn over() -> Progress<Fact> {
    noted(Fact::AttemptOver)
}

#[test]
fn r15_where_being_blind_never_narrows_no_second_period_runs() {
    let blind = Fact::LostNoted(Loss { narrow_at: None, ..loss("first", 60) });
    // It waits until it is watched again.
    given::<RolloutWatch>([noted(blind)]).then([]).then_until([]).then_stays();
}

#[test]
fn r15_a_lost_watch_starts_the_second_period_and_takes_nothing_back_yet() {
    given::<RolloutWatch>([lost("first", 60)])
        .then([])
        .then_until([("second_period", second(60))])
        .then_stays();
}

#[test]
fn r15_after_the_second_period_exposure_is_narrowed_and_then_the_rollout_rolled_back() {
    let late = given::<RolloutWatch>([lost("first", 60), passed("second_period")]);
    let narrow = Step::new("narrow", 1, Action::Narrow(loss("first", 60)));
    late.then([Step { cause: Some(loss("first", 60).event), ..narrow }]).then_until([]);
    let narrowed = late.and([recorded("narrow", 1)]);
    narrowed.then([Step::new("request_rollback", 1, Action::RequestRollback(loss("first", 60)))]);
    narrowed.and([recorded("request_rollback", 1)]).then_over();
}

#[test]
fn r15_a_watch_that_is_restored_in_time_takes_nothing_back() {
    let in_time = given::<RolloutWatch>([lost("first", 60), restored()]);
    in_time.then([]).then_until([]);
    in_time.and([passed("second_period")]).then([]);
}

#[test]
fn r15_a_watch_lost_again_gets_a_second_period_of_its_own() {
    let again = given::<RolloutWatch>([lost("first", 60), restored(), lost("second", 200)]);
    again.then([]).then_until([("second_period", second(200))]);
    // The end of a period that ran for an earlier loss takes nothing back for this one.
    let other = [lost("first", 60), restored(), passed("second_period"), lost("second", 200)];
    given::<RolloutWatch>(other).then([]).then_until([("second_period", second(200))]);
}

#[test]
fn r15_what_is_heard_after_the_second_period_does_not_stop_the_narrowing() {
    let late = given::<RolloutWatch>([lost("first", 60), passed("second_period")]);
    for heard in [restored(), over(), lost("second", 200)] {
        late.and([heard]).then(late.next().steps).then_until([]).then_stays();
    }
}

#[test]
fn an_attempt_that_is_over_is_watched_no_more() {
    given::<RolloutWatch>([lost("first", 60), over()]).then_over();
}

#[test]
fn clause_24_the_second_period_has_a_patience_on_the_machines_clock() {
    assert_eq!(RolloutWatch::machine_patience(SECOND_PERIOD), Some(PERIOD));
    assert_eq!(RolloutWatch::machine_patience("another"), None);
}
