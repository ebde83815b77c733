//! `Metrics`: commands on metric definitions, one metric, and the list of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use futures::future::try_join_all;
use request::Checked;
use tonic::{Request, Response, Status};
use verdict_api::metrics::v1::metrics_server::Metrics as Service;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::MetricId;
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Issued;
use verdict_metrics_domain::metric::{Command, Facts, Metric, State};
use verdict_metrics_wire::metric::MetricWire;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed, Folded, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::observations::{ObservationStore, Retraction, count_taken};

use crate::board::Board;
use crate::evaluator::{Evaluation, fault};
use crate::ingest::Ingest;

mod read;
mod request;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct MetricsApi {
    repository: Repository<MetricWire>,
    board: Arc<Board>,
    store: Arc<dyn ObservationStore>,
    ingest: Ingest,
    evaluation: Arc<Evaluation>,
    clock: Arc<dyn Clock>,
}

impl MetricsApi {
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        store: Arc<dyn ObservationStore>,
        board: Arc<Board>,
        ingest: Ingest,
        evaluation: Arc<Evaluation>,
    ) -> Self {
        Self { repository: Repository::new(log, clock.clone()), board, store, ingest, evaluation, clock }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { repository: self.repository.at_level(level), ..self }
    }

    async fn carry_out(&self, asked: Checked) -> Result<Executed, ExecuteError> {
        let Checked { envelope, id, command } = asked;
        let creates = matches!(command, Command::Define(_));
        let gone = &AtomicU64::new(0);
        let gather = |folded| self.facts(&envelope, &command, folded, gone).boxed();
        self.repository.execute_with(&envelope, &id.to_string(), creates, command.clone(), gather).await
    }

    /// `gone` counts the rows that were taken back so far.
    async fn facts(
        &self,
        envelope: &Envelope,
        command: &Command,
        folded: Arc<Folded<MetricWire>>,
        gone: &AtomicU64,
    ) -> Result<Facts, ExecuteError> {
        let org = envelope.principal.org.as_str();
        match command {
            Command::Define(wanted) => {
                let kinds = wanted.leads_to.iter().map(|key| self.kind(org, key));
                Ok(Facts { kinds: try_join_all(kinds).await?.into_iter().collect(), rows: None })
            }
            Command::RetractObservations(wanted) => {
                let Some(definition) =
                    folded.state.definition().filter(|_| self.accepts(envelope, command, &folded))
                else {
                    return Ok(Facts::default());
                };
                let retraction = Retraction {
                    org: org.to_owned(),
                    metric: definition.key.clone(),
                    source: wanted.source.clone(),
                    from: wanted.from,
                    to: wanted.to,
                };
                let rows = self.rows(envelope, &retraction, gone).await?;
                Ok(Facts { rows: Some(u32::try_from(rows).unwrap_or(u32::MAX)), ..Facts::default() })
            }
            Command::VerifyInstrumentation(_)
            | Command::Activate
            | Command::Revise(_)
            | Command::Retire
            | Command::Restore => Ok(Facts::default()),
        }
    }

    /// Whether rows may go for the command: they do not come back when it is refused.
    fn accepts(&self, envelope: &Envelope, command: &Command, folded: &Folded<MetricWire>) -> bool {
        let issued = Issued {
            by: envelope.principal.clone(),
            reason: envelope.reason.clone(),
            ..Issued::at(self.clock.now())
        };
        let once_gone = Facts { rows: Some(0), ..Facts::default() };
        Metric::decide(&folded.state, command.clone(), &once_gone, &issued).is_ok()
    }

    /// Takes the rows back, or counts those that would be. They go before the event: one that says so is never true
    /// before it is. Who did not hear of it asks again.
    async fn rows(
        &self,
        envelope: &Envelope,
        retraction: &Retraction,
        gone: &AtomicU64,
    ) -> Result<u64, ExecuteError> {
        if envelope.dry_run {
            return Ok(count_taken(&*self.store, retraction).await.map_err(fault)?);
        }
        let rows = self.store.retract(retraction).await.map_err(fault)?;
        self.evaluation.retracted(retraction).await;
        Ok(gone.fetch_add(rows, Ordering::Relaxed) + rows)
    }

    /// What the metric with this key is, where it is in use (rule M1).
    async fn kind(&self, org: &str, key: &str) -> Result<(String, Option<MetricType>), ExecuteError> {
        let folded = self.repository.load(&MetricId::of(org, key).to_string()).await?;
        let kind = match &folded.state {
            State::Undefined | State::Retired(..) => None,
            State::Live(definition, _) => Some(definition.kind),
        };
        Ok((key.to_owned(), kind))
    }
}

#[tonic::async_trait]
impl Service for MetricsApi {
    async fn execute(&self, request: Request<pb::MetricRequest>) -> Result<Response<CommandReply>, Status> {
        let called = request.get_ref().metric_id.clone();
        let asked = request::extract(request.into_inner())?;
        let id = asked.id.to_string();
        let outcome = self.carry_out(asked).await;
        grpc::reply(&id, outcome.map_err(|error| error.about(&called)))
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::MetricView>, Status> {
        let view = self.one(request.get_ref()).await;
        view.map(Response::new).map_err(|error| grpc::problem(error).into())
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::MetricList>, Status> {
        let list = self.page(request.get_ref()).await;
        list.map(Response::new).map_err(|error| grpc::problem(error).into())
    }
}
