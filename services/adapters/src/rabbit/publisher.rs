//! Publishing with confirmations.
//!
//! A message is done when the broker has confirmed it: it is then on disk in every queue that wants it. Messages are
//! sent as `mandatory`, so that one which no queue wants comes back and is counted. It is not an error: the relay
//! carries whole contexts, and if a topic without subscribers stopped it, those with subscribers would starve.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::{BasicProperties, Channel, Confirmation, Connection};
use tokio::sync::Mutex as AsyncMutex;
use verdict_kernel::clock::Clock;
use verdict_runtime::bus::{BusError, Message};

use super::link::Link;
use super::topology::{declare_exchange, exchange, short};
use super::{envelope, unavailable};

/// A channel and the exchanges that were declared on it.
struct Session {
    connection: Arc<Connection>,
    channel: Channel,
    declared: HashSet<String>,
}

/// The publishing end of the bus. Calls share one channel and wait for their confirmations side by side.
pub(super) struct Publisher {
    link: Link,
    clock: Arc<dyn Clock>,
    confirm_within: Duration,
    session: AsyncMutex<Option<Session>>,
    confirmed: Mutex<Option<Duration>>,
    unroutable: AtomicU64,
}

impl Publisher {
    pub(super) fn new(link: Link, clock: Arc<dyn Clock>, confirm_within: Duration) -> Self {
        Self {
            link,
            clock,
            confirm_within,
            session: AsyncMutex::default(),
            confirmed: Mutex::default(),
            unroutable: AtomicU64::new(0),
        }
    }

    pub(super) const fn link(&self) -> &Link {
        &self.link
    }

    pub(super) fn unroutable(&self) -> u64 {
        self.unroutable.load(Ordering::Relaxed)
    }

    pub(super) fn confirmed_ago(&self) -> Option<Duration> {
        let confirmed = *self.confirmed.lock().unwrap_or_else(PoisonError::into_inner);
        confirmed.map(|at| self.clock.monotonic().saturating_sub(at))
    }

    pub(super) async fn publish(&self, context: &str, message: &Message) -> Result<(), BusError> {
        let exchange = exchange(context);
        let seconds = u64::try_from(self.clock.now().as_second()).unwrap_or_default();
        let properties = envelope::properties(context, message, seconds).map_err(unavailable)?;
        let answer = async {
            let channel = self.channel(&exchange).await?;
            confirmed(&channel, &exchange, &message.routing_key, &message.body, properties)
                .await
                .map_err(unavailable)
        };
        let Ok(answer) = tokio::time::timeout(self.confirm_within, answer).await else {
            self.link.replace();
            let why = format!("no confirmation within {} s", self.confirm_within.as_secs());
            return Err(BusError::Unavailable(why));
        };
        match answer? {
            Confirmation::Ack(returned) => {
                *self.confirmed.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.clock.monotonic());
                if returned.is_some() {
                    self.unroutable.fetch_add(1, Ordering::Relaxed);
                    tracing::debug!(exchange, routing_key = message.routing_key, "no queue wants this");
                }
                Ok(())
            }
            // The broker does not say which of the queues refused.
            Confirmation::Nack(_) => Err(BusError::Full(format!("{exchange} -> {}", message.routing_key))),
            Confirmation::NotRequested => {
                Err(BusError::Unavailable("the broker does not confirm".to_owned()))
            }
        }
    }

    /// A channel in confirm mode on which `exchange` is declared.
    async fn channel(&self, exchange: &str) -> Result<Channel, BusError> {
        let connection = self.link.connection().await?;
        let mut session = self.session.lock().await;
        // A channel may look alive long after its connection was replaced.
        let usable = |session: &Session| {
            Arc::ptr_eq(&session.connection, &connection) && session.channel.status().connected()
        };
        let mut current = match session.take().filter(usable) {
            Some(current) => current,
            None => open(connection).await.map_err(unavailable)?,
        };
        if !current.declared.contains(exchange) {
            declare_exchange(&current.channel, exchange).await.map_err(unavailable)?;
            current.declared.insert(exchange.to_owned());
        }
        let channel = current.channel.clone();
        *session = Some(current);
        Ok(channel)
    }
}

async fn open(connection: Arc<Connection>) -> Result<Session, lapin::Error> {
    let channel = connection.create_channel().await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    Ok(Session { connection, channel, declared: HashSet::new() })
}

/// Sends one message and waits for what the broker says.
pub(super) async fn confirmed(
    channel: &Channel,
    exchange: &str,
    routing_key: &str,
    body: &[u8],
    properties: BasicProperties,
) -> Result<Confirmation, lapin::Error> {
    let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let (exchange, routing_key) = (short(exchange)?, short(routing_key)?);
    channel.basic_publish(exchange, routing_key, options, body, properties).await?.await
}
