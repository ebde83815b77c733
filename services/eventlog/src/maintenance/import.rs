//! Makes a new log from an export. Positions and revisions stay, the id does not: a position of the old
//! log means nothing to readers of the new one, who build their views again. An event in the stream `$restored` says
//! where the log came from.

use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use ulid::Ulid;

use super::line::{EventLine, FORMAT, Header, Line, StreamLine, VERSION};
use super::{MaintenanceError, publish_file, remove_leftover, restore};
use crate::directory::{OpenError, new_log_id, take_lock};
use crate::event::{LINK_TYPE, LinkTarget, Recorded, TOMBSTONE_TYPE};
use crate::log::Log;
use crate::metadata::{METADATA_PREFIX, METADATA_TYPE, StreamMetadata};
use crate::options::Clock;
use crate::schema;

/// The longest line that an import reads, in bytes.
const LINE_BYTES: u64 = 128 << 20;

/// What an import made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportReport {
    /// The id of the new log.
    pub log_id: Ulid,
    /// Without the one that says that this log was made.
    pub events: u64,
    pub head: u64,
    /// When the last event was written, in microseconds since 1970.
    pub newest_unix_micros: Option<i64>,
}

impl Log {
    /// Makes a log in `directory`, which must not hold one, from what [`Log::export`] wrote. The log
    /// appears whole or not at all. Blocks for the time of the import.
    pub fn import(directory: &Path, input: impl BufRead) -> Result<ImportReport, MaintenanceError> {
        std::fs::create_dir_all(directory)?;
        let _lock = take_lock(directory)?;
        let target = directory.join(schema::FILE);
        if target.exists() {
            return Err(MaintenanceError::Exists { path: target });
        }
        let partial = directory.join("log.sqlite.import");
        remove_leftover(&partial)?;
        let outcome = import_into(&partial, input);
        if outcome.is_ok() {
            publish_file(&partial, &target)?;
        } else {
            remove_leftover(&partial)?;
        }
        outcome
    }
}

fn import_into(file: &Path, input: impl BufRead) -> Result<ImportReport, MaintenanceError> {
    let db = Connection::open(file).map_err(OpenError::sqlite(file))?;
    // Nobody sees the file before it is complete and flushed, so it needs no journal.
    let _mode: String = db.query_row("PRAGMA journal_mode = OFF", [], |row| row.get(0))?;
    db.pragma_update(None, "synchronous", "OFF")?;
    db.set_prepared_statement_cache_capacity(64);
    let log_id = new_log_id(&Clock::system());
    schema::create(&db, log_id)?;
    let transaction = db.unchecked_transaction()?;
    let mut import = Import {
        db: &db,
        line: 0,
        events: 0,
        emptied: 0,
        head: 0,
        newest_unix_micros: None,
        streams: HashMap::new(),
    };
    let header = import.read(input)?;
    import.finish(&header)?;
    let newest_unix_micros = import.newest_unix_micros;
    let end = (header.log_id.as_str(), header.head, newest_unix_micros);
    restore::say(&transaction, log_id, end, Clock::system().unix_micros())?;
    transaction.commit()?;
    db.close().map_err(|(_, fault)| fault)?;
    Ok(ImportReport { log_id, events: header.events, head: header.head, newest_unix_micros })
}

struct Import<'a> {
    db: &'a Connection,
    line: u64,
    events: u64,
    emptied: u64,
    head: u64,
    newest_unix_micros: Option<i64>,
    streams: HashMap<String, Imported>,
}

/// A stream as its lines describe it so far.
struct Imported {
    sid: i64,
    first_revision: u64,
    next_revision: u64,
    tombstoned: bool,
    metadata: Option<StreamMetadata>,
}

