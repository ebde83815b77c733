//! Reads: one incident from its stream, the list from the view.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::IncidentId;
use verdict_metrics_domain::incident::State;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::directory::{Entry, Page};
use verdict_runtime::execute::{ExecuteError, Repository};
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading::{at_least, org};
use verdict_runtime::wire::Metadata;

use super::{IncidentsApi, request};
use crate::wire::incident::{IncidentWire, severity};

impl IncidentsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::IncidentView, ExecuteError> {
        at_least(&request.at_least)?;
        let id: IncidentId = request::id("id", &request.id)?;
        let id = id.to_string();
        let folded = self.repository.find(org(&request.org), &id).await?;
        let detected_at = self.detected_at(&id).await?;
        let position = folded.last_position.as_ref();
        view(&id, &folded.state, detected_at, folded.version, position).ok_or_else(|| {
            let problem = Problem::new(Code::NotFound, "the incident was never reported");
            ExecuteError::Problem(problem)
        })
    }

    /// The time of the first event; domain events carry none of their own.
    async fn detected_at(&self, id: &str) -> Result<Option<Timestamp>, Fault> {
        let stream = Repository::<IncidentWire>::stream(id);
        let first = self.log.read_stream(&stream, 0, 1).await?;
        let metadata = first.events.first().map(Metadata::of).transpose()?;
        Ok(metadata.map(|metadata| metadata.at))
    }

    /// `of` is the id of a rollout.
    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::IncidentList, Problem> {
        let is_of = |incident: &pb::IncidentView, rollout: &str| incident.rollout_id == rollout;
        let Page { items, position, next } = self.list.page(request, entry_view, is_of).await?;
        Ok(pb::IncidentList { incidents: items, position, next })
    }
}

fn entry_view(id: &str, entry: &Entry<State>) -> Option<pb::IncidentView> {
    let position = Some(&entry.position);
    view(id, &entry.state, Some(entry.began), entry.version, position)
}

fn view(
    id: &str,
    state: &State,
    detected_at: Option<Timestamp>,
    version: u64,
    position: Option<&Position>,
) -> Option<pb::IncidentView> {
    let (report, judged) = state.reported()?;
    Some(pb::IncidentView {
        id: id.to_owned(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        position: position.map(Position::to_string).unwrap_or_default(),
        rollout_id: report.origin.rollout().map(|rollout| rollout.to_string()).unwrap_or_default(),
        severity: severity(judged).into(),
        state: state.name().to_owned(),
        title: report.title.clone(),
        detected_at: detected_at.map(|at| at.to_string()).unwrap_or_default(),
    })
}
