//! The bus over a real RabbitMQ: the suite of the port, and what only a broker can do wrong.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lapin::types::AMQPValue;
use verdict_adapters::rabbit::dead_letters::DeadLetters;
use verdict_adapters::rabbit::{Options, RabbitBus};
use verdict_e2e::servers;
use verdict_runtime::bus::contract::message;
use verdict_runtime::bus::{Binding, Bus, BusError, Consumer, DELIVERY_LIMIT, Delivery, SharedBus, contract};
use verdict_runtime::clock::SystemClock;

use crate::process::verdict;

/// How long anything may take that has to happen.
const PATIENCE: Duration = Duration::from_mins(3);

fn bus(url: &str) -> RabbitBus {
    bus_with(Options::new(url))
}

fn bus_with(options: Options) -> RabbitBus {
    RabbitBus::connect(options, Arc::new(SystemClock::start())).unwrap()
}

async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, happens).await.unwrap_or_else(|_| panic!("in vain: {what}"))
}

async fn subscribed(bus: &RabbitBus, queue: &str) -> Box<dyn Consumer> {
    bus.subscribe(queue, &[Binding::new("bets", "#")]).await.unwrap()
}

async fn next(consumer: &mut Box<dyn Consumer>) -> Delivery {
    soon("a delivery", consumer.next()).await.unwrap()
}

/// Whatever happens to the broker meanwhile: a relay and a consumer try again as well.
async fn until_confirmed(bus: &RabbitBus, id: &str) {
    let again = async {
        while bus.publish("bets", message(id, "bet.killed.v1")).await.is_err() {
            bus.connected().await;
        }
    };
    soon("a confirmation", again).await;
}

async fn until_delivered(bus: &RabbitBus, consumer: &mut Box<dyn Consumer>) -> Delivery {
    let again = async {
        loop {
            match consumer.next().await {
                Ok(delivery) => return delivery,
                Err(_) => bus.connected().await,
            }
        }
    };
    soon("a delivery", again).await
}

