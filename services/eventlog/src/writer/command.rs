//! What the writer is asked to do, checked as far as that is possible without the file.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;
use uuid::Uuid;

use crate::append::{AppendError, Expected};
use crate::event::{LINK_TYPE, LinkTarget, NewEvent};
use crate::metadata::{METADATA_PREFIX, METADATA_TYPE, StreamMetadata};

/// The field of an event's metadata that asks for the reserve.
const RESERVE: &str = "$reserve";
/// The longest name of a stream or type, in bytes.
const NAME_BYTES: usize = 1_000;

/// One change of one stream.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) stream: Arc<str>,
    pub(crate) change: Change,
    bytes: usize,
    may_use_reserve: bool,
}

#[derive(Debug)]
pub(crate) enum Change {
    Append {
        expected: Expected,
        events: Vec<Entry>,
        /// What the last metadata event among `events` says about the stream that they describe.
        metadata: Option<Arc<StreamMetadata>>,
    },
    Metadata(Arc<StreamMetadata>),
    Delete(Expected),
    Tombstone(Expected),
}

/// An event that can be written more than once without being copied, should its batch be tried again.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: Uuid,
    pub(crate) event_type: Arc<str>,
    pub(crate) is_json: bool,
    pub(crate) data: Bytes,
    pub(crate) metadata: Bytes,
    pub(crate) link: Option<LinkTarget>,
}

impl Command {
    pub(crate) fn new(stream: &str, change: Change) -> Result<Self, AppendError> {
        check_stream(stream)?;
        Ok(Self { stream: Arc::from(stream), change, bytes: 256, may_use_reserve: true })
    }

    pub(crate) fn append(
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
        limit: usize,
    ) -> Result<Self, AppendError> {
        check_stream(stream)?;
        let bytes = events.iter().map(size).sum();
        if bytes > limit {
            return Err(AppendError::TooLarge { bytes, limit });
        }
        if events.is_empty() {
            return Err(AppendError::Invalid { reason: "it has no events" });
        }
        if events.iter().any(|event| !(1..=NAME_BYTES).contains(&event.event_type.len())) {
            return Err(AppendError::Invalid { reason: "an event type must have 1 to 1,000 bytes" });
        }
        let metadata = if stream.starts_with(METADATA_PREFIX) { described(&events)? } else { None };
        // What is kept of a stream, and deleting, make room.
        let may_use_reserve = metadata.is_some() || events.iter().all(asks_for_reserve);
        let events = events.into_iter().map(Entry::from).collect();
        let change = Change::Append { expected, events, metadata };
        Ok(Self { stream: Arc::from(stream), change, bytes: bytes + 256, may_use_reserve })
    }

    /// Whether it may be written where others find no room any more.
    pub(crate) const fn may_use_reserve(&self) -> bool {
        self.may_use_reserve
    }

    /// What the command weighs in the queue.
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }
}

impl From<NewEvent> for Entry {
    fn from(event: NewEvent) -> Self {
        let link = if event.event_type == LINK_TYPE { LinkTarget::parse(&event.data) } else { None };
        Self {
            id: event.id,
            event_type: Arc::from(event.event_type),
            is_json: event.is_json,
            data: Bytes::from(event.data),
            metadata: Bytes::from(event.metadata),
            link,
        }
    }
}

fn check_stream(stream: &str) -> Result<(), AppendError> {
    if !(1..=NAME_BYTES).contains(&stream.len()) {
        return Err(AppendError::Invalid { reason: "a stream name must have 1 to 1,000 bytes" });
    }
    let described = stream.strip_prefix(METADATA_PREFIX);
    if described.is_some_and(|name| name.is_empty() || name.starts_with(METADATA_PREFIX)) {
        return Err(AppendError::Invalid { reason: "a metadata stream has no metadata stream of its own" });
    }
    Ok(())
}

fn size(event: &NewEvent) -> usize {
    event.event_type.len() + event.data.len() + event.metadata.len()
}

/// Whether the metadata of the event say `"$reserve": true`.
fn asks_for_reserve(event: &NewEvent) -> bool {
    // Parsed only where it stands somewhere: every event of every append comes by here.
    event.metadata.windows(RESERVE.len()).any(|bytes| bytes == RESERVE.as_bytes())
        && serde_json::from_slice::<Value>(&event.metadata)
            .is_ok_and(|metadata| metadata.get(RESERVE) == Some(&Value::Bool(true)))
}

fn described(events: &[NewEvent]) -> Result<Option<Arc<StreamMetadata>>, AppendError> {
    let newest = events.iter().rfind(|event| event.event_type == METADATA_TYPE);
    let Some(newest) = newest else { return Ok(None) };
    let metadata = StreamMetadata::parse(&newest.data).map_err(AppendError::Metadata)?;
    Ok(Some(Arc::new(metadata)))
}
