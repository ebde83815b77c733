//! What a command comes to: events with the remarks and overrides that belong to them, or everything that stands in its way.

use crate::policy::Level;
use crate::refusal::Refusal;
use crate::rule::RuleId;

/// An accepted command. Without events there was nothing left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<E> {
    pub events: Vec<E>,
    /// In the order in which the rules were judged.
    pub remarks: Vec<Remark>,
    pub overrides: Vec<Override>,
}

impl<E> Decision<E> {
    /// There is nothing left to do.
    pub const fn nothing() -> Self {
        Self { events: Vec::new(), remarks: Vec::new(), overrides: Vec::new() }
    }
}

impl<E> From<Vec<E>> for Decision<E> {
    fn from(events: Vec<E>) -> Self {
        Self { events, ..Self::nothing() }
    }
}

/// What a rule of kind W has to say about an accepted command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub rule: RuleId,
    pub sentence: String,
}

/// A rule that did not hold and was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub rule: RuleId,
    /// The code and the facts of the refusal that it would have been.
    pub code: String,
    pub required: String,
    pub seen: String,
    pub ground: Ground,
    /// Ids of what it was given for, for example of breaches.
    pub about: Vec<String>,
}

/// What lets a rule be passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A person with the right to do so, for this reason; never empty.
    Reason(String),
    /// The policy level of the team (rule P1).
    Policy(Level),
}

/// Everything that stands in the way of a command, in the order in which it was judged; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blockers {
    /// Apart, so that what is returned by value is small.
    first: Box<Refusal>,
    others: Vec<Refusal>,
}

impl Blockers {
    /// `None` when nothing blocks.
    pub fn of(refusals: Vec<Refusal>) -> Option<Self> {
        let mut refusals = refusals.into_iter();
        let first = refusals.next()?;
        Some(Self { first: Box::new(first), others: refusals.collect() })
    }

    /// The one that the reply speaks of.
    pub fn first(&self) -> &Refusal {
        &self.first
    }

    /// What else would have been refused, as far as it could be judged.
    pub fn others(&self) -> &[Refusal] {
        &self.others
    }

    pub fn all(&self) -> impl Iterator<Item = &Refusal> {
        std::iter::once(self.first()).chain(&self.others)
    }

    /// Without the first one.
    pub fn into_first(self) -> Refusal {
        *self.first
    }
}

/// One refusal stops at once.
impl<R: Into<Refusal>> From<R> for Blockers {
    fn from(refusal: R) -> Self {
        Self { first: Box::new(refusal.into()), others: Vec::new() }
    }
}

/// A fact that a decision rests on. Without it nothing is decided: what was not asked is not a yes.
pub fn known<'a, T>(fact: Option<&'a T>, what: &str) -> Result<&'a T, Blockers> {
    fact.ok_or_else(|| {
        Refusal::out_of_order("fact_unknown", format!("{what} must be known for this, and was not asked"))
            .compared(what, "unknown")
            .into()
    })
}
