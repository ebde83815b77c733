//! `Metrics`: commands on metric definitions, one metric, and the list of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use futures::future::try_join_all;
use tonic::{Request, Response, Status};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::MetricId;
use verdict_metrics_domain::metric::{self, Define, State, WantedLink};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::metrics_server::Metrics as Service;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed, Folded, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;

use super::asked::refuse;
use crate::board::Board;
use crate::evaluator::{Evaluation, fault};
use crate::ingest::Ingest;
use crate::observations::{ObservationStore, Retraction};
use crate::wire::metric::MetricWire;

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

    /// A definition is decided on what the metrics that it links to are now (rule M1).
    async fn define(&self, envelope: &Envelope, id: &str, wanted: Define) -> Result<Executed, ExecuteError> {
        let org = envelope.principal.org.clone();
        let prepare = |_| {
            let (wanted, org) = (wanted.clone(), org.clone());
            async move {
                let links = wanted.leads_to.iter().map(|link| self.link(&org, &link.key));
                let leads_to = try_join_all(links).await?;
                Ok(metric::Command::Define(Define { leads_to, ..wanted }))
            }
            .boxed()
        };
        self.repository.execute_with(envelope, id, true, prepare).await
    }

    /// The rows go first: an event that says so is never true before it is. Who did not hear of it asks again.
    async fn retract(
        &self,
        envelope: &Envelope,
        id: &str,
        wanted: metric::Retraction,
    ) -> Result<Executed, ExecuteError> {
        let gone = Arc::new(AtomicU64::new(0));
        let reason_is_missing = envelope.reason.trim().is_empty();
        let prepare = |folded: Arc<Folded<MetricWire>>| {
            let (gone, mut wanted, org) = (gone.clone(), wanted.clone(), envelope.principal.org.clone());
            async move {
                let nothing = reason_is_missing || wanted.from >= wanted.to;
                if let Some(definition) = folded.state.definition().filter(|_| !nothing) {
                    let rows = self.taken_back(&org, &definition.key, &wanted).await?;
                    gone.fetch_add(rows, Ordering::Relaxed);
                }
                wanted.rows = u32::try_from(gone.load(Ordering::Relaxed)).unwrap_or(u32::MAX);
                Ok(metric::Command::RetractObservations(wanted))
            }
            .boxed()
        };
        self.repository.execute_with(envelope, id, false, prepare).await
    }

    async fn taken_back(
        &self,
        org: &str,
        key: &str,
        wanted: &metric::Retraction,
    ) -> Result<u64, ExecuteError> {
        let retraction = Retraction {
            org: org.to_owned(),
            metric: key.to_owned(),
            source: wanted.source.clone(),
            from: wanted.from,
            to: wanted.to,
        };
        let rows = self.store.retract(&retraction).await.map_err(fault)?;
        self.evaluation.retracted(&retraction).await;
        Ok(rows)
    }

    async fn link(&self, org: &str, key: &str) -> Result<WantedLink, ExecuteError> {
        let folded = self.repository.load(&MetricId::of(org, key).to_string()).await?;
        let kind = match &folded.state {
            State::Undefined | State::Retired(..) => None,
            State::Live(definition, _) => Some(definition.kind),
        };
        Ok(WantedLink { key: key.to_owned(), kind })
    }
}

#[tonic::async_trait]
impl Service for MetricsApi {
    async fn execute(&self, request: Request<pb::MetricRequest>) -> Result<Response<CommandReply>, Status> {
        let asked = request::extract(request.into_inner()).map_err(refuse)?;
        let id = asked.id.to_string();
        let outcome = match asked.command {
            metric::Command::Define(wanted) => self.define(&asked.envelope, &id, wanted).await,
            metric::Command::RetractObservations(wanted) => self.retract(&asked.envelope, &id, wanted).await,
            command => self.repository.execute(&asked.envelope, &id, false, command).await,
        };
        grpc::reply(&id, outcome)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::MetricView>, Status> {
        let view = self.one(request.get_ref()).await;
        view.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::MetricList>, Status> {
        let list = self.page(request.get_ref()).await;
        list.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }
}
