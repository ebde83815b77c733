//! Reads of the whole log: catching up with a long history, and what a live reader waits.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::MissedTickBehavior;
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_eventlog::wire::event_store::client::streams::read_resp::Content;
use verdict_runtime::log::{EventLog, Filter, MAX_PAGE};

use crate::event::event;
use crate::rate::per_second;
use crate::wire::{self, connect};

/// Events that are read when catching up.
pub(crate) const HISTORY: u128 = 300_000;
/// Writers of the live part, how often each of them appends, and how many times: 1,000 events/s together.
const WRITERS: u128 = 4;
const EVERY: Duration = Duration::from_millis(4);
const APPENDS: u128 = 1_500;
/// How long the last event may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// Events a second of a subscription from the start of the log until it has caught up.
pub(crate) async fn catch_up(server: SocketAddr) -> anyhow::Result<f64> {
    let mut client = connect(server).await?;
    let start = Instant::now();
    let mut answers = wire::follow(&mut client, true).await?;
    let mut read = 0;
    loop {
        match answers.message().await?.context("the subscription ended")?.content {
            Some(Content::Event(_)) => read += 1,
            Some(Content::CaughtUp(_)) => break,
            _ => {}
        }
    }
    let took = start.elapsed();
    ensure!(read as u128 == HISTORY, "read {read} of {HISTORY} events");
    Ok(per_second(read, took))
}

/// The same as services read: pages of the port through the adapter.
pub(crate) async fn catch_up_adapted(server: SocketAddr) -> anyhow::Result<f64> {
    let log = adapted(server).await?;
    let start = Instant::now();
    let (mut read, mut after) = (0, None);
    loop {
        let page = log.read_all(after.as_ref(), &Filter::default(), MAX_PAGE).await?;
        read += page.events.len();
        after = page.considered;
        if page.at_head {
            break;
        }
    }
    let took = start.elapsed();
    ensure!(read as u128 == HISTORY, "read {read} of {HISTORY} events");
    Ok(per_second(read, took))
}

async fn adapted(server: SocketAddr) -> anyhow::Result<EsdbLog> {
    Ok(EsdbLog::connect(Options::new(format!("esdb://{server}?tls=false"))).await?)
}

/// When each event was sent, acknowledged and seen.
#[derive(Default)]
struct Moments {
    sent: HashMap<u128, Instant>,
    acknowledged: HashMap<u128, Instant>,
}

/// What live readers waited for each event.
pub(crate) struct Live {
    /// Events a second that were appended meanwhile.
    pub(crate) rate: f64,
    /// From the acknowledgement of an append to a subscriber of the protocol; nothing when it was faster.
    pub(crate) from_acknowledged: Vec<Duration>,
    /// The same from the moment at which the append was sent.
    pub(crate) from_sent: Vec<Duration>,
    /// From the acknowledgement to a reader of the port, who is woken and reads a page.
    pub(crate) adapted: Vec<Duration>,
}

type Seen = Vec<(u128, Instant)>;

/// Two readers, each on a connection of its own, while some writers append at a modest rate.
pub(crate) async fn live(server: SocketAddr) -> anyhow::Result<Live> {
    let subscriber = subscriber(server).await?;
    let reader = reader(server).await?;
    let moments = Arc::new(Mutex::new(Moments::default()));
    let (start, mut writers) = (Instant::now(), JoinSet::new());
    for writer in 0..WRITERS {
        writers.spawn(write(server, writer, moments.clone()));
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    let rate = per_second(usize::try_from(WRITERS * APPENDS)?, start.elapsed());
    let seen = tokio::time::timeout(PATIENCE, subscriber).await.context("events are missing")???;
    let read = tokio::time::timeout(PATIENCE, reader).await.context("events are missing")???;
    let moments = moments.lock().unwrap_or_else(PoisonError::into_inner);
    let since = |moments: &HashMap<u128, Instant>, seen: &Seen| {
        seen.iter().map(|(id, at)| at.saturating_duration_since(moments[id])).collect()
    };
    Ok(Live {
        rate,
        from_acknowledged: since(&moments.acknowledged, &seen),
        from_sent: since(&moments.sent, &seen),
        adapted: since(&moments.acknowledged, &read),
    })
}

async fn write(server: SocketAddr, writer: u128, moments: Arc<Mutex<Moments>>) -> anyhow::Result<()> {
    let mut client = connect(server).await?;
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in 0..APPENDS {
        tick.tick().await;
        let id = (1 << 120) | writer << 32 | number;
        let sent = Instant::now();
        wire::append(&mut client, &format!("bench.live-{writer}"), event(id)).await?;
        let acknowledged = Instant::now();
        let mut moments = moments.lock().unwrap_or_else(PoisonError::into_inner);
        moments.sent.insert(id, sent);
        moments.acknowledged.insert(id, acknowledged);
    }
    Ok(())
}

/// A subscription of the protocol that has caught up.
async fn subscriber(server: SocketAddr) -> anyhow::Result<JoinHandle<anyhow::Result<Seen>>> {
    let mut client = connect(server).await?;
    let mut answers = wire::follow(&mut client, false).await?;
    while !matches!(answers.message().await?.context("ended")?.content, Some(Content::CaughtUp(_))) {}
    Ok(tokio::spawn(async move {
        let mut seen = Vec::new();
        while (seen.len() as u128) < WRITERS * APPENDS {
            if let Some(Content::Event(event)) = answers.message().await?.context("ended")?.content {
                let at = Instant::now();
                let id = event.event.and_then(|event| wire::number(event.id.as_ref()));
                seen.push((id.context("an event without an id")?, at));
            }
        }
        Ok(seen)
    }))
}

/// A reader as the platform's components are: woken when the log grows, it reads what is there.
async fn reader(server: SocketAddr) -> anyhow::Result<JoinHandle<anyhow::Result<Seen>>> {
    let log = adapted(server).await?;
    let mut grown = log.grown();
    let mut after = log.head().await?;
    Ok(tokio::spawn(async move {
        let mut seen = Vec::new();
        while (seen.len() as u128) < WRITERS * APPENDS {
            grown.changed().await?;
            loop {
                let page = log.read_all(after.as_ref(), &Filter::default(), MAX_PAGE).await?;
                let at = Instant::now();
                seen.extend(page.events.iter().map(|event| (event.id.as_u128(), at)));
                after = page.considered.or(after);
                if page.at_head {
                    break;
                }
            }
        }
        Ok(seen)
    }))
}
