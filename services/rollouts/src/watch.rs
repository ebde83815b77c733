//! Who watches the rollouts, and what happens when nobody does (rule R15).
//!
//! The metrics service renews the watch of every rollout that it evaluates. Renewals are not events; a lapse is
//! one. Renewals and lapses are measured on the monotonic clock of this process, because whether another process
//! is alive is no business time: moving a virtual clock expires no watch.
//!
//! Of several replicas one keeps the watch, under the lease `rollouts.lease-watch-keeper`. It alone takes renewals; the
//! others say who does, because a renewal that only they remember would keep no watch (design clause 9).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollout_request::Command;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::execute::{Envelope, Fence};
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::log::{Filter, Log, Position};
use verdict_runtime::process::sending::{Answer, answer};
use verdict_runtime::process::{Authority, Proof, standing_by};
use verdict_runtime::seat::{Right, Seat};

use crate::processes::outline::ROLLOUTS;

#[cfg(test)]
mod tests;
mod watched;

use watched::Watched;

/// How long a watch lasts without a renewal, unless it is set otherwise (rule R15).
pub const DEFAULT_PERIOD: Duration = Duration::from_mins(1);

/// Name of the component that keeps the watch, and of its lease.
pub const NAME: &str = "watch-keeper";

/// Events folded in one step.
const PAGE: usize = 512;
/// How often a renewal is looked for while a watch is lost.
const RESTORE_EVERY: Duration = Duration::from_secs(1);

/// When each watch was renewed last.
#[derive(Debug)]
pub struct Renewals {
    period: Duration,
    seat: Seat,
    last: Mutex<BTreeMap<RolloutId, Duration>>,
}

impl Default for Renewals {
    fn default() -> Self {
        Self::every(DEFAULT_PERIOD)
    }
}

impl Renewals {
    /// Watches that last for `period` without a renewal.
    pub fn every(period: Duration) -> Self {
        Self { period, seat: Seat::default(), last: Mutex::default() }
    }

    /// How long a watch lasts without a renewal.
    pub const fn period(&self) -> Duration {
        self.period
    }

    /// Whether this replica keeps the watch at monotonic time `now`: renewals count here and nowhere else.
    pub fn are_kept(&self, now: Duration) -> bool {
        self.seat.right(now).is_some()
    }

    /// The metrics service watches these rollouts at monotonic time `now`. Returns how long that lasts.
    pub fn renew(&self, rollouts: impl IntoIterator<Item = RolloutId>, now: Duration) -> Duration {
        let mut last = self.lock();
        for rollout in rollouts {
            last.insert(rollout, now);
        }
        self.period
    }

    /// Monotonic time of the last renewal; `None` when there was none in this process.
    fn last(&self, rollout: RolloutId) -> Option<Duration> {
        self.lock().get(&rollout).copied()
    }

