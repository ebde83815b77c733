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
use verdict_kernel::process::{Process, Progress, Step};

use crate::bet::Attached;

const ABORT_ROLLOUT: &str = "abort_rollout";
const TURN_OFF_FLAG: &str = "turn_off_flag";
const RAISE_CLEANUP_DUE: &str = "raise_cleanup_due";
const CANCEL_LAUNCH: &str = "cancel_launch";

/// A bet was killed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KillNoted {
    pub bet: BetId,
    /// What was attached at that moment.
    pub rollouts: Vec<Attached>,
    pub at: Timestamp,
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

/// Where a wind-down is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Waiting,
    Winding {
        kill: KillNoted,
        /// Steps and attempts that were recorded, in order.
        recorded: Vec<(String, u32)>,
    },
    Over,
}

/// The process.
#[derive(Debug)]
pub struct WindDown;

impl Process for WindDown {
    const NAME: &'static str = "wind-down";
    type State = State;
    type Fact = KillNoted;
    type Action = Action;

    fn evolve(state: State, progress: &Progress<KillNoted>) -> State {
        match (state, progress) {
            (State::Waiting, Progress::Noted(kill)) => {
                State::Winding { kill: kill.clone(), recorded: Vec::new() }
            }
            (State::Winding { kill, mut recorded }, Progress::StepRecorded { step, attempt, .. }) => {
                recorded.push((step.clone(), *attempt));
                State::Winding { kill, recorded }
            }
            (State::Waiting | State::Winding { .. } | State::Over, Progress::Ended) => State::Over,
            // The instance looks after one kill, and it waits for no time.
            (
                state,
                Progress::Noted(_)
                | Progress::StepRecorded { .. }
                | Progress::DeadlineSet { .. }
                | Progress::DeadlinePassed { .. },
            ) => state,
        }
    }

    fn due(state: &State) -> Vec<Step<Action>> {
        match state {
            State::Waiting | State::Over => Vec::new(),
            State::Winding { kill, recorded } => next(kill, recorded).into_iter().collect(),
        }
    }

    fn deadlines(_state: &State) -> Vec<(&'static str, Timestamp)> {
        Vec::new()
    }

    fn is_over(state: &State) -> bool {
        match state {
            State::Waiting => false,
            State::Winding { kill, recorded } => next(kill, recorded).is_none(),
            State::Over => true,
        }
    }
}

/// The first step that was not recorded yet.
fn next(kill: &KillNoted, recorded: &[(String, u32)]) -> Option<Step<Action>> {
    let done = |step: &Step<Action>| {
        recorded.iter().any(|(name, attempt)| name == step.name && *attempt == step.attempt)
    };
    plan(kill).into_iter().find(|step| !done(step))
}

/// Every step of the wind-down, in order.
fn plan(kill: &KillNoted) -> Vec<Step<Action>> {
    let step = |name, attempt, action| Step { name, attempt, cause: None, action };
    let mut steps = Vec::new();
    for (number, attached) in (1..).zip(&kill.rollouts) {
        let rollout = attached.rollout;
        if let Some(flag) = attached.flag {
            steps.extend([
                step(TURN_OFF_FLAG, number, Action::TurnOffFlag { flag, rollout }),
                // Nothing waits for the flag of a killed bet: its code is to go now.
                step(RAISE_CLEANUP_DUE, number, Action::RaiseCleanupDue(flag)),
            ]);
        }
        // An aborted rollout gives its flag back by itself. It comes last so that the two never write to the flag
        // at the same time.
        steps.push(step(ABORT_ROLLOUT, number, Action::AbortRollout(rollout)));
    }
    steps.push(step(CANCEL_LAUNCH, 1, Action::CancelLaunches(kill.bet)));
    steps
}

#[cfg(test)]
mod tests;
