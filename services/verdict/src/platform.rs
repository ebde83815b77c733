//! A whole platform in one process: the embedded log, the in-process bus, every service, and the listeners.
//!
//! It starts in one order: open the log, find out what time it is, put the services together, read to the
//! head, listen, and only then say that it is ready. It stops in the opposite one.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use arc_swap::ArcSwap;
use jiff::Timestamp;
use serde::Serialize;
use tempfile::TempDir;
use verdict_adapters::embedded::EmbeddedLog;
use verdict_adapters::observations_sqlite::{self, SqliteObservations};
use verdict_eventlog as engine;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::clock::{SystemClock, Time, VirtualClock};
use verdict_runtime::execute::Repository;
use verdict_runtime::http::Server;
use verdict_runtime::ids;
use verdict_runtime::log::Log;
use verdict_runtime::roles::Roles;
use verdict_runtime::run::Runner;
use verdict_runtime::shutdown::Shutdown;

use self::api::PlatformApi;
use self::assembly::{Assembly, Connections, Parts};
use self::listeners::Grpc;
use self::time::{Command, ID, State, VirtualTime};

pub mod api;
pub mod assembly;
pub mod listeners;
pub mod time;

/// Where the log lies in a data directory.
pub const LOG_DIRECTORY: &str = "log";
/// Where the observations lie in a data directory.
const OBSERVATIONS_FILE: &str = "observations.sqlite";
/// Name of the one replica of an embedded platform.
const REPLICA: &str = "embedded";
/// How long a start may take before it is given up.
const START: Duration = Duration::from_mins(1);

/// What a platform is started with.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `None` = a temporary directory that goes with the platform.
    pub data: Option<PathBuf>,
    /// HTTP address; port 0 = any free one.
    pub listen: String,
    pub grpc_listen: Option<String>,
    /// Where other processes reach the log.
    pub log_listen: Option<String>,
    /// `None` = real time, unless the data directory says otherwise.
    pub virtual_start: Option<Timestamp>,
    pub max_page_count: Option<u32>,
}

/// What was bound, as `--addresses` writes it.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    pub http: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grpc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    pub data: PathBuf,
}

/// A running platform.
pub struct Platform {
    addresses: Addresses,
    http: Server,
    grpc: Option<Grpc>,
    log_server: Option<engine::server::Server>,
    runner: Runner,
    engine: engine::Log,
    connections: Connections,
    shutdown: Shutdown,
    /// Removed when the platform is dropped.
    _temporary: Option<TempDir>,
}

impl Platform {
    /// Starts everything and returns once it is ready.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        // Before anything is touched: a start that is refused leaves nothing behind.
        let others = options.grpc_listen.iter().chain(&options.log_listen);
        for address in std::iter::once(&options.listen).chain(others) {
            loopback(address)?;
        }
        let (data, temporary) = data_directory(options.data.as_deref())?;
        let (log, engine, time, virtual_clock) = open(&data, &options).await?;
        let shutdown = Shutdown::default();
        let roles = Roles::new(time.clock.clone());
        let runner = Runner::new(log.clone(), time.timer, roles.clone(), shutdown.clone());
        let observations_options = observations_sqlite::Options { max_pages: options.max_page_count };
        let observations = SqliteObservations::open(&data.join(OBSERVATIONS_FILE), observations_options)
            .with_context(|| format!("cannot open the observations in {}", data.display()))?;
        let assembly = Assembly::new(Parts {
            log: log.clone(),
            bus: Arc::new(MemoryBus::default()),
            clock: time.clock.clone(),
            observations: Arc::new(observations),
            replica: REPLICA.to_owned(),
            incarnation: ids::incarnation(),
            wrap: Arc::new(|transport| transport),
        });
        let platform_api = PlatformApi {
            time: Repository::new(log.clone(), time.clock.clone()),
            clock: time.clock,
            virtual_clock,
            roles: roles.clone(),
            log: log.clone(),
            moving: Arc::default(),
            shutdown: shutdown.clone(),
        };
        let routes = assembly.routes(platform_api);
        let (ingest, edge, connections) = (assembly.ingest(), assembly.edge(), assembly.connections());
        assembly.run(&runner, &shutdown);
        wait_ready(&roles).await?;
        let http = listeners::http(&options.listen, ingest, edge, roles, log)
            .with_context(|| format!("cannot listen on {}", options.listen))?;
        let grpc = match &options.grpc_listen {
            Some(address) => Some(Grpc::bind(address, routes, shutdown.clone()).await?),
            None => None,
        };
        let log_server = match &options.log_listen {
            Some(address) => Some(listeners::log(address, engine.clone())?),
            None => None,
        };
        let addresses = Addresses {
            http: format!("http://{}", http.address()),
            grpc: grpc.as_ref().map(|grpc| format!("http://{}", grpc.address())),
            log: log_server.as_ref().map(|server| listeners::log_url(server.address(), false)),
            data,
        };
        Ok(Self {
            addresses,
            http,
            grpc,
            log_server,
            runner,
            engine,
            connections,
            shutdown,
            _temporary: temporary,
        })
    }

    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Told when the platform is to stop.
    pub fn shutdown(&self) -> &Shutdown {
        &self.shutdown
    }

    /// Lets what is under way finish, then stops everything.
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
        self.engine.close().await;
    }
}

