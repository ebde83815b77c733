//! The one way in which a command becomes facts: load, remember, check, decide, append.
//!
//! The order is fixed (design clause 1): command-id memory, the caller's expected version, fresh facts, decide.
//! The stream is always read to its end first (clause 2); the cache only shortens that read.

use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tracing::Instrument;
use uuid::Uuid;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::Decision;
use verdict_kernel::effect::Effect;
use verdict_kernel::id;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Issued;
use verdict_stored::{CommandOf, EventOf, FactsOf, Metadata, PrincipalStored, Stored, Wire, ruled};

use crate::fault::Fault;
use crate::log::{Appended, Expected, Log, LogError, MAX_PAGE, NewEvent};
use crate::telemetry::{self, names};

mod command;
mod fence;
mod folded;
mod memory;
mod reserve;
pub mod tally;
#[cfg(test)]
mod tests;

pub use command::{Envelope, ExecuteError, Executed, Fence};
pub use folded::Folded;

/// How often a version conflict is met by reloading and deciding again.
const RELOADS: usize = 3;
/// What is kept warm, per repository: so many aggregates with few commands each, or fewer with more.
const WARM: u64 = 10_000;
/// Remembered commands that weigh as much as an aggregate.
const COMMANDS_A_WEIGHT: usize = 32;

/// Loads aggregates of one kind and executes commands on them. Cheap to clone.
pub struct Repository<D: Wire> {
    log: Log,
    clock: Arc<dyn Clock>,
    level: Level,
    warm: moka::sync::Cache<String, Arc<Folded<D>>>,
}

impl<D: Wire> Clone for Repository<D> {
    fn clone(&self) -> Self {
        Self { log: self.log.clone(), clock: self.clock.clone(), level: self.level, warm: self.warm.clone() }
    }
}

