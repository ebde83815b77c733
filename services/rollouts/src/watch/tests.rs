//! The keeper on a log in memory, with a stand-in for the rollouts.

use verdict_proto::rollouts::v1::rollouts_server::RolloutsServer;
use verdict_runtime::grpc::in_process;
use verdict_runtime::process::Alone;

use super::*;
use crate::testing::{Heard, Peers, ROLLOUT, World, settle};

mod replicas;

struct Platform {
    world: World,
    peers: Peers,
    renewals: Arc<Renewals>,
    keeper: WatchKeeper,
}

fn keeper(world: &World, peers: &Peers, renewals: &Arc<Renewals>) -> WatchKeeper {
    let rollouts = in_process(RolloutsServer::new(peers.clone()));
    WatchKeeper::new(renewals.clone(), rollouts, world.log.clone(), world.clock(), Box::new(Alone))
}

impl Platform {
    fn new() -> Self {
        let world = World::new();
        let peers = Peers::default();
        let renewals = Arc::new(Renewals::default());
        let keeper = keeper(&world, &peers, &renewals);
        Self { world, peers, renewals, keeper }
    }

    /// A rollout that has just entered Beta as attempt 3.
    async fn in_beta() -> Self {
        let mut platform = Self::new();
        let entered = pb::StageEntered {
            stage: Some("beta".to_owned()),
            attempt: Some(3),
            ..pb::StageEntered::default()
        };
        platform.happens("StageEntered", &entered).await;
        platform
    }

    async fn happens(&mut self, name: &str, message: &impl serde::Serialize) {
        let stream = format!("{ROLLOUTS}{ROLLOUT}");
        let event_type = format!("rollouts.Rollout.{name}.v1");
        self.world.write(&stream, &event_type, message).await;
        settle(&mut self.keeper).await;
    }

    async fn lost(&mut self) {
        let lost = pb::WatchLost { attempt: Some(3), ..pb::WatchLost::default() };
        self.happens("WatchLost", &lost).await;
    }

    fn renew(&self) -> Duration {
        self.renewals.renew([ROLLOUT.parse().unwrap()], self.world.clock.monotonic())
    }

    async fn after(&mut self, seconds: u64) -> Vec<Heard> {
        self.world.advance(seconds);
        settle(&mut self.keeper).await;
        self.peers.heard()
    }
}

fn lose() -> Heard {
    Heard::Rollout(Command::LoseWatch(pb::LoseWatch { attempt: 3 }))
}

fn restore() -> Heard {
    Heard::Rollout(Command::RestoreWatch(pb::RestoreWatch {}))
}

#[tokio::test]
async fn r15_a_watch_that_nobody_renews_is_lost_after_one_period_and_not_before() {
    let mut platform = Platform::in_beta().await;
    assert_eq!(platform.after(60).await, []);
    assert_eq!(platform.after(1).await, [lose()]);
    assert_eq!(platform.after(1).await, [lose()]);
}

#[tokio::test]
async fn r15_a_renewal_keeps_the_watch_for_another_period() {
    let mut platform = Platform::in_beta().await;
    platform.world.advance(50);
    assert_eq!(platform.renew(), DEFAULT_PERIOD);
    assert_eq!(platform.after(60).await, []);
    assert_eq!(platform.after(1).await, [lose()]);
}

#[tokio::test]
async fn r15_the_period_can_be_set() {
    let mut platform = Platform::new();
    platform.renewals = Arc::new(Renewals::every(Duration::from_secs(5)));
    platform.keeper = keeper(&platform.world, &platform.peers, &platform.renewals);
    let entered = pb::StageEntered { attempt: Some(3), ..pb::StageEntered::default() };
    platform.happens("StageEntered", &entered).await;
    assert_eq!(platform.renew(), Duration::from_secs(5));
    assert_eq!(platform.after(6).await, [lose()]);
}

#[tokio::test]
async fn r15_a_renewal_after_the_loss_restores_the_watch_once() {
    let mut platform = Platform::in_beta().await;
    platform.renew();
    platform.world.advance(61);
    settle(&mut platform.keeper).await;
    platform.lost().await;
    assert_eq!(platform.after(1).await, [lose()]);
    platform.renew();
    assert_eq!(platform.after(1).await, [lose(), restore()]);
    platform.happens("WatchRestored", &pb::WatchRestored {}).await;
    assert_eq!(platform.after(59).await, [lose(), restore()]);
    platform.world.advance(3);
    settle(&mut platform.keeper).await;
    assert_eq!(platform.peers.heard(), [lose(), restore(), lose()]);
}

#[tokio::test]
async fn r15_a_renewal_that_is_not_after_the_loss_restores_nothing() {
    let mut platform = Platform::in_beta().await;
    platform.renew();
    platform.lost().await;
    assert_eq!(platform.after(1).await, []);
}

#[tokio::test]
async fn r15_a_restart_grants_one_full_period() {
    let mut platform = Platform::in_beta().await;
    platform.world.advance(59);
    platform.renewals = Arc::new(Renewals::default());
    platform.keeper = keeper(&platform.world, &platform.peers, &platform.renewals);
    settle(&mut platform.keeper).await;
    assert_eq!(platform.after(60).await, []);
    assert_eq!(platform.after(1).await, [lose()]);
}

#[tokio::test]
async fn r15_moving_the_business_clock_loses_no_watch() {
    let mut platform = Platform::in_beta().await;
    platform.world.clock.advance_to(crate::testing::second(86_400));
    assert_eq!(platform.after(0).await, []);
}

#[tokio::test]
async fn r15_a_rollout_that_is_rolled_back_or_over_is_not_watched() {
    for name in ["RollbackRequested", "RolledBack", "RolloutCompleted", "RolloutAborted"] {
        let mut platform = Platform::in_beta().await;
        platform.happens(name, &serde_json::json!({})).await;
        assert_eq!(platform.after(120).await, [], "{name}");
    }
}

#[tokio::test]
async fn r15_the_keeper_asks_to_be_woken_when_the_next_watch_lapses() {
    let mut platform = Platform::in_beta().await;
    platform.world.advance(20);
    let idle = platform.keeper.step().await.unwrap();
    let retry = Some(Duration::from_millis(40_001));
    assert_eq!(idle, Progress::Idle { due: None, retry });
}

#[tokio::test]
async fn r15_a_service_that_is_down_hears_of_the_loss_later() {
    let mut platform = Platform::in_beta().await;
    platform.peers.set_down("rollouts", true);
    platform.world.advance(61);
    platform.keeper.step().await.unwrap_err();
    platform.peers.set_down("rollouts", false);
    assert_eq!(platform.after(0).await, [lose()]);
}
