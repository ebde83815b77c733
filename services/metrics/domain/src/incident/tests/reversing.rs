//! What a command does, its reverse undoes (rule P2), after any history.

use super::*;

/// The state after the commands, each of which does something; `None` when one is refused or comes to nothing.
fn done(state: &State, commands: impl IntoIterator<Item = Command>) -> Option<State> {
    let issued = Issued { reason: "because".into(), ..Issued::at(Timestamp::UNIX_EPOCH) };
    commands.into_iter().try_fold(state.clone(), |state, command| {
        let decided = Incident::decide(&state, command, &(), &issued).ok();
        let events = decided.map(|decided| decided.events).filter(|events| !events.is_empty())?;
        Some(events.iter().fold(state, Incident::evolve))
    })
}

/// Any history, steered to where the last commands lead; those that are refused change nothing.
fn after(commands: Vec<Command>, last: impl IntoIterator<Item = Command>) -> State {
    let before = fold::<Incident>(&play(commands));
    last.into_iter().fold(before, |state, command| done(&state, [command]).unwrap_or(state))
}

/// To a triaged P3, from anywhere.
fn small() -> Vec<Command> {
    let p3 = || Command::Triage(triage(Severity::P3));
    vec![Command::Report(report()), Command::Reopen, p3(), Command::Defer, Command::Reopen]
}

fn triage_of(state: &State) -> Option<Triage> {
    match state {
        State::Triaged(known) | State::Responding(known) => Some(known.triage.clone()),
        State::Absent
        | State::Detected { .. }
        | State::Mitigated(_)
        | State::Resolved(_)
        | State::Deferred(_) => None,
    }
}

/// What brings the state back after it was opened again.
fn closing(state: &State) -> Vec<Command> {
    match state {
        State::Mitigated(_) => vec![mitigate()],
        State::Resolved(_) => vec![mitigate(), resolve()],
        State::Deferred(_) => vec![Command::Defer],
        State::Absent | State::Detected { .. } | State::Triaged(_) | State::Responding(_) => Vec::new(),
    }
}

proptest! {
    #[test]
    fn p2_a_triage_and_a_worse_severity_are_taken_back_by_the_former_triage(
        commands in prop::collection::vec(any_command(), 0..30),
        severity in prop::sample::select(vec![Severity::P1, Severity::P2, Severity::P3]),
        worse in any::<bool>(),
    ) {
        let open = [Command::Report(report()), Command::Reopen, Command::Triage(triage(severity))];
        let before = after(commands, open);
        let former = triage_of(&before);
        prop_assert_eq!(former.as_ref().map(|triage| triage.severity), Some(severity));
        let wrong = Triage { team: "nobody".into(), ..triage(Severity::P1) };
        let command =
            if worse { Command::Reclassify { severity: Severity::P0 } } else { Command::Triage(wrong) };
        let changed = done(&before, [command]).unwrap();
        prop_assert_ne!(&changed, &before);
        prop_assert_eq!(done(&changed, [Command::Triage(former.unwrap())]), Some(before));
    }

    #[test]
    fn p2_a_fix_that_was_none_is_opened_again(commands in prop::collection::vec(any_command(), 0..30)) {
        let before = after(commands, [Command::Report(report()), Command::Triage(triage(Severity::P2)), Command::Reopen, Command::StartResponse]);
        prop_assert!(matches!(before, State::Responding(_)));
        prop_assert_eq!(done(&before, [mitigate(), Command::Reopen]), Some(before.clone()));
        // One that was resolved too is responded to again.
        prop_assert_eq!(done(&before, [mitigate(), resolve(), Command::Reopen]), Some(before));
    }

    #[test]
    fn p2_what_was_put_off_is_open_again(commands in prop::collection::vec(any_command(), 0..30)) {
        let before = after(commands, small());
        prop_assert!(matches!(before, State::Triaged(_)));
        prop_assert_eq!(done(&before, [Command::Defer, Command::Reopen]), Some(before.clone()));
        // A response that began by mistake is put off and opened again, too.
        prop_assert_eq!(done(&before, [Command::StartResponse, Command::Defer, Command::Reopen]), Some(before));
    }

    #[test]
    fn p2_what_was_opened_again_is_closed_as_it_was(
        commands in prop::collection::vec(any_command(), 0..30),
        how in 0..3_usize,
    ) {
        let close = [vec![Command::Defer], vec![Command::StartResponse, mitigate()], vec![Command::StartResponse, mitigate(), resolve()]];
        let before = after(commands, small().into_iter().chain(close[how].clone()));
        let opened = done(&before, [Command::Reopen]).unwrap();
        prop_assert_ne!(&opened, &before);
        prop_assert_eq!(done(&opened, closing(&before)), Some(before));
    }
}

#[test]
fn p2_a_report_that_was_none_is_put_off() {
    let off = done(
        &State::Absent,
        [Command::Report(report()), Command::Triage(triage(Severity::P3)), Command::Defer],
    );
    assert!(matches!(off, Some(State::Deferred(_))), "{off:?}");
}
