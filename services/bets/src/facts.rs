//! What a decision on a bet must know from the metrics and rollouts contexts, in the words of the bet.
//!
//! A metric is read by its id, which its key gives: the owner reads its stream to the end, so a metric that was
//! defined a moment ago is known. A peer that does not answer is a fault and never a guess.

use verdict_bets_domain::bet::metrics::{Direction, MetricTarget, MetricType, Role};
use verdict_bets_domain::bet::{Attached, Reach, Signal};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::{BetId, FlagId, MetricId, RolloutId};
use verdict_kernel::refusal::Refusal;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::metrics::v1::metrics_client::MetricsClient;
use verdict_proto::rollouts::v1::RolloutView;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::grpc::{Transport, read_check_state};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::process::sending::unanswered;

/// Rollouts read at a time.
const PAGE: u32 = 100;

/// The contexts that are asked and told.
#[derive(Clone)]
pub struct Peers {
    pub metrics: Transport,
    pub rollouts: Transport,
    pub gtm: Transport,
}

/// A metric that somebody wants to agree on, before its owner has said of which type it is.
#[derive(Debug, Clone)]
pub struct Wish {
    pub metric: String,
    pub role: Role,
    /// What the caller takes the type to be, if anything.
    pub believed: Option<MetricType>,
    pub target: String,
    pub direction: Direction,
}

/// A rollout that somebody wants to attach, before its owner has said which flag it exposes.
#[derive(Debug, Clone, Copy)]
pub struct AttachWish {
    pub rollout: RolloutId,
    /// What the caller takes the flag to be, if anything.
    pub flag: Option<FlagId>,
}

impl Peers {
    /// The metrics, which exist (rule I5), with the types that their definitions have now.
    pub async fn confirm(&self, org: &str, wishes: &[Wish]) -> Result<Vec<MetricTarget>, ExecuteError> {
        let mut confirmed = Vec::with_capacity(wishes.len());
        for (index, wish) in wishes.iter().enumerate() {
            let field = format!("agree_metrics.metrics[{index}]");
            let key = &wish.metric;
            let Some(view) = self.metric(org, key).await? else {
                let unknown = Refusal::unknown_reference("metric", key, "verdict metric list");
                return Err(ExecuteError::Refused(Box::new(unknown)));
            };
            let Some(metric_type) = metric_type(view.r#type()) else {
                return Err(Fault::Other(format!("metric '{key}' has no type")).into());
            };
            if let Some(believed) = wish.believed.filter(|believed| *believed != metric_type) {
                let (given, defined) = (believed.as_str(), metric_type.as_str());
                let detail = format!("'{key}' is a {defined} metric, not a {given} one");
                return Err(Problem::field(Code::InvalidField, format!("{field}.metric_type"), detail).into());
            }
            confirmed.push(MetricTarget {
                metric: key.clone(),
                role: wish.role,
                metric_type,
                target: wish.target.clone(),
                direction: wish.direction,
            });
        }
        Ok(confirmed)
    }

    /// The rollout, with the flag that it exposes (rule I5): the caller names a flag only to be told when it is another.
    pub async fn attached(&self, org: &str, bet: BetId, wish: &AttachWish) -> Result<Attached, ExecuteError> {
        let refused = |what: &str, named: String, list: String| {
            Err(ExecuteError::Refused(Box::new(Refusal::unknown_reference(what, named, list))))
        };
        let list = || "verdict rollout list".to_owned();
        let Some(view) = self.rollout(org, wish.rollout).await? else {
            return refused("rollout", wish.rollout.to_string(), list());
        };
        if !view.bet_id.is_empty() && view.bet_id != bet.to_string() {
            return refused("rollout of this bet", wish.rollout.to_string(), list());
        }
        let flag = exposed(&view)?;
        match wish.flag {
            Some(named) if flag != Some(named) => refused(
                "flag of that rollout",
                named.to_string(),
                format!("verdict rollout get {}", wish.rollout),
            ),
            Some(_) | None => Ok(Attached { rollout: wish.rollout, flag }),
        }
    }

    /// How far any rollout of the bet ever got: those that were attached, and those that were planned for it by
    /// position `at_least`.
    pub async fn reach(
        &self,
        org: &str,
        bet: BetId,
        attached: &[Attached],
        at_least: &str,
    ) -> Result<Reach, Fault> {
        let mut views = self.rollouts_of(org, bet, at_least).await?;
        for attached in attached {
            let id = attached.rollout.to_string();
            if views.iter().all(|view| view.id != id) {
                views.extend(self.rollout(org, attached.rollout).await?);
            }
        }
        match views.iter().find(|view| view.exposed_outside) {
            Some(view) => Ok(Reach::Outside(rollout_id(view)?)),
            None => Ok(Reach::Team),
        }
    }

