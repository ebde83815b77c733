//! `verdict SERVICE serve`: one service as a process of its own.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;
use jiff::Timestamp;
use serde_json::{Value, json};
use verdict_runtime::config::{Layers, load_over};
use verdict_runtime::ids;
use verdict_runtime::route::Replicas;
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::telemetry::{self, Identity};

use super::output::Failure;
use super::up::{fault, present, writable, write_addresses};
use crate::config::{Config, OFF};
use crate::platform::assembly::EdgeFiles;
use crate::platform::door::Door;
use crate::platform::listeners::{Bound, Reach, for_commands, for_http};
use crate::platform::peers::{Peers, connect};
use crate::platform::service::Service;
use crate::platform::{Addresses, Platform, Setup, edge_files, replica_at};
use crate::ports::{self, Ports, Sources, Wait, outward};

#[cfg(test)]
mod tests;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve it until told to stop; services find each other at their default ports on one machine
    Serve(Box<Serve>),
}

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// HTTP: health, metrics, and what is this service's own; port 0 is any free one
    #[arg(long)]
    listen: Option<String>,
    /// Commands over gRPC; port 0 is any free one
    #[arg(long)]
    grpc_listen: Option<String>,
    #[command(flatten)]
    reach: Anywhere,
    /// Address at which other processes reach the gRPC listener; without it the bound one
    #[arg(long)]
    advertise: Option<String>,
    /// Write the bound addresses to this file as JSON once everything is ready
    #[arg(long)]
    addresses: Option<PathBuf>,
    /// Name of this replica, the same after every restart; without it host name and gRPC port
    #[arg(long)]
    replica: Option<String>,
    /// The log that all services share: esdb://HOST:PORT
    #[arg(long)]
    log_url: Option<String>,
    /// The bus: amqp://HOST:PORT, or memory to be woken by the log alone
    #[arg(long)]
    bus_url: Option<String>,
    /// Where metrics keep observations: postgres://HOST/DATABASE or sqlite:FILE
    #[arg(long)]
    observations_url: Option<String>,
    /// Directory in which the flag edge keeps what it serves, so that it can start while the log is away, and sinks their key
    #[arg(long)]
    data: Option<PathBuf>,
    /// Directory in which a file named like a flag switches it off at the flag edge [default: DATA/off]
    #[arg(long, requires = "data")]
    local_off: Option<PathBuf>,
    /// gRPC address of a replica of a service; repeat for more
    #[arg(long = "peer", value_name = "SERVICE=ADDRESS", value_parser = peer)]
    peers: Vec<(Service, String)>,
    /// PEM file with the authority that signs peers at https addresses
    #[arg(long)]
    peers_ca: Option<PathBuf>,
    /// PEM file with the certificate of this process; needs --grpc-tls-key
    #[arg(long)]
    grpc_tls_certificate: Option<PathBuf>,
    /// PEM file with the key to --grpc-tls-certificate
    #[arg(long)]
    grpc_tls_key: Option<PathBuf>,
    /// PEM file with the authority that signs callers; without it callers need no certificate
    #[arg(long)]
    grpc_client_ca: Option<PathBuf>,
    /// Run on virtual time; only over an empty log, later starts go on by themselves
    #[arg(long)]
    virtual_clock: bool,
    /// Where virtual time begins, RFC 3339; without it the present time
    #[arg(long, value_name = "TIME", requires = "virtual_clock", value_parser = super::observe::moment)]
    virtual_start: Option<Timestamp>,
    /// TOML file; flags win over VERDICT__SECTION__KEY in the environment, which wins over the file
    #[arg(long)]
    config: Option<PathBuf>,
}

/// Whether listeners may be other than loopback.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Anywhere {
    /// Let HTTP listen beyond this machine, where the network keeps strangers out: nobody is asked who they are
    #[arg(long)]
    pub(super) http_anywhere: bool,
    /// The same for commands over gRPC; not needed with --grpc-client-ca
    #[arg(long)]
    pub(super) grpc_anywhere: bool,
}

/// `bets=http://10.0.0.7:7411`
fn peer(text: &str) -> Result<(Service, String), String> {
    let named = text.split_once('=').and_then(|(name, address)| {
        Some((Service::ALL.into_iter().find(|service| service.name() == name)?, address.to_owned()))
    });
    named.ok_or_else(|| {
        let services = Service::ALL.map(Service::name).join(", ");
        format!("name a service and its address, as in bets=http://127.0.0.1:7411; services are {services}")
    })
}

