//! A replica that knows a flag as it was before another replica widened it.

use tonic::transport::{Channel, Endpoint};
use uuid::Uuid;
use verdict::platform::service::Service;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::rollouts::v1::flag_request::Command;
use verdict_proto::rollouts::v1::rollout_request::Command as OfRollout;
use verdict_proto::rollouts::v1::{
    Audience, CreateFlag, FlagKind, FlagRequest, NarrowFlag, PlanRollout, ReleaseHold, RolloutMode,
    RolloutRequest, SetExposure, StartRollout,
};
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CommandMeta, CommandReply, GetRequest};

use super::{Fleet, Ground};

/// The flags and rollouts of one replica.
struct Replica {
    flags: FlagsClient<Channel>,
    rollouts: RolloutsClient<Channel>,
    /// Tells its commands from those of the other.
    number: u128,
}

impl Replica {
    fn meta(&mut self, process: &str) -> CommandMeta {
        self.number += 2;
        CommandMeta {
            command_id: Uuid::from_u128(self.number).to_string(),
            reason: "to try it".to_owned(),
            process: process.to_owned(),
            ..CommandMeta::default()
        }
    }

    async fn accepted(&mut self, flag: &str, command: Command) -> Accepted {
        let request = FlagRequest {
            meta: Some(self.meta("stage-promotion")),
            flag_id: flag.to_owned(),
            environment: String::new(),
            command: Some(command),
        };
        accepted(self.flags.execute(request).await.unwrap().into_inner())
    }

    /// A rollout that was started, and so has the flag.
    async fn started(&mut self, flag: &str) -> String {
        let plan = PlanRollout {
            flag_id: flag.to_owned(),
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: RolloutMode::ZeroToOne.into(),
            tier: 2,
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..PlanRollout::default()
        };
        let mut id = String::new();
        for command in [OfRollout::Plan(plan), OfRollout::Start(StartRollout {})] {
            let request =
                RolloutRequest { meta: Some(self.meta("")), rollout_id: id, command: Some(command) };
            id = accepted(self.rollouts.execute(request).await.unwrap().into_inner()).id;
        }
        id
    }

    async fn percent(&mut self, flag: &str) -> u32 {
        let get = GetRequest { id: flag.to_owned(), ..GetRequest::default() };
        self.flags.get(get).await.unwrap().into_inner().audience.unwrap().basis_points()
    }
}

fn accepted(reply: CommandReply) -> Accepted {
    let Some(Outcome::Accepted(accepted)) = reply.outcome else { panic!("{reply:?}") };
    accepted
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

fn expose(rollout: &str, attempt: u32, percent: u32) -> Command {
    Command::SetExposure(SetExposure {
        audience: Some(Audience { basis_points: Some(percent), ..Audience::default() }),
        rollout_id: rollout.to_owned(),
        rollout_revision: attempt * 10,
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt,
        flag_version: 99,
    })
}

fn narrow(rollout: &str, attempt: u32) -> Command {
    Command::Narrow(NarrowFlag {
        rollout_id: rollout.to_owned(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt,
        cause: "breach".to_owned(),
        critical: true,
        ..NarrowFlag::default()
    })
}

fn release() -> Command {
    Command::ReleaseHold(ReleaseHold { cause: "breach".to_owned(), ..ReleaseHold::default() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_02_a_replica_with_a_stale_cache_narrows_what_another_widened() {
    let Some(ground) = Ground::find().await else { return };
    let mut fleet = Fleet::start(&ground.plan().twice()).await;
    let of = format!("{}=", Service::Rollouts);
    let addresses: Vec<String> =
        fleet.commands().iter().filter_map(|server| server.strip_prefix(&of)).map(str::to_owned).collect();
    let to = |address: &String| Endpoint::from_shared(address.clone()).unwrap().connect_lazy();
    let replica = |(number, address): (u128, &String)| Replica {
        flags: FlagsClient::new(to(address)),
        rollouts: RolloutsClient::new(to(address)),
        number,
    };
    let replicas: Vec<Replica> = (0..).zip(&addresses).map(replica).collect();
    let [mut one, mut other] = <[Replica; 2]>::try_from(replicas).ok().unwrap();

    let flag = one.accepted("", create()).await.id;
    let rollout = one.started(&flag).await;
    one.accepted(&flag, expose(&rollout, 1, 0)).await;
    let attempts = 2..12;
    for attempt in attempts.clone() {
        one.accepted(&flag, expose(&rollout, attempt, 5_000)).await;
        let narrowed = other.accepted(&flag, narrow(&rollout, attempt)).await;
        assert_eq!(narrowed.events, ["rollouts.Flag.ExposureNarrowed.v1"], "attempt {attempt}");
        assert_eq!(one.percent(&flag).await, 0);
        // What the other one remembers when it is asked next: that there is nothing to take back.
        let nothing = other.accepted(&flag, narrow(&rollout, attempt)).await;
        assert!(nothing.events.is_empty(), "{nothing:?}");
        one.accepted(&flag, release()).await;
    }
    println!("{} widenings of one replica were taken back by the other", attempts.len());
    fleet.stop_services().await;
}
