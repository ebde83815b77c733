//! Tells the rollouts context that running rollouts are watched (rule R15).
//!
//! It renews the watch of every running rollout, with guardrails or without, for as long as the evaluation itself
//! works: a metrics service that cannot judge does not claim to watch. Renewals are not events.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures::future::BoxFuture;
use tonic::Code;
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1::RenewWatchRequest;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::Position;

use crate::board::Board;
use crate::evaluator::Evaluation;

/// Time between two renewals: a third of the period after which a watch lapses.
const EVERY: Duration = Duration::from_secs(20);
/// When it looks again while it cannot renew.
const SOON: Duration = Duration::from_millis(50);

/// See the module.
pub struct Watcher {
    board: Arc<Board>,
    evaluation: Arc<Evaluation>,
    clock: Arc<dyn Clock>,
    rollouts: Arc<OnceLock<Transport>>,
    /// Monotonic time of the last renewal, and the rollouts it was for.
    renewed: Option<(Duration, Vec<String>)>,
}

impl Watcher {
    /// `rollouts` is set once the other context is there.
    pub const fn new(
        board: Arc<Board>,
        evaluation: Arc<Evaluation>,
        clock: Arc<dyn Clock>,
        rollouts: Arc<OnceLock<Transport>>,
    ) -> Self {
        Self { board, evaluation, clock, rollouts, renewed: None }
    }

    async fn renew(&mut self) -> Result<Progress, Fault> {
        self.board.refresh_if_grown().await?;
        let mut running: Vec<String> =
            self.board.read(|view| view.rollouts.running()).into_iter().map(|id| id.to_string()).collect();
        running.sort_unstable();
        let now = self.clock.monotonic();
        if let Some((at, renewed)) = &self.renewed {
            let left = EVERY.saturating_sub(now.saturating_sub(*at));
            // A rollout that began since does not wait for the others' turn.
            let all_covered = running.iter().all(|id| renewed.binary_search(id).is_ok());
            if !left.is_zero() && all_covered {
                return Ok(idle(left));
            }
        }
        let (true, Some(transport)) = (self.evaluation.is_ready(), self.rollouts.get()) else {
            return Ok(Progress::Blocked { due: None, retry: SOON });
        };
        if !running.is_empty() {
            send(transport.clone(), running.clone()).await?;
        }
        self.renewed = Some((now, running));
        Ok(idle(EVERY))
    }
}

async fn send(transport: Transport, rollout_ids: Vec<String>) -> Result<(), Fault> {
    let mut client = RolloutsClient::new(transport);
    match client.renew_watch(RenewWatchRequest { rollout_ids }).await {
        Ok(_) => Ok(()),
        Err(status) if status.code() == Code::Unimplemented => {
            Err(Fault::Other(format!("watches cannot be renewed: {}", status.message())))
        }
        Err(status) => {
            Err(Fault::Unreachable { service: "rollouts".to_owned(), why: status.message().to_owned() })
        }
    }
}

const fn idle(retry: Duration) -> Progress {
    Progress::Idle { due: None, retry: Some(retry) }
}

impl Component for Watcher {
    fn name(&self) -> &'static str {
        "metrics-watcher"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.renew())
    }

    fn applied(&self) -> Option<Position> {
        self.board.position()
    }
}

#[cfg(test)]
mod tests;
