//! What a flag serves, and what it can go back to (rule R11).
//!
//! An exposure remembers the stage that it was set for. Stages are compared by their index alone: taking
//! exposure back must not depend on understanding the name of a stage.

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::id::RolloutId;

use crate::audience::Audience;

/// A stage attempt of a rollout, as the flag knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub rollout: RolloutId,
    pub stage: String,
    /// From 0; a higher stage reaches more users.
    pub stage_index: u32,
    /// Counts from 1 over the life of the rollout.
    pub attempt: u32,
}

/// An exposure as it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The version of the flag that brought it.
    pub version: u32,
    pub audience: Audience,
    /// `None` for an exposure that a person set by hand.
    pub place: Option<Place>,
}

/// The newest exposure that a rollout asked for (design clause 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) revision: u32,
    pub(super) audience: Audience,
    pub(super) place: Place,
}

/// What a flag remembers about the rollouts that set its exposure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// The rollout that set the exposure last.
    pub(super) owner: Option<RolloutId>,
    asked: BTreeMap<RolloutId, Asked>,
    /// The last exposure of each stage of the owner.
    last_of_stage: BTreeMap<u32, Exposure>,
    /// The newest attempt of each rollout that was narrowed.
    narrowed: BTreeMap<RolloutId, u32>,
    /// The stage attempts that narrowings named.
    named: BTreeSet<(RolloutId, String, u32)>,
}

impl Ledger {
    pub(super) fn asked_by(&self, rollout: RolloutId) -> Option<&Asked> {
        self.asked.get(&rollout)
    }

    /// The newest attempt of the rollout that asked for exposure.
    pub fn asked_attempt(&self, rollout: RolloutId) -> Option<u32> {
        self.asked.get(&rollout).map(|asked| asked.place.attempt)
    }

    /// Whether this attempt, or a later one, was taken back.
    pub(super) fn is_narrowed(&self, place: &Place) -> bool {
        self.narrowed.get(&place.rollout).is_some_and(|attempt| place.attempt <= *attempt)
    }

    /// Whether exposure was already taken back because of this stage attempt.
    pub(super) fn has_named(&self, place: &Place) -> bool {
        self.named.contains(&(place.rollout, place.stage.clone(), place.attempt))
    }

    pub(super) fn note_set(&mut self, place: &Place, revision: u32, exposure: Exposure) {
        if self.owner != Some(place.rollout) {
            self.owner = Some(place.rollout);
            self.last_of_stage.clear();
        }
        let asked = Asked { revision, audience: exposure.audience.clone(), place: place.clone() };
        self.asked.insert(place.rollout, asked);
        self.last_of_stage.insert(place.stage_index, exposure);
    }

    pub(super) fn note_narrowed(
        &mut self,
        rollout: RolloutId,
        stage: &str,
        attempt: u32,
        served: Option<&Exposure>,
    ) {
        let serving = served
            .and_then(|exposure| exposure.place.as_ref())
            .filter(|place| place.rollout == rollout)
            .map_or(0, |place| place.attempt);
        let newest = self.narrowed.entry(rollout).or_default();
        *newest = attempt.max(serving).max(*newest);
        self.named.insert((rollout, stage.to_owned(), attempt));
    }

    /// The recorded exposure of this version.
    pub(super) fn of_version(&self, version: u32) -> Option<&Exposure> {
        self.last_of_stage.values().find(|exposure| exposure.version == version)
    }

    /// What to serve once stage `failing` has failed while `served` was served; `None` = nobody.
    ///
    /// It is what is served already when that belongs to an earlier stage: a breach may name a stage that was
    /// left long ago. Else it is the last exposure of the nearest earlier stage that is not wider than what is
    /// served.
    pub(super) fn last_good<'a>(
        &'a self,
        served: Option<&'a Exposure>,
        rollout: RolloutId,
        failing: u32,
    ) -> Option<&'a Exposure> {
        let served = served?;
        let place = served.place.as_ref().filter(|place| place.rollout == rollout)?;
        if place.stage_index < failing {
            return Some(served);
        }
        let mut earlier = self.last_of_stage.range(..failing).map(|(_, exposure)| exposure);
        earlier.rfind(|exposure| !is_wider(&exposure.audience, &served.audience))
    }
}

/// Whether `audience` has a larger share than `other`, or everyone of `other` and more. Of two stages that
/// name different users neither is wider.
fn is_wider(audience: &Audience, other: &Audience) -> bool {
    audience.share() > other.share() || (other.is_within(audience) && !audience.is_within(other))
}
