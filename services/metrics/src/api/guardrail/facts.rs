//! What a gate wants to know about a rollout, confirmed at the moment of the call (rule R16).
//!
//! The board is brought to the head of the log first, and every answer is judged again at this moment: an answer
//! that nothing renewed is Unknown(Stale) here even before anybody recorded it (rule M4). Only the replica that judges
//! the rollout has every point in memory, so the others ask that one; when it does not answer nobody does, which
//! blocks a widening and nothing else.

use futures::future::try_join_all;
use verdict_kernel::check::CheckState;
use verdict_kernel::id::{GuardrailId, RolloutId};
use verdict_metrics_domain::evaluation::Severity;
use verdict_metrics_domain::metric::target_met;
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::grpc::{self, check_state};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading::org;

use super::super::asked::{id, position};
use super::GuardrailsApi;
use crate::evaluator::fault;
use crate::observations::Query;
use crate::wire::metric::metric_type;

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
        let guardrails = self.board.read(|board| board.guardrails.of_rollout(rollout).to_vec());
        let guardrails = guardrails.into_iter().map(|id| self.guardrail_fact(org, id));
        let metrics = request.metrics.iter().map(|key| self.metric_fact(org, key));
        let (guardrails, metrics) = tokio::try_join!(try_join_all(guardrails), try_join_all(metrics))?;
        Ok(pb::FactsReply {
            confirmed_at: self.clock.now().to_string(),
            position: position(self.board.position().as_ref()),
            guardrails: guardrails.into_iter().flatten().collect(),
            metrics,
        })
    }

    /// `None` for a guardrail that is disarmed or belongs to somebody else. An open breach is a Fail, whatever the
    /// newest points say: only a recorded recovery or a retraction closes it.
    async fn guardrail_fact(&self, org: &str, id: GuardrailId) -> Result<Option<pb::GuardrailFact>, Fault> {
        let now = self.evaluation.answer_now(id).await?;
        let entry = self.board.read(|board| board.guardrails.get(id).cloned());
        let (Some(now), Some(entry)) = (now, entry.filter(|entry| entry.org == org)) else {
            return Ok(None);
        };
        let Some(guardrail) = entry.state.guardrail().filter(|_| entry.state.is_watching()) else {
            return Ok(None);
        };
        let state = if entry.state.is_breached() { CheckState::Fail } else { now.state };
        let terms = &guardrail.arming.terms;
        Ok(Some(pb::GuardrailFact {
            guardrail_id: id.to_string(),
            metric: guardrail.arming.metric.clone(),
            state: check_state(state).into(),
            required: terms.rule.to_string(),
            seen: now.seen,
            source: entry.answered_by.map(|id| id.to_string()).unwrap_or_default(),
            critical: matches!(terms.severity, Severity::Critical { .. }),
        }))
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
        let last = self.store.last(&Query::all(org, key), None, 1).await;
        let newest = last.map_err(fault)?.pop().map(|row| row.point());
        let measured = newest.map(|point| (point.value, point.window_end));
        Ok(pb::MetricFact {
            metric: key.to_owned(),
            r#type: metric_type(definition.kind).into(),
            instrumented: entry.state.is_instrumented(),
            target_met: check_state(target_met(definition, measured, self.clock.now())).into(),
            source: newest
                .map_or_else(String::new, |point| format!("observation up to {}", point.window_end)),
            known: true,
        })
    }
}
