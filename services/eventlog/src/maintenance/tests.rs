//! Backup, verification, export and import of whole logs.

use std::io::BufReader;
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::testing::{directory, event, events, everything, open, positions, put, revisions, stream};
use crate::{
    Expected, Log, MaintenanceError, NewEvent, OpenError, Problem, Recorded, Report, StreamMetadata,
};

/// A log with everything that an export must carry: limits, deletions, tombstones, links, odd payloads.
async fn varied(log: &Log) {
    put(log, "kept", 0..5).await;
    log.set_stream_metadata("kept", StreamMetadata::keep_last(2)).await.unwrap();
    put(log, "emptied", [10, 11]).await;
    log.delete_stream("emptied", Expected::Any).await.unwrap();
    put(log, "closed", [20]).await;
    log.tombstone_stream("closed", Expected::Any).await.unwrap();
    put(log, "reopened", [30]).await;
    log.delete_stream("reopened", Expected::Any).await.unwrap();
    put(log, "reopened", [31]).await;
    let payloads: [&[u8]; 9] = [
        b"{\"a\": 1.50, \"b\":[1e400]}",
        b" {\"padded\":true} ",
        b"{\n}",
        b"null",
        b"",
        b"not json",
        &[0, 255, 16],
        "\"\u{2028}\"".as_bytes(),
        b"9@kept",
    ];
    for (number, data) in (40..).zip(payloads) {
        let event_type = if data == b"9@kept" { "$>" } else { "Odd" }.to_owned();
        let odd = NewEvent { event_type, data: data.to_vec(), metadata: data.to_vec(), ..event(number) };
        log.append("odd", Expected::Any, vec![odd]).await.unwrap();
    }
}

fn verified(directory: &TempDir) -> Report {
    Log::verify(directory.path()).unwrap()
}

#[tokio::test]
async fn a_sound_log_verifies_while_it_is_open_and_after_it_is_closed() {
    let directory = directory();
    let log = open(&directory);
    varied(&log).await;
    let events = everything(&log).len() as u64;
    let sound =
        Report { log_id: log.id().to_string(), events, streams: 8, head: log.head(), problems: vec![] };

    assert_eq!(verified(&directory), sound);
    drop(log);
    assert_eq!(verified(&directory), sound);
}

/// Damages a closed log of the streams `a` (positions 1-3) and `b` (position 4) and verifies it.
async fn problems_after(damage: &str) -> Vec<String> {
    let directory = directory();
    let log = open(&directory);
    put(&log, "a", 0..3).await;
    put(&log, "b", [3]).await;
    drop(log);
    Connection::open(directory.path().join("log.sqlite")).unwrap().execute_batch(damage).unwrap();
    verified(&directory).problems.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn verify_finds_what_no_sequence_of_appends_can_lead_to() {
    let damaged = "the event at position 2 is damaged: its checksum does not fit its content";
    let cases = [
        ("UPDATE events SET data = X'00' WHERE position = 2", vec![damaged]),
        ("UPDATE events SET created = created + 1 WHERE position = 2", vec![damaged]),
        ("UPDATE events SET metadata = X'7B20' WHERE position = 2", vec![damaged]),
        (
            "DELETE FROM events WHERE position = 2",
            vec!["stream 'a' should hold revisions 0 up to but not including 3, 1 are missing"],
        ),
        (
            "DELETE FROM events WHERE position = 4",
            vec![
                "stream 'b' should hold revisions 0 up to but not including 1, 1 are missing",
                "the log ends at position 3, but its streams have 4 revisions",
            ],
        ),
        (
            "UPDATE events SET tid = 77 WHERE position = 2",
            vec!["1 events belong to no stream or have no type"],
        ),
        (
            "UPDATE streams SET next_revision = 2 WHERE name = 'a'",
            vec!["the log ends at position 4, but its streams have 3 revisions"],
        ),
        ("UPDATE streams SET metadata = NULL", vec![]),
        (
            "DELETE FROM places WHERE position = 2",
            vec!["1 events are not where the categories of their streams say"],
        ),
        (
            "INSERT INTO places (cid, position) VALUES (1, 9)",
            vec!["1 events are not where the categories of their streams say"],
        ),
        (
            "UPDATE categories SET name = 'c' WHERE name = 'b'",
            vec!["1 events are not where the categories of their streams say"],
        ),
    ];
    for (damage, problems) in cases {
        assert_eq!(problems_after(damage).await, problems, "{damage}");
    }
}

#[tokio::test]
async fn verify_finds_a_page_that_was_overwritten() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "a", 0..500).await;
    drop(log);
    let file = directory.path().join("log.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let last_page = bytes.len() - 4_096;
    bytes[last_page..].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();

    let problems = verified(&directory).problems;

    assert!(problems.iter().any(|problem| matches!(problem, Problem::DamagedFile { .. })), "{problems:?}");
}

