//! What holds after any sequence of commands.

use proptest::prelude::*;
use verdict_kernel::check::Unknown;
use verdict_kernel::decider::fold;

use super::*;

fn any_text() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(vec!["", "one", "One!", "two", "a third belief", "a fourth belief"])
}

fn any_timebox() -> impl Strategy<Value = Timebox> + Clone {
    let at = |hour: i64| Timestamp::from_second(hour * 3_600).unwrap();
    (0_i64..2_000, 0_i64..2_000).prop_map(move |(start, end)| timebox(at(start), at(end)))
}

fn any_decision() -> impl Strategy<Value = Decision> {
    let iterate = (any_text(), any_timebox(), any::<bool>()).prop_map(|(text, timebox, over)| {
        Decision::Iterate { hypothesis: Some(hypothesis(text)), timebox: Some(timebox), over }
    });
    let kill = (any::<bool>(), any_text()).prop_map(|(costly, learning)| Decision::Kill {
        reason: Some(if costly { KillReason::TooCostly } else { KillReason::Disproved }),
        learnings: vec![learning.to_owned()],
    });
    let scale = any::<bool>().prop_map(|over| Decision::Scale { over });
    prop_oneof![8 => iterate, 1 => kill, 1 => scale]
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let state =
        prop::sample::select(vec![CheckState::Pass, CheckState::Fail, CheckState::Unknown(Unknown::NoData)]);
    let reach = prop_oneof![Just(Reach::Team), Just(outside())];
    (state, reach, 1_u128..4).prop_map(|(target_met, reach, number)| Facts {
        attached: Some(attached(number)),
        reach: Some(reach),
        metric_types: types(&metrics()).metric_types,
        ..saying(target_met)
    })
}

fn any_command() -> impl Strategy<Value = Command> {
    let slip = (0_i64..3_000).prop_map(|hour| {
        Command::DeclareSlip(Slip {
            new_end: Timestamp::from_second(hour * 3_600).unwrap(),
            cause: "late".to_owned(),
            trade_off: "less".to_owned(),
            options: vec!["a".to_owned(), "b".to_owned()],
        })
    });
    let item = (0..Item::ALL.len(), 0..3_usize).prop_map(|(item, clarity)| {
        let clarity = [Clarity::Clear, Clarity::Fuzzy, Clarity::Missing][clarity];
        Command::AssessHandoffItem(Item::ALL[item], clarity)
    });
    prop_oneof![
        1 => Just(Command::Propose(proposal(Mode::ZeroToOne))),
        1 => any_text().prop_map(|text| Command::StateHypothesis(hypothesis(text))),
        1 => Just(Command::StartDiscovery),
        3 => Just(Command::StartShaping),
        1 => Just(agree(&metrics())),
        1 => any_timebox().prop_map(Command::SetTimebox),
        1 => slip,
        4 => Just(Command::MarkShaped),
        1 => item,
        4 => any::<bool>().prop_map(|override_fuzzy| Command::HandOff { override_fuzzy }),
        4 => (1_u128..4).prop_map(attach),
        1 => Just(Command::StartMeasuring),
        1 => (-5_i64..9).prop_map(|micros| Command::RecordCost(PersonDays::from_micros(micros))),
        2 => Just(Command::EndTimebox),
        9 => any_decision().prop_map(|decision| Command::Conclude(Some(decision))),
        1 => Just(Command::Conclude(None)),
        1 => Just(Command::Withdraw),
        2 => Just(Command::Reopen),
    ]
}

/// A bet that may be handed off at once, so that random commands get past the planning.
fn start(mode: Mode, limit: u32) -> Vec<Event> {
    let mut history = shaped(mode);
    history[0] = Event::Proposed(Proposal { iteration_limit: limit, ..proposal(mode) });
    history
}

fn check(bet: &Known) -> Result<(), TestCaseError> {
    prop_assert!(bet.iteration() <= bet.iteration_limit && bet.iteration_limit <= MAX_ITERATIONS);
    prop_assert!(bet.cost >= PersonDays::ZERO);
    for cycle in bet.cycles() {
        prop_assert!(cycle.timebox.is_none_or(|timebox| timebox.end > timebox.start));
    }
    let planned = matches!(bet.phase, Phase::Proposed | Phase::Withdrawn);
    prop_assert!(planned || bet.cycle().hypothesis().is_some_and(Hypothesis::is_whole));
    Ok(())
}

