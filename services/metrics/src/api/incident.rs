//! `Incidents`: commands on incidents, one incident, and the list of them.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_kernel::clock::Clock;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::incidents_server::Incidents as Service;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::directory::{Directory, Listing};
use verdict_runtime::execute::Repository;
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::problem::Problem;
use verdict_runtime::projection::Projector;

mod read;
mod request;
#[cfg(test)]
mod tests;

use crate::wire::incident::IncidentWire;

/// The service as generated code calls it.
#[derive(Clone)]
pub struct IncidentsApi {
    repository: Repository<IncidentWire>,
    log: Log,
    list: Listing<IncidentWire>,
}

impl IncidentsApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>) -> Self {
        let list = Listing::new("metrics-incidents", "the list of incidents", log.clone());
        Self { repository: Repository::new(log.clone(), clock), log, list }
    }

    /// The component that feeds the list. `List` reads the one that was made first.
    pub fn projector(&self) -> Projector<Directory<IncidentWire>> {
        self.list.projector()
    }
}

#[tonic::async_trait]
impl Service for IncidentsApi {
    async fn execute(&self, request: Request<pb::IncidentRequest>) -> Result<Response<CommandReply>, Status> {
        let asked = request::extract(request.into_inner()).map_err(refuse)?;
        let id = asked.id.to_string();
        let outcome = self.repository.execute(&asked.envelope, &id, asked.creates, asked.command).await;
        grpc::reply(&id, outcome)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::IncidentView>, Status> {
        let view = self.one(request.get_ref()).await;
        view.map(Response::new).map_err(|error| refuse(grpc::problem(error)))
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::IncidentList>, Status> {
        let page = self.page(request.get_ref()).await;
        page.map(Response::new).map_err(refuse)
    }
}

fn refuse(problem: Problem) -> Status {
    grpc::status(&problem)
}
