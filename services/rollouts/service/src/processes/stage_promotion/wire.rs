//! The facts of the stage promotion as they are stored, and back.

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::processes::stage_promotion::{ByHand, Fact, Note, Stop};
use verdict_rollouts_domain::rollout::Move;
use verdict_rollouts_wire::audience::AudienceMessage;
use verdict_stored::field::Field;
use verdict_stored::{DecodeError, Stored, parse, parsed, required};

/// A next move that is no stage.
const STEP: &str = "step";
const STAGE: &str = "stage";
const COMPLETE: &str = "complete";

pub(super) fn encode(fact: &Fact) -> Stored {
    match fact {
        Fact::StageNoted(note) => Stored::new("rollouts.StagePromotion.StageNoted.v1", &stage_noted(note)),
        Fact::EvidenceNoted { kind } => Stored::new(
            "rollouts.StagePromotion.EvidenceNoted.v1",
            &pb::StagePromotionEvidenceNoted { kind: Some(kind.clone()) },
        ),
        Fact::GateNoted { open } => Stored::new(
            "rollouts.StagePromotion.GateNoted.v1",
            &pb::StagePromotionGateNoted { open: Some(*open) },
        ),
        Fact::AnswerNoted => {
            Stored::new("rollouts.StagePromotion.AnswerNoted.v1", &pb::StagePromotionAnswerNoted {})
        }
        Fact::FlagNoted { rollout, what, event } => Stored::new(
            "rollouts.StagePromotion.FlagNoted.v1",
            &pb::StagePromotionFlagNoted {
                rollout_id: Some(rollout.to_string()),
                what: Some(what.as_str().to_owned()),
                event: Some(event.clone()),
            },
        ),
        Fact::Stopped(stop) => Stored::new(
            "rollouts.StagePromotion.Stopped.v1",
            &pb::StagePromotionStopped { why: Some(stop.as_str().to_owned()) },
        ),
        Fact::Closed { rollout, flag, cleanup_due } => Stored::new(
            "rollouts.StagePromotion.Closed.v1",
            &pb::StagePromotionClosed {
                rollout_id: Some(rollout.to_string()),
                flag_id: Some(flag.to_string()),
                cleanup_due: cleanup_due.map(|due| due.to_string()),
            },
        ),
    }
}

pub(super) fn decode(event_type: &str, data: &[u8]) -> Result<Fact, DecodeError> {
    let name = event_type.strip_prefix("rollouts.StagePromotion.").ok_or(DecodeError::UnknownType)?;
    Ok(match name {
        "StageNoted.v1" => Fact::StageNoted(Box::new(read_stage_noted(parse(data)?)?)),
        "EvidenceNoted.v1" => {
            let message: pb::StagePromotionEvidenceNoted = parse(data)?;
            Fact::EvidenceNoted { kind: required(message.kind, "kind")? }
        }
        "AnswerNoted.v1" => {
            let _: pb::StagePromotionAnswerNoted = parse(data)?;
            Fact::AnswerNoted
        }
        "FlagNoted.v1" => {
            let message: pb::StagePromotionFlagNoted = parse(data)?;
            Fact::FlagNoted {
                rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
                what: read_by_hand(&required(message.what, "what")?)?,
                event: required(message.event, "event")?,
            }
        }
        "GateNoted.v1" => {
            let message: pb::StagePromotionGateNoted = parse(data)?;
            Fact::GateNoted { open: required(message.open, "open")? }
        }
        "Stopped.v1" => {
            let message: pb::StagePromotionStopped = parse(data)?;
            Fact::Stopped(read_stop(&required(message.why, "why")?)?)
        }
        "Closed.v1" => {
            let message: pb::StagePromotionClosed = parse(data)?;
            let due = message.cleanup_due.as_deref();
            Fact::Closed {
                rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
                flag: parsed(message.flag_id.as_deref(), "flagId")?,
                cleanup_due: due.map(|due| parsed(Some(due), "cleanupDue")).transpose()?,
            }
        }
        _ => return Err(DecodeError::UnknownType),
    })
}

fn read_stop(name: &str) -> Result<Stop, DecodeError> {
    let named = |stop: &Stop| stop.as_str() == name;
    let unknown = || DecodeError::Malformed(format!("'{name}' is no reason to stop"));
    Stop::ALL.into_iter().find(named).ok_or_else(unknown)
}

fn read_by_hand(name: &str) -> Result<ByHand, DecodeError> {
    let named = |what: &ByHand| what.as_str() == name;
    let unknown = || DecodeError::Malformed(format!("'{name}' is nothing that happens to a flag"));
    ByHand::ALL.into_iter().find(named).ok_or_else(unknown)
}

fn stage_noted(note: &Note) -> pb::StagePromotionStageNoted {
    let (next, next_stage) = match &note.next {
        Move::Step(_) => (STEP, None),
        Move::Stage(stage) => (STAGE, Some(stage.to_string())),
        Move::Complete => (COMPLETE, None),
    };
    pb::StagePromotionStageNoted {
        rollout_id: Some(note.rollout.to_string()),
        flag_id: Some(note.flag.to_string()),
        stage: Some(note.stage.to_string()),
        stage_index: Some(note.stage_index),
        attempt: Some(note.attempt),
        step: Some(u32::try_from(note.step).unwrap_or(u32::MAX)),
        exposure: AudienceMessage::write(&note.exposure),
        soaked_at: Some(note.soaked_at.to_string()),
        overdue_at: note.overdue_at.map(|at| at.to_string()),
        automatic: Some(note.automatic),
        last: Some(note.next == Move::Complete),
        rollout_revision: Some(note.rollout_revision),
        next: Some(next.to_owned()),
        next_stage,
        releases: note.releases.clone(),
        flag_version: Some(note.flag_version),
    }
}

fn read_stage_noted(message: pb::StagePromotionStageNoted) -> Result<Note, DecodeError> {
    let step = usize::try_from(required(message.step, "step")?)
        .map_err(|error| DecodeError::Malformed(format!("field 'step': {error}")))?;
    let overdue_at = message.overdue_at.as_deref();
    let next = match required(message.next.as_deref(), "next")? {
        STEP => Move::Step(step + 1),
        STAGE => Move::Stage(parsed(message.next_stage.as_deref(), "nextStage")?),
        COMPLETE => Move::Complete,
        // A word of a later version (design clause 25).
        _ => return Err(DecodeError::UnknownType),
    };
    Ok(Note {
        rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
        flag: parsed(message.flag_id.as_deref(), "flagId")?,
        stage: parsed(message.stage.as_deref(), "stage")?,
        stage_index: required(message.stage_index, "stageIndex")?,
        attempt: required(message.attempt, "attempt")?,
        step,
        exposure: AudienceMessage::read(message.exposure, "exposure")?,
        soaked_at: parsed(message.soaked_at.as_deref(), "soakedAt")?,
        overdue_at: overdue_at.map(|at| parsed(Some(at), "overdueAt")).transpose()?,
        automatic: required(message.automatic, "automatic")?,
        next,
        rollout_revision: required(message.rollout_revision, "rolloutRevision")?,
        releases: message.releases,
        flag_version: message.flag_version.unwrap_or_default(),
    })
}
