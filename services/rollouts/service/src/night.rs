//! What whoever is on call wants to see of rollouts and flags, as gauges in `/metrics`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::flag::{FeatureFlag, Flag, State};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::{Filter, Log, Position, Recorded};
use verdict_runtime::telemetry::families::{self, Sample};
use verdict_stored::{DecodeError, parse, ruled};

use crate::outline::{ROLLOUTS, Stages};
use crate::seats::Seats;

#[cfg(test)]
mod tests;

/// What begins the name of every stream of a flag.
const FLAGS: &str = "rollouts.flag-";
/// Events folded in one step.
const PAGE: usize = 512;
/// How often edges are looked for.
const EVERY: Duration = Duration::from_secs(5);
/// How often the gauges are replaced at most: that takes a sample of every flag and every rollout.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);

/// See the module.
pub struct NightView {
    log: Log,
    clock: Arc<dyn Clock>,
    seats: Arc<Seats>,
    position: Option<Position>,
    seen: Seen,
    /// Monotonic time at which the gauges were replaced last.
    published: Option<Duration>,
}

/// Flags that are there and rollouts that are not over, by id.
#[derive(Debug, Default)]
struct Seen {
    flags: BTreeMap<String, State>,
    rollouts: BTreeMap<String, Standing>,
    /// The stages of each rollout that is not over.
    plans: BTreeMap<String, Stages>,
}

#[derive(Debug, Default)]
struct Standing {
    stage: String,
    /// A rollback is under way and not confirmed.
    rolls_back: bool,
}

impl NightView {
    pub fn new(log: Log, clock: Arc<dyn Clock>, seats: Arc<Seats>) -> Self {
        Self { log, clock, seats, position: None, seen: Seen::default(), published: None }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        let filter = Filter::prefixes([ROLLOUTS, FLAGS]);
        let page = match self.log.read_all(self.position.as_ref(), &filter, PAGE).await {
            Ok(page) => page,
            Err(error) => {
                // The log may be another one by now: everything is read again.
                self.position = None;
                self.seen = Seen::default();
                return Err(error.into());
            }
        };
        for event in &page.events {
            // What cannot be read changes no gauge; whoever acts on it says so (design clause 18).
            drop(self.seen.apply(event));
            self.position = Some(event.position.clone());
        }
        self.position = page.considered.or_else(|| self.position.take());
        if !page.at_head || !page.events.is_empty() {
            return Ok(Progress::Worked);
        }
        let now = self.clock.monotonic();
        let wait = self.published.map(|at| (at + AT_MOST_EVERY).saturating_sub(now));
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            return Ok(Progress::Idle { due: None, retry: Some(wait) });
        }
        self.publish();
        self.published = Some(now);
        Ok(Progress::Idle { due: None, retry: Some(EVERY) })
    }

    fn publish(&self) {
        let seen = &self.seen;
        families::publish(
            "verdict_rollout_stage",
            "Index of the stage of a rollout that is not over.",
            seen.stages(),
        );
        families::publish("verdict_flag_held", "1 while nothing raises the flag.", seen.of_flags(is_held));
        families::publish("verdict_flag_holds", "Holds of a flag, by what they were set for.", seen.holds());
        families::publish("verdict_flag_killed", "1 while the flag is killed.", seen.killed());
        families::publish(
            "verdict_flag_percent",
            "Percentage of the units that the flag reaches.",
            seen.of_flags(percent),
        );
        families::publish(
            "verdict_rollout_percent",
            "Percentage of the units that the flag of a rollout reaches that is not over.",
            seen.exposures(),
        );
        let open = seen.rollouts.values().filter(|standing| standing.rolls_back).count();
        families::publish("verdict_rollbacks_open", "Rollbacks that are not confirmed.", vec![count(open)]);
        let lost = self.seats.missing(self.clock.monotonic());
        families::publish(
            "verdict_edges_lost",
            "Flag edges that fell silent within the last hour and were not replaced.",
            vec![count(lost)],
        );
    }
}

fn count(number: usize) -> Sample {
    Sample { labels: Vec::new(), value: u32::try_from(number).map_or(f64::INFINITY, f64::from) }
}

fn labels(flag: &Flag) -> Vec<(&'static str, String)> {
    vec![("flag", flag.identity.key.clone()), ("environment", flag.identity.environment.clone())]
}

fn is_held(flag: &Flag) -> f64 {
    f64::from(u8::from(!flag.holds.is_empty()))
}

