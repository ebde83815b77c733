//! What holds for every history of a flag.

use proptest::prelude::*;
use verdict_kernel::principal::Issued;

use super::*;

/// An audience of a ladder on which a higher rung contains every lower one.
pub(super) fn rung(rung: u16) -> Audience {
    let mut audience = Audience::percent(Percent::of(rung * 5));
    audience.accounts = (0..rung).map(|n| format!("account-{n}")).collect();
    audience
}

pub(super) fn wish() -> impl Strategy<Value = Asked> {
    (0..4_u32, 1..8_u32, 0..40_u32, 0..20_u16, any::<bool>(), any::<bool>()).prop_map(
        |(stage, attempt, revision, height, by_hand, claimant_runs)| {
            let stage = (!by_hand).then(|| StageExposure { place: place(stage, attempt), revision });
            let wish = SetExposure { audience: rung(height), stage, flag_version: 99 };
            (Command::SetExposure(wish), claimant(claimant_runs))
        },
    )
}

fn narrowing() -> impl Strategy<Value = Command> {
    (0..4_u32, 1..8_u32, any::<bool>(), any::<bool>()).prop_map(|(stage, attempt, critical, mine)| {
        let mut place = place(stage, attempt);
        if !mine {
            place.rollout = rollout("two");
        }
        let kind = HoldKind::Breach;
        Command::Narrow { place, cause: format!("breach-{stage}-{attempt}"), kind, critical, no_return: None }
    })
}

/// With the facts of a rollout that stands anywhere.
fn undoing() -> impl Strategy<Value = Asked> {
    let rollout = prop_oneof![
        (1..8_u32).prop_map(Whereabouts::Attempt),
        Just(Whereabouts::Completed),
        Just(Whereabouts::NoRollout),
        Just(Whereabouts::Gone),
    ];
    let guardrails = prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![guardrail(CheckState::Fail)])];
    prop_oneof![
        Just((Command::Revive { undo: false }, Known::default())),
        (rollout, guardrails).prop_map(|(rollout, guardrails)| undo_with(rollout, guardrails)),
    ]
}

pub(super) fn command() -> impl Strategy<Value = Asked> {
    let claim = |(first, claimant_runs)| claim_by(if first { "one" } else { "two" }, claimant_runs);
    prop_oneof![
        6 => wish(),
        1 => (any::<bool>(), any::<bool>()).prop_map(claim),
        2 => undoing(),
        11 => alone().prop_map(|command| (command, Known::default())),
    ]
}

/// What needs nothing from elsewhere.
fn alone() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => narrowing(),
        1 => Just(Command::TurnOff { rollout: None, cause: String::new() }),
        1 => (0..4_u32, 1..8_u32).prop_map(|(stage, attempt)| release(&format!("breach-{stage}-{attempt}"))),
        1 => Just(Command::ReleaseHold(Release::Of(rollout("one")))),
        1 => Just(release(hold::RESTORED)),
        1 => (0..20_u16, any::<bool>()).prop_map(|(height, known)| restored(known.then(|| rung(height)))),
        1 => Just(Command::Kill),
        1 => (1..200_i64).prop_map(|days| Command::ScheduleCleanup { due: day(days) }),
        1 => Just(Command::RaiseCleanupDue),
        1 => Just(Command::ConfirmRemoved { attestation: "link".to_owned() }),
    ]
}

fn issued() -> Issued {
    Issued { reason: "because".to_owned(), ..Issued::at(day(100)) }
}

pub(super) fn run(kind: Kind, commands: Vec<Asked>) -> State {
    commands
        .into_iter()
        .fold(given::<FeatureFlag>([created_as(kind), claimed_by("one")]).state(), |state, asked| {
            apply(state, asked).0
        })
}

fn apply(state: State, (command, known): Asked) -> (State, Vec<Event>) {
    let decided = FeatureFlag::decide(&state, command, &known, &issued());
    let events = decided.map(|decision| decision.events).unwrap_or_default();
    (events.iter().fold(state, FeatureFlag::evolve), events)
}

fn flag(state: &State) -> &Flag {
    match state {
        State::Live(flag) | State::Killed(flag) | State::Archived(flag) => flag,
        State::Absent => panic!("there is a flag"),
    }
}

pub(super) fn kinds() -> impl Strategy<Value = Kind> {
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
        let (after, _) = apply(before.clone(), (narrowing.clone(), Known::default()));
        prop_assert!(!flag(&after).audience().widens(&flag(&before).audience()));
        prop_assert!(flag(&after).is_held());
        let (again, events) = apply(after.clone(), (narrowing, Known::default()));
        prop_assert_eq!(events, vec![]);
        prop_assert_eq!(again, after);
    }

    #[test]
    fn r11_nothing_raises_a_held_flag(kind in kinds(), commands in prop::collection::vec(command(), 0..30), last in command()) {
        let before = run(kind, commands);
        prop_assume!(flag(&before).is_held());
        let (after, _) = apply(before.clone(), last);
        prop_assert!(!flag(&after).audience().widens(&flag(&before).audience()));
    }

    #[test]
    fn f3_a_kill_leaves_nobody_whatever_came_before(kind in kinds(), commands in prop::collection::vec(command(), 0..30)) {
        let (after, _) = apply(run(kind, commands), (Command::Kill, Known::default()));
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
    fn r25_a_restored_flag_is_held_and_shows_no_more_than_its_edges_served_last(
        kind in kinds(),
        commands in prop::collection::vec(command(), 0..30),
        last in prop::option::of(0..20_u16),
    ) {
        let before = run(kind, commands);
        let last = last.map(rung);
        let (after, _) = apply(before.clone(), (restored(last.clone()), Known::default()));
        prop_assert!(flag(&after).holds.contains(hold::RESTORED));
        prop_assert!(!flag(&after).audience().widens(&flag(&before).audience()));
        if let Some(last) = &last {
            prop_assert!(!flag(&after).audience().widens(last));
        }
        let (_, again) = apply(after, (restored(last), Known::default()));
        prop_assert_eq!(again, vec![]);
    }
}
