//! The decision: B10, B11, B12, B24, L4, L6, L7 and its answer P2.

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::given;

use super::*;

fn signal(target_met: CheckState) -> Signal {
    Signal { metric: "add_to_basket".to_owned(), target_met }
}

struct Iterate {
    belief: &'static str,
    timebox: Timebox,
    over: bool,
    target_met: CheckState,
}

fn fresh() -> Iterate {
    Iterate {
        belief: "a saved card matters more than the number of pages",
        timebox: timebox(day(80), day(94)),
        over: false,
        target_met: CheckState::Pass,
    }
}

impl From<Iterate> for Command {
    fn from(iterate: Iterate) -> Self {
        Self::Conclude(Some(Decision::Iterate {
            hypothesis: Some(hypothesis(iterate.belief)),
            timebox: Some(iterate.timebox),
            over: iterate.over,
            signals: vec![signal(iterate.target_met)],
        }))
    }
}

fn iteration(number: u32) -> Iteration {
    Iteration {
        iteration: number,
        hypothesis: hypothesis(fresh().belief),
        timebox: fresh().timebox,
        override_reason: None,
        signal: Some("add_to_basket".to_owned()),
    }
}

fn kill(reason: KillReason, learnings: &[&str]) -> Command {
    Command::Conclude(Some(Decision::Kill {
        reason: Some(reason),
        learnings: learnings.iter().map(|&learning| learning.to_owned()).collect(),
    }))
}

fn killed(reason: KillReason, learning: &str) -> Event {
    Event::Killed { reason, learnings: vec![learning.to_owned()] }
}

#[test]
fn l4_concluding_without_a_decision_is_refused() {
    for history in [measuring(), retrospective()] {
        let refusal = given::<Bet>(history).when(Command::Conclude(None)).then_refused_by(RuleId::L4);
        assert_eq!(refusal.required, "scale, iterate or kill");
    }
}

#[test]
fn l4_concluding_with_a_decision_is_accepted_once_exposure_began() {
    let mut rolling_out = building(Mode::Scaling);
    rolling_out.push(Event::RolloutAttached(attached(1)));
    for history in [rolling_out, measuring(), retrospective()] {
        given::<Bet>(history).when(scale()).then([Event::Scaled { override_reason: None }]);
    }
}

#[test]
fn l12_withdrawing_what_was_seen_outside_is_refused_and_before_it_is_accepted() {
    let mut iterated_once = retrospective();
    iterated_once.push(iterated(1, "another belief"));
    for history in [measuring(), iterated_once] {
        let refusal =
            given::<Bet>(history.clone()).when(Command::Withdraw(outside())).then_refused_by(RuleId::L12);
        assert_eq!(refusal.seen, rollout(1).to_string());
        // A rollout that only the team has seen is no reason.
        given::<Bet>(history).when(Command::Withdraw(Reach::Team)).then([Event::Withdrawn]);
    }
}

#[test]
fn b4_scaling_what_nobody_outside_has_seen_is_refused_and_accepted_once_somebody_has() {
    let scale = |over, reach| Command::Conclude(Some(Decision::Scale { over, reach }));
    for over in [false, true] {
        let refusal = given::<Bet>(retrospective())
            .because("we are sure")
            .when(scale(over, Reach::Team))
            .then_refused_by(RuleId::B4);
        assert_eq!((refusal.code, &*refusal.seen), ("never_shipped", "none"));
    }
    given::<Bet>(retrospective())
        .when(scale(false, outside()))
        .then([Event::Scaled { override_reason: None }]);
}

#[test]
fn b4_a_young_product_is_refused_too_and_accepted_with_a_reason() {
    let mut history = building(Mode::ZeroToOne);
    history.extend([Event::RolloutAttached(attached(1)), Event::TimeboxEnded]);
    let scale = |over| Command::Conclude(Some(Decision::Scale { over, reach: Reach::Team }));
    given::<Bet>(history.clone()).when(scale(false)).then_refused_by(RuleId::B4);
    given::<Bet>(history)
        .because("the five customers sat with us")
        .when(scale(true))
        .then([Event::Scaled { override_reason: Some("the five customers sat with us".to_owned()) }]);
}

