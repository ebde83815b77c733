//! A log with an event each second.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::ManualClock;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{EventLog, Expected, NewEvent};

use super::*;

async fn log(seconds: u32) -> (Log, Timestamp) {
    let begin: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    let clock = Arc::new(ManualClock::at(begin));
    let log = MemoryLog::new("L", clock.clone());
    for second in 0..seconds {
        let event = NewEvent {
            id: uuid::Uuid::from_u128(u128::from(second)),
            event_type: second.to_string(),
            data: b"{}".to_vec(),
            metadata: b"{}".to_vec(),
        };
        // Streams of the log itself stand between the others.
        let stream = if second % 3 == 0 { "$settings" } else { "bets.bet-1" };
        log.append(stream, Expected::Any, vec![event]).await.unwrap();
        clock.advance(Duration::from_secs(1));
    }
    (Arc::new(log), begin)
}

#[tokio::test]
async fn what_was_appended_since_a_time_begins_after_the_last_that_is_older() {
    for length in [1, 2, 7, 100] {
        let (log, begin) = log(length).await;
        for second in 0..=length {
            let since = begin + Duration::from_secs(second.into());
            let after = before(&log, since).await.unwrap();
            let page = log.read_all(after.as_ref(), &Filter::default(), 4_096).await.unwrap();
            let shown: Vec<u32> = page.events.iter().map(|event| event.event_type.parse().unwrap()).collect();
            let wanted: Vec<u32> = (second..length).filter(|second| second % 3 != 0).collect();
            assert_eq!(shown, wanted, "since {second} of {length}");
        }
    }
}

#[tokio::test]
async fn an_empty_log_and_one_that_is_all_younger_are_shown_from_their_start() {
    let (empty, begin) = log(0).await;
    assert_eq!(before(&empty, begin).await, Ok(None));
    let (young, begin) = log(5).await;
    assert_eq!(before(&young, begin - Duration::from_secs(9)).await, Ok(None));
}
