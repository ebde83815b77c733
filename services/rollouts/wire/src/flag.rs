//! Flags as they are stored and shown.

use std::fmt::Display;

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::flag::{
    BeforeKill, Cleanup, Event, Exposure, FeatureFlag, Flag, Hold, HoldKind, Identity, Kind, Place, Reach,
    StageExposure, State, UNDO_WITHIN, Variant,
};
use verdict_stored::field::{Each, Field, Maybe, Plain, Shown};
use verdict_stored::view::{Scope, Seen, Viewed};
use verdict_stored::{DecodeError, events, message, required, words};

use crate::audience::AudienceMessage;

/// How a share becomes buckets; part of the event because it must never change under a flag.
const BUCKETING: &str = "flagd-v3";

events! {
    /// The rim of [`FeatureFlag`].
    pub FlagWire: FeatureFlag, Event in "rollouts.Flag", messages of pb;
    [Created {
        identity: Identity { key, environment, kind, owner, salt, unit, variants, on_variant, off_variant },
        cleanup_on
    }] = FlagCreated.v1 {
        key: key as Plain, environment: environment as Plain, kind: kind as KindWord, owner: owner as Plain,
        cleanup_on: cleanup_on as Maybe<Shown>, unit: unit as Plain, variants: variants as Each<VariantMessage>,
        on_variant: on_variant as Plain, off_variant: off_variant as Plain;
        [salt, bucketing]: salt as Bucketing
    }
    [ExposureChanged { version, audience, stage }] = ExposureChanged.v1 {
        version: version as Plain, audience: audience as AudienceMessage;
        [rollout_id, rollout_revision, stage, stage_index, attempt]: stage as StageColumns
    }
    [ExposureNarrowed { version, audience, restored, hold, rollout, stage, attempt, cause }] = ExposureNarrowed.v1 {
        version: version as Plain, audience: audience as AudienceMessage, restored: restored as Plain,
        rollout_id: rollout as Maybe<Shown>, stage: stage as Plain, attempt: attempt as Plain, cause: cause as Plain;
        [hold, hold_kind]: hold as HoldColumns
    }
    [Held(Hold { cause, kind, rollout, attempt })] = FlagHeld.v1 {
        cause: cause as Plain, kind: kind as HoldKindWord, rollout_id: rollout as Maybe<Shown>, attempt: attempt as Plain,
    }
    [HoldReleased { cause, reason }] = HoldReleased.v1 { cause: cause as Plain, reason: reason as Plain }
    [Claimed { rollout }] = FlagClaimed.v1 { rollout_id: rollout as Shown }
    [Killed { version, reason, at }] = FlagKilled.v1 { version: version as Plain, reason: reason as Plain, at: at as Shown }
    [Revived { version, reason, undone }] = FlagRevived.v1 {
        version: version as Plain, reason: reason as Plain, undone: undone as Maybe<UndoneMessage>,
    }
    [CleanupScheduled { due }] = CleanupScheduled.v1 { due: due as Shown }
    [CleanupDue { due }] = CleanupDue.v1 { due: due as Shown }
    [RemovedFromCode { attestation }] = RemovedFromCode.v1 { attestation: attestation as Plain }
    [Archived] = FlagArchived.v1 {}
}

words! {
    KindWord, kind, read_kind: Kind = pb::FlagKind { Release, Ops, Permission }
    HoldKindWord, hold_kind, read_hold_kind: HoldKind = pb::HoldKind { Breach, Watch, Restored, Guardrail }
}

message! {
    /// A variant in a message.
    VariantMessage: [Variant { name, value }] = pb::Variant { name: name as Plain, value: value as Plain }

    /// The exposure that an undone kill brings back.
    UndoneMessage: [Exposure { version, audience, place }] = pb::UndoneKill {
        restored: version as Plain, audience: audience as AudienceMessage;
        [rollout_id, stage, stage_index, attempt]: place as PlaceColumns
    }
}

/// The salt, and how it is used.
struct Bucketing;

impl Field<String, (Option<String>, Option<String>)> for Bucketing {
    fn write(salt: &String) -> (Option<String>, Option<String>) {
        (Some(salt.clone()), Some(BUCKETING.to_owned()))
    }

    fn read(
        (salt, bucketing): (Option<String>, Option<String>),
        _: &'static str,
    ) -> Result<String, DecodeError> {
        let bucketing = required(bucketing, "bucketing")?;
        if bucketing == BUCKETING {
            required(salt, "salt")
        } else {
            Err(DecodeError::Malformed(format!("bucketing '{bucketing}' is not known")))
        }
    }
}

/// Rollout, stage, its index, attempt; without a rollout there is none of them.
type PlaceFields = (Option<String>, Option<String>, Option<u32>, Option<u32>);

/// The place of an exposure; an exposure by hand has none.
struct PlaceColumns;

impl Field<Option<Place>, PlaceFields> for PlaceColumns {
    fn write(place: &Option<Place>) -> PlaceFields {
        let place = place.as_ref();
        (
            place.map(|place| place.rollout.to_string()),
            place.map(|place| place.stage.clone()),
            place.map(|place| place.stage_index),
            place.map(|place| place.attempt),
        )
    }

