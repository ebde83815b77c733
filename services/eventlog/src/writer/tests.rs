//! Appends: order, expectations, repeats, limits, deletion and a full volume.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use uuid::Uuid;

use crate::testing::{
    directory, event, events, everything, numbers, open, options, positions, put, revisions, sized, stream,
};
use crate::{AppendError, Appended, Clock, Expected, Log, NewEvent, Options, ReadError, StreamMetadata};
use crate::{Direction, ReadFrom};

fn wrong(stream: &str, expected: Expected, actual: Option<u64>) -> AppendError {
    AppendError::WrongExpectedVersion { stream: stream.to_owned(), expected, actual }
}

#[tokio::test]
async fn an_append_gets_the_next_revisions_and_positions_and_keeps_every_field() {
    let directory = directory();
    let clock = Clock::new(|| 1_700_000_000_000_001);
    let log = Log::open(Options { clock, ..options(&directory) }).unwrap();
    put(&log, "a", [1]).await;

    let appended = log.append("b", Expected::NoStream, events([2, 3])).await.unwrap();

    assert_eq!(appended, Appended { first_revision: 0, last_revision: 1, position: 3 });
    let second = &stream(&log, "b")[1];
    assert_eq!((second.position, second.revision, second.id), (3, 1, Uuid::from_u128(3)));
    assert_eq!((&*second.stream, &*second.event_type, second.is_json), ("b", "Happened", true));
    assert_eq!((&second.data[..], &second.metadata[..]), (&b"{\"number\":3}"[..], &b"{}"[..]));
    assert_eq!(second.created_unix_micros, 1_700_000_000_000_001);
}

