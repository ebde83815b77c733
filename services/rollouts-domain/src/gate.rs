//! The gate before a widening: a list of small named checks over evidence, judged in one fixed order.
//!
//! kill > guardrail > health > soak > minimum sample > signals > checklists. Every check answers Pass, Fail
//! or Unknown; only a report in which everything passes lets exposure grow. Nothing here narrows, and
//! nothing that narrows asks here.

use std::collections::BTreeMap;
use std::time::Duration;

use verdict_kernel::check::{Check, CheckState, GateReport, Unknown};
use verdict_kernel::clock::{Timestamp, between};
use verdict_kernel::rule::RuleId;

use crate::rollout::plan::{Mode, Move};
use crate::stage::StageName;

mod checks;
pub mod clocks;
pub mod facts;

pub(crate) use checks::spell;
pub use clocks::Clocks;
pub use facts::{Answer, Confirmed, Fact, FactKind, Facts, FlagFact, GuardrailFact, MetricFact, MetricKind};

/// Facts that are older are Unknown(Stale) (rule R16; the default of the rule).
pub const FRESHNESS: Duration = Duration::from_secs(5);
/// Two clocks that disagree by more are both not to be trusted: that of whoever confirmed facts, or the log's, and our
/// own.
pub const CLOCK_TOLERANCE: Duration = Duration::from_secs(2);

/// Evidence that opens the way out of Internal (rule R6).
pub const OPEN_P0_BUGS: &str = "open_p0_bugs";
/// See [`OPEN_P0_BUGS`].
pub const CORE_FLOW_VERIFIED: &str = "core_flow_verified";

/// Every name that a line of a report can have.
pub const CHECK_NAMES: [&str; 13] = [
    "kill",
    "hold",
    "guardrail",
    "watch",
    "freshness",
    "soak",
    "minimum_sample",
    "metric_watch",
    "guardrail_armed",
    "gate_metric",
    "instrumentation",
    OPEN_P0_BUGS,
    CORE_FLOW_VERIFIED,
];

/// The newest evidence of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub value: String,
    pub at: Timestamp,
}

/// How the soak of the present step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soak {
    Until(Timestamp),
    /// Paused: the soak starts again on resume.
    Interrupted,
}

/// Whether the metrics service still watches the rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    Held,
    /// With the last renewal that was seen.
    Lost(Timestamp),
}

/// All that a gate is judged on.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    /// The stage that is served.
    pub from: StageName,
    pub to: Move,
    pub mode: Mode,
    pub soak: Soak,
    pub watch: Watch,
    /// By kind.
    pub evidence: &'a BTreeMap<String, Evidence>,
    pub facts: &'a Facts,
    /// When the gate is judged.
    pub at: Timestamp,
}

impl Gate<'_> {
    /// Every check that applies, in the order of judgement.
    #[must_use]
    pub fn report(&self) -> GateReport {
        let mut checks = Vec::with_capacity(checks::ALL.len() + self.facts.guardrails().len());
        for check in &checks::ALL {
            check(self, &mut checks);
        }
        GateReport { checks }
    }

    /// Whether users beyond the team are concerned.
    fn is_external(&self) -> bool {
        match self.to {
            Move::Step(_) | Move::Complete => self.from > StageName::Internal,
            Move::Stage(to) => to > StageName::Internal,
        }
    }

    /// What the metrics context confirmed, or why it does not count (rule R16).
    fn confirmed(&self) -> Result<&Confirmed, (Unknown, String)> {
        match &self.facts.metrics {
            Answer::Silent(why) => Err((Unknown::Unhealthy, format!("no answer: {why}"))),
            Answer::Undated(_, clocks) => Err((Unknown::Unhealthy, clocks.to_string())),
            Answer::Given(given) if between(given.at, self.at) > FRESHNESS => {
                Err((Unknown::Stale, format!("confirmed at {}", given.at)))
            }
            Answer::Given(given) if between(self.at, given.at) > CLOCK_TOLERANCE => {
                Err((Unknown::Unhealthy, format!("confirmed at {}, which is still to come", given.at)))
            }
            Answer::Given(given) => Ok(given),
        }
    }

    /// The facts to record with a widening.
    #[must_use]
    pub fn recorded(&self) -> Vec<Fact> {
        let evidence = self.evidence.iter().map(|(kind, evidence)| Fact {
            kind: FactKind::Evidence,
            subject: kind.clone(),
            state: CheckState::Pass,
            source: evidence.value.clone(),
            confirmed_at: evidence.at,
        });
        let mut facts = self.facts.recorded();
        if self.asks_for_evidence() {
            facts.extend(evidence);
        }
        facts
    }

    /// Rule R6 is about the way from Internal to Alpha.
    fn asks_for_evidence(&self) -> bool {
        self.from == StageName::Internal && self.to == Move::Stage(StageName::Alpha)
    }
}

/// What a report comes to, without the words: two reports that agree in it tell the same.
pub type Outline = Vec<(RuleId, &'static str, CheckState)>;

/// The outline of a report.
#[must_use]
pub fn outline(report: &GateReport) -> Outline {
    report.checks.iter().map(line).collect()
}

/// Whether the report has this outline.
pub(crate) fn has_outline(report: &GateReport, outline: &Outline) -> bool {
    report.checks.iter().map(line).eq(outline.iter().copied())
}

const fn line(check: &Check) -> (RuleId, &'static str, CheckState) {
    (check.rule, check.name, check.state)
}

#[cfg(test)]
mod tests;
