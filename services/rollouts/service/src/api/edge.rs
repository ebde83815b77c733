//! `Edges`: replicas of the flag edge join, say that they live and what they serve, and leave.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_api::rollouts::v1::edges_server::Edges as Service;
use verdict_api::rollouts::v1::flags_server::Flags;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::EdgeId;
use verdict_kernel::principal::Principal;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::edge_request::Command as Asked;
use verdict_proto::v1::CommandReply;
use verdict_rollouts_domain::edge::{Command, Confirmation};
use verdict_rollouts_wire::edge::EdgeWire;
use verdict_runtime::execute::{Envelope, Repository};
use verdict_runtime::fields::{self, counted, id, optional_id, text};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::route;

use super::flag::FlagsApi;
use super::rollout::CONTEXT;
use crate::seats::{self, Seats};

/// The service as generated code calls it.
#[derive(Clone)]
pub struct EdgesApi {
    repository: Repository<EdgeWire>,
    seats: Arc<Seats>,
    flags: FlagsApi,
    log: Log,
    clock: Arc<dyn Clock>,
}

impl EdgesApi {
    /// `flags` holds what an edge served last before its log went back.
    pub fn new(log: Log, clock: Arc<dyn Clock>, seats: Arc<Seats>, flags: FlagsApi) -> Self {
        Self { repository: Repository::new(log.clone(), clock.clone()), seats, flags, log, clock }
    }

    /// The flag shows no more than what the edge served, until a person releases it (rule R25).
    async fn hold(
        &self,
        envelope: &Envelope,
        served: pb::ReportServed,
    ) -> Result<Response<CommandReply>, Status> {
        let pb::ReportServed { flag_id, audience, killed } = served;
        let last_served = Some(audience.filter(|_| !killed).unwrap_or_default());
        let hold = pb::HoldFlag { last_served, ..pb::HoldFlag::default() };
        let request = pb::FlagRequest {
            meta: Some(grpc::meta(envelope)),
            flag_id,
            command: Some(pb::flag_request::Command::Hold(hold)),
            ..pb::FlagRequest::default()
        };
        Flags::execute(&self.flags, Request::new(request)).await
    }
}

#[tonic::async_trait]
impl Service for EdgesApi {
    async fn execute(&self, request: Request<pb::EdgeRequest>) -> Result<Response<CommandReply>, Status> {
        let mut request = request.into_inner();
        if let Some(Asked::ReportServed(served)) = request.command.clone() {
            let meta = request.meta.take();
            let envelope = grpc::envelope(meta, &request.edge_id, &request)?;
            id::<EdgeId>("edge_id", &request.edge_id)?;
            return self.hold(&envelope, served).await;
        }
        let (envelope, id, command) = extract(request)?;
        let id = id.to_string();
        let joins = matches!(command, Command::Join { .. });
        let outcome = self.repository.execute(&envelope, &id, joins, command).await;
        grpc::reply(&id, outcome)
    }

    async fn renew(
        &self,
        request: Request<pb::RenewSeatRequest>,
    ) -> Result<Response<pb::RenewSeatReply>, Status> {
        let pb::RenewSeatRequest { org, edge_id, .. } = request.into_inner();
        let edge = id("edge_id", &edge_id)?;
        let org = if org.is_empty() { Principal::DEFAULT_ORG.to_owned() } else { org };
        let now = self.clock.monotonic();
        if !self.seats.are_kept(now) {
            return Err(route::elsewhere(&self.log, CONTEXT, seats::NAME).await.into());
        }
        let ttl_ms = u32::try_from(self.seats.ttl().as_millis()).unwrap_or(u32::MAX);
        Ok(Response::new(pb::RenewSeatReply { ttl_ms, known: self.seats.renew(&org, edge, now) }))
    }
}

/// An edge chooses its own id, or gets one that derives from the command when it joins.
fn extract(mut request: pb::EdgeRequest) -> Result<(Envelope, EdgeId, Command), Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.edge_id, &request)?;
    let asked = fields::command(request.command)?;
    let (given, created) = match &asked {
        Asked::Join(_) => {
            (optional_id("edge_id", &request.edge_id)?, Some(EdgeId::created_by(envelope.command_id)))
        }
        Asked::Leave(_) | Asked::Lose(_) | Asked::ConfirmServed(_) | Asked::ReportServed(_) => {
            (Some(id("edge_id", &request.edge_id)?), None)
        }
    };
    let edge =
        given.or(created).ok_or_else(|| Problem::field(Code::MissingField, "edge_id", "the id is empty"))?;
    let command = match asked {
        Asked::Join(join) => Command::Join { name: text("join.name", &join.name)? },
        Asked::Leave(_) => Command::Leave,
        Asked::Lose(_) => Command::Lose,
        Asked::ConfirmServed(served) => Command::ConfirmServed(Confirmation {
            flag: id("confirm_served.flag_id", &served.flag_id)?,
            flag_version: counted("confirm_served.flag_version", served.flag_version)?,
            rollout: optional_id("confirm_served.rollout_id", &served.rollout_id)?,
            stage: served.stage,
            attempt: served.attempt,
        }),
        Asked::ReportServed(_) => {
            let detail = "what was served is for the flag to hold";
            return Err(Problem::field(Code::InvalidField, "command", detail));
        }
    };
    Ok((envelope, edge, command))
}

#[cfg(test)]
mod tests;
