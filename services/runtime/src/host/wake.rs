//! The bus as an alarm clock: what arrives makes components look at the log, and nothing else (design
//! clause 13).

use std::time::Duration;

use tracing::Instrument;

use crate::bus::{Binding, BusError, Consumer, SharedBus};
use crate::run::Poke;
use crate::shutdown::Shutdown;
use crate::telemetry::names;

#[cfg(test)]
mod tests;

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Listens on one queue and pokes components.
pub struct Wake {
    bus: SharedBus,
    /// `<consumer>.on.<context>`: `rollouts.on.metrics`.
    queue: String,
    bindings: Vec<Binding>,
    pokes: Vec<Poke>,
    consumer: Option<Box<dyn Consumer>>,
}

impl Wake {
    /// Whatever `bindings` bring into `queue` pokes all of `pokes`.
    pub fn new(bus: SharedBus, queue: &str, bindings: Vec<Binding>, pokes: Vec<Poke>) -> Self {
        Self { bus, queue: queue.to_owned(), bindings, pokes, consumer: None }
    }

    /// Waits for one delivery and passes the wake-up on. After a failure the next call subscribes anew.
    pub async fn once(&mut self) -> Result<(), BusError> {
        let mut consumer = match self.consumer.take() {
            Some(consumer) => consumer,
            None => self.bus.subscribe(&self.queue, &self.bindings).await?,
        };
        let delivery = consumer.next().await?;
        self.consumer = Some(consumer);
        let span = names::consume(self.bus.system(), &self.queue, &delivery.message);
        span.in_scope(|| self.pokes.iter().for_each(Poke::poke));
        delivery.ack().instrument(span).await
    }

    /// Goes on until `shutdown`, whatever happens to the bus.
    pub async fn listen(mut self, shutdown: Shutdown) {
        let mut pause = FIRST_PAUSE;
        loop {
            let outcome = tokio::select! {
                outcome = self.once() => outcome,
                () = shutdown.told() => return,
            };
            let Err(error) = outcome else {
                pause = FIRST_PAUSE;
                continue;
            };
            // The log wakes its followers too, so this delays nothing that matters.
            tracing::debug!(%error, queue = self.queue, "the bus does not wake anyone now");
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = shutdown.told() => return,
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}
