//! How much is read after a fault, a take-over and a restart, and what goes on beside an instance in trouble.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use verdict_kernel::id::ProcessId;

use super::*;
use crate::log::LogError;
use crate::log::watched::Watched;

/// More than anybody may read who has to act at once.
const FOREIGN: u64 = 10_000;
const OWN: usize = 1_000;

/// A log of many events that are nobody's business here, and one alarm that has been raised long ago.
struct Busy {
    bench: Bench,
    watched: Arc<Watched>,
}

impl Busy {
    fn new() -> Self {
        Self::failing(Arc::default())
    }

    /// So many appends to streams of the process fail.
    fn failing(left: Arc<AtomicU32>) -> Self {
        let bench = Bench::new();
        let watched = Watched::disturbed(bench.log.clone(), move |stream| {
            let fewer = |left: u32| left.checked_sub(1);
            let fails = stream.starts_with("test.process-")
                && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer).is_ok();
            if fails { Err(LogError::Unavailable("no answer".to_owned())) } else { Ok(()) }
        });
        Self { bench: Bench { log: watched.clone(), ..bench }, watched }
    }

    /// Everything was read once, and time has passed since.
    fn settled(&self, runner: &mut ProcessRunner<Alarms, AlarmRim>) {
        self.bench.happens("a", "raised");
        until_idle(runner);
        for _ in 0..FOREIGN {
            self.bench.happens_in("test.siren-1", "heard");
        }
        self.bench.clock.advance(Duration::from_secs(2));
        until_idle(runner);
        self.watched.handed();
    }

    fn reports(&self) -> usize {
        self.bench.world.steps().iter().filter(|step| *step == "report").count()
    }
}

#[test]
fn clause_19_a_fault_is_mended_without_reading_the_log_again() {
    let failing = Arc::new(AtomicU32::new(0));
    let busy = Busy::failing(failing.clone());
    let mut runner = busy.bench.runner();
    busy.settled(&mut runner);
    failing.store(1, Ordering::Relaxed);
    busy.bench.happens("b", "raised");
    assert!(matches!(until_idle(&mut runner), Progress::Blocked { .. }), "b cannot be noted");
    busy.bench.clock.advance(Duration::from_secs(1));
    until_idle(&mut runner);
    assert_eq!((failing.load(Ordering::Relaxed), busy.reports()), (0, 2));
    let read = busy.watched.handed();
    assert!(read < OWN, "{read} events were read");
}

#[test]
fn clause_19_what_could_not_be_recorded_is_mended_from_the_stream_of_its_instance_alone() {
    let failing = Arc::new(AtomicU32::new(0));
    let busy = Busy::failing(failing.clone());
    let mut runner = busy.bench.runner();
    busy.bench.world.down.lock().unwrap().insert("report");
    busy.bench.happens("b", "raised");
    busy.settled(&mut runner);
    assert_eq!(busy.bench.world.steps(), ["ring", "ring"]);
    busy.bench.world.down.lock().unwrap().clear();
    busy.bench.clock.advance(Duration::from_secs(10));
    failing.store(1, Ordering::Relaxed);
    assert!(matches!(until_idle(&mut runner), Progress::Blocked { .. }), "a's report is not recorded");
    assert_eq!(busy.reports(), 2, "b's is");
    busy.watched.handed();
    busy.watched.read();
    busy.bench.clock.advance(Duration::from_secs(10));
    until_idle(&mut runner);
    let read = busy.watched.handed();
    assert!(read < OWN, "{read} events were read");
    let own = format!("test.process-{}", ProcessId::of(Alarms::NAME, "a"));
    assert_eq!(Vec::from_iter(busy.watched.read()), [own], "what b did is known still");
    // Nobody knows whether it was written, so it is asked for again, under the same id.
    let sent = busy.bench.world.sent.lock().unwrap().clone();
    let reports: Vec<_> = sent.iter().filter(|(step, _)| step == "report").collect();
    assert_eq!((reports.len(), reports[0]), (3, reports[2]));
    let recorded = busy.bench.noted().iter().filter(|noted| noted.ends_with("StepRecorded.v1")).count();
    assert_eq!(recorded, 4, "each step once");
}

