//! What the log says of flags, and on what exposure rises.

use std::collections::BTreeSet;

use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::rollouts::v1::HoldKind;
use verdict_runtime::log::Recorded;

use super::rollout::Entry;
use super::{Exposure, Watcher, read};

#[derive(Debug, Clone, Default)]
pub(super) struct Flag {
    pub(super) key: String,
    pub(super) exposure: Exposure,
    /// Causes of the holds.
    pub(super) holds: BTreeSet<String>,
    /// What was served when it was killed, until it is revived.
    before_kill: Option<Exposure>,
    /// Commit position and exposure after it.
    pub(super) history: Vec<(u64, Exposure)>,
    /// Causes of the holds because the log went back, released ones among them.
    pub(super) held_as_restored: BTreeSet<String>,
    /// It was raised since the log went back.
    pub(super) was_raised: bool,
}

impl Flag {
    /// Holds a rise against the holds.
    fn rises_to(&self, next: &Exposure) -> Result<(), String> {
        if self.holds.is_empty() {
            return Ok(());
        }
        Err(format!("S1: a flag held for {:?} was raised from {:?} to {next:?}", self.holds, self.exposure))
    }

    fn is_held_for(&mut self, cause: &str, kind: HoldKind) {
        self.holds.insert(cause.to_owned());
        if kind == HoldKind::Restored {
            self.held_as_restored.insert(cause.to_owned());
        }
    }

    /// Whether it served anybody at a position of the log, and has since: nothing else is held when a log goes back.
    pub(super) fn served_at(&self, commit: u64) -> bool {
        let before = self.history.iter().rev().find(|(at, _)| *at <= commit);
        let since = self.history.iter().filter(|(at, _)| *at > commit);
        before.into_iter().chain(since).all(|(_, exposure)| *exposure != Exposure::default())
            && before.is_some()
    }

    /// Whether it was held because the log went back, and somebody released that.
    fn was_released(&self) -> bool {
        !self.held_as_restored.is_empty() && self.held_as_restored.is_disjoint(&self.holds)
    }
}

impl Watcher {
    pub(super) fn flag(&mut self, id: &str, event: &Recorded) -> Result<(), String> {
        if !event.event_type.starts_with("rollouts.Flag.") {
            return Ok(());
        }
        let is_new = self.is_new(event);
        let mut flag = self.flags.remove(id).unwrap_or_default();
        let before = flag.exposure.clone();
        self.changed(&mut flag, event, is_new)?;
        flag.was_raised |= is_new && !flag.exposure.is_within(&before);
        flag.history.push((event.position.commit, flag.exposure.clone()));
        self.flags.insert(id.to_owned(), flag);
        Ok(())
    }

    fn changed(&self, flag: &mut Flag, event: &Recorded, is_new: bool) -> Result<(), String> {
        match &*event.event_type {
            "rollouts.Flag.FlagCreated.v1" => {
                let created: rollouts::FlagCreated = read(event)?;
                created.key().clone_into(&mut flag.key);
            }
            "rollouts.Flag.ExposureChanged.v1" => {
                let changed: rollouts::ExposureChanged = read(event)?;
                let next = Exposure::of(changed.audience.clone());
                if !next.is_within(&flag.exposure) {
                    flag.rises_to(&next)?;
                    self.raised(flag, &next, &changed, is_new)?;
                }
                flag.exposure = next;
            }
            "rollouts.Flag.ExposureNarrowed.v1" => {
                let narrowed: rollouts::ExposureNarrowed = read(event)?;
                let next = Exposure::of(narrowed.audience.clone());
                if !next.is_within(&flag.exposure) {
                    return Err(format!("S1: a narrow widened from {:?} to {next:?}", flag.exposure));
                }
                flag.exposure = next;
                if narrowed.hold() {
                    flag.is_held_for(narrowed.cause(), narrowed.hold_kind());
                }
            }
            "rollouts.Flag.FlagHeld.v1" => {
                let held: rollouts::FlagHeld = read(event)?;
                flag.is_held_for(held.cause(), held.kind());
            }
            "rollouts.Flag.HoldReleased.v1" => {
                let released: rollouts::HoldReleased = read(event)?;
                flag.holds.remove(released.cause());
            }
            "rollouts.Flag.FlagKilled.v1" => {
                let before = std::mem::take(&mut flag.exposure);
                if before != Exposure::default() {
                    flag.before_kill = Some(before);
                }
            }
            "rollouts.Flag.FlagRevived.v1" => {
                let revived: rollouts::FlagRevived = read(event)?;
                // Reviving alone takes nothing away: the kill can still be undone.
                if let Some(undone) = revived.undone {
                    let before = flag.before_kill.take().unwrap_or_default();
                    let next = Exposure::of(undone.audience);
                    if !next.is_within(&flag.exposure) {
                        flag.rises_to(&next)?;
                    }
                    if !next.is_within(&before) {
                        return Err(format!(
                            "S6: a kill was undone to {next:?}, {before:?} was served before"
                        ));
                    }
                    flag.exposure = next;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Holds a rise to `next` against what the rollout asked for.
    fn raised(
        &self,
        flag: &Flag,
        next: &Exposure,
        changed: &rollouts::ExposureChanged,
        is_new: bool,
    ) -> Result<(), String> {
        let rollout = self.rollouts.get(changed.rollout_id());
        let mut entries = rollout.into_iter().flat_map(|rollout| rollout.entries(changed.attempt(), next));
        let Some(entry) = entries.next_back() else {
            return Err(format!("S6: raised to {next:?} for no entry of the rollout: {changed:?}"));
        };
        let first = rollout.map(|rollout| rollout.planned(0, 0)).unwrap_or_default();
        let goes_on =
            rollout.is_some_and(|rollout| rollout.was_about_to_show(changed.attempt(), next, &flag.history));
        if entry.is_resumed && !next.is_within(&first) && !goes_on {
            return Err(format!("S6: raised from {:?} by a resume: {changed:?}", flag.exposure));
        }
        let is_old = |entry: &Entry| self.went_back_to.is_some_and(|head| entry.commit <= head);
        if is_new && is_old(entry) && !flag.was_released() {
            return Err(format!(
                "S10: raised from {:?} by what was asked for before the log went back: {changed:?}",
                flag.exposure
            ));
        }
        Ok(())
    }
}
