//! What one step of an aggregate costs: decide a command, then fold what it led to. Target: over a million steps a
//! second on one core.
//!
//! Each aggregate lives a whole life, command after command, as the services would have it. Building the commands is
//! outside the measurement, because the wire layer does that. What counts is the tenth percentile of many short
//! measurements: what a step costs while nobody else takes the core away. Exit code 0: every aggregate is within the
//! target, 1: not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod bets;
mod gtm;
mod metrics;
#[path = "../shared/rate.rs"]
mod rate;
mod rollouts;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::ensure;
use jiff::{SignedDuration, Timestamp};
use rate::per_second;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Issued;

/// Steps of one measurement, about: a millisecond.
const STEPS: usize = 1_000;
/// Measurements of each aggregate.
const MEASUREMENTS: usize = 1_000;
/// Steps a second that each aggregate must reach.
const TARGET: f64 = 1_000_000.0;

/// The commands of one life, each with what is known then and its circumstances.
type Life<D> = Vec<(<D as Decider>::Command, <D as Decider>::Facts, Issued)>;

fn main() -> anyhow::Result<ExitCode> {
    let within = [
        measure::<verdict_bets_domain::bet::Bet>("Bet", &bets::bet())?,
        measure::<verdict_rollouts_domain::rollout::Rollout>("Rollout", &rollouts::rollout())?,
        measure::<verdict_rollouts_domain::flag::FeatureFlag>("FeatureFlag", &rollouts::flag())?,
        measure::<verdict_rollouts_domain::edge::Edge>("Edge", &rollouts::edge())?,
        measure::<verdict_metrics_domain::metric::Metric>("Metric", &metrics::metric())?,
        measure::<verdict_metrics_domain::guardrail::Guardrail>("Guardrail", &metrics::guardrail())?,
        measure::<verdict_metrics_domain::incident::Incident>("Incident", &metrics::incident())?,
        measure::<verdict_gtm_domain::launch::Launch>("Launch", &gtm::launch())?,
    ];
    let within = within.into_iter().all(|within| within);
    println!("{}", if within { "within the target" } else { "OUTSIDE the target" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints the steps a second of an aggregate; returns whether they are enough.
fn measure<D: Decider>(name: &str, life: &Life<D>) -> anyhow::Result<bool>
where
    D::Command: Clone,
    D::Facts: Clone,
{
    let (_, effective) = live::<D>(life.clone());
    ensure!(effective == life.len(), "{name}: command {effective} of the life was refused or led to nothing");
    let lives = STEPS.div_ceil(life.len());
    let mut times = Vec::with_capacity(MEASUREMENTS);
    for _ in 0..MEASUREMENTS {
        let prepared = vec![life.clone(); lives];
        let start = Instant::now();
        for life in prepared {
            black_box(live::<D>(life));
        }
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let rate = per_second(lives * life.len(), times[MEASUREMENTS / 10]);
    let median = per_second(lives * life.len(), times[MEASUREMENTS / 2]);
    println!(
        "{name:12} {:5.2} M steps/s on one core (median {:5.2}), a life of {} commands",
        rate / 1e6,
        median / 1e6,
        life.len()
    );
    Ok(rate > TARGET)
}

/// Lives one life from the beginning; returns how it ended and how many commands led to events before one did not.
fn live<D: Decider>(life: Life<D>) -> (D::State, usize) {
    let (mut state, mut effective) = (D::State::default(), 0);
    for (command, facts, issued) in life {
        let Ok(decision) = D::decide(&state, command, &facts, &issued) else { break };
        if decision.events.is_empty() {
            break;
        }
        effective += 1;
        state = decision.events.iter().fold(state, D::evolve);
    }
    (state, effective)
}

/// So many hours after the epoch.
fn hour(hours: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
}

/// A command that a person gives for a reason, so many hours after the epoch.
fn issued(hours: i64) -> Issued {
    Issued { reason: "as agreed".to_owned(), ..Issued::at(hour(hours)) }
}

/// The same id for the same label.
fn command_id(label: &str) -> CommandId {
    CommandId::derive(uuid::Uuid::NAMESPACE_URL, label)
}
