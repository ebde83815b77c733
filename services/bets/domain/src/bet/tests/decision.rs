//! The decision: B10, B11, B12, B24, L4, L6, L7 and its answer P2.

use verdict_kernel::check::Unknown;
use verdict_kernel::decision::Ground;
use verdict_kernel::spec::{Outcome, given};

use super::*;

struct Iterate {
    belief: &'static str,
    timebox: Timebox,
    over: bool,
}

fn fresh() -> Iterate {
    Iterate {
        belief: "a saved card matters more than the number of pages",
        timebox: timebox(day(80), day(94)),
        over: false,
    }
}

impl From<Iterate> for Command {
    fn from(iterate: Iterate) -> Self {
        Self::Conclude(Some(Decision::Iterate {
            hypothesis: Some(hypothesis(iterate.belief)),
            timebox: Some(iterate.timebox),
            over: iterate.over,
        }))
    }
}

/// With a leading metric that passes.
fn iterate(history: Vec<Event>, asked: Iterate) -> Outcome<Bet> {
    given(history).knowing(saying(CheckState::Pass)).when(asked.into())
}

fn iteration(number: u32) -> Iteration {
    Iteration {
        iteration: number,
        hypothesis: hypothesis(fresh().belief),
        timebox: fresh().timebox,
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
        given::<Bet>(history).knowing(reaching(outside())).when(scale(false)).then([Event::Scaled]);
    }
}

#[test]
fn l12_withdrawing_what_was_seen_outside_is_refused_and_before_it_is_accepted() {
    let mut iterated_once = retrospective();
    iterated_once.push(iterated(1, "another belief"));
    for history in [measuring(), iterated_once] {
        let refusal = given::<Bet>(history.clone())
            .knowing(reaching(outside()))
            .when(Command::Withdraw)
            .then_refused_by(RuleId::L12);
        assert_eq!(refusal.seen, rollout(1).to_string());
        // A rollout that only the team has seen is no reason.
        given::<Bet>(history).knowing(reaching(Reach::Team)).when(Command::Withdraw).then([Event::Withdrawn]);
    }
}

#[test]
fn b4_scaling_what_nobody_outside_has_seen_is_refused_and_accepted_once_somebody_has() {
    for over in [false, true] {
        let refusal = given::<Bet>(retrospective())
            .knowing(reaching(Reach::Team))
            .because("we are sure")
            .when(scale(over))
            .then_refused_by(RuleId::B4);
        assert_eq!((refusal.code, &*refusal.seen), ("never_shipped", "none"));
    }
    given::<Bet>(retrospective()).knowing(reaching(outside())).when(scale(false)).then([Event::Scaled]);
}

#[test]
fn b4_a_young_product_is_refused_too_and_accepted_with_a_reason() {
    let mut history = building(Mode::ZeroToOne);
    history.extend([Event::RolloutAttached(attached(1)), Event::TimeboxEnded]);
    let unseen = || given::<Bet>(history.clone()).knowing(reaching(Reach::Team));
    unseen().when(scale(false)).then_refused_by(RuleId::B4);
    let refusal = unseen().when(scale(true)).then_refused_by(RuleId::B4);
    assert_eq!(refusal.code, "override_without_authority");
    let over = unseen()
        .because("the five customers sat with us")
        .when(scale(true))
        .then_overrides(RuleId::B4, [Event::Scaled]);
    assert_eq!(over.ground, Ground::Reason("the five customers sat with us".to_owned()));
}

#[test]
fn l5_scaling_over_what_was_measured_is_refused_without_a_reason_and_accepted_with_one() {
    let seen = || given::<Bet>(retrospective()).knowing(reaching(outside()));
    let refusal = seen().because(" ").when(scale(true)).then_refused_by(RuleId::L5);
    assert_eq!(refusal.code, "override_without_authority");
    let over =
        seen().because("the trend is clear").when(scale(true)).then_overrides(RuleId::L5, [Event::Scaled]);
    assert_eq!(over.ground, Ground::Reason("the trend is clear".to_owned()));
}

