//! The stream `$verdict-log`: one event that names the log, so that a reader over the network knows
//! whether a position that it kept belongs to this log. It is not stored and not part of the whole log.

use std::sync::Arc;

use bytes::Bytes;
use ulid::Ulid;
use uuid::Uuid;

use crate::event::Recorded;

/// The name of the stream.
pub(super) const STREAM: &str = "$verdict-log";
const TYPE: &str = "$log-identity";

/// The only event of the stream.
pub(super) fn event(log_id: Ulid) -> Recorded {
    let began = i64::try_from(log_id.timestamp_ms()).unwrap_or(i64::MAX).saturating_mul(1_000);
    Recorded {
        position: 0,
        stream: Arc::from(STREAM),
        revision: 0,
        id: Uuid::from_bytes(log_id.to_bytes()),
        event_type: Arc::from(TYPE),
        is_json: true,
        data: Bytes::from(format!("{{\"logId\":\"{log_id}\"}}")),
        metadata: Bytes::new(),
        created_unix_micros: began,
        link: None,
    }
}
