//! `verdict log serve`: the log as a process of its own, for services that share nothing else.

use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use actix_web::web;
use anyhow::Context;
use serde::Serialize;
use verdict_adapters::embedded::EmbeddedLog;
use verdict_eventlog::server::{Advertised, Auth, Options, Secret, Server, Stats, Tls, User};
use verdict_eventlog::{Log, Options as LogOptions};
use verdict_runtime::clock::SystemClock;
use verdict_runtime::config::{Layers, load_over};
use verdict_runtime::http::Server as HttpServer;
use verdict_runtime::http::health::{Figure, Health, endpoints_with};
use verdict_runtime::roles::Roles;
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::telemetry::{self, Identity};

use super::super::output::Failure;
use super::super::up::{fault, write_addresses};
use crate::config::{Config, telemetry_of};
use crate::platform::listeners::log_url;
use crate::platform::{LOG_DIRECTORY, replica_at};
use crate::ports::choose_tls_provider;

#[cfg(test)]
mod tests;

#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Data directory that holds the log; it is made when there is none
    #[arg(long)]
    data: PathBuf,
    /// Where clients connect; port 0 is any free one
    #[arg(long, default_value = "127.0.0.1:2113")]
    listen: SocketAddr,
    /// HTTP: liveness, readiness and metrics; without it there are none
    #[arg(long)]
    http_listen: Option<SocketAddr>,
    /// Where clients reach the server when that is not where it listens: host name or address, and port
    #[arg(long, value_name = "HOST:PORT")]
    advertise: Option<Advertised>,
    /// Certificate chain of the server, PEM; without it the server speaks plain text
    #[arg(long, requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Private key of the certificate, PEM
    #[arg(long, requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Let in this user with the password in the file; may be given again
    #[arg(long, value_name = "NAME:PASSWORD_FILE")]
    user: Vec<UserFile>,
    /// Let in whoever shows the token in the file; may be given again
    #[arg(long, value_name = "FILE", conflicts_with = "user")]
    token: Vec<PathBuf>,
    /// Write the bound addresses to this file as JSON once clients may connect
    #[arg(long)]
    addresses: Option<PathBuf>,
    /// Largest size of the log in pages of 4 KiB
    #[arg(long)]
    max_page_count: Option<u32>,
    /// Largest append in bytes, all its events together
    #[arg(long, default_value_t = 16 << 20, value_parser = clap::value_parser!(u32).range(1_024..=256 << 20))]
    max_append_bytes: u32,
}

/// The name of a user and where the password is kept.
#[derive(Debug, Clone)]
struct UserFile {
    name: String,
    password_file: PathBuf,
}

impl FromStr for UserFile {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some((name, file)) if !name.is_empty() && !file.is_empty() => {
                Ok(Self { name: name.to_owned(), password_file: file.into() })
            }
            Some(_) | None => Err("a user is given as name:password-file"),
        }
    }
}

/// What was bound, as `--addresses` writes it.
#[derive(Serialize)]
struct Addresses {
    log: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<String>,
    data: PathBuf,
}

/// Serves the log until the process is told to stop.
pub fn run(serve: Serve, out: &mut dyn Write) -> Result<(), Failure> {
    let nothing = serde_json::json!({});
    let usual = Config { telemetry: telemetry_of("log"), ..Config::default() };
    let config = load_over(&usual, Layers { file: None, flags: &nothing })
        .map_err(|error| Failure::usage(error.to_string()))?;
    let identity = Identity { role: "log", instance: &replica_at(Some(serve.listen.port())) };
    let _telemetry =
        telemetry::init(&config.telemetry, identity).map_err(|error| Failure::usage(error.to_string()))?;
    let options = serve.options().map_err(|error| Failure::usage(format!("{error:#}")))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let shutdown = Shutdown::default();
        shutdown.on_signals()?;
        let running = Running::start(&serve, options).map_err(fault)?;
        running.announce(out)?;
        if let Some(path) = &serve.addresses {
            write_addresses(path, &running.addresses)?;
        }
        shutdown.told().await;
        running.stop().await;
        Ok(())
    })
}

