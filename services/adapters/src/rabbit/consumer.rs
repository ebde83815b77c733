//! Receiving: one channel for each consumer, and a receipt for each delivery.

use std::sync::Arc;

use futures::StreamExt;
use futures::future::BoxFuture;
use lapin::Acker;
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions};
use lapin::types::FieldTable;
use verdict_runtime::bus::{Binding, BusError, Consumer, Delivery, Receipt};
use verdict_runtime::task;

use super::topology::{declare_queue, short};
use super::{Consuming, envelope, unavailable};

/// One receiver of a queue. It closes its channel when it is dropped, and what it had not answered goes back.
pub(super) struct RabbitConsumer {
    shared: Arc<Consuming>,
    queue: String,
    bindings: Vec<Binding>,
    deliveries: Option<lapin::Consumer>,
}

impl RabbitConsumer {
    pub(super) async fn new(
        shared: Arc<Consuming>,
        queue: &str,
        bindings: &[Binding],
    ) -> Result<Self, BusError> {
        let mut consumer =
            Self { shared, queue: queue.to_owned(), bindings: bindings.to_vec(), deliveries: None };
        consumer.deliveries = Some(consumer.open().await?);
        Ok(consumer)
    }

    async fn open(&self) -> Result<lapin::Consumer, BusError> {
        let connection = self.shared.link.connection().await?;
        let open = async {
            let channel = connection.create_channel().await?;
            declare_queue(&channel, &self.queue, &self.bindings, self.shared.max_length).await?;
            channel.basic_qos(self.shared.prefetch, BasicQosOptions::default()).await?;
            let (queue, tag) = (short(&self.queue)?, "".into());
            channel.basic_consume(queue, tag, BasicConsumeOptions::default(), FieldTable::default()).await
        };
        open.await.map_err(unavailable)
    }

    /// The stream ends with its channel; the next wait opens another one.
    async fn receive(&mut self) -> Result<Delivery, BusError> {
        if self.deliveries.is_none() {
            self.deliveries = Some(self.open().await?);
        }
        let received = match &mut self.deliveries {
            Some(deliveries) => deliveries.next().await,
            None => None,
        };
        let why = match received {
            Some(Ok(raw)) => return Ok(delivery(raw)),
            Some(Err(error)) => error.to_string(),
            None => "the broker ended it".to_owned(),
        };
        self.deliveries = None;
        Err(BusError::Unavailable(format!("no deliveries from '{}' now: {why}", self.queue)))
    }
}

impl Consumer for RabbitConsumer {
    fn next(&mut self) -> BoxFuture<'_, Result<Delivery, BusError>> {
        Box::pin(self.receive())
    }
}

fn delivery(raw: lapin::message::Delivery) -> Delivery {
    let message = envelope::message(&raw);
    let receipt = RabbitReceipt { open: Some(raw.acker) };
    Delivery::new(message, raw.redelivered, Box::new(receipt))
}

/// Answers for one delivery. Without an answer it is given back.
struct RabbitReceipt {
    open: Option<Acker>,
}

impl RabbitReceipt {
    /// Whether the answer went out on the channel that brought the delivery. On any other the broker would not know
    /// what it means.
    fn told(&mut self, answered: Result<bool, lapin::Error>) -> Result<(), BusError> {
        self.open = None;
        if answered.map_err(unavailable)? {
            Ok(())
        } else {
            Err(BusError::Unavailable("the connection of this delivery is gone; it comes again".to_owned()))
        }
    }
}

const BACK: BasicNackOptions = BasicNackOptions { multiple: false, requeue: true };

impl Receipt for RabbitReceipt {
    fn ack(mut self: Box<Self>) -> BoxFuture<'static, Result<(), BusError>> {
        Box::pin(async move {
            let Some(acker) = self.open.clone() else { return Ok(()) };
            let answered = acker.ack(BasicAckOptions::default()).await;
            self.told(answered)
        })
    }

    fn nack(mut self: Box<Self>) -> BoxFuture<'static, Result<(), BusError>> {
        Box::pin(async move {
            let Some(acker) = self.open.clone() else { return Ok(()) };
            let answered = acker.nack(BACK).await;
            self.told(answered)
        })
    }
}

impl Drop for RabbitReceipt {
    fn drop(&mut self) {
        // Without a runtime the process is ending, and the broker takes everything back with the connection.
        if let Some(acker) = self.open.take().filter(|_| tokio::runtime::Handle::try_current().is_ok()) {
            task::spawn("rabbit-return", async move { drop(acker.nack(BACK).await) });
        }
    }
}
