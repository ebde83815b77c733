//! Random histories against a model that holds streams as lists.

use std::collections::BTreeMap;

use futures::future::join_all;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use crate::testing::{directory, events, everything, numbers, options};
use crate::{AppendError, Direction, Expected, Log, Options, ReadError, ReadFrom, StreamMetadata};

#[derive(Debug, Clone)]
enum Step {
    Append {
        stream: usize,
        expected: Guess,
        count: usize,
    },
    /// Sends the last append that was accepted once more.
    Repeat,
    KeepLast {
        stream: usize,
        count: u64,
    },
    TruncateBefore {
        stream: usize,
        revision: u64,
    },
    Delete {
        stream: usize,
        expected: Guess,
    },
    Tombstone {
        stream: usize,
    },
    Restart,
}

/// An expectation relative to what is there, so that right and wrong ones are both common.
#[derive(Debug, Clone, Copy)]
enum Guess {
    Any,
    NoStream,
    Exists,
    Current,
    Ahead,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Stream {
    /// The id of each event ever appended, by revision.
    ids: Vec<u128>,
    /// Revisions before this one are deleted, whatever the limits say later.
    first: u64,
    metadata: Option<StreamMetadata>,
    deleted: bool,
    tombstoned: bool,
}

impl Stream {
    fn exists(&self) -> bool {
        !self.ids.is_empty() && !self.deleted && !self.tombstoned
    }

    fn last(&self) -> Option<u64> {
        (self.ids.len() as u64).checked_sub(1)
    }

    fn expected(&self, guess: Guess) -> Expected {
        match guess {
            Guess::Any => Expected::Any,
            Guess::NoStream => Expected::NoStream,
            Guess::Exists => Expected::StreamExists,
            Guess::Current => self.last().map_or(Expected::NoStream, Expected::Exact),
            Guess::Ahead => Expected::Exact(self.ids.len() as u64),
        }
    }

    /// Whether an append with fresh ids is accepted.
    fn accepts(&self, guess: Guess) -> bool {
        let described = self.metadata.is_some() && !self.deleted;
        !self.tombstoned
            && match guess {
                Guess::Any | Guess::Current => true,
                Guess::NoStream => !self.exists(),
                Guess::Exists => self.exists() || described,
                Guess::Ahead => false,
            }
    }

    /// The lowest revision that the limits of the moment show.
    fn first_visible(&self) -> u64 {
        let limits = self.metadata.clone().unwrap_or_default();
        let by_count = limits.max_count.map_or(0, |count| (self.ids.len() as u64).saturating_sub(count));
        by_count.max(limits.truncate_before.unwrap_or(0))
    }

    /// Deletes what the limits hide, except for the last event.
    fn trim(&mut self) {
        let limit = if self.deleted { self.ids.len() as u64 } else { self.last().unwrap_or(0) };
        self.first = self.first.max(self.first_visible().min(limit));
    }

    fn visible(&self) -> Vec<(u64, u128)> {
        let first = self.first.max(self.first_visible());
        let all = (0..).zip(self.ids.iter().copied());
        if self.exists() { all.filter(|(revision, _)| *revision >= first).collect() } else { Vec::new() }
    }
}

/// Short histories that share a log, and so its commits.
const SHARED: u128 = 1_000;

struct World {
    log: Log,
    /// Tells this history from others in the same log.
    history: u128,
    streams: BTreeMap<usize, Stream>,
    next_id: u128,
    last_append: Option<(usize, Expected, Vec<u128>, crate::Appended)>,
}

impl World {
    fn new(log: Log, history: u128) -> Self {
        Self { log, history, streams: BTreeMap::new(), next_id: (history << 32) + 1, last_append: None }
    }

    fn open(directory: &TempDir) -> Log {
        Log::open(Options { readers: 1, live_buffer: 8, ..options(directory) }).unwrap()
    }

    fn name(&self, stream: usize) -> String {
        format!("bets.bet-{}-{stream}", self.history)
    }

    async fn take(&mut self, step: Step, directory: &TempDir) {
        match step {
            Step::Append { stream, expected, count } => self.append(stream, expected, count).await,
            Step::Repeat => {
                let Some((stream, expected, ids, first)) = self.last_append.clone() else {
                    return;
                };
                let again = self.log.append(&self.name(stream), expected, events(ids)).await;
                assert_eq!(again, Ok(first));
            }
            Step::KeepLast { stream, count } => {
                self.describe(stream, StreamMetadata::keep_last(count)).await;
            }
            Step::TruncateBefore { stream, revision } => {
                let limits = StreamMetadata { truncate_before: Some(revision), ..StreamMetadata::default() };
                self.describe(stream, limits).await;
            }
            Step::Delete { stream, expected } => self.delete(stream, expected).await,
            Step::Tombstone { stream } => {
                let name = self.name(stream);
                let model = self.streams.entry(stream).or_default();
                let outcome = self.log.tombstone_stream(&name, Expected::Any).await;
                assert_eq!(outcome.is_ok(), !model.tombstoned);
                if !model.tombstoned {
                    model.tombstoned = true;
                    self.last_append = None;
                }
            }
            Step::Restart => {
                self.log.close().await;
                self.log = Self::open(directory);
                // Only an exact expectation is recognised without the memory of recent ids.
                let exact = |expected| matches!(expected, Expected::Exact(_) | Expected::NoStream);
                self.last_append.take_if(|(_, expected, ..)| !exact(*expected));
            }
        }
    }

