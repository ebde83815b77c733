//! The safety path: how long users go on seeing a change after the observation that decides against it arrives.
//!
//! A whole platform runs in this process over files, on real time, with durable commits. Each repetition has a flag, a
//! rollout in its second stage and a guardrail of its own. Two ways in and out are measured: over HTTP, and straight
//! through ingest and the edge's memory. Beside each repetition the disk is flushed once, because two flushes are on
//! the path and their price varies many times over within an hour.
//!
//! Exit code 0: p99 of both ways within the target, two commits on the path; 1: not; 2: the machine was too busy to
//! tell.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "../shared/disk.rs"]
mod disk;
#[path = "../shared/exposure.rs"]
mod exposure;
mod ground;
#[path = "../shared/path.rs"]
mod path;
#[path = "../shared/times.rs"]
mod times;
#[path = "../shared/verdict.rs"]
mod verdict;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::ensure;
use disk::Disk;
use ground::Ground;
use path::{category, commits_until_narrowed};
use times::quantile;
use verdict::verdict;

/// Repetitions of each way that are thrown away, and that count.
const WARM_UP: usize = 10;
const REPETITIONS: usize = 200;
/// What one in a hundred users may wait, from the arrival of the observation.
const TARGET: Duration = Duration::from_millis(50);
/// A breach, and a narrowing; positions that a relay stores in between are not waited for.
const COMMITS: usize = 2;

/// A way in and out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// `POST /v1/observations`, then OFREP until the answer changes.
    Http,
    /// `Ingest`, then the edge's snapshot until the answer changes.
    Memory,
}

struct Measured {
    times: Vec<Duration>,
    /// What was appended until the flag was narrowed, and how often.
    paths: BTreeMap<Vec<String>, usize>,
}

fn main() -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let directory = tempfile::tempdir()?;
        let ground = Ground::start(directory.path()).await?;
        let mut disk = Disk::within(directory.path())?;
        let mut http = measure(&ground, Way::Http, &mut disk).await?;
        let mut memory = measure(&ground, Way::Memory, &mut disk).await?;
        ground.stop().await;

        let flushes = disk.told();
        let http = print("HTTP in, OFREP out", &mut http, flushes.median);
        let memory = print("ingest in, memory out", &mut memory, flushes.median);
        Ok(verdict(&flushes, http && memory))
    })
}

async fn measure(ground: &Ground, way: Way, disk: &mut Disk) -> anyhow::Result<Measured> {
    let mut measured = Measured { times: Vec::new(), paths: BTreeMap::new() };
    for number in 0..WARM_UP + REPETITIONS {
        let run = ground.exposure.exposed(&format!("{way:?}-{number}").to_lowercase()).await?;
        ensure!(ground.looked_up(&run)?, "the edge does not know of the second stage");
        let before = ground.log.head().await?;
        let start = Instant::now();
        match way {
            Way::Http => {
                ground.exposure.post(&run.deciding()).await?;
                while ground.exposure.asked(&run).await? {}
            }
            Way::Memory => {
                ground.take(&run.deciding()).await?;
                while ground.looked_up(&run)? {
                    tokio::task::yield_now().await;
                }
            }
        }
        let took = start.elapsed();
        let path = commits_until_narrowed(&ground.log, before.as_ref(), &run).await?;
        ground.exposure.finished(&run).await?;
        if number >= WARM_UP {
            measured.times.push(took);
            *measured.paths.entry(path.iter().map(category).collect()).or_default() += 1;
            disk.flush()?;
        }
    }
    ensure!(measured.times.len() == REPETITIONS, "every repetition counts");
    Ok(measured)
}

/// Prints one way; returns whether it is within the targets.
fn print(way: &str, measured: &mut Measured, flush: Duration) -> bool {
    let (p50, p99) = (quantile(&mut measured.times, 0.5), quantile(&mut measured.times, 0.99));
    let ratio = p50.as_secs_f64() / flush.as_secs_f64();
    println!("{way}: p50 {p50:?} = {ratio:.1} x fdatasync p50, p99 {p99:?} (target {TARGET:?})");
    println!(
        "  p90 {:?}, p95 {:?}, most {:?}",
        quantile(&mut measured.times, 0.9),
        quantile(&mut measured.times, 0.95),
        quantile(&mut measured.times, 1.0)
    );
    for (path, times) in &measured.paths {
        println!("  {times} times: {}", path.join(", "));
    }
    // A relay that stores its position does so beside the path: nobody waits for it.
    let on_path =
        |path: &Vec<String>| path.iter().filter(|category| !category.ends_with(".checkpoint")).count();
    p99 < TARGET && measured.paths.keys().all(|path| on_path(path) == COMMITS)
}
