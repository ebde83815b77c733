//! Every event of an edge survives the log, and what is stored keeps its bytes.

use verdict_stored::{Wire, golden};

use super::*;

#[test]
fn stored_edge_events_keep_their_bytes() {
    golden::check::<EdgeWire>(
        env!("CARGO_MANIFEST_DIR"),
        [
            Event::Joined { name: "edge-a".to_owned() },
            Event::Left,
            Event::Lost,
            Event::ServedConfirmed(Confirmation {
                flag: "01JD3Z8Q4M9W6T2V5X7Y0A1B2E".parse().unwrap(),
                flag_version: 4,
                rollout: Some("01JD3Z8Q4M9W6T2V5X7Y0A1B2C".parse().unwrap()),
                stage: "beta".to_owned(),
                attempt: 3,
            }),
        ],
    );
}

#[test]
fn a_confirmed_kill_names_no_rollout_and_survives_the_log() {
    let kill = Event::ServedConfirmed(Confirmation {
        flag: "01JD3Z8Q4M9W6T2V5X7Y0A1B2E".parse().unwrap(),
        flag_version: 9,
        rollout: None,
        stage: String::new(),
        attempt: 0,
    });
    let stored = EdgeWire::encode(&kill);
    assert!(!String::from_utf8_lossy(&stored.data).contains("rolloutId"));
    assert_eq!(EdgeWire::decode(&stored.event_type, &stored.data), Ok(Some(kill)));
}

#[test]
fn what_is_not_known_or_not_whole_is_named() {
    let decode = EdgeWire::decode;
    assert_eq!(decode("rollouts.Edge.EdgeSold.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(decode("rollouts.Edge.EdgeJoined.v1", b"{}"), Err(DecodeError::Missing("name")));
}
