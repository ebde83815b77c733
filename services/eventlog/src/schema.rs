//! The SQLite file: schema version 1, how connections are opened, and how a row becomes an event.
//!
//! Accounting that `verify` relies on: every position belongs to exactly one event, and revisions are
//! gapless, so the sum of `next_revision` over all streams is the last position. Events are deleted
//! from the front of a stream only, so what remains of a stream is `first_revision..next_revision`.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use ulid::Ulid;
use uuid::Uuid;

use crate::event::{LinkTarget, Recorded};

pub(crate) mod categories;

/// The schema that this code writes.
pub(crate) const VERSION: u32 = 1;
/// `PRAGMA application_id` of a log: the letters `VDLG`.
pub(crate) const APPLICATION_ID: i64 = 0x5644_4C47;
/// The database inside the directory of a log.
pub(crate) const FILE: &str = "log.sqlite";

/// Bytes of a page.
pub(crate) const PAGE_BYTES: u64 = 4_096;

/// Bits of `streams.flags`.
pub(crate) const SOFT_DELETED: i64 = 1;
pub(crate) const TOMBSTONED: i64 = 2;

/// `metadata` is the payload of the newest `$metadata` event; `checksum` is [`Recorded::checksum`].
const TABLES: &str = "
CREATE TABLE log (
    id TEXT NOT NULL
) STRICT;
CREATE TABLE streams (
    sid            INTEGER PRIMARY KEY,
    name           TEXT NOT NULL UNIQUE,
    first_revision INTEGER NOT NULL DEFAULT 0,
    next_revision  INTEGER NOT NULL DEFAULT 0,
    flags          INTEGER NOT NULL DEFAULT 0,
    metadata       BLOB
) STRICT;
CREATE TABLE types (
    tid  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE events (
    position      INTEGER PRIMARY KEY,
    sid           INTEGER NOT NULL,
    revision      INTEGER NOT NULL,
    tid           INTEGER NOT NULL,
    id            BLOB NOT NULL,
    created       INTEGER NOT NULL,
    is_json       INTEGER NOT NULL,
    link_stream   TEXT,
    link_revision INTEGER,
    checksum      INTEGER NOT NULL,
    metadata      BLOB NOT NULL,
    data          BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_stream ON events (sid, revision);
";

/// The columns that [`event`] reads, from `events` joined with its stream and its type. The cross joins
/// keep SQLite from walking the streams first and sorting afterwards.
pub(crate) const EVENT: &str = "e.position, s.name, e.revision, t.name, e.id, e.created, e.is_json, \
     e.link_stream, e.link_revision, e.metadata, e.data, e.checksum \
     FROM events e CROSS JOIN streams s ON s.sid = e.sid CROSS JOIN types t ON t.tid = e.tid";

/// Creates the tables of an empty log in one transaction.
pub(crate) fn create(db: &Connection, id: Ulid) -> rusqlite::Result<()> {
    let transaction = db.unchecked_transaction()?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.execute_batch(TABLES)?;
    transaction.execute_batch(categories::TABLES)?;
    transaction.execute("INSERT INTO log (id) VALUES (?1)", [id.to_string()])?;
    transaction.commit()
}

/// Opens the connection of the writer, which creates the file when it is absent.
pub(crate) fn open_writer(file: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(file, flags)
}

/// Makes commits durable. Call it only on a file that is known to be a log: it changes the file.
pub(crate) fn make_durable(db: &Connection, max_page_count: Option<u32>) -> rusqlite::Result<()> {
    let _mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    db.pragma_update(None, "synchronous", "FULL")?;
    let _pages: i64 = db.query_row("PRAGMA wal_autocheckpoint = 2000", [], |row| row.get(0))?;
    // A process that was killed may have left commits in the write-ahead log that it did not come to flush. A checkpoint
    // flushes them before anybody reads them.
    db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    let _bytes: i64 = db.query_row("PRAGMA journal_size_limit = 33554432", [], |row| row.get(0))?;
    if let Some(pages) = max_page_count {
        limit_pages(db, pages)?;
    }
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// The most pages that the file may have; never fewer than it has.
pub(crate) fn limit_pages(db: &Connection, pages: u32) -> rusqlite::Result<()> {
    db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
}

/// Opens a connection that only reads.
pub(crate) fn open_reader(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags)?;
    // A reader may meet the moment in which the last connection of another process cleans up.
    db.busy_timeout(std::time::Duration::from_secs(2))?;
    Ok(db)
}

/// What a file says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Empty,
    Log { version: u32 },
    Other,
}

/// Tells an empty file, a log and another application's database apart.
pub(crate) fn kind(db: &Connection) -> rusqlite::Result<Kind> {
    let application: i64 = db.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, version, tables) {
        (APPLICATION_ID, 1.., _) => Kind::Log { version },
        (0, 0, 0) => Kind::Empty,
        _ => Kind::Other,
    })
}

