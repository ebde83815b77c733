//! The safety path between processes: how long users go on seeing a change after the observation that decides against
//! it arrives, when the log and every service are processes of their own that share nothing but the log, a broker and
//! a database.
//!
//! Each repetition has a flag, a rollout in its second stage and a guardrail of its own. The time runs from sending the
//! deciding observation over HTTP until the flag edge, in another process, answers otherwise over OFREP. The log says
//! when each commit on the path was made, so the parts of the time are told too. Real time, durable commits.
//!
//! Exit code 0: p99 within the target, two commits on the path; 1: not; 2: the machine was too busy to tell.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "../shared/binary.rs"]
mod binary;
#[path = "../shared/disk.rs"]
mod disk;
#[path = "../shared/exposure.rs"]
mod exposure;
#[path = "../shared/path.rs"]
mod path;
#[path = "../shared/processes.rs"]
mod processes;
#[path = "../shared/times.rs"]
mod times;
#[path = "../shared/verdict.rs"]
mod verdict;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use disk::Disk;
use exposure::Exposure;
use jiff::Timestamp;
use path::{category, commits_until_narrowed};
use processes::{Beside, Members, Processes};
use times::quantile;
use verdict::verdict;
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_e2e::servers::{available, postgres::postgres, rabbit::rabbit};
use verdict_runtime::log::{Log, Recorded};

/// Repetitions that are thrown away, and that count.
const WARM_UP: usize = 10;
const REPETITIONS: usize = 150;
/// What one in a hundred users may wait, from the arrival of the observation.
const TARGET: Duration = Duration::from_millis(250);
/// A breach, and a narrowing; what a process notes for itself in between is not waited for.
const COMMITS: usize = 2;
/// Between two questions to the flag edge, which runs on the same processors.
const LOOK: Duration = Duration::from_micros(500);

/// The parts of one repetition.
struct Parts {
    whole: Duration,
    /// From sending the observation to the commit of the breach, as the log stamps it.
    to_breach: Duration,
    /// From there to the commit that narrows the flag.
    to_narrowing: Duration,
    /// From there to the other answer.
    to_answer: Duration,
    /// From sending the observation to the answer that it was taken.
    taken: Duration,
}

#[derive(Default)]
struct Measured {
    parts: Vec<Parts>,
    /// What was appended until the flag was narrowed, and how often.
    paths: BTreeMap<Vec<String>, usize>,
}

fn main() -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        verdict_adapters::esdb::bootstrap().await?;
        let directory = tempfile::tempdir()?;
        let beside = Beside { bus: available(rabbit().await), observations: available(postgres().await) };
        let processes = Processes::start(directory.path(), 1, beside).await?;
        let log: Log = Arc::new(EsdbLog::connect(Options::new(processes.log_url.as_str())).await?);
        let exposure = Exposure::over(processes.ways().await?).await?;
        let mut disk = Disk::within(directory.path())?;
        let mut measured = Measured::default();
        for number in 0..WARM_UP + REPETITIONS {
            let (parts, path) = repetition(&exposure, &log, number).await?;
            disk.flush()?;
            if number >= WARM_UP {
                measured.parts.push(parts);
                *measured.paths.entry(path.iter().map(category).collect()).or_default() += 1;
            }
        }
        let flushes = disk.told();
        let within = print(&measured, flushes.median);
        Ok(verdict(&flushes, within))
    })
}

async fn repetition(
    exposure: &Exposure<Members>,
    log: &Log,
    number: usize,
) -> anyhow::Result<(Parts, Vec<Recorded>)> {
    let run = exposure.exposed(&format!("flag-{number}")).await?;
    let before = log.head().await?;
    let (sent, start) = (Timestamp::now(), Instant::now());
    // Whoever asks for the flag does not wait until the observation is stored.
    let post = async {
        exposure.post(&run.deciding()).await?;
        anyhow::Ok(start.elapsed())
    };
    let ask = async {
        while exposure.asked(&run).await? {
            tokio::time::sleep(LOOK).await;
        }
        anyhow::Ok(start.elapsed())
    };
    let (taken, whole) = tokio::try_join!(post, ask)?;
    let path = commits_until_narrowed(log, before.as_ref(), &run).await?;
    let breach = path.iter().find(|event| category(event) == "metrics.guardrail").context("no breach")?;
    let narrowing = path.last().context("no narrowing")?;
    let between = |from: Timestamp, to: Timestamp| Duration::try_from(to.duration_since(from));
    // The processes share one clock, that of the machine.
    let to_breach = between(sent, breach.created).unwrap_or_default();
    let to_narrowing = between(breach.created, narrowing.created).unwrap_or_default();
    let to_answer = whole.saturating_sub(to_breach + to_narrowing);
    exposure.finished(&run).await?;
    Ok((Parts { whole, to_breach, to_narrowing, to_answer, taken }, path))
}

/// Prints the times; returns whether they are within the target.
fn print(measured: &Measured, flush: Duration) -> bool {
    let of = |part: fn(&Parts) -> Duration| measured.parts.iter().map(part).collect::<Vec<_>>();
    let mut whole = of(|parts| parts.whole);
    let (p50, p99) = (quantile(&mut whole, 0.5), quantile(&mut whole, 0.99));
    let ratio = p50.as_secs_f64() / flush.as_secs_f64();
    println!(
        "HTTP in, OFREP out, across processes: p50 {p50:?} = {ratio:.1} x fdatasync p50, p99 {p99:?} (target {TARGET:?})"
    );
    let rows = [
        ("all of it", whole),
        ("sent -> breach committed", of(|parts| parts.to_breach)),
        ("-> narrowing committed", of(|parts| parts.to_narrowing)),
        ("-> other answer", of(|parts| parts.to_answer)),
        ("sent -> observation stored", of(|parts| parts.taken)),
    ];
    for (name, mut times) in rows {
        let [p50, p90, p99, most] = [0.5, 0.9, 0.99, 1.0].map(|share| quantile(&mut times, share));
        println!("  {name:28} p50 {p50:>9.1?} p90 {p90:>9.1?} p99 {p99:>9.1?} most {most:>9.1?}");
    }
    for (path, times) in &measured.paths {
        println!("  {times} times: {}", path.join(", "));
    }
    let enough = measured.parts.len() == REPETITIONS;
    p99 < TARGET && enough && measured.paths.keys().all(|path| on_path(path) == COMMITS)
}

/// Positions and leases are stored beside the path: nobody waits for them.
fn on_path(path: &[String]) -> usize {
    let beside = |category: &&String| {
        [".checkpoint", ".lease", ".process"].iter().any(|ending| category.ends_with(ending))
    };
    path.len() - path.iter().filter(beside).count()
}
