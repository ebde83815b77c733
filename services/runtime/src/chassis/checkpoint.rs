//! Where a follower of the log stands, kept in the log: stream `<context>.checkpoint-<name>`, last one only.
//!
//! A checkpoint only saves work. Whoever starts from an old one sees events again, and what an event makes
//! them do is a command with a derived id. Every write checks the revision that the writer saw last, so a
//! follower that was replaced cannot take the position back.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::Clock;
use verdict_proto::v1::CheckpointStored;
use verdict_stored::{parse, parsed};

use crate::execute::Fence;
use crate::fault::Fault;
use crate::housekeeping;
use crate::log::{Expected, Log, LogError, Position, Recorded};

#[cfg(test)]
mod tests;

/// The least time between two writes.
const PACE: Duration = Duration::from_secs(1);

/// The stored position of one follower.
pub struct Checkpoint {
    log: Log,
    clock: Arc<dyn Clock>,
    context: &'static str,
    stream: String,
    /// What the next write expects; `None` until the stream was read.
    seen: Option<Expected>,
    /// The stream was told to keep the last one only.
    trimmed: bool,
    /// Monotonic time of the last write.
    written: Option<Duration>,
}

impl Checkpoint {
    /// The checkpoint of follower `name` in `context`.
    pub fn new(log: Log, clock: Arc<dyn Clock>, context: &'static str, name: &str) -> Self {
        Self {
            log,
            clock,
            context,
            stream: format!("{context}.checkpoint-{name}"),
            seen: None,
            trimmed: false,
            written: None,
        }
    }

    /// Time until another write is worth its commit: a checkpoint shares the log's one writer with the safety path,
    /// and only saves work. Zero when it may be written now.
    pub fn rest(&self) -> Duration {
        let since = |at: Duration| self.clock.monotonic().saturating_sub(at);
        self.written.map_or(Duration::ZERO, |at| PACE.saturating_sub(since(at)))
    }

    /// The stored position; `None` when there is none or when it belongs to another log.
    pub async fn load(&mut self) -> Result<Option<Position>, Fault> {
        Ok(self.load_with_subjects().await?.map(|(position, _)| position))
    }

    /// The same, with the subjects that lived when it was stored.
    pub async fn load_with_subjects(&mut self) -> Result<Option<(Position, Vec<String>)>, Fault> {
        let Some(event) = self.read().await? else {
            return Ok(None);
        };
        let read = parse(&event.data).and_then(|stored: CheckpointStored| {
            let position: Position = parsed(stored.position.as_deref(), "position")?;
            Ok((position, stored.live))
        });
        let (position, live) = read.map_err(|error| event.unreadable(&error))?;
        Ok((position.log_id == self.log.log_id()).then_some((position, live)))
    }

    /// Stores `position`. Storing the same one twice leaves one. Fails when somebody else has stored since the
    /// last look, with [`Fault::Fenced`] when it was a newer holder of the lease.
    pub async fn store(&mut self, position: &Position, fence: Option<&Fence>) -> Result<(), Fault> {
        self.store_with_subjects(position, Vec::new(), fence).await
    }

    /// The same, with the subjects that live at `position`: whoever goes on from there reads their streams and no
    /// others.
    pub async fn store_with_subjects(
        &mut self,
        position: &Position,
        live: Vec<String>,
        fence: Option<&Fence>,
    ) -> Result<(), Fault> {
        if self.seen.is_none() {
            let last = self.read().await?;
            check_fence(last.as_ref(), fence)?;
        }
        // Whatever goes wrong below, the stream is read again before the next attempt.
        let expected = self.seen.take().unwrap_or(Expected::NoStream);
        let text = position.to_string();
        let event = housekeeping::event(
            self.context,
            &self.stream,
            &text,
            format!("{}.Checkpoint.Stored.v1", self.context),
            &CheckpointStored { position: Some(text.clone()), live },
            fence,
            self.clock.now(),
        );
        let appended = self.log.append(&self.stream, expected, vec![event]).await?;
        self.seen = Some(Expected::Exact(appended.last_revision));
        self.written = Some(self.clock.monotonic());
        if !self.trimmed {
            self.log.keep_last(&self.stream, 1).await?;
            self.trimmed = true;
        }
        Ok(())
    }

    async fn read(&mut self) -> Result<Option<Recorded>, LogError> {
        let last = self.log.read_last(&self.stream).await?;
        self.seen = Some(match &last {
            Some(event) => Expected::Exact(event.revision),
            None => Expected::NoStream,
        });
        Ok(last)
    }
}

/// A newer holder of the same lease has stored already.
fn check_fence(last: Option<&Recorded>, fence: Option<&Fence>) -> Result<(), Fault> {
    let (Some(last), Some(fence)) = (last, fence) else {
        return Ok(());
    };
    let metadata = last.metadata()?;
    match (metadata.lease, metadata.epoch) {
        (Some(lease), Some(newer)) if lease == fence.lease && newer > fence.epoch => {
            Err(Fault::Fenced { lease, mine: fence.epoch, newer })
        }
        (_, _) => Ok(()),
    }
}
