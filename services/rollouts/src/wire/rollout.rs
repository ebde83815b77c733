//! Events of rollouts as they are stored, and back.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::BetId;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::gate::{EvidenceKind, Verdict};
use verdict_rollouts_domain::rollout::{Entry, Event, Rollout};
use verdict_rollouts_domain::stage::StageName;
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

use super::audience;

pub mod gate;
pub mod plan;
mod turn;

pub use turn::{cause, pause_cause, read_pause_cause};

/// The rim of rollouts.
#[derive(Debug, Clone, Copy)]
pub struct RolloutWire;

impl Wire for RolloutWire {
    type Aggregate = Rollout;
    const TYPES: &'static str = "rollouts.Rollout";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Planned(plan) => Stored::new("rollouts.Rollout.RolloutPlanned.v1", &plan::encode(plan)),
            Event::ShippedDirectly { bet, reason } => {
                Stored::new("rollouts.Rollout.ShippedDirectly.v1", &shipped_directly(*bet, reason))
            }
            Event::Started => Stored::new("rollouts.Rollout.RolloutStarted.v1", &pb::RolloutStarted {}),
            Event::StageEntered(entry) => {
                Stored::new("rollouts.Rollout.StageEntered.v1", &stage_entered(entry))
            }
            Event::StepAdvanced(entry) => {
                Stored::new("rollouts.Rollout.StepAdvanced.v1", &step_advanced(entry))
            }
            Event::EvidenceRecorded { kind, verdict, at, by, link } => Stored::new(
                "rollouts.Rollout.EvidenceRecorded.v1",
                &evidence_recorded(*kind, *verdict, *at, by, link),
            ),
            Event::GatePassed { stage, attempt, report } => {
                Stored::new("rollouts.Rollout.GatePassed.v1", &gate::passed(*stage, *attempt, report))
            }
            Event::GateBlocked { stage, attempt, report } => {
                Stored::new("rollouts.Rollout.GateBlocked.v1", &gate::blocked(*stage, *attempt, report))
            }
            Event::Paused { cause, reason, at } => {
                Stored::new("rollouts.Rollout.RolloutPaused.v1", &turn::paused(*cause, reason, *at))
            }
            Event::Resumed(resumption) => {
                Stored::new("rollouts.Rollout.RolloutResumed.v1", &turn::resumed(resumption))
            }
            Event::WatchLost { at, attempt } => {
                Stored::new("rollouts.Rollout.WatchLost.v1", &turn::watch_lost(*at, *attempt))
            }
            Event::WatchRestored { at } => {
                Stored::new("rollouts.Rollout.WatchRestored.v1", &turn::watch_restored(*at))
            }
            Event::RollbackRequested { stage, attempt, breach, cause, critical, at } => {
                let from = (*stage, *attempt);
                let requested = turn::rollback_requested(from, breach, *cause, *critical, *at);
                Stored::new("rollouts.Rollout.RollbackRequested.v1", &requested)
            }
            Event::RolledBack { to, flag_version } => {
                Stored::new("rollouts.Rollout.RolledBack.v1", &turn::rolled_back(*to, *flag_version))
            }
            Event::StageOverdue { stage, attempt } => {
                Stored::new("rollouts.Rollout.StageOverdue.v1", &turn::stage_overdue(*stage, *attempt))
            }
            Event::StageExtended { stage, attempt, until, reason } => Stored::new(
                "rollouts.Rollout.StageExtended.v1",
                &turn::stage_extended(*stage, *attempt, *until, reason),
            ),
            Event::Completed { at } => {
                Stored::new("rollouts.Rollout.RolloutCompleted.v1", &turn::completed(*at))
            }
            Event::Aborted { reason } => {
                Stored::new("rollouts.Rollout.RolloutAborted.v1", &turn::aborted(reason))
            }
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let name = event_type.strip_prefix("rollouts.Rollout.").ok_or(DecodeError::UnknownType)?;
        Ok(Some(match name {
            "RolloutPlanned.v1" => Event::Planned(Box::new(plan::decode(parse(data)?)?)),
            "ShippedDirectly.v1" => {
                let message: pb::ShippedDirectly = parse(data)?;
                Event::ShippedDirectly {
                    bet: plan::bet(message.bet_id.as_deref())?,
                    reason: required(message.reason, "reason")?,
                }
            }
            "RolloutStarted.v1" => {
                let _: pb::RolloutStarted = parse(data)?;
                Event::Started
            }
            "StageEntered.v1" => Event::StageEntered(read_stage_entered(parse(data)?)?),
            "StepAdvanced.v1" => Event::StepAdvanced(read_step_advanced(parse(data)?)?),
            "EvidenceRecorded.v1" => read_evidence(parse(data)?)?,
            "GatePassed.v1" => {
                let message: pb::GatePassed = parse(data)?;
                Event::GatePassed {
                    stage: stage(message.stage.as_deref())?,
                    attempt: required(message.attempt, "attempt")?,
                    report: gate::read_report(required(message.report, "report")?)?,
                }
            }
            "GateBlocked.v1" => {
                let message: pb::GateBlocked = parse(data)?;
                Event::GateBlocked {
                    stage: stage(message.stage.as_deref())?,
                    attempt: required(message.attempt, "attempt")?,
                    report: gate::read_report(required(message.report, "report")?)?,
                }
            }
            name => return turn::decode(name, data).map(Some),
        }))
    }
}

