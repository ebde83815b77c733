//! A process of the platform: some services or all of them, over ports that are opened elsewhere.
//!
//! It starts in one order: bind the addresses, answer health, find out what time it is, put the services together,
//! read to the head, serve, and only then say that it is ready. It stops in the opposite one. Whether a process
//! is `verdict up` or serves one service differs in what it is given, and in nothing else.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::Serialize;
use tempfile::TempDir;
use verdict_eventlog as engine;
use verdict_flags::{Directory, StreamOptions};
use verdict_kernel::policy::Level;
use verdict_runtime::clock::{SystemClock, Time};
use verdict_runtime::execute::Repository;
use verdict_runtime::http::Server;
use verdict_runtime::ids;
use verdict_runtime::lease::Holder;
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::roles::Roles;
use verdict_runtime::route::Replicas;
use verdict_runtime::run::Runner;
use verdict_runtime::shutdown::Shutdown;
use verdict_sinks::Outward;

use self::api::PlatformApi;
use self::assembly::{Assembly, Connections, EdgeFiles, Host, LEASE, Parts};
use self::door::Door;
use self::listeners::{Bound, Grpc, Reach, Tls};
use self::peers::{Peers, connect};
use self::service::Service;
use self::time::follower::Follower;
use self::time::start::time_of;
pub use crate::ports::LOG_DIRECTORY;
use crate::ports::{self, BusAt, LogAt, ObservationsAt, Ports, Sources, Wait, outward};

pub mod api;
pub mod assembly;
pub mod door;
pub mod history;
pub mod listeners;
pub mod peers;
pub mod rest;
pub mod service;
pub mod since;
#[cfg(test)]
mod tests;
pub mod time;

/// Where the edge keeps what it serves, in a data directory.
pub(crate) const EDGE_DIRECTORY: &str = "edge";
/// Where files switch flags off, beside what the edge keeps.
const LOCAL_OFF_DIRECTORY: &str = "off";
/// Name of the one replica of an embedded platform.
pub const REPLICA: &str = "embedded";
/// How long the start of a platform may take before it is given up.
const START: Duration = Duration::from_mins(1);
/// How often it is told what a start still waits for.
const SAY: Duration = Duration::from_secs(10);

/// What a whole platform in one process is started with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `None` = a temporary directory that goes with the platform.
    pub data: Option<PathBuf>,
    /// HTTP address; port 0 = any free one.
    pub listen: String,
    pub grpc_listen: Option<String>,
    /// Where the HTTP listener may be.
    pub http_reach: Reach,
    /// Where the gRPC listener may be.
    pub grpc_reach: Reach,
    /// Where other processes reach the log.
    pub log_listen: Option<String>,
    /// `None` = real time, unless the data directory says otherwise.
    pub virtual_start: Option<Timestamp>,
    pub max_page_count: Option<u32>,
    /// `None` = within the data directory.
    pub log: Option<LogAt>,
    /// `None` = in this process.
    pub bus: Option<BusAt>,
    /// `None` = within the data directory.
    pub observations: Option<ObservationsAt>,
    /// How long observations are kept beyond the life of their rollouts; `None` = thirty days.
    pub retention: Option<Duration>,
    /// Where files switch flags off by hand; `None` = within the data directory.
    pub local_off: Option<PathBuf>,
    /// How the flag edge offers event streams.
    pub streams: StreamOptions,
    pub tls: Option<Tls>,
    pub advertise: Option<String>,
    pub replica: Option<String>,
    pub lease: Option<Duration>,
    /// How far rules bind people.
    pub level: Level,
    /// Where notices may be sent, and what seals their secrets.
    pub sinks: outward::Sinks,
}

impl Options {
    fn sources(&self, data: &Path) -> Sources {
        let within = Sources::within(data, self.max_page_count);
        Sources {
            log: self.log.clone().unwrap_or(within.log),
            bus: self.bus.clone().unwrap_or(within.bus),
            observations: self.observations.clone().or(within.observations),
            ..within
        }
    }
}

/// What a process is started with beside its ports.
pub struct Setup {
    pub services: Vec<Service>,
    /// HTTP address; port 0 = any free one. Of no use where the door is open already.
    pub listen: String,
    /// Where health is answered already; `None` = nowhere yet.
    pub door: Option<Door>,
    /// Takes commands; `None` = nobody can give any.
    pub grpc: Option<Bound>,
    /// Where the log is served to other processes; `None` = nowhere. Only for a process that keeps the log itself.
    pub log_listen: Option<String>,
    /// Where other processes reach the gRPC listener; `None` = the bound address.
    pub advertise: Option<String>,
    pub peers: Peers,
    /// `None` = real time, unless the log says otherwise.
    pub virtual_start: Option<Timestamp>,
    /// `None` = host name and gRPC port.
    pub replica: Option<String>,
    pub lease: Duration,
    /// How other replicas of these services are reached.
    pub replicas: Replicas,
    /// How long observations are kept beyond the life of their rollouts; `None` = thirty days.
    pub retention: Option<Duration>,
    /// `None` = a start takes as long as it takes.
    pub patience: Option<Duration>,
    /// What the flag edge outlives its log by; `None` = it forgets.
    pub edge: Option<EdgeFiles>,
    /// How its event streams are offered.
    pub streams: StreamOptions,
    /// How far rules bind people.
    pub level: Level,
    /// How notices leave; `None` = none does.
    pub outward: Option<Outward>,
    pub shutdown: Shutdown,
}

