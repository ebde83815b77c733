//! `Flags`: commands on flags, one flag, and the list of them.
//!
//! Taking exposure back is never refused for a stale version, and not even for a past that cannot be read: then
//! the flag is killed without folding it (design clause 16).

use std::sync::Arc;

use futures::future::BoxFuture;
use tonic::{Request, Response, Status};
use verdict_api::rollouts::v1::flags_server::Flags as Service;
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Auth;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_rollouts_domain::flag::{Command, Event, Known};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::desk::Desk;
use verdict_runtime::directory::{Directory, Page};
use verdict_runtime::execute::{ExecuteError, Executed, Folded, Repository};
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::log::Log;
use verdict_runtime::projection::Projector;

use crate::restored;

mod facts;
mod request;
mod returning;
#[cfg(test)]
mod tests;

use request::Checked;
use returning::Before;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct FlagsApi {
    desk: Desk<FlagWire>,
    rollouts: Repository<RolloutWire>,
    metrics: Option<Transport>,
    log: Log,
    clock: Arc<dyn Clock>,
}

impl FlagsApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>) -> Self {
        let desk = Desk::new("rollouts-flags", "the list of flags", log.clone(), clock.clone());
        let rollouts = Repository::new(log.clone(), clock.clone());
        Self { desk, rollouts, metrics: None, log, clock }
    }

    /// With the service that knows whether a guardrail is broken; without it no kill is undone.
    #[must_use]
    pub fn asking(self, metrics: Transport) -> Self {
        Self { metrics: Some(metrics), ..self }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { desk: self.desk.at_level(level), ..self }
    }

    /// The component that feeds the list.
    pub fn projector(&self) -> Projector<Directory<FlagWire>> {
        self.desk.projector()
    }

    /// The aggregates, for those in this service who need to know what is served.
    pub fn repository(&self) -> &Repository<FlagWire> {
        self.desk.repository()
    }

    async fn execute_checked(&self, asked: Checked) -> Result<Executed, ExecuteError> {
        match &asked.command {
            Command::Narrow { .. } | Command::Kill | Command::TurnOff { .. } | Command::Hold { .. } => {
                self.take_back(asked).await
            }
            command => {
                let org = &*asked.envelope.principal.org;
                if matches!(command, Command::SetExposure(_) | Command::Revive { .. })
                    && !asked.envelope.dry_run
                {
                    self.hold_after_a_restore(&asked.id.to_string(), org).await?;
                }
                let gather = |flag: Arc<Folded<FlagWire>>| -> BoxFuture<'_, _> {
                    Box::pin(async move { self.known(org, &flag, command).await })
                };
                let (envelope, wish) = (&asked.envelope, command.clone());
                self.desk.execute(envelope, asked.id, asked.creates, wish, gather).await
            }
        }
    }

    /// Rule R25: what was asked for before the log went back raises nothing, whether or not the flag was held by now.
    async fn hold_after_a_restore(&self, id: &str, org: &str) -> Result<(), ExecuteError> {
        match restored::missing_hold(&self.log, self.repository(), id, org).await? {
            None => Ok(()),
            Some(request) => self.take_back(request::extract(request)?).await.map(drop),
        }
    }

    /// Only people are asked whether there is a way back (rule R26).
    async fn take_back_knowing(&self, asked: &Checked, id: &str) -> Result<Executed, ExecuteError> {
        let (envelope, command) = (&asked.envelope, &asked.command);
        let principal = &envelope.principal;
        let is_asked = principal.auth != Auth::Process;
        let before = Before::default();
        let gather = |flag: Arc<Folded<FlagWire>>| -> BoxFuture<'_, _> {
            before.is(&flag);
            Box::pin(async move {
                if is_asked { self.known(&principal.org, &flag, command).await } else { Ok(Known::default()) }
            })
        };
        let executed = self.repository().execute_with(envelope, id, false, command.clone(), gather).await?;
        before.tell(asked, &executed, self.repository()).await;
        Ok(executed)
    }

    /// Safety needs no understanding: over a past that cannot be read the flag is killed, whatever was asked.
    async fn take_back(&self, mut asked: Checked) -> Result<Executed, ExecuteError> {
        let id = asked.id.to_string();
        asked.envelope.expected_version = None;
        let outcome = self.take_back_knowing(&asked, &id).await;
        let Err(ExecuteError::Fault(fault @ Fault::Unreadable { .. })) = outcome else {
            return outcome;
        };
        let stream = Repository::<FlagWire>::stream(&id);
        let last = self.log.read_last(&stream).await?;
        let foreign = last
            .as_ref()
            .and_then(|event| event.metadata().ok())
            .is_some_and(|metadata| metadata.org != asked.envelope.principal.org);
        let Some(last) = last.filter(|_| !foreign) else {
            return Err(fault.into());
        };
        if !asked.envelope.dry_run {
            tracing::error!(flag.id = %id, error = %fault, "killing flag {id} without reading its past");
        }
        // There were never more versions than events, so this one is newer than all of them.
        let version = u32::try_from(last.revision + 2).unwrap_or(u32::MAX);
        let reason = format!("its past cannot be read by this version: {fault}");
        let killed = [Event::Killed { version, reason, at: self.clock.now() }];
        self.repository().append_blind(&asked.envelope, &id, &killed).await
    }
}

#[tonic::async_trait]
impl Service for FlagsApi {
    async fn execute(&self, request: Request<pb::FlagRequest>) -> Result<Response<CommandReply>, Status> {
        let called = request.get_ref().flag_id.clone();
        let asked = request::extract(request.into_inner())?;
        let id = asked.id.to_string();
        let outcome = self.execute_checked(asked).await;
        grpc::reply(&id, outcome.map_err(|error| error.about(&called)))
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::FlagView>, Status> {
        self.desk.get(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::FlagList>, Status> {
        let Page { items, position, next } = self.desk.list(request.get_ref()).await?;
        Ok(Response::new(pb::FlagList { flags: items, position, next }))
    }
}
