//! A stream folded to its end, and what the runtime remembers of its commands.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::CommandId;
use verdict_proto::v1 as pb;
use verdict_stored::ruled::{self, Ruled};
use verdict_stored::{StateOf, Wire};

use super::memory::Memory;
use super::{COMMANDS_A_WEIGHT, Envelope, ExecuteError, Executed};
use crate::component::Fault;
use crate::log::{Position, Recorded};

#[derive(Debug, Clone)]
struct Remembered {
    payload_hash: String,
    position: Position,
    version: u64,
    event_types: Vec<String>,
    remarks: Vec<pb::Remarked>,
    overrides: Vec<pb::Overridden>,
}

/// A stream folded to its end, with what the runtime remembers besides the state.
pub struct Folded<D: Wire> {
    pub state: StateOf<D>,
    /// Number of stored events, retired ones included.
    pub version: u64,
    /// The time of the first event.
    pub began: Option<Timestamp>,
    pub last_at: Option<Timestamp>,
    pub last_position: Option<Position>,
    pub org: Option<String>,
    pub(super) last: Option<Last>,
    memory: Memory<Remembered>,
    pub(super) epochs: HashMap<String, u32>,
}

/// The last event that was folded.
#[derive(Debug, Clone)]
pub(super) struct Last {
    id: Uuid,
    position: Position,
}

impl Last {
    /// Whether `event` is the one, in the same log.
    pub(super) fn is(&self, event: &Recorded) -> bool {
        self.id == event.id && self.position == event.position
    }
}

impl<D: Wire> Default for Folded<D> {
    fn default() -> Self {
        Self {
            state: Default::default(),
            version: 0,
            began: None,
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
            began: self.began,
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
    pub(super) fn apply(mut self, event: &Recorded) -> Result<Self, Fault> {
        let metadata = event.metadata()?;
        let said =
            ruled::decode::<D>(&event.event_type, &event.data).map_err(|error| event.unreadable(&error))?;
        self.version = event.revision + 1;
        self.began.get_or_insert(metadata.at);
        self.last_at = self.last_at.max(Some(metadata.at));
        self.last_position = Some(event.position.clone());
        self.last = Some(Last { id: event.id, position: event.position.clone() });
        self.org.get_or_insert(metadata.org);
        if let (Some(lease), Some(epoch)) = (metadata.lease, metadata.epoch) {
            let seen = self.epochs.entry(lease).or_default();
            *seen = epoch.max(*seen);
        }
        if said.is_none() {
            let decoded =
                D::decode(&event.event_type, &event.data).map_err(|error| event.unreadable(&error))?;
            if let Some(decoded) = decoded {
                self.state = D::Aggregate::evolve(self.state, &decoded);
            }
        }
        if let Ok(command) = metadata.command_id.parse::<CommandId>() {
            self.remember(command, metadata.payload_hash, event, said);
        }
        Ok(self)
    }

    fn remember(&mut self, command: CommandId, payload_hash: String, event: &Recorded, said: Option<Ruled>) {
        let mut remembered = self.memory.get(command.as_uuid()).cloned().unwrap_or_else(|| Remembered {
            payload_hash,
            position: event.position.clone(),
            version: self.version,
            event_types: Vec::new(),
            remarks: Vec::new(),
            overrides: Vec::new(),
        });
        remembered.position = event.position.clone();
        remembered.version = self.version;
        match said {
            None => remembered.event_types.push(event.event_type.to_string()),
            Some(Ruled::Remark(remark)) => remembered.remarks.push(remark),
            Some(Ruled::Override(over)) => remembered.overrides.push(over),
        }
        self.memory.remember(command.as_uuid(), remembered);
    }

    /// What it takes to keep it warm.
    pub(super) fn weight(&self) -> u32 {
        u32::try_from(1 + self.memory.len() / COMMANDS_A_WEIGHT).unwrap_or(u32::MAX)
    }

    /// What the command came to the first time, where it is in the stream already.
    pub(super) fn recall(&self, envelope: &Envelope) -> Result<Option<Executed>, ExecuteError> {
        let Some(known) = self.memory.get(envelope.command_id.as_uuid()) else {
            return Ok(None);
        };
        if known.payload_hash != envelope.payload_hash {
            return Err(ExecuteError::CommandIdReused(envelope.command_id));
        }
        Ok(Some(Executed {
            event_types: known.event_types.clone(),
            remarks: known.remarks.clone(),
            overrides: known.overrides.clone(),
            repeated: true,
            ..Executed::nothing(&envelope.principal, known.version, Some(known.position.clone()))
        }))
    }

    pub(super) fn check_version(&self, envelope: &Envelope) -> Result<(), ExecuteError> {
        match envelope.expected_version {
            Some(expected) if u64::from(expected) != self.version => {
                Err(ExecuteError::StaleVersion { expected, actual: self.version })
            }
            Some(_) | None => Ok(()),
        }
    }
}
