//! `Guardrails`: commands on guardrails, one guardrail, the list of them, and what a gate wants to know.

use std::fmt::Display;
use std::sync::Arc;

use futures::FutureExt;
use tonic::{Request, Response, Status};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{MetricId, RolloutId};
use verdict_kernel::refusal::Refusal;
use verdict_metrics_domain::evaluation::Terms;
use verdict_metrics_domain::guardrail::{Arming, Command, Known};
use verdict_metrics_domain::metric::State;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::guardrails_server::Guardrails as Service;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::problem::{Code, Problem};

use super::asked::refuse;
use crate::board::Board;
use crate::evaluator::{Evaluation, fault};
use crate::ingest::Ingest;
use crate::observations::{ObservationStore, Query};
use crate::wire::guardrail::GuardrailWire;
use crate::wire::metric::MetricWire;
use request::{Arm, Asked};

/// Newest rows that an arming is compared with (rule M18).
const LOOKS_AT: usize = 100;

mod facts;
mod read;
mod request;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct GuardrailsApi {
    repository: Repository<GuardrailWire>,
    metrics: Repository<MetricWire>,
    board: Arc<Board>,
    store: Arc<dyn ObservationStore>,
    evaluation: Arc<Evaluation>,
    ingest: Ingest,
    clock: Arc<dyn Clock>,
}

impl GuardrailsApi {
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        store: Arc<dyn ObservationStore>,
        board: Arc<Board>,
        evaluation: Arc<Evaluation>,
        ingest: Ingest,
    ) -> Self {
        Self {
            repository: Repository::new(log.clone(), clock.clone()),
            metrics: Repository::new(log, clock.clone()),
            board,
            store,
            evaluation,
            ingest,
            clock,
        }
    }

    /// Arming is decided on what the metric and the rollout are now, both of which exist (rule I5).
    async fn arm(&self, envelope: &Envelope, id: &str, arm: Arm) -> Result<Executed, ExecuteError> {
        let org = envelope.principal.org.clone();
        let prepare = |_| {
            let (arm, org) = (arm.clone(), org.clone());
            async move {
                self.check_rollout(&org, arm.rollout).await?;
                self.arming(&org, arm).await
            }
            .boxed()
        };
        self.repository.execute_with(envelope, id, true, prepare).await
    }

    async fn check_rollout(&self, org: &str, rollout: RolloutId) -> Result<(), ExecuteError> {
        self.board.refresh().await?;
        let at = |code, detail: String| Problem::field(code, "arm.rollout_id", detail);
        self.board.read(|view| match view.rollouts.get(rollout) {
            Some(entry) if entry.org == org && entry.is_finished() => {
                let finished = at(Code::RolloutFinished, format!("the rollout {rollout} is finished"))
                    .hint("arm guardrails on a rollout that is planned or running");
                Err(finished.into())
            }
            Some(entry) if entry.org == org => Ok(()),
            Some(_) | None => Err(unknown("rollout", &rollout, "verdict rollout list")),
        })
    }

    async fn arming(&self, org: &str, arm: Arm) -> Result<Command, ExecuteError> {
        let id = MetricId::of(org, &arm.metric).to_string();
        let metric = self.metrics.load(&id).await?;
        let definition = match &metric.state {
            State::Live(definition, _) => definition,
            State::Undefined => return Err(unknown("metric", &arm.metric, "verdict metric list")),
            State::Retired(..) => {
                let restore = format!("verdict metric restore {}", arm.metric);
                return Err(unknown("metric in use", &arm.metric, &restore));
            }
        };
        let newest = self.store.last(&Query::all(org, &arm.metric), None, LOOKS_AT).await.map_err(fault)?;
        // Rows of no rollout are about everybody.
        let of_everybody = newest.iter().all(|row| row.labels.rollout.is_none() && row.key.arm.is_empty());
        let share = || self.board.read(|view| view.rollouts.get(arm.rollout)?.smallest_share());
        Ok(Command::Arm {
            known: Known {
                kind: definition.kind,
                good: definition.good,
                target: definition.target,
                baseline: definition.baseline,
                observed: newest.iter().map(|row| row.measure.mean()).collect(),
                unit: definition.unit.clone(),
                diluted: of_everybody.then(share).flatten(),
            },
            arming: Arming {
                metric: arm.metric,
                rollout: arm.rollout,
                effect: arm.effect,
                terms: Terms {
                    rule: arm.rule,
                    min_sample: arm.min_sample,
                    severity: arm.severity,
                    refresh: definition.refresh,
                    judge: arm.judge,
                    aggregation: definition.aggregation,
                },
            },
        })
    }
}

/// Rule I5: the command names a `what` that is not there.
fn unknown(what: &str, named: &dyn Display, list: &str) -> ExecuteError {
    ExecuteError::Refused(Box::new(Refusal::unknown_reference(what, named, list)))
}

#[tonic::async_trait]
impl Service for GuardrailsApi {
    async fn execute(
        &self,
        request: Request<pb::GuardrailRequest>,
    ) -> Result<Response<CommandReply>, Status> {
        let checked = request::extract(request.into_inner(), self.clock.now()).map_err(refuse)?;
        let id = checked.id.to_string();
        let envelope = &checked.envelope;
        let outcome = match checked.asked {
            Asked::Arm(arm) => self.arm(envelope, &id, arm).await,
            Asked::Command(command) => self.repository.execute(envelope, &id, false, command).await,
        };
        grpc::reply(&id, outcome)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::GuardrailView>, Status> {
        let view = self.one(request.get_ref()).await;
        view.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::GuardrailList>, Status> {
        let list = self.page(request.get_ref()).await;
        list.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn facts(&self, request: Request<pb::FactsRequest>) -> Result<Response<pb::FactsReply>, Status> {
        self.facts_of(request.get_ref()).await.map(Response::new).map_err(refuse)
    }
}