#[tokio::test]
async fn sixty_four_writers_share_commits_and_lose_nothing() {
    let directory = directory();
    // The clock is asked once for each commit, so what it tells numbers the commits.
    let commits = Arc::new(AtomicI64::new(0));
    let counter = Arc::clone(&commits);
    let clock = Clock::new(move || counter.fetch_add(1, Ordering::SeqCst));
    let log = Log::open(Options { clock, ..options(&directory) }).unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..64_u128 {
        let log = log.clone();
        writers.spawn(async move {
            for number in 0..20 {
                put(&log, &format!("writer-{writer}"), [writer * 1_000 + number]).await;
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    let commits = commits.load(Ordering::SeqCst);

    assert_eq!(positions(&everything(&log)), (1..=1_280).collect::<Vec<_>>());
    for writer in 0..64_u128 {
        let expected: Vec<u128> = (0..20).map(|number| writer * 1_000 + number).collect();
        assert_eq!(numbers(&stream(&log, &format!("writer-{writer}"))), expected);
    }
    assert!(commits <= 640, "1,280 appends of 64 writers took {commits} commits");
}

#[tokio::test]
async fn an_append_that_is_refused_does_not_disturb_the_others_of_its_commit() {
    let directory = directory();
    let log = open(&directory);
    let mut appends = tokio::task::JoinSet::new();
    for number in 0..100_u128 {
        let log = log.clone();
        let expected = if number % 2 == 0 { Expected::NoStream } else { Expected::Exact(7) };
        appends.spawn(async move { log.append(&format!("s-{number}"), expected, events([number])).await });
    }
    let outcomes = appends.join_all().await;

    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 50);
    let mut stored = numbers(&everything(&log));
    stored.sort_unstable();
    assert_eq!(stored, (0..100).step_by(2).collect::<Vec<_>>());
}

#[tokio::test]
async fn of_many_appends_that_expect_the_same_revision_exactly_one_is_accepted() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [0]).await;
    let mut appends = tokio::task::JoinSet::new();
    for number in 1..=32_u128 {
        let log = log.clone();
        appends.spawn(async move { log.append("s", Expected::Exact(0), events([number])).await });
    }
    let outcomes = appends.join_all().await;

    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = wrong("s", Expected::Exact(0), Some(1));
    assert_eq!(outcomes.iter().filter(|outcome| outcome.as_ref() == Err(&refused)).count(), 31);
    assert_eq!(revisions(&log, "s"), [0, 1]);
}

/// Streams in every state: `described` (metadata only), `written`, `deleted` (softly) and `closed`.
async fn prepare_every_state(log: &Log) {
    let metadata = StreamMetadata::keep_last(10);
    log.set_stream_metadata("described", metadata).await.unwrap();
    put(log, "written", [1, 2]).await;
    put(log, "deleted", [3, 4]).await;
    log.delete_stream("deleted", Expected::Any).await.unwrap();
    put(log, "closed", [5]).await;
    log.tombstone_stream("closed", Expected::Any).await.unwrap();
}

#[tokio::test]
async fn an_expectation_that_the_stream_does_not_meet_is_refused() {
    let directory = directory();
    let log = open(&directory);
    prepare_every_state(&log).await;
    let deleted = |stream: &str| Err(AppendError::StreamDeleted { stream: stream.to_owned() });

    let refusals = [
        ("absent", Expected::StreamExists, Err(wrong("absent", Expected::StreamExists, None))),
        ("absent", Expected::Exact(0), Err(wrong("absent", Expected::Exact(0), None))),
        ("described", Expected::Exact(0), Err(wrong("described", Expected::Exact(0), None))),
        ("written", Expected::NoStream, Err(wrong("written", Expected::NoStream, Some(1)))),
        ("written", Expected::Exact(0), Err(wrong("written", Expected::Exact(0), Some(1)))),
        ("written", Expected::Exact(2), Err(wrong("written", Expected::Exact(2), Some(1)))),
        ("written", Expected::Exact(u64::MAX), Err(wrong("written", Expected::Exact(u64::MAX), Some(1)))),
        ("deleted", Expected::StreamExists, deleted("deleted")),
        ("closed", Expected::Any, deleted("closed")),
        ("closed", Expected::NoStream, deleted("closed")),
    ];
    for (stream, expected, refusal) in refusals {
        assert_eq!(log.append(stream, expected, events([99])).await, refusal, "{stream} {expected:?}");
    }
}

#[tokio::test]
async fn an_expectation_that_the_stream_meets_is_accepted() {
    let directory = directory();
    let log = open(&directory);
    prepare_every_state(&log).await;
    let accepted = [
        ("absent", Expected::NoStream, 0),
        ("absent", Expected::StreamExists, 1),
        ("any", Expected::Any, 0),
        ("described", Expected::StreamExists, 0),
        ("written", Expected::Exact(1), 2),
        ("written", Expected::StreamExists, 3),
        ("deleted", Expected::NoStream, 2),
        ("deleted", Expected::Exact(2), 3),
    ];
    for (number, (stream, expected, revision)) in (100..).zip(accepted) {
        let appended = log.append(stream, expected, events([number])).await.unwrap();
        assert_eq!(appended.last_revision, revision, "{stream} {expected:?}");
    }
}

#[tokio::test]
async fn a_repeated_append_answers_what_the_first_one_answered() {
    let directory = directory();
    let log = open(&directory);
    let first = log.append("s", Expected::NoStream, events([1, 2])).await.unwrap();
    let second = log.append("s", Expected::Exact(1), events([3, 4])).await.unwrap();
    let conflict = Err(AppendError::IdempotencyConflict { stream: "s".to_owned() });

    let table: [(Expected, &[u128], Result<Appended, AppendError>); 11] = [
        (Expected::NoStream, &[1, 2], Ok(first)),
        (Expected::NoStream, &[1], Ok(Appended { first_revision: 0, last_revision: 0, position: 1 })),
        (Expected::NoStream, &[9], Err(wrong("s", Expected::NoStream, Some(3)))),
        (Expected::NoStream, &[1, 9], conflict.clone_error()),
        (Expected::NoStream, &[1, 2, 3, 4, 5], conflict.clone_error()),
        (Expected::Exact(1), &[3, 4], Ok(second)),
        (Expected::Exact(0), &[2, 3], Ok(Appended { first_revision: 1, last_revision: 2, position: 3 })),
        (Expected::Exact(1), &[1, 2], Err(wrong("s", Expected::Exact(1), Some(3)))),
        (Expected::Any, &[3, 4], Ok(second)),
        (Expected::StreamExists, &[1, 2], Ok(first)),
        (Expected::Any, &[4, 5], conflict.clone_error()),
    ];
    for (expected, ids, outcome) in table {
        let repeated = log.append("s", expected, events(ids.iter().copied())).await;
        assert_eq!(repeated, outcome, "{expected:?} {ids:?}");
    }
    assert_eq!(numbers(&everything(&log)), [1, 2, 3, 4]);

    // An id says nothing about another stream, and a current version is always met.
    assert_eq!(put(&log, "t", [1]).await.position, 5);
    assert_eq!(log.append("s", Expected::Exact(3), events([1])).await.unwrap().last_revision, 4);
}

/// The table above names one refusal several times.
trait CloneError {
    fn clone_error(&self) -> Self;
}

impl CloneError for Result<Appended, AppendError> {
    fn clone_error(&self) -> Self {
        match self {
            Err(AppendError::IdempotencyConflict { stream }) => {
                Err(AppendError::IdempotencyConflict { stream: stream.clone() })
            }
            other => panic!("not in the table: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_repeat_that_expects_a_revision_is_recognised_after_a_restart() {
    let directory = directory();
    let first = put(&open(&directory), "s", [1, 2]).await;

    let log = open(&directory);

    assert_eq!(log.append("s", Expected::NoStream, events([1, 2])).await, Ok(first));
    assert_eq!(log.head(), 2);
}

#[tokio::test]
async fn repeats_that_wait_for_the_same_commit_are_stored_once() {
    let directory = directory();
    let log = open(&directory);
    let mut appends = tokio::task::JoinSet::new();
    for number in 0..60_u128 {
        let log = log.clone();
        appends.spawn(async move { put(&log, "s", [number % 3]).await });
    }
    let outcomes = appends.join_all().await;

    assert_eq!(outcomes.len(), 60);
    let mut stored = numbers(&stream(&log, "s"));
    stored.sort_unstable();
    assert_eq!(stored, [0, 1, 2]);
}

#[tokio::test]
async fn max_count_really_deletes_and_positions_and_revisions_go_on() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1, 2, 3, 4, 5]).await;

    log.set_stream_metadata("s", StreamMetadata::keep_last(2)).await.unwrap();
    assert_eq!(revisions(&log, "s"), [3, 4]);
    let appended = put(&log, "s", [6, 7, 8]).await;

    assert_eq!(appended, Appended { first_revision: 5, last_revision: 7, position: 9 });
    assert_eq!(revisions(&log, "s"), [6, 7]);
    // Nothing but the metadata and the last two is left in the file, nor in memory.
    assert_eq!(positions(&everything(&log)), [6, 8, 9]);
    let live =
        log.read_all(crate::AllFrom::After(0), Direction::Forward, &crate::Filter::all(), 100).unwrap();
    assert_eq!((positions(&live.events), live.considered), (vec![6, 8, 9], 9));

    drop(log);
    assert_eq!(put(&open(&directory), "s", [9]).await.position, 10);
}

#[tokio::test]
async fn a_checkpoint_stream_holds_one_event_and_its_metadata_is_written_once() {
    let directory = directory();
    let log = open(&directory);
    for number in 0..20 {
        log.set_stream_metadata("bets.checkpoint-relay", StreamMetadata::keep_last(1)).await.unwrap();
        put(&log, "bets.checkpoint-relay", [number]).await;
    }

    assert_eq!(log.head(), 21);
    assert_eq!(positions(&everything(&log)), [1, 21]);
    assert_eq!(revisions(&log, "bets.checkpoint-relay"), [19]);
}

#[tokio::test]
async fn the_last_event_keeps_its_position_even_when_its_stream_hides_it() {
    let directory = directory();
    let log = open(&directory);
    let hidden = StreamMetadata { truncate_before: Some(100), ..StreamMetadata::default() };
    log.set_stream_metadata("s", hidden).await.unwrap();
    let appended = put(&log, "s", [1]).await;
    drop(log);

    let log = open(&directory);
    assert_eq!(revisions(&log, "s"), [0; 0]);
    assert_eq!(log.head(), appended.position);
    assert_eq!(put(&log, "s", [2]).await.last_revision, 1);
}

#[tokio::test]
async fn max_age_hides_old_events_and_deletes_them_with_the_next_append() {
    let directory = directory();
    let now = Arc::new(AtomicI64::new(0));
    let told = Arc::clone(&now);
    let clock = Clock::new(move || told.load(Ordering::SeqCst));
    let log = Log::open(Options { clock, ..options(&directory) }).unwrap();
    let limit = StreamMetadata { max_age: Some(Duration::from_mins(1)), ..StreamMetadata::default() };
    log.set_stream_metadata("s", limit).await.unwrap();
    put(&log, "s", [1]).await;
    now.store(60_000_000, Ordering::SeqCst);
    assert_eq!(revisions(&log, "s"), [0]);

    now.store(60_000_001, Ordering::SeqCst);
    assert_eq!(revisions(&log, "s"), [0; 0]);
    assert_eq!(positions(&everything(&log)), [1, 2]);
    put(&log, "s", [2]).await;

    assert_eq!(revisions(&log, "s"), [1]);
    assert_eq!(positions(&everything(&log)), [1, 3]);
}

#[tokio::test]
async fn metadata_appended_to_the_metadata_stream_takes_effect_and_a_malformed_one_is_refused() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1, 2, 3]).await;
    let metadata = |json: &str| NewEvent {
        event_type: "$metadata".to_owned(),
        data: json.as_bytes().to_vec(),
        ..event(50)
    };

    for json in ["", "[]", "{\"$maxCount\":0}", "{\"$maxCount\":\"2\"}", "{\"$tb\":-1}", "{\"$maxAge\":1.5}"]
    {
        let refused = log.append("$$s", Expected::Any, vec![metadata(json)]).await;
        assert!(matches!(refused, Err(AppendError::Metadata(_))), "{json}: {refused:?}");
    }
    assert_eq!(revisions(&log, "s"), [0, 1, 2]);

    log.append("$$s", Expected::NoStream, vec![metadata("{\"$maxCount\":1,\"owner\":\"bets\"}")])
        .await
        .unwrap();
    assert_eq!(revisions(&log, "s"), [2]);
}

