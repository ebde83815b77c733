//! Old rows go: those of a metric that are older than the life of the longest rollout it guarded and some days more,
//! thirty unless it is told otherwise (design clause 26). They are deleted in the background, a bounded batch at a time.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use verdict_kernel::clock::Clock;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::observations::ObservationStore;

use crate::board::{Board, View};
use crate::evaluator::{Evaluation, fault};

#[cfg(test)]
mod tests;

/// How long rows are kept beyond the life of a rollout, unless it is told otherwise.
pub const BEYOND: Duration = Duration::from_hours(24 * 30);
/// How often it looks for old rows.
const EVERY: Duration = Duration::from_hours(1);
/// Rows of one deletion.
const BATCH: usize = 1_000;

/// See the module.
pub struct Retention {
    board: Arc<Board>,
    evaluation: Arc<Evaluation>,
    store: Arc<dyn ObservationStore>,
    clock: Arc<dyn Clock>,
    beyond: Duration,
    /// Metrics that were not looked at in this round.
    left: Vec<(String, String)>,
    /// Monotonic time at which the next round begins.
    next: Duration,
}

impl Retention {
    pub fn new(
        board: Arc<Board>,
        evaluation: Arc<Evaluation>,
        store: Arc<dyn ObservationStore>,
        clock: Arc<dyn Clock>,
        beyond: Duration,
    ) -> Self {
        Self { board, evaluation, store, clock, beyond, left: Vec::new(), next: Duration::ZERO }
    }

    async fn prune(&mut self) -> Result<Progress, Fault> {
        let now = self.clock.monotonic();
        if self.left.is_empty() {
            // Of several replicas one is enough, and the board of the others may be far behind.
            let is_mine = self.evaluation.places().all().first().is_some_and(|place| place.is_ready(now));
            if now < self.next || !is_mine {
                let retry = Some(self.next.saturating_sub(now).max(Duration::from_secs(1)));
                return Ok(Progress::Idle { due: None, retry });
            }
            self.left = self.board.read(|view| view.metrics.keys());
            self.next = now + EVERY;
        }
        let Some((org, metric)) = self.left.last().cloned() else {
            return Ok(Progress::Idle { due: None, retry: Some(EVERY) });
        };
        let now = self.clock.now();
        let before = self.board.read(|view| kept_from(view, &org, &metric, now, self.beyond));
        let gone = self.store.prune(&org, &metric, before, BATCH).await.map_err(fault)?;
        if gone < BATCH as u64 {
            self.left.pop();
        }
        if gone > 0 {
            tracing::debug!(metric, rows = gone, "deleted {gone} rows of {metric} from before {before}");
        }
        Ok(Progress::Worked)
    }
}

/// Rows whose windows end before it may go.
fn kept_from(view: &View, org: &str, metric: &str, now: Timestamp, beyond: Duration) -> Timestamp {
    let guardrails = view.guardrails.of_metric(org, metric).iter().filter_map(|id| view.guardrails.get(*id));
    let rollouts = guardrails.filter_map(|entry| entry.state.guardrail().map(|it| it.arming.rollout));
    let lives = rollouts.filter_map(|rollout| view.rollouts.get(rollout)).map(|rollout| rollout.life(now));
    let kept = lives.max().unwrap_or_default().saturating_add(beyond);
    jiff::SignedDuration::try_from(kept)
        .ok()
        .and_then(|kept| now.checked_sub(kept).ok())
        .unwrap_or(Timestamp::MIN)
}

impl Component for Retention {
    fn name(&self) -> &'static str {
        "metrics-retention"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.prune())
    }
}
