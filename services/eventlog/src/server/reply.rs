//! Events and positions as clients receive them.

use std::collections::HashMap;

use bytes::Bytes;

use super::request::IdForm;
use crate::event::Recorded;
use crate::log::Log;
use crate::page::{Direction, ReadError, ReadFrom};
use crate::wire::event_store::client::streams::ReadResp;
use crate::wire::event_store::client::streams::read_resp::read_event::{Position, RecordedEvent};
use crate::wire::event_store::client::streams::read_resp::{
    CaughtUp, Checkpoint, Content, ReadEvent, StreamNotFound, SubscriptionConfirmation,
};
use crate::wire::event_store::client::{StreamIdentifier, Uuid, uuid};

pub(super) fn content(content: Content) -> ReadResp {
    ReadResp { content: Some(content) }
}

pub(super) fn confirmed(subscription_id: String) -> ReadResp {
    content(Content::Confirmation(SubscriptionConfirmation { subscription_id }))
}

pub(super) fn caught_up() -> ReadResp {
    content(Content::CaughtUp(CaughtUp {}))
}

pub(super) fn checkpoint(position: u64) -> ReadResp {
    content(Content::Checkpoint(Checkpoint { commit_position: position, prepare_position: position }))
}

pub(super) fn not_found(stream: &str) -> ReadResp {
    let stream_identifier = Some(identifier(stream));
    content(Content::StreamNotFound(StreamNotFound { stream_identifier }))
}

pub(super) fn identifier(stream: &str) -> StreamIdentifier {
    StreamIdentifier { stream_name: Bytes::copy_from_slice(stream.as_bytes()) }
}

/// An event as it is.
pub(super) fn event(event: Recorded, ids: IdForm) -> ReadResp {
    let position = Some(Position::CommitPosition(event.position));
    content(Content::Event(ReadEvent { event: Some(recorded(event, ids)), link: None, position }))
}

/// An event with what it links to, if it links to anything. Blocks for an indexed read when it does. The
/// position is always that of the event that was read, because a reader goes on from there.
pub(super) fn resolved(log: &Log, read: Recorded, ids: IdForm) -> Result<ReadResp, ReadError> {
    let Some(target) = &read.link else { return Ok(event(read, ids)) };
    let target = target_of(log, &target.stream, target.revision)?;
    let position = Some(Position::CommitPosition(read.position));
    let resolved = target.map(|target| recorded(target, ids));
    Ok(content(Content::Event(ReadEvent { event: resolved, link: Some(recorded(read, ids)), position })))
}

/// The target of a link; absent when it is gone.
fn target_of(log: &Log, stream: &str, revision: u64) -> Result<Option<Recorded>, ReadError> {
    match log.read_stream(stream, ReadFrom::Revision(revision), Direction::Forward, 1) {
        Ok(slice) => Ok(slice.events.into_iter().next().filter(|event| event.revision == revision)),
        Err(ReadError::StreamDeleted { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn recorded(event: Recorded, ids: IdForm) -> RecordedEvent {
    let content_type = if event.is_json { "application/json" } else { "application/octet-stream" };
    // Clients count time in ticks of 100 ns.
    let created = event.created_unix_micros.saturating_mul(10).to_string();
    let metadata = HashMap::from([
        ("type".to_owned(), event.event_type.to_string()),
        ("content-type".to_owned(), content_type.to_owned()),
        ("created".to_owned(), created),
    ]);
    RecordedEvent {
        id: Some(id(event.id, ids)),
        stream_identifier: Some(identifier(&event.stream)),
        stream_revision: event.revision,
        prepare_position: event.position,
        commit_position: event.position,
        metadata,
        custom_metadata: event.metadata,
        data: event.data,
    }
}

fn id(id: ::uuid::Uuid, form: IdForm) -> Uuid {
    let value = match form {
        IdForm::Text => uuid::Value::String(id.to_string()),
        IdForm::Structured => {
            let (most, least) = id.as_u64_pair();
            uuid::Value::Structured(uuid::Structured {
                most_significant_bits: most.cast_signed(),
                least_significant_bits: least.cast_signed(),
            })
        }
    };
    Uuid { value: Some(value) }
}
