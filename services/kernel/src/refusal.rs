//! A refusal is a value: the rule, a sentence, the facts compared and what to do next.

use crate::check::GateReport;
use crate::rule::RuleId;

/// What a command was refused for. It is an answer, not a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rule of the catalogue; `None` when the command makes no sense in the present state.
    pub rule: Option<RuleId>,
    /// Stable snake-case code, for example `handoff_item_missing`.
    pub code: &'static str,
    /// One sentence for a person.
    pub sentence: String,
    /// What the rule requires.
    pub required: String,
    /// What was found instead.
    pub seen: String,
    /// The next command or step; empty when there is none.
    pub next: String,
    /// The whole gate report, where the refusal comes from a gate.
    pub report: Option<GateReport>,
}

impl Refusal {
    /// A refusal by `rule`.
    pub fn by(rule: RuleId, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { rule: Some(rule), ..Self::out_of_order(code, sentence) }
    }

    /// The command makes no sense in the present state, whatever the rules say.
    pub fn out_of_order(code: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            rule: None,
            code,
            sentence: sentence.into(),
            required: String::new(),
            seen: String::new(),
            next: String::new(),
            report: None,
        }
    }

    /// Rule I5: the command names a `what` that its owner does not know; `list` is the command that shows which there are.
    pub fn unknown_reference(what: &str, named: impl std::fmt::Display, list: impl Into<String>) -> Self {
        Self::by(
            RuleId::I5,
            "unknown_reference",
            format!("there is no {what} '{named}' in this organisation"),
        )
        .compared(format!("a {what} that exists"), named.to_string())
        .next(list)
    }

    /// The two facts that were compared.
    #[must_use]
    pub fn compared(mut self, required: impl Into<String>, seen: impl Into<String>) -> Self {
        self.required = required.into();
        self.seen = seen.into();
        self
    }

    /// What the caller can do about it.
    #[must_use]
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }

    /// The gate whose report says more.
    #[must_use]
    pub fn with_report(mut self, report: GateReport) -> Self {
        self.report = Some(report);
        self
    }
}
