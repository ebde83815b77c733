//! Where the log, the bus and the observations come from: addresses of the configuration, opened by an adapter.
//!
//! It is the one place that chooses adapters. Everything behind it sees ports.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use arc_swap::ArcSwap;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use verdict_adapters::embedded::EmbeddedLog;
use verdict_adapters::esdb::{self, EsdbLog};
use verdict_adapters::observations_postgres::{self, OfLog, PostgresObservations};
use verdict_adapters::observations_sqlite::{self, SqliteObservations, upkeep};
use verdict_adapters::rabbit::{self, RabbitBus};
use verdict_eventlog as engine;
use verdict_kernel::clock::Clock;
use verdict_runtime::bus::SharedBus;
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::clock::SystemClock;
use verdict_runtime::http::starting::Starting;
use verdict_runtime::log::late::LateLog;
use verdict_runtime::log::restored::Restored;
use verdict_runtime::log::{EventLog, Log};
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::task;

pub mod outward;
#[cfg(test)]
mod tests;

/// How long a log is waited for by what can do without it.
const BRIEF: Duration = Duration::from_secs(1);
/// Where the log lies in a data directory.
pub const LOG_DIRECTORY: &str = "log";
/// Where the observations lie in a data directory.
pub const OBSERVATIONS_FILE: &str = "observations.sqlite";

/// The log as an address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogAt {
    /// `embedded:DIR`
    Embedded(PathBuf),
    /// `esdb://...`, `esdb+discover://...`
    Server(String),
}

/// The bus as an address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BusAt {
    /// `memory`: wakes nobody outside of this process; the log does.
    Memory,
    /// `amqp://...`, `amqps://...`
    Broker(String),
}

/// The observations as an address names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObservationsAt {
    /// `sqlite:FILE`
    File(PathBuf),
    /// `postgres://...`
    Server(String),
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    pub log: LogAt,
    pub bus: BusAt,
    /// `None` where no observations are kept.
    pub observations: Option<ObservationsAt>,
    pub max_page_count: Option<u32>,
}

impl Sources {
    /// Everything in a data directory.
    pub fn within(data: &Path, max_page_count: Option<u32>) -> Self {
        Self {
            log: LogAt::Embedded(data.join(LOG_DIRECTORY)),
            bus: BusAt::Memory,
            observations: Some(ObservationsAt::File(data.join(OBSERVATIONS_FILE))),
            max_page_count,
        }
    }
}

/// The log at `address`.
pub fn log_at(address: &str) -> anyhow::Result<LogAt> {
    match address.split_once(':') {
        Some(("embedded", directory)) if !directory.is_empty() => Ok(LogAt::Embedded(directory.into())),
        Some(("esdb" | "esdb+discover", _)) => Ok(LogAt::Server(address.to_owned())),
        _ => bail!("log.url '{address}' is neither embedded:DIR nor esdb://HOST:PORT"),
    }
}

/// The bus at `address`.
pub fn bus_at(address: &str) -> anyhow::Result<BusAt> {
    match (address, address.split_once(':')) {
        ("memory", _) => Ok(BusAt::Memory),
        (_, Some(("amqp" | "amqps", _))) => Ok(BusAt::Broker(address.to_owned())),
        _ => bail!("bus.url '{address}' is neither memory nor amqp://HOST:PORT"),
    }
}

/// The observations at `address`.
pub fn observations_at(address: &str) -> anyhow::Result<ObservationsAt> {
    match address.split_once(':') {
        Some(("sqlite", file)) if !file.is_empty() => Ok(ObservationsAt::File(file.into())),
        Some(("postgres" | "postgresql", _)) => Ok(ObservationsAt::Server(address.to_owned())),
        _ => bail!("observations.url '{address}' is neither sqlite:FILE nor postgres://HOST:PORT/DATABASE"),
    }
}

/// The ports of a process.
pub struct Ports {
    pub log: Log,
    pub bus: SharedBus,
    pub observations: Option<Arc<dyn ObservationStore>>,
    /// What the log says the time is. Only an embedded log follows it: a server has a clock of its own.
    pub told: Arc<ArcSwap<Arc<dyn Clock>>>,
    /// Closed at the end, where the log is in this process.
    pub engine: Option<engine::Log>,
    /// The log has not answered yet: only what can do without it may be started.
    pub waits: bool,
}

impl Ports {
    /// Ports that somebody else has opened.
    pub fn over(log: Log, bus: SharedBus, observations: Option<Arc<dyn ObservationStore>>) -> Self {
        Self { log, bus, observations, told: told(), engine: None, waits: false }
    }
}

fn told() -> Arc<ArcSwap<Arc<dyn Clock>>> {
    let system: Arc<dyn Clock> = Arc::new(SystemClock::start());
    Arc::new(ArcSwap::from_pointee(system))
}

/// How long a log server that is down is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    ForEver,
    AtMost(Duration),
    /// For a moment. It is waited for in the background then, and takes its place when it answers.
    Briefly,
}

