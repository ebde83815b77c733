//! Rule R25 at the edge: over a log that went back nobody is served who was not served before.

use std::sync::Arc;

use proptest::prelude::*;
use verdict_flag_evaluator::Reason;
use verdict_proto::rollouts::v1::ReportServed;
use verdict_proto::rollouts::v1::edge_request::Command;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Log, Position};

use super::LastServed;
use crate::fixtures::{World, answer, ask, audience, created, exposed, killed, settle};
use crate::reports::Outbox;

const USERS: [&str; 4] = ["mia", "ben", "zoe", "ada"];

/// Another log in the place of the one of `world`: a backup of it that was restored.
fn restored(world: World) -> World {
    let log: Log = Arc::new(MemoryLog::new("log-2", world.clock.clone()));
    world.over(log)
}

#[tokio::test]
async fn r25_a_kill_that_the_restored_log_lacks_stays_in_force_and_so_does_a_narrowing() {
    let world = World::new();
    for (id, key) in [("1", "checkout"), ("2", "search")] {
        world.append(id, created(key)).await;
        world.append(id, exposed(1, audience(&["mia", "ben"], 0))).await;
    }
    world.append("1", killed(2)).await;
    world.append("2", exposed(2, audience(&["mia"], 0))).await;
    let (edge, mut component) = world.ready_edge().await;
    let world = restored(world);
    for (id, key) in [("1", "checkout"), ("2", "search"), ("3", "unheard-of")] {
        world.append(id, created(key)).await;
        world.append(id, exposed(1, audience(&["mia", "ben"], 0))).await;
    }
    component.follower.log = world.log.clone();
    // The old view goes on, and says that it is old.
    component.step().await.unwrap();
    assert!(edge.stale().is_some());
    assert_eq!(ask(&edge.snapshot().unwrap(), "search", "mia"), answer("on", Reason::TargetingMatch));
    settle(&mut component).await;
    let snapshot = edge.snapshot().unwrap();
    assert_eq!((edge.stale(), snapshot.position.clone()), (None, world.log.head().await.unwrap()));
    assert_eq!(ask(&snapshot, "checkout", "mia"), answer("off", Reason::Disabled));
    assert_eq!(ask(&snapshot, "search", "mia"), answer("on", Reason::TargetingMatch));
    assert_eq!(ask(&snapshot, "search", "ben"), answer("off", Reason::Default));
    assert_eq!(ask(&snapshot, "unheard-of", "mia"), answer("off", Reason::Static));
}

/// A restart in between forgets nothing: neither what was served, nor that it bounds.
#[tokio::test]
async fn r25_an_edge_that_was_away_while_the_log_went_back_still_widens_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::keeping(&directory);
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia", "ben"], 0))).await;
    world.append("1", killed(2)).await;
    drop(world.ready_edge().await);
    let world = restored(world);
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia", "ben"], 0))).await;
    for _ in 0..2 {
        let (edge, component) = world.ready_edge().await;
        assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "mia"), answer("off", Reason::Disabled));
        drop(component);
    }
}

/// A recovery that nobody announced: the log has the id that it had, and ends before what the edge has read.
#[tokio::test]
async fn r25_a_log_that_is_shorter_than_what_was_read_widens_nothing() {
    let directory = tempfile::tempdir().unwrap();
    for restarted in [false, true] {
        let world = World::keeping(&directory);
        world.append("1", created("checkout")).await;
        world.append("1", exposed(1, audience(&["mia"], 0))).await;
        world.append("1", killed(2)).await;
        let (mut edge, mut component) = world.ready_edge().await;
        let shorter: Log = Arc::new(MemoryLog::new("log-1", world.clock.clone()));
        let world = world.over(shorter);
        world.append("1", created("checkout")).await;
        world.append("1", exposed(1, audience(&["mia"], 0))).await;
        component.follower.log = world.log.clone();
        if restarted {
            (edge, component) = world.edge();
        }
        settle(&mut component).await;
        let snapshot = edge.snapshot().unwrap();
        assert_eq!(snapshot.position, world.log.head().await.unwrap());
        assert_eq!(ask(&snapshot, "checkout", "mia"), answer("off", Reason::Disabled), "{restarted}");
    }
}

