//! The gate before a widening: a list of small named checks over evidence, judged in one fixed order.
//!
//! kill > guardrail > health > soak > minimum sample > signals > checklists. Every check answers Pass, Fail
//! or Unknown; only a report in which everything passes lets exposure grow, unless the policy level of the team
//! lets a person pass what does not (rule P1). Nothing here narrows, and nothing that narrows asks here.

use std::collections::BTreeMap;
use std::time::Duration;

use verdict_kernel::check::{Check, CheckState, GateReport, Unknown};
use verdict_kernel::clock::{self, Timestamp};
use verdict_kernel::mode::Mode;
use verdict_kernel::rule::RuleId;

use crate::plan::{Move, Plan};
use crate::stage::{Class, StageName};

mod checks;
pub mod clocks;
pub mod evidence;
pub mod facts;

pub use clocks::{Clocks, Doubt};
pub use evidence::{Evidence, EvidenceKind, Verdict};
pub use facts::{
    Answer, BreachFact, Confirmed, Fact, FactKind, Facts, FlagFact, FlagStanding, GuardrailEffect,
    GuardrailFact, MetricFact,
};
pub use verdict_kernel::instrumentation::{MetricKind, MetricRole};

/// Facts that are older are Unknown(Stale) (rule R16; the default of the rule).
pub const FRESHNESS: Duration = Duration::from_secs(5);
/// Two clocks that disagree by more are both not to be trusted: that of whoever confirmed facts, or the log's, and our
/// own.
pub const CLOCK_TOLERANCE: Duration = clock::TOLERANCE.unsigned_abs();

/// Every name that a line of a report can have.
pub const CHECK_NAMES: [&str; 22] = [
    "kill",
    "hold",
    "taken_away",
    "guardrail",
    "watch",
    "freshness",
    "soak",
    "minimum_sample",
    "metric_watch",
    "guardrail_armed",
    "instrumentation",
    "open_p0_bugs",
    "core_flow_verified",
    "rollback",
    "served",
    "breach",
    "reason",
    "false_alarm",
    "paused",
    "completed",
    "overdue",
    "no_return",
];

/// How the soak of the present step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soak {
    Until(Timestamp),
    /// Paused: nothing soaks.
    Interrupted,
    /// Nobody asks for it: what was there before is given back.
    Waived,
}

/// Whether the metrics service still watches the rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    Held,
    /// With the last renewal that was seen.
    Lost(Timestamp),
}

/// All that a gate is judged on.
#[derive(Debug, Clone)]
pub struct Gate<'a> {
    pub plan: &'a Plan,
    /// The stage that is served.
    pub from: &'a StageName,
    pub to: Move,
    pub soak: Soak,
    pub watch: Watch,
    pub evidence: &'a BTreeMap<EvidenceKind, Evidence>,
    pub facts: &'a Facts,
    /// When the stage that is served has taken as long as it may; `None` = open end.
    pub overdue_at: Option<Timestamp>,
    /// Version of the flag that the present step was decided on; `None` where a person decides anew.
    pub entered_on: Option<u32>,
    /// Causes of holds that are released with the way on.
    pub answered: &'a [String],
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

    /// Whom the way on concerns.
    fn class(&self) -> Class {
        match &self.to {
            Move::Step(_) | Move::Complete => self.plan.class(self.from),
            Move::Stage(to) => self.plan.class(to),
        }
    }

    /// The class that is entered for the first time: its gate is asked here and nowhere else (decision D40).
    fn first_entry(&self) -> Option<Class> {
        let class = self.class();
        (class > self.plan.class(self.from)).then_some(class)
    }

    /// Whether users beyond the team are concerned.
    fn is_external(&self) -> bool {
        self.class() > Class::Internal
    }

    /// Whether a share of the users is concerned.
    fn is_widely(&self) -> bool {
        self.class() >= Class::Share
    }

    /// Whether everyone is concerned.
    fn is_for_everyone(&self) -> bool {
        self.class() == Class::Everyone
    }

    /// Whether somebody may say that a sample which is too small is good enough (rule M10): there may never be a larger
    /// one where a product has five customers.
    fn may_be_attested(&self) -> bool {
        self.plan.mode == Mode::ZeroToOne && self.overdue_at.is_some_and(|overdue| self.at >= overdue)
    }

    /// Who said so, since the stage has taken as long as it may.
    fn attested(&self) -> Option<&Evidence> {
        let said = self.evidence.get(&EvidenceKind::SampleAttested).filter(|said| said.verdict.is_good())?;
        (self.may_be_attested() && self.overdue_at.is_some_and(|overdue| said.at >= overdue)).then_some(said)
    }

    fn confirmed(&self) -> Result<&Confirmed, (Unknown, String)> {
        self.facts.confirmed(self.at)
    }

    /// Guardrails that count: one in shadow is recorded and nothing else (rule R21).
    fn guardrails(&self) -> impl Iterator<Item = &GuardrailFact> {
        self.facts.guardrails().iter().filter(|fact| fact.effect != GuardrailEffect::Shadow)
    }

    /// The facts to record with a widening.
    #[must_use]
    pub fn recorded(&self) -> Vec<Fact> {
        let evidence = self.evidence.iter().map(|(kind, evidence)| Fact {
            kind: FactKind::Evidence,
            subject: kind.as_str().to_owned(),
            state: CheckState::from_bool(evidence.verdict.is_good()),
            source: evidence.verdict.to_string(),
            confirmed_at: evidence.at,
        });
        let mut facts = self.facts.recorded();
        if self.asks_for_evidence() {
            facts.extend(evidence);
        }
        facts
    }

    /// Rule R6 is about the way to the first customers.
    fn asks_for_evidence(&self) -> bool {
        self.first_entry() == Some(Class::Named)
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
