//! Who may open what.

use rusqlite::Connection;

use crate::testing::{directory, everything, numbers, open, options, put};
use crate::{Log, OpenError, schema};

#[tokio::test]
async fn a_log_keeps_its_id_and_its_events_over_a_restart() {
    let directory = directory();
    let log = open(&directory);
    assert_eq!(log.head(), 0);
    put(&log, "s", 0..10).await;
    let id = log.id();
    drop(log);

    let log = open(&directory);

    assert_eq!((log.id(), log.head()), (id, 10));
    assert_eq!(numbers(&everything(&log)), (0..10).collect::<Vec<_>>());
    assert_ne!(open(&crate::testing::directory()).id(), id);
}

#[test]
fn a_second_opener_is_refused_and_accepted_when_the_first_one_is_gone() {
    let directory = directory();
    let first = open(&directory);

    let refused = Log::open(options(&directory)).unwrap_err();
    assert!(matches!(refused, OpenError::Locked { .. }), "{refused:?}");

    drop(first);
    open(&directory);
}

#[test]
fn a_log_of_a_newer_version_is_refused_and_left_alone() {
    let directory = directory();
    drop(open(&directory));
    let file = directory.path().join("log.sqlite");
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let before = std::fs::read(&file).unwrap();

    let refused = Log::open(options(&directory)).unwrap_err();

    assert!(matches!(refused, OpenError::NewerVersion { found: 2, supported: 1, .. }), "{refused:?}");
    assert!(refused.to_string().contains("written by a newer version (schema 2, this version knows 1)"));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_file_that_is_not_a_log_is_refused_and_left_alone() {
    let text = directory();
    std::fs::write(text.path().join("log.sqlite"), "this is a diary, not a database, and it is long enough")
        .unwrap();
    let foreign = directory();
    let file = foreign.path().join("log.sqlite");
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE cats (name TEXT)").unwrap();
    let before = std::fs::read(&file).unwrap();

    for directory in [&text, &foreign] {
        let refused = Log::open(options(directory)).unwrap_err();
        assert!(matches!(refused, OpenError::NotALog { .. }), "{refused:?}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_log() {
    let directory = directory();
    std::fs::write(directory.path().join("log.sqlite"), "").unwrap();

    assert_eq!(open(&directory).head(), 0);
}

/// A killed process cannot show a missing flush, so the setting itself is looked at.
#[test]
fn the_writer_flushes_with_every_commit() {
    let directory = directory();
    let db = schema::open_writer(&directory.path().join("log.sqlite")).unwrap();

    schema::make_durable(&db, None).unwrap();

    let setting = |pragma: &str| db.query_row(pragma, [], |row| row.get::<_, i64>(0)).unwrap();
    let journal: String = db.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    // 2 is FULL: the write-ahead log is flushed before a commit returns.
    assert_eq!((setting("PRAGMA synchronous"), journal.as_str()), (2, "wal"));
}
