//! When an edge is ready, what it reports, and that it never goes back.

use verdict_flag_evaluator::Reason;
use verdict_proto::rollouts::v1::edge_request::Command;
use verdict_proto::rollouts::v1::{ConfirmServed, JoinEdge, LeaveEdge};

use super::*;
use crate::fixtures::{
    World, answer, ask, audience, created, edge_id, exposed, killed, narrowed, scope, settle,
};
use crate::reports::RETRY;
use crate::streams::Streams;

fn join() -> Command {
    Command::Join(JoinEdge { name: "edge-a".to_owned() })
}

fn confirm(flag_id: &str, flag_version: u32) -> Command {
    Command::ConfirmServed(ConfirmServed {
        flag_id: flag_id.to_owned(),
        flag_version,
        rollout_id: "rollout-1".to_owned(),
        stage: "beta".to_owned(),
        attempt: 3,
    })
}

#[tokio::test]
async fn an_edge_over_an_empty_log_is_ready_with_nothing() {
    let world = World::new();
    let (edge, component) = world.ready_edge().await;
    assert_eq!(component.unready(), None);
    let snapshot = edge.snapshot().unwrap();
    assert_eq!((snapshot.position.clone(), snapshot.changed.clone()), (None, None));
}

/// Clause 9: an edge serves only after reading to the head at its start.
#[tokio::test]
async fn clause_9_an_edge_serves_nothing_before_it_has_read_to_the_head() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    for version in 1..=u32::try_from(MAX_PAGE).unwrap() {
        world.append("1", exposed(version, audience(&["mia"], 0))).await;
    }
    let head = world.append("1", killed(9_999)).await;
    let (edge, mut component) = world.edge();
    let mut steps = 0;
    while edge.snapshot().is_none() {
        assert!(component.unready().is_some());
        component.step().await.unwrap();
        steps += 1;
    }
    assert!(steps > 2, "the log was to take more than one page");
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(snapshot.position, Some(head));
    assert_eq!(ask(&snapshot, "checkout", "mia"), answer("off", Reason::Disabled));
}

#[tokio::test]
async fn s2_a_restarted_edge_never_serves_an_older_position() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    for version in 1..=u32::try_from(MAX_PAGE).unwrap() {
        world.append("1", exposed(version, audience(&[], 1))).await;
    }
    let (edge, component) = world.ready_edge().await;
    let before = edge.snapshot().unwrap().position.clone().unwrap();
    drop((edge, component));
    let (edge, mut component) = world.edge();
    while component.step().await.unwrap() == Progress::Worked {
        if let Some(snapshot) = edge.snapshot() {
            assert_eq!(snapshot.covers(&before), Some(true));
        }
    }
    assert_eq!(edge.snapshot().unwrap().position, Some(before));
}

#[tokio::test]
async fn s2_the_served_position_follows_events_that_are_no_flags() {
    let world = World::new();
    let (edge, mut component) = world.ready_edge().await;
    let created_at = world.append("1", created("checkout")).await;
    let elsewhere = world.append_elsewhere().await;
    settle(&mut component).await;
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(snapshot.position, Some(elsewhere.clone()));
    assert_eq!(snapshot.changed.as_ref().map(|(position, _)| position), Some(&created_at));
    assert_eq!(component.applied(), Some(elsewhere));
}

#[tokio::test]
async fn s2_an_older_snapshot_never_replaces_a_newer_one() {
    let edge = Edge::unready(scope("production"), World::new().clock, Streams::default());
    let at = |commit| Snapshot {
        position: Some(Position { log_id: "log-1".into(), commit, prepare: commit }),
        ..Snapshot::default()
    };
    edge.publish(at(7));
    edge.publish(at(6));
    edge.publish(Snapshot::default());
    assert_eq!(edge.snapshot().unwrap().position, at(7).position);
    edge.publish(at(8));
    assert_eq!(edge.snapshot().unwrap().position, at(8).position);
}

