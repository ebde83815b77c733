//! Given / when / then: the one way in which aggregates and processes are tested. Processes: [`process`].

use std::fmt::Debug;

use crate::clock::Timestamp;
use crate::decider::{Decider, fold};
use crate::decision::{Blockers, Decision, Override, Remark};
use crate::policy::Level;
use crate::principal::Issued;
use crate::refusal::Refusal;
use crate::rule::RuleId;

pub mod process;

/// A history that a test starts from.
#[must_use]
pub fn given<D: Decider>(history: impl IntoIterator<Item = D::Event>) -> Given<D> {
    Given {
        state: fold::<D>(&history.into_iter().collect::<Vec<_>>()),
        facts: D::Facts::default(),
        issued: Issued::at(Timestamp::UNIX_EPOCH),
    }
}

/// See [`given`].
pub struct Given<D: Decider> {
    state: D::State,
    facts: D::Facts,
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

    /// The command is issued where rules bind so far.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.issued.level = level;
        self
    }

    /// What is known from elsewhere when the command is decided.
    #[must_use]
    pub fn knowing(mut self, facts: D::Facts) -> Self {
        self.facts = facts;
        self
    }

    #[must_use]
    pub fn when(self, command: D::Command) -> Outcome<D> {
        let result = D::decide(&self.state, command, &self.facts, &self.issued);
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
    result: Result<Decision<D::Event>, Blockers>,
}

impl<D: Decider> Outcome<D>
where
    D::Event: PartialEq + Debug,
{
    /// Exactly these events, in this order, without a remark or an override; an empty list is a repeat.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = D::Event>) {
        let expected = Decision::from(expected.into_iter().collect::<Vec<_>>());
        assert_eq!(self.result.as_ref(), Ok(&expected));
    }

    /// Exactly these events, and a remark by `rule`, returned for a closer look.
    #[track_caller]
    #[expect(clippy::panic, reason = "the harness fails the test that uses it")]
    pub fn then_remarked_by(self, rule: RuleId, expected: impl IntoIterator<Item = D::Event>) -> Remark {
        let decision = self.then_decided();
        assert_eq!(decision.events, expected.into_iter().collect::<Vec<_>>());
        assert_eq!(decision.overrides, [], "nothing was to be overridden");
        match <[Remark; 1]>::try_from(decision.remarks) {
            Ok([remark]) if remark.rule == rule => remark,
            Ok([remark]) => panic!("another remark: {remark:?}"),
            Err(remarks) => panic!("{} remarks: {remarks:?}", remarks.len()),
        }
    }

    /// Exactly these events, and an override of `rule`, returned for a closer look.
    #[track_caller]
    #[expect(clippy::panic, reason = "the harness fails the test that uses it")]
    pub fn then_overrides(self, rule: RuleId, expected: impl IntoIterator<Item = D::Event>) -> Override {
        let decision = self.then_decided();
        assert_eq!(decision.events, expected.into_iter().collect::<Vec<_>>());
        match <[Override; 1]>::try_from(decision.overrides) {
            Ok([over]) if over.rule == rule => over,
            Ok([over]) => panic!("another override: {over:?}"),
            Err(overrides) => panic!("{} overrides: {overrides:?}", overrides.len()),
        }
    }

    /// A refusal by `rule` stands first; it is returned for a closer look.
    #[track_caller]
    pub fn then_refused_by(self, rule: RuleId) -> Refusal {
        let refusal = self.then_refused();
        assert_eq!(refusal.rule, Some(rule), "{refusal:?}");
        refusal
    }

    /// Some refusal, the first one returned for a closer look.
    #[track_caller]
    pub fn then_refused(self) -> Refusal {
        self.then_blocked().into_first()
    }

    /// Refused; everything that stands in the way.
    #[track_caller]
    #[expect(clippy::panic, reason = "the harness fails the test that uses it")]
    pub fn then_blocked(self) -> Blockers {
        match self.result {
            Err(blockers) => blockers,
            Ok(decision) => panic!("accepted with {decision:?}"),
        }
    }

    /// Accepted; the events, for a closer look.
    #[track_caller]
    pub fn then_accepted(self) -> Vec<D::Event> {
        self.then_decided().events
    }

    /// Accepted; the whole decision.
    #[track_caller]
    #[expect(clippy::panic, reason = "the harness fails the test that uses it")]
    pub fn then_decided(self) -> Decision<D::Event> {
        match self.result {
            Ok(decision) => decision,
            Err(blockers) => panic!("refused with {blockers:?}"),
        }
    }

    /// Accepted; the state that follows.
    #[track_caller]
    pub fn then_state(self) -> D::State {
        let state = self.state.clone();
        self.then_accepted().iter().fold(state, D::evolve)
    }
}
