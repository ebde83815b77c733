use verdict_kernel::clock::ManualClock;

use super::*;
use crate::log::memory::MemoryLog;

/// A clock of one's own that tells the time of day, some seconds from another one.
struct Own {
    world: Arc<ManualClock>,
    ahead: SignedDuration,
    is_time_of_day: bool,
}

impl Clock for Own {
    fn now(&self) -> Timestamp {
        self.world.now() + self.ahead
    }

    fn monotonic(&self) -> Duration {
        self.world.monotonic()
    }

    fn is_time_of_day(&self) -> bool {
        self.is_time_of_day
    }
}

fn scene(is_time_of_day: bool) -> (Arc<ManualClock>, Log, LogClock) {
    let world = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", world.clone()));
    let own = Own { world: world.clone(), ahead: SignedDuration::from_secs(3), is_time_of_day };
    let clocks = LogClock::new(log.clone(), Arc::new(own), "rollouts");
    (world, log, clocks)
}

#[tokio::test]
async fn clause_12_the_log_dates_an_event_of_our_own_and_not_more_often_than_is_of_use() {
    let (world, log, clocks) = scene(true);
    let first = clocks.compared().await.unwrap();
    let ahead = world.now() + SignedDuration::from_secs(3);
    assert_eq!((first.before, first.after, first.created), (ahead, ahead, world.now()));
    world.advance(PACE / 2);
    assert_eq!(clocks.compared().await, Some(first.clone()));
    world.advance(PACE / 2);
    let second = clocks.compared().await.unwrap();
    assert_eq!((second.created, second.position.commit), (world.now(), first.position.commit + 1));
    let stream = log.read_stream("rollouts.checkpoint-clock", 0, 10).await.unwrap();
    assert_eq!(stream.events.len(), 2);
    assert!(housekeeping::is_housekeeping("rollouts.checkpoint-clock"));
}

#[tokio::test]
async fn clause_12_time_that_is_moved_by_hand_is_compared_with_nothing() {
    let (_, log, clocks) = scene(false);
    assert_eq!(clocks.compared().await, None);
    assert_eq!(log.head().await, Ok(None));
}
