//! The metrics of the board.

use std::collections::BTreeMap;

use verdict_kernel::decider::Decider;
use verdict_kernel::id::MetricId;
use verdict_metrics_domain::metric::{Definition, Metric, State};
use verdict_runtime::log::{Position, Recorded};
use verdict_runtime::wire::{DecodeError, Metadata, Wire};

use super::view::id;
use crate::wire::metric::MetricWire;

/// A metric as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub org: String,
    pub state: State,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
}

/// Metrics by id.
#[derive(Debug, Default)]
pub struct Metrics {
    by_id: BTreeMap<MetricId, Entry>,
}

impl Metrics {
    /// The metric of `org` with this key.
    pub fn by_key(&self, org: &str, key: &str) -> Option<&Entry> {
        self.by_id.get(&MetricId::of(org, key))
    }

    /// The definition of a metric, retired or not.
    pub fn definition(&self, org: &str, key: &str) -> Option<&Definition> {
        self.by_key(org, key).and_then(|entry| entry.state.definition())
    }

    /// The metrics of `org` in the order of their ids, after `after`.
    pub fn of_org<'a>(
        &'a self,
        org: &'a str,
        after: Option<MetricId>,
    ) -> impl Iterator<Item = (MetricId, &'a Entry)> {
        let all = self.by_id.iter().map(|(&id, entry)| (id, entry));
        all.filter(move |(id, entry)| entry.org == org && after.is_none_or(|after| *id > after))
    }

    pub(super) fn apply(
        &mut self,
        name: &str,
        event: &Recorded,
        metadata: &Metadata,
    ) -> Result<(), DecodeError> {
        let decoded = MetricWire::decode(&event.event_type, &event.data)?;
        let id = id(name)?;
        let before = self.by_id.remove(&id).map_or(State::Undefined, |entry| entry.state);
        let entry = Entry {
            org: metadata.org.clone(),
            state: decoded.iter().fold(before, Metric::evolve),
            version: event.revision + 1,
            position: event.position.clone(),
        };
        self.by_id.insert(id, entry);
        Ok(())
    }
}