#[test]
fn clause_19_a_take_over_reads_the_streams_of_live_instances_and_no_others() {
    let busy = Busy::new();
    let mut old = busy.bench.runner_with(Box::new(Epoch(Some(1))));
    busy.settled(&mut old);
    let mut new = busy.bench.runner_with(Box::new(Epoch(Some(2))));
    busy.bench.happens("b", "raised");
    until_idle(&mut new);
    assert_eq!(busy.reports(), 2);
    let read = busy.watched.handed();
    assert!(read < OWN, "{read} events were read");
    // What the old one looked after is looked after.
    busy.bench.clock.advance(Duration::from_mins(1));
    until_idle(&mut new);
    let escalated = busy.bench.world.steps().into_iter().filter(|step| step == "escalate").count();
    assert_eq!(escalated, 2);
}

#[test]
fn clause_19_a_restart_reads_the_streams_of_live_instances_and_no_others() {
    let busy = Busy::new();
    let mut killed = busy.bench.runner();
    busy.settled(&mut killed);
    drop(killed);
    busy.bench.clock.advance(Duration::from_mins(1));
    until_idle(&mut busy.bench.runner());
    assert_eq!(busy.bench.world.steps(), ["ring", "report", "escalate"]);
    let read = busy.watched.handed();
    assert!(read < OWN, "{read} events were read");
}

#[test]
fn clause_18_an_instance_that_cannot_be_noted_silences_no_other() {
    let bench = Bench::new();
    let full = ProcessId::of(Alarms::NAME, "a");
    let broken = Arc::new(AtomicBool::new(true));
    let fails = broken.clone();
    let log = Watched::disturbed(bench.log.clone(), move |stream| {
        let fails = fails.load(Ordering::Relaxed) && stream.ends_with(&full.to_string());
        if fails { Err(LogError::Unavailable("not this one".to_owned())) } else { Ok(()) }
    });
    let bench = Bench { log, ..bench };
    let mut runner = bench.runner();
    bench.happens("a", "raised");
    bench.happens("b", "raised");
    assert!(matches!(until_idle(&mut runner), Progress::Blocked { .. }));
    assert_eq!(bench.world.steps(), ["ring", "ring", "report"], "b is looked after");
    // What happens to the first one meanwhile waits its turn.
    bench.happens("a", "answered");
    until_idle(&mut runner);
    broken.store(false, Ordering::Relaxed);
    bench.clock.advance(Duration::from_secs(10));
    until_idle(&mut runner);
    let raised = "test.Alarms.Raised.v1".to_owned();
    let answered = "test.Alarms.Answered.v1".to_owned();
    let noted: Vec<_> =
        bench.noted().into_iter().filter(|noted| *noted == raised || *noted == answered).collect();
    assert_eq!(noted, [raised.clone(), raised, answered]);
}

#[test]
fn clause_26_what_happens_to_an_instance_in_trouble_waits_in_the_log_and_not_in_memory() {
    let bench = Bench::new();
    let broken = Arc::new(AtomicBool::new(true));
    let fails = broken.clone();
    let log = Watched::disturbed(bench.log.clone(), move |stream| {
        let fails = fails.load(Ordering::Relaxed) && stream.starts_with("test.process-");
        if fails { Err(LogError::Unavailable("no answer".to_owned())) } else { Ok(()) }
    });
    let bench = Bench { log, ..bench };
    let mut runner = bench.runner();
    for _ in 0..2 * trouble::MOST {
        bench.happens("a", "raised");
    }
    bench.happens("a", "answered");
    until_idle(&mut runner);
    assert_eq!(runner.waiting_for("a"), trouble::MOST);
    broken.store(false, Ordering::Relaxed);
    bench.clock.advance(Duration::from_secs(10));
    until_idle(&mut runner);
    let noted = bench.noted();
    let count = |name: &str| noted.iter().filter(|noted| *noted == name).count();
    let all = (count("test.Alarms.Raised.v1"), count("test.Alarms.Answered.v1"));
    assert_eq!(all, (2 * trouble::MOST, 1), "each once, whatever had to be read again");
}
