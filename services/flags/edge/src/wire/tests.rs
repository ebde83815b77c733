//! What stored events of flags mean to an edge.

use serde_json::json;
use verdict_kernel::clock::Timestamp;
use verdict_runtime::log::{NewEvent, Position};

use super::*;
use crate::fixtures;

fn recorded(event: NewEvent) -> Recorded {
    Recorded {
        position: Position { log_id: "log-1".into(), commit: 1, prepare: 1 },
        stream: "rollouts.flag-1".into(),
        revision: 0,
        id: event.id,
        event_type: event.event_type.into(),
        data: event.data,
        metadata: event.metadata,
        created: Timestamp::UNIX_EPOCH,
    }
}

#[track_caller]
fn check(event: NewEvent, expected: Result<Change, DecodeError>) {
    assert_eq!(change(&recorded(event)), expected);
}

#[test]
fn a_created_flag_carries_everything_that_bucketing_needs() {
    let created = Created {
        org: "default".to_owned(),
        key: "checkout".to_owned(),
        environment: "production".to_owned(),
        salt: Some("checkout".to_owned()),
        bucketing: "flagd-v3".to_owned(),
        unit: "targetingKey".to_owned(),
        variants: vec![("on".to_owned(), "true".to_owned()), ("off".to_owned(), "false".to_owned())],
        on_variant: "on".to_owned(),
        off_variant: "off".to_owned(),
    };
    check(fixtures::created("checkout"), Ok(Change::Created(Box::new(created))));
}

#[test]
fn a_rule_names_the_text_and_the_scalar_that_it_spells() {
    let values = ["10", "true", "pro", "null", "[1]"].map(str::to_owned).to_vec();
    let audience = pb::Audience {
        accounts: vec!["acme".to_owned()],
        attributes: vec![pb::AttributeMatch { attribute: Some("seats".to_owned()), values: values.clone() }],
        ..fixtures::audience(&["mia"], 250)
    };
    let any_of =
        vec![json!("10"), json!(10), json!("true"), json!(true), json!("pro"), json!("null"), json!("[1]")];
    let exposure = Exposure {
        members: vec!["mia".to_owned()],
        accounts: vec!["acme".to_owned()],
        matches: vec![Rule { attribute: "seats".to_owned(), values }],
        basis_points: 250,
    };
    assert_eq!(exposure.matches[0].any_of(), any_of);
    assert_eq!(exposure.to_audience(), audience);
    check(fixtures::exposed(2, audience), Ok(Change::Exposed { version: 2, exposure, placed: None }));
}

#[test]
fn a_narrowing_without_an_audience_reaches_nobody() {
    let event = fixtures::event(
        "ExposureNarrowed",
        &pb::ExposureNarrowed { version: Some(4), ..pb::ExposureNarrowed::default() },
    );
    let change = Change::Narrowed { version: 4, exposure: Exposure::default(), asked: None };
    check(event, Ok(change));
}

#[test]
fn a_narrowing_of_a_rollout_asks_for_confirmation() {
    let asked = Asked { rollout_id: "rollout-1".to_owned(), stage: "beta".to_owned(), attempt: 3 };
    let exposure = Exposure { members: vec!["mia".to_owned()], ..Exposure::default() };
    let event = fixtures::narrowed(4, fixtures::audience(&["mia"], 0));
    check(event, Ok(Change::Narrowed { version: 4, exposure, asked: Some(asked) }));
}

#[test]
fn what_cannot_be_read_says_why() {
    check(
        fixtures::event("ExposureChanged", &pb::ExposureChanged::default()),
        Err(DecodeError::Missing("version")),
    );
    check(fixtures::event("FlagPainted", &pb::FlagArchived {}), Err(DecodeError::UnknownType));
    let later = NewEvent { event_type: "rollouts.Flag.FlagKilled.v2".to_owned(), ..fixtures::killed(1) };
    check(later, Err(DecodeError::UnknownType));
}

#[test]
fn what_no_caller_can_see_is_not_a_change() {
    check(fixtures::event("HoldReleased", &pb::HoldReleased::default()), Ok(Change::Unseen));
    check(fixtures::event("CleanupDue", &pb::CleanupDue::default()), Ok(Change::Unseen));
    check(fixtures::event("Remarked", &verdict_proto::v1::Remarked::default()), Ok(Change::Unseen));
    check(fixtures::event("Overridden", &verdict_proto::v1::Overridden::default()), Ok(Change::Unseen));
}
