//! The log port over a socket, against our own server: the contract of the port, and what a server that goes away,
//! comes back or does not lead may not break.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::join_all;
use uuid::Uuid;
use verdict_adapters::esdb::{EsdbError, EsdbLog, Options};
use verdict_runtime::log::{
    EventLog, Expected, Filter, Log, LogError, NewEvent, Position, Recorded, contract,
};

use self::ground::{LogServer, SOON, eventually, until};
use crate::streams::to_head;

mod foreign;
mod ground;
mod leader;
mod secured;

/// Waits for nothing that a test does not wait for itself: only the subscription may wake its readers.
fn options(url: String) -> Options {
    Options { watch_every: Duration::from_hours(1), ..Options::new(url) }
}

async fn connect(url: String) -> EsdbLog {
    EsdbLog::connect(options(url)).await.unwrap()
}

fn event(name: &str) -> NewEvent {
    NewEvent {
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()),
        event_type: "contract.Thing.Happened.v1".to_owned(),
        data: format!(r#"{{"name":"{name}"}}"#).into_bytes(),
        metadata: b"{}".to_vec(),
    }
}

/// Appends as a caller does that has the event ids at hand: an unknown outcome is asked again.
async fn append(log: &EsdbLog, stream: &str, expected: Expected, name: &str) -> Position {
    let attempt = async || match log.append(stream, expected, vec![event(name)]).await {
        Ok(appended) => Ok(appended.position),
        Err(LogError::Unavailable(why)) => Err(why),
        Err(error) => panic!("{error}"),
    };
    eventually("the append is accepted", attempt).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_esdb_log_passes_the_contract_suite() {
    let servers = Mutex::new(Vec::new());

    contract::all(async || {
        let server = LogServer::start();
        let log: Log = Arc::new(connect(server.url()).await);
        servers.lock().unwrap().push(server);
        log
    })
    .await;

    assert!(!servers.into_inner().unwrap().is_empty(), "the suite asked for no log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_down_at_start_is_waited_for() {
    // Somebody who hangs up on everybody stands in for the server, so that there are attempts to count.
    let closed_door = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = closed_door.local_addr().unwrap();
    let connecting = connect(format!("esdb://{address}?tls=false"));
    let opening = async {
        for _ in 0..3 {
            drop(closed_door.accept().await.unwrap());
        }
        drop(closed_door);
        LogServer::start_at(address)
    };

    let (log, server) = tokio::join!(connecting, opening);

    assert_eq!(&*log.log_id(), server.log_id());
    log.ready().await.unwrap();
    append(&log, "contract.thing-1", Expected::NoStream, "a").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_cannot_be_reached_is_an_error_that_keeps_the_password() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let url = format!("esdb://admin:changeit@{nobody}?tls=false");
    let hasty = Options { patience: Duration::from_millis(300), ..options(url) };

    let error = EsdbLog::connect(hasty).await.err().unwrap();

    assert!(
        matches!(&error, EsdbError::Unreachable { hosts, .. } if *hosts == nobody.to_string()),
        "{error}"
    );
    assert!(!error.to_string().contains("changeit"), "{error}");
    let not_one = EsdbLog::connect(options("http://127.0.0.1:1".to_owned())).await.err().unwrap();
    assert!(matches!(not_one, EsdbError::InvalidUrl(_)), "{not_one}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_is_found_again_with_everything_that_it_acknowledged() {
    let mut server = LogServer::start();
    let (log, other) = tokio::join!(connect(server.url()), connect(server.url()));
    append(&log, "contract.thing-1", Expected::NoStream, "a").await;
    to_head(&log, None, 10).await;

    server.kill();
    let away = log.read_stream("contract.thing-1", 0, 10).await;
    assert!(matches!(away, Err(LogError::Unavailable(_))), "{away:?}");
    assert!(log.ready().await.is_err());
    server.launch();

    append(&log, "contract.thing-1", Expected::Exact(0), "b").await;
    until("both subscriptions are there again", || server.subscriptions() == 2).await;
    let seen = to_head(&log, None, 10).await.last().unwrap().position.clone();
    let mut grown = log.grown();
    append(&other, "contract.thing-1", Expected::Exact(1), "c").await;
    let next = async {
        loop {
            grown.changed().await.unwrap();
            let page = log.read_all(Some(&seen), &Filter::default(), 10).await.unwrap();
            if !page.events.is_empty() {
                break page.events;
            }
        }
    };
    let next = tokio::time::timeout(SOON, next).await.unwrap();
    assert_eq!(next.iter().map(|event| event.revision).collect::<Vec<_>>(), [2]);
    let stream = log.read_stream("contract.thing-1", 0, 10).await.unwrap();
    let ids: Vec<Uuid> = stream.events.iter().map(|event| event.id).collect();
    assert_eq!(ids, ["a", "b", "c"].map(|name| event(name).id));
    // The subscription went on where it had been, so there is no gap where "b" came while it was away.
    assert_eq!(to_head(&log, None, 10).await, stream.events);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_sees_what_somebody_else_has_just_appended() {
    let server = LogServer::start();
    let (writer, reader) = tokio::join!(connect(server.url()), connect(server.url()));
    let mut after = None;
    for number in 0..200 {
        let position = append(&writer, "contract.thing-1", Expected::Any, &number.to_string()).await;
        let page = reader.read_all(after.as_ref(), &Filter::default(), 10).await.unwrap();
        let seen: Vec<&Position> = page.events.iter().map(|event| &event.position).collect();
        assert_eq!((seen, page.at_head), (vec![&position], true), "after append {number}");
        after = page.considered;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_logs_see_the_appends_of_both_in_one_order_without_gaps() {
    const WRITERS: usize = 4;
    const EACH: usize = 40;
    let server = LogServer::start();
    let (a, b) = tokio::join!(connect(server.url()), connect(server.url()));
    let write = async |log: &EsdbLog, writer: usize| {
        for number in 0..EACH {
            let stream = format!("contract.thing-{}", writer % 3);
            append(log, &stream, Expected::Any, &format!("{writer}-{number}")).await;
        }
    };
    let follow = async |log: &EsdbLog, max: usize| {
        let mut grown = log.grown();
        let mut events: Vec<Recorded> = Vec::new();
        while events.len() < 2 * WRITERS * EACH {
            let after = events.last().map(|event| event.position.clone());
            events.extend(to_head(log, after, max).await);
            if events.len() < 2 * WRITERS * EACH {
                tokio::time::timeout(SOON, grown.changed()).await.unwrap().unwrap();
            }
        }
        events
    };
    let writing = (0..2 * WRITERS).map(|writer| write(if writer % 2 == 0 { &a } else { &b }, writer));

    let (_, seen_by_a, seen_by_b) = tokio::join!(join_all(writing), follow(&a, 7), follow(&b, 1000));

    assert_eq!(seen_by_a, seen_by_b);
    let commits: Vec<u64> = seen_by_a.iter().map(|event| event.position.commit).collect();
    assert!(commits.is_sorted_by(|one, next| one < next), "{commits:?}");
    for stream in ["contract.thing-0", "contract.thing-1", "contract.thing-2"] {
        let revisions = seen_by_a.iter().filter(|event| &*event.stream == stream).map(|event| event.revision);
        assert!(revisions.eq(0..=a.read_last(stream).await.unwrap().unwrap().revision), "{stream}");
    }
    // A log that holds next to nothing in memory reads the same from the server.
    let forgetful = Options { ring_events: 3, ..options(server.url()) };
    let forgetful = EsdbLog::connect(forgetful).await.unwrap();
    assert_eq!(to_head(&forgetful, None, 7).await, seen_by_a);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_memory_is_not_read_again() {
    let server = LogServer::start();
    let log = connect(server.url()).await;
    for number in 0..20 {
        append(&log, "contract.thing-1", Expected::Any, &number.to_string()).await;
    }
    assert_eq!(to_head(&log, None, 100).await.len(), 20);
    let before = server.reads();

    // Nineteen pages are cut by their limit; the last one asks for the head.
    assert_eq!(to_head(&log, None, 1).await.len(), 20);

    assert_eq!(server.reads() - before, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_server_refuses_is_told_in_the_words_of_the_port() {
    let server = LogServer::start();
    let log = connect(server.url()).await;
    append(&log, "contract.thing-1", Expected::NoStream, "a").await;
    let settings = server.url().parse().unwrap();
    let other = eventstore::Client::new(settings).unwrap();
    other.tombstone_stream("contract.thing-1", &eventstore::TombstoneStreamOptions::default()).await.unwrap();

    let gone = Err(LogError::StreamDeleted("contract.thing-1".to_owned()));
    assert_eq!(log.append("contract.thing-1", Expected::Any, vec![event("b")]).await, gone);
    assert_eq!(log.read_stream("contract.thing-1", 0, 9).await.map(|_| ()), gone.map(|_| ()));
    let mut large = event("c");
    large.data = format!(r#"{{"name":"{}"}}"#, "c".repeat(16 << 20)).into_bytes();
    let bytes = large.data.len() + large.metadata.len();
    let refused = log.append("contract.thing-2", Expected::Any, vec![large]).await;
    assert_eq!(refused, Err(LogError::TooLarge { bytes, limit: 16 << 20 }));
    let no_json = NewEvent { data: b"{".to_vec(), ..event("d") };
    let refused = log.append("contract.thing-2", Expected::Any, vec![no_json]).await;
    assert!(matches!(refused, Err(LogError::Storage(_))), "{refused:?}");
    assert_eq!(log.read_last("contract.thing-2").await, Ok(None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_dropped_leaves_nothing_running() {
    let server = LogServer::start();
    let log = connect(server.url()).await;
    let mut grown = log.grown();
    until("the subscription is there", || server.subscriptions() == 1).await;

    drop(log);

    until("the subscription is gone", || server.subscriptions() == 0).await;
    let ended = async { while grown.changed().await.is_ok() {} };
    tokio::time::timeout(SOON, ended).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_log_at_the_same_address_is_not_taken_for_this_one() {
    let mut server = LogServer::start();
    let log = connect(server.url()).await;
    append(&log, "contract.thing-1", Expected::NoStream, "a").await;

    server.kill();
    server.forget();
    server.launch();

    let refused = async || match log.head().await {
        Err(LogError::Storage(told)) => Ok(told),
        other => Err(other),
    };
    let told = eventually("the other log is noticed", refused).await;
    assert!(told.contains(server.log_id()), "{told}");
    let refused = log.append("contract.thing-1", Expected::Any, vec![event("b")]).await;
    assert_eq!(refused, Err(LogError::Storage(told)));
}