#[tokio::test]
async fn clause_9_an_edge_joins_at_its_start_and_leaves_at_its_end() {
    let world = World::new();
    let (_edge, mut component) = world.ready_edge().await;
    component.stop().await.unwrap();
    assert_eq!(world.rollouts.commands(), [join(), Command::Leave(LeaveEdge {})]);
    assert!(world.rollouts.seen().iter().all(|request| request.edge_id == edge_id().to_string()));
}

#[tokio::test]
async fn r11_a_narrowing_is_confirmed_once_it_is_served() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia", "ben"], 0))).await;
    let (edge, mut component) = world.ready_edge().await;
    world.append("1", narrowed(2, audience(&["mia"], 0))).await;
    assert_eq!(world.rollouts.commands(), [join()]);
    while world.rollouts.commands().len() < 2 {
        assert_eq!(component.step().await, Ok(Progress::Worked));
    }
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(ask(&snapshot, "checkout", "ben"), answer("off", Reason::Default));
    assert_eq!(world.rollouts.commands(), [join(), confirm("1", 2)]);
}

#[tokio::test]
async fn r11_every_narrowing_since_the_start_is_confirmed_and_of_the_past_only_the_last_one() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", narrowed(1, audience(&["mia"], 0))).await;
    world.append("1", narrowed(2, audience(&[], 0))).await;
    let (_edge, mut component) = world.ready_edge().await;
    assert_eq!(world.rollouts.commands(), [join(), confirm("1", 2)]);
    world.append("1", narrowed(3, audience(&["mia"], 0))).await;
    world.append("1", narrowed(4, audience(&[], 0))).await;
    settle(&mut component).await;
    assert_eq!(world.rollouts.commands()[2..], [confirm("1", 3), confirm("1", 4)]);
}

/// Clauses 3 and 4: a report that is sent again after a restart is the same command.
#[tokio::test]
async fn r11_a_restarted_edge_confirms_under_the_same_command_id() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", narrowed(1, audience(&[], 0))).await;
    let _first = world.ready_edge().await;
    let _second = world.ready_edge().await;
    let seen = world.rollouts.seen();
    let [join_1, confirm_1, join_2, confirm_2] = seen.as_slice() else {
        panic!("{seen:?}");
    };
    assert_eq!(confirm_1, confirm_2);
    assert_eq!(join_1, join_2, "nothing was logged between the two starts");
}

#[tokio::test]
async fn an_edge_that_left_joins_again_under_another_command_id() {
    let world = World::new();
    let (_edge, mut component) = world.ready_edge().await;
    component.stop().await.unwrap();
    // The departure is an event, so the next start finds another head.
    world.append_elsewhere().await;
    let _next = world.ready_edge().await;
    let ids: Vec<_> = world
        .rollouts
        .seen()
        .into_iter()
        .filter_map(|request| request.meta)
        .map(|meta| meta.command_id)
        .collect();
    assert_eq!(ids.len(), 3);
    assert_ne!(ids[0], ids[2]);
}

#[tokio::test]
async fn an_edge_serves_while_the_rollouts_service_is_down_and_reports_later() {
    let world = World::new();
    world.rollouts.set_down(true);
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, mut component) = world.ready_edge().await;
    assert_eq!(component.unready(), None);
    world.append("1", narrowed(2, audience(&[], 0))).await;
    settle(&mut component).await;
    let blocked = Progress::Blocked { due: None, retry: RETRY };
    assert_eq!(component.step().await, Ok(blocked));
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(ask(&snapshot, "checkout", "mia"), answer("off", Reason::Static));
    world.rollouts.set_down(false);
    settle(&mut component).await;
    assert_eq!(world.rollouts.commands(), [join(), confirm("1", 2)]);
}

#[tokio::test]
async fn a_refused_report_is_not_sent_again() {
    let world = World::new();
    world.rollouts.set_refusing(true);
    world.append("1", created("checkout")).await;
    world.append("1", narrowed(1, audience(&[], 0))).await;
    let (_edge, mut component) = world.ready_edge().await;
    settle(&mut component).await;
    assert_eq!(world.rollouts.commands(), [join(), confirm("1", 1)]);
}