#[tokio::test]
async fn a_deleted_stream_is_gone_until_an_append_opens_it_again() {
    let directory = directory();
    let log = open(&directory);
    let refused = log.delete_stream("s", Expected::Any).await;
    assert_eq!(refused, Err(wrong("s", Expected::Any, None)));
    put(&log, "s", [1, 2]).await;
    let refused = log.delete_stream("s", Expected::Exact(0)).await;
    assert_eq!(refused, Err(wrong("s", Expected::Exact(0), Some(1))));

    log.delete_stream("s", Expected::Exact(1)).await.unwrap();
    let slice = log.read_stream("s", ReadFrom::Start, Direction::Forward, 10).unwrap();
    assert_eq!((slice.events, slice.exists, slice.last_revision), (vec![], false, Some(1)));
    assert_eq!(positions(&everything(&log)), [3]);

    let again = put(&log, "s", [3]).await;
    assert_eq!((again.first_revision, again.position), (2, 5));
    assert_eq!(revisions(&log, "s"), [2]);
}

#[tokio::test]
async fn a_tombstone_closes_a_stream_for_ever() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1, 2]).await;
    log.tombstone_stream("s", Expected::Exact(1)).await.unwrap();
    drop(log);

    let log = open(&directory);
    let read = log.read_stream("s", ReadFrom::Start, Direction::Forward, 10);
    assert_eq!(read, Err(ReadError::StreamDeleted { stream: "s".to_owned() }));
    let deleted = AppendError::StreamDeleted { stream: "s".to_owned() };
    assert_eq!(log.append("s", Expected::Any, events([3])).await, Err(deleted.clone()));
    assert_eq!(positions(&everything(&log)), [3]);

    // Its metadata may be written, as clients do, and open nothing.
    let metadata = NewEvent { event_type: "$metadata".to_owned(), data: b"{}".to_vec(), ..event(4) };
    log.append("$$s", Expected::Any, vec![metadata]).await.unwrap();
    assert_eq!(log.append("s", Expected::Any, events([5])).await, Err(deleted));
}

