//! A message that a broken version cannot take, beside services that go on.

use std::sync::Arc;
use std::time::Duration;

use verdict::platform::service::Service;
use verdict_adapters::esdb::{EsdbLog, Options as LogOptions};
use verdict_adapters::rabbit::dead_letters::DeadLetters;
use verdict_adapters::rabbit::{Options, RabbitBus};
use verdict_runtime::bus::{Binding, Bus, DELIVERY_LIMIT, Message};
use verdict_runtime::clock::SystemClock;
use verdict_runtime::log::MAX_PAGE;
use verdict_runtime::relay::message;

use super::{Fleet, Ground};
use crate::process::verdict;
use crate::streams::{is_housekeeping, to_head};

const QUEUE: &str = "rollouts.on.metrics";
const PATIENCE: Duration = Duration::from_mins(1);

/// The first message of metrics that the relay has published.
async fn published(fleet: &Fleet) -> Message {
    let log = EsdbLog::connect(LogOptions::new(fleet.log_url())).await.unwrap();
    let events = to_head(&log, None, MAX_PAGE).await;
    let of_metrics = |stream: &str| stream.starts_with("metrics.") && !is_housekeeping(stream);
    let event = events.iter().find(|event| of_metrics(&event.stream));
    message(event.expect("metrics has said something")).unwrap()
}

/// A version of rollouts that gives one message back takes the place of the one that runs. Returns how often it was
/// brought a message before that was dead.
async fn brought_to_a_broken_version(bus: &RabbitBus, letters: &DeadLetters, poison: Message) -> u32 {
    let mut broken = bus.subscribe(QUEUE, &[Binding::new("metrics", "#")]).await.unwrap();
    bus.publish("metrics", poison.clone()).await.unwrap();
    let mut brought = 0;
    let died = async {
        while letters.count(QUEUE).await.unwrap() == Some(0) {
            tokio::select! {
                delivery = broken.next() => {
                    let delivery = delivery.unwrap();
                    if delivery.message.id == poison.id {
                        brought += 1;
                        delivery.nack().await.unwrap();
                    } else {
                        delivery.ack().await.unwrap();
                    }
                }
                () = tokio::task::yield_now(), if brought >= DELIVERY_LIMIT => {}
            }
        }
    };
    tokio::time::timeout(PATIENCE, died).await.expect("a dead letter");
    brought
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_a_broken_version_gives_back_is_dead_until_it_is_replayed_to_a_fixed_one() {
    let Some(ground) = Ground::find().await else { return };
    let mut fleet = Fleet::start(&ground.plan()).await;
    let mut telling = fleet.telling();
    telling.play(3).await;
    let poison = published(&fleet).await;
    let url = ground.rabbit.url();
    let bus = RabbitBus::connect(Options::new(&url), Arc::new(SystemClock::start())).unwrap();
    let letters = DeadLetters::connect(&url).unwrap();

    assert!(fleet.replica(Service::Rollouts, 0).terminate().await.success());
    let brought = brought_to_a_broken_version(&bus, &letters, poison.clone()).await;
    assert_eq!(brought, DELIVERY_LIMIT);
    let fixed = fleet.replica(Service::Rollouts, 0);
    fixed.launch();
    fixed.ready().await;

    // What the letter says is in the log, so nobody waits for it.
    telling.play(1).await;
    assert_eq!(letters.count(QUEUE).await.unwrap(), Some(1));
    let output = verdict(&["dlq", "replay", "--queue", QUEUE, "--amqp", &url]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{QUEUE}: 1 replayed\n"));
    assert_eq!(letters.count(QUEUE).await.unwrap(), Some(0));
    let acknowledged = telling.end().await;
    println!(
        "'{}' was dead after {brought} deliveries and replayed: {}",
        poison.id,
        fleet.told(acknowledged).await.is_the_story()
    );
    // It was taken this time: nobody is left that could have given it back.
    assert_eq!(letters.count(QUEUE).await.unwrap(), Some(0));
}
