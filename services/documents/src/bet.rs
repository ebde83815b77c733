//! A bet as a document: what is believed, how it will be measured, by when, and how ready it is to be built.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Checker};
use crate::finding::Path;
use crate::words::{Decimal, Key, Moment, PersonDays, Reference};

/// A hypothesis with a metric and a time that it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BetSpec {
    /// The key, where it differs from metadata.name. It is for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// What the bet is called.
    #[schemars(length(min = 1, max = 200), extend("format" = "line"))]
    pub title: String,
    pub mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hypothesis: Option<Hypothesis>,
    /// How often the bet may be iterated (rule B10).
    #[serde(default = "default_iterations")]
    #[schemars(range(min = 0, max = 3))]
    pub iteration_limit: i32,
    /// Work that the team is ready to spend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appetite_person_days: Option<PersonDays>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timebox: Option<Timebox>,
    /// What the bet is measured by; exactly one metric is primary before it is built (rule B2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub metrics: Vec<MetricTarget>,
    /// How clear each item of the hand-off is (rule B13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handoff: Option<Handoff>,
    /// How far applying the document brings the bet. A bet that is further stays there.
    #[serde(default)]
    pub bring_to: Progress,
}

const fn default_iterations() -> i32 {
    2
}

/// How a team works: some rules demand less of a product that still looks for its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Mode {
    /// The product still looks for its users.
    ZeroToOne,
    /// The product has users to lose.
    Scaling,
}

impl Mode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ZeroToOne => "ZeroToOne",
            Self::Scaling => "Scaling",
        }
    }
}

/// We believe this, and expect that it leads to that (rule B1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Hypothesis {
    #[schemars(length(min = 1, max = 2000), extend("format" = "text"))]
    pub belief: String,
    #[schemars(length(min = 1, max = 2000), extend("format" = "text"))]
    pub expected_outcome: String,
}

/// The time that the bet is given (rule B3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timebox {
    pub start: Moment,
    /// After the start.
    pub end: Moment,
}

/// A metric, and what the team wants of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricTarget {
    /// A MetricDefinition.
    pub metric_ref: Reference,
    pub role: MetricRole,
    pub target: Decimal,
    pub direction: Trend,
}

/// What a metric is to a bet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum MetricRole {
    /// The one by which the bet is right or wrong.
    Primary,
    Secondary,
    /// What must not get worse meanwhile.
    Guardrail,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Trend {
    Increase,
    Decrease,
}

/// The ten items of a hand-off (rule B13).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Handoff {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_user: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_signal: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_goals: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_flow: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance_criteria: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dependencies: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analytics_plan: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge_cases: Option<Clarity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_off_owner: Option<Clarity>,
}

impl Handoff {
    /// The items that are assessed, by the names of the document.
    #[must_use]
    pub fn assessed(&self) -> Vec<(&'static str, Clarity)> {
        let items = [
            ("problem", self.problem),
            ("targetUser", self.target_user),
            ("successSignal", self.success_signal),
            ("nonGoals", self.non_goals),
            ("userFlow", self.user_flow),
            ("acceptanceCriteria", self.acceptance_criteria),
            ("dependencies", self.dependencies),
            ("analyticsPlan", self.analytics_plan),
            ("edgeCases", self.edge_cases),
            ("tradeOffOwner", self.trade_off_owner),
        ];
        items.into_iter().filter_map(|(item, clarity)| Some((item, clarity?))).collect()
    }
}

/// How clear an item of a hand-off is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Clarity {
    Clear,
    Fuzzy,
    Missing,
}

/// How far a document brings a bet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
pub enum Progress {
    #[default]
    Proposed,
    Discovering,
    Shaping,
    Shaped,
    /// Handed off.
    Building,
}

impl Check for BetSpec {
    fn check(&self, at: &Path, checker: &mut Checker) {
        if let Some(timebox) = &self.timebox {
            timebox.check(&at.field("timebox"), checker);
        }
        let at = at.field("metrics");
        let name = |index: usize| at.index(index).field("metricRef").field("key");
        let keys = self.metrics.iter().map(|metric| metric.metric_ref.key.folded());
        checker.distinct("metric", keys, name);
        for (index, metric) in self.metrics.iter().enumerate() {
            checker.metric(&name(index), &metric.metric_ref.key);
        }
        let primary = |metric: &MetricTarget| metric.role == MetricRole::Primary;
        let mut primaries = self.metrics.iter().enumerate().filter(|(_, metric)| primary(metric));
        if let (Some(_), Some((second, _))) = (primaries.next(), primaries.next()) {
            let role = at.index(second).field("role");
            checker.add(&role, "a second primary metric", "one metric with the role Primary (rule B2)");
        }
    }
}

impl Check for Timebox {
    fn check(&self, at: &Path, checker: &mut Checker) {
        let (start, end) = (self.start.instant(), self.end.instant());
        if start.zip(end).is_some_and(|(start, end)| end <= start) {
            let found = format!("{}, which is not after the start {}", self.end, self.start);
            checker.add(&at.field("end"), found, "an end after the start (rule B3)");
        }
    }
}