    /// Everything that exposes the bet, each rollout with its flag: what was attached, and what was planned for it by
    /// position `at_least`.
    pub async fn exposing(
        &self,
        org: &str,
        bet: BetId,
        attached: Vec<Attached>,
        at_least: &str,
    ) -> Result<Vec<Attached>, Fault> {
        let mut all = attached;
        for view in self.rollouts_of(org, bet, at_least).await? {
            let rollout = rollout_id(&view)?;
            if all.iter().all(|known| known.rollout != rollout) {
                all.push(Attached { rollout, flag: exposed(&view)? });
            }
        }
        for known in all.iter_mut().filter(|known| known.flag.is_none()) {
            if let Some(view) = self.rollout(org, known.rollout).await? {
                known.flag = exposed(&view)?;
            }
        }
        Ok(all)
    }

    /// The rollouts that were planned for the bet.
    async fn rollouts_of(&self, org: &str, bet: BetId, at_least: &str) -> Result<Vec<RolloutView>, Fault> {
        let mut views = Vec::new();
        let mut after = String::new();
        loop {
            let request = ListRequest {
                org: org.to_owned(),
                first: PAGE,
                after,
                at_least: at_least.to_owned(),
                of: bet.to_string(),
            };
            let list = RolloutsClient::new(self.rollouts.clone()).list(request).await;
            let list = list.map_err(|status| unanswered("rollouts", &status))?.into_inner();
            views.extend(list.rollouts);
            if list.next.is_empty() {
                return Ok(views);
            }
            after = list.next;
        }
    }

    /// `None` when there is none with this id.
    async fn rollout(&self, org: &str, rollout: RolloutId) -> Result<Option<RolloutView>, Fault> {
        let request = GetRequest { org: org.to_owned(), id: rollout.to_string(), at_least: String::new() };
        match RolloutsClient::new(self.rollouts.clone()).get(request).await {
            Ok(view) => Ok(Some(view.into_inner())),
            Err(status) if status.code() == tonic::Code::NotFound => Ok(None),
            Err(status) => Err(unanswered("rollouts", &status)),
        }
    }

    /// What the leading metrics among these say now.
    pub async fn signals(&self, org: &str, agreed: &[MetricTarget]) -> Result<Vec<Signal>, Fault> {
        let mut signals = Vec::new();
        let leading = |target: &&MetricTarget| target.metric_type == MetricType::Leading;
        for target in agreed.iter().filter(leading) {
            let view = self.metric(org, &target.metric).await?;
            signals.push(Signal {
                metric: target.metric.clone(),
                target_met: view
                    .and_then(|view| read_check_state(view.target_met()))
                    .unwrap_or(CheckState::Unknown(Unknown::NoData)),
            });
        }
        Ok(signals)
    }

    /// The definition with this key; `None` when there is none.
    async fn metric(&self, org: &str, key: &str) -> Result<Option<metrics::MetricView>, Fault> {
        let request = GetRequest {
            org: org.to_owned(),
            id: MetricId::of(org, key).to_string(),
            at_least: String::new(),
        };
        match MetricsClient::new(self.metrics.clone()).get(request).await {
            Ok(view) => Ok(Some(view.into_inner())),
            Err(status) if status.code() == tonic::Code::NotFound => Ok(None),
            Err(status) => Err(unanswered("metrics", &status)),
        }
    }
}

/// The flag that a rollout exposes; `None` for one that ships without.
fn exposed(view: &RolloutView) -> Result<Option<FlagId>, Fault> {
    let parse = |id: &str| id.parse().map_err(|error| Fault::Other(format!("rollouts answered: {error}")));
    (!view.flag_id.is_empty()).then(|| parse(&view.flag_id)).transpose()
}

fn rollout_id(view: &RolloutView) -> Result<RolloutId, Fault> {
    view.id.parse().map_err(|error| Fault::Other(format!("rollouts answered: {error}")))
}

const fn metric_type(metric_type: metrics::MetricType) -> Option<MetricType> {
    match metric_type {
        metrics::MetricType::Unspecified => None,
        metrics::MetricType::Leading => Some(MetricType::Leading),
        metrics::MetricType::Core => Some(MetricType::Core),
        metrics::MetricType::Lagging => Some(MetricType::Lagging),
        metrics::MetricType::Guardrail => Some(MetricType::Guardrail),
    }
}

#[cfg(test)]
pub(crate) mod stand_in;
