//! A small aggregate to execute commands on: a sum that may not go beyond a limit.

use std::sync::Arc;

use uuid::Uuid;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::{Issued, Principal};
use verdict_kernel::refusal::Refusal;

use crate::execute::{Envelope, Repository};
use crate::log::Log;
use crate::wire::{DecodeError, Stored, Wire, parse};

/// The sum may not go beyond it.
pub const LIMIT: u32 = 10;

/// What a caller wants.
#[derive(Debug, Clone)]
pub enum Command {
    Add(u32),
    /// Add what is missing to this sum; nothing when nothing is.
    Reach(u32),
    Clear,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Added(u32),
    Cleared,
}

/// The aggregate.
#[derive(Debug)]
pub struct Tally;

impl Decider for Tally {
    const CATEGORY: &'static str = "contract.tally";
    type State = u32;
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(sum: &u32, command: Command, _: &Issued) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Add(more) if sum + more > LIMIT => {
                let refusal = Refusal::out_of_order("over_the_limit", "the sum would go over its limit");
                Err(refusal.compared(format!("at most {LIMIT}"), (sum + more).to_string()))
            }
            Command::Add(more) => Ok(vec![Event::Added(more)]),
            Command::Reach(wanted) if wanted <= *sum => Ok(Vec::new()),
            Command::Reach(wanted) => Ok(vec![Event::Added(wanted - sum)]),
            Command::Clear => Ok(vec![Event::Cleared]),
        }
    }

    fn evolve(sum: u32, event: &Event) -> u32 {
        match event {
            Event::Added(more) => sum + more,
            Event::Cleared => 0,
        }
    }
}

/// Type of the event that adds.
pub const ADDED: &str = "contract.Tally.Added.v1";
/// Type of the event that clears.
pub const CLEARED: &str = "contract.Tally.Cleared.v1";

impl Wire for Tally {
    type Aggregate = Self;

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Added(more) => Stored::new(ADDED, more),
            Event::Cleared => Stored::new(CLEARED, &0),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        match event_type {
            ADDED => parse(data).map(Event::Added).map(Some),
            CLEARED => Ok(Some(Event::Cleared)),
            _ => Err(DecodeError::UnknownType),
        }
    }
}

/// A replica of the service that owns tallies.
pub fn repository(log: &Log, clock: Arc<dyn Clock>) -> Repository<Tally> {
    Repository::new(log.clone(), clock)
}

/// The envelope of the command called `name`; the same name gives the same command id and payload hash.
pub fn envelope(name: &str) -> Envelope {
    let command_id = CommandId::derive(Uuid::NAMESPACE_URL, name);
    Envelope { payload_hash: name.to_owned(), ..Envelope::new(command_id, Principal::dev()) }
}
