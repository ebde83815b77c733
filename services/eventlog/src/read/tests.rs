//! Pages of a stream and of the whole log, in both directions, with and without a filter.

use crate::testing::{DEADLINE, directory, event, events, open, options, positions, put, sized, stream};
use crate::{
    AllFrom, AllSlice, Direction, Expected, Filter, LinkTarget, Log, NewEvent, Options, ReadFrom,
    StreamMetadata, SubscribeError,
};

/// Positions 1..=10 in turn in the streams `a-0`, `b-1`, `a-2`, `b-0`, ...
async fn mixed(log: &Log) {
    for number in 0..10_u128 {
        let name = format!("{}-{}", if number % 2 == 0 { 'a' } else { 'b' }, number % 3);
        put(log, &name, [number]).await;
    }
}

#[tokio::test]
async fn a_stream_is_read_from_anywhere_in_both_directions() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "other", [100]).await;
    put(&log, "s", 0..6).await;
    let read = |from, direction, max| {
        let slice = log.read_stream("s", from, direction, max).unwrap();
        let revisions: Vec<u64> = slice.events.iter().map(|event| event.revision).collect();
        assert!(slice.exists);
        assert_eq!(slice.last_revision, Some(5));
        (revisions, slice.at_end)
    };

    assert_eq!(read(ReadFrom::Start, Direction::Forward, 10), (vec![0, 1, 2, 3, 4, 5], true));
    assert_eq!(read(ReadFrom::Start, Direction::Forward, 6), (vec![0, 1, 2, 3, 4, 5], true));
    assert_eq!(read(ReadFrom::Start, Direction::Forward, 5), (vec![0, 1, 2, 3, 4], false));
    assert_eq!(read(ReadFrom::Revision(4), Direction::Forward, 10), (vec![4, 5], true));
    assert_eq!(read(ReadFrom::Revision(6), Direction::Forward, 10), (vec![], true));
    assert_eq!(read(ReadFrom::End, Direction::Forward, 10), (vec![], true));
    assert_eq!(read(ReadFrom::End, Direction::Backward, 2), (vec![5, 4], false));
    assert_eq!(read(ReadFrom::Revision(1), Direction::Backward, 10), (vec![1, 0], true));
    assert_eq!(read(ReadFrom::Start, Direction::Backward, 10), (vec![], true));
    assert_eq!(read(ReadFrom::Revision(u64::MAX), Direction::Backward, 1), (vec![5], false));
}

#[tokio::test]
async fn a_stream_that_was_never_written_does_not_exist() {
    let directory = directory();
    let log = open(&directory);

    let slice = log.read_stream("s", ReadFrom::Start, Direction::Forward, 10).unwrap();

    assert_eq!((slice.events, slice.exists, slice.last_revision, slice.at_end), (vec![], false, None, true));
}

#[tokio::test]
async fn the_log_is_read_from_anywhere_in_both_directions_from_memory_and_from_the_file() {
    let (here, there) = (directory(), directory());
    let from_memory = open(&here);
    mixed(&from_memory).await;
    let written = open(&there);
    mixed(&written).await;
    written.close().await;
    let from_file = open(&there);
    let is_in_memory =
        |log: &Log| log.live(AllFrom::After(0), Direction::Forward, &Filter::all(), 1).is_some();
    assert!(is_in_memory(&from_memory) && !is_in_memory(&from_file));

    for log in [from_memory, from_file] {
        let read = |from, direction, max| {
            let page = log.read_all(from, direction, &Filter::all(), max).unwrap();
            (positions(&page.events), page.considered, page.at_end)
        };
        assert_eq!(read(AllFrom::Start, Direction::Forward, 3), (vec![1, 2, 3], 3, false));
        assert_eq!(read(AllFrom::After(0), Direction::Forward, 3), (vec![1, 2, 3], 3, false));
        assert_eq!(read(AllFrom::After(8), Direction::Forward, 3), (vec![9, 10], 10, true));
        assert_eq!(read(AllFrom::After(8), Direction::Forward, 2), (vec![9, 10], 10, true));
        assert_eq!(read(AllFrom::At(9), Direction::Forward, 3), (vec![9, 10], 10, true));
        assert_eq!(read(AllFrom::After(10), Direction::Forward, 3), (vec![], 10, true));
        assert_eq!(read(AllFrom::End, Direction::Forward, 3), (vec![], 10, true));
        assert_eq!(read(AllFrom::End, Direction::Backward, 2), (vec![10, 9], 9, false));
        assert_eq!(read(AllFrom::After(3), Direction::Backward, 9), (vec![2, 1], 1, true));
        assert_eq!(read(AllFrom::At(3), Direction::Backward, 2), (vec![3, 2], 2, false));
    }
}

