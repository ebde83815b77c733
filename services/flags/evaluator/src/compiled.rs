//! A definition in the form that answers fastest, and the answer.
//!
//! The rules are asked in a fixed order and the first that knows the caller decides:
//! kill, members, accounts, attributes, percentage. An evaluation allocates nothing; the one exception is a
//! percentage over an attribute that holds an object, whose keys must be sorted.

use serde_json::{Map, Value};

use crate::bucketing::{BUCKETS, Salted};
use crate::definition::{ACCOUNT_ID, Definition, InvalidDefinition, Match, TARGETING_KEY};

/// A flag that is ready to be asked.
#[derive(Debug, Clone)]
pub struct Compiled {
    key: Box<str>,
    on: Answer,
    off: Answer,
    rules: Rules,
    /// Only whom all of these take in as well gets the variant "on".
    bounds: Vec<Rules>,
}

/// What is known about the caller: the attributes of the evaluation context.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    attributes: Option<&'a Map<String, Value>>,
}

/// The variant for one caller, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evaluation<'a> {
    pub variant: &'a str,
    pub value: &'a Value,
    pub reason: Reason,
}

/// Why a caller gets a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No rule tells callers apart: everybody gets the same.
    Static,
    /// A list or an attribute names the caller.
    TargetingMatch,
    /// The percentage decided, for or against.
    Split,
    /// The flag is killed.
    Disabled,
    /// A percentage of targeting keys could not place the caller, who has none.
    NoTargetingKey,
    /// There are rules, and none of them could place the caller.
    Default,
}

#[derive(Debug, Clone)]
struct Answer {
    variant: Box<str>,
    value: Value,
}

#[derive(Debug, Clone)]
enum Rules {
    Killed,
    Nobody,
    Everybody,
    Ordered(Ordered),
}

#[derive(Debug, Clone)]
struct Ordered {
    members: Names,
    accounts: Names,
    matches: Box<[Match]>,
    split: Option<Split>,
}

#[derive(Debug, Clone)]
struct Split {
    salted: Salted,
    attribute: Box<str>,
    /// Buckets below this one are inside. The audience grows upwards from bucket 0 and never loses one.
    end: u16,
}

/// Sorted names.
#[derive(Debug, Clone)]
struct Names(Box<[Box<str>]>);

impl Compiled {
    /// Checks and prepares `definition`.
    pub fn new(definition: &Definition) -> Result<Self, InvalidDefinition> {
        definition.check()?;
        Ok(Self {
            key: definition.key.as_str().into(),
            on: answer(definition, &definition.on_variant)?,
            off: answer(definition, &definition.off_variant)?,
            rules: rules(definition),
            bounds: Vec::new(),
        })
    }

    /// The narrower of both: "on" is for those whom this flag and `bound` take in, and its variants stay its own.
    #[must_use]
    pub fn bounded_by(mut self, bound: Self) -> Self {
        self.bounds.push(bound.rules);
        self.bounds.extend(bound.bounds);
        self
    }

    /// The key of the flag, never empty.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether the flag is killed, so that everybody gets the variant "off".
    pub fn is_killed(&self) -> bool {
        std::iter::once(&self.rules).chain(&self.bounds).any(|rules| matches!(rules, Rules::Killed))
    }

    /// The answer for everybody while the flag is off, whatever its rules say.
    pub fn off(&self) -> Evaluation<'_> {
        Evaluation { variant: &self.off.variant, value: &self.off.value, reason: Reason::Disabled }
    }

    /// The variant for the caller that `context` describes. The same context always gets the same answer.
    pub fn evaluate(&self, context: Context<'_>) -> Evaluation<'_> {
        let (mut is_on, mut reason) = self.rules.judge(context);
        for bound in &self.bounds {
            if !is_on {
                break;
            }
            let (within, why) = bound.judge(context);
            if !within {
                (is_on, reason) = (false, why);
            }
        }
        let answer = if is_on { &self.on } else { &self.off };
        Evaluation { variant: &answer.variant, value: &answer.value, reason }
    }
}

impl<'a> Context<'a> {
    /// The attributes of a caller, `targetingKey` among them.
    pub fn of(attributes: &'a Map<String, Value>) -> Self {
        Self { attributes: Some(attributes) }
    }

    /// A caller of whom nothing is known.
    pub fn anonymous() -> Self {
        Self::default()
    }

