//! The log in memory, for tests and the simulation.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::{BoxFuture, ready};
use tokio::sync::watch;
use uuid::Uuid;
use verdict_kernel::clock::Clock;

use super::restored::{self, Restored};
use super::{
    AllSlice, Appended, EventLog, Expected, Filter, LogError, MAX_PAGE, NewEvent, Position, Recorded, Room,
    StreamSlice,
};

#[derive(Default, Clone)]
struct Stream {
    /// Indexes into `Inner::events`, by revision minus `first`.
    events: Vec<usize>,
    /// Revision of the first event that is kept.
    first: u64,
    keep: Option<u64>,
}

impl Inner {
    fn position(&self, commit: u64) -> Position {
        Position { log_id: self.id.clone(), commit, prepare: commit }
    }
}

impl Stream {
    fn last(&self) -> Option<u64> {
        (self.first + self.events.len() as u64).checked_sub(1)
    }
}

#[derive(Clone)]
struct Inner {
    id: Arc<str>,
    /// By commit position minus one; `None` where an event was let go.
    events: Vec<Option<Recorded>>,
    streams: HashMap<String, Stream>,
}

/// What a log held at one moment, whatever it has let go since.
pub struct MemoryBackup(Inner);

/// A log that lives as long as the process.
pub struct MemoryLog {
    clock: Arc<dyn Clock>,
    inner: Mutex<Inner>,
    grown: watch::Sender<u64>,
    full: AtomicBool,
    exclusive: bool,
}

impl MemoryLog {
    /// An empty log whose `created` times come from `clock`.
    pub fn new(id: &str, clock: Arc<dyn Clock>) -> Self {
        let inner = Inner { id: id.into(), events: Vec::new(), streams: HashMap::new() };
        Self {
            clock,
            inner: Mutex::new(inner),
            grown: watch::Sender::new(0),
            full: AtomicBool::new(false),
            exclusive: false,
        }
    }

    /// The same as if no other process could write to it, as with an embedded log.
    #[must_use]
    pub fn exclusive(self) -> Self {
        Self { exclusive: true, ..self }
    }

    /// From now on the log has no room, or has some again.
    pub fn set_full(&self, full: bool) {
        self.full.store(full, Ordering::SeqCst);
    }

    /// Keeps what the log holds now.
    pub fn back_up(&self) -> MemoryBackup {
        MemoryBackup(self.lock().clone())
    }

    /// Puts the log back to what it held at commit position `head`, under the new id `id`, and says so in the log, as a
    /// restored backup does. What it has let go since is not there: see [`Self::restore_backup`].
    pub fn restore(&self, head: u64, id: &str) {
        let mut backup = self.back_up();
        let kept = usize::try_from(head).unwrap_or(usize::MAX).min(backup.0.events.len());
        backup.0.events.truncate(kept);
        for stream in backup.0.streams.values_mut() {
            stream.events.retain(|index| *index < kept);
        }
        self.restore_backup(backup, id);
    }

