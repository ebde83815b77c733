//! `verdict up`: the whole platform in one process.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use verdict_kernel::clock::Clock;
use verdict_runtime::clock::SystemClock;
use verdict_runtime::config::{Layers, load_over};
use verdict_runtime::telemetry::{self, Identity};

use super::output::Failure;
use super::teller;
use crate::config::{Config, OFF};
use crate::platform::listeners::Reach;
use crate::platform::{Addresses, Options, Platform, REPLICA};
use crate::{ports, story};

#[derive(Debug, clap::Args)]
pub struct Up {
    /// Directory that keeps the state; without it a fresh temporary one
    #[arg(long)]
    data: Option<PathBuf>,
    /// HTTP: OFREP, observations, health; port 0 is any free one [default: 127.0.0.1:7400]
    #[arg(long)]
    listen: Option<String>,
    /// Commands over gRPC, or off [default: 127.0.0.1:7401]
    #[arg(long)]
    grpc_listen: Option<String>,
    #[command(flatten)]
    reach: super::serve::Anywhere,
    /// The log for other processes, over the protocol of EventStoreDB; without it the log is not served
    #[arg(long)]
    log_listen: Option<String>,
    /// Directory in which a file named like a flag switches it off, whatever else is dead [default: DATA/edge/off]
    #[arg(long)]
    local_off: Option<PathBuf>,
    /// Write the bound addresses to this file as JSON once everything is ready
    #[arg(long)]
    addresses: Option<PathBuf>,
    /// Run on virtual time; only on an empty data directory, later starts go on by themselves
    #[arg(long)]
    virtual_clock: bool,
    /// Where virtual time begins, RFC 3339; without it the present time
    #[arg(long, value_name = "TIME", requires = "virtual_clock", value_parser = super::observe::moment)]
    virtual_start: Option<Timestamp>,
    /// Fill an empty platform with a bet whose rollout has just started
    #[arg(long)]
    demo_data: bool,
    /// TOML file; flags win over VERDICT__SECTION__KEY in the environment, which wins over the file
    #[arg(long)]
    config: Option<PathBuf>,
    /// Largest size of the log in pages of 4 KiB
    #[arg(long, value_name = "NUMBER", value_parser = super::syntax::whole)]
    max_page_count: Option<u32>,
}

impl Up {
    /// What was given on the command line, as a layer over the other sources.
    fn flags(&self) -> serde_json::Value {
        let mut flags = serde_json::json!({ "http": {}, "grpc": {}, "log": {}, "data": {}, "flags": {} });
        let mut set = |section: &str, key: &str, value: Option<serde_json::Value>| {
            if let Some(value) = value {
                flags[section][key] = value;
            }
        };
        set("http", "listen", self.listen.clone().map(Into::into));
        set("grpc", "listen", self.grpc_listen.clone().map(Into::into));
        set("http", "anywhere", self.reach.http_anywhere.then_some(true.into()));
        set("grpc", "anywhere", self.reach.grpc_anywhere.then_some(true.into()));
        set("log", "listen", self.log_listen.clone().map(Into::into));
        set("data", "directory", self.data.as_ref().map(|path| path.to_string_lossy().into()));
        set("flags", "local_off", self.local_off.as_ref().map(|path| path.to_string_lossy().into()));
        set("data", "max_page_count", self.max_page_count.map(Into::into));
        flags
    }

    fn options(&self, config: Config) -> anyhow::Result<Options> {
        Ok(Options {
            log: config.log.url.as_deref().map(ports::log_at).transpose()?,
            bus: config.bus.url.as_deref().map(ports::bus_at).transpose()?,
            observations: config.observations.url.as_deref().map(ports::observations_at).transpose()?,
            retention: config.observations.retention(),
            streams: config.flags.streams()?,
            local_off: config.flags.local_off,
            tls: config.grpc.tls()?,
            lease: Some(config.lease.ttl()?),
            level: config.policy.level.into(),
            sinks: config.sinks,
            advertise: config.grpc.advertise,
            replica: config.process.replica,
            data: config.data.directory,
            listen: config.http.listen,
            grpc_listen: config.grpc.listen.filter(|listen| listen != OFF),
            http_reach: Reach::of(config.http.anywhere),
            grpc_reach: Reach::of(config.grpc.anywhere),
            log_listen: config.log.listen,
            virtual_start: self.virtual_clock.then(|| self.virtual_start.unwrap_or_else(present)),
            max_page_count: config.data.max_page_count,
        })
    }
}