    fn get(self, attribute: &str) -> Option<&'a Value> {
        self.attributes?.get(attribute)
    }

    fn text(self, attribute: &str) -> Option<&'a str> {
        self.get(attribute)?.as_str()
    }
}

impl Rules {
    /// Whether the caller gets the variant "on", and why.
    fn judge(&self, context: Context<'_>) -> (bool, Reason) {
        match self {
            Self::Killed => (false, Reason::Disabled),
            Self::Nobody => (false, Reason::Static),
            Self::Everybody => (true, Reason::Static),
            Self::Ordered(rules) => match rules.place(context) {
                Place::Named => (true, Reason::TargetingMatch),
                Place::Inside => (true, Reason::Split),
                Place::Outside => (false, Reason::Split),
                Place::Keyless => (false, Reason::NoTargetingKey),
                Place::Unplaced => (false, Reason::Default),
            },
        }
    }
}

/// Where the rules put a caller.
enum Place {
    Named,
    Inside,
    Outside,
    /// A percentage of targeting keys meets a caller who has none.
    Keyless,
    Unplaced,
}

impl Ordered {
    fn place(&self, context: Context<'_>) -> Place {
        if self.members.contain(context, TARGETING_KEY)
            || self.accounts.contain(context, ACCOUNT_ID)
            || self.matches.iter().any(|rule| names(rule, context))
        {
            return Place::Named;
        }
        let Some(split) = &self.split else {
            return Place::Unplaced;
        };
        match split.bucket(context) {
            Some(bucket) if bucket < split.end => Place::Inside,
            Some(_) => Place::Outside,
            None if &*split.attribute == TARGETING_KEY => Place::Keyless,
            None => Place::Unplaced,
        }
    }
}

impl Split {
    fn bucket(&self, context: Context<'_>) -> Option<u16> {
        let unit = context.get(&self.attribute)?;
        // The protocol makes a targeting key a text; another type is a mistake of the caller, not a person.
        if &*self.attribute == TARGETING_KEY && !unit.is_string() {
            return None;
        }
        self.salted.bucket(unit)
    }
}

impl Names {
    fn sorted(names: &[String]) -> Self {
        let mut names: Vec<Box<str>> = names.iter().map(|name| name.as_str().into()).collect();
        names.sort_unstable();
        names.dedup();
        Self(names.into())
    }

    fn contain(&self, context: Context<'_>, attribute: &str) -> bool {
        !self.0.is_empty()
            && context
                .text(attribute)
                .is_some_and(|name| self.0.binary_search_by(|known| (**known).cmp(name)).is_ok())
    }
}

fn answer(definition: &Definition, variant: &str) -> Result<Answer, InvalidDefinition> {
    match definition.variants.get(variant) {
        Some(value) => Ok(Answer { variant: variant.into(), value: value.clone() }),
        None => {
            Err(InvalidDefinition::NoSuchVariant { key: definition.key.clone(), variant: variant.to_owned() })
        }
    }
}

fn rules(definition: &Definition) -> Rules {
    let audience = &definition.audience;
    if definition.killed {
        return Rules::Killed;
    }
    let share = &audience.share;
    // Whoever has no key is part of the whole: else going back from 100 % to a smaller audience that names an
    // account would expose callers of it who have no key.
    if share.basis_points == BUCKETS {
        return Rules::Everybody;
    }
    let named = !(audience.members.is_empty() && audience.accounts.is_empty() && audience.matches.is_empty());
    if !named && share.basis_points == 0 {
        return Rules::Nobody;
    }
    let salt = definition.salt.as_deref().unwrap_or(&definition.key);
    Rules::Ordered(Ordered {
        members: Names::sorted(&audience.members),
        accounts: Names::sorted(&audience.accounts),
        matches: audience.matches.clone().into(),
        split: (share.basis_points > 0).then(|| Split {
            salted: definition.bucketing.salted(salt),
            attribute: share.unit.attribute().into(),
            end: share.basis_points,
        }),
    })
}

fn names(rule: &Match, context: Context<'_>) -> bool {
    context.get(&rule.attribute).is_some_and(|seen| rule.any_of.iter().any(|value| same(value, seen)))
}

/// Equality of JSON values in which 1 and 1.0 are the same number.
fn same(a: &Value, b: &Value) -> bool {
    if let (Value::Number(x), Value::Number(y)) = (a, b) {
        x == y || x.as_f64() == y.as_f64()
    } else {
        a == b
    }
}

#[cfg(test)]
mod tests;