impl<D: Wire> Repository<D>
where
    D: 'static,
    CommandOf<D>: Clone + Send + Sync,
{
    /// Where every rule binds.
    pub fn new(log: Log, clock: Arc<dyn Clock>) -> Self {
        let weight = |_: &String, folded: &Arc<Folded<D>>| folded.weight();
        let warm = moka::sync::Cache::builder().max_capacity(WARM).weigher(weight).build();
        Self { log, clock, level: Level::Enforce, warm }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// What it reads and writes.
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// The time of a command that is decided now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The name of the stream of the aggregate with this id.
    pub fn stream(id: &str) -> String {
        format!("{}-{id}", D::Aggregate::CATEGORY)
    }

    /// Folds the stream to its end. Version 0 means that there is no such stream.
    pub async fn load(&self, id: &str) -> Result<Arc<Folded<D>>, Fault> {
        let stream = Self::stream(id);
        let mut folded = self.warm.get(&stream).unwrap_or_default();
        loop {
            // The last event that was folded is read again: it shows whether the past is still the same one.
            let known = folded.version.saturating_sub(1);
            let slice = self.log.read_stream(&stream, known, MAX_PAGE).await?;
            let full = slice.events.len() == MAX_PAGE;
            let mut events = slice.events.as_slice();
            if let Some(last) = &folded.last {
                match events.split_first() {
                    Some((same, rest)) if last.is(same) => events = rest,
                    // The log went back (design clause 23): what was cached never happened.
                    Some(_) | None => {
                        folded = Arc::default();
                        continue;
                    }
                }
            }
            if !events.is_empty() {
                let next = events.iter().try_fold(Folded::clone(&folded), Folded::apply)?;
                folded = Arc::new(next);
                self.warm.insert(stream.clone(), folded.clone());
            }
            if !full {
                return Ok(folded);
            }
        }
    }

    /// Like [`Self::load`], for something of `org` that must exist.
    pub async fn find(&self, org: &str, id: &str) -> Result<Arc<Folded<D>>, ExecuteError> {
        let folded = self.load(id).await?;
        match folded.org.as_deref() {
            Some(owner) if owner == org => Ok(folded),
            Some(_) | None => Err(ExecuteError::not_found(D::Aggregate::CATEGORY, id)),
        }
    }

    /// Executes a command that needs no facts from elsewhere.
    pub async fn execute(
        &self,
        envelope: &Envelope,
        id: &str,
        creates: bool,
        command: CommandOf<D>,
    ) -> Result<Executed, ExecuteError> {
        self.execute_with(envelope, id, creates, command, |_| Box::pin(async { Ok(FactsOf::<D>::default()) }))
            .await
    }

    /// Executes a command whose facts are gathered by `gather` each time it is decided.
    ///
    /// `creates` says that the command may start the stream; without it a missing stream is [`ExecuteError::NotFound`].
    pub async fn execute_with<'p>(
        &self,
        envelope: &Envelope,
        id: &str,
        creates: bool,
        command: CommandOf<D>,
        gather: impl Fn(Arc<Folded<D>>) -> BoxFuture<'p, Result<FactsOf<D>, ExecuteError>> + Send + Sync + 'p,
    ) -> Result<Executed, ExecuteError> {
        let outcome = self.carry_out(envelope, id, creates, &command, gather).await;
        if !envelope.dry_run {
            tally::count(&outcome);
        }
        outcome
    }

    async fn carry_out<'p>(
        &self,
        envelope: &Envelope,
        id: &str,
        creates: bool,
        command: &CommandOf<D>,
        gather: impl Fn(Arc<Folded<D>>) -> BoxFuture<'p, Result<FactsOf<D>, ExecuteError>> + Send + Sync + 'p,
    ) -> Result<Executed, ExecuteError> {
        let mut reloads = 0;
        // What takes exposure back tries until it wins: each conflict is somebody else's success.
        while reloads <= RELOADS || envelope.effect == Effect::Narrows {
            let folded = self.load(id).await?;
            let foreign = folded.org.as_ref().is_some_and(|org| *org != envelope.principal.org);
            if foreign || (folded.version == 0 && !creates) {
                return Err(ExecuteError::not_found(D::Aggregate::CATEGORY, id));
            }
            if let Some(known) = folded.recall(envelope)? {
                let drafts = envelope.dry_run.then(Vec::new);
                return Ok(Executed { drafts, ..known });
            }
            fence::check(&self.log, envelope, |lease| folded.epochs.get(lease).copied()).await?;
            folded.check_version(envelope)?;
            let issued = self.issued(&folded, envelope);
            let decision = if creates && folded.is_begun_by(envelope) {
                Decision::nothing()
            } else {
                folded.check_keeper(envelope)?;
                let facts = gather(folded.clone()).await?;
                D::Aggregate::decide(&folded.state, command.clone(), &facts, &issued)?
            };
            if envelope.dry_run {
                return Ok(drafted::<D>(&folded, envelope, &decision));
            }
            if decision.events.is_empty() && !folded.is_taken_over(envelope) {
                return Ok(ended::<D>(&folded, envelope, &decision));
            }
            match self.append(&folded, envelope, id, &decision, &issued).await {
                Err(LogError::WrongExpectedVersion { .. }) => reloads += 1,
                Err(error) => return Err(error.into()),
                Ok(appended) => {
                    let executed = ended::<D>(&folded, envelope, &decision);
                    return Ok(Executed {
                        event_types: types::<D>(&decision.events),
                        ..executed.at(appended)
                    });
                }
            }
        }
        Err(ExecuteError::Contended)
    }

    /// Appends without folding, for the one case in which safety must not depend on understanding the past
    /// (design clause 16). What is appended follows from the command alone, so its id need not cover it. Where the command
    /// is only to be decided nothing is.
    pub async fn append_blind(
        &self,
        envelope: &Envelope,
        id: &str,
        events: &[EventOf<D>],
    ) -> Result<Executed, ExecuteError> {
        let folded = Folded::<D>::default();
        let issued = self.issued(&folded, envelope);
        let stream = Self::stream(id);
        let span = names::append(&stream, events.len());
        let id = |index, _| envelope.command_id.event_id(&stream, index);
        let stored: Vec<_> = events.iter().map(D::encode).collect();
        let nothing = Executed::nothing(&envelope.principal, 0, None);
        if envelope.dry_run {
            return Ok(Executed { event_types: types::<D>(events), drafts: Some(stored), ..nothing });
        }
        let new = span.in_scope(|| new_events(envelope, stored, &issued, id));
        let appended = self.log.append(&stream, Expected::StreamExists, new).instrument(span).await?;
        self.warm.invalidate(&stream);
        Ok(Executed { event_types: types::<D>(events), ..nothing.at(appended) })
    }

    async fn append(
        &self,
        folded: &Folded<D>,
        envelope: &Envelope,
        id: &str,
        decision: &Decision<EventOf<D>>,
        issued: &Issued,
    ) -> Result<Appended, LogError> {
        let stream = Self::stream(id);
        let expected = folded.version.checked_sub(1).map_or(Expected::NoStream, Expected::Exact);
        let stored = stored::<D>(folded, envelope, decision);
        // Events name the span of their own append: whoever handles them goes on from there.
        let span = names::append(&stream, stored.len());
        let id = |index, content| envelope.command_id.event_id_of(&stream, index, content);
        let new = span.in_scope(|| new_events(envelope, stored, issued, id));
        self.log.append(&stream, expected, new).instrument(span).await
    }

    fn issued(&self, folded: &Folded<D>, envelope: &Envelope) -> Issued {
        let now = self.clock.now();
        Issued {
            at: folded.last_at.map_or(now, |last| now.max(last)),
            by: envelope.principal.clone(),
            reason: envelope.reason.clone(),
            level: self.level,
        }
    }
}

