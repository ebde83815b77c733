//! Reads: one flag from its stream, the list from the view.

use verdict_kernel::clock::Timestamp;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_rollouts_domain::flag::{BeforeKill, Cleanup, Flag, Hold, Reach, State, UNDO_WITHIN};
use verdict_runtime::directory::{Entry, Page};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading::{at_least, org};

use super::FlagsApi;
use crate::api::fields;
use crate::wire::{audience, flag};

impl FlagsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::FlagView, ExecuteError> {
        at_least(&request.at_least)?;
        let org = org(&request.org);
        let id = fields::flag("id", org, "", &request.id)?.to_string();
        let folded = self.repository.find(org, &id).await?;
        let position = folded.last_position.as_ref();
        view(&id, &folded.state, folded.version, position)
            .ok_or_else(|| ExecuteError::Problem(Problem::new(Code::NotFound, "the flag was never created")))
    }

    /// `of` is the id of a rollout.
    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::FlagList, Problem> {
        let is_of = |flag: &pb::FlagView, rollout: &str| flag.rollout_id == rollout;
        let Page { items, position, next } = self.list.page(request, entry_view, is_of).await?;
        Ok(pb::FlagList { flags: items, position, next })
    }
}

fn entry_view(id: &str, entry: &Entry<State>) -> Option<pb::FlagView> {
    view(id, &entry.state, entry.version, Some(&entry.position))
}

fn view(id: &str, state: &State, version: u64, position: Option<&Position>) -> Option<pb::FlagView> {
    let (flag, name) = match state {
        State::Absent => return None,
        State::Live(flag) => (flag, reach(flag.reach())),
        State::Killed(flag) => (flag, "killed"),
        State::Archived(flag) => (flag, "archived"),
    };
    let (cleanup, cleanup_on) = cleanup(flag);
    let place = flag.served.as_ref().and_then(|served| served.place.as_ref());
    Some(pb::FlagView {
        id: id.to_owned(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        position: position.map(Position::to_string).unwrap_or_default(),
        key: flag.identity.key.clone(),
        environment: flag.identity.environment.clone(),
        kind: flag::kind(flag.identity.kind).into(),
        owner: flag.identity.owner.clone(),
        cleanup_on,
        state: name.to_owned(),
        audience: Some(audience::encode(&flag.audience())),
        exposure_version: flag.version,
        held: flag.is_held(),
        holds: flag.holds.iter().map(hold).collect(),
        claimed_by: flag.claim.map(|rollout| rollout.to_string()).unwrap_or_default(),
        unit: flag.identity.unit.clone(),
        undo_until: flag.before_kill.as_ref().map(undo_until).unwrap_or_default(),
        cleanup: cleanup.to_owned(),
        stage: place.map(|place| place.stage.clone()).unwrap_or_default(),
        rollout_id: flag.owner().map(|owner| owner.to_string()).unwrap_or_default(),
    })
}

fn hold(hold: &Hold) -> pb::Hold {
    pb::Hold {
        cause: hold.cause.clone(),
        kind: flag::hold_kind(hold.kind).into(),
        rollout_id: hold.rollout.map(|rollout| rollout.to_string()).unwrap_or_default(),
        attempt: hold.attempt,
    }
}

fn undo_until(before: &BeforeKill) -> String {
    before.at.saturating_add(UNDO_WITHIN).unwrap_or(Timestamp::MAX).to_string()
}

const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Off => "off",
        Reach::Partial => "partial",
        Reach::FullyOn => "fully_on",
    }
}

fn cleanup(flag: &Flag) -> (&'static str, String) {
    match flag.cleanup {
        Cleanup::Exempt | Cleanup::Removed => ("", String::new()),
        Cleanup::Scheduled(due) => ("scheduled", due.to_string()),
        Cleanup::Due(due) => ("due", due.to_string()),
    }
}
