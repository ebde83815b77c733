//! The newest events in memory, for subscribers that have caught up.
//!
//! A subscriber owns nothing here but a position. Either the ring still holds everything after that
//! position, or it says so and the subscriber reads from the file: a gap cannot go unnoticed.

use std::collections::VecDeque;
use std::sync::{PoisonError, RwLock};

use crate::event::Recorded;

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
    /// Positions are consecutive: the first one is `floor + 1`.
    events: VecDeque<Recorded>,
    bytes: usize,
}

/// What comes after a position.
#[derive(Debug, PartialEq)]
pub(crate) enum Tail {
    /// Some of it is no longer in memory.
    Behind,
    /// The next events in order; empty at the head.
    Events(Vec<Recorded>),
}

impl Ring {
    pub(crate) fn new(head: u64, max_events: usize, max_bytes: usize) -> Self {
        let state = RwLock::new(State {
            floor: head,
            events: VecDeque::new(),
            bytes: 0,
        });
        Self {
            state,
            max_events: max_events.max(1),
            max_bytes,
        }
    }

    /// Adds the events of a commit, in order, and lets go of the oldest ones beyond the limits.
    pub(crate) fn publish(&self, committed: Vec<Recorded>) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        for event in committed {
            state.bytes += event.weight();
            state.events.push_back(event);
        }
        while state.events.len() > self.max_events || state.bytes > self.max_bytes {
            let Some(oldest) = state.events.pop_front() else {
                break;
            };
            state.bytes -= oldest.weight();
            state.floor = oldest.position;
        }
    }

    /// At most `max` events after `position`.
    pub(crate) fn after(&self, position: u64, max: usize) -> Tail {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        if position < state.floor {
            return Tail::Behind;
        }
        let skip = usize::try_from(position - state.floor).unwrap_or(usize::MAX);
        Tail::Events(state.events.iter().skip(skip).take(max).cloned().collect())
    }
}
