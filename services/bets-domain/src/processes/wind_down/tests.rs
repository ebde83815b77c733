use uuid::Uuid;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::Outcome;

use super::*;

fn command(number: u128) -> CommandId {
    CommandId::from_uuid(Uuid::from_u128(number))
}

fn rollout(number: u128) -> RolloutId {
    RolloutId::created_by(command(number))
}

fn flag(number: u128) -> FlagId {
    FlagId::created_by(command(number))
}

fn kill() -> KillNoted {
    KillNoted {
        bet: BetId::created_by(command(9)),
        rollouts: vec![
            Attached { rollout: rollout(1), flag: Some(flag(1)) },
            Attached { rollout: rollout(2), flag: None },
        ],
        at: Timestamp::UNIX_EPOCH,
    }
}

fn recorded(step: &Step<Action>, outcome: Outcome) -> Progress<KillNoted> {
    Progress::StepRecorded { step: step.name.to_owned(), attempt: step.attempt, outcome }
}

/// Runs the process to its end, with this outcome for every step.
fn run(outcome: &Outcome) -> Vec<(&'static str, u32, Action)> {
    let mut state = WindDown::evolve(State::default(), &Progress::Noted(kill()));
    let mut sent = Vec::new();
    while !WindDown::is_over(&state) {
        assert!(sent.len() < 20, "the process does not end: {sent:?}");
        let due = WindDown::due(&state);
        let [step] = due.as_slice() else { panic!("one step at a time, not {due:?}") };
        sent.push((step.name, step.attempt, step.action.clone()));
        state = WindDown::evolve(state, &recorded(step, outcome.clone()));
    }
    assert_eq!(WindDown::due(&state), Vec::new());
    sent
}

#[test]
fn l7_a_kill_takes_everything_back_in_order_whatever_the_steps_come_to() {
    let expected = vec![
        ("turn_off_flag", 1, Action::TurnOffFlag { flag: flag(1), rollout: rollout(1) }),
        ("raise_cleanup_due", 1, Action::RaiseCleanupDue(flag(1))),
        ("abort_rollout", 1, Action::AbortRollout(rollout(1))),
        ("abort_rollout", 2, Action::AbortRollout(rollout(2))),
        ("cancel_launch", 1, Action::CancelLaunches(kill().bet)),
    ];
    assert_eq!(run(&Outcome::Done), expected);
    assert_eq!(run(&Outcome::Refused("over".to_owned())), expected);
}

#[test]
fn a_step_stays_due_until_it_is_recorded() {
    let state = WindDown::evolve(State::default(), &Progress::Noted(kill()));
    let first = WindDown::due(&state);
    assert_eq!(WindDown::due(&state), first);
    let next = WindDown::evolve(state, &recorded(&first[0], Outcome::Done));
    assert_eq!(WindDown::due(&next)[0].name, "raise_cleanup_due");
}

#[test]
fn nothing_is_due_before_a_kill_or_after_the_end() {
    assert_eq!(WindDown::due(&State::Waiting), Vec::new());
    assert!(!WindDown::is_over(&State::Waiting));
    let state = WindDown::evolve(State::default(), &Progress::Noted(kill()));
    let over = WindDown::evolve(state, &Progress::Ended);
    assert_eq!((WindDown::due(&over), WindDown::is_over(&over)), (Vec::new(), true));
    assert_eq!(WindDown::evolve(over.clone(), &Progress::Noted(kill())), over);
}

#[test]
fn a_second_kill_noted_to_the_same_instance_starts_nothing_anew() {
    let state = WindDown::evolve(State::default(), &Progress::Noted(kill()));
    let step = WindDown::due(&state).remove(0);
    let state = WindDown::evolve(state, &recorded(&step, Outcome::Done));
    let again = WindDown::evolve(state.clone(), &Progress::Noted(kill()));
    assert_eq!(again, state);
    assert!(WindDown::deadlines(&state).is_empty());
}
