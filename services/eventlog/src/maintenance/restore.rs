//! A log that went back is another log: a new id, and an event that says where it came from.
//!
//! Whoever knows a position of the old log finds that it is foreign and reads again from the start, and whoever has to
//! act on the going back follows the stream `$restored`.

use std::path::Path;

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;
use ulid::Ulid;
use uuid::Uuid;

use super::backup::copy_from;
use super::{MaintenanceError, open_beside};
use crate::directory::new_log_id;
use crate::event::Recorded;
use crate::log::Log;
use crate::options::Clock;
use crate::schema;

/// The stream that says when the log went back, and the type of its events.
pub(crate) const RESTORED: &str = "$restored";

/// What a restore made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreReport {
    /// The id of the log from now on.
    pub log_id: Ulid,
    /// The id that it had.
    pub from: String,
    /// The position of the last event of the backup, 0 when it has none.
    pub head: u64,
    /// When that event was written, in microseconds since 1970.
    pub newest_unix_micros: Option<i64>,
}

impl Log {
    /// The id of the log in `directory`, which may be in use.
    pub fn id_in(directory: &Path) -> Result<String, MaintenanceError> {
        Ok(schema::log_id(&open_beside(directory)?)?)
    }

    /// Makes a log in `directory`, which must not hold one, of the backup in the directory `from`. It has the events
    /// of the backup under an id of its own, and an event in the stream `$restored`. It appears whole or not at all.
    pub fn restore(from: &Path, directory: &Path) -> Result<RestoreReport, MaintenanceError> {
        let backup = open_beside(from)?;
        let clock = Clock::system();
        let report = RestoreReport {
            log_id: new_log_id(&clock),
            from: schema::log_id(&backup)?,
            head: schema::head(&backup)?,
            newest_unix_micros: newest(&backup)?,
        };
        copy_from(&backup, directory, |copy| {
            // Nobody sees the file before it is complete and flushed.
            let _mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
            let transaction = copy.unchecked_transaction()?;
            transaction.execute("UPDATE log SET id = ?1", [report.log_id.to_string()])?;
            let (from, newest) = (&report.from, report.newest_unix_micros);
            say(&transaction, report.log_id, (from, report.head, newest), clock.unix_micros())?;
            transaction.commit()
        })?;
        Ok(report)
    }
}

/// When the last event was written.
pub(super) fn newest(db: &Connection) -> rusqlite::Result<Option<i64>> {
    db.query_row("SELECT created FROM events ORDER BY position DESC LIMIT 1", [], |row| row.get(0)).optional()
}

/// Writes the event that tells of it, as the next one of the log: which log it was made of, at which position that ended
/// and when, in microseconds since 1970.
pub(super) fn say(
    db: &Connection,
    log_id: Ulid,
    (from, head, newest): (&str, u64, Option<i64>),
    now_unix_micros: i64,
) -> rusqlite::Result<()> {
    db.execute("INSERT OR IGNORE INTO streams (name) VALUES (?1)", [RESTORED])?;
    let (sid, revision) =
        db.query_row("SELECT sid, next_revision FROM streams WHERE name = ?1", [RESTORED], |row| {
            Ok((row.get(0)?, schema::number(row, 1)?))
        })?;
    let newest = newest.and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let newest = newest.map(|newest| format!(",\"newest\":\"{newest}\"")).unwrap_or_default();
    let text = format!("{{\"from\":\"{from}\",\"head\":\"{from}:{head}:{head}\"{newest}}}");
    let event = Recorded {
        position: head + 1,
        stream: Arc::from(RESTORED),
        revision,
        id: Uuid::from_bytes(log_id.to_bytes()),
        event_type: Arc::from(RESTORED),
        is_json: true,
        data: Bytes::from(text),
        metadata: Bytes::from_static(b"{}"),
        created_unix_micros: now_unix_micros,
        link: None,
    };
    let tid = schema::type_number(db, RESTORED)?;
    schema::insert(db, sid, tid, &event)?;
    db.execute("UPDATE streams SET next_revision = ?2 WHERE sid = ?1", (sid, schema::sql(revision + 1)))?;
    Ok(())
}
