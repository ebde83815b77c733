//! What a gate must know from elsewhere: guardrails and metrics from the metrics context, the bet's metrics from
//! the bets context, the flag from its own stream.
//!
//! A peer that does not answer is no error here: the facts are unknown, and unknown facts widen nothing.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tonic::Request;
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::rollouts::v1::flags_server::Flags;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{BetId, CommandId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_proto::bets::v1 as bets;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command as FlagCommand;
use verdict_proto::v1::GetRequest;
use verdict_rollouts_domain::flag;
use verdict_rollouts_domain::gate::{
    Answer, BreachFact, Clocks, Confirmed, Doubt, Facts, FlagFact, FlagStanding, GuardrailEffect,
    GuardrailFact, MetricFact, MetricKind, MetricRole,
};
use verdict_rollouts_domain::rollout::{FlagGround, Grounds, Plan, Rollout};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, ExecuteError, Folded, Repository};
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::log_clock::{self, Compared, Dated, LogClock};
use verdict_runtime::process::sending::answer;
use verdict_stored::vocabulary::read_check_state;

/// Who claims a flag for a rollout that starts.
const STARTING: &str = "rollout-start";

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
    /// Takes commands to flags.
    telling: Arc<dyn Flags>,
    flags: Repository<FlagWire>,
    rollouts: Repository<RolloutWire>,
    clock: Arc<LogClock>,
}

impl Sources {
    pub fn new(
        peers: Peers,
        telling: Arc<dyn Flags>,
        flags: Repository<FlagWire>,
        rollouts: Repository<RolloutWire>,
        clock: Arc<LogClock>,
    ) -> Self {
        Self { peers, telling, flags, rollouts, clock }
    }

    /// Everything that the gate of this rollout is judged on, read now. Guardrails are judged on windows that begin at
    /// or after `since` (rule R16).
    pub async fn gather(
        &self,
        org: &str,
        rollout: &str,
        plan: &Plan,
        since: Option<Timestamp>,
    ) -> Result<Facts, Fault> {
        let flag = self.flag(org, rollout, plan).await?;
        let metrics = self.metrics(org, rollout, plan.bet, since).await;
        let doubt = self.doubt().await;
        let metrics = metrics.map_or_else(Answer::Silent, |given| given.seen_with(doubt));
        Ok(Facts { flag, metrics })
    }

    /// What a plan stands on: the flag that it names and who has it, and whether its bet exists (rules R22, I5). A
    /// context that does not answer is a fault: a guess would be none of the two.
    pub async fn grounds(&self, org: &str, rollout: &str, plan: &Plan) -> Result<Grounds, Fault> {
        let flag = match self.read_flag(org, plan).await? {
            Ok(folded) => match &folded.state {
                flag::State::Absent => FlagGround::Missing,
                flag::State::Archived(_) => FlagGround::Archived,
                flag::State::Live(live) => self.ground(org, rollout, live, false).await?,
                flag::State::Killed(killed) => self.ground(org, rollout, killed, true).await?,
            },
            Err(_gone) => FlagGround::Missing,
        };
        Ok(Grounds { flag, bet_is_missing: self.lacks(org, plan.bet).await? })
    }

    /// Whether a bet is named that does not exist (rule I5).
    pub async fn lacks(&self, org: &str, bet: Option<BetId>) -> Result<bool, Fault> {
        match bet {
            Some(bet) => Ok(self.bet(org, bet).await.map_err(unreachable)?.is_none()),
            None => Ok(false),
        }
    }

