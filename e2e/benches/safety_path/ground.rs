//! A platform over files, put together as `verdict up` does it, and what a repetition needs of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;
use verdict::platform::assembly::{Assembly, Host, LEASE, Parts, Transports};
use verdict::platform::listeners;
use verdict_adapters::embedded::EmbeddedLog;
use verdict_adapters::observations_sqlite::SqliteObservations;
use verdict_eventlog as engine;
use verdict_flag_evaluator as evaluator;
use verdict_flags::Edge;
use verdict_kernel::clock::Clock;
use verdict_metrics::ingest::Ingest;
use verdict_proto::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_proto::metrics::v1::metrics_client::MetricsClient;
use verdict_proto::metrics::v1::{self as metrics, arm_guardrail, guardrail_request, metric_request};
use verdict_proto::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::rollouts::v1::{self as rollouts, flag_request, rollout_request};
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{CommandMeta, CommandReply};
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::clock::Time;
use verdict_runtime::http::Server;
use verdict_runtime::lease::Holder;
use verdict_runtime::log::{Filter, Log, Position};
use verdict_runtime::roles::Roles;
use verdict_runtime::route::Replicas;
use verdict_runtime::run::Runner;
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::wire::Metadata;

/// How long anything but the path itself may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The metric that every guardrail watches.
const METRIC: &str = "checkout_cpu";
/// The account that only the second stage reaches.
const ACCOUNT: &str = "acme";

/// See the module.
pub(crate) struct Ground {
    log: Log,
    engine: engine::Log,
    clock: Arc<dyn Clock>,
    roles: Roles,
    runner: Runner,
    shutdown: Shutdown,
    transports: Transports,
    ingest: Ingest,
    edge: Edge,
    http: Server,
    asking: reqwest::Client,
    commands: AtomicU64,
    /// Windows of one metric and source never meet: each is a microsecond after the last.
    windows: AtomicU64,
}

/// A rollout in its second stage whose guardrail waits for one more observation.
pub(crate) struct Run {
    key: String,
    flag: String,
    rollout: String,
    deciding: Value,
}

impl Run {
    /// The observation that decides.
    pub(crate) fn deciding(&self) -> String {
        self.deciding.to_string()
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
        let ground = Self {
            clock: time.clock,
            asking: reqwest::Client::new(),
            commands: AtomicU64::new(0),
            windows: AtomicU64::new(0),
            log,
            engine,
            roles,
            runner,
            shutdown,
            transports,
            ingest,
            edge,
            http,
        };
        ground.define().await?;
        Ok(ground)
    }

    pub(crate) async fn stop(self) {
        self.shutdown.tell();
        self.http.stop().await;
        self.runner.drained().await;
        self.engine.close().await;
    }

