//! A message as AMQP carries it: CloudEvents 1.0 in binary mode, with W3C trace context.
//!
//! The CloudEvents binding is written for AMQP 1.0, whose application properties are the headers of AMQP 0.9.1; a
//! RabbitMQ broker converts one into the other. So attributes are headers with the prefix `cloudEvents:`, the body
//! is the event's data and its content type is a property. Trace context keeps its own names.

use std::collections::BTreeMap;

use lapin::BasicProperties;
use lapin::message::Delivery as Raw;
use lapin::types::{AMQPValue, FieldTable, ShortString};
use verdict_runtime::bus::Message;

use super::topology::short;

const PREFIX: &str = "cloudEvents:";
/// What a stored event's data is.
const CONTENT_TYPE: &str = "application/json";
/// Survives the broker's restarts.
const PERSISTENT: u8 = 2;
/// Where a message was sent to first, when it now comes by another way.
const SENT_AS: &str = "x-verdict-routing-key";
/// The name of the stream goes into the attribute that says what an event is about.
const STREAM: &str = "stream";
/// Attributes that are said by other parts of the message.
const SAID_ELSEWHERE: [&str; 4] = ["id", "type", "source", "specversion"];

/// Properties and headers of `message` of `context`, published at `seconds` since 1970.
pub(super) fn properties(
    context: &str,
    message: &Message,
    seconds: u64,
) -> Result<BasicProperties, lapin::Error> {
    let mut headers = FieldTable::default();
    let mut put = |name: &str, value: &str| -> Result<(), lapin::Error> {
        headers.insert(short(name)?, AMQPValue::LongString(value.into()));
        Ok(())
    };
    put("cloudEvents:specversion", "1.0")?;
    put("cloudEvents:id", &message.id)?;
    put("cloudEvents:type", &message.event_type)?;
    put("cloudEvents:source", &format!("/verdict/{context}"))?;
    for (name, value) in &message.headers {
        put(&header(name), value)?;
    }
    Ok(BasicProperties::default()
        .with_message_id(short(&message.id)?)
        .with_type(short(&message.event_type)?)
        .with_content_type(CONTENT_TYPE.into())
        .with_timestamp(seconds)
        .with_delivery_mode(PERSISTENT)
        .with_headers(headers))
}

/// The header that carries one of the message's own.
fn header(name: &str) -> String {
    match name {
        "traceparent" | "tracestate" => name.to_owned(),
        STREAM => format!("{PREFIX}subject"),
        other => format!("{PREFIX}{other}"),
    }
}

/// The message's own header, if `header` carries one.
fn name(header: &str) -> Option<&str> {
    match header.strip_prefix(PREFIX) {
        Some("subject") => Some(STREAM),
        Some(attribute) => (!SAID_ELSEWHERE.contains(&attribute)).then_some(attribute),
        None => ["traceparent", "tracestate"].contains(&header).then_some(header),
    }
}

/// The message that was sent, whichever way it came.
pub(super) fn message(raw: &Raw) -> Message {
    let none = FieldTable::default();
    let headers = raw.properties.headers().as_ref().unwrap_or(&none);
    let property = |property: &Option<ShortString>, attribute: &str| {
        let said = property.as_ref().map(ToString::to_string);
        said.or_else(|| text(headers, &format!("{PREFIX}{attribute}"))).unwrap_or_default()
    };
    let mut own = BTreeMap::new();
    for header in headers.inner().keys() {
        if let Some((name, value)) = name(header.as_str()).zip(text(headers, header.as_str())) {
            own.insert(name.to_owned(), value);
        }
    }
    Message {
        id: property(raw.properties.message_id(), "id"),
        routing_key: sent_as(headers).unwrap_or_else(|| raw.routing_key.to_string()),
        event_type: property(raw.properties.kind(), "type"),
        headers: own,
        body: raw.data.clone(),
    }
}

/// The properties for sending a dead letter again: without the broker's notes about its death, and with the
/// routing key that it had.
pub(super) fn revived(raw: &Raw) -> Result<BasicProperties, lapin::Error> {
    let mut headers = FieldTable::default();
    let none = FieldTable::default();
    let old = raw.properties.headers().as_ref().unwrap_or(&none);
    for (name, value) in old.inner().iter().filter(|(name, _)| !name.as_str().starts_with("x-")) {
        headers.insert(name.clone(), value.clone());
    }
    let sent_as = sent_as(old).unwrap_or_else(|| raw.routing_key.to_string());
    headers.insert(short(SENT_AS)?, AMQPValue::LongString(sent_as.into()));
    Ok(raw.properties.clone().with_headers(headers))
}

/// What the broker noted when a message died.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Death {
    /// `delivery_limit`, `rejected`, `expired` or `maxlen`.
    pub(super) reason: String,
    pub(super) count: u64,
    pub(super) exchange: String,
    routing_key: Option<String>,
}

/// The last death of a message, or nothing when it has not died.
pub(super) fn death(raw: &Raw) -> Option<Death> {
    raw.properties.headers().as_ref().and_then(death_in)
}

fn death_in(headers: &FieldTable) -> Option<Death> {
    let AMQPValue::FieldArray(deaths) = headers.inner().get("x-death")? else { return None };
    let AMQPValue::FieldTable(last) = deaths.as_slice().first()? else { return None };
    let routing_key = match last.inner().get("routing-keys") {
        Some(AMQPValue::FieldArray(keys)) => keys.as_slice().first().and_then(as_text),
        _ => None,
    };
    Some(Death {
        reason: text(last, "reason").unwrap_or_default(),
        count: last.inner().get("count").and_then(as_count).unwrap_or_default(),
        exchange: text(last, "exchange").unwrap_or_default(),
        routing_key,
    })
}

fn sent_as(headers: &FieldTable) -> Option<String> {
    text(headers, SENT_AS).or_else(|| death_in(headers)?.routing_key)
}

fn text(table: &FieldTable, name: &str) -> Option<String> {
    table.inner().get(name).and_then(as_text)
}

fn as_text(value: &AMQPValue) -> Option<String> {
    match value {
        AMQPValue::LongString(text) => Some(text.to_string()),
        AMQPValue::ShortString(text) => Some(text.to_string()),
        _ => None,
    }
}

fn as_count(value: &AMQPValue) -> Option<u64> {
    match value {
        AMQPValue::LongLongInt(count) => u64::try_from(*count).ok(),
        AMQPValue::LongInt(count) => u64::try_from(*count).ok(),
        AMQPValue::LongUInt(count) => Some(u64::from(*count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
