//! A process that is frozen while it holds a lease, and wakes up after another has taken it.

use std::sync::Arc;
use std::time::Duration;

use tonic::transport::Endpoint;
use uuid::Uuid;
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::{FlagRequest, ScheduleCleanup, flag_request};
use verdict_proto::v1::{CommandMeta, Fence};
use verdict_runtime::lease::{current, stream};
use verdict_runtime::log::{Log, Recorded};

use super::{Fleet, Ground, Plan};

/// The lease on the process that takes exposure back.
const LEASE: &str = "guardrail-rollback";
const TTL: Duration = Duration::from_secs(5);
/// How long a takeover may take before the test gives up.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(20);

async fn last(log: &Log) -> Recorded {
    log.read_last(&stream("rollouts", LEASE)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_08_a_frozen_holder_is_replaced_and_fenced_when_it_wakes() {
    let Some(ground) = Ground::find().await else { return };
    let settings = format!("[lease]\nttl_ms = {}\n", TTL.as_millis());
    let fleet = Fleet::start(&Plan { settings, ..ground.plan().twice() }).await;
    let mut telling = fleet.telling();
    telling.play(4).await;
    let log: Log = Arc::new(EsdbLog::connect(Options::new(fleet.log_url())).await.unwrap());
    let old = current(&log, "rollouts", LEASE).await.unwrap().expect("somebody holds it");
    let holder = fleet.commands().iter().position(|server| server.ends_with(&old.holder.address)).unwrap();
    fleet.services[holder].1.signal("-STOP");
    let renewed = last(&log).await;
    let replaced = async {
        loop {
            match current(&log, "rollouts", LEASE).await.unwrap() {
                Some(grant) if grant.holder.id != old.holder.id => return grant,
                _ => tokio::time::sleep(LOOK).await,
            }
        }
    };
    let new = tokio::time::timeout(PATIENCE, replaced).await.expect("another takes the lease");
    let acquired = log
        .read_stream(&stream("rollouts", LEASE), 0, 10_000)
        .await
        .unwrap()
        .events
        .into_iter()
        .find(|event| event.event_type.ends_with(".Acquired.v1") && event.revision > renewed.revision)
        .unwrap();
    let took = acquired.created.duration_since(renewed.created);
    println!("the lease of a frozen holder was taken {} ms after its last renewal", took.as_millis());
    assert!(took < jiff::SignedDuration::try_from(2 * TTL).unwrap(), "{took:?}");
    assert!(new.epoch > old.epoch, "{new:?} after {old:?}");
    fleet.services[holder].1.signal("-CONT");

    // The new holder takes exposure back.
    telling.play(1).await;
    // A command that the old holder had in hand when it froze faults by its epoch, at any replica.
    let flag = telling.teller.made("flag").unwrap().to_owned();
    for address in fleet.commands().iter().filter_map(|server| server.strip_prefix("rollouts=")) {
        let channel = Endpoint::from_shared(address.to_owned()).unwrap().connect_lazy();
        let meta = CommandMeta {
            command_id: Uuid::from_u128(8).to_string(),
            org: "default".to_owned(),
            team: "default".to_owned(),
            fence: Some(Fence { lease: stream("rollouts", LEASE), epoch: old.epoch }),
            process: LEASE.to_owned(),
            ..CommandMeta::default()
        };
        let command = flag_request::Command::ScheduleCleanup(ScheduleCleanup {
            due: "2030-01-01T00:00:00Z".to_owned(),
        });
        let request = FlagRequest {
            meta: Some(meta),
            flag_id: flag.clone(),
            environment: String::new(),
            command: Some(command),
        };
        let fenced = FlagsClient::new(channel).execute(request).await.unwrap_err();
        println!("the old epoch at {address}: {}", fenced.message());
        assert!(fenced.message().contains("epoch"), "{fenced:?}");
    }

    let acknowledged = telling.end().await;
    let told = fleet.told(acknowledged).await;
    println!("{}", told.is_the_story());
}
