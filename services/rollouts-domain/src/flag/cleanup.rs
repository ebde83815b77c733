//! How a flag leaves the code: a date, a reminder, an attestation, the archive (rules F4, F5).

use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::principal::Issued;

use super::{Cleanup, Event, Flag, Identity, Kind, Reach, Refusal};

/// Time from creation to the clean-up date of a release flag until GA sets a better one (rule F4).
pub const DEFAULT_CLEANUP: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The clean-up date that a new flag gets: release flags need one, permanent ones have none.
pub(super) fn first_date(
    identity: &Identity,
    wished: Option<Timestamp>,
    issued: &Issued,
) -> Result<Option<Timestamp>, Refusal> {
    match (identity.kind, wished) {
        (Kind::Release, _) if identity.owner.trim().is_empty() => Err(Refusal::OwnerMissing),
        (Kind::Release, Some(on)) if on <= issued.at => Err(Refusal::CleanupInThePast { on, now: issued.at }),
        (Kind::Release, Some(on)) => Ok(Some(on)),
        (Kind::Release, None) => {
            Ok(Some(issued.at.saturating_add(DEFAULT_CLEANUP).unwrap_or(Timestamp::MAX)))
        }
        (Kind::Ops | Kind::Permission, None) => Ok(None),
        (Kind::Ops | Kind::Permission, Some(_)) => Err(Refusal::Permanent),
    }
}

pub(super) fn schedule_cleanup(flag: &Flag, due: Timestamp, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match flag.cleanup {
        Cleanup::Exempt => Err(Refusal::Permanent),
        Cleanup::Scheduled(present) if present == due => Ok(Vec::new()),
        Cleanup::Scheduled(_) | Cleanup::Due(_) | Cleanup::Removed if due <= issued.at => {
            Err(Refusal::CleanupInThePast { on: due, now: issued.at })
        }
        Cleanup::Scheduled(_) | Cleanup::Due(_) | Cleanup::Removed => {
            Ok(vec![Event::CleanupScheduled { due }])
        }
    }
}

/// Nobody waits for the date of a flag that serves nobody: its code may go at once.
pub(super) fn raise_cleanup_due(flag: &Flag, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match flag.cleanup {
        Cleanup::Exempt => Err(Refusal::Permanent),
        Cleanup::Due(_) | Cleanup::Removed => Ok(Vec::new()),
        Cleanup::Scheduled(due) if issued.at >= due => Ok(vec![Event::CleanupDue { due }]),
        Cleanup::Scheduled(due) => match flag.reach() {
            Reach::Off => Ok(vec![Event::CleanupDue { due: issued.at }]),
            Reach::Partial | Reach::FullyOn => Err(Refusal::NotDueYet { due, now: issued.at }),
        },
    }
}

pub(super) fn confirm_removed(flag: &Flag, attestation: String) -> Result<Vec<Event>, Refusal> {
    match flag.cleanup {
        Cleanup::Removed => Ok(Vec::new()),
        Cleanup::Exempt | Cleanup::Scheduled(_) | Cleanup::Due(_) if attestation.trim().is_empty() => {
            Err(Refusal::AttestationMissing)
        }
        Cleanup::Exempt | Cleanup::Scheduled(_) | Cleanup::Due(_) => {
            Ok(vec![Event::RemovedFromCode { attestation }])
        }
    }
}

/// A flag that a rollout still needs stays (rule R24).
pub(super) fn archive(flag: &Flag, claimant_runs: bool) -> Result<Vec<Event>, Refusal> {
    if let Some(owner) = flag.claim.filter(|_| claimant_runs) {
        return Err(Refusal::StillClaimed { owner });
    }
    match flag.cleanup {
        Cleanup::Removed => Ok(vec![Event::Archived]),
        Cleanup::Exempt | Cleanup::Scheduled(_) | Cleanup::Due(_) => Err(Refusal::StillInCode),
    }
}
