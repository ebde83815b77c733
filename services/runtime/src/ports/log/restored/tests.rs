//! A log that goes back under those who read it and decide on it.

use std::sync::Arc;

use verdict_kernel::clock::{Clock, ManualClock, Timestamp};
use verdict_stored::golden;

use super::*;
use crate::checkpoint::Checkpoint;
use crate::log::contract::tally::{Command, envelope, repository};
use crate::log::contract::views::{Total, catch_up};
use crate::log::memory::MemoryLog;
use crate::log::{EventLog, Log, LogError};
use crate::projection::Projector;

fn ground() -> (Arc<MemoryLog>, Log, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let memory = Arc::new(MemoryLog::new("before", clock.clone()));
    (memory.clone(), memory, clock)
}

#[tokio::test]
async fn clause_23_a_restored_log_has_another_id_and_says_where_it_came_from() {
    let (memory, log, clock) = ground();
    let tallies = repository(&log, clock);
    for name in ["a", "b"] {
        tallies.execute(&envelope(name), "1", true, Command::Add(1)).await.unwrap();
    }
    let old = log.head().await.unwrap().unwrap();
    memory.restore(1, "after");
    assert_eq!(&*memory.log_id(), "after");
    assert_eq!(
        log.read_all(Some(&old), &Restored::filter(), 9).await,
        Err(LogError::AnotherLog(old.clone()))
    );
    let page = log.read_all(None, &Restored::filter(), 9).await.unwrap();
    let said = Restored::of(&page.events[0]).unwrap();
    let head = Position { commit: 1, prepare: 1, ..old };
    assert_eq!(said, Some(Restored { from: "before".to_owned(), head, newest: Some(Timestamp::UNIX_EPOCH) }));
}

#[tokio::test]
async fn clause_23_what_was_cached_of_a_stream_that_was_written_again_is_not_decided_on() {
    let (memory, log, clock) = ground();
    let (mine, other) = (repository(&log, clock.clone()), repository(&log, clock));
    mine.execute(&envelope("a"), "1", true, Command::Add(1)).await.unwrap();
    mine.execute(&envelope("b"), "1", true, Command::Add(7)).await.unwrap();
    assert_eq!(mine.load("1").await.unwrap().state, 8);
    memory.restore(1, "after");
    // The stream is as long as it was, and holds something else.
    other.execute(&envelope("c"), "1", true, Command::Add(2)).await.unwrap();
    let folded = mine.load("1").await.unwrap();
    assert_eq!((folded.state, folded.version), (3, 2));
    // What never happened is not remembered either.
    let again = mine.execute(&envelope("b"), "1", true, Command::Add(7)).await.unwrap();
    assert!(!again.repeated);
    assert_eq!(again.position.unwrap().log_id, log.log_id());
}

#[tokio::test]
async fn clause_23_what_was_cached_of_a_stream_that_did_not_change_names_no_position_of_the_old_log() {
    let (memory, log, clock) = ground();
    let tallies = repository(&log, clock);
    tallies.execute(&envelope("a"), "1", true, Command::Add(1)).await.unwrap();
    memory.restore(1, "after");
    let again = tallies.execute(&envelope("a"), "1", true, Command::Add(1)).await.unwrap();
    assert_eq!((again.repeated, again.position.unwrap().log_id), (true, log.log_id()));
}

#[tokio::test]
async fn clause_23_a_view_is_folded_anew_and_a_checkpoint_is_none() {
    let (memory, log, clock) = ground();
    let tallies = repository(&log, clock.clone());
    tallies.execute(&envelope("a"), "1", true, Command::Add(1)).await.unwrap();
    let (mut projector, view) = Projector::new(Total, log.clone());
    let mut checkpoint = Checkpoint::new(log.clone(), clock.clone(), "bets", "relay");
    checkpoint.store(&log.head().await.unwrap().unwrap(), None).await.unwrap();
    let kept = log.head().await.unwrap().unwrap().commit;
    tallies.execute(&envelope("b"), "1", true, Command::Add(7)).await.unwrap();
    catch_up(&mut projector).await;
    assert_eq!(view.read(|total| *total), 8);
    memory.restore(kept, "after");
    tallies.execute(&envelope("c"), "1", true, Command::Add(2)).await.unwrap();
    catch_up(&mut projector).await;
    assert_eq!(view.read(|total| *total), 3);
    assert_eq!(view.position(), log.head().await.unwrap());
    assert_eq!(Checkpoint::new(log, clock, "bets", "relay").load().await.unwrap(), None);
}

#[test]
fn clause_25_the_golden_word_of_a_restored_log_keeps_its_bytes() {
    let head = crate::log::Position { log_id: "before".into(), commit: 7, prepare: 7 };
    let restored = Restored { from: "before".to_owned(), head, newest: None };
    golden::payload(env!("CARGO_MANIFEST_DIR"), EVENT_TYPE, &restored.encode());
}

#[tokio::test]
async fn clause_23_a_log_tells_of_every_time_that_it_went_back_and_when_what_was_kept_ended() {
    let (memory, log, clock) = ground();
    let tallies = repository(&log, clock.clone());
    assert_eq!(Restored::of_log(&*log).await, Ok(Vec::new()));
    tallies.execute(&envelope("a"), "1", true, Command::Add(1)).await.unwrap();
    clock.advance(std::time::Duration::from_secs(5));
    tallies.execute(&envelope("b"), "1", true, Command::Add(1)).await.unwrap();
    memory.restore(1, "second");
    memory.restore(2, "third");
    let told = Restored::of_log(&*log).await.unwrap();
    let told: Vec<_> = told.iter().map(|restored| (restored.from.as_str(), restored.newest)).collect();
    let later = clock.now();
    assert_eq!(told, [("before", Some(Timestamp::UNIX_EPOCH)), ("second", Some(later))]);
}
