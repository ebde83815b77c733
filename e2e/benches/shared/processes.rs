//! `verdict log serve` and each service as an operating-system process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;
use verdict::platform::rest::{Member, reached};
use verdict::platform::service::Service;
use verdict_e2e::servers::free_port;
use verdict_e2e::servers::guard::{self, Guarded};
use verdict_e2e::servers::postgres::Postgres;
use verdict_e2e::servers::rabbit::Rabbit;
use verdict_runtime::grpc::Transport;
use verdict_runtime::grpc::over;
use verdict_runtime::grpc::remote::{Patience, balanced, channel};

use crate::binary::binary;
use crate::exposure::{Rest, Ways};

/// How long the processes may take to come to rest.
const PATIENCE: Duration = Duration::from_mins(1);

/// Servers of other people that the processes use. Without one the bus is memory, and observations are in SQLite.
#[derive(Default)]
pub(crate) struct Beside {
    pub(crate) bus: Option<Rabbit>,
    pub(crate) observations: Option<Postgres>,
}

/// Running processes. Each ends with the guard that it has, and so does what they talk to.
pub(crate) struct Processes {
    /// Where the log is.
    pub(crate) log_url: String,
    pub(crate) services: Vec<Process>,
    _log: Process,
    _beside: Beside,
}

/// One replica of a service, or the log server.
pub(crate) struct Process {
    service: Option<Service>,
    /// Where it takes commands.
    pub(crate) grpc: String,
    command: Command,
    addresses: PathBuf,
    /// Ends it.
    pub(crate) guard: Option<Guarded>,
}

/// All processes, to be asked whether they are at rest.
pub(crate) struct Members(Vec<Member>);

impl Rest for Members {
    async fn settle(&self) -> anyhow::Result<()> {
        reached(&self.0, PATIENCE).await.context("the processes do not come to rest")?;
        Ok(())
    }
}

impl Process {
    fn prepared(
        name: &str,
        service: Option<Service>,
        grpc: String,
        directory: &Path,
        words: &[String],
    ) -> anyhow::Result<Self> {
        let addresses = directory.join(format!("{name}-addresses"));
        let mut command = Command::new(binary()?);
        command.args(words).arg("--addresses").arg(&addresses);
        Ok(Self { service, grpc, command, addresses, guard: None })
    }

    /// Starts it without waiting.
    pub(crate) fn launch(&mut self) -> anyhow::Result<()> {
        if self.addresses.exists() {
            std::fs::remove_file(&self.addresses)?;
        }
        self.guard = Some(Guarded::start(&self.command, &guard::folder()?)?);
        Ok(())
    }

    /// Waits until it is ready; returns where it says that it is reached as `key`.
    pub(crate) async fn bound(&self, key: &str) -> anyhow::Result<String> {
        let guard = self.guard.as_ref().context("it does not run")?;
        let said = || std::fs::read(&self.addresses).ok().and_then(|text| serde_json::from_slice(&text).ok());
        guard.until("verdict", async || said().is_some_and(|_: Value| true)).await?;
        let said: Value = said().context("addresses")?;
        let bound = said[key].as_str().with_context(|| format!("no address of {key} in {said}"))?;
        Ok(bound.to_owned())
    }
}

impl Processes {
    /// Starts everything over the log in `directory` and returns once all of it is ready. Of every service there is
    /// one replica, of rollouts so many.
    pub(crate) async fn start(directory: &Path, rollouts: usize, beside: Beside) -> anyhow::Result<Self> {
        let data = directory.join("data").to_string_lossy().into_owned();
        let words = ["log", "serve", "--listen", "127.0.0.1:0", "--data", &data].map(str::to_owned);
        let mut log = Process::prepared("log", None, String::new(), directory, &words)?;
        log.launch()?;
        let log_url = log.bound("log").await?;
        let mut services = Self::prepared(directory, rollouts, &log_url, &beside)?;
        for process in &mut services {
            process.launch()?;
        }
        for process in &services {
            process.bound("http").await?;
        }
        Ok(Self { log_url, services, _log: log, _beside: beside })
    }

    fn prepared(
        directory: &Path,
        rollouts: usize,
        log_url: &str,
        beside: &Beside,
    ) -> anyhow::Result<Vec<Process>> {
        let bus = beside.bus.as_ref().map_or_else(|| "memory".to_owned(), Rabbit::url);
        let sqlite = format!("sqlite:{}", directory.join("observations").display());
        let observations =
            beside.observations.as_ref().map_or(sqlite, |server| server.url.as_str().to_owned());
        let mut places = Vec::new();
        for service in Service::ALL {
            let replicas = if service == Service::Rollouts { rollouts } else { 1 };
            for replica in 0..replicas {
                places.push((service, replica, format!("127.0.0.1:{}", free_port()?)));
            }
        }
        let peers: Vec<String> =
            places.iter().map(|(service, _, address)| format!("{service}=http://{address}")).collect();
        let [by, kept] =
            [&bus, &observations].map(|url| url.split_once(':').map_or(url.as_str(), |(scheme, _)| scheme));
        println!("{} processes, the bus is {by}, observations are in {kept}", places.len() + 1);
        let prepared = places.into_iter().map(|(service, replica, address)| {
            let mut words = [service.name(), "serve", "--listen", "127.0.0.1:0", "--grpc-listen", &address]
                .map(str::to_owned)
                .to_vec();
            words.extend(["--log-url", log_url, "--bus-url", &bus].map(str::to_owned));
            if service == Service::Metrics {
                words.extend(["--observations-url", &observations].map(str::to_owned));
            }
            if service == Service::Sinks {
                words.extend(["--data".to_owned(), directory.join("sinks").display().to_string()]);
            }
            words.extend(peers.iter().flat_map(|peer| ["--peer".to_owned(), peer.clone()]));
            Process::prepared(&format!("{service}-{replica}"), Some(service), address, directory, &words)
        });
        prepared.collect()
    }

    fn of(&self, service: Service) -> impl Iterator<Item = &Process> {
        self.services.iter().filter(move |process| process.service == Some(service))
    }

    /// How the platform is reached.
    pub(crate) async fn ways(&self) -> anyhow::Result<Ways<Members>> {
        let member = |process: &Process| {
            anyhow::Ok(Member::new(over(channel(&format!("http://{}", process.grpc), None)?)))
        };
        let members = self.services.iter().map(member).collect::<anyhow::Result<_>>()?;
        Ok(Ways {
            rollouts: self.transport(Service::Rollouts)?,
            metrics: self.transport(Service::Metrics)?,
            observations: self.http(Service::Metrics).await?,
            flags: self.http(Service::Flags).await?,
            rest: Members(members),
        })
    }

    async fn http(&self, service: Service) -> anyhow::Result<String> {
        self.of(service).next().context("no such process")?.bound("http").await
    }

    /// Over all replicas.
    fn transport(&self, service: Service) -> anyhow::Result<Transport> {
        let addresses: Vec<String> =
            self.of(service).map(|process| format!("http://{}", process.grpc)).collect();
        Ok(balanced(&addresses, None, Patience::default())?)
    }
}
