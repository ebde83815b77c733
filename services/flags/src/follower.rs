//! The moving part of an edge: follows the flag streams and swaps in what they add up to.
//!
//! ```text
//!   Starting ── joined, or tried to ──> CatchingUp ── at the head ──> Serving
//! ```
//!
//! It joins before it looks for the head, so that a narrowing which does not count this edge among those to be
//! waited for is always among the events read before it serves. A rollouts service that is down keeps nobody
//! from being served: joining and confirming are tried again later. Exposure is swapped in before anything is
//! reported, and a whole page of events is one swap.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use tracing::Span;
use verdict_kernel::id::EdgeId;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::{Filter, Log, LogError, MAX_PAGE, Position, Recorded};
use verdict_runtime::telemetry;
use verdict_runtime::wire::Metadata;

use crate::fold::Flags;
use crate::reports::Reports;
use crate::snapshot::{Edge, FlagSet, Scope, Snapshot};
use crate::wire::FLAG_STREAMS;

/// Pause before a report that failed is sent again.
const RETRY: Duration = Duration::from_secs(1);

/// What an edge needs.
pub struct Deps {
    pub log: Log,
    /// Leads to the `Edges` service of the rollouts context.
    pub rollouts: Transport,
    /// The same after every restart of this replica.
    pub id: EdgeId,
    /// Name of the replica for people.
    pub name: String,
    /// What callers get that name no environment.
    pub scope: Scope,
}

/// The component that keeps an [`Edge`] up to date.
pub struct FlagEdge {
    log: Log,
    filter: Filter,
    edge: Edge,
    reports: Reports,
    flags: Flags,
    sets: BTreeMap<Scope, Arc<FlagSet>>,
    shared_sets: Arc<BTreeMap<Scope, Arc<FlagSet>>>,
    applied: Option<Position>,
    phase: Phase,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Starting,
    /// Until everything up to this position has been read.
    CatchingUp(Option<Position>),
    Serving,
}

impl FlagEdge {
    /// The serving side, which starts unready, and the component that makes it ready.
    pub fn new(deps: Deps) -> (Edge, Self) {
        let edge = Edge::unready(deps.scope);
        let component = Self {
            log: deps.log,
            filter: Filter::prefixes([FLAG_STREAMS]),
            edge: edge.clone(),
            reports: Reports::new(deps.rollouts, deps.id, deps.name),
            flags: Flags::default(),
            sets: BTreeMap::new(),
            shared_sets: Arc::default(),
            applied: None,
            phase: Phase::Starting,
        };
        (edge, component)
    }

    async fn advance(&mut self) -> Result<Progress, Fault> {
        if self.phase == Phase::Starting {
            self.reports.join(self.log.head().await?.as_ref()).await;
            self.phase = Phase::CatchingUp(self.log.head().await?);
            return Ok(Progress::Worked);
        }
        let page = match self.log.read_all(self.applied.as_ref(), &self.filter, MAX_PAGE).await {
            Err(LogError::ForeignPosition(_)) => return self.start_over().await,
            page => page?,
        };
        let worked = !page.events.is_empty();
        for event in &page.events {
            if let Some(narrowing) = self.span_of(event).in_scope(|| self.flags.apply(event)) {
                self.reports.ask(narrowing);
            }
        }
        let moved = page.considered.is_some() && page.considered != self.applied;
        if page.considered.is_some() {
            self.applied = page.considered;
        }
        let became_ready = self.notice_head(page.at_head);
        if self.phase == Phase::Serving && (moved || became_ready) {
            self.publish(worked || became_ready);
        }
        if worked || !page.at_head {
            return Ok(Progress::Worked);
        }
        self.report().await
    }

    /// A span in the trace of `event`. What was there before the start is no news to anybody.
    fn span_of(&self, event: &Recorded) -> Span {
        if self.phase != Phase::Serving {
            return Span::none();
        }
        let span =
            tracing::info_span!("flags.apply", log.stream = %event.stream, event.kind = %event.event_type);
        if let Ok(metadata) = Metadata::of(event) {
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
            self.reports.forget_superseded();
            tracing::info!(
                position = self.applied.as_ref().map(tracing::field::display),
                "the flag edge is ready"
            );
            return true;
        }
        false
    }

    fn publish(&mut self, changed: bool) {
        if changed {
            self.flags.refresh(&mut self.sets);
            self.shared_sets = Arc::new(self.sets.clone());
        }
        self.edge.publish(Snapshot {
            position: self.applied.clone(),
            changed: self.flags.changed.clone(),
            skipped: self.flags.skipped,
            sets: Arc::clone(&self.shared_sets),
        });
    }

    /// Sends what is to be reported, one call a step, so that the log is never left unread for long.
    async fn report(&mut self) -> Result<Progress, Fault> {
        match self.reports.send_next().await {
            Ok(true) => Ok(Progress::Worked),
            Ok(false) => Ok(Progress::IDLE),
            Err(fault) => {
                tracing::warn!(%fault, "the flag edge could not report; it goes on serving and tries again");
                Ok(Progress::Blocked { due: None, retry: RETRY })
            }
        }
    }

    /// Reads another log from its start, while the flags of the former one are still served.
    async fn start_over(&mut self) -> Result<Progress, Fault> {
        tracing::warn!("the log was replaced: the flag edge reads the new one from its start");
        self.flags = Flags::default();
        self.sets.clear();
        self.applied = None;
        self.phase = Phase::CatchingUp(self.log.head().await?);
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
        (self.phase != Phase::Serving).then(|| "the flags are being read from the log".to_owned())
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.reports.leave())
    }
}

#[cfg(test)]
mod tests;
