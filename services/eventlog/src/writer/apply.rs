//! One batch inside its transaction: each command is judged against the stream as the commands before
//! it left it, and either writes rows or is refused. Only a fault of the database ends the batch.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension};
use ulid::Ulid;
use uuid::Uuid;

use super::Verdict;
use super::command::{Change, Command, Entry};
use super::recent::{Memory, Place};
use super::streams::{Judgement, Life, StreamState, judge, wrong_version};
use crate::append::{AppendError, Appended, Expected};
use crate::event::{Recorded, TOMBSTONE_TYPE};
use crate::live::Trimmed;
use crate::metadata::{DELETED, METADATA_PREFIX, METADATA_TYPE, StreamMetadata};
use crate::schema;

pub(super) struct Batch<'a> {
    pub(super) db: &'a Connection,
    pub(super) memory: &'a mut Memory,
    log_id: Ulid,
    now_unix_micros: i64,
    pub(super) written: Written,
}

/// What a batch has written, to be published after its commit.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) events: Vec<Recorded>,
    pub(super) trimmed: Vec<Trimmed>,
    pub(super) ids: HashMap<Uuid, Place>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        db: &'a Connection,
        memory: &'a mut Memory,
        log_id: Ulid,
        now_unix_micros: i64,
    ) -> Self {
        Self { db, memory, log_id, now_unix_micros, written: Written::default() }
    }

    pub(super) fn into_written(self) -> Written {
        self.written
    }

    /// Applies one command. The outer error is a fault, after which the transaction must be rolled back.
    pub(super) fn apply(&mut self, command: &Command) -> rusqlite::Result<Verdict> {
        let name = &command.stream;
        match &command.change {
            Change::Append { expected, events, metadata } => {
                self.append(name, *expected, events, metadata.as_ref())
            }
            Change::Metadata(metadata) => self.set_metadata(name, metadata),
            Change::Delete(expected) => self.delete(name, *expected),
            Change::Tombstone(expected) => self.tombstone(name, *expected),
        }
    }

    fn append(
        &mut self,
        name: &Arc<str>,
        expected: Expected,
        events: &[Entry],
        metadata: Option<&Arc<StreamMetadata>>,
    ) -> rusqlite::Result<Verdict> {
        let found = self.find(name)?;
        match judge(name, expected, found.as_ref()) {
            Judgement::Met => {}
            Judgement::Refused(refusal) => return Ok(Err(refusal)),
            Judgement::MaybeRepeatFrom(from) => {
                return self.repeated_from(name, expected, found.as_ref(), from, events);
            }
        }
        if matches!(expected, Expected::Any | Expected::StreamExists)
            && let Some(verdict) = self.remembered(name, found.as_ref(), events)
        {
            return Ok(verdict);
        }
        let mut state = self.found_or_created(name, found)?;
        if state.life == Life::SoftDeleted {
            self.reopen(name, &mut state)?;
        }
        let first_revision = state.next_revision;
        for event in events {
            self.record(name, &mut state, event)?;
        }
        self.keep(name, &mut state)?;
        let last_revision = state.next_revision - 1;
        let position = self.position();
        self.store(name, state)?;
        if let (Some(owner), Some(metadata)) = (name.strip_prefix(METADATA_PREFIX), metadata) {
            self.describe(&Arc::from(owner), metadata)?;
        }
        Ok(Ok(Appended { first_revision, last_revision, position }))
    }

    fn set_metadata(&mut self, name: &Arc<str>, metadata: &Arc<StreamMetadata>) -> rusqlite::Result<Verdict> {
        if name.starts_with(METADATA_PREFIX) {
            let reason = "a metadata stream has no metadata stream of its own";
            return Ok(Err(AppendError::Invalid { reason }));
        }
        let found = self.find(name)?;
        if let Judgement::Refused(refusal) = judge(name, Expected::Any, found.as_ref()) {
            return Ok(Err(refusal));
        }
        if found.is_some_and(|state| state.metadata.as_ref() == Some(metadata)) {
            let nothing_new = Appended { first_revision: 0, last_revision: 0, position: self.position() };
            return Ok(Ok(nothing_new));
        }
        self.write_metadata(name, metadata).map(Ok)
    }

    fn delete(&mut self, name: &Arc<str>, expected: Expected) -> rusqlite::Result<Verdict> {
        let found = self.find(name)?;
        let refusal = match judge(name, expected, found.as_ref()) {
            Judgement::Refused(refusal) => Some(refusal),
            Judgement::Met if found.as_ref().is_some_and(StreamState::was_written) => None,
            Judgement::Met | Judgement::MaybeRepeatFrom(_) => {
                Some(wrong_version(name, expected, found.as_ref()))
            }
        };
        if let Some(refusal) = refusal {
            return Ok(Err(refusal));
        }
        if found.as_ref().is_some_and(|state| state.life == Life::SoftDeleted) {
            // It is as deleted as it can be.
            let nothing_new = Appended { first_revision: 0, last_revision: 0, position: self.position() };
            return Ok(Ok(nothing_new));
        }
        let current = found.and_then(|state| state.metadata);
        let mut metadata = current.map(Arc::unwrap_or_clone).unwrap_or_default();
        metadata.truncate_before = Some(DELETED);
        self.write_metadata(name, &Arc::new(metadata)).map(Ok)
    }

    fn tombstone(&mut self, name: &Arc<str>, expected: Expected) -> rusqlite::Result<Verdict> {
        let found = self.find(name)?;
        match judge(name, expected, found.as_ref()) {
            Judgement::Met => {}
            Judgement::Refused(refusal) => return Ok(Err(refusal)),
            Judgement::MaybeRepeatFrom(_) => return Ok(Err(wrong_version(name, expected, found.as_ref()))),
        }
        let mut state = self.found_or_created(name, found)?;
        state.life = Life::Tombstoned;
        let revision = state.next_revision;
        let event = self.own_event(name, revision, TOMBSTONE_TYPE, Bytes::new());
        self.record(name, &mut state, &event)?;
        self.keep(name, &mut state)?;
        self.store(name, state)?;
        Ok(Ok(Appended { first_revision: revision, last_revision: revision, position: self.position() }))
    }

    /// Writes the metadata event of `owner` and lets it take effect.
    fn write_metadata(
        &mut self,
        owner: &Arc<str>,
        metadata: &Arc<StreamMetadata>,
    ) -> rusqlite::Result<Appended> {
        let name = Arc::from(format!("{METADATA_PREFIX}{owner}"));
        let found = self.find(&name)?;
        let mut state = self.found_or_created(&name, found)?;
        let revision = state.next_revision;
        let event = self.own_event(&name, revision, METADATA_TYPE, Bytes::from(metadata.to_json()));
        self.record(&name, &mut state, &event)?;
        self.keep(&name, &mut state)?;
        self.store(&name, state)?;
        self.describe(owner, metadata)?;
        Ok(Appended { first_revision: revision, last_revision: revision, position: self.position() })
    }

    /// Lets new metadata take effect on the stream that it describes.
    fn describe(&mut self, owner: &Arc<str>, metadata: &Arc<StreamMetadata>) -> rusqlite::Result<()> {
        let found = self.find(owner)?;
        let mut state = self.found_or_created(owner, found)?;
        state.life = match state.life {
            // Metadata may still be written, and change nothing.
            Life::Tombstoned => Life::Tombstoned,
            Life::Open | Life::SoftDeleted if metadata.is_deleted() => Life::SoftDeleted,
            Life::Open | Life::SoftDeleted => Life::Open,
        };
        state.metadata = Some(Arc::clone(metadata));
        self.db
            .prepare_cached("UPDATE streams SET metadata = ?2 WHERE sid = ?1")?
            .execute((state.sid, metadata.to_json()))?;
        self.keep(owner, &mut state)?;
        self.store(owner, state)
    }

    /// Opens a soft-deleted stream again: what was deleted stays hidden, revisions go on.
    fn reopen(&mut self, name: &Arc<str>, state: &mut StreamState) -> rusqlite::Result<()> {
        let mut metadata = state.metadata.as_deref().cloned().unwrap_or_default();
        metadata.truncate_before = Some(state.next_revision);
        self.write_metadata(name, &Arc::new(metadata))?;
        if let Some(reopened) = self.find(name)? {
            *state = reopened;
        }
        Ok(())
    }

    /// Deletes what the limits of the stream hide, from its front.
    fn keep(&mut self, name: &Arc<str>, state: &mut StreamState) -> rusqlite::Result<()> {
        let mut keep_from = state.keep_from(name);
        let oldest = state.metadata.as_ref().and_then(|limits| limits.oldest_visible(self.now_unix_micros));
        if let Some(oldest) = oldest {
            let young: Option<i64> = self
                .db
                .prepare_cached(
                    "SELECT revision FROM events WHERE sid = ?1 AND created >= ?2 ORDER BY revision LIMIT 1",
                )?
                .query_row((state.sid, oldest), |row| row.get(0))
                .optional()?;
            let last = state.next_revision.saturating_sub(1);
            keep_from = keep_from.max(young.map_or(last, i64::cast_unsigned));
        }
        if keep_from > state.first_revision {
            self.db
                .prepare_cached("DELETE FROM events WHERE sid = ?1 AND revision < ?2")?
                .execute((state.sid, schema::sql(keep_from)))?;
            let count = keep_from - state.first_revision;
            self.written.trimmed.push(Trimmed { stream: Arc::clone(name), count, keep_from });
            state.first_revision = keep_from;
        }
        Ok(())
    }

    fn record(&mut self, name: &Arc<str>, state: &mut StreamState, event: &Entry) -> rusqlite::Result<()> {
        let recorded = Recorded {
            position: self.position() + 1,
            stream: Arc::clone(name),
            revision: state.next_revision,
            id: event.id,
            event_type: Arc::clone(&event.event_type),
            is_json: event.is_json,
            data: event.data.clone(),
            metadata: event.metadata.clone(),
            created_unix_micros: self.now_unix_micros,
            link: event.link.clone(),
        };
        let tid = self.type_number(&event.event_type)?;
        schema::insert(self.db, state.sid, tid, &recorded)?;
        let place = Place { sid: state.sid, revision: recorded.revision, position: recorded.position };
        self.written.ids.insert(event.id, place);
        self.written.events.push(recorded);
        state.next_revision += 1;
        Ok(())
    }

    /// An event that the log writes on its own account; its id follows from its place.
    fn own_event(&self, name: &str, revision: u64, event_type: &str, data: Bytes) -> Entry {
        let log = Uuid::from_u128(u128::from_be_bytes(self.log_id.to_bytes()));
        Entry {
            id: Uuid::new_v5(&log, format!("{name}/{revision}").as_bytes()),
            event_type: Arc::from(event_type),
            is_json: !data.is_empty(),
            data,
            metadata: Bytes::new(),
            link: None,
        }
    }

    fn position(&self) -> u64 {
        self.written.events.last().map_or(self.memory.head, |event| event.position)
    }

    fn find(&mut self, name: &str) -> rusqlite::Result<Option<StreamState>> {
        let name = Arc::from(name);
        if let Some(state) = self.memory.streams.get(&name) {
            return Ok(Some(state));
        }
        let loaded = StreamState::load(self.db, &name)?;
        if let Some(state) = &loaded {
            self.memory.streams.insert(name, state.clone());
        }
        Ok(loaded)
    }

    fn found_or_created(&self, name: &str, found: Option<StreamState>) -> rusqlite::Result<StreamState> {
        found.map_or_else(|| StreamState::create(self.db, name), Ok)
    }

    fn store(&mut self, name: &Arc<str>, state: StreamState) -> rusqlite::Result<()> {
        state.save(self.db)?;
        self.memory.streams.insert(Arc::clone(name), state);
        Ok(())
    }

    fn type_number(&mut self, name: &Arc<str>) -> rusqlite::Result<i64> {
        if let Some(tid) = self.memory.types.get(name) {
            return Ok(tid);
        }
        let tid = schema::type_number(self.db, name)?;
        self.memory.types.insert(Arc::clone(name), tid);
        Ok(tid)
    }
}