#[tokio::test]
async fn the_bus_over_rabbitmq_passes_the_suite() {
    let Some(_) = servers::available(servers::rabbit().await) else { return };
    let hosts = Mutex::new(Vec::new());
    let make = async || {
        let rabbit = servers::rabbit().await.unwrap();
        let bus = bus(&rabbit.url());
        hosts.lock().unwrap().push(rabbit);
        Arc::new(bus) as SharedBus
    };
    contract::all(make).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_broker_loses_nothing_that_it_confirmed() {
    let private = servers::rabbit::Rabbit::private().await;
    let Some(mut rabbit) = servers::available(private) else { return };
    drop(subscribed(&bus(&rabbit.url()), "survivors").await);
    rabbit.settle().await.unwrap();
    let bus = bus(&rabbit.url());
    let mut consumer = subscribed(&bus, "survivors").await;
    until_confirmed(&bus, "held").await;
    let held = next(&mut consumer).await;

    let before: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    for id in &before {
        until_confirmed(&bus, id).await;
    }
    // One publisher goes on through the kill, so that one confirmation is under way when it comes.
    let publisher = bus.clone();
    let ids: Vec<String> = (1000..1200).map(|number| number.to_string()).collect();
    let sent = ids.clone();
    let publishing = verdict_runtime::task::spawn("publishing", async move {
        for id in sent {
            until_confirmed(&publisher, &id).await;
        }
    });
    rabbit.kill().await.unwrap();
    let without = bus_with(Options::new(&rabbit.url()));
    let down = without.publish("bets", message("late", "bet.killed.v1")).await;
    assert!(matches!(down, Err(BusError::Unavailable(_))), "{down:?}");
    let stale = held.ack().await;
    assert!(matches!(stale, Err(BusError::Unavailable(_))), "{stale:?}");
    assert!(without.health().publishing.is_err() && without.health().consuming.is_err());

    rabbit.restart().await.unwrap();
    publishing.await.unwrap();
    until_confirmed(&without, "late").await;
    let all = before.into_iter().chain(ids).chain(["held".to_owned(), "late".to_owned()]);
    let mut missing: BTreeSet<String> = all.collect();
    let confirmed = missing.len();
    while !missing.is_empty() {
        let delivery = until_delivered(&bus, &mut consumer).await;
        missing.remove(&delivery.message.id);
        drop(delivery.ack().await);
    }
    println!("{confirmed} confirmed, {confirmed} delivered");
    assert!(bus.health().publishing.is_ok() && bus.health().consuming.is_ok());
}

/// Not accepted as often as the limit allows; returns how often it was delivered.
async fn poison(bus: &RabbitBus, queue: &str, id: &str) -> u32 {
    let mut consumer = subscribed(bus, queue).await;
    bus.publish("bets", message(id, "bet.killed.v1")).await.unwrap();
    bus.publish("bets", message("healthy", "bet.killed.v1")).await.unwrap();
    let mut deliveries = 0;
    loop {
        let delivery = next(&mut consumer).await;
        if delivery.message.id == "healthy" && deliveries >= DELIVERY_LIMIT {
            delivery.ack().await.unwrap();
            return deliveries;
        }
        deliveries += u32::from(delivery.message.id == id);
        delivery.nack().await.unwrap();
    }
}

#[tokio::test]
async fn a_poisonous_message_dies_at_the_limit_and_is_replayed_after_a_fix() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(&rabbit.url());
    let mut consumer = subscribed(&bus, "rollouts.on.metrics").await;
    bus.publish("bets", message("p", "bet.killed.v1")).await.unwrap();
    let letters = DeadLetters::connect(&rabbit.url()).unwrap();
    for _ in 0..DELIVERY_LIMIT {
        assert_eq!(letters.count("rollouts.on.metrics").await, Ok(Some(0)));
        next(&mut consumer).await.nack().await.unwrap();
    }
    let died = async {
        while letters.count("rollouts.on.metrics").await.unwrap() != Some(1) {
            tokio::task::yield_now().await;
        }
    };
    soon("a dead letter", died).await;
    for _ in 0..3 {
        let peeked = letters.peek("rollouts.on.metrics", 10).await.unwrap();
        let [letter] = &peeked[..] else { panic!("{peeked:?}") };
        let sent = message("p", "bet.killed.v1");
        let said = (letter.message.clone(), letter.reason.as_str(), letter.count, letter.exchange.as_str());
        assert_eq!(said, (sent, "delivery_limit", 1, "verdict.bets"));
    }

    let url = rabbit.url();
    let dlq = |words: &[&str]| {
        let words: Vec<&str> = ["dlq"].iter().chain(words).chain(&["--amqp", &url]).copied().collect();
        let output = verdict(&words);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (code, listed) = dlq(&["list"]);
    let row = ["rollouts.on.metrics", "p", "bet.killed.v1", "delivery_limit", "1"];
    assert!(code == Some(0) && listed.lines().any(|line| line.split_whitespace().eq(row)), "{listed}");
    let (code, shown) = dlq(&["show", "--queue", "rollouts.on.metrics", "p"]);
    assert!(code == Some(0) && shown.contains(r#""reason": "no effect""#), "{shown}");
    assert_eq!(dlq(&["purge", "--queue", "rollouts.on.metrics"]).0, Some(2));
    assert_eq!(dlq(&["replay", "--queue", "rollouts.on.metrics", "--id", "q"]).0, Some(4));
    assert_eq!(dlq(&["replay", "--queue", "nobody"]).0, Some(4));
    assert_eq!(
        dlq(&["replay", "--queue", "rollouts.on.metrics"]),
        (Some(0), "rollouts.on.metrics: 1 replayed\n".to_owned())
    );

    let again = next(&mut consumer).await;
    assert_eq!(again.message, message("p", "bet.killed.v1"));
    again.ack().await.unwrap();
    assert_eq!(letters.count("rollouts.on.metrics").await, Ok(Some(0)));
}

#[tokio::test]
async fn dead_letters_are_purged_on_demand() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(&rabbit.url());
    assert_eq!(poison(&bus, "purged", "p").await, DELIVERY_LIMIT);
    let letters = DeadLetters::connect(&rabbit.url()).unwrap();
    let died = async {
        while letters.count("purged").await.unwrap() == Some(0) {
            tokio::task::yield_now().await;
        }
    };
    soon("a dead letter", died).await;
    assert!(letters.purge("purged").await.unwrap() >= 1);
    assert_eq!(letters.count("purged").await, Ok(Some(0)));
}

#[tokio::test]
async fn a_full_queue_refuses_and_has_room_again_after_an_ack() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus_with(Options { max_length: 5, ..Options::new(&rabbit.url()) });
    let mut consumer = subscribed(&bus, "small").await;
    let full = async {
        for number in 0.. {
            let sent = bus.publish("bets", message(&number.to_string(), "bet.killed.v1")).await;
            if let Err(error) = sent {
                return (number, error);
            }
        }
        unreachable!("there are numbers enough")
    };
    let (accepted, error) = soon("a full queue", full).await;
    assert!(matches!(error, BusError::Full(_)), "{error}");
    assert!(accepted >= 5, "{accepted}");
    for _ in 0..accepted {
        next(&mut consumer).await.ack().await.unwrap();
    }
    until_confirmed(&bus, "after").await;
    let after = async { while next(&mut consumer).await.message.id != "after" {} };
    soon("the message after the others", after).await;
}

#[tokio::test]
async fn what_no_queue_wants_is_confirmed_and_counted() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(&rabbit.url());
    bus.publish("bets", message("1", "bet.killed.v1")).await.unwrap();
    let health = bus.health();
    assert_eq!(health.unroutable, 1);
    assert!(health.confirmed_ago.is_some());
}

