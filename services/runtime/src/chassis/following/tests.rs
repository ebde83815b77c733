//! What a follower is handed at the start, after a restart, and over a log that went back.

use futures::executor::block_on;
use verdict_kernel::clock::{ManualClock, Timestamp};

use super::*;
use crate::log::contract::port;
use crate::log::memory::MemoryLog;
use crate::log::watched::Watched;
use crate::log::{EventLog, Expected};

const LAMPS: &str = "test.lamp-";

struct Bench {
    clock: Arc<ManualClock>,
    memory: Arc<MemoryLog>,
    watched: Arc<Watched>,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let memory = Arc::new(MemoryLog::new("log", clock.clone()));
        let watched = Watched::disturbed(memory.clone(), |_| Ok(()));
        Self { clock, memory, watched }
    }

    fn follower(&self) -> Following {
        Following::new(self.watched.clone(), self.clock.clone(), "test", "lamps", LAMPS)
    }

    fn happens(&self, stream: &str, name: &str) {
        block_on(self.watched.append(stream, Expected::Any, vec![port::event(name)])).unwrap();
    }
}

/// Streams and revisions of what is handed out up to the head.
fn all(follower: &mut Following) -> Vec<(String, u64)> {
    let mut seen = Vec::new();
    loop {
        let page = block_on(follower.page()).unwrap();
        seen.extend(page.events.iter().map(|event| (event.stream.to_string(), event.revision)));
        if page.at_head {
            return seen;
        }
    }
}

fn lamp(name: &str, revision: u64) -> (String, u64) {
    (format!("{LAMPS}{name}"), revision)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn clause_19_a_restart_reads_the_streams_of_what_lives_and_then_the_log_behind_them() {
    let bench = Bench::new();
    for (stream, name) in [("a", "1"), ("b", "2"), ("a", "3"), ("c", "4")] {
        bench.happens(&format!("{LAMPS}{stream}"), name);
    }
    let mut first = bench.follower();
    assert_eq!(all(&mut first), [lamp("a", 0), lamp("b", 0), lamp("a", 1), lamp("c", 0)]);
    assert_eq!(block_on(first.keep(names(&["c", "a"]), None)), Ok(None));
    for number in 0..10_000 {
        bench.happens("test.siren-1", &format!("foreign {number}"));
    }
    bench.clock.advance(Duration::from_secs(1));
    all(&mut first);
    assert_eq!(block_on(first.keep(names(&["a", "c"]), None)), Ok(None));
    bench.happens("test.lamp-a", "5");
    bench.watched.handed();
    assert_eq!(all(&mut bench.follower()), [lamp("a", 0), lamp("a", 1), lamp("c", 0), lamp("a", 2)]);
    let read = bench.watched.handed();
    assert!(read < 100, "{read} events were read");
}

#[test]
fn who_lives_is_stored_when_it_changes_and_not_more_often_than_is_of_use() {
    let bench = Bench::new();
    let mut follower = bench.follower();
    bench.happens("test.lamp-a", "1");
    all(&mut follower);
    assert_eq!(block_on(follower.keep(names(&["a"]), None)), Ok(None));
    bench.happens("test.lamp-a", "2");
    all(&mut follower);
    assert_eq!(block_on(follower.keep(names(&["a"]), None)), Ok(None), "nobody came or went");
    bench.happens("test.lamp-b", "3");
    all(&mut follower);
    let both = || names(&["a", "b"]);
    assert_eq!(block_on(follower.keep(both(), None)), Ok(Some(Duration::from_secs(1))));
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(block_on(follower.keep(both(), None)), Ok(None));
    let stored = block_on(bench.memory.read_last("test.checkpoint-lamps")).unwrap().unwrap();
    assert_eq!(stored.revision, 1);
}

#[test]
fn clause_23_over_a_log_that_went_back_everything_is_handed_out_anew() {
    let bench = Bench::new();
    bench.happens("test.lamp-a", "1");
    bench.happens("test.lamp-b", "2");
    let mut follower = bench.follower();
    all(&mut follower);
    assert_eq!(block_on(follower.keep(names(&["a", "b"]), None)), Ok(None));
    let position = follower.position().unwrap().clone();
    bench.memory.restore(1, "another");
    assert!(block_on(follower.page()).unwrap().anew);
    assert_eq!(all(&mut follower), [lamp("a", 0)]);
    assert_ne!(follower.position(), Some(&position));
}
