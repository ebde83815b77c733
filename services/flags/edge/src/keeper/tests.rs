//! What an edge finds again after a restart, with and without its log, and what it makes of a file that is no good.

use verdict_flag_evaluator::Reason;
use verdict_proto::rollouts::v1::edge_request::Command as EdgeCommand;
use verdict_runtime::log::Log;
use verdict_runtime::log::memory::MemoryLog;

use super::*;
use crate::fixtures::{World, answer, ask, audience, created, exposed, killed, narrowed, settle};

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A world in which an edge has served one flag to mia and has gone.
async fn served(directory: &tempfile::TempDir) -> World {
    let world = World::keeping(directory);
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (_edge, component) = world.ready_edge().await;
    drop(component);
    world
}

#[tokio::test]
async fn an_edge_that_starts_without_its_log_serves_what_it_served_and_says_how_old_that_is() {
    let directory = directory();
    let world = served(&directory).await;
    world.clock.advance(Duration::from_secs(40));
    let (edge, mut component) = world.without_log().edge();
    assert!(edge.snapshot().is_none(), "it serves before it has asked for the log");
    settle(&mut component).await;
    assert_eq!(component.unready(), None);
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(ask(&snapshot, "checkout", "mia"), answer("on", Reason::TargetingMatch));
    assert_eq!((edge.stale(), snapshot.former), (Some(Duration::from_secs(40)), true));
    let remark = edge.remark().unwrap();
    assert_eq!(remark, "serves stale flags: the log was last seen 40 s ago");
}

#[tokio::test]
async fn an_edge_without_a_log_that_never_served_anything_serves_nothing() {
    let directory = directory();
    let (edge, mut component) = World::keeping(&directory).without_log().edge();
    settle(&mut component).await;
    assert!(edge.snapshot().is_none() && component.unready().is_some());
    assert_eq!((edge.age(), edge.stale()), (None, None));
}

/// Clause 9 holds for it as for every edge: what is in the log is read before anybody is served.
#[tokio::test]
async fn clause_9_an_edge_whose_log_answers_does_not_serve_what_it_had_kept() {
    let directory = directory();
    let world = served(&directory).await;
    world.append("1", killed(2)).await;
    let (edge, mut component) = world.edge();
    while edge.snapshot().is_none() {
        component.step().await.unwrap();
    }
    assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "mia"), answer("off", Reason::Disabled));
    assert_eq!(edge.stale(), None);
}

/// Clause 19: a restart reads what has happened since, and not the whole log.
#[tokio::test]
async fn clause_19_a_restarted_edge_reads_on_from_what_it_had_kept() {
    let directory = directory();
    let world = served(&directory).await;
    // A history that lacks the beginning: whoever reads it from there knows no flag.
    let shorter: Log = Arc::new(MemoryLog::new("log-1", world.clock.clone()));
    let world = world.over(shorter);
    for _ in 0..3 {
        world.append_elsewhere().await;
    }
    world.append("1", exposed(2, audience(&["mia", "ben"], 0))).await;
    let (edge, _component) = world.ready_edge().await;
    assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "ben"), answer("on", Reason::TargetingMatch));
}

/// Whoever waits for a narrowing waits for the edge that is there now, which has no news of it.
#[tokio::test]
async fn clause_20_what_was_kept_narrowed_or_killed_is_confirmed_by_the_edge_that_begins_with_it() {
    let directory = directory();
    let world = served(&directory).await;
    world.append("1", killed(2)).await;
    let confirmed = || {
        let commands = world.rollouts.commands().into_iter();
        commands.filter(
            |command| matches!(command, EdgeCommand::ConfirmServed(served) if served.flag_version == 2),
        )
    };
    for starts in 1..=2 {
        let (_edge, mut component) = world.ready_edge().await;
        settle(&mut component).await;
        assert_eq!(confirmed().count(), starts);
    }
}

#[tokio::test]
async fn an_edge_over_a_log_that_comes_back_is_fresh_and_reads_on() {
    let directory = directory();
    let world = served(&directory).await;
    let log = world.log.clone();
    let world = world.without_log();
    let (edge, mut component) = world.edge();
    settle(&mut component).await;
    assert!(edge.stale().is_some());
    let world = world.over(log.clone());
    world.append("1", narrowed(2, audience(&[], 0))).await;
    component.follower.log = log;
    settle(&mut component).await;
    assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "mia"), answer("off", Reason::Static));
    assert_eq!(edge.stale(), None);
}

