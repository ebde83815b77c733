//! An event as services write them.

use uuid::Uuid;
use verdict_eventlog::NewEvent;

/// Bytes of data of one event, about.
const DATA: usize = 500;

/// An event with this number as its id.
pub(crate) fn event(number: u128) -> NewEvent {
    NewEvent {
        id: Uuid::from_u128(number),
        event_type: "bench.Thing.Happened.v1".to_owned(),
        is_json: true,
        data: format!(r#"{{"text":"{}"}}"#, "x".repeat(DATA)).into_bytes(),
        metadata: br#"{"commandId":"00000000-0000-0000-0000-000000000000"}"#.to_vec(),
    }
}
