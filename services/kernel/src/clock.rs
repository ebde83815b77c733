//! Time as an input. Business time is a [`Timestamp`]; waiting times of machines (leases, watches) run on
//! the monotonic clock of whoever observes them, so that moving the business clock expires nothing.

use std::sync::Mutex;
use std::time::Duration;

pub use jiff::{SignedDuration, Timestamp};

mod pace;

pub use pace::{Pace, Step};

/// Two clocks that disagree by more are both not to be trusted.
pub const TOLERANCE: SignedDuration = SignedDuration::from_secs(2);

/// Where a shell reads the time. Domain code never sees it: it is handed the time of the command.
pub trait Clock: Send + Sync {
    /// The business time, which may be virtual.
    fn now(&self) -> Timestamp;
    /// Time since an arbitrary start that never goes back.
    fn monotonic(&self) -> Duration;
    /// Whether the business time is the time of day, which other clocks tell too. One that is moved by hand compares
    /// with nothing.
    fn is_time_of_day(&self) -> bool {
        false
    }
}

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct ManualClock {
    inner: Mutex<(Timestamp, Duration)>,
    is_time_of_day: bool,
}

impl ManualClock {
    /// Business time that stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self { inner: Mutex::new((start, Duration::ZERO)), is_time_of_day: false }
    }

    /// The same, taken for the time of day: as the clock of a machine, which others can be compared with.
    pub fn of_day(start: Timestamp) -> Self {
        Self { is_time_of_day: true, ..Self::at(start) }
    }

    /// Moves business and monotonic time forward together.
    pub fn advance(&self, by: Duration) {
        let mut inner = self.lock();
        inner.0 = plus(inner.0, by);
        inner.1 += by;
    }

    /// Moves business time alone: the machines' waiting times stand still.
    /// A time in the past is ignored, because time never goes back.
    pub fn advance_to(&self, to: Timestamp) {
        let mut inner = self.lock();
        inner.0 = inner.0.max(to);
    }

    /// Sets business time, as somebody sets a wall clock: forward or back, and the machines' waiting times stand still.
    pub fn step(&self, by: SignedDuration) {
        let mut inner = self.lock();
        let end = if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
        inner.0 = inner.0.checked_add(by).unwrap_or(end);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (Timestamp, Duration)> {
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.lock().0
    }

    fn monotonic(&self) -> Duration {
        self.lock().1
    }

    fn is_time_of_day(&self) -> bool {
        self.is_time_of_day
    }
}

/// `at + by`, held at the last representable instant instead of failing.
pub fn plus(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(Timestamp::MAX)
}

/// The time from `earlier` to `later`; zero when they are the other way round.
pub fn between(earlier: Timestamp, later: Timestamp) -> Duration {
    Duration::try_from(later.duration_since(earlier)).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_clock_moves_alone_and_never_back() {
        let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
        clock.advance(Duration::from_secs(5));
        clock.advance_to(plus(Timestamp::UNIX_EPOCH, Duration::from_mins(1)));
        clock.advance_to(Timestamp::UNIX_EPOCH);
        assert_eq!(clock.now().as_second(), 60);
        assert_eq!(clock.monotonic(), Duration::from_secs(5));
    }

    #[test]
    fn a_wall_clock_is_set_either_way_and_the_machines_stands_still() {
        let clock = ManualClock::of_day(Timestamp::UNIX_EPOCH);
        clock.step(SignedDuration::from_mins(3));
        clock.step(SignedDuration::from_mins(-1));
        assert_eq!((clock.now().as_second(), clock.monotonic()), (120, Duration::ZERO));
        clock.step(SignedDuration::MIN);
        assert_eq!(clock.now(), Timestamp::MIN);
    }

    #[test]
    fn sums_stop_at_the_end_of_time() {
        assert_eq!(plus(Timestamp::MAX, Duration::from_secs(1)), Timestamp::MAX);
        assert_eq!(between(Timestamp::MAX, Timestamp::UNIX_EPOCH), Duration::ZERO);
    }
}
