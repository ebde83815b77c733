//! The metrics of the board.

use std::collections::BTreeMap;

use uuid::Uuid;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::MetricId;
use verdict_metrics_domain::metric::{Definition, Event, Metric, Retraction, State};
use verdict_metrics_wire::metric::MetricWire;
use verdict_runtime::log::{Position, Recorded};
use verdict_runtime::observations::Key;
use verdict_stored::ruled::{self, Beside};
use verdict_stored::{DecodeError, Metadata};

use super::view::id;

/// A metric as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub org: String,
    pub state: State,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
    /// The last times that rows were taken back, the newest last.
    pub retracted: Vec<Retracted>,
    /// Who keeps its definition.
    pub beside: Beside,
}

/// Rows that were taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retracted {
    /// The event that says so.
    pub by: Uuid,
    pub at: Timestamp,
    pub rows: Retraction,
    pub reason: String,
}

impl Retracted {
    /// Whether a row of the metric that was received at `received_at` is one of them.
    pub fn takes(&self, key: &Key, received_at: Timestamp) -> bool {
        let Retraction { source, from, to } = &self.rows;
        key.source == *source && key.window_end > *from && key.window_end <= *to && received_at <= self.at
    }
}

/// So many of them are remembered.
const RETRACTED: usize = 16;

/// Metrics by id.
#[derive(Debug, Default)]
pub struct Metrics {
    by_id: BTreeMap<MetricId, Entry>,
}

impl Metrics {
    pub fn get(&self, id: MetricId) -> Option<&Entry> {
        self.by_id.get(&id)
    }

    /// The metric of `org` with this key.
    pub fn by_key(&self, org: &str, key: &str) -> Option<&Entry> {
        self.by_id.get(&MetricId::of(org, key))
    }

    /// Organisation and key of every metric.
    pub fn keys(&self) -> Vec<(String, String)> {
        let key = |entry: &Entry| Some((entry.org.clone(), entry.state.definition()?.key.clone()));
        self.by_id.values().filter_map(key).collect()
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
        let (said, decoded) = ruled::either::<MetricWire>(&event.event_type, &event.data)?;
        let id = id(name)?;
        let known = self.by_id.remove(&id);
        let (before, mut retracted, mut beside) = known.map_or_else(
            || (State::Undefined, Vec::new(), Beside::default()),
            |entry| (entry.state, entry.retracted, entry.beside),
        );
        if let Some(said) = &said {
            beside.learn(said);
        }
        if let Some(Event::ObservationsRetracted { retraction, reason, rows: _ }) = &decoded {
            let (rows, reason) = (retraction.clone(), reason.clone());
            retracted.push(Retracted { by: event.id, at: metadata.at, rows, reason });
            retracted.drain(..retracted.len().saturating_sub(RETRACTED));
        }
        let entry = Entry {
            retracted,
            beside,
            org: metadata.org.clone(),
            state: decoded.iter().fold(before, Metric::evolve),
            version: event.revision + 1,
            position: event.position.clone(),
        };
        self.by_id.insert(id, entry);
        Ok(())
    }
}