/// The id of the log as it is written in the file.
pub(crate) fn log_id(db: &Connection) -> rusqlite::Result<String> {
    db.query_row("SELECT id FROM log", [], |row| row.get(0))
}

/// The position of the last event, 0 when there is none.
pub(crate) fn head(db: &Connection) -> rusqlite::Result<u64> {
    let head: Option<i64> =
        db.prepare_cached("SELECT max(position) FROM events")?.query_row([], |row| row.get(0))?;
    Ok(head.unwrap_or(0).cast_unsigned())
}

/// Reads the columns of [`EVENT`].
pub(crate) fn event(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    let link_stream: Option<String> = row.get(7)?;
    let link_revision: Option<i64> = row.get(8)?;
    Ok(Recorded {
        position: number(row, 0)?,
        stream: Arc::from(row.get_ref(1)?.as_str()?),
        revision: number(row, 2)?,
        event_type: Arc::from(row.get_ref(3)?.as_str()?),
        id: Uuid::from_bytes(row.get(4)?),
        created_unix_micros: row.get(5)?,
        is_json: row.get(6)?,
        link: link_stream
            .zip(link_revision)
            .map(|(stream, revision)| LinkTarget { stream, revision: revision.cast_unsigned() }),
        metadata: Bytes::copy_from_slice(row.get_ref(9)?.as_blob()?),
        data: Bytes::copy_from_slice(row.get_ref(10)?.as_blob()?),
    })
}

/// The checksum beside the columns of [`EVENT`].
pub(crate) fn stored_checksum(row: &Row<'_>) -> rusqlite::Result<u64> {
    number(row, 11)
}

/// A column that holds an unsigned number.
pub(crate) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.cast_unsigned())
}

/// A position or revision as SQLite holds it; one that no log can reach becomes the largest.
pub(crate) fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The number of a type, new when it was never seen.
pub(crate) fn type_number(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    let known: Option<i64> = db
        .prepare_cached("SELECT tid FROM types WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(tid) = known {
        return Ok(tid);
    }
    db.prepare_cached("INSERT INTO types (name) VALUES (?1)")?.execute([name])?;
    Ok(db.last_insert_rowid())
}

/// Writes the row of an event.
pub(crate) fn insert(db: &Connection, sid: i64, tid: i64, event: &Recorded) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO events (position, sid, revision, tid, id, created, is_json, link_stream, \
         link_revision, checksum, metadata, data) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    statement.execute(params![
        sql(event.position),
        sid,
        sql(event.revision),
        tid,
        event.id.as_bytes(),
        event.created_unix_micros,
        event.is_json,
        event.link.as_ref().map(|link| link.stream.as_str()),
        event.link.as_ref().map(|link| sql(link.revision)),
        event.checksum().cast_signed(),
        event.metadata.as_ref(),
        event.data.as_ref(),
    ])?;
    Ok(())
}
