//! What holds for every history: exposure grows through gates only, one stage is active, history only grows.

use verdict_kernel::decider::fold;

use super::*;

fn all_commands(at: Timestamp) -> Vec<Command> {
    vec![
        propose(plan()),
        Command::ShipDirectly { bet: None, user_visible: false },
        Command::Start,
        enter(Alpha, at),
        Command::AdvanceStep { facts: good(at) },
        Command::RecordEvidence { kind: "note".to_owned(), value: "1".to_owned() },
        Command::EvaluateGate { attempt: None, facts: good(at) },
        Command::Pause,
        Command::Resume,
        Command::LoseWatch { attempt: 1 },
        Command::RestoreWatch,
        Command::RequestRollback(retreat(None, false)),
        Command::ConfirmRollback { to: None, flag_version: 1 },
        Command::MarkOverdue { attempt: 1 },
        Command::Complete,
        Command::Abort,
    ]
}

fn name(command: &Command) -> String {
    let debug = format!("{command:?}");
    debug.chars().take_while(char::is_ascii_alphabetic).collect()
}

#[test]
fn p2_every_command_names_its_reverse() {
    let commands: Vec<_> = all_commands(t(DAY)).iter().map(name).collect();
    let reverses: Vec<_> = REVERSES.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert_eq!(commands, reverses);
    assert!(REVERSES.iter().all(|(_, reverse)| !reverse.is_empty()));
}

/// What each command comes to in each state: `+` events, `.` a repeat, `x` a refusal.
#[test]
fn every_command_is_decided_in_every_state() {
    let at = t(DAY);
    let aborted = Event::Aborted { reason: String::new() };
    let table: Vec<_> = [
        vec![],
        vec![planned()],
        internal(),
        and(internal(), [paused()]),
        and(internal(), [lost(1)]),
        and(internal(), [rolling_back(Internal, 1, false)]),
        and(internal(), [rolling_back(Internal, 1, false), rolled_back(None)]),
        and(internal(), [Event::Completed { at }]),
        and(internal(), [aborted]),
        vec![Event::ShippedDirectly { bet: None, reason: String::new() }],
    ]
    .into_iter()
    .map(|history| {
        let state = fold::<Rollout>(&history);
        let mut issued = Issued::at(at);
        "because".clone_into(&mut issued.reason);
        let outcome = |command| match Rollout::decide(&state, command, &issued) {
            Ok(events) if events.is_empty() => '.',
            Ok(_) => '+',
            Err(_) => 'x',
        };
        let row: String = all_commands(at).into_iter().map(outcome).collect();
        format!("{:<16} {row}", state.name())
    })
    .collect();
    assert_eq!(
        table,
        [
            "absent           ++xxxxxxx..xxxxx",
            "draft            xx+xx+xxx..xxxx+",
            "running          xx.+x+++.+.+xxx+",
            "paused           xxxxx++.++.+xxx+",
            "paused           xxxxx++.x.++xxx+",
            "rolling_back     xxxxx+xxx...+.x+",
            "rolled_back      xxxxx+xx+.....x+",
            "completed        xxxxxxxxx..xx..x",
            "aborted          xxxxxxxxx..xx.x.",
            "shipped_directly xxxxxxxxx..xxxxx",
        ]
    );
}

#[derive(Debug, Clone)]
enum Act {
    Wait(u64),
    Do(Command),
    Enter(StageName, Good),
    Advance(Good),
}

/// Whether the facts would pass.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Good {
    Yes,
    Stale,
    Failing,
}

fn facts(good_or_not: Good, at: Timestamp) -> Facts {
    let mut facts = good(at);
    if let Answer::Given(given) = &mut facts.metrics {
        match good_or_not {
            Good::Yes => {}
            Good::Stale => given.at = at - jiff::SignedDuration::from_secs(6),
            Good::Failing => given.guardrails[0].state = CheckState::Fail,
        }
    }
    facts
}

fn any_stage() -> impl Strategy<Value = StageName> {
    proptest::sample::select(StageName::ALL.to_vec())
}

fn any_good() -> impl Strategy<Value = Good> {
    prop_oneof![6 => Just(Good::Yes), 1 => Just(Good::Stale), 1 => Just(Good::Failing)]
}

