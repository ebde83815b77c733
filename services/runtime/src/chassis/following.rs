//! Follows what lives among the streams of one kind, in a time that is as long as what lives (design clause 19).
//!
//! Beside its position a follower stores which subjects lived there. Whoever starts from that is handed the streams of
//! those subjects up to the position, in the order of the log, and then the log behind it: the same events as from the
//! beginning, without those of everybody who is over.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::Clock;

use crate::checkpoint::Checkpoint;
use crate::execute::Fence;
use crate::fault::Fault;
use crate::log::{Filter, Log, LogError, MAX_PAGE, Position, Recorded};

#[cfg(test)]
mod tests;

/// Events of the log in one page.
const PAGE: usize = 512;
/// Considered events after which the position is stored although nobody came or went.
const EVERY: u64 = 512;

/// When a write that failed is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Some events for the follower.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// What was handed out before is of another log: whatever was folded from it never happened.
    pub anew: bool,
    pub events: Vec<Recorded>,
    /// Nothing further was there.
    pub at_head: bool,
}

/// See the module.
pub struct Following {
    log: Log,
    /// What the name of each of the streams begins with; the subject follows.
    prefix: &'static str,
    filter: Filter,
    checkpoint: Checkpoint,
    begun: bool,
    position: Option<Position>,
    stored: Option<Position>,
    /// The subjects that are stored.
    kept: Vec<String>,
}

impl Following {
    /// The follower `name` of `context`, over the streams that begin with `prefix`.
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        context: &'static str,
        name: &str,
        prefix: &'static str,
    ) -> Self {
        Self {
            checkpoint: Checkpoint::new(log.clone(), clock, context, name),
            log,
            prefix,
            filter: Filter::prefixes([prefix]),
            begun: false,
            position: None,
            stored: None,
            kept: Vec::new(),
        }
    }

    /// How far the log was handed out.
    pub const fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// What comes next. On a fault nothing was handed out.
    pub async fn page(&mut self) -> Result<Page, Fault> {
        if !self.begun {
            return self.begin().await;
        }
        let page = match self.log.read_all(self.position.as_ref(), &self.filter, PAGE).await {
            Err(LogError::AnotherLog(_)) => {
                tracing::info!(
                    streams = self.prefix,
                    "following '{}' anew: the log is another one",
                    self.prefix
                );
                self.begun = false;
                return Ok(Page { anew: true, events: Vec::new(), at_head: false });
            }
            page => page?,
        };
        let last = page.events.last().map(|event| event.position.clone());
        self.position = page.considered.or(last).or_else(|| self.position.take());
        Ok(Page { anew: false, events: page.events, at_head: page.at_head })
    }

    /// The past of whoever lived at the stored position.
    async fn begin(&mut self) -> Result<Page, Fault> {
        let (position, subjects) = self.checkpoint.load_with_subjects().await?.unzip();
        let subjects = subjects.unwrap_or_default();
        let mut events = Vec::new();
        if let Some(position) = &position {
            for subject in &subjects {
                events.extend(self.past(subject, position).await?);
            }
        }
        events.sort_by_key(|event| event.position.commit);
        self.position.clone_from(&position);
        self.stored = position;
        self.kept = subjects;
        self.begun = true;
        Ok(Page { anew: false, events, at_head: false })
    }

    async fn past(&self, subject: &str, upto: &Position) -> Result<Vec<Recorded>, LogError> {
        let stream = format!("{}{subject}", self.prefix);
        let (mut events, mut from) = (Vec::new(), 0);
        loop {
            let slice = self.log.read_stream(&stream, from, MAX_PAGE).await?;
            let full = slice.events.len() == MAX_PAGE;
            from = slice.events.last().map_or(from, |event| event.revision + 1);
            events
                .extend(slice.events.into_iter().filter(|event| upto.covers(&event.position) == Some(true)));
            if !full {
                return Ok(events);
            }
        }
    }

    /// Stores who lives, when that has changed or much was read since the last time. Only at the head, and by whoever
    /// holds the lease. Answers with the time after which it has to be called again, although nothing happens.
    pub async fn keep(
        &mut self,
        mut live: Vec<String>,
        fence: Option<&Fence>,
    ) -> Result<Option<Duration>, Fault> {
        live.sort_unstable();
        let Some(position) = self.position.clone() else {
            return Ok(None);
        };
        let behind = position.commit.saturating_sub(self.stored.as_ref().map_or(0, |stored| stored.commit));
        let changed = live != self.kept;
        if behind == 0 || (!changed && behind < EVERY) {
            return Ok(None);
        }
        let rest = self.checkpoint.rest();
        if !rest.is_zero() {
            return Ok(Some(rest));
        }
        match self.checkpoint.store_with_subjects(&position, live.clone(), fence).await {
            Ok(()) => {
                self.stored = Some(position);
                self.kept = live;
                Ok(None)
            }
            Err(fault @ Fault::Fenced { .. }) => Err(fault),
            // It only saves work, so it keeps nobody from working. A former holder may have stored since this one looked.
            Err(fault) => {
                tracing::debug!(streams = self.prefix, error = %fault, "who lives could not be stored; it is tried again");
                Ok(Some(AGAIN))
            }
        }
    }
}