#[tokio::test]
async fn r25_a_flag_that_is_made_after_the_restore_is_bounded_by_nothing() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    let (edge, mut component) = world.ready_edge().await;
    let world = restored(world);
    world.append_elsewhere().await;
    component.follower.log = world.log.clone();
    settle(&mut component).await;
    world.append("2", created("search")).await;
    world.append("2", exposed(1, audience(&["mia"], 0))).await;
    settle(&mut component).await;
    assert_eq!(ask(&edge.snapshot().unwrap(), "search", "mia"), answer("on", Reason::TargetingMatch));
}

/// The log is told what was served; once it holds the flag there, and that was read, it decides alone again.
#[tokio::test]
async fn r25_what_was_served_last_is_reported_until_the_log_holds_the_flag() {
    let world = World::new();
    for (id, key) in [("1", "checkout"), ("2", "search")] {
        world.append(id, created(key)).await;
        world.append(id, exposed(1, audience(&["mia"], 7))).await;
    }
    world.append("1", killed(2)).await;
    let (edge, mut component) = world.ready_edge().await;
    let world = restored(world);
    for (id, key) in [("1", "checkout"), ("2", "search")] {
        world.append(id, created(key)).await;
        world.append(id, exposed(1, audience(&["mia", "ben"], 7))).await;
    }
    // The answer lies ahead of what has been read.
    let ahead = world.log.head().await.unwrap().map(|head| Position { commit: head.commit + 1, ..head });
    world.rollouts.accept_at(&ahead.unwrap());
    component.follower.log = world.log.clone();
    settle(&mut component).await;
    let reports: Vec<ReportServed> = world.rollouts.commands().into_iter().filter_map(reported).collect();
    let served = |flag_id: &str, killed| ReportServed {
        flag_id: flag_id.to_owned(),
        audience: Some(audience(&["mia"], 7)),
        killed,
    };
    assert_eq!(reports, [served("1", true), served("2", false)]);
    let ben = |edge: &crate::Edge| ask(&edge.snapshot().unwrap(), "search", "ben").0;
    assert_eq!(ben(&edge), "off");
    world.append("2", exposed(2, audience(&["ben"], 0))).await;
    settle(&mut component).await;
    settle(&mut component).await;
    assert_eq!(ben(&edge), "on");
}

/// What was told to one log is news to the next one, although it holds what the first one was told.
#[tokio::test]
async fn r25_each_log_that_went_back_is_told_by_a_command_of_its_own() {
    let mut world = World::new();
    let backup = async |world: &World| {
        world.append("1", created("checkout")).await;
        world.append("1", exposed(1, audience(&["mia"], 0))).await;
    };
    backup(&world).await;
    world.append("1", killed(2)).await;
    let (edge, mut component) = world.ready_edge().await;
    let told = |world: &World| {
        let seen = world.rollouts.seen().into_iter();
        let told = seen.filter(|request| request.command.clone().and_then(reported).is_some());
        told.filter_map(|request| request.meta.map(|meta| meta.command_id)).collect::<Vec<_>>()
    };
    for restores in 1..=2 {
        let log: Log = Arc::new(MemoryLog::new(&format!("after-{restores}"), world.clock.clone()));
        world = world.over(log);
        backup(&world).await;
        component.follower.log = world.log.clone();
        // An answer that is lost is asked for again, by the same command.
        world.rollouts.set_losing(true);
        for _ in 0..8 {
            drop(component.step().await);
        }
        world.rollouts.set_losing(false);
        settle(&mut component).await;
        let told = told(&world);
        let ids: std::collections::BTreeSet<_> = told.iter().collect();
        assert!(told.len() > ids.len(), "{told:?}");
        assert_eq!(ids.len(), restores, "{told:?}");
        assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "mia").0, "off");
    }
}

