//! Given / when / then of process managers: what was noted, recorded and passed, then what is due.

use std::fmt::Debug;

use crate::clock::Timestamp;
use crate::process::{Memory, Next, Outcome, Process, Progress, Step};

/// A fact of the instance.
#[must_use]
pub fn noted<F>(fact: F) -> Progress<F> {
    Progress::Noted(fact)
}

/// A step that was done.
#[must_use]
pub fn recorded<F>(step: &str, attempt: u32) -> Progress<F> {
    Progress::StepRecorded { step: step.to_owned(), attempt, outcome: Outcome::Done }
}

/// A step that was refused with this code.
#[must_use]
pub fn refused<F>(step: &str, attempt: u32, code: &str) -> Progress<F> {
    let outcome = Outcome::Refused(code.to_owned());
    Progress::StepRecorded { step: step.to_owned(), attempt, outcome }
}

/// A deadline that passed.
#[must_use]
pub fn passed<F>(deadline: &str) -> Progress<F> {
    Progress::DeadlinePassed { name: deadline.to_owned() }
}

/// The history of an instance that a test starts from.
#[must_use]
pub fn given<P: Process>(history: impl IntoIterator<Item = Progress<P::Fact>>) -> Given<P> {
    Given { memory: Memory::default() }.and(history)
}

/// See [`given`].
pub struct Given<P: Process> {
    memory: Memory<P>,
}

impl<P: Process> Given<P> {
    /// And then this happened as well.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = Progress<P::Fact>>) -> Self {
        Self { memory: self.memory.clone().after(&more.into_iter().collect::<Vec<_>>()) }
    }

    /// What the instance does now, for a closer look.
    pub fn next(&self) -> Next<P::Action> {
        self.memory.next()
    }

    /// Name and attempt of each step that is due, in order.
    pub fn due(&self) -> Vec<(&'static str, u32)> {
        self.next().steps.iter().map(|step| (step.name, step.attempt)).collect()
    }

    /// What the due step of this name does.
    #[track_caller]
    #[expect(clippy::panic, reason = "the harness fails the test that uses it")]
    pub fn action(&self, step: &str) -> P::Action {
        match self.next().steps.into_iter().find(|due| due.name == step) {
            Some(due) => due.action,
            None => panic!("'{step}' is not among {:?}", self.due()),
        }
    }

    /// Exactly these steps are due, in this order.
    #[track_caller]
    pub fn then(&self, expected: impl IntoIterator<Item = Step<P::Action>>) -> &Self
    where
        P::Action: PartialEq + Debug,
    {
        assert_eq!(self.next().steps, expected.into_iter().collect::<Vec<_>>());
        self
    }

    /// Exactly the steps of these names and attempts are due, in this order.
    #[track_caller]
    pub fn then_due(&self, expected: impl IntoIterator<Item = (&'static str, u32)>) -> &Self {
        assert_eq!(self.due(), expected.into_iter().collect::<Vec<_>>());
        self
    }

    /// Exactly these deadlines should be running.
    #[track_caller]
    pub fn then_until(&self, expected: impl IntoIterator<Item = (&'static str, Timestamp)>) -> &Self {
        assert_eq!(self.next().deadlines, expected.into_iter().collect::<Vec<_>>());
        self
    }

    /// The instance is over.
    #[track_caller]
    pub fn then_over(&self) -> &Self {
        assert!(self.memory.is_over(), "{:?} are due", self.due());
        self
    }

    /// The instance is not over.
    #[track_caller]
    pub fn then_stays(&self) -> &Self {
        assert!(!self.memory.is_over(), "it is over");
        self
    }

    /// Whether the fact is for another instance.
    pub fn begins_another(&self, fact: &P::Fact) -> bool {
        self.memory.begins_another(fact)
    }
}
