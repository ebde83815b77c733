//! The support fails when it should: other bytes, or another event than was written.

use super::*;
use crate::log::contract::tally::{ADDED, Event, Tally};
use crate::wire::DecodeError;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn a_payload_with_its_bytes_is_accepted_and_given() {
    check::<Tally>(ROOT, [Event::Added(2)]);
    assert_eq!(payload(ROOT, ADDED, b"2"), b"2");
}

#[test]
#[should_panic(expected = "contract.Tally.Added.v1")]
fn a_payload_with_other_bytes_fails() {
    check::<Tally>(ROOT, [Event::Added(3)]);
}

/// Writes as a tally does and reads nothing.
#[derive(Debug)]
struct Forgetful;

impl Wire for Forgetful {
    type Aggregate = Tally;

    const TYPES: &'static str = Tally::TYPES;

    fn encode(event: &Event) -> Stored {
        Tally::encode(event)
    }

    fn decode(_: &str, _: &[u8]) -> Result<Option<Event>, DecodeError> {
        Ok(None)
    }
}

#[test]
#[should_panic(expected = "Some(Added(2))")]
fn an_event_that_does_not_read_back_fails() {
    check::<Forgetful>(ROOT, [Event::Added(2)]);
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
    let strict = |_: &str, data: &[u8]| match data {
        b"{}" => Ok(0),
        other => Err(DecodeError::Malformed(String::from_utf8_lossy(other).into_owned())),
    };
    reads_back(
        ROOT,
        &Stored { event_type: "rollouts.Clock.Compared.v1".into(), data: b"{}".to_vec() },
        &0,
        strict,
    );
}
