//! A metrics context in memory, with a clock that moves by hand, for the tests of this crate.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use serde_json::{Value as Json, json};
use tonic::Request;
use uuid::Uuid;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::metrics::v1::incidents_client::IncidentsClient;
use verdict_api::metrics::v1::metrics_client::MetricsClient;
use verdict_kernel::clock::{Clock, ManualClock, Timestamp, plus};
use verdict_kernel::id::{CommandId, FlagId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CommandMeta, CommandReply, Refused};
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::grpc::{Transport, in_process};
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Expected, Filter, Log, NewEvent};
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::observations::memory::MemoryObservations;
use verdict_runtime::problem::Problem;
use verdict_runtime::process::Alone;
use verdict_runtime::route::Replicas;
use verdict_stored::Stored;

use crate::evaluator::component::Evaluator;
use crate::ingest::Taken;
use crate::{Deps, Metrics};

mod moody;
mod slow;
pub(crate) use moody::Moody;
pub(crate) use slow::Slow;

pub(crate) struct World {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) log: Log,
    pub(crate) store: Arc<dyn ObservationStore>,
    pub(crate) context: Metrics,
}

impl World {
    /// An empty platform on the first of March.
    pub(crate) fn new() -> Self {
        let start = "2026-03-01T00:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::at(start));
        let log = Arc::new(MemoryLog::new("test", clock.clone()));
        Self::on(clock, log, Arc::new(MemoryObservations::default()))
    }

    pub(crate) fn on(clock: Arc<ManualClock>, log: Log, store: Arc<dyn ObservationStore>) -> Self {
        let world = Self::among(clock, log, store, Replicas::none());
        // Nothing can be held elsewhere, so it never waits.
        for place in world.context.evaluation.places().all() {
            place.prove(&mut Alone).now_or_never().unwrap().unwrap();
        }
        world
    }

    /// A replica among others, which judges nothing before it has taken a lease.
    pub(crate) fn among(
        clock: Arc<ManualClock>,
        log: Log,
        store: Arc<dyn ObservationStore>,
        replicas: Replicas,
    ) -> Self {
        let deps = Deps { log: log.clone(), clock: clock.clone(), observations: store.clone(), replicas };
        Self { clock, log, store, context: Metrics::new(deps) }
    }

    /// The same data, looked at by a role that knows nothing yet.
    pub(crate) fn restarted(&self) -> Self {
        Self::on(self.clock.clone(), self.log.clone(), self.store.clone())
    }

