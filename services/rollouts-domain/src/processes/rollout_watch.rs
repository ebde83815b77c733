//! Watches the watcher (rule R15): a rollout that nobody watches is paused, and after a second period narrowed where its
//! plan says so.
//!
//! ```text
//! lost ──> second period ──> narrow ──> request_rollback
//!   ^         │ restored
//!   └─────────┘
//! ```
//!
//! One instance looks after one attempt; the pause itself is the rollout's own doing when the watch is lost.

use std::collections::BTreeSet;

use uuid::Uuid;
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::process::{Process, Progress, Step};

const SECOND_PERIOD: &str = "second_period";
/// How long a rollout may be unwatched before it is paused, and again before it is narrowed.
pub const PERIOD: SignedDuration = SignedDuration::from_mins(1);

/// The watch of an attempt was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Id of the event.
    pub event: Uuid,
    pub rollout: RolloutId,
    pub flag: FlagId,
    pub stage: String,
    pub stage_index: u32,
    pub attempt: u32,
    /// When the second period ends; `None` where being blind never narrows.
    pub narrow_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    LostNoted(Loss),
    RestoredNoted,
    /// The rollout has gone on to another attempt, or is over.
    AttemptOver,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Narrow(Loss),
    RequestRollback(Loss),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    /// Watched, as far as is known.
    #[default]
    Watched,
    /// The second period runs.
    Lost(Loss),
    /// It is over: exposure is taken back.
    Narrowing { loss: Loss, recorded: BTreeSet<String> },
    /// The attempt is over, so nothing is there to watch.
    Over,
}

/// The process.
#[derive(Debug, Clone, Copy)]
pub struct RolloutWatch;

impl Process for RolloutWatch {
    const NAME: &'static str = "rollout-watch";
    type State = State;
    type Fact = Fact;
    type Action = Action;

    fn evolve(state: State, progress: &Progress<Fact>) -> State {
        match (state, progress) {
            (State::Watched | State::Lost(_), Progress::Noted(Fact::LostNoted(loss))) => {
                State::Lost(loss.clone())
            }
            (State::Watched | State::Lost(_), Progress::Noted(Fact::RestoredNoted)) => State::Watched,
            (State::Watched | State::Lost(_), Progress::Noted(Fact::AttemptOver)) => State::Over,
            (State::Lost(loss), Progress::DeadlinePassed { .. }) => {
                State::Narrowing { loss, recorded: BTreeSet::new() }
            }
            (State::Narrowing { loss, mut recorded }, Progress::StepRecorded { step, .. }) => {
                recorded.insert(step.clone());
                State::Narrowing { loss, recorded }
            }
            (
                state @ (State::Watched | State::Lost(_)),
                Progress::StepRecorded { .. } | Progress::DeadlineSet { .. } | Progress::Ended,
            )
            | (state @ State::Watched, Progress::DeadlinePassed { .. })
            | (
                state @ State::Narrowing { .. },
                Progress::Noted(_)
                | Progress::DeadlineSet { .. }
                | Progress::DeadlinePassed { .. }
                | Progress::Ended,
            ) => state,
            (State::Over, _progress) => State::Over,
        }
    }

    fn due(state: &State) -> Vec<Step<Action>> {
        let State::Narrowing { loss, recorded } = state else {
            return Vec::new();
        };
        if !recorded.contains("narrow") {
            return vec![Step {
                name: "narrow",
                attempt: 1,
                cause: Some(loss.event),
                action: Action::Narrow(loss.clone()),
            }];
        }
        let request = Step {
            name: "request_rollback",
            attempt: 1,
            cause: None,
            action: Action::RequestRollback(loss.clone()),
        };
        Some(request).filter(|step| !recorded.contains(step.name)).into_iter().collect()
    }

    fn deadlines(state: &State) -> Vec<(&'static str, Timestamp)> {
        match state {
            State::Lost(loss) => loss.narrow_at.map(|at| (SECOND_PERIOD, at)).into_iter().collect(),
            State::Watched | State::Narrowing { .. } | State::Over => Vec::new(),
        }
    }

    fn machine_patience(deadline: &str) -> Option<SignedDuration> {
        (deadline == SECOND_PERIOD).then_some(PERIOD)
    }

    fn is_over(state: &State) -> bool {
        match state {
            State::Over => true,
            State::Narrowing { .. } => Self::due(state).is_empty(),
            State::Watched | State::Lost(_) => false,
        }
    }
}

#[cfg(test)]
mod tests;
