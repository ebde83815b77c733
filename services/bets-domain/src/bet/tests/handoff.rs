//! The hand-off: B2, B3, B5, B13 and their order.

use verdict_kernel::rule::RuleId;
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

fn handed_off(override_reason: Option<&str>) -> Event {
    Event::HandedOff { override_reason: override_reason.map(str::to_owned) }
}

fn warned(rule: RuleId, sentence: &str) -> Event {
    Event::Warned { rule, sentence: sentence.to_owned() }
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
    with_items(Mode::Scaling, &[]).when(HAND_OFF).then([handed_off(None)]);
}

#[test]
fn b5_a_missing_item_is_accepted_with_a_warning_in_zero_to_one() {
    with_items(Mode::ZeroToOne, &[Clarity::Missing])
        .when(HAND_OFF)
        .then([warned(RuleId::B5, "handed off with missing items: problem"), handed_off(None)]);
}

#[test]
fn b13_one_fuzzy_item_is_accepted_with_a_warning() {
    with_items(Mode::Scaling, &[Clarity::Fuzzy])
        .when(HAND_OFF)
        .then([warned(RuleId::B13, "handed off with fuzzy items: problem"), handed_off(None)]);
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
    with_items(Mode::Scaling, &[Clarity::Fuzzy, Clarity::Fuzzy])
        .because("the partner decides next week")
        .when(OVERRIDE)
        .then([handed_off(Some("the partner decides next week"))]);
}

#[test]
fn b13_an_override_without_a_reason_is_refused() {
    let refusal = with_items(Mode::Scaling, &[Clarity::Fuzzy, Clarity::Fuzzy])
        .because("  ")
        .when(OVERRIDE)
        .then_refused_by(RuleId::B13);
    assert_eq!(refusal.code, "override_without_reason");
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
    given::<Bet>(history(Mode::ZeroToOne)).when(HAND_OFF).then([handed_off(None)]);
}

#[test]
fn handing_off_again_is_a_repeat() {
    given::<Bet>(building(Mode::Scaling)).when(HAND_OFF).then([]);
}
