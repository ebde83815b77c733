//! A sink: a place that is told what cannot wait, and what could not be delivered there.
//!
//! ```text
//!            Define           Pause              Remove
//!   (absent) ──────> Active ────────> Paused   any ────> Removed
//!                      ^                │
//!                      └──── Resume ────┘
//! ```
//!
//! Invariants:
//! - What is secret comes sealed and leaves sealed: no event holds an address with its path, a token or a signing secret.
//! - A rotation leaves two secrets that sign, for [`OVERLAP`]: a receiver moves over without losing a delivery.
//! - A delivery that was given up is a dead letter until it was delivered after all.
//! - A sink whose receiver is gone is paused by that, with the reason.

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Refusal as Refused;
use verdict_kernel::rule::RuleId;

use crate::notice::Kind;

/// How long the secret before a rotation signs beside the new one.
pub const OVERLAP: Duration = Duration::from_hours(24);
/// Most dead letters that a sink keeps; an older one makes room.
pub const MOST_LETTERS: usize = 1_000;

/// How a notice is written for whoever receives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Standard,
    Slack,
    Teams,
    Pagerduty,
    Alertmanager,
    Plain,
}

/// What only the holder of the key can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub String);

/// Where deliveries go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Scheme, host and port, for people.
    pub place: String,
    /// Address and token.
    pub sealed: Sealed,
}

/// What a sink is defined as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub format: Format,
    pub target: Target,
    pub secret: Sealed,
    /// Empty = all of them.
    pub kinds: Vec<Kind>,
}

/// An event of the log that somebody is told about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    pub stream: String,
    pub revision: u32,
}

/// A delivery that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The id of the delivery, the same for each of its attempts.
    pub letter: String,
    /// `None` = a digest.
    pub kind: Option<Kind>,
    pub sources: Vec<Source>,
    pub attempts: u32,
    pub why: String,
}

/// Why a sink is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseCause {
    Person,
    Gone,
}

/// What a sink is told to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Define(Definition),
    Move(Target),
    Pause(PauseCause),
    Resume,
    RotateSecret {
        secret: Sealed,
    },
    Remove,
    /// Empty = all of them.
    Redeliver {
        letters: Vec<String>,
    },
    GiveUp(Failure),
    Deliver {
        letter: String,
    },
}

/// What happened to a sink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Defined(Definition),
    Moved(Target),
    Rotated { secret: Sealed, overlap_until: Timestamp },
    Paused { cause: PauseCause, reason: String },
    Resumed { reason: String },
    Removed { reason: String },
    Failed(Failure),
    RedeliveryRequested { letters: Vec<String> },
    Delivered { letter: String },
}

/// A dead letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub failure: Failure,
    /// It is to be sent again.
    pub requested: bool,
}

/// The secret before the last rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    pub secret: Sealed,
    pub until: Timestamp,
}

/// What is known of a sink in every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sink {
    pub definition: Definition,
    pub former: Option<Former>,
    /// Oldest first.
    pub letters: Vec<Letter>,
}

/// Where a sink is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Active(Sink),
    Paused {
        sink: Sink,
        reason: String,
    },
    Removed(Sink),
}

impl State {
    /// The sink, once it is defined.
    pub const fn sink(&self) -> Option<&Sink> {
        match self {
            Self::Absent => None,
            Self::Active(sink) | Self::Paused { sink, .. } | Self::Removed(sink) => Some(sink),
        }
    }

    /// In a word, as views show it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Active(_) => "active",
            Self::Paused { .. } => "paused",
            Self::Removed(_) => "removed",
        }
    }
}

