//! The bus port: carries events between contexts, at least once and in no promised order.
//!
//! The bus only wakes (design clause 13). What it brings is in the log already, so a message that is lost, late,
//! doubled or out of order changes nothing but when somebody looks. Every adapter passes [`contract`]; the
//! in-process one is [`memory`].

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::BoxFuture;

pub mod contract;
pub mod memory;

/// Deliveries of one message to one queue before it becomes a dead letter.
pub const DELIVERY_LIMIT: u32 = 4;

/// A stored event on its way to other contexts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The id of the event.
    pub id: String,
    /// `rollout.stage-entered.v1`
    pub routing_key: String,
    /// `rollouts.Rollout.StageEntered.v1`
    pub event_type: String,
    /// Stream, revision, position, and the trace context where there is one.
    pub headers: BTreeMap<String, String>,
    /// The payload as stored: JSON.
    pub body: Vec<u8>,
}

/// What a queue receives: messages of a context whose routing key fits the pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub context: String,
    /// Words between dots; `*` stands for one word, `#` for any number of words.
    pub pattern: String,
}

impl Binding {
    pub fn new(context: &str, pattern: &str) -> Self {
        Self { context: context.to_owned(), pattern: pattern.to_owned() }
    }

    /// Whether a message of `context` with `routing_key` belongs into the queue.
    pub fn admits(&self, context: &str, routing_key: &str) -> bool {
        let pattern: Vec<&str> = self.pattern.split('.').collect();
        let key: Vec<&str> = routing_key.split('.').collect();
        self.context == context && fits(&pattern, &key)
    }
}

fn fits(pattern: &[&str], words: &[&str]) -> bool {
    match (pattern, words) {
        ([], []) => true,
        (["#", rest @ ..], words) => (0..=words.len()).any(|taken| fits(rest, &words[taken..])),
        (["*", pattern @ ..], [_, words @ ..]) => fits(pattern, words),
        ([wanted, pattern @ ..], [word, words @ ..]) => wanted == word && fits(pattern, words),
        ([], [_, ..]) | ([_, ..], []) => false,
    }
}

/// The name of the queue that holds the dead letters of `queue`. Subscribe to it without bindings.
pub fn dead_letters(queue: &str) -> String {
    format!("{queue}.dlq")
}

/// What the bus could not do. The message is in the log and can be published again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BusError {
    #[error("queue '{0}' is full: its consumer is too slow or gone")]
    Full(String),
    #[error("the bus is unavailable: {0}")]
    Unavailable(String),
}

/// The bus of a process that has no broker, as traces name it.
pub const IN_PROCESS: &str = "in_process";
/// A RabbitMQ broker, as traces name it.
pub const RABBITMQ: &str = "rabbitmq";

/// The bus.
pub trait Bus: Send + Sync {
    /// What it is to those who read traces: the attribute `messaging.system`.
    fn system(&self) -> &'static str {
        IN_PROCESS
    }

    /// Returns once the message is in every queue that is bound to it. A message that no queue wants is
    /// confirmed: topics without subscribers are normal. [`BusError::Full`] when one queue has no room; others
    /// may have the message then, and get it again with the next attempt.
    fn publish<'a>(&'a self, context: &'a str, message: Message) -> BoxFuture<'a, Result<(), BusError>>;

    /// Receives from `queue`, which is made when there is none and outlives its consumers. Several consumers of
    /// a queue share its messages.
    fn subscribe<'a>(
        &'a self,
        queue: &'a str,
        bindings: &'a [Binding],
    ) -> BoxFuture<'a, Result<Box<dyn Consumer>, BusError>>;
}

/// A shared bus.
pub type SharedBus = Arc<dyn Bus>;

/// One receiver of a queue.
pub trait Consumer: Send {
    /// Waits for a message. Dropping the wait loses nothing.
    fn next(&mut self) -> BoxFuture<'_, Result<Delivery, BusError>>;
}

/// The other end of a delivery: tells the queue what became of it.
pub trait Receipt: Send {
    /// The message is done with.
    fn ack(self: Box<Self>) -> BoxFuture<'static, Result<(), BusError>>;
    /// The message could not be handled: it comes again, or becomes a dead letter at the limit.
    fn nack(self: Box<Self>) -> BoxFuture<'static, Result<(), BusError>>;
}

/// A message in the hands of a consumer. Dropped without an answer it comes again.
pub struct Delivery {
    pub message: Message,
    /// It was delivered before, and what became of that is not known.
    pub redelivered: bool,
    receipt: Box<dyn Receipt>,
}

impl Delivery {
    pub fn new(message: Message, redelivered: bool, receipt: Box<dyn Receipt>) -> Self {
        Self { message, redelivered, receipt }
    }

    /// See [`Receipt::ack`]. Fails when the queue does not know, and then the message comes again.
    pub async fn ack(self) -> Result<(), BusError> {
        self.receipt.ack().await
    }

    /// See [`Receipt::nack`].
    pub async fn nack(self) -> Result<(), BusError> {
        self.receipt.nack().await
    }
}
