//! Before the hand-off: B1, B2, B3, B4, B10 at the proposal, and costs.

use verdict_kernel::spec::given;

use super::*;

fn without_hypothesis() -> Event {
    Event::Proposed(Proposal { hypothesis: None, ..proposal(Mode::ZeroToOne) })
}

#[test]
fn b1_leaving_proposed_without_a_hypothesis_is_refused() {
    for command in [Command::StartDiscovery, Command::StartShaping] {
        let refusal = given::<Bet>([without_hypothesis()]).when(command).then_refused_by(RuleId::B1);
        assert_eq!(refusal.required, "a belief and an expected outcome");
        assert!(refusal.next.starts_with("verdict bet state-hypothesis"));
    }
}

#[test]
fn b1_half_a_hypothesis_is_refused() {
    for (belief, outcome) in [("", "more orders"), ("one page", " - "), ("", "")] {
        let half = Hypothesis { belief: belief.to_owned(), expected_outcome: outcome.to_owned() };
        given::<Bet>([without_hypothesis()])
            .when(Command::StateHypothesis(half.clone()))
            .then_refused_by(RuleId::B1);
        let proposed = Proposal { hypothesis: Some(half), ..proposal(Mode::Scaling) };
        given::<Bet>([Event::Proposed(proposed)]).when(Command::StartDiscovery).then_refused_by(RuleId::B1);
    }
}

#[test]
fn b1_leaving_proposed_with_a_whole_hypothesis_is_accepted() {
    let stated = Event::HypothesisStated(hypothesis("one page"));
    given::<Bet>([without_hypothesis()])
        .when(Command::StateHypothesis(hypothesis("one page")))
        .then([stated.clone()]);
    given::<Bet>([without_hypothesis(), stated])
        .when(Command::StartDiscovery)
        .then([Event::DiscoveryStarted]);
}

#[test]
fn stating_the_same_hypothesis_again_is_a_repeat() {
    let same = proposal(Mode::Scaling).hypothesis.unwrap();
    given::<Bet>(shaped(Mode::Scaling)).when(Command::StateHypothesis(same)).then([]);
}

#[test]
fn going_back_to_an_earlier_draft_of_the_same_cycle_is_no_repetition() {
    let first = proposal(Mode::Scaling).hypothesis.unwrap();
    let mut history = shaped(Mode::Scaling);
    history.push(Event::HypothesisStated(hypothesis("a second draft")));
    given::<Bet>(history)
        .when(Command::StateHypothesis(first.clone()))
        .then([Event::HypothesisStated(first)]);
}

#[test]
fn b2_anything_but_one_primary_core_metric_is_refused() {
    let primary = || metric("orders", Role::Primary, MetricType::Core);
    for (list, seen) in [
        (vec![], "0"),
        (vec![metric("a", Role::Secondary, MetricType::Core)], "0"),
        (vec![primary(), metric("b", Role::Primary, MetricType::Core)], "2"),
        (vec![metric("a", Role::Primary, MetricType::Leading)], "a is of type leading"),
        (vec![primary(), metric("orders", Role::Secondary, MetricType::Core)], "orders is there twice"),
    ] {
        let refusal = given::<Bet>([Event::Proposed(proposal(Mode::Scaling))])
            .knowing(types(&list))
            .when(agree(&list))
            .then_refused_by(RuleId::B2);
        assert_eq!(refusal.seen, seen);
    }
}

#[test]
fn b2_one_primary_core_metric_is_accepted() {
    let list = vec![metric("orders", Role::Primary, MetricType::Core)];
    given::<Bet>([Event::Proposed(proposal(Mode::Scaling))])
        .knowing(types(&list))
        .when(agree(&list))
        .then([Event::MetricsAgreed(list)]);
}

#[test]
fn b3_a_timebox_that_does_not_end_after_its_start_is_refused() {
    for end in [day(3), day(2)] {
        let refusal = given::<Bet>([Event::Proposed(proposal(Mode::Scaling))])
            .when(Command::SetTimebox(timebox(day(3), end)))
            .then_refused_by(RuleId::B3);
        assert_eq!(refusal.code, "timebox_reversed");
    }
}

#[test]
fn b3_a_timebox_that_ends_after_its_start_is_accepted() {
    let set = timebox(day(3), day(4));
    given::<Bet>([Event::Proposed(proposal(Mode::Scaling))])
        .when(Command::SetTimebox(set))
        .then([Event::TimeboxSet(set)]);
}