fn any_act() -> impl Strategy<Value = Act> {
    let from = proptest::option::of((any_stage(), 1_u32..6));
    let rollback =
        (from, any::<bool>()).prop_map(|(from, critical)| Command::RequestRollback(retreat(from, critical)));
    let confirm =
        proptest::option::of(any_stage()).prop_map(|to| Command::ConfirmRollback { to, flag_version: 1 });
    let command = prop_oneof![
        Just(Command::Start),
        Just(Command::Pause),
        Just(Command::Resume),
        Just(Command::RestoreWatch),
        Just(Command::Complete),
        (1_u32..6).prop_map(|attempt| Command::LoseWatch { attempt }),
        (1_u32..6).prop_map(|attempt| Command::MarkOverdue { attempt }),
        rollback,
        confirm,
    ];
    prop_oneof![
        4 => (0_u64..20 * 24).prop_map(Act::Wait),
        4 => (any_stage(), any_good()).prop_map(|(stage, good)| Act::Enter(stage, good)),
        4 => any_good().prop_map(Act::Advance),
        3 => command.prop_map(Act::Do),
        1 => Just(Act::Do(Command::Abort)),
    ]
}

/// Whom a state serves, as far as the rollout itself knows.
fn served(state: &State) -> Option<Audience> {
    let course = state.course()?;
    state.active().map(|active| course.plan.exposure(active.stage, active.step))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn p2_and_r2_exposure_grows_only_through_an_open_gate(acts in proptest::collection::vec(any_act(), 1..60)) {
        let mut history = internal();
        let mut state = fold::<Rollout>(&history);
        let mut at = t(Duration::ZERO);
        let mut attempts = 1;
        // Cleared by a rollback; a resume starts a soak that nothing widens before.
        let mut soak_since = Some(at);
        for act in acts {
            let (command, good_facts) = match act {
                Act::Wait(hours) => { at = plus(at, HOUR * u32::try_from(hours).unwrap()); continue }
                Act::Do(command) => (command, false),
                Act::Enter(stage, good) => (Command::EnterStage { stage, facts: facts(good, at) }, good == Good::Yes),
                Act::Advance(good) => (Command::AdvanceStep { facts: facts(good, at) }, good == Good::Yes),
            };
            let terminal = Rollout::is_terminal(&state);
            let Ok(events) = Rollout::decide(&state, command, &Issued::at(at)) else { continue };
            prop_assert!(!terminal || events.is_empty(), "the end is the end");
            for event in &events {
                let before = served(&state);
                let next = Rollout::evolve(state.clone(), event);
                if let (Some(before), Some(after)) = (before, served(&next)) && after.widens(&before) {
                    prop_assert!(good_facts, "{event:?} widened on bad facts");
                    prop_assert!(matches!(event, Event::StageEntered(_) | Event::StepAdvanced(_)));
                    prop_assert!(state.name() == "running");
                    let active = state.active().unwrap();
                    let plan = &state.course().unwrap().plan;
                    let due = plan.soaked_at(active.stage, active.step, active.stage_since, active.step_since);
                    prop_assert!(at >= due, "{event:?} at {at} before {due}");
                    prop_assert!(soak_since.is_some_and(|since| since <= active.step_since));
                }
                match event {
                    Event::RollbackRequested { .. } => soak_since = None,
                    Event::Resumed { attempt, .. } => { prop_assert!(*attempt == attempts + 1); attempts = *attempt; soak_since = Some(at) }
                    Event::StageEntered(entry) => { prop_assert!(entry.attempt == attempts + 1); attempts = entry.attempt }
                    _other => {}
                }
                state = next;
            }
            history.extend(events);
            prop_assert_eq!(&fold::<Rollout>(&history), &state);
        }
    }

    #[test]
    fn r3_the_soak_never_ends_early_whatever_the_clock_does(jumps in proptest::collection::vec(0_u64..40, 1..12)) {
        let state = fold::<Rollout>(&internal());
        let mut at = t(Duration::ZERO);
        for hours in jumps {
            at = plus(at, HOUR * u32::try_from(hours).unwrap());
            let decision = Rollout::decide(&state, enter(Alpha, at), &Issued::at(at));
            prop_assert_eq!(decision.is_ok(), at >= t(DAY));
        }
    }
}
