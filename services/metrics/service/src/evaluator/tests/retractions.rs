//! Rows that are taken back, and what becomes of the breaches that rested on them.

use super::*;

#[tokio::test]
async fn m14_rows_that_were_taken_back_do_not_count_any_more() {
    let (world, _, guardrail) = World::guarded().await;
    for value in [90.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    let retraction = Retraction {
        org: "default".to_owned(),
        metric: "cpu".to_owned(),
        source: "probe".to_owned(),
        from: after(world.now(), 0) - jiff::SignedDuration::from_mins(2),
        to: world.now(),
    };
    assert_eq!(world.store.retract(&retraction).await, Ok(2));
    world.context.evaluation.retracted(&retraction).await;
    world.settle().await;
    let now = world.context.evaluation.answer_now(guardrail.parse().unwrap(), None).await.unwrap().unwrap();
    assert_eq!((now.state, now.seen.as_str()), (CheckStateOf::Pass, "90 (sample 1)"));
    world.minute(40.0).await;
    assert_eq!(world.story().await, [ARMED, PASS]);
    world.minute(40.0).await;
    world.minute(40.0).await;
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
}

/// The replica that took the retraction forgets its own rows only.
#[tokio::test]
async fn m14_rows_that_came_a_moment_ago_and_were_taken_back_elsewhere_do_not_count_any_more() {
    let (world, _, guardrail) = World::guarded().await;
    world.minute(90.0).await;
    world.settle().await;
    let retraction = Retraction {
        org: "default".to_owned(),
        metric: "cpu".to_owned(),
        source: "probe".to_owned(),
        from: world.now() - jiff::SignedDuration::from_mins(1),
        to: world.now(),
    };
    assert_eq!(world.store.retract(&retraction).await, Ok(1));
    let stream = format!("metrics.metric-{}", verdict_kernel::id::MetricId::of("default", "cpu"));
    let event = serde_json::json!({
        "source": retraction.source, "from": retraction.from.to_string(), "to": retraction.to.to_string(),
        "rows": 1, "reason": "wrong unit",
    });
    world.write_raw(&stream, "metrics.Metric.ObservationsRetracted.v1", &event).await;
    world.settle().await;
    let now = world.context.evaluation.answer_now(guardrail.parse().unwrap(), None).await.unwrap().unwrap();
    assert_eq!(now.seen, "no observation");
}

/// Takes back what a source reported of `cpu` after `from` and not after `to`.
async fn take_back(world: &World, source: &str, from: Timestamp, to: Timestamp) {
    let retract = pb::metric_request::Command::RetractObservations(pb::RetractObservations {
        source: source.to_owned(),
        from: from.to_string(),
        to: to.to_string(),
    });
    let reply = crate::testing::accepted(world.metric("cpu", retract).await);
    assert_eq!(reply.events, ["metrics.Metric.ObservationsRetracted.v1"]);
}

/// Three failing minutes after one that passed; with the time of that one, and the rows.
async fn breached(world: &World) -> (Timestamp, serde_json::Value) {
    world.minute(90.0).await;
    let from = world.now();
    let bad = [41.0, 42.0, 43.0].map(|value| {
        world.clock.advance(Duration::from_mins(1));
        world.row(0, value)
    });
    let bad = serde_json::json!({ "observations": bad });
    world.post(&bad).await.unwrap();
    world.settle().await;
    assert_eq!(world.story().await.last().map(String::as_str), Some(BREACH));
    (from, bad)
}

#[tokio::test]
async fn m14_a_retraction_is_judged_once_whatever_was_measured_since() {
    let (world, rollout, _) = World::guarded().await;
    let (from, _) = breached(&world).await;
    take_back(&world, "probe", from, world.now()).await;
    world.settle().await;
    world.minute(91.0).await;
    let after = world.story().await;
    assert_eq!(after[4..], ["BreachRetracted 1", STALE, PASS]);
    for _ in 0..2 {
        // Another minute, and somebody else judges: what it finds now is not what was found then.
        world.minute(91.0).await;
        let restarted = world.restarted();
        restarted.settle().await;
        assert!(restarted.context.evaluation.watches_over(rollout));
        assert_eq!(restarted.story().await, after);
    }
    // What fails from now on is a breach again.
    for _ in 0..3 {
        world.minute(40.0).await;
    }
    assert_eq!(world.story().await.last().map(String::as_str), Some(BREACH));
}

#[tokio::test]
async fn m14_a_breach_whose_rows_are_taken_back_is_false_and_they_may_be_sent_again() {
    let (world, _, _) = World::guarded().await;
    let (from, bad) = breached(&world).await;
    let breached = world.story().await;
    take_back(&world, "probe", from, world.now()).await;
    world.settle().await;
    world.settle().await;
    let after = world.story().await;
    assert!(after[breached.len()..].starts_with(&["BreachRetracted 1".to_owned()]), "{after:?}");
    // Considered again after a restart, it is nothing new.
    world.restarted().settle().await;
    assert_eq!(world.story().await, after);
    world.post(&bad).await.unwrap();
    world.settle().await;
    assert_eq!(world.story().await.last().map(String::as_str), Some(BREACH));
}

const RETRACTED: &str = "BreachRetracted 1";

fn of_source(end: Timestamp, source: &str, value: f64, count: u32) -> serde_json::Value {
    let mut row = World::row_at(end, value);
    (row["source"], row["count"]) = (source.into(), count.into());
    row
}

/// The end of the last minute, a second ago.
fn a_second_later(world: &World) -> Timestamp {
    let end = world.now();
    world.clock.advance(Duration::from_secs(1));
    end
}

/// Whether the breach is said to be false once everything was looked at.
async fn is_retracted(world: &World) -> bool {
    world.settle().await;
    world.story().await.contains(&RETRACTED.to_owned())
}

#[tokio::test]
async fn m14_a_breach_that_late_rows_diluted_stays_when_other_rows_are_taken_back() {
    let (world, ..) = World::guarded().await;
    let (from, _) = breached(&world).await;
    let end = a_second_later(&world);
    let month_ago = from - jiff::SignedDuration::from_hours(24 * 30);
    world.post(&of_source(end, "late", 90.0, 1_000)).await.unwrap();
    world.post(&of_source(month_ago, "elsewhere", 90.0, 1)).await.unwrap();
    take_back(&world, "elsewhere", month_ago - jiff::SignedDuration::from_mins(1), month_ago).await;
    assert!(!is_retracted(&world).await);
    // Nor do those of another source of the same windows make it false.
    take_back(&world, "late", from, world.now()).await;
    assert!(!is_retracted(&world).await);
    take_back(&world, "probe", from, world.now()).await;
    assert!(is_retracted(&world).await);
}

#[tokio::test]
async fn m14_a_breach_that_late_rows_diluted_is_false_only_without_its_own() {
    let (world, ..) = World::guarded().await;
    let (from, _) = breached(&world).await;
    let end = a_second_later(&world);
    world.post(&of_source(end, "late", 90.0, 1_000)).await.unwrap();
    world.post(&of_source(end, "good", 90.0, 1)).await.unwrap();
    take_back(&world, "good", from, world.now()).await;
    assert!(!is_retracted(&world).await, "it failed before anything good was measured");
}

#[tokio::test]
async fn m14_a_breach_of_an_earlier_arming_stays_when_other_rows_are_taken_back() {
    let (world, _, guardrail) = World::guarded().await;
    let (from, _) = breached(&world).await;
    let to = world.now();
    let say = async |command| drop(crate::testing::accepted(world.guardrail(&guardrail, command).await));
    say(Command::Acknowledge(pb::AcknowledgeBreach::default())).await;
    world.minute(90.0).await;
    say(Command::Disarm(DisarmGuardrail {})).await;
    say(Command::Rearm(RearmGuardrail {})).await;
    world.minute(90.0).await;
    take_back(&world, "other", from, to).await;
    assert!(!is_retracted(&world).await);
    take_back(&world, "probe", from, to).await;
    assert!(is_retracted(&world).await);
}

#[tokio::test]
async fn m14_rows_that_are_taken_back_in_two_commands_make_a_breach_false() {
    let (world, ..) = World::guarded().await;
    let (from, _) = breached(&world).await;
    take_back(&world, "probe", from, world.now()).await;
    take_back(&world, "other", from - jiff::SignedDuration::from_hours(2), from).await;
    assert!(is_retracted(&world.restarted()).await);
}
