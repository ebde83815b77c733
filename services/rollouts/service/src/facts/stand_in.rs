//! Stand-ins for the contexts that facts come from.

use std::sync::{Arc, Mutex, MutexGuard};

use tonic::{Request, Response, Status};
use verdict_api::bets::v1::bets_server::{Bets, BetsServer};
use verdict_api::metrics::v1::guardrails_server::{Guardrails, GuardrailsServer};
use verdict_kernel::clock::Clock;
use verdict_proto::bets::v1 as bets;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::v1::{CheckState, CommandReply, GetRequest, ListRequest};
use verdict_runtime::grpc::in_process;

use super::Peers;

/// What the stand-ins answer, and what they were asked.
pub(crate) struct Answers {
    pub(crate) metrics_down: bool,
    pub(crate) bets_down: bool,
    /// `None` = no such bet.
    pub(crate) bet: Option<Vec<bets::MetricTarget>>,
    pub(crate) guardrail: CheckState,
    /// End of the newest window of the guardrail.
    pub(crate) as_of: String,
    pub(crate) breaches: Vec<metrics::BreachFact>,
    pub(crate) asked: Vec<metrics::FactsRequest>,
}

/// Metrics and bets in one: a single guardrail, and every metric that is asked for has received an event.
#[derive(Clone)]
pub(crate) struct Desk {
    answers: Arc<Mutex<Answers>>,
    clock: Arc<dyn Clock>,
}

impl Desk {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let answers = Answers {
            metrics_down: false,
            bets_down: false,
            bet: Some(Vec::new()),
            guardrail: CheckState::Pass,
            as_of: String::new(),
            breaches: Vec::new(),
            asked: Vec::new(),
        };
        Self { answers: Arc::new(Mutex::new(answers)), clock }
    }

    pub(crate) fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap()
    }

    pub(crate) fn peers(&self) -> Peers {
        let metrics = in_process(GuardrailsServer::new(self.clone()));
        Peers { gtm: metrics.clone(), metrics, bets: in_process(BetsServer::new(self.clone())) }
    }
}

fn never<T>() -> Result<Response<T>, Status> {
    Err(Status::unimplemented("no gate asks for it"))
}

#[tonic::async_trait]
impl Guardrails for Desk {
    async fn execute(&self, _: Request<metrics::GuardrailRequest>) -> Result<Response<CommandReply>, Status> {
        never()
    }

    async fn get(&self, _: Request<GetRequest>) -> Result<Response<metrics::GuardrailView>, Status> {
        never()
    }

    async fn list(&self, _: Request<ListRequest>) -> Result<Response<metrics::GuardrailList>, Status> {
        never()
    }

    async fn facts(
        &self,
        request: Request<metrics::FactsRequest>,
    ) -> Result<Response<metrics::FactsReply>, Status> {
        let mut answers = self.answers();
        if answers.metrics_down {
            return Err(Status::unavailable("metrics is down"));
        }
        let request = request.into_inner();
        answers.asked.push(request.clone());
        let metric = |key: String| metrics::MetricFact {
            metric: key,
            r#type: metrics::MetricType::Leading.into(),
            instrumented: true,
            known: true,
            source: "verified-1".to_owned(),
            ..metrics::MetricFact::default()
        };
        Ok(Response::new(metrics::FactsReply {
            confirmed_at: self.clock.now().to_string(),
            position: "metrics:1:1".to_owned(),
            guardrails: vec![metrics::GuardrailFact {
                guardrail_id: "g".to_owned(),
                metric: "error_rate".to_owned(),
                state: answers.guardrail.into(),
                required: "not above 0.02".to_owned(),
                seen: "0.01".to_owned(),
                source: "answer-1".to_owned(),
                as_of: answers.as_of.clone(),
                breaches: answers.breaches.clone(),
                ..metrics::GuardrailFact::default()
            }],
            metrics: request.metrics.into_iter().map(metric).collect(),
        }))
    }

    async fn replay(
        &self,
        _: Request<metrics::ReplayRequest>,
    ) -> Result<Response<metrics::ReplayReply>, Status> {
        never()
    }
}

#[tonic::async_trait]
impl Bets for Desk {
    async fn execute(&self, _: Request<bets::BetRequest>) -> Result<Response<CommandReply>, Status> {
        never()
    }

    async fn get(&self, _: Request<GetRequest>) -> Result<Response<bets::BetView>, Status> {
        let answers = self.answers();
        if answers.bets_down {
            return Err(Status::unavailable("bets is down"));
        }
        match &answers.bet {
            Some(metrics) => {
                Ok(Response::new(bets::BetView { metrics: metrics.clone(), ..bets::BetView::default() }))
            }
            None => Err(Status::not_found("no such bet")),
        }
    }

    async fn list(&self, _: Request<ListRequest>) -> Result<Response<bets::BetList>, Status> {
        never()
    }
}
