//! The guardrails of the board.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{GuardrailId, RolloutId};
use verdict_metrics_domain::guardrail::{Event, Guardrail, State};
use verdict_runtime::execute::Folded;
use verdict_runtime::log::{Position, Recorded};
use verdict_runtime::wire::{DecodeError, Metadata, Wire};

use super::view::id;
use crate::wire::guardrail::GuardrailWire;

/// A guardrail as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub org: String,
    pub team: String,
    pub state: State,
    /// Events in its stream that the state includes.
    pub version: u64,
    pub position: Position,
    /// When it was armed last. Observations that arrived before do not count.
    pub armed_at: Timestamp,
    /// Event id of the last answer.
    pub answered_by: Option<Uuid>,
}

/// Guardrails by id, by metric and by rollout.
#[derive(Debug, Default)]
pub struct Guardrails {
    entries: BTreeMap<GuardrailId, Entry>,
    by_metric: HashMap<String, HashMap<String, Vec<GuardrailId>>>,
    by_rollout: HashMap<RolloutId, Vec<GuardrailId>>,
}

impl Guardrails {
    pub fn get(&self, id: GuardrailId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// The guardrails of `org` in the order of their ids, after `after`.
    pub fn of_org<'a>(
        &'a self,
        org: &'a str,
        after: Option<GuardrailId>,
    ) -> impl Iterator<Item = (GuardrailId, &'a Entry)> {
        let all = self.entries.iter().map(|(&id, entry)| (id, entry));
        all.filter(move |(id, entry)| entry.org == org && after.is_none_or(|after| *id > after))
    }

    /// Those that listen to a metric, disarmed ones included.
    pub fn of_metric(&self, org: &str, metric: &str) -> &[GuardrailId] {
        let of_org = self.by_metric.get(org);
        of_org.and_then(|metrics| metrics.get(metric)).map_or(&[], Vec::as_slice)
    }

    /// Those that protect a rollout, disarmed ones included.
    pub fn of_rollout(&self, rollout: RolloutId) -> &[GuardrailId] {
        self.by_rollout.get(&rollout).map_or(&[], Vec::as_slice)
    }

    /// The ids of all that are armed and not disarmed.
    pub fn watching(&self) -> Vec<GuardrailId> {
        let watching = self.entries.iter().filter(|(_, entry)| entry.state.is_watching());
        watching.map(|(&id, _)| id).collect()
    }

    /// Takes over a state that is newer than the one shown. Times of arming come with the events alone.
    pub(super) fn learn(&mut self, id: GuardrailId, folded: &Folded<GuardrailWire>) {
        let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.version < folded.version) else {
            return;
        };
        entry.state = folded.state.clone();
        entry.version = folded.version;
        if let Some(position) = &folded.last_position {
            entry.position = position.clone();
        }
    }

    pub(super) fn apply(
        &mut self,
        name: &str,
        event: &Recorded,
        metadata: &Metadata,
    ) -> Result<(), DecodeError> {
        let Some(decoded) = GuardrailWire::decode(&event.event_type, &event.data)? else {
            return Ok(());
        };
        let id = id(name)?;
        if let Event::Armed(arming) = &decoded {
            let of_org = self.by_metric.entry(metadata.org.clone()).or_default();
            of_org.entry(arming.metric.clone()).or_default().push(id);
            self.by_rollout.entry(arming.rollout).or_default().push(id);
        }
        let entry = self.entries.entry(id).or_insert_with(|| Entry {
            org: metadata.org.clone(),
            team: metadata.team.clone(),
            state: State::Unarmed,
            version: 0,
            position: event.position.clone(),
            armed_at: metadata.at,
            answered_by: None,
        });
        match &decoded {
            Event::AnswerChanged { .. } | Event::Breached(_) => entry.answered_by = Some(event.id),
            Event::Rearmed => entry.armed_at = metadata.at,
            Event::Armed(_)
            | Event::Acknowledged
            | Event::Recovered { .. }
            | Event::Retracted { .. }
            | Event::Disarmed { .. } => {}
        }
        // What a command taught the board before the event came round is not folded twice.
        if event.revision >= entry.version {
            entry.state = Guardrail::evolve(std::mem::take(&mut entry.state), &decoded);
            entry.version = event.revision + 1;
            entry.position = event.position.clone();
        }
        Ok(())
    }
}
