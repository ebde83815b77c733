//! Storing, finding and losing a checkpoint.

use std::sync::Arc;

use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_stored::golden;

use super::*;
use crate::log::NewEvent;
use crate::log::memory::MemoryLog;

struct Bench {
    log: Log,
    clock: Arc<ManualClock>,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        Self { log: Arc::new(MemoryLog::new("log", clock.clone())), clock }
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint::new(self.log.clone(), self.clock.clone(), "bets", "relay")
    }
}

fn at(commit: u64) -> Position {
    Position { log_id: "log".into(), commit, prepare: commit }
}

fn fence(epoch: u32) -> Fence {
    Fence { lease: "bets.lease-relay".to_owned(), epoch }
}

#[tokio::test]
async fn the_last_stored_position_is_found_and_only_that_one_is_kept() {
    let bench = Bench::new();
    let mut checkpoint = bench.checkpoint();
    assert_eq!(checkpoint.load().await, Ok(None));
    for commit in 1..=3 {
        checkpoint.store(&at(commit), None).await.unwrap();
    }
    assert_eq!(bench.checkpoint().load().await, Ok(Some(at(3))));
    let slice = bench.log.read_stream("bets.checkpoint-relay", 0, 10).await.unwrap();
    assert_eq!((slice.events.len(), slice.last_revision), (1, Some(2)));
}

#[tokio::test]
async fn a_position_of_another_log_counts_as_none() {
    let bench = Bench::new();
    let foreign = Position { log_id: "other".into(), ..at(7) };
    bench.checkpoint().store(&foreign, None).await.unwrap();
    assert_eq!(bench.checkpoint().load().await, Ok(None));
}

#[tokio::test]
async fn a_follower_that_was_replaced_cannot_take_the_position_back() {
    let bench = Bench::new();
    let (mut old, mut new) = (bench.checkpoint(), bench.checkpoint());
    old.store(&at(1), Some(&fence(1))).await.unwrap();
    new.store(&at(9), Some(&fence(2))).await.unwrap();
    let refused = old.store(&at(2), Some(&fence(1))).await.unwrap_err();
    assert!(matches!(refused, Fault::Log(LogError::WrongExpectedVersion { .. })), "{refused}");
    let fenced = Fault::Fenced { lease: "bets.lease-relay".to_owned(), mine: 1, newer: 2 };
    assert_eq!(old.store(&at(2), Some(&fence(1))).await, Err(fenced));
    assert_eq!(bench.checkpoint().load().await, Ok(Some(at(9))));
}

#[tokio::test]
async fn clause_25_the_golden_checkpoint_keeps_its_bytes_and_reads_back() {
    let bench = Bench::new();
    let wanted = (at(3), vec!["a".to_owned()]);
    bench.checkpoint().store_with_subjects(&wanted.0, wanted.1.clone(), None).await.unwrap();
    let last = bench.log.read_last("bets.checkpoint-relay").await.unwrap().unwrap();
    let stored = golden::payload(env!("CARGO_MANIFEST_DIR"), &last.event_type, &last.data);
    let later = NewEvent {
        id: uuid::Uuid::NAMESPACE_OID,
        event_type: last.event_type.to_string(),
        data: golden::of_tomorrow(&stored),
        metadata: last.metadata.clone(),
    };
    bench.log.append("bets.checkpoint-relay", Expected::Any, vec![later]).await.unwrap();
    assert_eq!(bench.checkpoint().load_with_subjects().await, Ok(Some(wanted)));
}
