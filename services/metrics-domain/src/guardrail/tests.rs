use std::num::NonZeroU32;
use std::time::Duration;

use proptest::prelude::*;
use verdict_kernel::check::CheckState::{Fail, Pass};
use verdict_kernel::clock::plus;
use verdict_kernel::decider::fold;
use verdict_kernel::id::CommandId;
use verdict_kernel::spec::given;

use super::*;
use crate::evaluation::{Comparison, Rule, Threshold};
use crate::value::Value;

const STALE: CheckState = CheckState::Unknown(Unknown::Stale);

fn command_id(byte: u8) -> CommandId {
    format!("{byte:032x}").parse().unwrap()
}

fn at(minute: u32) -> Timestamp {
    plus(Timestamp::UNIX_EPOCH, Duration::from_mins(1) * minute)
}

fn arming(severity: Severity) -> Arming {
    Arming {
        metric: "cpu".to_owned(),
        rollout: RolloutId::created_by(command_id(1)),
        terms: Terms {
            rule: Rule::Threshold(Threshold {
                comparison: Comparison::Below,
                value: Value::new(50.0).unwrap(),
                for_points: NonZeroU32::new(3).unwrap(),
            }),
            min_sample: 0,
            severity,
            refresh: Duration::from_mins(1),
        },
    }
}

fn attempt(number: u32) -> StageAttempt {
    StageAttempt {
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: number,
        flag: FlagId::created_by(command_id(2)),
        bet: Some(BetId::created_by(command_id(3))),
    }
}

fn answer(state: CheckState, minute: u32, during: u32) -> Command {
    Command::Answer(Answer {
        state,
        as_of: at(minute),
        seen: "41".to_owned(),
        sample: 3,
        attempt: (during > 0).then(|| attempt(during)),
    })
}

fn changed(state: CheckState, minute: u32) -> Event {
    Event::AnswerChanged { state, as_of: at(minute), seen: "41".to_owned(), sample: 3 }
}

fn breached(minute: u32, during: u32) -> Event {
    Event::Breached(Breach {
        rollout: RolloutId::created_by(command_id(1)),
        at: attempt(during),
        metric: "cpu".to_owned(),
        as_of: at(minute),
        required: "not below 50 for 3 points in a row".to_owned(),
        seen: "41".to_owned(),
        critical: false,
    })
}

fn recovered(minute: u32) -> Event {
    Event::Recovered { as_of: at(minute) }
}

fn retracted() -> Event {
    Event::Retracted { reason: "sensor".to_owned() }
}

fn disarmed() -> Event {
    Event::Disarmed { reason: "moved".to_owned() }
}

fn armed() -> Vec<Event> {
    vec![Event::Armed(arming(Severity::Normal))]
}

fn after(events: impl IntoIterator<Item = Event>) -> Vec<Event> {
    armed().into_iter().chain(events).collect()
}

/// In breach since minute 5, in attempt 1.
fn in_breach() -> Vec<Event> {
    after([changed(Fail, 5), breached(5, 1)])
}

#[test]
fn m2_a_guardrail_on_a_lagging_metric_is_refused() {
    given::<Guardrail>([])
        .when(Command::Arm { arming: arming(Severity::Normal), kind: MetricType::Lagging })
        .then_refused_by(RuleId::M2);
}

#[test]
fn m2_a_guardrail_on_any_other_metric_is_accepted() {
    for kind in [MetricType::Leading, MetricType::Core, MetricType::Guardrail] {
        given::<Guardrail>([]).when(Command::Arm { arming: arming(Severity::Normal), kind }).then(armed());
    }
}

#[test]
fn an_answer_is_recorded_only_when_it_changes() {
    given::<Guardrail>(armed()).when(answer(Pass, 1, 1)).then([changed(Pass, 1)]);
    given::<Guardrail>(after([changed(Pass, 1)])).when(answer(Pass, 2, 1)).then([]);
}

#[test]
fn r9a_a_failing_answer_breaches_and_names_the_stage_attempt() {
    given::<Guardrail>(after([changed(Pass, 1)]))
        .when(answer(Fail, 5, 1))
        .then([changed(Fail, 5), breached(5, 1)]);
}

#[test]
fn r9a_a_critical_guardrail_says_so_in_its_breach() {
    let events = given::<Guardrail>([Event::Armed(arming(Severity::Critical { events: 3 }))])
        .when(answer(Fail, 5, 1))
        .then_accepted();
    assert!(matches!(&events[1], Event::Breached(breach) if breach.critical));
}

#[test]
fn r9a_an_episode_breaches_once_per_attempt() {
    given::<Guardrail>(in_breach()).when(answer(Fail, 6, 1)).then([]);
    given::<Guardrail>(in_breach()).when(answer(Fail, 6, 2)).then([breached(6, 2)]);
}

