//! What a seat shows while its lease is taken, lapses and goes to somebody else.

use std::sync::Arc;

use verdict_kernel::clock::{Clock, ManualClock, Timestamp};

use super::*;
use crate::lease::{Holder, Lease};
use crate::log::Log;
use crate::log::memory::MemoryLog;

const TTL: Duration = Duration::from_secs(6);

fn lease(log: &Log, clock: &Arc<ManualClock>, id: &str) -> Lease {
    let holder = Holder { id: id.to_owned(), address: String::new() };
    Lease::new(log.clone(), clock.clone(), "metrics", "work", holder, TTL)
}

fn epoch(right: Option<Right>) -> Option<u32> {
    right.and_then(|right| right.fence).map(|fence| fence.epoch)
}

#[tokio::test]
async fn a_seat_shows_the_right_until_the_lease_is_no_longer_certain() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let (seat, mut mine) = (Seat::default(), lease(&log, &clock, "a"));
    assert!(!seat.is_known() && seat.right(clock.monotonic()).is_none());
    seat.prove(&mut mine).await.unwrap();
    assert_eq!(epoch(seat.right(clock.monotonic())), Some(1));
    clock.advance(TTL);
    assert_eq!(seat.right(clock.monotonic()), None);
    seat.prove(&mut mine).await.unwrap();
    assert_eq!(epoch(seat.right(clock.monotonic())), Some(1));
}

#[tokio::test]
async fn clause_08_a_seat_that_was_overtaken_is_given_up_and_not_taken_again_from_a_living_holder() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let (seat, mut mine, mut other) = (Seat::default(), lease(&log, &clock, "a"), lease(&log, &clock, "b"));
    seat.prove(&mut mine).await.unwrap();
    let right = seat.right(clock.monotonic()).unwrap();
    mine.give_back().await.unwrap();
    other.tend().await.unwrap();
    seat.overtaken(&right);
    assert_eq!(seat.right(clock.monotonic()), None);
    assert!(matches!(seat.prove(&mut mine).await, Ok(Proof::Elsewhere { .. })));
    assert!(seat.is_known());
}
