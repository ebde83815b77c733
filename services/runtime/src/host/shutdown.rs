//! How a role is told to stop: one token that everything long-running waits on.

use std::io;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::task;

#[cfg(test)]
mod tests;

/// Told once, heard by everyone who holds a clone.
#[derive(Debug, Clone)]
pub struct Shutdown {
    told: watch::Sender<bool>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self { told: watch::Sender::new(false) }
    }
}

impl Shutdown {
    /// Tells everyone to stop. Telling twice changes nothing.
    pub fn tell(&self) {
        self.told.send_replace(true);
    }

    /// Whether it was told.
    pub fn is_told(&self) -> bool {
        *self.told.borrow()
    }

    /// Returns once it was told.
    pub async fn told(&self) {
        let mut receiver = self.told.subscribe();
        // The sender lives in `self`, so the wait cannot fail.
        drop(receiver.wait_for(|told| *told).await);
    }

    /// Tells everyone to stop on the first SIGTERM or SIGINT. Fails when the signals cannot be listened to.
    pub fn on_signals(&self) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let shutdown = self.clone();
        drop(task::spawn("signals", async move {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            tracing::info!(signal = name, "told to stop by {name}");
            shutdown.tell();
        }));
        Ok(())
    }
}
