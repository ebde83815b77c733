//! How the commands of this process ended, for `/metrics`.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{ExecuteError, Executed};

/// The ways in which a command ends: its events are in the log, it was there already, nothing was to be done, it was
/// refused, the caller was mistaken, or the platform could not.
pub const OUTCOMES: [&str; 6] = ["executed", "repeated", "nothing", "refused", "rejected", "faulted"];

/// One counter for each of [`OUTCOMES`], in their order, since the start of the process.
static COUNTERS: [AtomicU64; OUTCOMES.len()] = [const { AtomicU64::new(0) }; OUTCOMES.len()];

/// Commands by outcome.
pub fn outcomes() -> [(&'static str, u64); OUTCOMES.len()] {
    std::array::from_fn(|index| (OUTCOMES[index], COUNTERS[index].load(Ordering::Relaxed)))
}

pub(super) fn count(outcome: &Result<Executed, ExecuteError>) {
    let index = match outcome {
        Ok(executed) if executed.repeated => 1,
        Ok(executed) if executed.event_types.is_empty() => 2,
        Ok(_) => 0,
        Err(ExecuteError::Refused(_)) => 3,
        Err(
            ExecuteError::StaleVersion { .. }
            | ExecuteError::CommandIdReused(_)
            | ExecuteError::NotFound { .. }
            | ExecuteError::Problem(_),
        ) => 4,
        Err(ExecuteError::Contended | ExecuteError::Fault(_)) => 5,
    };
    COUNTERS[index].fetch_add(1, Ordering::Relaxed);
}
