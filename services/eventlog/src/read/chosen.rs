//! A page of what a filter by stream names lets through, which looks at the events of their categories and at no
//! others: it takes as long as what they hold, however long the log is.

use rusqlite::{Connection, OptionalExtension};

use super::{Looked, MAX_EVENTS, PAGE_BYTES};
use crate::filter::Filter;
use crate::page::{AllFrom, AllSlice};
use crate::schema::{self, categories};

/// Categories beyond which everything is looked at instead.
const MOST: usize = 64;
/// The fewest events that are looked at for one page, because some may be of streams that nobody asked for.
const AT_LEAST: usize = 512;

/// Absent where the filter names no streams, or too many kinds of them.
pub(super) fn page(
    db: &mut Connection,
    from: AllFrom,
    filter: &Filter,
    max: usize,
    look_at: usize,
) -> rusqlite::Result<Option<Looked>> {
    let after = match from {
        AllFrom::Start => 0,
        AllFrom::After(position) => position,
        AllFrom::At(position) => position.saturating_sub(1),
        AllFrom::End => return Ok(None),
    };
    if filter.stream_prefixes.is_empty() {
        return Ok(None);
    }
    // One transaction, so that the places and the events are of the same moment.
    let snapshot = db.transaction()?;
    let exclude = &filter.exclude_stream_prefixes;
    let Some(chosen) = categories::of_prefixes(&snapshot, &filter.stream_prefixes, exclude, MOST)? else {
        return Ok(None);
    };
    let max = max.clamp(1, MAX_EVENTS);
    let look_at = look_at.min(max.max(AT_LEAST));
    let places = places(&snapshot, &chosen, after, look_at)?;
    let page = page_of(&snapshot, &places, after, filter, max, look_at)?;
    snapshot.commit()?;
    Ok(Some(page))
}

/// The first places of the categories after `after`, in order: one more than is looked at, where there are so many.
fn places(db: &Connection, chosen: &[i64], after: u64, look_at: usize) -> rusqlite::Result<Vec<u64>> {
    let sql = "SELECT position FROM places WHERE cid = ?1 AND position > ?2 ORDER BY position LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let limit = i64::try_from(look_at.saturating_add(1)).unwrap_or(i64::MAX);
    let mut places = Vec::new();
    for cid in chosen {
        let rows = statement.query_map((cid, schema::sql(after), limit), |row| schema::number(row, 0))?;
        for place in rows {
            places.push(place?);
        }
    }
    places.sort_unstable();
    places.truncate(look_at.saturating_add(1));
    Ok(places)
}

fn page_of(
    db: &Connection,
    places: &[u64],
    after: u64,
    filter: &Filter,
    max: usize,
    look_at: usize,
) -> rusqlite::Result<Looked> {
    let mut slice = AllSlice { events: Vec::new(), considered: after, at_end: true };
    let (mut looked_at, mut bytes) = (0, 0);
    let mut statement = db.prepare_cached(&format!("SELECT {} WHERE e.position = ?1", schema::EVENT))?;
    for place in places {
        if looked_at == look_at || slice.events.len() == max || bytes >= PAGE_BYTES {
            slice.at_end = false;
            return Ok(Looked { slice, looked_at });
        }
        looked_at += 1;
        slice.considered = *place;
        let event = statement.query_row([schema::sql(*place)], schema::event).optional()?;
        if let Some(event) = event.filter(|event| filter.matches(&event.stream, &event.event_type)) {
            bytes += event.weight();
            slice.events.push(event);
        }
    }
    // Nothing else up to the head is of any concern.
    slice.considered = after.max(schema::head(db)?);
    Ok(Looked { slice, looked_at })
}
