//! The newest events of the log, in memory, without a gap.
//!
//! A ring covers the log from its floor (exclusive) to its tip (inclusive): every event in between that a service
//! may see is in it. It grows only at the tip, with what a subscription brings in order, and shrinks only at the
//! floor. What the log lets go behind the floor of a stream (`$maxCount`) is let go here as soon as the
//! declaration passes by; over anything else that takes events back, the ring begins anew at its tip. It cannot
//! know what was declared before it began: an event of such a stream may be shown until it leaves the ring, as it
//! was to every reader who came a moment earlier.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::Value;
use verdict_runtime::log::{Filter, Position, Recorded, restored};

/// How much a ring holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) events: usize,
    pub(super) bytes: usize,
}

/// Streams whose `$maxCount` is remembered.
const REMEMBERED: usize = 4096;

/// Part of the log for one reader.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) events: Vec<Recorded>,
    /// How far was looked.
    pub(super) considered: Option<Position>,
    /// Whether nothing that the reader wants was left out.
    pub(super) complete: bool,
}

impl Page {
    pub(super) fn after(position: Option<Position>) -> Self {
        Self { events: Vec::new(), considered: position, complete: true }
    }

    /// Looks at the next event. When it is wanted and there is no room for it, the page is cut before it.
    pub(super) fn offer(
        &mut self,
        position: &Position,
        filter: &Filter,
        max: usize,
        event: impl Offered,
    ) -> bool {
        let wanted = filter.admits(event.stream());
        if wanted && self.events.len() >= max {
            self.complete = false;
            return false;
        }
        self.considered = Some(position.clone());
        if wanted {
            self.events.push(event.take());
        }
        true
    }
}

/// An event that is copied only when it is wanted.
pub(super) trait Offered {
    fn stream(&self) -> &str;
    fn take(self) -> Recorded;
}

impl Offered for &Recorded {
    fn stream(&self) -> &str {
        &self.stream
    }

    fn take(self) -> Recorded {
        self.clone()
    }
}

impl Offered for Recorded {
    fn stream(&self) -> &str {
        &self.stream
    }

    fn take(self) -> Recorded {
        self
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct Ring {
    floor: Option<Position>,
    tip: Option<Position>,
    events: VecDeque<Recorded>,
    bytes: usize,
    kept: HashMap<Arc<str>, u64>,
    limits: Limits,
}

impl Ring {
    /// Covers nothing yet, and then what comes after `place`.
    pub(super) fn after(place: Option<Position>, limits: Limits) -> Self {
        Self {
            floor: place.clone(),
            tip: place,
            events: VecDeque::new(),
            bytes: 0,
            kept: HashMap::new(),
            limits,
        }
    }

    pub(super) fn tip(&self) -> Option<&Position> {
        self.tip.as_ref()
    }

    /// Whether everything up to `commit` is behind the tip.
    pub(super) fn reaches(&self, commit: u64) -> bool {
        self.tip.as_ref().is_some_and(|tip| tip.commit >= commit)
    }

    /// Takes the next event of the log. What came before is not taken again.
    pub(super) fn push(&mut self, event: Recorded) {
        if self.reaches(event.position.commit) {
            return;
        }
        self.tip = Some(event.position.clone());
        if &*event.event_type == "$streamDeleted" {
            self.begin_anew();
        } else if let Some(stream) = event.stream.strip_prefix("$$") {
            self.describe(stream, &event.data);
        } else if !event.stream.starts_with('$') || &*event.stream == restored::STREAM {
            self.hold(event);
        }
    }

    /// What comes after `after`, as far as the ring goes; `None` when that begins before its floor.
    pub(super) fn page(&self, after: Option<&Position>, filter: &Filter, max: usize) -> Option<Page> {
        let commit = |position: Option<&Position>| position.map(|position| position.commit);
        if commit(after) < commit(self.floor.as_ref()) || commit(after) > commit(self.tip.as_ref()) {
            return None;
        }
        let first = self.events.partition_point(|event| Some(event.position.commit) <= commit(after));
        let mut page = Page::after(after.cloned());
        let all = self.events.range(first..).all(|event| page.offer(&event.position, filter, max, event));
        if all {
            page.considered.clone_from(&self.tip);
        }
        Some(page)
    }

    fn hold(&mut self, event: Recorded) {
        if let Some(&count) = self.kept.get(&event.stream) {
            let stream = event.stream.clone();
            self.let_go(&stream, event.revision, count);
        }
        self.bytes += weight(&event);
        self.events.push_back(event);
        while self.events.len() > self.limits.events || self.bytes > self.limits.bytes {
            let Some(oldest) = self.events.pop_front() else { break };
            self.bytes -= weight(&oldest);
            self.floor = Some(oldest.position);
        }
    }

    /// A stream has new metadata.
    fn describe(&mut self, stream: &str, metadata: &[u8]) {
        let count = match serde_json::from_slice(metadata) {
            Ok(Value::Object(metadata)) if metadata.len() == 1 => {
                metadata.get("$maxCount").and_then(Value::as_u64)
            }
            Ok(_) | Err(_) => None,
        };
        self.kept.remove(stream);
        let Some(count) = count.filter(|_| self.kept.len() < REMEMBERED) else {
            self.begin_anew();
            return;
        };
        self.kept.insert(stream.into(), count);
        let newest =
            self.events.iter().rev().find(|event| &*event.stream == stream).map(|event| event.revision);
        if let Some(newest) = newest {
            self.let_go(stream, newest, count);
        }
    }

    fn let_go(&mut self, stream: &str, newest: u64, count: u64) {
        let bytes = &mut self.bytes;
        self.events.retain(|event| {
            let gone = &*event.stream == stream && event.revision.saturating_add(count) <= newest;
            *bytes -= if gone { weight(event) } else { 0 };
            !gone
        });
    }

    fn begin_anew(&mut self) {
        self.floor.clone_from(&self.tip);
        self.events.clear();
        self.bytes = 0;
    }
}

fn weight(event: &Recorded) -> usize {
    size_of::<Recorded>() + event.data.len() + event.metadata.len()
}

#[cfg(test)]
mod tests;
