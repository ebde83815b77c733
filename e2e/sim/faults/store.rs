//! The store of observations as one replica sees it: it fails before and after it has done what it was asked for, and
//! now and then it hangs for everybody.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_kernel::clock::{Clock, ManualClock, Timestamp};
use verdict_runtime::observations::memory::MemoryObservations;
use verdict_runtime::observations::{Key, ObservationStore, Outcome, Query, Retraction, Row, StoreError};

use super::{Faults, Mishap};
use crate::sabotage::Sabotage;

/// The store that is there now: an older one takes its place when the log goes back.
pub(crate) type Store = Arc<Mutex<Arc<MemoryObservations>>>;

/// When the store does not answer.
pub(crate) struct Outage {
    clock: Arc<ManualClock>,
    /// Monotonic time at which it answers again.
    until: Mutex<Duration>,
    /// Somebody waits for it, in this replica or in one that was called.
    pub(super) waits: AtomicBool,
}

impl Outage {
    pub(crate) fn new(clock: Arc<ManualClock>) -> Arc<Self> {
        Arc::new(Self { clock, until: Mutex::default(), waits: AtomicBool::new(false) })
    }

    /// The store hangs from now on for this long.
    pub(crate) fn begin(&self, lasts: Duration) {
        *self.until.lock().unwrap() = self.clock.monotonic() + lasts;
    }

    pub(crate) fn end(&self) {
        *self.until.lock().unwrap() = Duration::ZERO;
    }

    async fn is_over(&self) {
        poll_fn(|context| {
            if self.clock.monotonic() >= *self.until.lock().unwrap() {
                return Poll::Ready(());
            }
            self.waits.store(true, Ordering::Relaxed);
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

/// See the module.
pub(crate) struct FaultyStore {
    inner: Store,
    faults: Arc<Faults>,
    view: Sabotage,
}

impl FaultyStore {
    pub(crate) fn new(inner: Store, faults: Arc<Faults>, view: Sabotage) -> Self {
        Self { inner, faults, view }
    }

    fn inner(&self) -> Arc<MemoryObservations> {
        self.inner.lock().unwrap().clone()
    }

    async fn read<T>(
        &self,
        asked: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let of = [Mishap::LostBefore, Mishap::LostBefore, Mishap::CrashBefore];
        self.answered(&of, asked).await
    }

    async fn write<T>(
        &self,
        asked: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let of = [Mishap::LostBefore, Mishap::LostAfter, Mishap::CrashBefore, Mishap::CrashAfter];
        self.answered(&of, asked).await
    }

    async fn answered<T>(
        &self,
        of: &[Mishap],
        asked: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.faults.outage.is_over().await;
        self.faults.around(of, lost(), asked).await
    }
}

fn lost() -> StoreError {
    StoreError::Failed("the answer was lost".to_owned())
}

impl ObservationStore for FaultyStore {
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>> {
        Box::pin(self.write(async move { self.inner().insert(rows).await }))
    }

    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(self.read(async move { self.inner().rows_from(query, from, after, max).await }))
    }

    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(self.read(async move {
            let rows = self.inner().last(query, before, max).await?;
            Ok(if before.is_none() { self.view.newest(rows) } else { rows })
        }))
    }

    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(self.read(async move { self.inner().count(org, metric).await }))
    }

    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(self.write(async move { self.inner().retract(retraction).await }))
    }

    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(self.write(async move { self.inner().prune(org, metric, before, max).await }))
    }

    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(self.write(async move { self.inner().mark(judged).await }))
    }

    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        Box::pin(self.read(async move { self.inner().marked(guardrail).await }))
    }
}