/// Why a command on a sink is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the sink was never defined")]
    Absent,
    #[error("the sink is defined already")]
    AlreadyDefined,
    #[error("the sink is removed")]
    Removed,
    #[error("{0} needs a reason")]
    ReasonMissing(&'static str),
    #[error("the sink has no dead letter '{0}'")]
    UnknownLetter(String),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        let order = |code| Self::out_of_order(code, sentence.clone());
        match refusal {
            Refusal::Absent => order("sink_absent").next("verdict sink define --url <url>"),
            Refusal::AlreadyDefined => {
                order("sink_already_defined").next("verdict sink move <sink> --url <url>")
            }
            Refusal::Removed => order("sink_removed").next("verdict sink define --url <url>"),
            Refusal::ReasonMissing(_) => Self::by(RuleId::P2, "reason_missing", sentence)
                .compared("a reason", "none")
                .next("send the command again with --reason <why>"),
            Refusal::UnknownLetter(letter) => order("letter_unknown")
                .compared("a dead letter of this sink", letter)
                .next("verdict sink get <sink>"),
        }
    }
}

/// Every command that people give and what undoes it (rule P2). `GiveUp` and `Deliver` are what the service notes of a delivery
/// of its own.
pub const REVERSES: &[(&str, &str)] = &[
    ("Define", "Remove"),
    ("Move", "Move: to the address before"),
    ("Pause", "Resume"),
    ("Resume", "Pause"),
    ("RotateSecret", "RotateSecret: what was shown once comes back to nobody, and a new secret is as good"),
    ("Remove", "Define: under the same key"),
    ("Redeliver", "Pause: what was asked for waits; what was sent was said"),
];

impl Decider for Sink {
    const CATEGORY: &'static str = "sinks.sink";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(
        state: &State,
        command: Command,
        (): &(),
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        let events = match state {
            State::Absent => absent(command),
            State::Active(sink) => live(sink, false, command, issued),
            State::Paused { sink, .. } => live(sink, true, command, issued),
            State::Removed(_) => removed(&command),
        };
        Ok(events?.into())
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Absent, Event::Defined(definition)) => {
                State::Active(Self { definition: definition.clone(), former: None, letters: Vec::new() })
            }
            (State::Active(sink) | State::Paused { sink, .. }, Event::Paused { reason, .. }) => {
                State::Paused { sink, reason: reason.clone() }
            }
            (State::Active(sink) | State::Paused { sink, .. }, Event::Resumed { .. }) => State::Active(sink),
            (State::Active(sink) | State::Paused { sink, .. }, Event::Removed { .. }) => State::Removed(sink),
            (State::Active(sink), event) => State::Active(sink.after(event)),
            (State::Paused { sink, reason }, event) => State::Paused { sink: sink.after(event), reason },
            (State::Removed(sink), event) => State::Removed(sink.after(event)),
            // A sink begins defined; a fold never fails, so anything else before that changes nothing.
            (
                State::Absent,
                Event::Moved(_)
                | Event::Rotated { .. }
                | Event::Paused { .. }
                | Event::Resumed { .. }
                | Event::Removed { .. }
                | Event::Failed(_)
                | Event::RedeliveryRequested { .. }
                | Event::Delivered { .. },
            ) => State::Absent,
        }
    }
}

impl Sink {
    /// Whether notices of this kind go there.
    pub fn wants(&self, kind: Kind) -> bool {
        self.definition.kinds.is_empty() || self.definition.kinds.contains(&kind)
    }

    /// The secrets that sign at this time, the newest first.
    pub fn secrets(&self, now: Timestamp) -> Vec<&Sealed> {
        let former = self.former.as_ref().filter(|former| now < former.until);
        std::iter::once(&self.definition.secret).chain(former.map(|former| &former.secret)).collect()
    }

