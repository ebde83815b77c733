//! A small process over the in-memory log: an alarm that is rung at once, then reported, then escalated when
//! nobody answers within a minute.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::executor::block_on;
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::oneshot;
use uuid::Uuid;
use verdict_kernel::clock::{Clock, ManualClock, SignedDuration, plus};
use verdict_kernel::id::CommandId;
use verdict_kernel::process::{Moment, Next, Past, Process, Step};
use verdict_stored::{DecodeError, Stored};

use super::*;
use crate::component::{Component, Progress};
use crate::execute::metadata;
use crate::log::memory::MemoryLog;
use crate::log::{Expected, Log, NewEvent};

mod going_on;
mod golden;
mod hanging;
mod recovery;

#[derive(Debug, Clone, PartialEq)]
enum Fact {
    Raised { event: Uuid, at: Timestamp },
    Answered,
}

#[derive(Clone, Default)]
struct Alarm {
    raised: Option<(Uuid, Timestamp)>,
    answered: bool,
}

struct Alarms;

impl Process for Alarms {
    const NAME: &'static str = "alarms";
    type Known = Alarm;
    type Fact = Fact;
    type Action = &'static str;

    fn learn(known: Alarm, fact: &Fact, _past: &Past) -> Alarm {
        match fact {
            Fact::Raised { event, at } => Alarm { raised: Some((*event, *at)), ..known },
            Fact::Answered => Alarm { answered: true, ..known },
        }
    }

    fn next(known: &Alarm, past: &Past) -> Next<&'static str> {
        let Some((event, at)) = known.raised else {
            return Next { over: known.answered, ..Next::nothing() };
        };
        let is_late = past.has_passed("answer", Moment::default());
        let step = |name, cause| Step { name, attempt: 1, cause, action: name };
        let mut steps = vec![step("ring", Some(event)), step("report", None)];
        if is_late && !known.answered {
            steps.push(step("escalate", None));
        }
        let waits = !known.answered && !is_late;
        let due = waits.then(|| ("answer", plus(at, Duration::from_mins(1))));
        let over = known.answered || past.is_recorded("escalate", 1);
        Next { steps, deadlines: due.into_iter().collect(), over }
    }

    fn machine_patience(deadline: &str) -> Option<SignedDuration> {
        (deadline == "answer").then_some(SignedDuration::from_mins(1))
    }

    fn begins_another(known: &Alarm, past: &Past, fact: &Fact) -> bool {
        Self::next(known, past).over && matches!(fact, Fact::Raised { .. })
    }
}

/// What was sent, and what refuses to work.
#[derive(Default)]
struct World {
    sent: Mutex<Vec<(String, CommandId)>>,
    down: Mutex<BTreeSet<&'static str>>,
    /// The next call for each of these hangs until it is let go.
    hanging: Mutex<BTreeMap<&'static str, oneshot::Receiver<()>>>,
    /// What the calls for these bring back.
    brings: Mutex<BTreeMap<&'static str, Fact>>,
}

impl World {
    fn steps(&self) -> Vec<String> {
        self.sent.lock().unwrap().iter().map(|(step, _)| step.clone()).collect()
    }

    /// The next call for `step` hangs until the sender says otherwise.
    fn hang(&self, step: &'static str) -> oneshot::Sender<()> {
        let (let_go, hangs) = oneshot::channel();
        self.hanging.lock().unwrap().insert(step, hangs);
        let_go
    }
}

struct AlarmRim(Arc<World>);

struct AlarmWire;

impl ProcessWire for AlarmWire {
    type Process = Alarms;

