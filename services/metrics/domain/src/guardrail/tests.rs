use std::num::NonZeroU32;
use std::time::Duration;

use proptest::prelude::*;
use verdict_kernel::check::CheckState::{Fail, Pass};
use verdict_kernel::clock::plus;
use verdict_kernel::decider::fold;
use verdict_kernel::decision::Remark;
use verdict_kernel::id::CommandId;
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::given;
use verdict_kernel::value::Value;

use super::*;
use crate::evaluation::{Aggregation, Comparison, Judge, Rule, Severity, Threshold};
use crate::metric::Trend;

mod clocks;
mod false_alarms;
mod reversing;

const STALE: CheckState = CheckState::Unknown(Unknown::Stale);
const ACKNOWLEDGE: Command = Command::Acknowledge { attempt: None };
const RETRACT: Command = Command::Retract { attempt: None };

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
            judge: Judge::default(),
            aggregation: Aggregation::default(),
        },
        effect: Effect::Rollback,
    }
}

/// What is asked for so that it is armed so.
fn asked(arming: Arming) -> Command {
    let Arming { metric, rollout, terms, effect } = arming;
    let Terms { rule, min_sample, severity, judge, .. } = terms;
    Command::Arm(Arm { metric, rollout, rule, min_sample, severity, effect, judge })
}

