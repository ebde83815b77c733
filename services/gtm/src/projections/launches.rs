//! The list of launches: every launch of an organisation, by id.

use std::collections::BTreeMap;

use verdict_gtm_domain::launch::{Launch, State};
use verdict_kernel::decider::Decider;
use verdict_runtime::log::{Filter, Position, Recorded};
use verdict_runtime::projection::Projection;
use verdict_runtime::wire::{DecodeError, Metadata, Wire, parse};

use crate::wire::launch::LaunchWire;

/// What begins the name of every stream of a launch.
const PREFIX: &str = "gtm.launch-";

/// A launch as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
}

/// Launches by organisation, then by id.
pub type ByOrg = BTreeMap<String, BTreeMap<String, Entry>>;

/// The projection behind `Launches.List`.
#[derive(Debug, Clone, Copy)]
pub struct Launches;

impl Projection for Launches {
    type View = ByOrg;

    fn name(&self) -> &'static str {
        "gtm-launches"
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
        let org = parse::<Metadata>(&event.metadata)?.org;
        let decoded = LaunchWire::decode(&event.event_type, &event.data)?;
        let launches = view.entry(org).or_default();
        let state = launches.remove(id).map(|entry| entry.state).unwrap_or_default();
        let entry = Entry {
            state: match &decoded {
                Some(decoded) => Launch::evolve(state, decoded),
                None => state,
            },
            version: event.revision + 1,
            position: event.position.clone(),
        };
        launches.insert(id.to_owned(), entry);
        Ok(())
    }
}
