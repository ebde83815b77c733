//! The seats of flag edges: whoever confirms a rollback is alive (design clause 20).
//!
//! An edge that joined renews its seat. Renewals are not events; silence for a seat is one. Renewals and silence are
//! measured on the monotonic clock of this process, because whether another process is alive is no business time.
//!
//! Of several replicas one keeps the seats, under the lease `rollouts.lease-edge-keeper`. It alone takes renewals; the
//! others say who does. Whoever takes over grants one full seat to every edge before silence counts (design clause 9).

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use verdict_kernel::id::EdgeId;
use verdict_runtime::seat::Seat;

mod keeper;
pub mod roster;
#[cfg(test)]
mod tests;

pub use keeper::EdgeKeeper;
use keeper::following;

/// How long an edge may be silent (decision D8); it renews about three times as often.
pub const DEFAULT_SEAT: Duration = Duration::from_secs(10);

/// Name of the component that keeps the seats, and of its lease.
pub const NAME: &str = "edge-keeper";

/// How long a lost edge counts as missing: one that was replaced under another name never comes back.
const MISSED_FOR: Duration = Duration::from_hours(1);

/// The edges that joined, and when each was heard of last.
#[derive(Debug)]
pub struct Seats {
    ttl: Duration,
    right: Seat,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    seated: BTreeMap<EdgeId, Seated>,
    /// Edges that were lost, by name, with the monotonic time at which that was read.
    missed: BTreeMap<String, Duration>,
}

/// An edge that rollbacks wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seated {
    org: String,
    name: String,
    /// Number of events of the edge at its joining: tells one loss from the next.
    joined: u64,
    /// Monotonic time of the last sign of life.
    heard: Duration,
}

impl Default for Seats {
    fn default() -> Self {
        Self::lasting(DEFAULT_SEAT)
    }
}

impl Seats {
    /// Seats that last for `ttl` without a renewal.
    pub fn lasting(ttl: Duration) -> Self {
        Self { ttl, right: Seat::default(), inner: Mutex::default() }
    }

    /// How long a seat lasts without a renewal.
    pub const fn ttl(&self) -> Duration {
        self.ttl
    }

    /// Whether this replica keeps the seats at monotonic time `now`: renewals count here and nowhere else.
    pub fn are_kept(&self, now: Duration) -> bool {
        self.right.right(now).is_some()
    }

    /// The edge is alive at monotonic time `now`. False for one that has not joined, which is not remembered: nothing
    /// here grows with what a client sends (design clause 26).
    pub fn renew(&self, org: &str, edge: EdgeId, now: Duration) -> bool {
        match self.lock().seated.get_mut(&edge).filter(|seated| seated.org == org) {
            Some(seated) => {
                seated.heard = seated.heard.max(now);
                true
            }
            None => false,
        }
    }

    /// How many edges are missing at monotonic time `now`: lost within the last hour and not replaced by one of the
    /// same name.
    pub fn missing(&self, now: Duration) -> usize {
        self.lock().missed.values().filter(|lost| now.saturating_sub(**lost) < MISSED_FOR).count()
    }

    /// A full seat from `now` for everybody.
    fn grant(&self, now: Duration) {
        self.lock().seated.values_mut().for_each(|seated| seated.heard = now);
    }

    /// Those that have been silent for a seat.
    fn silent(&self, now: Duration) -> Vec<(EdgeId, Seated)> {
        let is_silent = |seated: &Seated| now.saturating_sub(seated.heard) > self.ttl;
        let inner = self.lock();
        let silent = inner.seated.iter().filter(|(_, seated)| is_silent(seated));
        silent.map(|(edge, seated)| (*edge, seated.clone())).collect()
    }

    /// When the next one has been silent for a seat if nothing is heard.
    fn next_silence(&self) -> Option<Duration> {
        self.lock().seated.values().map(|seated| seated.heard + self.ttl).min()
    }

    /// The log went back: nobody is known.
    fn clear(&self) {
        *self.lock() = Inner::default();
    }

    /// The edges that rollbacks wait for.
    fn seated(&self) -> Vec<String> {
        self.lock().seated.keys().map(EdgeId::to_string).collect()
    }

    fn is_seated(&self, edge: EdgeId) -> bool {
        self.lock().seated.contains_key(&edge)
    }

    fn seat(&self, edge: EdgeId, seated: Seated) {
        let mut inner = self.lock();
        inner.missed.remove(&seated.name);
        inner.seated.insert(edge, seated);
    }

    /// It is not waited for any more.
    fn end(&self, edge: EdgeId) -> Option<Seated> {
        self.lock().seated.remove(&edge)
    }

    /// The same, without a word from it.
    fn miss(&self, edge: EdgeId, now: Duration) {
        let mut inner = self.lock();
        if let Some(seated) = inner.seated.remove(&edge) {
            inner.missed.retain(|_, lost| now.saturating_sub(*lost) < MISSED_FOR);
            inner.missed.insert(seated.name, now);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
