//! How a process sends a step to a service and what the answer means to it.

use tonic::{Code, Response, Status};
use verdict_kernel::id::CommandId;
use verdict_proto::v1::{Accepted, CommandReply, command_reply::Outcome};

use super::Performed;
use crate::execute::Envelope;
use crate::fault::Fault;
use crate::grpc;

#[cfg(test)]
mod tests;

/// What a service answered to a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Accepted(Box<Accepted>),
    /// The code of the refusal, or of the fault in the request: sending it again would not help.
    Refused(String),
}

impl Answer {
    /// The outcome of a step that learns nothing from the answer.
    pub fn performed<F>(self) -> Performed<F> {
        match self {
            Self::Accepted(_) => Performed::DONE,
            Self::Refused(code) => Performed::refused(code),
        }
    }
}

/// The answer of `service`, or the fault after which the step is sent again.
pub fn answer(
    service: &'static str,
    envelope: &Envelope,
    reply: Result<Response<CommandReply>, Status>,
) -> Result<Answer, Fault> {
    let unreachable = |why: String| Fault::Unreachable { service: service.to_owned(), why };
    match reply.map(|response| response.into_inner().outcome) {
        Ok(Some(Outcome::Accepted(accepted))) => Ok(Answer::Accepted(Box::new(accepted))),
        Ok(Some(Outcome::Refused(refused))) => Ok(Answer::Refused(refused.code)),
        Ok(None) => Err(unreachable("it answered with an empty reply".to_owned())),
        Err(status) => match (status.code(), grpc::problem_of(&status), &envelope.fence) {
            (_, Some(problem), Some(fence)) if problem.code == "fenced" => Err(Fault::Fenced {
                lease: fence.lease.clone(),
                mine: fence.epoch,
                newer: fence.epoch.saturating_add(1),
            }),
            // Without a problem it is not the service that says so: there may be none at that address yet.
            (
                Code::NotFound | Code::InvalidArgument | Code::AlreadyExists | Code::PermissionDenied,
                Some(problem),
                _,
            ) => Ok(Answer::Refused(problem.code)),
            _ => Err(unreachable(status.message().to_owned())),
        },
    }
}

/// The fault of a read that `service` did not answer.
pub fn unanswered(service: &'static str, status: &Status) -> Fault {
    Fault::Unreachable { service: service.to_owned(), why: status.message().to_owned() }
}

/// The envelope of one of several commands that a single step sends; `part` tells them apart.
pub fn part_of(envelope: &Envelope, part: &str) -> Envelope {
    Envelope { command_id: CommandId::derive(envelope.command_id.as_uuid(), part), ..envelope.clone() }
}
