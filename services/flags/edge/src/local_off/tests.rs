//! A file switches a flag off whatever else is dead, and the log hears of it once.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use verdict_flag_evaluator::Reason;
use verdict_proto::rollouts::v1::flag_request::Command;
use verdict_runtime::component::Component;

use super::look::{Found, Look, Note, Unread};
use super::*;
use crate::edge::Edge;
use crate::fixtures::{Driven, World, audience, created, exposed, killed, revived, scope, settle};

/// What the flag `checkout` is answered with, local offs included.
fn is_off(edge: &Edge, environment: &str) -> bool {
    has_off(edge, environment, "checkout")
}

fn has_off(edge: &Edge, environment: &str, key: &str) -> bool {
    edge.view().unwrap().offs.get(&scope(environment), key).is_some()
}

async fn exposed_world(directory: &tempfile::TempDir) -> World {
    let world = World::keeping(directory);
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    world
}

fn switch_off(world: &World, key: &str, why: &str) {
    fs::create_dir_all(world.offs()).unwrap();
    fs::write(world.offs().join(key), why).unwrap();
}

/// Enough steps for everything to have looked.
async fn look_around(component: &mut Driven) {
    for _ in 0..8 {
        drop(component.step().await);
    }
}

#[tokio::test]
async fn f3_a_file_switches_a_flag_off_while_the_log_is_away_and_across_restarts() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    drop(world.ready_edge().await);
    let world = world.without_log();
    let (edge, mut component) = world.edge();
    settle(&mut component).await;
    assert!(!is_off(&edge, "production"));
    switch_off(&world, "checkout", "errors since noon");
    look_around(&mut component).await;
    assert!(is_off(&edge, "production") && !is_off(&edge, "staging"));
    assert!(edge.remark().unwrap().contains("off by hand here: production/checkout (not in the log yet)"));
    assert_eq!(edge.local_offs(), 1);
    drop((edge, component));
    let (edge, mut component) = world.edge();
    component.follower.step().await.unwrap_err();
    assert!(is_off(&edge, "production"), "the first answer of a new process is off already");
    assert_eq!(world.rollouts.kills(), []);
}

/// A slip in the case of the name is no reason to leave the flag on.
#[tokio::test]
async fn f3_a_file_names_its_flag_in_any_case_and_any_environment() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    fs::create_dir_all(world.offs().join("staging")).unwrap();
    fs::write(world.offs().join("staging").join("Checkout"), "").unwrap();
    fs::write(world.offs().join("..data"), "").unwrap();
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    assert!(is_off(&edge, "staging") && !is_off(&edge, "production"));
    switch_off(&world, "CHECKOUT", "");
    look_around(&mut component).await;
    assert!(is_off(&edge, "production"));
}

#[tokio::test]
async fn f3_the_log_hears_of_a_local_off_once_whatever_is_lost_and_restarted() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    switch_off(&world, "checkout", "errors");
    world.rollouts.set_down(true);
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    assert_eq!(world.rollouts.kills(), []);
    // The answer to the first kill is lost with the process.
    world.rollouts.set_losing(true);
    look_around(&mut component).await;
    world.rollouts.set_losing(false);
    drop((edge, component));
    for _ in 0..2 {
        world.clock.advance(std::time::Duration::from_secs(1));
        let (_edge, mut component) = world.edge();
        look_around(&mut component).await;
    }
    let kills = world.rollouts.kills();
    assert!(kills.len() >= 2 && kills.iter().all(|kill| *kill == kills[0]), "{kills:?}");
    assert_eq!((kills[0].flag_id.as_str(), kills[0].command.is_some()), ("1", true));
    assert!(matches!(kills[0].command, Some(Command::Kill(_))));
    let reason = &kills[0].meta.as_ref().unwrap().reason;
    assert_eq!(reason, "off by hand at the flag edge edge-a: errors");
    // The last start has found that it was accepted.
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    assert_eq!(world.rollouts.kills().len(), kills.len());
    assert!(
        edge.remark().unwrap().contains("killed in the log") || edge.remark().unwrap().contains("revived")
    );
}

#[tokio::test]
async fn f3_a_flag_that_the_log_has_killed_is_not_killed_again_and_stays_off_here_when_it_is_revived() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    world.append("1", killed(2)).await;
    switch_off(&world, "checkout", "");
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    world.append("1", revived(3)).await;
    world.append("1", exposed(4, audience(&["mia"], 0))).await;
    look_around(&mut component).await;
    assert_eq!(world.rollouts.kills(), []);
    assert!(is_off(&edge, "production"));
    let remark = edge.remark().unwrap();
    assert!(remark.contains("revived in the log, and off here until the file is removed"), "{remark}");
    fs::remove_file(world.offs().join("checkout")).unwrap();
    look_around(&mut component).await;
    assert!(!is_off(&edge, "production"));
    let answer = crate::fixtures::ask(&edge.snapshot().unwrap(), "checkout", "mia");
    assert_eq!(answer, crate::fixtures::answer("on", Reason::TargetingMatch));
    assert_eq!((edge.remark(), world.rollouts.kills()), (None, vec![]));
}

/// Only the removal of the file lifts it: neither a directory that is gone, nor an edge that starts without it.
#[tokio::test]
async fn f3_a_directory_that_cannot_be_read_switches_nothing_on() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    switch_off(&world, "checkout", "");
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    fs::rename(world.offs(), directory.path().join("elsewhere")).unwrap();
    look_around(&mut component).await;
    assert!(is_off(&edge, "production"));
    assert!(edge.remark().unwrap().contains("the local offs cannot be read"));
    drop((edge, component));
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    assert!(is_off(&edge, "production"));
}