/// Positions of different logs do not compare, so a log that was replaced is read from its start.
#[tokio::test]
async fn an_edge_reads_a_replaced_log_anew_and_serves_the_former_one_meanwhile() {
    let former = World::new();
    former.append("1", created("checkout")).await;
    former.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, mut component) = former.ready_edge().await;
    let next = World::of_log("log-2");
    next.append("2", created("search")).await;
    component.follower.log = next.log.clone();
    assert_eq!(component.step().await, Ok(Progress::Worked));
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(ask(&snapshot, "checkout", "mia"), answer("on", Reason::TargetingMatch));
    settle(&mut component).await;
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(snapshot.position, next.log.head().await.unwrap());
    assert_eq!(ask(&snapshot, "checkout", "mia").0, "absent");
    assert_eq!(ask(&snapshot, "search", "mia"), answer("off", Reason::Static));
}

/// Design clause 20: whoever confirms is alive, and says so three times while its seat lasts.
#[tokio::test]
async fn clause_20_an_edge_renews_its_seat_and_says_how_far_it_serves() {
    let world = World::new();
    let at = world.append("1", created("checkout")).await;
    let (_edge, mut component) = world.ready_edge().await;
    settle(&mut component).await;
    assert_eq!(world.rollouts.renewals(), [at.to_string()]);
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(1));
        settle(&mut component).await;
    }
    let later = world.append("1", killed(1)).await;
    settle(&mut component).await;
    world.clock.advance(Duration::from_secs(3));
    settle(&mut component).await;
    assert_eq!(world.rollouts.renewals(), [at.to_string(), at.to_string(), later.to_string()]);
}

#[tokio::test]
async fn clause_20_an_edge_that_was_let_go_joins_again_under_another_command() {
    let world = World::new();
    let (_edge, mut component) = world.ready_edge().await;
    world.rollouts.lose();
    world.clock.advance(Duration::from_secs(3));
    settle(&mut component).await;
    settle(&mut component).await;
    assert_eq!(world.rollouts.commands(), [join(), join()]);
    let ids: Vec<_> = world.rollouts.seen().into_iter().map(|seen| seen.meta.unwrap().command_id).collect();
    assert_ne!(ids[0], ids[1]);
}

/// A kill is confirmed as a narrowing is, and names no rollout.
#[tokio::test]
async fn clause_20_a_kill_is_confirmed_once_it_is_served() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    let (_edge, mut component) = world.ready_edge().await;
    world.append("1", killed(2)).await;
    settle(&mut component).await;
    let confirmed = ConfirmServed { flag_id: "1".to_owned(), flag_version: 2, ..ConfirmServed::default() };
    assert_eq!(world.rollouts.commands(), [join(), Command::ConfirmServed(confirmed)]);
}

/// A rollouts service that swallows every call delays no flag: whoever follows the log says nothing to anybody.
#[tokio::test]
async fn clause_20_a_change_of_a_flag_never_waits_for_a_report() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, mut component) = world.ready_edge().await;
    world.append("1", narrowed(2, audience(&["mia"], 0))).await;
    component.follower.step().await.unwrap();
    world.rollouts.set_swallowing(true);
    // The report of the narrowing is under way and has no answer.
    let mut reporting = component.reporter_step();
    assert!(futures::poll!(&mut reporting).is_pending());
    drop(reporting);
    world.append("1", killed(3)).await;
    component.follower.step().await.unwrap();
    assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "mia"), answer("off", Reason::Disabled));
}

/// Calls go to one replica after the other. A report that gave up before they are through would never get past one that
/// swallows it.
#[tokio::test(start_paused = true)]
async fn clause_20_a_report_waits_for_longer_than_a_call_over_all_replicas_takes() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    let (_edge, mut component) = world.ready_edge().await;
    world.append("1", killed(1)).await;
    component.follower.step().await.unwrap();
    world.rollouts.set_swallowing(true);
    let round = verdict_runtime::grpc::remote::Patience::default().call;
    let mut reporting = component.reporter_step();
    assert!(tokio::time::timeout(round, &mut reporting).await.is_err(), "it gave up");
    assert!(matches!(reporting.await, Ok(Progress::Blocked { .. })), "it does not wait for ever");
}
