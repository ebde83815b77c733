//! The past of a rollout from its own stream, in the words of this context.

use std::collections::BTreeMap;
use std::pin::pin;

use futures::TryStreamExt;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::RolloutId;
use verdict_kernel::percent::Percent;
use verdict_metrics_domain::guardrail::StageAttempt;
use verdict_metrics_domain::replay::course::{Course, Exposure, Move};
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::log::{Log, Recorded};
use verdict_runtime::naming::ROLLOUTS;
use verdict_runtime::process::reading::events;
use verdict_stored::{DecodeError, Metadata, parse, parsed, required, ruled};

/// Where the rollout was from its beginning on.
pub(crate) async fn course_of(log: &Log, rollout: RolloutId) -> Result<Course, Fault> {
    let stream = format!("{ROLLOUTS}-{rollout}");
    let mut reading = Reading::default();
    let mut events = pin!(events(log, &stream));
    while let Some(event) = events.try_next().await? {
        reading.apply(&event).map_err(|error| event.unreadable(&error))?;
    }
    Ok(reading.course)
}

/// What has to be remembered of the events before.
#[derive(Default)]
struct Reading {
    planned: pb::RolloutPlanned,
    /// What each step of a stage, by their numbers, showed last: a resumption names the step alone.
    shown: BTreeMap<(u32, u32), Exposure>,
    course: Course,
}

impl Reading {
    fn apply(&mut self, event: &Recorded) -> Result<(), DecodeError> {
        if ruled::is_ruled(&event.event_type) {
            return Ok(());
        }
        let went = match &*event.event_type {
            RolloutWire::RolloutPlanned => {
                self.plan(parse(&event.data)?);
                return Ok(());
            }
            RolloutWire::StageEntered => {
                let entered: pb::StageEntered = parse(&event.data)?;
                self.exposed(entered.stage, entered.step, entered.attempt, entered.audience.as_ref())?
            }
            RolloutWire::StepAdvanced => {
                let advanced: pb::StepAdvanced = parse(&event.data)?;
                self.exposed(advanced.stage, advanced.step, advanced.attempt, advanced.audience.as_ref())?
            }
            RolloutWire::RolloutResumed => {
                let resumed: pb::RolloutResumed = parse(&event.data)?;
                self.exposed(resumed.stage, resumed.step, resumed.attempt, None)?
            }
            RolloutWire::RolledBack => {
                let rolled_back: pb::RolledBack = parse(&event.data)?;
                Move::RolledBack { to: self.index(&rolled_back.to_stage.unwrap_or_default()) }
            }
            RolloutWire::RolloutCompleted | RolloutWire::RolloutAborted | RolloutWire::ShippedDirectly => {
                Move::Over
            }
            // What changes neither the stage attempt nor what it shows.
            RolloutWire::RolloutStarted
            | RolloutWire::EvidenceRecorded
            | RolloutWire::GatePassed
            | RolloutWire::GateBlocked
            | RolloutWire::RolloutPaused
            | RolloutWire::WatchLost
            | RolloutWire::WatchRestored
            | RolloutWire::RollbackRequested
            | RolloutWire::StageOverdue
            | RolloutWire::StageExtended => return Ok(()),
            _ => return Err(DecodeError::UnknownType),
        };
        self.course.follow(at(event)?, went);
        Ok(())
    }

    fn plan(&mut self, planned: pb::RolloutPlanned) {
        let irreversible = planned.irreversible_from.clone().and_then(|from| from.stage);
        self.planned = planned;
        self.course = Course::new(irreversible.and_then(|stage| self.index(&stage)));
    }

    fn index(&self, stage: &str) -> Option<u32> {
        let is_meant = |named: &pb::Stage| named.name().eq_ignore_ascii_case(stage);
        let index = self.planned.stages.iter().position(is_meant)?;
        u32::try_from(index).ok()
    }

    fn exposed(
        &mut self,
        stage: Option<String>,
        step: Option<u32>,
        attempt: Option<u32>,
        audience: Option<&pb::Audience>,
    ) -> Result<Move, DecodeError> {
        let (stage, step) = (required(stage, "stage")?, step.unwrap_or_default());
        let unknown = || DecodeError::Malformed(format!("the plan has no stage '{stage}'"));
        let stage_index = self.index(&stage).ok_or_else(unknown)?;
        let exposure = match (audience, self.shown.get(&(stage_index, step))) {
            (Some(audience), _) => exposure(audience)?,
            (None, Some(shown)) => shown.clone(),
            (None, None) => self.of_plan(stage_index, step).map(exposure).transpose()?.unwrap_or_default(),
        };
        self.shown.insert((stage_index, step), exposure.clone());
        let bet = self.planned.bet_id.as_deref().filter(|id| !id.is_empty());
        let attempt = StageAttempt {
            stage_index,
            attempt: required(attempt, "attempt")?,
            flag: parsed(self.planned.flag_id.as_deref(), "flag_id")?,
            bet: bet.map(|id| parsed(Some(id), "bet_id")).transpose()?,
            stage,
        };
        Ok(Move::Exposed { attempt, exposure })
    }

    fn of_plan(&self, stage: u32, step: u32) -> Option<&pb::Audience> {
        let stage = self.planned.stages.get(usize::try_from(stage).ok()?)?;
        stage.steps.get(usize::try_from(step).ok()?)?.audience.as_ref()
    }
}

fn at(event: &Recorded) -> Result<Timestamp, DecodeError> {
    parse::<Metadata>(&event.metadata).map(|metadata| metadata.at)
}

fn exposure(audience: &pb::Audience) -> Result<Exposure, DecodeError> {
    let share = Percent::from_basis_points(audience.basis_points());
    let attributes = audience
        .attributes
        .iter()
        .flat_map(|matched| matched.values.iter().map(|value| format!("{}={value}", matched.attribute())));
    let members = audience.members.iter().map(|member| format!("member {member}"));
    let accounts = audience.accounts.iter().map(|account| format!("account {account}"));
    Ok(Exposure {
        share: share.map_err(|error| DecodeError::Malformed(format!("field 'audience': {error}")))?,
        named: members.chain(accounts).chain(attributes).collect(),
    })
}

#[cfg(test)]
mod tests;
