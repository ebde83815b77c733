//! The shape of a process manager: what it knows and what it has done decide what it does next.
//!
//! ```text
//!   facts ───────────── learn ──> Known ──┐
//!                                         ├── next ──> steps, deadlines, over
//!   outcomes, deadlines ────────> Past ───┘
//! ```
//!
//! A process is level-triggered. [`Process::next`] looks at what is remembered only, so a restart that folds the same
//! stream arrives at the same next steps, and a recorded step is never sent again.

use uuid::Uuid;

use crate::clock::{SignedDuration, Timestamp};

mod memory;
mod past;
#[cfg(test)]
mod tests;

pub use memory::Memory;
pub use past::{Moment, Past, Record};

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

impl<A> Step<A> {
    /// A step that can wait until what led to it is written.
    pub const fn new(name: &'static str, attempt: u32, action: A) -> Self {
        Self { name, attempt, cause: None, action }
    }
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted, with or without an effect.
    Done,
    /// Refused, with the code of the refusal.
    Refused(String),
}

/// What is written about an instance, one after the other.
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

/// What an instance does now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next<A> {
    /// Everything that may be sent, in order. What was recorded already may be among it: it is not sent again.
    pub steps: Vec<Step<A>>,
    /// The deadlines that should be running, by name. One that passed may be among them: it does not run again.
    pub deadlines: Vec<(&'static str, Timestamp)>,
    /// Nothing is due and no fact matters any more, unless it begins another instance.
    pub over: bool,
}

impl<A> Next<A> {
    /// It waits for a fact.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { steps: Vec::new(), deadlines: Vec::new(), over: false }
    }

    /// There is nothing left to do.
    #[must_use]
    pub const fn over() -> Self {
        Self { steps: Vec::new(), deadlines: Vec::new(), over: true }
    }
}

/// A pure process manager.
pub trait Process {
    /// Kebab-case name, for example `guardrail-rollback`.
    const NAME: &'static str;
    /// What its facts taught it. What it did and what has passed is in the [`Past`].
    type Known: Default + Clone + Send + Sync + 'static;
    /// A fact from the log in the words of the process.
    type Fact: Clone + Send + Sync + 'static;
    /// A command to some aggregate.
    type Action: Clone + Send + Sync + 'static;

    /// What is known after a fact.
    ///
    /// The same fact can mean another thing after a step or a deadline than before it: a watch that is restored when
    /// exposure is being taken back stops nothing. So `past` is what had been written when the fact was noted, the fact
    /// included; [`Past::now`] is the moment of the fact, for a `next` that asks what came after it.
    #[must_use]
    fn learn(known: Self::Known, fact: &Self::Fact, past: &Past) -> Self::Known;

    /// What is due, what to wait for, and whether it is over.
    #[must_use]
    fn next(known: &Self::Known, past: &Past) -> Next<Self::Action>;

    /// How long the deadline of this name may last on the clock of the machine that waits for it, whatever business time
    /// says (design clause 24); `None` = business time alone counts.
    fn machine_patience(_deadline: &str) -> Option<SignedDuration> {
        None
    }

    /// Whether somebody must look after the fact, and the instance of its subject does not any more. Then another does.
    fn begins_another(_known: &Self::Known, _past: &Past, _fact: &Self::Fact) -> bool {
        false
    }
}
