//! `Launches`: commands on launches, one launch, and the list of them.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_api::gtm::v1::launches_server::Launches as Service;
use verdict_gtm_domain::launch::{CANCELLED, Command, Facts, Plan, State, Succession};
use verdict_gtm_wire::launch::LaunchWire;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{LaunchId, RolloutId};
use verdict_kernel::key::Key;
use verdict_kernel::policy::Level;
use verdict_proto::gtm::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::desk::Desk;
use verdict_runtime::directory::{Directory, Page};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::naming;
use verdict_runtime::projection::Projector;

use crate::facts::Peers;

mod request;
#[cfg(test)]
mod tests;

use request::Target;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct LaunchesApi {
    desk: Desk<LaunchWire>,
    peers: Peers,
}

impl LaunchesApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, peers: Peers) -> Self {
        Self { desk: Desk::new("gtm-launches", "the list of launches", log, clock), peers }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { desk: self.desk.at_level(level), ..self }
    }

    /// The component that feeds the list.
    pub fn projector(&self) -> Projector<Directory<LaunchWire>> {
        self.desk.projector()
    }

    /// Carries it out, and says on which launch.
    async fn run(
        &self,
        envelope: Envelope,
        target: Target,
        command: Command,
    ) -> (String, Result<Executed, ExecuteError>) {
        match (target, command) {
            (Target::OfRollout(key), Command::Plan(plan)) => self.plan(&envelope, key, &plan).await,
            (Target::OfRollout(_), _) => (String::new(), Err(Desk::<LaunchWire>::absent().into())),
            (Target::Launch(id), command) => {
                let outcome = self.execute_on(&envelope, id, command).await;
                (id.to_string(), outcome)
            }
        }
    }

    /// Rule G13: launches of a rollout are numbered, and the number moves on only past a cancelled one. Two plans at
    /// once meet in one stream, and a repeated command finds itself in the stream that it began.
    async fn plan(
        &self,
        envelope: &Envelope,
        key: Option<Key>,
        plan: &Plan,
    ) -> (String, Result<Executed, ExecuteError>) {
        let mut number = 1;
        loop {
            let id = LaunchId::of(&envelope.principal.org, plan.rollout, number);
            let run =
                |envelope| async move { self.execute_on(&envelope, id, Command::Plan(plan.clone())).await };
            let outcome = match &key {
                Some(key) => {
                    let same = |_| id.to_string();
                    let run = |envelope, _| run(envelope);
                    naming::begin(self.desk.repository(), envelope, key, is_over, same, run).await.1
                }
                None => run(envelope.clone()).await,
            };
            match outcome {
                Err(ExecuteError::Refused(blockers)) if blockers.first().code == CANCELLED => number += 1,
                outcome => return (id.to_string(), outcome),
            }
        }
    }

    async fn execute_on(
        &self,
        envelope: &Envelope,
        id: LaunchId,
        command: Command,
    ) -> Result<Executed, ExecuteError> {
        let creates = matches!(command, Command::Plan(_));
        let (org, asked) = (&envelope.principal.org, &command.clone());
        self.desk
            .execute(envelope, id, creates, command, |folded| {
                Box::pin(async move { self.facts(org, id, &folded.state, asked).await })
            })
            .await
    }

    /// What the command rests on, of this moment.
    async fn facts(
        &self,
        org: &str,
        id: LaunchId,
        state: &State,
        command: &Command,
    ) -> Result<Facts, ExecuteError> {
        let rollout = state.launch().map(|launch| launch.plan.rollout);
        let nothing = Facts::default();
        Ok(match (command, rollout) {
            (Command::Plan(plan), None) => {
                self.peers.check(org, plan).await?;
                nothing
            }
            (Command::Release, Some(rollout)) => {
                Facts { guardrails: Some(self.peers.guardrails(org, rollout).await?), ..nothing }
            }
            (Command::Send { .. }, Some(rollout)) => Facts {
                guardrails: Some(self.peers.guardrails(org, rollout).await?),
                stage: Some(self.peers.stage(org, rollout).await?),
                ..nothing
            },
            (Command::Replan, Some(rollout)) => {
                Facts { succession: Some(self.succession(org, rollout, id).await?), ..nothing }
            }
            (_, _) => nothing,
        })
    }

    /// Whether another launch was planned after this one was cancelled.
    async fn succession(
        &self,
        org: &str,
        rollout: RolloutId,
        id: LaunchId,
    ) -> Result<Succession, ExecuteError> {
        let mut number = 1;
        loop {
            let at = LaunchId::of(org, rollout, number);
            if self.desk.repository().load(&at.to_string()).await?.version == 0 {
                return Ok(Succession::Open);
            }
            number += 1;
            if at == id {
                let next = LaunchId::of(org, rollout, number);
                let taken = self.desk.repository().load(&next.to_string()).await?.version > 0;
                return Ok(if taken { Succession::Taken(next) } else { Succession::Open });
            }
        }
    }
}

/// Whether another launch may be called as this one was.
const fn is_over(state: &State) -> bool {
    matches!(state, State::Launched(_) | State::Cancelled(_))
}

#[tonic::async_trait]
impl Service for LaunchesApi {
    async fn execute(&self, request: Request<pb::LaunchRequest>) -> Result<Response<CommandReply>, Status> {
        let mut request = request.into_inner();
        request::call_by_id(&self.desk, &mut request).await?;
        let (envelope, target, command) = request::extract(request)?;
        let (id, outcome) = self.run(envelope, target, command).await;
        grpc::reply(&id, outcome)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::LaunchView>, Status> {
        self.desk.get(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    /// `of` is the id of a bet or of a rollout.
    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::LaunchList>, Status> {
        let Page { items, position, next } = self.desk.list(request.get_ref()).await?;
        Ok(Response::new(pb::LaunchList { launches: items, position, next }))
    }
}
