//! The time that a bet is given, and the declared slip that alone moves its end (rule B3).

use jiff::{SignedDuration, Timestamp};
use verdict_kernel::ruling::Ruling;

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

    /// It ends after it starts.
    pub(super) fn judge(self, ruling: &mut Ruling<'_>) {
        ruling.demand(self.end > self.start, || Refusal::TimeboxReversed(self));
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
    /// It moves the end of `timebox` to after the start, and says why, what for, and between what the team chose.
    pub(super) fn judge(&self, timebox: Option<Timebox>, ruling: &mut Ruling<'_>) {
        if let Some(timebox) = timebox {
            Timebox { end: self.new_end, ..timebox }.judge(ruling);
        }
        ruling.demand(!self.cause.trim().is_empty(), || Refusal::SlipIncomplete("a cause"));
        ruling.demand(!self.trade_off.trim().is_empty(), || Refusal::SlipIncomplete("a trade-off"));
        let mut options: Vec<&str> = self.options.iter().map(|option| option.trim()).collect();
        options.retain(|option| !option.is_empty());
        options.sort_unstable();
        options.dedup();
        let given = options.len();
        ruling.demand(given >= MIN_SLIP_OPTIONS, || Refusal::SlipWithoutOptions { given });
    }
}
