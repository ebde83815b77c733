//! Publishing to the broker without anything of ours in between: a client, one channel, confirmations.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use futures::{StreamExt, TryStreamExt, stream};
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::{AMQPValue, FieldTable, LongString, ShortString};
use lapin::{BasicProperties, Channel, Confirmation, Connection, ConnectionProperties};
use verdict_adapters::rabbit::topology::exchange;
use verdict_runtime::bus::Message;

/// A channel that confirms.
pub(crate) struct Direct {
    channel: Channel,
    _connection: Connection,
}

impl Direct {
    pub(crate) async fn connect(url: &str) -> anyhow::Result<Self> {
        let connection = Connection::connect(url, ConnectionProperties::default()).await?;
        let channel = connection.create_channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(Self { channel, _connection: connection })
    }

    /// Publishes all of it, so many messages unconfirmed at once; how long that took.
    pub(crate) async fn publish(
        &self,
        context: &str,
        messages: &[Message],
        in_flight: usize,
    ) -> anyhow::Result<Duration> {
        let start = Instant::now();
        let sending = stream::iter(messages).map(|message| self.confirmed(context, message));
        sending.buffer_unordered(in_flight).try_collect::<Vec<()>>().await?;
        Ok(start.elapsed())
    }

    async fn confirmed(&self, context: &str, message: &Message) -> anyhow::Result<()> {
        let short = |text: &str| ShortString::try_new(text).ok().context("a name that is too long");
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let sent = self.channel.basic_publish(
            short(&exchange(context))?,
            short(&message.routing_key)?,
            options,
            &message.body,
            properties(message, short)?,
        );
        let answer = sent.await?.await?;
        ensure!(matches!(answer, Confirmation::Ack(None)), "not confirmed, or in no queue: {answer:?}");
        Ok(())
    }
}

/// As much as the adapter sends beside the body.
fn properties(
    message: &Message,
    short: impl Fn(&str) -> anyhow::Result<ShortString>,
) -> anyhow::Result<BasicProperties> {
    let mut headers = FieldTable::default();
    let own =
        [("specversion", "1.0"), ("id", &message.id), ("type", &message.event_type), ("source", "/verdict")];
    let others = message.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in own.into_iter().chain(others) {
        let value = AMQPValue::LongString(LongString::from(value));
        headers.insert(short(&format!("cloudEvents:{name}"))?, value);
    }
    Ok(BasicProperties::default()
        .with_message_id(short(&message.id)?)
        .with_type(short(&message.event_type)?)
        .with_content_type("application/json".into())
        .with_timestamp(0)
        .with_delivery_mode(2)
        .with_headers(headers))
}
