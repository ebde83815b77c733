//! What a crash leaves behind: a write-ahead log cut off anywhere, and a process killed while it writes.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::testing::{directory, events, everything, numbers, open, options, put, stream};
use crate::{Expected, Log, Options, Recorded, StreamMetadata};

/// The prefixes of a log that end where an append ends, by position of the last event.
fn whole_appends(appends: &[u64]) -> impl Fn(u64) -> bool {
    move |head| head == 0 || appends.contains(&head)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_ahead_log_cut_off_anywhere_opens_as_a_prefix_of_whole_appends() {
    let directory = directory();
    // What is written before the restart is checkpointed: no cut may lose it.
    let log = open(&directory);
    let mut appends = Vec::new();
    for number in 0..20 {
        appends.push(put(&log, "before", [number * 2, number * 2 + 1]).await.position);
    }
    let checkpointed = log.head();
    drop(log);
    let log = open(&directory);
    let mut writers = tokio::task::JoinSet::new();
    for writer in 1..=4_u128 {
        let log = log.clone();
        writers.spawn(async move {
            let mut ends = Vec::new();
            for number in 0..30_u128 {
                let first = writer * 10_000 + number * 10;
                let count = 1 + number % 4;
                ends.push(put(&log, &format!("s-{writer}"), first..first + count).await.position);
            }
            ends
        });
    }
    appends.extend(writers.join_all().await.concat());
    let original = everything(&log);
    let ends_an_append = whole_appends(&appends);
    let wal = std::fs::read(directory.path().join("log.sqlite-wal")).unwrap();

    let (mut seen, mut last) = (std::collections::BTreeSet::new(), 0);
    for cut in 0..=200 {
        let length = wal.len() * cut / 200;
        let copy = crate::testing::directory();
        std::fs::copy(directory.path().join("log.sqlite"), copy.path().join("log.sqlite")).unwrap();
        std::fs::write(copy.path().join("log.sqlite-wal"), &wal[..length]).unwrap();

        let reopened = Log::open(Options { readers: 1, ..options(&copy) }).unwrap();
        let head = reopened.head();
        assert!(head >= checkpointed, "cut at {length}: {head} is before the checkpoint");
        assert!(ends_an_append(head), "cut at {length}: {head} is inside an append");
        assert!(head >= last, "cut at {length}: a longer prefix holds less");
        assert_same(&everything(&reopened), &original[..usize::try_from(head).unwrap()]);
        if cut % 20 == 0 {
            assert_eq!(Log::verify(copy.path()).unwrap().problems, []);
            assert_eq!(put(&reopened, "after", [1]).await.position, head + 1);
        }
        seen.insert(head);
        last = head;
    }
    assert_eq!(last, log.head());
    assert!(seen.len() > 20, "the cuts led to {} prefixes only", seen.len());
}

/// A commit whose process was killed before its flush is in the write-ahead log, but perhaps not on the disk. Nobody can
/// see a missing flush, so this looks at what a checkpoint has flushed: the database without its write-ahead log.
#[tokio::test]
async fn what_a_killed_process_left_in_the_write_ahead_log_is_flushed_before_it_is_read() {
    let (killed, reopened, database) = (directory(), directory(), directory());
    let log = open(&killed);
    put(&log, "s", 0..5).await;
    for file in ["log.sqlite", "log.sqlite-wal"] {
        std::fs::copy(killed.path().join(file), reopened.path().join(file)).unwrap();
    }

    let _open = open(&reopened);

    std::fs::copy(reopened.path().join("log.sqlite"), database.path().join("log.sqlite")).unwrap();
    assert_eq!(numbers(&everything(&open(&database))), [0, 1, 2, 3, 4]);
}

fn assert_same(found: &[Recorded], expected: &[Recorded]) {
    assert!(found == expected, "found {:?}, expected {:?}", numbers(found), numbers(expected));
}

/// Tells the test below, started again as a child, where to write.
const CHILD_DIRECTORY: &str = "EVENTLOG_TEST_CHILD_DIRECTORY";

/// Appends pairs for ever and prints the revision of each that was acknowledged.
#[tokio::test]
async fn child_that_appends_until_it_is_killed() {
    let Ok(directory) = std::env::var(CHILD_DIRECTORY) else {
        return;
    };
    let log = Log::open(Options::new(Path::new(&directory))).unwrap();
    log.set_stream_metadata("checkpoint", StreamMetadata::keep_last(1)).await.unwrap();
    for number in 0.. {
        let pair = events([number * 2, number * 2 + 1]);
        let appended = log.append("s", Expected::Any, pair).await.unwrap();
        log.append("checkpoint", Expected::Any, events([1 << 100 | number])).await.unwrap();
        println!("acknowledged {}", appended.last_revision);
    }
}

#[test]
fn a_killed_process_loses_nothing_that_it_acknowledged() {
    for kill_after in [1, 7, 60] {
        let directory = directory();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tests::recovery::child_that_appends_until_it_is_killed", "--nocapture"])
            .env(CHILD_DIRECTORY, directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let acknowledged: Vec<u64> = lines
            .filter_map(|line| line.strip_prefix("acknowledged ").map(|revision| revision.parse().unwrap()))
            .take(kill_after)
            .collect();
        child.kill().unwrap();
        child.wait().unwrap();

        let log = open(&directory);
        let stored = stream(&log, "s");
        assert_eq!(acknowledged.len(), kill_after);
        assert!(stored.len() as u64 > acknowledged[kill_after - 1]);
        assert_eq!(numbers(&stored), (0..stored.len() as u128).collect::<Vec<_>>());
        assert_eq!(stored.len() % 2, 0, "half an append was stored");
        assert_eq!(stream(&log, "checkpoint").len(), 1);
        assert_eq!(Log::verify(directory.path()).unwrap().problems, []);
    }
}
