//! A small aggregate to execute commands on: a sum that may not go beyond a limit.

use std::sync::Arc;

use uuid::Uuid;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::{Issued, Principal};
use verdict_kernel::refusal::Refusal;
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;
use verdict_stored::{DecodeError, Stored, Wire, parse};

use crate::execute::{Envelope, Repository};
use crate::log::Log;

/// The sum may not go beyond it.
pub const LIMIT: u32 = 10;

/// What a caller wants.
#[derive(Debug, Clone)]
pub enum Command {
    Add(u32),
    /// Add what is missing to this sum; nothing when nothing is.
    Reach(u32),
    Clear,
    /// Add; more than half of the limit at once is remarked (B13), and what goes over the limit needs a reason (B31).
    AddWhole(u32),
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
    type Facts = ();

    fn decide(sum: &u32, command: Command, (): &(), issued: &Issued) -> Result<Decision<Event>, Blockers> {
        match command {
            Command::Add(more) if sum + more > LIMIT => {
                let refusal = Refusal::out_of_order("over_the_limit", "the sum would go over its limit");
                Err(refusal.compared(format!("at most {LIMIT}"), (sum + more).to_string()).into())
            }
            Command::Add(more) => Ok(vec![Event::Added(more)].into()),
            Command::Reach(wanted) if wanted <= *sum => Ok(Decision::nothing()),
            Command::Reach(wanted) => Ok(vec![Event::Added(wanted - sum)].into()),
            Command::Clear => Ok(vec![Event::Cleared].into()),
            Command::AddWhole(more) => add_whole(*sum, more, issued),
        }
    }

    fn evolve(sum: u32, event: &Event) -> u32 {
        match event {
            Event::Added(more) => sum + more,
            Event::Cleared => 0,
        }
    }
}

fn add_whole(sum: u32, more: u32, issued: &Issued) -> Result<Decision<Event>, Blockers> {
    let mut ruling = Ruling::of(issued).overriding(!issued.reason.is_empty());
    ruling.demand(more > 0, || Refusal::by(RuleId::B1, "nothing", "nothing would be added"));
    ruling.unless_overridden(sum + more <= LIMIT, || {
        Refusal::by(RuleId::B31, "over_the_limit", "the sum would go over its limit")
            .compared(format!("at most {LIMIT}"), (sum + more).to_string())
    });
    ruling.remark(RuleId::B13, more * 2 <= LIMIT, || format!("{more} is a lot at once"));
    ruling.decide(vec![Event::Added(more)])
}

/// Type of the event that adds.
pub const ADDED: &str = "contract.Tally.Added.v1";
/// Type of the event that clears.
pub const CLEARED: &str = "contract.Tally.Cleared.v1";

impl Wire for Tally {
    type Aggregate = Self;

    const TYPES: &'static str = "contract.Tally";
    const EVENTS: &'static [&'static str] = &[ADDED, CLEARED];

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
