//! Keeps the evaluation going: judges what is stored when the role starts and when a guardrail is armed, tries again
//! what could not be answered, and says so when an answer goes stale.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::{Log, Position};
use verdict_runtime::seat::Right;

use super::Evaluation;
use super::places::Place;

/// How often it looks for answers that ingest could not record and, where there may be other replicas, for rows that
/// did not arrive here, without being woken.
const AGAIN: Duration = Duration::from_secs(5);

/// See the module. Ingest does not wait for it.
pub struct Evaluator {
    evaluation: Arc<Evaluation>,
    log: Log,
    /// Monotonic time of the last comparison with the store.
    compared: Duration,
}

impl Evaluator {
    pub fn new(evaluation: Arc<Evaluation>, log: Log) -> Self {
        let compared = evaluation.clock.monotonic();
        Self { evaluation, log, compared }
    }

    async fn settle_all(&mut self) -> Result<Progress, Fault> {
        let evaluation = self.evaluation.clone();
        evaluation.board.refresh().await?;
        evaluation.forget_others();
        let now = evaluation.clock.monotonic();
        // Alone, every row that is stored was judged here first, unless the lease had run out for a moment.
        let missed = evaluation.missed.swap(false, Ordering::AcqRel);
        let compare = missed || (!self.log.is_exclusive() && now.saturating_sub(self.compared) >= AGAIN);
        let settled = self.settle_held(&evaluation, now, compare).await;
        if settled.is_err() {
            evaluation.missed.fetch_or(missed, Ordering::AcqRel);
        } else if compare {
            self.compared = now;
        }
        settled
    }

    async fn settle_held(
        &self,
        evaluation: &Evaluation,
        now: Duration,
        compare: bool,
    ) -> Result<Progress, Fault> {
        let mut due = None;
        let mut worked = false;
        let held = |place: &Place| place.right(now);
        let rights: Vec<Option<Right>> = evaluation.places().all().iter().map(held).collect();
        for id in evaluation.board.read(|view| view.guardrails.watching()) {
            let entry = evaluation.entry(id);
            let Some(place) = entry.as_ref().and_then(|entry| evaluation.place_of(entry)) else {
                continue;
            };
            let Some(right) = rights.get(place.shard().index() as usize).and_then(Option::as_ref) else {
                continue;
            };
            let settled = evaluation.settle(place, right, id, compare).await;
            if matches!(settled, Err(Fault::Fenced { .. })) {
                place.overtaken(right);
            }
            let (stale_at, said) = settled?;
            due = [due, stale_at].into_iter().flatten().min();
            worked |= said;
        }
        for (place, right) in evaluation.places().all().iter().zip(rights) {
            if let Some(right) = right {
                place.set_ready(right);
            }
        }
        Ok(if worked { Progress::Worked } else { Progress::Idle { due, retry: Some(AGAIN) } })
    }
}

impl Component for Evaluator {
    fn name(&self) -> &'static str {
        "metrics-evaluator"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.settle_all())
    }

    fn applied(&self) -> Option<Position> {
        self.evaluation.board.position()
    }

    fn unready(&self) -> Option<String> {
        let why = "has not judged the stored observations yet";
        (!self.evaluation.is_ready()).then(|| why.to_owned())
    }
}
