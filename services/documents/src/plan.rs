//! What applying documents would do, as data: compared with what the platform has, each thing is made, changed by commands
//! that exist, left as it is, or refused because a difference is in what never changes.
//!
//! What a document leaves out is left alone. Nothing here asks the platform: whoever calls brings what it has, in the form
//! in which it would be exported.

use std::fmt;

use crate::bet::{BetSpec, Progress};
use crate::document::{Document, Kind, Spec};
use crate::finding::Path;
use crate::flag::FlagSpec;
use crate::launch::LaunchSpec;
use crate::managed::{Door, ManagedBy};
use crate::metric::{GuardrailSpec, MetricDefinitionSpec};
use crate::rollout::StagedRolloutSpec;
use crate::set::{Identity, Noun, Part, Set, Thing, things};
use crate::words::Key;

mod action;
mod difference;

pub use action::Action;
pub use difference::Change;

/// What a thing is, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its guardrails are things of their own.
    Metric(MetricDefinitionSpec),
    /// `cleanup`: it is still to come, so that its date may change.
    Flag {
        flag: FlagSpec,
        cleanup: bool,
    },
    /// `bringTo` is how far it is; what lies behind Building counts as Building.
    Bet(BetSpec),
    /// `attached`: the bet that it tests knows of it.
    Rollout {
        rollout: StagedRolloutSpec,
        attached: bool,
    },
    Guardrail {
        metric: String,
        guardrail: GuardrailSpec,
    },
    Launch(LaunchSpec),
}

/// A thing that the platform has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Number of events in its stream.
    pub version: u32,
    pub content: Content,
    pub managed_by: Option<ManagedBy>,
    /// It is at its end or near it: a bet takes no more rollouts, and nobody becomes the keeper of anything.
    pub closed: bool,
}

/// What is to become of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub part: Part,
    pub what: Identity,
    pub outcome: Outcome,
}

/// See [`Planned`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The platform does not have it.
    Create(Vec<Action>),
    /// It is there, at this version, and differs.
    Change { version: u32, changes: Vec<Change>, actions: Vec<Action> },
    /// It is there as it should be.
    Nothing,
    /// It differs in what never changes.
    Fixed(Vec<Change>),
    /// Its plan is kept by somebody else, who would have to be taken over from.
    KeptBy(ManagedBy),
}

/// Plans every thing of the set in the order in which things are made. `door` and `source` are where the documents come
/// from; `take_over` makes them the keeper of things that another door keeps. `present` answers nothing for a rollout,
/// guardrail or launch that is over: its key may be taken again.
pub fn plan(
    set: &Set,
    door: (Door, &str),
    take_over: bool,
    present: impl Fn(&Identity) -> Option<Present>,
) -> Vec<Planned> {
    let one = |part: Part| {
        let document = &set.documents().get(part.document)?.document;
        let (what, ..) =
            things(document, set.team()).into_iter().find(|(_, thing, _)| *thing == part.thing)?;
        let mut wanted = content(document, part.thing)?;
        if let Content::Rollout { rollout, attached } = &mut wanted {
            *attached = rollout.bet_ref.as_ref().is_some_and(|bet| takes_rollouts(set, &bet.key, &present));
        }
        let outcome = match present(&what) {
            None => Outcome::Create(action::to_create(&what, document, &wanted)),
            Some(present) => {
                let outcome = compared(document, &present, &wanted);
                match present.managed_by.as_ref().filter(|keeper| keeps(keeper, door)) {
                    Some(keeper) if take_over && outcome == Outcome::Nothing && !present.closed => {
                        let makes = action::to_create(&what, document, &wanted);
                        taken_over(&present, keeper, door, makes)
                    }
                    Some(keeper) if !take_over && outcome != Outcome::Nothing => {
                        Outcome::KeptBy(keeper.clone())
                    }
                    Some(_) | None => outcome,
                }
            }
        };
        Some(Planned { part, what, outcome })
    };
    set.parts().into_iter().filter_map(one).collect()
}

/// The command that makes a thing changes nothing but its keeper where all else is as it was.
fn taken_over(
    present: &Present,
    keeper: &ManagedBy,
    (door, source): (Door, &str),
    makes: Vec<Action>,
) -> Outcome {
    let told = |door: Door, source: &str| Some(format!("{} {source}", door.as_str()).trim_end().into());
    let (old, new) = (told(keeper.door, &keeper.source), told(door, source));
    let changes = vec![Change { field: Path::of(&[difference::KEEPER]), old, new }];
    Outcome::Change { version: present.version, changes, actions: makes.into_iter().take(1).collect() }
}

