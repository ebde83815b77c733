//! The events that stop a rollout, take it back, let it go on or end it, as they are stored, and back.

use verdict_kernel::clock::Timestamp;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::rollout::{Cause, Event, PauseCause, ResumeKind, Resumption};
use verdict_rollouts_domain::stage::StageName;
use verdict_runtime::wire::{DecodeError, parse, parsed, required};

use super::{index, stage, step_of};

pub(super) fn paused(cause: PauseCause, reason: &str, at: Timestamp) -> pb::RolloutPaused {
    pb::RolloutPaused {
        reason: Some(reason.to_owned()),
        cause: Some(pause_cause(cause).into()),
        at: Some(at.to_string()),
    }
}

pub(super) fn watch_lost(at: Timestamp, attempt: u32) -> pb::WatchLost {
    pb::WatchLost { at: Some(at.to_string()), attempt: Some(attempt) }
}

pub(super) fn watch_restored(at: Timestamp) -> pb::WatchRestored {
    pb::WatchRestored { at: Some(at.to_string()) }
}

pub(super) fn rollback_requested(
    (stage, attempt): (StageName, u32),
    breach: &str,
    cause: Cause,
    critical: bool,
    at: Timestamp,
) -> pb::RollbackRequested {
    pb::RollbackRequested {
        stage: Some(stage.to_string()),
        attempt: Some(attempt),
        breach: Some(breach.to_owned()),
        cause: Some(cause.as_str().to_owned()),
        critical: Some(critical),
        at: Some(at.to_string()),
    }
}

pub(super) fn rolled_back(to: Option<StageName>, flag_version: u32) -> pb::RolledBack {
    pb::RolledBack {
        to_stage: Some(to.map_or_else(String::new, |stage| stage.to_string())),
        flag_version: Some(flag_version),
    }
}

pub(super) fn stage_overdue(stage: StageName, attempt: u32) -> pb::StageOverdue {
    pb::StageOverdue { stage: Some(stage.to_string()), attempt: Some(attempt) }
}

pub(super) fn stage_extended(
    stage: StageName,
    attempt: u32,
    until: Timestamp,
    reason: &str,
) -> pb::StageExtended {
    pb::StageExtended {
        stage: Some(stage.to_string()),
        attempt: Some(attempt),
        until: Some(until.to_string()),
        reason: Some(reason.to_owned()),
    }
}

pub(super) fn completed(at: Timestamp) -> pb::RolloutCompleted {
    pb::RolloutCompleted { at: Some(at.to_string()) }
}

pub(super) fn aborted(reason: &str) -> pb::RolloutAborted {
    pb::RolloutAborted { reason: Some(reason.to_owned()) }
}

