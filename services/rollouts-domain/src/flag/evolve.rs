//! What each event leaves behind. Facts only: nothing is decided here.

use verdict_kernel::clock::Timestamp;

use super::{Cleanup, Event, Exposure, Flag, Identity, Ledger, StageExposure};
use crate::audience::Audience;

pub(super) fn created(identity: Identity, cleanup_on: Option<Timestamp>) -> Flag {
    Flag {
        identity,
        version: 0,
        served: None,
        held_for: None,
        cleanup: cleanup_on.map_or(Cleanup::Exempt, Cleanup::Scheduled),
        ledger: Ledger::default(),
    }
}

pub(super) fn served_nobody(flag: Flag, version: u32) -> Flag {
    Flag { version, served: None, ..flag }
}

/// What an event that leaves the phase alone does to the flag.
pub(super) fn changed(mut flag: Flag, event: &Event) -> Flag {
    match event {
        Event::ExposureChanged { version, audience, stage } => set(flag, *version, audience, stage.as_ref()),
        Event::ExposureNarrowed { .. } => narrowed(flag, event),
        Event::HoldReleased { .. } => Flag { held_for: None, ..flag },
        Event::CleanupScheduled { due } => {
            flag.cleanup = Cleanup::Scheduled(*due);
            flag
        }
        Event::CleanupDue { due } => {
            flag.cleanup = Cleanup::Due(*due);
            flag
        }
        Event::RemovedFromCode { .. } => {
            flag.cleanup = Cleanup::Removed;
            flag
        }
        Event::Created { .. } | Event::Killed { .. } | Event::Revived { .. } | Event::Archived => flag,
    }
}

fn set(mut flag: Flag, version: u32, audience: &Audience, stage: Option<&StageExposure>) -> Flag {
    // A cut by hand belongs to the stage that it cuts.
    let kept = || flag.served.as_ref().and_then(|served| served.place.clone());
    let exposure = Exposure {
        version,
        audience: audience.clone(),
        place: stage.map_or_else(kept, |stage| Some(stage.place.clone())),
    };
    if let Some(stage) = stage {
        flag.ledger.note_set(&stage.place, stage.revision, exposure.clone());
    }
    flag.version = version;
    flag.served = Some(exposure);
    flag
}

fn narrowed(mut flag: Flag, event: &Event) -> Flag {
    let Event::ExposureNarrowed { version, audience, restored, hold, rollout, stage, attempt, cause } = event
    else {
        return flag;
    };
    let before = flag.served.take();
    if *hold {
        flag.held_for = Some(cause.clone());
    }
    if let Some(rollout) = rollout.filter(|_| *hold) {
        flag.ledger.note_narrowed(rollout, stage, *attempt, before.as_ref());
    }
    flag.version = *version;
    let kept = before.filter(|exposure| exposure.version == *restored);
    let source = kept.or_else(|| flag.ledger.of_version(*restored).cloned());
    flag.served = source.filter(|_| !audience.is_nobody());
    flag
}