proptest! {
    #[test]
    fn p2_every_history_only_grows_and_keeps_the_invariants(
        commands in prop::collection::vec((any_command(), any_facts(), any::<bool>()), 1..60),
        limit in 0..=MAX_ITERATIONS,
        scaling: bool,
    ) {
        let mode = if scaling { Mode::Scaling } else { Mode::ZeroToOne };
        let mut history = start(mode, limit);
        let mut state = fold::<Bet>(&history);
        for (command, facts, explained) in commands {
            let before = history.clone();
            let reopens = matches!(command, Command::Reopen);
            let over = state.known().unwrap().phase;
            let issued = Issued {
                reason: if explained { "because".to_owned() } else { String::new() },
                ..Issued::at(day(1))
            };
            let Ok(decision) = Bet::decide(&state, command, &facts, &issued) else { continue };
            state = decision.events.iter().fold(state, Bet::evolve);
            history.extend(decision.events);
            let bet = state.known().unwrap();
            check(bet)?;
            if matches!(over, Phase::Scaled | Phase::Killed | Phase::Withdrawn) && !reopens {
                prop_assert_eq!(bet.phase, over);
            }
            prop_assert_eq!(&history[..before.len()], &before[..]);
            prop_assert_eq!(&fold::<Bet>(&history), &state);
        }
    }

    #[test]
    fn from_nothing_no_sequence_of_commands_panics(
        commands in prop::collection::vec((any_command(), any_facts()), 1..40),
    ) {
        let mut state = State::Absent;
        for (command, facts) in commands {
            if let Ok(decision) = Bet::decide(&state, command, &facts, &Issued::at(day(1))) {
                state = decision.events.iter().fold(state, Bet::evolve);
                state.known().map_or(Ok(()), check)?;
            }
        }
    }
}

/// The name of the command as the code spells it.
const fn name(command: &Command) -> &'static str {
    match command {
        Command::Propose(_) => "Propose",
        Command::StateHypothesis(_) => "StateHypothesis",
        Command::StartDiscovery => "StartDiscovery",
        Command::StartShaping => "StartShaping",
        Command::AgreeMetrics(_) => "AgreeMetrics",
        Command::SetTimebox(_) => "SetTimebox",
        Command::DeclareSlip(_) => "DeclareSlip",
        Command::MarkShaped => "MarkShaped",
        Command::AssessHandoffItem(..) => "AssessHandoffItem",
        Command::HandOff { .. } => "HandOff",
        Command::AttachRollout { .. } => "AttachRollout",
        Command::StartMeasuring => "StartMeasuring",
        Command::RecordCost(_) => "RecordCost",
        Command::NoteRollback(_) => "NoteRollback",
        Command::EndTimebox => "EndTimebox",
        Command::Conclude(_) => "Conclude",
        Command::Withdraw => "Withdraw",
        Command::Reopen => "Reopen",
    }
}

#[test]
fn p2_every_command_names_its_reverse() {
    let names = [
        Command::Propose(proposal(Mode::Scaling)),
        Command::StateHypothesis(hypothesis("x")),
        Command::StartDiscovery,
        Command::StartShaping,
        Command::AgreeMetrics(Vec::new()),
        Command::SetTimebox(timebox(day(0), day(1))),
        Command::DeclareSlip(Slip {
            new_end: day(1),
            cause: String::new(),
            trade_off: String::new(),
            options: Vec::new(),
        }),
        Command::MarkShaped,
        Command::AssessHandoffItem(Item::Problem, Clarity::Clear),
        Command::HandOff { override_fuzzy: false },
        attach(1),
        Command::StartMeasuring,
        Command::RecordCost(PersonDays::ZERO),
        Command::NoteRollback(Rollback {
            rollout: rollout(1),
            stage: String::new(),
            attempt: 1,
            breach: String::new(),
        }),
        Command::EndTimebox,
        Command::Conclude(None),
        Command::Withdraw,
        Command::Reopen,
    ]
    .iter()
    .map(name)
    .collect::<Vec<_>>();
    let listed: Vec<&str> = REVERSES.iter().map(|&(command, _)| command).collect();
    assert_eq!(listed, names);
    assert!(REVERSES.iter().all(|(_, reverse)| !reverse.is_empty()));
}
