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

#[test]
fn d34_every_event_says_who_wrote_it_where_and_under_which_policy() {
    use crate::execute::{Envelope, Fence, metadata};
    use verdict_kernel::id::CommandId;

    let principal = Principal {
        client: "cli".to_owned(),
        on_behalf_of: "anna".to_owned(),
        ..Principal::process("wind-down")
    };
    let fence = Some(Fence { lease: "bets.lease-1".to_owned(), epoch: 7 });
    let envelope = Envelope {
        fence,
        reason: "because".to_owned(),
        ..Envelope::new(CommandId::from_uuid(uuid::Uuid::from_u128(1)), principal)
    };
    let stored: serde_json::Value =
        serde_json::from_slice(&metadata(&envelope, Timestamp::UNIX_EPOCH)).unwrap();
    let id = "00000000-0000-0000-0000-000000000001";
    let wanted = serde_json::json!({
        "commandId": id, "payloadHash": "", "lease": "bets.lease-1", "epoch": 7, "$correlationId": id,
        "$causationId": id, "$reserve": true,
        "principal": {
            "kind": "process", "subject": "process:wind-down", "auth": "process", "client": "cli",
            "onBehalfOf": "anna",
        },
        "org": "default", "team": "default", "reason": "because", "policyVersion": 1, "level": "enforce",
        "at": "1970-01-01T00:00:00Z", "release": env!("CARGO_PKG_VERSION"),
    });
    assert_eq!(stored, wanted);
}

#[test]
fn a_remark_and_an_override_are_known_by_their_type_and_nothing_else_is() {
    for name in ["bets.Bet.Remarked.v1", "rollouts.Flag.Overridden.v1"] {
        assert!(ruled::is_ruled(name), "{name}");
    }
    for name in ["bets.Bet.Remarked.v2", "bets.Bet.BetRemarked.v1", "Remarked.v1", "bets.Bet.Remarked.v1.x"] {
        assert!(!ruled::is_ruled(name), "{name}");
    }
}
