//! What the log itself promises: expectations, retries, order, pages, filters, and what it lets go.

use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use crate::log::restored::{self, Restored};
use crate::log::{
    AllSlice, Appended, Expected, Filter, Log, LogError, MAX_PAGE, NewEvent, Position, Recorded,
};

/// How long a signal may take before it counts as missing.
const SOON: Duration = Duration::from_secs(10);

/// Runs this part of the suite.
pub async fn all(make: &impl AsyncFn() -> Log) {
    appended_events_are_read_back_as_they_were_written(make().await).await;
    every_expectation_is_checked(make().await).await;
    append_a_append_b_retry_a_returns_the_first_result(make().await).await;
    a_refused_append_leaves_nothing(make().await).await;
    one_of_many_writers_with_the_same_expectation_wins(make().await).await;
    a_stream_is_read_in_pages(make().await).await;
    the_whole_log_is_read_in_the_order_of_the_appends(make().await).await;
    a_filter_lets_through_what_it_should_and_moves_on(make().await).await;
    an_acknowledged_append_is_the_head(make().await).await;
    growth_is_signalled(make().await).await;
    clause_15_only_the_last_events_of_a_trimmed_stream_are_kept(make().await).await;
    a_position_of_another_log_is_refused(make().await).await;
    clause_23_a_position_beyond_the_head_is_of_another_log(make().await).await;
    clause_23_what_the_log_says_of_itself_is_read_by_whoever_names_it(make().await).await;
}

/// An event whose id is derived from `name`.
pub fn event(name: &str) -> NewEvent {
    NewEvent {
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()),
        event_type: "contract.Thing.Happened.v1".to_owned(),
        data: format!(r#"{{"name":"{name}"}}"#).into_bytes(),
        metadata: br#"{"principal":"dev"}"#.to_vec(),
    }
}

async fn append(log: &Log, stream: &str, expected: Expected, names: &[&str]) -> Appended {
    let events = names.iter().map(|name| event(name)).collect();
    log.append(stream, expected, events).await.expect("the append is accepted")
}

async fn refused(log: &Log, stream: &str, expected: Expected, names: &[&str]) -> LogError {
    let events = names.iter().map(|name| event(name)).collect();
    log.append(stream, expected, events).await.expect_err("the append is refused")
}

async fn read(log: &Log, stream: &str, from: u64, max: usize) -> (Vec<Recorded>, Option<u64>) {
    let slice = log.read_stream(stream, from, max).await.expect("the stream is read");
    (slice.events, slice.last_revision)
}

async fn read_all(log: &Log, after: Option<&Position>, filter: &Filter, max: usize) -> AllSlice {
    log.read_all(after, filter, max).await.expect("the log is read")
}

/// The names that the events of [`event`] were made of.
fn names(events: &[Recorded]) -> Vec<String> {
    let name = |event: &Recorded| {
        let data = String::from_utf8_lossy(&event.data).into_owned();
        data.trim_start_matches(r#"{"name":""#).trim_end_matches(r#""}"#).to_owned()
    };
    events.iter().map(name).collect()
}

/// Nothing is added, dropped or reformatted.
pub async fn appended_events_are_read_back_as_they_were_written(log: Log) {
    let appended = append(&log, "contract.thing-1", Expected::NoStream, &["a", "b"]).await;
    assert_eq!((appended.first_revision, appended.last_revision), (0, 1));
    let (events, last) = read(&log, "contract.thing-1", 0, 10).await;
    assert_eq!(last, Some(1));
    for (revision, (recorded, written)) in (0..).zip(events.iter().zip([event("a"), event("b")])) {
        assert_eq!((&*recorded.stream, recorded.revision), ("contract.thing-1", revision));
        let as_written = NewEvent {
            id: recorded.id,
            event_type: recorded.event_type.to_string(),
            data: recorded.data.clone(),
            metadata: recorded.metadata.clone(),
        };
        assert_eq!(as_written, written);
    }
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].position, appended.position);
    assert_eq!(log.read_last("contract.thing-1").await, Ok(events.last().cloned()));
    assert_eq!(log.read_last("contract.thing-2").await, Ok(None));
}

/// Each expectation is accepted where it holds and refused, with the actual revision, where it does not.
pub async fn every_expectation_is_checked(log: Log) {
    let stream = "contract.thing-1";
    let wrong =
        |expected, actual| LogError::WrongExpectedVersion { stream: stream.to_owned(), expected, actual };
    for expected in [Expected::StreamExists, Expected::Exact(0)] {
        assert_eq!(refused(&log, stream, expected, &["x"]).await, wrong(expected, None));
    }
    append(&log, stream, Expected::NoStream, &["a"]).await;
    append(&log, stream, Expected::StreamExists, &["b"]).await;
    append(&log, stream, Expected::Exact(1), &["c"]).await;
    append(&log, stream, Expected::Any, &["d"]).await;
    for expected in [Expected::NoStream, Expected::Exact(1), Expected::Exact(4)] {
        assert_eq!(refused(&log, stream, expected, &["x"]).await, wrong(expected, Some(3)));
    }
    assert_eq!(names(&read(&log, stream, 0, 10).await.0), ["a", "b", "c", "d"]);
}

