//! The rollouts of the board: where each one is, in the words of this context.

use std::collections::HashMap;
use std::time::Duration;

use verdict_kernel::clock::{Timestamp, between};
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_metrics_domain::guardrail::{Share, StageAttempt};
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::log::Recorded;
use verdict_stored::{DecodeError, Metadata, parse, parsed, required, ruled};

use super::view::id;

/// All users, in basis points.
const EVERYONE: u32 = 10_000;

/// How far a rollout is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Planned: nobody is exposed yet.
    Planned,
    /// Started and not over. It may be paused or rolled back: it still has to be watched.
    Running { stage: String, attempt: u32 },
    /// Completed, aborted, or shipped without a rollout.
    Finished,
}

/// A rollout as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub org: String,
    pub flag: Option<FlagId>,
    pub bet: Option<BetId>,
    /// Names of the stages, in order.
    pub stages: Vec<String>,
    /// Of each of them the largest share of all users that it exposes, in basis points; 0 where it names whom it exposes.
    pub shares: Vec<u32>,
    pub standing: Standing,
    pub planned_at: Timestamp,
    /// When it was completed or aborted.
    pub ended_at: Option<Timestamp>,
}

impl Entry {
    /// The number of the stage attempt; `None` before the first stage and after the end.
    pub fn attempt_number(&self) -> Option<u32> {
        let Standing::Running { attempt, .. } = self.standing else {
            return None;
        };
        Some(attempt)
    }

    /// The stage attempt that a failure would concern now; `None` before the first stage and after the end.
    pub fn attempt(&self) -> Option<StageAttempt> {
        let Standing::Running { stage, attempt } = &self.standing else {
            return None;
        };
        let index = self.stages.iter().position(|name| name == stage)?;
        Some(StageAttempt {
            stage: stage.clone(),
            stage_index: u32::try_from(index).ok()?,
            attempt: *attempt,
            flag: self.flag?,
            bet: self.bet,
        })
    }

    /// The stage that exposes the smallest share of all users, among those that expose a share and not everyone.
    pub fn smallest_share(&self) -> Option<Share> {
        let shares = self.stages.iter().zip(&self.shares).filter(|(_, share)| (1..EVERYONE).contains(*share));
        let (stage, &basis_points) = shares.min_by_key(|(_, share)| **share)?;
        Some(Share { stage: stage.clone(), basis_points })
    }

    /// How long it took, or has taken by `now`.
    pub fn life(&self, now: Timestamp) -> Duration {
        between(self.planned_at, self.ended_at.unwrap_or(now))
    }

    pub const fn is_finished(&self) -> bool {
        matches!(self.standing, Standing::Finished)
    }
}

/// Rollouts by id.
#[derive(Debug, Default)]
pub struct Rollouts {
    by_id: HashMap<RolloutId, Entry>,
}

impl Rollouts {
    pub fn get(&self, id: RolloutId) -> Option<&Entry> {
        self.by_id.get(&id)
    }

    /// Every rollout that has to be watched.
    pub fn running(&self) -> Vec<RolloutId> {
        let running =
            self.by_id.iter().filter(|(_, entry)| matches!(entry.standing, Standing::Running { .. }));
        running.map(|(&id, _)| id).collect()
    }

    pub(super) fn apply(
        &mut self,
        name: &str,
        event: &Recorded,
        metadata: &Metadata,
    ) -> Result<(), DecodeError> {
        let id = id(name)?;
        if ruled::is_ruled(&event.event_type) {
            return Ok(());
        }
        let standing = match &*event.event_type {
            RolloutWire::RolloutPlanned => {
                let planned = planned(&metadata.org, metadata.at, parse(&event.data)?)?;
                self.by_id.insert(id, planned);
                return Ok(());
            }
            RolloutWire::ShippedDirectly => {
                let shipped = Entry {
                    org: metadata.org.clone(),
                    flag: None,
                    bet: None,
                    stages: Vec::new(),
                    shares: Vec::new(),
                    standing: Standing::Finished,
                    planned_at: metadata.at,
                    ended_at: Some(metadata.at),
                };
                self.by_id.insert(id, shipped);
                return Ok(());
            }
            RolloutWire::StageEntered => {
                let entered: pb::StageEntered = parse(&event.data)?;
                running(entered.stage, entered.attempt)?
            }
            RolloutWire::RolloutResumed => {
                let resumed: pb::RolloutResumed = parse(&event.data)?;
                running(resumed.stage, resumed.attempt)?
            }
            RolloutWire::RolloutCompleted | RolloutWire::RolloutAborted => Standing::Finished,
            // What does not move a rollout to another stage or attempt.
            RolloutWire::RolloutStarted
            | RolloutWire::StepAdvanced
            | RolloutWire::EvidenceRecorded
            | RolloutWire::GatePassed
            | RolloutWire::GateBlocked
            | RolloutWire::RolloutPaused
            | RolloutWire::WatchLost
            | RolloutWire::WatchRestored
            | RolloutWire::RollbackRequested
            | RolloutWire::RolledBack
            | RolloutWire::StageOverdue
            | RolloutWire::StageExtended => {
                return Ok(());
            }
            _ => return Err(DecodeError::UnknownType),
        };
        if let Some(entry) = self.by_id.get_mut(&id) {
            entry.ended_at = matches!(standing, Standing::Finished).then_some(metadata.at);
            entry.standing = standing;
        }
        Ok(())
    }
}

fn running(stage: Option<String>, attempt: Option<u32>) -> Result<Standing, DecodeError> {
    Ok(Standing::Running { stage: required(stage, "stage")?, attempt: required(attempt, "attempt")? })
}

/// A step that names whom it exposes exposes no share that is known.
fn share(stage: &pb::Stage) -> u32 {
    let steps = stage.steps.iter().filter_map(|step| step.audience.as_ref());
    steps.filter_map(|audience| audience.basis_points).max().unwrap_or_default()
}

fn planned(org: &str, planned_at: Timestamp, planned: pb::RolloutPlanned) -> Result<Entry, DecodeError> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let shares = planned.stages.iter().map(share).collect();
    let names = planned.stages.into_iter().map(|stage| required(stage.name, "stages.name"));
    Ok(Entry {
        shares,
        org: org.to_owned(),
        flag: given(planned.flag_id).map(|id| parsed(Some(&id), "flag_id")).transpose()?,
        bet: given(planned.bet_id).map(|id| parsed(Some(&id), "bet_id")).transpose()?,
        stages: names.collect::<Result<_, _>>()?,
        standing: Standing::Planned,
        planned_at,
        ended_at: None,
    })
}
