//! The relay from the log to a real RabbitMQ, with a confirmation for each event, beside a client that publishes the
//! same messages to the same quorum queue directly, and single-row inserts into a real PostgreSQL.
//!
//! There is no target: the bus only wakes, and whoever is woken reads the log, which wakes him as well. Exit code 0.
//! Without a broker it says so and measures nothing.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time and names no tasks")]

mod direct;
#[path = "../shared/disk.rs"]
mod disk;
#[path = "../shared/inserts.rs"]
mod inserts;
#[path = "../shared/median.rs"]
mod median;
#[path = "../shared/rate.rs"]
mod rate;
#[path = "../shared/times.rs"]
mod times;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use direct::Direct;
use disk::Disk;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use median::median;
use rate::per_second;
use serde_json::json;
use uuid::Uuid;
use verdict_adapters::embedded::EmbeddedLog;
use verdict_adapters::rabbit::{Options, RabbitBus};
use verdict_e2e::servers::{available, rabbit};
use verdict_eventlog as engine;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_runtime::bus::{Binding, Bus, Message};
use verdict_runtime::clock::SystemClock;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::log::{Expected, Filter, Log, MAX_PAGE, NewEvent};
use verdict_runtime::process::Alone;
use verdict_runtime::relay::{Relay, message};

/// Rounds of one measurement by each way.
const ROUNDS: usize = 7;
/// Events of one measurement of a way that sends one at a time, and of one that does not.
const ONE_BY_ONE: usize = 400;
const TOGETHER: usize = 1_600;
/// Unconfirmed messages of the ways that do not wait for each.
const IN_FLIGHT: usize = 64;
/// Characters of the text of an event.
const TEXT: usize = 500;
/// Connections to the database.
const CONNECTIONS: [usize; 2] = [1, 16];
/// Whose events are relayed.
const CONTEXT: &str = "bets";
const QUEUE: &str = "bench.on.bets";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Some(broker) = available(rabbit().await) else { return Ok(()) };
    let directory = tempfile::tempdir()?;
    let engine = engine::Log::open(engine::Options::new(directory.path().join("log")))?;
    let log: Log = Arc::new(EmbeddedLog::new(engine.clone()));
    let clock = Arc::new(SystemClock::start());
    let bus = RabbitBus::connect(Options::new(&broker.url()), clock.clone())?;
    drop(bus.subscribe(QUEUE, &[Binding::new(CONTEXT, "#")]).await?);
    let mut relay = Relay::new(CONTEXT, log.clone(), clock, Arc::new(bus.clone()), Box::new(Alone));
    let direct = Direct::connect(&broker.url()).await?;
    let messages = messages().await?;

    let mut disk = Disk::within(directory.path())?;
    let mut rates: [Vec<f64>; 4] = Default::default();
    for round in 0..=ROUNDS {
        append(&log, round).await?;
        disk.flush()?;
        let took = [
            (ONE_BY_ONE, relayed(&mut relay, &log).await?),
            (ONE_BY_ONE, direct.publish(CONTEXT, &messages[..ONE_BY_ONE], 1).await?),
            (TOGETHER, published(&bus, &messages).await?),
            (TOGETHER, direct.publish(CONTEXT, &messages, IN_FLIGHT).await?),
        ];
        // The first round opens channels and declares exchanges.
        if round > 0 {
            for (rates, (count, took)) in rates.iter_mut().zip(took) {
                rates.push(per_second(count, took));
            }
        }
    }
    engine.close().await;
    ensure!(bus.health().unroutable == 0, "messages went into no queue");
    disk.told();
    print(&mut rates);
    inserts::told(&CONNECTIONS).await?;
    println!("the relay has no target");
    Ok(())
}

fn print(rates: &mut [Vec<f64>; 4]) {
    let [relay, one, adapter, many] = rates.each_mut().map(|rates| median(rates));
    println!("confirmed by a quorum queue, to one at a time by the client");
    for (name, rate) in [
        ("relay, one at a time", relay),
        ("client, one at a time", one),
        ("adapter, 64 in flight", adapter),
        ("client, 64 in flight", many),
    ] {
        println!("  {name:22} {rate:>7.0}/s {:5.2} x", rate / one);
    }
}

/// Stores the events that the relay carries in this round.
async fn append(log: &Log, round: usize) -> anyhow::Result<()> {
    let events = (0..ONE_BY_ONE).map(|number| {
        let id = Uuid::from_u128((round as u128) << 64 | number as u128);
        let envelope = Envelope::new(CommandId::from_uuid(id), Principal::process("bench"));
        NewEvent {
            id,
            event_type: "bets.Bet.Killed.v1".to_owned(),
            data: json!({ "text": "x".repeat(TEXT) }).to_string().into_bytes(),
            metadata: metadata(&envelope, Timestamp::UNIX_EPOCH),
        }
    });
    log.append(&format!("bets.bet-{round}"), Expected::Any, events.collect()).await?;
    Ok(())
}

/// Lets the relay go on until everything is on the bus.
async fn relayed(relay: &mut Relay, log: &Log) -> anyhow::Result<Duration> {
    let (start, head) = (Instant::now(), log.head().await?.context("an empty log")?);
    while relay.applied().and_then(|applied| applied.covers(&head)) != Some(true) {
        if let Progress::Blocked { .. } = relay.step().await? {
            bail!("the relay is blocked");
        }
    }
    Ok(start.elapsed())
}

/// The messages that the relay would make of such events, which the other ways publish.
async fn messages() -> anyhow::Result<Vec<Message>> {
    let clock = Arc::new(SystemClock::start());
    let log: Log = Arc::new(verdict_runtime::log::memory::MemoryLog::new("log", clock));
    append(&log, 0).await?;
    let events = log.read_all(None, &Filter::default(), MAX_PAGE).await?.events;
    let some: Vec<Message> = events.iter().map(message).collect::<Result<_, _>>()?;
    Ok(some.iter().cycle().take(TOGETHER).cloned().collect())
}

/// Publishes through the adapter without waiting for each confirmation before the next message.
async fn published(bus: &RabbitBus, messages: &[Message]) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let sending = stream::iter(messages).map(|message| bus.publish(CONTEXT, message.clone()));
    sending.buffer_unordered(IN_FLIGHT).try_collect::<Vec<()>>().await?;
    Ok(start.elapsed())
}
