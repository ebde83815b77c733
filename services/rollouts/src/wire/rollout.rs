//! Events of rollouts as they are stored, and back.

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::rollout::{Cause, Entry, Event, Rollout};
use verdict_rollouts_domain::stage::StageName;
use verdict_runtime::grpc;
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

use super::audience;

pub mod gate;
pub mod plan;

/// The rim of rollouts.
#[derive(Debug, Clone, Copy)]
pub struct RolloutWire;

impl Wire for RolloutWire {
    type Aggregate = Rollout;

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Planned { plan, override_reason } => Stored::new(
                "rollouts.Rollout.RolloutPlanned.v1",
                &plan::encode(plan, override_reason.as_ref()),
            ),
            Event::ShippedDirectly { bet, reason } => Stored::new(
                "rollouts.Rollout.ShippedDirectly.v1",
                &pb::ShippedDirectly { bet_id: bet.map(|bet| bet.to_string()), reason: Some(reason.clone()) },
            ),
            Event::Started => Stored::new("rollouts.Rollout.RolloutStarted.v1", &pb::RolloutStarted {}),
            Event::StageEntered(entry) => {
                Stored::new("rollouts.Rollout.StageEntered.v1", &stage_entered(entry))
            }
            Event::StepAdvanced(entry) => {
                Stored::new("rollouts.Rollout.StepAdvanced.v1", &step_advanced(entry))
            }
            Event::EvidenceRecorded { kind, value, at } => Stored::new(
                "rollouts.Rollout.EvidenceRecorded.v1",
                &pb::EvidenceRecorded {
                    kind: Some(kind.clone()),
                    value: Some(value.clone()),
                    at: Some(at.to_string()),
                },
            ),
            Event::GatePassed { stage, attempt, report } => Stored::new(
                "rollouts.Rollout.GatePassed.v1",
                &pb::GatePassed {
                    stage: Some(stage.to_string()),
                    attempt: Some(*attempt),
                    report: Some(grpc::report(report)),
                },
            ),
            Event::GateBlocked { stage, attempt, report } => Stored::new(
                "rollouts.Rollout.GateBlocked.v1",
                &pb::GateBlocked {
                    stage: Some(stage.to_string()),
                    attempt: Some(*attempt),
                    report: Some(grpc::report(report)),
                },
            ),
            Event::Paused { .. }
            | Event::Resumed { .. }
            | Event::WatchLost { .. }
            | Event::WatchRestored
            | Event::RollbackRequested { .. }
            | Event::RolledBack { .. }
            | Event::StageOverdue { .. }
            | Event::Completed { .. }
            | Event::Aborted { .. }
            | Event::Warned { .. } => encode_turn(event),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let name = event_type.strip_prefix("rollouts.Rollout.").ok_or(DecodeError::UnknownType)?;
        Ok(Some(match name {
            "RolloutPlanned.v1" => plan::decode(parse(data)?)?,
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
            "EvidenceRecorded.v1" => {
                let message: pb::EvidenceRecorded = parse(data)?;
                Event::EvidenceRecorded {
                    kind: required(message.kind, "kind")?,
                    value: required(message.value, "value")?,
                    at: parsed(message.at.as_deref(), "at")?,
                }
            }
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
            turn => return decode_turn(turn, data).map(Some),
        }))
    }
}

/// The events that stop a rollout, take it back or end it.
fn encode_turn(event: &Event) -> Stored {
    match event {
        Event::Resumed { stage, attempt, at } => Stored::new(
            "rollouts.Rollout.RolloutResumed.v1",
            &pb::RolloutResumed {
                stage: Some(stage.to_string()),
                attempt: Some(*attempt),
                at: Some(at.to_string()),
            },
        ),
        Event::WatchLost { at, attempt } => Stored::new(
            "rollouts.Rollout.WatchLost.v1",
            &pb::WatchLost { at: Some(at.to_string()), attempt: Some(*attempt) },
        ),
        Event::WatchRestored => Stored::new("rollouts.Rollout.WatchRestored.v1", &pb::WatchRestored {}),
        Event::RollbackRequested { stage, attempt, breach, cause, critical } => {
            rollback_requested(*stage, *attempt, breach, *cause, *critical)
        }
        Event::RolledBack { to, flag_version } => Stored::new(
            "rollouts.Rollout.RolledBack.v1",
            &pb::RolledBack {
                to_stage: Some(to.map_or_else(String::new, |stage| stage.to_string())),
                flag_version: Some(*flag_version),
            },
        ),
        Event::StageOverdue { stage, attempt } => Stored::new(
            "rollouts.Rollout.StageOverdue.v1",
            &pb::StageOverdue { stage: Some(stage.to_string()), attempt: Some(*attempt) },
        ),
        Event::Completed { at } => Stored::new(
            "rollouts.Rollout.RolloutCompleted.v1",
            &pb::RolloutCompleted { at: Some(at.to_string()) },
        ),
        Event::Aborted { reason } => Stored::new(
            "rollouts.Rollout.RolloutAborted.v1",
            &pb::RolloutAborted { reason: Some(reason.clone()) },
        ),
        Event::Warned { rule, sentence } => Stored::new(
            "rollouts.Rollout.RolloutWarned.v1",
            &pb::RolloutWarned { rule: Some(rule.to_string()), sentence: Some(sentence.clone()) },
        ),
        Event::Paused { reason } => paused(reason),
        Event::Planned { .. }
        | Event::ShippedDirectly { .. }
        | Event::Started
        | Event::StageEntered(_)
        | Event::StepAdvanced(_)
        | Event::EvidenceRecorded { .. }
        | Event::GatePassed { .. }
        | Event::GateBlocked { .. } => RolloutWire::encode(event),
    }
}