/// A bet hears of a rollout once it is handed off and until it is decided about.
fn takes_rollouts(set: &Set, key: &Key, present: &impl Fn(&Identity) -> Option<Present>) -> bool {
    let builds = |bet: &BetSpec| bet.bring_to == Progress::Building;
    let there = present(&Identity::new(Noun::Bet, "", key));
    if there.as_ref().is_some_and(|there| there.closed) {
        return false;
    }
    let is_building = there.is_some_and(|there| matches!(&there.content, Content::Bet(bet) if builds(bet)));
    let is_brought = |document: &Document| matches!(&document.spec, Spec::Bet(bet) if document.key().folded() == key.folded() && builds(bet));
    is_building || set.documents().iter().any(|placed| is_brought(&placed.document))
}

/// A file may move; two clusters are two keepers.
fn keeps(keeper: &ManagedBy, (door, source): (Door, &str)) -> bool {
    keeper.door != door || (door == Door::Kubernetes && keeper.source != source)
}

/// What a document wants one of its things to be.
fn content(document: &Document, thing: Thing) -> Option<Content> {
    Some(match (&document.spec, thing) {
        (Spec::MetricDefinition(metric), Thing::Guardrail(index)) => {
            let guardrail = metric.guardrails.get(index)?.clone();
            Content::Guardrail { metric: document.key().to_string(), guardrail }
        }
        (Spec::MetricDefinition(metric), Thing::Itself) => {
            Content::Metric(MetricDefinitionSpec { guardrails: Vec::new(), ..metric.clone() })
        }
        (Spec::StagedRollout(rollout), Thing::InlineFlag) => {
            Content::Flag { flag: *rollout.flag.clone()?, cleanup: true }
        }
        (Spec::StagedRollout(rollout), _) => {
            Content::Rollout { rollout: rollout.clone(), attached: rollout.bet_ref.is_some() }
        }
        (Spec::Flag(flag), _) => Content::Flag { flag: flag.clone(), cleanup: true },
        (Spec::Bet(bet), _) => Content::Bet(bet.clone()),
        (Spec::Launch(launch), _) => Content::Launch(launch.clone()),
        (Spec::MetricDefinition(_), Thing::InlineFlag) => return None,
    })
}

fn compared(document: &Document, present: &Present, wanted: &Content) -> Outcome {
    let changes = difference::between(&present.content, wanted);
    let (changeable, fixed): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|change| action::may_change(wanted, &change.field));
    if !fixed.is_empty() {
        return Outcome::Fixed(fixed);
    }
    if changeable.is_empty() {
        return Outcome::Nothing;
    }
    let actions = action::to_change(document, &present.content, wanted, &changeable);
    Outcome::Change { version: present.version, changes: changeable, actions }
}

impl Content {
    /// The kind of document that it stands in, for its schema.
    const fn kind(&self) -> Kind {
        match self {
            Self::Metric(_) | Self::Guardrail { .. } => Kind::MetricDefinition,
            Self::Flag { .. } => Kind::Flag,
            Self::Bet(_) => Kind::Bet,
            Self::Rollout { .. } => Kind::StagedRollout,
            Self::Launch(_) => Kind::Launch,
        }
    }
}

/// As `verdict diff` shows it: `+` is made, `~` is changed field by field, `=` stays, `!` is refused.
impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = &self.what;
        let lines = |f: &mut fmt::Formatter<'_>, changes: &[Change]| {
            changes.iter().try_for_each(|change| write!(f, "\n    {change}"))
        };
        match &self.outcome {
            Outcome::Create(_) => write!(f, "+ {what}"),
            Outcome::Nothing => write!(f, "= {what}"),
            Outcome::Change { changes, .. } => {
                write!(f, "~ {what}")?;
                lines(f, changes)
            }
            Outcome::Fixed(changes) => {
                write!(f, "! {what} differs in what never changes")?;
                lines(f, changes)
            }
            Outcome::KeptBy(keeper) => {
                let ManagedBy { door, source, .. } = keeper;
                write!(f, "! {what} is kept by {} {source}: change it there, or take it over", door.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests;