#[tokio::test]
async fn a_stream_that_is_deleted_may_be_deleted_again_and_one_that_is_only_described_once() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1, 2]).await;
    log.delete_stream("s", Expected::Any).await.unwrap();
    let head = log.head();
    for expected in [Expected::Any, Expected::Exact(1), Expected::NoStream] {
        assert_eq!(log.delete_stream("s", expected).await, Ok(head), "{expected:?}");
    }
    let refused = log.delete_stream("s", Expected::Exact(0)).await;
    assert_eq!(refused, Err(wrong("s", Expected::Exact(0), None)));
    assert_eq!(log.head(), head, "nothing was written for what was so already");

    log.set_stream_metadata("described", StreamMetadata::keep_last(5)).await.unwrap();
    log.delete_stream("described", Expected::NoStream).await.unwrap();
    assert_eq!(put(&log, "described", [3]).await.first_revision, 0);
    for expected in [Expected::Any, Expected::NoStream] {
        let refused = log.delete_stream("absent", expected).await;
        assert_eq!(refused, Err(wrong("absent", expected, None)));
    }
}

/// Whoever hears nothing of an append sends it again, also to the next process.
#[tokio::test]
async fn an_append_that_was_acknowledged_is_recognised_after_a_restart() {
    let directory = directory();
    let log = Log::open(Options { recent_ids: 10, ..options(&directory) }).unwrap();
    let first = put(&log, "s", [1, 2]).await;
    put(&log, "t", 10..18).await;
    log.close().await;
    drop(log);

    let log = Log::open(Options { recent_ids: 10, ..options(&directory) }).unwrap();
    for expected in [Expected::Any, Expected::StreamExists] {
        assert_eq!(log.append("s", expected, events([1, 2])).await, Ok(first));
    }
    assert_eq!(log.head(), first.position + 8);
    assert_eq!(put(&log, "s", [3]).await.first_revision, 2);
}

