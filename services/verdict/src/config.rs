//! The configuration of a process: defaults, a TOML file, the environment, flags.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use verdict_flags::{LONGEST_HEARTBEAT, StreamOptions};
use verdict_kernel::policy::Level;
use verdict_runtime::config::{Http, Lease};
use verdict_runtime::grpc::remote;
use verdict_runtime::telemetry;

use crate::platform::listeners::Tls;
use crate::platform::service::Service;
pub use crate::ports::outward::Sinks;

#[cfg(test)]
mod tests;

/// Where a whole platform takes commands.
pub const COMMANDS: &str = "127.0.0.1:7401";
/// In place of an address: commands are not taken over a socket.
pub const OFF: &str = "off";

/// Everything that can be configured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub http: Http,
    pub grpc: Grpc,
    pub data: Data,
    pub log: Log,
    pub bus: Source,
    pub observations: Observations,
    pub peers: Peers,
    pub lease: Lease,
    pub flags: Flags,
    pub sinks: Sinks,
    pub policy: Policy,
    pub process: Process,
    pub telemetry: telemetry::Config,
}

impl Config {
    /// The defaults of a whole platform: it takes commands where the command line looks for it.
    pub fn of_all() -> Self {
        let grpc = Grpc { listen: Some(COMMANDS.to_owned()), ..Grpc::default() };
        Self { grpc, ..Self::default() }
    }

    /// The defaults of a process that serves one service, so that all of them find each other on one machine.
    pub fn of(service: Service) -> Self {
        let (http, grpc) = service.ports();
        let source = |url: &str| Source { url: Some(url.to_owned()) };
        Self {
            http: Http { listen: format!("127.0.0.1:{http}"), ..Http::default() },
            grpc: Grpc { listen: Some(format!("127.0.0.1:{grpc}")), ..Grpc::default() },
            log: Log { url: Some("esdb://127.0.0.1:2113?tls=false".to_owned()), listen: None },
            bus: source("amqp://127.0.0.1:5672"),
            peers: Peers::on_this_machine(),
            telemetry: telemetry_of(service.name()),
            ..Self::default()
        }
    }
}

/// How a process in the role `role` names itself in traces.
pub fn telemetry_of(role: &str) -> telemetry::Config {
    telemetry::Config { service_name: format!("verdict-{role}"), ..telemetry::Config::default() }
}

/// Section `grpc`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grpc {
    /// Address and port for commands; `off` = none are taken over a socket.
    pub listen: Option<String>,
    /// Whether the address may be other than loopback although callers need no certificate.
    pub anywhere: bool,
    /// Address at which other processes reach the listener; absent = the bound one.
    pub advertise: Option<String>,
    /// PEM file with the certificate of this process; absent = no TLS.
    pub tls_certificate: Option<PathBuf>,
    /// PEM file with the key to it.
    pub tls_key: Option<PathBuf>,
    /// PEM file with the authority that signs callers; absent = callers need no certificate.
    pub client_ca: Option<PathBuf>,
}

impl Grpc {
    /// What the listener proves and asks for. Fails with the file that cannot be read.
    pub fn tls(&self) -> anyhow::Result<Option<Tls>> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Ok(Some(Tls {
                certificate: pem("grpc.tls_certificate", certificate)?,
                key: pem("grpc.tls_key", key)?,
                callers: self.client_ca.as_deref().map(|path| pem("grpc.client_ca", path)).transpose()?,
            })),
            (None, None) if self.client_ca.is_none() => Ok(None),
            (Some(_), None) => bail!("grpc.tls_certificate needs grpc.tls_key"),
            (None, _) => bail!("grpc.tls_key and grpc.client_ca need grpc.tls_certificate"),
        }
    }
}

fn pem(key: &str, path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{key}: cannot read {}", path.display()))
}

/// Section `log`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `embedded:DIR` or `esdb://...`; absent = embedded in the data directory.
    pub url: Option<String>,
    /// Address and port at which other processes reach a log that is embedded here; absent = it is not served.
    pub listen: Option<String>,
}

/// Section `data`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Directory that keeps the state; absent = a fresh temporary one.
    pub directory: Option<PathBuf>,
    /// Largest size of the log in pages of 4 KiB; absent = no limit.
    pub max_page_count: Option<u32>,
}

/// Section `bus`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// `memory` or `amqp://...`.
    pub url: Option<String>,
}

/// Section `observations`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Observations {
    /// `sqlite:FILE` or `postgres://...`.
    pub url: Option<String>,
    /// Days for which rows are kept beyond the life of the rollouts that they guarded; absent = 30.
    pub retention_days: Option<u32>,
}

