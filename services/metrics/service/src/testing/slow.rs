//! A log whose reads of everything hang when told to.

use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::BoxFuture;
use verdict_runtime::log::forward::Forward;
use verdict_runtime::log::{AllSlice, Filter, Log, LogError, Position};

pub(crate) struct Slow {
    log: Log,
    hangs: AtomicBool,
}

impl Slow {
    pub(crate) fn over(log: Log) -> Self {
        Self { log, hangs: AtomicBool::default() }
    }

    pub(crate) fn hang(&self, hangs: bool) {
        self.hangs.store(hangs, Ordering::SeqCst);
    }
}

impl Forward for Slow {
    fn inner(&self) -> &Log {
        &self.log
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        Box::pin(async move {
            if self.hangs.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            self.log.read_all(after, filter, max).await
        })
    }
}
