//! The relay: the log is the outbox, and this carries it to the bus.
//!
//! It follows the published streams of one context, publishes each event and waits for the confirmation, and
//! only then stores its position. A crash in between publishes again; nothing is left out. One relay per
//! context works at a time, under a lease.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use tracing::Instrument;
use verdict_kernel::clock::Clock;

use crate::bus::{BusError, Message, SharedBus};
use crate::checkpoint::Checkpoint;
use crate::component::{Component, Progress};
use crate::execute::Fence;
use crate::fault::Fault;
use crate::housekeeping;
use crate::log::{Filter, Log, LogError, Position, Recorded};
use crate::process::{Authority, Proof, standing_by};
use crate::telemetry::{self, names};

#[cfg(test)]
mod tests;

/// Events published between two stored positions.
const PAGE: usize = 64;

/// Whether the stored position is known.
enum Standing {
    /// Nothing since the start, a change of holder, or a fault of the checkpoint.
    Unread,
    /// Everything up to here is on the bus. `unstored` = the stored position is older.
    At { position: Option<Position>, unstored: bool },
}

/// The component that publishes the events of one context.
pub struct Relay {
    name: String,
    context: &'static str,
    log: Log,
    bus: SharedBus,
    authority: Box<dyn Authority>,
    fence: Option<Fence>,
    filter: Filter,
    checkpoint: Checkpoint,
    standing: Standing,
}

impl Relay {
    /// A relay for `context` that acts only while `authority` lets it.
    pub fn new(
        context: &'static str,
        log: Log,
        clock: Arc<dyn Clock>,
        bus: SharedBus,
        authority: Box<dyn Authority>,
    ) -> Self {
        Self {
            name: format!("{context}-relay"),
            context,
            checkpoint: Checkpoint::new(log.clone(), clock, context, "relay"),
            filter: published(context),
            log,
            bus,
            authority,
            fence: None,
            standing: Standing::Unread,
        }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        match self.authority.prove().await? {
            Proof::Held(fence) if fence == self.fence => {}
            Proof::Held(fence) => {
                self.fence = fence;
                self.standing = Standing::Unread;
            }
            Proof::Elsewhere { retry, alive } => {
                self.standing = Standing::Unread;
                return Ok(standing_by(retry, alive));
            }
        }
        let (mut position, mut unstored) = match std::mem::replace(&mut self.standing, Standing::Unread) {
            Standing::Unread => (self.checkpoint.load().await?, false),
            Standing::At { position, unstored } => (position, unstored),
        };
        let page = match self.log.read_all(position.as_ref(), &self.filter, PAGE).await {
            // The log was replaced: everything in it is published again.
            Err(LogError::AnotherLog(_)) => {
                self.standing = Standing::At { position: None, unstored: true };
                return Ok(Progress::Worked);
            }
            page => page?,
        };
        for event in &page.events {
            if let Err(fault) = self.publish(event).await {
                self.standing = Standing::At { position, unstored };
                return Err(fault);
            }
            position = Some(event.position.clone());
            unstored = true;
        }
        let moved = position != page.considered || !page.at_head;
        position = page.considered.or(position);
        // Only what was published is worth a checkpoint: one that followed from a checkpoint would never end.
        let rest = self.checkpoint.rest();
        if let Some(position) = position.as_ref().filter(|_| unstored && rest.is_zero()) {
            self.checkpoint.store(position, self.fence.as_ref()).await?;
            unstored = false;
        }
        let published = !page.events.is_empty();
        self.standing = Standing::At { position, unstored };
        if published || moved {
            return Ok(Progress::Worked);
        }
        let again = unstored.then_some(rest);
        Ok(idle(again.into_iter().chain(self.authority.renew_in()).min()))
    }

    async fn publish(&self, event: &Recorded) -> Result<(), Fault> {
        let unreachable =
            |error: BusError| Fault::Unreachable { service: "the bus".to_owned(), why: error.to_string() };
        let mut message = message(event)?;
        let span = names::publish(self.bus.system(), self.context, &message, &event.metadata()?);
        // Whoever receives the message goes on from the span that sent it.
        if let Some(traceparent) = span.in_scope(telemetry::current_traceparent) {
            message.headers.insert(telemetry::TRACEPARENT.to_owned(), traceparent);
        }
        self.bus.publish(self.context, message).instrument(span).await.map_err(unreachable)
    }
}

const fn idle(retry: Option<Duration>) -> Progress {
    Progress::Idle { due: None, retry }
}

/// The streams whose events other contexts may see: not those of processes, checkpoints and leases.
pub fn published(context: &str) -> Filter {
    let mut filter = Filter::prefixes([format!("{context}.")]);
    filter.exclude.extend(housekeeping::prefixes(context));
    filter.exclude.push(format!("{context}.process-"));
    filter
}

/// `<aggregate>.<event>.v<n>` in kebab-case: `rollout.stage-entered.v1` for `rollouts.Rollout.StageEntered.v1`.
pub fn routing_key(event_type: &str) -> String {
    let (_, name) = event_type.split_once('.').unwrap_or(("", event_type));
    let words: Vec<String> = name.split('.').map(kebab).collect();
    words.join(".")
}

fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

/// An event as it goes onto the bus: filtered, not translated.
pub fn message(event: &Recorded) -> Result<Message, Fault> {
    let metadata = event.metadata()?;
    let mut headers = BTreeMap::from([
        ("stream".to_owned(), event.stream.to_string()),
        ("revision".to_owned(), event.revision.to_string()),
        ("position".to_owned(), event.position.to_string()),
        ("org".to_owned(), metadata.org),
    ]);
    if let Some(traceparent) = metadata.traceparent {
        headers.insert(telemetry::TRACEPARENT.to_owned(), traceparent);
    }
    if let Some(tracestate) = metadata.tracestate {
        headers.insert(telemetry::TRACESTATE.to_owned(), tracestate);
    }
    Ok(Message {
        id: event.id.to_string(),
        routing_key: routing_key(&event.event_type),
        event_type: event.event_type.to_string(),
        headers,
        body: event.data.clone(),
    })
}

impl Component for Relay {
    fn name(&self) -> &str {
        &self.name
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.next())
    }

    fn applied(&self) -> Option<Position> {
        match &self.standing {
            Standing::Unread => None,
            Standing::At { position, .. } => position.clone(),
        }
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
