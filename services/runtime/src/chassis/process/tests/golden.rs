//! What the runner itself writes keeps its bytes, and an instance goes on from what a later version wrote.

use verdict_stored::golden::{of_tomorrow, payload};

use super::*;

/// A log in which an alarm waits for nothing but its last step.
fn late() -> Bench {
    let bench = Bench::new();
    bench.world.down.lock().unwrap().insert("escalate");
    bench.happens("a", "raised");
    until_idle(&mut bench.runner());
    bench.clock.advance(Duration::from_mins(1));
    until_idle(&mut bench.runner());
    bench
}

fn events(log: &Log) -> Vec<Recorded> {
    let filter = Filter::prefixes(["test.process-", "test.bell-"]);
    block_on(log.read_all(None, &filter, 1000)).unwrap().events
}

#[test]
fn clause_25_every_golden_event_of_the_runner_keeps_its_bytes() {
    let bench = late();
    bench.world.down.lock().unwrap().clear();
    until_idle(&mut bench.runner());
    let mut seen = BTreeSet::new();
    for event in events(&bench.log) {
        let own = event.event_type.contains(".Process.");
        if own && seen.insert(event.event_type.to_string()) {
            payload(env!("CARGO_MANIFEST_DIR"), &event.event_type, &event.data);
        }
    }
    let all = ["DeadlinePassed", "DeadlineSet", "Ended", "Started", "StepRecorded"];
    assert_eq!(Vec::from_iter(seen), all.map(|name| format!("test.Process.{name}.v1")));
}

#[test]
fn clause_25_an_instance_goes_on_from_payloads_with_unknown_fields() {
    let bench = Bench::new();
    for event in events(&late().log) {
        let later = NewEvent {
            id: event.id,
            event_type: event.event_type.to_string(),
            data: of_tomorrow(&event.data),
            metadata: event.metadata.clone(),
        };
        block_on(bench.log.append(&event.stream, Expected::Any, vec![later])).unwrap();
    }
    until_idle(&mut bench.runner());
    assert_eq!(bench.world.steps(), ["escalate"]);
    assert_eq!(bench.noted().last().map(String::as_str), Some("test.Process.Ended.v1"));
}
