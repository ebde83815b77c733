//! Who watches the rollouts, and what happens when nobody does (rule R15).
//!
//! The metrics service renews the watch of every rollout that it evaluates. Renewals are not events; a lapse is
//! one. Renewals and lapses are measured on the monotonic clock of this process, because whether another process
//! is alive is no business time: moving a virtual clock expires no watch.
//!
//! Of several replicas one keeps the watch, under the lease `rollouts.lease-watch-keeper`. It alone takes renewals; the
//! others say who does, because a renewal that only they remember would keep no watch (design clause 9).
//!
//! A rollout that cannot be told keeps no other from being told, and over a stream that cannot be read the loss is
//! appended blind (design clause 18).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_api::metrics::v1::incidents_client::IncidentsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollout_request::Command;
use verdict_rollouts_domain::processes::rollout_watch;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::execute::{Envelope, Fence};
use verdict_runtime::following::Following;
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::log::{Log, Position, Recorded};
use verdict_runtime::process::sending::{Answer, answer};
use verdict_runtime::process::{Authority, Proof, standing_by};
use verdict_runtime::seat::Right;

use crate::outline::ROLLOUTS;

mod outages;
mod renewals;
#[cfg(test)]
mod tests;
mod watched;

use outages::{Alarm, Outages};
pub use renewals::Renewals;
use watched::{Change, Watched};

/// How long a watch lasts without a renewal, unless it is set otherwise (rule R15).
pub const DEFAULT_PERIOD: Duration = rollout_watch::PERIOD.unsigned_abs();

/// Name of the component that keeps the watch, and of its lease.
pub const NAME: &str = "watch-keeper";

/// How often a renewal is looked for while a watch is lost.
const RESTORE_EVERY: Duration = Duration::from_secs(1);
/// When something that failed is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// The same for an alarm that nobody took.
const ALARM_AGAIN: Duration = Duration::from_secs(5);

/// The component that says when a watch is lost and when it is back.
pub struct WatchKeeper {
    renewals: Arc<Renewals>,
    services: Services,
    following: Following,
    clock: Arc<dyn Clock>,
    authority: Box<dyn Authority>,
    fence: Option<Fence>,
    held: bool,
    watched: BTreeMap<RolloutId, Watched>,
    outages: Outages,
    /// The log was read to its head since this replica keeps the watch.
    caught_up: bool,
    /// Monotonic time before which no alarm is tried again.
    alarm_after: Duration,
    /// Rollouts that could not be told, with the monotonic time of the next try.
    failed: BTreeMap<RolloutId, Duration>,
}

/// Where the keeper's commands go.
#[derive(Clone)]
pub struct Services {
    pub rollouts: Transport,
    pub metrics: Transport,
}