#[test]
fn b2_a_lagging_guardrail_is_refused_and_a_leading_one_accepted() {
    let with = |kind| {
        let guardrail = metric("errors", Role::Guardrail, kind);
        let list = [metric("orders", Role::Primary, MetricType::Core), guardrail];
        given::<Bet>([Event::Proposed(proposal(Mode::Scaling))]).knowing(types(&list)).when(agree(&list))
    };
    let refusal = with(MetricType::Lagging).then_refused_by(RuleId::B2);
    assert_eq!(refusal.seen, "errors is of type lagging");
    for kind in [MetricType::Guardrail, MetricType::Leading, MetricType::Core] {
        with(kind).then_accepted();
    }
}

#[test]
fn b10_iterating_at_the_limit_is_refused_and_below_it_is_accepted() {
    iterate(after_iterations(1), fresh()).then([Event::Iterated(iteration(2))]);
    let refusal = iterate(after_iterations(2), fresh()).then_refused_by(RuleId::B10);
    assert_eq!((refusal.required.as_str(), refusal.seen.as_str()), ("fewer than 2 iterations", "2"));
    given::<Bet>(after_iterations(2))
        .when(kill(KillReason::IterationLimit, &["no page count matters"]))
        .then([killed(KillReason::IterationLimit, "no page count matters")]);
}

#[test]
fn b11_the_text_of_any_earlier_hypothesis_is_refused() {
    for old in ["A CHECKOUT on one page\u{2014}feels shorter!", "belief of cycle 1"] {
        let again = Iterate { belief: old, ..fresh() };
        iterate(after_iterations(1), again).then_refused_by(RuleId::B11);
    }
}

#[test]
fn b11_a_hypothesis_that_was_replaced_before_the_handoff_is_refused_too() {
    let mut history = retrospective();
    history.insert(1, Event::HypothesisStated(hypothesis("the text that went out")));
    let again = Iterate { belief: "a checkout on one page feels shorter", ..fresh() };
    iterate(history, again).then_refused_by(RuleId::B11);
}

#[test]
fn b11_another_hypothesis_is_accepted_and_a_similar_one_with_a_warning() {
    iterate(retrospective(), fresh()).then([Event::Iterated(iteration(1))]);
    let similar = Iterate { belief: "a checkout on one page feels quicker", ..fresh() };
    let restated = Iteration { hypothesis: hypothesis(similar.belief), ..iteration(1) };
    iterate(retrospective(), similar).then_remarked_by(RuleId::B11, [Event::Iterated(restated)]);
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
    iterate(retrospective(), reused).then_refused_by(RuleId::B12);
    iterate(retrospective(), fresh()).then([Event::Iterated(iteration(1))]);
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
    let iterated = Iteration { timebox: longer.timebox, ..iteration(1) };
    let remark = iterate(history, longer).then_remarked_by(RuleId::B12, [Event::Iterated(iterated)]);
    assert_eq!(remark.sentence, "the cycle takes 360 h, the original timebox had 336 h");
}

#[test]
fn b4_one_decision_grants_one_cycle_and_a_second_is_refused() {
    let mut history = retrospective();
    history.push(iterated(1, "another belief"));
    iterate(history, fresh()).then_refused_by(RuleId::B4);
}

#[test]
fn b3_an_iteration_whose_timebox_is_reversed_is_refused() {
    let reversed = Iterate { timebox: timebox(day(94), day(80)), ..fresh() };
    iterate(retrospective(), reversed).then_refused_by(RuleId::B3);
}

#[test]
fn l6_iterating_without_hypothesis_or_timebox_is_refused() {
    let whole = (Some(hypothesis("another")), Some(timebox(day(80), day(94))));
    let blank = Hypothesis { belief: String::new(), ..hypothesis("") };
    for (hypothesis, timebox) in [(None, whole.1), (whole.0.clone(), None), (Some(blank), whole.1)] {
        let decision = Decision::Iterate { hypothesis, timebox, over: false };
        let refusal = given::<Bet>(retrospective())
            .knowing(saying(CheckState::Pass))
            .when(Command::Conclude(Some(decision)))
            .then_refused_by(RuleId::L6);
        assert_eq!(refusal.code, "iteration_incomplete");
    }
}

#[test]
fn l6_without_a_positive_signal_to_iterate_is_refused() {
    for target_met in
        [CheckState::Fail, CheckState::Unknown(Unknown::NoData), CheckState::Unknown(Unknown::Stale)]
    {
        let refusal = given::<Bet>(retrospective())
            .knowing(saying(target_met))
            .when(fresh().into())
            .then_refused_by(RuleId::L6);
        assert_eq!(refusal.seen, format!("add_to_basket {target_met}"));
    }
}