    const FACTS: &'static [&'static str] = &["test.Alarms.Raised.v1", "test.Alarms.Answered.v1"];

    fn encode(fact: &Fact) -> Stored {
        match fact {
            Fact::Raised { event, at } => Stored::new("test.Alarms.Raised.v1", &(event, at)),
            Fact::Answered => Stored::new("test.Alarms.Answered.v1", &()),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Fact, DecodeError> {
        match event_type {
            "test.Alarms.Raised.v1" => {
                let (event, at) = verdict_stored::parse(data)?;
                Ok(Fact::Raised { event, at })
            }
            "test.Alarms.Answered.v1" => Ok(Fact::Answered),
            _ => Err(DecodeError::UnknownType),
        }
    }
}

impl Rim<Alarms> for AlarmRim {
    type Wire = AlarmWire;

    const CONTEXT: &'static str = "test";

    fn interests() -> Filter {
        Filter::prefixes(["test.bell-"])
    }

    async fn facts(&self, event: &Recorded, live: Live<'_>) -> Result<Facts<Alarms>, Fault> {
        match &*event.event_type {
            "all answered" => Ok(live.all().map(|subject| (subject.clone(), Fact::Answered)).collect()),
            "garbled" => Err(event.unreadable(&DecodeError::UnknownType)),
            what => {
                let subject = event.stream.trim_start_matches("test.bell-").to_owned();
                let raised = || Fact::Raised { event: event.id, at: event.created };
                Ok(vec![(subject, if what == "raised" { raised() } else { Fact::Answered })])
            }
        }
    }

    async fn perform(&self, envelope: Envelope, action: &&'static str) -> Result<Performed<Fact>, Fault> {
        let hangs = self.0.hanging.lock().unwrap().remove(action);
        if let Some(hangs) = hangs {
            drop(hangs.await);
        }
        if self.0.down.lock().unwrap().contains(action) {
            return Err(Fault::Unreachable { service: "test".to_owned(), why: "down".to_owned() });
        }
        self.0.sent.lock().unwrap().push(((*action).to_owned(), envelope.command_id));
        let facts = self.0.brings.lock().unwrap().get(action).cloned();
        Ok(Performed { facts: facts.into_iter().collect(), ..Performed::DONE })
    }
}

struct Bench {
    clock: Arc<ManualClock>,
    log: Log,
    world: Arc<World>,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log = Arc::new(MemoryLog::new("test", clock.clone()));
        Self { clock, log, world: Arc::default() }
    }

    fn runner(&self) -> ProcessRunner<Alarms, AlarmRim> {
        self.runner_with(Box::new(Alone))
    }

    fn runner_with(&self, authority: Box<dyn Authority>) -> ProcessRunner<Alarms, AlarmRim> {
        ProcessRunner::new(
            Arc::new(AlarmRim(self.world.clone())),
            self.log.clone(),
            self.clock.clone(),
            authority,
        )
    }

    fn happens(&self, bell: &str, what: &str) {
        self.happens_in(&format!("test.bell-{bell}"), what);
    }

    fn happens_in(&self, stream: &str, what: &str) {
        let head = block_on(self.log.head()).unwrap().map_or(0, |head| head.commit);
        let cause = CommandId::derive(Uuid::NAMESPACE_OID, &format!("{stream}/{what}/{head}"));
        let envelope = Envelope::new(cause, verdict_kernel::principal::Principal::dev());
        let event = NewEvent {
            id: cause.event_id(stream, 0),
            event_type: what.to_owned(),
            data: b"{}".to_vec(),
            metadata: metadata(&envelope, self.clock.now()),
        };
        block_on(self.log.append(stream, Expected::Any, vec![event])).unwrap();
    }

    /// Types of the events of the process streams, in the order of the log.
    fn noted(&self) -> Vec<String> {
        let filter = Filter::prefixes(["test.process-"]);
        let page = block_on(self.log.read_all(None, &filter, 1000)).unwrap();
        page.events.iter().map(|event| event.event_type.to_string()).collect()
    }
}

fn until_idle(runner: &mut ProcessRunner<Alarms, AlarmRim>) -> Progress {
    for _ in 0..100 {
        let progress = block_on(runner.step()).unwrap();
        if progress != Progress::Worked {
            return progress;
        }
    }
    panic!("the process never comes to rest");
}

#[test]
fn the_step_with_a_cause_goes_out_before_anything_is_noted() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    until_idle(&mut runner);
    bench.happens("a", "raised");
    block_on(runner.step()).unwrap();
    assert_eq!(bench.world.steps(), ["ring"]);
    let raised = ["Process.Started", "Alarms.Raised", "Process.StepRecorded", "Process.DeadlineSet"];
    assert_eq!(bench.noted(), raised.map(|name| format!("test.{name}.v1")));
}

#[test]
fn clause_05_command_ids_come_from_the_process_and_the_cause() {
    let bench = Bench::new();
    bench.happens("a", "raised");
    until_idle(&mut bench.runner());
    let raised = block_on(bench.log.read_last("test.bell-a")).unwrap().unwrap();
    let process = verdict_kernel::id::ProcessId::of("alarms", "a");
    let wanted = [
        ("ring".to_owned(), CommandId::derive(raised.id, "ring")),
        ("report".to_owned(), CommandId::derive(process.as_uuid(), "report/1")),
    ];
    assert_eq!(*bench.world.sent.lock().unwrap(), wanted);
}

#[test]
fn a_restart_goes_on_where_the_stream_ends() {
    let bench = Bench::new();
    bench.world.down.lock().unwrap().insert("report");
    bench.happens("a", "raised");
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps(), ["ring"]);
    bench.world.down.lock().unwrap().clear();
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps(), ["ring", "report"], "and nothing that was recorded is sent again");
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps(), ["ring", "report"]);
}

#[test]
fn after_a_restart_an_instance_hears_what_followed_its_beginning_and_nothing_older() {
    let escalated_after = |events: [(&str, &str); 2]| {
        let bench = Bench::new();
        for (bell, what) in events {
            bench.happens(bell, what);
        }
        let mut killed = bench.runner();
        while bench.noted().is_empty() {
            block_on(killed.step()).unwrap();
        }
        drop(killed);
        assert!(block_on(bench.log.read_last("test.checkpoint-alarms")).unwrap().is_none());
        until_idle(&mut bench.runner());
        bench.clock.advance(Duration::from_mins(1));
        until_idle(&mut bench.runner());
        bench.world.steps().contains(&"escalate".to_owned())
    };
    assert!(escalated_after([("all", "all answered"), ("a", "raised")]));
    assert!(!escalated_after([("a", "raised"), ("all", "all answered")]));
}

