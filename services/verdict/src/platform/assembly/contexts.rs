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
use verdict_runtime::context::Context;
use verdict_runtime::grpc::{Transport, in_process};
use verdict_runtime::log::Log;
use verdict_runtime::process::Authority;
use verdict_runtime::route::Replicas;
use verdict_sinks::{Outward, Sinks};

use super::{Host, Transports};
use crate::platform::service::Service;

/// What is hosted here.
#[derive(Default)]
pub(super) struct Contexts {
    hosted: Vec<(Service, Box<dyn Context>)>,
    /// Among them, for what it offers besides gRPC.
    pub(super) metrics: Option<Metrics>,
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
            let Transports { bets, rollouts, metrics, gtm, .. } = peers.clone();
            let (log, clock) = (log.clone(), clock.clone());
            match host {
                Host::Bets => {
                    let peers = verdict_bets::Peers { metrics, rollouts, gtm };
                    let context = Bets::new(verdict_bets::Deps { log, clock, peers }).at_level(level);
                    contexts.hosted.push((Service::Bets, Box::new(context)));
                }
                Host::Rollouts => {
                    let peers = verdict_rollouts::Peers { metrics, gtm, bets };
                    let context = Rollouts::new(verdict_rollouts::Deps { log, clock, peers }).at_level(level);
                    contexts.hosted.push((Service::Rollouts, Box::new(context)));
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
                    contexts.metrics = Some(context.clone());
                    contexts.hosted.push((Service::Metrics, Box::new(context)));
                }
                Host::Gtm => {
                    let peers = verdict_gtm::Peers { metrics, rollouts, bets };
                    let context = Gtm::new(verdict_gtm::Deps { log, clock, peers }).at_level(level);
                    contexts.hosted.push((Service::Gtm, Box::new(context)));
                }
                Host::Sinks(outward) => {
                    let outward = outward.clone().unwrap_or_else(Outward::nowhere);
                    let context = Sinks::new(verdict_sinks::Deps { log, clock, outward }).at_level(level);
                    contexts.hosted.push((Service::Sinks, Box::new(context)));
                }
                Host::Flags(..) => {}
            }
        }
        contexts
    }

    /// A way into a context that is hosted here.
    pub(super) fn served(&self, service: Service) -> Option<Transport> {
        let (_, context) = self.hosted.iter().find(|(hosted, _)| *hosted == service)?;
        Some(in_process(context.add_to(Routes::default()).prepare()))
    }

    /// Adds the gRPC services of what is hosted here.
    pub(super) fn add_to(&self, routes: Routes) -> Routes {
        self.hosted.iter().fold(routes, |routes, (_, context)| context.add_to(routes))
    }

    /// What must be driven beside the servers, each with its service; `lease` makes the authority to act.
    pub(super) fn components(
        &self,
        lease: impl Fn(Service, &str) -> Box<dyn Authority>,
    ) -> Vec<(Service, Box<dyn Component>)> {
        let of = |(service, context): &(Service, Box<dyn Context>)| {
            let service = *service;
            let components = context.components(&|name| lease(service, name));
            components.into_iter().map(move |component| (service, component)).collect::<Vec<_>>()
        };
        self.hosted.iter().flat_map(of).collect()
    }
}
