//! Given / when / then: the one way in which aggregates and processes are tested.

use std::fmt::Debug;

use crate::clock::Timestamp;
use crate::decider::{Decider, fold};
use crate::principal::Issued;
use crate::refusal::Refusal;
use crate::rule::RuleId;

/// A history that a test starts from.
#[must_use]
pub fn given<D: Decider>(history: impl IntoIterator<Item = D::Event>) -> Given<D> {
    Given {
        state: fold::<D>(&history.into_iter().collect::<Vec<_>>()),
        issued: Issued::at(Timestamp::UNIX_EPOCH),
    }
}

/// See [`given`].
pub struct Given<D: Decider> {
    state: D::State,
    issued: Issued,
}

impl<D: Decider> Given<D> {
    /// The command is issued at `at` instead of the epoch.
    #[must_use]
    pub fn at(mut self, at: Timestamp) -> Self {
        self.issued.at = at;
        self
    }

    /// The command is issued with this reason.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.issued.reason);
        self
    }

    /// The whole circumstances of the command.
    #[must_use]
    pub fn issued(mut self, issued: Issued) -> Self {
        self.issued = issued;
        self
    }

    #[must_use]
    pub fn when(self, command: D::Command) -> Outcome<D> {
        let result = D::decide(&self.state, command, &self.issued).map_err(Into::into);
        Outcome { state: self.state, result }
    }

    /// The folded history, for asserting on it directly.
    pub fn state(self) -> D::State {
        self.state
    }
}

/// What the command led to.
pub struct Outcome<D: Decider> {
    state: D::State,
    result: Result<Vec<D::Event>, Refusal>,
}

impl<D: Decider> Outcome<D>
where
    D::Event: PartialEq + Debug,
{
    /// Exactly these events, in this order; an empty list is a repeat.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = D::Event>) {
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(self.result.as_ref(), Ok(&expected));
    }

    /// A refusal by `rule`, returned for a closer look.
    #[track_caller]
    pub fn then_refused_by(self, rule: RuleId) -> Refusal {
        let refusal = self.then_refused();
        assert_eq!(refusal.rule, Some(rule), "{refusal:?}");
        refusal
    }

    /// Some refusal, returned for a closer look.
    #[track_caller]
    #[expect(clippy::panic, reason = "the harness fails the test that uses it")]
    pub fn then_refused(self) -> Refusal {
        match self.result {
            Err(refusal) => refusal,
            Ok(events) => panic!("accepted with {events:?}"),
        }
    }

    /// Accepted; the events, for a closer look.
    #[track_caller]
    pub fn then_accepted(self) -> Vec<D::Event> {
        assert!(self.result.is_ok(), "refused with {:?}", self.result.as_ref().err());
        self.result.unwrap_or_default()
    }

    /// Accepted; the state that follows.
    #[track_caller]
    pub fn then_state(self) -> D::State {
        let state = self.state.clone();
        self.then_accepted().iter().fold(state, D::evolve)
    }
}
