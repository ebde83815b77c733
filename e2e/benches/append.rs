//! Appends and reads of the embedded log against the disk of the same run.
//!
//! The flush rate of a disk varies many times over within an hour, so no figure here is judged alone: an
//! append is compared with `fdatasync` calls that alternate with it. Exit code 0 means within the targets, 1
//! outside, 2 that the machine was too busy to tell. Catching up is compared with a fixed
//! rate because it does not touch the disk's flush.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "shared/disk.rs"]
mod disk;
#[path = "shared/history.rs"]
mod history;
#[path = "shared/rate.rs"]
mod rate;
#[path = "shared/times.rs"]
mod times;
#[path = "shared/verdict.rs"]
mod verdict;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use disk::{Disk, Flushes};
use rate::per_second;
use times::quantile;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use uuid::Uuid;
use verdict::verdict;
use verdict_eventlog::{Expected, Filter, Item, Log, NewEvent, Options};

/// Bytes of data of one event.
const PAYLOAD: usize = 512;
/// Measurements of one append and one flush each, in turn.
const PAIRS: usize = 1_500;
/// Bursts of flushes and of appends, in turn, for each number of writers.
const BURSTS: usize = 40;
/// Flushes of one burst.
const FLUSHES: usize = 20;
/// Appends of each writer in one burst.
const APPENDS: u128 = 20;
/// What an append may cost beyond the flush, before the factor.
const OWN_WORK: Duration = Duration::from_micros(300);
/// An append by one writer may take this many times (flush + own work).
const FACTOR: f64 = 1.5;
/// Events that are read when catching up.
const HISTORY: u128 = 200_000;
/// Events a second that catching up must reach.
const CATCH_UP: f64 = 100_000.0;

fn main() -> anyhow::Result<ExitCode> {
    let runtime = Runtime::new()?;
    let one_writer = one_writer(&runtime)?;
    group_commit(&runtime)?;
    let rate = catch_up(&runtime)?;

    let limit = (one_writer.flushes.median + OWN_WORK).mul_f64(FACTOR);
    let within = one_writer.append <= limit && rate >= CATCH_UP;
    println!(
        "1 writer: append p50 {:?}, limit {:?} = {FACTOR} x (fdatasync p50 {:?} + {OWN_WORK:?})",
        one_writer.append, limit, one_writer.flushes.median
    );
    println!("catching up: {rate:.0} events/s, at least {CATCH_UP:.0}");
    Ok(verdict(&one_writer.flushes, within))
}

/// What one append takes, and the flushes beside it.
struct OneWriter {
    flushes: Flushes,
    append: Duration,
}

/// Alternates one append with one flush of as many bytes, so that both meet the same disk.
fn one_writer(runtime: &Runtime) -> anyhow::Result<OneWriter> {
    let directory = tempfile::tempdir()?;
    let log = Log::open(Options::new(directory.path().join("log")))?;
    let mut disk = Disk::within(directory.path())?;
    let mut appends = Vec::new();
    for number in 0..PAIRS as u128 {
        disk.flush()?;
        let start = Instant::now();
        runtime.block_on(log.append("bench.one", Expected::Any, vec![event(number)]))?;
        appends.push(start.elapsed());
    }
    let flushes = disk.told();
    let (quick, append) = (quantile(&mut appends, 0.1), quantile(&mut appends, 0.5));
    println!("append, 1 writer: p10 {quick:?} p50 {append:?} p99 {:?}", quantile(&mut appends, 0.99));
    Ok(OneWriter { flushes, append })
}

/// Bursts of appends alternate with bursts of flushes. Totals are compared, so a disk that changes its
/// pace in between changes both sides.
fn group_commit(runtime: &Runtime) -> anyhow::Result<()> {
    for writers in [1, 8, 64_u128] {
        let directory = tempfile::tempdir()?;
        let log = Log::open(Options::new(directory.path().join("log")))?;
        let mut disk = Disk::within(directory.path())?;
        let (mut times, mut appending, mut flushing) = (Vec::new(), Duration::ZERO, Duration::ZERO);
        for burst in 0..BURSTS {
            for _ in 0..FLUSHES {
                flushing += disk.flush()?;
            }
            let start = Instant::now();
            times.extend(runtime.block_on(append_from(&log, writers, burst))?);
            appending += start.elapsed();
        }
        let (appends, flushes) = (per_second(times.len(), appending), per_second(BURSTS * FLUSHES, flushing));
        println!(
            "append, writers {writers}: {appends:.0}/s = {:.1} x the fdatasync rate {flushes:.0}/s, p50 {:?} p99 {:?}",
            appends / flushes,
            quantile(&mut times, 0.5),
            quantile(&mut times, 0.99)
        );
    }
    Ok(())
}

/// Each writer appends to a stream of its own and waits for each acknowledgement.
async fn append_from(log: &Log, writers: u128, burst: usize) -> anyhow::Result<Vec<Duration>> {
    let mut tasks = JoinSet::new();
    for writer in 0..writers {
        let log = log.clone();
        tasks.spawn(async move {
            let mut times = Vec::new();
            for number in 0..APPENDS {
                let one = vec![event((burst as u128) << 64 | writer << 32 | number)];
                let start = Instant::now();
                log.append(&format!("bench.writer-{writer}"), Expected::Any, one).await?;
                times.push(start.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    Ok(times)
}

/// A subscriber that begins at the start of a log which was opened again, so that nothing is in memory.
fn catch_up(runtime: &Runtime) -> anyhow::Result<f64> {
    let directory = tempfile::tempdir()?;
    let log = Log::open(Options::new(directory.path()))?;
    runtime.block_on(history::write(&log, HISTORY, 7, event))?;
    drop(log);
    let log = Log::open(Options::new(directory.path()))?;
    let start = Instant::now();
    let read = runtime.block_on(async {
        let mut subscription = log.subscribe(None, Filter::streams(["bench."]));
        let mut read = 0_usize;
        loop {
            match subscription.next().await.context("the history is readable")? {
                Item::Event(_) => read += 1,
                Item::Checkpoint(_) => {}
                Item::CaughtUp => return anyhow::Ok(read),
            }
        }
    })?;
    anyhow::ensure!(read as u128 == HISTORY, "read {read} of {HISTORY} events");
    Ok(per_second(read, start.elapsed()))
}

fn event(number: u128) -> NewEvent {
    NewEvent {
        id: Uuid::from_u128(number),
        event_type: "bench.Thing.Happened.v1".to_owned(),
        is_json: false,
        data: vec![7; PAYLOAD],
        metadata: b"{\"commandId\":\"00000000-0000-0000-0000-000000000000\"}".to_vec(),
    }
}
