//! How events cross from the domain to the log: types, JSON payloads and the metadata beside them.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use verdict_kernel::decider::Decider;
use verdict_kernel::principal::Principal;

use crate::component::Fault;
use crate::log::Recorded;

pub mod golden;
pub mod ruled;
#[cfg(test)]
mod tests;

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

impl DecodeError {
    /// The fault of an aggregate or process that met this event.
    pub fn at(&self, event: &Recorded) -> Fault {
        Fault::Unreadable {
            event_type: event.event_type.to_string(),
            stream: event.stream.to_string(),
            revision: event.revision,
            why: self.to_string(),
        }
    }
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

/// The rim of an aggregate: its events as they are stored, and back. Implemented by a type of the shell, because
/// the aggregate belongs to the domain crate, which knows nothing of storage.
pub trait Wire: Send + Sync + 'static {
    type Aggregate: Decider;

    /// What the types of its events begin with: `gtm.Launch`.
    const TYPES: &'static str;

    fn encode(event: &EventOf<Self>) -> Stored;

    /// `Ok(None)` for a retired event that no longer means anything.
    fn decode(event_type: &str, data: &[u8]) -> Result<Option<EventOf<Self>>, DecodeError>;
}

/// The state of the aggregate behind a rim.
pub type StateOf<W> = <<W as Wire>::Aggregate as Decider>::State;
/// A command on the aggregate behind a rim.
pub type CommandOf<W> = <<W as Wire>::Aggregate as Decider>::Command;
/// An event of the aggregate behind a rim.
pub type EventOf<W> = <<W as Wire>::Aggregate as Decider>::Event;
/// What a decision of the aggregate behind a rim rests on besides its state.
pub type FactsOf<W> = <<W as Wire>::Aggregate as Decider>::Facts;

/// What the log keeps beside every event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    pub command_id: String,
    /// Hash of the command's payload: the same id with another payload is refused.
    pub payload_hash: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lease: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub epoch: Option<u32>,
    #[serde(rename = "$correlationId")]
    pub correlation_id: String,
    #[serde(rename = "$causationId")]
    pub causation_id: String,
    pub principal: PrincipalStored,
    pub org: String,
    pub team: String,
    #[serde(default)]
    pub reason: String,
    /// Version of the team's policy that the decision was made under, and its level.
    pub policy_version: u32,
    pub level: String,
    /// The release of Verdict that wrote the event.
    pub release: String,
    /// The append may use the reserve that a full disk keeps: it takes back, or follows from what does.
    #[serde(rename = "$reserve", skip_serializing_if = "std::ops::Not::not", default)]
    pub reserve: bool,
    /// max(clock of the writer, `at` of the event before).
    pub at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub traceparent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tracestate: Option<String>,
    /// The two ids of `traceparent` again, under the names that clients of this kind of log look for.
    #[serde(rename = "$traceId", skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<String>,
    #[serde(rename = "$spanId", skip_serializing_if = "Option::is_none", default)]
    pub span_id: Option<String>,
}

/// The principal of a command, as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrincipalStored {
    pub kind: String,
    pub subject: String,
    pub auth: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub client: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub on_behalf_of: String,
}

impl PrincipalStored {
    pub fn of(principal: &Principal) -> Self {
        Self {
            kind: principal.kind.as_str().to_owned(),
            subject: principal.subject.clone(),
            auth: principal.auth.as_str().to_owned(),
            client: principal.client.clone(),
            on_behalf_of: principal.on_behalf_of.clone(),
        }
    }
}

impl Metadata {
    /// The metadata of a recorded event.
    pub fn of(event: &Recorded) -> Result<Self, Fault> {
        serde_json::from_slice(&event.metadata)
            .map_err(|error| DecodeError::Malformed(format!("metadata: {error}")).at(event))
    }
}