#[tokio::test]
async fn a_dropped_delivery_comes_again_while_its_consumer_lives() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(&rabbit.url());
    let mut consumer = subscribed(&bus, "dropped").await;
    bus.publish("bets", message("1", "bet.killed.v1")).await.unwrap();
    drop(next(&mut consumer).await);
    let again = next(&mut consumer).await;
    assert!(again.redelivered);
    again.ack().await.unwrap();
}

/// An error of one channel ends neither the bus nor the other consumers, and nobody waits for ever.
#[tokio::test]
async fn processes_that_disagree_about_a_queue_are_told_and_the_bus_goes_on() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(&rabbit.url());
    let mut consumer = subscribed(&bus, "agreed").await;
    let other = bus_with(Options { max_length: 7, ..Options::new(&rabbit.url()) });
    let refused = other.subscribe("agreed", &[]).await.err().unwrap().to_string();
    assert!(refused.contains("PRECONDITION_FAILED") && refused.contains("x-max-length"), "{refused}");
    other.publish("bets", message("1", "bet.killed.v1")).await.unwrap();
    next(&mut consumer).await.ack().await.unwrap();
}

#[tokio::test]
async fn the_headers_on_the_wire_are_cloudevents() {
    let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
    let bus = bus(&rabbit.url());
    drop(subscribed(&bus, "wire").await);
    let mut sent = message("id-1", "bet.killed.v1");
    sent.headers.insert("traceparent".to_owned(), "00-a-b-01".to_owned());
    bus.publish("bets", sent).await.unwrap();
    let properties = lapin::ConnectionProperties::default();
    let connection = lapin::Connection::connect(&rabbit.url(), properties).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    let options = lapin::options::BasicGetOptions { no_ack: true };
    let got = channel.basic_get("wire".into(), options).await.unwrap().unwrap();
    let headers = got.delivery.properties.headers().clone().unwrap();
    let text = |value: &AMQPValue| value.as_long_string().map(ToString::to_string).unwrap_or_default();
    // What begins with an x is the broker's own note.
    let ours = headers.inner().iter().filter(|(name, _)| !name.as_str().starts_with("x-"));
    let lines: Vec<String> = ours.map(|(name, value)| format!("{name} = {}", text(value))).collect();
    let golden = [
        "cloudEvents:id = id-1",
        "cloudEvents:source = /verdict/bets",
        "cloudEvents:specversion = 1.0",
        "cloudEvents:subject = bets.bet-1",
        "cloudEvents:type = bets.Bet.Killed.v1",
        "traceparent = 00-a-b-01",
    ];
    assert_eq!(lines, golden);
}
