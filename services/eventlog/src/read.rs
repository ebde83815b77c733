//! Reading pages over a small pool of read-only connections: synchronously on the caller's thread, or for a task that
//! must not block ([`Log::stream_page`], [`Log::page`]).
//!
//! Every read is bounded: by the number that the caller asks for, by [`MAX_EVENTS`] and by a page of
//! [`PAGE_BYTES`]. A read of the whole log with a filter is also bounded in how many events it looks at;
//! `considered` tells how far it came. Where the filter names streams, forward reads look at the events of their
//! categories and at no others ([`chosen`]).

mod chosen;

use std::sync::atomic::Ordering;

use rusqlite::{Connection, OptionalExtension, Rows};

use crate::event::Recorded;
use crate::filter::Filter;
use crate::log::Log;
use crate::metadata::StreamMetadata;
use crate::page::{AllFrom, AllSlice, Direction, ReadError, ReadFrom, StreamSlice};
use crate::schema::{self, SOFT_DELETED, TOMBSTONED};

/// The most events of one page.
pub(crate) const MAX_EVENTS: usize = 4_096;
/// The most events of a stream that a task reads itself.
const INLINE: usize = 64;
/// Bytes of events after which a page ends.
const PAGE_BYTES: usize = 16 << 20;
/// The most events that one filtered read looks at.
pub(crate) const MAX_CONSIDERED: usize = 16_384;

impl Log {
    /// At most `max` events of `stream`. Blocks for the time of an indexed read.
    pub fn read_stream(
        &self,
        stream: &str,
        from: ReadFrom,
        direction: Direction,
        max: usize,
    ) -> Result<StreamSlice, ReadError> {
        let now = self.inner.clock.unix_micros();
        self.inner.readers.with(|db| {
            // One transaction, so that the row of the stream and its events are of the same moment.
            let snapshot = db.transaction()?;
            let slice = read_stream(&snapshot, stream, from, direction, max, now)?;
            snapshot.commit()?;
            Ok(slice)
        })
    }

