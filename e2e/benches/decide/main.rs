//! What one step of an aggregate costs: decide a command, then fold what it led to. Target: over a million steps a
//! second on one core.
//!
//! Each aggregate lives a whole life, command after command, as the services would have it. Building the commands is
//! outside the measurement, because the wire layer does that. Time on the processor is counted and not time on the
//! wall, so a busy machine changes little. Exit code 0: every aggregate is within the target, 1: not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod bets;
mod gtm;
mod metrics;
mod rollouts;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, ensure};
use jiff::{SignedDuration, Timestamp};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Issued;

/// Steps of one measurement, about: some tens of milliseconds.
const STEPS: usize = 50_000;
/// Measurements of each aggregate; the median counts.
const MEASUREMENTS: usize = 15;
/// Steps a second that each aggregate must reach.
const TARGET: f64 = 1_000_000.0;

/// The commands of one life, each with its circumstances.
type Life<D> = Vec<(<D as Decider>::Command, Issued)>;

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
{
    let (_, effective) = live::<D>(life.clone());
    ensure!(effective == life.len(), "{name}: command {effective} of the life was refused or led to nothing");
    let lives = STEPS.div_ceil(life.len());
    let mut rates = Vec::with_capacity(MEASUREMENTS);
    for _ in 0..=MEASUREMENTS {
        let prepared = vec![life.clone(); lives];
        let start = on_processor()?;
        for life in prepared {
            black_box(live::<D>(life));
        }
        rates.push(per_second(lives * life.len(), on_processor()?.saturating_sub(start)));
    }
    // The first one warmed up.
    rates.swap_remove(0);
    rates.sort_unstable_by(f64::total_cmp);
    let median = rates[rates.len() / 2];
    println!("{name:12} {:.2} M steps/s on one core, a life of {} commands", median / 1e6, life.len());
    Ok(median > TARGET)
}

/// Lives one life from the beginning; returns how it ended and how many commands led to events before one did not.
fn live<D: Decider>(life: Life<D>) -> (D::State, usize) {
    let (mut state, mut effective) = (D::State::default(), 0);
    for (command, issued) in life {
        let events = D::decide(&state, command, &issued).unwrap_or_default();
        if events.is_empty() {
            break;
        }
        effective += 1;
        state = events.iter().fold(state, D::evolve);
    }
    (state, effective)
}

/// How long this thread has had a processor.
fn on_processor() -> anyhow::Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split_whitespace().next().context("the time on the processor")?;
    Ok(Duration::from_nanos(nanoseconds.parse()?))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
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
