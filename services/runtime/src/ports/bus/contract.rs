//! The suite that every bus adapter passes. Each function shows one thing on a bus of its own and fails by an
//! assertion.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Binding, Bus, Consumer, DELIVERY_LIMIT, Delivery, Message, SharedBus, dead_letters};

/// How long a delivery may take before it counts as missing.
const SOON: Duration = Duration::from_secs(10);

/// Runs the whole suite, each part on a bus from `make` whose queues are empty.
pub async fn all(make: impl AsyncFn() -> SharedBus) {
    a_message_reaches_every_queue_that_wants_it(&*make().await).await;
    a_message_that_no_queue_wants_is_confirmed(&*make().await).await;
    an_acked_message_does_not_come_again(&*make().await).await;
    a_dropped_delivery_comes_again_and_says_so(&*make().await).await;
    a_message_that_is_never_accepted_becomes_a_dead_letter(&*make().await).await;
    consumers_of_one_queue_share_its_messages(&*make().await).await;
    a_queue_keeps_messages_while_nobody_listens(&*make().await).await;
}

/// A message with this id and routing key.
pub fn message(id: &str, routing_key: &str) -> Message {
    Message {
        id: id.to_owned(),
        routing_key: routing_key.to_owned(),
        event_type: "bets.Bet.Killed.v1".to_owned(),
        headers: BTreeMap::from([("stream".to_owned(), "bets.bet-1".to_owned())]),
        body: br#"{"reason":"no effect"}"#.to_vec(),
    }
}

async fn subscribed(bus: &dyn Bus, queue: &str, pattern: &str) -> Box<dyn Consumer> {
    let bindings = [Binding::new("bets", pattern)];
    bus.subscribe(queue, &bindings).await.expect("the bus subscribes")
}

async fn published(bus: &dyn Bus, id: &str, routing_key: &str) {
    bus.publish("bets", message(id, routing_key)).await.expect("the bus confirms");
}

async fn next(consumer: &mut Box<dyn Consumer>) -> Delivery {
    let delivery = tokio::time::timeout(SOON, consumer.next()).await;
    delivery.expect("a delivery in time").expect("the bus delivers")
}

/// Topic routing by context and pattern; the message arrives as it was sent.
pub async fn a_message_reaches_every_queue_that_wants_it(bus: &dyn Bus) {
    let mut exact = subscribed(bus, "exact", "bet.killed.v1").await;
    let mut star = subscribed(bus, "star", "bet.*.v1").await;
    let mut hash = subscribed(bus, "hash", "#").await;
    bus.publish("metrics", message("0", "bet.killed.v1")).await.expect("confirmed");
    published(bus, "1", "bet.handed-off.v1").await;
    published(bus, "2", "bet.killed.v1").await;
    for consumer in [&mut star, &mut hash] {
        let first = next(consumer).await;
        assert_eq!((first.message.clone(), first.redelivered), (message("1", "bet.handed-off.v1"), false));
        first.ack().await.expect("acked");
        let second = next(consumer).await;
        assert_eq!(second.message, message("2", "bet.killed.v1"));
        second.ack().await.expect("acked");
    }
    let only = next(&mut exact).await;
    assert_eq!(only.message, message("2", "bet.killed.v1"));
    only.ack().await.expect("acked");
}

/// Nobody has to listen for a relay to go on.
pub async fn a_message_that_no_queue_wants_is_confirmed(bus: &dyn Bus) {
    published(bus, "1", "bet.killed.v1").await;
}

/// After an ack the next message is the next one.
pub async fn an_acked_message_does_not_come_again(bus: &dyn Bus) {
    let mut consumer = subscribed(bus, "acks", "#").await;
    published(bus, "1", "bet.killed.v1").await;
    next(&mut consumer).await.ack().await.expect("acked");
    drop(consumer);
    let mut consumer = subscribed(bus, "acks", "#").await;
    published(bus, "2", "bet.killed.v1").await;
    assert_eq!(next(&mut consumer).await.message.id, "2");
}

/// At least once: a consumer that goes away in the middle loses nothing.
pub async fn a_dropped_delivery_comes_again_and_says_so(bus: &dyn Bus) {
    let mut consumer = subscribed(bus, "drops", "#").await;
    published(bus, "1", "bet.killed.v1").await;
    let first = next(&mut consumer).await;
    assert!(!first.redelivered);
    drop(first);
    drop(consumer);
    let mut consumer = subscribed(bus, "drops", "#").await;
    let again = next(&mut consumer).await;
    assert_eq!((again.message.id.as_str(), again.redelivered), ("1", true));
    again.ack().await.expect("acked");
}

/// The limit counts deliveries, and the dead letter is the message as it was sent.
pub async fn a_message_that_is_never_accepted_becomes_a_dead_letter(bus: &dyn Bus) {
    let mut consumer = subscribed(bus, "poison", "#").await;
    published(bus, "1", "bet.killed.v1").await;
    for delivery in 0..DELIVERY_LIMIT {
        let poison = next(&mut consumer).await;
        assert_eq!((poison.message.id.as_str(), poison.redelivered), ("1", delivery > 0));
        poison.nack().await.expect("nacked");
    }
    published(bus, "2", "bet.killed.v1").await;
    let healthy = next(&mut consumer).await;
    assert_eq!(healthy.message.id, "2", "a dead letter does not block the queue");
    healthy.ack().await.expect("acked");
    let mut dead = bus.subscribe(&dead_letters("poison"), &[]).await.expect("subscribed");
    let letter = next(&mut dead).await;
    assert_eq!(letter.message, message("1", "bet.killed.v1"));
    letter.ack().await.expect("acked");
}

/// Two replicas of a consumer do the work once.
pub async fn consumers_of_one_queue_share_its_messages(bus: &dyn Bus) {
    let mut one = subscribed(bus, "shared", "#").await;
    let mut two = subscribed(bus, "shared", "#").await;
    published(bus, "1", "bet.killed.v1").await;
    published(bus, "2", "bet.killed.v1").await;
    let (first, second) = (next(&mut one).await, next(&mut two).await);
    let mut ids = [first.message.id.clone(), second.message.id.clone()];
    ids.sort();
    assert_eq!(ids, ["1", "2"]);
    first.ack().await.expect("acked");
    second.ack().await.expect("acked");
}

/// A queue outlives its consumers.
pub async fn a_queue_keeps_messages_while_nobody_listens(bus: &dyn Bus) {
    drop(subscribed(bus, "durable", "#").await);
    published(bus, "1", "bet.killed.v1").await;
    let mut consumer = subscribed(bus, "durable", "#").await;
    next(&mut consumer).await.ack().await.expect("acked");
}
