//! The event log port over the embedded engine, in this process.
//!
//! What is in memory or one short indexed read away is read on the caller's task; long pages of the file
//! go to the blocking pool, so that a reader that catches up never stalls the others. Nothing here blocks a task.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::watch;
use verdict_eventlog as engine;
use verdict_eventlog::{AllFrom, AppendError, Direction, ReadError, ReadFrom};
use verdict_runtime::log::{
    AllSlice, Appended, EventLog, Expected, Filter, LogError, NewEvent, Position, Recorded, Room, StreamSlice,
};

/// The embedded log as the services see it.
#[derive(Debug, Clone)]
pub struct EmbeddedLog {
    engine: engine::Log,
    id: Arc<str>,
}

impl EmbeddedLog {
    /// Serves an open engine. Whoever opened it may go on using it for maintenance.
    pub fn new(engine: engine::Log) -> Self {
        let id = Arc::from(engine.id().to_string());
        Self { engine, id }
    }

    /// The engine itself, for backup, verification and export.
    pub fn engine(&self) -> &engine::Log {
        &self.engine
    }

    fn position(&self, commit: u64) -> Position {
        Position { log_id: Arc::clone(&self.id), commit, prepare: commit }
    }

    fn recorded(&self, event: engine::Recorded) -> Recorded {
        Recorded {
            position: self.position(event.position),
            stream: event.stream,
            revision: event.revision,
            id: event.id,
            event_type: event.event_type,
            data: event.data.into(),
            metadata: event.metadata.into(),
            // The engine holds any 64-bit number; a time that no calendar reaches is shown as its end.
            created: Timestamp::from_microsecond(event.created_unix_micros).unwrap_or(Timestamp::MAX),
        }
    }

    fn stream_slice(&self, slice: engine::StreamSlice) -> StreamSlice {
        let last_revision = slice.last_revision.filter(|_| slice.exists);
        let events = slice.events.into_iter().map(|event| self.recorded(event)).collect();
        StreamSlice { events, last_revision }
    }

    async fn stream_page(
        &self,
        stream: &str,
        from: ReadFrom,
        direction: Direction,
        max: usize,
    ) -> Result<StreamSlice, LogError> {
        let page = self.engine.stream_page(stream, from, direction, max).await;
        page.map(|slice| self.stream_slice(slice)).map_err(read_error)
    }

    async fn read_all_page(
        &self,
        after: Option<&Position>,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, LogError> {
        let foreign = |after: &Position| Err(LogError::AnotherLog(after.clone()));
        let commit = match after {
            Some(after) if after.log_id != self.id => return foreign(after),
            Some(after) if self.engine.is_beyond(after.commit).await.map_err(read_error)? => {
                return foreign(after);
            }
            Some(after) => after.commit,
            None => 0,
        };
        let filter = engine_filter(filter);
        let page = self.engine.page(AllFrom::After(commit), Direction::Forward, &filter, max).await;
        let slice = page.map_err(read_error)?;
        Ok(AllSlice {
            events: slice.events.into_iter().map(|event| self.recorded(event)).collect(),
            considered: (slice.considered > 0).then(|| self.position(slice.considered)),
            at_head: slice.at_end,
        })
    }
}

impl EventLog for EmbeddedLog {
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        async move {
            let events = events.into_iter().map(engine_event).collect();
            let appended = self
                .engine
                .append(stream, engine_expected(expected), events)
                .await
                .map_err(|error| append_error(error, expected))?;
            Ok(Appended {
                first_revision: appended.first_revision,
                last_revision: appended.last_revision,
                position: self.position(appended.position),
            })
        }
        .boxed()
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        self.stream_page(stream, ReadFrom::Revision(from), Direction::Forward, max).boxed()
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        async move {
            let slice = self.stream_page(stream, ReadFrom::End, Direction::Backward, 1).await?;
            Ok(slice.events.into_iter().next())
        }
        .boxed()
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        self.read_all_page(after, filter, max).boxed()
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        let head = self.engine.head();
        std::future::ready(Ok((head > 0).then(|| self.position(head)))).boxed()
    }

    fn grown(&self) -> watch::Receiver<u64> {
        self.engine.watch_head()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        async move {
            let metadata = engine::StreamMetadata::keep_last(count);
            self.engine
                .set_stream_metadata(stream, metadata)
                .await
                .map_err(|error| append_error(error, Expected::Any))?;
            Ok(())
        }
        .boxed()
    }

    fn room(&self) -> BoxFuture<'_, Room> {
        async move {
            match self.engine.room_now().await {
                Ok(room) => Room { bytes: Some(room.bytes), is_full: room.is_full },
                // Whoever cannot read says so elsewhere.
                Err(_) => Room::default(),
            }
        }
        .boxed()
    }

    fn log_id(&self) -> Arc<str> {
        Arc::clone(&self.id)
    }

    fn is_exclusive(&self) -> bool {
        true
    }
}

fn engine_event(event: NewEvent) -> engine::NewEvent {
    engine::NewEvent {
        id: event.id,
        event_type: event.event_type,
        is_json: true,
        data: event.data,
        metadata: event.metadata,
    }
}

fn engine_expected(expected: Expected) -> engine::Expected {
    match expected {
        Expected::Any => engine::Expected::Any,
        Expected::NoStream => engine::Expected::NoStream,
        Expected::StreamExists => engine::Expected::StreamExists,
        Expected::Exact(revision) => engine::Expected::Exact(revision),
    }
}

/// The streams of the log itself reach only those who name them.
fn engine_filter(filter: &Filter) -> engine::Filter {
    let mut excluded = filter.exclude.clone();
    if !filter.names_the_log() {
        excluded.push("$".to_owned());
    }
    engine::Filter {
        stream_prefixes: filter.prefixes.clone(),
        exclude_stream_prefixes: excluded,
        ..engine::Filter::all()
    }
}

fn append_error(error: AppendError, expected: Expected) -> LogError {
    match error {
        AppendError::WrongExpectedVersion { stream, actual, .. } => {
            LogError::WrongExpectedVersion { stream, expected, actual }
        }
        AppendError::StreamDeleted { stream } => LogError::StreamDeleted(stream),
        AppendError::Full => LogError::Full,
        AppendError::TooLarge { bytes, limit } => LogError::TooLarge { bytes, limit },
        AppendError::Closed => LogError::Unavailable(error.to_string()),
        AppendError::Storage(fault) => LogError::Storage(fault.to_string()),
        AppendError::Metadata(invalid) => LogError::Storage(invalid.to_string()),
        AppendError::IdempotencyConflict { .. } | AppendError::Invalid { .. } => {
            LogError::Storage(error.to_string())
        }
    }
}

fn read_error(error: ReadError) -> LogError {
    match error {
        ReadError::StreamDeleted { stream } => LogError::StreamDeleted(stream),
        ReadError::Closed => LogError::Unavailable(error.to_string()),
        ReadError::Storage(fault) => LogError::Storage(fault.to_string()),
    }
}

#[cfg(test)]
mod tests;
