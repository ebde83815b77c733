//! Rollouts that are about to be narrowed: what a repetition of a benchmark of the safety path needs of a platform that
//! is reached over gRPC and HTTP, wherever it runs.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{bail, ensure};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::metrics::v1::metrics_client::MetricsClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::metrics::v1::{self as metrics, arm_guardrail, guardrail_request, metric_request};
use verdict_proto::rollouts::v1::{self as rollouts, flag_request, rollout_request};
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{CommandMeta, CommandReply};
use verdict_runtime::grpc::Transport;

/// The metric that every guardrail watches.
const METRIC: &str = "checkout_cpu";
/// How long a window is.
const WINDOW: SignedDuration = SignedDuration::from_millis(1);
/// Count and value of a window in which all is well, and of one in which it is not.
const PASSING: (u32, f64) = (1, 92.0);
const FAILING: (u32, f64) = (100, 20.0);
/// The account that only the second stage reaches.
const ACCOUNT: &str = "acme";
/// The environment of callers that name none.
const ENVIRONMENT: &str = "production";

/// A platform that can be waited for.
pub(crate) trait Rest {
    /// Returns once nobody has anything left to do.
    fn settle(&self) -> impl Future<Output = anyhow::Result<()>>;
}

/// Ways into a platform.
pub(crate) struct Ways<R> {
    pub(crate) rollouts: Transport,
    pub(crate) metrics: Transport,
    /// `http://host:port` of whoever takes observations.
    pub(crate) observations: String,
    /// The same of a flag edge.
    pub(crate) flags: String,
    pub(crate) rest: R,
}

/// Somebody who prepares rollouts and watches what becomes of them.
pub(crate) struct Exposure<R> {
    ways: Ways<R>,
    asking: reqwest::Client,
    commands: AtomicU64,
    /// No two windows have the same end: each is a microsecond further.
    windows: AtomicU64,
}

/// A rollout in its second stage whose guardrail waits for one more observation.
pub(crate) struct Run {
    pub(crate) key: String,
    pub(crate) flag: String,
    rollout: String,
    deciding: Value,
}

impl Run {
    /// The observation that decides.
    pub(crate) fn deciding(&self) -> String {
        self.deciding.to_string()
    }

    /// The context in which the account asks for the flag.
    pub(crate) fn context() -> Value {
        json!({ "targetingKey": "visitor", "accountId": ACCOUNT })
    }
}