fn data_directory(given: Option<&Path>) -> anyhow::Result<(PathBuf, Option<TempDir>)> {
    if let Some(path) = given {
        std::fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
        return Ok((path.to_owned(), None));
    }
    let temporary = tempfile::Builder::new().prefix("verdict-").tempdir()?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

/// Opens the log and finds out what time it is: virtual where the log says so or the options ask for it.
async fn open(
    data: &Path,
    options: &Options,
) -> anyhow::Result<(Log, engine::Log, Time, Option<Arc<VirtualClock>>)> {
    let system: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let told: Arc<ArcSwap<Arc<dyn Clock>>> = Arc::new(ArcSwap::from_pointee(system.clone()));
    let tell = told.clone();
    let engine = engine::Log::open(engine::Options {
        max_page_count: options.max_page_count,
        clock: engine::Clock::new(move || tell.load().now().as_microsecond()),
        ..engine::Options::new(data.join(LOG_DIRECTORY))
    })?;
    let log: Log = Arc::new(EmbeddedLog::new(engine.clone()));
    let time: Repository<VirtualTime> = Repository::new(log.clone(), system);
    let start = match (&time.load(ID).await?.state, options.virtual_start) {
        (State::Running { now, .. }, _) => Some(*now),
        (State::Absent, Some(_)) if log.head().await?.is_some() => {
            bail!("{} already runs on real time; virtual time needs an empty data directory", data.display())
        }
        (State::Absent, Some(at)) => {
            let envelope = api::envelope(CommandId::derive(uuid::Uuid::NAMESPACE_OID, "virtual-time"));
            time.execute(&envelope, ID, true, Command::Start { at }).await?;
            Some(at)
        }
        (State::Absent, None) => None,
    };
    let Some(start) = start else {
        return Ok((log, engine, Time::system(), None));
    };
    let clock = Arc::new(VirtualClock::at(start));
    told.store(Arc::new(clock.clone()));
    Ok((log, engine, Time::of(clock.clone()), Some(clock)))
}

async fn wait_ready(roles: &Roles) -> anyhow::Result<()> {
    let ready = async {
        while !roles.ready() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    if tokio::time::timeout(START, ready).await.is_err() {
        let waiting = roles.snapshot().into_iter().filter_map(|role| {
            role.unready.map(|why| {
                format!(
                    "{}: {why}{}",
                    role.name,
                    role.last_fault.map_or(String::new(), |f| format!(" ({f})"))
                )
            })
        });
        bail!("not ready after {} s: {}", START.as_secs(), waiting.collect::<Vec<_>>().join("; "));
    }
    Ok(())
}

/// An address that must be loopback, because the `dev` principal needs no proof of who it is.
pub fn loopback(address: &str) -> anyhow::Result<SocketAddr> {
    let parsed: SocketAddr =
        address.parse().with_context(|| format!("'{address}' is not an address such as 127.0.0.1:7400"))?;
    if !parsed.ip().is_loopback() {
        bail!("{address} is not a loopback address; the dev principal answers on loopback only");
    }
    Ok(parsed)
}
