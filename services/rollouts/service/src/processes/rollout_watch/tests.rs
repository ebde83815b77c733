//! A lost watch on a log in memory, with the flag as it is and a stand-in for the rollout.

use std::sync::Arc;

use uuid::Uuid;
use verdict_api::rollouts::v1::rollouts_server::RolloutsServer;
use verdict_runtime::grpc::in_process;
use verdict_runtime::process::{Alone, ProcessRunner, golden};

use super::*;
use crate::testing::{Heard, LAUNCH, Peers, ROLLOUT, Shown, a_tenth, second, settle};

struct Platform {
    shown: Shown,
    peers: Peers,
    runner: ProcessRunner<RolloutWatch, RolloutWatchRim>,
}

impl Platform {
    /// A rollout that exposes Internal and then Beta, as attempt 2, and narrows when it is blind.
    async fn in_beta() -> Self {
        Self::planned(pb::OnBlind::Narrow).await
    }

    async fn planned(on_blind: pb::OnBlind) -> Self {
        Self::of(pb::RolloutPlanned { on_blind: Some(on_blind.into()), ..pb::RolloutPlanned::default() })
            .await
    }

    async fn of(plan: pb::RolloutPlanned) -> Self {
        let shown = Shown::claimed_by(plan).await;
        let peers = Peers::default();
        let (log, clock) = (shown.world.log.clone(), shown.world.clock());
        let rim = RolloutWatchRim {
            flags: shown.service.clone(),
            rollouts: in_process(RolloutsServer::new(peers.clone())),
            log: log.clone(),
            period: Duration::from_mins(1),
        };
        let runner = ProcessRunner::new(Arc::new(rim), log, clock, Box::new(Alone));
        let mut platform = Self { shown, peers, runner };
        let members = pb::Audience { members: vec!["ann".to_owned()], ..pb::Audience::default() };
        platform.enter("internal", 0, 1, members).await;
        platform.enter("beta", 2, 2, a_tenth()).await;
        platform
    }

    async fn enter(&mut self, stage: &str, stage_index: u32, attempt: u32, audience: pb::Audience) {
        let entered = pb::StageEntered {
            stage: Some(stage.to_owned()),
            attempt: Some(attempt),
            ..pb::StageEntered::default()
        };
        self.happens("StageEntered", &entered).await;
        self.shown.show(stage, stage_index, attempt, audience).await;
    }

    async fn happens(&mut self, name: &str, message: &impl serde::Serialize) -> Uuid {
        let stream = format!("{ROLLOUTS}{ROLLOUT}");
        let event_type = format!("rollouts.Rollout.{name}.v1");
        self.shown.world.write(&stream, &event_type, message).await.0
    }

    async fn lost(&mut self) -> Uuid {
        let lost = pb::WatchLost { attempt: Some(2), ..pb::WatchLost::default() };
        self.happens("WatchLost", &lost).await
    }

    async fn after(&mut self, seconds: u64) -> (String, bool) {
        self.shown.world.advance(seconds);
        settle(&mut self.runner).await;
        let view = self.shown.view().await;
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
async fn r26_past_the_point_of_no_return_being_blind_takes_nothing_back_and_below_it_does() {
    for (from, then) in [("beta", beta()), ("ga", internal())] {
        let stage = Some(from.to_owned());
        let mut platform = Platform::of(pb::RolloutPlanned {
            on_blind: Some(pb::OnBlind::Narrow.into()),
            irreversible_from: Some(pb::IrreversibleFrom { stage, reason: Some("no keys".to_owned()) }),
            ..pb::RolloutPlanned::default()
        })
        .await;
        platform.lost().await;
        assert_eq!(platform.after(3_600).await, then, "{from}");
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

#[test]
fn every_fact_reads_back() {
    let loss = Loss {
        event: Uuid::NAMESPACE_URL,
        rollout: ROLLOUT.parse().unwrap(),
        flag: LAUNCH.parse().unwrap(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: 2,
        narrow_at: Some(second(60)),
    };
    let patient = Loss { narrow_at: None, ..loss.clone() };
    let facts = [Fact::LostNoted(loss), Fact::LostNoted(patient), Fact::RestoredNoted, Fact::AttemptOver];
    golden::check::<RolloutWatchWire>(env!("CARGO_MANIFEST_DIR"), facts);
}
