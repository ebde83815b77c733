//! Subscriptions: everything after a position, first from the file, then live, for ever.
//!
//! ```text
//!              ring holds all that follows          nothing follows
//!   CatchingUp ---------------------------> Live ------------------> waits for the next commit
//!       ^                                    |
//!       +------------------------------------+
//!            reader too slow: ring moved on
//! ```
//!
//! A subscription is a cursor. Whatever it reads from, the cursor only moves forward over what it has
//! looked at, so nothing is skipped and nothing comes twice.

use std::collections::VecDeque;
use std::mem;

use tokio::sync::watch;

use crate::event::{Recorded, TOMBSTONE_TYPE};
use crate::filter::Filter;
use crate::log::Log;
use crate::page::{AllFrom, AllSlice, Direction, ReadError, ReadFrom};

/// Events that are looked at in one go, from the file or from the ring.
const PAGE: usize = 1_024;
/// Considered events between two checkpoints, unless the subscriber says otherwise.
const CHECKPOINT_EVERY: u64 = 1_024;

/// What a subscriber receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Event(Recorded),
    /// Everything up to this position was looked at; a subscriber that starts again may start here.
    /// Only filtered subscriptions carry checkpoints, and none of them twice.
    Checkpoint(u64),
    /// Everything committed so far was delivered; what follows is live. Comes again after a subscriber
    /// that was too slow has caught up again.
    CaughtUp,
}

/// Why a subscription ends.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum SubscribeError {
    #[error("the log ends at position {head}, before position {after}: it is not the log that gave it")]
    BeyondHead { after: u64, head: u64 },
    #[error("stream '{stream}' is deleted")]
    StreamDeleted { stream: String },
    #[error("the log is closed")]
    Closed,
    #[error("the subscription cannot read the log")]
    Read(#[source] ReadError),
}

impl From<ReadError> for SubscribeError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::StreamDeleted { stream } => Self::StreamDeleted { stream },
            ReadError::Closed => Self::Closed,
            storage @ ReadError::Storage(_) => Self::Read(storage),
        }
    }
}

/// A place in the log that moves forward. It keeps the log open.
#[derive(Debug)]
pub struct Subscription {
    log: Log,
    source: Source,
    head: watch::Receiver<u64>,
    /// The last position that was looked at.
    cursor: u64,
    phase: Phase,
    ready: VecDeque<Item>,
    checkpoint_every: u64,
    considered: u64,
    last_checkpoint: u64,
}

#[derive(Debug, Clone)]
enum Source {
    All(Filter),
    Stream {
        name: String,
        next_revision: u64,
        /// The file was read to its end, so that what follows is in the ring after the cursor.
        read_to_end: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing was read yet, so the position that it starts from is still to be checked.
    New,
    CatchingUp,
    Live,
    /// The stream that was followed is closed for ever.
    StreamDeleted,
}

impl Log {
    /// Every event after the position `after` (from the beginning when absent) that `filter` lets through.
    pub fn subscribe(&self, after: Option<u64>, filter: Filter) -> Subscription {
        Subscription::new(self.clone(), Source::All(filter), after.unwrap_or(0))
    }

    /// Every event of `stream` after the revision `after` (from the beginning when absent).
    pub fn subscribe_stream(&self, stream: &str, after: Option<u64>) -> Subscription {
        let next_revision = after.map_or(0, |revision| revision.saturating_add(1));
        let source = Source::Stream { name: stream.to_owned(), next_revision, read_to_end: false };
        Subscription::new(self.clone(), source, 0)
    }
}

impl Subscription {
    fn new(log: Log, source: Source, cursor: u64) -> Self {
        let head = log.watch_head();
        Self {
            log,
            source,
            head,
            cursor,
            phase: Phase::New,
            ready: VecDeque::new(),
            checkpoint_every: CHECKPOINT_EVERY,
            considered: 0,
            last_checkpoint: cursor,
        }
    }

    /// Sends a checkpoint after at most `events` considered events, at least 32.
    #[must_use]
    pub fn checkpoint_every(mut self, events: u64) -> Self {
        self.checkpoint_every = events.max(32);
        self
    }

