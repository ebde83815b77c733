//! A flag as a document: what it is. Whom it reaches belongs to its rollout and to people, and to no file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::{Check, Checker};
use crate::finding::Path;
use crate::words::{Environment, Key, Line, Moment};

/// A flag of one environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FlagSpec {
    /// The key, where it differs from metadata.name. It is for ever (rule F9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// Absent = production. A flag within a rollout is of the environment of the rollout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    pub kind: FlagKind,
    /// Who answers for it; a release flag has one (rule F4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Line>,
    /// When a release flag is to be gone from the code. Absent = as rule F4 says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleanup_on: Option<Moment>,
    /// The attribute that percentages bucket: targetingKey, or accountId.
    #[serde(default = "default_unit")]
    pub unit: Line,
    /// What the flag can answer, all of one type. Absent = on: true and off: false.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub variants: Vec<Variant>,
    /// What whoever is reached gets.
    #[serde(default = "default_on")]
    pub on_variant: Line,
    /// What everybody else gets.
    #[serde(default = "default_off")]
    pub off_variant: Line,
}

fn default_unit() -> Line {
    Line::from("targetingKey")
}

fn default_on() -> Line {
    Line::from("on")
}

fn default_off() -> Line {
    Line::from("off")
}

/// What a flag is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum FlagKind {
    /// Shows a change in stages, and goes away.
    Release,
    /// A switch for whoever runs the product.
    Ops,
    /// Decides who may.
    Permission,
}

/// An answer of a flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variant {
    pub name: Line,
    /// A boolean, text, number or section.
    #[schemars(extend("x-kubernetes-preserve-unknown-fields" = true))]
    pub value: Value,
}

impl Check for FlagSpec {
    fn check(&self, at: &Path, checker: &mut Checker) {
        if self.kind == FlagKind::Release && self.owner.is_none() {
            let wanted = "who answers for a release flag (rule F4)";
            checker.add(&at.field("owner"), "nothing", wanted);
        }
        let variants = at.field("variants");
        let names = self.variants.iter().map(|variant| variant.name.to_string());
        checker.distinct("variant", names, |index| variants.index(index).field("name"));
        self.one_type(&variants, checker);
        for (field, chosen) in [("onVariant", &self.on_variant), ("offVariant", &self.off_variant)] {
            let names = self.names();
            if !names.contains(&chosen.as_str()) {
                let wanted = format!("one of the variants {}", names.join(", "));
                checker.add(&at.field(field), format!("\"{chosen}\""), wanted);
            }
        }
    }
}

impl FlagSpec {
    fn names(&self) -> Vec<&str> {
        if self.variants.is_empty() {
            return vec!["on", "off"];
        }
        self.variants.iter().map(|variant| variant.name.as_str()).collect()
    }

    /// Rule F9: no edge serves a flag whose variants are of different types, or of none that it knows.
    fn one_type(&self, at: &Path, checker: &mut Checker) {
        let servable = |value: &Value| !matches!(value, Value::Null | Value::Array(_));
        let mut first = None;
        for (index, Variant { value, .. }) in self.variants.iter().enumerate() {
            let at = at.index(index).field("value");
            let seen = type_of(value);
            let first = *first.get_or_insert(seen);
            if !servable(value) {
                checker.add(&at, seen, "true, false, a text, a number or a section (rule F9)");
                return;
            }
            if seen != first {
                checker.add(&at, seen, format!("{first}, as the first variant has (rule F9)"));
                return;
            }
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a section",
    }
}
