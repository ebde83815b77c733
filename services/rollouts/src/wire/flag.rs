//! Events of flags as they are stored, and back.

use jiff::Timestamp;
use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::audience::Audience;
use verdict_rollouts_domain::flag::{
    Event, Exposure, FeatureFlag, Hold, HoldKind, Identity, Kind, Place, StageExposure, Variant,
};
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

use super::audience;

/// How a share becomes buckets; part of the event because it must never change under a flag.
const BUCKETING: &str = "flagd-v3";

pub(crate) const KILLED: &str = "rollouts.Flag.FlagKilled.v1";
const REVIVED: &str = "rollouts.Flag.FlagRevived.v1";

/// How a flag is stored.
#[derive(Debug, Clone, Copy)]
pub struct FlagWire;

impl Wire for FlagWire {
    type Aggregate = FeatureFlag;
    const TYPES: &'static str = "rollouts.Flag";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Created { identity, cleanup_on } => {
                Stored::new("rollouts.Flag.FlagCreated.v1", &created(identity, *cleanup_on))
            }
            Event::ExposureChanged { version, audience, stage } => {
                Stored::new("rollouts.Flag.ExposureChanged.v1", &changed(*version, audience, stage.as_ref()))
            }
            Event::ExposureNarrowed { .. } => {
                Stored::new("rollouts.Flag.ExposureNarrowed.v1", &narrowed(event))
            }
            Event::Held(hold) => Stored::new("rollouts.Flag.FlagHeld.v1", &held(hold)),
            Event::HoldReleased { cause, reason } => {
                let (cause, reason) = (Some(cause.clone()), Some(reason.clone()));
                Stored::new("rollouts.Flag.HoldReleased.v1", &pb::HoldReleased { reason, cause })
            }
            Event::Claimed { rollout } => {
                let rollout_id = Some(rollout.to_string());
                Stored::new("rollouts.Flag.FlagClaimed.v1", &pb::FlagClaimed { rollout_id })
            }
            Event::Killed { version, reason, at } => {
                let (version, reason, at) = (Some(*version), Some(reason.clone()), Some(at.to_string()));
                Stored::new(KILLED, &pb::FlagKilled { version, reason, at })
            }
            Event::Revived { version, reason, undone } => {
                let (version, reason) = (Some(*version), Some(reason.clone()));
                let undone = undone.as_ref().map(self::undone);
                Stored::new(REVIVED, &pb::FlagRevived { version, reason, undone })
            }
            Event::CleanupScheduled { due } => {
                let due = Some(due.to_string());
                Stored::new("rollouts.Flag.CleanupScheduled.v1", &pb::CleanupScheduled { due })
            }
            Event::CleanupDue { due } => {
                let due = Some(due.to_string());
                Stored::new("rollouts.Flag.CleanupDue.v1", &pb::CleanupDue { due })
            }
            Event::RemovedFromCode { attestation } => {
                let attestation = Some(attestation.clone());
                Stored::new("rollouts.Flag.RemovedFromCode.v1", &pb::RemovedFromCode { attestation })
            }
            Event::Archived => Stored::new("rollouts.Flag.FlagArchived.v1", &pb::FlagArchived {}),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let name = event_type.strip_prefix("rollouts.Flag.").ok_or(DecodeError::UnknownType)?;
        Ok(Some(match name {
            "FlagCreated.v1" => read_created(parse(data)?)?,
            "ExposureChanged.v1" => read_changed(parse(data)?)?,
            "ExposureNarrowed.v1" => read_narrowed(parse(data)?)?,
            "FlagHeld.v1" => Event::Held(read_held(parse(data)?)?),
            "HoldReleased.v1" => {
                let message: pb::HoldReleased = parse(data)?;
                Event::HoldReleased {
                    cause: required(message.cause, "cause")?,
                    reason: required(message.reason, "reason")?,
                }
            }
            "FlagClaimed.v1" => {
                let message: pb::FlagClaimed = parse(data)?;
                Event::Claimed { rollout: parsed(message.rollout_id.as_deref(), "rolloutId")? }
            }
            "FlagKilled.v1" => {
                let message: pb::FlagKilled = parse(data)?;
                Event::Killed {
                    version: required(message.version, "version")?,
                    reason: required(message.reason, "reason")?,
                    at: parsed(message.at.as_deref(), "at")?,
                }
            }
            "FlagRevived.v1" => {
                let message: pb::FlagRevived = parse(data)?;
                Event::Revived {
                    version: required(message.version, "version")?,
                    reason: required(message.reason, "reason")?,
                    undone: message.undone.map(read_undone).transpose()?,
                }
            }
            "CleanupScheduled.v1" => {
                let message: pb::CleanupScheduled = parse(data)?;
                Event::CleanupScheduled { due: parsed(message.due.as_deref(), "due")? }
            }
            "CleanupDue.v1" => {
                let message: pb::CleanupDue = parse(data)?;
                Event::CleanupDue { due: parsed(message.due.as_deref(), "due")? }
            }
            "RemovedFromCode.v1" => {
                let message: pb::RemovedFromCode = parse(data)?;
                Event::RemovedFromCode { attestation: required(message.attestation, "attestation")? }
            }
            "FlagArchived.v1" => {
                let _: pb::FlagArchived = parse(data)?;
                Event::Archived
            }
            _ => return Err(DecodeError::UnknownType),
        }))
    }
}

