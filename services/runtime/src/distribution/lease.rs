//! Leases: which of several replicas does what must be done once. Stream `<context>.lease-<name>`.
//!
//! ```text
//!   nobody ──Acquired──> held by A ──Renewed──> held by A ──Released──> nobody
//!                            │
//!                            └── no event for A's time to live, on B's clock ──Acquired──> held by B
//! ```
//!
//! 1. A lease is taken with the expected version of its stream, so one of two takers wins.
//! 2. The epoch is the revision of the taking event plus one: it only grows, and it is the fencing token of
//!    everything that the holder commands.
//! 3. Whether a holder is gone is judged on the observer's own monotonic clock, from when it first saw the
//!    newest event: clocks of different machines are never compared.
//! 4. A holder counts its own time from before it wrote, so it gives up before anyone may replace it.
//! 5. A holder goes on only where the stream ends with itself: in a log that went back its revision may be another's.
//!
//! Nothing here waits: [`Lease::tend`] looks, writes at most one event and says when to look again.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_kernel::clock::Clock;

use crate::execute::Fence;
use crate::fault::Fault;
use crate::housekeeping;
use crate::log::{Expected, Log, LogError};
use crate::process::{Authority, Proof};
use crate::term::{Act, grant, is_release};
pub use crate::term::{Grant, Holder, current, stream};

#[cfg(test)]
mod tests;

/// The holder's own view of a lease that it holds. Times are on its monotonic clock.
#[derive(Debug, Clone, Copy)]
struct Held {
    epoch: u32,
    since: Duration,
    renewed: Duration,
}

/// The newest event of another holder, and when it was first seen.
#[derive(Debug, Clone, Copy)]
struct Observed {
    revision: u64,
    since: Duration,
    /// Somebody wrote it while this replica was looking.
    fresh: bool,
}

/// One replica's side of a lease.
pub struct Lease {
    log: Log,
    clock: Arc<dyn Clock>,
    context: &'static str,
    stream: String,
    holder: Holder,
    ttl: Duration,
    held: Option<Held>,
    observed: Option<Observed>,
    trimmed: bool,
}

