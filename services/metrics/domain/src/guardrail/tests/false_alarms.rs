//! The third false alarm of a guardrail in 30 days (rule R23).

use super::*;

const DAYS: u32 = 24 * 60;

/// Breached in attempts 1 and 2 on these days, both false, and in attempt 3 on day 40.
fn twice_false(days: [u32; 2]) -> Vec<Event> {
    let mut history = armed();
    for (attempt, day) in (1..).zip(days) {
        history.extend([changed(Fail, day * DAYS), breached(day * DAYS, attempt)]);
        history.push(Event::Retracted { reason: "sensor".to_owned(), attempt });
        history.extend([changed(Pass, day * DAYS + 1)]);
    }
    history.extend([changed(Fail, 40 * DAYS), breached(40 * DAYS, 3)]);
    history
}

fn rules(decision: &Decision<Event>) -> Vec<RuleId> {
    decision.remarks.iter().map(|remark| remark.rule).collect()
}

fn retract_on(day: u32, history: Vec<Event>) -> Decision<Event> {
    given::<Guardrail>(history).at(at(day * DAYS)).because("sensor").when(RETRACT).then_decided()
}

#[test]
fn r23_the_third_false_alarm_in_30_days_proposes_shadow_and_the_second_does_not() {
    let decision = retract_on(40, twice_false([10, 39]));
    assert_eq!(decision.events, [Event::Retracted { reason: "sensor".to_owned(), attempt: 3 }]);
    assert_eq!(rules(&decision), [RuleId::R23]);
    let Remark { sentence, .. } = &decision.remarks[0];
    assert!(sentence.starts_with("3 false alarms in 30 days"), "{sentence}");
    assert!(sentence.contains("--effect shadow"), "{sentence}");
    assert_eq!(rules(&retract_on(40, twice_false([9, 39]))), [], "one of them is too long ago");
    let shadow = Event::EffectChanged { effect: Effect::Shadow, reason: String::new() };
    let history = twice_false([10, 39]).into_iter().chain([shadow]).collect();
    assert_eq!(rules(&retract_on(40, history)), [], "it is in shadow already");
}

#[test]
fn r23_rows_that_are_taken_back_count_as_a_false_alarm() {
    let reconsider = |unfounded| Command::Reconsider { answer: found(Pass, 40 * DAYS - 1, 3), unfounded };
    let told = |unfounded| {
        let history = given::<Guardrail>(twice_false([38, 39])).at(at(40 * DAYS)).because("wrong unit");
        rules(&history.when(reconsider(unfounded)).then_decided())
    };
    assert_eq!(told(vec![3]), [RuleId::R23]);
    assert_eq!(told(vec![]), []);
}