#[test]
fn b3_setting_another_end_is_refused_and_another_start_is_accepted() {
    let moved = timebox(day(1), day(14));
    given::<Bet>(shaped(Mode::Scaling)).when(Command::SetTimebox(moved)).then([Event::TimeboxSet(moved)]);
    given::<Bet>(shaped(Mode::Scaling)).when(Command::SetTimebox(timebox(day(0), day(14)))).then([]);
    let refusal = given::<Bet>(shaped(Mode::Scaling))
        .when(Command::SetTimebox(timebox(day(0), day(15))))
        .then_refused_by(RuleId::B3);
    assert!(refusal.next.starts_with("verdict bet declare-slip"));
    assert_eq!((refusal.required, refusal.seen), (day(14).to_string(), day(15).to_string()));
}

fn slip(options: &[&str]) -> Slip {
    Slip {
        new_end: day(21),
        cause: "the payment partner is late".to_owned(),
        trade_off: "the winter sale starts without it".to_owned(),
        options: options.iter().map(|&option| option.to_owned()).collect(),
    }
}

#[test]
fn b3_a_slip_with_fewer_than_two_options_is_refused() {
    for options in [&[][..], &["late"], &["late", " late "], &["late", " "]] {
        let refusal = given::<Bet>(building(Mode::Scaling))
            .when(Command::DeclareSlip(slip(options)))
            .then_refused_by(RuleId::B3);
        assert_eq!(refusal.code, "slip_without_options");
    }
}

#[test]
fn b3_a_slip_without_cause_or_trade_off_or_before_the_start_is_refused() {
    let whole = slip(&["late", "smaller"]);
    let blank = " ".to_owned();
    for bad in [
        Slip { cause: blank.clone(), ..whole.clone() },
        Slip { trade_off: blank, ..whole.clone() },
        Slip { new_end: day(0), ..whole },
    ] {
        given::<Bet>(building(Mode::Scaling)).when(Command::DeclareSlip(bad)).then_refused_by(RuleId::B3);
    }
}

#[test]
fn b3_a_slip_with_two_options_is_accepted_and_moves_the_end() {
    let declared = slip(&["late", "smaller"]);
    let outcome = given::<Bet>(building(Mode::Scaling)).when(Command::DeclareSlip(declared.clone()));
    let state = outcome.then_state();
    let bet = state.known().unwrap();
    assert_eq!(bet.cycle().timebox, Some(timebox(day(0), day(21))));
    assert_eq!(bet.original_length, Some(jiff::SignedDuration::from_hours(14 * 24)));
    let mut history = building(Mode::Scaling);
    history.push(Event::SlipDeclared(declared.clone()));
    given::<Bet>(history).when(Command::DeclareSlip(declared)).then([]);
}

#[test]
fn b4_a_skipped_stage_is_refused_in_scaling() {
    let at = |count: usize| shaped(Mode::Scaling).into_iter().take(count);
    for (history, command) in [
        (1, Command::StartShaping),
        (1, Command::MarkShaped),
        (2, Command::MarkShaped),
        (5, Command::HandOff { override_fuzzy: false }),
        (5, attach(1)),
        (5, Command::StartMeasuring),
        (5, Command::EndTimebox),
        (5, scale(false)),
    ] {
        let facts = Facts { attached: Some(attached(1)), ..reaching(outside()) };
        given::<Bet>(at(history)).knowing(facts).when(command).then_refused_by(RuleId::B4);
    }
    let refusal =
        given::<Bet>(building(Mode::Scaling)).when(Command::StartMeasuring).then_refused_by(RuleId::B4);
    assert_eq!((refusal.required.as_str(), refusal.seen.as_str()), ("rolling_out", "building"));
}

#[test]
fn b4_the_whole_order_is_accepted_in_scaling() {
    let commands = [
        (Command::StartDiscovery, Phase::Discovering),
        (Command::StartShaping, Phase::Shaping),
        (Command::MarkShaped, Phase::Shaped),
        (Command::HandOff { override_fuzzy: false }, Phase::Building),
        (attach(1), Phase::RollingOut),
        (Command::StartMeasuring, Phase::Measuring),
        (Command::EndTimebox, Phase::RetrospectiveDue),
        (scale(false), Phase::Scaled),
    ];
    let mut history = vec![
        Event::Proposed(proposal(Mode::Scaling)),
        Event::MetricsAgreed(metrics()),
        Event::TimeboxSet(timebox(day(0), day(14))),
    ];
    history.extend(assessed(Clarity::Clear));
    for (command, reached) in commands {
        let facts = Facts { attached: Some(attached(1)), ..reaching(outside()) };
        let events = given::<Bet>(history.clone()).knowing(facts).when(command).then_accepted();
        history.extend(events);
        assert_eq!(phase(history.clone()), reached);
    }
}