/// Opens everything. A log server that is down is waited for, and `starting` says so.
pub async fn open(sources: &Sources, wait: Wait, starting: &Starting) -> anyhow::Result<Ports> {
    let told = told();
    let mut waits = false;
    let (log, engine) = match &sources.log {
        LogAt::Embedded(directory) => {
            let engine = embedded(directory, sources.max_page_count, told.clone())?;
            (Arc::new(EmbeddedLog::new(engine.clone())) as Log, Some(engine))
        }
        LogAt::Server(url) => {
            let log = match wait {
                Wait::ForEver => log_server(url, Duration::MAX, starting).await?,
                Wait::AtMost(patience) => log_server(url, patience, starting).await?,
                Wait::Briefly => {
                    let log = late_log_server(url.clone(), starting.clone()).await?;
                    waits = !log.has_arrived();
                    Arc::new(log)
                }
            };
            (log, None)
        }
    };
    let bus: SharedBus = match &sources.bus {
        BusAt::Memory => Arc::new(MemoryBus::default()),
        BusAt::Broker(url) => broker(url)?,
    };
    let observations = match &sources.observations {
        None => None,
        Some(ObservationsAt::File(file)) => {
            Some(observations_file(file, sources.max_page_count, &log.log_id())?)
        }
        Some(ObservationsAt::Server(url)) => Some(observations_server(url, &*log).await?),
    };
    Ok(Ports { log, bus, observations, told, engine, waits })
}

/// Gives this process a TLS provider if it has none. Several are compiled in, so one has to be named. The client of a
/// log server insists on installing it itself, so in a process that has one this comes after the log was opened.
pub fn choose_tls_provider() {
    if CryptoProvider::get_default().is_none() {
        // Whoever was faster has installed one.
        drop(aws_lc_rs::default_provider().install_default());
    }
}

fn embedded(
    directory: &Path,
    max_page_count: Option<u32>,
    told: Arc<ArcSwap<Arc<dyn Clock>>>,
) -> anyhow::Result<engine::Log> {
    let clock = engine::Clock::new(move || told.load().now().as_microsecond());
    let options = engine::Options { max_page_count, clock, ..engine::Options::new(directory.to_owned()) };
    let shared = "an embedded log is of one process; several share a log server";
    engine::Log::open(options)
        .with_context(|| format!("cannot open the log in {} ({shared})", directory.display()))
}

fn observations_file(
    file: &Path,
    max_pages: Option<u32>,
    log: &str,
) -> anyhow::Result<Arc<dyn ObservationStore>> {
    let store = SqliteObservations::open(file, observations_sqlite::Options { max_pages });
    let store = store.with_context(|| format!("cannot open the observations in {}", file.display()))?;
    upkeep::belongs_to(file, log)?;
    Ok(Arc::new(store))
}

/// The log of a server that need not be there. Whoever asks before it is is told that it is unavailable.
async fn late_log_server(url: String, starting: Starting) -> anyhow::Result<LateLog> {
    let late = LateLog::default();
    let arriving = late.clone();
    let mut connecting = task::spawn("log-connection", async move {
        arriving.arrive(log_server(&url, Duration::MAX, &starting).await?);
        anyhow::Ok(())
    });
    tokio::select! {
        connected = &mut connecting => connected??,
        () = tokio::time::sleep(BRIEF) => drop(task::spawn("log-arrival", async move {
            match connecting.await {
                Ok(Ok(())) => tracing::info!("the log has answered"),
                Ok(Err(error)) => tracing::error!("the log cannot be used: {error:#}"),
                Err(lost) => tracing::error!("the log cannot be used: {lost}"),
            }
        })),
    }
    Ok(late)
}

async fn log_server(url: &str, patience: Duration, starting: &Starting) -> anyhow::Result<Log> {
    let options = esdb::Options { patience, ..esdb::Options::new(url) };
    let waits = format!("waiting for {}", without_secrets(url));
    let hint = "see that it is up and that tls= and tlsCAFile in log.url are what it speaks and is signed by";
    let log =
        EsdbLog::connect_telling(options, |why| starting.waits("log", format!("{waits}: {why}; {hint}")));
    Ok(Arc::new(log.await?))
}

/// The scheme, the hosts and their ports of an address: who logs in how is nobody else's business.
fn without_secrets(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{hosts}")
}

/// A broker that is down is waited for behind the port: the log wakes everybody meanwhile.
fn broker(url: &str) -> anyhow::Result<SharedBus> {
    let bus = RabbitBus::connect(rabbit::Options::new(url), Arc::new(SystemClock::start()))?;
    Ok(Arc::new(bus))
}

/// A server that is down is waited for behind the port: evaluation is not ready until it answers.
async fn observations_server(url: &str, log: &dyn EventLog) -> anyhow::Result<Arc<dyn ObservationStore>> {
    let (id, restored) = (log.log_id().to_string(), Restored::of_log(log).await?);
    let log = Some(OfLog { id, restored });
    let options = observations_postgres::Options { url: url.to_owned(), log, ..Default::default() };
    Ok(Arc::new(PostgresObservations::open(&options)?))
}
