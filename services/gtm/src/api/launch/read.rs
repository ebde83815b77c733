//! Reads: one launch from its stream, the list from the view.

use std::ops::Bound;
use std::time::Duration;

use verdict_gtm_domain::launch::{Announcements, Launch, State};
use verdict_kernel::id::LaunchId;
use verdict_kernel::principal::Principal;
use verdict_proto::gtm::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};

use super::{LaunchesApi, request};
use crate::projections::launches::{ByOrg, Entry};

/// How long a reader waits for the view to reach the position it asked for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Entries of a page: the default, and the most.
const PAGE: (usize, usize) = (50, 100);

impl LaunchesApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::LaunchView, ExecuteError> {
        at_least(&request.at_least)?;
        let id: LaunchId = request::id("id", &request.id)?;
        let folded = self.repository.find(org(&request.org), &id.to_string()).await?;
        let position = folded.last_position.as_ref();
        view(&id.to_string(), &folded.state, folded.version, position)
            .ok_or_else(|| ExecuteError::Problem(request::never_planned()))
    }

    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::LaunchList, Problem> {
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
            return Err(Problem::new(Code::NotYetThere, "the list of launches has not started"));
        };
        if let Some(wanted) = wanted {
            list.wait_for(&wanted, PATIENCE)
                .await
                .map_err(|error| Problem::new(Code::NotYetThere, error.to_string()))?;
        }
        Ok(list.read_at(|launches, position| pb::LaunchList {
            position: position.map(Position::to_string).unwrap_or_default(),
            ..page(launches, request, first)
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

fn page(launches: &ByOrg, request: &ListRequest, first: usize) -> pb::LaunchList {
    let Some(launches) = launches.get(org(&request.org)) else {
        return pb::LaunchList::default();
    };
    let after =
        if request.after.is_empty() { Bound::Unbounded } else { Bound::Excluded(request.after.as_str()) };
    let mut found = launches
        .range::<str, _>((after, Bound::Unbounded))
        .filter_map(|(id, entry)| entry_view(id, entry))
        .filter(|view| request.of.is_empty() || view.bet_id == request.of || view.rollout_id == request.of);
    let page: Vec<_> = found.by_ref().take(first).collect();
    let next = match (page.last(), found.next()) {
        (Some(last), Some(_)) => last.id.clone(),
        (Some(_) | None, None) | (None, Some(_)) => String::new(),
    };
    pb::LaunchList { launches: page, position: String::new(), next }
}

fn entry_view(id: &str, entry: &Entry) -> Option<pb::LaunchView> {
    view(id, &entry.state, entry.version, Some(&entry.position))
}

fn view(id: &str, state: &State, version: u64, position: Option<&Position>) -> Option<pb::LaunchView> {
    let (name, launch) = match state {
        State::Absent => return None,
        State::Planned(launch) => ("planned", launch),
        State::Launched(launch) => ("launched", launch),
        State::Cancelled(launch) => ("cancelled", launch),
    };
    let Launch { plan, announcements, announced } = launch;
    Some(pb::LaunchView {
        id: id.to_owned(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        position: position.map(Position::to_string).unwrap_or_default(),
        bet_id: plan.bet.to_string(),
        rollout_id: plan.rollout.to_string(),
        tier: plan.tier.number(),
        title: plan.title.clone(),
        state: name.to_owned(),
        held: matches!(announcements, Announcements::Held(_)),
        announced: announced.clone(),
    })
}