#[tokio::test]
async fn a_malformed_append_is_refused() {
    let directory = directory();
    let log = Log::open(Options { max_append_bytes: 1_000, ..options(&directory) }).unwrap();
    let untyped = NewEvent { event_type: String::new(), ..event(1) };
    let cases = [
        ("s", vec![], "it has no events"),
        ("", events([1]), "a stream name must have 1 to 1,000 bytes"),
        ("s", vec![untyped], "an event type must have 1 to 1,000 bytes"),
        ("$$$$s", events([1]), "a metadata stream has no metadata stream of its own"),
    ];
    for (stream, events, reason) in cases {
        let refused = log.append(stream, Expected::Any, events).await;
        assert_eq!(refused, Err(AppendError::Invalid { reason }));
    }

    // "Happened" and "{}" are 10 bytes.
    let refused = log.append("s", Expected::Any, vec![sized(1, 991)]).await;
    assert_eq!(refused, Err(AppendError::TooLarge { bytes: 1_001, limit: 1_000 }));
    let accepted = log.append("s", Expected::Any, vec![sized(1, 990)]).await;
    assert_eq!(accepted.unwrap().position, 1);
}

#[tokio::test]
async fn on_a_full_volume_an_append_leaves_nothing_behind_and_works_again_when_there_is_room() {
    let directory = directory();
    let log = Log::open(Options { max_page_count: Some(200), ..options(&directory) }).unwrap();
    let mut accepted = 0;
    let full = loop {
        // Two events, so that a half-written append would show.
        let pair = vec![sized(accepted * 2, 30_000), sized(accepted * 2 + 1, 30_000)];
        match log.append("big", Expected::Any, pair).await {
            Ok(_) => accepted += 1,
            Err(refused) => break refused,
        }
    };
    assert_eq!(full, AppendError::Full);
    assert!(accepted >= 2, "only {accepted} appends fitted");
    let expected: Vec<u128> = (0..accepted * 2).collect();
    assert_eq!(numbers(&stream(&log, "big")), expected);
    assert_eq!(numbers(&everything(&log)), expected);

    // A full volume does not keep small appends from fitting, nor reads from being served.
    log.set_stream_metadata("big", StreamMetadata::keep_last(1)).await.unwrap();
    let pair = vec![sized(900, 30_000), sized(901, 30_000)];
    let again = log.append("big", Expected::Any, pair).await.unwrap();
    assert_eq!(u128::from(again.first_revision), accepted * 2);
    assert_eq!(numbers(&stream(&log, "big")), [901]);
}

#[tokio::test]
async fn in_a_commit_that_does_not_fit_the_small_appends_are_accepted() {
    let directory = directory();
    let log = Log::open(Options { max_page_count: Some(100), ..options(&directory) }).unwrap();
    let mut appends = tokio::task::JoinSet::new();
    for number in 0..40_u128 {
        let log = log.clone();
        let bytes = if number % 10 == 0 { 900_000 } else { 100 };
        let one = vec![sized(number, bytes)];
        appends.spawn(async move { (number, log.append("s", Expected::Any, one).await) });
    }
    let outcomes = appends.join_all().await;

    for (number, outcome) in outcomes {
        let refused = outcome.err();
        assert_eq!(refused, (number % 10 == 0).then_some(AppendError::Full), "append {number}");
    }
    assert_eq!(stream(&log, "s").len(), 36);
}