#[test]
fn l5_scaling_over_what_was_measured_is_refused_without_a_reason_and_accepted_with_one() {
    let over = || Command::Conclude(Some(Decision::Scale { over: true, reach: outside() }));
    given::<Bet>(retrospective()).because(" ").when(over()).then_refused_by(RuleId::L5);
    given::<Bet>(retrospective())
        .because("the trend is clear")
        .when(over())
        .then([Event::Scaled { override_reason: Some("the trend is clear".to_owned()) }]);
}

#[test]
fn b2_a_lagging_guardrail_is_refused_and_a_leading_one_accepted() {
    let with = |kind| {
        let guardrail = metric("errors", Role::Guardrail, kind);
        Command::AgreeMetrics(vec![metric("orders", Role::Primary, MetricType::Core), guardrail])
    };
    let proposed = [Event::Proposed(proposal(Mode::Scaling))];
    let refusal = given::<Bet>(proposed.clone()).when(with(MetricType::Lagging)).then_refused_by(RuleId::B2);
    assert_eq!(refusal.seen, "errors is of type lagging");
    for kind in [MetricType::Guardrail, MetricType::Leading, MetricType::Core] {
        given::<Bet>(proposed.clone()).when(with(kind)).then_accepted();
    }
}

#[test]
fn b10_iterating_at_the_limit_is_refused_and_below_it_is_accepted() {
    given::<Bet>(after_iterations(1)).when(fresh().into()).then([Event::Iterated(iteration(2))]);
    let refusal = given::<Bet>(after_iterations(2)).when(fresh().into()).then_refused_by(RuleId::B10);
    assert_eq!((refusal.required.as_str(), refusal.seen.as_str()), ("fewer than 2 iterations", "2"));
    given::<Bet>(after_iterations(2))
        .when(kill(KillReason::IterationLimit, &["no page count matters"]))
        .then([killed(KillReason::IterationLimit, "no page count matters")]);
}

#[test]
fn b11_the_text_of_any_earlier_hypothesis_is_refused() {
    for old in ["A CHECKOUT on one page\u{2014}feels shorter!", "belief of cycle 1"] {
        let again = Iterate { belief: old, ..fresh() };
        given::<Bet>(after_iterations(1)).when(again.into()).then_refused_by(RuleId::B11);
    }
}

#[test]
fn b11_a_hypothesis_that_was_replaced_before_the_handoff_is_refused_too() {
    let mut history = retrospective();
    history.insert(1, Event::HypothesisStated(hypothesis("the text that went out")));
    let again = Iterate { belief: "a checkout on one page feels shorter", ..fresh() };
    given::<Bet>(history).when(again.into()).then_refused_by(RuleId::B11);
}

#[test]
fn b11_another_hypothesis_is_accepted_and_a_similar_one_with_a_warning() {
    given::<Bet>(retrospective()).when(fresh().into()).then([Event::Iterated(iteration(1))]);
    let similar = Iterate { belief: "a checkout on one page feels quicker", ..fresh() };
    let events = given::<Bet>(retrospective()).when(similar.into()).then_accepted();
    let rules: Vec<_> = events.iter().map(|event| Bet::warning(event).map(|w| w.rule)).collect();
    assert_eq!(rules, [Some(RuleId::B11), None]);
}

#[test]
fn b11_restating_an_iteration_with_an_earlier_text_is_refused() {
    let mut history = retrospective();
    history.push(iterated(1, "another belief"));
    given::<Bet>(history.clone())
        .when(Command::StateHypothesis(hypothesis("a checkout on one page feels shorter")))
        .then_refused_by(RuleId::B11);
    let third = hypothesis("people trust a page that names the total");
    given::<Bet>(history)
        .when(Command::StateHypothesis(third.clone()))
        .then([Event::HypothesisStated(third)]);
}

#[test]
fn b12_the_timebox_of_an_earlier_cycle_is_refused_and_one_of_its_own_is_accepted() {
    let reused = Iterate { timebox: timebox(day(0), day(14)), ..fresh() };
    given::<Bet>(retrospective()).when(reused.into()).then_refused_by(RuleId::B12);
    given::<Bet>(retrospective()).when(fresh().into()).then([Event::Iterated(iteration(1))]);
}

