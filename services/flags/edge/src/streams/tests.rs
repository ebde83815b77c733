//! What a stream says and when, without a socket: time is moved, and whoever does not ask is slow.

use super::*;
use crate::edge::Edge;
use crate::fixtures::{Driven, World, audience, created, exposed, scope, settle};

fn streams(options: StreamOptions) -> Arc<Streams> {
    Arc::new(Streams::new(options, Jitter::seeded(7)))
}

async fn one_flag() -> (World, Edge, Driven) {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, component) = world.ready_edge().await;
    (world, edge, component)
}

fn open(edge: &Edge, last: Option<&str>) -> Reader {
    edge.streams().open(scope("production"), last.map(str::to_owned)).unwrap()
}

/// The next part that the stream has to say; `None` where it would wait.
async fn said(reader: &mut Reader) -> Option<String> {
    let part = tokio::time::timeout(Duration::ZERO, reader.next()).await.ok()?;
    Some(String::from_utf8(part.expect("the stream goes on").to_vec()).unwrap())
}

/// The id of the event that comes next.
async fn told(reader: &mut Reader) -> Option<String> {
    let text = said(reader).await?;
    Some(text.lines().next().unwrap().strip_prefix("id: ").unwrap().to_owned())
}

/// The same once the stream has begun.
async fn begun(edge: &Edge, last: Option<&str>) -> (Reader, Option<String>) {
    let mut reader = open(edge, last);
    assert!(said(&mut reader).await.unwrap().starts_with("retry: "));
    let told = told(&mut reader).await;
    (reader, told)
}

