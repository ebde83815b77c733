//! `Launches`: commands on launches, one launch, and the list of them.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_gtm_domain::launch::{Command, State};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::LaunchId;
use verdict_proto::gtm::v1 as pb;
use verdict_proto::gtm::v1::launches_server::Launches as Service;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::directory::{Directory, Listing};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::problem::Problem;
use verdict_runtime::projection::Projector;

use crate::facts::Peers;
use crate::wire::launch::LaunchWire;

mod read;
mod request;
#[cfg(test)]
mod tests;

use request::Wanted;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct LaunchesApi {
    repository: Repository<LaunchWire>,
    peers: Peers,
    list: Listing<LaunchWire>,
}

impl LaunchesApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, peers: Peers) -> Self {
        let list = Listing::new("gtm-launches", "the list of launches", log.clone());
        Self { repository: Repository::new(log, clock), peers, list }
    }

    /// The component that feeds the list. `List` reads the one that was made first.
    pub fn projector(&self) -> Projector<Directory<LaunchWire>> {
        self.list.projector()
    }

    async fn run(&self, envelope: Envelope, id: LaunchId, wanted: Wanted) -> Result<Executed, ExecuteError> {
        let creates = wanted.creates();
        let org = &envelope.principal.org;
        self.repository
            .execute_with(&envelope, &id.to_string(), creates, |folded| {
                let wanted = wanted.clone();
                Box::pin(async move { self.with_facts(org, &folded.state, wanted).await })
            })
            .await
    }

    /// The domain command, with the facts of this moment where it needs any.
    async fn with_facts(&self, org: &str, state: &State, wanted: Wanted) -> Result<Command, ExecuteError> {
        let rollout = match state {
            State::Absent => None,
            State::Planned(launch) | State::Launched(launch) | State::Cancelled(launch) => {
                Some(launch.plan.rollout)
            }
        };
        Ok(match (wanted, rollout) {
            (Wanted::Ready(command), _) => command,
            (Wanted::Release, Some(rollout)) => {
                Command::Release { guardrails: self.peers.guardrails(org, rollout).await? }
            }
            (Wanted::Send { channel, early }, Some(rollout)) => Command::Send {
                channel,
                early,
                guardrails: self.peers.guardrails(org, rollout).await?,
                stage: self.peers.stage(org, rollout).await?,
            },
            (Wanted::Release | Wanted::Send { .. }, None) => {
                return Err(ExecuteError::Problem(request::never_planned()));
            }
        })
    }
}

#[tonic::async_trait]
impl Service for LaunchesApi {
    async fn execute(&self, request: Request<pb::LaunchRequest>) -> Result<Response<CommandReply>, Status> {
        let (envelope, id, wanted) = request::extract(request.into_inner()).map_err(refuse)?;
        grpc::reply(&id.to_string(), self.run(envelope, id, wanted).await)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::LaunchView>, Status> {
        let request = request.into_inner();
        let view = self.one(&request).await;
        view.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::LaunchList>, Status> {
        let request = request.into_inner();
        let page = self.page(&request).await;
        page.map(Response::new).map_err(refuse)
    }
}

fn refuse(problem: Problem) -> Status {
    grpc::status(&problem)
}
