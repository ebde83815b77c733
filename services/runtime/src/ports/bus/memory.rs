//! The bus inside one process: for the embedded platform, tests and the simulation.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::{BoxFuture, ready};
use tokio::sync::Notify;

use super::{Binding, Bus, BusError, Consumer, DELIVERY_LIMIT, Delivery, Message, Receipt, dead_letters};

/// Messages that one queue holds before it refuses more.
const CAPACITY: usize = 10_000;

struct Waiting {
    message: Message,
    /// How often it was delivered already.
    deliveries: u32,
}

#[derive(Default)]
struct Queue {
    bindings: Vec<Binding>,
    waiting: VecDeque<Waiting>,
    /// Delivered and not answered yet; they count against the capacity.
    out: usize,
    arrived: Arc<Notify>,
}

impl Queue {
    fn push(&mut self, waiting: Waiting) {
        self.waiting.push_back(waiting);
        self.arrived.notify_one();
    }
}

struct Inner {
    queues: Mutex<HashMap<String, Queue>>,
    capacity: usize,
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, context: &str, message: &Message) -> Result<(), BusError> {
        let mut queues = self.lock();
        let wants = |queue: &Queue| queue.bindings.iter().any(|b| b.admits(context, &message.routing_key));
        let full = |queue: &Queue| queue.waiting.len() + queue.out >= self.capacity;
        if let Some((name, _)) = queues.iter().find(|(_, queue)| wants(queue) && full(queue)) {
            return Err(BusError::Full(name.clone()));
        }
        for queue in queues.values_mut().filter(|queue| wants(queue)) {
            queue.push(Waiting { message: message.clone(), deliveries: 0 });
        }
        Ok(())
    }

    fn take(&self, name: &str) -> Result<Waiting, Arc<Notify>> {
        let mut queues = self.lock();
        let queue = queues.entry(name.to_owned()).or_default();
        match queue.waiting.pop_front() {
            Some(waiting) => {
                queue.out += 1;
                Ok(waiting)
            }
            None => Err(queue.arrived.clone()),
        }
    }

    fn acked(&self, name: &str) {
        let mut queues = self.lock();
        let queue = queues.entry(name.to_owned()).or_default();
        queue.out = queue.out.saturating_sub(1);
    }

    fn returned(&self, name: &str, message: Message, deliveries: u32) {
        self.acked(name);
        let mut queues = self.lock();
        let dead = deliveries >= DELIVERY_LIMIT;
        let queue = if dead {
            queues.entry(dead_letters(name)).or_default()
        } else {
            queues.entry(name.to_owned()).or_default()
        };
        let deliveries = if dead { 0 } else { deliveries };
        queue.waiting.push_front(Waiting { message, deliveries });
        queue.arrived.notify_one();
    }
}

/// A bus that lives as long as the process. Cheap to clone.
#[derive(Clone)]
pub struct MemoryBus {
    inner: Arc<Inner>,
}

impl Default for MemoryBus {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl MemoryBus {
    /// Each queue holds at most `capacity` messages.
    pub fn with_capacity(capacity: usize) -> Self {
        let inner = Inner { queues: Mutex::default(), capacity };
        Self { inner: Arc::new(inner) }
    }
}

impl Bus for MemoryBus {
    fn publish<'a>(&'a self, context: &'a str, message: Message) -> BoxFuture<'a, Result<(), BusError>> {
        Box::pin(ready(self.inner.publish(context, &message)))
    }

    fn subscribe<'a>(
        &'a self,
        queue: &'a str,
        bindings: &'a [Binding],
    ) -> BoxFuture<'a, Result<Box<dyn Consumer>, BusError>> {
        let mut queues = self.inner.lock();
        let entry = queues.entry(queue.to_owned()).or_default();
        for binding in bindings {
            if !entry.bindings.contains(binding) {
                entry.bindings.push(binding.clone());
            }
        }
        let consumer = MemoryConsumer { inner: self.inner.clone(), queue: queue.to_owned() };
        Box::pin(ready(Ok(Box::new(consumer) as Box<dyn Consumer>)))
    }
}

struct MemoryConsumer {
    inner: Arc<Inner>,
    queue: String,
}

impl Consumer for MemoryConsumer {
    fn next(&mut self) -> BoxFuture<'_, Result<Delivery, BusError>> {
        Box::pin(async move {
            loop {
                match self.inner.take(&self.queue) {
                    Ok(Waiting { message, deliveries }) => {
                        let receipt = MemoryReceipt {
                            inner: self.inner.clone(),
                            queue: self.queue.clone(),
                            open: Some((message.clone(), deliveries + 1)),
                        };
                        return Ok(Delivery::new(message, deliveries > 0, Box::new(receipt)));
                    }
                    Err(arrived) => arrived.notified().await,
                }
            }
        })
    }
}

struct MemoryReceipt {
    inner: Arc<Inner>,
    queue: String,
    /// The message and how often it was delivered, until it is answered.
    open: Option<(Message, u32)>,
}

impl MemoryReceipt {
    fn give_back(&mut self) {
        if let Some((message, deliveries)) = self.open.take() {
            self.inner.returned(&self.queue, message, deliveries);
        }
    }
}

impl Receipt for MemoryReceipt {
    fn ack(mut self: Box<Self>) -> BoxFuture<'static, Result<(), BusError>> {
        if self.open.take().is_some() {
            self.inner.acked(&self.queue);
        }
        Box::pin(ready(Ok(())))
    }

    fn nack(mut self: Box<Self>) -> BoxFuture<'static, Result<(), BusError>> {
        self.give_back();
        Box::pin(ready(Ok(())))
    }
}

impl Drop for MemoryReceipt {
    fn drop(&mut self) {
        self.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::contract;

    #[tokio::test]
    async fn the_bus_in_memory_passes_the_suite() {
        contract::all(async || Arc::new(MemoryBus::default()) as Arc<dyn Bus>).await;
    }

    #[tokio::test]
    async fn a_full_queue_refuses_and_has_room_again_after_an_ack() {
        let bus = MemoryBus::with_capacity(1);
        let mut consumer = bus.subscribe("q", &[Binding::new("bets", "#")]).await.unwrap();
        bus.publish("bets", contract::message("a", "bet.killed.v1")).await.unwrap();
        let second = || contract::message("b", "bet.killed.v1");
        assert_eq!(bus.publish("bets", second()).await, Err(BusError::Full("q".to_owned())));
        let delivery = consumer.next().await.unwrap();
        assert_eq!(bus.publish("bets", second()).await, Err(BusError::Full("q".to_owned())));
        delivery.ack().await.unwrap();
        assert_eq!(bus.publish("bets", second()).await, Ok(()));
    }
}
