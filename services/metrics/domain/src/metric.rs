//! A metric definition: what is measured, which way is good, and what it leads to.
//!
//! ```text
//!   Undefined ──define──> Draft ──first real event──> Instrumented ──activate──> Active
//!                           │  └────────activate, where no proof is needed────────^
//!                           └──retire── from each of the three ──> Retired ──restore──> back where it was
//! ```
//!
//! Invariants: the key and the type never change; a link goes to a metric of a higher level, so links form no
//! circle (M1); nothing that needs a proof of instrumentation is active without one, unless the policy level of the team
//! let it pass (M9).

use std::collections::BTreeMap;
use std::time::Duration;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision, known};
use verdict_kernel::instrumentation::{Due, MetricKind, MetricRole, proof};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;
use verdict_kernel::value::Value;

use crate::evaluation::{Aggregation, is_stale, is_to_come};

mod refusal;

pub use refusal::Refusal;

/// Command -> what undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Define", "Retire"),
    ("VerifyInstrumentation", "none: that an event arrived is a fact"),
    ("Activate", "none: that it is ready is a fact; Retire takes it out of use"),
    ("Revise", "Revise: back to the values before"),
    ("Retire", "Restore"),
    ("Restore", "Retire"),
    ("RetractObservations", "none: the rows are sent again"),
];

/// The direction in which the metric gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trend {
    Increase,
    Decrease,
}

/// What a metric leads to, with the type that the other metric had when the link was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub key: String,
    pub kind: MetricType,
}

/// What a metric is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Unique in the organisation: `checkout_conversion`.
    pub key: String,
    pub kind: MetricType,
    pub unit: String,
    pub good: Trend,
    pub target: Option<Value>,
    pub baseline: Option<Value>,
    /// How often an observation is expected.
    pub refresh: Duration,
    pub aggregation: Aggregation,
    pub leads_to: Vec<Link>,
    /// Counts from 1; each revision of target, baseline or direction adds one.
    pub revision: u32,
}

/// A definition as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    pub key: String,
    pub kind: MetricType,
    pub unit: String,
    pub good: Trend,
    pub target: Option<Value>,
    pub baseline: Option<Value>,
    /// `None` = the default of the type.
    pub refresh: Option<Duration>,
    pub aggregation: Aggregation,
    /// Keys of the metrics that it leads to.
    pub leads_to: Vec<String>,
}

/// The values that a definition may change (rule M7 freezes them for a rollout).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub target: Option<Value>,
    pub baseline: Option<Value>,
    pub good: Trend,
}

/// The first event that proved the instrumentation (rule M9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub source: String,
    pub window_end: Timestamp,
}

/// Rows that are taken back: those of `source` whose windows end after `from` and not after `to` (rule M14).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retraction {
    pub source: String,
    pub from: Timestamp,
    pub to: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Define(Define),
    VerifyInstrumentation(Proof),
    Activate,
    Revise(Goal),
    Retire,
    Restore,
    RetractObservations(Retraction),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Defined(Definition),
    InstrumentationVerified(Proof),
    Activated,
    Revised {
        revision: u32,
        goal: Goal,
    },
    Retired,
    Restored,
    /// `rows`: how many there were.
    ObservationsRetracted {
        retraction: Retraction,
        rows: u32,
        reason: String,
    },
}

/// What is known from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// What the metrics with these keys are; `None` for one that is not in use.
    pub kinds: BTreeMap<String, Option<MetricType>>,
    /// How many rows a retraction takes back.
    pub rows: Option<u32>,
}

/// How far a metric has come, apart from being retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Draft,
    Instrumented(Proof),
    Active(Instrumentation),
}

/// What an active metric rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instrumentation {
    Proven(Proof),
    /// Lagging, or core and rarely refreshed: no proof was needed. Or the policy level let it pass.
    Exempt,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Undefined,
    Live(Definition, Standing),
    Retired(Definition, Standing),
}

impl State {
    /// The definition; `None` before there is one.
    pub const fn definition(&self) -> Option<&Definition> {
        match self {
            Self::Undefined => None,
            Self::Live(definition, _) | Self::Retired(definition, _) => Some(definition),
        }
    }

    /// Whether a real event was received (rule M9).
    pub const fn is_instrumented(&self) -> bool {
        match self {
            Self::Undefined => false,
            Self::Live(_, standing) | Self::Retired(_, standing) => match standing {
                Standing::Draft | Standing::Active(Instrumentation::Exempt) => false,
                Standing::Instrumented(_) | Standing::Active(Instrumentation::Proven(_)) => true,
            },
        }
    }

    /// The name of the state in views.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Live(_, Standing::Draft) => "draft",
            Self::Live(_, Standing::Instrumented(_)) => "instrumented",
            Self::Live(_, Standing::Active(_)) => "active",
            Self::Retired(_, Standing::Draft | Standing::Instrumented(_) | Standing::Active(_)) => "retired",
        }
    }
}

