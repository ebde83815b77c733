//! What the relay hands to a real broker: nothing is left out, and what comes twice or out of order has one effect.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_adapters::esdb::{EsdbLog, Options as LogOptions};
use verdict_adapters::rabbit::{Options, RabbitBus};
use verdict_e2e::servers;
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_runtime::bus::{Binding, Bus, BusError, Consumer, Message, SharedBus};
use verdict_runtime::clock::SystemClock;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::execute::Repository;
use verdict_runtime::log::contract::tally::{Command, Tally, envelope};
use verdict_runtime::log::contract::views::catch_up;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Filter, Log, MAX_PAGE};
use verdict_runtime::process::Alone;
use verdict_runtime::relay::{Relay, message};

use super::{Fleet, Ground};
use crate::streams::{is_housekeeping, to_head};

const EVENTS: usize = 20;
/// Messages after whose confirmation the relay dies.
const CONFIRMED: usize = 7;
/// What the small queue holds.
const ROOM: u32 = 5;
const PATIENCE: Duration = Duration::from_mins(1);

fn bus(options: Options) -> RabbitBus {
    RabbitBus::connect(options, Arc::new(SystemClock::start())).unwrap()
}

/// A log with so many events of one context; their ids.
async fn written() -> (Log, Arc<ManualClock>, Vec<String>) {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let tallies = Repository::<Tally>::new(log.clone(), clock.clone());
    for number in 0..EVENTS {
        let id = number.to_string();
        tallies.execute(&envelope(&id), &id, true, Command::Add(1)).await.unwrap();
    }
    let page = log.read_all(None, &Filter::default(), MAX_PAGE).await.unwrap();
    let ids = page.events.iter().map(|event| event.id.to_string()).collect();
    (log, clock, ids)
}

/// How often each id comes out of the queue, until every one of `ids` has come.
async fn received(consumer: &mut Box<dyn Consumer>, ids: &[String]) -> BTreeMap<String, usize> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let all = async {
        while ids.iter().any(|id| !seen.contains_key(id)) {
            let delivery = consumer.next().await.unwrap();
            *seen.entry(delivery.message.id.clone()).or_default() += 1;
            delivery.ack().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, all).await.expect("every event arrives");
    seen
}

/// Dies when so many messages were confirmed, before the relay hears of it.
struct Dying {
    bus: RabbitBus,
    left: AtomicUsize,
}

impl Bus for Dying {
    fn publish<'a>(&'a self, context: &'a str, message: Message) -> BoxFuture<'a, Result<(), BusError>> {
        Box::pin(async move {
            self.bus.publish(context, message).await?;
            let died = |_| BusError::Unavailable("the relay is dead".to_owned());
            self.left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
                .map_err(died)?;
            Ok(())
        })
    }

    fn subscribe<'a>(
        &'a self,
        queue: &'a str,
        bindings: &'a [Binding],
    ) -> BoxFuture<'a, Result<Box<dyn Consumer>, BusError>> {
        self.bus.subscribe(queue, bindings)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_dies_between_confirmation_and_checkpoint_leaves_nothing_out() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(Options::new(&rabbit.url()));
    let mut consumer = bus.subscribe("relayed", &[Binding::new("contract", "#")]).await.unwrap();
    let (log, clock, ids) = written().await;
    let dying: SharedBus = Arc::new(Dying { bus: bus.clone(), left: CONFIRMED.into() });
    let mut first = Relay::new("contract", log.clone(), clock.clone(), dying, Box::new(Alone));
    assert!(first.step().await.is_err(), "the confirmation of message {} is not heard", CONFIRMED + 1);
    drop(first);
    catch_up(&mut Relay::new("contract", log, clock, Arc::new(bus), Box::new(Alone))).await;
    let seen = received(&mut consumer, &ids).await;
    let (twice, deliveries) =
        (seen.values().filter(|times| **times == 2).count(), seen.values().sum::<usize>());
    println!(
        "{} event ids in the log, {} received, {deliveries} deliveries, {twice} of them twice",
        ids.len(),
        seen.len()
    );
    assert_eq!((seen.len(), twice), (EVENTS, CONFIRMED + 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_stops_the_relay_and_loses_nothing() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(Options { max_length: ROOM, ..Options::new(&rabbit.url()) });
    let bindings = [Binding::new("contract", "#")];
    drop(bus.subscribe("narrow", &bindings).await.unwrap());
    let (log, clock, ids) = written().await;
    let mut relay = Relay::new("contract", log, clock, Arc::new(bus.clone()), Box::new(Alone));
    let full = async {
        loop {
            match relay.step().await {
                Ok(_) => {}
                Err(fault) => return fault.to_string(),
            }
        }
    };
    let why = tokio::time::timeout(PATIENCE, full).await.expect("the queue is full");
    assert!(why.contains("is full"), "{why}");
    let mut consumer = bus.subscribe("narrow", &bindings).await.unwrap();
    let (seen, ()) = tokio::join!(received(&mut consumer, &ids), catch_up_over_faults(&mut relay));
    println!("{} event ids in the log, {} received over a queue of {ROOM}", ids.len(), seen.len());
    assert_eq!(seen.len(), EVENTS);
}

/// A relay that is refused tries again, as its runner does.
async fn catch_up_over_faults(relay: &mut Relay) {
    loop {
        if let Ok(Progress::Idle { .. }) = relay.step().await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Everything that was ever published comes again, twice and backwards, in the middle of the story and at its end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deliveries_that_come_twice_and_backwards_have_no_effect() {
    let Some(ground) = Ground::find().await else { return };
    let fleet = Fleet::start(&ground.plan()).await;
    let bus = bus(Options::new(&ground.rabbit.url()));
    let mut telling = fleet.telling();
    telling.play(4).await;
    let mut again = republish(&fleet, &bus).await;
    telling.play(1).await;
    again += republish(&fleet, &bus).await;
    let acknowledged = telling.end().await;
    again += republish(&fleet, &bus).await;
    println!("{again} messages published again: {}", fleet.told(acknowledged).await.is_the_story());
}

async fn republish(fleet: &Fleet, bus: &RabbitBus) -> usize {
    let log = EsdbLog::connect(LogOptions::new(fleet.log_url())).await.unwrap();
    let events = to_head(&log, None, MAX_PAGE).await;
    let published = events.iter().filter(|event| !is_housekeeping(&event.stream));
    let messages: Vec<_> = published
        .map(|event| {
            let context = event.stream.split('.').next().unwrap_or_default().to_owned();
            (context, message(event).unwrap())
        })
        .collect();
    for (context, message) in messages.iter().rev().flat_map(|message| [message, message]) {
        bus.publish(context, message.clone()).await.unwrap();
    }
    2 * messages.len()
}
