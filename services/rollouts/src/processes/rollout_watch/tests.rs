//! A lost watch on a log in memory, with the flag as it is and a stand-in for the rollout.

use std::sync::Arc;

use uuid::Uuid;
use verdict_proto::rollouts::v1::flags_server::FlagsServer;
use verdict_proto::rollouts::v1::rollouts_server::RolloutsServer;
use verdict_proto::v1::GetRequest;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::grpc::in_process;
use verdict_runtime::process::{Alone, ProcessRunner};
use verdict_runtime::wire::golden;

use super::*;
use crate::api::flag::FlagsApi;
use crate::testing::{Heard, LAUNCH, Peers, ROLLOUT, World, allowed, second, settle};

struct Platform {
    world: World,
    peers: Peers,
    flags: FlagsClient<Transport>,
    runner: ProcessRunner<RolloutWatch, RolloutWatchRim>,
    flag: String,
}

impl Platform {
    /// A rollout that exposes Internal in version 1 and Beta in version 2, as attempt 2, and narrows when it is blind.
    async fn in_beta() -> Self {
        Self::planned(pb::OnBlind::Narrow).await
    }

    async fn planned(on_blind: pb::OnBlind) -> Self {
        let world = World::new();
        let peers = Peers::default();
        let flags = in_process(FlagsServer::new(FlagsApi::new(world.log.clone(), world.clock())));
        let services =
            Services { flags: flags.clone(), rollouts: in_process(RolloutsServer::new(peers.clone())) };
        let rim = RolloutWatchRim::new(services, world.log.clone(), Duration::from_mins(1));
        let runner = ProcessRunner::new(Arc::new(rim), world.log.clone(), world.clock(), Box::new(Alone));
        let flags = FlagsClient::new(flags);
        let mut platform = Self { world, peers, flags, runner, flag: String::new() };
        let create = pb::CreateFlag {
            key: "new-checkout".to_owned(),
            environment: "production".to_owned(),
            kind: pb::FlagKind::Release.into(),
            owner: "subject-1".to_owned(),
            ..pb::CreateFlag::default()
        };
        platform.flag = platform.ask(pb::flag_request::Command::Create(create)).await;
        let planned = pb::RolloutPlanned {
            flag_id: Some(platform.flag.clone()),
            on_blind: Some(on_blind.into()),
            ..Default::default()
        };
        platform.happens("RolloutPlanned", &planned).await;
        let claim = pb::ClaimFlag { rollout_id: ROLLOUT.to_owned() };
        platform.ask(pb::flag_request::Command::Claim(claim)).await;
        let members = pb::Audience { members: vec!["ann".to_owned()], ..pb::Audience::default() };
        let share = pb::Audience { basis_points: Some(1000), ..pb::Audience::default() };
        platform.enter("internal", 0, 1, members).await;
        platform.enter("beta", 2, 2, share).await;
        platform
    }

    async fn ask(&mut self, command: pb::flag_request::Command) -> String {
        let request = pb::FlagRequest {
            meta: allowed(self.world.meta(""), command.audience()),
            flag_id: self.flag.clone(),
            environment: String::new(),
            command: Some(command),
        };
        match self.flags.execute(request).await.unwrap().into_inner().outcome {
            Some(Outcome::Accepted(accepted)) => accepted.id,
            other => panic!("not accepted: {other:?}"),
        }
    }

    async fn enter(&mut self, stage: &str, stage_index: u32, attempt: u32, audience: pb::Audience) {
        let entered = pb::StageEntered {
            stage: Some(stage.to_owned()),
            attempt: Some(attempt),
            ..pb::StageEntered::default()
        };
        self.happens("StageEntered", &entered).await;
        let set = pb::SetExposure {
            audience: Some(audience),
            rollout_id: ROLLOUT.to_owned(),
            rollout_revision: attempt * 10,
            stage: stage.to_owned(),
            stage_index,
            attempt,
            flag_version: 0,
        };
        self.ask(pb::flag_request::Command::SetExposure(set)).await;
    }

    async fn happens(&mut self, name: &str, message: &impl serde::Serialize) -> Uuid {
        let stream = format!("{ROLLOUTS}{ROLLOUT}");
        let event_type = format!("rollouts.Rollout.{name}.v1");
        self.world.write(&stream, &event_type, message).await.0
    }

    async fn lost(&mut self) -> Uuid {
        let lost = pb::WatchLost { attempt: Some(2), ..pb::WatchLost::default() };
        self.happens("WatchLost", &lost).await
    }

