//! The runner: what wakes a component, what a fault, a panic and a stop lead to.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::future::BoxFuture;
use verdict_kernel::clock::{Clock, Timestamp, plus};

use super::*;
use crate::clock::VirtualClock;
use crate::log::Expected;
use crate::log::contract::port;
use crate::log::memory::MemoryLog;

const SOON: Duration = Duration::from_secs(10);

/// Takes the steps that it was told to take, then is idle.
struct Scripted {
    script: VecDeque<Result<Progress, Fault>>,
    steps: watch::Sender<u32>,
    stops: Arc<AtomicU32>,
}

impl Component for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async {
            self.steps.send_modify(|steps| *steps += 1);
            let next = self.script.pop_front().unwrap_or(Ok(Progress::IDLE));
            assert_ne!(next, Err(Fault::Other("panic".to_owned())));
            next
        })
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.stops.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(()) })
    }
}

struct Bench {
    log: Log,
    clock: Arc<VirtualClock>,
    runner: Runner,
    poke: Poke,
    steps: watch::Receiver<u32>,
    stops: Arc<AtomicU32>,
    shutdown: Shutdown,
}

impl Bench {
    fn running(script: impl IntoIterator<Item = Result<Progress, Fault>>) -> Self {
        let clock = Arc::new(VirtualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let shutdown = Shutdown::default();
        let roles = Roles::new(clock.clone());
        let runner = Runner::new(log.clone(), clock.clone(), roles, shutdown.clone());
        let steps = watch::Sender::new(0);
        let good_byes = Arc::new(AtomicU32::new(0));
        let component =
            Scripted { script: script.into_iter().collect(), steps: steps.clone(), stops: good_byes.clone() };
        let steps = steps.subscribe();
        let poke = runner.start(Box::new(component));
        Self { log, clock, runner, poke, steps, stops: good_byes, shutdown }
    }

    /// Waits until the component has taken `count` steps and the runner has noted the last one.
    async fn stepped(&mut self, count: u32) {
        let steps = tokio::time::timeout(SOON, self.steps.wait_for(|steps| *steps >= count)).await;
        assert_eq!(*steps.unwrap().unwrap(), count);
        self.runner.roles().wait_settled(&self.log, SOON).await.unwrap();
    }

    fn last_fault(&self) -> Option<String> {
        self.runner.roles().snapshot()[0].last_fault.clone()
    }
}

#[tokio::test]
async fn a_component_is_stepped_while_it_works_and_then_left_alone() {
    let mut bench = Bench::running([Ok(Progress::Worked), Ok(Progress::Worked)]);
    bench.stepped(3).await;
    assert!(bench.runner.roles().ready());
}

#[tokio::test]
async fn growth_of_the_log_wakes_an_idle_component() {
    let mut bench = Bench::running([]);
    bench.stepped(1).await;
    bench.log.append("bets.bet-1", Expected::Any, vec![port::event("a")]).await.unwrap();
    bench.stepped(2).await;
}

#[tokio::test]
async fn a_due_time_wakes_an_idle_component_when_the_clock_reaches_it() {
    let due = plus(Timestamp::UNIX_EPOCH, Duration::from_hours(1));
    let mut bench = Bench::running([Ok(Progress::Idle { due: Some(due), retry: None })]);
    bench.stepped(1).await;
    assert_eq!(bench.runner.roles().next_due(), Some(due));
    bench.clock.advance_to(due);
    bench.stepped(2).await;
    assert_eq!((bench.runner.roles().next_due(), bench.clock.now()), (None, due));
}

#[tokio::test]
async fn a_retry_interval_and_a_poke_wake_an_idle_component() {
    let mut bench = Bench::running([Ok(Progress::Idle { due: None, retry: Some(Duration::from_millis(1)) })]);
    bench.stepped(2).await;
    bench.poke.poke();
    bench.stepped(3).await;
}

#[tokio::test(start_paused = true)]
async fn a_fault_is_noted_and_tried_again_with_doubling_pauses() {
    let fault = || Err(Fault::Other("down".to_owned()));
    let started = tokio::time::Instant::now();
    let mut bench = Bench::running([fault(), fault(), fault()]);
    tokio::time::timeout(SOON, bench.steps.wait_for(|steps| *steps == 3)).await.unwrap().unwrap();
    assert_eq!(bench.last_fault(), Some("down".to_owned()));
    bench.stepped(4).await;
    let paused = started.elapsed();
    assert!(paused >= FIRST_PAUSE * 7 && paused < FIRST_PAUSE * 9, "{paused:?}");
    assert_eq!(bench.last_fault(), None);
}

#[tokio::test]
async fn a_panic_stops_the_component_and_is_told() {
    let mut bench = Bench::running([Err(Fault::Other("panic".to_owned()))]);
    tokio::time::timeout(SOON, bench.runner.drained()).await.unwrap();
    let role = bench.runner.roles().snapshot().remove(0);
    assert_eq!((role.alive, role.unready), (false, Some("stopped: panicked".to_owned())));
    assert_eq!(*bench.steps.borrow_and_update(), 1);
}

#[tokio::test]
async fn a_stop_lets_the_component_say_good_bye_and_drains() {
    let mut bench = Bench::running([]);
    bench.stepped(1).await;
    bench.shutdown.tell();
    tokio::time::timeout(SOON, bench.runner.drained()).await.unwrap();
    assert_eq!(bench.stops.load(Ordering::SeqCst), 1);
    assert!(bench.runner.roles().snapshot()[0].alive);
}
