//! Three-valued checks and the gate report that lists them.
//!
//! `Unknown` blocks widening and never blocks narrowing: not knowing is not the same as being fine.

use std::borrow::Cow;
use std::fmt;

use crate::rule::RuleId;

/// Why a check has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unknown {
    /// Nothing was observed yet.
    NoData,
    /// Something was observed, but less than the minimum sample.
    Insufficient,
    /// Enough was observed, and it supports neither answer.
    Inconclusive,
    /// The measurement itself cannot be trusted.
    Unhealthy,
    /// The newest observation or confirmation is too old.
    Stale,
}

/// The answer of a check or a guardrail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CheckState {
    Pass,
    Fail,
    Unknown(Unknown),
}

impl CheckState {
    /// Pass or Fail.
    pub const fn from_bool(passed: bool) -> Self {
        if passed { Self::Pass } else { Self::Fail }
    }

    pub const fn is_pass(self) -> bool {
        matches!(self, Self::Pass)
    }
}

impl fmt::Display for CheckState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pass => f.write_str("Pass"),
            Self::Fail => f.write_str("Fail"),
            Self::Unknown(why) => write!(f, "Unknown({why:?})"),
        }
    }
}

/// Words that are mostly always the same, so that a report costs few copies.
pub type Text = Cow<'static, str>;

/// One line of a gate report: what the rule demands, what was seen, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub rule: RuleId,
    /// Short name in snake case, for example `soak`.
    pub name: &'static str,
    pub state: CheckState,
    pub required: Text,
    pub seen: Text,
    /// The event or answer the fact came from; empty when there is none yet.
    pub source: String,
    /// The command that would help; empty when only waiting does.
    pub next: String,
}

/// All checks of a gate in the order in which they are judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GateReport {
    pub checks: Vec<Check>,
}

impl GateReport {
    /// Open only when there is at least one check and every check passes.
    pub fn is_open(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| check.state.is_pass())
    }

    /// The checks that hold the gate shut.
    pub fn blockers(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| !check.state.is_pass())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(states: &[CheckState]) -> GateReport {
        let check = |&state| Check {
            rule: RuleId::R3,
            name: "soak",
            state,
            required: Text::default(),
            seen: Text::default(),
            source: String::new(),
            next: String::new(),
        };
        GateReport { checks: states.iter().map(check).collect() }
    }

    #[test]
    fn only_a_full_set_of_passes_opens_a_gate() {
        use CheckState::{Fail, Pass};
        assert!(report(&[Pass, Pass]).is_open());
        for shut in [&[][..], &[Pass, Fail], &[Pass, CheckState::Unknown(Unknown::NoData)]] {
            assert!(!report(shut).is_open(), "{shut:?}");
        }
        assert_eq!(report(&[Pass, Fail, CheckState::Unknown(Unknown::Stale)]).blockers().count(), 2);
    }
}
