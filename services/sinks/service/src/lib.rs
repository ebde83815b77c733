//! The sinks service: where people are told what cannot wait, over gRPC, and what tells them.
//!
//! [`delivery`] follows the log of all contexts and hands each [`letter`] to the [`courier`]; what is secret of a sink is
//! sealed by the [`vault`] before it is stored. What is told is decided in `verdict-sinks-domain`. Read [`delivery`] first.

use std::sync::Arc;

use tonic::service::Routes;
use verdict_api::sinks::v1::sinks_server::SinksServer;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_runtime::component::Component;
use verdict_runtime::context::Context;
use verdict_runtime::log::Log;
use verdict_runtime::process::Authority;

pub mod api;
pub mod background;
pub mod courier;
pub mod delivery;
pub mod format;
mod happening;
pub mod letter;
pub mod vault;

use api::sink::SinksApi;
use courier::{Courier, Nobody};
use delivery::Delivery;
use vault::Vault;

/// How a delivery leaves the platform.
#[derive(Clone)]
pub struct Outward {
    pub courier: Arc<dyn Courier>,
    pub vault: Vault,
}

impl Outward {
    /// Sends nothing, and takes no secret.
    pub fn nowhere() -> Self {
        Self { courier: Arc::new(Nobody), vault: Vault::locked() }
    }
}

/// What the service is given.
#[derive(Clone)]
pub struct Deps {
    pub log: Log,
    pub clock: Arc<dyn Clock>,
    pub outward: Outward,
}

/// The assembled service.
pub struct Sinks {
    deps: Deps,
    sinks: SinksApi,
}

impl Sinks {
    pub fn new(deps: Deps) -> Self {
        let sinks = SinksApi::new(deps.log.clone(), deps.clock.clone(), deps.outward.clone());
        Self { deps, sinks }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { sinks: self.sinks.at_level(level), ..self }
    }
}

impl Context for Sinks {
    fn add_to(&self, routes: Routes) -> Routes {
        routes.add_service(SinksServer::new(self.sinks.clone()))
    }

    fn components(&self, lease: &dyn Fn(&str) -> Box<dyn Authority>) -> Vec<Box<dyn Component>> {
        let delivery = Delivery::new(self.deps.clone(), lease(delivery::NAME));
        vec![Box::new(self.sinks.projector()), Box::new(delivery)]
    }
}
