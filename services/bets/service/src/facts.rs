//! What a decision on a bet must know from the metrics and rollouts contexts, in the words of the bet.
//!
//! A metric is read by its id, which its key gives: the owner reads its stream to the end, so a metric that was
//! defined a moment ago is known. A peer that does not answer is a fault and never a guess.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use verdict_api::metrics::v1::metrics_client::MetricsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_bets_domain::bet::metrics::{MetricTarget, Wish};
use verdict_bets_domain::bet::{Attached, Reach, Signal};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::{BetId, FlagId, MetricId, RolloutId};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::refusal::Refusal;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1::RolloutView;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::grpc::Transport;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::process::reading::every;
use verdict_runtime::process::sending::unanswered;
use verdict_stored::vocabulary::read_check_state;

/// The contexts that are asked and told.
#[derive(Clone)]
pub struct Peers {
    pub metrics: Transport,
    pub rollouts: Transport,
    pub gtm: Transport,
}

impl Peers {
    /// The types that the definitions of the metrics have now; each of them exists (rule I5).
    pub async fn types(
        &self,
        org: &str,
        wishes: &[Wish],
    ) -> Result<BTreeMap<String, MetricType>, ExecuteError> {
        let mut types = BTreeMap::new();
        for (index, wish) in wishes.iter().enumerate() {
            let key = &wish.metric;
            let Some(view) = self.metric(org, key).await? else {
                return Err(Refusal::unknown_reference("metric", key, "verdict metric list").into());
            };
            let Some(metric_type) = metric_type(view.r#type()) else {
                return Err(Fault::Other(format!("metric '{key}' has no type")).into());
            };
            if let Some(believed) = wish.believed.filter(|believed| *believed != metric_type) {
                let (given, defined) = (believed.as_str(), metric_type.as_str());
                let detail = format!("'{key}' is a {defined} metric, not a {given} one");
                let field = format!("agree_metrics.metrics[{index}].metric_type");
                return Err(Problem::field(Code::InvalidField, field, detail).into());
            }
            types.insert(key.clone(), metric_type);
        }
        Ok(types)
    }

    /// The rollout, with the flag that it exposes (rule I5): the caller names one only to be told when it is another.
    pub async fn attached(
        &self,
        org: &str,
        bet: BetId,
        rollout: RolloutId,
        named: Option<FlagId>,
    ) -> Result<Attached, ExecuteError> {
        let refused = |what: &str, named: String, list: String| {
            Err(Refusal::unknown_reference(what, named, list).into())
        };
        let list = || "verdict rollout list".to_owned();
        let Some(view) = self.rollout(org, rollout).await? else {
            return refused("rollout", rollout.to_string(), list());
        };
        if !view.bet_id.is_empty() && view.bet_id != bet.to_string() {
            return refused("rollout of this bet", rollout.to_string(), list());
        }
        let flag = exposed(&view)?;
        match named {
            Some(named) if flag != Some(named) => {
                refused("flag of that rollout", named.to_string(), format!("verdict rollout get {rollout}"))
            }
            Some(_) | None => Ok(Attached { rollout, flag }),
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
        let wanted = ListRequest {
            org: org.to_owned(),
            at_least: at_least.to_owned(),
            of: bet.to_string(),
            ..ListRequest::default()
        };
        let page = |request| async {
            let page = RolloutsClient::new(self.rollouts.clone()).list(request).await;
            let page = page.map_err(|status| unanswered("rollouts", &status))?.into_inner();
            Ok((page.rollouts, page.next))
        };
        every(wanted, page).try_collect().await
    }

    /// `None` when there is none with this id.
    async fn rollout(&self, org: &str, rollout: RolloutId) -> Result<Option<RolloutView>, Fault> {
        let request = GetRequest { org: org.to_owned(), id: rollout.to_string(), ..GetRequest::default() };
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
            ..GetRequest::default()
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
