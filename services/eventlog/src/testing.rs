//! What the tests of this crate share: a log in a directory of its own, and events that are told apart by
//! a number.

use std::time::Duration;

use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    AllFrom, Appended, Direction, Expected, Filter, Item, Log, NewEvent, Options, ReadFrom, Recorded,
    Subscription,
};

/// How long a test waits for something that must happen.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) fn directory() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub(crate) fn options(directory: &TempDir) -> Options {
    Options { readers: 2, ..Options::new(directory.path()) }
}

pub(crate) fn open(directory: &TempDir) -> Log {
    Log::open(options(directory)).unwrap()
}

pub(crate) fn event(number: u128) -> NewEvent {
    NewEvent {
        id: Uuid::from_u128(number),
        event_type: "Happened".to_owned(),
        is_json: true,
        data: format!("{{\"number\":{number}}}").into_bytes(),
        metadata: b"{}".to_vec(),
    }
}

pub(crate) fn events(numbers: impl IntoIterator<Item = u128>) -> Vec<NewEvent> {
    numbers.into_iter().map(event).collect()
}

pub(crate) fn sized(number: u128, bytes: usize) -> NewEvent {
    NewEvent { is_json: false, data: vec![7; bytes], ..event(number) }
}

/// Appends without any expectation.
pub(crate) async fn put(log: &Log, stream: &str, numbers: impl IntoIterator<Item = u128>) -> Appended {
    log.append(stream, Expected::Any, events(numbers)).await.unwrap()
}

pub(crate) fn stream(log: &Log, name: &str) -> Vec<Recorded> {
    log.read_stream(name, ReadFrom::Start, Direction::Forward, 4_096).unwrap().events
}

pub(crate) fn revisions(log: &Log, name: &str) -> Vec<u64> {
    stream(log, name).iter().map(|event| event.revision).collect()
}

/// The whole log from the file, page by page.
pub(crate) fn everything(log: &Log) -> Vec<Recorded> {
    let (mut events, mut after) = (Vec::new(), 0);
    loop {
        let page = log.scan(AllFrom::After(after), Direction::Forward, &Filter::all(), 100, 100).unwrap();
        events.extend(page.events);
        after = page.considered;
        if page.at_end {
            return events;
        }
    }
}

pub(crate) fn positions(events: &[Recorded]) -> Vec<u64> {
    events.iter().map(|event| event.position).collect()
}

pub(crate) fn numbers(events: &[Recorded]) -> Vec<u128> {
    events.iter().map(|event| event.id.as_u128()).collect()
}

pub(crate) async fn next(subscription: &mut Subscription) -> Item {
    tokio::time::timeout(DEADLINE, subscription.next()).await.expect("an item in time").unwrap()
}

/// Items up to and including the next [`Item::CaughtUp`].
pub(crate) async fn until_caught_up(subscription: &mut Subscription) -> Vec<Item> {
    let mut items = Vec::new();
    loop {
        items.push(next(subscription).await);
        if items.last() == Some(&Item::CaughtUp) {
            return items;
        }
    }
}

/// The next `count` events, whatever lies between them.
pub(crate) async fn next_events(subscription: &mut Subscription, count: usize) -> Vec<Recorded> {
    let mut events = Vec::new();
    while events.len() < count {
        if let Item::Event(event) = next(subscription).await {
            events.push(event);
        }
    }
    events
}
