//! Metrics at the rim: definitions, guardrails and incidents as services, observations as rows, and the evaluation
//! that turns the one into answers of the other.
//!
//! It decides nothing: what an answer is and what it raises is in `verdict-metrics-domain`. It does not take
//! exposure back either; it only says that a guardrail broke. Read [`ingest`] for the hot path, then
//! [`evaluator`].

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tonic::service::Routes;
use verdict_api::metrics::v1::evaluation_server::EvaluationServer;
use verdict_api::metrics::v1::guardrails_server::GuardrailsServer;
use verdict_api::metrics::v1::incidents_server::IncidentsServer;
use verdict_api::metrics::v1::metrics_server::MetricsServer;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_runtime::component::Component;
use verdict_runtime::context::Context;
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::Log;
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::process::Authority;
use verdict_runtime::route::{Replicas, Route};
use verdict_runtime::run::Poke;

use api::evaluation::EvaluationApi;
use api::guardrail::GuardrailsApi;
use api::incident::IncidentsApi;
use api::metric::MetricsApi;
use board::Board;
use evaluator::Evaluation;
use evaluator::component::Evaluator;
use evaluator::leases::Leases;
use ingest::Ingest;
use retention::Retention;
use watcher::Watcher;

pub mod api;
pub mod board;
mod courses;
pub mod evaluator;
mod figures;
pub mod ingest;
mod observed;
mod reports;
pub mod retention;
#[cfg(test)]
mod testing;
pub mod watcher;

/// Largest batch that one replica hands to another, in bytes: that of the largest request, spelled out.
const LARGEST_BATCH: usize = 64 * 1024 * 1024;

/// What the context runs on.
#[derive(Clone)]
pub struct Deps {
    pub log: Log,
    pub clock: Arc<dyn Clock>,
    pub observations: Arc<dyn ObservationStore>,
    /// The other replicas, and how evaluation is shared out among them.
    pub replicas: Replicas,
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
    keeper: Arc<OnceLock<Route>>,
    beyond: Duration,
    level: Level,
}

impl Metrics {
    pub fn new(deps: Deps) -> Self {
        let Deps { log, clock, observations, replicas } = deps.clone();
        let board = Arc::new(Board::new(log.clone()));
        let (store, of_board) = (observations.clone(), board.clone());
        let evaluation = Evaluation::new(log.clone(), clock.clone(), store, of_board, &replicas);
        let evaluation = Arc::new(evaluation);
        Self {
            ingest: Ingest::new(log.clone(), clock.clone(), observations, board.clone(), evaluation.clone()),
            incidents: IncidentsApi::new(log, clock, board.clone()),
            keeper: Arc::default(),
            beyond: retention::BEYOND,
            level: Level::Enforce,
            deps,
            board,
            evaluation,
        }
    }

    /// Keeps observations for so long beyond the life of the rollouts that they guarded.
    #[must_use]
    pub fn keeping(self, beyond: Duration) -> Self {
        Self { beyond, ..self }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// Names the other contexts. The first call counts: contexts call each other, so one of them is always put
    /// together before the other.
    pub fn connect(&self, peers: Peers) {
        self.keeper.get_or_init(|| {
            let (log, connect) = (self.deps.log.clone(), self.deps.replicas.connect.clone());
            Route::new(log, connect, watcher::KEEPER.0, watcher::KEEPER.1).or_nearby(peers.rollouts)
        });
    }

    /// What takes observations; see [`ingest::http::configure`].
    pub fn ingest(&self) -> Ingest {
        self.ingest.clone()
    }

    pub fn metrics(&self) -> MetricsServer<MetricsApi> {
        let Deps { log, clock, observations, .. } = self.deps.clone();
        let (board, ingest, evaluation) = (self.board.clone(), self.ingest.clone(), self.evaluation.clone());
        let api = MetricsApi::new(log, clock, observations, board, ingest, evaluation);
        MetricsServer::new(api.at_level(self.level))
    }

    pub fn guardrails(&self) -> GuardrailsServer<GuardrailsApi> {
        GuardrailsServer::new(self.guardrails_api())
    }

    /// What the other replicas call, and nobody else.
    pub fn evaluation(&self) -> EvaluationServer<EvaluationApi> {
        let api = EvaluationApi::new(
            self.evaluation.clone(),
            self.board.clone(),
            self.guardrails_api(),
            self.deps.clock.clone(),
        );
        EvaluationServer::new(api).max_decoding_message_size(LARGEST_BATCH)
    }

    fn guardrails_api(&self) -> GuardrailsApi {
        let Deps { log, clock, observations, .. } = self.deps.clone();
        let (board, evaluation) = (self.board.clone(), self.evaluation.clone());
        let api = GuardrailsApi::new(log, clock, observations, board, evaluation, self.ingest.clone());
        api.at_level(self.level)
    }

    pub fn incidents(&self) -> IncidentsServer<IncidentsApi> {
        IncidentsServer::new(self.incidents.clone().at_level(self.level))
    }

    /// Whoever drives its components says how one of them is woken.
    pub fn driven_by(&self, component: &str, poke: &Poke) {
        if component == evaluator::component::NAME {
            self.evaluation.woken_by(poke.clone());
        }
    }
}

impl Context for Metrics {
    fn add_to(&self, routes: Routes) -> Routes {
        routes
            .add_service(self.metrics())
            .add_service(self.guardrails())
            .add_service(self.incidents())
            .add_service(self.evaluation())
    }

    fn components(&self, lease: &dyn Fn(&str) -> Box<dyn Authority>) -> Vec<Box<dyn Component>> {
        let watcher = Watcher::new(
            self.board.clone(),
            self.evaluation.clone(),
            self.deps.clock.clone(),
            self.keeper.clone(),
        );
        vec![
            Box::new(Leases::new(self.evaluation.clone(), lease)),
            Box::new(Evaluator::new(self.evaluation.clone(), self.deps.log.clone())),
            Box::new(watcher),
            Box::new(self.incidents.projector()),
            Box::new(Retention::new(
                self.board.clone(),
                self.evaluation.clone(),
                self.deps.observations.clone(),
                self.deps.clock.clone(),
                self.beyond,
            )),
        ]
    }
}