pub(super) fn decode(name: &str, data: &[u8]) -> Result<Event, DecodeError> {
    Ok(match name {
        "RolloutPaused.v1" => {
            let message: pb::RolloutPaused = parse(data)?;
            let cause = read_pause_cause(message.cause()).ok_or(DecodeError::Missing("cause"))?;
            Event::Paused {
                cause,
                reason: required(message.reason, "reason")?,
                at: parsed(message.at.as_deref(), "at")?,
            }
        }
        "RolloutResumed.v1" => Event::Resumed(read_resumed(parse(data)?)?),
        "WatchLost.v1" => {
            let message: pb::WatchLost = parse(data)?;
            Event::WatchLost {
                at: parsed(message.at.as_deref(), "at")?,
                attempt: required(message.attempt, "attempt")?,
            }
        }
        "WatchRestored.v1" => {
            let message: pb::WatchRestored = parse(data)?;
            Event::WatchRestored { at: parsed(message.at.as_deref(), "at")? }
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
        "StageExtended.v1" => read_stage_extended(parse(data)?)?,
        "RolloutCompleted.v1" => {
            let message: pb::RolloutCompleted = parse(data)?;
            Event::Completed { at: parsed(message.at.as_deref(), "at")? }
        }
        "RolloutAborted.v1" => {
            let message: pb::RolloutAborted = parse(data)?;
            Event::Aborted { reason: required(message.reason, "reason")? }
        }
        _ => return Err(DecodeError::UnknownType),
    })
}

fn read_stage_extended(message: pb::StageExtended) -> Result<Event, DecodeError> {
    Ok(Event::StageExtended {
        stage: stage(message.stage.as_deref())?,
        attempt: required(message.attempt, "attempt")?,
        until: parsed(message.until.as_deref(), "until")?,
        reason: required(message.reason, "reason")?,
    })
}

fn read_rollback_requested(message: pb::RollbackRequested) -> Result<Event, DecodeError> {
    Ok(Event::RollbackRequested {
        stage: stage(message.stage.as_deref())?,
        attempt: required(message.attempt, "attempt")?,
        breach: required(message.breach, "breach")?,
        cause: cause(&required(message.cause, "cause")?)?,
        critical: required(message.critical, "critical")?,
        at: parsed(message.at.as_deref(), "at")?,
    })
}

pub(super) fn resumed(resumption: &Resumption) -> pb::RolloutResumed {
    let kind = match resumption.kind {
        ResumeKind::Fresh => pb::ResumeKind::Fresh,
        ResumeKind::FalseAlarm => pb::ResumeKind::FalseAlarm,
        ResumeKind::Undo => pb::ResumeKind::Undo,
    };
    pb::RolloutResumed {
        stage: Some(resumption.stage.to_string()),
        attempt: Some(resumption.attempt),
        at: Some(resumption.at.to_string()),
        step: Some(index(resumption.step)),
        kind: Some(kind.into()),
        stage_since: Some(resumption.stage_since.to_string()),
        step_since: Some(resumption.step_since.to_string()),
        exposed_at: Some(resumption.exposed_at.to_string()),
        releases: resumption.releases.clone(),
        flag_version: Some(resumption.flag_version),
    }
}

fn read_resumed(message: pb::RolloutResumed) -> Result<Resumption, DecodeError> {
    let kind = match message.kind() {
        pb::ResumeKind::Fresh => ResumeKind::Fresh,
        pb::ResumeKind::FalseAlarm => ResumeKind::FalseAlarm,
        pb::ResumeKind::Undo => ResumeKind::Undo,
        pb::ResumeKind::Unspecified => return Err(DecodeError::Missing("kind")),
    };
    Ok(Resumption {
        kind,
        stage: stage(message.stage.as_deref())?,
        step: step_of(message.step)?,
        attempt: required(message.attempt, "attempt")?,
        at: parsed(message.at.as_deref(), "at")?,
        stage_since: parsed(message.stage_since.as_deref(), "stageSince")?,
        step_since: parsed(message.step_since.as_deref(), "stepSince")?,
        exposed_at: parsed(message.exposed_at.as_deref(), "exposedAt")?,
        releases: message.releases,
        flag_version: message.flag_version.unwrap_or_default(),
    })
}

/// The cause with this name.
pub fn cause(name: &str) -> Result<Cause, DecodeError> {
    let named = |cause: &Cause| cause.as_str() == name;
    let unknown = || DecodeError::Malformed(format!("'{name}' is no cause of a rollback"));
    Cause::ALL.into_iter().find(named).ok_or_else(unknown)
}

/// The cause of a pause as a message.
#[must_use]
pub const fn pause_cause(cause: PauseCause) -> pb::PauseCause {
    match cause {
        PauseCause::Person => pb::PauseCause::Person,
        PauseCause::Off => pb::PauseCause::Off,
        PauseCause::Killed => pb::PauseCause::Killed,
        PauseCause::Guardrail => pb::PauseCause::Guardrail,
        PauseCause::NotExposed => pb::PauseCause::NotExposed,
    }
}

/// The cause of a pause that a message names.
#[must_use]
pub const fn read_pause_cause(cause: pb::PauseCause) -> Option<PauseCause> {
    Some(match cause {
        pb::PauseCause::Person => PauseCause::Person,
        pb::PauseCause::Off => PauseCause::Off,
        pb::PauseCause::Killed => PauseCause::Killed,
        pb::PauseCause::Guardrail => PauseCause::Guardrail,
        pb::PauseCause::NotExposed => PauseCause::NotExposed,
        pb::PauseCause::Unspecified => return None,
    })
}
