//! The shape of an aggregate: `decide` says what a command leads to, `evolve` folds what happened.
//!
//! `decide` never performs anything and `evolve` never fails. A repeat is an empty list, a refusal is a
//! value; faults belong to the shell.

use crate::principal::Issued;
use crate::refusal::{Refusal, Warning};

/// A pure aggregate.
pub trait Decider {
    /// `<context>.<aggregate>`, the category of its streams: `rollouts.rollout`.
    const CATEGORY: &'static str;
    type State: Default + Clone + Send + Sync + 'static;
    type Command;
    type Event: Clone + Send + Sync + 'static;
    type Refusal: Into<Refusal>;

    /// The events that `command` leads to in `state`; none when there is nothing left to do.
    fn decide(
        state: &Self::State,
        command: Self::Command,
        issued: &Issued,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// The state after `event`. Facts only, never a decision.
    #[must_use]
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;

    /// Whether nothing can happen any more.
    fn is_terminal(_state: &Self::State) -> bool {
        false
    }

    /// The remark that an event records, for the reply to the caller.
    fn warning(_event: &Self::Event) -> Option<Warning> {
        None
    }
}

/// Folds a history from the beginning.
pub fn fold<'a, D: Decider>(events: impl IntoIterator<Item = &'a D::Event>) -> D::State
where
    D::Event: 'a,
{
    events.into_iter().fold(D::State::default(), D::evolve)
}
