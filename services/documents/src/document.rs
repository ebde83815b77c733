//! A document: what a thing is called, of which kind it is, and what is wanted of it.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::bet::BetSpec;
use crate::check::{Check, Checker};
use crate::finding::{Path, Problem};
use crate::flag::FlagSpec;
use crate::launch::LaunchSpec;
use crate::metric::{MetricDefinitionSpec, MetricType};
use crate::rollout::StagedRolloutSpec;
use crate::words::{Key, Name};

/// The version of all documents.
pub const API_VERSION: &str = "verdict.dev/v1alpha1";

/// A document, as it stands in a file and as Kubernetes keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub metadata: Metadata,
    pub spec: Spec,
}

/// What a thing is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metadata {
    /// The key, unless spec.key gives another.
    pub name: Name,
    /// The team. Absent = that of whoever applies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 63))]
    pub namespace: Option<Name>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

impl Metadata {
    /// Of a thing with this name in the team of whoever applies it.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.into(), namespace: None, labels: BTreeMap::new(), annotations: BTreeMap::new() }
    }
}

/// What is wanted of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spec {
    MetricDefinition(MetricDefinitionSpec),
    Flag(FlagSpec),
    Bet(BetSpec),
    StagedRollout(StagedRolloutSpec),
    Launch(LaunchSpec),
}

/// The kinds of documents, in the order in which they are applied: what is referred to comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    MetricDefinition,
    Flag,
    Bet,
    StagedRollout,
    Launch,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::MetricDefinition, Self::Flag, Self::Bet, Self::StagedRollout, Self::Launch];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MetricDefinition => "MetricDefinition",
            Self::Flag => "Flag",
            Self::Bet => "Bet",
            Self::StagedRollout => "StagedRollout",
            Self::Launch => "Launch",
        }
    }

    /// The kind of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Spec {
    pub const fn kind(&self) -> Kind {
        match self {
            Self::MetricDefinition(_) => Kind::MetricDefinition,
            Self::Flag(_) => Kind::Flag,
            Self::Bet(_) => Kind::Bet,
            Self::StagedRollout(_) => Kind::StagedRollout,
            Self::Launch(_) => Kind::Launch,
        }
    }

    /// The spec of that kind in this JSON.
    pub(crate) fn read(kind: Kind, json: Value) -> serde_json::Result<Self> {
        Ok(match kind {
            Kind::MetricDefinition => Self::MetricDefinition(serde_json::from_value(json)?),
            Kind::Flag => Self::Flag(serde_json::from_value(json)?),
            Kind::Bet => Self::Bet(serde_json::from_value(json)?),
            Kind::StagedRollout => Self::StagedRollout(serde_json::from_value(json)?),
            Kind::Launch => Self::Launch(serde_json::from_value(json)?),
        })
    }

    /// As JSON, with what was left out filled in.
    pub(crate) fn to_json(&self) -> Value {
        let written = match self {
            Self::MetricDefinition(spec) => serde_json::to_value(spec),
            Self::Flag(spec) => serde_json::to_value(spec),
            Self::Bet(spec) => serde_json::to_value(spec),
            Self::StagedRollout(spec) => serde_json::to_value(spec),
            Self::Launch(spec) => serde_json::to_value(spec),
        };
        // Nothing in a spec is without a form in JSON: every map has texts for names.
        written.unwrap_or_default()
    }

    const fn key(&self) -> Option<&Key> {
        match self {
            Self::MetricDefinition(spec) => spec.key.as_ref(),
            Self::Flag(spec) => spec.key.as_ref(),
            Self::Bet(spec) => spec.key.as_ref(),
            Self::StagedRollout(spec) => spec.key.as_ref(),
            Self::Launch(spec) => spec.key.as_ref(),
        }
    }

    const fn key_mut(&mut self) -> &mut Option<Key> {
        match self {
            Self::MetricDefinition(spec) => &mut spec.key,
            Self::Flag(spec) => &mut spec.key,
            Self::Bet(spec) => &mut spec.key,
            Self::StagedRollout(spec) => &mut spec.key,
            Self::Launch(spec) => &mut spec.key,
        }
    }
}

impl Document {
    /// The document of the thing with this key: its name follows from the key, which stands in the spec where the two
    /// differ.
    #[must_use]
    pub fn of(key: &Key, team: Option<&str>, mut spec: Spec) -> Self {
        let name = Name::from_key(key);
        *spec.key_mut() = Some(key.clone()).filter(|key| key.as_str() != name.as_str());
        let metadata = Metadata { namespace: team.map(Name::from), ..Metadata::named(name.as_str()) };
        Self { metadata, spec }
    }

    pub const fn kind(&self) -> Kind {
        self.spec.kind()
    }

    /// Its place in the order in which documents are applied: by kind; among metrics those of higher levels first, which the
    /// others lead to.
    pub const fn rank(&self) -> (Kind, u8) {
        let level = match &self.spec {
            Spec::MetricDefinition(metric) => match metric.kind {
                MetricType::Lagging => 0,
                MetricType::Core => 1,
                MetricType::Leading => 2,
                MetricType::Guardrail => 3,
            },
            Spec::Flag(_) | Spec::Bet(_) | Spec::StagedRollout(_) | Spec::Launch(_) => 0,
        };
        (self.kind(), level)
    }

    /// The key of the thing: spec.key, else the name.
    #[must_use]
    pub fn key(&self) -> Key {
        self.spec.key().cloned().unwrap_or_else(|| Key::from(self.metadata.name.as_str()))
    }

    /// Whether the key stands in the spec.
    pub(crate) const fn has_own_key(&self) -> bool {
        self.spec.key().is_some()
    }

    /// The team that it names.
    pub fn team(&self) -> Option<&str> {
        self.metadata.namespace.as_ref().map(Name::as_str)
    }

    /// Fields that do not fit each other. A document that was read has none.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut checker = Checker::default();
        let at = Path::of(&["spec"]);
        if let Err(wanted) = crate::words::judge("key", self.key().as_str()) {
            let name = Path::of(&["metadata", "name"]);
            let found = crate::node::quoted(self.key().as_str());
            checker.add(&name, found, format!("{wanted}, or such a key in spec.key"));
        }
        match &self.spec {
            Spec::MetricDefinition(spec) => {
                // A name has no capitals.
                spec.key.iter().for_each(|key| checker.metric(&at.field("key"), key));
                spec.check(&at, &mut checker);
            }
            Spec::Flag(spec) => spec.check(&at, &mut checker),
            Spec::Bet(spec) => spec.check(&at, &mut checker),
            Spec::StagedRollout(spec) => spec.check(&at, &mut checker),
            Spec::Launch(spec) => spec.check(&at, &mut checker),
        }
        checker.into_problems()
    }

    /// As JSON, with what was left out filled in.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let metadata = serde_json::to_value(&self.metadata).unwrap_or_default();
        json!({
            "apiVersion": API_VERSION,
            "kind": self.kind().as_str(),
            "metadata": metadata,
            "spec": self.spec.to_json(),
        })
    }
}

#[cfg(test)]
mod tests;
