use std::time::Duration;

use serde_json::json;
use verdict_metrics_domain::evaluation::Severity;
use verdict_metrics_domain::guardrail::Effect;
use verdict_metrics_domain::replay::course::Consequence;

use super::*;
use crate::testing::World;

/// What was served in each minute, in which attempt, and what a rollback would have left.
async fn told(world: &World, rollout: RolloutId) -> Vec<String> {
    let course = course_of(&world.log, rollout).await.unwrap();
    let begin: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    let minutes = (1..=5).map(|minute| course.at(begin + jiff::SignedDuration::from_mins(minute)));
    let line = |place: &verdict_metrics_domain::replay::course::Place| {
        let left = match place.consequence(Effect::Rollback, Severity::Normal) {
            Consequence::Narrowed { to } => to.to_string(),
            other => format!("{other:?}"),
        };
        format!("{} {}: {} -> {left}", place.attempt.stage, place.attempt.attempt, place.served)
    };
    minutes.map(|place| place.map_or_else(|| "nowhere".to_owned(), line)).collect()
}

#[tokio::test]
async fn the_stream_of_a_rollout_says_what_it_served_and_what_was_left_to_go_back_to() {
    let world = World::new();
    let rollout = world.rollout("r").await;
    let stream = format!("{ROLLOUTS}-{rollout}");
    let events = [
        ("StageEntered", json!({ "stage": "alpha", "attempt": 1, "step": 0 })),
        (
            "StepAdvanced",
            json!({ "stage": "Alpha", "attempt": 1, "step": 1,
                    "audience": { "basisPoints": 200, "members": ["m"], "attributes": [{ "attribute": "a", "values": ["v"] }] } }),
        ),
        ("RolloutResumed", json!({ "stage": "beta", "attempt": 2, "step": 0 })),
        ("RolledBack", json!({ "toStage": "alpha", "flagVersion": 3 })),
        ("RolloutAborted", json!({ "reason": "over" })),
    ];
    for (event, data) in events {
        world.clock.advance(Duration::from_mins(1));
        world.write_raw(&stream, &format!("rollouts.Rollout.{event}.v1"), &data).await;
    }
    let wanted = [
        "alpha 1: 0.5 % -> nobody",
        "Alpha 1: 2 % and 2 named -> nobody",
        "beta 2: 10 % -> 2 % and 2 named",
        "beta 2: 2 % and 2 named -> NothingLeft",
        "nowhere",
    ];
    assert_eq!(told(&world, rollout).await, wanted);
}

#[tokio::test]
async fn r26_a_plan_says_from_which_stage_there_is_no_way_back() {
    let world = World::new();
    let rollout = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C".parse().unwrap();
    let stream = format!("{ROLLOUTS}-{rollout}");
    let step = json!([{ "audience": { "basisPoints": 10_000 } }]);
    let planned = json!({
        "flagId": crate::testing::flag().to_string(), "irreversibleFrom": { "stage": "GA" },
        "stages": [{ "name": "ga", "steps": step }],
    });
    world.write_raw(&stream, "rollouts.Rollout.RolloutPlanned.v1", &planned).await;
    let entered = json!({ "stage": "ga", "attempt": 1 });
    world.write_raw(&stream, "rollouts.Rollout.StageEntered.v1", &entered).await;
    assert_eq!(told(&world, rollout).await[0], "ga 1: everyone -> Held");
}

#[tokio::test]
async fn an_event_that_this_version_does_not_know_is_no_answer() {
    let world = World::new();
    let rollout = world.rollout("r").await;
    world.write_unknown(&format!("{ROLLOUTS}-{rollout}"), "rollouts.Rollout.Teleported.v1").await;
    assert!(course_of(&world.log, rollout).await.is_err());
}
