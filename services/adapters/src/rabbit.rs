//! The bus over RabbitMQ.
//!
//! One connection publishes and one consumes, each under a supervisor of its own ([`link`]) that connects again for
//! as long as the bus lives. The client's own recovery stays off: after an error of one channel it leaves a consumer
//! waiting for ever. Whoever has lost a channel declares what it needs again ([`topology`]) on the next connection.
//! `docs/bus.md` says what is promised.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use lapin::uri::AMQPUri;
use verdict_kernel::clock::Clock;
use verdict_runtime::bus::{Binding, Bus, BusError, Consumer, Message, RABBITMQ};

use self::consumer::RabbitConsumer;
use self::link::Link;
use self::publisher::Publisher;

mod consumer;
pub mod dead_letters;
mod envelope;
mod link;
mod publisher;
pub mod topology;

/// Seconds between heartbeats, unless the URL says otherwise: a broker that is silent for as long is gone.
const HEARTBEAT_SECONDS: u16 = 10;

/// How the bus reaches its broker and treats it.
#[derive(Debug, Clone)]
pub struct Options {
    /// `amqp://user:password@host:port/vhost`, or `amqps://`.
    pub url: String,
    /// Shown by the broker beside each connection.
    pub name: String,
    /// Messages on their way to one consumer. What it has not looked at yet counts as delivered when it goes away,
    /// so more than one trades deliveries for speed.
    pub prefetch: u16,
    /// Messages that one queue holds. Every process must say the same, or they shut each other out.
    pub max_length: u32,
    /// How long a confirmation may take before the connection counts as dead.
    pub confirm_within: Duration,
}

impl Options {
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            name: "verdict".to_owned(),
            prefetch: 1,
            max_length: 100_000,
            confirm_within: Duration::from_secs(10),
        }
    }
}

/// The URL of the broker cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the address of the broker cannot be used: {why}; write amqp://user:password@host:port/vhost")]
pub struct BadUrl {
    why: String,
}

/// Whether the bus works, for readiness and metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The connection that publishes, or why there is none.
    pub publishing: Result<(), String>,
    /// The connection that consumes, or why there is none.
    pub consuming: Result<(), String>,
    /// Since the broker last confirmed a message.
    pub confirmed_ago: Option<Duration>,
    /// Messages that no queue wanted.
    pub unroutable: u64,
}

/// A bus over one broker. Cheap to clone; both connections end with the last clone and its consumers.
#[derive(Clone)]
pub struct RabbitBus {
    publisher: Arc<Publisher>,
    consuming: Arc<Consuming>,
}

/// What consumers share.
struct Consuming {
    link: Link,
    prefetch: u16,
    max_length: u32,
}

impl RabbitBus {
    /// Starts both supervisors on the current runtime. The broker may be down.
    pub fn connect(options: Options, clock: Arc<dyn Clock>) -> Result<Self, BadUrl> {
        let uri = parsed(&options.url)?;
        let publishing = Link::open(uri.clone(), format!("{} publishes", options.name));
        let link = Link::open(uri, format!("{} consumes", options.name));
        Ok(Self {
            publisher: Arc::new(Publisher::new(publishing, clock, options.confirm_within)),
            consuming: Arc::new(Consuming {
                link,
                prefetch: options.prefetch,
                max_length: options.max_length,
            }),
        })
    }

    /// Waits until there are both connections.
    pub async fn connected(&self) {
        self.publisher.link().up().await;
        self.consuming.link.up().await;
    }

    pub fn health(&self) -> Health {
        Health {
            publishing: self.publisher.link().standing(),
            consuming: self.consuming.link.standing(),
            confirmed_ago: self.publisher.confirmed_ago(),
            unroutable: self.publisher.unroutable(),
        }
    }
}

fn parsed(url: &str) -> Result<AMQPUri, BadUrl> {
    let mut uri: AMQPUri = url.parse().map_err(|why| BadUrl { why })?;
    uri.query.heartbeat.get_or_insert(HEARTBEAT_SECONDS);
    Ok(uri)
}

impl Bus for RabbitBus {
    fn system(&self) -> &'static str {
        RABBITMQ
    }

    fn publish<'a>(&'a self, context: &'a str, message: Message) -> BoxFuture<'a, Result<(), BusError>> {
        Box::pin(async move { self.publisher.publish(context, &message).await })
    }

    fn subscribe<'a>(
        &'a self,
        queue: &'a str,
        bindings: &'a [Binding],
    ) -> BoxFuture<'a, Result<Box<dyn Consumer>, BusError>> {
        Box::pin(async move {
            let consumer = RabbitConsumer::new(self.consuming.clone(), queue, bindings).await?;
            Ok(Box::new(consumer) as Box<dyn Consumer>)
        })
    }
}

/// What the client says when the broker cannot be used; the message is in the log and can be published again.
fn unavailable(error: lapin::Error) -> BusError {
    BusError::Unavailable(error.to_string())
}

#[cfg(test)]
mod tests;
