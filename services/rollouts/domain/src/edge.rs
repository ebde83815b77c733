//! A replica of the flag edge: it joins, says what it serves once exposure was taken back, and leaves.
//!
//! ```text
//!              ┌ ConfirmServed        ┌ ConfirmServed
//!        Join  │  │    Leave, Lose    │  │
//! Absent ────> Serving <──────────> Gone
//!                          Join
//! ```
//!
//! 1. A rollback is confirmed by edges that serve; one that is gone is not waited for.
//! 2. A confirmation is written once for each flag and version.
//! 3. One that was silent for a seat is lost: gone without a word, until it joins again (design clause 20).

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Refusal as Answer;

/// What undoes each command (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Join", "Leave"),
    ("Leave", "Join"),
    ("Lose", "Join"),
    ("ConfirmServed", "none: it was served at that moment"),
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Join {
        name: String,
    },
    Leave,
    /// It was silent for as long as its seat lasts.
    Lose,
    ConfirmServed(Confirmation),
}

/// The edge serves this version of the flag, or a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    pub flag: FlagId,
    pub flag_version: u32,
    /// The rollout whose narrowing is confirmed; `None` for a kill, which is nobody's.
    pub rollout: Option<RolloutId>,
    pub stage: String,
    pub attempt: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Joined { name: String },
    Left,
    Lost,
    ServedConfirmed(Confirmation),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Serving {
        name: String,
        confirmed: Confirmed,
    },
    /// It left, or was lost.
    Gone {
        name: String,
        confirmed: Confirmed,
    },
}

/// Versions confirmed, by flag.
pub type Confirmed = BTreeMap<FlagId, BTreeSet<u32>>;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the edge has not joined")]
    NotJoined,
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        match refusal {
            Refusal::NotJoined => Self::out_of_order("edge_not_joined", sentence)
                .compared("a joined edge", "none")
                .next("join first"),
        }
    }
}

/// The aggregate.
#[derive(Debug, Clone, Copy)]
pub struct Edge;

impl Decider for Edge {
    const CATEGORY: &'static str = "rollouts.edge";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(
        state: &State,
        command: Command,
        (): &(),
        _issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        let events = match (state, command) {
            (State::Serving { name, .. }, Command::Join { name: again }) if *name == again => Vec::new(),
            (State::Absent | State::Serving { .. } | State::Gone { .. }, Command::Join { name }) => {
                vec![Event::Joined { name }]
            }
            (State::Absent, Command::Leave | Command::Lose | Command::ConfirmServed(_)) => {
                return Err(Refusal::NotJoined.into());
            }
            (State::Serving { .. }, Command::Leave) => vec![Event::Left],
            (State::Serving { .. }, Command::Lose) => vec![Event::Lost],
            (State::Gone { .. }, Command::Leave | Command::Lose) => Vec::new(),
            (
                State::Serving { confirmed, .. } | State::Gone { confirmed, .. },
                Command::ConfirmServed(confirmation),
            ) => confirm(confirmed, confirmation),
        };
        Ok(events.into())
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Absent, Event::Joined { name }) => {
                State::Serving { name: name.clone(), confirmed: Confirmed::default() }
            }
            (State::Serving { confirmed, .. } | State::Gone { confirmed, .. }, Event::Joined { name }) => {
                State::Serving { name: name.clone(), confirmed }
            }
            (
                State::Serving { name, confirmed } | State::Gone { name, confirmed },
                Event::Left | Event::Lost,
            ) => State::Gone { name, confirmed },
            (State::Serving { name, confirmed }, Event::ServedConfirmed(confirmation)) => {
                State::Serving { name, confirmed: with(confirmed, confirmation) }
            }
            (State::Gone { name, confirmed }, Event::ServedConfirmed(confirmation)) => {
                State::Gone { name, confirmed: with(confirmed, confirmation) }
            }
            (State::Absent, Event::Left | Event::Lost | Event::ServedConfirmed(_)) => State::Absent,
        }
    }
}

fn confirm(confirmed: &Confirmed, confirmation: Confirmation) -> Vec<Event> {
    let known = confirmed
        .get(&confirmation.flag)
        .is_some_and(|versions| versions.contains(&confirmation.flag_version));
    if known {
        return Vec::new();
    }
    vec![Event::ServedConfirmed(confirmation)]
}

fn with(mut confirmed: Confirmed, confirmation: &Confirmation) -> Confirmed {
    let versions = confirmed.entry(confirmation.flag).or_default();
    versions.insert(confirmation.flag_version);
    confirmed
}

#[cfg(test)]
mod tests;