impl<R: Rest> Exposure<R> {
    /// Defines the metric.
    pub(crate) async fn over(ways: Ways<R>) -> anyhow::Result<Self> {
        let exposure = Self {
            ways,
            asking: reqwest::Client::new(),
            commands: AtomicU64::new(0),
            windows: AtomicU64::new(0),
        };
        exposure.define().await?;
        Ok(exposure)
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
            refresh_seconds: 60,
            ..metrics::DefineMetric::default()
        });
        let request =
            metrics::MetricRequest { meta: self.meta(), metric_id: String::new(), command: Some(define) };
        let reply = MetricsClient::new(self.ways.metrics.clone()).execute(request).await?;
        accepted(reply.into_inner()).map(drop)
    }

    async fn flag(&self, id: &str, command: flag_request::Command) -> anyhow::Result<String> {
        let request = rollouts::FlagRequest {
            meta: self.meta(),
            flag_id: id.to_owned(),
            environment: String::new(),
            command: Some(command),
        };
        accepted(FlagsClient::new(self.ways.rollouts.clone()).execute(request).await?.into_inner())
    }

    async fn rollout(&self, id: &str, command: rollout_request::Command) -> anyhow::Result<String> {
        let request =
            rollouts::RolloutRequest { meta: self.meta(), rollout_id: id.to_owned(), command: Some(command) };
        accepted(RolloutsClient::new(self.ways.rollouts.clone()).execute(request).await?.into_inner())
    }

    /// A flag whose rollout is in its second stage, two failing windows behind it, everybody at rest.
    pub(crate) async fn exposed(&self, key: &str) -> anyhow::Result<Run> {
        let create = rollouts::CreateFlag {
            key: key.to_owned(),
            environment: ENVIRONMENT.to_owned(),
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
        let guardrails = &mut GuardrailsClient::new(self.ways.metrics.clone());
        accepted(guardrails.execute(request).await?.into_inner())?;
        for (kind, verdict) in [("core_flow_verified", "passed"), ("open_p0_bugs", "0")] {
            let evidence = rollouts::RecordEvidence {
                kind: kind.to_owned(),
                verdict: verdict.to_owned(),
                link: String::new(),
            };
            self.rollout(&rollout, rollout_request::Command::RecordEvidence(evidence)).await?;
        }
        self.rollout(&rollout, rollout_request::Command::Start(rollouts::StartRollout {})).await?;
        // The gate asks for what was measured since the stage was exposed (rule R16).
        self.ways.rest.settle().await?;
        self.post(&self.window(&rollout, Timestamp::now() + WINDOW, PASSING).to_string()).await?;
        let enter = rollouts::EnterStage { stage: "alpha".to_owned(), step: None };
        self.rollout(&rollout, rollout_request::Command::EnterStage(enter)).await?;
        for ago in [2, 1] {
            let end = Timestamp::now() - SignedDuration::from_mins(ago);
            self.post(&self.window(&rollout, end, FAILING).to_string()).await?;
        }
        self.ways.rest.settle().await?;
        let deciding = self.window(&rollout, Timestamp::now(), FAILING);
        let run = Run { key: key.to_owned(), deciding, flag, rollout };
        ensure!(self.asked(&run).await?, "{key} does not reach {ACCOUNT}");
        Ok(run)
    }

    /// Ends the run, so that the next one is alone again.
    pub(crate) async fn finished(&self, run: &Run) -> anyhow::Result<()> {
        self.ways.rest.settle().await?;
        self.rollout(&run.rollout, rollout_request::Command::Abort(rollouts::AbortRollout {})).await?;
        self.ways.rest.settle().await
    }

    /// A short window that ends at about `end`. A refresh is a minute, so those of different minutes are points of their
    /// own; what falls into one minute is merged, and many failures outweigh one success.
    fn window(&self, rollout: &str, end: Timestamp, (count, value): (u32, f64)) -> Value {
        let number = self.windows.fetch_add(1, Ordering::Relaxed);
        let end = end + SignedDuration::from_micros(i64::try_from(number).unwrap_or(i64::MAX));
        json!({
            "metric": METRIC, "source": "bench", "rollout": rollout, "count": count, "value": value,
            "window_start": (end - WINDOW).to_string(), "window_end": end.to_string(),
        })
    }

    /// Sends an observation over HTTP.
    pub(crate) async fn post(&self, body: &str) -> anyhow::Result<()> {
        let url = format!("{}/v1/observations", self.ways.observations);
        let post = self.asking.post(url).header("content-type", "application/json").body(body.to_owned());
        let response = post.send().await?;
        ensure!(response.status().is_success(), "{}", response.text().await?);
        Ok(())
    }

    /// Whether OFREP serves the change to the account.
    pub(crate) async fn asked(&self, run: &Run) -> anyhow::Result<bool> {
        let url = format!("{}/ofrep/v1/evaluate/flags/{}", self.ways.flags, run.key);
        let context = json!({ "context": Run::context() });
        let answer: Value = self.asking.post(url).json(&context).send().await?.json().await?;
        match answer["variant"].as_str() {
            Some(variant) => Ok(variant == "on"),
            None => bail!("no variant in {answer}"),
        }
    }
}

/// Two stages that need not soak: a member of the team, then an account.
fn plan(flag: &str) -> rollout_request::Command {
    let stage = |name: &str, audience: rollouts::Audience| rollouts::Stage {
        name: Some(name.to_owned()),
        steps: vec![rollouts::Step { audience: Some(audience), soak_seconds: Some(0) }],
        min_soak_seconds: Some(0),
        max_soak_seconds: None,
        class: None,
    };
    let members = rollouts::Audience { members: vec!["dana".to_owned()], ..rollouts::Audience::default() };
    let accounts = rollouts::Audience { accounts: vec![ACCOUNT.to_owned()], ..rollouts::Audience::default() };
    rollout_request::Command::Plan(rollouts::PlanRollout {
        flag_id: flag.to_owned(),
        environment: ENVIRONMENT.to_owned(),
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
