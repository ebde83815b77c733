//! The list of flags: every flag of an organisation, by id.

use std::collections::BTreeMap;

use verdict_kernel::decider::Decider;
use verdict_rollouts_domain::flag::{FeatureFlag, State};
use verdict_runtime::log::{Filter, Position, Recorded};
use verdict_runtime::projection::Projection;
use verdict_runtime::wire::{DecodeError, Metadata, Wire, parse};

use crate::wire::flag::FlagWire;

/// What begins the name of every stream of a flag.
const PREFIX: &str = "rollouts.flag-";

/// A flag as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
}

/// Flags by organisation, then by id.
pub type ByOrg = BTreeMap<String, BTreeMap<String, Entry>>;

/// The projection behind `Flags.List`.
#[derive(Debug, Clone, Copy)]
pub struct Flags;

impl Projection for Flags {
    type View = ByOrg;

    fn name(&self) -> &'static str {
        "rollouts-flags"
    }

    fn filter(&self) -> Filter {
        Filter::prefixes([PREFIX])
    }

    fn fresh(&self) -> ByOrg {
        ByOrg::new()
    }

    fn apply(view: &mut ByOrg, event: &Recorded) -> Result<(), DecodeError> {
        let Some(id) = event.stream.strip_prefix(PREFIX) else {
            return Ok(());
        };
        let metadata = parse::<Metadata>(&event.metadata)?;
        let decoded = FlagWire::decode(&event.event_type, &event.data)?;
        let flags = view.entry(metadata.org).or_default();
        let state = flags.remove(id).map_or(State::Absent, |entry| entry.state);
        let entry = Entry {
            state: match &decoded {
                Some(decoded) => FeatureFlag::evolve(state, decoded),
                None => state,
            },
            version: event.revision + 1,
            position: event.position.clone(),
        };
        flags.insert(id.to_owned(), entry);
        Ok(())
    }
}
