//! What goes on although something else does not, and which clock ends a deadline.

use super::*;

#[test]
fn clause_18_an_event_that_nobody_understands_keeps_no_other_from_being_handled() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    bench.happens("a", "garbled");
    bench.happens("b", "raised");
    until_idle(&mut runner);
    assert_eq!(bench.world.steps(), ["ring", "report"]);
}

#[test]
fn clause_18_what_cannot_be_done_at_once_for_one_holds_up_no_other() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    until_idle(&mut runner);
    bench.world.down.lock().unwrap().insert("ring");
    bench.happens("a", "raised");
    block_on(runner.step()).unwrap();
    bench.world.down.lock().unwrap().clear();
    bench.happens("b", "raised");
    block_on(runner.step()).unwrap();
    assert_eq!(bench.world.steps(), ["ring"], "for b, while a is held back");
    bench.clock.advance(Duration::from_secs(1));
    until_idle(&mut runner);
    assert_eq!(bench.world.steps().iter().filter(|step| *step == "ring").count(), 2);
}

/// The stream of the instance for bell `a` holds something that this version does not know.
fn spoil(bench: &Bench) {
    let stream = format!("test.process-{}", verdict_kernel::id::ProcessId::of("alarms", "a"));
    let envelope = Envelope::new(
        CommandId::derive(Uuid::NAMESPACE_OID, "spoil"),
        verdict_kernel::principal::Principal::dev(),
    );
    let event = NewEvent {
        id: envelope.command_id.event_id(&stream, 0),
        event_type: "test.Alarms.Muffled.v9".to_owned(),
        data: b"{}".to_vec(),
        metadata: metadata(&envelope, bench.clock.now()),
    };
    block_on(bench.log.append(&stream, Expected::Any, vec![event])).unwrap();
}

#[test]
fn clause_18_an_instance_that_cannot_be_read_is_left_out_and_the_others_are_recovered() {
    let bench = Bench::new();
    bench.world.down.lock().unwrap().insert("report");
    bench.happens("a", "raised");
    bench.happens("b", "raised");
    until_idle(&mut bench.runner());
    spoil(&bench);
    bench.world.down.lock().unwrap().clear();
    until_idle(&mut bench.runner());
    // What cannot wait is sent again for a, under the same id; b is reported.
    let sent = bench.world.sent.lock().unwrap().clone();
    let ids: BTreeSet<_> = sent.iter().filter(|(step, _)| step == "ring").map(|(_, id)| id).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(sent.iter().filter(|(step, _)| step == "report").count(), 1);
}

#[test]
fn clause_18_over_a_past_that_cannot_be_read_what_cannot_wait_is_done_all_the_same() {
    let bench = Bench::new();
    spoil(&bench);
    let mut runner = bench.runner();
    bench.happens("a", "raised");
    until_idle(&mut runner);
    assert_eq!(bench.world.steps(), ["ring"]);
}

/// A machine whose wall clock was set back by an hour after the start.
struct SetBack(Arc<ManualClock>);

impl Clock for SetBack {
    fn now(&self) -> Timestamp {
        self.0.now() - jiff::SignedDuration::from_hours(1)
    }

    fn monotonic(&self) -> Duration {
        self.0.monotonic()
    }

    fn is_time_of_day(&self) -> bool {
        true
    }
}

#[test]
fn clause_24_a_wall_clock_that_was_set_back_postpones_no_safety_deadline() {
    let bench = Bench::new();
    bench.happens("a", "raised");
    let clock = Arc::new(SetBack(bench.clock.clone()));
    let rim = Arc::new(AlarmRim(bench.world.clone()));
    let mut runner = ProcessRunner::new(rim, bench.log.clone(), clock, Box::new(Alone));
    let idle = until_idle(&mut runner);
    let Progress::Idle { retry, .. } = idle else { panic!("{idle:?}") };
    assert_eq!(retry, Some(Duration::from_mins(1)), "it asks to be woken");
    bench.clock.advance(Duration::from_secs(59));
    until_idle(&mut runner);
    assert_eq!(bench.world.steps(), ["ring", "report"]);
    bench.clock.advance(Duration::from_secs(1));
    until_idle(&mut runner);
    assert_eq!(bench.world.steps(), ["ring", "report", "escalate"]);
}

#[test]
fn clause_24_under_a_virtual_clock_business_time_counts_alone() {
    let bench = Bench::new();
    bench.happens("a", "raised");
    let mut runner = bench.runner();
    let idle = until_idle(&mut runner);
    assert!(matches!(idle, Progress::Idle { retry: None, .. }), "{idle:?}");
}

#[test]
fn clause_23_over_a_log_that_went_back_the_process_begins_again_and_goes_on() {
    let memory = Arc::new(MemoryLog::new("before", Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH))));
    let bench = Bench { log: memory.clone(), ..Bench::new() };
    let mut runner = bench.runner();
    bench.happens("a", "raised");
    bench.happens("b", "raised");
    until_idle(&mut runner);
    memory.restore(1, "after");
    bench.happens("c", "raised");
    until_idle(&mut runner);
    let rung = bench.world.steps().iter().filter(|step| *step == "ring").count();
    assert_eq!(rung, 4, "a and b before, a again under its id, and c");
}
