//! The support fails when it should: other bytes, another event than was written, an event that is left out.

use super::*;
use crate::tests::{Lamp, LampEvent, LampWire, lit};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LIT: &str = "test.Lamp.LampLit.v1";

#[test]
fn payloads_with_their_bytes_are_accepted_and_given() {
    check::<LampWire>(ROOT, [lit(Some(3)), LampEvent::Dimmed]);
    assert_eq!(payload(ROOT, "test.Lamp.LampDimmed.v1", b"{}"), b"{}");
}

#[test]
#[should_panic(expected = "test.Lamp.LampLit.v1")]
fn a_payload_with_other_bytes_fails() {
    check::<LampWire>(ROOT, [lit(None), LampEvent::Dimmed]);
}

#[test]
#[should_panic(expected = "the types checked, and those of the aggregate")]
fn an_event_that_is_left_out_fails() {
    check::<LampWire>(ROOT, [lit(Some(3))]);
}

/// Writes as a lamp does and reads nothing.
#[derive(Debug)]
struct Forgetful;

impl Wire for Forgetful {
    type Aggregate = Lamp;

    const TYPES: &'static str = LampWire::TYPES;
    const EVENTS: &'static [&'static str] = LampWire::EVENTS;

    fn encode(event: &LampEvent) -> Stored {
        LampWire::encode(event)
    }

    fn decode(_: &str, _: &[u8]) -> Result<Option<LampEvent>, DecodeError> {
        Ok(None)
    }
}

#[test]
#[should_panic(expected = "Some(Lit")]
fn an_event_that_does_not_read_back_fails() {
    check::<Forgetful>(ROOT, [lit(Some(3)), LampEvent::Dimmed]);
}

#[test]
fn clause_25_a_later_payload_holds_unknown_fields_at_every_depth() {
    let later = of_tomorrow(br#"{"a":[{"b":1}],"c":"d"}"#);
    let strange = r#""ofTomorrow":{"seen":[1,"two"]}"#;
    let wanted = format!(r#"{{"a":[{{"b":1,{strange}}}],"c":"d",{strange}}}"#);
    assert_eq!(String::from_utf8_lossy(&later), wanted);
}

#[test]
#[should_panic(expected = "ofTomorrow")]
fn clause_25_a_reader_that_minds_an_unknown_field_fails() {
    let strict = |_: &str, data: &[u8]| {
        let text = String::from_utf8_lossy(data);
        if text.contains("ofTomorrow") { Err(DecodeError::Malformed(text.into_owned())) } else { Ok(0) }
    };
    let stored = Stored {
        event_type: LIT.into(),
        data: br#"{"right":1,"left":2,"room":"3","name":"green","number":7}"#.to_vec(),
    };
    reads_back(ROOT, &stored, &0, strict);
}
