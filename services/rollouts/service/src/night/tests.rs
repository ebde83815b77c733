//! The gauges after events of a rollout and of a flag.

use super::*;
use crate::testing::{LAUNCH, ROLLOUT, World, settle};

async fn happens(world: &mut World, name: &str, message: &impl serde::Serialize) {
    let stream = format!("{ROLLOUTS}{ROLLOUT}");
    world.write(&stream, &format!("rollouts.Rollout.{name}.v1"), message).await;
}

/// A rollout whose stages are called freely.
async fn planned(world: &mut World) {
    let stages = ["team", "friends", "EU"]
        .map(|name| pb::Stage { name: Some(name.to_owned()), ..pb::Stage::default() });
    let planned = pb::RolloutPlanned { stages: stages.to_vec(), ..pb::RolloutPlanned::default() };
    happens(world, "RolloutPlanned", &planned).await;
}

#[tokio::test]
async fn the_gauges_say_where_a_rollout_stands_and_how_far_a_flag_reaches() {
    let mut world = World::new();
    let mut view = NightView::new(world.log.clone(), world.clock(), Arc::default());
    planned(&mut world).await;
    let entered = pb::StageEntered { stage: Some("EU".to_owned()), ..pb::StageEntered::default() };
    happens(&mut world, "StageEntered", &entered).await;
    let stream = format!("{FLAGS}{LAUNCH}");
    for fixture in ["FlagCreated", "ExposureNarrowed"] {
        let event_type = format!("rollouts.Flag.{fixture}.v1");
        let path = format!("{}/../wire/fixtures/{event_type}.json", env!("CARGO_MANIFEST_DIR"));
        let stored: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        world.write(&stream, &event_type, &stored).await;
    }
    settle(&mut view).await;
    let stage = &view.seen.stages()[0];
    assert_eq!((stage.labels[1].clone(), stage.value), (("stage", "EU".to_owned()), 2.0));
    let held = view.seen.of_flags(is_held);
    assert_eq!(held.iter().map(|sample| sample.value).collect::<Vec<_>>(), [1.0]);
    assert_eq!(view.seen.of_flags(percent).len(), 1);
    assert_eq!(view.seen.killed()[0].value.to_string(), "0");
    let holds = view.seen.holds();
    assert_eq!((holds[0].labels[2].clone(), holds[0].value), (("cause", "breach".to_owned()), 1.0));
    assert!(families::lines().iter().any(|line| line.starts_with("verdict_edges_lost ")));
}

#[tokio::test]
async fn a_rollback_is_open_until_it_is_confirmed_and_a_rollout_that_is_over_is_not_shown() {
    let mut world = World::new();
    let mut view = NightView::new(world.log.clone(), world.clock(), Arc::default());
    let open = |view: &NightView| view.seen.rollouts.values().filter(|standing| standing.rolls_back).count();
    planned(&mut world).await;
    let entered = pb::StageEntered { stage: Some("EU".to_owned()), ..pb::StageEntered::default() };
    happens(&mut world, "StageEntered", &entered).await;
    happens(&mut world, "RollbackRequested", &pb::RollbackRequested::default()).await;
    settle(&mut view).await;
    assert_eq!(open(&view), 1);
    let back = pb::RolledBack { to_stage: Some("friends".to_owned()), ..pb::RolledBack::default() };
    happens(&mut world, "RolledBack", &back).await;
    settle(&mut view).await;
    assert_eq!((open(&view), view.seen.stages()[0].value.to_string()), (0, "1".to_owned()));
    happens(&mut world, "RolloutAborted", &pb::RolloutAborted::default()).await;
    settle(&mut view).await;
    assert_eq!(view.seen.stages(), []);
}

#[tokio::test]
async fn how_far_a_rollout_reaches_and_what_is_killed_is_seen_until_it_is_over() {
    let mut world = World::new();
    let mut view = NightView::new(world.log.clone(), world.clock(), Arc::default());
    planned(&mut world).await;
    let entered = pb::StageEntered { stage: Some("EU".to_owned()), ..pb::StageEntered::default() };
    happens(&mut world, "StageEntered", &entered).await;
    let stream = format!("{FLAGS}{LAUNCH}");
    let rollout_id = Some(ROLLOUT.to_owned());
    let path = "/../wire/fixtures/rollouts.Flag.FlagCreated.v1.json";
    let created = std::fs::read_to_string(format!("{}{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let created: serde_json::Value = serde_json::from_str(&created).unwrap();
    world.write(&stream, "rollouts.Flag.FlagCreated.v1", &created).await;
    let claimed = pb::FlagClaimed { rollout_id: rollout_id.clone() };
    world.write(&stream, "rollouts.Flag.FlagClaimed.v1", &claimed).await;
    let exposed = pb::ExposureChanged {
        version: Some(1),
        audience: Some(pb::Audience { basis_points: Some(2_500), ..pb::Audience::default() }),
        rollout_id: rollout_id.clone(),
        rollout_revision: Some(2),
        stage: Some("EU".to_owned()),
        stage_index: Some(2),
        attempt: Some(1),
    };
    world.write(&stream, "rollouts.Flag.ExposureChanged.v1", &exposed).await;
    settle(&mut view).await;
    let exposures = view.seen.exposures();
    assert_eq!(exposures[0].labels[2], ("rollout", ROLLOUT.to_owned()));
    assert_eq!(exposures.iter().map(|sample| sample.value).collect::<Vec<_>>(), [25.0]);
    let killed = pb::FlagKilled {
        version: Some(2),
        reason: Some("errors".to_owned()),
        at: Some("2026-06-01T09:00:00Z".to_owned()),
    };
    world.write(&stream, "rollouts.Flag.FlagKilled.v1", &killed).await;
    settle(&mut view).await;
    assert_eq!((view.seen.killed()[0].value, view.seen.exposures()[0].value), (1.0, 0.0));
    happens(&mut world, "RolloutAborted", &pb::RolloutAborted::default()).await;
    settle(&mut view).await;
    assert_eq!(view.seen.exposures(), []);
}
