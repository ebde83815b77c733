//! Keeps the evaluation going: judges what is stored when the role starts and when a guardrail is armed, tries again
//! what could not be answered, and says so when an answer goes stale.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::Position;

use super::Evaluation;

/// How often it looks for answers that ingest could not record, without being woken.
const AGAIN: Duration = Duration::from_secs(5);

/// See the module. Ingest does not wait for it.
pub struct Evaluator {
    evaluation: Arc<Evaluation>,
}

impl Evaluator {
    pub const fn new(evaluation: Arc<Evaluation>) -> Self {
        Self { evaluation }
    }

    async fn settle_all(&self) -> Result<Progress, Fault> {
        let evaluation = &self.evaluation;
        evaluation.board.refresh().await?;
        evaluation.forget_disarmed();
        let mut due = None;
        let mut worked = false;
        for id in evaluation.board.read(|view| view.guardrails.watching()) {
            let (stale_at, said) = evaluation.settle(id).await?;
            due = [due, stale_at].into_iter().flatten().min();
            worked |= said;
        }
        evaluation.ready.store(true, Ordering::Release);
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
