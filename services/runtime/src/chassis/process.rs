//! Process managers at the rim: they follow the log, note what concerns them in a stream of their own, and
//! send the steps that the pure [`Process`] finds due.
//!
//! Everything an instance knows is in `<context>.process-<id>`: a restart folds the stream and goes on. The
//! bus only wakes the runner; events always come from the log, in order.

use std::future::Future;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_kernel::process::{Outcome, Process};
use verdict_stored::ProcessWire;

use crate::component::Progress;
use crate::execute::{Envelope, Fence};
use crate::fault::Fault;
use crate::log::{Filter, Recorded};

pub mod golden;
mod instance;
mod live;
pub mod reading;
mod runner;
pub mod sending;
#[cfg(test)]
mod tests;
mod trouble;

pub use live::Live;
pub use runner::ProcessRunner;

/// Whether a component may act now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It may; its commands carry this fence, where there is one.
    Held(Option<Fence>),
    /// Somebody else may. Look again after `retry`. `alive`: it has given a sign of life lately.
    Elsewhere { retry: Duration, alive: bool },
}

/// What a component that may not act now has to do: nothing, as long as another is there to do it. Otherwise its work is
/// left undone, and virtual time waits until somebody takes over.
pub const fn standing_by(retry: Duration, alive: bool) -> Progress {
    if alive {
        Progress::Idle { due: None, retry: Some(retry) }
    } else {
        Progress::Blocked { due: None, retry }
    }
}

/// What lets one of several replicas act: a lease, or nothing where there can be only one.
pub trait Authority: Send + Sync {
    /// Takes, keeps or looks for the right to act. Never waits.
    fn prove(&mut self) -> BoxFuture<'_, Result<Proof, Fault>>;

    /// The right turned out to be somebody else's.
    fn lose(&mut self);

    /// When the right has to be proven again at the latest.
    fn renew_in(&self) -> Option<Duration>;

    /// Until which monotonic time the right that was proven is certain; `None` = it does not end.
    fn certain_until(&self) -> Option<Duration> {
        None
    }

    /// Gives the right back on a graceful stop, so that the next one need not wait.
    fn release(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async { Ok(()) })
    }
}

/// The right of the only replica there can be.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

impl Authority for Alone {
    fn prove(&mut self) -> BoxFuture<'_, Result<Proof, Fault>> {
        Box::pin(async { Ok(Proof::Held(None)) })
    }

    fn lose(&mut self) {}

    fn renew_in(&self) -> Option<Duration> {
        None
    }
}

/// What a step came to, with the facts that it brought back for the process to note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performed<F> {
    pub outcome: Outcome,
    pub facts: Vec<F>,
}

impl<F> Performed<F> {
    /// The step was done and taught the process nothing new.
    pub const DONE: Self = Self { outcome: Outcome::Done, facts: Vec::new() };

    /// The step was refused with this code.
    pub fn refused(code: impl Into<String>) -> Self {
        Self { outcome: Outcome::Refused(code.into()), facts: Vec::new() }
    }
}

/// Facts, each with the subject of the instance that it is for.
pub type Facts<P> = Vec<(String, <P as Process>::Fact)>;

/// The shell's side of a process: what log events mean to it, how its facts are stored, how its steps are sent.
pub trait Rim<P: Process>: Send + Sync {
    /// The table of its facts as they are stored.
    type Wire: ProcessWire<Process = P>;

    /// The context whose streams the process writes to: `rollouts`.
    const CONTEXT: &'static str;

    /// The streams whose events may concern the process.
    fn interests() -> Filter;

    /// The facts that `event` means, each with the subject of the instance it is for.
    fn facts(&self, event: &Recorded, live: Live<'_>)
    -> impl Future<Output = Result<Facts<P>, Fault>> + Send;

    /// Sends one step. The envelope carries the command id, the principal of the process, the fence and the
    /// cause; [`crate::grpc::meta`] turns it into request metadata. A fault is retried later with the same id.
    fn perform(
        &self,
        envelope: Envelope,
        action: &P::Action,
    ) -> impl Future<Output = Result<Performed<P::Fact>, Fault>> + Send;
}
