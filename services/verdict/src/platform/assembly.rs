//! The services put together: who calls whom, who acts under which lease, and what has to be driven.
//!
//! It is handed the log, the bus, the clock, the stores, and ways to the services that are elsewhere. `verdict up`
//! assembles all services over files, a role assembles one of them over servers, and the simulation assembles
//! all of them over memory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tonic::service::Routes;
use verdict_api::platform::v1::platform_server::PlatformServer;
use verdict_flags::{Bell, Directory, Edge, Parts as EdgeParts, Scope, StreamOptions};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, EdgeId};
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Principal;
use verdict_metrics::ingest::Ingest;
use verdict_runtime::bus::{Binding, SharedBus};
use verdict_runtime::component::Component;
use verdict_runtime::grpc::Transport;
use verdict_runtime::lease::{Holder, Lease};
use verdict_runtime::log::Log;
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::process::Authority;
use verdict_runtime::relay::Relay;
use verdict_runtime::route::Replicas;
use verdict_runtime::run::{Poke, Runner};
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::socket::Socket;
use verdict_runtime::task;
use verdict_runtime::wake::Wake;
use verdict_sinks::Outward;

use super::api::PlatformApi;
use super::service::Service;
use contexts::Contexts;

mod contexts;

/// How long a lease holder that says nothing is believed to be alive, unless it is configured.
pub const LEASE: Duration = Duration::from_secs(5);
/// The same where no other process can hold a lease: a restart takes over at once, so renewals may be rare.
const LEASE_ALONE: Duration = Duration::from_mins(10);
/// The environment of callers that name none.
const ENVIRONMENT: &str = "production";

/// Puts something between a caller and a context.
pub type Wrap = Arc<dyn Fn(Transport) -> Transport + Send + Sync>;

/// A service that is to be put together, with what only it needs.
#[derive(Clone)]
pub enum Host {
    Bets,
    Rollouts,
    /// With how long observations are kept beyond the life of their rollouts; `None` = thirty days.
    Metrics(Arc<dyn ObservationStore>, Option<Duration>),
    Gtm,
    /// With the way out; `None` = nothing is sent.
    Sinks(Option<Outward>),
    /// With the files that its edge outlives its log by; `None` = it forgets.
    Flags(Option<EdgeFiles>, StreamOptions),
}

/// What an edge has on the disk.
#[derive(Clone)]
pub struct EdgeFiles {
    /// Keeps what it serves.
    pub directory: Directory,
    /// Files that switch flags off by hand.
    pub offs: PathBuf,
}

impl Host {
    /// All services.
    pub fn all(observations: Arc<dyn ObservationStore>) -> Vec<Self> {
        vec![
            Self::Bets,
            Self::Rollouts,
            Self::Metrics(observations, None),
            Self::Gtm,
            Self::Sinks(None),
            Self::Flags(None, StreamOptions::default()),
        ]
    }

    pub const fn service(&self) -> Service {
        match self {
            Self::Bets => Service::Bets,
            Self::Rollouts => Service::Rollouts,
            Self::Metrics(..) => Service::Metrics,
            Self::Gtm => Service::Gtm,
            Self::Sinks(_) => Service::Sinks,
            Self::Flags(..) => Service::Flags,
        }
    }
}

/// What a process is put together from.
pub struct Parts {
    pub log: Log,
    pub bus: SharedBus,
    pub clock: Arc<dyn Clock>,
    pub hosts: Vec<Host>,
    /// Ways to contexts that are not among the hosts.
    pub peers: BTreeMap<Service, Transport>,
    /// Name of this replica, the same after every restart: people know its edge by it.
    pub replica: String,
    /// What leases are held under: an id that is new for every start, and where this process takes calls.
    pub holder: Holder,
    /// How long its leases last without a renewal.
    pub lease: Duration,
    /// How the other replicas are reached, and into how many shares evaluation is divided.
    pub replicas: Replicas,
    /// How far rules bind people.
    pub level: Level,
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
    pub sinks: Transport,
}

/// Assembled services that nobody drives yet.
pub struct Assembly {
    log: Log,
    bus: SharedBus,
    clock: Arc<dyn Clock>,
    holder: Holder,
    lease: Duration,
    hosted: Vec<Service>,
    contexts: Contexts,
    edge: Option<Edge>,
    /// What drives the edge, and wakes its parts.
    following: Vec<Box<dyn Component>>,
    bell: Bell,
    transports: Transports,
    sockets: [Socket; Service::CONTEXTS.len()],
}