/// A recovery that nobody announced: the position of the first answer says nothing about the log that is there now.
#[tokio::test]
async fn r25_an_answer_from_before_the_log_went_back_lets_go_of_no_bound() {
    let world = World::new();
    let served =
        |flag_id: &str| LastServed { flag_id: flag_id.to_owned(), audience: audience(&[], 0), killed: true };
    let head = world.append("1", created("checkout")).await;
    let at = |commit| Position { commit, ..head.clone() };
    let outbox = Outbox::default();
    outbox.last_served(vec![served("1")], Some(&at(5)));
    let first = outbox.next().unwrap();
    outbox.answered(&first, Some(at(7)));
    assert_eq!(outbox.take_held(Some(&at(6))), [""; 0]);
    // It went back before the answer was read, and again while the next answer was on its way.
    outbox.last_served(vec![served("1")], Some(&at(4)));
    let second = outbox.next().unwrap();
    outbox.last_served(vec![served("1")], Some(&at(3)));
    outbox.answered(&second, Some(at(6)));
    assert_eq!(outbox.take_held(Some(&at(9))), [""; 0]);
    let third = outbox.next().unwrap();
    outbox.answered(&third, Some(at(10)));
    assert_eq!(outbox.take_held(Some(&at(10))), ["1"]);
    assert!(outbox.next().is_none());
}

fn reported(command: Command) -> Option<ReportServed> {
    match command {
        Command::ReportServed(report) => Some(report),
        Command::Join(_) | Command::Leave(_) | Command::Lose(_) | Command::ConfirmServed(_) => None,
    }
}

/// What happens to one flag: whom it reaches, or that it is killed.
type Past = Vec<(Vec<usize>, u32, bool)>;

fn past() -> impl Strategy<Value = Past> {
    let users = proptest::collection::vec(0..USERS.len(), 0..4);
    let percent = prop_oneof![Just(0), Just(10_000), 0..=10_000_u32];
    proptest::collection::vec((users, percent, prop::bool::weighted(0.2)), 0..4)
}

async fn live_through(world: &World, past: &Past) {
    world.append("1", created("checkout")).await;
    for (index, (users, percent, kill)) in past.iter().enumerate() {
        let version = u32::try_from(index).unwrap() + 1;
        let members: Vec<&str> = users.iter().map(|&user| USERS[user]).collect();
        let event = if *kill { killed(version) } else { exposed(version, audience(&members, *percent)) };
        world.append("1", event).await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn r25_over_a_log_that_went_back_whoever_is_served_was_served_by_both(
        pasts in proptest::collection::vec(past(), 1..4), kept in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let directory = tempfile::tempdir().unwrap();
            let mut world = World::keeping(&directory);
            let (mut edge, mut component) = world.edge();
            let mut within = [true; USERS.len()];
            for (index, past) in pasts.iter().enumerate() {
                let log: Log = Arc::new(MemoryLog::new(&format!("log-{index}"), world.clock.clone()));
                world = world.over(log);
                live_through(&world, past).await;
                let alone = World::new();
                live_through(&alone, past).await;
                let (of_alone, _driven) = alone.ready_edge().await;
                if kept {
                    (edge, component) = world.edge();
                } else {
                    component.follower.log = world.log.clone();
                }
                settle(&mut component).await;
                for (user, within) in USERS.iter().zip(&mut within) {
                    *within &= ask(&of_alone.snapshot().unwrap(), "checkout", user).0 == "on";
                    let is_on = ask(&edge.snapshot().unwrap(), "checkout", user).0 == "on";
                    prop_assert_eq!(is_on, *within, "{} after log {}", user, index);
                }
            }
            Ok(())
        })?;
    }
}