impl Setup {
    /// These services, reached at `grpc`, with `peers` beside them and defaults for the rest.
    pub fn new(services: Vec<Service>, grpc: Option<Bound>, peers: Peers) -> Self {
        Self {
            services,
            listen: "127.0.0.1:0".to_owned(),
            door: None,
            grpc,
            log_listen: None,
            advertise: None,
            peers,
            virtual_start: None,
            replica: None,
            lease: LEASE,
            replicas: Replicas { connect: connect(None), shards: 1 },
            retention: None,
            streams: StreamOptions::default(),
            patience: None,
            edge: None,
            level: Level::Enforce,
            outward: None,
            shutdown: Shutdown::default(),
        }
    }
}

/// What was bound, as `--addresses` writes it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Addresses {
    pub http: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// Empty where the process keeps nothing itself.
    #[serde(skip_serializing_if = "is_empty")]
    pub data: PathBuf,
}

fn is_empty(path: &Path) -> bool {
    path.as_os_str().is_empty()
}

/// A running process.
pub struct Platform {
    addresses: Addresses,
    http: Server,
    grpc: Option<Grpc>,
    log_server: Option<engine::server::Server>,
    runner: Runner,
    engine: Option<engine::Log>,
    connections: Connections,
    shutdown: Shutdown,
    /// Removed when the platform is dropped.
    temporary: Option<TempDir>,
}

impl Platform {
    /// Starts everything in this process and returns once it is ready.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        // Before anything is touched: a start that is refused leaves nothing behind.
        options.log_listen.as_deref().map(listeners::loopback).transpose()?;
        let door = Door::open(&options.listen, options.http_reach)?;
        let grpc = match &options.grpc_listen {
            Some(address) => {
                Some(Bound::bind_within(options.grpc_reach, address, options.tls.clone()).await?)
            }
            None => None,
        };
        let (data, temporary) = data_directory(options.data.as_deref())?;
        let ports = ports::open(&options.sources(&data), Wait::AtMost(START), door.starting()).await?;
        let setup = Setup {
            listen: options.listen,
            door: Some(door),
            log_listen: options.log_listen,
            advertise: options.advertise,
            virtual_start: options.virtual_start,
            replica: Some(options.replica.unwrap_or_else(|| REPLICA.to_owned())),
            lease: options.lease.unwrap_or(LEASE),
            retention: options.retention,
            level: options.level,
            patience: Some(START),
            outward: Some(outward::open(&options.sinks, Some(&data))?),
            edge: Some(edge_files(&data.join(EDGE_DIRECTORY), options.local_off)),
            streams: options.streams,
            ..Setup::new(Service::ALL.to_vec(), grpc, Peers::default())
        };
        let mut platform = Self::launch(ports, setup).await?;
        platform.addresses.data = data;
        platform.temporary = temporary;
        Ok(platform)
    }

    /// Starts the services of `setup` over `ports` and returns once they are ready.
    pub async fn launch(ports: Ports, setup: Setup) -> anyhow::Result<Self> {
        let Ports { log, bus, observations, told, engine, waits } = ports;
        let door = setup.door.map_or_else(|| Door::open(&setup.listen, Reach::Loopback), Ok)?;
        let bound = setup.grpc;
        let replica = setup.replica.unwrap_or_else(|| replica_at(bound.as_ref().map(Bound::port)));
        // What can do without the log looks at no business time.
        let (time, virtual_clock) =
            if waits { (Time::system(), None) } else { time_of(&log, setup.virtual_start).await? };
        told.store(Arc::new(time.clock.clone()));
        let shutdown = setup.shutdown;
        let roles = Roles::new(time.clock.clone());
        door.starting().runs(roles.clone());
        let runner = Runner::new(log.clone(), time.timer, roles.clone(), shutdown.clone());
        let url = bound.as_ref().map(Bound::url);
        // Without peers there is no replica that could call, and what the lease holder does is done here.
        let is_alone = setup.peers.ways.is_empty();
        let address = setup.advertise.or_else(|| url.clone()).filter(|_| !is_alone).unwrap_or_default();
        let edge = (setup.edge, setup.streams);
        let assembly = Assembly::new(Parts {
            log: log.clone(),
            bus,
            clock: time.clock.clone(),
            hosts: hosts(&setup.services, observations, setup.retention, setup.outward, &edge)?,
            peers: setup.peers.ways,
            replica: replica.clone(),
            holder: Holder { id: ids::incarnation(), address },
            lease: setup.lease,
            replicas: setup.replicas,
            level: setup.level,
            wrap: Arc::new(|transport| transport),
        });
        if let Some(clock) = &virtual_clock {
            drop(runner.start(Box::new(Follower::new(log.clone(), clock.clone()))));
        }
        let routes = assembly.routes(PlatformApi {
            replica,
            services: setup.services,
            others: setup.peers.members,
            time: Repository::new(log.clone(), time.clock.clone()),
            clock: time.clock,
            virtual_clock,
            roles: roles.clone(),
            log: log.clone(),
            changes: Arc::default(),
            moving: Arc::default(),
            shutdown: shutdown.clone(),
        });
        let (ingest, edge, connections) = (assembly.ingest(), assembly.edge(), assembly.connections());
        assembly.run(&runner, &shutdown);
        wait_ready(&roles, setup.patience, &shutdown).await?;
        let http = door.serve(listeners::surface(ingest, edge, roles, log)).await?;
        let grpc = bound.map(|bound| bound.serve(routes, shutdown.clone())).transpose()?;
        let log_server = match (&setup.log_listen, &engine) {
            (Some(address), Some(engine)) => Some(listeners::log(address, engine.clone())?),
            (Some(_), None) => bail!("only a process that keeps the log itself can serve it"),
            (None, _) => None,
        };
        let addresses = Addresses {
            http: format!("http://{}", http.address()),
            grpc: url,
            log: log_server.as_ref().map(|server| listeners::log_url(server.address(), false)),
            data: PathBuf::new(),
        };
        let temporary = None;
        Ok(Self { addresses, http, grpc, log_server, runner, engine, connections, shutdown, temporary })
    }

    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Told when the platform is to stop.
    pub fn shutdown(&self) -> &Shutdown {
        &self.shutdown
    }

    /// Lets what is under way finish, gives leases back, then stops everything.
    pub async fn stop(self) {
        self.shutdown.tell();
        self.http.stop().await;
        if let Some(grpc) = self.grpc {
            grpc.stopped().await;
        }
        if let Some(server) = self.log_server {
            server.stop().await;
        }
        self.runner.drained().await;
        self.connections.cut();
        if let Some(engine) = self.engine {
            engine.close().await;
        }
        drop(self.temporary);
    }
}

