//! What a command does, its reverse undoes (rule P2), after any history.

use super::*;

/// The state after the command; `None` when it is refused or comes to nothing.
fn done(state: &State, command: Command) -> Option<State> {
    let issued = Issued { reason: "because".to_owned(), ..Issued::at(Timestamp::UNIX_EPOCH) };
    let decided = Metric::decide(state, command, &gone(1), &issued).ok();
    let events = decided.map(|decided| decided.events).filter(|events| !events.is_empty())?;
    Some(events.iter().fold(state.clone(), Metric::evolve))
}

/// A metric of this type after those of the commands that are accepted.
fn played(kind: MetricType, commands: Vec<Command>) -> State {
    let defined = fold::<Metric>(&[defined(kind)]);
    commands.into_iter().fold(defined, |state, command| done(&state, command).unwrap_or(state))
}

fn aim(state: &State) -> Goal {
    let definition = state.definition().unwrap();
    Goal { target: definition.target, baseline: definition.baseline, good: definition.good }
}

fn any_kind() -> impl Strategy<Value = MetricType> {
    prop::sample::select(MetricType::ALL.to_vec())
}

proptest! {
    #[test]
    fn p2_a_metric_that_was_retired_is_restored_as_it_was_and_the_other_way_round(
        kind in any_kind(),
        commands in prop::collection::vec(any_command(), 0..20),
    ) {
        let before = played(kind, commands);
        let (there, back) = match &before {
            State::Retired(..) => (Command::Restore, Command::Retire),
            State::Live(..) | State::Undefined => (Command::Retire, Command::Restore),
        };
        let between = done(&before, there).unwrap();
        prop_assert_ne!(&between, &before);
        prop_assert_eq!(done(&between, back), Some(before));
    }

    #[test]
    fn p2_a_revision_is_taken_back_by_another_which_is_shown_too(
        kind in any_kind(),
        commands in prop::collection::vec(any_command(), 0..20),
        target in 5.0..9.0_f64,
    ) {
        let before = played(kind, commands);
        prop_assume!(matches!(before, State::Live(..)));
        let moved = done(&before, Command::Revise(goal(target.round()))).unwrap();
        prop_assert_ne!(aim(&moved), aim(&before));
        let back = done(&moved, Command::Revise(aim(&before))).unwrap();
        prop_assert_eq!((aim(&back), back.name()), (aim(&before), before.name()));
        let revision = |state: &State| state.definition().map(|definition| definition.revision);
        prop_assert_eq!(revision(&back), revision(&before).map(|number| number + 2));
    }

    #[test]
    fn p2_what_was_defined_or_activated_is_out_of_use_once_it_is_retired(
        kind in any_kind(),
        commands in prop::collection::vec(any_command(), 0..20),
    ) {
        let before = played(kind, commands);
        let active = done(&before, Command::Activate).unwrap_or(before);
        prop_assume!(matches!(active, State::Live(..)));
        prop_assert_eq!(done(&active, Command::Retire).map(|state| state.name()), Some("retired"));
    }
}