/// A retry after a lost answer gets the answer, even when others have written since.
pub async fn append_a_append_b_retry_a_returns_the_first_result(log: Log) {
    let stream = "contract.thing-1";
    let a = append(&log, stream, Expected::NoStream, &["a1", "a2"]).await;
    let b = append(&log, stream, Expected::Exact(1), &["b"]).await;
    append(&log, "contract.thing-2", Expected::NoStream, &["other"]).await;
    assert_eq!(append(&log, stream, Expected::NoStream, &["a1", "a2"]).await, a);
    assert_eq!(append(&log, stream, Expected::Exact(1), &["b"]).await, b);
    assert_eq!(names(&read(&log, stream, 0, 10).await.0), ["a1", "a2", "b"]);
    // An append that is there in part only is nobody's retry.
    refused(&log, stream, Expected::NoStream, &["a1", "x"]).await;
    assert_eq!(names(&read(&log, stream, 0, 10).await.0), ["a1", "a2", "b"]);
}

/// All of an append or nothing of it.
pub async fn a_refused_append_leaves_nothing(log: Log) {
    append(&log, "contract.thing-1", Expected::NoStream, &["a"]).await;
    let head = log.head().await;
    refused(&log, "contract.thing-1", Expected::NoStream, &["b", "c"]).await;
    assert_eq!(log.head().await, head);
    assert_eq!(names(&read(&log, "contract.thing-1", 0, 10).await.0), ["a"]);
}

/// The expected version is what makes two deciders one.
pub async fn one_of_many_writers_with_the_same_expectation_wins(log: Log) {
    append(&log, "contract.thing-1", Expected::NoStream, &["start"]).await;
    let writers = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let attempts = writers.map(|name| log.append("contract.thing-1", Expected::Exact(0), vec![event(name)]));
    let outcomes = futures::future::join_all(attempts).await;
    let winners: Vec<_> = writers.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok()).collect();
    assert_eq!(winners.len(), 1, "{outcomes:?}");
    assert_eq!(names(&read(&log, "contract.thing-1", 1, 10).await.0), [*winners[0].0]);
}

/// From any revision, in order, with the end known on every page.
pub async fn a_stream_is_read_in_pages(log: Log) {
    let stream = "contract.thing-1";
    append(&log, stream, Expected::NoStream, &["a", "b", "c", "d", "e"]).await;
    let (first, last) = read(&log, stream, 0, 2).await;
    assert_eq!((names(&first), last), (vec!["a".to_owned(), "b".to_owned()], Some(4)));
    let (rest, last) = read(&log, stream, 2, MAX_PAGE).await;
    assert_eq!((names(&rest).concat(), last), ("cde".to_owned(), Some(4)));
    assert_eq!(read(&log, stream, 5, 2).await, (Vec::new(), Some(4)));
    assert_eq!(read(&log, "contract.thing-2", 0, 2).await, (Vec::new(), None));
}

/// One total order: page by page gives the same as all at once, and positions only grow.
pub async fn the_whole_log_is_read_in_the_order_of_the_appends(log: Log) {
    append(&log, "contract.thing-1", Expected::Any, &["a"]).await;
    append(&log, "contract.other-1", Expected::Any, &["b", "c"]).await;
    append(&log, "contract.thing-1", Expected::Any, &["d"]).await;
    let whole = read_all(&log, None, &Filter::default(), MAX_PAGE).await;
    assert_eq!((names(&whole.events).concat(), whole.at_head), ("abcd".to_owned(), true));
    let commits: Vec<u64> = whole.events.iter().map(|event| event.position.commit).collect();
    assert!(commits.is_sorted(), "{commits:?}");
    let mut after = None;
    let mut paged = Vec::new();
    loop {
        let page = read_all(&log, after.as_ref(), &Filter::default(), 1).await;
        assert!(page.events.len() <= 1);
        paged.extend(page.events);
        if page.at_head {
            break;
        }
        assert_ne!(page.considered, after, "a page that is not the last moves on");
        after = page.considered;
    }
    assert_eq!(paged, whole.events);
    let resumed = read_all(&log, Some(&whole.events[1].position), &Filter::default(), 9).await;
    assert_eq!(resumed.events, whole.events[2..]);
}

