//! What a launch must know from other contexts before something is announced, in the words of the launch.
//!
//! A peer that does not answer is a fault and never a guess: an announcement can wait.

use tonic::{Code, Response, Status};
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_gtm_domain::launch::{GuardrailFact, Plan, StageFact};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::{BetId, RolloutId};
use verdict_kernel::refusal::Refusal;
use verdict_proto::metrics::v1::{self as metrics, FactsRequest};
use verdict_proto::rollouts::v1::{RolloutView, StageClass};
use verdict_proto::v1::GetRequest;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::grpc::Transport;
use verdict_runtime::process::sending::unanswered;
use verdict_stored::vocabulary::read_check_state;

/// The contexts that are asked.
#[derive(Clone)]
pub struct Peers {
    pub metrics: Transport,
    pub rollouts: Transport,
    pub bets: Transport,
}

impl Peers {
    /// The present answers of every guardrail of the rollout.
    pub async fn guardrails(&self, org: &str, rollout: RolloutId) -> Result<Vec<GuardrailFact>, Fault> {
        let request =
            FactsRequest { org: org.to_owned(), rollout_id: rollout.to_string(), ..FactsRequest::default() };
        let reply = GuardrailsClient::new(self.metrics.clone()).facts(request).await;
        let facts = reply.map_err(|status| unanswered("metrics", &status))?.into_inner();
        Ok(facts.guardrails.into_iter().map(guardrail).collect())
    }

    /// How far the rollout is.
    pub async fn stage(&self, org: &str, rollout: RolloutId) -> Result<StageFact, Fault> {
        let view = self.rollout(org, rollout).await?;
        Ok(view
            .as_ref()
            .map_or_else(|| StageFact { state: "no such rollout".into(), ..StageFact::default() }, stage))
    }

    /// Rule I5: the bet and the rollout that a plan names exist, and belong together.
    pub async fn check(&self, org: &str, plan: &Plan) -> Result<(), ExecuteError> {
        let unknown = |what, id: &dyn std::fmt::Display, list: String| {
            Err(Refusal::unknown_reference(what, id, list).into())
        };
        let Some(rollout) = self.rollout(org, plan.rollout).await? else {
            return unknown("rollout", &plan.rollout, "verdict rollout list".to_owned());
        };
        if !self.has_bet(org, plan.bet).await? {
            return unknown("bet", &plan.bet, "verdict bet list".to_owned());
        }
        if !rollout.bet_id.is_empty() && rollout.bet_id != plan.bet.to_string() {
            return unknown("rollout of that bet", &plan.rollout, "verdict rollout list".to_owned());
        }
        Ok(())
    }

    async fn rollout(&self, org: &str, rollout: RolloutId) -> Result<Option<RolloutView>, Fault> {
        let request = GetRequest { org: org.to_owned(), id: rollout.to_string(), ..GetRequest::default() };
        known("rollouts", RolloutsClient::new(self.rollouts.clone()).get(request).await)
    }

    async fn has_bet(&self, org: &str, bet: BetId) -> Result<bool, Fault> {
        let request = GetRequest { org: org.to_owned(), id: bet.to_string(), ..GetRequest::default() };
        Ok(known("bets", BetsClient::new(self.bets.clone()).get(request).await)?.is_some())
    }
}

/// What the owner knows; `None` when it knows no such thing.
fn known<T>(owner: &'static str, answer: Result<Response<T>, Status>) -> Result<Option<T>, Fault> {
    match answer {
        Ok(view) => Ok(Some(view.into_inner())),
        Err(status) if status.code() == Code::NotFound => Ok(None),
        Err(status) => Err(unanswered(owner, &status)),
    }
}

fn guardrail(fact: metrics::GuardrailFact) -> GuardrailFact {
    GuardrailFact {
        shadow: fact.effect() == metrics::GuardrailEffect::Shadow,
        state: read_check_state(fact.state()).unwrap_or(CheckState::Unknown(Unknown::NoData)),
        metric: fact.metric,
        required: fact.required,
        seen: fact.seen,
    }
}

fn stage(view: &RolloutView) -> StageFact {
    StageFact {
        state: view.state.clone(),
        stage: view.stage.clone(),
        for_everyone: view.stage_class() == StageClass::Everyone,
        ends_with_everyone: view.stages.last().is_some_and(|stage| stage.class() == StageClass::Everyone),
    }
}

#[cfg(test)]
mod tests;