/// The decider of metric definitions.
pub struct Metric;

impl Decider for Metric {
    const CATEGORY: &'static str = "metrics.metric";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(
        state: &State,
        command: Command,
        facts: &Facts,
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        let mut ruling = Ruling::of(issued);
        let events = match (state, command) {
            (State::Undefined, Command::Define(wanted)) => {
                vec![Event::Defined(define(wanted, facts, &mut ruling)?)]
            }
            (
                State::Undefined,
                Command::VerifyInstrumentation(_)
                | Command::Activate
                | Command::Revise(_)
                | Command::Retire
                | Command::Restore
                | Command::RetractObservations(_),
            ) => return Err(Refusal::Undefined.into()),
            (State::Live(..) | State::Retired(..), Command::RetractObservations(retraction)) => {
                retract(retraction, facts, issued, &mut ruling)?
            }
            (State::Live(known, _) | State::Retired(known, _), Command::Define(wanted)) => {
                define_again(known, wanted, facts, issued)?
            }
            (State::Live(_, standing), Command::VerifyInstrumentation(proof)) => verify(standing, proof),
            (State::Live(definition, standing), Command::Activate) => {
                activate(definition, standing, &mut ruling)
            }
            (State::Live(definition, _), Command::Revise(goal)) => revise(definition, goal),
            (State::Live(..), Command::Retire) => vec![Event::Retired],
            (State::Live(..), Command::Restore) | (State::Retired(..), Command::Retire) => Vec::new(),
            (State::Retired(..), Command::Restore) => vec![Event::Restored],
            (
                State::Retired(definition, _),
                Command::VerifyInstrumentation(_) | Command::Activate | Command::Revise(_),
            ) => return Err(Refusal::Retired { key: definition.key.clone() }.into()),
        };
        ruling.decide(events)
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Undefined, Event::Defined(definition)) => {
                State::Live(definition.clone(), Standing::Draft)
            }
            (State::Live(definition, standing), Event::InstrumentationVerified(proof)) => {
                State::Live(definition, proven(standing, proof))
            }
            (State::Live(definition, standing), Event::Activated) => {
                State::Live(definition, activated(standing))
            }
            (State::Live(definition, standing), Event::Revised { revision, goal }) => {
                State::Live(revised(definition, *revision, goal), standing)
            }
            // Never written in these states; a fold keeps what it has.
            (
                State::Undefined,
                Event::InstrumentationVerified(_)
                | Event::Activated
                | Event::Revised { .. }
                | Event::Retired
                | Event::Restored
                | Event::ObservationsRetracted { .. },
            ) => State::Undefined,
            // What was measured is no part of what a metric is.
            (state @ (State::Live(..) | State::Retired(..)), Event::ObservationsRetracted { .. }) => state,
            (State::Live(definition, standing), Event::Defined(_) | Event::Restored)
            | (State::Retired(definition, standing), Event::Restored) => State::Live(definition, standing),
            (State::Live(definition, standing), Event::Retired)
            | (
                State::Retired(definition, standing),
                Event::Defined(_)
                | Event::InstrumentationVerified(_)
                | Event::Activated
                | Event::Revised { .. }
                | Event::Retired,
            ) => State::Retired(definition, standing),
        }
    }
}

/// Does the newest observation meet the target? Without a target there is nothing to compare it with.
pub fn target_met(definition: &Definition, newest: Option<(Value, Timestamp)>, now: Timestamp) -> CheckState {
    let Some((value, window_end)) = newest else {
        return CheckState::Unknown(Unknown::NoData);
    };
    if is_stale(definition.refresh, window_end, now) {
        return CheckState::Unknown(Unknown::Stale);
    }
    if is_to_come(definition.refresh, window_end, now) {
        return CheckState::Unknown(Unknown::Unhealthy);
    }
    match (definition.target, definition.good) {
        (None, Trend::Increase | Trend::Decrease) => CheckState::Unknown(Unknown::Inconclusive),
        (Some(target), Trend::Increase) => CheckState::from_bool(value >= target),
        (Some(target), Trend::Decrease) => CheckState::from_bool(value <= target),
    }
}

/// Rule M1, and the defaults of rule M4. Links that are refused are left out.
fn define(wanted: Define, facts: &Facts, ruling: &mut Ruling<'_>) -> Result<Definition, Blockers> {
    let mut leads_to = Vec::new();
    for key in wanted.leads_to {
        let kind = known(facts.kinds.get(&key), "what the other metric is")?;
        match linked(wanted.kind, key, *kind) {
            Ok(link) => leads_to.push(link),
            Err(refusal) => ruling.demand(false, || refusal),
        }
    }
    Ok(Definition {
        leads_to,
        key: wanted.key,
        kind: wanted.kind,
        unit: wanted.unit,
        good: wanted.good,
        target: wanted.target,
        baseline: wanted.baseline,
        refresh: wanted.refresh.unwrap_or_else(|| wanted.kind.default_refresh()),
        aggregation: wanted.aggregation,
        revision: 1,
    })
}

