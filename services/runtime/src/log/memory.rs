//! The log in memory, for tests and the simulation.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::{BoxFuture, ready};
use tokio::sync::watch;
use verdict_kernel::clock::Clock;

use super::{
    AllSlice, Appended, EventLog, Expected, Filter, LogError, MAX_PAGE, NewEvent, Position, Recorded,
    StreamSlice,
};

#[derive(Default)]
struct Stream {
    /// Indexes into `Inner::events`, by revision minus `first`.
    events: Vec<usize>,
    /// Revision of the first event that is kept.
    first: u64,
    keep: Option<u64>,
}

impl Stream {
    fn last(&self) -> Option<u64> {
        (self.first + self.events.len() as u64).checked_sub(1)
    }
}

#[derive(Default)]
struct Inner {
    /// By commit position minus one; `None` where an event was let go.
    events: Vec<Option<Recorded>>,
    streams: HashMap<String, Stream>,
}

/// A log that lives as long as the process.
pub struct MemoryLog {
    id: Arc<str>,
    clock: Arc<dyn Clock>,
    inner: Mutex<Inner>,
    grown: watch::Sender<u64>,
}

impl MemoryLog {
    /// An empty log whose `created` times come from `clock`.
    pub fn new(id: &str, clock: Arc<dyn Clock>) -> Self {
        Self { id: id.into(), clock, inner: Mutex::default(), grown: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn position(&self, commit: u64) -> Position {
        Position { log_id: self.id.clone(), commit, prepare: commit }
    }

    fn append_now(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        let mut inner = self.lock();
        let inner = &mut *inner;
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
                position: self.position(commit),
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
        Ok(Appended { first_revision, last_revision, position: self.position(commit) })
    }

    fn read_all_now(
        &self,
        after: Option<&Position>,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, LogError> {
        if let Some(after) = after.filter(|after| after.log_id != self.id) {
            return Err(LogError::ForeignPosition(after.clone()));
        }
        let inner = self.lock();
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
            considered: (considered > 0).then(|| self.position(considered)),
            at_head: considered >= inner.events.len() as u64,
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
        let commit = self.lock().events.len() as u64;
        Box::pin(ready(Ok((commit > 0).then(|| self.position(commit)))))
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

    fn log_id(&self) -> Arc<str> {
        self.id.clone()
    }

    fn is_exclusive(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use verdict_kernel::clock::{ManualClock, Timestamp};

    use super::*;
    use crate::log::contract;

    #[tokio::test]
    async fn the_log_in_memory_passes_the_suite() {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        contract::all(async || Arc::new(MemoryLog::new("memory", clock.clone())) as Arc<dyn EventLog>).await;
    }
}
