//! WindDown: what a killed bet leaves behind is taken back, step by step (rule L7).
//!
//! ```text
//!  KillNoted -> for each rollout: turn_off_flag -> raise_cleanup_due -> abort_rollout -> cancel_launch -> over
//! ```
//!
//! Each step waits for the one before it to be recorded. A refused step is recorded and passed over: a rollout
//! that is finished refuses to be aborted, and its flag has to go to 0 % all the same. The attempt of a step is
//! the number of the rollout, counted from 1, so that the same step of two rollouts is two commands.

use jiff::Timestamp;
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_kernel::process::{Next, Past, Process, Step};

use crate::bet::Attached;

const ABORT_ROLLOUT: &str = "abort_rollout";
const TURN_OFF_FLAG: &str = "turn_off_flag";
const RAISE_CLEANUP_DUE: &str = "raise_cleanup_due";
const CANCEL_LAUNCH: &str = "cancel_launch";

/// A bet was killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kill {
    pub bet: BetId,
    /// What was attached at that moment.
    pub rollouts: Vec<Attached>,
    pub at: Timestamp,
}

/// What the log tells the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    KillNoted(Kill),
}

/// What is asked of other contexts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    AbortRollout(RolloutId),
    TurnOffFlag {
        flag: FlagId,
        rollout: RolloutId,
    },
    RaiseCleanupDue(FlagId),
    /// Every launch of the bet.
    CancelLaunches(BetId),
}

/// The process.
#[derive(Debug)]
pub struct WindDown;

impl Process for WindDown {
    const NAME: &'static str = "wind-down";
    type Known = Option<Kill>;
    type Fact = Fact;
    type Action = Action;

    /// The instance looks after one kill.
    fn learn(known: Option<Kill>, Fact::KillNoted(kill): &Fact, _past: &Past) -> Option<Kill> {
        known.or_else(|| Some(kill.clone()))
    }

    fn next(known: &Option<Kill>, past: &Past) -> Next<Action> {
        known.as_ref().map_or_else(Next::nothing, |kill| past.in_order(plan(kill)))
    }
}

/// Every step of the wind-down, in order.
fn plan(kill: &Kill) -> Vec<Step<Action>> {
    let mut steps = Vec::new();
    for (number, attached) in (1..).zip(&kill.rollouts) {
        let rollout = attached.rollout;
        if let Some(flag) = attached.flag {
            steps.extend([
                Step::new(TURN_OFF_FLAG, number, Action::TurnOffFlag { flag, rollout }),
                // Nothing waits for the flag of a killed bet: its code is to go now.
                Step::new(RAISE_CLEANUP_DUE, number, Action::RaiseCleanupDue(flag)),
            ]);
        }
        // An aborted rollout gives its flag back by itself. It comes last so that the two never write to the flag
        // at the same time.
        steps.push(Step::new(ABORT_ROLLOUT, number, Action::AbortRollout(rollout)));
    }
    steps.push(Step::new(CANCEL_LAUNCH, 1, Action::CancelLaunches(kill.bet)));
    steps
}

#[cfg(test)]
mod tests;
