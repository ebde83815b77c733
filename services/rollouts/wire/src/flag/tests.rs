//! Every event of a flag survives the log, and what is stored keeps its bytes.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::percent::Percent;
use verdict_rollouts_domain::audience::Audience;
use verdict_stored::{Wire, golden};

use super::*;

const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
const BREACH: &str = "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10";

fn due() -> Timestamp {
    "2026-06-01T09:00:00Z".parse().unwrap()
}

fn created(kind: Kind, cleanup_on: Option<Timestamp>) -> Event {
    let variant = |name: &str, value: &str| Variant { name: name.to_owned(), value: value.to_owned() };
    Event::Created {
        identity: Identity {
            key: "new-checkout".to_owned(),
            environment: "production".to_owned(),
            kind,
            owner: "subject-1".to_owned(),
            salt: "new-checkout".to_owned(),
            unit: "targetingKey".to_owned(),
            variants: vec![variant("on", "true"), variant("off", "false")],
            on_variant: "on".to_owned(),
            off_variant: "off".to_owned(),
        },
        cleanup_on,
    }
}

fn mixed() -> Audience {
    let mut audience = Audience::members(["ann", "bob"]);
    audience.accounts = Audience::accounts(["acme"]).accounts;
    audience.attributes.insert("country".to_owned(), ["de".to_owned()].into());
    audience.percent = Some(Percent::of(10));
    audience
}

fn changed(audience: Audience, by_rollout: bool) -> Event {
    Event::ExposureChanged {
        version: 3,
        audience,
        stage: by_rollout.then(|| StageExposure {
            place: Place {
                rollout: ROLLOUT.parse().unwrap(),
                stage: "beta".to_owned(),
                stage_index: 2,
                attempt: 3,
            },
            revision: 12,
        }),
    }
}

fn narrowed(rollout: Option<&str>) -> Event {
    Event::ExposureNarrowed {
        version: 4,
        audience: Audience::accounts(["acme"]),
        restored: 2,
        hold: Some(HoldKind::Breach),
        rollout: rollout.map(|id| id.parse().unwrap()),
        stage: "beta".to_owned(),
        attempt: 3,
        cause: text(BREACH),
    }
}

fn held(kind: HoldKind) -> Hold {
    Hold { cause: text(BREACH), kind, rollout: Some(ROLLOUT.parse().unwrap()), attempt: 3 }
}

fn revived(by_rollout: bool) -> Event {
    let place = by_rollout.then(|| Place {
        rollout: ROLLOUT.parse().unwrap(),
        stage: text("beta"),
        stage_index: 2,
        attempt: 3,
    });
    let undone = Some(Exposure { version: 3, audience: mixed(), place });
    Event::Revived { version: 6, reason: text("by mistake"), undone }
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn stored_flag_events_keep_their_bytes() {
    golden::check::<FlagWire>(
        env!("CARGO_MANIFEST_DIR"),
        [
            created(Kind::Release, Some(due())),
            changed(mixed(), true),
            narrowed(Some(ROLLOUT)),
            Event::Held(held(HoldKind::Watch)),
            Event::HoldReleased { cause: text(BREACH), reason: text("false alarm") },
            Event::Claimed { rollout: ROLLOUT.parse().unwrap() },
            Event::Killed { version: 5, reason: text("errors"), at: due() },
            revived(true),
            Event::CleanupScheduled { due: due() },
            Event::CleanupDue { due: due() },
            Event::RemovedFromCode { attestation: text("commit 12") },
            Event::Archived,
        ],
    );
}

#[test]
fn every_variant_reads_back() {
    let events = [
        created(Kind::Ops, None),
        created(Kind::Permission, None),
        changed(Audience::nobody(), false),
        narrowed(None),
        Event::Killed { version: 0, reason: String::new(), at: due() },
        Event::Held(Hold { rollout: None, attempt: 0, ..held(HoldKind::Restored) }),
        Event::Held(held(HoldKind::Guardrail)),
        Event::Revived { version: 6, reason: text("fixed"), undone: None },
        revived(false),
    ];
    for event in events {
        let stored = FlagWire::encode(&event);
        assert_eq!(FlagWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn what_is_not_known_or_not_whole_is_named() {
    let decode = FlagWire::decode;
    assert_eq!(decode("rollouts.Flag.FlagSold.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(decode("rollouts.Edge.EdgeLeft.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(decode(FlagWire::FlagKilled, b"{}"), Err(DecodeError::Missing("version")));
    let too_much = br#"{"version":1,"audience":{"basisPoints":10001}}"#;
    let Err(DecodeError::Malformed(why)) = decode("rollouts.Flag.ExposureChanged.v1", too_much) else {
        panic!("more than everybody was read");
    };
    assert!(why.contains("basis_points"), "{why}");
}
