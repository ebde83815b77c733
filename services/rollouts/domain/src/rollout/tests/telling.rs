//! What a rollout tells that stands still.

use super::*;

fn told(history: Vec<Event>, facts: &Facts, at: Timestamp) -> Vec<(&'static str, bool, String, String)> {
    let state = verdict_kernel::decider::fold::<Rollout>(&history);
    let report = state.tell(facts, at);
    let line = |check: verdict_kernel::check::Check| {
        (check.name, check.state.is_pass(), check.seen.into_owned(), check.next)
    };
    report.checks.into_iter().map(line).collect()
}

#[test]
fn r23_a_rollback_tells_what_broke_when_what_is_served_and_who_must_do_what() {
    let (broke, at) = (t(DAY * 12), t(DAY * 12 + HOUR));
    let history = and(beta(), [rolling_back_at(BETA, 3, false, broke), rolled_back(Some(ALPHA))]);
    let breach = BreachFact { seen: "0.08 (sample 900)".to_owned(), ..breach(3, broke) };
    let facts = raised(over(Some(ALPHA), at), breach, broke);
    let told = told(history, &facts, at);
    let names: Vec<_> = told.iter().map(|line| (line.0, line.1)).collect();
    assert_eq!(
        names,
        [("rollback", true), ("served", true), ("breach", false), ("reason", false), ("false_alarm", true)]
    );
    assert_eq!(told[0].2, "beta, attempt 3, at 1970-01-13T00:00:00Z; back to alpha");
    assert_eq!(told[1].2, "1 members, 5 accounts, 0 %");
    assert!(told[2].2.contains("error_rate") && told[2].2.contains("0.01"), "{}", told[2].2);
    assert!(told[2].2.contains("; it broke on 0.08 (sample 900), required "), "{}", told[2].2);
    assert_eq!(told[2].3, "verdict guardrail acknowledge g");
    assert_eq!(told[3].3, "verdict rollout resume <rollout> --reason <why>");
}

#[test]
fn r23_a_rollback_by_a_guardrail_that_was_disarmed_tells_how_its_breach_is_remembered() {
    let (broke, at) = (t(DAY * 12), t(DAY * 12 + HOUR));
    let history = and(beta(), [rolling_back_at(BETA, 3, false, broke), rolled_back(Some(ALPHA))]);
    let told = told(history, &over(Some(ALPHA), at), at);
    let line = told.iter().find(|line| line.0 == "breach").unwrap();
    assert_eq!((line.1, line.2.as_str()), (false, "no breach of an armed guardrail"));
    assert!(line.3.contains("verdict guardrail rearm"), "{}", line.3);
}

#[test]
fn r24_a_pause_tells_its_causes_and_a_completed_rollout_what_is_served() {
    let at = t(DAY * 12);
    let killed = and(beta(), [Event::Paused { cause: PauseCause::Killed, reason: String::new(), at }]);
    let lines = told(killed, &over(None, at), at);
    assert_eq!(
        (lines[0].0, lines[0].2.as_str()),
        ("paused", "its flag was killed, since 1970-01-13T00:00:00Z")
    );
    let completed = and(beta(), [Event::Completed { at }]);
    let lines = told(completed, &over(Some(GA), at), at);
    assert_eq!((lines[0].0, lines[1].2.as_str()), ("completed", "1 members, 5 accounts, 100 %"));
    assert!(told(beta(), &over(Some(BETA), at), at).is_empty());
}

#[test]
fn r3_a_stage_beyond_its_maximum_tells_how_it_is_extended() {
    let (max, facts) = (t(DAY * 24), over(Some(BETA), t(DAY * 24)));
    let lines = told(beta(), &facts, max);
    let next = "verdict rollout extend-stage <rollout> --by 1d --reason <why>".to_owned();
    assert_eq!(lines, [("overdue", true, "beta is overdue since 1970-01-25T00:00:00Z".to_owned(), next)]);
    assert!(told(beta(), &facts, t((DAY * 24).saturating_sub(Duration::from_secs(1)))).is_empty());
}
