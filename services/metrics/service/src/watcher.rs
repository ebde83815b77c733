//! Tells the rollouts context that running rollouts are watched (rule R15).
//!
//! It renews the watch of every running rollout that this replica judges, with guardrails or without, for as long as
//! the evaluation itself works: a replica that cannot judge does not claim to watch, and one guardrail that cannot be
//! judged costs its own rollout the watch and no other. Renewals are not events, so they
//! go to the one replica of the rollouts service that keeps the watch (design clause 9).

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1::RenewWatchRequest;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::grpc;
use verdict_runtime::log::Position;
use verdict_runtime::route::{self, Route, RouteError};

use crate::board::Board;
use crate::evaluator::Evaluation;

/// Context and name of the lease whose holder takes renewals.
pub(crate) const KEEPER: (&str, &str) = ("rollouts", "watch-keeper");

/// Time between two renewals: a third of the period after which a watch lapses.
const EVERY: Duration = Duration::from_secs(20);
/// When it looks again while a rollout of its own is not watched.
const AGAIN: Duration = Duration::from_secs(1);
/// When it looks again while it cannot renew.
const SOON: Duration = Duration::from_millis(50);

/// See the module.
pub struct Watcher {
    board: Arc<Board>,
    evaluation: Arc<Evaluation>,
    clock: Arc<dyn Clock>,
    keeper: Arc<OnceLock<Route>>,
    /// Monotonic time of the last renewal, and the rollouts it was for.
    renewed: Option<(Duration, Vec<String>)>,
}

impl Watcher {
    /// `keeper` is set once the other context is there.
    pub const fn new(
        board: Arc<Board>,
        evaluation: Arc<Evaluation>,
        clock: Arc<dyn Clock>,
        keeper: Arc<OnceLock<Route>>,
    ) -> Self {
        Self { board, evaluation, clock, keeper, renewed: None }
    }

    async fn renew(&mut self) -> Result<Progress, Fault> {
        self.board.refresh_if_grown().await?;
        let running = self.board.read(|view| view.rollouts.running());
        let mine = running.iter().filter(|&&rollout| self.evaluation.watches_over(rollout));
        let mut mine: Vec<String> = mine.map(ToString::to_string).collect();
        mine.sort_unstable();
        let now = self.clock.monotonic();
        let blind = self.evaluation.is_blind_to(&running);
        let idle = |left: Duration| match (blind, self.evaluation.is_ready()) {
            (_, false) => Progress::Blocked { due: None, retry: SOON },
            (true, true) => idle(left.min(AGAIN)),
            (false, true) => idle(left),
        };
        if let Some((at, renewed)) = &self.renewed {
            let left = EVERY.saturating_sub(now.saturating_sub(*at));
            // A rollout that began since does not wait for the others' turn.
            let all_covered = mine.iter().all(|id| renewed.binary_search(id).is_ok());
            if !left.is_zero() && all_covered {
                return Ok(idle(left));
            }
        }
        let (true, Some(keeper)) = (self.evaluation.places().are_known(), self.keeper.get()) else {
            return Ok(Progress::Blocked { due: None, retry: SOON });
        };
        if !mine.is_empty() && !send(keeper, mine.clone()).await? {
            return Ok(Progress::Blocked { due: None, retry: SOON });
        }
        self.renewed = Some((now, mine));
        Ok(idle(EVERY))
    }
}

/// Says whether somebody took the renewal.
async fn send(keeper: &Route, rollout_ids: Vec<String>) -> Result<bool, Fault> {
    let renew = |transport| {
        let request = RenewWatchRequest { rollout_ids: rollout_ids.clone() };
        async move { RolloutsClient::new(transport).renew_watch(request).await }
    };
    match keeper.call(renew).await {
        Ok(_) => Ok(true),
        // Nobody keeps the watch yet, or not any more.
        Err(RouteError::Unreachable { status, .. })
            if grpc::problem_of(&status).is_some_and(|problem| route::is_elsewhere(&problem.code)) =>
        {
            Ok(false)
        }
        Err(RouteError::Fault(fault)) => Err(fault),
        Err(error) => Err(Fault::Unreachable { service: "rollouts".to_owned(), why: error.to_string() }),
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