impl Serve {
    /// What was given on the command line, as a layer over the other sources.
    fn flags(&self) -> Value {
        let mut flags = json!({});
        let mut set = |section: &str, key: &str, value: Option<Value>| {
            if let Some(value) = value {
                flags[section][key] = value;
            }
        };
        let text = |value: &Option<String>| value.clone().map(Value::from);
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into());
        set("http", "listen", text(&self.listen));
        set("http", "anywhere", self.reach.http_anywhere.then_some(true.into()));
        set("grpc", "listen", text(&self.grpc_listen));
        set("grpc", "anywhere", self.reach.grpc_anywhere.then_some(true.into()));
        set("grpc", "advertise", text(&self.advertise));
        set("grpc", "tls_certificate", path(&self.grpc_tls_certificate));
        set("grpc", "tls_key", path(&self.grpc_tls_key));
        set("grpc", "client_ca", path(&self.grpc_client_ca));
        set("log", "url", text(&self.log_url));
        set("bus", "url", text(&self.bus_url));
        set("observations", "url", text(&self.observations_url));
        set("data", "directory", path(&self.data));
        set("flags", "local_off", path(&self.local_off));
        set("process", "replica", text(&self.replica));
        set("peers", "ca", path(&self.peers_ca));
        let mut peers: BTreeMap<Service, Vec<&str>> = BTreeMap::new();
        for (service, address) in &self.peers {
            peers.entry(*service).or_default().push(address);
        }
        for (service, addresses) in peers {
            set("peers", service.name(), Some(json!(addresses)));
        }
        flags
    }
}

/// Runs the service until it is told to stop.
pub fn run(service: Service, verb: Verb, out: &mut dyn Write) -> Result<(), Failure> {
    let Verb::Serve(serve) = verb;
    let usage = |error: anyhow::Error| Failure::usage(format!("{error:#}"));
    let config =
        load_over(&Config::of(service), Layers { file: serve.config.as_deref(), flags: &serve.flags() })
            .map_err(|error| Failure::usage(error.to_string()))?;
    let sources = sources(service, &config).map_err(usage)?;
    reachable(&config).map_err(usage)?;
    serve.addresses.as_deref().map_or(Ok(()), writable)?;
    switchable(&config).map_err(usage)?;
    config.flags.streams().map_err(usage)?;
    let identity = Identity { role: service.name(), instance: &instance(&config) };
    let _telemetry =
        telemetry::init(&config.telemetry, identity).map_err(|error| Failure::usage(error.to_string()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let shutdown = Shutdown::default();
        shutdown.on_signals()?;
        serve_until_told(service, &serve, config, &sources, &shutdown, out).await
    })
}

/// How the process is told from its replicas in traces: by its name, unless only a bound port will say what that is.
fn instance(config: &Config) -> String {
    let port = config.grpc.listen.as_deref().and_then(|listen| listen.parse::<SocketAddr>().ok());
    match (&config.process.replica, port.map(|listen| listen.port())) {
        (Some(name), _) => name.clone(),
        (None, Some(0)) => ids::incarnation(),
        (None, port) => replica_at(port),
    }
}

/// Serves until `shutdown`. Whoever asks for health is answered from the beginning, and to be told to stop before
/// the log is there is no fault.
async fn serve_until_told(
    service: Service,
    serve: &Serve,
    config: Config,
    sources: &Sources,
    shutdown: &Shutdown,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let virtual_start = serve.virtual_clock.then(|| serve.virtual_start.unwrap_or_else(present));
    let door = Door::open(&config.http.listen, Reach::of(config.http.anywhere)).map_err(fault)?;
    let edge = edge(service, &config);
    // An edge that has kept something can do without the log.
    let has_kept = edge.as_ref().is_some_and(|edge| edge.directory.has_kept());
    let wait = if has_kept { Wait::Briefly } else { Wait::ForEver };
    // The log before anything else that uses TLS: its client chooses what that is made of.
    let ports = tokio::select! {
        ports = ports::open(sources, wait, door.starting()) => ports.map_err(fault)?,
        () = shutdown.told() => return Ok(()),
    };
    let setup = setup(service, config, shutdown.clone()).await;
    let setup = setup.map_err(|error| Failure::usage(format!("{error:#}")))?;
    let platform = match start(ports, Setup { virtual_start, door: Some(door), edge, ..setup }).await {
        Err(_) if shutdown.is_told() => return Ok(()),
        platform => platform?,
    };
    announce(service, platform.addresses(), out)?;
    serve.addresses.as_deref().map_or(Ok(()), |path| write_addresses(path, platform.addresses()))?;
    shutdown.told().await;
    platform.stop().await;
    Ok(())
}

