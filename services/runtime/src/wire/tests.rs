//! What becomes of a payload that another version wrote.

use verdict_proto::v1::{Check, CheckState};

use super::*;

#[test]
fn clause_25_an_unknown_value_of_an_enum_is_an_unknown_event() {
    let known: Result<Check, _> = parse(br#"{"name":"errors","state":"CHECK_STATE_PASS"}"#);
    assert_eq!(known.unwrap().state(), CheckState::Pass);
    let newer: Result<Check, _> = parse(br#"{"name":"errors","state":"CHECK_STATE_X"}"#);
    assert_eq!(newer, Err(DecodeError::UnknownType));
}

#[test]
fn an_unknown_field_is_passed_over_and_nonsense_is_malformed() {
    let newer: Result<Check, _> = parse(br#"{"name":"errors","colour":"red"}"#);
    assert_eq!(newer.unwrap().name.as_deref(), Some("errors"));
    for nonsense in [&b"{"[..], br#"{"name":7}"#, br#"{"state":{}}"#] {
        let malformed: Result<Check, _> = parse(nonsense);
        assert!(matches!(malformed, Err(DecodeError::Malformed(_))), "{malformed:?}");
    }
}