fn percent(flag: &Flag) -> f64 {
    f64::from(flag.audience().share().basis_points()) / 100.0
}

impl Seen {
    fn apply(&mut self, event: &Recorded) -> Result<(), DecodeError> {
        if let Some(flag) = event.stream.strip_prefix(FLAGS) {
            if let Some(change) = ruled::own::<FlagWire>(&event.event_type, &event.data)? {
                let state = self.flags.remove(flag).unwrap_or_default();
                self.flags.insert(flag.to_owned(), FeatureFlag::evolve(state, &change));
            }
            return Ok(());
        }
        let Some(rollout) = event.stream.strip_prefix(ROLLOUTS) else {
            return Ok(());
        };
        let stage = match &*event.event_type {
            RolloutWire::RolloutPlanned => {
                let stages = Stages::of(&parse::<pb::RolloutPlanned>(&event.data)?.stages);
                self.plans.insert(rollout.to_owned(), stages);
                return Ok(());
            }
            RolloutWire::StageEntered => parse::<pb::StageEntered>(&event.data)?.stage,
            RolloutWire::RolloutResumed => parse::<pb::RolloutResumed>(&event.data)?.stage,
            RolloutWire::RollbackRequested => {
                self.rollouts.entry(rollout.to_owned()).or_default().rolls_back = true;
                return Ok(());
            }
            RolloutWire::RolledBack => parse::<pb::RolledBack>(&event.data)?.to_stage,
            RolloutWire::RolloutCompleted | RolloutWire::RolloutAborted => {
                self.rollouts.remove(rollout);
                self.plans.remove(rollout);
                return Ok(());
            }
            _ => return Ok(()),
        };
        let standing = Standing { stage: stage.unwrap_or_default(), rolls_back: false };
        self.rollouts.insert(rollout.to_owned(), standing);
        Ok(())
    }

    fn stages(&self) -> Vec<Sample> {
        let shown = self.rollouts.iter().filter(|(_, standing)| !standing.stage.is_empty());
        let sample = |(rollout, standing): (&String, &Standing)| {
            let index = self.plans.get(rollout).and_then(|stages| stages.index(&standing.stage));
            Sample {
                labels: vec![("rollout", rollout.clone()), ("stage", standing.stage.clone())],
                value: f64::from(index.unwrap_or_default()),
            }
        };
        shown.map(sample).collect()
    }

    /// Flags that were not archived, each with whether it is killed.
    fn there(&self) -> impl Iterator<Item = (&Flag, bool)> {
        self.flags.values().filter_map(|state| match state {
            State::Live(flag) => Some((flag, false)),
            State::Killed(flag) => Some((flag, true)),
            State::Absent | State::Archived(_) => None,
        })
    }

    /// One sample for each flag that was not archived.
    fn of_flags(&self, value: impl Fn(&Flag) -> f64) -> Vec<Sample> {
        self.there().map(|(flag, _)| Sample { labels: labels(flag), value: value(flag) }).collect()
    }

    fn killed(&self) -> Vec<Sample> {
        let value = |killed| f64::from(u8::from(killed));
        self.there().map(|(flag, killed)| Sample { labels: labels(flag), value: value(killed) }).collect()
    }

    /// One for each cause that a flag is held for.
    fn holds(&self) -> Vec<Sample> {
        let mut counts: BTreeMap<Vec<(&str, String)>, usize> = BTreeMap::new();
        for (flag, _) in self.there() {
            for hold in flag.holds.iter() {
                let mut labels = labels(flag);
                labels.push(("cause", hold.kind.as_str().to_owned()));
                *counts.entry(labels).or_default() += 1;
            }
        }
        counts.into_iter().map(|(labels, holds)| Sample { labels, ..count(holds) }).collect()
    }

    /// How far the flag reaches that a rollout has, of each rollout that is not over.
    fn exposures(&self) -> Vec<Sample> {
        let sample = |flag: &Flag| {
            let rollout = flag.claim?.to_string();
            self.rollouts.contains_key(&rollout).then(|| Sample {
                labels: [labels(flag), vec![("rollout", rollout)]].concat(),
                value: percent(flag),
            })
        };
        self.there().filter_map(|(flag, _)| sample(flag)).collect()
    }
}

impl Component for NightView {
    fn name(&self) -> &'static str {
        "rollouts-night-view"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.next())
    }

    fn applied(&self) -> Option<Position> {
        self.position.clone()
    }
}
