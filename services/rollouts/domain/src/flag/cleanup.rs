//! How a flag leaves the code: a date, a reminder, an attestation, the archive (rules F4, F5).

use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::decision::Decision;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::{Cleanup, Decided, Event, Flag, Identity, Kind, Known, Reach, Refusal};

/// Time from creation to the clean-up date of a release flag until GA sets a better one (rule F4).
pub const DEFAULT_CLEANUP: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The clean-up date that a new flag gets: release flags need one, permanent ones have none.
pub(super) fn first_date(
    identity: &Identity,
    wished: Option<Timestamp>,
    issued: &Issued,
    ruling: &mut Ruling<'_>,
) -> Option<Timestamp> {
    match identity.kind {
        Kind::Release => {
            let (now, owner) = (issued.at, identity.owner.trim());
            let on = wished.unwrap_or_else(|| now.saturating_add(DEFAULT_CLEANUP).unwrap_or(Timestamp::MAX));
            ruling.demand(!owner.is_empty(), || Refusal::OwnerMissing);
            ruling.demand(on > now, || Refusal::CleanupInThePast { on, now });
            Some(on)
        }
        Kind::Ops | Kind::Permission => {
            ruling.demand(wished.is_none(), || Refusal::Permanent);
            None
        }
    }
}

pub(super) fn schedule_cleanup(flag: &Flag, due: Timestamp, issued: &Issued) -> Decided {
    match flag.cleanup {
        Cleanup::Exempt => Err(Refusal::Permanent.into()),
        Cleanup::Scheduled(present) if present == due => Ok(Decision::nothing()),
        Cleanup::Scheduled(_) | Cleanup::Due(_) | Cleanup::Removed if due <= issued.at => {
            Err(Refusal::CleanupInThePast { on: due, now: issued.at }.into())
        }
        Cleanup::Scheduled(_) | Cleanup::Due(_) | Cleanup::Removed => {
            Ok(vec![Event::CleanupScheduled { due }].into())
        }
    }
}

/// Nobody waits for the date of a flag that serves nobody: its code may go at once.
pub(super) fn raise_cleanup_due(flag: &Flag, issued: &Issued) -> Decided {
    match flag.cleanup {
        Cleanup::Exempt => Err(Refusal::Permanent.into()),
        Cleanup::Due(_) | Cleanup::Removed => Ok(Decision::nothing()),
        Cleanup::Scheduled(due) if issued.at >= due => Ok(vec![Event::CleanupDue { due }].into()),
        Cleanup::Scheduled(due) => match flag.reach() {
            Reach::Off => Ok(vec![Event::CleanupDue { due: issued.at }].into()),
            Reach::Partial | Reach::FullyOn => Err(Refusal::NotDueYet { due, now: issued.at }.into()),
        },
    }
}

pub(super) fn confirm_removed(flag: &Flag, attestation: String) -> Decided {
    match flag.cleanup {
        Cleanup::Removed => Ok(Decision::nothing()),
        Cleanup::Exempt | Cleanup::Scheduled(_) | Cleanup::Due(_) if attestation.trim().is_empty() => {
            Err(Refusal::AttestationMissing.into())
        }
        Cleanup::Exempt | Cleanup::Scheduled(_) | Cleanup::Due(_) => {
            Ok(vec![Event::RemovedFromCode { attestation }].into())
        }
    }
}

/// A flag that a rollout still needs stays (rule R24).
pub(super) fn archive(flag: &Flag, known: &Known, issued: &Issued) -> Decided {
    let mut ruling = Ruling::of(issued);
    if let Some(owner) = known.claimant(flag)? {
        ruling.demand(false, || Refusal::StillClaimed { owner });
    }
    ruling.demand(flag.cleanup == Cleanup::Removed, || Refusal::StillInCode);
    ruling.decide(vec![Event::Archived])
}
