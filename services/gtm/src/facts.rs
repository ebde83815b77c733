//! What a launch must know from other contexts before something is announced, in the words of the launch.
//!
//! A peer that does not answer is a fault and never a guess: an announcement can wait.

use verdict_gtm_domain::launch::{GuardrailFact, StageFact};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::RolloutId;
use verdict_proto::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_proto::metrics::v1::{self as metrics, FactsRequest};
use verdict_proto::rollouts::v1::RolloutView;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1::GetRequest;
use verdict_runtime::component::Fault;
use verdict_runtime::grpc::{Transport, read_check_state};
use verdict_runtime::process::sending::unanswered;

/// The contexts that are asked.
#[derive(Clone)]
pub struct Peers {
    pub metrics: Transport,
    pub rollouts: Transport,
}

impl Peers {
    /// The present answers of every guardrail of the rollout.
    pub async fn guardrails(&self, org: &str, rollout: RolloutId) -> Result<Vec<GuardrailFact>, Fault> {
        let request =
            FactsRequest { org: org.to_owned(), rollout_id: rollout.to_string(), metrics: Vec::new() };
        let reply = GuardrailsClient::new(self.metrics.clone()).facts(request).await;
        let facts = reply.map_err(|status| unanswered("metrics", &status))?.into_inner();
        Ok(facts.guardrails.into_iter().map(guardrail).collect())
    }

    /// How far the rollout is.
    pub async fn stage(&self, org: &str, rollout: RolloutId) -> Result<StageFact, Fault> {
        let request = GetRequest { org: org.to_owned(), id: rollout.to_string(), at_least: String::new() };
        match RolloutsClient::new(self.rollouts.clone()).get(request).await {
            Ok(view) => Ok(stage(view.get_ref())),
            Err(status) if status.code() == tonic::Code::NotFound => {
                Ok(StageFact::Earlier("no such rollout".to_owned()))
            }
            Err(status) => Err(unanswered("rollouts", &status)),
        }
    }
}

fn guardrail(fact: metrics::GuardrailFact) -> GuardrailFact {
    GuardrailFact {
        state: read_check_state(fact.state()).unwrap_or(CheckState::Unknown(Unknown::NoData)),
        metric: fact.metric,
        required: fact.required,
        seen: fact.seen,
    }
}

/// General availability is active while stage `ga` serves, and stays so once the rollout is complete.
fn stage(view: &RolloutView) -> StageFact {
    let planned_for_all = view.stages.last().is_some_and(|stage| stage.name() == GA);
    match view.state.as_str() {
        "running" | "paused" if view.stage == GA => StageFact::GeneralAvailability,
        "completed" if planned_for_all => StageFact::GeneralAvailability,
        state if view.stage.is_empty() => StageFact::Earlier(state.to_owned()),
        state => StageFact::Earlier(format!("stage {}, {state}", view.stage)),
    }
}

/// The name of the last stage of a plan.
const GA: &str = "ga";

#[cfg(test)]
mod tests;
