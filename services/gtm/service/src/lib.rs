//! The go-to-market service: launches over gRPC, and the list of them.
//!
//! It asks the metrics context for guardrail answers and the rollouts context for the stage each time a decision
//! needs them, and keeps no copy. What a launch may do is decided in `verdict-gtm-domain`. Read [`api`] first.

use std::sync::Arc;

use tonic::service::Routes;
use verdict_api::gtm::v1::launches_server::LaunchesServer;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_runtime::component::Component;
use verdict_runtime::context::Context;
use verdict_runtime::log::Log;
use verdict_runtime::process::Authority;

pub mod api;
pub mod facts;

use api::launch::LaunchesApi;
pub use facts::Peers;

/// What the service is given.
#[derive(Clone)]
pub struct Deps {
    pub log: Log,
    pub clock: Arc<dyn Clock>,
    pub peers: Peers,
}

/// The assembled service.
pub struct Gtm {
    launches: LaunchesApi,
}

impl Gtm {
    pub fn new(deps: Deps) -> Self {
        Self { launches: LaunchesApi::new(deps.log, deps.clock, deps.peers) }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { launches: self.launches.at_level(level) }
    }

    /// The gRPC service `Launches`.
    pub fn launches(&self) -> LaunchesServer<LaunchesApi> {
        LaunchesServer::new(self.launches.clone())
    }
}

impl Context for Gtm {
    fn add_to(&self, routes: Routes) -> Routes {
        routes.add_service(self.launches())
    }

    fn components(&self, _: &dyn Fn(&str) -> Box<dyn Authority>) -> Vec<Box<dyn Component>> {
        vec![Box::new(self.launches.projector())]
    }
}
