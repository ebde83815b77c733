//! The list of incidents: every incident of an organisation, by id.

use std::collections::BTreeMap;

use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_metrics_domain::incident::{Incident, State};
use verdict_runtime::log::{Filter, Position, Recorded};
use verdict_runtime::projection::Projection;
use verdict_runtime::wire::{DecodeError, Metadata, Wire, parse};

use crate::wire::incident::IncidentWire;

/// What begins the name of every stream of an incident.
const PREFIX: &str = "metrics.incident-";

/// An incident as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    pub detected_at: Timestamp,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
}

/// Incidents by organisation, then by id.
pub type ByOrg = BTreeMap<String, BTreeMap<String, Entry>>;

/// The projection behind `Incidents.List`.
#[derive(Debug, Clone, Copy)]
pub struct Incidents;

impl Projection for Incidents {
    type View = ByOrg;

    fn name(&self) -> &'static str {
        "metrics-incidents"
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
        let decoded = IncidentWire::decode(&event.event_type, &event.data)?;
        let incidents = view.entry(metadata.org).or_default();
        let (state, detected_at) = match incidents.remove(id) {
            Some(entry) => (entry.state, entry.detected_at),
            None => (State::Absent, metadata.at),
        };
        let entry = Entry {
            state: match &decoded {
                Some(decoded) => Incident::evolve(state, decoded),
                None => state,
            },
            detected_at,
            version: event.revision + 1,
            position: event.position.clone(),
        };
        incidents.insert(id.to_owned(), entry);
        Ok(())
    }
}