    /// Takes the flag for the rollout, unless another one has it: then the grounds say so.
    pub async fn claim(&self, by: &Envelope, rollout: &str, plan: &Plan) -> Result<(), Fault> {
        let process = Principal::process(STARTING);
        let own = Envelope {
            command_id: CommandId::derive(by.command_id.as_uuid(), "claim"),
            principal: Principal {
                org: by.principal.org.clone(),
                team: by.principal.team.clone(),
                ..process
            },
            expected_version: None,
            managed_by: None,
            take_over: false,
            ..by.clone()
        };
        let request = pb::FlagRequest {
            meta: Some(grpc::meta(&own)),
            flag_id: plan.flag.to_string(),
            environment: String::new(),
            command: Some(FlagCommand::Claim(pb::ClaimFlag { rollout_id: rollout.to_owned() })),
        };
        answer("flags", &own, self.telling.execute(Request::new(request)).await)?;
        Ok(())
    }

    async fn ground(
        &self,
        org: &str,
        rollout: &str,
        flag: &flag::Flag,
        killed: bool,
    ) -> Result<FlagGround, Fault> {
        let other = flag.claim.filter(|owner| owner.to_string() != rollout);
        let claimant = match other {
            Some(owner) if self.is_under_way(org, owner).await? => Some(owner),
            Some(_) | None => None,
        };
        let environment = flag.identity.environment.clone();
        let (unit, version) = (flag.identity.unit.clone(), flag.version);
        Ok(FlagGround::Known { environment, unit, killed, version, claimant })
    }

    async fn is_under_way(&self, org: &str, rollout: RolloutId) -> Result<bool, Fault> {
        match self.rollouts.find(org, &rollout.to_string()).await {
            Ok(folded) => Ok(!Rollout::is_terminal(&folded.state)),
            Err(ExecuteError::Fault(fault)) => Err(fault),
            Err(_gone) => Ok(false),
        }
    }

    async fn read_flag(
        &self,
        org: &str,
        plan: &Plan,
    ) -> Result<Result<Arc<Folded<FlagWire>>, ExecuteError>, Fault> {
        match self.flags.find(org, &plan.flag.to_string()).await {
            Err(ExecuteError::Fault(fault)) => Err(fault),
            found => Ok(found),
        }
    }

    /// Whether the own clock is to be doubted, beside the log's and the machine's (design clauses 12, 24).
    async fn doubt(&self) -> Option<Doubt> {
        let Compared { dated, step } = self.clock.compared().await;
        let clocks = dated.map(|Dated { before, after, created, position }| {
            let clocks = Clocks { before, after, created, source: position.to_string() };
            log_clock::report(clocks.ahead());
            clocks
        });
        Doubt::of(clocks, step)
    }

    /// How the flag stands, seen from this rollout.
    pub async fn flag(&self, org: &str, rollout: &str, plan: &Plan) -> Result<FlagFact, Fault> {
        let folded = match self.read_flag(org, plan).await? {
            Ok(folded) => folded,
            Err(error) => return Ok(FlagFact::Unknown(error.to_string())),
        };
        let known = |flag: &flag::Flag, killed| {
            FlagFact::Known(FlagStanding {
                killed,
                holds: flag.holds.iter().map(|hold| hold.cause.clone()).collect(),
                served: flag.audience(),
                asked: rollout.parse().ok().and_then(|rollout| flag.ledger.asked_attempt(rollout)),
                version: flag.version,
                taken_away: flag.taken_away,
                source: format!(
                    "{}@{}",
                    Repository::<FlagWire>::stream(&plan.flag.to_string()),
                    folded.version
                ),
            })
        };
        Ok(match &folded.state {
            flag::State::Absent => FlagFact::Unknown("the flag was never created".to_owned()),
            flag::State::Live(live) => known(live, false),
            flag::State::Killed(killed) => known(killed, true),
            flag::State::Archived(_) => FlagFact::Unknown("the flag is archived".to_owned()),
        })
    }