    fn forget(&self, rollout: RolloutId) {
        self.lock().remove(&rollout);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<RolloutId, Duration>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The component that says when a watch is lost and when it is back.
pub struct WatchKeeper {
    renewals: Arc<Renewals>,
    rollouts: Transport,
    log: Log,
    clock: Arc<dyn Clock>,
    authority: Box<dyn Authority>,
    fence: Option<Fence>,
    held: bool,
    position: Option<Position>,
    watched: BTreeMap<RolloutId, Watched>,
}

impl WatchKeeper {
    /// A keeper that acts only while `authority` lets it, through the service behind `rollouts`.
    pub fn new(
        renewals: Arc<Renewals>,
        rollouts: Transport,
        log: Log,
        clock: Arc<dyn Clock>,
        authority: Box<dyn Authority>,
    ) -> Self {
        Self {
            renewals,
            rollouts,
            log,
            clock,
            authority,
            fence: None,
            held: false,
            position: None,
            watched: BTreeMap::new(),
        }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        match self.renewals.seat.prove(&mut *self.authority).await? {
            Proof::Held(fence) => {
                // Whoever takes over grants one full period to every rollout (design clause 9).
                if !self.held || self.fence != fence {
                    let now = self.clock.monotonic();
                    self.watched.values_mut().for_each(|watched| watched.grant(now));
                }
                self.held = true;
                self.fence = fence;
            }
            Proof::Elsewhere { retry, alive } => {
                self.held = false;
                return Ok(standing_by(retry, alive));
            }
        }
        if self.fold_a_page().await? {
            return Ok(Progress::Worked);
        }
        let now = self.clock.monotonic();
        for rollout in self.watched.keys().copied().collect::<Vec<_>>() {
            self.look_at(rollout, now).await?;
        }
        Ok(Progress::Idle { due: None, retry: self.retry(now) })
    }

    /// Whether there may be more to fold.
    async fn fold_a_page(&mut self) -> Result<bool, Fault> {
        let filter = Filter::prefixes([ROLLOUTS]);
        let page = self.log.read_all(self.position.as_ref(), &filter, PAGE).await?;
        let now = self.clock.monotonic();
        for event in &page.events {
            let Some((rollout, change)) = watched::change(event)? else {
                self.position = Some(event.position.clone());
                continue;
            };
            let before = self.watched.remove(&rollout);
            match watched::after(before, change, now) {
                Some(watched) => {
                    self.watched.insert(rollout, watched);
                }
                None => self.renewals.forget(rollout),
            }
            self.position = Some(event.position.clone());
        }
        self.position = page.considered.or_else(|| self.position.take());
        Ok(!page.at_head || !page.events.is_empty())
    }

    async fn look_at(&mut self, rollout: RolloutId, now: Duration) -> Result<(), Fault> {
        let Some(watched) = self.watched.get(&rollout).cloned() else {
            return Ok(());
        };
        let renewed = self.renewals.last(rollout);
        let label = format!("{}/{}", watched.attempt, watched.losses);
        let (name, command) = if watched.is_lost {
            if renewed.is_none_or(|renewed| renewed <= watched.since) {
                return Ok(());
            }
            ("restore-watch", Command::RestoreWatch(pb::RestoreWatch {}))
        } else {
            if now.saturating_sub(watched.since.max(renewed.unwrap_or_default())) <= self.renewals.period() {
                return Ok(());
            }
            let attempt = watched.attempt;
            ("lose-watch", Command::LoseWatch(pb::LoseWatch { attempt }))
        };
        let command_id = CommandId::derive(rollout.as_uuid(), &format!("{name}/{label}"));
        let accepted = self.send(command_id, rollout, &watched.org, command).await?;
        if !accepted && let Some(watched) = self.watched.get_mut(&rollout) {
            // The rollout has moved on, or will soon: its events say so. Until then it is left alone.
            watched.grant(now);
        }
        Ok(())
    }

    async fn send(
        &self,
        command_id: CommandId,
        rollout: RolloutId,
        org: &str,
        command: Command,
    ) -> Result<bool, Fault> {
        let mut principal = Principal::process(NAME);
        org.clone_into(&mut principal.org);
        let envelope = Envelope {
            command_id,
            principal,
            reason: String::new(),
            expected_version: None,
            fence: self.fence.clone(),
            correlation_id: command_id.to_string(),
            causation_id: command_id.to_string(),
            payload_hash: String::new(),
        };
        let request = pb::RolloutRequest {
            meta: Some(grpc::meta(&envelope)),
            rollout_id: rollout.to_string(),
            command: Some(command),
        };
        let reply = RolloutsClient::new(self.rollouts.clone()).execute(request).await;
        Ok(
            matches!(answer("rollouts", &envelope, reply)?, Answer::Accepted(accepted) if !accepted.events.is_empty()),
        )
    }

    /// When to look again although the log has not grown.
    fn retry(&self, now: Duration) -> Option<Duration> {
        let period = self.renewals.period();
        let next = |(rollout, watched): (&RolloutId, &Watched)| {
            if watched.is_lost {
                return RESTORE_EVERY;
            }
            let renewed = self.renewals.last(*rollout).unwrap_or_default();
            let lapses = watched.since.max(renewed) + period;
            lapses.saturating_sub(now) + Duration::from_millis(1)
        };
        let lapse = self.watched.iter().map(next).min();
        match (lapse, self.authority.renew_in()) {
            (Some(lapse), Some(renewal)) => Some(lapse.min(renewal)),
            (lapse, renewal) => lapse.or(renewal),
        }
    }
}

impl Component for WatchKeeper {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async {
            let outcome = self.next().await;
            if matches!(outcome, Err(Fault::Fenced { .. })) {
                self.renewals.seat.overtaken(&Right { fence: self.fence.take() });
                self.held = false;
            }
            outcome
        })
    }

    /// Nothing while another replica keeps watch: what this one had folded before does not move any more.
    fn applied(&self) -> Option<Position> {
        self.position.clone().filter(|_| self.held)
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