#[tokio::test]
async fn filters_choose_by_prefix_and_say_how_far_the_log_was_looked_at() {
    let directory = directory();
    let log = open(&directory);
    mixed(&log).await;
    let typed = NewEvent { event_type: "Ended".to_owned(), ..event(50) };
    log.append("a-0", Expected::Any, vec![typed]).await.unwrap();
    let names = |filter: &Filter, max| {
        let AllSlice { events, considered, at_end } =
            log.read_all(AllFrom::After(0), Direction::Forward, filter, max).unwrap();
        let file = log.scan(AllFrom::After(0), Direction::Forward, filter, max, 1_000).unwrap();
        assert_eq!((&file.events, file.considered, file.at_end), (&events, considered, at_end));
        (positions(&events), considered, at_end)
    };
    let prefixes = |of: &[&str]| of.iter().map(|&prefix| prefix.to_owned()).collect::<Vec<_>>();

    assert_eq!(names(&Filter::streams(["a-"]), 100), (vec![1, 3, 5, 7, 9, 11], 11, true));
    assert_eq!(names(&Filter::streams(["a-0", "b-0"]), 100), (vec![1, 4, 7, 10, 11], 11, true));
    assert_eq!(names(&Filter::streams(["a-0"]), 1), (vec![1], 1, false));
    assert_eq!(names(&Filter::streams(["c"]), 100), (vec![], 11, true));
    let excluding = Filter { exclude_stream_prefixes: prefixes(&["a-0", "b"]), ..Filter::all() };
    assert_eq!(names(&excluding, 100), (vec![3, 5, 9], 11, true));
    let ended = Filter { type_prefixes: prefixes(&["End"]), ..Filter::all() };
    assert_eq!(names(&ended, 100), (vec![11], 11, true));
    let both = Filter { exclude_type_prefixes: prefixes(&["End"]), ..Filter::streams(["a-0"]) };
    assert_eq!(names(&both, 100), (vec![1, 7], 11, true));
}

#[tokio::test]
async fn a_filtered_read_looks_at_a_bounded_number_of_events_and_can_be_continued() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "noise", 0..50).await;
    put(&log, "wanted", [99]).await;
    let filter = Filter { exclude_stream_prefixes: vec!["noise".to_owned()], ..Filter::all() };
    let (mut after, mut pages, mut found) = (0, 0, Vec::new());
    loop {
        let page = log.scan(AllFrom::After(after), Direction::Forward, &filter, 10, 20).unwrap();
        (after, pages) = (page.considered, pages + 1);
        found.extend(positions(&page.events));
        if page.at_end {
            break;
        }
    }

    assert_eq!((found, after, pages), (vec![51], 51, 3));
}

/// Everything that `filter` lets through in the file, in pages of `max`.
fn chosen(log: &Log, filter: &Filter, max: usize) -> Vec<u64> {
    let (mut after, mut found) = (0, Vec::new());
    loop {
        let page = log.scan(AllFrom::After(after), Direction::Forward, filter, max, 1_000).unwrap();
        found.extend(positions(&page.events));
        after = page.considered;
        if page.at_end {
            assert_eq!(after, log.head());
            return found;
        }
    }
}

