//! The service's own clock beside that of its log.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use verdict_kernel::clock::ManualClock;
use verdict_runtime::log_clock::PACE;

use super::*;

/// A clock that tells the time of day, some milliseconds ahead of the one of the world.
struct Own {
    world: Arc<ManualClock>,
    ahead_ms: AtomicI64,
}

impl Clock for Own {
    fn now(&self) -> Timestamp {
        self.world.now() + SignedDuration::from_millis(self.ahead_ms.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        self.world.monotonic()
    }

    fn is_time_of_day(&self) -> bool {
        true
    }
}

#[tokio::test]
async fn clause_12_a_clock_three_seconds_off_widens_nothing_narrows_and_widens_again_once_it_is_right() {
    let world = World::new();
    let own = Arc::new(Own { world: world.clock.clone(), ahead_ms: AtomicI64::new(0) });
    let mut service = Scene::by(own.clone(), world).await;
    let id = service.ready_for_alpha().await;
    own.ahead_ms.store(3_000, Ordering::SeqCst);
    let answer = refused(service.enter(&id, "alpha").await);
    assert_eq!((answer.rule.as_str(), answer.code.as_str()), ("R16", "gate_shut"));
    let report = answer.report.unwrap();
    let line = report.checks.iter().find(|check| check.name() == "freshness").unwrap();
    assert_eq!(line.state(), CheckState::UnknownUnhealthy);
    let log_time = service.world.clock.now().to_string();
    assert!(
        line.seen().contains(&own.now().to_string()) && line.seen().contains(&log_time),
        "{}",
        line.seen()
    );
    assert!(!service.why(&id).await.open);

    own.ahead_ms.store(1_900, Ordering::SeqCst);
    service.world.advance(PACE.as_secs());
    accepted(service.enter(&id, "alpha").await);

    own.ahead_ms.store(3_000, Ordering::SeqCst);
    service.world.advance(PACE.as_secs());
    assert!(!service.why(&id).await.open);
    accepted(service.enter(&id, "internal").await);
    assert_eq!(service.view(&id).await.stage, "internal");
}
