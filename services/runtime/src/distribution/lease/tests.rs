//! Time in a lease: what the holder believes, what the observer believes, and that they never both may act.

use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_stored::golden;

use super::*;
use crate::log::forward::Forward;
use crate::log::memory::MemoryLog;
use crate::log::watched::Watched;
use crate::log::{EventLog, Recorded};
use crate::term::read_term;

const TTL: Duration = Duration::from_secs(6);
const MOMENT: Duration = Duration::from_millis(1);

/// Two replicas on machines with clocks of their own.
struct Bench {
    log: Arc<MemoryLog>,
    clocks: [Arc<ManualClock>; 2],
    replicas: [Lease; 2],
}

impl Bench {
    fn new() -> Self {
        let clocks = [0, 1].map(|_| Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH)));
        let log = Arc::new(MemoryLog::new("log", clocks[0].clone()));
        let replica = |index: usize| {
            let holder = Holder { id: index.to_string(), address: String::new() };
            Lease::new(log.clone(), clocks[index].clone(), "rollouts", "work", holder, TTL)
        };
        Self { replicas: [replica(0), replica(1)], log, clocks }
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

/// The revision that a holder remembers may be that of another one's taking by now.
#[tokio::test]
async fn clause_23_in_a_log_that_went_back_nobody_goes_on_with_the_lease_of_another() {
    for gives_back in [false, true] {
        let mut bench = Bench::new();
        bench.tend(0).await;
        bench.tend(1).await;
        let before = bench.log.back_up();
        bench.pass(TTL / 2);
        assert!(matches!(bench.tend(0).await, Proof::Held(_)));
        bench.log.restore_backup(before, "log");
        bench.pass(TTL / 2);
        assert!(matches!(bench.tend(1).await, Proof::Held(Some(Fence { epoch: 2, .. }))));
        if gives_back {
            bench.replicas[0].give_back().await.unwrap();
        } else {
            assert!(matches!(bench.tend(0).await, Proof::Elsewhere { .. }));
        }
        let last = bench.log.read_last("rollouts.lease-work").await.unwrap().unwrap();
        assert_eq!((grant(&last).unwrap().epoch, is_release(&last)), (2, false));
    }
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

/// A renewal and a taking, each of which the log answers after the whole lease is over.
#[tokio::test]
async fn clause_08_what_took_longer_than_the_lease_proves_nothing() {
    for (fails, held) in [(true, true), (true, false), (false, true), (false, false)] {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let memory: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let slow = clock.clone();
        let log = Watched::disturbed(memory.clone(), move |_| {
            slow.advance(TTL);
            if fails { Err(LogError::Unavailable("no answer".to_owned())) } else { Ok(()) }
        });
        let holder = Holder { id: "0".to_owned(), address: String::new() };
        let mut lease = Lease::new(log, clock.clone(), "rollouts", "work", holder.clone(), TTL);
        if held {
            let mut quick = Lease::new(memory, clock.clone(), "rollouts", "work", holder, TTL);
            assert!(matches!(quick.tend().await, Ok(Proof::Held(_))));
            lease.held = quick.held;
            clock.advance(TTL / 2);
        }
        match lease.tend().await {
            Err(_) => assert!(fails),
            Ok(Proof::Elsewhere { alive, .. }) => assert!(!fails && !alive, "nobody is there to do the work"),
            Ok(proof @ Proof::Held(_)) => panic!("{proof:?}"),
        }
        assert_eq!(lease.fence(), None);
    }
}

/// A log whose newest events take a while to arrive; the holder writes one meanwhile.
struct Slow {
    log: Log,
    meanwhile: Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>,
}

impl Forward for Slow {
    fn inner(&self) -> &Log {
        &self.log
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        Box::pin(async move {
            (self.meanwhile)().await;
            self.log.read_last(stream).await
        })
    }
}

#[tokio::test]
async fn clause_08_a_renewal_that_is_written_while_it_is_looked_for_counts_from_then_on() {
    let mut bench = Bench::new();
    bench.tend(0).await;
    bench.pass(TTL / 2);
    let [holder, observer] = bench.replicas;
    let (memory, clocks) = (observer.log.clone(), bench.clocks.clone());
    let holder = Arc::new(tokio::sync::Mutex::new(holder));
    let renewing = holder.clone();
    // Almost the whole lease passes between the question and the answer.
    let meanwhile = move || -> BoxFuture<'static, ()> {
        for clock in &clocks {
            clock.advance(TTL.saturating_sub(MOMENT));
        }
        let holder = renewing.clone();
        Box::pin(async move { drop(holder.lock().await.tend().await) })
    };
    let log: Log = Arc::new(Slow { log: memory.clone(), meanwhile: Box::new(meanwhile) });
    let mut observer = Lease { log, ..observer };
    assert!(matches!(observer.tend().await, Ok(Proof::Elsewhere { .. })));
    observer.log = memory;
    for clock in &bench.clocks {
        clock.advance(MOMENT);
    }
    assert!(holder.lock().await.fence().is_some());
    let proof = observer.tend().await;
    assert!(matches!(proof, Ok(Proof::Elsewhere { .. })), "the holder still acts: {proof:?}");
}

/// Whoever opened an embedded log has its lock, so the process that held the lease is gone, killed or not.
#[tokio::test]
async fn c23_on_an_exclusive_log_the_lease_of_a_killed_process_is_taken_without_waiting() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()).exclusive());
    let started = |id: &str| {
        let holder = Holder { id: id.to_owned(), address: String::new() };
        Lease::new(log.clone(), clock.clone(), "metrics", "evaluation", holder, TTL * 100)
    };
    for epoch in 1..=100 {
        // Nothing is given back, and not a moment passes.
        let proof = started(&format!("process {epoch}")).tend().await.unwrap();
        let Proof::Held(Some(fence)) = proof else { panic!("process {epoch} waits: {proof:?}") };
        assert_eq!(fence.epoch, epoch);
    }
}

#[tokio::test]
async fn clause_25_every_golden_event_of_a_lease_keeps_its_bytes_and_reads_back() {
    let mut bench = Bench::new();
    for act in ["Acquired", "Renewed", "Released"] {
        if act == "Released" {
            bench.replicas[0].give_back().await.unwrap();
        } else {
            bench.tend(0).await;
        }
        let last = bench.replicas[0].log.read_last("rollouts.lease-work").await.unwrap().unwrap();
        assert_eq!(&*last.event_type, format!("rollouts.Lease.{act}.v1"));
        let stored = golden::payload(env!("CARGO_MANIFEST_DIR"), &last.event_type, &last.data);
        let holder = Holder { id: "0".to_owned(), address: String::new() };
        let wanted = Grant { holder, epoch: 1, ttl: TTL };
        assert_eq!(read_term(&stored), Ok(wanted.clone()));
        assert_eq!(read_term(&golden::of_tomorrow(&stored)), Ok(wanted));
        bench.pass(TTL / 2);
    }
}