#[tokio::test]
async fn after_closing_everything_says_so_and_the_directory_is_free() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1]).await;

    log.close().await;
    log.close().await;

    assert_eq!(log.append("s", Expected::Any, events([2])).await, Err(AppendError::Closed));
    let read = log.read_stream("s", ReadFrom::Start, Direction::Forward, 1);
    assert_eq!(read, Err(ReadError::Closed));
    assert_eq!(numbers(&everything(&open(&directory))), [1]);
}

fn urgent(number: u128, bytes: usize) -> NewEvent {
    NewEvent { metadata: b"{\"$reserve\":true}".to_vec(), ..sized(number, bytes) }
}

#[tokio::test]
async fn of_a_full_log_the_reserve_is_kept_for_those_who_ask_for_it() {
    let directory = directory();
    let limits = Options { max_page_count: Some(400), reserve_pages: 100, ..options(&directory) };
    let log = Log::open(limits).unwrap();
    assert!(!log.room().unwrap().is_full);
    let mut number = 0;
    let full = loop {
        number += 1;
        match log.append("ordinary", Expected::Any, vec![sized(number, 3_000)]).await {
            Ok(_) => {}
            Err(refused) => break refused,
        }
    };
    assert_eq!(full, AppendError::Full);
    let room = log.room().unwrap();
    assert!(room.is_full && room.bytes < 64 << 10, "{room:?}");

    // A hundred pages are left for these, whatever else is refused beside them.
    for urgent_one in 0..40_u128 {
        let (urgent, refused) = tokio::join!(
            log.append("urgent", Expected::Any, vec![urgent(10_000 + urgent_one, 1_000)]),
            log.append("ordinary", Expected::Any, vec![sized(20_000 + urgent_one, 3_000)]),
        );
        assert_eq!(urgent.map(|urgent| urgent.first_revision), Ok(u64::try_from(urgent_one).unwrap()));
        assert_eq!(refused, Err(AppendError::Full));
    }
    let says_no = NewEvent { metadata: b"{\"$reserve\":false}".to_vec(), ..sized(30_000, 3_000) };
    let half = vec![urgent(30_001, 10), sized(30_002, 3_000)];
    for refused in [vec![says_no], half] {
        assert_eq!(log.append("urgent", Expected::Any, refused).await, Err(AppendError::Full));
    }

    log.set_stream_metadata("ordinary", StreamMetadata::keep_last(1)).await.unwrap();
    put(&log, "ordinary", [40_000]).await;
    assert!(!log.room().unwrap().is_full);
}

/// Needs a small volume of its own: `mount -t tmpfs -o size=40m tmpfs DIR` and `VERDICT_SMALL_VOLUME=DIR`.
#[tokio::test]
async fn on_a_full_volume_the_reserve_is_kept_for_those_who_ask_for_it() {
    let Some(volume) = std::env::var_os("VERDICT_SMALL_VOLUME") else {
        println!("SKIPPED: VERDICT_SMALL_VOLUME names no volume");
        return;
    };
    let directory = tempfile::tempdir_in(volume).unwrap();
    let of_others = directory.path().join("of-others");
    std::fs::write(&of_others, vec![7; 12 << 20]).unwrap();
    let log = open(&directory);
    let mut number = 0;
    let full = loop {
        number += 1;
        match log.append("ordinary", Expected::Any, vec![sized(number, 100_000)]).await {
            Ok(_) => {}
            Err(refused) => break refused,
        }
    };
    assert_eq!(full, AppendError::Full);
    // So that nothing but the reserve is left.
    let rest = directory.path().join("rest");
    let mut file = std::fs::File::create(&rest).unwrap();
    while std::io::Write::write_all(&mut file, &[7; 4_096]).is_ok() {}
    for urgent_one in 0..200_u128 {
        let urgent = log.append("urgent", Expected::Any, vec![urgent(1_000_000 + urgent_one, 1_000)]).await;
        assert_eq!(urgent.map(|urgent| urgent.first_revision), Ok(u64::try_from(urgent_one).unwrap()));
    }
    let refused = log.append("ordinary", Expected::Any, vec![sized(2_000_000, 10)]).await;
    assert_eq!(refused, Err(AppendError::Full));
    assert!(log.room().unwrap().is_full);

    std::fs::remove_file(&of_others).unwrap();
    put(&log, "ordinary", [2_000_001]).await;
    assert!(directory.path().join("log.reserve").exists(), "the reserve is filled again");
}
