//! The services put together: who calls whom, who acts under which lease, and what has to be driven.
//!
//! It is handed the log, the bus, the clock and the stores, so the simulation assembles the same platform over
//! memory that `verdict up` assembles over files.

use std::sync::Arc;
use std::time::Duration;

use tonic::service::Routes;
use verdict_bets::Bets;
use verdict_flags::{Edge, FlagEdge, Scope};
use verdict_gtm::Gtm;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, EdgeId};
use verdict_kernel::principal::Principal;
use verdict_metrics::Metrics;
use verdict_metrics::ingest::Ingest;
use verdict_metrics::observations::ObservationStore;
use verdict_proto::platform::v1::platform_server::PlatformServer;
use verdict_rollouts::Rollouts;
use verdict_runtime::bus::{Binding, SharedBus};
use verdict_runtime::component::Component;
use verdict_runtime::grpc::{Transport, in_process};
use verdict_runtime::lease::{Holder, Lease};
use verdict_runtime::log::Log;
use verdict_runtime::process::Authority;
use verdict_runtime::relay::Relay;
use verdict_runtime::route::Replicas;
use verdict_runtime::run::{Poke, Runner};
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::socket::Socket;
use verdict_runtime::task;
use verdict_runtime::wake::Wake;

use super::api::PlatformApi;

/// How long a lease holder that says nothing is believed to be alive.
const LEASE: Duration = Duration::from_secs(5);
/// The same where no other process can hold a lease: a restart takes over at once, so renewals may be rare.
const LEASE_ALONE: Duration = Duration::from_mins(10);
/// The environment of callers that name none.
const ENVIRONMENT: &str = "production";
/// The contexts, each with an exchange and a relay.
const CONTEXTS: [&str; 4] = ["bets", "rollouts", "metrics", "gtm"];

/// Puts something between a caller and a context.
pub type Wrap = Arc<dyn Fn(Transport) -> Transport + Send + Sync>;

/// What a platform is put together from.
pub struct Parts {
    pub log: Log,
    pub bus: SharedBus,
    pub clock: Arc<dyn Clock>,
    pub observations: Arc<dyn ObservationStore>,
    /// Name of this replica, the same after every restart: its edge goes by it.
    pub replica: String,
    /// New for every start: what leases are held under.
    pub incarnation: String,
    /// Where this replica answers the others; empty when there are none.
    pub address: String,
    pub replicas: Replicas,
    /// Lies between the contexts.
    pub wrap: Wrap,
}

/// A way to each context.
#[derive(Clone)]
pub struct Transports {
    pub bets: Transport,
    pub rollouts: Transport,
    pub metrics: Transport,
    pub gtm: Transport,
}

/// An assembled platform that nobody drives yet.
pub struct Assembly {
    log: Log,
    bus: SharedBus,
    clock: Arc<dyn Clock>,
    holder: Holder,
    services: Services,
    edge: Edge,
    follower: Option<FlagEdge>,
    transports: Transports,
    sockets: [Socket; CONTEXTS.len()],
}

impl Assembly {
    /// Puts the services together and connects them.
    pub fn new(parts: Parts) -> Self {
        let Parts { log, bus, clock, observations, replica, incarnation, address, replicas, wrap } = parts;
        let sockets = CONTEXTS.map(Socket::new);
        let [to_bets, to_rollouts, to_metrics, to_gtm] =
            sockets.each_ref().map(|socket| wrap(socket.transport()));
        let peers = Transports { bets: to_bets, rollouts: to_rollouts, metrics: to_metrics, gtm: to_gtm };
        let services = Services::new(&log, &clock, observations, replicas, &peers);
        let (edge, follower) = FlagEdge::new(verdict_flags::Deps {
            log: log.clone(),
            rollouts: peers.rollouts,
            id: edge_id(&replica),
            name: replica,
            scope: Scope { org: Principal::DEFAULT_ORG.to_owned(), environment: ENVIRONMENT.to_owned() },
        });
        let transports = services.served();
        let direct = [&transports.bets, &transports.rollouts, &transports.metrics, &transports.gtm];
        for (socket, transport) in sockets.iter().zip(direct) {
            socket.plug(transport.clone());
        }
        let follower = Some(follower);
        let holder = Holder { id: incarnation, address };
        Self { log, bus, clock, holder, services, edge, follower, transports, sockets }
    }

    /// How the contexts are connected.
    pub fn connections(&self) -> Connections {
        Connections { sockets: self.sockets.clone() }
    }

    /// Straight to the contexts of this replica.
    pub fn transports(&self) -> &Transports {
        &self.transports
    }

    /// Takes observations.
    pub fn ingest(&self) -> Ingest {
        self.services.metrics.ingest()
    }

    /// Serves flags.
    pub fn edge(&self) -> Edge {
        self.edge.clone()
    }

