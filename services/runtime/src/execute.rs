//! The one way in which a command becomes facts: load, remember, check, decide, append.
//!
//! The order is fixed (design clause 1): command-id memory, the caller's expected version, fresh facts, decide.
//! The stream is always read to its end first (clause 2); the cache only shortens that read.

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tracing::Instrument;
use uuid::Uuid;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_kernel::effect::Effect;
use verdict_kernel::id::{self, CommandId};
use verdict_kernel::principal::{Issued, Principal};
use verdict_kernel::refusal::{Refusal, Warning};

use crate::component::Fault;
use crate::log::{Expected, Log, LogError, MAX_PAGE, NewEvent, Position, Recorded};
use crate::telemetry::{self, names};
use crate::wire::{CommandOf, EventOf, Metadata, StateOf, Stored, Wire};

mod fence;
mod memory;
mod reserve;
pub mod tally;

use memory::Memory;

/// How often a version conflict is met by reloading and deciding again.
const RELOADS: usize = 3;
/// What is kept warm, per repository: so many aggregates with few commands each, or fewer with more.
const WARM: u64 = 10_000;
/// Remembered commands that weigh as much as an aggregate.
const COMMANDS_A_WEIGHT: usize = 32;

/// The fencing token of a lease holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    pub lease: String,
    pub epoch: u32,
}

/// What a command carries besides its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub command_id: CommandId,
    pub principal: Principal,
    pub reason: String,
    /// Events the caller saw in the stream; `None` = decide on whatever is there.
    pub expected_version: Option<u32>,
    pub fence: Option<Fence>,
    /// What the command can do to what users see.
    pub effect: Effect,
    pub correlation_id: String,
    pub causation_id: String,
    /// Hash of the payload, see [`crate::grpc::payload_hash`].
    pub payload_hash: String,
}

impl Envelope {
    /// Of a command without more: it correlates with itself and neither narrows nor widens.
    pub fn new(command_id: CommandId, principal: Principal) -> Self {
        Self {
            command_id,
            principal,
            reason: String::new(),
            expected_version: None,
            fence: None,
            effect: Effect::Neutral,
            correlation_id: command_id.to_string(),
            causation_id: command_id.to_string(),
            payload_hash: String::new(),
        }
    }
}

/// What an accepted command came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Executed {
    /// Events in the stream now.
    pub version: u64,
    /// A view that covers it includes the effect; `None` when nothing was ever written to the stream.
    pub position: Option<Position>,
    pub event_types: Vec<String>,
    pub warnings: Vec<Warning>,
    /// The command was already in the stream; these are its first results.
    pub repeated: bool,
}

/// Why a command had no effect. A refusal is an answer; the others are faults of the caller or the platform.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    #[error("refused: {}", .0.sentence)]
    Refused(Box<Refusal>),
    #[error("the stream has {actual} events, the caller expected {expected}")]
    StaleVersion { expected: u32, actual: u64 },
    #[error("the stream changed {RELOADS} times while deciding")]
    Contended,
    #[error("command id {0} was used with another payload")]
    CommandIdReused(CommandId),
    #[error("no {category} has the id {id}")]
    NotFound { category: &'static str, id: String },
    #[error(transparent)]
    Problem(#[from] crate::problem::Problem),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<LogError> for ExecuteError {
    fn from(error: LogError) -> Self {
        Self::Fault(error.into())
    }
}

#[derive(Debug, Clone)]
struct Remembered {
    payload_hash: String,
    position: Position,
    version: u64,
    event_types: Vec<String>,
    warnings: Vec<Warning>,
}

/// A stream folded to its end, with what the runtime remembers besides the state.
pub struct Folded<D: Wire> {
    pub state: StateOf<D>,
    /// Number of stored events, retired ones included.
    pub version: u64,
    pub last_at: Option<Timestamp>,
    pub last_position: Option<Position>,
    pub org: Option<String>,
    last: Option<Last>,
    memory: Memory<Remembered>,
    epochs: HashMap<String, u32>,
}

/// The last event that was folded.
#[derive(Debug, Clone)]
struct Last {
    id: Uuid,
    position: Position,
}

impl Last {
    /// Whether `event` is the one, in the same log.
    fn is(&self, event: &Recorded) -> bool {
        self.id == event.id && self.position == event.position
    }
}

impl<D: Wire> Default for Folded<D> {
    fn default() -> Self {
        Self {
            state: Default::default(),
            version: 0,
            last_at: None,
            last_position: None,
            org: None,
            last: None,
            memory: Memory::default(),
            epochs: HashMap::new(),
        }
    }
}

impl<D: Wire> Clone for Folded<D> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            version: self.version,
            last_at: self.last_at,
            last_position: self.last_position.clone(),
            org: self.org.clone(),
            last: self.last.clone(),
            memory: self.memory.clone(),
            epochs: self.epochs.clone(),
        }
    }
}