#[test]
fn l6_with_a_positive_signal_to_iterate_is_accepted_and_the_metric_recorded() {
    iterate(retrospective(), fresh()).then([Event::Iterated(iteration(1))]);
}

#[test]
fn l6_an_override_is_accepted_with_a_reason_and_refused_without() {
    let failing = || given::<Bet>(retrospective()).knowing(saying(CheckState::Fail));
    let over = || Iterate { over: true, ..fresh() };
    let iterated = Event::Iterated(Iteration { signal: None, ..iteration(1) });
    let recorded = failing()
        .because("the metric counts bots")
        .when(over().into())
        .then_overrides(RuleId::L6, [iterated]);
    assert_eq!(recorded.ground, Ground::Reason("the metric counts bots".to_owned()));
    assert_eq!((&*recorded.code, &*recorded.seen), ("no_positive_signal", "add_to_basket Fail"));
    let refusal = failing().when(over().into()).then_refused_by(RuleId::L6);
    assert_eq!(refusal.code, "override_without_authority");
    // One that is not needed is not recorded.
    let needless = given::<Bet>(retrospective()).knowing(saying(CheckState::Pass)).because("to be safe");
    needless.when(over().into()).then([Event::Iterated(iteration(1))]);
}

#[test]
fn a_decision_tells_everything_that_stands_in_its_way() {
    let told = |history, facts, decision| {
        let blockers = given::<Bet>(history).knowing(facts).when(Command::Conclude(decision)).then_blocked();
        (rules(&blockers), codes(&blockers))
    };
    let early = |decision| told(shaped(Mode::Scaling), reaching(Reach::Team), decision);
    assert_eq!(early(None).0, [RuleId::B4, RuleId::L4]);
    assert_eq!(early(Some(Decision::Scale { over: false })).1, ["stage_skipped", "never_shipped"]);
    let kill = |reason| Some(Decision::Kill { reason, learnings: Vec::new() });
    assert_eq!(early(kill(Some(KillReason::TooCostly))).0, [RuleId::B4, RuleId::L7, RuleId::B24]);
    let lacking = ["stage_skipped", "kill_without_reason", "kill_without_learning"];
    assert_eq!(early(kill(None)).1, lacking);
    let iterate = |hypothesis, timebox| Some(Decision::Iterate { hypothesis, timebox, over: false });
    let bare = told(shaped(Mode::Scaling), saying(CheckState::Pass), iterate(None, None));
    assert_eq!(bare.0, [RuleId::B4, RuleId::L6, RuleId::L6]);
    let old = iterate(Some(hypothesis("belief of cycle 1")), Some(timebox(day(0), day(14))));
    let told = told(after_iterations(2), saying(CheckState::Fail), old);
    assert_eq!(told.0, [RuleId::B10, RuleId::B11, RuleId::B12, RuleId::L6]);
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
        (measuring(), Event::Scaled),
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
    let unexplained = given::<Bet>(building(Mode::Scaling)).when(Command::Reopen).then_blocked();
    assert_eq!(codes(&unexplained), ["nothing_to_reopen", "reopen_without_reason"]);
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
    let attach = |history, known: Attached| {
        let attach = Command::AttachRollout { rollout: known.rollout, flag: None };
        given::<Bet>(history).knowing(exposing(known)).when(attach)
    };
    attach(measuring(), attached(1)).then([]);
    let other = Attached { flag: attached(2).flag, ..attached(1) };
    assert_eq!(attach(measuring(), other).then_refused().code, "rollout_has_another_flag");
    let mut flagless = building(Mode::Scaling);
    flagless
        .extend([Event::RolloutAttached(Attached { flag: None, ..attached(1) }), Event::MeasuringStarted]);
    let named = attach(flagless, attached(1)).then_state();
    assert_eq!(
        (named.known().unwrap().phase, &*named.known().unwrap().rollouts),
        (Phase::Measuring, &[attached(1)][..])
    );
    let again = attach(measuring(), attached(2));
    assert_eq!(again.then_state().known().unwrap().phase, Phase::RollingOut);
}