/// The kind as the contracts spell it.
pub(crate) const fn kind(kind: Kind) -> pb::FlagKind {
    match kind {
        Kind::Release => pb::FlagKind::Release,
        Kind::Ops => pb::FlagKind::Ops,
        Kind::Permission => pb::FlagKind::Permission,
    }
}

/// The kind that a contract value stands for; `None` for UNSPECIFIED and for values of a later version.
pub(crate) fn read_kind(value: i32) -> Option<Kind> {
    match pb::FlagKind::try_from(value) {
        Ok(pb::FlagKind::Release) => Some(Kind::Release),
        Ok(pb::FlagKind::Ops) => Some(Kind::Ops),
        Ok(pb::FlagKind::Permission) => Some(Kind::Permission),
        Ok(pb::FlagKind::Unspecified) | Err(_) => None,
    }
}

/// The kind of a hold as the contracts spell it.
pub(crate) const fn hold_kind(kind: HoldKind) -> pb::HoldKind {
    match kind {
        HoldKind::Breach => pb::HoldKind::Breach,
        HoldKind::Watch => pb::HoldKind::Watch,
        HoldKind::Restored => pb::HoldKind::Restored,
        HoldKind::Guardrail => pb::HoldKind::Guardrail,
    }
}

/// The kind of hold that a contract value stands for; `None` for UNSPECIFIED and for values of a later version.
pub(crate) fn read_hold_kind(value: i32) -> Option<HoldKind> {
    match pb::HoldKind::try_from(value) {
        Ok(pb::HoldKind::Breach) => Some(HoldKind::Breach),
        Ok(pb::HoldKind::Watch) => Some(HoldKind::Watch),
        Ok(pb::HoldKind::Restored) => Some(HoldKind::Restored),
        Ok(pb::HoldKind::Guardrail) => Some(HoldKind::Guardrail),
        Ok(pb::HoldKind::Unspecified) | Err(_) => None,
    }
}

fn held(hold: &Hold) -> pb::FlagHeld {
    pb::FlagHeld {
        cause: Some(hold.cause.clone()),
        kind: Some(hold_kind(hold.kind).into()),
        rollout_id: hold.rollout.map(|rollout| rollout.to_string()),
        attempt: Some(hold.attempt),
    }
}

fn read_held(message: pb::FlagHeld) -> Result<Hold, DecodeError> {
    let rollout = message.rollout_id.map(|rollout| parsed(Some(&rollout), "rolloutId")).transpose()?;
    Ok(Hold {
        cause: required(message.cause, "cause")?,
        kind: required(message.kind.and_then(read_hold_kind), "kind")?,
        rollout,
        attempt: required(message.attempt, "attempt")?,
    })
}

fn undone(exposure: &Exposure) -> pb::UndoneKill {
    let place = exposure.place.as_ref();
    pb::UndoneKill {
        audience: Some(audience::encode(&exposure.audience)),
        restored: Some(exposure.version),
        rollout_id: place.map(|place| place.rollout.to_string()),
        stage: place.map(|place| place.stage.clone()),
        stage_index: place.map(|place| place.stage_index),
        attempt: place.map(|place| place.attempt),
    }
}

fn read_undone(message: pb::UndoneKill) -> Result<Exposure, DecodeError> {
    let place = match message.rollout_id.as_deref() {
        None => None,
        Some(rollout) => Some(Place {
            rollout: parsed(Some(rollout), "undone.rolloutId")?,
            stage: required(message.stage, "undone.stage")?,
            stage_index: required(message.stage_index, "undone.stageIndex")?,
            attempt: required(message.attempt, "undone.attempt")?,
        }),
    };
    Ok(Exposure {
        version: required(message.restored, "undone.restored")?,
        audience: audience::decode(required(message.audience, "undone.audience")?)?,
        place,
    })
}