    fn read(
        (rollout, stage, stage_index, attempt): PlaceFields,
        _: &'static str,
    ) -> Result<Option<Place>, DecodeError> {
        let Some(rollout) = rollout else { return Ok(None) };
        Ok(Some(Place {
            rollout: <Shown as Field<RolloutId, _>>::read(Some(rollout), "rollout_id")?,
            stage: required(stage, "stage")?,
            stage_index: required(stage_index, "stage_index")?,
            attempt: required(attempt, "attempt")?,
        }))
    }
}

/// The same with the revision of the rollout behind its id.
type StageFields = (Option<String>, Option<u32>, Option<String>, Option<u32>, Option<u32>);

/// What a rollout asked for; an exposure by hand has none.
struct StageColumns;

impl Field<Option<StageExposure>, StageFields> for StageColumns {
    fn write(exposure: &Option<StageExposure>) -> StageFields {
        let place = exposure.as_ref().map(|exposure| exposure.place.clone());
        let (rollout, stage, stage_index, attempt) = PlaceColumns::write(&place);
        (rollout, exposure.as_ref().map(|exposure| exposure.revision), stage, stage_index, attempt)
    }

    fn read(
        (rollout, revision, stage, stage_index, attempt): StageFields,
        name: &'static str,
    ) -> Result<Option<StageExposure>, DecodeError> {
        let Some(place) = PlaceColumns::read((rollout, stage, stage_index, attempt), name)? else {
            return Ok(None);
        };
        Ok(Some(StageExposure { place, revision: required(revision, "rollout_revision")? }))
    }
}

/// Whether the narrowing holds the flag, and why.
struct HoldColumns;

impl Field<Option<HoldKind>, (Option<bool>, Option<i32>)> for HoldColumns {
    fn write(hold: &Option<HoldKind>) -> (Option<bool>, Option<i32>) {
        (Some(hold.is_some()), Maybe::<HoldKindWord>::write(hold))
    }

    fn read(
        (hold, kind): (Option<bool>, Option<i32>),
        _: &'static str,
    ) -> Result<Option<HoldKind>, DecodeError> {
        required(hold, "hold")?.then(|| HoldKindWord::read(kind, "hold_kind")).transpose()
    }
}

impl Viewed for FlagWire {
    type Id = FlagId;
    type View = pb::FlagView;

    const ABSENT: &'static str = "the flag was never created";
    const BEGINS: &'static str = "verdict flag create --key <key> --owner <owner>";

    const CALLED: &'static str = "give its id, its key such as new-checkout, or environment/key";
    const SCOPE: Scope = Scope::Organisation;

    /// By its id, by its key, or as `environment/key`.
    fn named(org: &str, text: &str) -> Result<FlagId, impl Display> {
        FlagId::named(org, "", text)
    }

    fn view(seen: Seen<'_, State>) -> Option<pb::FlagView> {
        let (flag, name) = match seen.state {
            State::Absent => return None,
            State::Live(flag) => (flag, reach(flag.reach())),
            State::Killed(flag) => (flag, "killed"),
            State::Archived(flag) => (flag, "archived"),
        };
        let (cleanup, cleanup_on) = cleanup(flag);
        let place = flag.served.as_ref().and_then(|served| served.place.as_ref());
        Some(pb::FlagView {
            id: seen.id.to_owned(),
            version: seen.version,
            position: seen.position,
            key: flag.identity.key.clone(),
            environment: flag.identity.environment.clone(),
            kind: kind(flag.identity.kind).into(),
            owner: flag.identity.owner.clone(),
            cleanup_on,
            state: name.to_owned(),
            audience: AudienceMessage::write(&flag.audience()),
            exposure_version: flag.version,
            held: flag.is_held(),
            holds: flag.holds.iter().map(hold).collect(),
            claimed_by: flag.claim.map(|rollout| rollout.to_string()).unwrap_or_default(),
            unit: flag.identity.unit.clone(),
            variants: Each::<VariantMessage>::write(&flag.identity.variants),
            on_variant: flag.identity.on_variant.clone(),
            off_variant: flag.identity.off_variant.clone(),
            undo_until: flag.before_kill.as_ref().map(undo_until).unwrap_or_default(),
            cleanup: cleanup.to_owned(),
            stage: place.map(|place| place.stage.clone()).unwrap_or_default(),
            rollout_id: flag.owner().map(|owner| owner.to_string()).unwrap_or_default(),
            managed_by: seen.beside.keeper.clone(),
        })
    }

    fn is_of(view: &pb::FlagView, rollout: &str) -> bool {
        view.rollout_id == rollout
    }
}

fn hold(hold: &Hold) -> pb::Hold {
    pb::Hold {
        cause: hold.cause.clone(),
        kind: hold_kind(hold.kind).into(),
        rollout_id: hold.rollout.map(|rollout| rollout.to_string()).unwrap_or_default(),
        attempt: hold.attempt,
    }
}

fn undo_until(before: &BeforeKill) -> String {
    before.at.saturating_add(UNDO_WITHIN).unwrap_or(Timestamp::MAX).to_string()
}

const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Off => "off",
        Reach::Partial => "partial",
        Reach::FullyOn => "fully_on",
    }
}

fn cleanup(flag: &Flag) -> (&'static str, String) {
    match flag.cleanup {
        Cleanup::Exempt | Cleanup::Removed => ("", String::new()),
        Cleanup::Scheduled(due) => ("scheduled", due.to_string()),
        Cleanup::Due(due) => ("due", due.to_string()),
    }
}

#[cfg(test)]
mod tests;
