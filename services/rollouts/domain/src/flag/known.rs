//! What a flag decides on besides its own past.

use verdict_kernel::decision::{Blockers, known};
use verdict_kernel::id::RolloutId;

use super::{Flag, Undo};
use crate::rollout::NoReturn;
use crate::stage::StageName;

/// What was looked up for one command: each is there only where the command asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Whether the rollout that claimed the flag is not over.
    pub claimant_runs: Option<bool>,
    /// For the undo of a kill.
    pub undo: Option<Undo>,
    /// For what a person takes away by hand; `None` as well where nobody could say: taking away waits for no answer.
    pub no_return: Option<NoReturnPassed>,
}

/// The rollout that has the flag is past the point of no return of its plan (rule R26).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReturnPassed {
    /// Where it is.
    pub stage: StageName,
    pub from: NoReturn,
}

impl Known {
    /// The rollout that has the flag: the claim of one that is over is void.
    pub(super) fn claimant(&self, flag: &Flag) -> Result<Option<RolloutId>, Blockers> {
        let Some(claimant) = flag.claim else {
            return Ok(None);
        };
        let runs = known(self.claimant_runs.as_ref(), "whether the rollout that has the flag is over")?;
        Ok(runs.then_some(claimant))
    }

    pub(super) fn undo(&self) -> Result<&Undo, Blockers> {
        known(self.undo.as_ref(), "where the rollout stands and what its guardrails say")
    }
}