/// What the edge outlives its log by, where it is told where.
fn edge(service: Service, config: &Config) -> Option<EdgeFiles> {
    let directory = config.data.directory.as_deref().filter(|_| service == Service::Flags);
    if directory.is_none() && service == Service::Flags {
        tracing::warn!(
            "the flag edge keeps nothing on the disk: started while the log is away it serves nothing, and no file \
             switches a flag off; --data DIR"
        );
    }
    directory.map(|directory| edge_files(directory, config.flags.local_off.clone()))
}

async fn start(ports: Ports, setup: Setup) -> Result<Platform, Failure> {
    Platform::launch(ports, setup).await.map_err(fault)
}

/// Where the ports of the service are. Only metrics keep observations.
fn sources(service: Service, config: &Config) -> anyhow::Result<Sources> {
    let url = |url: &Option<String>| url.clone().unwrap_or_default();
    let observations = config.observations.url.as_deref().filter(|_| service == Service::Metrics);
    if service == Service::Metrics && observations.is_none() {
        bail!(
            "metrics keep observations: --observations-url postgres://HOST/DATABASE or sqlite:FILE says where"
        );
    }
    Ok(Sources {
        log: ports::log_at(&url(&config.log.url))?,
        bus: ports::bus_at(&url(&config.bus.url))?,
        observations: observations.map(ports::observations_at).transpose()?,
        max_page_count: config.data.max_page_count,
    })
}

/// Finds out before anything is waited for whether the addresses may be listened on, and whether peers can call.
fn reachable(config: &Config) -> anyhow::Result<()> {
    let address = permitted(config)?;
    let listen = config.grpc.listen.as_deref().unwrap_or_default();
    if address.is_some_and(|address| address.ip().is_unspecified()) && config.grpc.advertise.is_none() {
        bail!(
            "{listen} is no address that others can call; --advertise http://HOST:PORT says which one they can"
        );
    }
    Ok(())
}

/// Finds out whether the addresses may be listened on; the one for commands, where they are taken.
pub(super) fn permitted(config: &Config) -> anyhow::Result<Option<SocketAddr>> {
    for_http(&config.http.listen, Reach::of(config.http.anywhere))?;
    let listen = config.grpc.listen.as_deref().filter(|listen| *listen != OFF);
    let proven = config.grpc.client_ca.is_some();
    listen.map(|listen| for_commands(listen, proven, Reach::of(config.grpc.anywhere))).transpose()
}

/// What is off by hand is off across restarts, and that is kept somewhere.
fn switchable(config: &Config) -> anyhow::Result<()> {
    if config.flags.local_off.is_some() && config.data.directory.is_none() {
        bail!("flags.local_off needs data.directory (--data), which keeps what is off across restarts");
    }
    Ok(())
}

async fn setup(service: Service, config: Config, shutdown: Shutdown) -> anyhow::Result<Setup> {
    ports::choose_tls_provider();
    let tls = config.grpc.tls()?;
    let trust = config.peers.tls(tls.as_ref())?;
    let peers = Peers::at(&config.peers.by_service(), trust.as_ref())?;
    let bound = match config.grpc.listen.as_ref().filter(|listen| *listen != OFF) {
        Some(address) => Some(Bound::bind_within(Reach::of(config.grpc.anywhere), address, tls).await?),
        None => None,
    };
    let outward = (service == Service::Sinks)
        .then(|| outward::open(&config.sinks, config.data.directory.as_deref()))
        .transpose()?;
    Ok(Setup {
        listen: config.http.listen,
        advertise: config.grpc.advertise,
        replica: config.process.replica,
        lease: config.lease.ttl()?,
        retention: config.observations.retention(),
        level: config.policy.level.into(),
        streams: config.flags.streams()?,
        outward,
        replicas: Replicas { connect: connect(trust), shards: config.lease.shards },
        shutdown,
        ..Setup::new(vec![service], bound, peers)
    })
}

fn announce(service: Service, addresses: &Addresses, out: &mut dyn Write) -> Result<(), Failure> {
    let http = &addresses.http;
    writeln!(out, "verdict {service} is up")?;
    writeln!(out, "  health        {http}/readyz  {http}/livez  {http}/metrics")?;
    match service {
        Service::Metrics => writeln!(out, "  observations  {http}/v1/observations           (POST)")?,
        Service::Flags => writeln!(out, "  flags         {http}/ofrep/v1/evaluate/flags   (POST)")?,
        Service::Bets | Service::Rollouts | Service::Gtm | Service::Sinks => {}
    }
    if let Some(grpc) = &addresses.grpc {
        writeln!(out, "  commands      {grpc}")?;
    }
    out.flush()?;
    Ok(())
}
