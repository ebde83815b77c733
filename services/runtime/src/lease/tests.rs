//! Time in a lease: what the holder believes, what the observer believes, and that they never both may act.

use verdict_kernel::clock::{ManualClock, Timestamp};

use super::*;
use crate::log::memory::MemoryLog;

const TTL: Duration = Duration::from_secs(6);
const MOMENT: Duration = Duration::from_millis(1);

/// Two replicas on machines with clocks of their own.
struct Bench {
    clocks: [Arc<ManualClock>; 2],
    replicas: [Lease; 2],
}

impl Bench {
    fn new() -> Self {
        let clocks = [0, 1].map(|_| Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH)));
        let log: Log = Arc::new(MemoryLog::new("log", clocks[0].clone()));
        let replica = |index: usize| {
            let holder = Holder { id: index.to_string(), address: String::new() };
            Lease::new(log.clone(), clocks[index].clone(), "rollouts", "work", holder, TTL)
        };
        Self { replicas: [replica(0), replica(1)], clocks }
    }

    async fn tend(&mut self, index: usize) -> Proof {
        self.replicas[index].tend().await.unwrap()
    }

    fn pass(&self, time: Duration) {
        for clock in &self.clocks {
            clock.advance(time);
        }
    }

    fn holds(&self, index: usize) -> bool {
        self.replicas[index].fence().is_some()
    }
}

#[tokio::test]
async fn a_lease_that_is_renewed_is_never_taken_however_long_it_is_watched() {
    let mut bench = Bench::new();
    for _ in 0..20 {
        assert!(matches!(bench.tend(0).await, Proof::Held(Some(Fence { epoch: 1, .. }))));
        assert!(matches!(bench.tend(1).await, Proof::Elsewhere { .. }));
        bench.pass(TTL / 2);
    }
    assert_eq!(bench.replicas[0].held_for(), Some(TTL * 10).filter(|_| bench.holds(0)));
}

#[tokio::test]
async fn a_silent_holder_gives_up_before_the_observer_takes_over() {
    let mut bench = Bench::new();
    bench.tend(0).await;
    bench.tend(1).await;
    bench.pass(TTL.saturating_sub(MOMENT));
    assert!(bench.holds(0));
    let Proof::Elsewhere { retry, .. } = bench.tend(1).await else { panic!("taken too early") };
    assert_eq!(retry, MOMENT);
    bench.pass(MOMENT);
    assert!(!bench.holds(0));
    let Proof::Held(Some(fence)) = bench.tend(1).await else { panic!("not taken") };
    assert_eq!(fence.epoch, 2);
    assert!(matches!(bench.tend(0).await, Proof::Elsewhere { .. }));
}

#[tokio::test]
async fn clause_08_the_observers_clock_decides_and_business_time_does_not() {
    let mut bench = Bench::new();
    bench.tend(0).await;
    bench.tend(1).await;
    // The holder's machine has gone far ahead and business time was moved: neither is the observer's time.
    bench.clocks[0].advance(TTL * 100);
    bench.clocks[1].advance_to(Timestamp::MAX);
    assert!(matches!(bench.tend(1).await, Proof::Elsewhere { .. }));
}

#[tokio::test]
async fn clause_09_a_new_holder_knows_for_how_long_it_has_held() {
    let mut bench = Bench::new();
    bench.tend(0).await;
    bench.tend(1).await;
    bench.pass(TTL);
    bench.tend(1).await;
    assert_eq!(bench.replicas[1].held_for(), Some(Duration::ZERO));
    bench.pass(TTL / 2);
    bench.tend(1).await;
    assert_eq!(bench.replicas[1].held_for(), Some(TTL / 2));
    assert_eq!(bench.replicas[0].held_for(), None);
}

#[tokio::test]
async fn a_holder_says_when_it_has_to_renew() {
    let mut bench = Bench::new();
    assert_eq!(bench.replicas[0].renew_in(), None);
    bench.tend(0).await;
    bench.pass(MOMENT);
    assert_eq!(bench.replicas[0].renew_in(), Some((TTL / 3).saturating_sub(MOMENT)));
    bench.pass(TTL);
    assert_eq!(bench.replicas[0].renew_in(), Some(Duration::ZERO));
}

#[tokio::test]
async fn a_holder_that_nobody_replaced_goes_on_with_its_epoch() {
    let mut bench = Bench::new();
    bench.tend(0).await;
    bench.pass(TTL * 2);
    assert!(!bench.holds(0));
    assert!(matches!(bench.tend(0).await, Proof::Held(Some(Fence { epoch: 1, .. }))));
    assert!(bench.holds(0));
}