    #[expect(clippy::unnecessary_wraps, reason = "generated requests want an option")]
    fn meta(&self) -> Option<CommandMeta> {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        let command_id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &number.to_be_bytes()).to_string();
        Some(CommandMeta { command_id, reason: "a benchmark".to_owned(), ..CommandMeta::default() })
    }

    async fn define(&self) -> anyhow::Result<()> {
        let define = metric_request::Command::Define(metrics::DefineMetric {
            key: METRIC.to_owned(),
            r#type: metrics::MetricType::Guardrail.into(),
            unit: "percent".to_owned(),
            good: metrics::Trend::Increase.into(),
            refresh_seconds: 3_600,
            ..metrics::DefineMetric::default()
        });
        let request =
            metrics::MetricRequest { meta: self.meta(), metric_id: String::new(), command: Some(define) };
        let reply = MetricsClient::new(self.transports.metrics.clone()).execute(request).await?;
        accepted(reply.into_inner()).map(drop)
    }

    async fn flag(&self, id: &str, command: flag_request::Command) -> anyhow::Result<String> {
        let request =
            rollouts::FlagRequest { meta: self.meta(), flag_id: id.to_owned(), command: Some(command) };
        accepted(FlagsClient::new(self.transports.rollouts.clone()).execute(request).await?.into_inner())
    }

    async fn rollout(&self, id: &str, command: rollout_request::Command) -> anyhow::Result<String> {
        let request =
            rollouts::RolloutRequest { meta: self.meta(), rollout_id: id.to_owned(), command: Some(command) };
        accepted(RolloutsClient::new(self.transports.rollouts.clone()).execute(request).await?.into_inner())
    }

    /// A flag whose rollout is in its second stage, two failing windows behind it, everybody at rest.
    pub(crate) async fn exposed(&self, key: &str) -> anyhow::Result<Run> {
        let create = rollouts::CreateFlag {
            key: key.to_owned(),
            environment: self.edge.default_scope().environment.clone(),
            kind: rollouts::FlagKind::Release.into(),
            owner: "team".to_owned(),
            ..rollouts::CreateFlag::default()
        };
        let flag = self.flag("", flag_request::Command::Create(create)).await?;
        let rollout = self.rollout("", plan(&flag)).await?;
        let arm = guardrail_request::Command::Arm(metrics::ArmGuardrail {
            metric: METRIC.to_owned(),
            rollout_id: rollout.clone(),
            rule: Some(arm_guardrail::Rule::Threshold(metrics::Threshold {
                comparison: Some(metrics::Comparison::Below.into()),
                value: Some("50".to_owned()),
                for_points: Some(3),
            })),
            ..metrics::ArmGuardrail::default()
        });
        let request =
            metrics::GuardrailRequest { meta: self.meta(), guardrail_id: String::new(), command: Some(arm) };
        let guardrails = &mut GuardrailsClient::new(self.transports.metrics.clone());
        accepted(guardrails.execute(request).await?.into_inner())?;
        for (kind, value) in [("core_flow_verified", "run-41"), ("open_p0_bugs", "0")] {
            let evidence = rollouts::RecordEvidence { kind: kind.to_owned(), value: value.to_owned() };
            self.rollout(&rollout, rollout_request::Command::RecordEvidence(evidence)).await?;
        }
        self.rollout(&rollout, rollout_request::Command::Start(rollouts::StartRollout {})).await?;
        for _ in 0..3 {
            self.take(&self.window(&rollout, 92.0).to_string()).await?;
        }
        let enter = rollouts::EnterStage { stage: "alpha".to_owned() };
        self.rollout(&rollout, rollout_request::Command::EnterStage(enter)).await?;
        for _ in 0..2 {
            self.take(&self.window(&rollout, 20.0).to_string()).await?;
        }
        self.settle().await?;
        let run = Run { key: key.to_owned(), deciding: self.window(&rollout, 20.0), flag, rollout };
        ensure!(self.looked_up(&run)? && self.asked(&run).await?, "{key} does not reach {ACCOUNT}");
        Ok(run)
    }

    /// Ends the run, so that the next one is alone again.
    pub(crate) async fn finished(&self, run: &Run) -> anyhow::Result<()> {
        self.settle().await?;
        self.rollout(&run.rollout, rollout_request::Command::Abort(rollouts::AbortRollout {})).await?;
        self.settle().await
    }

    async fn settle(&self) -> anyhow::Result<()> {
        self.roles.wait_settled(&self.log, PATIENCE).await?;
        Ok(())
    }

    fn window(&self, rollout: &str, value: f64) -> Value {
        let number = self.windows.fetch_add(1, Ordering::Relaxed);
        let end = self.clock.now() + SignedDuration::from_micros(i64::try_from(number).unwrap_or(i64::MAX));
        let time = |at: Timestamp| at.to_string();
        json!({
            "metric": METRIC, "source": "bench", "rollout": rollout, "count": 1, "value": value,
            "window_start": time(end - SignedDuration::from_secs(60)), "window_end": time(end),
        })
    }

    /// Sends an observation over HTTP.
    pub(crate) async fn post(&self, body: &str) -> anyhow::Result<()> {
        let url = format!("http://{}/v1/observations", self.http.address());
        let post = self.asking.post(url).header("content-type", "application/json").body(body.to_owned());
        let response = post.send().await?;
        ensure!(response.status().is_success(), "{}", response.text().await?);
        Ok(())
    }

    /// Hands an observation to ingest.
    pub(crate) async fn take(&self, body: &str) -> anyhow::Result<()> {
        self.ingest.take(body.as_bytes()).await?;
        Ok(())
    }

    /// Whether OFREP serves the change to the account.
    pub(crate) async fn asked(&self, run: &Run) -> anyhow::Result<bool> {
        let url = format!("http://{}/ofrep/v1/evaluate/flags/{}", self.http.address(), run.key);
        let context = json!({ "context": { "targetingKey": "visitor", "accountId": ACCOUNT } });
        let answer: Value = self.asking.post(url).json(&context).send().await?.json().await?;
        match answer["variant"].as_str() {
            Some(variant) => Ok(variant == "on"),
            None => bail!("no variant in {answer}"),
        }
    }

    /// Whether the edge's memory serves the change to the account.
    pub(crate) fn looked_up(&self, run: &Run) -> anyhow::Result<bool> {
        let snapshot = self.edge.snapshot().context("the edge serves nothing")?;
        let served =
            snapshot.get(self.edge.default_scope(), &run.key).context("the edge has no such flag")?;
        let attributes = json!({ "targetingKey": "visitor", "accountId": ACCOUNT });
        let attributes = attributes.as_object().context("an object")?;
        match &served.compiled {
            Ok(compiled) => Ok(compiled.evaluate(evaluator::Context::of(attributes)).variant == "on"),
            Err(why) => bail!("{why}"),
        }
    }

    pub(crate) async fn head(&self) -> anyhow::Result<Option<Position>> {
        Ok(self.log.head().await?)
    }

    /// The categories of the appends after `before`, in order, up to the one that narrowed the flag of the run.
    pub(crate) async fn commits_until_narrowed(
        &self,
        before: Option<&Position>,
        run: &Run,
    ) -> anyhow::Result<Vec<String>> {
        let slice = self.log.read_all(before, &Filter::default(), 1_000).await?;
        let stream = format!("rollouts.flag-{}", run.flag);
        let mut commits: Vec<(String, Arc<str>)> = Vec::new();
        for event in slice.events {
            let metadata: Metadata = serde_json::from_slice(&event.metadata)?;
            let narrowed =
                *event.stream == *stream && &*event.event_type == "rollouts.Flag.ExposureNarrowed.v1";
            // Events of one append are neighbours with one command id.
            let commit = (metadata.command_id, event.stream);
            if commits.last() != Some(&commit) {
                commits.push(commit);
            }
            if narrowed {
                let category = |(_, stream): &(String, Arc<str>)| match stream.split_once('-') {
                    Some((category, _)) => category.to_owned(),
                    None => stream.to_string(),
                };
                return Ok(commits.iter().map(category).collect());
            }
        }
        bail!("{stream} was never narrowed")
    }
}

