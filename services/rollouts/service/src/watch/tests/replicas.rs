//! Two replicas of the whole service, each with a clock of its own: who keeps the watch, and who takes renewals.

use verdict_kernel::clock::ManualClock;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_proto::v1::GetRequest;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::grpc::problem_of;
use verdict_runtime::lease::{Holder, Lease};
use verdict_runtime::log::Filter;

use super::*;
use crate::facts::stand_in::Desk;
use crate::testing::allowed;
use crate::{Deps, Rollouts};

const TTL: Duration = Duration::from_secs(6);

struct Replica {
    clock: Arc<ManualClock>,
    service: Rollouts,
    keeper: WatchKeeper,
}

struct Pair {
    world: World,
    replicas: [Replica; 2],
    rollout: String,
}

fn replica(world: &World, number: usize) -> Replica {
    let clock = Arc::new(ManualClock::at(crate::testing::start()));
    let desk = Desk::new(clock.clone());
    let service = Rollouts::new(Deps { log: world.log.clone(), clock: clock.clone(), peers: desk.peers() });
    let holder = Holder { id: number.to_string(), address: format!("http://replica-{number}") };
    let lease = Lease::new(world.log.clone(), clock.clone(), "rollouts", NAME, holder, TTL);
    let keeper = service.watch_keeper(Box::new(lease));
    Replica { clock, service, keeper }
}

impl Replica {
    fn client(&self) -> RolloutsClient<Transport> {
        RolloutsClient::new(in_process(self.service.rollouts_server()))
    }

    async fn renew(&self, rollout: &str) -> Result<(), tonic::Status> {
        let request = pb::RenewWatchRequest { rollout_ids: vec![rollout.to_owned()] };
        self.client().renew_watch(request).await.map(drop)
    }
}

impl Pair {
    /// A rollout that is shown to the team, watched by replica 0.
    async fn watched() -> Self {
        let mut world = World::new();
        let replicas = [replica(&world, 0), replica(&world, 1)];
        let create = pb::FlagRequest {
            meta: world.meta(""),
            flag_id: String::new(),
            environment: String::new(),
            command: Some(pb::flag_request::Command::Create(pb::CreateFlag {
                key: "one-page".to_owned(),
                environment: "production".to_owned(),
                kind: pb::FlagKind::Release.into(),
                owner: "ann".to_owned(),
                ..pb::CreateFlag::default()
            })),
        };
        let flags = in_process(replicas[0].service.flags_server());
        let created = verdict_api::rollouts::v1::flags_client::FlagsClient::new(flags)
            .execute(create)
            .await
            .unwrap()
            .into_inner();
        let Some(Outcome::Accepted(flag)) = created.outcome else { panic!("{created:?}") };
        let plan = pb::PlanRollout {
            bet_id: crate::testing::BET.to_owned(),
            flag_id: flag.id,
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: pb::RolloutMode::ZeroToOne.into(),
            tier: 2,
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..pb::PlanRollout::default()
        };
        let mut pair = Self { world, replicas, rollout: String::new() };
        pair.rollout = pair.send(Asked::Plan(plan)).await;
        pair.send(Asked::Start(pb::StartRollout {})).await;
        settle(&mut pair.replicas[0].keeper).await;
        settle(&mut pair.replicas[1].keeper).await;
        pair
    }

    /// Sends a command to replica 0 and returns the id of its rollout.
    async fn send(&mut self, command: Asked) -> String {
        let rollout_id = self.rollout.clone();
        let request = pb::RolloutRequest {
            meta: allowed(self.world.meta("a test"), command.audience()),
            rollout_id,
            command: Some(command),
        };
        let reply = self.replicas[0].client().execute(request).await.unwrap().into_inner();
        let Some(Outcome::Accepted(accepted)) = reply.outcome else { panic!("{reply:?}") };
        accepted.id
    }

    /// The losses and returns of the watch, with the epoch of the keeper that said so.
    async fn said(&self) -> Vec<(String, Option<u32>)> {
        let page = self.world.log.read_all(None, &Filter::prefixes([ROLLOUTS]), 100).await.unwrap();
        let watch = page.events.iter().filter(|event| event.event_type.contains(".Watch"));
        watch.map(|e| (e.event_type.to_string(), e.metadata().unwrap().epoch)).collect()
    }

    async fn state(&self) -> String {
        let request = GetRequest { id: self.rollout.clone(), ..GetRequest::default() };
        self.replicas[0].client().get(request).await.unwrap().into_inner().state
    }
}

#[tokio::test]
async fn clause_09_only_the_keeper_takes_renewals_and_the_others_name_it() {
    let mut pair = Pair::watched().await;
    pair.replicas[0].renew(&pair.rollout).await.unwrap();
    let problem = problem_of(&pair.replicas[1].renew(&pair.rollout).await.unwrap_err()).unwrap();
    assert_eq!(problem.code, "not_the_holder");
    assert!(problem.detail.contains("http://replica-0"), "{}", problem.detail);
    // Its lease may have run out: what it remembers may keep no watch.
    pair.replicas[0].clock.advance(TTL);
    pair.replicas[0].renew(&pair.rollout).await.unwrap_err();
    settle(&mut pair.replicas[0].keeper).await;
    pair.replicas[0].renew(&pair.rollout).await.unwrap();
}

#[tokio::test]
async fn clause_09_a_new_keeper_grants_a_full_period_and_then_says_that_nobody_renews() {
    let mut pair = Pair::watched().await;
    pair.replicas[1].clock.advance(TTL);
    settle(&mut pair.replicas[1].keeper).await;
    pair.replicas[1].renew(&pair.rollout).await.unwrap();
    for (after, said) in [(60, 0), (1, 1)] {
        pair.replicas[1].clock.advance(Duration::from_secs(after));
        settle(&mut pair.replicas[1].keeper).await;
        assert_eq!(pair.said().await.len(), said, "after {after} s more");
    }
    assert_eq!(pair.said().await, [("rollouts.Rollout.WatchLost.v1".to_owned(), Some(2))]);
}

#[tokio::test]
async fn clause_08_a_keeper_that_was_paused_is_fenced_and_keeps_no_watch() {
    let mut pair = Pair::watched().await;
    // Replica 0 stands still; the other one takes over and says that nobody renews.
    pair.replicas[1].clock.advance(TTL);
    settle(&mut pair.replicas[1].keeper).await;
    pair.replicas[1].clock.advance(DEFAULT_PERIOD + Duration::from_secs(1));
    settle(&mut pair.replicas[1].keeper).await;
    let lost = [("rollouts.Rollout.WatchLost.v1".to_owned(), Some(2))];
    assert_eq!(pair.said().await, lost);
    // Replica 0 goes on, sure of its lease for a moment, and takes a renewal that would bring the watch back.
    settle(&mut pair.replicas[0].keeper).await;
    pair.replicas[0].clock.advance(Duration::from_secs(1));
    pair.replicas[0].renew(&pair.rollout).await.unwrap();
    let fault = pair.replicas[0].keeper.step().await.unwrap_err();
    let lease = "rollouts.lease-watch-keeper".to_owned();
    assert_eq!(fault, Fault::Fenced { lease, mine: 1, newer: 2 });
    pair.replicas[0].renew(&pair.rollout).await.unwrap_err();
    assert_eq!(pair.said().await, lost);
    assert_eq!(pair.state().await, "paused");
}