#[test]
fn r9a_a_failure_without_a_stage_breaches_with_the_first_one() {
    given::<Guardrail>(armed()).when(answer(Fail, 5, 0)).then([changed(Fail, 5)]);
    given::<Guardrail>(after([changed(Fail, 5)])).when(answer(Fail, 6, 1)).then([breached(6, 1)]);
}

#[test]
fn an_answer_that_is_not_newer_is_a_repeat() {
    for (state, minute) in [(Fail, 4), (Pass, 4), (Pass, 5), (STALE, 4)] {
        given::<Guardrail>(in_breach()).when(answer(state, minute, 2)).then([]);
    }
    given::<Guardrail>(in_breach()).when(answer(Fail, 5, 2)).then([]);
}

#[test]
fn late_data_may_reveal_a_failure_and_never_takes_one_back() {
    given::<Guardrail>(after([changed(Pass, 5)]))
        .when(answer(Fail, 5, 1))
        .then([changed(Fail, 5), breached(5, 1)]);
    given::<Guardrail>(in_breach()).when(answer(Pass, 5, 1)).then([]);
}

#[test]
fn m4_an_answer_goes_stale_without_a_newer_window_and_the_breach_stays() {
    let state = given::<Guardrail>(in_breach()).when(answer(STALE, 5, 1)).then_state();
    assert!(state.is_breached());
    assert_eq!(state.guardrail().map(|it| it.last.state()), Some(STALE));
    given::<Guardrail>(in_breach().into_iter().chain([changed(STALE, 5)]))
        .when(answer(Fail, 6, 1))
        .then([changed(Fail, 6)]);
}

#[test]
fn a_pass_recovers_and_the_next_failure_is_a_new_episode() {
    given::<Guardrail>(in_breach()).when(answer(Pass, 6, 1)).then([changed(Pass, 6), recovered(6)]);
    given::<Guardrail>(in_breach().into_iter().chain([changed(Pass, 6), recovered(6)]))
        .when(answer(Fail, 7, 1))
        .then([changed(Fail, 7), breached(7, 1)]);
}

#[test]
fn an_acknowledged_breach_recovers_like_any_other() {
    let acknowledged = in_breach().into_iter().chain([Event::Acknowledged]);
    given::<Guardrail>(acknowledged.clone()).when(answer(Pass, 6, 1)).then([changed(Pass, 6), recovered(6)]);
    given::<Guardrail>(acknowledged).when(Command::Acknowledge).then([]);
}

#[test]
fn a_retracted_breach_excuses_its_attempt_until_the_next_pass() {
    given::<Guardrail>(in_breach()).because("sensor").when(Command::Retract).then([retracted()]);
    let excused = || in_breach().into_iter().chain([retracted()]);
    given::<Guardrail>(excused()).when(answer(Fail, 6, 1)).then([]);
    given::<Guardrail>(excused()).when(answer(Fail, 6, 2)).then([breached(6, 2)]);
    given::<Guardrail>(excused().chain([changed(Pass, 6)]))
        .when(answer(Fail, 7, 1))
        .then([changed(Fail, 7), breached(7, 1)]);
}

#[test]
fn retracting_and_disarming_need_a_reason() {
    for command in [Command::Retract, Command::Disarm] {
        let refusal = given::<Guardrail>(in_breach()).when(command).then_refused();
        assert_eq!(refusal.code, "reason_missing");
    }
}

#[test]
fn a_disarmed_guardrail_ignores_answers_until_it_is_rearmed() {
    let off = || in_breach().into_iter().chain([disarmed()]);
    for state in [Pass, Fail, STALE] {
        given::<Guardrail>(off()).when(answer(state, 9, 2)).then([]);
    }
    given::<Guardrail>(off()).when(Command::Rearm).then([Event::Rearmed]);
    given::<Guardrail>(off().chain([Event::Rearmed])).when(answer(Fail, 9, 1)).then([breached(9, 1)]);
}

