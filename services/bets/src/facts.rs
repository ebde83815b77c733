//! What a decision on a bet must know from the metrics context, in the words of the bet.
//!
//! A metric is read by its id, which its key gives: the owner reads its stream to the end, so a metric that was
//! defined a moment ago is known. A peer that does not answer is a fault and never a guess.

use verdict_bets_domain::bet::Signal;
use verdict_bets_domain::bet::metrics::{Direction, MetricTarget, MetricType, Role};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::MetricId;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::metrics::v1::metrics_client::MetricsClient;
use verdict_proto::v1::GetRequest;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::grpc::{Transport, read_check_state};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::process::sending::unanswered;

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

impl Peers {
    /// The metrics with the types that their definitions have now.
    pub async fn confirm(&self, org: &str, wishes: &[Wish]) -> Result<Vec<MetricTarget>, ExecuteError> {
        let mut confirmed = Vec::with_capacity(wishes.len());
        for (index, wish) in wishes.iter().enumerate() {
            let field = format!("agree_metrics.metrics[{index}]");
            let key = &wish.metric;
            let Some(view) = self.metric(org, key).await? else {
                let detail = format!("'{key}' is not defined");
                return Err(Problem::field(Code::UnknownMetric, format!("{field}.metric"), detail).into());
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
