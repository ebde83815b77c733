//! What of shared streams belongs to a rollout, and who and why are taken from.

use super::*;

const OURS: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
const OTHER: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2D";

fn event(number: u32, stream: &str, event_type: &str, data: &str, reason: &str) -> LoggedEvent {
    let metadata = serde_json::json!({
        "commandId": "c", "payloadHash": "h", "$correlationId": "c", "$causationId": "c", "org": "default",
        "principal": { "kind": "human", "subject": "dana", "auth": "dev" }, "team": "default",
        "reason": reason, "policyVersion": 0, "level": "block", "release": "1",
        "at": format!("2026-03-02T09:00:{number:02}Z"),
    });
    LoggedEvent {
        id: format!("event-{number}"),
        stream: stream.to_owned(),
        revision: number,
        r#type: event_type.to_owned(),
        data: data.to_owned(),
        metadata: metadata.to_string(),
        ..LoggedEvent::default()
    }
}

/// A flag that another rollout had before and has after.
fn of_a_flag() -> Vec<LoggedEvent> {
    let claimed = |number, rollout: &str| {
        let data = format!(r#"{{"rolloutId":"{rollout}"}}"#);
        event(number, "rollouts.flag-f", "rollouts.Flag.FlagClaimed.v1", &data, "")
    };
    let killed =
        |number, reason: &str| event(number, "rollouts.flag-f", "rollouts.Flag.FlagKilled.v1", "{}", reason);
    vec![
        killed(0, "before"),
        claimed(1, OTHER),
        killed(2, "not ours"),
        claimed(3, OURS),
        killed(4, "ours"),
        claimed(5, OTHER),
        killed(6, "not ours any more"),
    ]
}

fn reasons(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.why.as_str()).filter(|why| !why.is_empty()).collect()
}

#[test]
fn what_is_done_to_a_flag_belongs_to_the_rollout_that_has_it() {
    let belongings = Belongings::shares("rollouts.flag-f", "flag cart", OURS);
    let all = entries(&belongings, &of_a_flag());
    assert_eq!(reasons(&all), ["ours"]);
    assert_eq!((all[1].what.as_str(), all[1].who.as_str()), ("flag cart is killed", "dana"));
    assert_eq!(all[1].at, "2026-03-02T09:00:04Z");
    // Where the first event is not the first of the flag, nobody knows whose it was then.
    assert_eq!(reasons(&entries(&belongings, &of_a_flag()[2..])), ["not ours", "ours"]);
}

#[test]
fn of_a_bet_only_what_names_the_rollout_belongs_to_it() {
    let belongings = Belongings::shares("bets.bet-b", "bet cart", OURS);
    let attached = |rollout: &str| {
        let data = format!(r#"{{"rolloutId":"{rollout}"}}"#);
        event(1, "bets.bet-b", "bets.Bet.RolloutAttached.v1", &data, rollout)
    };
    let scaled = event(2, "bets.bet-b", "bets.Bet.BetScaled.v1", "{}", "it is right");
    let all = entries(&belongings, &[attached(OTHER), attached(OURS), scaled]);
    assert_eq!(reasons(&all), [OURS]);
}

#[test]
fn a_cause_is_told_as_what_happened_where_it_is_on_the_line_before() {
    let belongings = Belongings::shares("rollouts.flag-f", "flag cart", OURS);
    let breach = r#"{"stage":"beta","attempt":2}"#;
    let breach = event(1, "metrics.guardrail-g", "metrics.Guardrail.GuardrailBreached.v1", breach, "");
    let narrowed = |cause: &str| {
        let data = format!(r#"{{"rolloutId":"{OURS}","cause":"{cause}"}}"#);
        event(2, "rollouts.flag-f", "rollouts.Flag.ExposureNarrowed.v1", &data, "")
    };
    let all = entries(&belongings, &[breach, narrowed("event-1"), narrowed("restored")]);
    assert_eq!(reasons(&all), ["metrics.guardrail-g breaks in beta, attempt 2", "restored"]);
}
