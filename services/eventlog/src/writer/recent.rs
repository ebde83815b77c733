//! What the writer remembers between batches, bounded: streams, types and the ids of recent events.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::streams::StreamState;
use crate::schema;

/// Streams whose state is kept in memory.
const STREAMS: usize = 16_384;
/// Event types whose number is kept in memory.
const TYPES: usize = 4_096;

/// Where an event went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) sid: i64,
    pub(super) revision: u64,
    pub(super) position: u64,
}

#[derive(Debug)]
pub(super) struct Memory {
    /// The last committed position.
    pub(super) head: u64,
    pub(super) streams: Recent<Arc<str>, StreamState>,
    pub(super) types: Recent<Arc<str>, i64>,
    pub(super) ids: Recent<Uuid, Place>,
}

impl Memory {
    /// What is known after opening: the last `ids` ids are in the log, and so is whatever was acknowledged with them.
    pub(super) fn load(db: &Connection, head: u64, ids: usize) -> rusqlite::Result<Self> {
        let mut memory =
            Self { head, streams: Recent::new(STREAMS), types: Recent::new(TYPES), ids: Recent::new(ids) };
        let mut statement =
            db.prepare("SELECT id, sid, revision, position FROM events ORDER BY position DESC LIMIT ?1")?;
        let place = |row: &Row<'_>| {
            let (revision, position) = (schema::number(row, 2)?, schema::number(row, 3)?);
            Ok((Uuid::from_bytes(row.get(0)?), Place { sid: row.get(1)?, revision, position }))
        };
        let newest = statement.query_map([schema::sql(ids as u64)], place)?;
        let newest: Vec<(Uuid, Place)> = newest.collect::<rusqlite::Result<_>>()?;
        // The oldest first, because the last ones that come in stay longest.
        for (id, place) in newest.into_iter().rev() {
            memory.ids.insert(id, place);
        }
        Ok(memory)
    }

    /// Drops what a transaction that failed may have changed; it is read again when it is needed.
    pub(super) fn forget_streams(&mut self) {
        self.streams.clear();
        self.types.clear();
    }

    pub(super) fn remember(&mut self, ids: HashMap<Uuid, Place>) {
        for (id, place) in ids {
            self.ids.insert(id, place);
        }
    }
}

/// A bounded map that loses what was not used for longest, in two generations: when the young one is
/// full it becomes the old one, and what is used again moves back.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    generation: usize,
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K: Eq + Hash + Clone, V: Clone> Recent<K, V> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { generation: (capacity / 2).max(1), young: HashMap::new(), old: HashMap::new() }
    }

    pub(super) fn get(&mut self, key: &K) -> Option<V> {
        if let Some(value) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.old.remove_entry(key)?;
        self.insert(key, value.clone());
        Some(value)
    }

    /// Like [`Self::get`], without counting as a use: what is looked up is looked up with its neighbours, and must not
    /// push them out.
    pub(super) fn peek(&self, key: &K) -> Option<V> {
        self.young.get(key).or_else(|| self.old.get(key)).cloned()
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        if self.young.len() >= self.generation && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }

    pub(super) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}
