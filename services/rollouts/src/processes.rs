//! The rims of the process managers: what log events mean to them and how their steps are sent.

use tonic::{Response, Status};
use verdict_proto::v1::CommandReply;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::component::Fault;
use verdict_runtime::grpc;
use verdict_runtime::process::Performed;

pub mod guardrail_rollback;
pub(crate) mod outline;
pub mod rollout_watch;
pub(crate) mod sending;
pub mod stage_promotion;

/// What a reply means to a process. What is not there, or what the owner will never accept, is recorded as a
/// refusal, so that the steps after it still come. Any other status may be otherwise next time.
pub(crate) fn performed<F>(
    service: &str,
    reply: Result<Response<CommandReply>, Status>,
) -> Result<Performed<F>, Fault> {
    use tonic::Code::{AlreadyExists, InvalidArgument, NotFound};
    let unreachable = |why: &str| Fault::Unreachable {
        service: service.to_owned(),
        why: why.to_owned(),
    };
    match reply {
        Ok(reply) => match reply.into_inner().outcome {
            Some(Outcome::Accepted(_)) => Ok(Performed::DONE),
            Some(Outcome::Refused(refused)) => Ok(Performed::refused(refused.code)),
            None => Err(unreachable("the reply holds no outcome")),
        },
        Err(status) => match grpc::problem_of(&status) {
            Some(problem) if matches!(status.code(), NotFound | InvalidArgument | AlreadyExists) => {
                tracing::warn!(service, "'{service}' does not take the step: {}", problem.detail);
                Ok(Performed::refused(problem.code))
            }
            Some(_) | None => Err(unreachable(status.message())),
        },
    }
}