/// Two stages that need not soak: a member of the team, then an account.
fn plan(flag: &str) -> rollout_request::Command {
    let stage = |name: &str, audience: rollouts::Audience| rollouts::Stage {
        name: Some(name.to_owned()),
        steps: vec![rollouts::Step { audience: Some(audience), soak_seconds: Some(0) }],
        min_soak_seconds: Some(0),
        max_soak_seconds: None,
    };
    let members = rollouts::Audience { members: vec!["dana".to_owned()], ..rollouts::Audience::default() };
    let accounts = rollouts::Audience { accounts: vec![ACCOUNT.to_owned()], ..rollouts::Audience::default() };
    rollout_request::Command::Plan(rollouts::PlanRollout {
        flag_id: flag.to_owned(),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: rollouts::RolloutMode::Scaling.into(),
        tier: 2,
        stages: vec![stage("internal", members), stage("alpha", accounts)],
        ..rollouts::PlanRollout::default()
    })
}

/// The id of what an accepted command was about.
fn accepted(reply: CommandReply) -> anyhow::Result<String> {
    match reply.outcome {
        Some(Outcome::Accepted(accepted)) => Ok(accepted.id),
        Some(Outcome::Refused(refused)) => bail!("refused: {refused:?}"),
        None => bail!("an empty reply"),
    }
}
