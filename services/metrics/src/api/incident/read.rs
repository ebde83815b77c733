//! Reads: one incident from its stream, the list from the view.

use std::ops::Bound;
use std::time::Duration;

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::IncidentId;
use verdict_kernel::principal::Principal;
use verdict_metrics_domain::incident::State;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{ExecuteError, Repository};
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::wire::Metadata;

use super::list::{ByOrg, Entry};
use super::{IncidentsApi, request};
use crate::wire::incident::{IncidentWire, severity};

/// How long a reader waits for the view to reach the position it asked for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Entries of a page: the default, and the most.
const PAGE: (usize, usize) = (50, 100);

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

    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::IncidentList, Problem> {
        let first = match usize::try_from(request.first).unwrap_or(usize::MAX) {
            0 => PAGE.0,
            first if first <= PAGE.1 => first,
            first => {
                let detail = format!("{first} is more than {}", PAGE.1);
                return Err(Problem::field(Code::InvalidField, "first", detail));
            }
        };
        let wanted = at_least(&request.at_least)?;
        let Some(list) = self.list.get() else {
            return Err(Problem::new(Code::NotYetThere, "the list of incidents has not started"));
        };
        if let Some(wanted) = wanted {
            list.wait_for(&wanted, PATIENCE)
                .await
                .map_err(|error| Problem::new(Code::NotYetThere, error.to_string()))?;
        }
        Ok(list.read_at(|incidents, position| pb::IncidentList {
            position: position.map(Position::to_string).unwrap_or_default(),
            ..page(incidents, request, first)
        }))
    }
}

fn org(given: &str) -> &str {
    if given.is_empty() { Principal::DEFAULT_ORG } else { given }
}

fn at_least(text: &str) -> Result<Option<Position>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error| Problem::field(Code::InvalidField, "at_least", format!("{error}")))
}

fn page(incidents: &ByOrg, request: &ListRequest, first: usize) -> pb::IncidentList {
    let Some(incidents) = incidents.get(org(&request.org)) else {
        return pb::IncidentList::default();
    };
    let after =
        if request.after.is_empty() { Bound::Unbounded } else { Bound::Excluded(request.after.as_str()) };
    let mut found = incidents
        .range::<str, _>((after, Bound::Unbounded))
        .filter_map(|(id, entry)| entry_view(id, entry))
        .filter(|view| request.of.is_empty() || view.rollout_id == request.of);
    let page: Vec<_> = found.by_ref().take(first).collect();
    let next = match (page.last(), found.next()) {
        (Some(last), Some(_)) => last.id.clone(),
        (Some(_) | None, None) | (None, Some(_)) => String::new(),
    };
    pb::IncidentList { incidents: page, position: String::new(), next }
}

fn entry_view(id: &str, entry: &Entry) -> Option<pb::IncidentView> {
    let position = Some(&entry.position);
    view(id, &entry.state, Some(entry.detected_at), entry.version, position)
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