#[test]
fn b12_a_cycle_longer_than_the_original_timebox_is_accepted_with_a_warning() {
    let longer = Iterate { timebox: timebox(day(80), day(95)), ..fresh() };
    let mut history = retrospective();
    history.insert(
        6,
        Event::SlipDeclared(Slip {
            new_end: day(30),
            cause: "late".to_owned(),
            trade_off: "less".to_owned(),
            options: vec!["a".to_owned(), "b".to_owned()],
        }),
    );
    let events = given::<Bet>(history).when(longer.into()).then_accepted();
    assert_eq!(
        events.first(),
        Some(&Event::Warned {
            rule: RuleId::B12,
            sentence: "the cycle takes 360 h, the original timebox had 336 h".to_owned(),
        })
    );
    assert_eq!(events.len(), 2);
}

#[test]
fn b4_one_decision_grants_one_cycle_and_a_second_is_refused() {
    let mut history = retrospective();
    history.push(iterated(1, "another belief"));
    given::<Bet>(history).when(fresh().into()).then_refused_by(RuleId::B4);
}

#[test]
fn b3_an_iteration_whose_timebox_is_reversed_is_refused() {
    let reversed = Iterate { timebox: timebox(day(94), day(80)), ..fresh() };
    given::<Bet>(retrospective()).when(reversed.into()).then_refused_by(RuleId::B3);
}

#[test]
fn l6_iterating_without_hypothesis_or_timebox_is_refused() {
    let whole = (Some(hypothesis("another")), Some(timebox(day(80), day(94))));
    let blank = Hypothesis { belief: String::new(), ..hypothesis("") };
    for (hypothesis, timebox) in [(None, whole.1), (whole.0.clone(), None), (Some(blank), whole.1)] {
        let decision =
            Decision::Iterate { hypothesis, timebox, over: false, signals: vec![signal(CheckState::Pass)] };
        let refusal =
            given::<Bet>(retrospective()).when(Command::Conclude(Some(decision))).then_refused_by(RuleId::L6);
        assert_eq!(refusal.code, "iteration_incomplete");
    }
}

#[test]
fn l6_without_a_positive_signal_to_iterate_is_refused() {
    for target_met in
        [CheckState::Fail, CheckState::Unknown(Unknown::NoData), CheckState::Unknown(Unknown::Stale)]
    {
        let refusal = given::<Bet>(retrospective())
            .when(Iterate { target_met, ..fresh() }.into())
            .then_refused_by(RuleId::L6);
        assert_eq!(refusal.seen, format!("add_to_basket {target_met}"));
    }
}

#[test]
fn l6_with_a_positive_signal_to_iterate_is_accepted_and_the_metric_recorded() {
    given::<Bet>(retrospective()).when(fresh().into()).then([Event::Iterated(iteration(1))]);
}

#[test]
fn l6_an_override_is_accepted_with_a_reason_and_refused_without() {
    let over = || Iterate { over: true, target_met: CheckState::Fail, ..fresh() };
    given::<Bet>(retrospective()).because("the metric counts bots").when(over().into()).then([
        Event::Iterated(Iteration {
            override_reason: Some("the metric counts bots".to_owned()),
            signal: None,
            ..iteration(1)
        }),
    ]);
    let refusal = given::<Bet>(retrospective()).when(over().into()).then_refused_by(RuleId::L6);
    assert_eq!(refusal.code, "override_without_reason");
}

#[test]
fn l7_a_kill_without_reason_or_learning_is_refused() {
    let nameless = Decision::Kill { reason: None, learnings: vec!["a learning".to_owned()] };
    let refusal =
        given::<Bet>(retrospective()).when(Command::Conclude(Some(nameless))).then_refused_by(RuleId::L7);
    assert_eq!(refusal.code, "kill_without_reason");
    for learnings in [&[][..], &["", "  "]] {
        let refusal = given::<Bet>(retrospective())
            .when(kill(KillReason::Disproved, learnings))
            .then_refused_by(RuleId::L7);
        assert_eq!(refusal.code, "kill_without_learning");
    }
}

#[test]
fn l7_a_kill_with_reason_and_learning_is_accepted() {
    given::<Bet>(retrospective())
        .when(kill(KillReason::Disproved, &["two pages are fine"]))
        .then([killed(KillReason::Disproved, "two pages are fine")]);
    let state = given::<Bet>(retrospective())
        .when(kill(KillReason::Disproved, &[" ", "two pages are fine"]))
        .then_state();
    assert_eq!(state.known().unwrap().learnings, ["two pages are fine"]);
}

