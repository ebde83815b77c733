//! The rollouts service: rollouts, flags and edges over gRPC, and the processes that widen and take back.
//!
//! It asks metrics and bets for facts each time a gate is judged, and keeps no copy. What a rollout, a flag or an
//! edge may do is decided in `verdict-rollouts-domain`. Read [`api`] first, then [`processes`].

use std::sync::Arc;

use tonic::service::Routes;
use verdict_api::rollouts::v1::edges_server::EdgesServer;
use verdict_api::rollouts::v1::flags_server::FlagsServer;
use verdict_api::rollouts::v1::rollouts_server::RolloutsServer;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_kernel::process::Process;
use verdict_rollouts_domain::processes::guardrail_rollback::GuardrailRollback;
use verdict_rollouts_domain::processes::rollout_watch::RolloutWatch;
use verdict_rollouts_domain::processes::stage_promotion::StagePromotion;
use verdict_runtime::component::Component;
use verdict_runtime::context::Context;
use verdict_runtime::grpc::in_process;
use verdict_runtime::log::Log;
use verdict_runtime::log_clock::LogClock;
use verdict_runtime::process::{Authority, ProcessRunner};

pub mod api;
pub mod facts;
pub mod night;
mod outline;
pub mod processes;
pub mod restored;
pub mod seats;
#[cfg(test)]
mod testing;
pub mod watch;

use api::edge::EdgesApi;
use api::flag::FlagsApi;
use api::rollout::RolloutsApi;
use facts::Sources;
use night::NightView;
use processes::guardrail_rollback::{self, GuardrailRollbackRim};
use processes::rollout_watch::RolloutWatchRim;
use processes::stage_promotion::StagePromotionRim;
use restored::RestoredLog;
use seats::{EdgeKeeper, Seats};
use watch::{Renewals, WatchKeeper};

pub use facts::Peers;

/// What the service is given.
#[derive(Clone)]
pub struct Deps {
    pub log: Log,
    pub clock: Arc<dyn Clock>,
    pub peers: Peers,
}

/// The assembled service.
#[expect(clippy::struct_field_names, reason = "the context has the name of its main aggregate")]
pub struct Rollouts {
    deps: Deps,
    rollouts: RolloutsApi,
    flags: FlagsApi,
    edges: EdgesApi,
    renewals: Arc<Renewals>,
    seats: Arc<Seats>,
}

impl Rollouts {
    pub fn new(deps: Deps) -> Self {
        let Deps { log, clock, peers } = deps.clone();
        let flags = FlagsApi::new(log.clone(), clock.clone()).asking(peers.metrics.clone());
        let log_clock = Arc::new(LogClock::new(log.clone(), clock.clone(), api::rollout::CONTEXT));
        let read = verdict_runtime::execute::Repository::new(log.clone(), clock.clone());
        let sources =
            Sources::new(peers, Arc::new(flags.clone()), flags.repository().clone(), read, log_clock);
        let renewals = Arc::new(Renewals::default());
        let seats = Arc::new(Seats::default());
        Self {
            deps,
            rollouts: RolloutsApi::new(log.clone(), clock.clone(), sources, renewals.clone()),
            edges: EdgesApi::new(log, clock, seats.clone(), flags.clone()),
            flags,
            renewals,
            seats,
        }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { rollouts: self.rollouts.at_level(level), flags: self.flags.at_level(level), ..self }
    }

    /// The gRPC service `Rollouts`.
    pub fn rollouts_server(&self) -> RolloutsServer<RolloutsApi> {
        RolloutsServer::new(self.rollouts.clone())
    }

    /// The gRPC service `Flags`.
    pub fn flags_server(&self) -> FlagsServer<FlagsApi> {
        FlagsServer::new(self.flags.clone())
    }

    /// The gRPC service `Edges`.
    pub fn edges_server(&self) -> EdgesServer<EdgesApi> {
        EdgesServer::new(self.edges.clone())
    }