impl Import<'_> {
    fn read(&mut self, mut input: impl BufRead) -> Result<Header, MaintenanceError> {
        let text = self.next_line(&mut input)?.ok_or_else(|| self.wrong("the import is empty"))?;
        let header: Header = self.parse(&text)?;
        if header.format != FORMAT {
            return Err(self.wrong("this is not an export of a log"));
        }
        if header.version != VERSION {
            let reason =
                format!("format version {} is not known, this version reads {VERSION}", header.version);
            return Err(self.wrong(reason));
        }
        while let Some(text) = self.next_line(&mut input)? {
            match self.parse(&text)? {
                Line::Event(line) => self.event(line)?,
                Line::EmptiedStream(line) => self.emptied(&line)?,
            }
        }
        Ok(header)
    }

    fn next_line(&mut self, input: &mut impl BufRead) -> Result<Option<Vec<u8>>, MaintenanceError> {
        self.line += 1;
        let mut text = Vec::new();
        let read = input.take(LINE_BYTES).read_until(b'\n', &mut text)?;
        if read as u64 == LINE_BYTES {
            return Err(self.wrong("the line is longer than any line of an export"));
        }
        Ok((read > 0).then_some(text))
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, text: &[u8]) -> Result<T, MaintenanceError> {
        serde_json::from_slice(text).map_err(|error| self.wrong(error.to_string()))
    }

    fn event(&mut self, line: EventLine) -> Result<(), MaintenanceError> {
        if line.position <= self.head {
            return Err(self.wrong(format!("position {} does not follow {}", line.position, self.head)));
        }
        let (Some(data), Some(metadata)) = (line.data.decode(), line.metadata.decode()) else {
            return Err(self.wrong("a payload is not hexadecimal"));
        };
        let is_link = line.event_type == LINK_TYPE;
        let event = Recorded {
            position: line.position,
            stream: Arc::from(line.stream),
            revision: line.revision,
            id: line.id,
            event_type: Arc::from(line.event_type),
            is_json: line.is_json,
            link: if is_link { LinkTarget::parse(&data) } else { None },
            data,
            metadata,
            created_unix_micros: line.created_unix_micros,
        };
        self.head = event.position;
        self.newest_unix_micros = Some(event.created_unix_micros);
        self.events += 1;
        self.describe(&event)?;
        let sid = self.extend(&event)?;
        let tid = schema::type_number(self.db, &event.event_type)?;
        schema::insert(self.db, sid, tid, &event)?;
        Ok(())
    }

    /// Notes what a metadata event says about the stream that it describes.
    fn describe(&mut self, event: &Recorded) -> Result<(), MaintenanceError> {
        let Some(owner) = event.stream.strip_prefix(METADATA_PREFIX) else {
            return Ok(());
        };
        if *event.event_type != *METADATA_TYPE {
            return Ok(());
        }
        let metadata =
            StreamMetadata::parse(&event.data).map_err(|invalid| self.wrong(invalid.to_string()))?;
        self.stream(owner, None)?.metadata = Some(metadata);
        Ok(())
    }

    /// Adds the event to its stream and returns the number of the stream.
    fn extend(&mut self, event: &Recorded) -> Result<i64, MaintenanceError> {
        let stream = self.stream(&event.stream, Some(event.revision))?;
        if stream.next_revision == event.revision && !stream.tombstoned {
            stream.next_revision += 1;
            stream.tombstoned = *event.event_type == *TOMBSTONE_TYPE;
            return Ok(stream.sid);
        }
        let expected = stream.next_revision;
        Err(self.wrong(format!("revision {} of '{}' should be {expected}", event.revision, event.stream)))
    }

    fn emptied(&mut self, line: &StreamLine) -> Result<(), MaintenanceError> {
        self.emptied += 1;
        let stream = self.stream(&line.stream, None)?;
        if stream.next_revision > 0 {
            return Err(self.wrong(format!("stream '{}' is said to be empty, but it is not", line.stream)));
        }
        (stream.first_revision, stream.next_revision) = (line.next_revision, line.next_revision);
        Ok(())
    }

    /// The stream of this name; `begins` is the revision of its first event, should it have none yet.
    fn stream(&mut self, name: &str, begins: Option<u64>) -> Result<&mut Imported, MaintenanceError> {
        if !self.streams.contains_key(name) {
            self.db.prepare_cached("INSERT INTO streams (name) VALUES (?1)")?.execute([name])?;
            let sid = self.db.last_insert_rowid();
            let new =
                Imported { sid, first_revision: 0, next_revision: 0, tombstoned: false, metadata: None };
            self.streams.insert(name.to_owned(), new);
        }
        let missing = MaintenanceError::Format { line: self.line, reason: format!("no stream '{name}'") };
        let stream = self.streams.get_mut(name).ok_or(missing)?;
        if let (0, Some(revision)) = (stream.next_revision, begins) {
            (stream.first_revision, stream.next_revision) = (revision, revision);
        }
        Ok(stream)
    }

    fn finish(&self, header: &Header) -> Result<(), MaintenanceError> {
        let revisions: u64 = self.streams.values().map(|stream| stream.next_revision).sum();
        let (found, wanted) = (
            (self.events, self.emptied, self.head, revisions),
            (header.events, header.emptied_streams, header.head, header.head),
        );
        if found != wanted {
            return Err(self.wrong(format!(
                "the export is not whole: its header promises {} events up to position {}, found {} up to {}",
                header.events, header.head, self.events, self.head
            )));
        }
        let mut statement = self.db.prepare(
            "UPDATE streams SET first_revision = ?2, next_revision = ?3, flags = ?4, metadata = ?5 \
             WHERE sid = ?1",
        )?;
        for stream in self.streams.values() {
            let flags = match &stream.metadata {
                _ if stream.tombstoned => schema::TOMBSTONED,
                Some(metadata) if metadata.is_deleted() => schema::SOFT_DELETED,
                Some(_) | None => 0,
            };
            let (first, next) = (schema::sql(stream.first_revision), schema::sql(stream.next_revision));
            let metadata = stream.metadata.as_ref().map(StreamMetadata::to_json);
            statement.execute((stream.sid, first, next, flags, metadata))?;
        }
        Ok(())
    }

    fn wrong(&self, reason: impl Into<String>) -> MaintenanceError {
        MaintenanceError::Format { line: self.line, reason: reason.into() }
    }
}
