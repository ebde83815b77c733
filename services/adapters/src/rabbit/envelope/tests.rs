use lapin::types::FieldArray;

use super::*;

fn sent() -> Message {
    let headers = [
        ("stream", "rollouts.rollout-01"),
        ("revision", "3"),
        ("org", "acme"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("tracestate", "vendor=1"),
    ];
    Message {
        id: "6f9619ff-8b86-5d01-b42d-00cf4fc964ff".to_owned(),
        routing_key: "rollout.stage-entered.v1".to_owned(),
        event_type: "rollouts.Rollout.StageEntered.v1".to_owned(),
        headers: headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: br#"{"stage":"beta"}"#.to_vec(),
    }
}

fn raw(message: &Message, routing_key: &str, properties: BasicProperties) -> Raw {
    let mut raw = Raw::mock(1, "".into(), routing_key.into(), false, message.body.clone());
    raw.properties = properties;
    raw
}

#[test]
fn the_envelope_is_cloudevents_in_binary_mode() {
    let properties = properties("rollouts", &sent(), 1_772_442_000).unwrap();
    let headers = properties.headers().as_ref().unwrap();
    let lines: Vec<String> = headers
        .inner()
        .keys()
        .map(|name| format!("{name} = {}", text(headers, name.as_str()).unwrap()))
        .collect();
    let golden = [
        "cloudEvents:id = 6f9619ff-8b86-5d01-b42d-00cf4fc964ff",
        "cloudEvents:org = acme",
        "cloudEvents:revision = 3",
        "cloudEvents:source = /verdict/rollouts",
        "cloudEvents:specversion = 1.0",
        "cloudEvents:subject = rollouts.rollout-01",
        "cloudEvents:type = rollouts.Rollout.StageEntered.v1",
        "traceparent = 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "tracestate = vendor=1",
    ];
    assert_eq!(lines, golden);
    let said = |property: &Option<ShortString>| property.as_ref().map(ToString::to_string);
    assert_eq!(said(properties.content_type()).as_deref(), Some("application/json"));
    assert_eq!(said(properties.message_id()), Some(sent().id));
    assert_eq!(said(properties.kind()), Some(sent().event_type));
    assert_eq!((*properties.timestamp(), *properties.delivery_mode()), (Some(1_772_442_000), Some(2)));
}

#[test]
fn what_was_sent_is_what_arrives() {
    let properties = properties("rollouts", &sent(), 0).unwrap();
    assert_eq!(message(&raw(&sent(), "rollout.stage-entered.v1", properties)), sent());
}

/// Through the dead letters and back, twice: the routing key is the first one and the notes about deaths are gone.
#[test]
fn a_message_keeps_its_routing_key_through_death_and_revival() {
    let mut died = properties("rollouts", &sent(), 0).unwrap();
    let mut routing_key = "rollout.stage-entered.v1".to_owned();
    for _ in 0..2 {
        let mut headers = died.headers().clone().unwrap();
        let mut note = FieldTable::default();
        let keys = FieldArray::from(vec![AMQPValue::LongString(routing_key.as_str().into())]);
        note.insert("routing-keys".into(), AMQPValue::FieldArray(keys));
        note.insert("reason".into(), AMQPValue::LongString("delivery_limit".into()));
        note.insert("count".into(), AMQPValue::LongLongInt(1));
        let notes = FieldArray::from(vec![AMQPValue::FieldTable(note)]);
        headers.insert("x-death".into(), AMQPValue::FieldArray(notes));
        let letter = raw(&sent(), "gtm.on.rollouts.dlq", died.clone().with_headers(headers));
        assert_eq!(message(&letter), sent());
        assert_eq!(
            death(&letter).map(|death| (death.reason, death.count)),
            Some(("delivery_limit".to_owned(), 1))
        );
        died = revived(&letter).unwrap();
        routing_key = "gtm.on.rollouts".to_owned();
        let again = raw(&sent(), &routing_key, died.clone());
        assert_eq!((message(&again), death(&again)), (sent(), None));
    }
}
