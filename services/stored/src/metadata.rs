//! What stands beside every event: who wrote it, why, for whom, and under which policy (decision D34).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use verdict_kernel::principal::Principal;

use crate::DecodeError;

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
    /// Reads what stands beside an event.
    pub fn read(metadata: &[u8]) -> Result<Self, DecodeError> {
        serde_json::from_slice(metadata).map_err(|error| DecodeError::Malformed(format!("metadata: {error}")))
    }
}
