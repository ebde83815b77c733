//! What exists on the broker: the one table that publishers, consumers and the command line declare from.
//!
//! Both sides declare what they need with the arguments from here. Two sides that disagree about an argument shut
//! each other out, so there is one place that says it.

use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{Channel, ExchangeKind};
use verdict_runtime::bus::{Binding, DELIVERY_LIMIT, dead_letters};

/// Brings dead letters to the queue that is named by the routing key.
pub const DEAD_LETTER_EXCHANGE: &str = "verdict.dlx";
/// A limit that nobody reaches by looking at dead letters. Without one a newer broker takes 20 and drops the rest.
const NEVER: i64 = 1_000_000_000;

/// The exchange of a context.
pub fn exchange(context: &str) -> String {
    format!("verdict.{context}")
}

/// The queue whose dead letters are in `name`, if it is a queue of dead letters.
pub fn lives_in(name: &str) -> Option<&str> {
    let queue = name.strip_suffix(".dlq")?;
    (dead_letters(queue) == name).then_some(queue)
}

/// The arguments of a queue that holds at most `max_length` messages.
pub fn arguments(queue: &str, max_length: u32) -> FieldTable {
    let mut arguments = FieldTable::default();
    let mut put = |name: &str, value: AMQPValue| {
        arguments.insert(name.into(), value);
    };
    put("x-queue-type", text("quorum"));
    if lives_in(queue).is_some() {
        put("x-delivery-limit", AMQPValue::LongLongInt(NEVER));
        return arguments;
    }
    // The broker counts returns: a message is delivered once more than it may return.
    put("x-delivery-limit", AMQPValue::LongLongInt(i64::from(DELIVERY_LIMIT) - 1));
    put("x-dead-letter-exchange", text(DEAD_LETTER_EXCHANGE));
    put("x-dead-letter-routing-key", text(&dead_letters(queue)));
    // Needs the overflow below: a queue that drops its oldest messages could not promise to keep them.
    put("x-dead-letter-strategy", text("at-least-once"));
    put("x-overflow", text("reject-publish"));
    put("x-max-length", AMQPValue::LongLongInt(i64::from(max_length)));
    arguments
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}

/// A name as the protocol wants it, which ends at 255 bytes.
pub(super) fn short(name: &str) -> Result<ShortString, lapin::Error> {
    let refused = |error| std::io::Error::new(std::io::ErrorKind::InvalidInput, format!("'{name}': {error}"));
    Ok(ShortString::try_new(name).map_err(refused)?)
}

/// Declares a topic exchange: by its publisher and by everybody who binds a queue to it.
pub(super) async fn declare_exchange(channel: &Channel, name: &str) -> Result<(), lapin::Error> {
    let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    channel.exchange_declare(short(name)?, ExchangeKind::Topic, options, FieldTable::default()).await
}

/// Declares a queue with its bindings and the queue of its dead letters.
pub(super) async fn declare_queue(
    channel: &Channel,
    queue: &str,
    bindings: &[Binding],
    max_length: u32,
) -> Result<(), lapin::Error> {
    declare_exchange(channel, DEAD_LETTER_EXCHANGE).await?;
    if lives_in(queue).is_none() {
        let dead = dead_letters(queue);
        declare(channel, &dead, max_length).await?;
        bind(channel, &dead, DEAD_LETTER_EXCHANGE, &dead).await?;
    }
    declare(channel, queue, max_length).await?;
    for binding in bindings {
        let exchange = exchange(&binding.context);
        declare_exchange(channel, &exchange).await?;
        bind(channel, queue, &exchange, &binding.pattern).await?;
    }
    Ok(())
}

async fn declare(channel: &Channel, queue: &str, max_length: u32) -> Result<(), lapin::Error> {
    let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(short(queue)?, options, arguments(queue, max_length)).await?;
    Ok(())
}

async fn bind(channel: &Channel, queue: &str, exchange: &str, pattern: &str) -> Result<(), lapin::Error> {
    let (queue, exchange, pattern) = (short(queue)?, short(exchange)?, short(pattern)?);
    channel.queue_bind(queue, exchange, pattern, QueueBindOptions::default(), FieldTable::default()).await
}

#[cfg(test)]
mod tests;
