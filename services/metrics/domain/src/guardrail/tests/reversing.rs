//! What a command does, its reverse undoes (rule P2): afterwards the guardrail answers as before.

use super::*;

/// What anybody outside can tell: whether it is watched, what a breach would do, whether there is one.
fn answers(state: &State) -> (bool, Option<Effect>, bool) {
    (state.is_watching(), state.effect(), state.is_breached())
}

/// The state after the command; `None` when it is refused or comes to nothing.
fn done(state: &State, command: Command) -> Option<State> {
    let issued = Issued { reason: "sensor".to_owned(), ..Issued::at(at(60)) };
    let events = Some(decided(state, command, &issued)).filter(|events| !events.is_empty())?;
    Some(events.iter().fold(state.clone(), Guardrail::evolve))
}

/// An armed guardrail after those of the commands that are accepted.
fn played(commands: Vec<Command>) -> State {
    let armed = fold::<Guardrail>(&armed());
    commands.into_iter().fold(armed, |state, command| done(&state, command).unwrap_or(state))
}

proptest! {
    #[test]
    fn p2_disarming_and_rearming_bring_every_answer_back(commands in prop::collection::vec(any_command(), 0..40)) {
        let before = played(commands);
        let (there, back) =
            if before.is_watching() { (Command::Disarm, Command::Rearm) } else { (Command::Rearm, Command::Disarm) };
        let between = done(&before, there);
        // One with a breach that nobody dealt with stays armed (rule R11).
        prop_assume!(between.is_some());
        let between = between.unwrap();
        prop_assert_ne!(answers(&between), answers(&before));
        prop_assert_eq!(done(&between, back).map(|state| answers(&state)), Some(answers(&before)));
    }

    #[test]
    fn p2_an_effect_is_changed_back(
        commands in prop::collection::vec(any_command(), 0..40),
        effect in prop::sample::select(Effect::ALL.to_vec()),
    ) {
        let before = played(commands);
        prop_assume!(before.effect() != Some(effect));
        let changed = done(&before, Command::SetEffect { effect });
        prop_assume!(changed.is_some());
        let back = Command::SetEffect { effect: before.effect().unwrap() };
        prop_assert_eq!(done(&changed.unwrap(), back).map(|state| answers(&state)), Some(answers(&before)));
    }

    #[test]
    fn p2_a_breach_that_is_retracted_leaves_no_breach_and_widens_nothing_else(
        commands in prop::collection::vec(any_command(), 0..40),
        during in 5..9_u32,
    ) {
        let before = played(commands);
        prop_assume!(before.is_watching() && !before.is_breached());
        let failing = done(&before, answer(Fail, 20, during));
        prop_assume!(failing.as_ref().is_some_and(State::is_breached));
        let retracted = done(&failing.unwrap(), RETRACT).unwrap();
        prop_assert_eq!(answers(&retracted), answers(&before));
    }

    #[test]
    fn p2_rows_that_are_sent_again_breach_again(commands in prop::collection::vec(any_command(), 0..40)) {
        let before = played(commands);
        prop_assume!(before.is_watching() && !before.is_breached() && before.effect() == Some(Effect::Rollback));
        let breached = done(&before, answer(Fail, 20, 5));
        prop_assume!(breached.as_ref().is_some_and(State::is_breached));
        let breached = breached.unwrap();
        let gone = done(&breached, Command::Reconsider { answer: found(Pass, 19, 5), unfounded: vec![5] }).unwrap();
        prop_assert_eq!(answers(&gone), answers(&before));
        prop_assert_eq!(done(&gone, answer(Fail, 20, 5)).map(|state| answers(&state)), Some(answers(&breached)));
    }
}

#[test]
fn p2_what_was_armed_by_mistake_is_watched_by_nobody_once_it_is_disarmed() {
    let armed = done(&State::Unarmed, asked(arming(Severity::Normal))).unwrap();
    assert!(armed.is_watching());
    assert!(!done(&armed, Command::Disarm).unwrap().is_watching());
}
