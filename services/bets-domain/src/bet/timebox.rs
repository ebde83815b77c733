//! The time that a bet is given, and the declared slip that alone moves its end (rule B3).

use jiff::{SignedDuration, Timestamp};

use super::Refusal;

/// Options that a slip offers at the least: less on time, all of it late, or in phases.
pub const MIN_SLIP_OPTIONS: usize = 2;

/// From when to when a cycle of a bet runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timebox {
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Timebox {
    /// Time from start to end; not positive when they are the wrong way round.
    pub fn length(self) -> SignedDuration {
        self.end.duration_since(self.start)
    }

    /// Refuses a timebox that does not end after it starts.
    pub fn check(self) -> Result<(), Refusal> {
        if self.end > self.start { Ok(()) } else { Err(Refusal::TimeboxReversed(self)) }
    }
}

/// The end moves: to when, why, at what price, and between which options the team chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub new_end: Timestamp,
    pub cause: String,
    pub trade_off: String,
    pub options: Vec<String>,
}

impl Slip {
    /// Refuses a slip that moves the end before the start, or that leaves out why, what for, or the choice.
    pub fn check(&self, timebox: Timebox) -> Result<(), Refusal> {
        Timebox { end: self.new_end, ..timebox }.check()?;
        if self.cause.trim().is_empty() {
            return Err(Refusal::SlipIncomplete("a cause"));
        }
        if self.trade_off.trim().is_empty() {
            return Err(Refusal::SlipIncomplete("a trade-off"));
        }
        let mut options: Vec<&str> = self.options.iter().map(|option| option.trim()).collect();
        options.retain(|option| !option.is_empty());
        options.sort_unstable();
        options.dedup();
        if options.len() < MIN_SLIP_OPTIONS {
            return Err(Refusal::SlipWithoutOptions { given: options.len() });
        }
        Ok(())
    }
}
