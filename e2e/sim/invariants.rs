//! What must hold after every step, told from the log alone.
//!
//! - S1 nothing raises a held flag, nothing widens on facts that include a failure, and after a rollback nothing
//!   widens before a fresh full soak.
//! - S2 what an edge serves is what the log says up to the edge's position, and that position never goes back.
//! - S3 a command has one effect: no event is in the log twice.
//! - S4 every rollback ends in time: it is confirmed, or an alarm names who is missing (asked at the end, when faults are
//!   over).
//! - S5 a guardrail that the stored observations break is answered with a failure, whichever replica took them and
//!   whatever became of the others (asked at the end, when the holders of evaluation have had time to compare
//!   their windows with the store).
//! - S6 exposure rises only by an entry of the rollout for that very exposure, or to what was served before a kill that
//!   was undone. A resume raises nobody but the people of the first stage.
//! - S7 a rollout with a guardrail that nobody can answer does not run for longer than its watch lasts; one whose
//!   guardrails can all be answered is watched, when the clocks are right (both asked at the end).
//! - S8 nothing waits for a store that hangs for longer than a breach may.
//! - S9 a stage or a step that is left upwards has lasted for its soak by the world's clock, however the clocks of replicas
//!   were set.
//! - S10 a log that goes back widens nothing: nothing that was asked for before raises a flag, no edge serves anybody whom
//!   it did not serve before, and every flag that serves anybody is held until a person releases it.
//! - S11 rollout and flag agree in the end, and after a critical breach nobody is served (asked at the end).
//! - Epochs of a lease never go down within a stream.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_runtime::log::{Recorded, restored};
use verdict_stored::parse;

mod ended;
mod flag;
mod guardrail;
mod rollout;
mod served;

use flag::Flag;
use guardrail::Guardrail;
pub(crate) use guardrail::{Breach, UNREADABLE};
use rollout::Rollout;
use served::Shown;

/// Whom a flag reaches, as the log says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Exposure {
    members: BTreeSet<String>,
    accounts: BTreeSet<String>,
    percent: u32,
}

impl Exposure {
    fn of(audience: Option<rollouts::Audience>) -> Self {
        let audience = audience.unwrap_or_default();
        Self {
            members: audience.members.into_iter().collect(),
            accounts: audience.accounts.into_iter().collect(),
            percent: audience.basis_points.unwrap_or_default(),
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.members.extend(other.members);
        self.accounts.extend(other.accounts);
        self.percent = self.percent.max(other.percent);
        self
    }

    fn is_within(&self, other: &Self) -> bool {
        self.members.is_subset(&other.members)
            && self.accounts.is_subset(&other.accounts)
            && self.percent <= other.percent
    }
}

/// The independent fold of the log.
#[derive(Default)]
pub(crate) struct Watcher {
    seen: HashSet<Uuid>,
    epochs: HashMap<(String, String), u32>,
    flags: BTreeMap<String, Flag>,
    rollouts: BTreeMap<String, Rollout>,
    guardrails: BTreeMap<String, Guardrail>,
    open_breaches: Vec<Breach>,
    rolled_back: BTreeSet<(String, u32)>,
    /// Breaches in the logs that there were.
    pub(crate) breaches: usize,
    /// Commit position to which the log went back.
    went_back_to: Option<u64>,
    /// What edges show, by replica.
    shown: HashMap<usize, Shown>,
}

impl Watcher {
    /// Looks at one more event. An error is a broken invariant.
    pub(crate) fn see(&mut self, event: &Recorded) -> Result<(), String> {
        if !self.seen.insert(event.id) {
            return Err(format!(
                "S3: event {} is in the log twice ({}/{})",
                event.id, event.stream, event.revision
            ));
        }
        let housekeeping = event.stream.contains(".checkpoint-") || event.stream.contains(".lease-");
        if !housekeeping && &*event.stream != restored::STREAM {
            self.fenced(event)?;
        }
        let id = event.stream.split_once('-').map_or("", |(_, id)| id).to_owned();
        self.flag(&id, event)?;
        self.guardrail(&id, event)?;
        self.rollout(&id, event)
    }

    /// The log went back: everything is seen anew, and edges that are there remember what they showed.
    pub(crate) fn goes_back(&mut self, head: u64) {
        let mut shown = std::mem::take(&mut self.shown);
        shown.values_mut().for_each(Shown::goes_back);
        *self = Self { breaches: self.breaches, went_back_to: Some(head), shown, ..Self::default() };
    }

    /// Whether the log went back and the event came after that.
    fn is_new(&self, event: &Recorded) -> bool {
        self.went_back_to.is_some_and(|head| event.position.commit > head)
    }

    fn fenced(&mut self, event: &Recorded) -> Result<(), String> {
        let metadata = event.metadata().map_err(|error| error.to_string())?;
        let (Some(lease), Some(epoch)) = (&metadata.lease, metadata.epoch) else {
            return Ok(());
        };
        let highest = self.epochs.entry((event.stream.to_string(), lease.clone())).or_default();
        if epoch < *highest {
            return Err(format!("fencing: epoch {epoch} of {lease} after {highest} in {}", event.stream));
        }
        *highest = epoch;
        Ok(())
    }

    /// Causes of the holds of the flag `id`.
    pub(crate) fn holds(&self, id: &str) -> Vec<String> {
        self.flags.get(id).map(|flag| flag.holds.iter().cloned().collect()).unwrap_or_default()
    }
}

fn read<M: for<'de> serde::Deserialize<'de>>(event: &Recorded) -> Result<M, String> {
    parse(&event.data).map_err(|error| format!("{}: {error}", event.event_type))
}
