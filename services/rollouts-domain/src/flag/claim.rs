//! To whom a flag belongs: a key is one flag for ever (rule F9), and a flag is at most one rollout's that is not over
//! (rule R22).

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::RolloutId;

use super::{Event, Flag, Identity, Refusal};

/// Who creates the same again has it already; a key is never given to another flag.
pub(super) fn create_again(
    flag: &Flag,
    identity: &Identity,
    cleanup_on: Option<Timestamp>,
) -> Result<Vec<Event>, Refusal> {
    let same_date = cleanup_on.is_none() || cleanup_on == flag.first_cleanup;
    if flag.identity == *identity && same_date { Ok(Vec::new()) } else { Err(Refusal::KeyTaken) }
}

/// The claim of a rollout that is over is void.
pub(super) fn claim(flag: &Flag, rollout: RolloutId, claimant_runs: bool) -> Result<Vec<Event>, Refusal> {
    match flag.claim {
        Some(owner) if owner == rollout => Ok(Vec::new()),
        Some(owner) if claimant_runs => Err(Refusal::OwnedByAnother { owner }),
        Some(_) | None => Ok(vec![Event::Claimed { rollout }]),
    }
}
