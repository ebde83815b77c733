//! A stream folded to its end, and what the runtime remembers of its commands.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Auth;
use verdict_kernel::refusal::Refusal;
use verdict_proto::v1 as pb;
use verdict_stored::ruled::{self, Beside, Ruled};
use verdict_stored::{StateOf, Stored, Wire};

use super::memory::Memory;
use super::{COMMANDS_A_WEIGHT, Envelope, ExecuteError, Executed};
use crate::fault::Fault;
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
    /// What it is called and who keeps its plan.
    pub beside: Beside,
    /// Hash of the payload of the command that began it.
    begun: Option<String>,
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
            beside: Beside::default(),
            begun: None,
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
            beside: self.beside.clone(),
            begun: self.begun.clone(),
            last: self.last.clone(),
            memory: self.memory.clone(),
            epochs: self.epochs.clone(),
        }
    }
}

impl<D: Wire> Folded<D> {
    pub(super) fn apply(mut self, event: &Recorded) -> Result<Self, Fault> {
        let metadata = event.metadata()?;
        let (said, decoded) =
            ruled::either::<D>(&event.event_type, &event.data).map_err(|error| event.unreadable(&error))?;
        self.version = event.revision + 1;
        self.began.get_or_insert(metadata.at);
        self.last_at = self.last_at.max(Some(metadata.at));
        self.last_position = Some(event.position.clone());
        self.last = Some(Last { id: event.id, position: event.position.clone() });
        self.org.get_or_insert(metadata.org);
        self.begun.get_or_insert_with(|| metadata.payload_hash.clone());
        if let (Some(lease), Some(epoch)) = (metadata.lease, metadata.epoch) {
            let seen = self.epochs.entry(lease).or_default();
            *seen = epoch.max(*seen);
        }
        if let Some(said) = &said {
            self.beside.learn(said);
        }
        if let Some(decoded) = decoded {
            self.state = D::Aggregate::evolve(self.state, &decoded);
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
            Some(Ruled::Name(_) | Ruled::Keeper(_)) => {}
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

    /// Whether a command that names what it begins says what this was begun with (decision D23): to begin it again is nothing.
    pub(super) fn is_begun_by(&self, envelope: &Envelope) -> bool {
        envelope.name.is_some() && self.begun.as_ref() == Some(&envelope.payload_hash)
    }

    /// A plan is refused through another door than the one that keeps it, unless it is taken over.
    pub(super) fn check_keeper(&self, envelope: &Envelope) -> Result<(), ExecuteError> {
        match &self.beside.keeper {
            // Doors are for people: what the platform does by itself follows from what they planned.
            Some(keeper)
                if envelope.plans
                    && envelope.principal.auth != Auth::Process
                    && !envelope.take_over
                    && !keeps(keeper, envelope) =>
            {
                Err(kept(keeper).into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether a plan goes to another keeper although nothing else of it changes.
    pub(super) fn is_taken_over(&self, envelope: &Envelope) -> bool {
        self.version > 0 && envelope.plans && envelope.take_over && !self.beside_of(envelope).is_empty()
    }

    /// What is stored beside the events of a command: what begins is named, and a plan tells who keeps it now.
    pub(super) fn beside_of(&self, envelope: &Envelope) -> Vec<Stored> {
        let name = envelope.name.as_ref().filter(|_| self.version == 0).map(ruled::named::<D>);
        let keeper = match (&envelope.managed_by, &self.beside.keeper) {
            (Some(new), old) if envelope.plans && old.as_ref() != Some(new) => Some(ruled::kept::<D>(new)),
            // Taken over by somebody who keeps no documents.
            (None, Some(_)) if envelope.plans && envelope.take_over => {
                Some(ruled::kept::<D>(&pb::ManagedBy::default()))
            }
            (Some(_) | None, _) => None,
        };
        name.into_iter().chain(keeper).collect()
    }

    /// Whether the command was carried out on it.
    pub fn knows(&self, command: CommandId) -> bool {
        self.memory.get(command.as_uuid()).is_some()
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

/// A file may move; two clusters are two keepers.
fn keeps(keeper: &pb::ManagedBy, envelope: &Envelope) -> bool {
    envelope.managed_by.as_ref().is_some_and(|new| {
        new.door == keeper.door && (keeper.door() != KUBERNETES || new.source == keeper.source)
    })
}

/// The door of custom resources.
const KUBERNETES: &str = "kubernetes";

fn kept(keeper: &pb::ManagedBy) -> Refusal {
    let (door, source) = (keeper.door(), keeper.source());
    let sentence = format!("its plan is kept by the {door} {source}: change it there, or take it over");
    Refusal::out_of_order("kept_elsewhere", sentence)
        .compared("a change from where the plan is kept, or --take-over", format!("{door} {source}"))
}
