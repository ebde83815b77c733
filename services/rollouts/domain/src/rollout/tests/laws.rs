//! What holds for every history: exposure grows through gates only, one stage is active, history only grows.

use verdict_kernel::decider::fold;

use super::*;
use crate::raising::{Path, asks};

fn all_commands(at: Timestamp) -> Vec<Asked> {
    let answered = raised(good(at), BreachFact { retracted: true, ..breach(1, at) }, at);
    let alone = |command| (command, Known::default());
    let (kind, verdict, link) = ("open_p0_bugs".to_owned(), "1".to_owned(), String::new());
    vec![
        propose(plan()),
        ship(None, false, false),
        start(),
        enter(ALPHA, at),
        advance(good(at)),
        alone(Command::RecordEvidence { kind, verdict, link }),
        evaluate(None, good(at)),
        alone(pause(PauseCause::Person)),
        resume(How::Fresh, answered),
        alone(Command::LoseWatch { attempt: 1 }),
        alone(Command::RestoreWatch),
        alone(Command::RequestRollback(retreat(None, false))),
        alone(Command::ConfirmRollback { to: None, flag_version: 1 }),
        alone(Command::MarkOverdue { attempt: 1 }),
        alone(Command::ExtendStage { by: DAY }),
        complete_on(good(at)),
        alone(Command::Abort),
    ]
}

fn name(command: &Command) -> String {
    let debug = format!("{command:?}");
    debug.chars().take_while(char::is_ascii_alphabetic).collect()
}

#[test]
fn p2_every_command_names_its_reverse() {
    let commands: Vec<_> = all_commands(t(DAY)).iter().map(|(command, _)| name(command)).collect();
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
        and(internal(), [rolling_back(INTERNAL, 1, false)]),
        and(internal(), [rolling_back(INTERNAL, 1, false), rolled_back(None)]),
        and(internal(), [Event::Completed { at }]),
        and(internal(), [aborted]),
        vec![Event::ShippedDirectly { bet: None, reason: String::new() }],
    ]
    .into_iter()
    .map(|history| {
        let state = fold::<Rollout>(&history);
        let mut issued = Issued::at(at);
        "because".clone_into(&mut issued.reason);
        let outcome = |(command, known)| match Rollout::decide(&state, command, &known, &issued) {
            Ok(decision) if decision.events.is_empty() => '.',
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
            "absent           ++xxxxxxx..xxxxxx",
            "draft            xx+xx+xxx..xxxxx+",
            "running          xx.+x+++.+.+xxxx+",
            "paused           xxxxx++.++.+xxxx+",
            "paused           xxxxx+++x.++xxxx+",
            "rolling_back     xxxxx+xxx...+.xx+",
            "rolled_back      xxxxx+xx+.....xx+",
            "completed        xxxxxxxxx..xx.x.x",
            "aborted          xxxxxxxxx..xx.xx.",
            "shipped_directly xxxxxxxxx..xxxxxx",
        ]
    );
}

#[derive(Debug, Clone)]
enum Act {
    Wait(u64),
    Do(Box<Asked>),
    /// The stage counts from the lowest one of the plan on, and again from there.
    Enter(usize, Option<usize>, Good),
    RollBack(Option<(usize, u32)>, bool),
    Confirm(Option<usize>),
    Advance(Good),
    Complete(Good),
    Resume(How, Good, bool),
    /// The flag is turned off or killed by hand, which pauses the rollout, or revived.
    TakeAway(PauseCause),
    Revive,
}

/// Whether the facts would pass.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Good {
    Yes,
    Stale,
    Failing,
}

/// What the flag shows: it follows the rollout, and somebody may take it away.
#[derive(Debug, Clone)]
struct Shown {
    served: Audience,
    killed: bool,
    /// What an undo of the kill brings back.
    before: Option<Audience>,
}

fn facts(good_or_not: Good, shown: &Shown, state: &State, retracted: bool, at: Timestamp) -> Facts {
    let mut facts = good(at);
    let asked = state.course().map(|course| course.attempts);
    let (served, killed) = (shown.served.clone(), shown.killed);
    facts.flag = FlagFact::Known(FlagStanding { killed, served, asked, ..FlagStanding::default() });
    if let Some(failed) = state.failed() {
        let breach = BreachFact { retracted, ..breach(failed.attempt, failed.since) };
        facts = raised(facts, breach, failed.since);
    }
    if let Answer::Given(given) = &mut facts.metrics {
        match good_or_not {
            Good::Yes => {}
            Good::Stale => given.at = at - jiff::SignedDuration::from_secs(6),
            Good::Failing => given.guardrails[0].state = CheckState::Fail,
        }
    }
    facts
}