/// Good when it rises, as an arming below expects.
fn known(kind: MetricType) -> Known {
    Known {
        kind,
        good: Trend::Increase,
        target: None,
        baseline: None,
        observed: Vec::new(),
        unit: String::new(),
        refresh: Duration::from_mins(1),
        aggregation: Aggregation::default(),
        diluted: None,
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

fn found(state: CheckState, minute: u32, during: u32) -> Answer {
    Answer {
        state,
        as_of: at(minute),
        seen: "41".to_owned(),
        sample: 3,
        attempt: (during > 0).then(|| attempt(during)),
        found_at: at(100_000),
    }
}

fn answer(state: CheckState, minute: u32, during: u32) -> Command {
    Command::Answer(found(state, minute, during))
}

fn changed(state: CheckState, minute: u32) -> Event {
    let rollout = RolloutId::created_by(command_id(1));
    Event::AnswerChanged { rollout, state, as_of: at(minute), seen: "41".to_owned(), sample: 3 }
}

fn breach(minute: u32, during: u32, effect: Effect) -> Breach {
    Breach {
        rollout: RolloutId::created_by(command_id(1)),
        at: attempt(during),
        metric: "cpu".to_owned(),
        as_of: at(minute),
        required: "not below 50 for 3 points in a row".to_owned(),
        seen: "41".to_owned(),
        critical: false,
        effect,
    }
}

fn breached(minute: u32, during: u32) -> Event {
    Event::Breached(breach(minute, during, Effect::Rollback))
}

fn recovered(minute: u32) -> Event {
    Event::Recovered { as_of: at(minute) }
}

fn retracted() -> Event {
    Event::Retracted { reason: "sensor".to_owned(), attempt: 1 }
}

fn acknowledged() -> Event {
    Event::Acknowledged { attempt: 1 }
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
        .knowing(Some(known(MetricType::Lagging)))
        .when(asked(arming(Severity::Normal)))
        .then_refused_by(RuleId::M2);
}

#[test]
fn a_guardrail_on_a_metric_that_nobody_looked_up_is_not_armed() {
    for history in [vec![], armed()] {
        let refusal = given::<Guardrail>(history).when(asked(arming(Severity::Normal))).then_refused();
        assert_eq!((refusal.rule, refusal.code), (None, "fact_unknown"));
    }
}

#[test]
fn m17_it_is_armed_with_the_refresh_and_the_aggregation_of_the_metric() {
    let (refresh, aggregation) = (Duration::from_hours(24), Aggregation::Maximum);
    let other = arming(Severity::Normal);
    let terms = Terms { refresh, aggregation, ..other.terms.clone() };
    given::<Guardrail>([])
        .knowing(Some(Known { refresh, aggregation, ..known(MetricType::Leading) }))
        .when(asked(other.clone()))
        .then([Event::Armed(Arming { terms, ..other })]);
}

#[test]
fn m2_a_guardrail_on_any_other_metric_is_accepted() {
    for kind in [MetricType::Leading, MetricType::Core, MetricType::Guardrail] {
        given::<Guardrail>([]).knowing(Some(known(kind))).when(asked(arming(Severity::Normal))).then(armed());
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
    let acknowledged = in_breach().into_iter().chain([acknowledged()]);
    given::<Guardrail>(acknowledged.clone()).when(answer(Pass, 6, 1)).then([changed(Pass, 6), recovered(6)]);
    given::<Guardrail>(acknowledged).when(ACKNOWLEDGE).then([]);
}

#[test]
fn a_retracted_breach_excuses_its_attempt_until_the_next_pass() {
    given::<Guardrail>(in_breach()).because("sensor").when(RETRACT).then([retracted()]);
    let excused = || in_breach().into_iter().chain([retracted()]);
    given::<Guardrail>(excused()).when(answer(Fail, 6, 1)).then([]);
    given::<Guardrail>(excused()).when(answer(Fail, 6, 2)).then([breached(6, 2)]);
    given::<Guardrail>(excused().chain([changed(Pass, 6)]))
        .when(answer(Fail, 7, 1))
        .then([changed(Fail, 7), breached(7, 1)]);
}

#[test]
fn p2_what_takes_something_back_is_refused_without_a_reason() {
    for command in [RETRACT, Command::SetEffect { effect: Effect::Hold }] {
        let refusal = given::<Guardrail>(in_breach()).when(command).then_refused_by(RuleId::P2);
        assert_eq!(refusal.code, "reason_missing");
    }
    given::<Guardrail>(armed()).when(Command::Disarm).then_refused_by(RuleId::P2);
}

#[test]
fn a_disarmed_guardrail_ignores_answers_until_it_is_rearmed() {
    let off = || after([changed(Fail, 5), disarmed()]);
    for state in [Pass, Fail, STALE] {
        given::<Guardrail>(off()).when(answer(state, 9, 2)).then([]);
    }
    given::<Guardrail>(off()).when(Command::Rearm).then([Event::Rearmed]);
    let again = off().into_iter().chain([Event::Rearmed]);
    given::<Guardrail>(again).when(answer(Fail, 9, 1)).then([breached(9, 1)]);
}

#[test]
fn each_command_is_decided_in_each_state() {
    let histories = || {
        [
            ("unarmed", vec![]),
            ("armed", armed()),
            ("breached", in_breach()),
            ("acknowledged", in_breach().into_iter().chain([acknowledged()]).collect()),
            ("excused", in_breach().into_iter().chain([retracted()]).collect()),
            ("recovered", in_breach().into_iter().chain([changed(Pass, 6), recovered(6)]).collect()),
            ("disarmed", after([disarmed()])),
        ]
    };
    let outcome = |history: Vec<Event>, command: Command| {
        let issued = Issued { reason: "sensor".to_owned(), ..Issued::at(at(9)) };
        let metric = Some(known(MetricType::Core));
        match Guardrail::decide(&fold::<Guardrail>(&history), command, &metric, &issued) {
            Ok(decision) if decision.events.is_empty() => "repeat",
            Ok(_) => "accepted",
            Err(blockers) => blockers.first().code,
        }
    };
    let again = || asked(arming(Severity::Normal));
    let other = || asked(arming(Severity::Critical { events: 1 }));
    for (name, history) in histories() {
        let commands = [
            again(),
            other(),
            answer(Fail, 9, 2),
            ACKNOWLEDGE,
            RETRACT,
            Command::Disarm,
            Command::Rearm,
            Command::SetEffect { effect: Effect::Shadow },
            Command::Reconsider { answer: found(Pass, 3, 2), unfounded: vec![1] },
        ];
        let seen = commands.map(|command| outcome(history.clone(), command));
        let (twice, off) = ("guardrail_already_armed", "guardrail_unarmed");
        let (calm, open, false_one) =
            ("guardrail_not_breached", "breach_unsettled", "breach_already_retracted");
        let (ok, no) = ("accepted", "repeat");
        let expected = match name {
            "unarmed" => [ok, ok, off, off, off, off, off, off, off],
            "breached" | "recovered" => [no, twice, ok, ok, ok, open, no, ok, ok],
            "acknowledged" => [no, twice, ok, no, ok, open, no, ok, ok],
            "excused" => [no, twice, ok, false_one, no, ok, no, ok, ok],
            "armed" => [no, twice, ok, calm, calm, ok, no, ok, ok],
            "disarmed" => [ok, twice, no, calm, calm, no, ok, ok, no],
            other => unreachable!("{other}"),
        };
        assert_eq!(seen, expected, "{name}");
    }
}

#[test]
fn p2_every_command_names_its_reverse() {
    let name = |command: Command| match command {
        Command::Arm(_) => "Arm",
        Command::Answer(_) => "Answer",
        Command::Acknowledge { .. } => "Acknowledge",
        Command::Retract { .. } => "Retract",
        Command::Disarm => "Disarm",
        Command::Rearm => "Rearm",
        Command::SetEffect { .. } => "SetEffect",
        Command::Reconsider { .. } => "Reconsider",
    };
    let all = [
        asked(arming(Severity::Normal)),
        answer(Pass, 1, 1),
        ACKNOWLEDGE,
        RETRACT,
        Command::Disarm,
        Command::Rearm,
        Command::SetEffect { effect: Effect::Hold },
        Command::Reconsider { answer: found(Pass, 1, 1), unfounded: Vec::new() },
    ]
    .map(name);
    assert!(REVERSES.iter().map(|(command, _)| *command).eq(all));
}

/// The events of the command, of which there are none when it is refused.
fn decided(state: &State, command: Command, issued: &Issued) -> Vec<Event> {
    let metric = Some(known(MetricType::Core));
    Guardrail::decide(state, command, &metric, issued).map_or_else(|_| Vec::new(), |decision| decision.events)
}

fn any_command() -> impl Strategy<Value = Command> {
    let states = prop::sample::select(vec![Pass, Fail, STALE, CheckState::Unknown(Unknown::Insufficient)]);
    prop_oneof![
        6 => (states, 0..12_u32, 0..4_u32, prop::sample::select(vec![0, 5, 100_000])).prop_map(
            |(state, minute, during, now)| {
                Command::Answer(Answer { found_at: at(now), ..found(state, minute, during) })
            }
        ),
        1 => Just(asked(arming(Severity::Normal))),
        1 => Just(ACKNOWLEDGE),
        1 => Just(RETRACT),
        1 => Just(Command::Disarm),
        1 => Just(Command::Rearm),
        1 => prop::sample::select(Effect::ALL.to_vec()).prop_map(|effect| Command::SetEffect { effect }),
        1 => (0..12_u32, 0..4_u32).prop_map(|(minute, gone)| Command::Reconsider {
            answer: found(Pass, minute, 1),
            unfounded: vec![gone],
        }),
    ]
}

fn doubted(comparison: Comparison, bound: f64, known: Known) -> Vec<String> {
    let rule = Rule::Threshold(Threshold {
        comparison,
        value: Value::new(bound).unwrap(),
        for_points: NonZeroU32::MIN,
    });
    let arming = arming(Severity::Normal);
    let arming = Arming { terms: Terms { rule, ..arming.terms.clone() }, ..arming };
    let asked = asked(arming.clone());
    let decision = given::<Guardrail>([]).knowing(Some(known)).when(asked).then_decided();
    assert_eq!((decision.events, decision.overrides), (vec![Event::Armed(arming)], Vec::new()));
    let said = |remark: Remark| {
        assert_eq!(remark.rule, RuleId::M18);
        remark.sentence
    };
    decision.remarks.into_iter().map(said).collect()
}

#[test]
fn m18_a_bound_on_the_good_side_is_accepted_with_a_warning() {
    let good = |good| Known { good, ..known(MetricType::Core) };
    for (comparison, trend) in [(Comparison::Above, Trend::Increase), (Comparison::Below, Trend::Decrease)] {
        let said = doubted(comparison, 0.04, good(trend));
        assert!(said[0].contains("success would break it"), "{said:?}");
    }
    for (comparison, trend) in [(Comparison::Above, Trend::Decrease), (Comparison::Below, Trend::Increase)] {
        assert_eq!(doubted(comparison, 0.04, good(trend)), Vec::<String>::new());
    }
}

#[test]
fn m18_a_bound_far_outside_what_is_known_is_accepted_with_a_warning() {
    let value = |number| Value::new(number).unwrap();
    let errors = Known {
        good: Trend::Decrease,
        target: Some(value(0.01)),
        observed: vec![value(0.004), value(0.02)],
        ..known(MetricType::Guardrail)
    };
    for (bound, warned) in [(0.05, false), (0.2, false), (50.0, true)] {
        let said = doubted(Comparison::Above, bound, errors.clone());
        assert_eq!(said.iter().any(|said| said.contains("may never break")), warned, "{bound}");
    }
    let uptime = Known { observed: vec![value(99.9)], ..known(MetricType::Core) };
    assert_eq!(doubted(Comparison::Below, 50.0, uptime.clone()), Vec::<String>::new());
    assert_eq!(doubted(Comparison::Below, -1.0, uptime).len(), 1);
    // Nothing is known: nothing is far.
    assert_eq!(doubted(Comparison::Below, -1.0, known(MetricType::Core)), Vec::<String>::new());
}

#[test]
fn m18_a_metric_of_all_users_that_a_small_share_cannot_move_is_accepted_with_a_warning() {
    let value = |number| Value::new(number).unwrap();
    let exposing = |basis_points| Some(Share { stage: "alpha".to_owned(), basis_points });
    let said = |comparison, bound, known: &Known| {
        let said = doubted(comparison, bound, known.clone());
        said.iter().any(|said| said.contains("stage alpha exposes"))
    };
    // One percent of the users fails: 0.01 becomes 0.0199 at the most.
    let errors = Known {
        good: Trend::Decrease,
        observed: vec![value(0.01)],
        unit: "ratio".to_owned(),
        diluted: exposing(100),
        ..known(MetricType::Guardrail)
    };
    for (bound, warned) in [(0.005, false), (0.015, false), (0.02, true), (0.05, true)] {
        assert_eq!(said(Comparison::Above, bound, &errors), warned, "{bound}");
    }
    assert!(!said(Comparison::Above, 0.05, &Known { diluted: exposing(500), ..errors.clone() }));
    // What has no end may come to anything, and rows of the rollout alone are not diluted.
    assert!(!said(Comparison::Above, 0.05, &Known { unit: "ms".to_owned(), ..errors.clone() }));
    assert!(!said(Comparison::Above, 0.05, &Known { diluted: None, ..errors }));
    // Of 200 orders two percent less is 196.
    let orders = Known { observed: vec![value(200.0)], diluted: exposing(200), ..known(MetricType::Leading) };
    for (bound, warned) in [(210.0, false), (198.0, false), (196.0, true), (100.0, true)] {
        assert_eq!(said(Comparison::Below, bound, &orders), warned, "{bound}");
    }
}

fn armed_with(effect: Effect) -> Vec<Event> {
    vec![Event::Armed(Arming { effect, ..arming(Severity::Normal) })]
}

#[test]
fn r21_a_shadow_records_what_would_have_been_and_breaches_nothing() {
    let would = |minute, during| Event::WouldHaveBreached(breach(minute, during, Effect::Shadow));
    given::<Guardrail>(armed_with(Effect::Shadow))
        .when(answer(Fail, 5, 1))
        .then([changed(Fail, 5), would(5, 1)]);
    let failing = || armed_with(Effect::Shadow).into_iter().chain([changed(Fail, 5), would(5, 1)]);
    let state = given::<Guardrail>(failing()).state();
    assert!(!state.is_breached());
    assert_eq!(state.guardrail().map(|it| (it.raised.len(), it.shadowed.count)), Some((0, 1)));
    given::<Guardrail>(failing()).when(answer(Fail, 6, 1)).then([]);
    given::<Guardrail>(failing()).when(answer(Fail, 6, 2)).then([would(6, 2)]);
    given::<Guardrail>(failing().chain([changed(Pass, 6)]))
        .when(answer(Fail, 7, 1))
        .then([changed(Fail, 7), would(7, 1)]);
}

#[test]
fn r21_a_hold_breaches_and_says_that_it_holds() {
    given::<Guardrail>(armed_with(Effect::Hold))
        .when(answer(Fail, 5, 1))
        .then([changed(Fail, 5), Event::Breached(breach(5, 1, Effect::Hold))]);
}

#[test]
fn r21_an_effect_that_changes_is_an_event_and_counts_from_then_on() {
    let to = |effect| Event::EffectChanged { effect, reason: "sure by now".to_owned() };
    given::<Guardrail>(armed_with(Effect::Shadow))
        .because("sure by now")
        .when(Command::SetEffect { effect: Effect::Rollback })
        .then([to(Effect::Rollback)]);
    given::<Guardrail>(armed()).when(Command::SetEffect { effect: Effect::Rollback }).then([]);
    let would = Event::WouldHaveBreached(breach(5, 1, Effect::Shadow));
    let sharp = armed_with(Effect::Shadow).into_iter().chain([changed(Fail, 5), would, to(Effect::Rollback)]);
    given::<Guardrail>(sharp).when(answer(Fail, 6, 1)).then([breached(6, 1)]);
    let held = [changed(Fail, 5), Event::Breached(breach(5, 1, Effect::Hold)), to(Effect::Rollback)];
    let held = armed_with(Effect::Hold).into_iter().chain(held);
    given::<Guardrail>(held).when(answer(Fail, 6, 1)).then([breached(6, 1)]);
}

#[test]
fn r23_a_breach_is_remembered_with_what_became_of_it() {
    let recovered_since = in_breach().into_iter().chain([changed(Pass, 6), recovered(6)]);
    let fate = |history: Vec<Event>| {
        let state = fold::<Guardrail>(&history);
        let raised = &state.guardrail().unwrap().raised;
        raised.iter().map(|it| (it.attempt, it.verdict, it.recovered)).collect::<Vec<_>>()
    };
    assert_eq!(fate(in_breach()), [(1, Verdict::Open, false)]);
    assert_eq!(fate(recovered_since.clone().collect()), [(1, Verdict::Open, true)]);
    // Recovered or not, somebody still says whether it was true.
    let history: Vec<_> = recovered_since.collect();
    given::<Guardrail>(history.clone()).when(ACKNOWLEDGE).then([acknowledged()]);
    given::<Guardrail>(history.clone()).because("sensor").when(RETRACT).then([retracted()]);
    assert_eq!(fate([history.clone(), vec![acknowledged()]].concat()), [(1, Verdict::Acknowledged, true)]);
    assert_eq!(fate([history, vec![retracted()]].concat()), [(1, Verdict::Retracted, true)]);
}

#[test]
fn r23_an_earlier_attempt_is_named() {
    let twice = || in_breach().into_iter().chain([breached(6, 2)]);
    let second = Event::Acknowledged { attempt: 2 };
    given::<Guardrail>(twice()).when(ACKNOWLEDGE).then([second]);
    given::<Guardrail>(twice()).when(Command::Acknowledge { attempt: Some(1) }).then([acknowledged()]);
    let refusal = given::<Guardrail>(twice()).when(Command::Acknowledge { attempt: Some(3) }).then_refused();
    assert_eq!(refusal.code, "guardrail_not_breached");
    let state = given::<Guardrail>(twice().chain([retracted()])).state();
    assert_eq!(state.open_attempt(), Some(2));
}

#[test]
fn r11_a_guardrail_with_a_breach_that_nobody_dealt_with_is_not_disarmed_and_refused() {
    let settled = in_breach().into_iter().chain([acknowledged(), changed(Pass, 6), recovered(6)]);
    given::<Guardrail>(in_breach()).because("moved").when(Command::Disarm).then_refused_by(RuleId::R11);
    given::<Guardrail>(settled).because("moved").when(Command::Disarm).then([disarmed()]);
    let excused = in_breach().into_iter().chain([retracted()]);
    given::<Guardrail>(excused).because("moved").when(Command::Disarm).then([disarmed()]);
}

#[test]
fn r11_an_open_breach_and_a_missing_reason_are_both_told_when_disarming_is_refused() {
    let blockers = given::<Guardrail>(in_breach()).when(Command::Disarm).then_blocked();
    let told: Vec<_> = blockers.all().map(|refusal| (refusal.rule, refusal.code)).collect();
    assert_eq!(told, [(Some(RuleId::R11), "breach_unsettled"), (Some(RuleId::P2), "reason_missing")]);
}

#[test]
fn m14_rows_that_are_gone_make_the_breach_false_and_the_answer_older() {
    let reason = "its observations were taken back: wrong unit".to_owned();
    given::<Guardrail>(in_breach())
        .because("wrong unit")
        .when(Command::Reconsider { answer: found(Pass, 2, 1), unfounded: vec![1] })
        .then([Event::Retracted { reason, attempt: 1 }, changed(Pass, 2)]);
    // A breach that rests on other rows stays, and so does the answer.
    given::<Guardrail>(in_breach())
        .because("wrong unit")
        .when(Command::Reconsider { answer: found(Fail, 5, 1), unfounded: vec![] })
        .then([]);
}

#[test]
fn m14_what_was_taken_back_may_be_sent_again() {
    let gone = [Event::Retracted { reason: "wrong unit".to_owned(), attempt: 1 }, changed(Pass, 2)];
    given::<Guardrail>(in_breach().into_iter().chain(gone))
        .when(answer(Fail, 4, 1))
        .then([changed(Fail, 4), breached(4, 1)]);
}

#[test]
fn m14_good_rows_that_are_gone_may_reveal_a_failure() {
    given::<Guardrail>(after([changed(Pass, 5)]))
        .because("wrong unit")
        .when(Command::Reconsider { answer: found(Fail, 4, 1), unfounded: vec![] })
        .then([changed(Fail, 4), breached(4, 1)]);
}

proptest! {
    #[test]
    fn p2_commands_only_add_to_the_history(commands in prop::collection::vec(any_command(), 0..40)) {
        let issued = Issued { reason: "sensor".to_owned(), ..Issued::at(at(20)) };
        let mut history = armed();
        for command in commands {
            let state = fold::<Guardrail>(&history);
            let would = match &command {
                Command::Answer(it) => state.would_change(it.state, it.as_of, it.attempt.as_ref().map(|at| at.attempt), it.found_at),
                Command::Arm(_) | Command::Acknowledge { .. } | Command::Retract { .. } | Command::Disarm
                | Command::Rearm | Command::SetEffect { .. } | Command::Reconsider { .. } => true,
            };
            let before = history.clone();
            let added = decided(&state, command, &issued);
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
            for event in decided(&state, command, &issued) {
                match &event {
                    Event::Breached(breach) => {
                        // Once held and once rolled back, and nothing is told when nothing may happen.
                        prop_assert!(breach.effect != Effect::Shadow);
                        let of_attempt = |(attempt, effect): &&(u32, Effect)| *attempt == breach.at.attempt && *effect >= breach.effect;
                        prop_assert!(named.iter().find(of_attempt).is_none());
                        named.push((breach.at.attempt, breach.effect));
                    }
                    Event::AnswerChanged { state: Pass, .. } | Event::Rearmed => named.clear(),
                    Event::Armed(_) | Event::AnswerChanged { .. } | Event::Acknowledged { .. } | Event::Recovered { .. }
                    | Event::Retracted { .. } | Event::Disarmed { .. } | Event::WouldHaveBreached(_)
                    | Event::EffectChanged { .. } => {}
                }
                state = Guardrail::evolve(state, &event);
            }
        }
    }
}
