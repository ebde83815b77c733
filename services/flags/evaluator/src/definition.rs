//! What a flag is, as data: its variants, and the audience that gets the variant "on".

use std::collections::BTreeMap;

use serde_json::Value;

use crate::bucketing::{BUCKETS, Bucketing};

/// The context attribute that names the caller.
pub const TARGETING_KEY: &str = "targetingKey";
/// The context attribute that names the account of the caller.
pub const ACCOUNT_ID: &str = "accountId";

/// A flag in one environment.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    pub key: String,
    /// Decides who falls into which bucket; the key of the flag stands in when there is none.
    pub salt: Option<String>,
    pub bucketing: Bucketing,
    /// All of one type: boolean, string, number or object.
    pub variants: BTreeMap<String, Value>,
    /// The variant of everybody outside the audience.
    pub off_variant: String,
    /// The variant of the audience.
    pub on_variant: String,
    /// Nobody gets the variant "on", whatever the audience says.
    pub killed: bool,
    pub audience: Audience,
}

/// Who gets the variant "on": whoever at least one of the rules names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audience {
    /// Values of `targetingKey`.
    pub members: Vec<String>,
    /// Values of the context attribute `accountId`.
    pub accounts: Vec<String>,
    pub matches: Vec<Match>,
    pub share: Share,
}

/// Names everybody whose `attribute` equals one of the values. Only attributes of the top level are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub attribute: String,
    pub any_of: Vec<Value>,
}

/// A sticky percentage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// From 0 to 10,000. Below 10,000 a caller without the unit is outside; 10,000 is everybody.
    pub basis_points: u16,
    pub unit: Unit,
}

/// What is counted: users, accounts, or whatever another attribute stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unit {
    #[default]
    TargetingKey,
    AccountId,
    Attribute(String),
}

impl Unit {
    /// The context attribute that holds the unit.
    pub fn attribute(&self) -> &str {
        match self {
            Self::TargetingKey => TARGETING_KEY,
            Self::AccountId => ACCOUNT_ID,
            Self::Attribute(name) => name,
        }
    }
}

/// Why a definition cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefinition {
    #[error("the flag has no key")]
    NoKey,
    #[error("the flag '{key}' has no variant '{variant}'")]
    NoSuchVariant { key: String, variant: String },
    #[error("the variant '{variant}' of the flag '{key}' is neither boolean, string, number nor object")]
    UnsupportedValue { key: String, variant: String },
    #[error("the variants of the flag '{key}' have different types")]
    MixedTypes { key: String },
    #[error("{basis_points} basis points is more than 10,000, in the flag '{key}'")]
    ShareOutOfRange { key: String, basis_points: u16 },
    #[error("a rule of the flag '{key}' names no attribute")]
    NoAttribute { key: String },
}

impl Definition {
    /// Everything that a served flag must fulfil.
    pub(crate) fn check(&self) -> Result<(), InvalidDefinition> {
        let key = || self.key.clone();
        if self.key.is_empty() {
            return Err(InvalidDefinition::NoKey);
        }
        self.check_variants()?;
        let Share { basis_points, ref unit } = self.audience.share;
        if basis_points > BUCKETS {
            return Err(InvalidDefinition::ShareOutOfRange { key: key(), basis_points });
        }
        let mut attributes = self.audience.matches.iter().map(|rule| rule.attribute.as_str());
        if unit.attribute().is_empty() || attributes.any(str::is_empty) {
            return Err(InvalidDefinition::NoAttribute { key: key() });
        }
        Ok(())
    }

    fn check_variants(&self) -> Result<(), InvalidDefinition> {
        let key = || self.key.clone();
        for variant in [&self.off_variant, &self.on_variant] {
            if !self.variants.contains_key(variant) {
                return Err(InvalidDefinition::NoSuchVariant { key: key(), variant: variant.clone() });
            }
        }
        if let Some((variant, _)) =
            self.variants.iter().find(|(_, value)| matches!(value, Value::Null | Value::Array(_)))
        {
            return Err(InvalidDefinition::UnsupportedValue { key: key(), variant: variant.clone() });
        }
        let mut types = self.variants.values().map(std::mem::discriminant);
        let first = types.next();
        if types.any(|other| Some(other) != first) {
            return Err(InvalidDefinition::MixedTypes { key: key() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