    /// A metric `cpu` of type guardrail, refreshed every minute, a rollout in `stage`, and a guardrail
    /// `cpu below 50 for 3 points`.
    pub(crate) async fn guarded() -> (Self, RolloutId, String) {
        let world = Self::new();
        world.define("cpu", pb::MetricType::Guardrail).await;
        let rollout = world.rollout("r").await;
        world.enter(rollout, "beta", 1).await;
        let guardrail = world.arm(arm("cpu", rollout)).await;
        (world, rollout, guardrail)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn metrics(&self) -> MetricsClient<Transport> {
        MetricsClient::new(in_process(self.context.metrics()))
    }

    pub(crate) fn guardrails(&self) -> GuardrailsClient<Transport> {
        GuardrailsClient::new(in_process(self.context.guardrails()))
    }

    pub(crate) fn incidents(&self) -> IncidentsClient<Transport> {
        IncidentsClient::new(in_process(self.context.incidents()))
    }

    pub(crate) async fn metric(&self, id: &str, command: pb::metric_request::Command) -> CommandReply {
        let request =
            pb::MetricRequest { meta: Some(meta()), metric_id: id.to_owned(), command: Some(command) };
        self.metrics().execute(Request::new(request)).await.unwrap().into_inner()
    }

    pub(crate) async fn guardrail(&self, id: &str, command: pb::guardrail_request::Command) -> CommandReply {
        let request =
            pb::GuardrailRequest { meta: Some(meta()), guardrail_id: id.to_owned(), command: Some(command) };
        self.guardrails().execute(Request::new(request)).await.unwrap().into_inner()
    }

    pub(crate) async fn define(&self, key: &str, kind: pb::MetricType) -> String {
        let define = pb::metric_request::Command::Define(define(key, kind));
        accepted(self.metric("", define).await).id
    }

    pub(crate) async fn arm(&self, arm: pb::ArmGuardrail) -> String {
        let arm = pb::guardrail_request::Command::Arm(arm);
        accepted(self.guardrail("", arm).await).id
    }

    /// Plans a rollout with the usual stages, as the other context would write it.
    pub(crate) async fn rollout(&self, name: &str) -> RolloutId {
        let id = RolloutId::created_by(CommandId::derive(Uuid::NAMESPACE_OID, name));
        let step = |basis_points| rollouts::Step {
            audience: Some(rollouts::Audience { basis_points: Some(basis_points), ..Default::default() }),
            ..Default::default()
        };
        let stage = |(name, shares): (&str, &[u32])| rollouts::Stage {
            name: Some(name.to_owned()),
            steps: shares.iter().map(|share| step(*share)).collect(),
            ..rollouts::Stage::default()
        };
        let planned = rollouts::RolloutPlanned {
            flag_id: Some(flag().to_string()),
            stages: [("internal", &[0][..]), ("alpha", &[50, 100]), ("beta", &[1_000]), ("ga", &[10_000])]
                .map(stage)
                .to_vec(),
            ..rollouts::RolloutPlanned::default()
        };
        self.write(id, Stored::new("rollouts.Rollout.RolloutPlanned.v1", &planned)).await;
        id
    }

    pub(crate) async fn enter(&self, rollout: RolloutId, stage: &str, attempt: u32) {
        let entered = rollouts::StageEntered {
            stage: Some(stage.to_owned()),
            attempt: Some(attempt),
            ..rollouts::StageEntered::default()
        };
        self.write(rollout, Stored::new("rollouts.Rollout.StageEntered.v1", &entered)).await;
    }

    pub(crate) async fn abort(&self, rollout: RolloutId) {
        let aborted = rollouts::RolloutAborted { reason: None };
        self.write(rollout, Stored::new("rollouts.Rollout.RolloutAborted.v1", &aborted)).await;
    }

    async fn write(&self, rollout: RolloutId, event: Stored) {
        let command_id = CommandId::derive(rollout.as_uuid(), &String::from_utf8_lossy(&event.data));
        let envelope = envelope(command_id);
        let stream = format!("rollouts.rollout-{rollout}");
        let event = NewEvent {
            id: command_id.event_id(&stream, 0),
            event_type: event.event_type.into_owned(),
            data: event.data,
            metadata: metadata(&envelope, self.now()),
        };
        self.log.append(&stream, Expected::Any, vec![event]).await.unwrap();
    }

    pub(crate) async fn post(&self, body: &Json) -> Result<Taken, Problem> {
        self.context.ingest().take(body.to_string().as_bytes()).await
    }

    /// Moves the clock by a minute and posts the value of that minute.
    pub(crate) async fn minute(&self, value: f64) -> Taken {
        self.clock.advance(Duration::from_mins(1));
        self.post(&self.row(0, value)).await.unwrap()
    }

    /// The minute that ended `ago` minutes before now.
    pub(crate) fn row(&self, ago: u32, value: f64) -> Json {
        Self::row_at(self.now() - jiff::SignedDuration::from_mins(ago.into()), value)
    }

    pub(crate) fn row_at(end: Timestamp, value: f64) -> Json {
        json!({
            "metric": "cpu", "source": "probe", "count": 1, "value": value,
            "window_start": (end - jiff::SignedDuration::from_mins(1)).to_string(),
            "window_end": end.to_string(),
        })
    }

    /// Runs the evaluation until it has nothing left to do.
    pub(crate) async fn settle(&self) -> Progress {
        let mut evaluator = self.evaluator();
        loop {
            match evaluator.step().await.unwrap() {
                Progress::Worked => {}
                rest @ (Progress::Idle { .. } | Progress::Blocked { .. }) => return rest,
            }
        }
    }

    /// One look at everything, whatever comes of it.
    pub(crate) async fn settle_once(&self) {
        drop(self.evaluator().step().await);
    }

    /// An event that this version does not know.
    pub(crate) async fn write_unknown(&self, stream: &str, event_type: &str) {
        self.write_raw(stream, event_type, &json!({})).await;
    }

    /// An event as another version may write it.
    pub(crate) async fn write_raw(&self, stream: &str, event_type: &str, data: &Json) {
        let envelope = envelope(CommandId::derive(Uuid::NAMESPACE_OID, event_type));
        let event = NewEvent {
            id: envelope.command_id.event_id(stream, 0),
            event_type: event_type.to_owned(),
            data: data.to_string().into_bytes(),
            metadata: metadata(&envelope, self.now()),
        };
        self.log.append(stream, Expected::Any, vec![event]).await.unwrap();
    }

    pub(crate) fn evaluator(&self) -> Evaluator {
        Evaluator::new(self.context.evaluation.clone(), self.log.clone())
    }

    /// The events of the guardrails, without prefix and version, with what they say about state and attempt.
    pub(crate) async fn story(&self) -> Vec<String> {
        let filter = Filter::prefixes(["metrics.guardrail-"]);
        let page = self.log.read_all(None, &filter, 1000).await.unwrap();
        let line = |event: &verdict_runtime::log::Recorded| {
            let data: Json = serde_json::from_slice(&event.data).unwrap();
            let name = event.event_type.trim_start_matches("metrics.Guardrail.");
            let detail = match (&data["state"], &data["attempt"]) {
                (Json::String(state), _) => state.trim_start_matches("CHECK_STATE_").to_owned(),
                (_, Json::Number(attempt)) => {
                    format!("{} {attempt}", data["stage"].as_str().unwrap_or_default()).trim().to_owned()
                }
                _ => String::new(),
            };
            format!("{} {detail}", name.trim_end_matches(".v1")).trim_end().to_owned()
        };
        page.events.iter().map(line).collect()
    }

    pub(crate) async fn facts(&self, rollout: RolloutId, metrics: &[&str]) -> pb::FactsReply {
        let request = pb::FactsRequest {
            org: String::new(),
            rollout_id: rollout.to_string(),
            metrics: metrics.iter().map(|&key| key.to_owned()).collect(),
            since: String::new(),
        };
        self.guardrails().facts(Request::new(request)).await.unwrap().into_inner()
    }
}

/// What a command of a person carries.
fn envelope(command_id: CommandId) -> Envelope {
    Envelope {
        correlation_id: String::new(),
        causation_id: String::new(),
        ..Envelope::new(command_id, Principal::dev())
    }
}

pub(crate) fn flag() -> FlagId {
    FlagId::created_by(CommandId::derive(Uuid::NAMESPACE_OID, "flag"))
}

/// The metadata of a command that nobody sent before.
#[expect(clippy::disallowed_methods, reason = "each command of a test is a new one")]
pub(crate) fn meta() -> CommandMeta {
    CommandMeta {
        command_id: Uuid::new_v4().to_string(),
        reason: "a test".to_owned(),
        ..CommandMeta::default()
    }
}

pub(crate) fn define(key: &str, kind: pb::MetricType) -> pb::DefineMetric {
    pb::DefineMetric {
        key: key.to_owned(),
        r#type: kind.into(),
        good: pb::Trend::Increase.into(),
        target: "50".to_owned(),
        ..pb::DefineMetric::default()
    }
}

/// `below 50 for 3 points`.
pub(crate) fn arm(metric: &str, rollout: RolloutId) -> pb::ArmGuardrail {
    pb::ArmGuardrail {
        metric: metric.to_owned(),
        rollout_id: rollout.to_string(),
        rule: Some(pb::arm_guardrail::Rule::Threshold(pb::Threshold {
            comparison: Some(pb::Comparison::Below.into()),
            value: Some("50".to_owned()),
            for_points: Some(3),
        })),
        ..pb::ArmGuardrail::default()
    }
}

pub(crate) fn accepted(reply: CommandReply) -> Accepted {
    match reply.outcome {
        Some(Outcome::Accepted(accepted)) => accepted,
        other => unreachable!("not accepted: {other:?}"),
    }
}

pub(crate) fn refused(reply: CommandReply) -> Refused {
    match reply.outcome {
        Some(Outcome::Refused(refused)) => refused,
        other => unreachable!("not refused: {other:?}"),
    }
}

/// A later time.
pub(crate) fn after(at: Timestamp, minutes: u32) -> Timestamp {
    plus(at, Duration::from_mins(1) * minutes)
}