impl<D: Wire> Folded<D> {
    fn apply(mut self, event: &Recorded) -> Result<Self, Fault> {
        let metadata = Metadata::of(event)?;
        let decoded = D::decode(&event.event_type, &event.data).map_err(|error| error.at(event))?;
        self.version = event.revision + 1;
        self.last_at = self.last_at.max(Some(metadata.at));
        self.last_position = Some(event.position.clone());
        self.last = Some(Last { id: event.id, position: event.position.clone() });
        self.org.get_or_insert(metadata.org);
        if let (Some(lease), Some(epoch)) = (metadata.lease, metadata.epoch) {
            let seen = self.epochs.entry(lease).or_default();
            *seen = epoch.max(*seen);
        }
        if let Ok(command) = metadata.command_id.parse::<CommandId>() {
            let mut remembered = self.memory.get(command.as_uuid()).cloned().unwrap_or_else(|| Remembered {
                payload_hash: metadata.payload_hash,
                position: event.position.clone(),
                version: self.version,
                event_types: Vec::new(),
                warnings: Vec::new(),
            });
            remembered.position = event.position.clone();
            remembered.version = self.version;
            remembered.event_types.push(event.event_type.to_string());
            remembered.warnings.extend(decoded.as_ref().and_then(D::Aggregate::warning));
            self.memory.remember(command.as_uuid(), remembered);
        }
        if let Some(decoded) = decoded {
            self.state = D::Aggregate::evolve(self.state, &decoded);
        }
        Ok(self)
    }

    /// What it takes to keep it warm.
    fn weight(&self) -> u32 {
        u32::try_from(1 + self.memory.len() / COMMANDS_A_WEIGHT).unwrap_or(u32::MAX)
    }

    fn recall(&self, envelope: &Envelope) -> Result<Option<Executed>, ExecuteError> {
        let Some(known) = self.memory.get(envelope.command_id.as_uuid()) else {
            return Ok(None);
        };
        if known.payload_hash != envelope.payload_hash {
            return Err(ExecuteError::CommandIdReused(envelope.command_id));
        }
        Ok(Some(Executed {
            version: known.version,
            position: Some(known.position.clone()),
            event_types: known.event_types.clone(),
            warnings: known.warnings.clone(),
            repeated: true,
        }))
    }

    fn check_version(&self, envelope: &Envelope) -> Result<(), ExecuteError> {
        match envelope.expected_version {
            Some(expected) if u64::from(expected) != self.version => {
                Err(ExecuteError::StaleVersion { expected, actual: self.version })
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Loads aggregates of one kind and executes commands on them. Cheap to clone.
pub struct Repository<D: Wire> {
    log: Log,
    clock: Arc<dyn Clock>,
    warm: moka::sync::Cache<String, Arc<Folded<D>>>,
}

impl<D: Wire> Clone for Repository<D> {
    fn clone(&self) -> Self {
        Self { log: self.log.clone(), clock: self.clock.clone(), warm: self.warm.clone() }
    }
}

impl<D: Wire> Repository<D>
where
    D: 'static,
    CommandOf<D>: Send,
{
    pub fn new(log: Log, clock: Arc<dyn Clock>) -> Self {
        let weight = |_: &String, folded: &Arc<Folded<D>>| folded.weight();
        let warm = moka::sync::Cache::builder().max_capacity(WARM).weigher(weight).build();
        Self { log, clock, warm }
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
            Some(_) | None => {
                Err(ExecuteError::NotFound { category: D::Aggregate::CATEGORY, id: id.to_owned() })
            }
        }
    }

    /// Executes a command that needs no facts from elsewhere.
    pub async fn execute(
        &self,
        envelope: &Envelope,
        id: &str,
        creates: bool,
        command: CommandOf<D>,
    ) -> Result<Executed, ExecuteError>
    where
        CommandOf<D>: Clone + Sync,
    {
        self.execute_with(envelope, id, creates, |_| {
            let command = command.clone();
            Box::pin(async move { Ok(command) })
        })
        .await
    }

    /// Executes a command whose facts are gathered by `prepare` each time it is decided.
    ///
    /// `creates` says that the command may start the stream; without it a missing stream is [`ExecuteError::NotFound`].
    pub async fn execute_with<'p>(
        &self,
        envelope: &Envelope,
        id: &str,
        creates: bool,
        prepare: impl Fn(Arc<Folded<D>>) -> BoxFuture<'p, Result<CommandOf<D>, ExecuteError>> + Send + Sync + 'p,
    ) -> Result<Executed, ExecuteError> {
        let outcome = self.carry_out(envelope, id, creates, prepare).await;
        tally::count(&outcome);
        outcome
    }

    async fn carry_out<'p>(
        &self,
        envelope: &Envelope,
        id: &str,
        creates: bool,
        prepare: impl Fn(Arc<Folded<D>>) -> BoxFuture<'p, Result<CommandOf<D>, ExecuteError>> + Send + Sync + 'p,
    ) -> Result<Executed, ExecuteError> {
        let mut reloads = 0;
        // What takes exposure back tries until it wins: each conflict is somebody else's success.
        while reloads <= RELOADS || envelope.effect == Effect::Narrows {
            let folded = self.load(id).await?;
            let foreign = folded.org.as_ref().is_some_and(|org| *org != envelope.principal.org);
            if foreign || (folded.version == 0 && !creates) {
                return Err(ExecuteError::NotFound { category: D::Aggregate::CATEGORY, id: id.to_owned() });
            }
            if let Some(known) = folded.recall(envelope)? {
                return Ok(known);
            }
            fence::check(&self.log, envelope, |lease| folded.epochs.get(lease).copied()).await?;
            folded.check_version(envelope)?;
            let command = prepare(folded.clone()).await?;
            let issued = self.issued(&folded, envelope);
            let events = D::Aggregate::decide(&folded.state, command, &issued)
                .map_err(|refusal| ExecuteError::Refused(Box::new(refusal.into())))?;
            if events.is_empty() {
                return Ok(nothing_to_do(&folded));
            }
            match self.append(&folded, envelope, id, &events, &issued).await {
                Err(LogError::WrongExpectedVersion { .. }) => reloads += 1,
                other => return Ok(other?),
            }
        }
        Err(ExecuteError::Contended)
    }

    /// Appends without folding, for the one case in which safety must not depend on understanding the past
    /// (design clause 16). What is appended follows from the command alone, so its id need not cover it.
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
        let new = span.in_scope(|| new_events::<D>(envelope, events, issued.at, id));
        let appended = self.log.append(&stream, Expected::StreamExists, new).instrument(span).await?;
        self.warm.invalidate(&stream);
        Ok(executed::<D>(events, appended.last_revision + 1, appended.position))
    }