impl Serve {
    fn options(&self) -> anyhow::Result<Options> {
        let tls = match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => {
                Some(Tls { certificate: bytes(certificate)?, key: bytes(key)? })
            }
            (Some(_) | None, _) => None,
        };
        Ok(Options {
            tls,
            auth: self.auth()?,
            advertised: self.advertise.clone(),
            ..Options::new(self.listen)
        })
    }

    fn auth(&self) -> anyhow::Result<Auth> {
        if !self.token.is_empty() {
            return Ok(Auth::Bearer(self.token.iter().map(|file| secret(file)).collect::<Result<_, _>>()?));
        }
        if self.user.is_empty() {
            return Ok(Auth::None);
        }
        let user = |user: &UserFile| {
            let password = secret(&user.password_file)?;
            Ok(User { name: user.name.clone(), password })
        };
        Ok(Auth::Basic(self.user.iter().map(user).collect::<anyhow::Result<_>>()?))
    }
}

fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// The first line of a file.
fn secret(file: &Path) -> anyhow::Result<Secret> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Secret::new(line)),
        Some(_) | None => {
            anyhow::bail!("{} begins with an empty line; it must hold a secret", file.display())
        }
    }
}

/// The log and everything that serves it.
struct Running {
    log: Log,
    server: Server,
    http: Option<HttpServer>,
    addresses: Addresses,
}

impl Running {
    fn start(serve: &Serve, options: Options) -> anyhow::Result<Self> {
        let directory = serve.data.join(LOG_DIRECTORY);
        let (tls, open) = (options.tls.is_some(), matches!(options.auth, Auth::None));
        if !serve.listen.ip().is_loopback() && (open || !tls) {
            tracing::warn!(
                tls,
                authenticated = !open,
                "the log is served beyond this machine without TLS or without users: keep strangers out of the \
                 network"
            );
        }
        if tls {
            choose_tls_provider();
        }
        let max_append_bytes = usize::try_from(serve.max_append_bytes)?;
        let max_page_count = serve.max_page_count;
        let log = Log::open(LogOptions { max_page_count, max_append_bytes, ..LogOptions::new(directory) })?;
        let server = Server::start(log.clone(), options)?;
        let http =
            serve.http_listen.map(|listen| health(listen, &log, server.stats().clone())).transpose()?;
        let addresses = Addresses {
            log: log_url(server.address(), tls),
            http: http.as_ref().map(|http| format!("http://{}", http.address())),
            data: serve.data.clone(),
        };
        Ok(Self { log, server, http, addresses })
    }

    fn announce(&self, out: &mut dyn Write) -> Result<(), Failure> {
        writeln!(out, "log {} is served at {}", self.log.id(), self.addresses.log)?;
        if let Some(http) = &self.addresses.http {
            writeln!(out, "  health        {http}/readyz  {http}/livez  {http}/metrics")?;
        }
        out.flush()?;
        Ok(())
    }

    /// Not ready first, then no more calls, then the file.
    async fn stop(self) {
        if let Some(http) = self.http {
            http.stop().await;
        }
        self.server.stop().await;
        self.log.close().await;
    }
}

/// What the server has done, for `/metrics`.
fn figures(stats: &Stats, log: &Log) -> Vec<Figure> {
    let counter = |name, help, value| Figure { name, kind: "counter", help, value };
    vec![
        counter("verdict_log_server_appends_total", "Appends that were acknowledged.", stats.appends()),
        counter(
            "verdict_log_server_refused_appends_total",
            "Appends that were answered with an error or a wrong version.",
            stats.refused_appends(),
        ),
        counter("verdict_log_server_reads_total", "Reads that were begun.", stats.reads()),
        counter("verdict_log_server_events_total", "Events that were handed out.", stats.events()),
        Figure {
            name: "verdict_log_server_subscriptions",
            kind: "gauge",
            help: "Subscriptions that are open now.",
            value: stats.open_subscriptions(),
        },
        Figure {
            name: "verdict_log_wal_bytes",
            kind: "gauge",
            help: "Size of the write-ahead log, which grows while a backup or an export reads.",
            value: log.wal_bytes(),
        },
    ]
}

fn health(listen: SocketAddr, log: &Log, stats: Stats) -> anyhow::Result<HttpServer> {
    let roles = Roles::new(Arc::new(SystemClock::start()));
    let health = Health { roles, log: Arc::new(EmbeddedLog::new(log.clone())) };
    let log = log.clone();
    let health = endpoints_with(health, Arc::new(move || figures(&stats, &log)));
    HttpServer::bind(listen, move |config: &mut web::ServiceConfig| health(config))
        .with_context(|| format!("cannot listen on {listen}"))
}