    async fn append(&mut self, stream: usize, guess: Guess, count: usize) {
        let name = self.name(stream);
        let model = self.streams.entry(stream).or_default();
        let ids: Vec<u128> = (self.next_id..).take(count).collect();
        self.next_id += count as u128;
        let expected = model.expected(guess);
        let outcome = self.log.append(&name, expected, events(ids.iter().copied())).await;
        if !model.accepts(guess) {
            assert!(outcome.is_err(), "{stream} {expected:?} was accepted: {outcome:?}");
            return;
        }
        let appended = outcome.unwrap();
        assert_eq!(appended.first_revision, model.ids.len() as u64);
        if model.deleted {
            let limits = model.metadata.get_or_insert_default();
            limits.truncate_before = Some(appended.first_revision);
            model.deleted = false;
        }
        model.ids.extend(&ids);
        model.trim();
        assert_eq!(Some(appended.last_revision), model.last());
        // What the limits have deleted again cannot be compared with a repeat.
        let stored = model.first <= appended.first_revision;
        self.last_append = stored.then_some((stream, expected, ids, appended));
    }

    async fn describe(&mut self, stream: usize, limits: StreamMetadata) {
        let name = self.name(stream);
        let model = self.streams.entry(stream).or_default();
        let outcome = self.log.set_stream_metadata(&name, limits.clone()).await;
        assert_eq!(outcome.is_ok(), !model.tombstoned);
        if outcome.is_ok() {
            // New limits open a deleted stream again, but bring nothing back.
            model.deleted = false;
            model.metadata = Some(limits);
            model.trim();
            self.last_append = None;
        }
    }

    async fn delete(&mut self, stream: usize, guess: Guess) {
        let name = self.name(stream);
        let model = self.streams.entry(stream).or_default();
        let was_written = !model.ids.is_empty() || model.metadata.is_some();
        let accepted = was_written && model.accepts(guess);
        let outcome = self.log.delete_stream(&name, model.expected(guess)).await;
        assert_eq!(outcome.is_ok(), accepted, "{outcome:?}");
        if accepted {
            model.deleted = true;
            model.first = model.ids.len() as u64;
            self.last_append = None;
        } else {
            let refused = matches!(
                outcome,
                Err(AppendError::WrongExpectedVersion { .. } | AppendError::StreamDeleted { .. })
            );
            assert!(refused, "{outcome:?}");
        }
    }

    /// Every stream reads as the model says.
    fn check_streams(&self) {
        for (stream, model) in &self.streams {
            let name = self.name(*stream);
            let read = self.log.read_stream(&name, ReadFrom::Start, Direction::Forward, 4_096);
            if model.tombstoned {
                assert_eq!(read, Err(ReadError::StreamDeleted { stream: name }));
                continue;
            }
            let slice = read.unwrap();
            let seen: Vec<(u64, u128)> =
                slice.events.iter().map(|event| (event.revision, event.id.as_u128())).collect();
            assert_eq!(
                (seen, slice.exists, slice.last_revision),
                (model.visible(), model.exists(), model.last())
            );
        }
    }

    /// The whole log is in one order and names no event twice.
    fn check_order(&self) {
        let all = everything(&self.log);
        assert!(all.is_sorted_by(|earlier, later| earlier.position < later.position));
        assert_eq!(all.last().map_or(0, |event| event.position), self.log.head());
        let mut seen = numbers(&all);
        seen.sort_unstable();
        assert!(seen.is_sorted_by(|one, other| one < other), "an event is there twice");
    }
}

fn guess() -> impl Strategy<Value = Guess> {
    use Guess::{Ahead, Any, Current, Exists, NoStream};
    prop_oneof![3 => Just(Any), 1 => Just(NoStream), 1 => Just(Exists), 3 => Just(Current), 1 => Just(Ahead)]
}

fn step() -> impl Strategy<Value = Step> {
    let stream = 0..3_usize;
    prop_oneof![
        12 => (stream.clone(), guess(), 1..4_usize)
            .prop_map(|(stream, expected, count)| Step::Append { stream, expected, count }),
        4 => Just(Step::Repeat),
        2 => (stream.clone(), 1..4_u64).prop_map(|(stream, count)| Step::KeepLast { stream, count }),
        1 => (stream.clone(), 0..12_u64)
            .prop_map(|(stream, revision)| Step::TruncateBefore { stream, revision }),
        2 => (stream.clone(), guess()).prop_map(|(stream, expected)| Step::Delete { stream, expected }),
        1 => stream.prop_map(|stream| Step::Tombstone { stream }),
        2 => Just(Step::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_history_reads_as_the_model_says(steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let directory = directory();
            let mut world = World::new(World::open(&directory), 1);
            for step in steps {
                world.take(step, &directory).await;
                world.check_streams();
                world.check_order();
            }
            world.log.close().await;
            assert_eq!(Log::verify(directory.path()).unwrap().problems, []);
        });
    }
}

/// A short history in a log that others use at the same time.
async fn shared_history(log: Log, history: u128, steps: Vec<Step>, directory: &TempDir) {
    let mut world = World::new(log, history);
    for step in steps.into_iter().filter(|step| !matches!(step, Step::Restart)) {
        // Others may have pushed the ids of the last append out of the memory for recent ones.
        let exact = |expected| matches!(expected, Expected::Exact(_) | Expected::NoStream);
        world.last_append.take_if(|(_, expected, ..)| !exact(*expected));
        world.take(step, directory).await;
        world.check_streams();
    }
}

#[tokio::test]
async fn ten_thousand_short_histories_read_as_the_model_says() {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(step(), 1..10);
    for _ in 0..10 {
        let directory = directory();
        let log = World::open(&directory);
        let histories = (1..=SHARED).map(|history| {
            let steps = strategy.new_tree(&mut runner).unwrap().current();
            shared_history(log.clone(), history, steps, &directory)
        });
        join_all(histories.collect::<Vec<_>>()).await;
        World::new(log.clone(), 0).check_order();
        log.close().await;
        assert_eq!(Log::verify(directory.path()).unwrap().problems, []);
    }
}