impl Lease {
    /// The lease `name` of `context`, to be taken by `holder` for `ttl` at a time.
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        context: &'static str,
        name: &str,
        holder: Holder,
        ttl: Duration,
    ) -> Self {
        Self {
            log,
            clock,
            context,
            stream: stream(context, name),
            holder,
            ttl,
            held: None,
            observed: None,
            trimmed: false,
        }
    }

    /// The fencing token, while the lease is held for certain.
    pub fn fence(&self) -> Option<Fence> {
        let held = self.held?;
        let lapsed = self.clock.monotonic() >= held.renewed + self.ttl;
        (!lapsed).then(|| self.fence_of(held))
    }

    /// How long it has been held without a break. A new holder grants one full period before a lapse of others
    /// counts (design clause 9).
    pub fn held_for(&self) -> Option<Duration> {
        self.fence()?;
        self.held.map(|held| self.clock.monotonic().saturating_sub(held.since))
    }

    /// Takes, renews or watches the lease. A lease that is held stays held while the log does not answer, until
    /// its time is over.
    pub async fn tend(&mut self) -> Result<Proof, Fault> {
        let now = self.clock.monotonic();
        if let Some(held) = self.held {
            if now < held.renewed + self.ttl / 3 {
                return Ok(Proof::Held(Some(self.fence_of(held))));
            }
            match self.go_on(held, Act::Renewed).await {
                Ok(true) => {
                    self.held = Some(Held { renewed: now, ..held });
                    // The log may have taken longer than the lease lasts: then somebody may have replaced this holder.
                    if let Some(fence) = self.fence() {
                        return Ok(Proof::Held(Some(fence)));
                    }
                    self.lose();
                }
                Ok(false) | Err(Fault::Log(LogError::WrongExpectedVersion { .. })) => self.lose(),
                Err(error) => {
                    let fence = self.fence().ok_or(error)?;
                    return Ok(Proof::Held(Some(fence)));
                }
            }
        }
        self.watch().await
    }

    /// Writes what the holder does next, and says whether it did: not where the stream ends with another one.
    /// A revision alone would not tell: in a log that went back (design clause 23) somebody else may have taken the lease
    /// with the very revision that this holder remembers.
    async fn go_on(&mut self, held: Held, act: Act) -> Result<bool, Fault> {
        let Some(last) = self.log.read_last(&self.stream).await? else { return Ok(false) };
        let shown = grant(&last)?;
        if shown.holder.id != self.holder.id || shown.epoch != held.epoch || is_release(&last) {
            return Ok(false);
        }
        self.write(act, Expected::Exact(last.revision), held.epoch).await?;
        Ok(true)
    }

    /// Gives the lease back, so that the next holder need not wait.
    pub async fn give_back(&mut self) -> Result<(), Fault> {
        let Some(held) = self.held.take() else {
            return Ok(());
        };
        match self.go_on(held, Act::Released).await {
            // Somebody has taken it already: there is nothing to give back.
            Ok(_) | Err(Fault::Log(LogError::WrongExpectedVersion { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn watch(&mut self) -> Result<Proof, Fault> {
        let last = self.log.read_last(&self.stream).await?;
        // Whatever is there may have been written while it was read: nobody saw it earlier than now.
        let now = self.clock.monotonic();
        let Some(last) = last else {
            return self.take(now, None).await;
        };
        let of_other = grant(&last)?;
        // An embedded log has one writer: another holder belongs to a process that is over.
        if is_release(&last) || of_other.holder.id == self.holder.id || self.log.is_exclusive() {
            return self.take(now, Some(last.revision)).await;
        }
        let observed = match self.observed {
            Some(observed) if observed.revision == last.revision => observed,
            seen => Observed { revision: last.revision, since: now, fresh: seen.is_some() },
        };
        self.observed = Some(observed);
        let over = observed.since + of_other.ttl;
        if now >= over {
            return self.take(now, Some(last.revision)).await;
        }
        // A holder renews after a third of the time; one that has missed that twice may be gone.
        let alive = observed.fresh && now < observed.since + of_other.ttl * 2 / 3;
        Ok(Proof::Elsewhere { retry: over.saturating_sub(now).min(of_other.ttl / 4), alive })
    }

    async fn take(&mut self, now: Duration, last: Option<u64>) -> Result<Proof, Fault> {
        let (expected, next) = match last {
            Some(revision) => (Expected::Exact(revision), revision + 1),
            None => (Expected::NoStream, 0),
        };
        let epoch = u32::try_from(next + 1)
            .map_err(|_| Fault::Other(format!("lease '{}' has run out of epochs", self.stream)))?;
        match self.write(Act::Acquired, expected, epoch).await {
            Ok(()) => {
                self.held = Some(Held { epoch, since: now, renewed: now });
                self.observed = None;
                if let Some(fence) = self.fence() {
                    return Ok(Proof::Held(Some(fence)));
                }
                // It was over before the log had answered, and may be somebody else's by now.
                self.lose();
                Ok(Proof::Elsewhere { retry: self.ttl / 4, alive: false })
            }
            Err(LogError::WrongExpectedVersion { .. }) => {
                Ok(Proof::Elsewhere { retry: self.ttl / 4, alive: true })
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn write(&mut self, act: Act, expected: Expected, epoch: u32) -> Result<(), LogError> {
        let grant = Grant { holder: self.holder.clone(), epoch, ttl: self.ttl };
        let event = housekeeping::event(
            self.context,
            &self.stream,
            &format!("{}/{expected:?}/{}", self.holder.id, act.name()),
            act.event_type(self.context),
            &grant.written(),
            None,
            self.clock.now(),
        );
        self.log.append(&self.stream, expected, vec![event]).await?;
        if !self.trimmed {
            self.log.keep_last(&self.stream, 1).await?;
            self.trimmed = true;
        }
        Ok(())
    }

    fn fence_of(&self, held: Held) -> Fence {
        Fence { lease: self.stream.clone(), epoch: held.epoch }
    }
}

impl Authority for Lease {
    fn prove(&mut self) -> BoxFuture<'_, Result<Proof, Fault>> {
        Box::pin(self.tend())
    }

    fn lose(&mut self) {
        self.held = None;
        self.observed = None;
    }

    fn renew_in(&self) -> Option<Duration> {
        let held = self.held?;
        Some((held.renewed + self.ttl / 3).saturating_sub(self.clock.monotonic()))
    }

    fn certain_until(&self) -> Option<Duration> {
        self.held.map(|held| held.renewed + self.ttl)
    }

    fn release(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.give_back())
    }
}
