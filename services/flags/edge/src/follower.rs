//! The moving part of an edge: follows the flag streams and swaps in what they add up to.
//!
//! ```text
//!   Starting ── joined, or tried to ──> CatchingUp ── at the head ──> Serving
//!                                          ^                            │
//!                                          └── the log is another one ──┘
//! ```
//!
//! It joins before it looks for the head, so that a narrowing which does not count this edge among those to be
//! waited for is always among the events read before it serves. A rollouts service that is down keeps nobody
//! from being served: joining and confirming are tried again later, by a component of their own. Exposure is swapped
//! in before anything is reported, and a whole page of events is one swap.
//!
//! What was kept on the disk is where reading begins. It is served only where the log does not answer, and over a log
//! that went back; both are said to be stale. Once a log that went back has been read, the narrower of what it says
//! and what was served before is served.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use tracing::Span;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::{Filter, Log, LogError, MAX_PAGE, Position, Recorded};
use verdict_runtime::telemetry;

use crate::bell::Bell;
use crate::edge::Edge;
use crate::fold::Flags;
use crate::keeper::{KEEP_EVERY, Kept, Slot};
use crate::reports::{Line, Outbox};
use crate::snapshot::{FlagSet, Scope, Snapshot};
use crate::wire::FLAG_STREAMS;

/// How often the log is looked at although it has not grown: to know that it is there.
const LOOK: Duration = Duration::from_secs(2);

/// What the follower works with.
pub(crate) struct Deps {
    pub(crate) log: Log,
    pub(crate) edge: Edge,
    pub(crate) line: Line,
    pub(crate) outbox: Outbox,
    pub(crate) kept: Option<Kept>,
    /// Takes what is to be kept; `None` = nothing is.
    pub(crate) slot: Option<Slot>,
    pub(crate) bell: Bell,
}

/// The component that keeps an [`Edge`] up to date.
pub struct FlagEdge {
    pub(crate) log: Log,
    filter: Filter,
    edge: Edge,
    line: Line,
    outbox: Outbox,
    flags: Flags,
    /// What was served over a log that is gone, until the present one has been read.
    former: Option<Flags>,
    /// What was served before the start, until the log has been read.
    kept: Option<Kept>,
    sets: BTreeMap<Scope, Arc<FlagSet>>,
    shared_sets: Arc<BTreeMap<Scope, Arc<FlagSet>>>,
    applied: Option<Position>,
    phase: Phase,
    slot: Option<Slot>,
    /// Something was swapped in that nobody has been given to keep, or been given for a while.
    unkept: bool,
    kept_at: Option<Duration>,
    bell: Bell,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Starting,
    /// Until everything up to this position has been read.
    CatchingUp(Option<Position>),
    Serving,
}

impl FlagEdge {
    pub(crate) fn new(deps: Deps) -> Self {
        let Deps { log, edge, line, outbox, kept, slot, bell } = deps;
        let mut follower = Self {
            log,
            filter: Filter::prefixes([FLAG_STREAMS]),
            edge,
            line,
            outbox,
            flags: Flags::default(),
            former: None,
            kept: None,
            sets: BTreeMap::new(),
            shared_sets: Arc::default(),
            applied: None,
            phase: Phase::Starting,
            slot,
            unkept: false,
            kept_at: None,
            bell,
        };
        if let Some(kept) = kept {
            follower.begin_with(kept);
        }
        follower
    }

    /// What was served before the restart: to go on from, and to serve while nothing better is there.
    fn begin_with(&mut self, kept: Kept) {
        self.edge.freshness().was(kept.age);
        (self.flags, self.applied) = (kept.flags.clone(), kept.position.clone());
        self.kept = Some(kept);
    }

    async fn advance(&mut self) -> Result<Progress, Fault> {
        let advanced = self.read_on().await;
        if advanced.is_err() && self.edge.snapshot().is_none() {
            self.serve_what_was_kept();
        }
        advanced
    }

    async fn read_on(&mut self) -> Result<Progress, Fault> {
        if self.phase == Phase::Starting {
            self.line.join(self.log.head().await?.as_ref()).await;
            self.phase = Phase::CatchingUp(self.log.head().await?);
            return self.find_the_beginning().await;
        }
        let page = match self.log.read_all(self.applied.as_ref(), &self.filter, MAX_PAGE).await {
            Err(LogError::AnotherLog(_)) => return self.start_over().await,
            page => page?,
        };
        let worked = !page.events.is_empty();
        for event in &page.events {
            if let Some(narrowing) = self.span_of(event).in_scope(|| self.flags.apply(event)) {
                self.outbox.confirm(narrowing);
                self.bell.ring();
            }
        }
        let moved = page.considered.is_some() && page.considered != self.applied;
        if page.considered.is_some() {
            self.applied = page.considered;
        }
        if page.at_head {
            self.edge.freshness().saw_the_log();
        }
        let became_ready = self.notice_head(page.at_head);
        let unbound = self.phase == Phase::Serving && self.let_go_of_bounds();
        if unbound || (self.phase == Phase::Serving && (moved || became_ready)) {
            self.publish(worked || became_ready || unbound);
        }
        // Before anything else may happen: the process may be told to stop before the next step.
        if page.at_head || became_ready {
            self.hand_over();
        }
        if worked || !page.at_head {
            return Ok(Progress::Worked);
        }
        Ok(Progress::Idle { due: None, retry: Some(LOOK) })
    }

