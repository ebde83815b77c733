//! `Guardrails`: commands on guardrails, one guardrail, the list of them, and what a gate wants to know.

use std::sync::Arc;

use futures::FutureExt;
use tonic::{Request, Response, Status};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{MetricId, RolloutId};
use verdict_metrics_domain::evaluation::Terms;
use verdict_metrics_domain::guardrail::{Arming, Command};
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
use crate::evaluator::Evaluation;
use crate::observations::ObservationStore;
use crate::wire::guardrail::GuardrailWire;
use crate::wire::metric::MetricWire;
use request::{Arm, Asked};

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
    clock: Arc<dyn Clock>,
}

impl GuardrailsApi {
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        store: Arc<dyn ObservationStore>,
        board: Arc<Board>,
        evaluation: Arc<Evaluation>,
    ) -> Self {
        Self {
            repository: Repository::new(log.clone(), clock.clone()),
            metrics: Repository::new(log, clock.clone()),
            board,
            store,
            evaluation,
            clock,
        }
    }

    /// Arming is decided on what the metric and the rollout are now.
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
                Err(at(Code::RolloutFinished, format!("the rollout {rollout} is finished"))
                    .hint("arm guardrails on a rollout that is planned or running"))
            }
            Some(entry) if entry.org == org => Ok(()),
            Some(_) | None => Err(at(Code::NotFound, format!("there is no rollout {rollout}"))
                .hint("plan it first: verdict rollout plan")),
        })?;
        Ok(())
    }

    async fn arming(&self, org: &str, arm: Arm) -> Result<Command, ExecuteError> {
        let id = MetricId::of(org, &arm.metric).to_string();
        let metric = self.metrics.load(&id).await?;
        let definition = match &metric.state {
            State::Live(definition, _) => definition,
            State::Undefined | State::Retired(..) => {
                let detail = format!("no metric in use has the key '{}'", arm.metric);
                let problem = Problem::field(Code::UnknownMetric, "arm.metric", detail);
                return Err(problem.into());
            }
        };
        Ok(Command::Arm {
            kind: definition.kind,
            arming: Arming {
                metric: arm.metric,
                rollout: arm.rollout,
                terms: Terms {
                    rule: arm.rule,
                    min_sample: arm.min_sample,
                    severity: arm.severity,
                    refresh: definition.refresh,
                },
            },
        })
    }
}

#[tonic::async_trait]
impl Service for GuardrailsApi {
    async fn execute(
        &self,
        request: Request<pb::GuardrailRequest>,
    ) -> Result<Response<CommandReply>, Status> {
        let checked = request::extract(request.into_inner()).map_err(refuse)?;
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
