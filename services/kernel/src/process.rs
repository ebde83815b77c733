//! The shape of a process manager: what it remembers decides what it does next.
//!
//! A process is level-triggered. [`Process::due`] looks at the folded state only, so a restart that folds
//! the same stream arrives at the same next steps, and a recorded step is never sent again.

use uuid::Uuid;

use crate::clock::{SignedDuration, Timestamp};

/// A step that a process wants done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<A> {
    /// Name within the process; part of the command id.
    pub name: &'static str,
    /// Counts from 1; part of the command id.
    pub attempt: u32,
    /// The event that alone gives the command its id. Such a step is sent before the process writes anything
    /// about itself: it is how exposure is taken back with two commits.
    pub cause: Option<Uuid>,
    pub action: A,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted, with or without an effect.
    Done,
    /// Refused, with the code of the refusal.
    Refused(String),
}

/// What a process keeps about itself, besides the facts that started it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress<F> {
    /// A fact from the log that concerns the instance.
    Noted(F),
    StepRecorded {
        step: String,
        attempt: u32,
        outcome: Outcome,
    },
    DeadlineSet {
        name: String,
        due: Timestamp,
    },
    DeadlinePassed {
        name: String,
    },
    Ended,
}

/// A pure process manager.
pub trait Process {
    /// Kebab-case name, for example `guardrail-rollback`.
    const NAME: &'static str;
    type State: Default + Clone + Send + Sync + 'static;
    /// A fact from the log in the words of the process.
    type Fact: Clone + Send + Sync + 'static;
    /// A command to some aggregate.
    type Action: Clone + Send + Sync + 'static;

    /// The state after `progress`.
    #[must_use]
    fn evolve(state: Self::State, progress: &Progress<Self::Fact>) -> Self::State;

    /// The steps that are due now, in order; none when it waits or is over.
    fn due(state: &Self::State) -> Vec<Step<Self::Action>>;

    /// The deadlines that should be running now, by name.
    fn deadlines(state: &Self::State) -> Vec<(&'static str, Timestamp)>;

    /// How long the deadline of this name may last on the clock of the machine that waits for it, whatever business time
    /// says (design clause 24); `None` = business time alone counts.
    fn machine_patience(_deadline: &str) -> Option<SignedDuration> {
        None
    }

    /// Whether the instance is over: nothing is due and no fact matters any more, unless it begins another one.
    fn is_over(state: &Self::State) -> bool;

    /// Whether somebody must look after the fact, and the instance of its subject does not any more. Then another does.
    fn begins_another(_state: &Self::State, _fact: &Self::Fact) -> bool {
        false
    }
}
