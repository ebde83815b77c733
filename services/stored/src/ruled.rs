//! What is stored beside the events of the command that it belongs to: remarks and overrides, which say at what price it was
//! decided, what the thing is called, and who keeps its plan. No aggregate folds them: what was decided is in its own events.

use verdict_kernel::decision::{Decision, Ground, Override, Remark};
use verdict_proto::v1 as pb;

use crate::{DecodeError, EventOf, Stored, Wire, parse, required};

const REMARKED: &str = "Remarked.v1";
const OVERRIDDEN: &str = "Overridden.v1";
const NAMED: &str = "Named.v1";
const KEPT: &str = "Kept.v1";

/// What a stored event is besides one of the aggregate's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruled {
    Remark(pb::Remarked),
    Override(pb::Overridden),
    /// What it is called.
    Name(pb::Named),
    /// Who keeps its plan from now on; nobody where it names no door.
    Keeper(pb::ManagedBy),
}

/// What a thing is called and who keeps its plan: the last of each that stands in its stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    pub name: Option<pb::Named>,
    /// `None` where no document keeps its plan.
    pub keeper: Option<pb::ManagedBy>,
}

impl Beside {
    /// Remembers what was said; remarks and overrides belong to their command alone.
    pub fn learn(&mut self, said: &Ruled) {
        match said {
            Ruled::Remark(_) | Ruled::Override(_) => {}
            Ruled::Name(name) => self.name = Some(name.clone()),
            Ruled::Keeper(keeper) => {
                self.keeper = Some(keeper.clone()).filter(|keeper| keeper.door.is_some());
            }
        }
    }

    /// Empty where nobody named it.
    pub fn key(&self) -> String {
        self.name.as_ref().and_then(|name| name.key.clone()).unwrap_or_default()
    }
}

/// A name as it is stored.
pub fn named<W: Wire>(name: &pb::Named) -> Stored {
    Stored::new(format!("{}.{NAMED}", W::TYPES), name)
}

/// A keeper as it is stored.
pub fn kept<W: Wire>(keeper: &pb::ManagedBy) -> Stored {
    Stored::new(format!("{}.{KEPT}", W::TYPES), keeper)
}

/// The remarks and overrides of a decision in the form in which they are stored.
pub fn encode<W: Wire, E>(decision: &Decision<E>) -> Vec<Stored> {
    let remarks = decision
        .remarks
        .iter()
        .map(|remark| Stored::new(format!("{}.{REMARKED}", W::TYPES), &remarked(remark)));
    let overrides = decision
        .overrides
        .iter()
        .map(|over| Stored::new(format!("{}.{OVERRIDDEN}", W::TYPES), &overridden(over)));
    remarks.chain(overrides).collect()
}

/// Whether it stands beside the events of a command, of whichever aggregate: whoever follows streams passes over those.
pub fn is_ruled(event_type: &str) -> bool {
    let name = event_type.splitn(3, '.').nth(2);
    name.is_some_and(|name| [REMARKED, OVERRIDDEN, NAMED, KEPT].contains(&name))
}

/// The event of the aggregate's own; `Ok(None)` for one that nobody folds: what stands beside, a retired one.
pub fn own<W: Wire>(event_type: &str, data: &[u8]) -> Result<Option<EventOf<W>>, DecodeError> {
    if is_ruled(event_type) { Ok(None) } else { W::decode(event_type, data) }
}

/// `Ok(None)` for an event of the aggregate's own.
pub fn decode<W: Wire>(event_type: &str, data: &[u8]) -> Result<Option<Ruled>, DecodeError> {
    let name = event_type.strip_prefix(W::TYPES).and_then(|rest| rest.strip_prefix('.'));
    match name {
        Some(REMARKED) => {
            let remarked: pb::Remarked = parse(data)?;
            has_rule(remarked.rule.as_deref())?;
            Ok(Some(Ruled::Remark(remarked)))
        }
        Some(OVERRIDDEN) => {
            let overridden: pb::Overridden = parse(data)?;
            has_rule(overridden.rule.as_deref())?;
            Ok(Some(Ruled::Override(overridden)))
        }
        Some(NAMED) => {
            let named: pb::Named = parse(data)?;
            required(named.key.as_deref(), "key")?;
            Ok(Some(Ruled::Name(named)))
        }
        Some(KEPT) => Ok(Some(Ruled::Keeper(parse(data)?))),
        Some(_) | None => Ok(None),
    }
}

/// What stands beside the events of a command, or the event of the aggregate's own; neither for a retired one.
pub fn either<W: Wire>(
    event_type: &str,
    data: &[u8],
) -> Result<(Option<Ruled>, Option<EventOf<W>>), DecodeError> {
    match decode::<W>(event_type, data)? {
        Some(said) => Ok((Some(said), None)),
        None => Ok((None, W::decode(event_type, data)?)),
    }
}

/// A rule that a later version knows is still a remark to this one, so only its absence is an error.
fn has_rule(rule: Option<&str>) -> Result<(), DecodeError> {
    required(rule, "rule").map(drop)
}

/// A remark as it is stored and told.
pub fn remarked(remark: &Remark) -> pb::Remarked {
    pb::Remarked { rule: Some(remark.rule.to_string()), sentence: Some(remark.sentence.clone()) }
}

/// An override as it is stored and told.
pub fn overridden(over: &Override) -> pb::Overridden {
    let (reason, level) = match &over.ground {
        Ground::Reason(reason) => (Some(reason.clone()), None),
        Ground::Policy(level) => (None, Some(level.to_string())),
    };
    pb::Overridden {
        rule: Some(over.rule.to_string()),
        code: Some(over.code.clone()),
        required: Some(over.required.clone()),
        seen: Some(over.seen.clone()),
        reason,
        level,
        about: over.about.clone(),
    }
}