fn shipped_directly(bet: Option<BetId>, reason: &str) -> pb::ShippedDirectly {
    pb::ShippedDirectly { bet_id: bet.map(|bet| bet.to_string()), reason: Some(reason.to_owned()) }
}

fn evidence_recorded(
    kind: EvidenceKind,
    verdict: Verdict,
    at: Timestamp,
    by: &str,
    link: &str,
) -> pb::EvidenceRecorded {
    pb::EvidenceRecorded {
        kind: Some(kind.as_str().to_owned()),
        verdict: Some(verdict.to_string()),
        at: Some(at.to_string()),
        by: Some(by.to_owned()),
        link: Some(link.to_owned()),
    }
}

fn read_evidence(message: pb::EvidenceRecorded) -> Result<Event, DecodeError> {
    let name = required(message.kind, "kind")?;
    let kind = EvidenceKind::named(&name)
        .ok_or_else(|| DecodeError::Malformed(format!("'{name}' is no kind of evidence")))?;
    let text = required(message.verdict, "verdict")?;
    let verdict: Verdict = kind
        .verdict(&text)
        .ok_or_else(|| DecodeError::Malformed(format!("'{text}' is no verdict on {name}")))?;
    Ok(Event::EvidenceRecorded {
        kind,
        verdict,
        at: parsed(message.at.as_deref(), "at")?,
        by: required(message.by, "by")?,
        link: required(message.link, "link")?,
    })
}

/// The stage in field `stage`.
pub fn stage(name: Option<&str>) -> Result<StageName, DecodeError> {
    parsed(name, "stage")
}

fn index(step: usize) -> u32 {
    u32::try_from(step).unwrap_or(u32::MAX)
}

fn step_of(index: Option<u32>) -> Result<usize, DecodeError> {
    let index = required(index, "step")?;
    usize::try_from(index).map_err(|error| DecodeError::Malformed(format!("field 'step': {error}")))
}

fn stage_entered(entry: &Entry) -> pb::StageEntered {
    pb::StageEntered {
        stage: Some(entry.stage.to_string()),
        attempt: Some(entry.attempt),
        audience: Some(audience::encode(&entry.audience)),
        at: Some(entry.at.to_string()),
        facts: entry.facts.iter().map(gate::fact).collect(),
        step: Some(index(entry.step)),
        flag_version: Some(entry.flag_version),
    }
}

fn read_stage_entered(message: pb::StageEntered) -> Result<Entry, DecodeError> {
    Ok(Entry {
        stage: stage(message.stage.as_deref())?,
        attempt: required(message.attempt, "attempt")?,
        step: step_of(message.step)?,
        audience: audience::decode(required(message.audience, "audience")?)?,
        at: parsed(message.at.as_deref(), "at")?,
        facts: message.facts.into_iter().map(gate::read_fact).collect::<Result<_, _>>()?,
        flag_version: message.flag_version.unwrap_or_default(),
    })
}

fn step_advanced(entry: &Entry) -> pb::StepAdvanced {
    pb::StepAdvanced {
        stage: Some(entry.stage.to_string()),
        attempt: Some(entry.attempt),
        step: Some(index(entry.step)),
        audience: Some(audience::encode(&entry.audience)),
        at: Some(entry.at.to_string()),
        facts: entry.facts.iter().map(gate::fact).collect(),
        flag_version: Some(entry.flag_version),
    }
}

fn read_step_advanced(message: pb::StepAdvanced) -> Result<Entry, DecodeError> {
    read_stage_entered(pb::StageEntered {
        stage: message.stage,
        attempt: message.attempt,
        audience: message.audience,
        at: message.at,
        facts: message.facts,
        step: message.step,
        flag_version: message.flag_version,
    })
}

#[cfg(test)]
mod tests;
