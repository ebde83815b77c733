//! What the writer knows about one stream, and how an expectation is judged against it.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use crate::append::{AppendError, Expected};
use crate::metadata::{METADATA_PREFIX, StreamMetadata};
use crate::schema::{self, SOFT_DELETED, TOMBSTONED};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct StreamState {
    pub(super) sid: i64,
    /// The lowest revision that is still stored; `next_revision` when none is.
    pub(super) first_revision: u64,
    pub(super) next_revision: u64,
    pub(super) life: Life,
    pub(super) metadata: Option<Arc<StreamMetadata>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Open,
    /// An append opens the stream again.
    SoftDeleted,
    /// Nothing is ever appended again.
    Tombstoned,
}

impl StreamState {
    pub(super) fn load(db: &Connection, name: &str) -> rusqlite::Result<Option<Self>> {
        let mut statement = db.prepare_cached(
            "SELECT sid, first_revision, next_revision, flags, metadata FROM streams WHERE name = ?1",
        )?;
        let row = statement.query_row([name], |row| {
            let flags: i64 = row.get(3)?;
            let metadata: Option<Vec<u8>> = row.get(4)?;
            Ok(Self {
                sid: row.get(0)?,
                first_revision: schema::number(row, 1)?,
                next_revision: schema::number(row, 2)?,
                life: Life::from_flags(flags),
                // What was stored had been parsed before; damage shows as missing limits and in `verify`.
                metadata: metadata.and_then(|json| StreamMetadata::parse(&json).ok()).map(Arc::new),
            })
        });
        row.optional()
    }

    pub(super) fn create(db: &Connection, name: &str) -> rusqlite::Result<Self> {
        db.prepare_cached("INSERT INTO streams (name) VALUES (?1)")?.execute([name])?;
        Ok(Self {
            sid: db.last_insert_rowid(),
            first_revision: 0,
            next_revision: 0,
            life: Life::Open,
            metadata: None,
        })
    }

    pub(super) fn save(&self, db: &Connection) -> rusqlite::Result<()> {
        let mut statement = db.prepare_cached(
            "UPDATE streams SET first_revision = ?2, next_revision = ?3, flags = ?4 WHERE sid = ?1",
        )?;
        let (first, next) = (schema::sql(self.first_revision), schema::sql(self.next_revision));
        statement.execute((self.sid, first, next, self.life.flags()))?;
        Ok(())
    }

    /// Whether anything of it was ever written, be it only what describes it.
    pub(super) const fn was_written(&self) -> bool {
        self.next_revision > 0 || self.metadata.is_some()
    }

    /// Whether a reader finds the stream.
    pub(super) const fn exists(&self) -> bool {
        self.next_revision > 0 && matches!(self.life, Life::Open)
    }

    /// The revision of the last event of a stream that exists.
    pub(super) const fn last_revision(&self) -> Option<u64> {
        if self.exists() { self.next_revision.checked_sub(1) } else { None }
    }

    /// The lowest revision worth keeping, by count and truncation. The last event stays even when it is
    /// hidden, so that its position is never given to another one after a restart; a deletion is safe
    /// without that because its own event is the last one.
    pub(super) fn keep_from(&self, name: &str) -> u64 {
        if self.life == Life::SoftDeleted {
            return self.next_revision;
        }
        let last = self.next_revision.saturating_sub(1);
        if name.starts_with(METADATA_PREFIX) || self.life == Life::Tombstoned {
            return last;
        }
        self.metadata.as_ref().map_or(0, |metadata| metadata.first_visible(self.next_revision)).min(last)
    }
}

impl Life {
    pub(super) const fn from_flags(flags: i64) -> Self {
        if flags & TOMBSTONED != 0 {
            Self::Tombstoned
        } else if flags & SOFT_DELETED != 0 {
            Self::SoftDeleted
        } else {
            Self::Open
        }
    }

    pub(super) const fn flags(self) -> i64 {
        match self {
            Self::Open => 0,
            Self::SoftDeleted => SOFT_DELETED,
            Self::Tombstoned => TOMBSTONED,
        }
    }
}

/// How an expectation compares with a stream.
#[derive(Debug, PartialEq)]
pub(super) enum Judgement {
    /// It holds.
    Met,
    /// It looks like the past: the events may already be there, from this revision on.
    MaybeRepeatFrom(u64),
    Refused(AppendError),
}

/// Compares what the writer expects with what is there; `state` is absent for a name never seen.
pub(super) fn judge(name: &str, expected: Expected, state: Option<&StreamState>) -> Judgement {
    let life = state.map_or(Life::Open, |state| state.life);
    let deleted = || Judgement::Refused(AppendError::StreamDeleted { stream: name.to_owned() });
    let wrong = || Judgement::Refused(wrong_version(name, expected, state));
    let next = state.map_or(0, |state| state.next_revision);
    let exists = state.is_some_and(StreamState::exists);
    match (expected, life) {
        (_, Life::Tombstoned) | (Expected::StreamExists, Life::SoftDeleted) => deleted(),
        (Expected::Any, _) => Judgement::Met,
        (Expected::StreamExists, Life::Open) => {
            let described = state.is_some_and(|state| state.metadata.is_some());
            if exists || described { Judgement::Met } else { wrong() }
        }
        (Expected::NoStream, _) if !exists => Judgement::Met,
        (Expected::NoStream, _) => Judgement::MaybeRepeatFrom(state.map_or(0, |state| state.first_revision)),
        (Expected::Exact(revision), _) => match revision.checked_add(1) {
            Some(from) if from == next => Judgement::Met,
            Some(from) if from < next => Judgement::MaybeRepeatFrom(from),
            Some(_) | None => wrong(),
        },
    }
}

pub(super) fn wrong_version(name: &str, expected: Expected, state: Option<&StreamState>) -> AppendError {
    let actual = state.and_then(StreamState::last_revision);
    AppendError::WrongExpectedVersion { stream: name.to_owned(), expected, actual }
}