#[test]
fn verify_refuses_a_directory_without_a_log() {
    let directory = directory();

    let refused = Log::verify(directory.path());

    assert!(matches!(refused, Err(MaintenanceError::Open(OpenError::NotALog { .. }))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_while_appends_go_on_is_an_exact_prefix() {
    let (directory, copies) = (crate::testing::directory(), crate::testing::directory());
    let log = open(&directory);
    put(&log, "s", 0..100).await;
    let writing = log.clone();
    let mut writers = tokio::task::JoinSet::new();
    writers.spawn(async move {
        for number in 100..400 {
            put(&writing, &format!("s-{}", number % 7), [number, number + 1_000]).await;
        }
    });
    let mut heads = Vec::new();
    for number in 0..5 {
        let least = log.head();
        let to = copies.path().join(number.to_string());
        log.backup(&to).unwrap();
        let report = Log::verify(&to).unwrap();
        assert_eq!(report.problems, []);
        assert!(report.head >= least, "{} was acknowledged before, found {}", least, report.head);
        heads.push((to, report.head));
    }
    writers.join_all().await;
    let original = everything(&log);
    for (copy, head) in heads {
        let copy = Log::open(crate::Options::new(copy)).unwrap();
        assert_eq!(copy.id(), log.id());
        assert_eq!(everything(&copy), original[..usize::try_from(head).unwrap()]);
        // A pair was appended together, so no copy holds half of one.
        assert_eq!(head % 2, 0);
    }
}

#[tokio::test]
async fn a_backup_does_not_replace_a_log() {
    let (here, there) = (directory(), directory());
    let log = open(&here);
    put(&log, "s", [1]).await;
    put(&open(&there), "t", [2]).await;

    let refused = log.backup(there.path());

    assert!(matches!(refused, Err(MaintenanceError::Exists { .. })), "{refused:?}");
    assert_eq!(stream(&open(&there), "t").len(), 1);
}

fn exported(log: &Log) -> Vec<u8> {
    let mut out = Vec::new();
    log.export(&mut out).unwrap();
    out
}

fn import(directory: &Path, text: &[u8]) -> Result<crate::ImportReport, MaintenanceError> {
    Log::import(directory, BufReader::new(text))
}

#[tokio::test]
async fn an_import_has_the_same_events_under_a_new_id_and_behaves_the_same() {
    let (old, new) = (directory(), directory());
    let log = open(&old);
    varied(&log).await;
    let text = exported(&log);

    let report = import(new.path(), &text).unwrap();
    let copy = open(&new);

    assert_eq!((report.events, report.head), (everything(&log).len() as u64, log.head()));
    assert_eq!(copy.id(), report.log_id);
    assert_ne!(copy.id(), log.id());
    let mut copied = everything(&copy);
    assert_eq!(said(&copied.pop().unwrap()), (log.id().to_string(), log.head()));
    assert_eq!(copied, everything(&log));
    assert_eq!(verified(&new).problems, []);
    let body = |text: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(text).into_owned();
        text.lines().skip(1).filter(|line| !line.contains("$restored")).map(str::to_owned).collect()
    };
    assert_eq!(body(&exported(&copy)), body(&text));

    for log in [&log, &copy] {
        let appends = [("kept", 5), ("emptied", 2), ("reopened", 2), ("odd", 9), ("new", 0)];
        for (number, (name, revision)) in (100..).zip(appends) {
            assert_eq!(put(log, name, [number]).await.first_revision, revision, "{name}");
        }
        assert!(log.append("closed", Expected::Any, events([105])).await.is_err());
        assert_eq!(revisions(log, "kept"), [4, 5]);
    }
    // The ids of the log's own events follow from the id of the log, and one position is taken by what it says.
    let places = |log: &Log| -> Vec<(String, u64)> {
        let place = |event: Recorded| (event.stream.to_string(), event.revision);
        everything(log).into_iter().map(place).filter(|(stream, _)| stream != "$restored").collect()
    };
    assert_eq!(places(&copy), places(&log));
    assert_eq!(positions(&everything(&copy)).last(), Some(&(log.head() + 1)));
}

/// What an event says about the going back of its log: the id that it had, and where that ended.
fn said(event: &Recorded) -> (String, u64) {
    assert_eq!((&*event.stream, &*event.event_type, event.is_json), ("$restored", "$restored", true));
    let data: serde_json::Value = serde_json::from_slice(&event.data).unwrap();
    let (from, head) = (data["from"].as_str().unwrap(), data["head"].as_str().unwrap());
    let newest: jiff::Timestamp = data["newest"].as_str().unwrap().parse().unwrap();
    assert!(newest.as_microsecond() <= event.created_unix_micros);
    let mut parts = head.split(':');
    assert_eq!(parts.next(), Some(from));
    (from.to_owned(), parts.next().unwrap().parse().unwrap())
}

#[tokio::test]
async fn clause_23_a_restored_backup_is_another_log_and_says_so_each_time() {
    let [running, backup, restored, again] = [(); 4].map(|()| directory());
    let log = open(&running);
    varied(&log).await;
    log.backup(&backup.path().join("copy")).unwrap();
    let kept = everything(&log);
    put(&log, "kept", [50]).await;

    let report = Log::restore(&backup.path().join("copy"), restored.path()).unwrap();
    let first = open(&restored);

    assert_eq!((report.log_id, report.from.as_str()), (first.id(), log.id().to_string().as_str()));
    assert_ne!(first.id(), log.id());
    let mut events = everything(&first);
    let newest = events.pop().unwrap();
    assert_eq!((said(&newest), newest.position), ((log.id().to_string(), report.head), report.head + 1));
    assert_eq!(report.newest_unix_micros, events.last().map(|event| event.created_unix_micros));
    assert_eq!(events, kept);
    assert_eq!(verified(&restored).problems, []);
    assert_eq!(put(&first, "kept", [51]).await.first_revision, 5);

    first.backup(&backup.path().join("again")).unwrap();
    let report = Log::restore(&backup.path().join("again"), again.path()).unwrap();
    let second = open(&again);
    let revisions: Vec<(u64, String)> =
        stream(&second, "$restored").iter().map(|event| (event.revision, said(event).0)).collect();
    assert_eq!(revisions, [(0, log.id().to_string()), (1, first.id().to_string())]);
    assert_eq!(second.id(), report.log_id);
    assert_eq!(verified(&again).problems, []);
}

#[tokio::test]
async fn a_restore_replaces_no_log_and_needs_one() {
    let (here, there) = (directory(), directory());
    put(&open(&here), "s", [1]).await;
    put(&open(&there), "t", [2]).await;

    let refused = Log::restore(here.path(), there.path());
    assert!(matches!(refused, Err(MaintenanceError::Exists { .. })), "{refused:?}");
    let absent = Log::restore(&here.path().join("absent"), &here.path().join("new"));
    assert!(matches!(absent, Err(MaintenanceError::Open(OpenError::NotALog { .. }))), "{absent:?}");
    assert_eq!(stream(&open(&there), "t").len(), 1);
}

#[tokio::test]
async fn an_export_that_was_cut_off_or_edited_is_refused_and_leaves_no_log() {
    let old = directory();
    let log = open(&old);
    varied(&log).await;
    let text = String::from_utf8(exported(&log)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let without = |index: usize| [&lines[..index], &lines[index + 1..]].concat().join("\n");
    let cases = [
        (String::new(), "line 1 of the import: the import is empty"),
        ("{}".to_owned(), "line 1 of the import: missing field"),
        (text.replace("verdict-log", "other"), "line 1 of the import: this is not an export of a log"),
        (
            text.replacen("\"version\":1", "\"version\":2", 1),
            "line 1 of the import: format version 2 is not known",
        ),
        (text[..text.len() / 2].to_owned(), "of the import: EOF"),
        (without(lines.len() - 4), "of 'odd' should be"),
        (without(lines.len() - 1), "the export is not whole"),
        (without(lines.len() - 2), "the export is not whole"),
        ([lines[0], lines[2], lines[1]].join("\n"), "line 3 of the import: position"),
        (format!("{text}{{\"surprise\":1}}"), "unknown variant"),
    ];
    for (text, reason) in cases {
        let new = directory();
        let refused = import(new.path(), text.as_bytes()).unwrap_err().to_string();
        assert!(refused.contains(reason), "expected '{reason}', got '{refused}'");
        let left: Vec<_> =
            std::fs::read_dir(new.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["log.lock"]);
    }
}

#[tokio::test]
async fn an_import_does_not_replace_a_log() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1]).await;
    let text = exported(&log);

    assert!(matches!(import(directory.path(), &text), Err(MaintenanceError::Open(OpenError::Locked { .. }))));
    drop(log);
    assert!(matches!(import(directory.path(), &text), Err(MaintenanceError::Exists { .. })));
}
