//! The serving side of an edge: what every request looks at, and how old it is.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, Semaphore};
use verdict_kernel::clock::Clock;

use crate::freshness::{Freshness, STALE_AFTER};
use crate::offs::Offs;
use crate::snapshot::{Scope, Snapshot};
use crate::streams::{StreamFigures, Streams};

/// Requests that wait for a newer snapshot at once: each holds a connection and its body. Everybody who was told of one
/// change may ask at once, and clients do not ask again.
const WAITING: usize = 8_192;

/// Cheap to clone. Ready once its follower has read to the head of the log, or, where there is no log, once it has
/// found what it served before.
#[derive(Clone)]
pub struct Edge {
    shared: Arc<Shared>,
}

struct Shared {
    current: ArcSwapOption<Snapshot>,
    scope: Scope,
    freshness: Freshness,
    offs: ArcSwap<Offs>,
    streams: Arc<Streams>,
    /// Told whenever a snapshot is swapped in.
    moved: Notify,
    waiting: Semaphore,
}

/// Everything that one answer is made from.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) offs: Arc<Offs>,
    /// How old it is, where it may have changed since.
    pub(crate) stale: Option<Duration>,
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge")
            .field("scope", &self.shared.scope)
            .field("age", &self.age())
            .finish_non_exhaustive()
    }
}

impl Edge {
    /// An edge that is not ready, and serves `scope` to callers that name no other environment.
    pub(crate) fn unready(scope: Scope, clock: Arc<dyn Clock>, streams: Streams) -> Self {
        let shared = Shared {
            current: ArcSwapOption::empty(),
            scope,
            freshness: Freshness::new(clock),
            offs: ArcSwap::default(),
            streams: Arc::new(streams),
            moved: Notify::new(),
            waiting: Semaphore::new(WAITING),
        };
        Self { shared: Arc::new(shared) }
    }

    /// What is served now, apart from what is off by hand here; `None` until the edge is ready.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.shared.current.load_full()
    }

    /// The scope of callers that name no environment.
    pub fn default_scope(&self) -> &Scope {
        &self.shared.scope
    }

    /// Time since the log was last seen, also before a restart; `None` when it never was.
    pub fn age(&self) -> Option<Duration> {
        self.shared.freshness.age()
    }

    /// How old what is served is, where it may have changed since; `None` while it is fresh.
    pub fn stale(&self) -> Option<Duration> {
        self.staleness(self.shared.current.load().as_deref()?)
    }

    /// How many flags are off by hand here.
    pub fn local_offs(&self) -> usize {
        self.shared.offs.load().len()
    }

    /// What a scraper is told of streams.
    pub fn stream_figures(&self) -> StreamFigures {
        self.shared.streams.figures()
    }

    /// Ends every stream and opens no other, so that an edge that stops holds nobody.
    pub fn end_streams(&self) {
        self.shared.streams.announcements.end();
    }

    /// What people should know of an edge that can serve; `None` when there is nothing to say.
    pub fn remark(&self) -> Option<String> {
        let mut remarks = Vec::new();
        if let Some(age) = self.stale() {
            let age = age.as_secs();
            remarks.push(format!("serves stale flags: the log was last seen {age} s ago"));
        }
        remarks.extend(self.shared.offs.load().remark());
        (!remarks.is_empty()).then(|| remarks.join("; "))
    }

    pub(crate) fn view(&self) -> Option<View> {
        let snapshot = self.snapshot()?;
        let stale = self.staleness(&snapshot);
        Some(View { snapshot, offs: self.shared.offs.load_full(), stale })
    }

    pub(crate) fn freshness(&self) -> &Freshness {
        &self.shared.freshness
    }

    pub(crate) fn offs(&self) -> Arc<Offs> {
        self.shared.offs.load_full()
    }

    pub(crate) fn set_offs(&self, offs: Arc<Offs>) {
        self.shared.offs.store(offs);
        self.announce();
    }

    /// Swaps in what `next` makes of what is off now, and answers what was off before.
    pub(crate) fn change_offs(&self, next: impl FnMut(&Arc<Offs>) -> Arc<Offs>) -> Arc<Offs> {
        let before = self.shared.offs.rcu(next);
        self.announce();
        before
    }

    /// Swaps in `next`, unless it is older than what is served already.
    pub(crate) fn publish(&self, next: Snapshot) {
        let older = match (self.shared.current.load().as_deref(), &next.position) {
            (None, _) => false,
            (Some(served), None) => served.position.is_some() && !served.former,
            (Some(served), Some(position)) => {
                served.position.as_ref().is_some_and(|own| position.covers(own) == Some(false))
                    && !served.former
            }
        };
        if older {
            tracing::error!("kept the served flags, because older ones were offered");
        } else {
            self.shared.current.store(Some(Arc::new(next)));
            self.shared.moved.notify_waiters();
            self.announce();
        }
    }

    pub(crate) fn streams(&self) -> &Arc<Streams> {
        &self.shared.streams
    }

    /// Returns when the next snapshot is swapped in.
    pub(crate) fn moved(&self) -> Notified<'_> {
        self.shared.moved.notified()
    }

    /// A place for each request that waits.
    pub(crate) fn waiting(&self) -> &Semaphore {
        &self.shared.waiting
    }

    /// Tells streams what is in force, whoever has changed it. What they are told of is served already.
    fn announce(&self) {
        let streams = &self.shared.streams;
        streams.wrote(streams.announcements.announce(|| Some((self.snapshot()?, self.offs()))));
    }

    fn staleness(&self, snapshot: &Snapshot) -> Option<Duration> {
        let age = self.age().unwrap_or_default();
        (snapshot.former || age > STALE_AFTER).then_some(age)
    }
}