/// Names that tell nothing about an order or a class.
const NAMES: [&str; 8] = ["ga", "x-1", "Internal", "early.birds", "zz", "beta", "9th", "ALPHA"];

fn any_stage() -> impl Strategy<Value = usize> {
    0..NAMES.len()
}

/// One stage or several of each class, under names of all kinds.
fn any_plan() -> impl Strategy<Value = Plan> {
    let names = Just(NAMES.to_vec()).prop_shuffle();
    (1..3_usize, 1..3_usize, 1..3_usize, 0..3_usize, names).prop_map(
        |(internal, named, share, all, names)| {
            let counts = [internal, named, share, all];
            let classes = Class::ALL.into_iter().zip(counts).flat_map(|(class, count)| vec![class; count]);
            let stages = names.iter().zip(classes).enumerate();
            let mut stages: Vec<_> =
                stages.map(|(index, (name, class))| any_stage_of(name, class, index)).collect();
            // After a stage that ends with everyone there is nobody left to take in.
            for stage in stages.iter_mut().filter(|stage| stage.class == Class::Everyone).skip(1) {
                stage.steps.remove(0);
            }
            Plan { stages, ..plan() }
        },
    )
}

/// A stage that reaches more than every stage of a lower index.
fn any_stage_of(name: &str, class: Class, index: usize) -> Stage {
    let step = |audience| Step { audience, soak: HOUR };
    let member = || Audience::members(["ann".to_owned(), format!("member-{index}")]);
    let account = || Audience::accounts(["acme".to_owned(), format!("account-{index}")]);
    let share = |part: u16| Audience::percent(Percent::of(u16::try_from(index).unwrap() * 10 + part));
    let steps = match class {
        Class::Internal => vec![step(member())],
        Class::Named => vec![step(account())],
        Class::Share => vec![step(share(1)), step(share(5))],
        Class::Everyone => vec![step(share(2)), step(Audience::percent(Percent::FULL))],
    };
    Stage { name: name.parse().unwrap(), class, steps, min_soak: HOUR, max_soak: None }
}

/// Running in the first stage of the plan since the epoch.
fn begun(plan: &Plan) -> Vec<Event> {
    let first = plan.first().clone();
    let mut history = internal();
    history[0] = Event::Planned(Box::new(plan.clone()));
    let audience = plan.exposure(&first, 0);
    *history.last_mut().unwrap() =
        Event::StageEntered(Entry { stage: first, audience, ..entry(INTERNAL, 1, 0, t(Duration::ZERO)) });
    history
}

fn any_good() -> impl Strategy<Value = Good> {
    prop_oneof![6 => Just(Good::Yes), 1 => Just(Good::Stale), 1 => Just(Good::Failing)]
}

fn any_act() -> impl Strategy<Value = Act> {
    let from = proptest::option::of((any_stage(), 1_u32..6));
    let rollback = (from, any::<bool>()).prop_map(|(from, critical)| Act::RollBack(from, critical));
    let confirm = proptest::option::of(any_stage()).prop_map(Act::Confirm);
    let command = prop_oneof![
        proptest::sample::select(PauseCause::ALL.to_vec()).prop_map(pause),
        Just(Command::RestoreWatch),
        (1_u32..6).prop_map(|attempt| Command::LoseWatch { attempt }),
        (1_u32..6).prop_map(|attempt| Command::MarkOverdue { attempt }),
        (1_u32..9).prop_map(|days| Command::ExtendStage { by: DAY * days }),
    ];
    let command = prop_oneof![
        1 => Just(start()),
        5 => command.prop_map(|command| (command, Known::default())),
    ];
    let how = proptest::sample::select(How::ALL.to_vec());
    let taken = proptest::sample::select(vec![PauseCause::Off, PauseCause::Killed]);
    prop_oneof![
        4 => (0_u64..20 * 24).prop_map(Act::Wait),
        4 => (any_stage(), proptest::option::of(0_usize..3), any_good())
            .prop_map(|(stage, step, good)| Act::Enter(stage, step, good)),
        4 => any_good().prop_map(Act::Advance),
        1 => any_good().prop_map(Act::Complete),
        3 => (how, any_good(), any::<bool>()).prop_map(|(how, good, retracted)| Act::Resume(how, good, retracted)),
        1 => taken.prop_map(Act::TakeAway),
        1 => Just(Act::Revive),
        2 => command.prop_map(|asked| Act::Do(Box::new(asked))),
        1 => rollback,
        1 => confirm,
        1 => Just(Act::Do(Box::new((Command::Abort, Known::default())))),
    ]
}

