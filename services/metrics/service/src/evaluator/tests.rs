use std::time::Duration;

use verdict_kernel::check::CheckState as CheckStateOf;
use verdict_proto::metrics::v1::guardrail_request::Command;
use verdict_proto::metrics::v1::{DisarmGuardrail, RearmGuardrail};
use verdict_proto::v1::{CheckState, GetRequest};
use verdict_runtime::component::{Component, Progress};

use super::*;
use crate::testing::{World, accepted, after, arm};

mod clocks;
mod crowds;
mod quiet;
mod replayed;
mod retractions;
mod safety;

const ARMED: &str = "GuardrailArmed";
const PASS: &str = "GuardrailAnswerChanged PASS";
const FAIL: &str = "GuardrailAnswerChanged FAIL";
const STALE: &str = "GuardrailAnswerChanged UNKNOWN_STALE";
const BREACH: &str = "GuardrailBreached beta 1";
const RECOVERED: &str = "GuardrailRecovered";

#[tokio::test]
async fn r9a_three_bad_points_in_a_row_breach_before_the_reply() {
    let (world, ..) = World::guarded().await;
    for value in [90.0, 40.0, 41.0] {
        world.minute(value).await;
    }
    assert_eq!(world.story().await, [ARMED, PASS]);
    world.minute(42.0).await;
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
}

#[tokio::test]
async fn an_episode_is_one_breach_until_it_recovers() {
    let (world, ..) = World::guarded().await;
    for value in [40.0, 40.0, 40.0, 40.0, 40.0, 90.0, 40.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    let few = "GuardrailAnswerChanged UNKNOWN_INSUFFICIENT";
    assert_eq!(world.story().await, [ARMED, few, FAIL, BREACH, PASS, RECOVERED, FAIL, BREACH]);
}

#[tokio::test]
async fn m17_a_batch_is_judged_window_by_window() {
    let (world, ..) = World::guarded().await;
    world.clock.advance(Duration::from_mins(10));
    let rows: Vec<_> =
        (0..).zip([90.0, 40.0, 40.0, 40.0, 40.0, 90.0]).map(|(ago, value)| world.row(ago, value)).collect();
    world.post(&serde_json::json!({ "observations": rows })).await.unwrap();
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH, PASS, RECOVERED]);
}

#[tokio::test]
async fn clause_06_a_later_attempt_that_still_fails_is_a_breach_of_its_own() {
    let (world, rollout, _) = World::guarded().await;
    for value in [90.0, 40.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    world.enter(rollout, "alpha", 2).await;
    world.minute(40.0).await;
    world.minute(40.0).await;
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH, "GuardrailBreached alpha 2"]);
}

