//! The list of rollouts: every rollout of an organisation, by id.

use std::collections::BTreeMap;

use verdict_kernel::decider::Decider;
use verdict_rollouts_domain::rollout::{Rollout, State};
use verdict_runtime::log::{Filter, Position, Recorded};
use verdict_runtime::projection::Projection;
use verdict_runtime::wire::{DecodeError, Metadata, Wire, parse};

use crate::wire::rollout::RolloutWire;

/// What begins the name of every stream of a rollout.
pub const PREFIX: &str = "rollouts.rollout-";

/// A rollout as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
}

/// Rollouts by organisation, then by id.
pub type ByOrg = BTreeMap<String, BTreeMap<String, Entry>>;

/// The projection behind `Rollouts.List`.
#[derive(Debug, Clone, Copy)]
pub struct Rollouts;

impl Projection for Rollouts {
    type View = ByOrg;

    fn name(&self) -> &'static str {
        "rollouts-rollouts"
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
        let decoded = RolloutWire::decode(&event.event_type, &event.data)?;
        let rollouts = view.entry(metadata.org).or_default();
        let state = rollouts.remove(id).map_or(State::Absent, |entry| entry.state);
        let entry = Entry {
            state: match &decoded {
                Some(decoded) => Rollout::evolve(state, decoded),
                None => state,
            },
            version: event.revision + 1,
            position: event.position.clone(),
        };
        rollouts.insert(id.to_owned(), entry);
        Ok(())
    }
}