    /// The runner of the stage promotion.
    pub fn stage_promotion(
        &self,
        authority: Box<dyn Authority>,
    ) -> ProcessRunner<StagePromotion, StagePromotionRim> {
        let Deps { log, clock, .. } = self.deps.clone();
        let rim = StagePromotionRim::new(log.clone(), self.rollouts.clone(), self.flags.clone());
        ProcessRunner::new(rim, log, clock, authority)
    }

    /// The runner of the rollback.
    pub fn guardrail_rollback(
        &self,
        authority: Box<dyn Authority>,
    ) -> ProcessRunner<GuardrailRollback, GuardrailRollbackRim> {
        let Deps { log, clock, peers } = self.deps.clone();
        let services = guardrail_rollback::Services {
            flags: in_process(self.flags_server()),
            rollouts: in_process(self.rollouts_server()),
            metrics: peers.metrics,
            gtm: peers.gtm,
            bets: peers.bets,
        };
        let rim = GuardrailRollbackRim::new(services, log.clone(), clock.clone());
        ProcessRunner::new(Arc::new(rim), log, clock, authority)
    }

    /// The runner of the watch.
    pub fn rollout_watch(
        &self,
        authority: Box<dyn Authority>,
    ) -> ProcessRunner<RolloutWatch, RolloutWatchRim> {
        let Deps { log, clock, .. } = self.deps.clone();
        let rim = RolloutWatchRim {
            flags: in_process(self.flags_server()),
            rollouts: in_process(self.rollouts_server()),
            log: log.clone(),
            period: self.renewals.period(),
        };
        ProcessRunner::new(Arc::new(rim), log, clock, authority)
    }

    /// The component that keeps the gauges.
    pub fn night_view(&self) -> NightView {
        NightView::new(self.deps.log.clone(), self.deps.clock.clone(), self.seats.clone())
    }

    /// The component that holds every flag after the log went back.
    pub fn restored_log(&self, authority: Box<dyn Authority>) -> RestoredLog {
        let Deps { log, clock, .. } = self.deps.clone();
        let flags = in_process(self.flags_server());
        RestoredLog::new(flags, self.flags.repository().clone(), log, clock, authority)
    }

    /// The component that notices when a flag edge falls silent.
    pub fn edge_keeper(&self, authority: Box<dyn Authority>) -> EdgeKeeper {
        let Deps { log, clock, .. } = self.deps.clone();
        EdgeKeeper::new(self.seats.clone(), in_process(self.edges_server()), log, clock, authority)
    }

    /// The component that notices when nobody watches a rollout.
    pub fn watch_keeper(&self, authority: Box<dyn Authority>) -> WatchKeeper {
        let Deps { log, clock, peers } = self.deps.clone();
        let services =
            watch::Services { rollouts: in_process(self.rollouts_server()), metrics: peers.metrics };
        WatchKeeper::new(self.renewals.clone(), services, log, clock, authority)
    }
}

impl Context for Rollouts {
    fn add_to(&self, routes: Routes) -> Routes {
        routes
            .add_service(self.rollouts_server())
            .add_service(self.flags_server())
            .add_service(self.edges_server())
    }

    fn components(&self, lease: &dyn Fn(&str) -> Box<dyn Authority>) -> Vec<Box<dyn Component>> {
        vec![
            Box::new(self.rollouts.projector()),
            Box::new(self.flags.projector()),
            Box::new(self.stage_promotion(lease(StagePromotion::NAME))),
            Box::new(self.guardrail_rollback(lease(GuardrailRollback::NAME))),
            Box::new(self.rollout_watch(lease(RolloutWatch::NAME))),
            Box::new(self.watch_keeper(lease(watch::NAME))),
            Box::new(self.edge_keeper(lease(seats::NAME))),
            Box::new(self.restored_log(lease(restored::NAME))),
            Box::new(self.night_view()),
        ]
    }
}
