//! `Guardrails`: commands on guardrails, one guardrail, the list of them, what a gate wants to know, and what one would
//! have done.

use std::fmt::Display;
use std::sync::Arc;

use futures::FutureExt;
use request::Checked;
use tonic::{Request, Response, Status};
use verdict_api::metrics::v1::guardrails_server::Guardrails as Service;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{MetricId, RolloutId};
use verdict_kernel::policy::Level;
use verdict_kernel::refusal::Refusal;
use verdict_metrics_domain::guardrail::{Arm, Command, Known, State as GuardrailState};
use verdict_metrics_domain::metric::State;
use verdict_metrics_wire::guardrail::GuardrailWire;
use verdict_metrics_wire::metric::MetricWire;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::execute::{ExecuteError, Executed, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::naming;
use verdict_runtime::observations::{ObservationStore, Query};
use verdict_runtime::problem::{Code, Problem};

use crate::board::Board;
use crate::board::rollouts::Entry as Rollout;
use crate::evaluator::{Evaluation, fault};
use crate::ingest::Ingest;

/// Newest rows that an arming is compared with (rule M18).
const LOOKS_AT: usize = 100;

mod facts;
mod read;
mod replay;
mod request;
#[cfg(test)]
mod tests;

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

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { repository: self.repository.at_level(level), ..self }
    }

    /// Whether nothing more is asked of it, so that another guardrail may be called as this one was.
    fn is_over(&self, state: &GuardrailState) -> bool {
        let finished = |rollout: RolloutId| {
            self.board.read(|view| view.rollouts.get(rollout).is_some_and(Rollout::is_finished))
        };
        matches!(state, GuardrailState::Disarmed(_))
            || state.guardrail().is_some_and(|guardrail| finished(guardrail.arming.rollout))
    }

    async fn carry_out(&self, checked: Checked) -> Result<Executed, ExecuteError> {
        let Checked { envelope, id, command, key: _ } = checked;
        let creates = matches!(command, Command::Arm(_));
        let gather = |_| self.metric_of(&envelope.principal.org, &command).boxed();
        self.repository.execute_with(&envelope, &id.to_string(), creates, command.clone(), gather).await
    }

    /// Arming is decided on what the metric and the rollout are now, both of which exist (rule I5).
    async fn metric_of(&self, org: &str, command: &Command) -> Result<Option<Known>, ExecuteError> {
        let Command::Arm(arm) = command else {
            return Ok(None);
        };
        self.check_rollout(org, arm.rollout).await?;
        self.known(org, arm).await.map(Some)
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

    async fn known(&self, org: &str, arm: &Arm) -> Result<Known, ExecuteError> {
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
        Ok(Known {
            kind: definition.kind,
            good: definition.good,
            target: definition.target,
            baseline: definition.baseline,
            observed: newest.iter().map(|row| row.measure.mean()).collect(),
            unit: definition.unit.clone(),
            refresh: definition.refresh,
            aggregation: definition.aggregation,
            diluted: of_everybody.then(share).flatten(),
        })
    }
}

/// Rule I5: the command names a `what` that is not there.
fn unknown(what: &str, named: &dyn Display, list: &str) -> ExecuteError {
    Refusal::unknown_reference(what, named, list).into()
}

#[tonic::async_trait]
impl Service for GuardrailsApi {
    async fn execute(
        &self,
        request: Request<pb::GuardrailRequest>,
    ) -> Result<Response<CommandReply>, Status> {
        let mut request = request.into_inner();
        request::call_by_id(self.repository.log(), &mut request).await?;
        let mut checked = request::extract(request, self.clock.now())?;
        let id = checked.id.to_string();
        let Some(key) = checked.key.take() else {
            return grpc::reply(&id, self.carry_out(checked).await);
        };
        self.board.refresh().await.map_err(|fault| grpc::problem(fault.into()))?;
        let is_over = |state: &GuardrailState| self.is_over(state);
        let (envelope, checked) = (&checked.envelope, &checked);
        let run = |envelope, _| async move { self.carry_out(Checked { envelope, ..checked.clone() }).await };
        let begun = naming::begin(&self.repository, envelope, &key, is_over, |_| id.clone(), run);
        grpc::reply(&id, begun.await.1)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::GuardrailView>, Status> {
        let view = self.one(request.get_ref()).await;
        view.map(Response::new).map_err(|error| grpc::problem(error).into())
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::GuardrailList>, Status> {
        let list = self.page(request.get_ref()).await;
        list.map(Response::new).map_err(|error| grpc::problem(error).into())
    }

    async fn facts(&self, request: Request<pb::FactsRequest>) -> Result<Response<pb::FactsReply>, Status> {
        self.facts_of(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    async fn replay(&self, request: Request<pb::ReplayRequest>) -> Result<Response<pb::ReplayReply>, Status> {
        let replayed = self.replayed(request.get_ref()).await;
        replayed.map(Response::new).map_err(|error| grpc::problem(error).into())
    }
}
