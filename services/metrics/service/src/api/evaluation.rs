//! `Evaluation`: what the holder of a share does for the other replicas. It answers for itself or says who holds the
//! share, and asks nobody else, so no request goes round in circles.

use std::sync::Arc;
use std::time::Duration;

use tonic::{Request, Response, Status};
use verdict_api::metrics::v1::evaluation_server::Evaluation as Service;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::RolloutId;
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::fields::id;
use verdict_runtime::grpc;
use verdict_runtime::observations::Row;
use verdict_runtime::problem::{Code, Problem};

use super::guardrail::GuardrailsApi;
use crate::board::Board;
use crate::evaluator::Evaluation;
use crate::observed;
use verdict_runtime::reading::position;

/// How long a request waits for the board to reach the head of the log, as where the rows came in.
const PATIENCE: Duration = Duration::from_millis(50);

/// The service as generated code calls it.
#[derive(Clone)]
pub struct EvaluationApi {
    evaluation: Arc<Evaluation>,
    board: Arc<Board>,
    guardrails: GuardrailsApi,
    clock: Arc<dyn Clock>,
}

impl EvaluationApi {
    pub fn new(
        evaluation: Arc<Evaluation>,
        board: Arc<Board>,
        guardrails: GuardrailsApi,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { evaluation, board, guardrails, clock }
    }

    async fn judged(&self, request: pb::JudgeRequest) -> Result<pb::JudgeReply, Problem> {
        let (shard, shards) = (request.shard, request.shards);
        let Some(place) = self.evaluation.places().named(shard, shards) else {
            let here = self.evaluation.places().all().len();
            let detail = format!("there is no share {shard} of {shards} here, but {here} shares");
            return Err(Problem::field(Code::InvalidField, "shards", detail)
                .hint("give every replica the same [lease] shards"));
        };
        let rows: Vec<Row> = request.rows.into_iter().map(observed::decode).collect::<Result<_, _>>()?;
        let Some(right) = place.right(self.clock.monotonic()) else {
            return Err(self.evaluation.places().elsewhere(place).await);
        };
        let fault = |fault: Fault| grpc::fault_problem(&fault);
        if let Ok(refreshed) = tokio::time::timeout(PATIENCE, self.board.refresh_if_grown()).await {
            refreshed.map_err(fault)?;
        }
        match self.evaluation.judge_at(place, &right, &rows).await {
            Ok(judged) => Ok(pb::JudgeReply { position: position(judged.position.as_ref()) }),
            Err(_) if place.right(self.clock.monotonic()).as_ref() != Some(&right) => {
                Err(self.evaluation.places().elsewhere(place).await)
            }
            Err(error) => Err(fault(error)),
        }
    }

    async fn confirmed(&self, request: &pb::FactsRequest) -> Result<pb::FactsReply, Problem> {
        let rollout: RolloutId = id("rollout_id", &request.rollout_id)?;
        let place = self.evaluation.places().of(rollout);
        if place.right(self.clock.monotonic()).is_none() {
            return Err(self.evaluation.places().elsewhere(place).await);
        }
        self.guardrails.own_facts(request).await.map_err(grpc::problem)
    }
}

#[tonic::async_trait]
impl Service for EvaluationApi {
    async fn judge(&self, request: Request<pb::JudgeRequest>) -> Result<Response<pb::JudgeReply>, Status> {
        self.judged(request.into_inner()).await.map(Response::new).map_err(Status::from)
    }

    async fn confirm(&self, request: Request<pb::FactsRequest>) -> Result<Response<pb::FactsReply>, Status> {
        self.confirmed(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }
}
