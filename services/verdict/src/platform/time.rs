//! Virtual time as a stream of the log: where it stands, and where commands want it to go.
//!
//! ```text
//! Absent ──Start──> Running{now, targets} ──Target──> Running ──Move──> Running
//! ```
//! Time never goes back, and a command that is sent again goes on to the time it named first.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use verdict_kernel::clock::plus;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_proto::platform::v1 as pb;
use verdict_stored::events;
use verdict_stored::field::{Plain, Shown};

pub mod follower;
pub mod start;
#[cfg(test)]
mod tests;

/// The stream holds one aggregate; its id is fixed.
pub const ID: &str = "00000000000000000000000000";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The platform runs on virtual time from `at` on.
    Start { at: Timestamp },
    /// `command` wants time moved on by `by`.
    Target { command: String, by: Duration },
    /// Time stands at `to` now.
    Move { to: Timestamp },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Started { at: Timestamp },
    Targeted { command: String, to: Timestamp },
    Moved { to: Timestamp },
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Running {
        now: Timestamp,
        targets: BTreeMap<String, Timestamp>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the platform runs on real time")]
    NotVirtual,
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::out_of_order("real_clock", refusal.to_string())
            .next("verdict up --virtual-clock on an empty data directory")
    }
}

/// The virtual time of a platform.
#[derive(Debug)]
pub struct VirtualTime;

impl Decider for VirtualTime {
    const CATEGORY: &'static str = "platform.clock";
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
        Ok(match (state, command) {
            (State::Absent, Command::Start { at }) => vec![Event::Started { at }].into(),
            (State::Absent, Command::Target { .. } | Command::Move { .. }) => {
                return Err(Refusal::NotVirtual.into());
            }
            (State::Running { now, .. }, Command::Target { command, by }) => {
                vec![Event::Targeted { command, to: plus(*now, by) }].into()
            }
            (State::Running { now, .. }, Command::Move { to }) if to > *now => {
                vec![Event::Moved { to }].into()
            }
            (State::Running { .. }, Command::Start { .. } | Command::Move { .. }) => Decision::nothing(),
        })
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (_, Event::Started { at }) => State::Running { now: *at, targets: BTreeMap::new() },
            (State::Running { now, mut targets }, Event::Targeted { command, to }) => {
                targets.insert(command.clone(), *to);
                State::Running { now, targets }
            }
            (State::Running { targets, .. }, Event::Moved { to }) => State::Running { now: *to, targets },
            (State::Absent, Event::Targeted { .. } | Event::Moved { .. }) => State::Absent,
        }
    }
}

events! {
    /// The rim of [`VirtualTime`].
    pub TimeWire: VirtualTime, Event in "platform.Clock", messages of pb;
    [Started { at }] = VirtualTimeStarted.v1 { at: at as Shown }
    [Targeted { command, to }] = VirtualTimeTargeted.v1 { to: to as Shown, command_id: command as Plain }
    [Moved { to }] = VirtualTimeMoved.v1 { to: to as Shown }
}
