//! What each event leaves behind. Facts only: nothing is decided here.

use verdict_kernel::clock::Timestamp;

use super::{BeforeKill, Cleanup, Event, Exposure, Flag, Hold, Holds, Identity, Ledger, StageExposure};
use crate::audience::Audience;

pub(super) fn created(identity: Identity, cleanup_on: Option<Timestamp>) -> Flag {
    Flag {
        identity,
        version: 0,
        served: None,
        holds: Holds::default(),
        claim: None,
        taken_away: 0,
        before_kill: None,
        first_cleanup: cleanup_on,
        cleanup: cleanup_on.map_or(Cleanup::Exempt, Cleanup::Scheduled),
        ledger: Ledger::default(),
    }
}

pub(super) fn killed(flag: Flag, version: u32, at: Timestamp) -> Flag {
    let served = flag.served.filter(|exposure| !exposure.audience.is_nobody());
    let before_kill = served.map(|exposure| BeforeKill { at, exposure }).or(flag.before_kill);
    Flag { version, served: None, before_kill, taken_away: version, ..flag }
}

pub(super) fn revived(flag: Flag, version: u32, undone: Option<Exposure>) -> Flag {
    let before_kill = flag.before_kill.filter(|_| undone.is_none());
    Flag { version, served: undone, before_kill, ..flag }
}

/// What an event that leaves the phase alone does to the flag.
pub(super) fn changed(mut flag: Flag, event: &Event) -> Flag {
    match event {
        Event::ExposureChanged { version, audience, stage } => set(flag, *version, audience, stage.as_ref()),
        Event::ExposureNarrowed { .. } => narrowed(flag, event),
        Event::Held(hold) => {
            flag.holds.set(hold.clone());
            Flag { before_kill: None, ..flag }
        }
        Event::HoldReleased { cause, .. } => {
            flag.holds.lift(cause);
            flag
        }
        Event::Claimed { rollout } => Flag { claim: Some(*rollout), before_kill: None, ..flag },
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
    flag.before_kill = None;
    flag.served = Some(exposure);
    flag
}

fn narrowed(mut flag: Flag, event: &Event) -> Flag {
    let Event::ExposureNarrowed { version, audience, restored, hold, rollout, stage, attempt, cause } = event
    else {
        return flag;
    };
    let before = flag.served.take();
    if let Some(kind) = *hold {
        flag.holds.set(Hold { cause: cause.clone(), kind, rollout: *rollout, attempt: *attempt });
    }
    if let Some(rollout) = rollout.filter(|_| hold.is_some()) {
        flag.ledger.note_narrowed(rollout, stage, *attempt, before.as_ref());
    }
    flag.version = *version;
    if hold.is_none() {
        flag.taken_away = *version;
    }
    flag.before_kill = None;
    let kept = before.as_ref().filter(|exposure| exposure.version == *restored).cloned();
    let source = kept.or_else(|| flag.ledger.of_version(*restored).cloned());
    // A part of what was served belongs to the stage that it was cut from.
    let part = || Exposure {
        version: *version,
        audience: audience.clone(),
        place: before.as_ref().and_then(|exposure| exposure.place.clone()),
    };
    flag.served = (!audience.is_nobody()).then(|| source.unwrap_or_else(part));
    flag
}
