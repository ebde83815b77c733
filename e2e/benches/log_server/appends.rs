//! Appends by one writer and by many, by every way in turn, so that all of them meet the same disk and processors.

use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use verdict_eventlog::{Expected, Log};

use crate::disk::Disk;
use crate::event::event;
use crate::rate::per_second;
use crate::wire::{self, Batch, Client};

/// Turns of one append by each way and one flush.
const PAIRS: usize = 1_000;
/// Rounds of one burst by each way and some flushes.
const ROUNDS: usize = 21;
/// Flushes of one round.
const FLUSHES: usize = 20;
/// Appends of each writer in one burst.
const APPENDS: usize = 80;

/// A way for an append to go.
#[derive(Clone)]
pub(crate) enum Way {
    /// Straight into the engine.
    Engine(Log),
    /// A call of its own for each append.
    Append(Vec<Client>),
    /// One call for all appends of a writer.
    Batch(Vec<Client>),
}

/// A writer that has connected.
enum Writer {
    Engine(Log),
    Append(Client),
    Batch(Batch),
}

impl Way {
    /// Writers share the connections in turn.
    async fn writer(&self, number: usize) -> anyhow::Result<Writer> {
        Ok(match self {
            Self::Engine(log) => Writer::Engine(log.clone()),
            Self::Append(clients) => Writer::Append(clients[number % clients.len()].clone()),
            Self::Batch(clients) => {
                Writer::Batch(Batch::open(&mut clients[number % clients.len()].clone()).await?)
            }
        })
    }
}

impl Writer {
    async fn append(&mut self, stream: &str, number: u128) -> anyhow::Result<Duration> {
        let event = event(number);
        let start = Instant::now();
        match self {
            Self::Engine(log) => drop(log.append(stream, Expected::Any, vec![event]).await?),
            Self::Append(client) => wire::append(client, stream, event).await?,
            Self::Batch(batch) => batch.append(stream, event).await?,
        }
        Ok(start.elapsed())
    }
}

/// What was measured of one way.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    way: Way,
    /// Of each append.
    pub(crate) times: Vec<Duration>,
    /// Appends a second of each round.
    pub(crate) rates: Vec<f64>,
    /// What the processors worked for all of them, on both sides of the connection.
    pub(crate) worked: Duration,
}

impl Measured {
    pub(crate) const fn new(name: &'static str, way: Way) -> Self {
        Self { name, way, times: Vec::new(), rates: Vec::new(), worked: Duration::ZERO }
    }
}

/// One writer: an append by each way after each flush.
pub(crate) fn alone(on: &Handle, ways: &mut [Measured], disk: &mut Disk) -> anyhow::Result<()> {
    let mut writers = Vec::new();
    for measured in &*ways {
        writers.push(on.block_on(measured.way.writer(0))?);
    }
    for number in 0..PAIRS {
        disk.flush()?;
        for way in in_turn(ways.len(), number) {
            let append = writers[way].append("bench.one", id([way, 0, 0, number]));
            ways[way].times.push(on.block_on(append)?);
        }
    }
    Ok(())
}

/// What else is known of the rounds with many writers.
pub(crate) struct Rounds {
    /// Flushes a second of each round.
    pub(crate) flushes: Vec<f64>,
    /// The share of the processors that other processes had meanwhile.
    pub(crate) others: f64,
}

/// Many writers: a burst by each way after some flushes.
pub(crate) fn together(
    on: &Handle,
    writers: usize,
    ways: &mut [Measured],
    disk: &mut Disk,
) -> anyhow::Result<Rounds> {
    let mut flushes = Vec::new();
    let (own, (by_all, there_was)) = (worked()?, worked_by_all()?);
    for round in 1..=ROUNDS {
        let mut flushing = Duration::ZERO;
        for _ in 0..FLUSHES {
            flushing += disk.flush()?;
        }
        flushes.push(per_second(FLUSHES, flushing));
        for way in in_turn(ways.len(), round) {
            let measured = &mut ways[way];
            let before = worked()?;
            let (times, took) = on.block_on(burst(&measured.way, writers, [way, round]))?;
            measured.rates.push(per_second(times.len(), took));
            measured.times.extend(times);
            measured.worked += worked()?.saturating_sub(before);
        }
    }
    let (by_all_now, there_is) = worked_by_all()?;
    let others = by_all_now.saturating_sub(by_all).saturating_sub(worked()?.saturating_sub(own));
    Ok(Rounds { flushes, others: others.div_duration_f64(there_is.saturating_sub(there_was)) })
}

/// Every way once, another one first each time: what comes after a flush, or after a busy way, is not the same.
fn in_turn(ways: usize, round: usize) -> impl Iterator<Item = usize> {
    (0..ways).map(move |way| (way + round) % ways)
}

/// Each writer appends to a stream of its own and waits for each acknowledgement.
async fn burst(
    way: &Way,
    writers: usize,
    [way_number, round]: [usize; 2],
) -> anyhow::Result<(Vec<Duration>, Duration)> {
    let mut connected = Vec::new();
    for writer in 0..writers {
        connected.push(way.writer(writer).await?);
    }
    let mut tasks = JoinSet::new();
    let start = Instant::now();
    for (number, mut writer) in connected.into_iter().enumerate() {
        tasks.spawn(async move {
            let (stream, mut times) = (format!("bench.writer-{number}"), Vec::with_capacity(APPENDS));
            for append in 0..APPENDS {
                times.push(writer.append(&stream, id([way_number, round, number, append])).await?);
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    Ok((times, start.elapsed()))
}

/// Processor time of this process so far, which the system counts in hundredths of a second.
fn worked() -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, after_name) = stat.rsplit_once(')').context("a name")?;
    hundredths(after_name, 11..13)
}

/// The same of everybody, and with the time in which nothing was to be done.
fn worked_by_all() -> anyhow::Result<(Duration, Duration)> {
    let stat = std::fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().context("a line")?;
    let (all, idle) = (hundredths(line, 1..9)?, hundredths(line, 4..6)?);
    Ok((all.saturating_sub(idle), all))
}

fn hundredths(text: &str, words: std::ops::Range<usize>) -> anyhow::Result<Duration> {
    let ticks = text.split_whitespace().skip(words.start).take(words.len()).map(str::parse::<u64>);
    Ok(Duration::from_millis(10 * ticks.sum::<Result<u64, _>>()?))
}

/// Another id for each append: one that comes again is not stored again.
fn id(parts: [usize; 4]) -> u128 {
    parts.into_iter().fold(0, |id, part| id << 32 | part as u128)
}
