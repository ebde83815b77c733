//! What is stored beside the events of a command.

use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;

use super::*;

#[test]
fn d34_every_event_says_who_wrote_it_where_and_under_which_policy() {
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