#[tokio::test]
async fn a_damaged_file_is_ignored_whatever_is_wrong_with_it() {
    let directory = directory();
    let world = served(&directory).await.without_log();
    let file = directory.path().join(FILE);
    let whole = fs::read(&file).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let other_member = text.replace("mia", "ben").into_bytes();
    let empty = Vec::new();
    let torn = whole[..whole.len() / 2].to_vec();
    let other_format = text.replacen("snapshot-1", "snapshot-9", 1).into_bytes();
    let body = b"{}".to_vec();
    let nonsense = [format!("{FORMAT} {}\n", checksum(&body)).into_bytes(), body].concat();
    for damaged in [other_member, empty, torn, other_format, nonsense] {
        fs::write(&file, &damaged).unwrap();
        let (edge, mut component) = world.edge();
        settle(&mut component).await;
        assert!(edge.snapshot().is_none(), "{}", String::from_utf8_lossy(&damaged));
    }
    fs::write(&file, whole).unwrap();
    let (edge, mut component) = world.edge();
    settle(&mut component).await;
    assert!(edge.snapshot().is_some());
}

/// A crash while a file is written leaves the one before.
#[tokio::test]
async fn a_file_that_was_written_half_way_is_not_looked_at() {
    let directory = directory();
    let world = served(&directory).await.without_log();
    fs::write(directory.path().join(format!("{FILE}.partial")), "verdict-fl").unwrap();
    let (edge, mut component) = world.edge();
    settle(&mut component).await;
    assert!(edge.snapshot().is_some());
}

/// What an older version skipped is missing from what it kept: a newer one serves that while there is nothing
/// better, and reads the log from its start.
#[tokio::test]
async fn what_another_version_has_kept_is_served_and_not_read_on_from() {
    let directory = directory();
    let world = served(&directory).await;
    let older = Directory::new(directory.path(), world.clock.clone());
    let mut document: serde_json::Value = {
        let text = fs::read_to_string(directory.path().join(FILE)).unwrap();
        serde_json::from_str(text.split_once('\n').unwrap().1).unwrap()
    };
    document["reader"] = 0.into();
    document["flags"] = serde_json::json!([]);
    let body = serde_json::to_vec(&document).unwrap();
    let head = format!("{FORMAT} {}\n", checksum(&body));
    older.replace(FILE, &[head.as_bytes(), &body]).unwrap();
    let (edge, _component) = world.ready_edge().await;
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(ask(&snapshot, "checkout", "mia"), answer("on", Reason::TargetingMatch));
    assert_eq!((edge.stale(), snapshot.former), (None, false));
}

/// Once a flag has changed the disk has it, and without any change the age on the disk stays small.
#[tokio::test]
async fn what_is_kept_follows_what_is_served() {
    let directory = directory();
    let world = served(&directory).await;
    let of = Directory::new(directory.path(), world.clock.clone());
    let (_edge, mut component) = world.ready_edge().await;
    world.append("1", killed(2)).await;
    settle(&mut component).await;
    let kept = of.load().unwrap();
    assert_eq!((kept.position.clone(), kept.age), (world.log.head().await.unwrap(), Duration::ZERO));
    world.clock.advance(KEEP_EVERY);
    assert_eq!(of.load().unwrap().age, KEEP_EVERY);
    settle(&mut component).await;
    assert_eq!(of.load().unwrap().age, Duration::ZERO);
}

/// Who is told to stop in the moment in which it has served something will be asked for it after the restart.
#[tokio::test]
async fn an_edge_that_stops_as_soon_as_it_serves_has_kept_what_it_served() {
    let directory = directory();
    let world = World::keeping(&directory);
    let of = Directory::new(directory.path(), world.clock.clone());
    world.append("1", created("checkout")).await;
    let (edge, mut component) = world.edge();
    while edge.snapshot().is_none() {
        component.step().await.unwrap();
    }
    component.stop().await.unwrap();
    assert_eq!(of.load().unwrap().position, edge.snapshot().unwrap().position);

    let (edge, mut component) = world.ready_edge().await;
    world.append("1", killed(2)).await;
    while edge.snapshot().unwrap().position != world.log.head().await.unwrap() {
        component.step().await.unwrap();
    }
    component.stop().await.unwrap();
    assert_eq!(of.load().unwrap().position, edge.snapshot().unwrap().position);
}

/// The disk fails, and flags change all the same.
#[tokio::test]
async fn clause_18_a_disk_that_takes_nothing_delays_no_kill() {
    let place = directory();
    let blocked = place.path().join("a-file");
    fs::write(&blocked, "").unwrap();
    let world = World { directory: Some(blocked), ..World::new() };
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, mut component) = world.edge();
    while edge.snapshot().is_none() {
        component.follower.step().await.unwrap();
    }
    world.append("1", killed(2)).await;
    assert!(component.step().await.is_ok());
    assert_eq!(ask(&edge.snapshot().unwrap(), "checkout", "mia"), answer("off", Reason::Disabled));
    while component.step().await.is_ok() {}
    assert!(matches!(component.step().await, Err(Fault::Other(why)) if why.contains("cannot be kept")));
}