#[test]
fn b4_discovery_and_shaping_as_one_stage_are_accepted_in_zero_to_one_only() {
    let proposed = |mode| [Event::Proposed(proposal(mode))];
    given::<Bet>(proposed(Mode::ZeroToOne)).when(Command::StartShaping).then([Event::ShapingStarted]);
    given::<Bet>([Event::Proposed(proposal(Mode::ZeroToOne)), Event::DiscoveryStarted])
        .when(Command::MarkShaped)
        .then([Event::Shaped]);
    given::<Bet>(proposed(Mode::ZeroToOne)).when(Command::MarkShaped).then_refused_by(RuleId::B4);
    given::<Bet>(proposed(Mode::Scaling)).when(Command::StartShaping).then_refused_by(RuleId::B4);
}

#[test]
fn shaping_is_told_everything_that_it_skips() {
    let proposed = Event::Proposed(Proposal { hypothesis: None, ..proposal(Mode::Scaling) });
    let blockers = given::<Bet>([proposed]).when(Command::StartShaping).then_blocked();
    assert_eq!(rules(&blockers), [RuleId::B1, RuleId::B4]);
}

#[test]
fn b2_everything_that_is_wrong_with_a_list_is_refused_at_once() {
    let primary = metric("a", Role::Primary, MetricType::Leading);
    let list = [primary.clone(), metric("b", Role::Guardrail, MetricType::Lagging), primary];
    let proposed = given::<Bet>([Event::Proposed(proposal(Mode::Scaling))]);
    let blockers = proposed.knowing(types(&list)).when(agree(&list)).then_blocked();
    assert_eq!(rules(&blockers), [RuleId::B2; 3]);
    let seen: Vec<&str> = blockers.all().map(|refusal| &*refusal.seen).collect();
    assert_eq!(seen, ["2", "b is of type lagging", "a is there twice"]);
}

#[test]
fn b3_everything_that_is_wrong_with_a_timebox_or_a_slip_is_refused_at_once() {
    let reversed = Command::SetTimebox(timebox(day(15), day(13)));
    let blockers = given::<Bet>(shaped(Mode::Scaling)).when(reversed).then_blocked();
    assert_eq!(rules(&blockers), [RuleId::B3; 2]);
    assert_eq!(codes(&blockers), ["timebox_reversed", "end_is_fixed"]);
    let empty = Slip { new_end: day(0), cause: String::new(), trade_off: String::new(), options: Vec::new() };
    let said = ["slip_incomplete", "slip_incomplete", "slip_without_options"];
    for (history, first) in [
        (building(Mode::Scaling), "timebox_reversed"),
        (vec![Event::Proposed(proposal(Mode::Scaling))], "timebox_missing"),
    ] {
        let blockers = given::<Bet>(history).when(Command::DeclareSlip(empty.clone())).then_blocked();
        assert_eq!(rules(&blockers), [RuleId::B3; 4]);
        assert_eq!(codes(&blockers), [&[first][..], &said].concat());
    }
}

#[test]
fn b10_a_limit_above_the_cap_is_refused_and_the_cap_is_accepted() {
    let limited = |iteration_limit| Proposal { iteration_limit, ..proposal(Mode::Scaling) };
    given::<Bet>([])
        .when(Command::Propose(limited(MAX_ITERATIONS)))
        .then([Event::Proposed(limited(MAX_ITERATIONS))]);
    let refusal =
        given::<Bet>([]).when(Command::Propose(limited(MAX_ITERATIONS + 1))).then_refused_by(RuleId::B10);
    assert_eq!((refusal.required.as_str(), refusal.seen.as_str()), ("at most 3", "4"));
}

#[test]
fn costs_add_up_exactly_and_never_fall_below_zero() {
    let cost = |text: &str| text.parse::<PersonDays>().unwrap();
    let mut history = building(Mode::Scaling);
    history.extend([Event::CostRecorded(cost("0.1")), Event::CostRecorded(cost("0.2"))]);
    given::<Bet>(history.clone())
        .when(Command::RecordCost(cost("-0.3")))
        .then([Event::CostRecorded(cost("-0.3"))]);
    let refusal = given::<Bet>(history).when(Command::RecordCost(cost("-0.300001"))).then_refused();
    assert_eq!(refusal.code, "cost_below_zero");
}
