//! Waiting on real, virtual and manual time.

use verdict_kernel::clock::plus;

use super::*;
use crate::task;

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_virtual_time_wakes_its_waiters_when_it_is_reached_and_not_before() {
    let clock = Arc::new(VirtualClock::at(Timestamp::UNIX_EPOCH));
    let due = plus(Timestamp::UNIX_EPOCH, MINUTE);
    let waiter = task::spawn("waiter", {
        let clock = clock.clone();
        async move { clock.reached(due).await }
    });
    clock.advance_to(plus(Timestamp::UNIX_EPOCH, MINUTE / 2));
    tokio::task::yield_now().await;
    assert!(!waiter.is_finished());
    clock.advance_to(due);
    tokio::time::timeout(MINUTE, waiter).await.unwrap().unwrap();
    assert_eq!(clock.now(), due);
}

#[test]
fn virtual_time_never_goes_back() {
    let later = plus(Timestamp::UNIX_EPOCH, MINUTE);
    let clock = VirtualClock::at(later);
    clock.advance_to(Timestamp::UNIX_EPOCH);
    assert_eq!(clock.now(), later);
}

#[tokio::test]
async fn a_time_that_has_passed_is_not_waited_for() {
    let time = Time::system();
    let past = Timestamp::UNIX_EPOCH;
    tokio::time::timeout(MINUTE, time.timer.reached(past)).await.unwrap();
    assert!(time.clock.now() > past);
}

#[tokio::test]
async fn a_moved_manual_clock_is_noticed() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let waiter = task::spawn("waiter", {
        let clock = clock.clone();
        async move { clock.reached(plus(Timestamp::UNIX_EPOCH, MINUTE)).await }
    });
    clock.advance(MINUTE);
    tokio::time::timeout(MINUTE, waiter).await.unwrap().unwrap();
}
