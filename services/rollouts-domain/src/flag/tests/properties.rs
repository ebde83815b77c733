//! What holds for every history of a flag.

use proptest::prelude::*;
use verdict_kernel::principal::Issued;

use super::*;

/// An audience of a ladder on which a higher rung contains every lower one.
fn rung(rung: u16) -> Audience {
    let mut audience = Audience::percent(Percent::of(rung * 5));
    audience.accounts = (0..rung).map(|n| format!("account-{n}")).collect();
    audience
}

fn wish() -> impl Strategy<Value = Command> {
    (0..4_u32, 1..8_u32, 0..40_u32, 0..20_u16, any::<bool>(), any::<bool>()).prop_map(
        |(stage, attempt, revision, height, by_hand, owner_runs)| {
            Command::SetExposure(SetExposure {
                audience: rung(height),
                stage: (!by_hand).then(|| StageExposure { place: place(stage, attempt), revision }),
                owner_runs,
            })
        },
    )
}

fn narrowing() -> impl Strategy<Value = Command> {
    (0..4_u32, 1..8_u32, any::<bool>(), any::<bool>()).prop_map(|(stage, attempt, critical, mine)| {
        let mut place = place(stage, attempt);
        if !mine {
            place.rollout = rollout("two");
        }
        Command::Narrow { place, cause: format!("breach-{stage}-{attempt}"), critical }
    })
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        6 => wish(),
        3 => narrowing(),
        1 => Just(Command::TurnOff { rollout: None, cause: String::new() }),
        1 => Just(Command::ReleaseHold),
        1 => Just(Command::Kill),
        2 => Just(Command::Revive),
        1 => (1..200_i64).prop_map(|days| Command::ScheduleCleanup { due: day(days) }),
        1 => Just(Command::RaiseCleanupDue),
        1 => Just(Command::ConfirmRemoved { attestation: "link".to_owned() }),
    ]
}

fn issued() -> Issued {
    Issued { reason: "because".to_owned(), ..Issued::at(day(100)) }
}

fn run(kind: Kind, commands: Vec<Command>) -> State {
    commands
        .into_iter()
        .fold(given::<FeatureFlag>([created_as(kind)]).state(), |state, command| apply(state, command).0)
}

fn apply(state: State, command: Command) -> (State, Vec<Event>) {
    let events = FeatureFlag::decide(&state, command, &issued()).unwrap_or_default();
    (events.iter().fold(state, FeatureFlag::evolve), events)
}

fn flag(state: &State) -> &Flag {
    match state {
        State::Live(flag) | State::Killed(flag) | State::Archived(flag) => flag,
        State::Absent => panic!("there is a flag"),
    }
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Release), Just(Kind::Ops)]
}

proptest! {
    #[test]
    fn r11_taking_back_never_widens_and_is_idempotent(
        kind in kinds(),
        commands in prop::collection::vec(command(), 0..30),
        narrowing in narrowing(),
    ) {
        let before = run(kind, commands);
        let (after, _) = apply(before.clone(), narrowing.clone());
        prop_assert!(!flag(&after).audience().widens(&flag(&before).audience()));
        prop_assert!(flag(&after).held_for.is_some());
        let (again, events) = apply(after.clone(), narrowing);
        prop_assert_eq!(events, vec![]);
        prop_assert_eq!(again, after);
    }

    #[test]
    fn r11_nothing_raises_a_held_flag(kind in kinds(), commands in prop::collection::vec(command(), 0..30), last in command()) {
        let before = run(kind, commands);
        prop_assume!(flag(&before).held_for.is_some());
        let (after, _) = apply(before.clone(), last);
        prop_assert!(!flag(&after).audience().widens(&flag(&before).audience()));
    }

    #[test]
    fn f3_a_kill_leaves_nobody_whatever_came_before(kind in kinds(), commands in prop::collection::vec(command(), 0..30)) {
        let (after, _) = apply(run(kind, commands), Command::Kill);
        prop_assert!(matches!(after, State::Killed(_)));
        prop_assert_eq!(flag(&after).audience(), Audience::nobody());
    }

    #[test]
    fn versions_rise_by_one_with_every_change_of_exposure(kind in kinds(), commands in prop::collection::vec(command(), 0..30), last in command()) {
        let before = run(kind, commands);
        let (after, _) = apply(before.clone(), last);
        let changed = flag(&after).audience() != flag(&before).audience();
        let rise = flag(&after).version - flag(&before).version;
        prop_assert!(rise == 1 || (rise == 0 && !changed), "{rise}");
    }

    #[test]
    fn p2_no_command_removes_or_rewrites_history(kind in kinds(), commands in prop::collection::vec(command(), 0..30)) {
        let mut history = vec![created_as(kind)];
        for command in commands {
            let state = given::<FeatureFlag>(history.clone()).state();
            let (after, events) = apply(state, command);
            history.extend(events);
            prop_assert_eq!(given::<FeatureFlag>(history.clone()).state(), after);
        }
    }
}
