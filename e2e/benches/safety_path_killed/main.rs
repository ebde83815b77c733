//! The safety path over a kill: how long users go on seeing a change when whoever takes exposure back is killed the
//! moment before the observation that decides against it arrives.
//!
//! `verdict log serve` over a log with a past that is nobody's business here, five services as processes of their own
//! and a second replica of rollouts. Each repetition kills, as `kill -9` does, the replica that holds the lease on the
//! process that takes exposure back. The time is that of the other replica to take the lease over, and what it then
//! reads must not depend on the length of the log (design clause 19).
//!
//! Exit code 0: everything within a lease and a quarter of a second, whatever the length; 1: not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "../shared/binary.rs"]
mod binary;
#[path = "../shared/event.rs"]
mod event;
#[path = "../shared/exposure.rs"]
mod exposure;
#[path = "../shared/history.rs"]
mod history;
#[path = "../shared/path.rs"]
mod path;
#[path = "../shared/processes.rs"]
mod processes;
#[path = "../shared/times.rs"]
mod times;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use event::event;
use exposure::Exposure;
use path::{category, commits_until_narrowed};
use processes::{Beside, Members, Processes};
use times::quantile;
use verdict::platform::LOG_DIRECTORY;
use verdict::platform::assembly::LEASE;
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_eventlog as engine;
use verdict_runtime::lease;
use verdict_runtime::log::Log;

/// Foreign events that are in the log before anything else.
const HISTORIES: [u128; 3] = [1_000, 100_000, 1_000_000];
/// Streams that they are in.
const STREAMS: u128 = 2_000;
const KILLS: usize = 7;
/// What a take-over may take beyond the lease of the dead.
const BEYOND: Duration = Duration::from_millis(250);
/// Who takes exposure back, as its lease is called.
const PROCESS: (&str, &str) = ("rollouts", "guardrail-rollback");
/// Between two questions to the flag edge, which runs on the same processors.
const LOOK: Duration = Duration::from_millis(1);
/// Without an answer by then there will be none.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    verdict_adapters::esdb::bootstrap().await?;
    let mut medians = Vec::new();
    let mut slowest = Duration::ZERO;
    for history in HISTORIES {
        let mut times = killed_over(history).await?;
        let [least, p50, most] = [0.0, 0.5, 1.0].map(|share| quantile(&mut times, share));
        println!("over {history} foreign events: least {least:.1?}, p50 {p50:.1?}, most {most:.1?}");
        medians.push(p50);
        slowest = slowest.max(most);
    }
    let ratio = medians[medians.len() - 1].as_secs_f64() / medians[0].as_secs_f64();
    let target = LEASE + BEYOND;
    println!(
        "p50 over the longest log to that over the shortest: {ratio:.2} x; slowest {slowest:.1?} (target {target:?})"
    );
    let within = slowest < target;
    println!("{}", if within { "within the target" } else { "OUTSIDE the target" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// From each kill to the other answer of the edge.
async fn killed_over(history: u128) -> anyhow::Result<Vec<Duration>> {
    let directory = tempfile::tempdir()?;
    write_history(&directory.path().join("data"), history).await?;
    let mut processes = Processes::start(directory.path(), 2, Beside::default()).await?;
    let log: Log = Arc::new(EsdbLog::connect(Options::new(processes.log_url.as_str())).await?);
    let exposure = Exposure::over(processes.ways().await?).await?;
    let mut times = Vec::new();
    for kill in 0..KILLS {
        times.push(killed(&mut processes, &exposure, &log, kill).await?);
    }
    Ok(times)
}

async fn killed(
    processes: &mut Processes,
    exposure: &Exposure<Members>,
    log: &Log,
    kill: usize,
) -> anyhow::Result<Duration> {
    let run = exposure.exposed(&format!("killed-{kill}")).await?;
    let grant = lease::current(log, PROCESS.0, PROCESS.1).await?.context("nobody holds the lease")?;
    let holds = |address: &str| grant.holder.address.ends_with(address);
    let holder = processes.services.iter_mut().find(|process| holds(&process.grpc));
    let holder = holder.context("the holder is none of the processes")?;
    let before = log.head().await?;
    holder.guard.take().context("it runs")?.kill()?;
    let start = Instant::now();
    let ask = async {
        exposure.post(&run.deciding()).await?;
        while exposure.asked(&run).await? {
            tokio::time::sleep(LOOK).await;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(PATIENCE, ask).await.context("exposure was never taken back")??;
    let took = start.elapsed();
    let path = commits_until_narrowed(log, before.as_ref(), &run).await?;
    let breach = path.iter().find(|event| category(event) == "metrics.guardrail").context("no breach")?;
    let narrowing = path.last().context("no narrowing")?;
    let parts = Duration::try_from(narrowing.created.duration_since(breach.created))?;
    println!("  killed: breach to narrowing {parts:.1?}, to the other answer {took:.1?}");
    holder.launch()?;
    holder.bound("http").await?;
    exposure.finished(&run).await?;
    Ok(took)
}

/// Straight into the engine.
async fn write_history(data: &Path, events: u128) -> anyhow::Result<()> {
    std::fs::create_dir_all(data)?;
    let log = engine::Log::open(engine::Options::new(data.join(LOG_DIRECTORY)))?;
    history::write(&log, events, STREAMS, event).await?;
    log.close().await;
    Ok(())
}