/// The services with what each needs.
fn hosts(
    services: &[Service],
    observations: Option<Arc<dyn ObservationStore>>,
    retention: Option<Duration>,
    outward: Option<Outward>,
    (files, streams): &(Option<EdgeFiles>, StreamOptions),
) -> anyhow::Result<Vec<Host>> {
    let host = |service: &Service| {
        Ok(match service {
            Service::Bets => Host::Bets,
            Service::Rollouts => Host::Rollouts,
            Service::Metrics => Host::Metrics(
                observations.clone().context(
                    "metrics keep observations; --observations-url sqlite:FILE or postgres://... says where",
                )?,
                retention,
            ),
            Service::Gtm => Host::Gtm,
            Service::Sinks => Host::Sinks(outward.clone()),
            Service::Flags => Host::Flags(files.clone(), streams.clone()),
        })
    };
    services.iter().map(host).collect()
}

/// What an edge has in `directory`, and where files switch its flags off.
pub fn edge_files(directory: &Path, local_off: Option<PathBuf>) -> EdgeFiles {
    let offs = local_off.unwrap_or_else(|| directory.join(LOCAL_OFF_DIRECTORY));
    EdgeFiles { directory: Directory::new(directory, Arc::new(SystemClock::start())), offs }
}

/// The name of a replica that was given none: the same after a restart on the same port.
pub fn replica_at(port: Option<u16>) -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname");
    let host = host.map_or_else(|_| "localhost".to_owned(), |name| name.trim().to_owned());
    port.map_or_else(|| host.clone(), |port| format!("{host}-{port}"))
}

fn data_directory(given: Option<&Path>) -> anyhow::Result<(PathBuf, Option<TempDir>)> {
    if let Some(path) = given {
        std::fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
        return Ok((path.to_owned(), None));
    }
    let temporary = tempfile::Builder::new().prefix("verdict-").tempdir()?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

/// Returns once everything can serve. Fails when patience ends, or the process is told to stop before.
async fn wait_ready(roles: &Roles, patience: Option<Duration>, shutdown: &Shutdown) -> anyhow::Result<()> {
    let ready = async {
        while !roles.ready() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let out_of_patience = async {
        match patience {
            Some(patience) => tokio::time::sleep(patience).await,
            None => std::future::pending().await,
        }
    };
    let saying = async {
        loop {
            tokio::time::sleep(SAY).await;
            tracing::warn!("still waiting for {}", unready(roles));
        }
    };
    tokio::select! {
        () = ready => Ok(()),
        () = shutdown.told() => bail!("told to stop before it was ready: {}", unready(roles)),
        () = out_of_patience => bail!("not ready in time: {}", unready(roles)),
        () = saying => Ok(()),
    }
}

/// What cannot serve yet, and why.
fn unready(roles: &Roles) -> String {
    let waiting = roles.snapshot().into_iter().filter_map(|role| {
        let fault = role.last_fault.map_or_else(String::new, |fault| format!(" ({fault})"));
        role.unready.map(|why| format!("{}: {why}{fault}", role.name))
    });
    waiting.collect::<Vec<_>>().join("; ")
}
