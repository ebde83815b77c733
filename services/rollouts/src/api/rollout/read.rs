//! Reads: one rollout and its gate from its stream, the list from the view.

use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_rollouts_domain::gate::{Evidence, EvidenceKind, Watch};
use verdict_rollouts_domain::rollout::{Move, State};
use verdict_runtime::directory::{Entry, Page};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::grpc;
use verdict_runtime::log::Position;
use verdict_runtime::problem::Problem;
use verdict_runtime::reading::{at_least, org};

use super::RolloutsApi;
use crate::api::fields;
use crate::wire::rollout::{pause_cause, plan};

impl RolloutsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::RolloutView, ExecuteError> {
        at_least(&request.at_least)?;
        let id: RolloutId = fields::id("id", &request.id)?;
        let id = id.to_string();
        let folded = self.repository.find(org(&request.org), &id).await?;
        Ok(view(&id, &folded.state, folded.version, folded.last_position.as_ref()))
    }

    /// The gate with facts read now; a rollout without an active stage stands before none.
    pub(super) async fn gate(&self, request: &GetRequest) -> Result<pb::GateView, ExecuteError> {
        at_least(&request.at_least)?;
        let id: RolloutId = fields::id("id", &request.id)?;
        let (id, org) = (id.to_string(), org(&request.org));
        let folded = self.repository.find(org, &id).await?;
        let position = folded.last_position.as_ref().map(Position::to_string);
        let mut gate_view = pb::GateView {
            rollout_id: id.clone(),
            position: position.unwrap_or_default(),
            ..pb::GateView::default()
        };
        folded.state.name().clone_into(&mut gate_view.state);
        let Some(course) = folded.state.course() else {
            return Ok(gate_view);
        };
        let facts = self.sources.gather(org, &id, &course.plan, folded.state.judged_since()).await?;
        let now = self.clock.now();
        let at = folded.last_at.map_or(now, |last| now.max(last));
        let told = folded.state.tell(&facts, at);
        if !told.checks.is_empty() {
            gate_view.report = Some(grpc::report(&told));
        }
        if let Some(stage) = folded.state.stage() {
            gate_view.from_stage = stage.to_string();
        }
        if let Some(gate) = folded.state.gate(&facts, at) {
            let mut report = told;
            report.checks.extend(gate.report().checks);
            gate_view.from_stage = gate.from.to_string();
            gate_view.to_stage = match gate.to {
                Move::Step(_) => gate.from.to_string(),
                Move::Stage(stage) => stage.to_string(),
                Move::Complete => String::new(),
            };
            gate_view.open = report.is_open();
            gate_view.report = Some(grpc::report(&report));
        }
        Ok(gate_view)
    }

    /// `of` is the id of a bet.
    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::RolloutList, Problem> {
        let is_of = |rollout: &pb::RolloutView, bet: &str| rollout.bet_id == bet;
        let show = |id: &str, entry: &Entry<State>| {
            Some(view(id, &entry.state, entry.version, Some(&entry.position)))
        };
        let Page { items, position, next } = self.list.page(request, show, is_of).await?;
        Ok(pb::RolloutList { rollouts: items, position, next })
    }
}

fn view(id: &str, state: &State, version: u64, position: Option<&Position>) -> pb::RolloutView {
    let mut view = pb::RolloutView {
        id: id.to_owned(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        position: position.map(Position::to_string).unwrap_or_default(),
        state: state.name().to_owned(),
        exposed_outside: state.has_reached_outside(),
        ..pb::RolloutView::default()
    };
    if let State::Paused(_, _, pause) = state {
        view.watch_lost = pause.watch != Watch::Held;
        view.paused_for = pause.causes.iter().map(|cause| pause_cause(*cause).into()).collect();
    }
    let Some(course) = state.course() else {
        return view;
    };
    let planned = &course.plan;
    view.bet_id = planned.bet.map(|bet| bet.to_string()).unwrap_or_default();
    view.flag_id = planned.flag.to_string();
    view.environment.clone_from(&planned.environment);
    view.service.clone_from(&planned.service);
    view.stages = planned.stages.iter().map(plan::stage).collect();
    view.mode = plan::mode(planned.mode).into();
    view.tier = planned.tier.number();
    view.promotion = plan::promotion(planned.promotion).into();
    view.on_blind = plan::on_blind(planned.on_blind).into();
    view.attempt = course.attempts;
    view.evidence = course.evidence.iter().map(evidence).collect();
    if let Some(active) = state.active() {
        view.step = u32::try_from(active.step).unwrap_or(u32::MAX);
        view.attempt = active.attempt;
    }
    if let State::Running(course, active) = state {
        view.soaked_at = active.soaked_at(&course.plan).to_string();
    }
    if let Some(stage) = state.stage() {
        view.stage = stage.to_string();
        view.stage_index = stage.index();
    }
    view
}

fn evidence((kind, evidence): (&EvidenceKind, &Evidence)) -> pb::EvidenceRecorded {
    pb::EvidenceRecorded {
        kind: Some(kind.as_str().to_owned()),
        verdict: Some(evidence.verdict.to_string()),
        at: Some(evidence.at.to_string()),
        by: Some(evidence.by.clone()),
        link: Some(evidence.link.clone()),
    }
}
