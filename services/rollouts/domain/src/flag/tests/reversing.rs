//! What a command does, its reverse undoes (rule P2): afterwards the flag answers as before.

use proptest::prelude::*;
use verdict_kernel::decider::fold;
use verdict_kernel::principal::Issued;

use super::properties::run;
use super::*;

/// What anybody outside can tell about a flag: who is served, what holds it, whether it is killed.
fn answers(state: &State) -> (Audience, Vec<String>, bool) {
    let flag = match state {
        State::Live(flag) | State::Killed(flag) | State::Archived(flag) => flag,
        State::Absent => return (Audience::nobody(), Vec::new(), false),
    };
    let causes = flag.holds.iter().map(|hold| hold.cause.clone()).collect();
    (flag.audience(), causes, matches!(state, State::Killed(_)))
}

/// The state after the command; `None` when it is refused or comes to nothing.
fn done(state: &State, command: Command, at: Timestamp) -> Option<State> {
    done_knowing(state, (command, Known::default()), at)
}

fn done_knowing(state: &State, (command, known): Asked, at: Timestamp) -> Option<State> {
    let issued = Issued { reason: "because".to_owned(), ..Issued::at(at) };
    let events = FeatureFlag::decide(state, command, &known, &issued).ok()?.events;
    if events.is_empty() {
        return None;
    }
    Some(events.iter().fold(state.clone(), FeatureFlag::evolve))
}

/// What an undo would be told about a rollout that stays where it is.
fn undo_of(state: &State) -> Asked {
    let place = match state {
        State::Killed(flag) => flag.before_kill.as_ref().and_then(|before| before.exposure.place.as_ref()),
        State::Absent | State::Live(_) | State::Archived(_) => None,
    };
    let rollout = place.map_or(Whereabouts::NoRollout, |place| Whereabouts::Attempt(place.attempt));
    undo_with(rollout, Vec::new())
}

proptest! {
    #[test]
    fn p2_the_undo_of_a_kill_brings_every_answer_back(
        kind in super::properties::kinds(),
        wishes in prop::collection::vec(super::properties::wish(), 1..30),
        minutes in 0..=24 * 60_i64,
    ) {
        let before = run(kind, wishes);
        prop_assume!(matches!(&before, State::Live(flag) if flag.reach() != Reach::Off));
        let killed = done(&before, Command::Kill, day(100)).unwrap();
        let later = day(100) + SignedDuration::from_mins(minutes);
        let revived = done_knowing(&killed, undo_of(&killed), later).unwrap();
        prop_assert_eq!(answers(&revived), answers(&before));
    }

    #[test]
    fn p2_the_release_of_a_hold_brings_every_answer_back(
        kind in super::properties::kinds(),
        commands in prop::collection::vec(super::properties::command(), 0..30),
    ) {
        let before = run(kind, commands);
        let held = done(&before, restored(None), day(100));
        prop_assume!(held.is_some());
        let released = done(&held.unwrap(), release(hold::RESTORED), day(100)).unwrap();
        // A second restore ends the undo of a kill, also where the first one still holds: one release is for both.
        let (served, mut causes, killed) = answers(&before);
        causes.retain(|cause| cause != hold::RESTORED);
        prop_assert_eq!(answers(&released), (served, causes, killed));
    }

    #[test]
    fn p2_setting_it_back_by_hand_brings_every_answer_back(
        wishes in prop::collection::vec(super::properties::wish(), 0..30),
        rung in 0..20_u16,
    ) {
        let before = run(Kind::Ops, wishes);
        let set = |audience| by_hand(audience, false);
        let changed = done_knowing(&before, set(super::properties::rung(rung)), day(100));
        prop_assume!(changed.is_some());
        let (served, ..) = answers(&before);
        let back = done_knowing(&changed.unwrap(), set(served), day(100)).unwrap();
        prop_assert_eq!(answers(&back), answers(&before));
    }
}

#[test]
fn p2_turning_off_is_undone_by_the_next_attempt_of_the_stage() {
    let before = fold::<FeatureFlag>(&history(2));
    let off = Command::TurnOff { rollout: None, cause: "by hand".to_owned() };
    let off = done(&before, off, day(1)).unwrap();
    let again = done_knowing(&off, set(2, 4), day(1)).unwrap();
    assert_eq!(answers(&again), answers(&before));
}

#[test]
fn p2_a_clean_up_that_was_raised_or_confirmed_is_scheduled_again() {
    let scheduled = |state: &State| match state {
        State::Live(flag) => flag.cleanup.clone(),
        State::Absent | State::Killed(_) | State::Archived(_) => panic!("not live"),
    };
    let before = fold::<FeatureFlag>(&history(2));
    let confirm = Command::ConfirmRemoved { attestation: "commit 12".to_owned() };
    for (command, at) in [(Command::RaiseCleanupDue, day(90)), (confirm, day(1))] {
        let changed = done(&before, command, at).unwrap();
        let again = done(&changed, Command::ScheduleCleanup { due: day(120) }, at).unwrap();
        let back = done(&again, Command::ScheduleCleanup { due: day(100) }, at).unwrap();
        assert_eq!((answers(&back), scheduled(&back)), (answers(&before), Cleanup::Scheduled(day(100))));
    }
}
