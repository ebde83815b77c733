//! `Bets`: commands on bets, one bet, and the board.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_api::bets::v1::bets_server::Bets as Service;
use verdict_bets_domain::bet::{Command, Decision, Facts, Reach, State};
use verdict_bets_wire::bet::BetWire;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::BetId;
use verdict_kernel::policy::Level;
use verdict_proto::bets::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::desk::Desk;
use verdict_runtime::directory::{Directory, Page};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::projection::Projector;

use crate::facts::Peers;

mod request;
#[cfg(test)]
mod tests;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct BetsApi {
    desk: Desk<BetWire>,
    log: Log,
    peers: Peers,
}

impl BetsApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, peers: Peers) -> Self {
        Self { desk: Desk::new("bets-board", "the bet board", log.clone(), clock), log, peers }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { desk: self.desk.at_level(level), ..self }
    }

    /// The component that feeds the board.
    pub fn projector(&self) -> Projector<Directory<BetWire>> {
        self.desk.projector()
    }

    async fn run(&self, envelope: Envelope, id: BetId, command: Command) -> Result<Executed, ExecuteError> {
        let creates = request::creates(&command);
        let (org, asked) = (&envelope.principal.org, &command);
        self.desk
            .execute(&envelope, id, creates, command.clone(), |folded| {
                Box::pin(async move { self.facts(org, id, &folded.state, asked).await })
            })
            .await
    }

    /// What the command needs to know of other contexts, as it is at this moment.
    async fn facts(
        &self,
        org: &str,
        id: BetId,
        state: &State,
        command: &Command,
    ) -> Result<Facts, ExecuteError> {
        let mut facts = Facts::default();
        match command {
            Command::AgreeMetrics(wishes) => facts.metric_types = self.peers.types(org, wishes).await?,
            Command::AttachRollout { rollout, flag } => {
                facts.attached = Some(self.peers.attached(org, id, *rollout, *flag).await?);
            }
            Command::Conclude(Some(Decision::Iterate { .. })) => {
                let agreed = state.known().map_or(&[][..], |bet| &bet.metrics);
                facts.signals = Some(self.peers.signals(org, agreed).await?);
            }
            Command::Conclude(Some(Decision::Scale { .. })) | Command::Withdraw => {
                facts.reach = Some(self.reach(org, id, state).await?);
            }
            _ => {}
        }
        Ok(facts)
    }

    /// How far the rollouts of the bet ever got, those that were planned a moment ago included.
    async fn reach(&self, org: &str, id: BetId, state: &State) -> Result<Reach, Fault> {
        let head = self.log.head().await?.map(|head| head.to_string()).unwrap_or_default();
        let attached = state.known().map_or(&[][..], |bet| &bet.rollouts);
        self.peers.reach(org, id, attached, &head).await
    }
}

#[tonic::async_trait]
impl Service for BetsApi {
    async fn execute(&self, request: Request<pb::BetRequest>) -> Result<Response<CommandReply>, Status> {
        let mut request = request.into_inner();
        let asked = request.bet_id.clone();
        request::call_by_id(&self.desk, &self.log, &mut request).await?;
        let (envelope, id, command) = request::extract(request)?;
        let outcome = self.run(envelope, id, command).await;
        grpc::reply(&id.to_string(), outcome.map_err(|error| error.about(&asked)))
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::BetView>, Status> {
        self.desk.get(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::BetList>, Status> {
        let Page { items, position, next } = self.desk.list(request.get_ref()).await?;
        Ok(Response::new(pb::BetList { bets: items, position, next }))
    }
}
