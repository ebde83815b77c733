//! The board: what the evaluation, the gates and the lists need to know of the log, in memory.
//!
//! It is a projection over the metrics, the guardrails and the rollouts. It differs from the chassis' own
//! projections in one thing: whoever needs the head of the log brings the board there and does not wait for somebody
//! else to do it, because on the safety path every wait counts.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::{Mutex, watch};
use verdict_kernel::id::GuardrailId;
use verdict_metrics_wire::guardrail::GuardrailWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Folded;
use verdict_runtime::log::{Filter, Log, LogError, MAX_PAGE, Position};

pub mod guardrails;
pub mod incidents;
pub mod metrics;
pub mod rollouts;
#[cfg(test)]
mod tests;
mod view;

pub use view::View;

/// The view and how far it is.
#[derive(Default)]
struct Folding {
    view: View,
    position: Option<Position>,
    skipped: u64,
}

/// See the module.
pub struct Board {
    log: Log,
    filter: Filter,
    folding: RwLock<Folding>,
    /// Held by whoever reads on; the receiver tells whether there can be anything new.
    reader: Mutex<watch::Receiver<u64>>,
}

impl Board {
    pub fn new(log: Log) -> Self {
        let mut grown = log.grown();
        // Nothing was read yet, so everything is new.
        grown.mark_changed();
        Self {
            filter: Filter::prefixes([
                "metrics.metric-",
                "metrics.guardrail-",
                "metrics.incident-",
                "rollouts.rollout-",
            ]),
            folding: RwLock::default(),
            reader: Mutex::new(grown),
            log,
        }
    }

    /// What `look` sees. The board stands still while it looks, so it must be brief.
    pub fn read<T>(&self, look: impl FnOnce(&View) -> T) -> T {
        look(&self.folding().view)
    }

    /// How far the board is; `None` before the first event.
    pub fn position(&self) -> Option<Position> {
        self.folding().position.clone()
    }

    /// Events that this version cannot read.
    pub fn skipped(&self) -> u64 {
        self.folding().skipped
    }

    /// Brings the board to the head of the log. Says whether it moved.
    pub async fn refresh(&self) -> Result<bool, Fault> {
        let mut grown = self.reader.lock().await;
        self.read_all(&mut grown).await
    }

    /// Like [`Self::refresh`], at no cost when the log has not grown since the last time.
    pub async fn refresh_if_grown(&self) -> Result<bool, Fault> {
        let mut grown = self.reader.lock().await;
        // A log whose signal is gone can only be read.
        if !grown.has_changed().unwrap_or(true) {
            return Ok(false);
        }
        self.read_all(&mut grown).await
    }

    /// What was there when it began is seen once it was read: whoever is cut off, or fails, has seen nothing.
    async fn read_all(&self, grown: &mut watch::Receiver<u64>) -> Result<bool, Fault> {
        let mut seen = grown.clone();
        seen.borrow_and_update();
        let moved = self.read_on().await?;
        *grown = seen;
        Ok(moved)
    }

    async fn read_on(&self) -> Result<bool, Fault> {
        let mut moved = false;
        loop {
            let after = self.position();
            let page = match self.log.read_all(after.as_ref(), &self.filter, MAX_PAGE).await {
                Err(LogError::AnotherLog(_)) => {
                    tracing::info!("folding the board anew: the log is another one");
                    *self.folding_mut() = Folding::default();
                    continue;
                }
                page => page?,
            };
            let mut folding = self.folding_mut();
            for event in &page.events {
                let known = folding.view.apply(event);
                folding.skipped += u64::from(!known);
                folding.position = Some(event.position.clone());
            }
            moved |= !page.events.is_empty();
            folding.position = page.considered.or_else(|| folding.position.take());
            if page.at_head {
                return Ok(moved);
            }
        }
    }

    /// Takes over what a command on a guardrail led to, so that the next look does not have to wait for the log.
    pub fn learn(&self, id: GuardrailId, folded: &Folded<GuardrailWire>) {
        self.folding_mut().view.guardrails.learn(id, folded);
    }

    fn folding(&self) -> RwLockReadGuard<'_, Folding> {
        self.folding.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn folding_mut(&self) -> RwLockWriteGuard<'_, Folding> {
        self.folding.write().unwrap_or_else(PoisonError::into_inner)
    }
}