#[tokio::test]
async fn clause_10_rows_that_were_stored_and_not_judged_are_judged_at_the_start() {
    let (world, ..) = World::guarded().await;
    for value in [90.0, 90.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    // Stored, and then the role stops before it judges; it stays away for long.
    world.clock.advance(Duration::from_mins(1));
    let lost = verdict_runtime::observations::Row { received_at: world.now(), ..stored_row(&world, 40.0) };
    world.store.insert(vec![lost]).await.unwrap();
    world.clock.advance(Duration::from_hours(3));
    let restarted = world.restarted();
    assert!(restarted.evaluator().unready().is_some());
    restarted.settle().await;
    assert_eq!(restarted.evaluator().unready(), None);
    assert_eq!(restarted.story().await, [ARMED, PASS, FAIL, BREACH, STALE]);
}

fn stored_row(world: &World, value: f64) -> Row {
    let value = verdict_kernel::value::Value::new(value).unwrap();
    Row {
        key: verdict_runtime::observations::Key {
            org: "default".to_owned(),
            metric: "cpu".to_owned(),
            window_end: world.now(),
            window_start: world.now(),
            source: "probe".to_owned(),
            arm: String::new(),
        },
        measure: verdict_runtime::observations::Measure::of(value, 1).unwrap(),
        labels: verdict_runtime::observations::Labels::default(),
        received_at: world.now(),
    }
}

#[tokio::test]
async fn clause_10_a_duplicate_is_judged_again() {
    let (world, ..) = World::guarded().await;
    for value in [90.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    world.clock.advance(Duration::from_mins(1));
    world.store.insert(vec![stored_row_of(&world, 40.0)]).await.unwrap();
    let taken = world.restarted().post(&world.row(0, 40.0)).await.unwrap();
    assert_eq!((taken.accepted, taken.duplicates), (0, 1));
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
}

/// The row that [`World::row`] would post now.
fn stored_row_of(world: &World, value: f64) -> Row {
    let mut row = stored_row(world, value);
    row.key.window_start = row.key.window_end - jiff::SignedDuration::from_mins(1);
    row
}

#[tokio::test]
async fn clause_05_judging_the_same_rows_twice_writes_nothing_twice() {
    let (world, ..) = World::guarded().await;
    for value in [90.0, 40.0, 40.0, 40.0, 90.0] {
        world.minute(value).await;
    }
    let story = world.story().await;
    for _ in 0..3 {
        let again = world.restarted();
        again.settle().await;
        again.post(&world.row(0, 90.0)).await.unwrap();
        assert_eq!(again.story().await, story);
    }
}

#[tokio::test]
async fn m4_an_answer_goes_stale_when_nothing_comes_any_more() {
    let (world, ..) = World::guarded().await;
    world.minute(90.0).await;
    let due = after(world.now(), 2) + jiff::SignedDuration::from_millis(1);
    match world.settle().await {
        Progress::Idle { due: said, .. } => assert_eq!(said, Some(due)),
        other => unreachable!("{other:?}"),
    }
    world.clock.advance_to(after(world.now(), 2));
    world.settle().await;
    assert_eq!(world.story().await, [ARMED, PASS]);
    world.clock.advance_to(due);
    world.settle().await;
    assert_eq!(world.story().await, [ARMED, PASS, STALE]);
    world.minute(90.0).await;
    assert_eq!(world.story().await, [ARMED, PASS, STALE, PASS]);
}

#[tokio::test]
async fn what_arrived_before_the_arming_does_not_count() {
    let (world, rollout, _) = World::guarded().await;
    for value in [40.0, 40.0] {
        world.minute(value).await;
    }
    world.clock.advance(Duration::from_secs(30));
    // The same bound would be the same guardrail.
    let mut second = arm("cpu", rollout);
    if let Some(verdict_proto::metrics::v1::arm_guardrail::Rule::Threshold(threshold)) = &mut second.rule {
        threshold.value = Some("51".to_owned());
    }
    let second = world.arm(second).await.parse().unwrap();
    world.settle().await;
    let evaluation = &world.context.evaluation;
    let seen = |answer: Option<Answer>| answer.map(|answer| answer.state);
    assert_eq!(
        seen(evaluation.answer_now(second, None).await.unwrap()),
        Some(CheckStateOf::Unknown(verdict_kernel::check::Unknown::NoData))
    );
    world.clock.advance(Duration::from_secs(30));
    world.post(&world.row(0, 40.0)).await.unwrap();
    assert_eq!(
        seen(evaluation.answer_now(second, None).await.unwrap()),
        Some(CheckStateOf::Unknown(verdict_kernel::check::Unknown::Insufficient))
    );
}

#[tokio::test]
async fn a_guardrail_armed_again_starts_afresh() {
    let (world, _, guardrail) = World::guarded().await;
    for value in [90.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    accepted(world.guardrail(&guardrail, Command::Disarm(DisarmGuardrail {})).await);
    world.minute(40.0).await;
    world.settle().await;
    world.clock.advance(Duration::from_secs(1));
    accepted(world.guardrail(&guardrail, Command::Rearm(RearmGuardrail {})).await);
    world.minute(40.0).await;
    world.settle().await;
    let few = "GuardrailAnswerChanged UNKNOWN_INSUFFICIENT";
    assert_eq!(world.story().await, [ARMED, PASS, "GuardrailDisarmed", "GuardrailRearmed", few]);
}

#[tokio::test]
async fn rows_of_another_rollout_do_not_count() {
    let (world, ..) = World::guarded().await;
    let other = world.rollout("other").await;
    for _ in 0..4 {
        world.clock.advance(Duration::from_mins(1));
        let mut row = world.row(0, 40.0);
        row["rollout"] = other.to_string().into();
        world.post(&row).await.unwrap();
    }
    assert_eq!(world.story().await, [ARMED]);
}

#[tokio::test]
async fn late_rows_may_breach_and_never_take_a_breach_back() {
    let (world, ..) = World::guarded().await;
    world.minute(40.0).await;
    world.clock.advance(Duration::from_mins(1));
    world.minute(40.0).await;
    let late = world.post(&world.row(1, 40.0)).await.unwrap();
    assert_eq!((late.accepted, late.late), (1, 1));
    let few = "GuardrailAnswerChanged UNKNOWN_INSUFFICIENT";
    assert_eq!(world.story().await, [ARMED, few, FAIL, BREACH]);
    let mut between = world.row(1, 90.0);
    between["source"] = "other".into();
    world.post(&between).await.unwrap();
    assert_eq!(world.story().await, [ARMED, few, FAIL, BREACH]);
}

#[tokio::test]
async fn r16_facts_are_judged_at_the_moment_of_the_call() {
    let (world, rollout, guardrail) = World::guarded().await;
    let state = |facts: verdict_proto::metrics::v1::FactsReply| {
        assert_eq!(facts.guardrails.len(), 1);
        facts.guardrails[0].state()
    };
    assert_eq!(state(world.facts(rollout, &[]).await), CheckState::UnknownNoData);
    world.minute(90.0).await;
    let facts = world.facts(rollout, &["cpu", "nobody"]).await;
    assert_eq!(facts.confirmed_at, world.now().to_string());
    assert_eq!(facts.guardrails[0].guardrail_id, guardrail);
    assert!(!facts.guardrails[0].source.is_empty());
    assert_eq!(facts.guardrails[0].required, "not below 50 for 3 points in a row");
    let known = |index: usize| (facts.metrics[index].known, facts.metrics[index].instrumented);
    assert_eq!((known(0), known(1)), ((true, true), (false, false)));
    assert_eq!(facts.metrics[0].target_met(), CheckState::Pass);
    assert_eq!(state(facts), CheckState::Pass);
    world.clock.advance(Duration::from_secs(121));
    assert_eq!(state(world.facts(rollout, &[]).await), CheckState::UnknownStale);
}

#[tokio::test]
async fn an_open_breach_is_a_fail_until_it_is_recovered_from() {
    let (world, rollout, _) = World::guarded().await;
    for value in [40.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    world.clock.advance(Duration::from_hours(1));
    let fail = world.facts(rollout, &[]).await;
    assert_eq!(fail.guardrails[0].state(), CheckState::Fail);
    world.minute(90.0).await;
    let pass = world.facts(rollout, &[]).await;
    assert_eq!(pass.guardrails[0].state(), CheckState::Pass);
}

#[tokio::test]
async fn m4_a_backfill_of_old_failures_does_not_breach() {
    let (world, ..) = World::guarded().await;
    world.clock.advance(Duration::from_hours(1));
    let rows = [world.row(59, 40.0), world.row(58, 40.0), world.row(57, 40.0)];
    world.post(&serde_json::json!({ "observations": rows })).await.unwrap();
    assert_eq!(world.story().await, [ARMED, STALE]);
}
