//! Dead letters: looking at them, sending them again, throwing them away.

use std::sync::Arc;
use std::time::Duration;

use lapin::options::{
    BasicAckOptions, BasicGetOptions, BasicNackOptions, ConfirmSelectOptions, QueueDeclareOptions,
    QueuePurgeOptions,
};
use lapin::types::FieldTable;
use lapin::{Channel, Confirmation};
use verdict_runtime::bus::{BusError, Message, dead_letters};

use super::link::Link;
use super::publisher::confirmed;
use super::topology::short;
use super::{BadUrl, envelope, parsed, unavailable};

/// How long the broker may take to confirm one letter.
const CONFIRM_WITHIN: Duration = Duration::from_secs(10);

/// A message that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    pub message: Message,
    /// The exchange that it was published to.
    pub exchange: String,
    /// `delivery_limit`, `rejected`, `expired` or `maxlen`.
    pub reason: String,
    /// How often it died in this queue for this reason.
    pub count: u64,
}

/// The dead letters of one broker.
pub struct DeadLetters {
    link: Arc<Link>,
}

impl DeadLetters {
    pub fn connect(url: &str) -> Result<Self, BadUrl> {
        let link = Arc::new(Link::open(parsed(url)?, "verdict dlq".to_owned()));
        Ok(Self { link })
    }

    /// A channel for one thing to do: an error closes it and disturbs nobody.
    async fn channel(&self) -> Result<Channel, BusError> {
        self.link.connection().await?.create_channel().await.map_err(unavailable)
    }

    /// How many dead letters `queue` has; nothing when there is no such queue.
    pub async fn count(&self, queue: &str) -> Result<Option<u32>, BusError> {
        let options = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let name = short(&dead_letters(queue)).map_err(unavailable)?;
        match self.channel().await?.queue_declare(name, options, FieldTable::default()).await {
            Ok(queue) => Ok(Some(queue.message_count())),
            Err(error) if error.is_amqp_soft_error() => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// The oldest letters, at most `limit`. They stay where they are; another reader may miss them meanwhile.
    pub async fn peek(&self, queue: &str, limit: u32) -> Result<Vec<DeadLetter>, BusError> {
        let channel = self.channel().await?;
        let mut letters = Vec::new();
        let mut last = None;
        for _ in 0..limit {
            let Some(raw) = get(&channel, queue).await? else { break };
            letters.push(letter(&raw));
            last = Some(raw);
        }
        if let Some(raw) = last {
            let all = BasicNackOptions { multiple: true, requeue: true };
            raw.nack(all).await.map_err(unavailable)?;
        }
        Ok(letters)
    }

    /// Sends letters back to `queue`, and to no other queue: all that are there now, or the one with this id. Each is
    /// removed once the broker has confirmed its copy, so a crash in between leaves two and never none. Returns the
    /// ids.
    pub async fn replay(&self, queue: &str, id: Option<&str>) -> Result<Vec<String>, BusError> {
        let waiting = self.count(queue).await?.unwrap_or_default();
        let channel = self.channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await.map_err(unavailable)?;
        let mut replayed = Vec::new();
        // Passed-over letters stay with this channel until its end, so each one is seen once.
        let mut passed = None;
        for _ in 0..waiting {
            let Some(raw) = get(&channel, queue).await? else { break };
            let found = envelope::message(&raw).id;
            if id.is_some_and(|id| id != found) {
                passed = Some(raw);
                continue;
            }
            send_back(&channel, queue, &raw).await?;
            raw.ack(BasicAckOptions::default()).await.map_err(unavailable)?;
            replayed.push(found);
        }
        if let Some(raw) = passed {
            let all = BasicNackOptions { multiple: true, requeue: true };
            raw.nack(all).await.map_err(unavailable)?;
        }
        Ok(replayed)
    }

    /// Throws all dead letters of `queue` away; returns how many there were.
    pub async fn purge(&self, queue: &str) -> Result<u32, BusError> {
        let name = short(&dead_letters(queue)).map_err(unavailable)?;
        self.channel().await?.queue_purge(name, QueuePurgeOptions::default()).await.map_err(unavailable)
    }
}

async fn get(channel: &Channel, queue: &str) -> Result<Option<lapin::message::Delivery>, BusError> {
    let name = short(&dead_letters(queue)).map_err(unavailable)?;
    let got = channel.basic_get(name, BasicGetOptions::default()).await.map_err(unavailable)?;
    Ok(got.map(|got| got.delivery))
}

async fn send_back(channel: &Channel, queue: &str, raw: &lapin::message::Delivery) -> Result<(), BusError> {
    let properties = envelope::revived(raw).map_err(unavailable)?;
    // The default exchange leads to the queue of that name.
    let sent = confirmed(channel, "", queue, &raw.data, properties);
    let late = |_| BusError::Unavailable(format!("no confirmation within {} s", CONFIRM_WITHIN.as_secs()));
    match tokio::time::timeout(CONFIRM_WITHIN, sent).await.map_err(late)?.map_err(unavailable)? {
        Confirmation::Ack(None) => Ok(()),
        Confirmation::Ack(Some(_)) => Err(BusError::Unavailable(format!("there is no queue '{queue}'"))),
        Confirmation::Nack(_) => Err(BusError::Full(queue.to_owned())),
        Confirmation::NotRequested => Err(BusError::Unavailable("the broker does not confirm".to_owned())),
    }
}

fn letter(raw: &lapin::message::Delivery) -> DeadLetter {
    let death = envelope::death(raw).unwrap_or_default();
    DeadLetter {
        message: envelope::message(raw),
        exchange: death.exchange,
        reason: death.reason,
        count: death.count,
    }
}
