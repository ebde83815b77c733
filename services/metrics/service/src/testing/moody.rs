//! A store that fails, hangs or takes its time when told to, and counts the rows that it hands out.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use futures::future::BoxFuture;
use verdict_kernel::clock::Timestamp;
use verdict_runtime::observations::{Key, ObservationStore, Outcome, Query, Retraction, Row, StoreError};

pub(crate) struct Moody {
    store: Arc<dyn ObservationStore>,
    fails: AtomicBool,
    hangs: AtomicBool,
    full: AtomicBool,
    handed_out: AtomicUsize,
    meanwhile: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl Moody {
    pub(crate) fn over(store: Arc<dyn ObservationStore>) -> Self {
        Self {
            store,
            fails: AtomicBool::default(),
            hangs: AtomicBool::default(),
            full: AtomicBool::default(),
            handed_out: AtomicUsize::default(),
            meanwhile: OnceLock::new(),
        }
    }

    pub(crate) fn fail(&self, fails: bool) {
        self.fails.store(fails, Ordering::SeqCst);
    }

    pub(crate) fn hang(&self, hangs: bool) {
        self.hangs.store(hangs, Ordering::SeqCst);
    }

    /// What happens while it answers.
    pub(crate) fn meanwhile(&self, happens: impl Fn() + Send + Sync + 'static) {
        self.meanwhile.get_or_init(|| Box::new(happens));
    }

    /// It takes no rows any more, and hands out those that it has.
    pub(crate) fn full(&self, full: bool) {
        self.full.store(full, Ordering::SeqCst);
    }

    /// Rows since the last time that somebody asked.
    pub(crate) fn handed_out(&self) -> usize {
        self.handed_out.swap(0, Ordering::SeqCst)
    }

    fn in_the_mood<'a, T: Send + 'a>(
        &'a self,
        answer: BoxFuture<'a, Result<T, StoreError>>,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        Box::pin(async move {
            if self.hangs.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            if let Some(happens) = self.meanwhile.get() {
                happens();
            }
            if self.fails.load(Ordering::SeqCst) {
                return Err(StoreError::Failed("it is in a bad mood".to_owned()));
            }
            answer.await
        })
    }

    fn counted<'a>(
        &'a self,
        rows: BoxFuture<'a, Result<Vec<Row>, StoreError>>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(async move {
            let rows = self.in_the_mood(rows).await?;
            self.handed_out.fetch_add(rows.len(), Ordering::SeqCst);
            Ok(rows)
        })
    }
}

impl ObservationStore for Moody {
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>> {
        if self.full.load(Ordering::SeqCst) {
            return Box::pin(std::future::ready(Err(StoreError::Full)));
        }
        self.in_the_mood(self.store.insert(rows))
    }

    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        self.counted(self.store.rows_from(query, from, after, max))
    }

    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        self.counted(self.store.last(query, before, max))
    }

    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.in_the_mood(self.store.count(org, metric))
    }

    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.in_the_mood(self.store.retract(retraction))
    }

    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.in_the_mood(self.store.prune(org, metric, before, max))
    }

    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.in_the_mood(self.store.mark(judged))
    }

    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        self.in_the_mood(self.store.marked(guardrail))
    }
}
