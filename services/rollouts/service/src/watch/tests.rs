//! The keeper on a log in memory, with a stand-in for the rollouts.

use verdict_api::metrics::v1::incidents_server::IncidentsServer;
use verdict_api::rollouts::v1::rollouts_server::RolloutsServer;
use verdict_runtime::grpc::in_process;
use verdict_runtime::process::Alone;

use super::*;
use crate::testing::{Heard, Peers, ROLLOUT, World, settle};

mod outage;
mod replicas;

struct Platform {
    world: World,
    peers: Peers,
    renewals: Arc<Renewals>,
    keeper: WatchKeeper,
}

fn keeper(world: &World, peers: &Peers, renewals: &Arc<Renewals>) -> WatchKeeper {
    let services = Services {
        rollouts: in_process(RolloutsServer::new(peers.clone())),
        metrics: in_process(IncidentsServer::new(peers.clone())),
    };
    WatchKeeper::new(renewals.clone(), services, world.log.clone(), world.clock(), Box::new(Alone))
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
        self.told()
    }

    /// What the rollout was told.
    fn told(&self) -> Vec<Heard> {
        self.peers.heard().into_iter().filter(|heard| matches!(heard, Heard::Rollout(_))).collect()
    }

    fn incidents(&self) -> Vec<Heard> {
        self.peers.heard().into_iter().filter(|heard| matches!(heard, Heard::Incident(_))).collect()
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
    platform.happens("WatchRestored", &pb::WatchRestored::default()).await;
    assert_eq!(platform.after(59).await, [lose(), restore()]);
    platform.world.advance(3);
    settle(&mut platform.keeper).await;
    assert_eq!(platform.told(), [lose(), restore(), lose()]);
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
    let blocked = platform.keeper.step().await.unwrap();
    assert_eq!(blocked, Progress::Blocked { due: None, retry: AGAIN });
    platform.peers.set_down("rollouts", false);
    assert_eq!(platform.after(1).await, [lose()]);
}

/// The one that does not answer is the one that is looked at first, each time.
#[tokio::test]
async fn clause_18_a_rollout_that_cannot_be_told_keeps_no_other_from_being_told() {
    let mut platform = Platform::in_beta().await;
    let other = "01JD3Z8Q4M9W6T2V5X7Y0A1B2Z";
    let entered = pb::StageEntered { attempt: Some(4), ..pb::StageEntered::default() };
    let stream = format!("{ROLLOUTS}{other}");
    platform.world.write(&stream, "rollouts.Rollout.StageEntered.v1", &entered).await;
    settle(&mut platform.keeper).await;
    platform.peers.set_down(ROLLOUT, true);
    let of_the_other = Heard::Rollout(Command::LoseWatch(pb::LoseWatch { attempt: 4 }));
    assert_eq!(platform.after(61).await, std::slice::from_ref(&of_the_other));
    platform.peers.set_down(ROLLOUT, false);
    assert_eq!(platform.after(1).await, [of_the_other, lose()]);
}

#[tokio::test]
async fn clause_26_a_renewal_of_a_rollout_that_is_not_watched_is_not_remembered() {
    let platform = Platform::new();
    platform.renew();
    assert_eq!(platform.renewals.last(ROLLOUT.parse().unwrap()), None);
}

#[tokio::test]
async fn r15_a_loss_is_one_incident_which_is_opened_late_when_metrics_is_what_is_away() {
    let mut platform = Platform::in_beta().await;
    platform.peers.set_down("metrics", true);
    platform.lost().await;
    assert_eq!(platform.incidents(), []);
    platform.peers.set_down("metrics", false);
    platform.happens("WatchRestored", &pb::WatchRestored::default()).await;
    platform.after(5).await;
    assert_eq!(platform.incidents().len(), 1, "although it is over");
    platform.after(60).await;
    assert_eq!(platform.incidents().len(), 1);
}

#[tokio::test]
async fn r15_an_outage_that_was_over_before_the_start_is_not_reported_again() {
    let mut platform = Platform::in_beta().await;
    platform.lost().await;
    platform.happens("WatchRestored", &pb::WatchRestored::default()).await;
    let before = platform.incidents().len();
    platform.peers = Peers::default();
    platform.keeper = keeper(&platform.world, &platform.peers, &platform.renewals);
    settle(&mut platform.keeper).await;
    assert_eq!((before, platform.incidents().len()), (1, 0));
}

#[tokio::test]
async fn clause_19_a_restart_of_the_keeper_reads_the_streams_of_watched_rollouts_and_no_others() {
    let (world, counted) = World::counted();
    let (peers, renewals) = (Peers::default(), Arc::new(Renewals::default()));
    let mut platform = Platform { keeper: keeper(&world, &peers, &renewals), world, peers, renewals };
    let entered =
        pb::StageEntered { stage: Some("beta".to_owned()), attempt: Some(3), ..pb::StageEntered::default() };
    platform.happens("StageEntered", &entered).await;
    platform.lost().await;
    platform.world.fill("rollouts.rollout-01JD3Z8Q4M9W6T2V5X7Y0A1B2Z").await;
    platform.after(2).await;
    assert_eq!(platform.incidents().len(), 1);
    counted.handed();
    platform.renewals = Arc::default();
    platform.keeper = keeper(&platform.world, &platform.peers, &platform.renewals);
    settle(&mut platform.keeper).await;
    let read = counted.handed();
    assert!(read < 100, "{read} events were read");
    // What is lost is known, and no second alarm.
    platform.world.advance(1);
    platform.renew();
    assert_eq!(platform.after(1).await, [restore()]);
    assert_eq!(platform.incidents().len(), 1);
}
