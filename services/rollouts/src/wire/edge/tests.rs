//! Every event of an edge survives the log, and what is stored keeps its bytes.

use verdict_runtime::wire::golden;

use super::*;

#[test]
fn stored_edge_events_keep_their_bytes() {
    golden::check::<EdgeWire>(
        env!("CARGO_MANIFEST_DIR"),
        [
            Event::Joined { name: "edge-a".to_owned() },
            Event::Left,
            Event::ServedConfirmed(Confirmation {
                flag: "01JD3Z8Q4M9W6T2V5X7Y0A1B2E".parse().unwrap(),
                flag_version: 4,
                rollout: "01JD3Z8Q4M9W6T2V5X7Y0A1B2C".parse().unwrap(),
                stage: "beta".to_owned(),
                attempt: 3,
            }),
        ],
    );
}

#[test]
fn what_is_not_known_or_not_whole_is_named() {
    let decode = EdgeWire::decode;
    assert_eq!(decode("rollouts.Edge.EdgeSold.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(decode("rollouts.Edge.EdgeJoined.v1", b"{}"), Err(DecodeError::Missing("name")));
}
