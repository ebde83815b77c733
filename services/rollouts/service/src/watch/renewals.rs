//! When each watch was renewed last.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use verdict_kernel::id::RolloutId;
use verdict_runtime::seat::Seat;

use super::DEFAULT_PERIOD;

/// The renewals of the rollouts that have to be watched. Those of any other are not remembered: nothing here grows with
/// what a client sends (design clause 26).
#[derive(Debug)]
pub struct Renewals {
    period: Duration,
    pub(super) seat: Seat,
    /// `None` for one that was not renewed in this process.
    last: Mutex<BTreeMap<RolloutId, Option<Duration>>>,
}

impl Default for Renewals {
    fn default() -> Self {
        Self::every(DEFAULT_PERIOD)
    }
}

impl Renewals {
    /// Watches that last for `period` without a renewal.
    pub fn every(period: Duration) -> Self {
        Self { period, seat: Seat::default(), last: Mutex::default() }
    }

    /// How long a watch lasts without a renewal.
    pub const fn period(&self) -> Duration {
        self.period
    }

    /// Whether this replica keeps the watch at monotonic time `now`: renewals count here and nowhere else.
    pub fn are_kept(&self, now: Duration) -> bool {
        self.seat.right(now).is_some()
    }

    /// The metrics service watches these rollouts at monotonic time `now`. Returns how long that lasts.
    pub fn renew(&self, rollouts: impl IntoIterator<Item = RolloutId>, now: Duration) -> Duration {
        let mut last = self.lock();
        for rollout in rollouts {
            if let Some(renewed) = last.get_mut(&rollout) {
                *renewed = Some(now);
            }
        }
        self.period
    }

    /// The rollout has to be watched from now on.
    pub(super) fn expect(&self, rollout: RolloutId) {
        self.lock().entry(rollout).or_default();
    }

    /// Monotonic time of the last renewal; `None` when there was none in this process.
    pub(super) fn last(&self, rollout: RolloutId) -> Option<Duration> {
        self.lock().get(&rollout).copied().flatten()
    }

    pub(super) fn forget(&self, rollout: RolloutId) {
        self.lock().remove(&rollout);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<RolloutId, Option<Duration>>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