fn linked(from: MetricType, key: String, kind: Option<MetricType>) -> Result<Link, Refusal> {
    match kind {
        None => Err(Refusal::LinkUnknown { key }),
        Some(_) if from == MetricType::Guardrail => Err(Refusal::GuardrailLinked { key }),
        Some(kind) if from.may_lead_to(kind) => Ok(Link { key, kind }),
        Some(to) => Err(Refusal::LinkNotUpward { from, key, to }),
    }
}

/// The same definition once more is a repeat; another one under the same key is not, whatever its links.
fn define_again(
    known: &Definition,
    wanted: Define,
    facts: &Facts,
    issued: &Issued,
) -> Result<Vec<Event>, Blockers> {
    let mut ruling = Ruling::of(issued);
    let again = define(wanted, facts, &mut ruling)?;
    if ruling.done().is_ok() && again == (Definition { revision: 1, ..known.clone() }) {
        return Ok(Vec::new());
    }
    Err(Refusal::DefinedDifferently { key: known.key.clone() }.into())
}

/// Rule M9: the first real event counts, every later one is a repeat.
fn verify(standing: &Standing, proof: Proof) -> Vec<Event> {
    match standing {
        Standing::Draft | Standing::Active(Instrumentation::Exempt) => {
            vec![Event::InstrumentationVerified(proof)]
        }
        Standing::Instrumented(_) | Standing::Active(Instrumentation::Proven(_)) => Vec::new(),
    }
}

fn activate(definition: &Definition, standing: &Standing, ruling: &mut Ruling<'_>) -> Vec<Event> {
    match standing {
        Standing::Draft => {
            let unproven = || Refusal::NotInstrumented { key: definition.key.clone() };
            ruling.demand_by_level(!needs_proof(definition), unproven);
            vec![Event::Activated]
        }
        Standing::Instrumented(_) => vec![Event::Activated],
        Standing::Active(Instrumentation::Proven(_) | Instrumentation::Exempt) => Vec::new(),
    }
}

/// Rule M9, as for the primary metric of a bet: what role a metric will have is not known here.
fn needs_proof(definition: &Definition) -> bool {
    let kind = match definition.kind {
        MetricType::Leading => MetricKind::Leading,
        MetricType::Core => MetricKind::Core,
        MetricType::Lagging => MetricKind::Lagging,
        MetricType::Guardrail => MetricKind::Guardrail,
    };
    proof(kind, MetricRole::Primary, definition.refresh) == Due::BeforeUsers
}

fn revise(definition: &Definition, goal: Goal) -> Vec<Event> {
    let present = Goal { target: definition.target, baseline: definition.baseline, good: definition.good };
    if goal == present {
        return Vec::new();
    }
    let revision = definition.revision.saturating_add(1);
    vec![Event::Revised { revision, goal }]
}

/// Rule M14. A metric that is retired may have been wrong before.
fn retract(
    retraction: Retraction,
    facts: &Facts,
    issued: &Issued,
    ruling: &mut Ruling<'_>,
) -> Result<Vec<Event>, Blockers> {
    let Retraction { from, to, .. } = retraction;
    let reason = issued.reason.trim();
    ruling.demand(from < to, || Refusal::EmptyRange { from, to });
    ruling.demand(!reason.is_empty(), || Refusal::ReasonMissing);
    ruling.done()?;
    let rows = *known(facts.rows.as_ref(), "how many rows there are")?;
    Ok(vec![Event::ObservationsRetracted { retraction, rows, reason: reason.to_owned() }])
}

fn revised(definition: Definition, revision: u32, goal: &Goal) -> Definition {
    Definition { target: goal.target, baseline: goal.baseline, good: goal.good, revision, ..definition }
}

fn proven(standing: Standing, proof: &Proof) -> Standing {
    match standing {
        Standing::Draft | Standing::Instrumented(_) => Standing::Instrumented(proof.clone()),
        Standing::Active(Instrumentation::Proven(_) | Instrumentation::Exempt) => {
            Standing::Active(Instrumentation::Proven(proof.clone()))
        }
    }
}

fn activated(standing: Standing) -> Standing {
    match standing {
        Standing::Draft => Standing::Active(Instrumentation::Exempt),
        Standing::Instrumented(proof) => Standing::Active(Instrumentation::Proven(proof)),
        Standing::Active(instrumentation) => Standing::Active(instrumentation),
    }
}

#[cfg(test)]
mod tests;
