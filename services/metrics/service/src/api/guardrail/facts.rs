//! What a gate wants to know about a rollout, confirmed at the moment of the call (rule R16).
//!
//! The board is brought to the head of the log first, and every answer is judged again at this moment: an answer
//! that nothing renewed is Unknown(Stale) here even before anybody recorded it (rule M4). Only the replica that judges
//! the rollout has every point in memory, so the others ask that one; when it does not answer nobody does, which
//! blocks a widening and nothing else.
//!
//! Not knowing has three reasons, which are told apart (rule R15): there is no data, also none since the present step was
//! exposed; what there is went stale, because its source is away; or the evaluation itself could not judge.

use futures::future::{join_all, try_join_all};
use uuid::Uuid;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::{GuardrailId, RolloutId};
use verdict_metrics_domain::evaluation::{Answer, Severity};
use verdict_metrics_domain::guardrail::{Effect, Raised};
use verdict_metrics_domain::metric::target_met;
use verdict_metrics_wire::guardrail::effect;
use verdict_metrics_wire::metric::metric_type;
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::fields::id;
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading::org;
use verdict_stored::vocabulary::check_state;

use super::GuardrailsApi;
use super::read::breach_fact;
use crate::evaluator::in_time;
use crate::reports::newest_point;
use verdict_runtime::reading::position;

impl GuardrailsApi {
    /// Asks the replica that judges the rollout, which may be this one.
    pub(super) async fn facts_of(&self, request: &pb::FactsRequest) -> Result<pb::FactsReply, Problem> {
        let rollout: RolloutId = id("rollout_id", &request.rollout_id)?;
        let place = self.evaluation.places().of(rollout);
        if place.right(self.clock.monotonic()).is_some() {
            return self.own_facts(request).await.map_err(grpc::problem);
        }
        self.evaluation.confirmed_by(place, request).await.map_err(|error| {
            Problem::new(Code::Unavailable, error.to_string())
                .hint("ask again in a moment: the replica that judges this rollout is being replaced")
        })
    }

    /// What this replica says, which must be the one that judges the rollout.
    pub(in crate::api) async fn own_facts(
        &self,
        request: &pb::FactsRequest,
    ) -> Result<pb::FactsReply, ExecuteError> {
        let rollout: RolloutId = id("rollout_id", &request.rollout_id)?;
        let org = org(&request.org);
        self.board.refresh().await?;
        let (guardrails, unknown) = self
            .board
            .read(|board| (board.guardrails.of_rollout(rollout).to_vec(), board.guardrails.unknown(rollout)));
        let since = since(&request.since)?;
        let guardrails = guardrails.into_iter().map(|id| self.guardrail_fact(org, id, since));
        let metrics = request.metrics.iter().map(|key| self.metric_fact(org, key));
        let (guardrails, metrics) = tokio::join!(join_all(guardrails), try_join_all(metrics));
        let metrics = metrics?;
        Ok(pb::FactsReply {
            confirmed_at: self.clock.now().to_string(),
            position: position(self.board.position().as_ref()),
            guardrails: guardrails.into_iter().flatten().chain(unknown.iter().map(unreadable_fact)).collect(),
            metrics,
        })
    }

    /// `None` for a guardrail that is disarmed or belongs to somebody else. An open breach is a Fail, whatever the
    /// newest points say: only a recorded recovery or a retraction closes it.
    async fn guardrail_fact(
        &self,
        org: &str,
        id: GuardrailId,
        since: Option<Timestamp>,
    ) -> Option<pb::GuardrailFact> {
        let now = self.evaluation.answer_now(id, since).await;
        let entry = self.board.read(|board| board.guardrails.get(id).cloned());
        let entry = entry.filter(|entry| entry.org == org)?;
        let unanswerable = entry.unanswerable();
        let may_watch = entry.state.is_watching() || unanswerable.is_some();
        let guardrail = entry.state.guardrail().filter(|_| may_watch)?;
        let fault = match (unanswerable, &now) {
            (Some(fault), _) | (None, Err(fault)) => Some(fault.to_string()),
            (None, Ok(_)) => None,
        };
        // One that cannot be judged blocks a widening, and keeps nobody from the answers of the others.
        let unhealthy = |why| Answer {
            state: CheckState::Unknown(Unknown::Unhealthy),
            as_of: None,
            seen: why,
            sample: 0,
        };
        let now = match fault {
            Some(why) => unhealthy(why),
            None => now.ok().flatten()?,
        };
        let state = if entry.state.is_breached() { CheckState::Fail } else { now.state };
        let terms = &guardrail.arming.terms;
        Some(pb::GuardrailFact {
            guardrail_id: id.to_string(),
            metric: guardrail.arming.metric.clone(),
            state: check_state(state).into(),
            required: terms.rule.to_string(),
            seen: now.seen,
            source: entry.answered_by.map(|id| id.to_string()).unwrap_or_default(),
            critical: matches!(terms.severity, Severity::Critical { .. }),
            effect: effect(guardrail.effect).into(),
            as_of: now.as_of.map(|end| end.to_string()).unwrap_or_default(),
            breaches: breaches(&guardrail.raised, &entry.raised),
        })
    }

    async fn metric_fact(&self, org: &str, key: &str) -> Result<pb::MetricFact, Fault> {
        let entry = self.board.read(|board| board.metrics.by_key(org, key).cloned());
        let Some((definition, entry)) =
            entry.as_ref().and_then(|entry| entry.state.definition().map(|definition| (definition, entry)))
        else {
            let unknown = pb::MetricFact {
                metric: key.to_owned(),
                target_met: verdict_proto::v1::CheckState::UnknownNoData.into(),
                ..pb::MetricFact::default()
            };
            return Ok(unknown);
        };
        let newest = in_time(Box::pin(newest_point(&*self.store, org, definition, self.clock.now()))).await?;
        let measured = newest.map(|point| (point.value, point.window_end));
        Ok(pb::MetricFact {
            metric: key.to_owned(),
            r#type: metric_type(definition.kind).into(),
            instrumented: entry.state.is_instrumented(),
            target_met: check_state(target_met(definition, measured, self.clock.now())).into(),
            source: newest
                .map_or_else(String::new, |point| format!("observation up to {}", point.window_end)),
            known: true,
            refresh_seconds: u32::try_from(definition.refresh.as_secs()).unwrap_or(u32::MAX),
        })
    }
}

/// One whose arming cannot be read: all that is known is that it guards the rollout.
fn unreadable_fact((id, fault): &(GuardrailId, Fault)) -> pb::GuardrailFact {
    pb::GuardrailFact {
        guardrail_id: id.to_string(),
        state: check_state(CheckState::Unknown(Unknown::Unhealthy)).into(),
        required: "a guardrail that this version can read".to_owned(),
        seen: fault.to_string(),
        effect: effect(Effect::Rollback).into(),
        ..pb::GuardrailFact::default()
    }
}

/// When the present step was exposed; `None` when the caller does not ask for it.
fn since(text: &str) -> Result<Option<Timestamp>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        let detail = format!("'{text}' is not a time in the form of RFC 3339");
        Problem::field(Code::InvalidField, "since", detail)
    })
}

/// Every breach with the event that raised it.
fn breaches(raised: &[Raised], events: &[(Uuid, Timestamp)]) -> Vec<pb::BreachFact> {
    let known = raised.iter().zip(events);
    known
        .map(|(raised, (id, at))| pb::BreachFact {
            breach_id: id.to_string(),
            at: at.to_string(),
            ..breach_fact(raised)
        })
        .collect()
}
