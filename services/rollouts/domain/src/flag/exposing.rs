//! Who changes what is served, and by how much.

use verdict_kernel::decision::Decision;
use verdict_kernel::id::RolloutId;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::{
    Decided, Event, Exposure, Flag, Hold, HoldKind, InUse, Kind, Known, Place, Reach, Refusal, SetExposure,
    killing,
};
use crate::audience::Audience;
use crate::plan::BIG_BANG_LIMIT;

/// Whether the newest wish of the same rollout said the same already; refuses what an older state of the
/// rollout wishes (design clause 4).
fn repeated(flag: &Flag, wish: &SetExposure) -> Result<bool, Refusal> {
    let Some(stage) = &wish.stage else {
        return Ok(flag.audience() == wish.audience);
    };
    let Some(asked) = flag.ledger.asked_by(stage.place.rollout) else {
        return Ok(false);
    };
    let same = asked.audience == wish.audience && asked.place == stage.place;
    if stage.revision > asked.revision {
        return Ok(false);
    }
    if stage.revision == asked.revision && same {
        return Ok(true);
    }
    Err(Refusal::Outdated { newest: asked.revision, given: stage.revision })
}

pub(super) fn set_exposure(
    (flag, is_killed): InUse<'_>,
    wish: SetExposure,
    known: &Known,
    issued: &Issued,
) -> Decided {
    if repeated(flag, &wish)? {
        return Ok(Decision::nothing());
    }
    let claimant = known.claimant(flag)?;
    let by_hand = wish.stage.is_none();
    let mut ruling = Ruling::of(issued).overriding(by_hand && !issued.reason.trim().is_empty());
    ruling.demand(!is_killed, || Refusal::IsKilled);
    judge(flag, &wish, claimant, &mut ruling);
    // Also after the rollout has completed: what it showed is still there.
    if by_hand && flag.audience().widens(&wish.audience) {
        killing::confirm(flag, known, issued, &mut ruling);
    }
    ruling.decide(vec![if by_hand && claimant.is_some() {
        // A person takes from what a rollout shows: it stops, and shows nothing that it decided on before (rule R24).
        taken_away(flag, wish.audience, None, "by hand".to_owned())
    } else {
        Event::ExposureChanged { version: flag.next_version(), audience: wish.audience, stage: wish.stage }
    }])
}

fn judge(flag: &Flag, wish: &SetExposure, claimant: Option<RolloutId>, ruling: &mut Ruling<'_>) {
    let raises = wish.audience.widens(&flag.audience());
    let by = wish.stage.as_ref().map(|stage| stage.place.rollout);
    if let Err(refusal) = has_the_flag(claimant, by, raises) {
        ruling.demand(false, || refusal);
    }
    if let Some(stage) = wish.stage.as_ref().filter(|stage| flag.ledger.is_narrowed(&stage.place)) {
        ruling.demand(false, || Refusal::AttemptTakenBack { attempt: stage.place.attempt });
    }
    let by_hand = raises && by.is_none() && flag.identity.kind == Kind::Release;
    let unwatched = by_hand && goes_beyond_members(&wish.audience);
    // By hand nothing else keeps the first share small (rule R5).
    if wish.audience.share() > BIG_BANG_LIMIT {
        ruling.demand(!unwatched, || Refusal::NotWatched);
    } else {
        ruling.demand_by_level(!unwatched, || Refusal::NotWatched);
    }
    if let Some(causes) = flag.holds.causes().filter(|_| raises) {
        ruling.demand(false, || Refusal::Held { causes });
    }
    let (decided_on, taken_away) = (wish.flag_version, flag.taken_away);
    let stale = raises && by.is_some() && decided_on < taken_away;
    ruling.demand(!stale, || Refusal::TakenAway { decided_on, taken_away });
}

/// Only `audience` is left, and no hold is set.
fn taken_away(flag: &Flag, audience: Audience, rollout: Option<RolloutId>, cause: String) -> Event {
    Event::ExposureNarrowed {
        version: flag.next_version(),
        audience,
        restored: 0,
        hold: None,
        rollout,
        stage: String::new(),
        attempt: 0,
        cause,
    }
}

/// Rule R22: a rollout needs the claim, and a person raises nothing that a rollout has.
fn has_the_flag(claimant: Option<RolloutId>, by: Option<RolloutId>, raises: bool) -> Result<(), Refusal> {
    match (claimant, by) {
        (Some(owner), Some(rollout)) if owner == rollout => Ok(()),
        (Some(_), None) if !raises => Ok(()),
        (Some(owner), Some(_) | None) => Err(Refusal::OwnedByAnother { owner }),
        (None, Some(rollout)) => Err(Refusal::NotClaimed { rollout }),
        (None, None) => Ok(()),
    }
}

fn goes_beyond_members(audience: &Audience) -> bool {
    audience.widens(&Audience::members(audience.members.iter().cloned()))
}

/// Whether the rollout of `place` shows a stage from which on there is no way back (rule R26).
pub(super) fn is_past(flag: &Flag, place: &Place, from: u32) -> bool {
    let served = flag.served.as_ref().and_then(|served| served.place.as_ref());
    served.is_some_and(|served| served.rollout == place.rollout && served.stage_index >= from)
}

/// A breach that was answered already holds the flag for itself, too.
pub(super) fn narrow(flag: &Flag, place: Place, cause: String, kind: HoldKind, critical: bool) -> Vec<Event> {
    let good =
        flag.ledger.last_good(flag.served.as_ref(), place.rollout, place.stage_index).filter(|_| !critical);
    let audience = good.map_or_else(Audience::nobody, |exposure| exposure.audience.clone());
    if flag.ledger.has_named(&place) && audience == flag.audience() {
        if flag.holds.contains(&cause) {
            return Vec::new();
        }
        let (rollout, attempt) = (Some(place.rollout), place.attempt);
        return vec![Event::Held(Hold { cause, kind, rollout, attempt })];
    }
    vec![Event::ExposureNarrowed {
        version: flag.next_version(),
        audience,
        restored: good.map_or(0, |exposure| exposure.version),
        hold: Some(kind),
        rollout: Some(place.rollout),
        stage: place.stage,
        attempt: place.attempt,
        cause,
    }]
}

/// Off at once (rule F2). It sets no hold: whoever turned it off may turn it on again. Of a flag that serves nobody
/// it takes what an undo of its kill would bring back, and what its rollout may be about to show (rule R24). A rollout
/// takes nothing that another one shows: its end may be heard of late (rule R22).
pub(super) fn turn_off(flag: &Flag, rollout: Option<RolloutId>, cause: String) -> Vec<Event> {
    let is_its = |of: RolloutId| rollout.is_none_or(|rollout| rollout == of);
    let takes = |exposure: &Exposure| exposure.place.as_ref().is_none_or(|place| is_its(place.rollout));
    let under_way = flag.claim.is_some_and(is_its);
    let served = flag.reach() != Reach::Off && flag.served.as_ref().is_some_and(takes);
    let undoable = flag.before_kill.as_ref().is_some_and(|before| takes(&before.exposure));
    if !served && !undoable && !under_way {
        return Vec::new();
    }
    vec![taken_away(flag, Audience::nobody(), rollout, cause)]
}
