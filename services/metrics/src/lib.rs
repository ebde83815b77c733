//! Metrics at the rim: definitions, guardrails and incidents as services, observations as rows, and the evaluation
//! that turns the one into answers of the other.
//!
//! It decides nothing: what an answer is and what it raises is in `verdict-metrics-domain`. It does not take
//! exposure back either; it only says that a guardrail broke. Read [`ingest`] for the hot path, then
//! [`evaluator`].

use std::sync::{Arc, OnceLock};

use verdict_kernel::clock::Clock;
use verdict_proto::metrics::v1::guardrails_server::GuardrailsServer;
use verdict_proto::metrics::v1::incidents_server::IncidentsServer;
use verdict_proto::metrics::v1::metrics_server::MetricsServer;
use verdict_runtime::component::Component;
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::Log;

use api::guardrail::GuardrailsApi;
use api::incident::IncidentsApi;
use api::metric::MetricsApi;
use board::Board;
use evaluator::Evaluation;
use evaluator::component::Evaluator;
use ingest::Ingest;
use observations::ObservationStore;
use watcher::Watcher;

pub mod api;
pub mod board;
pub mod evaluator;
pub mod ingest;
pub mod observations;
#[cfg(test)]
mod testing;
pub mod watcher;
pub mod wire;

/// What the context runs on.
#[derive(Clone)]
pub struct Deps {
    pub log: Log,
    pub clock: Arc<dyn Clock>,
    pub observations: Arc<dyn ObservationStore>,
}

/// The other contexts that it calls.
#[derive(Clone)]
pub struct Peers {
    pub rollouts: Transport,
}

/// The metrics context, put together. Cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    deps: Deps,
    board: Arc<Board>,
    evaluation: Arc<Evaluation>,
    ingest: Ingest,
    incidents: IncidentsApi,
    rollouts: Arc<OnceLock<Transport>>,
}

impl Metrics {
    pub fn new(deps: Deps) -> Self {
        let Deps { log, clock, observations } = deps.clone();
        let board = Arc::new(Board::new(log.clone()));
        let evaluation = Evaluation::new(log.clone(), clock.clone(), observations.clone(), board.clone());
        let evaluation = Arc::new(evaluation);
        Self {
            ingest: Ingest::new(log.clone(), clock.clone(), observations, board.clone(), evaluation.clone()),
            incidents: IncidentsApi::new(log, clock),
            rollouts: Arc::default(),
            deps,
            board,
            evaluation,
        }
    }

    /// Names the other contexts. The first call counts: contexts call each other, so one of them is always put
    /// together before the other.
    pub fn connect(&self, peers: Peers) {
        self.rollouts.get_or_init(|| peers.rollouts);
    }

    /// What takes observations; see [`ingest::http::configure`].
    pub fn ingest(&self) -> Ingest {
        self.ingest.clone()
    }

    pub fn metrics(&self) -> MetricsServer<MetricsApi> {
        let Deps { log, clock, observations } = self.deps.clone();
        MetricsServer::new(MetricsApi::new(log, clock, observations, self.board.clone(), self.ingest.clone()))
    }

    pub fn guardrails(&self) -> GuardrailsServer<GuardrailsApi> {
        let Deps { log, clock, observations } = self.deps.clone();
        GuardrailsServer::new(GuardrailsApi::new(
            log,
            clock,
            observations,
            self.board.clone(),
            self.evaluation.clone(),
        ))
    }

    pub fn incidents(&self) -> IncidentsServer<IncidentsApi> {
        IncidentsServer::new(self.incidents.clone())
    }

    /// What has to run beside the services.
    pub fn components(&self) -> Vec<Box<dyn Component>> {
        let watcher = Watcher::new(
            self.board.clone(),
            self.evaluation.clone(),
            self.deps.clock.clone(),
            self.rollouts.clone(),
        );
        vec![
            Box::new(Evaluator::new(self.evaluation.clone())),
            Box::new(watcher),
            Box::new(self.incidents.projector()),
        ]
    }
}