impl WatchKeeper {
    /// A keeper that acts only while `authority` lets it, through `services`.
    pub fn new(
        renewals: Arc<Renewals>,
        services: Services,
        log: Log,
        clock: Arc<dyn Clock>,
        authority: Box<dyn Authority>,
    ) -> Self {
        Self {
            renewals,
            services,
            following: Following::new(log, clock.clone(), "rollouts", NAME, ROLLOUTS),
            clock,
            authority,
            fence: None,
            held: false,
            watched: BTreeMap::new(),
            outages: Outages::default(),
            caught_up: false,
            alarm_after: Duration::ZERO,
            failed: BTreeMap::new(),
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
                self.caught_up = false;
                return Ok(standing_by(retry, alive));
            }
        }
        if self.fold_a_page().await? {
            return Ok(Progress::Worked);
        }
        self.caught_up = true;
        let now = self.clock.monotonic();
        for rollout in self.watched.keys().copied().collect::<Vec<_>>() {
            if self.failed.get(&rollout).is_some_and(|again| *again > now) {
                continue;
            }
            match self.look_at(rollout, now).await {
                Ok(()) => {
                    self.failed.remove(&rollout);
                }
                Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                // The others are told all the same (design clause 18).
                Err(fault) => {
                    tracing::warn!(rollout.id = %rollout, error = %fault, "a rollout could not be told about its watch; it is tried again");
                    self.failed.insert(rollout, now + AGAIN);
                }
            }
        }
        self.failed.retain(|rollout, _| self.watched.contains_key(rollout));
        self.raise_alarms(now).await?;
        let rest = self.following.keep(self.lasting(), self.fence.as_ref()).await?;
        let retry = self.retry(now).into_iter().chain(rest).min();
        if self.failed.is_empty() {
            return Ok(Progress::Idle { due: None, retry });
        }
        Ok(Progress::Blocked { due: None, retry: retry.map_or(AGAIN, |retry| retry.min(AGAIN)) })
    }

    /// Whether there may be more to fold.
    async fn fold_a_page(&mut self) -> Result<bool, Fault> {
        let page = self.following.page().await?;
        let now = self.clock.monotonic();
        if page.anew {
            self.start_over();
        }
        for event in &page.events {
            match watched::change(event) {
                Ok(Some((rollout, change))) => self.fold(event, rollout, change, now),
                Ok(None) => {}
                Err(fault) => tracing::warn!(error = %fault, "skipped an event of a rollout"),
            }
        }
        Ok(!page.at_head || !page.events.is_empty())
    }

    /// The log went back: nothing is known.
    fn start_over(&mut self) {
        for rollout in std::mem::take(&mut self.watched).into_keys() {
            self.renewals.forget(rollout);
        }
        self.outages = Outages::default();
        self.caught_up = false;
    }

    /// The rollouts whose past is needed again after a restart: those that are watched, and those whose loss an outage
    /// that lasts is called after.
    fn lasting(&self) -> Vec<String> {
        let lasting: BTreeSet<_> = self.watched.keys().copied().chain(self.outages.first()).collect();
        lasting.iter().map(RolloutId::to_string).collect()
    }

    fn fold(&mut self, event: &Recorded, rollout: RolloutId, change: Change, now: Duration) {
        let before = self.watched.remove(&rollout);
        let Some(watched) = watched::after(before, change, now) else {
            self.outages.end(rollout, !self.caught_up);
            self.renewals.forget(rollout);
            return;
        };
        if watched.is_lost {
            let alarm = Alarm { org: watched.org.clone(), cause: event.id, rollout };
            let heard = self.heard_of(&watched.org);
            if self.outages.lose(alarm, now, heard, self.renewals.period()) && self.caught_up {
                tracing::warn!(org = watched.org, rollout.id = %rollout, "nobody watches the guardrails: rollouts are paused until they are watched again");
            }
        } else {
            self.outages.end(rollout, !self.caught_up);
        }
        self.renewals.expect(rollout);
        self.watched.insert(rollout, watched);
    }

    /// Monotonic time of the last renewal of any rollout of the organisation.
    fn heard_of(&self, org: &str) -> Option<Duration> {
        let of_org = self.watched.iter().filter(|(_, watched)| watched.org == org);
        of_org.filter_map(|(rollout, _)| self.renewals.last(*rollout)).max()
    }

    /// Says once that nobody watches. It is said late rather than never: whoever takes it may be what is away.
    async fn raise_alarms(&mut self, now: Duration) -> Result<(), Fault> {
        while let Some(alarm) = self.outages.alarm().filter(|_| self.alarm_after <= now) {
            match self.report(alarm).await {
                Ok(()) => self.outages.said(),
                Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                Err(fault) => {
                    tracing::warn!(error = %fault, "nobody took the alarm that nobody watches; it is tried again");
                    self.alarm_after = now + ALARM_AGAIN;
                }
            }
        }
        Ok(())
    }

    /// The incident derives from the first loss, so it is opened once.
    async fn report(&self, alarm: &Alarm) -> Result<(), Fault> {
        let command_id = CommandId::derive(alarm.cause, "watch-lost/incident");
        let envelope = self.envelope(command_id, &alarm.org);
        let report = metrics::ReportIncident {
            rollout_id: alarm.rollout.to_string(),
            severity: metrics::Severity::P1.into(),
            title: "Nobody watches the guardrails: rollouts are paused until they are watched again"
                .to_owned(),
            ..metrics::ReportIncident::default()
        };
        let request = metrics::IncidentRequest {
            meta: Some(grpc::meta(&envelope)),
            incident_id: String::new(),
            command: Some(metrics::incident_request::Command::Report(report)),
        };
        let reply = IncidentsClient::new(self.services.metrics.clone()).execute(request).await;
        answer("metrics", &envelope, reply)?;
        Ok(())
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
        if accepted && !watched.is_lost {
            tracing::info!(rollout.id = %rollout, "nobody watches the rollout: it is paused");
        }
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
        let envelope = self.envelope(command_id, org);
        let request = pb::RolloutRequest {
            meta: Some(grpc::meta(&envelope)),
            rollout_id: rollout.to_string(),
            command: Some(command),
        };
        let reply = RolloutsClient::new(self.services.rollouts.clone()).execute(request).await;
        Ok(
            matches!(answer("rollouts", &envelope, reply)?, Answer::Accepted(accepted) if !accepted.events.is_empty()),
        )
    }

    fn envelope(&self, command_id: CommandId, org: &str) -> Envelope {
        let mut principal = Principal::process(NAME);
        org.clone_into(&mut principal.org);
        Envelope { fence: self.fence.clone(), ..Envelope::new(command_id, principal) }
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
        let alarm = self.outages.alarm().map(|_| self.alarm_after.saturating_sub(now));
        let told = self.watched.iter().filter(|(rollout, _)| !self.failed.contains_key(rollout));
        let lapse = told.map(next).chain(alarm).min();
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
        self.following.position().filter(|_| self.held).cloned()
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
