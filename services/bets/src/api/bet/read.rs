//! Reads: one bet from its stream, the board from the view.

use verdict_bets_domain::bet::State;
use verdict_kernel::id::BetId;
use verdict_proto::bets::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::directory::{Entry, Page};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading::{at_least, org};

use super::{BetsApi, request};
use crate::wire::terms;

impl BetsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::BetView, ExecuteError> {
        at_least(&request.at_least)?;
        let id: BetId = request::id("id", &request.id)?;
        let folded = self.repository.find(org(&request.org), &id.to_string()).await?;
        let position = folded.last_position.as_ref();
        view(&id.to_string(), &folded.state, folded.version, position).ok_or_else(|| {
            let problem = Problem::new(Code::NotFound, "the bet was never proposed");
            problem.hint("verdict bet propose --title <title> --mode <mode>").into()
        })
    }

    /// A bet has no parent other than its rollouts: `of` is the id of a rollout.
    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::BetList, Problem> {
        let has = |bet: &pb::BetView, rollout: &str| {
            bet.rollouts.iter().any(|attached| attached.rollout_id.as_deref() == Some(rollout))
        };
        let Page { items, position, next } = self.board.page(request, entry_view, has).await?;
        Ok(pb::BetList { bets: items, position, next })
    }
}

fn entry_view(id: &str, entry: &Entry<State>) -> Option<pb::BetView> {
    view(id, &entry.state, entry.version, Some(&entry.position))
}

fn view(id: &str, state: &State, version: u64, position: Option<&Position>) -> Option<pb::BetView> {
    let bet = state.known()?;
    let cycle = bet.cycle();
    Some(pb::BetView {
        id: id.to_owned(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        position: position.map(Position::to_string).unwrap_or_default(),
        title: bet.title.clone(),
        mode: terms::mode(bet.mode).into(),
        state: bet.phase.as_str().to_owned(),
        hypothesis: cycle.hypothesis().map(terms::hypothesis),
        timebox: cycle.timebox.map(terms::timebox),
        metrics: bet.metrics.iter().map(terms::metric).collect(),
        iteration: bet.iteration(),
        iteration_limit: bet.iteration_limit,
        handoff: cycle.checklist.items().map(|(item, clarity)| terms::assessed(item, clarity)).collect(),
        rollouts: bet.rollouts.iter().map(terms::attached).collect(),
        cost: bet.cost.to_string(),
        learnings: bet.learnings.clone(),
        rollbacks: bet.rollbacks.iter().map(terms::rollback).collect(),
    })
}