#[tokio::test(start_paused = true)]
async fn a_stream_says_at_once_when_to_come_back_and_each_says_another_time() {
    let (_world, edge, _component) = one_flag().await;
    let mut times = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let text = said(&mut open(&edge, None)).await.unwrap();
        let time = text.strip_prefix("retry: ").and_then(|text| text.strip_suffix("\n\n")).unwrap();
        times.insert(time.parse::<u64>().unwrap());
    }
    assert!(times.len() > 90 && times.iter().all(|time| RETRY_MS.contains(time)), "{times:?}");
    assert!(times.last().unwrap() - times.first().unwrap() > 3_000, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_is_told_what_is_served_unless_that_is_what_it_was_told_last() {
    let (world, edge, mut component) = one_flag().await;
    let (_, first) = begun(&edge, None).await;
    let first = first.expect("between the answer and the stream something may have changed");
    assert_eq!(begun(&edge, Some(&first)).await.1, None);
    world.append("1", exposed(2, audience(&["ben"], 0))).await;
    settle(&mut component).await;
    let (_, second) = begun(&edge, Some(&first)).await;
    let second = second.unwrap();
    assert!(first.starts_with("log-1:2:2-") && second.starts_with("log-1:3:3-"));
    assert_eq!(begun(&edge, Some(&second)).await.1, None);
    let newer = second.replace(":3:3-", ":9:9-");
    for last in [newer.as_str(), "log-1:9:9-00", "log-2:3:3-00", "", "garbage", "\u{1f980}-"] {
        assert_eq!(begun(&edge, Some(last)).await.1.as_ref(), Some(&second), "{last}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_is_told_once_to_whoever_is_there() {
    let (world, edge, mut component) = one_flag().await;
    let (mut reader, first) = begun(&edge, None).await;
    for version in 2..5 {
        world.append("1", exposed(version, audience(&["ben"], 0))).await;
        settle(&mut component).await;
        let id = told(&mut reader).await.unwrap();
        assert!(id.starts_with(&format!("log-1:{0}:{0}-", version + 1)), "{id} after {first:?}");
        assert_eq!(told(&mut reader).await, None);
    }
}

/// A client whose request failed does not ask again by itself: it is told once more, each at another time, and no third
/// time.
#[tokio::test(start_paused = true)]
async fn what_was_announced_is_announced_once_more() {
    let (_world, edge, _component) = one_flag().await;
    let mut pauses = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let (mut reader, first) = begun(&edge, None).await;
        let told = Instant::now();
        let again = String::from_utf8(reader.next().await.unwrap().to_vec()).unwrap();
        assert!(again.starts_with(&format!("id: {}", first.unwrap())), "{again}");
        pauses.insert(told.elapsed().as_millis());
        assert_eq!(reader.next().await, Some(HEARTBEAT));
        assert_eq!(reader.next().await, Some(HEARTBEAT));
    }
    assert!(pauses.len() > 15 && pauses.iter().all(|pause| (5_000..=15_001).contains(pause)), "{pauses:?}");
}

/// An edge that has nothing to serve yet keeps its streams, and tells them as soon as it has.
#[tokio::test(start_paused = true)]
async fn a_stream_that_was_opened_before_the_edge_is_ready_is_told_when_it_is() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    let (edge, mut component) = world.edge();
    let (mut reader, nothing) = begun(&edge, None).await;
    assert_eq!(nothing, None);
    settle(&mut component).await;
    assert!(told(&mut reader).await.unwrap().starts_with("log-1:1:1-"));
}

/// Proxies close what is silent, also where other environments change all the time.
#[tokio::test(start_paused = true)]
async fn a_stream_is_never_silent_for_longer_than_its_heartbeat() {
    let (world, edge, mut component) = one_flag().await;
    let (mut reader, _) = begun(&edge, None).await;
    assert_ne!(reader.next().await, Some(HEARTBEAT), "the reminder");
    let staging = verdict_proto::rollouts::v1::FlagCreated {
        environment: Some("staging".to_owned()),
        ..crate::fixtures::flag_created("checkout")
    };
    world.append("2", crate::fixtures::event("FlagCreated", &staging)).await;
    let heartbeat = edge.streams().options.heartbeat;
    assert!(heartbeat <= LONGEST_HEARTBEAT);
    let mut since = Instant::now();
    let elsewhere = async {
        for version in 1..100 {
            tokio::time::advance(Duration::from_secs(7)).await;
            world.append("2", exposed(version, audience(&["ben"], 0))).await;
            settle(&mut component).await;
            tokio::task::yield_now().await;
        }
    };
    let heard = async {
        for _ in 0..5 {
            assert_eq!(reader.next().await, Some(HEARTBEAT));
            let silence = since.elapsed();
            assert!(silence >= heartbeat && silence <= LONGEST_HEARTBEAT, "{silence:?}");
            since = Instant::now();
        }
    };
    tokio::select! {
        () = heard => {}
        () = elsewhere => panic!("it is silent"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_hundred_streams_say_one_text_that_was_written_once() {
    let (world, edge, mut component) = one_flag().await;
    let mut readers = Vec::new();
    for _ in 0..100 {
        readers.push(begun(&edge, None).await.0);
    }
    let written = edge.stream_figures().announcements;
    world.append("1", exposed(2, audience(&["ben"], 0))).await;
    settle(&mut component).await;
    let mut texts = Vec::new();
    for reader in &mut readers {
        texts.push(reader.next().await.unwrap());
    }
    let places: std::collections::BTreeSet<_> = texts.iter().map(|text| text.as_ptr()).collect();
    assert_eq!((places.len(), texts.len()), (1, 100));
    assert_eq!(edge.stream_figures().announcements, written + 1);
    assert_eq!(edge.stream_figures().open, 100);
}

/// It misses what was overtaken, and what it missed is counted when it is gone.
#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_told_the_newest_and_holds_nothing() {
    let (world, edge, mut component) = one_flag().await;
    let (mut slow, _) = begun(&edge, None).await;
    let (idle, _) = begun(&edge, None).await;
    for version in 2..50 {
        world.append("1", exposed(version, audience(&["ben"], 0))).await;
        settle(&mut component).await;
    }
    assert!(told(&mut slow).await.unwrap().starts_with("log-1:50:50-"));
    assert_eq!(told(&mut slow).await, None);
    drop(slow);
    assert_eq!(edge.stream_figures(), StreamFigures { dropped: 0, open: 1, ..edge.stream_figures() });
    drop(idle);
    assert_eq!(edge.stream_figures(), StreamFigures { dropped: 1, open: 0, ..edge.stream_figures() });
}

#[tokio::test(start_paused = true)]
async fn f3_an_edge_that_has_lost_its_log_tells_its_streams_of_a_local_off() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::keeping(&directory);
    world.append("1", created("checkout")).await;
    drop(world.ready_edge().await);
    let world = world.without_log();
    let (edge, mut component) = world.edge();
    settle(&mut component).await;
    let (mut reader, first) = begun(&edge, None).await;
    std::fs::write(world.offs().join("checkout"), "errors").unwrap();
    settle(&mut component).await;
    let second = told(&mut reader).await.unwrap();
    assert!(edge.snapshot().unwrap().former && first != Some(second.clone()), "{second}");
    // Who was told of it and fetches here is answered, however stale that is.
    let told = second.rsplit_once('-').unwrap().0.parse().unwrap();
    assert_eq!(edge.snapshot().unwrap().covers(&told), Some(true));
}

#[test]
fn no_more_streams_are_open_than_there_may_be_and_a_place_is_free_again() {
    let streams = streams(StreamOptions { most: 2, ..StreamOptions::default() });
    let open = || streams.open(scope("production"), None);
    let (first, second) = (open().unwrap(), open().unwrap());
    assert_eq!(open().unwrap_err(), Full);
    assert_eq!(streams.figures(), StreamFigures { open: 2, refused: 1, ..StreamFigures::default() });
    drop(first);
    let third = open().unwrap();
    assert_eq!(open().unwrap_err(), Full);
    drop((second, third));
    assert_eq!(streams.figures(), StreamFigures { open: 0, refused: 2, ..StreamFigures::default() });
}

#[tokio::test(start_paused = true)]
async fn an_edge_that_stops_ends_its_streams_and_opens_no_other() {
    let (_world, edge, _component) = one_flag().await;
    let (mut waiting, _) = begun(&edge, None).await;
    let mut new = open(&edge, None);
    let ended = async { tokio::join!(waiting.next(), async { edge.end_streams() }).0 };
    assert_eq!(ended.await, None);
    assert!(said(&mut new).await.is_some());
    assert_eq!(new.next().await, None);
    assert_eq!(edge.streams().open(scope("production"), None).unwrap_err(), Full);
    drop((waiting, new));
    assert_eq!(edge.stream_figures().dropped, 0);
}
