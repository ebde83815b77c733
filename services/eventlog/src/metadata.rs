//! Stream metadata: how much of a stream is kept, and what its owner wants to note about it.
//!
//! The metadata of stream `s` is the last event, of type `$metadata`, of stream `$$s`; its payload is a
//! JSON object. Names that begin with `$` belong to the log, all others to the owner.

use std::time::Duration;

use serde_json::{Map, Value};

/// The type of the events of a metadata stream.
pub(crate) const METADATA_TYPE: &str = "$metadata";
/// What precedes the name of a stream in the name of its metadata stream.
pub(crate) const METADATA_PREFIX: &str = "$$";
/// The `truncate_before` of a soft-deleted stream.
pub(crate) const DELETED: u64 = i64::MAX.cast_unsigned();

const MAX_COUNT: &str = "$maxCount";
const MAX_AGE: &str = "$maxAge";
const TRUNCATE_BEFORE: &str = "$tb";

/// The limits and notes of a stream. Limits hide events from reads of the stream and delete them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StreamMetadata {
    /// Keep this many of the last events, at least 1.
    pub max_count: Option<u64>,
    /// Keep events younger than this, in whole seconds, at least one.
    pub max_age: Option<Duration>,
    /// Keep events from this revision on.
    pub truncate_before: Option<u64>,
    /// Everything else; stored and handed back as it is.
    pub custom: Map<String, Value>,
}

/// The payload of a metadata event cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMetadata {
    #[error("stream metadata must be a JSON object")]
    NotAnObject,
    #[error("'{field}' of the stream metadata must be a whole number of at least {least}")]
    NotANumber { field: &'static str, least: u64 },
}

impl StreamMetadata {
    /// Keeps the last `max_count` events.
    pub fn keep_last(max_count: u64) -> Self {
        Self { max_count: Some(max_count), ..Self::default() }
    }

    pub(crate) fn parse(json: &[u8]) -> Result<Self, InvalidMetadata> {
        let mut custom: Map<String, Value> =
            serde_json::from_slice(json).map_err(|_| InvalidMetadata::NotAnObject)?;
        Ok(Self {
            max_count: take_number(&mut custom, MAX_COUNT, 1)?,
            max_age: take_number(&mut custom, MAX_AGE, 1)?.map(Duration::from_secs),
            truncate_before: take_number(&mut custom, TRUNCATE_BEFORE, 0)?,
            custom,
        })
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        let mut fields = self.custom.clone();
        let limits = [
            (MAX_COUNT, self.max_count),
            (MAX_AGE, self.max_age.map(|age| age.as_secs())),
            (TRUNCATE_BEFORE, self.truncate_before),
        ];
        for (field, limit) in limits {
            if let Some(limit) = limit {
                fields.insert(field.to_owned(), Value::from(limit));
            }
        }
        Value::Object(fields).to_string().into_bytes()
    }

    pub(crate) fn is_deleted(&self) -> bool {
        self.truncate_before == Some(DELETED)
    }

    /// The lowest revision that a reader may see by count and truncation in a stream that has
    /// `next_revision` revisions.
    pub(crate) fn first_visible(&self, next_revision: u64) -> u64 {
        let by_count = self.max_count.map_or(0, |count| next_revision.saturating_sub(count));
        by_count.max(self.truncate_before.unwrap_or(0))
    }

    /// The oldest `created`, in microseconds, that a reader may see at the time `now`.
    pub(crate) fn oldest_visible(&self, now_unix_micros: i64) -> Option<i64> {
        let age = i64::try_from(self.max_age?.as_micros()).unwrap_or(i64::MAX);
        Some(now_unix_micros.saturating_sub(age))
    }
}

fn take_number(
    fields: &mut Map<String, Value>,
    field: &'static str,
    least: u64,
) -> Result<Option<u64>, InvalidMetadata> {
    let largest = DELETED;
    match fields.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64() {
            Some(number) if (least..=largest).contains(&number) => Ok(Some(number)),
            _ => Err(InvalidMetadata::NotANumber { field, least }),
        },
    }
}