    /// Puts the log back to `backup` under the new id `id`, and says so in the log.
    pub fn restore_backup(&self, MemoryBackup(mut backup): MemoryBackup, id: &str) {
        let from = backup.position(backup.events.len() as u64);
        let newest = backup.events.iter().flatten().next_back().map(|event| event.created);
        backup.id = id.into();
        for event in backup.events.iter_mut().flatten() {
            event.position.log_id = id.into();
        }
        backup.streams.retain(|_, stream| !stream.events.is_empty());
        *self.lock() = backup;
        let said = Restored { from: from.log_id.to_string(), head: from, newest };
        let event = NewEvent {
            id: Uuid::new_v5(&Uuid::NAMESPACE_OID, id.as_bytes()),
            event_type: restored::EVENT_TYPE.to_owned(),
            data: said.encode(),
            metadata: b"{}".to_vec(),
        };
        // Nothing is expected of the stream, so nothing can be refused.
        drop(self.append_now(restored::STREAM, Expected::Any, vec![event]));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append_now(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        if self.full.load(Ordering::SeqCst) && !events.iter().all(NewEvent::may_use_reserve) {
            return Err(LogError::Full);
        }
        let mut inner = self.lock();
        let inner = &mut *inner;
        let log_id = inner.id.clone();
        let position = |commit| Position { log_id: log_id.clone(), commit, prepare: commit };
        let entry = inner.streams.entry(stream.to_owned()).or_default();
        let actual = entry.last();
        if let Some(done) = already_done(&inner.events, entry, expected, &events) {
            return Ok(done);
        }
        let fits = match expected {
            Expected::Any => true,
            Expected::NoStream => actual.is_none(),
            Expected::StreamExists => actual.is_some(),
            Expected::Exact(revision) => actual == Some(revision),
        };
        if !fits {
            return Err(LogError::WrongExpectedVersion { stream: stream.to_owned(), expected, actual });
        }
        let first_revision = actual.map_or(0, |last| last + 1);
        let name: Arc<str> = stream.into();
        for (revision, event) in (first_revision..).zip(events) {
            let commit = inner.events.len() as u64 + 1;
            entry.events.push(inner.events.len());
            inner.events.push(Some(Recorded {
                position: position(commit),
                stream: name.clone(),
                revision,
                id: event.id,
                event_type: event.event_type.into(),
                data: event.data,
                metadata: event.metadata,
                created: self.clock.now(),
            }));
        }
        let last_revision = entry.last().unwrap_or(first_revision);
        trim(&mut inner.events, entry);
        let commit = inner.events.len() as u64;
        self.grown.send_replace(commit);
        Ok(Appended { first_revision, last_revision, position: position(commit) })
    }

    fn read_all_now(
        &self,
        after: Option<&Position>,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, LogError> {
        let inner = self.lock();
        let head = inner.events.len() as u64;
        if let Some(after) = after.filter(|after| after.log_id != inner.id || after.commit > head) {
            return Err(LogError::AnotherLog(after.clone()));
        }
        let from = after.map_or(0, |after| after.commit);
        let mut considered = from;
        let mut events = Vec::new();
        let start = usize::try_from(from).unwrap_or(usize::MAX).min(inner.events.len());
        for slot in &inner.events[start..] {
            if events.len() == max.min(MAX_PAGE) {
                break;
            }
            considered += 1;
            events.extend(slot.iter().filter(|event| filter.admits(&event.stream)).cloned());
        }
        Ok(AllSlice {
            events,
            considered: (considered > 0).then(|| inner.position(considered)),
            at_head: considered >= head,
        })
    }
}

/// The first result of an append that is already there, told by the ids of its events.
fn already_done(
    log: &[Option<Recorded>],
    stream: &Stream,
    expected: Expected,
    events: &[NewEvent],
) -> Option<Appended> {
    let first_revision = match expected {
        Expected::NoStream => 0,
        Expected::Exact(revision) => revision + 1,
        Expected::Any | Expected::StreamExists => return None,
    };
    let start = usize::try_from(first_revision.checked_sub(stream.first)?).ok()?;
    let stored = stream.events.get(start..start + events.len())?;
    let stored: Option<Vec<&Recorded>> = stored.iter().map(|&index| log[index].as_ref()).collect();
    let stored = stored?;
    let same = !events.is_empty() && stored.iter().zip(events).all(|(old, new)| old.id == new.id);
    let last = stored.last().filter(|_| same)?;
    Some(Appended { first_revision, last_revision: last.revision, position: last.position.clone() })
}

fn trim(log: &mut [Option<Recorded>], stream: &mut Stream) {
    let Some(keep) = stream.keep.and_then(|keep| usize::try_from(keep).ok()) else {
        return;
    };
    let surplus = stream.events.len().saturating_sub(keep);
    for index in stream.events.drain(..surplus) {
        log[index] = None;
    }
    stream.first += surplus as u64;
}

impl EventLog for MemoryLog {
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        Box::pin(ready(self.append_now(stream, expected, events)))
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        let inner = self.lock();
        let slice = inner.streams.get(stream).map(|entry| {
            let skip = usize::try_from(from.saturating_sub(entry.first)).unwrap_or(usize::MAX);
            let wanted = entry.events.iter().skip(skip).take(max.min(MAX_PAGE));
            let events = wanted.filter_map(|&index| inner.events[index].clone()).collect();
            StreamSlice { events, last_revision: entry.last() }
        });
        Box::pin(ready(Ok(slice.unwrap_or(StreamSlice { events: Vec::new(), last_revision: None }))))
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        let inner = self.lock();
        let last = inner.streams.get(stream).and_then(|entry| entry.events.last());
        Box::pin(ready(Ok(last.and_then(|&index| inner.events[index].clone()))))
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        Box::pin(ready(self.read_all_now(after, filter, max)))
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        let inner = self.lock();
        let commit = inner.events.len() as u64;
        Box::pin(ready(Ok((commit > 0).then(|| inner.position(commit)))))
    }

    fn grown(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        let mut inner = self.lock();
        let inner = &mut *inner;
        let entry = inner.streams.entry(stream.to_owned()).or_default();
        entry.keep = Some(count);
        trim(&mut inner.events, entry);
        Box::pin(ready(Ok(())))
    }

    fn room(&self) -> BoxFuture<'_, Room> {
        Box::pin(ready(Room { bytes: None, is_full: self.full.load(Ordering::SeqCst) }))
    }

    fn log_id(&self) -> Arc<str> {
        self.lock().id.clone()
    }

    fn is_exclusive(&self) -> bool {
        self.exclusive
    }
}

#[cfg(test)]
mod tests {
    use verdict_kernel::clock::{ManualClock, Timestamp};

    use super::*;
    use crate::log::contract;

    #[tokio::test]
    async fn a_backup_has_what_the_log_has_let_go_since() {
        let log = MemoryLog::new("before", Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH)));
        let append = async |name: &str| {
            let event = NewEvent {
                id: Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()),
                event_type: name.to_owned(),
                data: b"{}".to_vec(),
                metadata: b"{}".to_vec(),
            };
            log.append("a.lease-b", Expected::Any, vec![event]).await.unwrap();
        };
        log.keep_last("a.lease-b", 1).await.unwrap();
        append("first").await;
        append("second").await;
        let backup = log.back_up();
        append("third").await;
        log.restore_backup(backup, "after");
        let last = log.read_last("a.lease-b").await.unwrap().unwrap();
        assert_eq!((&*last.event_type, last.revision, &*last.position.log_id), ("second", 1, "after"));
        append("fourth").await;
        assert_eq!(log.read_last("a.lease-b").await.unwrap().unwrap().revision, 2);
    }

    #[tokio::test]
    async fn the_log_in_memory_passes_the_suite() {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        contract::all(async || Arc::new(MemoryLog::new("memory", clock.clone())) as Arc<dyn EventLog>).await;
    }
}
