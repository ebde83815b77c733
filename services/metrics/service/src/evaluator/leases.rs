//! Keeps the leases on the shares of the evaluation. A component of its own, because judging what is stored may take
//! longer than a lease lasts.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::process::{Authority, Proof, standing_by};

use super::Evaluation;

/// See the module.
pub struct Leases {
    evaluation: Arc<Evaluation>,
    /// One for each share, in their order.
    authorities: Vec<Box<dyn Authority>>,
}

impl Leases {
    /// `authority` gives the right to judge under the lease of that name.
    pub fn new(evaluation: Arc<Evaluation>, authority: impl Fn(&str) -> Box<dyn Authority>) -> Self {
        let places = evaluation.places.all().iter();
        let authorities = places.map(|place| authority(&place.lease())).collect();
        Self { evaluation, authorities }
    }

    /// A lease that cannot be tended now keeps nobody from tending the others.
    async fn tend(&mut self) -> Result<Progress, Fault> {
        let mut retry: Option<Duration> = None;
        let mut failed = None;
        let mut waiting = None;
        for (place, authority) in self.evaluation.places.all().iter().zip(&mut self.authorities) {
            let before = place.right(self.evaluation.clock.monotonic());
            let next = match place.prove(&mut **authority).await {
                Ok(Proof::Held(_)) => {
                    if place.right(self.evaluation.clock.monotonic()) != before {
                        // What is stored is judged now, and not when somebody looks again.
                        self.evaluation.wake();
                    }
                    authority.renew_in()
                }
                Ok(Proof::Elsewhere { retry, alive }) => {
                    if !alive {
                        waiting.get_or_insert(retry);
                    }
                    Some(retry)
                }
                Err(fault) => {
                    failed = failed.or(Some(fault));
                    None
                }
            };
            retry = [retry, next].into_iter().flatten().min();
        }
        match (failed, waiting) {
            (Some(fault), _) => Err(fault),
            // A share that nobody judges is work that is left undone.
            (None, Some(again)) => Ok(standing_by(retry.unwrap_or(again), false)),
            (None, None) => Ok(Progress::Idle { due: None, retry }),
        }
    }

    async fn give_back(&mut self) -> Result<(), Fault> {
        let mut outcome = Ok(());
        for authority in &mut self.authorities {
            outcome = outcome.and(authority.release().await);
        }
        outcome
    }
}

impl Component for Leases {
    fn name(&self) -> &'static str {
        "metrics-evaluation-leases"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.tend())
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.give_back())
    }
}
