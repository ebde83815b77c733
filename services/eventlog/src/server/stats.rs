//! What the server has done since it started, for whoever exposes metrics.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of a server. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Stats(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    appends: AtomicU64,
    refused_appends: AtomicU64,
    reads: AtomicU64,
    events: AtomicU64,
    subscriptions: AtomicU64,
}

impl Stats {
    /// Appends that were acknowledged.
    pub fn appends(&self) -> u64 {
        self.0.appends.load(Ordering::Relaxed)
    }

    /// Appends that were answered with an error or a wrong version.
    pub fn refused_appends(&self) -> u64 {
        self.0.refused_appends.load(Ordering::Relaxed)
    }

    /// Reads that were begun, without subscriptions.
    pub fn reads(&self) -> u64 {
        self.0.reads.load(Ordering::Relaxed)
    }

    /// Events that were handed out, in reads and in subscriptions.
    pub fn events(&self) -> u64 {
        self.0.events.load(Ordering::Relaxed)
    }

    /// Subscriptions that are open now.
    pub fn open_subscriptions(&self) -> u64 {
        self.0.subscriptions.load(Ordering::Relaxed)
    }

    pub(super) fn count_append<T, E>(&self, outcome: &Result<T, E>) {
        let counter = if outcome.is_ok() { &self.0.appends } else { &self.0.refused_appends };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_read(&self) {
        self.0.reads.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_events(&self, events: u64) {
        self.0.events.fetch_add(events, Ordering::Relaxed);
    }

    /// Counts a subscription as open for as long as the returned value lives.
    pub(super) fn subscribed(&self) -> Subscribed {
        self.0.subscriptions.fetch_add(1, Ordering::Relaxed);
        Subscribed(self.clone())
    }
}

/// An open subscription.
#[derive(Debug)]
pub(super) struct Subscribed(Stats);

impl Subscribed {
    /// An event was handed out.
    pub(super) fn count_event(&self) {
        self.0.count_events(1);
    }
}

impl Drop for Subscribed {
    fn drop(&mut self) {
        self.0.0.subscriptions.fetch_sub(1, Ordering::Relaxed);
    }
}