#[test]
fn each_command_is_decided_in_each_state() {
    let histories = || {
        [
            ("unarmed", vec![]),
            ("armed", armed()),
            ("breached", in_breach()),
            ("acknowledged", in_breach().into_iter().chain([Event::Acknowledged]).collect()),
            ("excused", in_breach().into_iter().chain([retracted()]).collect()),
            ("recovered", in_breach().into_iter().chain([changed(Pass, 6), recovered(6)]).collect()),
            ("disarmed", in_breach().into_iter().chain([disarmed()]).collect()),
        ]
    };
    let outcome = |history: Vec<Event>, command: Command| {
        let issued = Issued { reason: "sensor".to_owned(), ..Issued::at(at(9)) };
        match Guardrail::decide(&fold::<Guardrail>(&history), command, &issued) {
            Ok(events) if events.is_empty() => "repeat",
            Ok(_) => "accepted",
            Err(refusal) => Refused::from(refusal).code,
        }
    };
    let again = || Command::Arm { arming: arming(Severity::Normal), kind: MetricType::Core };
    let other = || Command::Arm { arming: arming(Severity::Critical { events: 1 }), kind: MetricType::Core };
    for (name, history) in histories() {
        let commands = [
            again(),
            other(),
            answer(Fail, 9, 2),
            Command::Acknowledge,
            Command::Retract,
            Command::Disarm,
            Command::Rearm,
        ];
        let seen = commands.map(|command| outcome(history.clone(), command));
        let (twice, off) = ("guardrail_already_armed", "guardrail_unarmed");
        let calm = "guardrail_not_breached";
        let (ok, no) = ("accepted", "repeat");
        let expected = match name {
            "unarmed" => [ok, ok, off, off, off, off, off],
            "breached" => [no, twice, ok, ok, ok, ok, no],
            "acknowledged" => [no, twice, ok, no, ok, ok, no],
            "excused" => [no, twice, ok, calm, no, ok, no],
            "armed" | "recovered" => [no, twice, ok, calm, calm, ok, no],
            "disarmed" => [no, twice, no, calm, calm, no, ok],
            other => unreachable!("{other}"),
        };
        assert_eq!(seen, expected, "{name}");
    }
}

#[test]
fn p2_every_command_names_its_reverse() {
    let name = |command: Command| match command {
        Command::Arm { .. } => "Arm",
        Command::Answer(_) => "Answer",
        Command::Acknowledge => "Acknowledge",
        Command::Retract => "Retract",
        Command::Disarm => "Disarm",
        Command::Rearm => "Rearm",
    };
    let all = [
        Command::Arm { arming: arming(Severity::Normal), kind: MetricType::Core },
        answer(Pass, 1, 1),
        Command::Acknowledge,
        Command::Retract,
        Command::Disarm,
        Command::Rearm,
    ]
    .map(name);
    assert!(REVERSES.iter().map(|(command, _)| *command).eq(all));
}

fn any_command() -> impl Strategy<Value = Command> {
    let states = prop::sample::select(vec![Pass, Fail, STALE, CheckState::Unknown(Unknown::Insufficient)]);
    prop_oneof![
        6 => (states, 0..12_u32, 0..4_u32).prop_map(|(state, minute, during)| answer(state, minute, during)),
        1 => Just(Command::Arm { arming: arming(Severity::Normal), kind: MetricType::Core }),
        1 => Just(Command::Acknowledge),
        1 => Just(Command::Retract),
        1 => Just(Command::Disarm),
        1 => Just(Command::Rearm),
    ]
}

proptest! {
    #[test]
    fn p2_commands_only_add_to_the_history(commands in prop::collection::vec(any_command(), 0..40)) {
        let issued = Issued { reason: "sensor".to_owned(), ..Issued::at(at(20)) };
        let mut history = armed();
        for command in commands {
            let state = fold::<Guardrail>(&history);
            let would = match &command {
                Command::Answer(it) => state.would_change(it.state, it.as_of, it.attempt.as_ref().map(|at| at.attempt)),
                Command::Arm { .. } | Command::Acknowledge | Command::Retract | Command::Disarm | Command::Rearm => true,
            };
            let before = history.clone();
            let added = Guardrail::decide(&state, command, &issued).unwrap_or_default();
            // What the evaluation is told beforehand is what the decision then is.
            prop_assert!(would || added.is_empty());
            let after = added.iter().fold(state, Guardrail::evolve);
            history.extend(added);
            prop_assert!(history.starts_with(&before));
            prop_assert_eq!(fold::<Guardrail>(&history), after);
        }
    }

    #[test]
    fn r9a_between_two_passes_no_attempt_breaches_twice(commands in prop::collection::vec(any_command(), 0..60)) {
        let issued = Issued { reason: "sensor".to_owned(), ..Issued::at(at(20)) };
        let mut state = fold::<Guardrail>(&armed());
        let mut named = Vec::new();
        for command in commands {
            for event in Guardrail::decide(&state, command, &issued).unwrap_or_default() {
                match &event {
                    Event::Breached(breach) => {
                        prop_assert!(!named.contains(&breach.at.attempt));
                        named.push(breach.at.attempt);
                    }
                    Event::AnswerChanged { state: Pass, .. } | Event::Rearmed => named.clear(),
                    Event::Armed(_) | Event::AnswerChanged { .. } | Event::Acknowledged | Event::Recovered { .. }
                    | Event::Retracted { .. } | Event::Disarmed { .. } => {}
                }
                state = Guardrail::evolve(state, &event);
            }
        }
    }
}
