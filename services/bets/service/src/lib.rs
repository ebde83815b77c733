//! The bets service: bets over gRPC, the board of them, and the wind-down of those that are killed.
//!
//! It asks the metrics context for types and signals each time a decision needs them, and keeps no copy. What a
//! bet may do is decided in `verdict-bets-domain`. Read [`api`] first, then [`processes`].

use std::sync::Arc;

use tonic::service::Routes;
use verdict_api::bets::v1::bets_server::BetsServer;
use verdict_bets_domain::processes::wind_down::WindDown;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_kernel::process::Process;
use verdict_runtime::component::Component;
use verdict_runtime::context::Context;
use verdict_runtime::log::Log;
use verdict_runtime::process::{Authority, ProcessRunner};

pub mod api;
pub mod facts;
pub mod processes;

use api::bet::BetsApi;
pub use facts::Peers;
use processes::wind_down::WindDownRim;

/// What the service is given.
#[derive(Clone)]
pub struct Deps {
    pub log: Log,
    pub clock: Arc<dyn Clock>,
    pub peers: Peers,
}

/// The assembled service.
pub struct Bets {
    deps: Deps,
    bets: BetsApi,
}

impl Bets {
    pub fn new(deps: Deps) -> Self {
        let bets = BetsApi::new(deps.log.clone(), deps.clock.clone(), deps.peers.clone());
        Self { deps, bets }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { bets: self.bets.at_level(level), ..self }
    }

    /// The gRPC service `Bets`.
    pub fn bets(&self) -> BetsServer<BetsApi> {
        BetsServer::new(self.bets.clone())
    }

    /// The runner of the wind-down.
    pub fn wind_down(&self, authority: Box<dyn Authority>) -> ProcessRunner<WindDown, WindDownRim> {
        let Deps { log, clock, peers } = self.deps.clone();
        ProcessRunner::new(WindDownRim::new(log.clone(), peers), log, clock, authority)
    }
}

impl Context for Bets {
    fn add_to(&self, routes: Routes) -> Routes {
        routes.add_service(self.bets())
    }

    fn components(&self, lease: &dyn Fn(&str) -> Box<dyn Authority>) -> Vec<Box<dyn Component>> {
        vec![Box::new(self.bets.projector()), Box::new(self.wind_down(lease(WindDown::NAME)))]
    }
}