    fn after(mut self, event: &Event) -> Self {
        match event {
            Event::Moved(target) => self.definition.target.clone_from(target),
            Event::Rotated { secret, overlap_until } => {
                let former = std::mem::replace(&mut self.definition.secret, secret.clone());
                self.former = Some(Former { secret: former, until: *overlap_until });
            }
            Event::Failed(failure) => {
                self.letters.retain(|letter| letter.failure.letter != failure.letter);
                let over = (self.letters.len() + 1).saturating_sub(MOST_LETTERS);
                self.letters.drain(..over);
                self.letters.push(Letter { failure: failure.clone(), requested: false });
            }
            Event::RedeliveryRequested { letters } => {
                for letter in &mut self.letters {
                    letter.requested |= letters.contains(&letter.failure.letter);
                }
            }
            Event::Delivered { letter } => self.letters.retain(|dead| dead.failure.letter != *letter),
            Event::Defined(_) | Event::Paused { .. } | Event::Resumed { .. } | Event::Removed { .. } => {}
        }
        self
    }
}

fn absent(command: Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Define(definition) => Ok(vec![Event::Defined(definition)]),
        Command::Move(_)
        | Command::Pause(_)
        | Command::Resume
        | Command::RotateSecret { .. }
        | Command::Remove
        | Command::Redeliver { .. }
        | Command::GiveUp(_)
        | Command::Deliver { .. } => Err(Refusal::Absent),
    }
}

fn live(sink: &Sink, paused: bool, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    let reason = issued.reason.trim().to_owned();
    match command {
        Command::Define(_) => Err(Refusal::AlreadyDefined),
        Command::Move(target) => Ok(vec![Event::Moved(target)]),
        Command::Pause(_) if paused => Ok(Vec::new()),
        Command::Pause(_) if reason.is_empty() => Err(Refusal::ReasonMissing("pausing a sink")),
        Command::Pause(cause) => Ok(vec![Event::Paused { cause, reason }]),
        Command::Resume if paused => Ok(vec![Event::Resumed { reason }]),
        Command::Resume => Ok(Vec::new()),
        Command::RotateSecret { secret } => {
            Ok(vec![Event::Rotated { secret, overlap_until: plus(issued.at, OVERLAP) }])
        }
        Command::Remove if reason.is_empty() => Err(Refusal::ReasonMissing("removing a sink")),
        Command::Remove => Ok(vec![Event::Removed { reason }]),
        Command::Redeliver { letters } => redeliver(sink, letters),
        Command::GiveUp(failure) => Ok(given_up(sink, failure)),
        Command::Deliver { letter } => Ok(delivered(sink, letter)),
    }
}

fn removed(command: &Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Remove | Command::Pause(_) => Ok(Vec::new()),
        Command::Define(_)
        | Command::Move(_)
        | Command::Resume
        | Command::RotateSecret { .. }
        | Command::Redeliver { .. }
        | Command::GiveUp(_)
        | Command::Deliver { .. } => Err(Refusal::Removed),
    }
}

fn redeliver(sink: &Sink, letters: Vec<String>) -> Result<Vec<Event>, Refusal> {
    let known = |id: &String| sink.letters.iter().any(|letter| letter.failure.letter == *id);
    if let Some(unknown) = letters.iter().find(|id| !known(id)) {
        return Err(Refusal::UnknownLetter(unknown.clone()));
    }
    let asked = |letter: &&Letter| letters.is_empty() || letters.contains(&letter.failure.letter);
    let waiting = sink.letters.iter().filter(asked).filter(|letter| !letter.requested);
    let letters: Vec<String> = waiting.map(|letter| letter.failure.letter.clone()).collect();
    Ok(if letters.is_empty() { Vec::new() } else { vec![Event::RedeliveryRequested { letters }] })
}

fn given_up(sink: &Sink, failure: Failure) -> Vec<Event> {
    let dead = |letter: &Letter| letter.failure.letter == failure.letter && !letter.requested;
    if sink.letters.iter().any(dead) { Vec::new() } else { vec![Event::Failed(failure)] }
}

fn delivered(sink: &Sink, letter: String) -> Vec<Event> {
    let dead = sink.letters.iter().any(|dead| dead.failure.letter == letter);
    if dead { vec![Event::Delivered { letter }] } else { Vec::new() }
}

#[cfg(test)]
mod tests;
