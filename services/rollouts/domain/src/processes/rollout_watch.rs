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

use uuid::Uuid;
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::process::{Moment, Next, Past, Process, Step};

const NARROW: &str = "narrow";
const REQUEST_ROLLBACK: &str = "request_rollback";
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

/// How the attempt is watched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Known {
    /// As far as anybody has said.
    #[default]
    Watched,
    /// The second period runs since this was noted, or is over and exposure is taken back.
    Lost { loss: Box<Loss>, since: Moment },
    /// The attempt is over, so nothing is there to watch.
    Over,
}

/// The process.
#[derive(Debug, Clone, Copy)]
pub struct RolloutWatch;

impl Process for RolloutWatch {
    const NAME: &'static str = "rollout-watch";
    type Known = Known;
    type Fact = Fact;
    type Action = Action;

    /// Once exposure is taken back nothing that is heard stops that.
    fn learn(known: Known, fact: &Fact, past: &Past) -> Known {
        if is_settled(&known, past) {
            return known;
        }
        match fact {
            Fact::LostNoted(loss) => Known::Lost { loss: Box::new(loss.clone()), since: past.now() },
            Fact::RestoredNoted => Known::Watched,
            Fact::AttemptOver => Known::Over,
        }
    }

    fn next(known: &Known, past: &Past) -> Next<Action> {
        match known {
            Known::Watched => Next::nothing(),
            Known::Over => Next::over(),
            Known::Lost { loss, .. } if is_settled(known, past) => past.in_order(taking_back(loss)),
            Known::Lost { loss, .. } => Next {
                deadlines: loss.narrow_at.map(|at| (SECOND_PERIOD, at)).into_iter().collect(),
                ..Next::nothing()
            },
        }
    }

    fn machine_patience(deadline: &str) -> Option<SignedDuration> {
        (deadline == SECOND_PERIOD).then_some(PERIOD)
    }
}

/// Whether facts no longer matter: there is nothing to watch, or the second period is over.
fn is_settled(known: &Known, past: &Past) -> bool {
    match known {
        Known::Watched => false,
        Known::Lost { since, .. } => past.has_passed(SECOND_PERIOD, *since),
        Known::Over => true,
    }
}

fn taking_back(loss: &Loss) -> [Step<Action>; 2] {
    [
        Step { cause: Some(loss.event), ..Step::new(NARROW, 1, Action::Narrow(loss.clone())) },
        Step::new(REQUEST_ROLLBACK, 1, Action::RequestRollback(loss.clone())),
    ]
}

#[cfg(test)]
mod tests;
