//! Writes a log as lines of JSON that [`Log::import`] reads.

use std::io::Write;
use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;

use super::line::{EventLine, FORMAT, Header, Line, Payload, StreamLine, VERSION};
use super::{MaintenanceError, open_beside};
use crate::event::Recorded;
use crate::log::Log;
use crate::schema;

/// What an export wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportReport {
    pub events: u64,
    pub head: u64,
}

impl Log {
    /// Writes the log of this moment to `out`, one line for each event in the order of positions. Appends
    /// go on meanwhile. Blocks for the time of the export, in which the write-ahead log is not taken over and grows
    /// with what is appended.
    pub fn export(&self, out: impl Write) -> Result<ExportReport, MaintenanceError> {
        Self::export_of(self.directory(), out)
    }

    /// Like [`Log::export`], of the log in `directory`, which another process may have open.
    pub fn export_of(directory: &Path, out: impl Write) -> Result<ExportReport, MaintenanceError> {
        export_from(&mut open_beside(directory)?, out)
    }
}

fn export_from(db: &mut Connection, mut out: impl Write) -> Result<ExportReport, MaintenanceError> {
    let snapshot = db.transaction()?;
    let report = export(&snapshot, &mut out)?;
    out.flush()?;
    Ok(report)
}

/// Streams that have revisions, none of which is stored any more.
const EMPTIED: &str = "FROM streams WHERE next_revision > 0 AND first_revision = next_revision";

fn export(db: &Connection, out: &mut impl Write) -> Result<ExportReport, MaintenanceError> {
    let header = Header {
        format: FORMAT.to_owned(),
        version: VERSION,
        log_id: schema::log_id(db)?,
        head: schema::head(db)?,
        events: db.query_row("SELECT count(*) FROM events", [], |row| schema::number(row, 0))?,
        emptied_streams: db
            .query_row(&format!("SELECT count(*) {EMPTIED}"), [], |row| schema::number(row, 0))?,
    };
    write_line(out, &header)?;
    let mut statement = db.prepare(&format!("SELECT {} ORDER BY e.position", schema::EVENT))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        write_line(out, &Line::Event(EventLine::from(schema::event(row)?)))?;
    }
    let mut statement = db.prepare(&format!("SELECT name, next_revision {EMPTIED}"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line = StreamLine { stream: row.get(0)?, next_revision: schema::number(row, 1)? };
        write_line(out, &Line::EmptiedStream(line))?;
    }
    Ok(ExportReport { events: header.events, head: header.head })
}

impl From<Recorded> for EventLine {
    fn from(event: Recorded) -> Self {
        Self {
            position: event.position,
            stream: event.stream.as_ref().to_owned(),
            revision: event.revision,
            event_type: event.event_type.as_ref().to_owned(),
            id: event.id,
            created_unix_micros: event.created_unix_micros,
            is_json: event.is_json,
            data: Payload::encode(&event.data),
            metadata: Payload::encode(&event.metadata),
        }
    }
}

fn write_line(out: &mut impl Write, line: &impl Serialize) -> Result<(), MaintenanceError> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