/// Switched off again a year later it is another off, and the log hears of it again.
#[tokio::test]
async fn f3_an_off_that_was_lifted_and_is_taken_on_again_is_another_one() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    let (_edge, mut component) = world.ready_edge().await;
    for _ in 0..2 {
        switch_off(&world, "checkout", "");
        look_around(&mut component).await;
        fs::remove_file(world.offs().join("checkout")).unwrap();
        look_around(&mut component).await;
        world.clock.advance(std::time::Duration::from_hours(24 * 365));
    }
    let kills = world.rollouts.kills();
    assert_eq!(kills.len(), 2);
    assert_ne!(kills[0].meta, kills[1].meta);
}

#[tokio::test]
async fn f3_what_cannot_be_read_keeps_no_other_off_from_being_taken() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    let staging = world.offs().join("staging");
    fs::create_dir_all(&staging).unwrap();
    fs::write(staging.join("search"), "").unwrap();
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    assert!(has_off(&edge, "staging", "search"));
    // A directory where a file should be, a name that is no text, and something that is never read to its end.
    fs::remove_file(staging.join("search")).unwrap();
    fs::create_dir(staging.join("search")).unwrap();
    fs::write(staging.join(OsStr::from_bytes(b"\xff")), "").unwrap();
    drop(UnixListener::bind(world.offs().join("socket")).unwrap());
    switch_off(&world, "checkout", "errors");
    look_around(&mut component).await;
    assert!(is_off(&edge, "production"));
    assert!(has_off(&edge, "staging", "search"), "what was off there stays off");
    assert!(!has_off(&edge, "production", "socket"));
    let remark = edge.remark().unwrap();
    for what in ["staging/search", "staging/\u{fffd}", "production/socket"] {
        assert!(remark.contains(&format!("the local off {what} cannot be read: ")), "{remark}");
    }
    // Once it is gone it is as if it had never been there.
    fs::remove_dir(staging.join("search")).unwrap();
    look_around(&mut component).await;
    assert!(!has_off(&edge, "staging", "search") && is_off(&edge, "production"));
}

/// A file of somebody else is there, whatever stands in it.
#[tokio::test]
async fn f3_a_file_whose_reason_cannot_be_read_switches_off_and_its_reason_is_learned_later() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    fs::create_dir_all(world.offs()).unwrap();
    let file = world.offs().join("checkout");
    // Leads to itself, so that nobody can read it, whoever runs the test.
    symlink("checkout", &file).unwrap();
    let (edge, mut component) = world.edge();
    look_around(&mut component).await;
    assert!(is_off(&edge, "production"));
    assert!(edge.remark().unwrap().contains("the local off production/checkout cannot be read: "));
    assert_eq!(world.rollouts.kills().len(), 1);
    fs::remove_file(&file).unwrap();
    fs::write(&file, "errors").unwrap();
    look_around(&mut component).await;
    assert_eq!(edge.offs().get(&scope("production"), "checkout").unwrap().reason, "errors");
    assert_eq!(world.rollouts.kills().len(), 1, "it is the same off");
    assert!(!edge.remark().unwrap().contains("cannot be read"));
}

/// Lets time go by until something has come about, at most so many seconds.
async fn within(seconds: u64, has_come: impl Fn() -> bool) {
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(50));
    let coming = async {
        while !has_come() {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(seconds), coming).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn f3_an_off_is_taken_within_a_second_while_the_rollouts_service_answers_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let world = exposed_world(&directory).await;
    world.append("2", created("search")).await;
    let (edge, component) = world.ready_edge().await;
    world.rollouts.set_swallowing(true);
    let running = component.run(&world);
    for key in ["checkout", "search"] {
        switch_off(&world, key, "");
        within(1, || has_off(&edge, "production", key)).await;
    }
    assert_eq!(world.rollouts.kills(), []);
    // What could not be carried is carried once somebody answers.
    world.rollouts.set_swallowing(false);
    within(10, || world.rollouts.kills().len() == 2).await;
    let mut killed: Vec<_> = world.rollouts.kills().into_iter().map(|kill| kill.flag_id).collect();
    killed.sort_unstable();
    assert_eq!(killed, ["1", "2"]);
    drop(running);
}

/// What cannot be read is said, and what was off there stays off; beside it everything is taken as it is.
#[test]
fn f3_where_a_directory_cannot_be_read_what_was_off_there_stays_off() {
    let now = verdict_kernel::clock::Timestamp::UNIX_EPOCH;
    let found = |environment: &str, key: &str| Found {
        environment: environment.to_owned(),
        key: key.to_owned(),
        note: Some(Note { reason: String::new(), content: "x".to_owned() }),
    };
    let all = [found("production", "a"), found("staging", "b"), found("staging", "c")];
    let before = Look { found: all.into(), unread: Vec::new() }.after(&Offs::default(), now);
    let keys = |offs: &Offs| offs.iter().map(|off| off.key.clone()).collect::<Vec<_>>();
    let unread = |environment: Option<&str>| Unread {
        environment: environment.map(str::to_owned),
        key: None,
        why: "no".to_owned(),
    };
    let staging = Look { found: vec![found("production", "d")], unread: vec![unread(Some("staging"))] };
    let after = staging.after(&before, now);
    assert_eq!(keys(&after), ["d", "b", "c"]);
    assert_eq!(after.unreadable, ["the local offs in staging cannot be read: no"]);
    let after =
        Look { found: vec![found("production", "d")], unread: vec![unread(None)] }.after(&before, now);
    assert_eq!(keys(&after), ["a", "d", "b", "c"]);
    assert_eq!(after.unreadable, ["the local offs cannot be read: no"]);
}
