//! Where guardrails are judged: each share of the rollouts by the holder of its lease.
//!
//! Guardrails are shared out by the id of the rollout that they protect, and not by their metric or their own id. So
//! one holder watches the whole of a rollout, and its renewals say all there is to say about that rollout: if one of
//! two holders dies, the rollouts of its share lapse and no others do (rule R15). A metric that guards several rollouts
//! is judged by each of their holders, so its rows are handed to each of them.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use verdict_kernel::id::RolloutId;
use verdict_runtime::component::Fault;
use verdict_runtime::log::Log;
use verdict_runtime::problem::Problem;
use verdict_runtime::process::{Authority, Proof};
use verdict_runtime::route::{self, Replicas, Route};
use verdict_runtime::seat::{Right, Seat};
use verdict_runtime::shard::Shard;

const CONTEXT: &str = "metrics";
const WORK: &str = "evaluation";

/// How long after it has looked at all of its share a replica still says that it watches: three times as long as it
/// takes to look again.
const WATCHFUL: Duration = Duration::from_secs(15);

/// The last time that every guardrail of a share was looked at.
#[derive(Debug)]
struct Settled {
    under: Right,
    /// Monotonic time.
    at: Duration,
    /// Rollouts of which a guardrail could not be answered.
    unanswered: BTreeSet<RolloutId>,
}

/// One share and who judges it.
pub struct Place {
    shard: Shard,
    seat: Seat,
    /// The way to the holder, when it is another replica.
    pub(super) route: Route,
    settled: Mutex<Option<Settled>>,
}

impl Place {
    fn new(shard: Shard, log: Log, replicas: &Replicas) -> Self {
        let route = Route::new(log, replicas.connect.clone(), CONTEXT, &shard.lease_name(WORK));
        Self { shard, seat: Seat::default(), route, settled: Mutex::default() }
    }

    pub const fn shard(&self) -> Shard {
        self.shard
    }

    /// The name of its lease within the context.
    pub fn lease(&self) -> String {
        self.shard.lease_name(WORK)
    }

    pub async fn prove(&self, authority: &mut dyn Authority) -> Result<Proof, Fault> {
        self.seat.prove(authority).await
    }

    /// What this replica judges under at monotonic time `now`; `None` when another one does.
    pub fn right(&self, now: Duration) -> Option<Right> {
        self.seat.right(now)
    }

    /// A newer holder has acted: this replica judges no more under `right`.
    pub(super) fn overtaken(&self, right: &Right) {
        self.seat.overtaken(right);
    }

    /// Every guardrail of the share was looked at by `at`; those of the rollouts `unanswered` could not all be judged.
    pub(super) fn settled(&self, under: Right, at: Duration, unanswered: BTreeSet<RolloutId>) {
        *self.lock() = Some(Settled { under, at, unanswered });
    }

    /// Whether this replica judges the share, has judged all of what is stored (design clause 10), and goes on doing
    /// so: whoever cannot judge does not claim to watch (rule R15).
    pub fn is_ready(&self, now: Duration) -> bool {
        let right = self.right(now);
        let watchful = |settled: &Settled| now.saturating_sub(settled.at) <= WATCHFUL;
        right.is_some_and(|right| self.lock().as_ref().is_some_and(|it| it.under == right && watchful(it)))
    }

    /// Whether it does so for every guardrail of a rollout of the share.
    pub fn watches_over(&self, rollout: RolloutId, now: Duration) -> bool {
        self.is_ready(now) && self.has_judged(rollout, now)
    }

    /// Whether the guardrails of a rollout were judged under the present right, all of them, when they were last looked
    /// at.
    pub fn has_judged(&self, rollout: RolloutId, now: Duration) -> bool {
        let right = self.right(now);
        let judged = |settled: &Settled| !settled.unanswered.contains(&rollout);
        right.is_some_and(|right| self.lock().as_ref().is_some_and(|it| it.under == right && judged(it)))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Settled>> {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the share has to be judged by this replica, and was not.
    fn is_awaited(&self, now: Duration) -> bool {
        !self.seat.is_known() || (self.right(now).is_some() && !self.is_ready(now))
    }
}

/// Every share.
pub struct Places {
    log: Log,
    all: Vec<Place>,
}

impl Places {
    pub(super) fn new(log: &Log, replicas: &Replicas) -> Self {
        let shards = Shard::all(replicas.shards.max(1));
        Self { all: shards.map(|shard| Place::new(shard, log.clone(), replicas)).collect(), log: log.clone() }
    }

    pub fn all(&self) -> &[Place] {
        &self.all
    }

    /// Where the guardrails of a rollout are judged.
    pub fn of(&self, rollout: RolloutId) -> &Place {
        if let [all] = &self.all[..] {
            return all;
        }
        let count = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let index = Shard::of(&rollout.to_string(), count).index() as usize;
        // An index is below the count, which is at least 1.
        self.all.get(index).unwrap_or(&self.all[0])
    }

    /// The place of a share that another replica names; `None` when it shares out otherwise.
    pub fn named(&self, index: u32, count: u32) -> Option<&Place> {
        let shard = Shard::new(index, count).ok()?;
        self.all.iter().find(|place| place.shard == shard)
    }

    /// Whether everything that this replica has to judge was judged on what is stored.
    pub(super) fn is_ready(&self, now: Duration) -> bool {
        !self.all.iter().any(|place| place.is_awaited(now))
    }

    /// Whether it is known of any share who judges it.
    pub(crate) fn are_known(&self) -> bool {
        self.all.iter().any(|place| place.seat.is_known())
    }

    /// What a caller is told who takes this replica for the holder of `place`.
    pub async fn elsewhere(&self, place: &Place) -> Problem {
        route::elsewhere(&self.log, CONTEXT, &place.lease()).await
    }
}
