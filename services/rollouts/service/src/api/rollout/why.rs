//! Why the gate of a rollout is open or shut.

use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::GetRequest;
use verdict_rollouts_domain::rollout::Move;
use verdict_rollouts_wire::rollout::gate::ReportMessage;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::fields::id;
use verdict_runtime::log::Position;
use verdict_runtime::naming::Caller;
use verdict_runtime::reading::{at_least, org};
use verdict_stored::field::Field;

use super::RolloutsApi;

impl RolloutsApi {
    /// The gate with facts read now; a rollout without an active stage stands before none.
    pub(super) async fn gate(&self, request: &GetRequest) -> Result<pb::GateView, ExecuteError> {
        at_least(&request.at_least)?;
        let org = org(&request.org);
        let mut called = request.id.clone();
        self.desk.resolve("id", Caller::new(org, &request.team), &mut called).await?;
        let id = id::<RolloutId>("id", &called)?.to_string();
        let folded = self.repository().find(org, &id).await?;
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
            gate_view.report = ReportMessage::write(&told);
        }
        if let Some(stage) = folded.state.stage() {
            gate_view.from_stage = stage.to_string();
        }
        if let Some(gate) = folded.state.gate(&facts, at) {
            let mut report = told;
            report.checks.extend(gate.report().checks);
            gate_view.from_stage = gate.from.to_string();
            gate_view.to_stage = match &gate.to {
                Move::Step(_) => gate.from.to_string(),
                Move::Stage(stage) => stage.to_string(),
                Move::Complete => String::new(),
            };
            gate_view.open = report.is_open();
            gate_view.report = ReportMessage::write(&report);
        }
        Ok(gate_view)
    }
}
