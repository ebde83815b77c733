//! A replica that knows a flag as it was before another replica widened it.

use tonic::transport::{Channel, Endpoint};
use uuid::Uuid;
use verdict::platform::service::Service;
use verdict_proto::rollouts::v1::flag_request::Command;
use verdict_proto::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::{
    Audience, CreateFlag, FlagKind, FlagRequest, NarrowFlag, ReleaseHold, SetExposure,
};
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CommandMeta, GetRequest};

use super::{Fleet, Ground};

const ROLLOUT: &str = "01JS000000000000000000000R";

/// The flags of one replica.
struct Replica {
    flags: FlagsClient<Channel>,
    /// Tells its commands from those of the other.
    number: u128,
}

impl Replica {
    async fn accepted(&mut self, flag: &str, command: Command) -> Accepted {
        self.number += 2;
        let meta = CommandMeta {
            command_id: Uuid::from_u128(self.number).to_string(),
            reason: "to try it".to_owned(),
            ..CommandMeta::default()
        };
        let request = FlagRequest { meta: Some(meta), flag_id: flag.to_owned(), command: Some(command) };
        let reply = self.flags.execute(request).await.unwrap().into_inner();
        let Some(Outcome::Accepted(accepted)) = reply.outcome else { panic!("{reply:?}") };
        accepted
    }

    async fn percent(&mut self, flag: &str) -> u32 {
        let get = GetRequest { id: flag.to_owned(), ..GetRequest::default() };
        self.flags.get(get).await.unwrap().into_inner().audience.unwrap().percent()
    }
}

fn create() -> Command {
    Command::Create(CreateFlag {
        key: "stale-checkout".to_owned(),
        environment: "production".to_owned(),
        kind: FlagKind::Release.into(),
        owner: "team".to_owned(),
        ..CreateFlag::default()
    })
}

fn expose(attempt: u32, percent: u32) -> Command {
    Command::SetExposure(SetExposure {
        audience: Some(Audience { percent: Some(percent), ..Audience::default() }),
        rollout_id: ROLLOUT.to_owned(),
        rollout_revision: attempt * 10,
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt,
    })
}

fn narrow(attempt: u32) -> Command {
    Command::Narrow(NarrowFlag {
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt,
        cause: "breach".to_owned(),
        critical: true,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_02_a_replica_with_a_stale_cache_narrows_what_another_widened() {
    let Some(ground) = Ground::find().await else { return };
    let mut fleet = Fleet::start(&ground.plan().twice()).await;
    let of = format!("{}=", Service::Rollouts);
    let addresses: Vec<String> =
        fleet.commands().iter().filter_map(|server| server.strip_prefix(&of)).map(str::to_owned).collect();
    let replica = |(number, address): (u128, &String)| Replica {
        flags: FlagsClient::new(Endpoint::from_shared(address.clone()).unwrap().connect_lazy()),
        number,
    };
    let replicas: Vec<Replica> = (0..).zip(&addresses).map(replica).collect();
    let [mut one, mut other] = <[Replica; 2]>::try_from(replicas).ok().unwrap();

    let flag = one.accepted("", create()).await.id;
    one.accepted(&flag, expose(1, 0)).await;
    let attempts = 2..12;
    for attempt in attempts.clone() {
        one.accepted(&flag, expose(attempt, 5_000)).await;
        let narrowed = other.accepted(&flag, narrow(attempt)).await;
        assert_eq!(narrowed.events, ["rollouts.Flag.ExposureNarrowed.v1"], "attempt {attempt}");
        assert_eq!(one.percent(&flag).await, 0);
        // What the other one remembers when it is asked next: that there is nothing to take back.
        let nothing = other.accepted(&flag, narrow(attempt)).await;
        assert!(nothing.events.is_empty(), "{nothing:?}");
        one.accepted(&flag, Command::ReleaseHold(ReleaseHold::default())).await;
    }
    println!("{} widenings of one replica were taken back by the other", attempts.len());
    fleet.stop_services().await;
}
