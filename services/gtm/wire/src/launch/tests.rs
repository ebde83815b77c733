//! Every event survives the log, and what older versions wrote still reads.

use verdict_kernel::tier::Tier;
use verdict_stored::{DecodeError, Wire, golden};

use super::*;

const CAUSE: &str = "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10";

fn every_event() -> Vec<Event> {
    vec![
        Event::Planned(Plan {
            bet: "01JD3Z8Q4M9W6T2V5X7Y0A1B2C".parse().unwrap(),
            rollout: "01JD3Z8Q4M9W6T2V5X7Y0A1B2D".parse().unwrap(),
            tier: Tier::new(2).unwrap(),
            title: "Faster checkout".into(),
        }),
        Event::Held { cause: Some(CAUSE.parse().unwrap()), reason: String::new() },
        Event::Released { reason: "false alarm".into() },
        Event::Sent { channel: "blog".parse().unwrap() },
        Event::Corrected { reason: "rolled back".into() },
        Event::Cancelled { reason: "killed".into() },
        Event::Replanned { reason: "second try".into() },
    ]
}

#[test]
fn every_event_reads_back_as_it_was() {
    let by_hand = Event::Held { cause: None, reason: "press asked".into() };
    for event in every_event().into_iter().chain([by_hand]) {
        let stored = LaunchWire::encode(&event);
        assert_eq!(LaunchWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn golden_payloads_read_and_write_the_same_bytes() {
    golden::check::<LaunchWire>(env!("CARGO_MANIFEST_DIR"), every_event());
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!(LaunchWire::decode("gtm.Launch.Renamed.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(
        LaunchWire::decode("gtm.Launch.AnnouncementSent.v1", b"{}"),
        Err(DecodeError::Missing("channel"))
    );
    let tier = br#"{"betId":"01JD3Z8Q4M9W6T2V5X7Y0A1B2C","rolloutId":"01JD3Z8Q4M9W6T2V5X7Y0A1B2D","tier":9,"title":"t"}"#;
    assert_eq!(
        LaunchWire::decode("gtm.Launch.LaunchPlanned.v1", tier),
        Err(DecodeError::Malformed("field 'tier': 9 is not 1 to 4".into()))
    );
}
