//! The own clock beside the log's: what the log stamps on an event that was appended for nothing else.
//!
//! Only an event that was appended just now compares two clocks: of any other one nobody knows how long ago it was.
//! Where log and service are one process the log has no clock of its own, and what is left to compare is the wall clock
//! with the machine's (design clause 24); where time is moved by hand there is nothing at all.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use verdict_kernel::clock::{Clock, Pace, Step, TOLERANCE, between};

use crate::log::{Expected, Log, LogError, Position};
use crate::{housekeeping, ids};

#[cfg(test)]
mod tests;

/// How long a comparison tells what the clocks do.
pub const PACE: Duration = Duration::from_secs(5);
/// Events that the stream keeps: replicas share it, and each reads back its own.
const KEPT: u64 = 32;

/// What the clocks told around one append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// By the own clock.
    pub before: Timestamp,
    /// By the own clock.
    pub after: Timestamp,
    /// By the log's.
    pub created: Timestamp,
    pub position: Position,
}

impl Dated {
    /// Whether the own clock and the log's are certainly apart, and may have been for as long as they last were.
    fn is_apart(&self) -> bool {
        let apart = between(self.created, self.before).max(between(self.after, self.created));
        SignedDuration::try_from(apart).is_ok_and(|apart| apart > TOLERANCE)
    }
}

/// What is known about the own clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// The newest comparison with the log's. `None` where there is nothing to compare, or the log has not answered yet:
    /// whoever cannot append cannot act on old facts either.
    pub dated: Option<Dated>,
    /// It stepped, and that is not settled.
    pub step: Option<Step>,
}

/// Compares the clock of a service with the machine's each time that it is asked, and with that of its log at most every
/// [`PACE`].
pub struct LogClock {
    log: Log,
    clock: Arc<dyn Clock>,
    context: &'static str,
    stream: String,
    last: Mutex<Last>,
}

struct Last {
    /// Since this one was made.
    pace: Pace,
    /// The newest comparison, with the monotonic time of the attempt to replace it.
    tried: Option<Duration>,
    dated: Option<Dated>,
    /// The stream was told how much to keep.
    trimmed: bool,
}

impl LogClock {
    /// The clock of a service of `context` beside that of `log`. It is taken for right as it is now.
    pub fn new(log: Log, clock: Arc<dyn Clock>, context: &'static str) -> Self {
        let pace = Pace::from(clock.now(), clock.monotonic());
        let last = Mutex::new(Last { pace, tried: None, dated: None, trimmed: false });
        Self { log, clock, context, stream: format!("{context}.checkpoint-clock"), last }
    }

    /// What is known now.
    pub async fn compared(&self) -> Compared {
        if !self.clock.is_time_of_day() {
            return Compared::default();
        }
        let mut last = self.last.lock().await;
        let now = self.clock.monotonic();
        let step = last.pace.look(self.clock.now(), now);
        if self.log.is_exclusive() {
            return Compared { dated: None, step };
        }
        if last.tried.is_none_or(|at| now.saturating_sub(at) >= PACE) {
            last.tried = Some(now);
            match self.compare(&mut last.trimmed).await {
                Ok(Some(dated)) => {
                    // The log's clock did not step along: it was the own one that was wrong, and now is not.
                    if last.dated.as_ref().is_some_and(Dated::is_apart) && !dated.is_apart() {
                        last.pace.settle();
                    }
                    last.dated = Some(dated);
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "the clocks could not be compared: {error}"),
            }
        }
        let step = last.pace.look(self.clock.now(), self.clock.monotonic());
        Compared { dated: last.dated.clone(), step }
    }

    /// One comparison. `None` when others wrote so much meanwhile that the event is gone.
    async fn compare(&self, trimmed: &mut bool) -> Result<Option<Dated>, LogError> {
        let before = self.clock.now();
        let event = housekeeping::event(
            self.context,
            &self.stream,
            &ids::incarnation(),
            format!("{}.Clock.Compared.v1", self.context),
            &BTreeMap::<String, String>::new(),
            None,
            before,
        );
        let id = event.id;
        let appended = self.log.append(&self.stream, Expected::Any, vec![event]).await?;
        let after = self.clock.now();
        if !*trimmed {
            self.log.keep_last(&self.stream, KEPT).await?;
            *trimmed = true;
        }
        let slice = self.log.read_stream(&self.stream, appended.last_revision, 1).await?;
        let own = slice.events.into_iter().find(|event| event.id == id);
        Ok(own.map(|event| Dated { before, after, created: event.created, position: event.position }))
    }
}

/// What [`report`] was told last, in milliseconds; the smallest number = nothing yet.
static AHEAD_MS: AtomicI64 = AtomicI64::new(i64::MIN);

/// Notes for `/metrics` how far the own clock is ahead of the log's for certain.
pub fn report(ahead: SignedDuration) {
    AHEAD_MS.store(i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX), Ordering::Relaxed);
}

/// The same in milliseconds; `None` when nothing was compared in this process.
pub fn ahead_ms() -> Option<i64> {
    Some(AHEAD_MS.load(Ordering::Relaxed)).filter(|ahead| *ahead != i64::MIN)
}