    /// The next item; waits at the head of the log. Dropping the future loses nothing. After an error the
    /// subscription is over.
    pub async fn next(&mut self) -> Result<Item, SubscribeError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(item);
            }
            match self.phase {
                Phase::New => self.begin().await?,
                Phase::CatchingUp => self.catch_up().await?,
                Phase::Live => self.follow().await?,
                Phase::StreamDeleted => return Err(self.stream_deleted()),
            }
        }
    }

    async fn begin(&mut self) -> Result<(), SubscribeError> {
        // A reader may know a position of a commit whose announcement is still on its way, so the file
        // has the last word.
        if self.log.is_beyond(self.cursor).await? {
            return Err(SubscribeError::BeyondHead { after: self.cursor, head: self.log.head() });
        }
        self.phase = Phase::CatchingUp;
        Ok(())
    }

    async fn catch_up(&mut self) -> Result<(), SubscribeError> {
        if let Source::Stream { name, next_revision, read_to_end: false } = &self.source {
            return self.read_stream_page(name.clone(), *next_revision).await;
        }
        if !self.take_live() {
            return self.read_page().await;
        }
        if self.phase == Phase::CatchingUp && self.cursor >= *self.head.borrow() {
            self.phase = Phase::Live;
            self.checkpoint();
            self.ready.push_back(Item::CaughtUp);
        }
        Ok(())
    }

    async fn read_page(&mut self) -> Result<(), SubscribeError> {
        let filter = match &mut self.source {
            Source::All(filter) => filter.clone(),
            Source::Stream { read_to_end, .. } => {
                *read_to_end = false;
                return Ok(());
            }
        };
        let (log, after, look_at) = (self.log.clone(), self.cursor, self.look_at());
        let read = move || log.scan(AllFrom::After(after), Direction::Forward, &filter, look_at, look_at);
        let slice = self.log.in_turn(read).await??;
        self.take(slice);
        Ok(())
    }

    async fn read_stream_page(&mut self, name: String, next_revision: u64) -> Result<(), SubscribeError> {
        // Taken before the read: what is committed later is in the ring after this position.
        let head = *self.head.borrow();
        let (log, stream) = (self.log.clone(), name.clone());
        let read =
            move || log.read_stream(&stream, ReadFrom::Revision(next_revision), Direction::Forward, PAGE);
        let slice = self.log.in_turn(read).await??;
        let next_revision = slice.events.last().map_or(next_revision, |event| event.revision + 1);
        self.source = Source::Stream { name, next_revision, read_to_end: slice.at_end };
        self.ready.extend(slice.events.into_iter().map(Item::Event));
        if slice.at_end {
            self.cursor = self.cursor.max(head);
        }
        Ok(())
    }

    async fn follow(&mut self) -> Result<(), SubscribeError> {
        // Marked as seen before the ring is read, so that a commit in between wakes the wait below.
        self.head.borrow_and_update();
        let before = self.cursor;
        if !self.take_live() {
            self.phase = Phase::CatchingUp;
            self.checkpoint();
        } else if self.cursor == before {
            self.head.changed().await.map_err(|_| SubscribeError::Closed)?;
        }
        Ok(())
    }

    /// Takes what the ring holds after the cursor; false when the ring has moved on.
    fn take_live(&mut self) -> bool {
        let look_at = self.look_at();
        let slice = self.log.inner.ring.read(self.cursor, look_at, look_at, |event| match &self.source {
            Source::All(filter) => filter.matches(&event.stream, &event.event_type),
            Source::Stream { name, next_revision, .. } => {
                *name == *event.stream && event.revision >= *next_revision
            }
        });
        let Some(slice) = slice else { return false };
        self.take(slice);
        true
    }

    fn take(&mut self, slice: AllSlice) {
        // Positions are counted, not events: where events were deleted, a checkpoint comes sooner.
        self.considered += slice.considered - self.cursor;
        self.cursor = slice.considered;
        for event in slice.events {
            if let Source::Stream { next_revision, .. } = &mut self.source {
                if *event.event_type == *TOMBSTONE_TYPE {
                    self.phase = Phase::StreamDeleted;
                    return;
                }
                *next_revision = event.revision + 1;
            }
            self.ready.push_back(Item::Event(event));
        }
        if self.considered >= self.checkpoint_every {
            self.checkpoint();
        }
    }

    /// How many events are looked at in one go: never more than what a checkpoint is due after.
    fn look_at(&self) -> usize {
        let until_checkpoint = self.checkpoint_every.saturating_sub(self.considered).max(1);
        usize::try_from(until_checkpoint).unwrap_or(PAGE).min(PAGE)
    }

    fn stream_deleted(&self) -> SubscribeError {
        match &self.source {
            Source::Stream { name, .. } => SubscribeError::StreamDeleted { stream: name.clone() },
            Source::All(_) => SubscribeError::Closed,
        }
    }

    fn checkpoint(&mut self) {
        self.considered = 0;
        let filtered = matches!(&self.source, Source::All(filter) if !filter.is_everything());
        if filtered && mem::replace(&mut self.last_checkpoint, self.cursor) < self.cursor {
            self.ready.push_back(Item::Checkpoint(self.cursor));
        }
    }
}

#[cfg(test)]
mod tests;
