//! One trace over processes that share nothing but the log and RabbitMQ.

use super::{Fleet, Ground, Plan};
use crate::traces::{Collector, deliveries_follow_their_senders, leads_to_the_edge, services};

const SERVICES: [&str; 6] =
    ["verdict-bets", "verdict-flags", "verdict-gtm", "verdict-metrics", "verdict-rollouts", "verdict-sinks"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_breach_is_one_trace_over_processes_and_rabbitmq() {
    let Some(ground) = Ground::find().await else { return };
    let collector = Collector::start().await;
    let fleet = Fleet::start(&Plan { settings: collector.settings(), ..ground.plan() }).await;
    let acknowledged = fleet.telling().end().await;
    // An orderly stop sends the last spans.
    println!("{}", fleet.told(acknowledged).await.is_the_story());
    let exported = collector.spans();
    assert_eq!(services(&exported), SERVICES.into());
    let told = leads_to_the_edge(&exported, None);
    println!("{} kinds of spans in the trace of the breach", told.len());
    deliveries_follow_their_senders(&exported);
}
