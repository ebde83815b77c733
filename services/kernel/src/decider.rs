//! The shape of an aggregate: `decide` says what a command leads to, `evolve` folds what happened.
//!
//! `decide` never performs anything and `evolve` never fails. A repeat is an empty list, a refusal is a
//! value; faults belong to the shell.

use crate::decision::{Blockers, Decision};
use crate::principal::Issued;

/// A pure aggregate.
pub trait Decider {
    /// `<context>.<aggregate>`, the category of its streams: `rollouts.rollout`.
    const CATEGORY: &'static str;
    type State: Default + Clone + Send + Sync + 'static;
    type Command;
    type Event: Clone + Send + Sync + 'static;
    /// What must be known from elsewhere, gathered anew each time a command is decided; never part of the command. The
    /// default is that nothing was gathered, and a decision that needs it stops ([`crate::decision::known`]).
    type Facts: Default + Send + Sync + 'static;

    /// What `command` comes to in `state`; no events when there is nothing left to do.
    fn decide(
        state: &Self::State,
        command: Self::Command,
        facts: &Self::Facts,
        issued: &Issued,
    ) -> Result<Decision<Self::Event>, Blockers>;

    /// The state after `event`. Facts only, never a decision.
    #[must_use]
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;

    /// Whether nothing can happen any more.
    fn is_terminal(_state: &Self::State) -> bool {
        false
    }
}

/// Folds a history from the beginning.
pub fn fold<'a, D: Decider>(events: impl IntoIterator<Item = &'a D::Event>) -> D::State
where
    D::Event: 'a,
{
    events.into_iter().fold(D::State::default(), D::evolve)
}
