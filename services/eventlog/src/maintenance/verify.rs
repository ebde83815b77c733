//! Looks at every row of a log and at the accounting between them.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, Row};

use super::{MaintenanceError, open_beside};
use crate::log::Log;
use crate::schema::{self, categories};

/// Problems that a report lists at most.
const PROBLEMS: usize = 100;

/// What a log holds, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The id of the log, as it is written.
    pub log_id: String,
    /// Events that are stored; deleted ones do not count.
    pub events: u64,
    pub streams: u64,
    /// The position of the last event, 0 when there is none.
    pub head: u64,
    /// At most 100; empty when the log is sound.
    pub problems: Vec<Problem>,
}

/// Something in a log that no sequence of appends can lead to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("the event at position {position} is damaged: {reason}")]
    DamagedEvent { position: u64, reason: String },
    #[error("{count} events belong to no stream or have no type")]
    Unattached { count: u64 },
    #[error(
        "stream '{stream}' should hold revisions {first} up to but not including {next}, {missing} are missing"
    )]
    StreamGap { stream: String, first: u64, next: u64, missing: u64 },
    #[error("the log ends at position {head}, but its streams have {revisions} revisions")]
    Accounting { head: u64, revisions: u64 },
    #[error("{count} events are not where the categories of their streams say")]
    Misplaced { count: u64 },
    #[error("the database file is damaged: {reason}")]
    DamagedFile { reason: String },
}

impl Log {
    /// Verifies the log in `directory`, also while it is written by another process. Changes nothing and
    /// reads everything.
    pub fn verify(directory: &Path) -> Result<Report, MaintenanceError> {
        let mut db = open_beside(directory)?;
        // One snapshot: a writer may go on beside it.
        let snapshot = db.transaction()?;
        let mut report = Report {
            log_id: schema::log_id(&snapshot)?,
            events: 0,
            streams: 0,
            head: 0,
            problems: Vec::new(),
        };
        for check in [check_file, check_events, check_streams, check_accounting, check_places] {
            match check(&snapshot, &mut report) {
                Ok(()) => {}
                Err(fault) if is_damage(&fault) => {
                    report.problems.push(Problem::DamagedFile { reason: fault.to_string() });
                }
                Err(fault) => return Err(fault.into()),
            }
        }
        report.problems.truncate(PROBLEMS);
        Ok(report)
    }
}

fn is_damage(fault: &rusqlite::Error) -> bool {
    matches!(fault.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn check_file(db: &Connection, report: &mut Report) -> rusqlite::Result<()> {
    let mut statement = db.prepare("PRAGMA integrity_check(10)")?;
    for finding in statement.query_map([], |row| row.get::<_, String>(0))? {
        let reason = finding?;
        if reason != "ok" {
            report.problems.push(Problem::DamagedFile { reason });
        }
    }
    Ok(())
}

fn check_events(db: &Connection, report: &mut Report) -> rusqlite::Result<()> {
    report.head = schema::head(db)?;
    report.events =
        db.query_row("SELECT count(*) FROM events NOT INDEXED", [], |row| schema::number(row, 0))?;
    let mut statement = db.prepare(&format!("SELECT {} ORDER BY e.position", schema::EVENT))?;
    let mut rows = statement.query([])?;
    let mut attached = 0;
    while let Some(row) = rows.next()? {
        attached += 1;
        if report.problems.len() >= PROBLEMS {
            continue;
        }
        if let Some(reason) = damage(row) {
            report.problems.push(Problem::DamagedEvent { position: schema::number(row, 0)?, reason });
        }
    }
    if attached < report.events {
        report.problems.push(Problem::Unattached { count: report.events - attached });
    }
    Ok(())
}

fn damage(row: &Row<'_>) -> Option<String> {
    let event = match schema::event(row) {
        Ok(event) => event,
        Err(fault) => return Some(fault.to_string()),
    };
    match schema::stored_checksum(row) {
        Ok(stored) if stored == event.checksum() => None,
        Ok(_) => Some("its checksum does not fit its content".to_owned()),
        Err(fault) => Some(fault.to_string()),
    }
}

fn check_streams(db: &Connection, report: &mut Report) -> rusqlite::Result<()> {
    let mut statement = db.prepare(
        "SELECT s.name, s.first_revision, s.next_revision, \
         (SELECT count(*) FROM events e WHERE e.sid = s.sid \
          AND e.revision >= s.first_revision AND e.revision < s.next_revision) \
         FROM streams s",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        report.streams += 1;
        let (first, next, stored) =
            (schema::number(row, 1)?, schema::number(row, 2)?, schema::number(row, 3)?);
        let missing = next.saturating_sub(first).saturating_sub(stored);
        if missing > 0 && report.problems.len() < PROBLEMS {
            report.problems.push(Problem::StreamGap { stream: row.get(0)?, first, next, missing });
        }
    }
    Ok(())
}

fn check_accounting(db: &Connection, report: &mut Report) -> rusqlite::Result<()> {
    let revisions = db
        .query_row("SELECT coalesce(sum(next_revision), 0) FROM streams", [], |row| schema::number(row, 0))?;
    if revisions != report.head {
        report.problems.push(Problem::Accounting { head: report.head, revisions });
    }
    Ok(())
}

fn check_places(db: &Connection, report: &mut Report) -> rusqlite::Result<()> {
    let count = categories::misplaced(db, report.events)?;
    if count > 0 {
        report.problems.push(Problem::Misplaced { count });
    }
    Ok(())
}
