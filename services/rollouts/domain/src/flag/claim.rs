//! To whom a flag belongs: a key is one flag for ever (rule F9), and a flag is at most one rollout's that is not over
//! (rule R22).

use verdict_kernel::clock::Timestamp;
use verdict_kernel::decision::Decision;
use verdict_kernel::id::RolloutId;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::{Decided, Event, Flag, Identity, InUse, Known, Refusal};

/// Who creates the same again has it already; a key is never given to another flag.
pub(super) fn create_again(flag: &Flag, identity: &Identity, cleanup_on: Option<Timestamp>) -> Decided {
    let same_date = cleanup_on.is_none() || cleanup_on == flag.first_cleanup;
    if flag.identity == *identity && same_date {
        Ok(Decision::nothing())
    } else {
        Err(Refusal::KeyTaken.into())
    }
}

/// Nobody claims what another rollout has, nor a flag that serves nobody until it is revived.
pub(super) fn claim(
    (flag, is_killed): InUse<'_>,
    rollout: RolloutId,
    known: &Known,
    issued: &Issued,
) -> Decided {
    if flag.claim == Some(rollout) {
        return Ok(Decision::nothing());
    }
    let mut ruling = Ruling::of(issued);
    ruling.demand(!is_killed, || Refusal::IsKilled);
    if let Some(owner) = known.claimant(flag)? {
        ruling.demand(false, || Refusal::OwnedByAnother { owner });
    }
    ruling.decide(vec![Event::Claimed { rollout }])
}
