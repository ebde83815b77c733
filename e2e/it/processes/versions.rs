//! Versions N and N+1 side by side: a newer one writes an event that this one does not know.

use std::sync::Arc;

use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_runtime::log::{Expected, Log, NewEvent};

use super::killed::{after_the_promotions, broken, half_an_hour};
use super::{Fleet, Ground};

/// Written by nobody yet.
const UNKNOWN: &str = "rollouts.Flag.ExposureShifted.v9";

/// A past that cannot be read is no reason to leave customers where they are: the flag is killed instead of narrowed,
/// and everything else goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_16_beside_a_newer_version_a_breach_kills_the_flag_and_the_rest_goes_on() {
    let Some(ground) = Ground::find().await else { return };
    let fleet = Fleet::start(&ground.plan().twice()).await;
    let mut telling = fleet.telling();
    telling.play(4).await;
    telling.teller.play(&half_an_hour(), &mut std::io::sink()).await.unwrap();
    let [rollout, user, flag] =
        ["rollout", "user", "flag"].map(|name| telling.teller.made(name).unwrap().to_owned());
    let log: Log = Arc::new(EsdbLog::connect(Options::new(fleet.log_url())).await.unwrap());
    let stream = format!("rollouts.flag-{flag}");
    let newest = log.read_last(&stream).await.unwrap().unwrap();
    let event = NewEvent {
        id: uuid::Uuid::from_u128(16),
        event_type: UNKNOWN.to_owned(),
        data: b"{}".to_vec(),
        metadata: newest.metadata.clone(),
    };
    log.append(&stream, Expected::Exact(newest.revision), vec![event]).await.unwrap();
    let took = broken(&fleet.servers(), &rollout, after_the_promotions(), &user).await;
    let last = log.read_last(&stream).await.unwrap().unwrap();
    println!("over {UNKNOWN}: {} after {} ms", last.event_type, took.as_millis());
    assert_eq!(&*last.event_type, "rollouts.Flag.FlagKilled.v1");
    let there_are_bets = telling.teller.is_told().await.unwrap();
    assert!(there_are_bets, "bets are still answered for");
}
