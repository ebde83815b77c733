//! The hand-off: B2, B3, B5, B13 and their order.

use verdict_kernel::decision::Ground;
use verdict_kernel::principal::Principal;
use verdict_kernel::spec::{Given, given};

use super::*;

const HAND_OFF: Command = Command::HandOff { override_fuzzy: false };
const OVERRIDE: Command = Command::HandOff { override_fuzzy: true };

/// A shaped bet whose first items have these clarities and whose others are clear.
fn with_items(mode: Mode, clarities: &[Clarity]) -> Given<Bet> {
    let items = Item::ALL.into_iter().zip(clarities.iter().copied());
    let changed = items.map(|(item, clarity)| Event::HandoffItemAssessed(item, clarity));
    given(shaped(mode).into_iter().chain(changed))
}

/// Without those of the events that `leave_out` names.
fn shaped_without(leave_out: fn(&Event) -> bool) -> Given<Bet> {
    given(shaped(Mode::Scaling).into_iter().filter(|event| !leave_out(event)))
}

#[test]
fn b5_a_missing_item_refuses_the_handoff_in_scaling() {
    let refusal = with_items(Mode::Scaling, &[Clarity::Clear, Clarity::Missing])
        .when(HAND_OFF)
        .then_refused_by(RuleId::B5);
    assert_eq!(refusal.seen, "target-user");
    assert_eq!(refusal.next, "verdict bet assess <bet> --item target-user --clarity clear");
}

#[test]
fn b5_items_that_nobody_assessed_are_missing_and_refuse_the_handoff() {
    let refusal =
        shaped_without(|event| matches!(event, Event::HandoffItemAssessed(..))).when(OVERRIDE).then_refused();
    assert_eq!(refusal.rule, Some(RuleId::B13), "an override without a reason comes first");
    let refusal = shaped_without(|event| matches!(event, Event::HandoffItemAssessed(..)))
        .because("we know")
        .when(OVERRIDE)
        .then_refused_by(RuleId::B5);
    assert_eq!(refusal.seen.split(", ").count(), Item::ALL.len());
}

#[test]
fn b5_a_whole_checklist_is_accepted() {
    with_items(Mode::Scaling, &[]).when(HAND_OFF).then([Event::HandedOff]);
}

#[test]
fn b5_a_missing_item_is_accepted_with_a_warning_in_zero_to_one() {
    let remark = with_items(Mode::ZeroToOne, &[Clarity::Missing])
        .when(HAND_OFF)
        .then_remarked_by(RuleId::B5, [Event::HandedOff]);
    assert_eq!(remark.sentence, "the hand-off misses items: problem");
}

#[test]
fn b13_one_fuzzy_item_is_accepted_with_a_warning() {
    let remark = with_items(Mode::Scaling, &[Clarity::Fuzzy])
        .when(HAND_OFF)
        .then_remarked_by(RuleId::B13, [Event::HandedOff]);
    assert_eq!(remark.sentence, "handed off with fuzzy items: problem");
}

#[test]
fn b13_two_fuzzy_items_refuse_the_handoff_in_every_mode() {
    for mode in [Mode::Scaling, Mode::ZeroToOne] {
        let refusal =
            with_items(mode, &[Clarity::Fuzzy, Clarity::Fuzzy]).when(HAND_OFF).then_refused_by(RuleId::B13);
        assert_eq!(refusal.seen, "problem, target-user");
    }
}

#[test]
fn b13_an_override_with_a_reason_is_accepted_and_recorded() {
    let over = with_items(Mode::Scaling, &[Clarity::Fuzzy, Clarity::Fuzzy])
        .because("the partner decides next week")
        .when(OVERRIDE)
        .then_overrides(RuleId::B13, [Event::HandedOff]);
    assert_eq!(over.ground, Ground::Reason("the partner decides next week".to_owned()));
    assert_eq!((&*over.code, &*over.seen), ("handoff_items_fuzzy", "problem, target-user"));
}

#[test]
fn b13_an_override_without_a_reason_is_refused() {
    // Needed or not, and once.
    for items in [&[Clarity::Fuzzy, Clarity::Fuzzy][..], &[]] {
        let blockers = with_items(Mode::Scaling, items).because("  ").when(OVERRIDE).then_blocked();
        assert_eq!(rules(&blockers), [RuleId::B13]);
        assert_eq!(codes(&blockers), ["override_without_authority"]);
    }
}

#[test]
fn b13_an_override_by_a_process_is_refused() {
    let issued =
        Issued { by: Principal::process("wind-down"), reason: "it is late".to_owned(), ..Issued::at(day(1)) };
    let refusal = with_items(Mode::Scaling, &[Clarity::Fuzzy, Clarity::Fuzzy])
        .issued(issued)
        .when(OVERRIDE)
        .then_refused_by(RuleId::B13);
    assert_eq!((refusal.code, &*refusal.seen), ("override_without_authority", "no person"));
}

#[test]
fn b3_a_handoff_without_a_timebox_is_refused_first_of_all() {
    let bare = |event: &Event| {
        matches!(event, Event::TimeboxSet(_) | Event::MetricsAgreed(_) | Event::HandoffItemAssessed(..))
    };
    shaped_without(bare).when(HAND_OFF).then_refused_by(RuleId::B3);
    let next = |event: &Event| matches!(event, Event::MetricsAgreed(_) | Event::HandoffItemAssessed(..));
    shaped_without(next).when(HAND_OFF).then_refused_by(RuleId::B2);
}

#[test]
fn b2_a_handoff_without_a_guardrail_is_refused_in_scaling_and_accepted_in_zero_to_one() {
    let only_primary = Event::MetricsAgreed(vec![metric("orders", Role::Primary, MetricType::Core)]);
    let history = |mode| {
        let mut history = shaped(mode);
        history.push(only_primary.clone());
        history
    };
    let refusal = given::<Bet>(history(Mode::Scaling)).when(HAND_OFF).then_refused_by(RuleId::B2);
    assert_eq!(refusal.required, "at least one guardrail");
    given::<Bet>(history(Mode::ZeroToOne)).when(HAND_OFF).then([Event::HandedOff]);
}

#[test]
fn a_handoff_tells_everything_that_stands_in_its_way() {
    let fuzzy =
        [Item::EdgeCases, Item::NonGoals].map(|item| Event::HandoffItemAssessed(item, Clarity::Fuzzy));
    let history = [Event::Proposed(proposal(Mode::Scaling))].into_iter().chain(fuzzy);
    let blockers = given::<Bet>(history).when(HAND_OFF).then_blocked();
    assert_eq!(rules(&blockers), [RuleId::B4, RuleId::B3, RuleId::B2, RuleId::B2, RuleId::B5, RuleId::B13]);
}

#[test]
fn handing_off_again_is_a_repeat() {
    given::<Bet>(building(Mode::Scaling)).when(HAND_OFF).then([]);
}