fn created(identity: &Identity, cleanup_on: Option<Timestamp>) -> pb::FlagCreated {
    let variant = |variant: &Variant| pb::Variant {
        name: Some(variant.name.clone()),
        value: Some(variant.value.clone()),
    };
    pb::FlagCreated {
        key: Some(identity.key.clone()),
        environment: Some(identity.environment.clone()),
        kind: Some(kind(identity.kind).into()),
        owner: Some(identity.owner.clone()),
        cleanup_on: cleanup_on.map(|on| on.to_string()),
        salt: Some(identity.salt.clone()),
        bucketing: Some(BUCKETING.to_owned()),
        unit: Some(identity.unit.clone()),
        variants: identity.variants.iter().map(variant).collect(),
        on_variant: Some(identity.on_variant.clone()),
        off_variant: Some(identity.off_variant.clone()),
    }
}

fn read_created(message: pb::FlagCreated) -> Result<Event, DecodeError> {
    let bucketing = required(message.bucketing, "bucketing")?;
    if bucketing != BUCKETING {
        return Err(DecodeError::Malformed(format!("bucketing '{bucketing}' is not known")));
    }
    let variant = |variant: pb::Variant| {
        Ok(Variant {
            name: required(variant.name, "variants.name")?,
            value: required(variant.value, "variants.value")?,
        })
    };
    let kind = message.kind.and_then(read_kind);
    let variants: Result<_, DecodeError> = message.variants.into_iter().map(variant).collect();
    let cleanup_on = message.cleanup_on.map(|on| parsed(Some(&on), "cleanupOn")).transpose()?;
    Ok(Event::Created {
        identity: Identity {
            key: required(message.key, "key")?,
            environment: required(message.environment, "environment")?,
            kind: required(kind, "kind")?,
            owner: required(message.owner, "owner")?,
            salt: required(message.salt, "salt")?,
            unit: required(message.unit, "unit")?,
            variants: variants?,
            on_variant: required(message.on_variant, "onVariant")?,
            off_variant: required(message.off_variant, "offVariant")?,
        },
        cleanup_on,
    })
}

fn changed(version: u32, audience: &Audience, stage: Option<&StageExposure>) -> pb::ExposureChanged {
    let place = stage.map(|stage| &stage.place);
    pb::ExposureChanged {
        version: Some(version),
        audience: Some(audience::encode(audience)),
        rollout_id: place.map(|place| place.rollout.to_string()),
        rollout_revision: stage.map(|stage| stage.revision),
        stage: place.map(|place| place.stage.clone()),
        stage_index: place.map(|place| place.stage_index),
        attempt: place.map(|place| place.attempt),
    }
}

fn read_changed(message: pb::ExposureChanged) -> Result<Event, DecodeError> {
    let stage = match message.rollout_id.as_deref() {
        None => None,
        Some(rollout) => Some(StageExposure {
            place: Place {
                rollout: parsed(Some(rollout), "rolloutId")?,
                stage: required(message.stage, "stage")?,
                stage_index: required(message.stage_index, "stageIndex")?,
                attempt: required(message.attempt, "attempt")?,
            },
            revision: required(message.rollout_revision, "rolloutRevision")?,
        }),
    };
    Ok(Event::ExposureChanged {
        version: required(message.version, "version")?,
        audience: audience::decode(required(message.audience, "audience")?)?,
        stage,
    })
}

/// An empty message for any other event, which nobody passes.
fn narrowed(event: &Event) -> pb::ExposureNarrowed {
    let Event::ExposureNarrowed { version, audience, restored, hold, rollout, stage, attempt, cause } = event
    else {
        return pb::ExposureNarrowed::default();
    };
    pb::ExposureNarrowed {
        version: Some(*version),
        audience: Some(audience::encode(audience)),
        restored: Some(*restored),
        hold: Some(hold.is_some()),
        hold_kind: hold.map(|kind| hold_kind(kind).into()),
        rollout_id: rollout.map(|rollout: RolloutId| rollout.to_string()),
        stage: Some(stage.clone()),
        attempt: Some(*attempt),
        cause: Some(cause.clone()),
    }
}

fn read_narrowed(message: pb::ExposureNarrowed) -> Result<Event, DecodeError> {
    let rollout = message.rollout_id.map(|rollout| parsed(Some(&rollout), "rolloutId")).transpose()?;
    let kind = || required(message.hold_kind.and_then(read_hold_kind), "holdKind");
    let hold = required(message.hold, "hold")?.then(kind).transpose()?;
    Ok(Event::ExposureNarrowed {
        version: required(message.version, "version")?,
        audience: audience::decode(required(message.audience, "audience")?)?,
        restored: required(message.restored, "restored")?,
        hold,
        rollout,
        stage: required(message.stage, "stage")?,
        attempt: required(message.attempt, "attempt")?,
        cause: required(message.cause, "cause")?,
    })
}

#[cfg(test)]
mod tests;
