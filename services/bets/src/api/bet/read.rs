//! Reads: one bet from its stream, the board from the view.

use std::ops::Bound;
use std::time::Duration;

use verdict_bets_domain::bet::State;
use verdict_kernel::id::BetId;
use verdict_kernel::principal::Principal;
use verdict_proto::bets::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};

use super::{BetsApi, request};
use crate::projections::bet_board::{ByOrg, Entry};
use crate::wire::terms;

/// How long a reader waits for the view to reach the position it asked for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Entries of a page: the default, and the most.
const PAGE: (usize, usize) = (50, 100);

impl BetsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::BetView, ExecuteError> {
        at_least(&request.at_least)?;
        let id: BetId = request::id("id", &request.id)?;
        let folded = self.repository.find(org(&request.org), &id.to_string()).await?;
        let position = folded.last_position.as_ref();
        view(&id.to_string(), &folded.state, folded.version, position).ok_or_else(|| {
            let problem = Problem::new(Code::NotFound, "the bet was never proposed");
            problem.hint("verdict bet propose").into()
        })
    }

    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::BetList, Problem> {
        let first = match usize::try_from(request.first).unwrap_or(usize::MAX) {
            0 => PAGE.0,
            first if first <= PAGE.1 => first,
            first => {
                let detail = format!("{first} is more than {}", PAGE.1);
                return Err(Problem::field(Code::InvalidField, "first", detail));
            }
        };
        let wanted = at_least(&request.at_least)?;
        let Some(board) = self.board.get() else {
            return Err(Problem::new(Code::NotYetThere, "the bet board has not started"));
        };
        if let Some(wanted) = wanted {
            board
                .wait_for(&wanted, PATIENCE)
                .await
                .map_err(|error| Problem::new(Code::NotYetThere, error.to_string()))?;
        }
        Ok(board.read_at(|bets, position| pb::BetList {
            position: position.map(Position::to_string).unwrap_or_default(),
            ..page(bets, request, first)
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

/// A bet has no parent other than its rollouts: `of` is the id of a rollout.
fn page(bets: &ByOrg, request: &ListRequest, first: usize) -> pb::BetList {
    let Some(bets) = bets.get(org(&request.org)) else {
        return pb::BetList::default();
    };
    let after =
        if request.after.is_empty() { Bound::Unbounded } else { Bound::Excluded(request.after.as_str()) };
    let has = |entry: &Entry| {
        let rollouts = entry.state.known().map_or(&[][..], |bet| &bet.rollouts);
        rollouts.iter().any(|attached| attached.rollout.to_string() == request.of)
    };
    let mut found = bets
        .range::<str, _>((after, Bound::Unbounded))
        .filter(|(_, entry)| request.of.is_empty() || has(entry))
        .filter_map(|(id, entry)| view(id, &entry.state, entry.version, Some(&entry.position)));
    let page: Vec<_> = found.by_ref().take(first).collect();
    let next = match (page.last(), found.next()) {
        (Some(last), Some(_)) => last.id.clone(),
        (Some(_) | None, None) | (None, Some(_)) => String::new(),
    };
    pb::BetList { bets: page, position: String::new(), next }
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
