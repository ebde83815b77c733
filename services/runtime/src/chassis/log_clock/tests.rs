use verdict_kernel::clock::ManualClock;
use verdict_stored::golden;

use super::*;
use crate::log::memory::MemoryLog;

/// A clock of one's own, some seconds from that of the log.
struct Scene {
    world: Arc<ManualClock>,
    own: Arc<ManualClock>,
    log: Log,
    clocks: LogClock,
}

const AHEAD: SignedDuration = SignedDuration::from_secs(3);
const DAYS: SignedDuration = SignedDuration::from_hours(72);

fn scene(own: ManualClock) -> Scene {
    let (world, own) = (Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH)), Arc::new(own));
    let log: Log = Arc::new(MemoryLog::new("log", world.clone()));
    let clocks = LogClock::new(log.clone(), own.clone(), "rollouts");
    Scene { world, own, log, clocks }
}

fn machine() -> Scene {
    scene(ManualClock::of_day(Timestamp::UNIX_EPOCH + AHEAD))
}

impl Scene {
    fn advance(&self, by: Duration) {
        self.world.advance(by);
        self.own.advance(by);
    }

    async fn step(&self) -> Option<SignedDuration> {
        self.clocks.compared().await.step.map(|step| step.by)
    }
}

#[tokio::test]
async fn clause_12_the_log_dates_an_event_of_our_own_and_not_more_often_than_is_of_use() {
    let scene = machine();
    let first = scene.clocks.compared().await.dated.unwrap();
    let ahead = scene.world.now() + AHEAD;
    assert_eq!((first.before, first.after, first.created), (ahead, ahead, scene.world.now()));
    scene.advance(PACE / 2);
    assert_eq!(scene.clocks.compared().await.dated, Some(first.clone()));
    scene.advance(PACE / 2);
    let second = scene.clocks.compared().await.dated.unwrap();
    assert_eq!((second.created, second.position.commit), (scene.world.now(), first.position.commit + 1));
    let stream = scene.log.read_stream("rollouts.checkpoint-clock", 0, 10).await.unwrap();
    assert_eq!(stream.events.len(), 2);
    assert!(housekeeping::is_housekeeping("rollouts.checkpoint-clock"));
}

#[tokio::test]
async fn clause_12_time_that_is_moved_by_hand_is_compared_with_nothing() {
    let scene = scene(ManualClock::at(Timestamp::UNIX_EPOCH));
    scene.own.step(DAYS);
    assert_eq!(scene.clocks.compared().await, Compared::default());
    assert_eq!(scene.log.head().await, Ok(None));
}

#[tokio::test]
async fn clause_24_a_step_of_the_wall_clock_is_noticed_whatever_the_log_dates() {
    let scene = machine();
    assert_eq!(scene.step().await, None);
    scene.advance(Duration::from_secs(1));
    // Whoever runs on one machine with its log sees both clocks step, and has nothing to compare them with.
    scene.own.step(DAYS);
    scene.world.step(DAYS);
    assert_eq!(scene.step().await, Some(DAYS));
    scene.own.step(-DAYS);
    assert_eq!(scene.step().await, None);
}

#[tokio::test]
async fn clause_24_beside_a_log_in_the_process_the_wall_clock_is_compared_with_the_machines() {
    let clock = Arc::new(ManualClock::of_day(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()).exclusive());
    let clocks = LogClock::new(log.clone(), clock.clone(), "rollouts");
    assert_eq!(clocks.compared().await, Compared::default());
    clock.step(-DAYS);
    let step = clocks.compared().await.step.unwrap();
    assert_eq!((step.by, step.noticed_at, step.left), (-DAYS, clock.now(), DAYS));
    assert_eq!(log.head().await, Ok(None), "nothing is appended for it");
}

#[tokio::test]
async fn clause_24_a_clock_that_is_set_right_by_the_logs_is_settled() {
    let scene = machine();
    scene.own.step(DAYS);
    assert_eq!(scene.step().await, Some(DAYS));
    // A process that begins beside a wrong clock takes it for right until the log says otherwise.
    let clocks = LogClock::new(scene.log.clone(), scene.own.clone(), "rollouts");
    assert_eq!(clocks.compared().await.step, None);
    scene.own.step(-DAYS - AHEAD);
    scene.advance(PACE);
    assert_eq!(clocks.compared().await.step, None);
    scene.own.step(-DAYS);
    assert_eq!(clocks.compared().await.step.map(|step| step.by), Some(-DAYS));
}

#[tokio::test]
async fn clause_25_the_golden_comparison_keeps_its_bytes() {
    let scene = machine();
    scene.clocks.compared().await.dated.unwrap();
    let last = scene.log.read_last("rollouts.checkpoint-clock").await.unwrap().unwrap();
    golden::payload(env!("CARGO_MANIFEST_DIR"), &last.event_type, &last.data);
}