/// What the flag shows after an event of the rollout.
fn follow(shown: &mut Shown, state: &State, event: &Event) {
    let Some(course) = state.course() else { return };
    let exposed = match event {
        Event::StageEntered(_) | Event::StepAdvanced(_) | Event::Resumed(_) => {
            state.active().map(|active| course.plan.exposure(&active.stage, active.step))
        }
        Event::RolledBack { to, .. } => {
            let to = to.as_ref().map(|to| course.plan.exposure(to, course.plan.last_step(to)));
            to.filter(|to| !to.widens(&shown.served)).or_else(|| Some(Audience::nobody()))
        }
        _other => None,
    };
    if let Some(exposed) = exposed.filter(|_| !shown.killed) {
        shown.served = exposed;
    }
}

fn stage_at(state: &State, index: usize) -> StageName {
    let stages = &state.course().unwrap().plan.stages;
    stages[index % stages.len()].name.clone()
}

/// The command of an act and whether its facts pass; `None` where it only changes the world.
fn command_of(act: Act, state: &State, shown: &mut Shown, at: &mut Timestamp) -> Option<(Asked, bool)> {
    let on = |good: Good, retracted, shown: &Shown, at: Timestamp| facts(good, shown, state, retracted, at);
    Some(match act {
        Act::Wait(hours) => {
            *at = plus(*at, HOUR * u32::try_from(hours).unwrap());
            return None;
        }
        Act::Revive => {
            shown.killed = false;
            if let Some(before) = shown.before.take() {
                shown.served = before;
            }
            return None;
        }
        Act::TakeAway(cause) => {
            if cause == PauseCause::Killed && !shown.killed {
                shown.before = Some(shown.served.clone());
                shown.killed = true;
            }
            shown.served = Audience::nobody();
            ((pause(cause), Known::default()), false)
        }
        Act::Do(asked) => (*asked, false),
        Act::Enter(target, step, good) => {
            (enter_with(stage_at(state, target), step, on(good, false, shown, *at)), good == Good::Yes)
        }
        Act::RollBack(from, critical) => {
            let from = from.map(|(stage, attempt)| (stage_at(state, stage), attempt));
            ((Command::RequestRollback(retreat(from, critical)), Known::default()), false)
        }
        Act::Confirm(to) => {
            let to = to.map(|to| stage_at(state, to));
            ((Command::ConfirmRollback { to, flag_version: 1 }, Known::default()), false)
        }
        Act::Advance(good) => (advance(on(good, false, shown, *at)), good == Good::Yes),
        Act::Complete(good) => (complete_on(on(good, false, shown, *at)), good == Good::Yes),
        Act::Resume(how, good, retracted) => {
            (resume(how, on(good, retracted, shown, *at)), good == Good::Yes && retracted)
        }
    })
}

