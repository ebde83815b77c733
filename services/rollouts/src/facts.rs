//! What a gate must know from elsewhere: guardrails and metrics from the metrics context, the bet's metrics from
//! the bets context, the flag from its own stream.
//!
//! A peer that does not answer is no error here: the facts are unknown, and unknown facts widen nothing.

use std::sync::Arc;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::BetId;
use verdict_proto::bets::v1 as bets;
use verdict_proto::bets::v1::bets_client::BetsClient;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_proto::v1::GetRequest;
use verdict_rollouts_domain::flag;
use verdict_rollouts_domain::gate::{
    Answer, Clocks, Confirmed, Facts, FlagFact, GuardrailFact, MetricFact, MetricKind,
};
use verdict_rollouts_domain::rollout::Plan;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{ExecuteError, Repository};
use verdict_runtime::grpc::{Transport, read_check_state};
use verdict_runtime::log::dated::{self, Dated, LogClock};

use crate::wire::flag::FlagWire;

/// The contexts that are asked and told.
#[derive(Clone)]
pub struct Peers {
    pub metrics: Transport,
    pub gtm: Transport,
    pub bets: Transport,
}

/// Gathers the facts for one decision.
#[derive(Clone)]
pub struct Sources {
    peers: Peers,
    flags: Repository<FlagWire>,
    clock: Arc<LogClock>,
}

impl Sources {
    pub const fn new(peers: Peers, flags: Repository<FlagWire>, clock: Arc<LogClock>) -> Self {
        Self { peers, flags, clock }
    }

    /// Everything that the gate of this rollout is judged on, read now.
    pub async fn gather(&self, org: &str, rollout: &str, plan: &Plan) -> Result<Facts, Fault> {
        let flag = self.flag(org, plan).await?;
        let metrics = self.metrics(org, rollout, plan.bet).await;
        let clocks = self.clocks().await;
        let metrics = metrics.map_or_else(Answer::Silent, |given| given.seen_with(clocks));
        Ok(Facts { flag, metrics })
    }

    /// The own clock beside the log's (design clause 12).
    async fn clocks(&self) -> Option<Clocks> {
        let Dated { before, after, created, position } = self.clock.compared().await?;
        let clocks = Clocks { before, after, created, source: position.to_string() };
        dated::report(clocks.ahead());
        Some(clocks)
    }

    async fn flag(&self, org: &str, plan: &Plan) -> Result<FlagFact, Fault> {
        let id = plan.flag.to_string();
        let folded = match self.flags.find(org, &id).await {
            Ok(folded) => folded,
            Err(ExecuteError::Fault(fault)) => return Err(fault),
            Err(error) => return Ok(FlagFact::Unknown(error.to_string())),
        };
        let known = |killed, held| FlagFact::Known {
            killed,
            held,
            source: format!("{}@{}", Repository::<FlagWire>::stream(&id), folded.version),
        };
        Ok(match &folded.state {
            flag::State::Absent => FlagFact::Unknown("the flag was never created".to_owned()),
            flag::State::Live(live) => known(false, live.held_for.is_some()),
            flag::State::Killed(killed) => known(true, killed.held_for.is_some()),
            flag::State::Archived(_) => FlagFact::Unknown("the flag is archived".to_owned()),
        })
    }

    async fn metrics(&self, org: &str, rollout: &str, bet: Option<BetId>) -> Result<Confirmed, String> {
        let keys = match bet {
            Some(bet) => self.keys(org, bet).await?,
            None => Vec::new(),
        };
        let request =
            metrics::FactsRequest { org: org.to_owned(), rollout_id: rollout.to_owned(), metrics: keys };
        let reply = GuardrailsClient::new(self.peers.metrics.clone()).facts(request).await;
        let reply = reply.map_err(|status| format!("metrics: {}", status.message()))?;
        confirmed(reply.into_inner())
    }

    /// Keys of the bet's metrics that must have proven themselves (rule M9). A bet that nobody knows has none.
    async fn keys(&self, org: &str, bet: BetId) -> Result<Vec<String>, String> {
        let request = GetRequest { org: org.to_owned(), id: bet.to_string(), at_least: String::new() };
        match BetsClient::new(self.peers.bets.clone()).get(request).await {
            Ok(view) => {
                let agreed = view.into_inner().metrics;
                Ok(agreed.into_iter().filter(must_prove).filter_map(|metric| metric.metric).collect())
            }
            Err(status) if status.code() == tonic::Code::NotFound => Ok(Vec::new()),
            Err(status) => Err(format!("bets: {}", status.message())),
        }
    }
}

/// Rule M9: leading, guardrail and primary metrics prove themselves; lagging ones are exempt.
fn must_prove(target: &bets::MetricTarget) -> bool {
    let kind = target.metric_type.as_deref().unwrap_or_default();
    let primary_or_guardrail = match target.role() {
        bets::MetricRole::Primary | bets::MetricRole::Guardrail => true,
        bets::MetricRole::Secondary | bets::MetricRole::Unspecified => false,
    };
    kind != "lagging" && (primary_or_guardrail || kind == "leading" || kind == "guardrail")
}

fn confirmed(reply: metrics::FactsReply) -> Result<Confirmed, String> {
    let at = reply.confirmed_at.parse();
    Ok(Confirmed {
        at: at.map_err(|_| format!("metrics: '{}' is not a time", reply.confirmed_at))?,
        source: reply.position,
        guardrails: reply.guardrails.into_iter().map(guardrail).collect(),
        metrics: reply.metrics.into_iter().map(metric).collect(),
    })
}

fn guardrail(fact: metrics::GuardrailFact) -> GuardrailFact {
    GuardrailFact {
        state: read_check_state(fact.state()).unwrap_or(CheckState::Unknown(Unknown::NoData)),
        guardrail: fact.guardrail_id,
        metric: fact.metric,
        required: fact.required,
        seen: fact.seen,
        source: fact.source,
    }
}

fn metric(fact: metrics::MetricFact) -> MetricFact {
    let kind = match fact.r#type() {
        metrics::MetricType::Leading => Some(MetricKind::Leading),
        metrics::MetricType::Core => Some(MetricKind::Core),
        metrics::MetricType::Lagging => Some(MetricKind::Lagging),
        metrics::MetricType::Guardrail => Some(MetricKind::Guardrail),
        metrics::MetricType::Unspecified => None,
    };
    MetricFact {
        metric: fact.metric,
        kind: kind.filter(|_| fact.known),
        instrumented: fact.known && fact.instrumented,
        source: fact.source,
    }
}

#[cfg(test)]
pub(crate) mod stand_in;
#[cfg(test)]
mod tests;