    /// Reading goes on after what was kept, unless an event that this version understands may be missing from it.
    async fn find_the_beginning(&mut self) -> Result<Progress, Fault> {
        if self.kept.as_ref().is_some_and(|kept| !kept.goes_on) {
            // Whether the log is the same one is seen from the position alone.
            match self.log.read_all(self.applied.as_ref(), &self.filter, 1).await {
                Err(LogError::AnotherLog(_)) => return self.start_over().await,
                page => drop(page?),
            }
            (self.flags, self.applied) = (Flags::default(), None);
        }
        Ok(Progress::Worked)
    }

    /// A span in the trace of `event`. What was there before the start is no news to anybody.
    fn span_of(&self, event: &Recorded) -> Span {
        if self.phase != Phase::Serving {
            return Span::none();
        }
        let span =
            tracing::info_span!("flags.apply", log.stream = %event.stream, event.kind = %event.event_type);
        if let Ok(metadata) = event.metadata() {
            telemetry::after(&span, &metadata);
        }
        span
    }

    /// Whether this read was the one that made the edge ready.
    fn notice_head(&mut self, at_head: bool) -> bool {
        let Phase::CatchingUp(head) = &self.phase else {
            return false;
        };
        let reached = match (head, &self.applied) {
            (Some(head), Some(applied)) => applied.covers(head) != Some(false),
            (None, _) => true,
            (Some(_), None) => false,
        };
        if reached || at_head {
            self.phase = Phase::Serving;
            self.kept = None;
            self.flags.narrowings().cloned().for_each(|narrowing| self.outbox.confirm(narrowing));
            self.outbox.forget_superseded();
            if let Some(former) = self.former.take() {
                self.flags.bind(&former);
            }
            self.outbox.last_served(self.flags.last_served(), self.applied.as_ref());
            self.bell.ring();
            tracing::info!(
                position = self.applied.as_ref().map(tracing::field::display),
                "the flag edge is ready"
            );
            return true;
        }
        false
    }

    /// Whether the log has come to hold a flag at what was served of it.
    fn let_go_of_bounds(&mut self) -> bool {
        let held = self.outbox.take_held(self.applied.as_ref());
        for flag in &held {
            self.flags.unbind(flag);
        }
        !held.is_empty()
    }

    fn publish(&mut self, changed: bool) {
        if changed {
            self.flags.refresh(&mut self.sets);
            self.shared_sets = Arc::new(self.sets.clone());
            self.unkept = true;
        }
        self.edge.publish(Snapshot {
            position: self.applied.clone(),
            changed: self.flags.changed.clone(),
            skipped: self.flags.skipped,
            former: false,
            sets: Arc::clone(&self.shared_sets),
        });
    }

    /// The log does not answer, and an older answer is better than none.
    fn serve_what_was_kept(&mut self) {
        let Some(kept) = &self.kept else { return };
        tracing::warn!("the flag edge serves what it served before, until the log has been read");
        let (mut flags, mut sets) = (kept.flags.clone(), BTreeMap::new());
        flags.refresh(&mut sets);
        self.edge.publish(Snapshot {
            position: kept.position.clone(),
            changed: flags.changed.clone(),
            skipped: flags.skipped,
            former: true,
            sets: Arc::new(sets),
        });
    }

    /// Leaves what is served to be kept: when it has changed, and now and then so that its age is known.
    fn hand_over(&mut self) {
        let Some(slot) = self.slot.as_ref().filter(|_| self.phase == Phase::Serving) else {
            return;
        };
        let now = self.edge.freshness().now();
        if !self.unkept && self.kept_at.is_some_and(|at| now.saturating_sub(at) < KEEP_EVERY) {
            return;
        }
        (self.unkept, self.kept_at) = (false, Some(now));
        slot.put(Kept {
            flags: self.flags.clone(),
            position: self.applied.clone(),
            goes_on: true,
            age: self.edge.age().unwrap_or_default(),
        });
        self.bell.ring();
    }

    /// Reads another log from its start, while the flags of the former one are still served.
    async fn start_over(&mut self) -> Result<Progress, Fault> {
        tracing::warn!("the log went back or was replaced: the flag edge reads it from its start");
        let head = self.log.head().await?;
        // What was half read of yet another log was never served.
        if self.former.is_none() {
            self.former = Some(std::mem::take(&mut self.flags));
        }
        if let Some(served) = self.edge.snapshot() {
            self.edge.publish(Snapshot { former: true, ..(*served).clone() });
        } else {
            self.serve_what_was_kept();
        }
        self.flags = Flags::default();
        self.sets.clear();
        self.applied = None;
        self.phase = Phase::CatchingUp(head);
        Ok(Progress::Worked)
    }
}

impl Component for FlagEdge {
    fn name(&self) -> &'static str {
        "flag-edge"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.advance())
    }

    fn applied(&self) -> Option<Position> {
        self.applied.clone()
    }

    fn unready(&self) -> Option<String> {
        let reads = || "the flags are being read from the log".to_owned();
        (self.phase != Phase::Serving && self.edge.snapshot().is_none()).then(reads)
    }
}

#[cfg(test)]
mod tests;
