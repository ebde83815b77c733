//! How events stand in the log: their types, their JSON payloads and the metadata beside them.
//!
//! The wire crate of a context says with [`events!`], [`message!`] and [`words!`] which event is which message, one row for
//! each, and which field of the domain is which of the message, with a [`field::Field`] for how. Whoever reads the log may
//! use it: nothing here does IO. The facts of a process stand in [`facts!`], beside what performs its steps.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use verdict_kernel::decider::Decider;
use verdict_kernel::process::Process;

pub mod field;
pub mod golden;
mod metadata;
pub mod ruled;
mod table;
#[cfg(test)]
mod tests;
pub mod view;
pub mod vocabulary;

pub use metadata::{Metadata, PrincipalStored};

/// An event in the form in which it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// `rollouts.Rollout.StageEntered.v1`
    pub event_type: Cow<'static, str>,
    /// proto3 JSON.
    pub data: Vec<u8>,
}

impl Stored {
    /// `message` as proto3 JSON under `event_type`.
    pub fn new(event_type: impl Into<Cow<'static, str>>, message: &impl Serialize) -> Self {
        // The generated messages hold strings, numbers and lists only, for which JSON cannot fail.
        Self { event_type: event_type.into(), data: serde_json::to_vec(message).unwrap_or_default() }
    }
}

/// Why a stored event cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("type is not known to this version")]
    UnknownType,
    #[error("payload does not fit its type: {0}")]
    Malformed(String),
    #[error("field '{0}' is missing")]
    Missing(&'static str),
}

/// Reads a payload as the message it should be. A value that an enum does not know yet makes it an event that this
/// version does not know (design clause 25): the next one writes such values before everybody was upgraded.
pub fn parse<M: for<'de> Deserialize<'de>>(data: &[u8]) -> Result<M, DecodeError> {
    serde_json::from_slice(data).map_err(|error| {
        let text = error.to_string();
        if text.starts_with(UNKNOWN_VARIANT) {
            DecodeError::UnknownType
        } else {
            DecodeError::Malformed(text)
        }
    })
}

/// How serde begins to say that an enum has no such value. The generated code says it so, and a test holds it to that.
const UNKNOWN_VARIANT: &str = "unknown variant";

/// The value of a field that must be there.
pub fn required<T>(value: Option<T>, field: &'static str) -> Result<T, DecodeError> {
    value.ok_or(DecodeError::Missing(field))
}

/// The parsed value of a text field that must be there.
pub fn parsed<T: std::str::FromStr>(value: Option<&str>, field: &'static str) -> Result<T, DecodeError>
where
    T::Err: std::fmt::Display,
{
    required(value, field)?
        .parse()
        .map_err(|error: T::Err| DecodeError::Malformed(format!("field '{field}': {error}")))
}

/// The rim of an aggregate: its events as they are stored, and back. Implemented by a type of the wire crate, because
/// the aggregate belongs to the domain crate, which knows nothing of storage.
pub trait Wire: Send + Sync + 'static {
    type Aggregate: Decider;

    /// What the types of its events begin with: `gtm.Launch`.
    const TYPES: &'static str;

    /// The type of each of its events.
    const EVENTS: &'static [&'static str];

    fn encode(event: &EventOf<Self>) -> Stored;

    /// `Ok(None)` for a retired event that no longer means anything.
    fn decode(event_type: &str, data: &[u8]) -> Result<Option<EventOf<Self>>, DecodeError>;
}

/// The rim of a process: its facts as its streams hold them, and back.
pub trait ProcessWire: Send + Sync + 'static {
    type Process: Process;

    /// The type of each of its facts.
    const FACTS: &'static [&'static str];

    fn encode(fact: &FactOf<Self>) -> Stored;

    fn decode(event_type: &str, data: &[u8]) -> Result<FactOf<Self>, DecodeError>;
}

/// A fact of the process behind a rim.
pub type FactOf<W> = <<W as ProcessWire>::Process as Process>::Fact;
/// The state of the aggregate behind a rim.
pub type StateOf<W> = <<W as Wire>::Aggregate as Decider>::State;
/// A command on the aggregate behind a rim.
pub type CommandOf<W> = <<W as Wire>::Aggregate as Decider>::Command;
/// An event of the aggregate behind a rim.
pub type EventOf<W> = <<W as Wire>::Aggregate as Decider>::Event;
/// What a decision of the aggregate behind a rim rests on besides its state.
pub type FactsOf<W> = <<W as Wire>::Aggregate as Decider>::Facts;
