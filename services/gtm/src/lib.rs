//! The go-to-market service: launches over gRPC, and the list of them.
//!
//! It asks the metrics context for guardrail answers and the rollouts context for the stage each time a decision
//! needs them, and keeps no copy. What a launch may do is decided in `verdict-gtm-domain`. Read [`api`] first.

use std::sync::Arc;

use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_proto::gtm::v1::launches_server::LaunchesServer;
use verdict_runtime::component::Component;
use verdict_runtime::log::Log;

pub mod api;
pub mod facts;
pub mod wire;

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

    /// What must be driven beside the server: the view behind the list of launches.
    pub fn components(&self) -> Vec<Box<dyn Component>> {
        vec![Box::new(self.launches.projector())]
    }

    /// The gRPC service `Launches`.
    pub fn launches(&self) -> LaunchesServer<LaunchesApi> {
        LaunchesServer::new(self.launches.clone())
    }
}
