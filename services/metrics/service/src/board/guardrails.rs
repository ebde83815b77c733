//! The guardrails of the board.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{GuardrailId, MetricId, RolloutId};
use verdict_metrics_domain::guardrail::{Event, Guardrail, State};
use verdict_metrics_wire::guardrail::GuardrailWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Executed, Folded};
use verdict_runtime::log::{Position, Recorded};
use verdict_stored::ruled::{self, Beside};
use verdict_stored::{DecodeError, Metadata};

use super::view::id;

/// A guardrail as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub org: String,
    pub team: String,
    /// The one that it listens to; `None` before its arming.
    pub metric: Option<MetricId>,
    pub state: State,
    /// Events in its stream that the state includes.
    pub version: u64,
    pub position: Position,
    /// When it was armed last. Observations that arrived before do not count.
    pub armed_at: Timestamp,
    /// Event id of the last answer.
    pub answered_by: Option<Uuid>,
    /// Event id and time of each breach, as many as the state remembers, in the same order.
    pub raised: Vec<(Uuid, Timestamp)>,
    /// What it is called and who keeps its plan.
    pub beside: Beside,
    /// The newest event of its stream that this version cannot read: nothing can be decided about it.
    pub unreadable: Option<Unreadable>,
}

impl Entry {
    /// Why it cannot be judged although it may be watching. Who reads on past an event does not know what it did to a
    /// guardrail that was disarmed before it; one that was disarmed after it watches nothing.
    pub fn unanswerable(&self) -> Option<&Fault> {
        let unreadable = self.unreadable.as_ref()?;
        let may_watch = self.state.is_watching() || unreadable.revision >= self.version;
        may_watch.then_some(&unreadable.fault)
    }
}

/// An event that this version cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub revision: u64,
    pub fault: Fault,
}

/// Guardrails by id, by metric and by rollout.
#[derive(Debug, Default)]
pub struct Guardrails {
    entries: BTreeMap<GuardrailId, Entry>,
    by_metric: HashMap<String, HashMap<String, Vec<GuardrailId>>>,
    by_rollout: HashMap<RolloutId, Vec<GuardrailId>>,
    /// Of those whose arming cannot be read no more is known than the rollout that it names.
    unknown: HashMap<RolloutId, BTreeMap<GuardrailId, Fault>>,
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

    /// The guardrails of a rollout that may be watching and cannot be judged, with the reason.
    pub fn unanswerable(&self, rollout: RolloutId) -> impl Iterator<Item = (GuardrailId, &Fault)> {
        let known =
            self.of_rollout(rollout).iter().filter_map(|id| Some((*id, self.get(*id)?.unanswerable()?)));
        let unknown = self.unknown.get(&rollout).into_iter().flatten();
        known.chain(unknown.map(|(id, fault)| (*id, fault)))
    }

    /// Those among them whose arming cannot be read.
    pub fn unknown(&self, rollout: RolloutId) -> Vec<(GuardrailId, Fault)> {
        let unknown = self.unknown.get(&rollout).into_iter().flatten();
        unknown.map(|(id, fault)| (*id, fault.clone())).collect()
    }

    /// Every guardrail, whatever its state.
    pub fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// All that are armed and not disarmed.
    pub fn watching(&self) -> impl Iterator<Item = (GuardrailId, &Entry)> {
        self.entries.iter().filter(|(_, entry)| entry.state.is_watching()).map(|(&id, entry)| (id, entry))
    }