/// The present whole second: where virtual time begins unless it is told otherwise.
pub fn present() -> Timestamp {
    let now = SystemClock::start().now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// A fault with everything that led to it.
pub fn fault(error: anyhow::Error) -> Failure {
    Failure::Fault(format!("{error:#}"))
}

/// What the platform is to be, with what cannot be found out before anything is begun.
pub(super) fn configured(up: &Up) -> Result<Config, Failure> {
    let layers = Layers { file: up.config.as_deref(), flags: &up.flags() };
    let config = load_over(&Config::of_all(), layers).map_err(|error| Failure::usage(error.to_string()))?;
    let off = config.grpc.listen.as_deref() == Some(OFF);
    if off && up.demo_data {
        return Err(Failure::usage("--demo-data is filled in by commands, and --grpc-listen off takes none"));
    }
    super::serve::permitted(&config).map_err(|error| Failure::usage(format!("{error:#}")))?;
    up.addresses.as_deref().map_or(Ok(()), writable)?;
    Ok(config)
}

/// Finds out before anything is started whether the file of addresses has a place.
pub(super) fn writable(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::usage(format!(
            "--addresses {}: there is no directory {}",
            file.display(),
            folder.display()
        ))),
        _ => Ok(()),
    }
}

/// Runs the platform until it is told to stop.
pub fn run(up: Up, out: &mut dyn Write) -> Result<(), Failure> {
    let config = configured(&up)?;
    let instance = config.process.replica.clone().unwrap_or_else(|| REPLICA.to_owned());
    let identity = Identity { role: "up", instance: &instance };
    let _telemetry =
        telemetry::init(&config.telemetry, identity).map_err(|error| Failure::usage(error.to_string()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let kept = config.data.directory.is_some();
        let options = up.options(config).map_err(|error| Failure::usage(format!("{error:#}")))?;
        let platform = Platform::start(options).await.map_err(fault)?;
        platform.shutdown().on_signals()?;
        let addresses = platform.addresses().clone();
        let seeded = if up.demo_data { seed(&addresses, out).await } else { Ok(()) };
        if seeded.is_ok() {
            announce(&addresses, kept, out)?;
            up.addresses.as_deref().map_or(Ok(()), |path| write_addresses(path, &addresses))?;
            platform.shutdown().told().await;
        }
        platform.stop().await;
        if !kept {
            writeln!(out, "stopped; the temporary data in {} are removed", addresses.data.display())?;
        }
        seeded
    })
}

/// Plays the beginning of the story into an empty platform, up to the start of its rollout.
async fn seed(addresses: &Addresses, out: &mut dyn Write) -> Result<(), Failure> {
    let mut teller = teller(addresses, present(), "demo data");
    if teller.is_told().await? {
        return Ok(());
    }
    writeln!(out, "filling in demo data")?;
    out.flush()?;
    for scene in story::scenes(present()).into_iter().take(3) {
        teller.play(&scene, &mut std::io::sink()).await?;
    }
    Ok(())
}

fn announce(addresses: &Addresses, kept: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let http = &addresses.http;
    writeln!(out, "verdict is up")?;
    let fleeting = if kept { "" } else { "   (temporary; --data DIR keeps it)" };
    writeln!(out, "  data          {}{fleeting}", addresses.data.display())?;
    writeln!(out, "  flags         {http}/ofrep/v1/evaluate/flags   (POST)")?;
    writeln!(out, "  observations  {http}/v1/observations           (POST)")?;
    writeln!(out, "  health        {http}/readyz  {http}/livez  {http}/metrics")?;
    match &addresses.grpc {
        Some(grpc) => writeln!(out, "  commands      {grpc}   (verdict --server {grpc} status)")?,
        None => writeln!(out, "  commands      off; without --grpc-listen off they are taken")?,
    }
    if let Some(log) = &addresses.log {
        writeln!(out, "  log           {log}")?;
    }
    out.flush()?;
    Ok(())
}

/// Written beside and renamed, so that whoever waits for the file never reads half of it.
pub fn write_addresses(path: &Path, addresses: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_vec_pretty(addresses).map_err(|error| Failure::Fault(error.to_string()))?;
    let partial = path.with_extension("partial");
    std::fs::write(&partial, text)?;
    std::fs::rename(&partial, path)?;
    Ok(())
}