#[tokio::test]
async fn clause_19_a_filtered_read_looks_at_nothing_of_other_categories_however_long_the_log_is() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "flags-1", [1]).await;
    for number in 0..40 {
        put(&log, &format!("noise-{number}"), (0..100).map(|event| 1_000 + 100 * number + event)).await;
    }
    put(&log, "flags-2", [2]).await;
    log.set_stream_metadata("flags-2", StreamMetadata::keep_last(1)).await.unwrap();
    put(&log, "flags-2", [3]).await;
    put(&log, "flagged", [4]).await;
    put(&log, "noise-1", 9_000..9_100).await;
    let places = [1, 4_004, 4_005];
    let cases: [(&[&str], &[u64]); 6] = [
        (&["flags-"], &places[..2]),
        (&["flags-2"], &places[1..2]),
        (&["flags-", "flagged"], &places),
        (&["flag"], &places),
        (&["absent-"], &[]),
        (&["$$flags-"], &[4_003]),
    ];
    for (prefixes, found) in cases {
        let filter = Filter::streams(prefixes.iter().copied());
        let before = log.looked_at();
        for max in [1, 2, 100] {
            assert_eq!(chosen(&log, &filter, max), found, "{prefixes:?}");
        }
        let looked_at = log.looked_at() - before;
        assert!(looked_at < 20, "{looked_at} events were looked at for {prefixes:?}");
    }
    let excluding = Filter {
        exclude_stream_prefixes: vec!["noise-".to_owned()],
        ..Filter::streams(["flags-", "noise-"])
    };
    let before = log.looked_at();
    assert_eq!(chosen(&log, &excluding, 100), places[..2]);
    assert!(log.looked_at() - before < 20);
    assert_eq!(chosen(&log, &Filter::streams(["noise-"]), 100).len(), 4_100);
}

/// A log as a version from before the categories left it.
fn without_categories(directory: &tempfile::TempDir) {
    let db = rusqlite::Connection::open(directory.path().join("log.sqlite")).unwrap();
    db.execute_batch(
        "DROP TRIGGER stream_categorised; DROP TRIGGER event_placed; DROP TRIGGER event_taken; \
         DROP TABLE places; DROP TABLE categories;",
    )
    .unwrap();
}

#[tokio::test]
async fn a_log_from_before_the_categories_gets_them_when_it_is_opened() {
    let directory = directory();
    let log = open(&directory);
    mixed(&log).await;
    put(&log, "alone", [90]).await;
    drop(log);
    without_categories(&directory);
    assert_eq!(Log::verify(directory.path()).unwrap().problems, []);

    let log = open(&directory);
    put(&log, "a-9", [91]).await;
    put(&log, "new-1", [92]).await;

    assert_eq!(chosen(&log, &Filter::streams(["a-"]), 3), [1, 3, 5, 7, 9, 12]);
    assert_eq!(chosen(&log, &Filter::streams(["alone", "new"]), 3), [11, 13]);
    assert_eq!(Log::verify(directory.path()).unwrap().problems, []);
}