fn issued(act: &Act, at: Timestamp) -> Issued {
    let by = match act {
        Act::Resume(How::Undo, ..) => Principal::process("stage-promotion"),
        _other => Principal::dev(),
    };
    Issued { by, reason: "because".to_owned(), ..Issued::at(at) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Nothing but a passed gate, or a recorded override, ever raises exposure; a resume gives nobody more than is
    /// served, except the first stage where nobody is; no soak runs without exposure; attempts only count up.
    #[test]
    fn p2_and_r2_exposure_grows_only_through_an_open_gate(
        plan in any_plan(),
        acts in proptest::collection::vec(any_act(), 1..60),
    ) {
        let mut history = begun(&plan);
        let mut state = fold::<Rollout>(&history);
        let mut at = t(Duration::ZERO);
        let mut attempts = 1;
        let mut shown = Shown { served: plan.exposure(plan.first(), 0), killed: false, before: None };
        for act in acts {
            let issued = issued(&act, at);
            let Some(((command, known), good_facts)) = command_of(act, &state, &mut shown, &mut at) else { continue };
            let terminal = Rollout::is_terminal(&state);
            let Ok(decision) = Rollout::decide(&state, command, &known, &issued) else { continue };
            prop_assert!(!terminal || decision.events.is_empty(), "the end is the end");
            let overridden = decision.overrides.iter().any(|over| over.rule == RuleId::R23);
            let events = decision.events;
            for event in &events {
                let before = shown.served.clone();
                let next = Rollout::evolve(state.clone(), event);
                follow(&mut shown, &next, event);
                if shown.served.widens(&before) {
                    let first = (plan.first(), 0);
                    let active = next.active().unwrap();
                    let paths = asks(event);
                    prop_assert!(!paths.is_empty(), "{event:?} raises and is in no table");
                    if paths.contains(&Path::Gate) {
                        prop_assert!(good_facts, "{event:?} widened on bad facts");
                        prop_assert!(state.name() == "running");
                        let left = state.active().unwrap();
                        let due = left.soaked_at(&state.course().unwrap().plan);
                        prop_assert!(at >= due, "{event:?} at {at} before {due}");
                    } else if paths.contains(&Path::Resume) {
                        prop_assert!(before.is_nobody() && (&active.stage, active.step) == first, "{event:?}");
                    } else {
                        prop_assert!(overridden && good_facts, "{event:?}");
                    }
                }
                if let Event::StageEntered(Entry { stage, class, .. }) | Event::StepAdvanced(Entry { stage, class, .. }) = event {
                    prop_assert_eq!(Some(*class), plan.stage(stage).map(|stage| stage.class));
                    let outside = next.course().unwrap().outside;
                    prop_assert!(outside || *class == Class::Internal, "{:?} is outside", event);
                }
                if let Event::StageEntered(Entry { attempt, .. })
                    | Event::Resumed(Resumption { attempt, kind: ResumeKind::Fresh | ResumeKind::FalseAlarm, .. }) = event
                {
                    prop_assert!(*attempt == attempts + 1);
                    attempts = *attempt;
                }
                if let (State::Running(_, active), Some(was)) = (&next, state.active())
                    && matches!(event, Event::Resumed(_) | Event::WatchRestored { .. })
                    && state.name() == "paused"
                {
                    prop_assert!(active.step_since >= was.step_since, "a pause makes no soak shorter");
                }
                state = next;
            }
            history.extend(events);
            prop_assert_eq!(&fold::<Rollout>(&history), &state);
        }
    }

    /// Whatever its stages are called and however many there are of a class, the plan is one that is accepted.
    #[test]
    fn r2_and_r5_plans_of_free_names_are_accepted(plan in any_plan()) {
        let mut stages = plan.stages.clone();
        let share = stages.iter_mut().find(|stage| stage.class == Class::Share).unwrap();
        share.steps.insert(0, Step { audience: Audience::percent(Percent::of(10)), soak: HOUR });
        given::<Rollout>([]).ask(propose(Plan { stages, ..plan })).then_accepted();
    }

    /// A person takes back past the point of no return for a reason only, and below it without one.
    #[test]
    fn r26_nobody_goes_back_past_the_point_of_no_return_without_a_reason(
        plan in any_plan(),
        (from, present) in (any_stage(), any_stage()),
        reason in proptest::sample::select(vec!["", "nobody can log in"]),
    ) {
        let name = |index: usize| plan.stages[index % plan.stages.len()].name.clone();
        let (from, present) = (name(from), name(present));
        let passed = plan.rank(&present) >= plan.rank(&from);
        let audience = plan.exposure(&present, 0);
        let entry = Entry {
            stage: present.clone(),
            class: plan.class(&present),
            audience: audience.clone(),
            ..entry(INTERNAL, 2, 0, t(HOUR))
        };
        let irreversible_from = Some(NoReturn { stage: from, reason: "the keys are gone".to_owned() });
        let history = and(begun(&Plan { irreversible_from, ..plan.clone() }), [Event::StageEntered(entry)]);
        let state = fold::<Rollout>(&history);
        let at = t(HOUR * 2);
        let issued = Issued { reason: reason.to_owned(), ..Issued::at(at) };
        let mut facts = good(at);
        facts.flag = FlagFact::Known(FlagStanding { served: audience, asked: Some(2), ..FlagStanding::default() });
        let retreat = Retreat { cause: Cause::Requested, ..retreat(None, false) };
        let mut asked = vec![
            (Command::RequestRollback(retreat), Known::default()),
            (Command::Abort, Known::default()),
        ];
        if present != *plan.first() {
            asked.push(enter_with(plan.first().clone(), None, facts));
        }
        for (command, known) in asked {
            match Rollout::decide(&state, command, &known, &issued) {
                Err(blockers) => {
                    prop_assert_eq!(blockers.first().rule, Some(RuleId::R26));
                    prop_assert!(passed && reason.is_empty());
                }
                Ok(decision) => {
                    let overridden = decision.overrides.iter().any(|over| over.rule == RuleId::R26);
                    prop_assert_eq!((decision.events.len(), overridden), (1, passed));
                }
            }
        }
    }

    #[test]
    fn r3_the_soak_never_ends_early_whatever_the_clock_does(jumps in proptest::collection::vec(0_u64..40, 1..12)) {
        let state = fold::<Rollout>(&internal());
        let mut at = t(Duration::ZERO);
        for hours in jumps {
            at = plus(at, HOUR * u32::try_from(hours).unwrap());
            let (command, known) = enter(ALPHA, at);
            let decision = Rollout::decide(&state, command, &known, &Issued::at(at));
            prop_assert_eq!(decision.is_ok(), at >= t(DAY));
        }
    }
}