    async fn append(
        &self,
        folded: &Folded<D>,
        envelope: &Envelope,
        id: &str,
        events: &[EventOf<D>],
        issued: &Issued,
    ) -> Result<Executed, LogError> {
        let stream = Self::stream(id);
        let expected = folded.version.checked_sub(1).map_or(Expected::NoStream, Expected::Exact);
        // Events name the span of their own append: whoever handles them goes on from there.
        let span = names::append(&stream, events.len());
        let id = |index, content| envelope.command_id.event_id_of(&stream, index, content);
        let new = span.in_scope(|| new_events::<D>(envelope, events, issued.at, id));
        let appended = self.log.append(&stream, expected, new).instrument(span).await?;
        Ok(executed::<D>(events, appended.last_revision + 1, appended.position))
    }

    fn issued(&self, folded: &Folded<D>, envelope: &Envelope) -> Issued {
        let now = self.clock.now();
        Issued {
            at: folded.last_at.map_or(now, |last| now.max(last)),
            by: envelope.principal.clone(),
            reason: envelope.reason.clone(),
        }
    }
}

fn new_events<D: Wire>(
    envelope: &Envelope,
    events: &[EventOf<D>],
    at: Timestamp,
    event_id: impl Fn(usize, Uuid) -> Uuid,
) -> Vec<NewEvent> {
    let metadata = metadata(envelope, at);
    let stored: Vec<_> = events.iter().map(D::encode).collect();
    let content = id::content(stored.iter().map(|event| (event.event_type, &event.data[..])));
    let new = |(index, stored): (usize, Stored)| NewEvent {
        id: event_id(index, content),
        event_type: stored.event_type.to_owned(),
        data: stored.data,
        metadata: metadata.clone(),
    };
    stored.into_iter().enumerate().map(new).collect()
}

/// The metadata of an event that `envelope` leads to at `at`, as stored.
pub fn metadata(envelope: &Envelope, at: Timestamp) -> Vec<u8> {
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
        principal: envelope.principal.subject.clone(),
        auth: envelope.principal.auth.as_str().to_owned(),
        org: envelope.principal.org.clone(),
        team: envelope.principal.team.clone(),
        reason: envelope.reason.clone(),
        policy_version: 1,
        at,
        trace_id: part(1),
        span_id: part(2),
        tracestate: telemetry::current_tracestate(),
        traceparent,
    };
    // Strings and numbers only: JSON cannot fail.
    serde_json::to_vec(&metadata).unwrap_or_default()
}

fn nothing_to_do<D: Wire>(folded: &Folded<D>) -> Executed {
    Executed {
        version: folded.version,
        position: folded.last_position.clone(),
        event_types: Vec::new(),
        warnings: Vec::new(),
        repeated: false,
    }
}

fn executed<D: Wire>(events: &[EventOf<D>], version: u64, position: Position) -> Executed {
    Executed {
        version,
        position: Some(position),
        event_types: events.iter().map(|event| D::encode(event).event_type.to_owned()).collect(),
        warnings: events.iter().filter_map(D::Aggregate::warning).collect(),
        repeated: false,
    }
}