/// What does not pass is not shown, but the position goes past it.
pub async fn a_filter_lets_through_what_it_should_and_moves_on(log: Log) {
    append(&log, "contract.thing-1", Expected::Any, &["a"]).await;
    append(&log, "contract.checkpoint-x", Expected::Any, &["b"]).await;
    append(&log, "other.thing-1", Expected::Any, &["c"]).await;
    append(&log, "contract.thing-2", Expected::Any, &["d"]).await;
    append(&log, "other.thing-1", Expected::Any, &["e"]).await;
    let mut filter = Filter::prefixes(["contract."]);
    let passed = read_all(&log, None, &filter, 9).await;
    assert_eq!(names(&passed.events).concat(), "abd");
    filter.exclude.push("contract.checkpoint-".to_owned());
    let passed = read_all(&log, None, &filter, 9).await;
    assert_eq!(names(&passed.events).concat(), "ad");
    let nothing = read_all(&log, None, &Filter::prefixes(["absent."]), 9).await;
    for page in [passed, nothing] {
        assert!(page.at_head);
        assert_eq!(page.considered, log.head().await.expect("the log has a head"));
        assert_eq!(read_all(&log, page.considered.as_ref(), &filter, 9).await.events, []);
    }
}

/// The position of a reply is a place that readers reach.
pub async fn an_acknowledged_append_is_the_head(log: Log) {
    let before = log.head().await.expect("the log has a head");
    let appended = append(&log, "contract.thing-1", Expected::Any, &["a", "b"]).await;
    assert_eq!(log.head().await, Ok(Some(appended.position.clone())));
    assert_eq!(appended.position.log_id, log.log_id());
    assert_eq!(appended.position.to_string().parse(), Ok(appended.position.clone()));
    if let Some(before) = before {
        assert_eq!(before.covers(&appended.position), Some(false));
    }
}

/// Whoever waits for growth is woken, and whoever looks later sees that there was some.
pub async fn growth_is_signalled(log: Log) {
    let mut waiting = log.grown();
    waiting.mark_unchanged();
    let before = *waiting.borrow();
    append(&log, "contract.thing-1", Expected::Any, &["a"]).await;
    let woken = tokio::time::timeout(SOON, waiting.changed()).await;
    assert!(matches!(woken, Ok(Ok(()))), "{woken:?}");
    assert_ne!(*waiting.borrow(), before);
}

/// The stream goes on with the next revision, and what was let go is in no read any more.
pub async fn clause_15_only_the_last_events_of_a_trimmed_stream_are_kept(log: Log) {
    let stream = "contract.checkpoint-x";
    append(&log, stream, Expected::NoStream, &["a", "b"]).await;
    log.keep_last(stream, 1).await.expect("the stream is trimmed");
    append(&log, stream, Expected::Exact(1), &["c"]).await;
    append(&log, "contract.thing-1", Expected::NoStream, &["d"]).await;
    let (events, last) = read(&log, stream, 0, 10).await;
    assert_eq!((names(&events).concat(), events[0].revision, last), ("c".to_owned(), 2, Some(2)));
    let whole = read_all(&log, None, &Filter::default(), 9).await;
    assert_eq!((names(&whole.events).concat(), whole.at_head), ("cd".to_owned(), true));
}

/// Positions of different logs do not compare: the reader has to start again.
pub async fn a_position_of_another_log_is_refused(log: Log) {
    append(&log, "contract.thing-1", Expected::Any, &["a"]).await;
    let foreign = Position { log_id: Arc::from("another-log"), commit: 1, prepare: 1 };
    let read = log.read_all(Some(&foreign), &Filter::default(), 9).await;
    assert_eq!(read, Err(LogError::AnotherLog(foreign)));
}

/// A log that ends before what its reader knows went back: an empty page would say that all is well.
pub async fn clause_23_a_position_beyond_the_head_is_of_another_log(log: Log) {
    let head = append(&log, "contract.thing-1", Expected::Any, &["a"]).await.position;
    let beyond = Position { commit: head.commit + 1, prepare: head.commit + 1, ..head.clone() };
    for filter in [Filter::default(), Filter::prefixes(["contract."])] {
        let read = log.read_all(Some(&beyond), &filter, 9).await;
        assert_eq!(read, Err(LogError::AnotherLog(beyond.clone())));
        assert_eq!(read_all(&log, Some(&head), &filter, 9).await.events, []);
    }
}

/// `$restored` is for those who ask for it, and nobody else is disturbed.
pub async fn clause_23_what_the_log_says_of_itself_is_read_by_whoever_names_it(log: Log) {
    append(&log, "contract.thing-1", Expected::Any, &["a"]).await;
    append(&log, restored::STREAM, Expected::Any, &["b"]).await;
    append(&log, "contract.thing-2", Expected::Any, &["c"]).await;
    for (filter, passed) in [
        (Filter::default(), "ac"),
        (Filter::prefixes(["contract."]), "ac"),
        (Restored::filter(), "b"),
        (Filter::prefixes([restored::STREAM, "contract.thing-2"]), "bc"),
    ] {
        let page = read_all(&log, None, &filter, 9).await;
        assert_eq!((names(&page.events).concat(), page.at_head), (passed.to_owned(), true), "{filter:?}");
    }
}