#[test]
fn b24_too_costly_without_a_recorded_cost_is_refused() {
    given::<Bet>(retrospective())
        .when(kill(KillReason::TooCostly, &["it ate the quarter"]))
        .then_refused_by(RuleId::B24);
    let mut taken_back = retrospective();
    for micros in [5, -5] {
        taken_back.push(Event::CostRecorded(PersonDays::from_micros(micros)));
    }
    given::<Bet>(taken_back)
        .when(kill(KillReason::TooCostly, &["it ate the quarter"]))
        .then_refused_by(RuleId::B24);
}

#[test]
fn b24_too_costly_with_a_recorded_cost_is_accepted() {
    let mut history = retrospective();
    history.push(Event::CostRecorded(PersonDays::from_micros(1)));
    given::<Bet>(history)
        .when(kill(KillReason::TooCostly, &["it ate the quarter"]))
        .then([killed(KillReason::TooCostly, "it ate the quarter")]);
}

#[test]
fn p2_reopening_without_a_reason_is_refused() {
    for (at, history) in in_every_phase() {
        if matches!(at, Phase::Scaled | Phase::Killed | Phase::Withdrawn) {
            let refusal =
                given::<Bet>(history).because(" ").when(Command::Reopen).then_refused_by(RuleId::P2);
            assert_eq!(refusal.code, "reopen_without_reason");
        }
    }
}

#[test]
fn p2_a_mistaken_decision_is_accepted_back_to_where_it_was_taken() {
    let decisions = [
        (measuring(), Event::TimeboxEnded),
        (measuring(), Event::Scaled { override_reason: None }),
        (retrospective(), killed(KillReason::Disproved, "wrong button")),
        (retrospective(), iterated(1, "another belief")),
        (building(Mode::Scaling), Event::Withdrawn),
    ];
    for (mut history, decision) in decisions {
        let before = given::<Bet>(history.clone()).state();
        history.push(decision);
        let after = given::<Bet>(history).because("wrong button").when(Command::Reopen).then_state();
        let (before, after) = (before.known().unwrap(), after.known().unwrap());
        assert_eq!(
            (after.phase, after.iteration(), after.cycle()),
            (before.phase, before.iteration(), before.cycle())
        );
    }
}

#[test]
fn p2_reopening_where_nothing_was_decided_is_refused() {
    given::<Bet>(building(Mode::Scaling))
        .because("why not")
        .when(Command::Reopen)
        .then_refused_by(RuleId::P2);
}

#[test]
fn a_rollback_is_noted_once_in_every_phase_and_only_for_an_attached_rollout() {
    let rollback =
        Rollback { rollout: rollout(1), stage: "Beta".to_owned(), attempt: 1, breach: "b-1".to_owned() };
    let noted = Event::RollbackNoted(rollback.clone());
    for mut history in [measuring(), after_iterations(1)] {
        given::<Bet>(history.clone()).when(Command::NoteRollback(rollback.clone())).then([noted.clone()]);
        history.push(noted.clone());
        given::<Bet>(history).when(Command::NoteRollback(rollback.clone())).then([]);
    }
    let refusal = given::<Bet>(building(Mode::Scaling)).when(Command::NoteRollback(rollback)).then_refused();
    assert_eq!(refusal.code, "rollout_not_attached");
}

#[test]
fn a_rollout_is_attached_once_and_keeps_its_flag() {
    given::<Bet>(measuring()).when(Command::AttachRollout(attached(1))).then([]);
    let other = Attached { flag: attached(2).flag, ..attached(1) };
    let refusal = given::<Bet>(measuring()).when(Command::AttachRollout(other)).then_refused();
    assert_eq!(refusal.code, "rollout_has_another_flag");
    let mut flagless = building(Mode::Scaling);
    flagless
        .extend([Event::RolloutAttached(Attached { flag: None, ..attached(1) }), Event::MeasuringStarted]);
    let named = given::<Bet>(flagless).when(Command::AttachRollout(attached(1))).then_state();
    assert_eq!(
        (named.known().unwrap().phase, &*named.known().unwrap().rollouts),
        (Phase::Measuring, &[attached(1)][..])
    );
    let again = given::<Bet>(measuring()).when(Command::AttachRollout(attached(2)));
    assert_eq!(again.then_state().known().unwrap().phase, Phase::RollingOut);
}
