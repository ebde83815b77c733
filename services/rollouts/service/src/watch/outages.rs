//! Watches that are lost from one cause: one alarm and one incident, however many rollouts there are (rule R15).
//!
//! A loss joins the outage of its organisation as long as nobody was heard to watch since that began, or for one period:
//! then its cause is the same. One that comes while others are watched has a cause of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use uuid::Uuid;
use verdict_kernel::id::RolloutId;

/// Alarms that wait for the metrics service at the most; the oldest go first.
const WAITING: usize = 100;

/// An alarm about an outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alarm {
    pub(super) org: String,
    /// Id of the event of the first loss.
    pub(super) cause: Uuid,
    /// The first rollout that nobody watched.
    pub(super) rollout: RolloutId,
}

#[derive(Debug)]
struct Outage {
    cause: Uuid,
    /// The first rollout that nobody watched.
    first: RolloutId,
    /// Monotonic time at which the first loss was read.
    began: Duration,
    lost: BTreeSet<RolloutId>,
}

/// The outages that last, and what has to be said about them.
#[derive(Debug, Default)]
pub(super) struct Outages {
    open: BTreeMap<String, Outage>,
    alarms: Vec<Alarm>,
}

impl Outages {
    /// Nobody watches the rollout any more; whether that is an outage of its own. `heard`: monotonic time of the last
    /// renewal of any rollout of the organisation.
    pub(super) fn lose(
        &mut self,
        alarm: Alarm,
        now: Duration,
        heard: Option<Duration>,
        period: Duration,
    ) -> bool {
        let same = self.open.get_mut(&alarm.org).filter(|outage| {
            let fresh = now.saturating_sub(outage.began) <= period;
            fresh || heard.is_none_or(|heard| heard <= outage.began)
        });
        if let Some(outage) = same {
            outage.lost.insert(alarm.rollout);
            return false;
        }
        let lost = BTreeSet::from([alarm.rollout]);
        self.open
            .insert(alarm.org.clone(), Outage { cause: alarm.cause, first: alarm.rollout, began: now, lost });
        if self.alarms.len() == WAITING {
            self.alarms.remove(0);
        }
        self.alarms.push(alarm);
        true
    }

    /// It is watched again, or need not be. Of an outage that was over `before` anybody here looked, nothing is said.
    pub(super) fn end(&mut self, rollout: RolloutId, before: bool) {
        let alarms = &mut self.alarms;
        self.open.retain(|_, outage| {
            outage.lost.remove(&rollout);
            let is_over = outage.lost.is_empty();
            if is_over && before {
                alarms.retain(|alarm| alarm.cause != outage.cause);
            }
            !is_over
        });
    }

    /// The rollouts whose losses the outages that last began with.
    pub(super) fn first(&self) -> impl Iterator<Item = RolloutId> {
        self.open.values().map(|outage| outage.first)
    }

    /// What has to be said next.
    pub(super) fn alarm(&self) -> Option<&Alarm> {
        self.alarms.first()
    }

    pub(super) fn said(&mut self) {
        self.alarms.drain(..self.alarms.len().min(1));
    }
}
