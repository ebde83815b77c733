//! `Rollouts`: commands on rollouts, one rollout, the list of them, and why a gate is open or shut.
//!
//! A widening is decided on facts that are gathered each time it is decided, never on kept ones (rule R16).

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollouts_server::Rollouts as Service;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_rollouts_domain::gate::{Answer, Facts, FlagFact};
use verdict_rollouts_domain::rollout::{Command, State};
use verdict_runtime::component::Fault;
use verdict_runtime::directory::{Directory, Listing};
use verdict_runtime::execute::{ExecuteError, Executed, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::projection::Projector;
use verdict_runtime::route;

use super::fields::refuse;
use crate::facts::Sources;
use crate::watch::{self, Renewals};
use crate::wire::rollout::RolloutWire;

mod read;
mod request;
#[cfg(test)]
mod tests;

use request::{Checked, Wanted};

/// The context, as leases name it.
pub(crate) const CONTEXT: &str = "rollouts";

/// The service as generated code calls it.
#[derive(Clone)]
pub struct RolloutsApi {
    log: Log,
    repository: Repository<RolloutWire>,
    sources: Sources,
    renewals: Arc<Renewals>,
    clock: Arc<dyn Clock>,
    list: Listing<RolloutWire>,
}

impl RolloutsApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, sources: Sources, renewals: Arc<Renewals>) -> Self {
        Self {
            repository: Repository::new(log.clone(), clock.clone()),
            sources,
            renewals,
            clock,
            list: Listing::new("rollouts-rollouts", "the list of rollouts", log.clone()),
            log,
        }
    }

    /// The component that feeds the list. `List` reads the one that was made first.
    pub fn projector(&self) -> Projector<Directory<RolloutWire>> {
        self.list.projector()
    }

    /// The aggregates, for those in this service who need to know where a rollout stands.
    pub fn repository(&self) -> &Repository<RolloutWire> {
        &self.repository
    }

    async fn run(&self, checked: Checked) -> Result<Executed, ExecuteError> {
        let Checked { envelope, id, wanted, creates } = checked;
        let id = id.to_string();
        let org = &envelope.principal.org;
        self.repository
            .execute_with(&envelope, &id, creates, |folded| {
                let (wanted, id) = (wanted.clone(), id.as_str());
                Box::pin(async move { Ok(self.with_facts(org, id, &folded.state, wanted).await?) })
            })
            .await
    }

    /// The domain command, with the facts of this moment where it needs any.
    async fn with_facts(&self, org: &str, id: &str, state: &State, wanted: Wanted) -> Result<Command, Fault> {
        Ok(match wanted {
            Wanted::Ready(command) => *command,
            // Going down asks nobody, so that it works when nobody answers.
            Wanted::EnterStage(target) if state.active().is_none_or(|active| target <= active.stage) => {
                Command::EnterStage { stage: target, facts: unasked() }
            }
            Wanted::EnterStage(target) => {
                Command::EnterStage { stage: target, facts: self.facts(org, id, state).await? }
            }
            Wanted::AdvanceStep => Command::AdvanceStep { facts: self.facts(org, id, state).await? },
            Wanted::EvaluateGate(attempt) => {
                Command::EvaluateGate { attempt, facts: self.facts(org, id, state).await? }
            }
        })
    }

    async fn facts(&self, org: &str, id: &str, state: &State) -> Result<Facts, Fault> {
        match state.course() {
            Some(course) => self.sources.gather(org, id, &course.plan).await,
            None => Ok(unasked()),
        }
    }
}

/// What is known when nobody was asked.
fn unasked() -> Facts {
    let why = "not asked".to_owned();
    Facts { flag: FlagFact::Unknown(why.clone()), metrics: Answer::Silent(why) }
}

#[tonic::async_trait]
impl Service for RolloutsApi {
    async fn execute(&self, request: Request<pb::RolloutRequest>) -> Result<Response<CommandReply>, Status> {
        let checked = request::extract(request.into_inner()).map_err(refuse)?;
        grpc::reply(&checked.id.to_string(), self.run(checked).await)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::RolloutView>, Status> {
        let view = self.one(request.get_ref()).await;
        view.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::RolloutList>, Status> {
        let page = self.page(request.get_ref()).await;
        page.map(Response::new).map_err(refuse)
    }

    async fn why(&self, request: Request<GetRequest>) -> Result<Response<pb::GateView>, Status> {
        let view = self.gate(request.get_ref()).await;
        view.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn renew_watch(
        &self,
        request: Request<pb::RenewWatchRequest>,
    ) -> Result<Response<pb::RenewWatchReply>, Status> {
        let rollouts = request::watched(&request.get_ref().rollout_ids).map_err(refuse)?;
        let now = self.clock.monotonic();
        if !self.renewals.are_kept(now) {
            return Err(refuse(route::elsewhere(&self.log, CONTEXT, watch::NAME).await));
        }
        let period = self.renewals.renew(rollouts, now);
        Ok(Response::new(pb::RenewWatchReply {
            period_seconds: u32::try_from(period.as_secs()).unwrap_or(u32::MAX),
        }))
    }
}
