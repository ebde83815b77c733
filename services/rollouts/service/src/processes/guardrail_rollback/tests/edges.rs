//! Who has to confirm, who is not waited for, and what an edge says about a kill.

use super::*;

#[tokio::test]
async fn r9a_an_edge_that_leaves_is_not_waited_for() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(!platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
    platform.edge(pb::edge_request::Command::Leave(pb::LeaveEdge {})).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}

#[tokio::test]
async fn clause_20_an_edge_that_is_lost_is_not_waited_for() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(!platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
    platform.edge(pb::edge_request::Command::Lose(pb::LoseEdge {})).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}

#[tokio::test]
async fn clause_20_an_edge_that_was_lost_before_the_breach_is_not_waited_for() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    platform.edge(pb::edge_request::Command::Lose(pb::LoseEdge {})).await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}

#[tokio::test]
async fn clause_20_a_blind_kill_is_confirmed_by_edges_that_serve_it_and_nobody_is_paged() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    let stream = format!("rollouts.flag-{}", platform.shown.id);
    platform.shown.world.write(&stream, "rollouts.Flag.ExposureShifted.v9", &()).await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(!platform.peers.heard().contains(&confirm_rollback("", 6)));
    // What the edge reads in the kill is the version that it confirms.
    let slice = platform.shown.world.log.read_stream(&stream, 0, 100).await.unwrap();
    let killed: pb::FlagKilled = parse(&slice.events.last().unwrap().data).unwrap();
    platform.confirm_kill(killed.version.unwrap()).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("", 6)));
    let heard = platform.peers.heard();
    platform.shown.world.advance(120);
    platform.settle().await;
    assert_eq!(platform.peers.heard(), heard);
    let kills = platform.shown.world.types(&stream).await;
    assert_eq!(kills.iter().filter(|kind| *kind == "rollouts.Flag.FlagKilled.v1").count(), 1);
}

#[tokio::test]
async fn clause_18_an_edge_with_an_unknown_event_keeps_no_rollback_from_being_confirmed() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    let stream = format!("rollouts.edge-{EDGE}");
    platform.shown.world.write(&stream, "rollouts.Edge.EdgePainted.v9", &()).await;
    platform.breach(false).await;
    platform.settle().await;
    platform.shown.world.write(&stream, "rollouts.Edge.EdgePainted.v9", &()).await;
    let served = pb::ServedConfirmed {
        flag_id: Some(platform.shown.id.clone()),
        flag_version: Some(3),
        rollout_id: Some(ROLLOUT.to_owned()),
        stage: Some("beta".to_owned()),
        attempt: Some(2),
    };
    platform.shown.world.write(&stream, "rollouts.Edge.ServedConfirmed.v1", &served).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}

#[tokio::test]
async fn r9a_an_edge_that_left_before_the_breach_is_not_waited_for() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    platform.edge(pb::edge_request::Command::Leave(pb::LeaveEdge {})).await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}