#[tokio::test]
async fn a_log_without_room_for_the_categories_is_read_without_them() {
    let directory = directory();
    let log = open(&directory);
    for number in 0..20 {
        log.append(&format!("a-{number}"), Expected::Any, vec![sized(number, 3_000)]).await.unwrap();
        put(&log, &format!("b-{number}"), [100 + number]).await;
    }
    drop(log);
    without_categories(&directory);
    let file = directory.path().join("log.sqlite");
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute_batch("VACUUM").unwrap();
    let pages: u32 = db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    drop(db);

    let reserve = pages / 4;
    assert!(reserve > 3, "{pages} pages");
    let limits =
        Options { max_page_count: Some(pages + reserve), reserve_pages: reserve, ..options(&directory) };
    let log = Log::open(limits).unwrap();

    assert!(!log.inner.is_placed);
    assert_eq!(chosen(&log, &Filter::streams(["b-"]), 100).len(), 20);
    let narrowing = NewEvent { metadata: br#"{"$reserve":true}"#.to_vec(), ..sized(900, 4_000) };
    assert!(log.append("a-0", Expected::Any, vec![sized(901, 4_000)]).await.is_err());
    log.append("a-0", Expected::Any, vec![narrowing]).await.unwrap();
}

#[tokio::test]
async fn a_page_ends_where_it_has_enough_bytes() {
    let directory = directory();
    let log = Log::open(Options { live_buffer: 1, ..options(&directory) }).unwrap();
    for number in 0..20 {
        log.append("s", Expected::Any, vec![sized(number, 1_000_000)]).await.unwrap();
    }

    let page = log.read_stream("s", ReadFrom::Start, Direction::Forward, 100).unwrap();
    assert_eq!((page.events.len(), page.at_end), (17, false));
    let page = log.read_all(AllFrom::Start, Direction::Forward, &Filter::all(), 100).unwrap();
    assert_eq!((page.events.len(), page.considered, page.at_end), (17, 17, false));
}

#[tokio::test]
async fn a_link_event_tells_its_target() {
    let directory = directory();
    let log = open(&directory);
    let link = |number, target: &str| NewEvent {
        event_type: "$>".to_owned(),
        data: target.as_bytes().to_vec(),
        ..event(number)
    };
    let all = [vec![link(1, "7@bets-x@y"), link(2, "nowhere")], events([3])].concat();
    log.append("s", Expected::NoStream, all).await.unwrap();

    let links: Vec<Option<LinkTarget>> = stream(&log, "s").into_iter().map(|event| event.link).collect();

    let target = LinkTarget { stream: "bets-x@y".to_owned(), revision: 7 };
    assert_eq!(links, [Some(target), None, None]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_readers_than_connections_take_turns() {
    let directory = directory();
    let log = Log::open(Options { readers: 1, ..options(&directory) }).unwrap();
    put(&log, "s", 0..100).await;
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let log = log.clone();
        readers.spawn_blocking(move || stream(&log, "s").len());
    }

    assert_eq!(readers.join_all().await, [100; 16]);
}

/// A task that waits for a connection leaves its thread to others, one of which may hold what it waits for.
#[tokio::test]
async fn a_task_that_finds_every_connection_busy_holds_no_thread() {
    let directory = directory();
    let log = Log::open(Options { readers: 1, ..options(&directory) }).unwrap();
    put(&log, "s", 0..3).await;
    log.close().await;
    let log = Log::open(Options { readers: 1, ..options(&directory) }).unwrap();
    let (let_go, told) = std::sync::mpsc::channel::<()>();
    let (held, holds) = tokio::sync::oneshot::channel();
    let busy = log.clone();
    let holder = std::thread::spawn(move || {
        busy.inner.readers.with(|_| {
            held.send(()).unwrap();
            // Long enough to end by itself where the only thread of the test is blocked.
            Ok::<_, crate::ReadError>(told.recv_timeout(DEADLINE).is_ok())
        })
    });
    holds.await.unwrap();
    let filter = Filter::all();
    let (last, page, subscribed, ()) = tokio::join!(
        log.stream_page("s", ReadFrom::End, Direction::Backward, 1),
        log.page(AllFrom::After(0), Direction::Forward, &filter, 9),
        async { log.subscribe(Some(4), Filter::all()).next().await },
        async { let_go.send(()).unwrap() },
    );

    assert_eq!(holder.join().unwrap(), Ok(true), "the thread was blocked until the holder gave up");
    assert_eq!(positions(&last.unwrap().events), [3]);
    assert_eq!(positions(&page.unwrap().events), [1, 2, 3]);
    assert_eq!(subscribed, Err(SubscribeError::BeyondHead { after: 4, head: 3 }));
}