fn rollback_requested(stage: StageName, attempt: u32, breach: &str, cause: Cause, critical: bool) -> Stored {
    Stored::new(
        "rollouts.Rollout.RollbackRequested.v1",
        &pb::RollbackRequested {
            stage: Some(stage.to_string()),
            attempt: Some(attempt),
            breach: Some(breach.to_owned()),
            cause: Some(cause.as_str().to_owned()),
            critical: Some(critical),
        },
    )
}

fn read_rollback_requested(message: pb::RollbackRequested) -> Result<Event, DecodeError> {
    Ok(Event::RollbackRequested {
        stage: stage(message.stage.as_deref())?,
        attempt: required(message.attempt, "attempt")?,
        breach: required(message.breach, "breach")?,
        cause: cause(&required(message.cause, "cause")?)?,
        critical: required(message.critical, "critical")?,
    })
}

fn paused(reason: &str) -> Stored {
    Stored::new("rollouts.Rollout.RolloutPaused.v1", &pb::RolloutPaused { reason: Some(reason.to_owned()) })
}

fn decode_turn(name: &str, data: &[u8]) -> Result<Event, DecodeError> {
    Ok(match name {
        "RolloutPaused.v1" => {
            let message: pb::RolloutPaused = parse(data)?;
            Event::Paused { reason: required(message.reason, "reason")? }
        }
        "RolloutResumed.v1" => {
            let message: pb::RolloutResumed = parse(data)?;
            Event::Resumed {
                stage: stage(message.stage.as_deref())?,
                attempt: required(message.attempt, "attempt")?,
                at: parsed(message.at.as_deref(), "at")?,
            }
        }
        "WatchLost.v1" => {
            let message: pb::WatchLost = parse(data)?;
            Event::WatchLost {
                at: parsed(message.at.as_deref(), "at")?,
                attempt: required(message.attempt, "attempt")?,
            }
        }
        "WatchRestored.v1" => {
            let _: pb::WatchRestored = parse(data)?;
            Event::WatchRestored
        }
        "RollbackRequested.v1" => read_rollback_requested(parse(data)?)?,
        "RolledBack.v1" => {
            let message: pb::RolledBack = parse(data)?;
            let to = required(message.to_stage, "toStage")?;
            Event::RolledBack {
                to: (!to.is_empty()).then(|| stage(Some(&to))).transpose()?,
                flag_version: required(message.flag_version, "flagVersion")?,
            }
        }
        "StageOverdue.v1" => {
            let message: pb::StageOverdue = parse(data)?;
            Event::StageOverdue {
                stage: stage(message.stage.as_deref())?,
                attempt: required(message.attempt, "attempt")?,
            }
        }
        "RolloutCompleted.v1" => {
            let message: pb::RolloutCompleted = parse(data)?;
            Event::Completed { at: parsed(message.at.as_deref(), "at")? }
        }
        "RolloutAborted.v1" => {
            let message: pb::RolloutAborted = parse(data)?;
            Event::Aborted { reason: required(message.reason, "reason")? }
        }
        "RolloutWarned.v1" => {
            let message: pb::RolloutWarned = parse(data)?;
            Event::Warned {
                rule: gate::read_rule(&required(message.rule, "rule")?)?,
                sentence: required(message.sentence, "sentence")?,
            }
        }
        _ => return Err(DecodeError::UnknownType),
    })
}

/// The cause with this name.
pub fn cause(name: &str) -> Result<Cause, DecodeError> {
    let named = |cause: &Cause| cause.as_str() == name;
    let unknown = || DecodeError::Malformed(format!("'{name}' is no cause of a rollback"));
    Cause::ALL.into_iter().find(named).ok_or_else(unknown)
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
    })
}

#[cfg(test)]
mod tests;