impl Observations {
    pub fn retention(&self) -> Option<Duration> {
        self.retention_days.map(|days| Duration::from_hours(24) * days)
    }
}

/// Section `peers`: gRPC addresses of every replica of every service, this process among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Peers {
    pub bets: Vec<String>,
    pub rollouts: Vec<String>,
    pub metrics: Vec<String>,
    pub gtm: Vec<String>,
    pub sinks: Vec<String>,
    pub flags: Vec<String>,
    /// PEM file with the authority that signs peers at `https` addresses.
    pub ca: Option<PathBuf>,
}

impl Peers {
    /// Every service at its default port.
    fn on_this_machine() -> Self {
        let mut peers = Self::default();
        for service in Service::ALL {
            *peers.addresses_mut(service) = vec![format!("http://127.0.0.1:{}", service.ports().1)];
        }
        peers
    }

    const fn addresses_mut(&mut self, service: Service) -> &mut Vec<String> {
        match service {
            Service::Bets => &mut self.bets,
            Service::Rollouts => &mut self.rollouts,
            Service::Metrics => &mut self.metrics,
            Service::Gtm => &mut self.gtm,
            Service::Sinks => &mut self.sinks,
            Service::Flags => &mut self.flags,
        }
    }

    /// Whom to believe at `https` addresses, and who this process is there: what its own listener proves.
    pub fn tls(&self, own: Option<&Tls>) -> anyhow::Result<Option<remote::Tls>> {
        let identity = own.map(|own| (own.certificate.clone(), own.key.clone()));
        let trusting = |path: &PathBuf| {
            Ok(remote::Tls { authority: pem("peers.ca", path)?, identity: identity.clone() })
        };
        self.ca.as_ref().map(trusting).transpose()
    }

    /// Addresses by service.
    pub fn by_service(mut self) -> BTreeMap<Service, Vec<String>> {
        let addresses = Service::ALL.map(|service| (service, std::mem::take(self.addresses_mut(service))));
        addresses.into_iter().filter(|(_, addresses)| !addresses.is_empty()).collect()
    }
}

/// Section `flags`: the flag edge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Flags {
    /// Directory in which files switch flags off by hand; absent = `off` beside what the edge keeps.
    pub local_off: Option<PathBuf>,
    /// Path at which a proxy serves the edge; absent = as its `X-Forwarded-Prefix` says, or the root.
    pub path_prefix: Option<String>,
    /// Event streams that may be open at once; 0 = none are offered; absent = 10,000.
    pub streams_max: Option<usize>,
    /// Seconds after which a stream that has nothing to say says so, 1 to 25; absent = 20.
    pub stream_heartbeat_seconds: Option<u64>,
    /// Seconds after which clients that nobody looks at are to close their stream; absent = 120.
    pub stream_inactivity_seconds: Option<u64>,
}

impl Flags {
    /// How streams are offered. Fails with the key whose value is none.
    pub fn streams(&self) -> anyhow::Result<StreamOptions> {
        let usual = StreamOptions::default();
        let seconds = |key: &str, value: Option<u64>, usual: Duration, most: u64| match value {
            None => Ok(usual),
            Some(value) if (1..=most).contains(&value) => Ok(Duration::from_secs(value)),
            Some(value) => bail!("flags.{key} is {value}; it is 1 to {most} seconds"),
        };
        let (heartbeat, inactivity) = (self.stream_heartbeat_seconds, self.stream_inactivity_seconds);
        let longest = LONGEST_HEARTBEAT.as_secs();
        let prefix = self.path_prefix.as_deref().map(str::parse).transpose();
        Ok(StreamOptions {
            most: self.streams_max.unwrap_or(usual.most),
            heartbeat: seconds("stream_heartbeat_seconds", heartbeat, usual.heartbeat, longest)?,
            inactivity: seconds("stream_inactivity_seconds", inactivity, usual.inactivity, 86_400)?,
            prefix: prefix.context("flags.path_prefix")?,
        })
    }
}

/// Section `policy`: how far rules bind people, for every team until teams have levels of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    pub level: PolicyLevel,
}

/// The levels of rule P1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicyLevel {
    /// Rules that may be lowered report.
    Observe,
    /// They warn.
    Warn,
    #[default]
    Enforce,
}

impl From<PolicyLevel> for Level {
    fn from(level: PolicyLevel) -> Self {
        match level {
            PolicyLevel::Observe => Self::Observe,
            PolicyLevel::Warn => Self::Warn,
            PolicyLevel::Enforce => Self::Enforce,
        }
    }
}

/// Section `process`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Process {
    /// Name of this replica, the same after every restart; absent = host name and gRPC port.
    pub replica: Option<String>,
}
