//! A take-over of the evaluation: how many rows are read, and how long it takes, until a replica judges fifty guardrails
//! that passed for six weeks at a row a minute (design clause 19).
//!
//! The rows are in one SQLite file, of one metric and fifty rollouts. Evaluation is driven by hand on a clock that
//! stands still, so nothing but the reading and judging is measured: first by a replica that nobody tells how far the
//! guardrails were judged, then by one that takes over from it and finds that written down. Exit code 0: rows and time
//! within the targets; 1: not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod counted;
mod ground;
#[path = "../shared/rate.rs"]
mod rate;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use counted::Counted;
use ground::Ground;
use jiff::{SignedDuration, Timestamp};
use rate::per_second;
use verdict_adapters::observations_sqlite::{Options, SqliteObservations};
use verdict_kernel::id::RolloutId;
use verdict_kernel::value::Value;
use verdict_runtime::observations::{Key, Labels, Measure, ObservationStore, Row};

const GUARDRAILS: usize = 50;
/// Six weeks of minutes.
const MINUTES: usize = 6 * 7 * 24 * 60;
/// Rows of one insert.
const BATCH: usize = 10_000;
/// Rows that may be read for a guardrail whose last judgement is remembered, and for one whose is not.
const REMEMBERED: u64 = 100;
const FORGOTTEN: u64 = 2_000;
/// How long a take-over may take.
const TARGET: Duration = Duration::from_secs(1);

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let directory = tempfile::tempdir()?;
    let store = SqliteObservations::open(&directory.path().join("observations.sqlite"), Options::default())?;
    let store = Arc::new(Counted::over(store));
    let begin = Timestamp::now() - SignedDuration::from_mins(i64::try_from(MINUTES)?);
    let mut ground = Ground::at(begin, store.clone());
    let rollouts = ground.guarded(GUARDRAILS).await?;
    insert(&*store, begin, &rollouts).await?;
    ground.goes_on_at(Timestamp::now());

    let (read, took) = judged(&ground, &store).await?;
    println!("nobody remembers: {read} rows read for {GUARDRAILS} guardrails, {took:.1?}");
    let forgotten = read <= FORGOTTEN * GUARDRAILS as u64;
    let (read, took) = judged(&ground, &store).await?;
    println!("taken over: {read} rows read for {GUARDRAILS} guardrails, {took:.1?} (target {TARGET:?})");
    let within = forgotten && read <= REMEMBERED * GUARDRAILS as u64 && took < TARGET;
    println!("{}", if within { "within the targets" } else { "OUTSIDE the targets" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A new replica judges everything: the rows that it reads, and how long it takes.
async fn judged(ground: &Ground, store: &Counted) -> anyhow::Result<(u64, Duration)> {
    let (before, start) = (store.read(), Instant::now());
    let rounds = ground.judge().await?;
    let took = start.elapsed();
    let read = store.read() - before;
    ensure!(read > 0, "nothing was read in {rounds} rounds");
    Ok((read, took))
}

/// A passing row a minute for each rollout.
async fn insert(
    store: &dyn ObservationStore,
    begin: Timestamp,
    rollouts: &[RolloutId],
) -> anyhow::Result<()> {
    let value = Value::new(92.0)?;
    let measure = Measure::of(value, 1).ok_or_else(|| anyhow::anyhow!("a measure"))?;
    let names: Vec<String> = rollouts.iter().map(ToString::to_string).collect();
    let (mut rows, mut inserted, start) = (Vec::with_capacity(BATCH), 0, Instant::now());
    for minute in 1..=MINUTES {
        let end = begin + SignedDuration::from_mins(i64::try_from(minute)?);
        for (number, rollout) in names.iter().enumerate() {
            rows.push(Row {
                key: Key {
                    org: "default".to_owned(),
                    metric: ground::METRIC.to_owned(),
                    window_end: end,
                    window_start: end - SignedDuration::from_mins(1),
                    source: format!("web-{number}"),
                    arm: String::new(),
                },
                measure,
                labels: Labels { rollout: Some(rollout.clone()), ..Labels::default() },
                received_at: end,
            });
        }
        if rows.len() >= BATCH || minute == MINUTES {
            inserted += rows.len();
            store.insert(std::mem::replace(&mut rows, Vec::with_capacity(BATCH))).await?;
        }
    }
    println!("{inserted} rows inserted, {:.0}/s", per_second(inserted, start.elapsed()));
    Ok(())
}