    /// At most `max` events that `filter` lets through. The newest events come from memory; anything
    /// older blocks for the time of looking at up to 16,384 events. A page may be empty and still not be
    /// the last one.
    pub fn read_all(
        &self,
        from: AllFrom,
        direction: Direction,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, ReadError> {
        if let Some(slice) = self.live(from, direction, filter, max) {
            return Ok(slice);
        }
        self.scan(from, direction, filter, max, MAX_CONSIDERED)
    }

    /// [`Log::read_stream`] for a task: a short page is read at once where a connection is idle, everything else on a
    /// thread that may block.
    pub async fn stream_page(
        &self,
        stream: &str,
        from: ReadFrom,
        direction: Direction,
        max: usize,
    ) -> Result<StreamSlice, ReadError> {
        let now = self.inner.clock.unix_micros();
        let short = self.inner.readers.try_with(|db| {
            let snapshot = db.transaction()?;
            let slice = read_stream(&snapshot, stream, from, direction, max.min(INLINE), now)?;
            snapshot.commit()?;
            Ok::<_, ReadError>(slice)
        });
        match short.transpose()? {
            Some(page) if page.at_end || max <= INLINE => Ok(page),
            // Read again as a whole, so that the page is of one moment.
            Some(_) | None => {
                let (log, stream) = (self.clone(), stream.to_owned());
                self.in_turn(move || log.read_stream(&stream, from, direction, max)).await?
            }
        }
    }

    /// [`Log::read_all`] for a task: from memory where that holds what follows, else on a thread that may block.
    pub async fn page(
        &self,
        from: AllFrom,
        direction: Direction,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, ReadError> {
        if let Some(slice) = self.live(from, direction, filter, max) {
            return Ok(slice);
        }
        let (log, filter) = (self.clone(), filter.clone());
        self.in_turn(move || log.scan(from, direction, &filter, max, MAX_CONSIDERED)).await?
    }

    /// The position of the last event in the file, which a reader may know before [`Log::head`] tells it.
    pub(crate) async fn last_position(&self) -> Result<u64, ReadError> {
        let newest = self.page(AllFrom::End, Direction::Backward, &Filter::all(), 1).await?;
        Ok(newest.events.first().map_or(0, |event| event.position))
    }

    /// Whether `position` lies beyond the end of the log, so that it cannot be one of this log.
    pub async fn is_beyond(&self, position: u64) -> Result<bool, ReadError> {
        Ok(position > self.head() && position > self.last_position().await?)
    }

    /// Runs `read` where it may block, when it is its turn. One that panicked counts as a closed log.
    pub(crate) async fn in_turn<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ReadError> {
        self.inner.readers.in_turn(read).await.ok_or(ReadError::Closed)
    }

    fn live(&self, from: AllFrom, direction: Direction, filter: &Filter, max: usize) -> Option<AllSlice> {
        let (Direction::Forward, AllFrom::After(after)) = (direction, from) else { return None };
        let wanted = |event: &Recorded| filter.matches(&event.stream, &event.event_type);
        self.inner.ring.read(after, max.clamp(1, MAX_EVENTS), MAX_CONSIDERED, wanted)
    }

    /// [`Log::read_all`] from the file, which looks at no more than `considered` events.
    pub(crate) fn scan(
        &self,
        from: AllFrom,
        direction: Direction,
        filter: &Filter,
        max: usize,
        considered: usize,
    ) -> Result<AllSlice, ReadError> {
        let page = self.inner.readers.with(|db| {
            let chosen = match direction {
                Direction::Forward if self.inner.is_placed => {
                    chosen::page(db, from, filter, max, considered)?
                }
                Direction::Forward | Direction::Backward => None,
            };
            match chosen {
                Some(page) => Ok::<_, ReadError>(page),
                None => Ok(read_all(db, from, direction, filter, max, considered)?),
            }
        })?;
        self.inner.looked_at.fetch_add(page.looked_at as u64, Ordering::Relaxed);
        Ok(page.slice)
    }

    /// Events that reads of the whole log have looked at in the file, wanted or not, since it was opened.
    pub fn looked_at(&self) -> u64 {
        self.inner.looked_at.load(Ordering::Relaxed)
    }
}

/// A page and what it took.
struct Looked {
    slice: AllSlice,
    looked_at: usize,
}

fn read_all(
    db: &Connection,
    from: AllFrom,
    direction: Direction,
    filter: &Filter,
    max: usize,
    look_at: usize,
) -> rusqlite::Result<Looked> {
    let max = max.clamp(1, MAX_EVENTS);
    let (began, sql) = match direction {
        Direction::Forward => {
            let after = match from {
                AllFrom::Start => 0,
                AllFrom::End => schema::head(db)?,
                AllFrom::After(position) => position,
                AllFrom::At(position) => position.saturating_sub(1),
            };
            (after, format!("SELECT {} WHERE e.position > ?1 ORDER BY e.position LIMIT ?2", schema::EVENT))
        }
        Direction::Backward => {
            let before = match from {
                AllFrom::Start => 0,
                AllFrom::End => u64::MAX,
                AllFrom::After(position) => position,
                AllFrom::At(position) => position.saturating_add(1),
            };
            (
                before,
                format!("SELECT {} WHERE e.position < ?1 ORDER BY e.position DESC LIMIT ?2", schema::EVENT),
            )
        }
    };
    // One more than is looked at tells whether anything lies beyond.
    let limit = i64::try_from(look_at.saturating_add(1)).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query((schema::sql(began), limit))?;
    page_of_all(&mut rows, began, filter, max, look_at)
}

fn page_of_all(
    rows: &mut Rows<'_>,
    began: u64,
    filter: &Filter,
    max: usize,
    look_at: usize,
) -> rusqlite::Result<Looked> {
    let mut slice = AllSlice { events: Vec::new(), considered: began, at_end: true };
    let (mut looked_at, mut bytes) = (0, 0);
    while let Some(row) = rows.next()? {
        if looked_at == look_at || slice.events.len() == max || bytes >= PAGE_BYTES {
            slice.at_end = false;
            break;
        }
        looked_at += 1;
        slice.considered = schema::number(row, 0)?;
        let stream = row.get_ref(1)?.as_str()?;
        let event_type = row.get_ref(3)?.as_str()?;
        if filter.matches(stream, event_type) {
            let event = schema::event(row)?;
            bytes += event.weight();
            slice.events.push(event);
        }
    }
    Ok(Looked { slice, looked_at })
}

fn read_stream(
    db: &Connection,
    stream: &str,
    from: ReadFrom,
    direction: Direction,
    max: usize,
    now_unix_micros: i64,
) -> Result<StreamSlice, ReadError> {
    let mut slice = StreamSlice { events: Vec::new(), exists: false, last_revision: None, at_end: true };
    let Some(row) = StreamRow::load(db, stream)? else {
        return Ok(slice);
    };
    if row.flags & TOMBSTONED != 0 {
        return Err(ReadError::StreamDeleted { stream: stream.to_owned() });
    }
    slice.last_revision = row.next_revision.checked_sub(1);
    slice.exists = slice.last_revision.is_some() && row.flags & SOFT_DELETED == 0;
    if !slice.exists {
        return Ok(slice);
    }
    let (lowest, oldest) = row.visible(now_unix_micros);
    let (low, high, order) = match (direction, from) {
        (Direction::Forward, ReadFrom::Start) => (lowest, u64::MAX, "ASC"),
        (Direction::Forward, ReadFrom::Revision(revision)) => (lowest.max(revision), u64::MAX, "ASC"),
        (Direction::Backward, ReadFrom::End) => (lowest, u64::MAX, "DESC"),
        (Direction::Backward, ReadFrom::Revision(revision)) => (lowest, revision, "DESC"),
        (Direction::Forward, ReadFrom::End) | (Direction::Backward, ReadFrom::Start) => return Ok(slice),
    };
    let sql = format!(
        "SELECT {} WHERE e.sid = ?1 AND e.revision BETWEEN ?2 AND ?3 AND e.created >= ?4 \
         ORDER BY e.revision {order} LIMIT ?5",
        schema::EVENT
    );
    let max = max.clamp(1, MAX_EVENTS);
    let limit = i64::try_from(max + 1).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query((row.sid, schema::sql(low), schema::sql(high), oldest, limit))?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        if slice.events.len() == max || bytes >= PAGE_BYTES {
            slice.at_end = false;
            break;
        }
        let event = schema::event(row)?;
        bytes += event.weight();
        slice.events.push(event);
    }
    Ok(slice)
}

/// What the row of a stream says to a reader.
struct StreamRow {
    sid: i64,
    next_revision: u64,
    flags: i64,
    metadata: Option<StreamMetadata>,
}

impl StreamRow {
    fn load(db: &Connection, stream: &str) -> rusqlite::Result<Option<Self>> {
        db.prepare_cached("SELECT sid, next_revision, flags, metadata FROM streams WHERE name = ?1")?
            .query_row([stream], |row| {
                let metadata: Option<Vec<u8>> = row.get(3)?;
                Ok(Self {
                    sid: row.get(0)?,
                    next_revision: schema::number(row, 1)?,
                    flags: row.get(2)?,
                    metadata: metadata.and_then(|json| StreamMetadata::parse(&json).ok()),
                })
            })
            .optional()
    }

    /// The lowest revision and the oldest `created` that may be seen.
    fn visible(&self, now_unix_micros: i64) -> (u64, i64) {
        let Some(limits) = &self.metadata else {
            return (0, i64::MIN);
        };
        let oldest = limits.oldest_visible(now_unix_micros).unwrap_or(i64::MIN);
        (limits.first_visible(self.next_revision), oldest)
    }
}

#[cfg(test)]
mod tests;
