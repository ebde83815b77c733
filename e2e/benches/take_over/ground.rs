//! The metrics context on a log in memory, with rollouts as the other context writes them, and an evaluation that is
//! driven by hand.

use std::sync::Arc;

use anyhow::{bail, ensure};
use jiff::Timestamp;
use uuid::Uuid;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::metrics::v1::metrics_client::MetricsClient;
use verdict_kernel::clock::{Clock, ManualClock};
use verdict_kernel::id::{CommandId, FlagId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_metrics::evaluator::component::NAME;
use verdict_metrics::{Deps, Metrics};
use verdict_proto::metrics::v1::{self as pb, arm_guardrail, guardrail_request, metric_request};
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{CommandMeta, CommandReply};
use verdict_runtime::context::Context;
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::grpc::in_process;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Expected, Log, NewEvent};
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::process::Alone;
use verdict_runtime::route::Replicas;
use verdict_stored::Stored;

/// The metric that every guardrail watches.
pub(crate) const METRIC: &str = "checkout_cpu";
/// Looks at everything after which a replica must have judged it.
const ROUNDS: usize = 1_000;

/// See the module.
pub(crate) struct Ground {
    clock: Arc<ManualClock>,
    log: Log,
    store: Arc<dyn ObservationStore>,
}

impl Ground {
    pub(crate) fn at(begin: Timestamp, store: Arc<dyn ObservationStore>) -> Self {
        let clock = Arc::new(ManualClock::at(begin));
        Self { log: Arc::new(MemoryLog::new("bench", clock.clone())), clock, store }
    }

    /// Business time stands at `now` from here on.
    pub(crate) fn goes_on_at(&mut self, now: Timestamp) {
        self.clock.advance_to(now);
    }

    /// A replica that knows nothing yet.
    fn replica(&self) -> Metrics {
        Metrics::new(Deps {
            log: self.log.clone(),
            clock: self.clock.clone(),
            observations: self.store.clone(),
            replicas: Replicas::none(),
        })
    }

    /// So many rollouts, each with a guardrail on the metric.
    pub(crate) async fn guarded(&self, count: usize) -> anyhow::Result<Vec<RolloutId>> {
        let context = self.replica();
        let define = metric_request::Command::Define(pb::DefineMetric {
            key: METRIC.to_owned(),
            r#type: pb::MetricType::Guardrail.into(),
            good: pb::Trend::Increase.into(),
            refresh_seconds: 60,
            ..pb::DefineMetric::default()
        });
        let request =
            pb::MetricRequest { meta: meta("define"), metric_id: String::new(), command: Some(define) };
        accepted(MetricsClient::new(in_process(context.metrics())).execute(request).await?.into_inner())?;
        let mut guarded = Vec::with_capacity(count);
        for number in 0..count {
            let rollout = RolloutId::created_by(id(&format!("rollout {number}")));
            self.expose(rollout).await?;
            let arm = guardrail_request::Command::Arm(pb::ArmGuardrail {
                metric: METRIC.to_owned(),
                rollout_id: rollout.to_string(),
                rule: Some(arm_guardrail::Rule::Threshold(pb::Threshold {
                    comparison: Some(pb::Comparison::Below.into()),
                    value: Some("50".to_owned()),
                    for_points: Some(3),
                })),
                ..pb::ArmGuardrail::default()
            });
            let meta = meta(&format!("arm {number}"));
            let request = pb::GuardrailRequest { meta, guardrail_id: String::new(), command: Some(arm) };
            let guardrails = in_process(context.guardrails());
            accepted(GuardrailsClient::new(guardrails).execute(request).await?.into_inner())?;
            guarded.push(rollout);
        }
        Ok(guarded)
    }

    /// Writes a rollout that is in its second stage.
    async fn expose(&self, rollout: RolloutId) -> anyhow::Result<()> {
        let stage = |(name, class): (&str, rollouts::StageClass)| rollouts::Stage {
            name: Some(name.to_owned()),
            class: Some(class.into()),
            ..rollouts::Stage::default()
        };
        let planned = rollouts::RolloutPlanned {
            flag_id: Some(FlagId::created_by(id("flag")).to_string()),
            stages: [("internal", rollouts::StageClass::Internal), ("alpha", rollouts::StageClass::Named)]
                .map(stage)
                .to_vec(),
            ..rollouts::RolloutPlanned::default()
        };
        let entered = rollouts::StageEntered {
            stage: Some("alpha".to_owned()),
            attempt: Some(1),
            ..rollouts::StageEntered::default()
        };
        let stored = [
            Stored::new("rollouts.Rollout.RolloutPlanned.v1", &planned),
            Stored::new("rollouts.Rollout.StageEntered.v1", &entered),
        ];
        let stream = format!("rollouts.rollout-{rollout}");
        let command = CommandId::derive(rollout.as_uuid(), "expose");
        let envelope = Envelope::new(command, Principal::dev());
        let event = |(index, stored): (usize, Stored)| NewEvent {
            id: command.event_id(&stream, index),
            event_type: stored.event_type.into_owned(),
            data: stored.data,
            metadata: metadata(&envelope, self.clock.now()),
        };
        let events = stored.into_iter().enumerate().map(event).collect();
        self.log.append(&stream, Expected::NoStream, events).await?;
        Ok(())
    }

    /// A new replica takes its leases and judges, until it has judged everything. Returns in how many looks.
    pub(crate) async fn judge(&self) -> anyhow::Result<usize> {
        let context = self.replica();
        let mut components = context.components(&|_| Box::new(Alone));
        // Those that keep others informed are of no concern here.
        components.retain(|component| component.name() == NAME || component.name().ends_with("-leases"));
        ensure!(components.len() == 2, "the evaluation has a component and one for its leases");
        for round in 1..=ROUNDS {
            for component in &mut components {
                component.step().await?;
            }
            if components.iter().all(|component| component.unready().is_none()) {
                return Ok(round);
            }
        }
        bail!("not everything was judged after {ROUNDS} looks")
    }
}

fn id(label: &str) -> CommandId {
    CommandId::derive(Uuid::NAMESPACE_OID, label)
}

#[expect(clippy::unnecessary_wraps, reason = "generated requests want an option")]
fn meta(label: &str) -> Option<CommandMeta> {
    let command_id = id(label).to_string();
    Some(CommandMeta { command_id, reason: "a benchmark".to_owned(), ..CommandMeta::default() })
}

fn accepted(reply: CommandReply) -> anyhow::Result<()> {
    match reply.outcome {
        Some(Outcome::Accepted(_)) => Ok(()),
        other => bail!("not accepted: {other:?}"),
    }
}
