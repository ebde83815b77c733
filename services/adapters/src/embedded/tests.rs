//! What the port promises beyond the contract suite, over the real engine.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;
use uuid::Uuid;
use verdict_eventlog::{Log, Options};
use verdict_runtime::log::contract;

use super::*;

fn open(directory: &TempDir) -> EmbeddedLog {
    EmbeddedLog::new(Log::open(Options::new(directory.path())).unwrap())
}

fn event(number: u128) -> NewEvent {
    NewEvent {
        id: Uuid::from_u128(number),
        event_type: "bets.Bet.Placed.v1".to_owned(),
        data: format!("{{\"number\":{number}}}").into_bytes(),
        metadata: b"{}".to_vec(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_embedded_log_passes_the_contract_suite() {
    let directory = TempDir::new().unwrap();
    let made = AtomicUsize::new(0);

    contract::all(async || {
        let number = made.fetch_add(1, Ordering::SeqCst);
        let options = Options::new(directory.path().join(number.to_string()));
        let log: verdict_runtime::log::Log = Arc::new(EmbeddedLog::new(Log::open(options).unwrap()));
        log
    })
    .await;

    assert!(made.into_inner() > 0, "the suite asked for no log");
}

#[tokio::test]
async fn a_long_stream_comes_back_whole_although_its_first_page_is_short() {
    let directory = TempDir::new().unwrap();
    let log = open(&directory);
    let count = 200_u64;
    let events = (0..u128::from(count)).map(event).collect();
    log.append("bets.bet-1", Expected::NoStream, events).await.unwrap();

    let slice = log.read_stream("bets.bet-1", 1, 4096).await.unwrap();

    let revisions: Vec<u64> = slice.events.iter().map(|event| event.revision).collect();
    assert_eq!(revisions, (1..count).collect::<Vec<_>>());
    assert_eq!(slice.last_revision, Some(count - 1));
}

#[tokio::test]
async fn a_position_of_another_log_is_refused() {
    let (here, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (log, other) = (open(&here), open(&elsewhere));
    let appended = other.append("bets.bet-1", Expected::NoStream, vec![event(1)]).await.unwrap();

    let refused = log.read_all(Some(&appended.position), &Filter::default(), 10).await;

    assert_eq!(refused, Err(LogError::AnotherLog(appended.position)));
}

#[tokio::test]
async fn a_log_that_was_opened_again_serves_old_events_from_the_file_under_the_same_id() {
    let directory = TempDir::new().unwrap();
    let log = open(&directory);
    log.keep_last("bets.checkpoint-relay", 1).await.unwrap();
    log.append("bets.bet-1", Expected::NoStream, vec![event(1), event(2)]).await.unwrap();
    let before = log.read_all(None, &Filter::default(), 10).await.unwrap();
    log.engine().close().await;
    drop(log);

    let log = open(&directory);
    let after = log.read_all(None, &Filter::default(), 10).await.unwrap();

    assert_eq!(after, before);
    assert_eq!(after.events.len(), 2);
}

#[tokio::test]
async fn clause_19_a_start_looks_at_nothing_of_what_others_wrote() {
    let directory = TempDir::new().unwrap();
    let log = open(&directory);
    log.append("bets.bet-1", Expected::Any, vec![event(1), event(2)]).await.unwrap();
    for number in 0..100 {
        let foreign = (0..100).map(|nth| event(1_000 + 100 * number + nth)).collect();
        log.append("rollouts.rollout-1", Expected::Any, foreign).await.unwrap();
    }
    log.append("bets.bet-2", Expected::Any, vec![event(3)]).await.unwrap();
    log.engine().close().await;
    drop(log);

    let log = open(&directory);
    let page = log.read_all(None, &Filter::prefixes(["bets.bet-", "gtm."]), 10).await.unwrap();

    assert_eq!((page.events.len(), page.at_head), (3, true));
    assert_eq!(page.considered, log.head().await.unwrap());
    assert_eq!(log.engine().looked_at(), 3);
}

#[tokio::test]
async fn a_full_log_says_so_and_takes_what_may_use_its_reserve() {
    let directory = TempDir::new().unwrap();
    let options = Options { max_page_count: Some(100), ..Options::new(directory.path()) };
    let log = EmbeddedLog::new(Log::open(options).unwrap());
    assert!(!log.room().await.is_full);
    let mut number = 0;
    let full = loop {
        number += 1;
        let filling = NewEvent { data: vec![b'7'; 3_000], ..event(number) };
        if let Err(error) = log.append("bets.bet-1", Expected::Any, vec![filling]).await {
            break error;
        }
    };
    assert_eq!(full, LogError::Full);
    let room = log.room().await;
    assert!(room.is_full && room.bytes.is_some_and(|bytes| bytes < 64 << 10), "{room:?}");
    let narrowing = NewEvent { metadata: br#"{"$reserve":true}"#.to_vec(), ..event(10_000) };
    assert!(narrowing.may_use_reserve());
    log.append("rollouts.flag-1", Expected::NoStream, vec![narrowing]).await.unwrap();
}
