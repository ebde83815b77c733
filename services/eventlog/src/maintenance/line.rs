//! The lines of an export: a header, then one line for each event, then one for each stream that has
//! revisions but no events left.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// `format` of the header.
pub(super) const FORMAT: &str = "verdict-log";
/// `version` of the header.
pub(super) const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Header {
    pub(super) format: String,
    pub(super) version: u32,
    /// The log that was exported; the import gets an id of its own.
    pub(super) log_id: String,
    pub(super) head: u64,
    /// Lines of events that follow.
    pub(super) events: u64,
    /// Lines of streams that follow them.
    pub(super) emptied_streams: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Line {
    Event(EventLine),
    EmptiedStream(StreamLine),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct EventLine {
    pub(super) position: u64,
    pub(super) stream: String,
    pub(super) revision: u64,
    #[serde(rename = "type")]
    pub(super) event_type: String,
    pub(super) id: Uuid,
    pub(super) created_unix_micros: i64,
    pub(super) is_json: bool,
    pub(super) data: Payload,
    pub(super) metadata: Payload,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct StreamLine {
    pub(super) stream: String,
    pub(super) next_revision: u64,
}

/// Bytes: as they are when they are JSON on one line, as hexadecimal digits otherwise.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Payload {
    Json(Box<RawValue>),
    Hex(String),
}

impl Payload {
    pub(super) fn encode(bytes: &[u8]) -> Self {
        match json_line(bytes) {
            Some(json) => Self::Json(json),
            None => Self::Hex(to_hex(bytes)),
        }
    }

    /// The bytes that were encoded; absent when the digits are not hexadecimal.
    pub(super) fn decode(&self) -> Option<Bytes> {
        match self {
            Self::Json(json) => Some(Bytes::copy_from_slice(json.get().as_bytes())),
            Self::Hex(digits) => from_hex(digits).map(Bytes::from),
        }
    }
}

/// The bytes as JSON, when reading them back from a line gives exactly the same bytes.
fn json_line(bytes: &[u8]) -> Option<Box<RawValue>> {
    if bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let json: Box<RawValue> = serde_json::from_str(text).ok()?;
    (json.get() == text).then_some(json)
}

fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some((value(*high)? << 4) | value(*low)?)).collect()
}
