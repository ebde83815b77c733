//! Recognising an append that was performed before, so that a retry after a lost answer writes nothing.
//!
//! An append that expects a revision is compared with what is stored there, for as long as it is stored. One
//! that expects none is looked up among the recent ids only, so no index over all ids is needed.

use uuid::Uuid;

use super::Verdict;
use super::apply::Batch;
use super::command::Entry;
use super::recent::Place;
use super::streams::{StreamState, wrong_version};
use crate::append::{AppendError, Appended, Expected};
use crate::schema;

impl Batch<'_> {
    /// Compares the events with what is stored from `from` on: all equal is the same append again.
    pub(super) fn repeated_from(
        &self,
        name: &str,
        expected: Expected,
        found: Option<&StreamState>,
        from: u64,
        events: &[Entry],
    ) -> rusqlite::Result<Verdict> {
        let Some(state) = found else {
            return Ok(Err(wrong_version(name, expected, None)));
        };
        let mut statement = self.db.prepare_cached(
            "SELECT revision, id, position FROM events WHERE sid = ?1 AND revision >= ?2 \
             ORDER BY revision LIMIT ?3",
        )?;
        let limit = schema::sql(events.len() as u64);
        let mut rows = statement.query((state.sid, schema::sql(from), limit))?;
        let (mut equal, mut position) = (0, 0);
        for (revision, event) in (from..).zip(events) {
            let Some(row) = rows.next()? else { break };
            if schema::number(row, 0)? != revision || Uuid::from_bytes(row.get(1)?) != event.id {
                break;
            }
            equal += 1;
            position = schema::number(row, 2)?;
        }
        Ok(match equal {
            0 => Err(wrong_version(name, expected, found)),
            all if all == events.len() => {
                let last_revision = from + (events.len() as u64) - 1;
                Ok(Appended { first_revision: from, last_revision, position })
            }
            _ => Err(AppendError::IdempotencyConflict { stream: name.to_owned() }),
        })
    }

    /// Looks the events up among the recent ids. Absent when none of them was seen in this stream.
    pub(super) fn remembered(
        &self,
        name: &str,
        found: Option<&StreamState>,
        events: &[Entry],
    ) -> Option<Verdict> {
        let sid = found?.sid;
        let places: Vec<Place> = events
            .iter()
            .filter_map(|event| {
                self.written.ids.get(&event.id).copied().or_else(|| self.memory.ids.peek(&event.id))
            })
            .filter(|place| place.sid == sid)
            .collect();
        let (first, last) = (places.first()?, places.last()?);
        let neighbours = places.windows(2).all(|pair| pair[0].revision + 1 == pair[1].revision);
        Some(if places.len() == events.len() && neighbours {
            Ok(Appended {
                first_revision: first.revision,
                last_revision: last.revision,
                position: last.position,
            })
        } else {
            Err(AppendError::IdempotencyConflict { stream: name.to_owned() })
        })
    }
}
