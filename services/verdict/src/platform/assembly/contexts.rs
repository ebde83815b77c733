//! The contexts of a process: those that it hosts, each given ways to the others.

use std::sync::Arc;

use tonic::service::Routes;
use verdict_bets::Bets;
use verdict_gtm::Gtm;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_metrics::Metrics;
use verdict_rollouts::Rollouts;
use verdict_runtime::component::Component;
use verdict_runtime::grpc::{Transport, in_process};
use verdict_runtime::log::Log;
use verdict_runtime::process::Authority;
use verdict_runtime::route::Replicas;

use super::{Host, Transports};
use crate::platform::service::Service;

/// What is hosted; `None` is elsewhere.
#[derive(Default)]
pub(super) struct Contexts {
    bets: Option<Bets>,
    rollouts: Option<Rollouts>,
    pub(super) metrics: Option<Metrics>,
    gtm: Option<Gtm>,
}

impl Contexts {
    pub(super) fn new(
        log: &Log,
        clock: &Arc<dyn Clock>,
        hosts: &[Host],
        level: Level,
        replicas: &Replicas,
        peers: &Transports,
    ) -> Self {
        let mut contexts = Self::default();
        for host in hosts {
            let Transports { bets, rollouts, metrics, gtm } = peers.clone();
            let (log, clock) = (log.clone(), clock.clone());
            match host {
                Host::Bets => {
                    let peers = verdict_bets::Peers { metrics, rollouts, gtm };
                    contexts.bets = Some(Bets::new(verdict_bets::Deps { log, clock, peers }).at_level(level));
                }
                Host::Rollouts => {
                    let peers = verdict_rollouts::Peers { metrics, gtm, bets };
                    contexts.rollouts =
                        Some(Rollouts::new(verdict_rollouts::Deps { log, clock, peers }).at_level(level));
                }
                Host::Metrics(observations, retention) => {
                    let (observations, replicas) = (observations.clone(), replicas.clone());
                    let context = Metrics::new(verdict_metrics::Deps { log, clock, observations, replicas })
                        .at_level(level);
                    let context = match retention {
                        Some(beyond) => context.keeping(*beyond),
                        None => context,
                    };
                    context.connect(verdict_metrics::Peers { rollouts });
                    contexts.metrics = Some(context);
                }
                Host::Gtm => {
                    let peers = verdict_gtm::Peers { metrics, rollouts, bets };
                    contexts.gtm = Some(Gtm::new(verdict_gtm::Deps { log, clock, peers }).at_level(level));
                }
                Host::Flags(_) => {}
            }
        }
        contexts
    }

    /// A way into a context that is hosted here.
    pub(super) fn served(&self, context: Service) -> Option<Transport> {
        match context {
            Service::Bets => self.bets.as_ref().map(|context| in_process(context.bets())),
            Service::Rollouts => self.rollouts.as_ref().map(|context| {
                let routes = Routes::new(context.rollouts_server());
                let routes = routes.add_service(context.flags_server()).add_service(context.edges_server());
                in_process(routes.prepare())
            }),
            Service::Metrics => self.metrics.as_ref().map(|context| {
                let routes = Routes::new(context.metrics());
                let routes = routes.add_service(context.guardrails()).add_service(context.incidents());
                let routes = routes.add_service(context.evaluation());
                in_process(routes.prepare())
            }),
            Service::Gtm => self.gtm.as_ref().map(|context| in_process(context.launches())),
            Service::Flags => None,
        }
    }

    /// Adds the gRPC services of what is hosted here.
    pub(super) fn add_to(&self, mut routes: Routes) -> Routes {
        if let Some(context) = &self.bets {
            routes = routes.add_service(context.bets());
        }
        if let Some(context) = &self.rollouts {
            routes = routes
                .add_service(context.rollouts_server())
                .add_service(context.flags_server())
                .add_service(context.edges_server());
        }
        if let Some(context) = &self.metrics {
            routes = routes
                .add_service(context.metrics())
                .add_service(context.guardrails())
                .add_service(context.incidents())
                .add_service(context.evaluation());
        }
        if let Some(context) = &self.gtm {
            routes = routes.add_service(context.launches());
        }
        routes
    }

    /// What must be driven beside the servers, each with its service; `lease` makes the authority to act.
    pub(super) fn components(
        &self,
        lease: impl Fn(Service, &str) -> Box<dyn Authority>,
    ) -> Vec<(Service, Box<dyn Component>)> {
        let mut components = Vec::new();
        let mut add = |service, of: Vec<Box<dyn Component>>| {
            components.extend(of.into_iter().map(|component| (service, component)));
        };
        if let Some(context) = &self.metrics {
            add(Service::Metrics, context.components(|name| lease(Service::Metrics, name)));
        }
        if let Some(context) = &self.rollouts {
            add(Service::Rollouts, context.components(|name| lease(Service::Rollouts, name)));
        }
        if let Some(context) = &self.bets {
            add(Service::Bets, context.components(lease(Service::Bets, "wind-down")));
        }
        if let Some(context) = &self.gtm {
            add(Service::Gtm, context.components());
        }
        components
    }
}
