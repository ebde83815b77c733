//! `Incidents`: commands on incidents, one incident, and the list of them.

use std::sync::Arc;

use futures::FutureExt;
use tonic::{Request, Response, Status};
use verdict_api::metrics::v1::incidents_server::Incidents as Service;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::RolloutId;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Auth;
use verdict_kernel::refusal::Refusal;
use verdict_metrics_domain::incident::Command;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::desk::Desk;
use verdict_runtime::directory::{Directory, Page};
use verdict_runtime::execute::{ExecuteError, Executed};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::projection::Projector;

mod request;
#[cfg(test)]
mod tests;

use crate::board::Board;
use request::Checked;
use verdict_metrics_wire::incident::IncidentWire;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct IncidentsApi {
    desk: Desk<IncidentWire>,
    board: Arc<Board>,
}

impl IncidentsApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, board: Arc<Board>) -> Self {
        Self { desk: Desk::new("metrics-incidents", "the list of incidents", log, clock), board }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { desk: self.desk.at_level(level), ..self }
    }

    async fn decide(&self, asked: Checked) -> Result<Executed, ExecuteError> {
        let Checked { envelope, id, creates, command } = asked;
        let named = match &command {
            // Processes report what they follow (decision D9).
            Command::Report(report) if envelope.principal.auth != Auth::Process => report.origin.rollout(),
            _ => None,
        };
        let gather = |_| self.check_rollout(&envelope.principal.org, named).boxed();
        self.desk.execute(&envelope, id, creates, command, gather).await
    }

    /// Rule I5: a rollout that is named exists.
    async fn check_rollout(&self, org: &str, named: Option<RolloutId>) -> Result<(), ExecuteError> {
        let Some(rollout) = named else {
            return Ok(());
        };
        self.board.refresh().await?;
        if self.board.read(|view| view.rollouts.get(rollout).is_some_and(|entry| entry.org == org)) {
            return Ok(());
        }
        Err(Refusal::unknown_reference("rollout", rollout, "verdict rollout list").into())
    }

    /// The component that feeds the list.
    pub fn projector(&self) -> Projector<Directory<IncidentWire>> {
        self.desk.projector()
    }
}

#[tonic::async_trait]
impl Service for IncidentsApi {
    async fn execute(&self, request: Request<pb::IncidentRequest>) -> Result<Response<CommandReply>, Status> {
        let asked = request::extract(request.into_inner())?;
        let id = asked.id.to_string();
        let outcome = self.decide(asked).await;
        grpc::reply(&id, outcome)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::IncidentView>, Status> {
        self.desk.get(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::IncidentList>, Status> {
        let Page { items, position, next } = self.desk.list(request.get_ref()).await?;
        Ok(Response::new(pb::IncidentList { incidents: items, position, next }))
    }
}
