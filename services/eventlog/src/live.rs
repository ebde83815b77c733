//! The newest events in memory, for readers that have caught up.
//!
//! A reader owns nothing here but a position. Either the ring still knows everything after that position,
//! or it says so and the reader goes to the file: a gap cannot go unnoticed.

use std::collections::VecDeque;
use std::sync::{PoisonError, RwLock};

use crate::event::Recorded;
use crate::page::AllSlice;

#[derive(Debug)]
pub(crate) struct Ring {
    state: RwLock<State>,
    max_events: usize,
    max_bytes: usize,
}

#[derive(Debug)]
struct State {
    /// Every event after this position is in `events`.
    floor: u64,
    /// By position minus `floor` minus one; absent where an event was deleted since.
    events: VecDeque<Option<Recorded>>,
    bytes: usize,
}

/// Revisions that a commit has deleted from the front of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trimmed {
    pub(crate) stream: std::sync::Arc<str>,
    /// How many revisions below `keep_from` were stored before.
    pub(crate) count: u64,
    pub(crate) keep_from: u64,
}

impl Ring {
    pub(crate) fn new(head: u64, max_events: usize, max_bytes: usize) -> Self {
        let state = RwLock::new(State { floor: head, events: VecDeque::new(), bytes: 0 });
        Self { state, max_events: max_events.max(1), max_bytes }
    }

    /// Takes over what a commit has written and deleted, and lets go of the oldest events beyond the limits.
    pub(crate) fn publish(&self, committed: Vec<Recorded>, trimmed: &[Trimmed]) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        for event in committed {
            state.bytes += event.weight();
            state.events.push_back(Some(event));
        }
        for deleted in trimmed {
            state.forget(deleted);
        }
        while state.events.len() > self.max_events || state.bytes > self.max_bytes {
            let Some(oldest) = state.events.pop_front() else {
                break;
            };
            state.bytes -= oldest.map_or(0, |event| event.weight());
            state.floor += 1;
        }
    }

    /// Looks at the next `look_at` positions after `after` and returns at most `max` wanted events; nothing
    /// when some of what follows is no longer in memory.
    pub(crate) fn read(
        &self,
        after: u64,
        max: usize,
        look_at: usize,
        wanted: impl Fn(&Recorded) -> bool,
    ) -> Option<AllSlice> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let skip = usize::try_from(after.checked_sub(state.floor)?).unwrap_or(usize::MAX);
        let mut slice = AllSlice { events: Vec::new(), considered: after, at_end: true };
        for (looked_at, event) in state.events.iter().skip(skip).enumerate() {
            if looked_at == look_at || slice.events.len() == max {
                slice.at_end = false;
                break;
            }
            slice.considered += 1;
            slice.events.extend(event.iter().filter(|event| wanted(event)).cloned());
        }
        Some(slice)
    }
}

impl State {
    /// Deleted events are mostly recent ones, so the search goes backward and ends with the last of them.
    fn forget(&mut self, deleted: &Trimmed) {
        let mut left = deleted.count;
        for slot in self.events.iter_mut().rev() {
            if left == 0 {
                return;
            }
            let gone =
                slot.take_if(|event| event.revision < deleted.keep_from && event.stream == deleted.stream);
            if let Some(event) = gone {
                self.bytes -= event.weight();
                left -= 1;
            }
        }
    }
}
