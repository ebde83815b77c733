//! `verdict log serve` and each service as an operating-system process of its own, over servers of other people where
//! there are some.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;
use tempfile::TempDir;
use verdict::platform::rest::{Member, reached};
use verdict::platform::service::Service;
use verdict_e2e::servers::guard::{self, Guarded};
use verdict_e2e::servers::postgres::{Postgres, postgres};
use verdict_e2e::servers::rabbit::{Rabbit, rabbit};
use verdict_e2e::servers::{available, free_port};
use verdict_runtime::grpc::Transport;
use verdict_runtime::grpc::over;
use verdict_runtime::grpc::remote::channel;

use crate::binary::binary;
use crate::exposure::{Rest, Ways};

/// How long the processes may take to come to rest.
const PATIENCE: Duration = Duration::from_mins(1);

/// Running processes. Each ends with the guard that it has, and so does what they talk to.
pub(crate) struct Processes {
    /// Where the log is.
    pub(crate) log_url: String,
    http: BTreeMap<Service, String>,
    grpc: BTreeMap<Service, String>,
    guards: Vec<Guarded>,
    directory: TempDir,
    _bus: Option<Rabbit>,
    _observations: Option<Postgres>,
}

/// All processes, to be asked whether they are at rest.
pub(crate) struct Members(Vec<Member>);

impl Rest for Members {
    async fn settle(&self) -> anyhow::Result<()> {
        reached(&self.0, PATIENCE).await.context("the processes do not come to rest")?;
        Ok(())
    }
}

impl Processes {
    /// Starts everything and returns once all of it is ready.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        let bus = available(rabbit().await);
        let observations = available(postgres().await);
        let bus_url = bus.as_ref().map_or_else(|| "memory".to_owned(), Rabbit::url);
        let sqlite = format!("sqlite:{}", directory.path().join("observations").display());
        let observations_url =
            observations.as_ref().map_or(sqlite, |database| database.url.as_str().to_owned());
        let mut processes = Self {
            log_url: String::new(),
            http: BTreeMap::new(),
            grpc: BTreeMap::new(),
            guards: Vec::new(),
            directory,
            _bus: bus,
            _observations: observations,
        };
        let [bus, kept] = [&bus_url, &observations_url]
            .map(|url| url.split_once(':').map_or(url.as_str(), |(scheme, _)| scheme));
        println!("six processes, the bus is {bus}, observations are in {kept}");
        processes.start_log().await?;
        processes.start_services(&bus_url, &observations_url).await?;
        Ok(processes)
    }

    async fn start_log(&mut self) -> anyhow::Result<()> {
        let mut command = Command::new(binary()?);
        command.args(["log", "serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.file("data"));
        let addresses = self.spawn("log", command)?;
        self.log_url = self.bound(&addresses, "log").await?;
        Ok(())
    }

    async fn start_services(&mut self, bus: &str, observations: &str) -> anyhow::Result<()> {
        for service in Service::ALL {
            self.grpc.insert(service, format!("127.0.0.1:{}", free_port()?));
        }
        let mut started = Vec::new();
        for (service, address) in self.grpc.clone() {
            let mut command = Command::new(binary()?);
            command.args([service.name(), "serve", "--listen", "127.0.0.1:0", "--grpc-listen", &address]);
            command.args(["--log-url", &self.log_url, "--bus-url", bus]);
            if service == Service::Metrics {
                command.args(["--observations-url", observations]);
            }
            for (peer, address) in &self.grpc {
                command.args(["--peer".to_owned(), format!("{peer}=http://{address}")]);
            }
            started.push((service, self.spawn(service.name(), command)?));
        }
        for (service, addresses) in started {
            let bound = self.bound(&addresses, "http").await?;
            self.http.insert(service, bound);
        }
        Ok(())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Starts a process; returns the file in which it will say where it is.
    fn spawn(&mut self, name: &str, mut command: Command) -> anyhow::Result<PathBuf> {
        let addresses = self.file(&format!("{name}-addresses"));
        command.arg("--addresses").arg(&addresses);
        self.guards.push(Guarded::start(&command, &guard::folder()?)?);
        Ok(addresses)
    }

    /// What a process says, once it is ready.
    async fn bound(&self, addresses: &Path, key: &str) -> anyhow::Result<String> {
        let guard = self.guards.last().context("a process")?;
        let said = || std::fs::read(addresses).ok().and_then(|text| serde_json::from_slice(&text).ok());
        guard.until("verdict", async || said().is_some_and(|_: Value| true)).await?;
        let said: Value = said().context("addresses")?;
        let bound = said[key].as_str().with_context(|| format!("no address of {key} in {said}"))?;
        Ok(bound.to_owned())
    }

    /// How the platform is reached.
    pub(crate) fn ways(&self) -> anyhow::Result<Ways<Members>> {
        let members = Service::ALL.map(|service| Ok(Member::new(self.transport(service)?)));
        Ok(Ways {
            rollouts: self.transport(Service::Rollouts)?,
            metrics: self.transport(Service::Metrics)?,
            observations: self.http[&Service::Metrics].clone(),
            flags: self.http[&Service::Flags].clone(),
            rest: Members(members.into_iter().collect::<anyhow::Result<_>>()?),
        })
    }

    fn transport(&self, to: Service) -> anyhow::Result<Transport> {
        Ok(over(channel(&format!("http://{}", self.grpc[&to]), None)?))
    }

    /// The directory of the log, on the disk that counts.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }
}
