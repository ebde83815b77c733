//! What a rollout decides on besides its own past.

use verdict_kernel::decision::{Blockers, known};

use super::Grounds;
use crate::gate::Facts;

/// What was looked up for one command: each is there only where the command asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// For a plan and a start.
    pub grounds: Option<Grounds>,
    /// For what ships directly: no bet has the id that it names.
    pub bet_is_missing: Option<bool>,
    /// For every way up and for a way down, which does without.
    pub gate: Option<Facts>,
}

impl Known {
    pub(super) fn grounds(&self) -> Result<&Grounds, Blockers> {
        known(self.grounds.as_ref(), "the flag and the bet of the plan")
    }

    pub(super) fn bet_is_missing(&self) -> Result<bool, Blockers> {
        known(self.bet_is_missing.as_ref(), "whether the bet exists").copied()
    }

    pub(super) fn gate(&self) -> Result<&Facts, Blockers> {
        known(self.gate.as_ref(), "what the gate is judged on")
    }
}

impl From<Grounds> for Known {
    fn from(grounds: Grounds) -> Self {
        Self { grounds: Some(grounds), ..Self::default() }
    }
}

impl From<Facts> for Known {
    fn from(facts: Facts) -> Self {
        Self { gate: Some(facts), ..Self::default() }
    }
}