    /// Takes over a state that is newer than the one shown. Times of arming come with the events alone.
    pub(super) fn learn(&mut self, id: GuardrailId, folded: &Folded<GuardrailWire>) {
        let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.version < folded.version) else {
            return;
        };
        entry.state = folded.state.clone();
        entry.beside = folded.beside.clone();
        entry.version = folded.version;
        if let Some(position) = &folded.last_position {
            entry.position = position.clone();
        }
    }

    /// An event of its stream cannot be read.
    pub(super) fn turn_off(&mut self, name: &str, event: &Recorded, fault: Fault) {
        let Ok(id) = id::<GuardrailId>(name) else {
            return;
        };
        match self.entries.get_mut(&id) {
            Some(entry) => entry.unreadable = Some(Unreadable { revision: event.revision, fault }),
            None => {
                if let Some(rollout) = rollout_of(&event.data) {
                    self.unknown.entry(rollout).or_default().entry(id).or_insert(fault);
                }
            }
        }
    }

    pub(super) fn apply(
        &mut self,
        name: &str,
        event: &Recorded,
        metadata: &Metadata,
    ) -> Result<(), DecodeError> {
        let id = id(name)?;
        let (said, decoded) = ruled::either::<GuardrailWire>(&event.event_type, &event.data)?;
        if let (Some(said), Some(entry)) = (&said, self.entries.get_mut(&id)) {
            entry.beside.learn(said);
        }
        let Some(decoded) = decoded else {
            self.pass_over(id, event);
            return Ok(());
        };
        if let Event::Armed(arming) = &decoded {
            let of_org = self.by_metric.entry(metadata.org.clone()).or_default();
            of_org.entry(arming.metric.clone()).or_default().push(id);
            self.by_rollout.entry(arming.rollout).or_default().push(id);
        }
        let entry = self.entries.entry(id).or_insert_with(|| Entry {
            org: metadata.org.clone(),
            team: metadata.team.clone(),
            metric: None,
            state: State::Unarmed,
            version: 0,
            position: event.position.clone(),
            armed_at: metadata.at,
            answered_by: None,
            raised: Vec::new(),
            beside: Beside::default(),
            unreadable: None,
        });
        match &decoded {
            Event::Armed(arming) => entry.metric = Some(MetricId::of(&metadata.org, &arming.metric)),
            Event::AnswerChanged { .. } | Event::WouldHaveBreached(_) => entry.answered_by = Some(event.id),
            Event::Breached(_) => {
                entry.answered_by = Some(event.id);
                entry.raised.push((event.id, metadata.at));
            }
            Event::Rearmed => entry.armed_at = metadata.at,
            Event::Acknowledged { .. }
            | Event::Recovered { .. }
            | Event::Retracted { .. }
            | Event::Disarmed { .. }
            | Event::EffectChanged { .. } => {}
        }
        // What a command taught the board before the event came round is not folded twice.
        if event.revision >= entry.version {
            entry.state = Guardrail::evolve(std::mem::take(&mut entry.state), &decoded);
            entry.version = event.revision + 1;
            entry.position = event.position.clone();
        }
        Ok(())
    }

    /// An event that changes nothing. It hides none before it that cannot be read.
    fn pass_over(&mut self, id: GuardrailId, event: &Recorded) {
        let is_next = |entry: &&mut Entry| entry.unreadable.is_none() && event.revision >= entry.version;
        if let Some(entry) = self.entries.get_mut(&id).filter(is_next) {
            entry.version = event.revision + 1;
            entry.position = event.position.clone();
        }
    }
}

/// The rollout that an event names, whatever else is in it.
fn rollout_of(data: &[u8]) -> Option<RolloutId> {
    let data: serde_json::Value = serde_json::from_slice(data).ok()?;
    data.get("rolloutId")?.as_str()?.parse().ok()
}

/// Whoever reads the log of this process learns of a breach, without asking anybody: once, when a command has written it,
/// whether or not the board has read it by then.
pub fn tell(id: GuardrailId, executed: &Executed, now: &State) {
    let is_breach = |event: &String| event == GuardrailWire::GuardrailBreached;
    let Some(guardrail) = now.guardrail().filter(|_| !executed.repeated) else {
        return;
    };
    if let Some(breach) = guardrail.raised.last().filter(|_| executed.event_types.iter().any(is_breach)) {
        tracing::warn!(
            guardrail = %id,
            metric = guardrail.arming.metric,
            rollout = %guardrail.arming.rollout,
            stage = breach.stage,
            attempt = breach.attempt,
            effect = breach.effect.as_str(),
            critical = breach.critical,
            "a guardrail broke"
        );
    }
}
