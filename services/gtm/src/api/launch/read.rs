//! Reads: one launch from its stream, the list from the view.

use verdict_gtm_domain::launch::{Announcements, Launch, State};
use verdict_kernel::id::LaunchId;
use verdict_proto::gtm::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::directory::{Entry, Page};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::log::Position;
use verdict_runtime::problem::Problem;
use verdict_runtime::reading::{at_least, org};

use super::{LaunchesApi, request};

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

    /// `of` is the id of a bet or of a rollout.
    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::LaunchList, Problem> {
        let is_of = |launch: &pb::LaunchView, of: &str| launch.bet_id == of || launch.rollout_id == of;
        let Page { items, position, next } = self.list.page(request, entry_view, is_of).await?;
        Ok(pb::LaunchList { launches: items, position, next })
    }
}

fn entry_view(id: &str, entry: &Entry<State>) -> Option<pb::LaunchView> {
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
        announced: announced.iter().map(ToString::to_string).collect(),
    })
}