impl Assembly {
    /// Puts the services together and connects them.
    pub fn new(parts: Parts) -> Self {
        let Parts { log, bus, clock, hosts, peers, replica, holder, lease, replicas, level, wrap } = parts;
        let sockets = Service::CONTEXTS.map(|context| Socket::new(context.name()));
        let through = |wrap: &dyn Fn(Transport) -> Transport| {
            let [bets, rollouts, metrics, gtm, sinks] =
                sockets.each_ref().map(|socket| wrap(socket.transport()));
            Transports { bets, rollouts, metrics, gtm, sinks }
        };
        let wrapped = through(wrap.as_ref());
        let contexts = Contexts::new(&log, &clock, &hosts, level, &replicas, &wrapped);
        let hosted: Vec<Service> = hosts.iter().map(Host::service).collect();
        let files = hosts.iter().find_map(|host| match host {
            Host::Flags(files, streams) => Some((files.clone(), streams.clone())),
            Host::Bets | Host::Rollouts | Host::Metrics(..) | Host::Gtm | Host::Sinks(_) => None,
        });
        let (mut edge, mut following, mut bell) = (None, Vec::new(), Bell::default());
        if let Some((files, streams)) = files {
            let (directory, offs) = files.map(|files| (files.directory, files.offs)).unzip();
            let parts = EdgeParts::new(verdict_flags::Deps {
                log: log.clone(),
                rollouts: wrapped.rollouts,
                connect: replicas.connect.clone(),
                id: edge_id(&replica, &holder.id),
                name: replica,
                scope: Scope { org: Principal::DEFAULT_ORG.to_owned(), environment: ENVIRONMENT.to_owned() },
                clock: clock.clone(),
                directory,
                offs,
                streams,
            });
            edge = Some(parts.edge);
            bell = parts.bell;
            following.push(Box::new(parts.follower) as Box<dyn Component>);
            following.extend(parts.beside);
        }
        for (context, socket) in Service::CONTEXTS.into_iter().zip(&sockets) {
            let way = contexts.served(context).or_else(|| peers.get(&context).cloned());
            if let Some(way) = way {
                socket.plug(way);
            }
        }
        let transports = through(&|transport| transport);
        Self { log, bus, clock, holder, lease, hosted, contexts, edge, following, bell, transports, sockets }
    }

    /// How the contexts are connected.
    pub fn connections(&self) -> Connections {
        Connections { sockets: self.sockets.clone() }
    }

    /// Straight to the contexts, here or elsewhere.
    pub fn transports(&self) -> &Transports {
        &self.transports
    }

    /// Takes observations, where metrics are served.
    pub fn ingest(&self) -> Option<Ingest> {
        self.contexts.metrics.as_ref().map(verdict_metrics::Metrics::ingest)
    }

    /// Serves flags, where they are served.
    pub fn edge(&self) -> Option<Edge> {
        self.edge.clone()
    }

    /// Every service of this process behind one gRPC server.
    pub fn routes(&self, platform: PlatformApi) -> Routes {
        self.contexts.add_to(Routes::new(PlatformServer::new(platform)))
    }

    /// Everything that has to be driven. What drives the edge is given out once.
    pub fn components(&mut self) -> Vec<Box<dyn Component>> {
        self.owned_components().into_iter().map(|(_, component)| component).collect()
    }

    /// The same with the service that each belongs to.
    fn owned_components(&mut self) -> Vec<(Service, Box<dyn Component>)> {
        let lease = |context, name: &str| self.leased(context, name);
        let mut components = self.contexts.components(lease);
        let contexts = Service::CONTEXTS.into_iter().filter(|context| self.hosted.contains(context));
        components.extend(contexts.map(|context| {
            let lease = self.leased(context, "relay");
            let relay =
                Relay::new(context.name(), self.log.clone(), self.clock.clone(), self.bus.clone(), lease);
            (context, Box::new(relay) as Box<dyn Component>)
        }));
        let following = std::mem::take(&mut self.following);
        components.extend(following.into_iter().map(|component| (Service::Flags, component)));
        components
    }

    fn leased(&self, context: Service, name: &str) -> Box<dyn Authority> {
        let ttl = if self.log.is_exclusive() { LEASE_ALONE } else { self.lease };
        let (log, clock) = (self.log.clone(), self.clock.clone());
        Box::new(Lease::new(log, clock, context.name(), name, self.holder.clone(), ttl))
    }

    /// Drives everything until `shutdown`. The bus wakes the components of a service by the contexts that it
    /// follows, and feeds nobody.
    pub fn run(mut self, runner: &Runner, shutdown: &Shutdown) {
        let mut pokes: BTreeMap<Service, Vec<Poke>> = BTreeMap::new();
        for (service, component) in self.owned_components() {
            let name = component.name().to_owned();
            let poke = runner.start(component);
            if let Some(metrics) = &self.contexts.metrics {
                metrics.driven_by(&name, &poke);
            }
            pokes.entry(service).or_default().push(poke);
        }
        let of_the_edge = pokes.get(&Service::Flags).cloned().unwrap_or_default();
        self.bell.hang(move || of_the_edge.iter().for_each(Poke::poke));
        if let Some(edge) = self.edge.take() {
            let shutdown = shutdown.clone();
            // A stream is a request that never ends by itself, and the server waits for those that are open.
            drop(task::spawn("flag-streams", async move {
                shutdown.told().await;
                edge.end_streams();
            }));
        }
        for (service, pokes) in pokes {
            for context in service.follows() {
                let queue = service.queue(*context);
                let bindings = vec![Binding::new(context.name(), "#")];
                let wake = Wake::new(self.bus.clone(), &queue, bindings, pokes.clone());
                drop(task::spawn(&queue, wake.listen(shutdown.clone())));
            }
        }
    }
}

/// The connections between the contexts of one assembly.
pub struct Connections {
    sockets: [Socket; Service::CONTEXTS.len()],
}

impl Connections {
    /// Cuts them, so that the contexts, which call each other, let go of each other and can be dropped.
    pub fn cut(self) {
        self.sockets.iter().for_each(Socket::unplug);
    }
}

/// The edge of this start of the replica: one that died is another, so nobody takes the word of one for both.
fn edge_id(replica: &str, incarnation: &str) -> EdgeId {
    let label = format!("edge/{replica}/{incarnation}");
    EdgeId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_OID, &label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clause_20_a_replica_that_was_started_again_is_another_edge() {
        let edge = edge_id("host:7451", "first");
        assert_eq!(edge_id("host:7451", "first"), edge);
        assert_ne!(edge_id("host:7451", "second"), edge);
        assert_ne!(edge_id("other:7451", "first"), edge);
    }
}