    /// Every service behind one gRPC server.
    pub fn routes(&self, platform: PlatformApi) -> Routes {
        Routes::new(PlatformServer::new(platform))
            .add_service(self.services.bets.bets())
            .add_service(self.services.rollouts.rollouts_server())
            .add_service(self.services.rollouts.flags_server())
            .add_service(self.services.rollouts.edges_server())
            .add_service(self.services.metrics.metrics())
            .add_service(self.services.metrics.guardrails())
            .add_service(self.services.metrics.incidents())
            .add_service(self.services.metrics.evaluation())
            .add_service(self.services.gtm.launches())
    }

    /// Everything that has to be driven. The edge's follower is given out once.
    pub fn components(&mut self) -> Vec<Box<dyn Component>> {
        let mut components: Vec<Box<dyn Component>> = Vec::new();
        components.extend(self.services.metrics.components(|name| self.lease("metrics", name)));
        components.extend(self.services.rollouts.components(|name| self.lease("rollouts", name)));
        components.extend(self.services.bets.components(self.lease("bets", "wind-down")));
        components.extend(self.services.gtm.components());
        components.extend(CONTEXTS.map(|context| {
            let lease = self.lease(context, "relay");
            let relay = Relay::new(context, self.log.clone(), self.clock.clone(), self.bus.clone(), lease);
            Box::new(relay) as Box<dyn Component>
        }));
        components.extend(self.follower.take().map(|follower| Box::new(follower) as Box<dyn Component>));
        components
    }

    fn lease(&self, context: &'static str, name: &str) -> Box<dyn Authority> {
        let ttl = if self.log.is_exclusive() { LEASE_ALONE } else { LEASE };
        Box::new(Lease::new(self.log.clone(), self.clock.clone(), context, name, self.holder.clone(), ttl))
    }

    /// Drives everything until `shutdown`. The bus wakes all of it, and feeds nobody.
    pub fn run(mut self, runner: &Runner, shutdown: &Shutdown) {
        let components = self.components();
        let pokes: Vec<Poke> = components.into_iter().map(|component| runner.start(component)).collect();
        for context in CONTEXTS {
            let queue = format!("platform.on.{context}");
            let wake = Wake::new(self.bus.clone(), &queue, vec![Binding::new(context, "#")], pokes.clone());
            drop(task::spawn(&queue, wake.listen(shutdown.clone())));
        }
    }
}

/// The connections between the contexts of one assembly.
pub struct Connections {
    sockets: [Socket; CONTEXTS.len()],
}

impl Connections {
    /// Cuts them, so that the contexts, which call each other, let go of each other and can be dropped.
    pub fn cut(self) {
        self.sockets.iter().for_each(Socket::unplug);
    }
}

/// The edge of the replica with this name.
fn edge_id(replica: &str) -> EdgeId {
    EdgeId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_OID, &format!("edge/{replica}")))
}

/// The four contexts.
struct Services {
    bets: Bets,
    rollouts: Rollouts,
    metrics: Metrics,
    gtm: Gtm,
}

impl Services {
    fn new(
        log: &Log,
        clock: &Arc<dyn Clock>,
        observations: Arc<dyn ObservationStore>,
        replicas: Replicas,
        peers: &Transports,
    ) -> Self {
        let Transports { bets, rollouts, metrics, gtm } = peers.clone();
        let (log_of, clock_of) = (log.clone(), clock.clone());
        let deps = verdict_metrics::Deps { log: log_of, clock: clock_of, observations, replicas };
        let context = Metrics::new(deps);
        context.connect(verdict_metrics::Peers { rollouts: rollouts.clone() });
        Self {
            metrics: context,
            gtm: Gtm::new(verdict_gtm::Deps {
                log: log.clone(),
                clock: clock.clone(),
                peers: verdict_gtm::Peers { metrics: metrics.clone(), rollouts: rollouts.clone() },
            }),
            bets: Bets::new(verdict_bets::Deps {
                log: log.clone(),
                clock: clock.clone(),
                peers: verdict_bets::Peers { metrics: metrics.clone(), rollouts, gtm: gtm.clone() },
            }),
            rollouts: Rollouts::new(verdict_rollouts::Deps {
                log: log.clone(),
                clock: clock.clone(),
                peers: verdict_rollouts::Peers { metrics, gtm, bets },
            }),
        }
    }

    /// A way into each of them.
    fn served(&self) -> Transports {
        let rollouts = Routes::new(self.rollouts.rollouts_server())
            .add_service(self.rollouts.flags_server())
            .add_service(self.rollouts.edges_server());
        let metrics = Routes::new(self.metrics.metrics())
            .add_service(self.metrics.guardrails())
            .add_service(self.metrics.incidents())
            .add_service(self.metrics.evaluation());
        Transports {
            bets: in_process(self.bets.bets()),
            rollouts: in_process(rollouts.prepare()),
            metrics: in_process(metrics.prepare()),
            gtm: in_process(self.gtm.launches()),
        }
    }
}