    async fn after(&mut self, seconds: u64) -> (String, bool) {
        self.world.advance(seconds);
        settle(&mut self.runner).await;
        let request = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        let view = self.flags.get(request).await.unwrap().into_inner();
        (view.stage, view.held)
    }
}

fn beta() -> (String, bool) {
    ("beta".to_owned(), false)
}

fn internal() -> (String, bool) {
    ("internal".to_owned(), true)
}

#[tokio::test]
async fn r15_a_second_period_without_a_watch_narrows_to_the_last_good_stage_and_holds_it() {
    let mut platform = Platform::in_beta().await;
    let lost = platform.lost().await;
    assert_eq!(platform.after(59).await, beta());
    assert_eq!(platform.peers.heard(), []);
    assert_eq!(platform.after(1).await, internal());
    let request = pb::RequestRollback {
        stage: "beta".to_owned(),
        attempt: 2,
        breach: lost.to_string(),
        cause: "watch_lost".to_owned(),
        critical: false,
    };
    let heard = [Heard::Rollout(pb::rollout_request::Command::RequestRollback(request))];
    assert_eq!(platform.peers.heard(), heard);
    assert_eq!(platform.after(600).await, internal());
    assert_eq!(platform.peers.heard(), heard);
}

#[tokio::test]
async fn r15_where_the_plan_does_not_say_so_being_blind_takes_nothing_back() {
    for on_blind in [pb::OnBlind::Unspecified, pb::OnBlind::Pause] {
        let mut platform = Platform::planned(on_blind).await;
        platform.lost().await;
        assert_eq!(platform.after(3_600).await, beta());
        assert_eq!(platform.peers.heard(), []);
    }
}

#[tokio::test]
async fn clause_18_a_rollout_with_an_unknown_event_is_narrowed_as_its_plan_says() {
    for (on_blind, then) in [(pb::OnBlind::Narrow, internal()), (pb::OnBlind::Pause, beta())] {
        let mut platform = Platform::planned(on_blind).await;
        platform.happens("StageTwisted", &()).await;
        platform.lost().await;
        assert_eq!(platform.after(61).await, then);
    }
}

#[tokio::test]
async fn r15_a_watch_that_comes_back_in_the_second_period_takes_nothing_back() {
    let mut platform = Platform::in_beta().await;
    platform.lost().await;
    assert_eq!(platform.after(59).await, beta());
    platform.happens("WatchRestored", &pb::WatchRestored::default()).await;
    assert_eq!(platform.after(60).await, beta());
    platform.lost().await;
    assert_eq!(platform.after(59).await, beta());
    assert_eq!(platform.after(1).await, internal());
}

#[tokio::test]
async fn r15_a_rollout_that_went_on_is_left_alone() {
    let resumed = pb::RolloutResumed { attempt: Some(3), ..pb::RolloutResumed::default() };
    let mut platform = Platform::in_beta().await;
    platform.lost().await;
    assert_eq!(platform.after(10).await, beta());
    platform.happens("RolloutResumed", &resumed).await;
    assert_eq!(platform.after(60).await, beta());
    let mut platform = Platform::in_beta().await;
    platform.lost().await;
    assert_eq!(platform.after(10).await, beta());
    platform.happens("RolledBack", &pb::RolledBack::default()).await;
    assert_eq!(platform.after(60).await, beta());
}

#[tokio::test]
async fn every_fact_reads_back() {
    let platform = Platform::in_beta().await;
    let services = Services {
        flags: in_process(RolloutsServer::new(platform.peers.clone())),
        rollouts: in_process(RolloutsServer::new(platform.peers.clone())),
    };
    let rim = RolloutWatchRim::new(services, platform.world.log.clone(), Duration::ZERO);
    let loss = Loss {
        event: Uuid::NAMESPACE_URL,
        rollout: ROLLOUT.parse().unwrap(),
        flag: LAUNCH.parse().unwrap(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: 2,
        narrow_at: Some(second(60)),
    };
    let patient = Fact::LostNoted(Loss { narrow_at: None, ..loss.clone() });
    let stored = rim.encode(&patient);
    assert_eq!(rim.decode(stored.event_type, &stored.data), Ok(patient));
    for fact in [Fact::LostNoted(loss), Fact::RestoredNoted, Fact::AttemptOver] {
        let stored = rim.encode(&fact);
        golden::reads_back(env!("CARGO_MANIFEST_DIR"), &stored, &fact, |name, data| rim.decode(name, data));
    }
    assert_eq!(rim.decode("rollouts.RolloutWatch.Sold.v1", b"{}"), Err(DecodeError::UnknownType));
}
