//! The service's own clock, which every soak and every age is measured with, beside the log's and the machine's.

use std::fmt;

use verdict_kernel::clock::{SignedDuration, Step, Timestamp, between};

use super::CLOCK_TOLERANCE;

/// Why the own clock cannot tell whether anything is old.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It is not the log's (design clause 12).
    Apart(Clocks),
    /// It does not keep pace with the machine's (design clause 24).
    Stepped(Step),
}

impl Doubt {
    /// What is to be said of two comparisons; `None` when both leave no doubt.
    #[must_use]
    pub fn of(clocks: Option<Clocks>, step: Option<Step>) -> Option<Self> {
        let apart = clocks.filter(|clocks| !clocks.agree()).map(Self::Apart);
        apart.or_else(|| step.map(Self::Stepped))
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Apart(clocks) => clocks.fmt(f),
            Self::Stepped(step) => step.fmt(f),
        }
    }
}

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
