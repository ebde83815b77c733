//! A platform over files, put together as `verdict up` does it, and what a repetition needs of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use verdict::platform::assembly::{Assembly, Host, LEASE, Parts};
use verdict::platform::listeners;
use verdict_adapters::embedded::EmbeddedLog;
use verdict_adapters::observations_sqlite::SqliteObservations;
use verdict_eventlog as engine;
use verdict_flag_evaluator as evaluator;
use verdict_flags::Edge;
use verdict_kernel::policy::Level;
use verdict_metrics::ingest::Ingest;
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::clock::Time;
use verdict_runtime::http::Server;
use verdict_runtime::lease::Holder;
use verdict_runtime::log::Log;
use verdict_runtime::roles::Roles;
use verdict_runtime::route::Replicas;
use verdict_runtime::run::Runner;
use verdict_runtime::shutdown::Shutdown;

use crate::exposure::{Exposure, Rest, Run, Ways};

/// How long anything but the path itself may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// See the module.
pub(crate) struct Ground {
    pub(crate) log: Log,
    /// Over HTTP and gRPC without sockets.
    pub(crate) exposure: Exposure<Components>,
    engine: engine::Log,
    runner: Runner,
    shutdown: Shutdown,
    ingest: Ingest,
    edge: Edge,
    http: Server,
}

/// What the platform drives, and the log that it follows.
pub(crate) struct Components {
    roles: Roles,
    log: Log,
}

impl Rest for Components {
    async fn settle(&self) -> anyhow::Result<()> {
        self.roles.wait_settled(&self.log, PATIENCE).await?;
        Ok(())
    }
}

impl Ground {
    pub(crate) async fn start(data: &Path) -> anyhow::Result<Self> {
        let engine = engine::Log::open(engine::Options::new(data.join("log")))?;
        let log: Log = Arc::new(EmbeddedLog::new(engine.clone()));
        let (time, shutdown) = (Time::system(), Shutdown::default());
        let roles = Roles::new(time.clock.clone());
        let runner = Runner::new(log.clone(), time.timer, roles.clone(), shutdown.clone());
        let assembly = Assembly::new(Parts {
            log: log.clone(),
            bus: Arc::new(MemoryBus::default()),
            clock: time.clock.clone(),
            hosts: Host::all(Arc::new(SqliteObservations::open(
                &data.join("observations.sqlite"),
                verdict_adapters::observations_sqlite::Options::default(),
            )?)),
            peers: BTreeMap::new(),
            replica: "bench".to_owned(),
            holder: Holder { id: "bench".to_owned(), address: String::new() },
            lease: LEASE,
            replicas: Replicas::none(),
            level: Level::Enforce,
            wrap: Arc::new(|transport| transport),
        });
        let transports = assembly.transports().clone();
        let ingest = assembly.ingest().context("no observations are taken")?;
        let edge = assembly.edge().context("no flags are served")?;
        assembly.run(&runner, &shutdown);
        let ready = async {
            while !roles.ready() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(PATIENCE, ready).await.context("the platform is not ready")?;
        let http = listeners::http(
            "127.0.0.1:0",
            Some(ingest.clone()),
            Some(edge.clone()),
            roles.clone(),
            log.clone(),
        )?;
        let address = format!("http://{}", http.address());
        let exposure = Exposure::over(Ways {
            rollouts: transports.rollouts,
            metrics: transports.metrics,
            observations: address.clone(),
            flags: address,
            rest: Components { roles, log: log.clone() },
        });
        Ok(Self { exposure: exposure.await?, log, engine, runner, shutdown, ingest, edge, http })
    }

    pub(crate) async fn stop(self) {
        self.shutdown.tell();
        self.http.stop().await;
        self.runner.drained().await;
        self.engine.close().await;
    }

    /// Hands an observation to ingest.
    pub(crate) async fn take(&self, body: &str) -> anyhow::Result<()> {
        self.ingest.take(body.as_bytes()).await?;
        Ok(())
    }

    /// Whether the edge's memory serves the change to the account.
    pub(crate) fn looked_up(&self, run: &Run) -> anyhow::Result<bool> {
        let snapshot = self.edge.snapshot().context("the edge serves nothing")?;
        let served =
            snapshot.get(self.edge.default_scope(), &run.key).context("the edge has no such flag")?;
        let attributes = Run::context();
        let attributes = attributes.as_object().context("an object")?;
        match &served.compiled {
            Ok(compiled) => Ok(compiled.evaluate(evaluator::Context::of(attributes)).variant == "on"),
            Err(why) => bail!("{why}"),
        }
    }
}
