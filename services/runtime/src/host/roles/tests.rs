//! When everything counts as quiet.

use std::sync::Arc;

use futures::future::BoxFuture;
use verdict_kernel::clock::{ManualClock, plus};

use super::*;
use crate::log::Expected;
use crate::log::contract::port;
use crate::log::memory::MemoryLog;
use crate::task;

const SOON: Duration = Duration::from_secs(10);
const HOUR: Duration = Duration::from_hours(1);

/// A component that has applied this much.
struct At(Option<Position>);

impl Component for At {
    fn name(&self) -> &'static str {
        "at"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async { Ok(Progress::IDLE) })
    }

    fn applied(&self) -> Option<Position> {
        self.0.clone()
    }
}

struct Bench {
    log: Log,
    clock: Arc<ManualClock>,
    roles: Roles,
}

impl Bench {
    async fn with_an_event() -> (Self, Position) {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let bench = Self { roles: Roles::new(clock.clone()), log, clock };
        let head = bench.append("a").await;
        (bench, head)
    }

    async fn append(&self, name: &str) -> Position {
        let events = vec![port::event(name)];
        self.log.append("bets.bet-1", Expected::Any, events).await.unwrap().position
    }

    fn growth(&self) -> u64 {
        *self.log.grown().borrow()
    }

    async fn settled(&self) -> Result<Option<Position>, Unsettled> {
        self.roles.wait_settled(&self.log, Duration::from_millis(50)).await
    }
}

fn at_work() -> Result<Option<Position>, Unsettled> {
    Err(Unsettled::StillAtWork(vec!["at".to_owned()]))
}

#[tokio::test]
async fn clause_12_a_role_is_quiet_only_when_idle_at_the_present_head_and_time() {
    let (bench, head) = Bench::with_an_event().await;
    let record = bench.roles.register("at");
    assert_eq!(bench.settled().await, at_work(), "it has not looked yet");
    record.stepped(&At(Some(head.clone())), &Progress::Worked, bench.growth());
    assert_eq!(bench.settled().await, at_work(), "there may be more");
    let due = plus(Timestamp::UNIX_EPOCH, HOUR);
    let idle = Progress::Idle { due: Some(due), retry: None };
    record.stepped(&At(Some(head.clone())), &idle, bench.growth());
    assert_eq!(bench.settled().await, Ok(Some(head.clone())));
    bench.clock.advance(HOUR);
    assert_eq!(bench.settled().await, at_work(), "its time has come");
    record.stepped(&At(Some(head.clone())), &Progress::IDLE, bench.growth());
    assert_eq!(bench.settled().await, Ok(Some(head.clone())));
    let head = bench.append("b").await;
    assert_eq!(bench.settled().await, at_work(), "the log has grown");
    record.stepped(&At(None), &Progress::IDLE, bench.growth());
    assert_eq!(bench.settled().await, Ok(Some(head)), "it follows nothing");
    let head = bench.append("c").await;
    assert_eq!(bench.settled().await, at_work(), "it has not looked at what is new");
    record.stepped(&At(None), &Progress::IDLE, bench.growth());
    assert_eq!(bench.settled().await, Ok(Some(head)));
    record.disturb();
    assert_eq!(bench.settled().await, at_work(), "it was poked");
}

#[tokio::test]
async fn clause_12_a_follower_that_is_behind_is_at_work_although_it_says_idle() {
    let (bench, behind) = Bench::with_an_event().await;
    let head = bench.append("b").await;
    let record = bench.roles.register("at");
    record.stepped(&At(Some(behind)), &Progress::IDLE, bench.growth());
    assert_eq!(bench.settled().await, at_work());
    record.stepped(&At(Some(head.clone())), &Progress::IDLE, bench.growth());
    assert_eq!(bench.settled().await, Ok(Some(head)));
}

#[tokio::test]
async fn clause_12_a_blocked_role_is_at_work_until_it_could_do_what_it_has_to() {
    let (bench, head) = Bench::with_an_event().await;
    let record = bench.roles.register("at");
    let blocked = Progress::Blocked { due: None, retry: Duration::from_secs(1) };
    record.stepped(&At(Some(head.clone())), &blocked, bench.growth());
    assert_eq!(bench.settled().await, at_work(), "a peer did not answer");
    record.stepped(&At(Some(head.clone())), &Progress::IDLE, bench.growth());
    assert_eq!(bench.settled().await, Ok(Some(head)));
}

#[tokio::test]
async fn a_faulted_component_is_at_work_and_a_stopped_one_is_not() {
    let (bench, head) = Bench::with_an_event().await;
    let record = bench.roles.register("at");
    let fault = Fault::Other("down".to_owned());
    assert!(record.faulted(&At(None), &fault));
    assert!(!record.faulted(&At(None), &fault), "the same fault again is no news");
    assert_eq!(bench.settled().await, at_work());
    record.stopped(Some("panicked"));
    assert_eq!(bench.settled().await, Ok(Some(head)));
    assert!(!bench.roles.ready());
}

#[tokio::test]
async fn a_waiter_is_told_as_soon_as_the_last_one_is_quiet() {
    let (bench, head) = Bench::with_an_event().await;
    let record = bench.roles.register("at");
    let (roles, log) = (bench.roles.clone(), bench.log.clone());
    let waiter = task::spawn("waiter", async move { roles.wait_settled(&log, SOON).await });
    tokio::task::yield_now().await;
    record.stepped(&At(Some(head.clone())), &Progress::IDLE, bench.growth());
    assert_eq!(waiter.await.unwrap(), Ok(Some(head)));
}
