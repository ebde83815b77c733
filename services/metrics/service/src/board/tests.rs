use verdict_proto::metrics::v1::MetricType;
use verdict_runtime::log::{Expected, NewEvent};

use super::*;
use crate::testing::World;

#[tokio::test]
async fn a_board_is_brought_to_the_head_and_looks_no_further_until_the_log_grows() {
    let world = World::new();
    world.define("cpu", MetricType::Guardrail).await;
    let board = Board::new(world.log.clone());
    assert_eq!(board.refresh_if_grown().await, Ok(true));
    assert_eq!(board.refresh_if_grown().await, Ok(false));
    assert_eq!(board.position(), world.log.head().await.unwrap());
    world.define("errors", MetricType::Guardrail).await;
    assert_eq!(board.refresh_if_grown().await, Ok(true));
    let defined = |key: &str| board.read(|view| view.metrics.definition("default", key).is_some());
    assert_eq!((defined("cpu"), defined("errors"), defined("other")), (true, true, false));
}

#[tokio::test]
async fn an_unknown_event_is_skipped_and_counted() {
    let (world, rollout, _) = World::guarded().await;
    let first = world.log.read_all(None, &Filter::default(), 1).await.unwrap();
    let event = NewEvent {
        id: uuid::Uuid::NAMESPACE_OID,
        event_type: "rollouts.Rollout.StageTurned.v9".to_owned(),
        data: b"{}".to_vec(),
        metadata: first.events[0].metadata.clone(),
    };
    let stream = format!("rollouts.rollout-{rollout}");
    world.log.append(&stream, Expected::Any, vec![event]).await.unwrap();
    let board = Board::new(world.log.clone());
    board.refresh().await.unwrap();
    assert_eq!(board.skipped(), 1);
    let stage = board.read(|view| view.rollouts.get(rollout).and_then(rollouts::Entry::attempt));
    assert_eq!(stage.map(|at| (at.stage, at.stage_index, at.attempt)), Some(("beta".to_owned(), 2, 1)));
}

#[tokio::test]
async fn remarks_and_overrides_are_passed_over_in_every_stream_and_not_counted() {
    let (world, rollout, guardrail) = World::guarded().await;
    let cpu = verdict_kernel::id::MetricId::of("default", "cpu");
    for (stream, of) in [
        (format!("metrics.guardrail-{guardrail}"), "metrics.Guardrail"),
        (format!("metrics.metric-{cpu}"), "metrics.Metric"),
        (format!("metrics.incident-{guardrail}"), "metrics.Incident"),
        (format!("rollouts.rollout-{rollout}"), "rollouts.Rollout"),
    ] {
        for kind in ["Remarked", "Overridden"] {
            let said = serde_json::json!({ "rule": "M18" });
            world.write_raw(&stream, &format!("{of}.{kind}.v1"), &said).await;
        }
    }
    let board = Board::new(world.log.clone());
    board.refresh().await.unwrap();
    assert_eq!(board.skipped(), 0);
    let id = guardrail.parse().unwrap();
    let (guarded, defined) = board.read(|view| {
        let entry = view.guardrails.get(id).unwrap();
        assert_eq!(entry.unanswerable(), None);
        (entry.version, view.metrics.get(cpu).unwrap().version)
    });
    assert_eq!((guarded, defined), (3, 3), "they count as events of their stream");
    world.minute(90.0).await;
    for _ in 0..3 {
        world.minute(40.0).await;
    }
    let story = world.story().await;
    assert!(story.contains(&"GuardrailBreached beta 1".to_owned()), "{story:?}");
}

#[tokio::test]
async fn clause_18_a_remark_after_an_event_that_cannot_be_read_does_not_hide_it() {
    let (world, _, guardrail) = World::guarded().await;
    let disarm = verdict_proto::metrics::v1::DisarmGuardrail {};
    let disarm = verdict_proto::metrics::v1::guardrail_request::Command::Disarm(disarm);
    crate::testing::accepted(world.guardrail(&guardrail, disarm).await);
    let stream = format!("metrics.guardrail-{guardrail}");
    world.write_unknown(&stream, "metrics.Guardrail.GuardrailRevived.v1").await;
    let said = serde_json::json!({ "rule": "M18" });
    world.write_raw(&stream, "metrics.Guardrail.Remarked.v1", &said).await;
    let board = Board::new(world.log.clone());
    board.refresh().await.unwrap();
    let id = guardrail.parse().unwrap();
    assert!(board.read(|view| view.guardrails.get(id).unwrap().unanswerable().is_some()));
}

#[tokio::test]
async fn a_finished_rollout_has_no_attempt_and_is_not_watched() {
    let (world, rollout, _) = World::guarded().await;
    let board = Board::new(world.log.clone());
    board.refresh().await.unwrap();
    assert_eq!(board.read(|view| view.rollouts.running()), [rollout]);
    world.abort(rollout).await;
    board.refresh().await.unwrap();
    assert_eq!(board.read(|view| view.rollouts.running()), []);
    let attempt = board.read(|view| view.rollouts.get(rollout).and_then(rollouts::Entry::attempt));
    assert_eq!(attempt, None);
}

#[tokio::test]
async fn clause_18_an_event_that_cannot_be_read_turns_off_its_own_stream_and_not_the_board() {
    let (world, rollout, guardrail) = World::guarded().await;
    let elsewhere = world.rollout("elsewhere").await;
    let other = world.arm(crate::testing::arm("cpu", elsewhere)).await;
    world
        .write_unknown(
            &format!("metrics.guardrail-{guardrail}"),
            "metrics.Guardrail.GuardrailAnswerChanged.v1",
        )
        .await;
    let cpu = verdict_kernel::id::MetricId::of("default", "cpu");
    world.write_unknown(&format!("metrics.metric-{cpu}"), "metrics.Metric.MetricRevised.v1").await;
    world.enter(rollout, "ga", 2).await;
    let board = Board::new(world.log.clone());
    board.refresh().await.unwrap();
    assert_eq!(board.skipped(), 2);
    let unreadable = |id: &str| {
        let id = id.parse().unwrap();
        board.read(|view| view.guardrails.get(id).is_some_and(|entry| entry.unreadable.is_some()))
    };
    assert_eq!([unreadable(&guardrail), unreadable(&other)], [true, false]);
    let attempt = board.read(|view| view.rollouts.get(rollout).and_then(rollouts::Entry::attempt));
    assert_eq!(attempt.map(|at| at.attempt), Some(2));
    // Observations are still taken, and the readable guardrail judges them.
    world.minute(90.0).await;
    assert!(world.story().await.contains(&"GuardrailAnswerChanged PASS".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_look_that_is_cut_off_has_seen_nothing() {
    let world = World::new();
    world.define("cpu", MetricType::Guardrail).await;
    let log = std::sync::Arc::new(crate::testing::Slow::over(world.log.clone()));
    let board = Board::new(log.clone());
    log.hang(true);
    let cut_off = tokio::time::timeout(std::time::Duration::from_millis(50), board.refresh_if_grown()).await;
    assert!(cut_off.is_err());
    log.hang(false);
    assert_eq!(board.refresh_if_grown().await, Ok(true));
    assert!(board.read(|view| view.metrics.definition("default", "cpu").is_some()));
}