    async fn metrics(
        &self,
        org: &str,
        rollout: &str,
        bet: Option<BetId>,
        since: Option<Timestamp>,
    ) -> Result<Confirmed, String> {
        let agreed = match bet {
            Some(bet) => self.bet(org, bet).await?.unwrap_or_default(),
            None => Vec::new(),
        };
        let request = metrics::FactsRequest {
            org: org.to_owned(),
            rollout_id: rollout.to_owned(),
            metrics: agreed.iter().filter_map(|target| target.metric.clone()).collect(),
            since: since.map(|since| since.to_string()).unwrap_or_default(),
        };
        let reply = GuardrailsClient::new(self.peers.metrics.clone()).facts(request).await;
        let reply = reply.map_err(|status| format!("metrics: {}", status.message()))?;
        confirmed(reply.into_inner(), &agreed)
    }

    /// The metrics that a bet agreed on; `None` when there is no such bet.
    async fn bet(&self, org: &str, bet: BetId) -> Result<Option<Vec<bets::MetricTarget>>, String> {
        let request = GetRequest { org: org.to_owned(), id: bet.to_string(), ..GetRequest::default() };
        match BetsClient::new(self.peers.bets.clone()).get(request).await {
            Ok(view) => Ok(Some(view.into_inner().metrics)),
            Err(status) if status.code() == tonic::Code::NotFound => Ok(None),
            Err(status) => Err(format!("bets: {}", status.message())),
        }
    }
}

fn unreachable(why: String) -> Fault {
    Fault::Unreachable { service: "bets".to_owned(), why }
}

fn role(target: &bets::MetricTarget) -> MetricRole {
    match target.role() {
        bets::MetricRole::Primary => MetricRole::Primary,
        bets::MetricRole::Guardrail => MetricRole::Guardrail,
        bets::MetricRole::Secondary | bets::MetricRole::Unspecified => MetricRole::Secondary,
    }
}

fn confirmed(reply: metrics::FactsReply, agreed: &[bets::MetricTarget]) -> Result<Confirmed, String> {
    let at = reply.confirmed_at.parse();
    Ok(Confirmed {
        at: at.map_err(|_| format!("metrics: '{}' is not a time", reply.confirmed_at))?,
        source: reply.position,
        guardrails: reply.guardrails.into_iter().map(guardrail).collect(),
        metrics: reply.metrics.into_iter().map(|fact| metric(fact, agreed)).collect(),
    })
}

pub(crate) fn guardrail(fact: metrics::GuardrailFact) -> GuardrailFact {
    let effect = match fact.effect() {
        metrics::GuardrailEffect::Shadow => GuardrailEffect::Shadow,
        metrics::GuardrailEffect::Hold => GuardrailEffect::Hold,
        metrics::GuardrailEffect::Rollback | metrics::GuardrailEffect::Unspecified => {
            GuardrailEffect::Rollback
        }
    };
    GuardrailFact {
        // A state that this version does not know is no answer.
        state: read_check_state(fact.state()).unwrap_or(CheckState::Unknown(Unknown::Unhealthy)),
        guardrail: fact.guardrail_id,
        metric: fact.metric,
        required: fact.required,
        seen: fact.seen,
        source: fact.source,
        effect,
        as_of: fact.as_of.parse().ok(),
        breaches: fact.breaches.into_iter().map(breach).collect(),
    }
}

/// A breach without a readable time is as young as can be: no data is younger, so nothing answers it.
fn breach(fact: metrics::BreachFact) -> BreachFact {
    BreachFact {
        id: fact.breach_id,
        stage: fact.stage,
        attempt: fact.attempt,
        at: fact.at.parse().unwrap_or(Timestamp::MAX),
        acknowledged: fact.acknowledged,
        retracted: fact.retracted,
        critical: fact.critical,
        seen: fact.seen,
    }
}

fn metric(fact: metrics::MetricFact, agreed: &[bets::MetricTarget]) -> MetricFact {
    let target = agreed.iter().find(|target| target.metric.as_ref() == Some(&fact.metric));
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
        role: target.map_or(MetricRole::Secondary, role),
        refresh: Duration::from_secs(fact.refresh_seconds.into()),
        instrumented: fact.known && fact.instrumented,
        source: fact.source,
    }
}

#[cfg(test)]
pub(crate) mod stand_in;
#[cfg(test)]
mod tests;
