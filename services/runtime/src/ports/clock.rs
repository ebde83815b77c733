//! The clocks of a running platform, and the port that waits on them.
//!
//! This is the only place that reads the machine's time. Everything else takes a [`Clock`] to read and a
//! [`Timer`] to wait, so a test or a virtual platform moves time by hand.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use tokio::sync::watch;
use verdict_kernel::clock::{Clock, ManualClock, Timestamp, between};

#[cfg(test)]
mod tests;

/// The longest single wait for a business time: a machine whose clock is corrected looks again after it.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The machine's own time.
#[derive(Debug, Clone)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time starts now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's time")]
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's time")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }

    fn is_time_of_day(&self) -> bool {
        true
    }
}

/// Business time that is moved by hand, beside the machine's own monotonic time: six weeks of soak pass in a
/// moment and no lease expires on the way.
#[derive(Debug)]
pub struct VirtualClock {
    business: watch::Sender<Timestamp>,
    machine: SystemClock,
}

impl VirtualClock {
    /// Business time stands at `start` until it is moved.
    pub fn at(start: Timestamp) -> Self {
        Self { business: watch::Sender::new(start), machine: SystemClock::start() }
    }

    /// Moves business time to `to` and wakes whoever waits for it. A time in the past changes nothing.
    pub fn advance_to(&self, to: Timestamp) {
        self.business.send_if_modified(|now| {
            let later = to > *now;
            *now = to.max(*now);
            later
        });
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        *self.business.borrow()
    }

    fn monotonic(&self) -> Duration {
        self.machine.monotonic()
    }
}

/// Where a runner waits. Business times and the pauses of machines are different things: only the first can
/// be virtual.
pub trait Timer: Send + Sync {
    /// Returns when the business clock has reached `due`, or may have.
    fn reached(&self, due: Timestamp) -> BoxFuture<'_, ()>;

    /// Returns after `pause` of machine time.
    fn pause(&self, pause: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(pause))
    }
}

impl Timer for SystemClock {
    fn reached(&self, due: Timestamp) -> BoxFuture<'_, ()> {
        let wait = between(self.now(), due).min(LONGEST_WAIT);
        Box::pin(tokio::time::sleep(wait))
    }
}

impl Timer for VirtualClock {
    fn reached(&self, due: Timestamp) -> BoxFuture<'_, ()> {
        let mut business = self.business.subscribe();
        Box::pin(async move {
            // The sender lives in `self`, so the wait cannot fail.
            drop(business.wait_for(|now| *now >= due).await);
        })
    }
}

/// A manual clock does not say when it was moved, so whoever waits on it looks often. For tests.
impl Timer for ManualClock {
    fn reached(&self, due: Timestamp) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            while self.now() < due {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
    }
}

/// A clock and the timer that waits on it: one thing in two roles.
#[derive(Clone)]
pub struct Time {
    pub clock: Arc<dyn Clock>,
    pub timer: Arc<dyn Timer>,
}

impl Time {
    /// Both roles of `source`.
    pub fn of<C: Clock + Timer + 'static>(source: Arc<C>) -> Self {
        Self { clock: source.clone(), timer: source }
    }

    /// The machine's own time.
    pub fn system() -> Self {
        Self::of(Arc::new(SystemClock::start()))
    }
}
