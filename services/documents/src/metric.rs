//! A metric definition as a document, with the guardrails that rest on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bet::Trend;
use crate::check::{Check, Checker};
use crate::finding::Path;
use crate::words::{Decimal, Key, Reference};

/// What is measured, which way is good, and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricDefinitionSpec {
    /// The key, where it differs from metadata.name. It is for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    #[serde(rename = "type")]
    pub kind: MetricType,
    /// What the number counts: percent, seconds, orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200), extend("format" = "line"))]
    pub unit: Option<String>,
    pub good: Trend,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Decimal>,
    /// How often an observation is expected. Absent = the default of the type (rule M4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 2_147_483_647))]
    pub refresh_seconds: Option<i32>,
    #[serde(default)]
    pub aggregation: Aggregation,
    /// MetricDefinitions of a higher level (rule M1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub leads_to: Vec<Reference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub guardrails: Vec<GuardrailSpec>,
}

/// The level of a metric (rule M1): leading leads to core, core to lagging.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum MetricType {
    Leading,
    Core,
    Lagging,
    /// What must not get worse.
    Guardrail,
}

/// How a value comes from what was measured in its window (rule M17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Aggregation {
    #[default]
    Mean,
    Percentile,
    Minimum,
    Maximum,
}

/// A bound of the metric that a rollout must keep. Exactly one of failsAbove and failsBelow is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuardrailSpec {
    pub key: Key,
    /// The StagedRollout that it watches.
    pub rollout_ref: Reference,
    /// Fails when the metric is above this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails_above: Option<Decimal>,
    /// Fails when the metric is below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails_below: Option<Decimal>,
    /// That many windows in a row.
    #[serde(default = "one_point")]
    #[schemars(range(min = 1, max = 1000))]
    pub for_points: i32,
    /// Below that many exposures it is neither kept nor broken (rule M10).
    #[serde(default)]
    #[schemars(range(min = 0, max = 2_147_483_647))]
    pub min_sample: i32,
    #[serde(default)]
    pub severity: Severity,
    /// After how many events a critical guardrail may break below its minimum sample (rule M10). Absent = 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 2_147_483_647))]
    pub critical_events: Option<i32>,
    #[serde(default)]
    pub effect: Effect,
    #[serde(default)]
    pub judge: Judge,
}

const fn one_point() -> i32 {
    1
}

/// How far exposure goes back when the guardrail breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Severity {
    /// To the last good stage.
    #[default]
    Normal,
    /// To nobody.
    Critical,
}

/// What a failing guardrail does (rule R21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Effect {
    /// Records that it would have broken.
    Shadow,
    /// Stops the widening.
    Hold,
    #[default]
    Rollback,
}

/// How the sources of a metric come to one answer (rule M17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Judge {
    #[default]
    Merged,
    EachSource,
}

impl Check for MetricDefinitionSpec {
    fn check(&self, at: &Path, checker: &mut Checker) {
        let links = at.field("leadsTo");
        let keys = self.leads_to.iter().map(|link| link.key.folded());
        checker.distinct("metric", keys, |index| links.index(index).field("key"));
        for (index, link) in self.leads_to.iter().enumerate() {
            checker.metric(&links.index(index).field("key"), &link.key);
        }
        let guardrails = at.field("guardrails");
        let keys = self.guardrails.iter().map(|guardrail| guardrail.key.folded());
        checker.distinct("guardrail", keys, |index| guardrails.index(index).field("key"));
        for (index, guardrail) in self.guardrails.iter().enumerate() {
            guardrail.check(&guardrails.index(index), checker);
        }
    }
}

impl Check for GuardrailSpec {
    fn check(&self, at: &Path, checker: &mut Checker) {
        let wanted = "exactly one of failsAbove and failsBelow";
        match (&self.fails_above, &self.fails_below) {
            (None, None) => checker.add(at, "a guardrail without a bound", wanted),
            (Some(_), Some(_)) => checker.add(&at.field("failsBelow"), "a second bound", wanted),
            (Some(_), None) | (None, Some(_)) => {}
        }
        if let (Severity::Normal, Some(events)) = (self.severity, self.critical_events) {
            let wanted = "criticalEvents with severity: Critical only";
            checker.add(&at.field("criticalEvents"), events.to_string(), wanted);
        }
    }
}
