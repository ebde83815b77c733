//! The spans along the path of an event, with the names of their attributes.
//!
//! The conventions for messaging are still in development: whoever has to follow a change of them finds every name here.

use tracing::{Span, info_span};
use verdict_stored::Metadata;

use super::{TRACEPARENT, TRACESTATE, after, with_link, with_parent};
use crate::bus::{Message, RABBITMQ};

/// Attribute of every span of a process: the role it was started in.
pub const ROLE: &str = "verdict.role";

/// An append of `count` events to `stream`.
pub fn append(stream: &str, count: usize) -> Span {
    info_span!("log.append", log.stream = stream, log.events = count)
}

/// The relay hands `message`, a stored event with `metadata`, to the bus, which is of the kind `system`.
pub fn publish(system: &'static str, context: &str, message: &Message, metadata: &Metadata) -> Span {
    let span = info_span!(
        "bus.send",
        otel.kind = "producer",
        messaging.system = system,
        messaging.operation.r#type = "send",
        messaging.destination.name = %format_args!("verdict.{context}"),
        messaging.rabbitmq.destination.routing_key = routing_key(system, message),
        messaging.message.id = message.id,
    );
    after(&span, metadata);
    span
}

/// The routing key, where there is a broker that knows what that is.
fn routing_key<'a>(system: &str, message: &'a Message) -> Option<&'a str> {
    (system == RABBITMQ).then_some(message.routing_key.as_str())
}

/// A consumer of `queue` takes `message` from a bus of the kind `system`. It belongs to the trace of the message, because it handles that one alone, and
/// is linked to the span that sent it.
pub fn consume(system: &'static str, queue: &str, message: &Message) -> Span {
    let span = info_span!(
        "bus.process",
        otel.kind = "consumer",
        messaging.system = system,
        messaging.operation.r#type = "process",
        messaging.destination.name = queue,
        messaging.rabbitmq.destination.routing_key = routing_key(system, message),
        messaging.message.id = message.id,
    );
    if let Some(traceparent) = message.headers.get(TRACEPARENT) {
        with_parent(&span, traceparent, message.headers.get(TRACESTATE).map(String::as_str));
        with_link(&span, traceparent);
    }
    span
}

/// The instance of `process` about `subject` does something.
pub fn process(process: &str, subject: &str) -> Span {
    info_span!("process.handle", process.name = process, process.subject = subject)
}

/// An instance sends a step.
pub fn step(process: &str, step: &str, attempt: u32) -> Span {
    info_span!("process.step", process.name = process, process.step = step, process.attempt = attempt)
}
