//! What is done about a rollout that nobody watches.

use verdict_kernel::id::CommandId;
use verdict_kernel::process::Outcome;

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
        narrow_at: Some(due(narrow_at)),
    }
}

fn due(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn lost(loss: Loss) -> Progress<Fact> {
    Progress::Noted(Fact::LostNoted(loss))
}

fn restored() -> Progress<Fact> {
    Progress::Noted(Fact::RestoredNoted)
}

fn passed() -> Progress<Fact> {
    Progress::DeadlinePassed { name: SECOND_PERIOD.to_owned() }
}

fn recorded(step: &str) -> Progress<Fact> {
    Progress::StepRecorded { step: step.to_owned(), attempt: 1, outcome: Outcome::Done }
}

fn fold(history: &[Progress<Fact>]) -> State {
    history.iter().fold(State::default(), RolloutWatch::evolve)
}

#[test]
fn r15_where_being_blind_never_narrows_no_second_period_runs() {
    let state = fold(&[lost(Loss { narrow_at: None, ..loss("first", 60) })]);
    assert_eq!(RolloutWatch::deadlines(&state), vec![]);
    assert_eq!(RolloutWatch::due(&state), vec![]);
    assert!(!RolloutWatch::is_over(&state), "it waits until it is watched again");
}

#[test]
fn r15_a_lost_watch_starts_the_second_period_and_takes_nothing_back_yet() {
    let state = fold(&[lost(loss("first", 60))]);
    assert_eq!(RolloutWatch::deadlines(&state), vec![(SECOND_PERIOD, due(60))]);
    assert_eq!(RolloutWatch::due(&state), vec![]);
    assert!(!RolloutWatch::is_over(&state));
}

#[test]
fn r15_after_the_second_period_exposure_is_narrowed_and_then_the_rollout_rolled_back() {
    let history = [lost(loss("first", 60)), passed()];
    let narrow = Step {
        name: "narrow",
        attempt: 1,
        cause: Some(loss("first", 60).event),
        action: Action::Narrow(loss("first", 60)),
    };
    assert_eq!(RolloutWatch::due(&fold(&history)), vec![narrow]);
    let history = [lost(loss("first", 60)), passed(), recorded("narrow")];
    let request = Step {
        name: "request_rollback",
        attempt: 1,
        cause: None,
        action: Action::RequestRollback(loss("first", 60)),
    };
    assert_eq!(RolloutWatch::due(&fold(&history)), vec![request]);
    let history = [lost(loss("first", 60)), passed(), recorded("narrow"), recorded("request_rollback")];
    assert!(RolloutWatch::is_over(&fold(&history)));
}

#[test]
fn r15_a_watch_that_is_restored_in_time_takes_nothing_back() {
    let state = fold(&[lost(loss("first", 60)), restored()]);
    assert_eq!((RolloutWatch::deadlines(&state), RolloutWatch::due(&state)), (vec![], vec![]));
    let state = fold(&[lost(loss("first", 60)), restored(), passed()]);
    assert_eq!(RolloutWatch::due(&state), vec![]);
}

#[test]
fn r15_a_watch_lost_again_gets_a_second_period_of_its_own() {
    let state = fold(&[lost(loss("first", 60)), restored(), lost(loss("second", 200))]);
    assert_eq!(RolloutWatch::deadlines(&state), vec![(SECOND_PERIOD, due(200))]);
}

#[test]
fn r15_a_restoration_after_the_second_period_does_not_stop_the_narrowing() {
    let state = fold(&[lost(loss("first", 60)), passed(), restored()]);
    assert_eq!(RolloutWatch::due(&state).len(), 1);
}

#[test]
fn an_attempt_that_is_over_is_watched_no_more() {
    let over = || Progress::Noted(Fact::AttemptOver);
    assert!(RolloutWatch::is_over(&fold(&[lost(loss("first", 60)), over()])));
    assert!(!RolloutWatch::is_over(&fold(&[lost(loss("first", 60)), passed(), over()])));
}

#[test]
fn clause_24_the_second_period_has_a_patience_on_the_machines_clock() {
    assert_eq!(RolloutWatch::machine_patience(SECOND_PERIOD), Some(PERIOD));
    assert_eq!(RolloutWatch::machine_patience("another"), None);
}
