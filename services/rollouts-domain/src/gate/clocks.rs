//! Two clocks: the service's own, which every soak and every age is measured with, and the log's.

use std::fmt;

use verdict_kernel::clock::{SignedDuration, Timestamp, between};

use super::CLOCK_TOLERANCE;

/// One comparison: what the own clock told before and after an append, and what the log stamped on it in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    pub before: Timestamp,
    pub after: Timestamp,
    /// By the clock of the log.
    pub created: Timestamp,
    /// Position of the event that was stamped.
    pub source: String,
}

impl Clocks {
    /// How far the own clock is ahead of the log's (negative: behind), as far as that is certain: the time that the
    /// call took explains the rest.
    #[must_use]
    pub fn ahead(&self) -> SignedDuration {
        if self.created < self.before {
            self.created.duration_until(self.before)
        } else if self.created > self.after {
            self.created.duration_until(self.after)
        } else {
            SignedDuration::ZERO
        }
    }

    /// Whether they are close enough for the own clock to decide whether anything is old.
    #[must_use]
    pub fn agree(&self) -> bool {
        let apart = between(self.created, self.before).max(between(self.after, self.created));
        apart <= CLOCK_TOLERANCE
    }
}

impl fmt::Display for Clocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after, created, source: _ } = self;
        write!(f, "own clock {before} to {after} around an append that the log dates {created}")
    }
}
