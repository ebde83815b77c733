//! A log with many streams of which some are asked for.

use std::sync::Arc;

use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_runtime::clock::SystemClock;
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{EventLog, Expected, NewEvent};

use super::*;

fn second(at: i64) -> Timestamp {
    Timestamp::from_second(at).unwrap()
}

/// Streams `a` and `b` in turn, an event each second, with what nobody asks for in between.
async fn log(count: i64) -> Log {
    let log = MemoryLog::new("L", Arc::new(SystemClock::start()));
    for at in 0..count {
        for stream in [if at % 2 == 0 { "a" } else { "b" }, "other"] {
            let id = CommandId::derive(uuid::Uuid::NAMESPACE_OID, &format!("{stream}{at}"));
            let event = NewEvent {
                id: id.event_id(stream, 0),
                event_type: at.to_string(),
                data: b"{}".to_vec(),
                metadata: metadata(&Envelope::new(id, Principal::dev()), second(at)),
            };
            log.append(stream, Expected::Any, vec![event]).await.unwrap();
        }
    }
    Arc::new(log)
}

fn request(streams: &[&str], limit: u32) -> pb::HistoryRequest {
    let streams = streams.iter().map(ToString::to_string).collect();
    pb::HistoryRequest { streams, limit, ..pb::HistoryRequest::default() }
}

async fn read(log: &Log, request: pb::HistoryRequest) -> (Vec<i64>, bool) {
    let (events, older) = Asked::of(request).unwrap().read(log).await.unwrap();
    (events.iter().map(|event| event.event_type.parse().unwrap()).collect(), older)
}

#[tokio::test]
async fn streams_are_shown_together_in_the_order_of_the_log() {
    let log = log(300).await;
    assert_eq!(read(&log, request(&["b", "a"], 0)).await, ((0..300).collect(), false));
    assert_eq!(read(&log, request(&["b"], 0)).await.0, (0..150).map(|i| i * 2 + 1).collect::<Vec<_>>());
    assert_eq!(read(&log, request(&["nothing"], 0)).await, (vec![], false));
}

#[tokio::test]
async fn the_newest_of_all_streams_are_kept_and_what_is_left_out_is_said() {
    let log = log(300).await;
    assert_eq!(read(&log, request(&["a", "b"], 5)).await, (vec![295, 296, 297, 298, 299], true));
    assert!(!read(&log, request(&["a"], 150)).await.1);
    let since = pb::HistoryRequest { since: second(296).to_string(), ..request(&["a", "b"], 0) };
    assert_eq!(read(&log, since).await, ((296..300).collect(), false));
}

#[tokio::test]
async fn what_another_org_did_is_not_shown() {
    let log = log(4).await;
    let other = pb::HistoryRequest { org: "other".to_owned(), ..request(&["a", "b"], 0) };
    assert_eq!(read(&log, other).await, (vec![], false));
}

#[test]
fn more_streams_than_are_read_at_once_are_refused() {
    let many = vec!["a"; STREAMS + 1];
    let refused = Asked::of(request(&many, 0)).unwrap_err();
    assert_eq!(refused.code, Code::InvalidField);
}
