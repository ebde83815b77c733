//! How old what is served may be: the time since the log was last seen, across restarts.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use verdict_kernel::clock::Clock;

/// Whoever has not seen the log for longer serves what may have changed since. As long as the seat of an edge.
pub(crate) const STALE_AFTER: Duration = Duration::from_secs(10);

/// When the log was last seen. Runs on the machine's time: moving the business clock makes nothing older.
pub(crate) struct Freshness {
    clock: Arc<dyn Clock>,
    seen: Mutex<Option<Seen>>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Monotonic time at which the age was known.
    at: Duration,
    /// The age at that time.
    age: Duration,
}

impl Freshness {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, seen: Mutex::new(None) }
    }

    /// The log has just been read to its head.
    pub(crate) fn saw_the_log(&self) {
        self.set(Duration::ZERO);
    }

    /// What is served was as old as this a moment ago, in a former process.
    pub(crate) fn was(&self, age: Duration) {
        self.set(age);
    }

    /// Time since the log was last seen; `None` when it never was.
    pub(crate) fn age(&self) -> Option<Duration> {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.map(|seen| seen.age + self.clock.monotonic().saturating_sub(seen.at))
    }

    /// The time that ages are measured in.
    pub(crate) fn now(&self) -> Duration {
        self.clock.monotonic()
    }

    fn set(&self, age: Duration) {
        let seen = Seen { at: self.clock.monotonic(), age };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
    }
}
