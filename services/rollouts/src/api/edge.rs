//! `Edges`: replicas of the flag edge join, say what they serve, and leave.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::EdgeId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::edge_request::Command as Asked;
use verdict_proto::rollouts::v1::edges_server::Edges as Service;
use verdict_proto::v1::CommandReply;
use verdict_rollouts_domain::edge::{Command, Confirmation};
use verdict_runtime::execute::{Envelope, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::problem::{Code, Problem};

use super::fields::{counted, id, optional_id, refuse, text};
use crate::wire::edge::EdgeWire;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct EdgesApi {
    repository: Repository<EdgeWire>,
}

impl EdgesApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>) -> Self {
        Self { repository: Repository::new(log, clock) }
    }
}

#[tonic::async_trait]
impl Service for EdgesApi {
    async fn execute(&self, request: Request<pb::EdgeRequest>) -> Result<Response<CommandReply>, Status> {
        let (envelope, id, command) = extract(request.into_inner()).map_err(refuse)?;
        let id = id.to_string();
        let joins = matches!(command, Command::Join { .. });
        let outcome = self.repository.execute(&envelope, &id, joins, command).await;
        grpc::reply(&id, outcome)
    }
}

/// An edge chooses its own id, or gets one that derives from the command when it joins.
fn extract(mut request: pb::EdgeRequest) -> Result<(Envelope, EdgeId, Command), Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.edge_id, &request)?;
    let asked = request
        .command
        .ok_or_else(|| Problem::field(Code::MissingField, "command", "the request holds no command"))?;
    let (given, created) = match &asked {
        Asked::Join(_) => {
            (optional_id("edge_id", &request.edge_id)?, Some(EdgeId::created_by(envelope.command_id)))
        }
        Asked::Leave(_) | Asked::ConfirmServed(_) => (Some(id("edge_id", &request.edge_id)?), None),
    };
    let edge =
        given.or(created).ok_or_else(|| Problem::field(Code::MissingField, "edge_id", "the id is empty"))?;
    let command = match asked {
        Asked::Join(join) => Command::Join { name: text("join.name", &join.name)? },
        Asked::Leave(_) => Command::Leave,
        Asked::ConfirmServed(served) => Command::ConfirmServed(Confirmation {
            flag: id("confirm_served.flag_id", &served.flag_id)?,
            flag_version: counted("confirm_served.flag_version", served.flag_version)?,
            rollout: id("confirm_served.rollout_id", &served.rollout_id)?,
            stage: served.stage,
            attempt: served.attempt,
        }),
    };
    Ok((envelope, edge, command))
}

#[cfg(test)]
mod tests;