#[test]
fn a_deadline_survives_a_restart_and_passes_once() {
    let bench = Bench::new();
    bench.happens("a", "raised");
    let idle = until_idle(&mut bench.runner());
    let due = Some(plus(Timestamp::UNIX_EPOCH, Duration::from_mins(1)));
    assert_eq!(idle, Progress::Idle { due, retry: None });
    bench.clock.advance(Duration::from_mins(1));
    until_idle(&mut bench.runner());
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps(), ["ring", "report", "escalate"]);
}

#[test]
fn clause_11_what_is_in_the_log_comes_before_a_deadline() {
    let bench = Bench::new();
    bench.happens("a", "raised");
    until_idle(&mut bench.runner());
    // While nothing runs, the answer arrives and the deadline goes by.
    bench.happens("a", "answered");
    bench.clock.advance(Duration::from_mins(2));
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps(), ["ring", "report"]);
}

#[test]
fn a_peer_that_is_down_for_one_instance_delays_no_other() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    bench.world.down.lock().unwrap().insert("report");
    bench.happens("a", "raised");
    let blocked = until_idle(&mut runner);
    assert!(matches!(blocked, Progress::Blocked { .. }), "{blocked:?}");
    bench.happens("b", "raised");
    block_on(runner.step()).unwrap();
    assert_eq!(bench.world.steps(), ["ring", "ring"]);
    bench.world.down.lock().unwrap().clear();
    bench.clock.advance(Duration::from_secs(10));
    until_idle(&mut runner);
    assert_eq!(bench.world.steps(), ["ring", "ring", "report", "report"]);
}

#[test]
fn what_could_not_be_done_at_once_is_noted_and_done_later() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    bench.happens("a", "raised");
    until_idle(&mut runner);
    bench.world.down.lock().unwrap().insert("ring");
    bench.happens("b", "raised");
    let blocked = until_idle(&mut runner);
    assert!(matches!(blocked, Progress::Blocked { .. }), "ringing for b fails: {blocked:?}");
    assert_eq!(bench.noted().iter().filter(|name| *name == "test.Alarms.Raised.v1").count(), 2);
    bench.world.down.lock().unwrap().clear();
    bench.clock.advance(Duration::from_secs(1));
    until_idle(&mut runner);
    assert_eq!(bench.world.steps(), ["ring", "report", "report", "ring"]);
}

/// Holds the lease with a fixed epoch until it is told that it does not.
struct Epoch(Option<u32>);

impl Authority for Epoch {
    fn prove(&mut self) -> BoxFuture<'_, Result<Proof, Fault>> {
        let proof = match self.0 {
            Some(epoch) => Proof::Held(Some(Fence { lease: "test.lease-alarms".to_owned(), epoch })),
            None => Proof::Elsewhere { retry: Duration::from_secs(1), alive: true },
        };
        Box::pin(async move { Ok(proof) })
    }

    fn lose(&mut self) {
        self.0 = None;
    }

    fn renew_in(&self) -> Option<Duration> {
        None
    }
}

#[test]
fn clause_08_an_old_holder_that_comes_back_is_fenced() {
    let bench = Bench::new();
    let mut old = bench.runner_with(Box::new(Epoch(Some(1))));
    let mut new = bench.runner_with(Box::new(Epoch(Some(2))));
    bench.happens("a", "raised");
    until_idle(&mut old);
    until_idle(&mut new);
    bench.clock.advance(Duration::from_mins(1));
    until_idle(&mut new);
    let before = bench.noted();
    bench.happens("b", "raised");
    until_idle(&mut new);
    bench.clock.advance(Duration::from_mins(1));
    // The old holder still believes in its lease: what it writes to a stream of the new one is a fault.
    let fault = (0..10).find_map(|_| block_on(old.step()).err());
    assert!(matches!(fault, Some(Fault::Fenced { mine: 1, newer: 2, .. })), "{fault:?}");
    assert!(bench.noted().len() > before.len());
    assert!(matches!(until_idle(&mut old), Progress::Idle { retry: Some(_), .. }));
}

#[test]
fn what_must_be_looked_after_begins_another_instance_once_the_first_is_over() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    for what in ["raised", "answered", "answered", "raised"] {
        bench.happens("street/a", what);
        until_idle(&mut runner);
    }
    assert_eq!(bench.world.steps(), ["ring", "report", "ring", "report"]);
    let begun = bench.noted().iter().filter(|name| name.contains("Started")).count();
    assert_eq!(begun, 2, "an answer alone begins nothing");
    let second = verdict_kernel::id::ProcessId::of("alarms", "street+/a");
    let report = CommandId::derive(second.as_uuid(), "report/1");
    assert_eq!(bench.world.sent.lock().unwrap()[3].1, report);
    // Read again from the beginning, each event is with the instance that has it.
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps().len(), 4);
}