/// Everything that a decision writes: its events, what the rules had to say about them, what the thing is called and who
/// keeps its plan.
fn stored<D: Wire>(folded: &Folded<D>, envelope: &Envelope, decision: &Decision<EventOf<D>>) -> Vec<Stored> {
    let own = decision.events.iter().map(D::encode);
    own.chain(ruled::encode::<D, _>(decision)).chain(folded.beside_of(envelope)).collect()
}

fn types<D: Wire>(events: &[EventOf<D>]) -> Vec<String> {
    events.iter().map(|event| D::encode(event).event_type.into_owned()).collect()
}

fn new_events(
    envelope: &Envelope,
    stored: Vec<Stored>,
    issued: &Issued,
    event_id: impl Fn(usize, Uuid) -> Uuid,
) -> Vec<NewEvent> {
    let metadata = metadata_at_level(envelope, issued.at, issued.level);
    let content = id::content(stored.iter().map(|event| (&*event.event_type, &event.data[..])));
    let new = |(index, stored): (usize, Stored)| NewEvent {
        id: event_id(index, content),
        event_type: stored.event_type.into_owned(),
        data: stored.data,
        metadata: metadata.clone(),
    };
    stored.into_iter().enumerate().map(new).collect()
}

/// The metadata of an event that the platform writes by itself at `at`, as stored: every rule binds it.
pub fn metadata(envelope: &Envelope, at: Timestamp) -> Vec<u8> {
    metadata_at_level(envelope, at, Level::Enforce)
}

fn metadata_at_level(envelope: &Envelope, at: Timestamp, level: Level) -> Vec<u8> {
    let traceparent = telemetry::current_traceparent();
    let part = |index| traceparent.as_deref()?.split('-').nth(index).map(str::to_owned);
    let fence = fence::of(envelope);
    let metadata = Metadata {
        reserve: reserve::is_for(envelope),
        command_id: envelope.command_id.to_string(),
        payload_hash: envelope.payload_hash.clone(),
        lease: fence.map(|fence| fence.lease.clone()),
        epoch: fence.map(|fence| fence.epoch),
        correlation_id: envelope.correlation_id.clone(),
        causation_id: envelope.causation_id.clone(),
        principal: PrincipalStored::of(&envelope.principal),
        org: envelope.principal.org.clone(),
        team: envelope.principal.team.clone(),
        reason: envelope.reason.clone(),
        policy_version: 1,
        level: level.to_string(),
        release: env!("CARGO_PKG_VERSION").to_owned(),
        at,
        trace_id: part(1),
        span_id: part(2),
        tracestate: telemetry::current_tracestate(),
        traceparent,
    };
    // Strings and numbers only: JSON cannot fail.
    serde_json::to_vec(&metadata).unwrap_or_default()
}

/// What was decided in a stream that is as it was.
fn ended<D: Wire>(folded: &Folded<D>, envelope: &Envelope, decision: &Decision<EventOf<D>>) -> Executed {
    Executed::nothing(&envelope.principal, folded.version, folded.last_position.clone())
        .ruled(&decision.remarks, &decision.overrides)
}

/// What would have been written.
fn drafted<D: Wire>(folded: &Folded<D>, envelope: &Envelope, decision: &Decision<EventOf<D>>) -> Executed {
    let drafts =
        if decision.events.is_empty() { Vec::new() } else { stored::<D>(folded, envelope, decision) };
    let event_types = types::<D>(&decision.events);
    Executed { event_types, drafts: Some(drafts), ..ended::<D>(folded, envelope, decision) }
}
