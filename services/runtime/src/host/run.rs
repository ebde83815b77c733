//! The production runner: steps a component while it works, and waits for what could give it more to do.
//!
//! ```text
//!            Worked                     log grew / time due / retry / poke
//!   step ──────────────> step          ┌──────────────────────────────────┐
//!    │ Idle ─────────────────────────> wait ──────────────────────────────┘──> step
//!    │ Fault: note it, pause 50 ms doubling to 5 s ──────────────────────────> step
//! ```
//!
//! A fenced component has given up its lease by the time the runner hears of it: its next step watches the
//! newer holder, it does not try again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tracing::Instrument;

use crate::clock::Timer;
use crate::component::{Component, Progress};
use crate::fault::Fault;
use crate::log::Log;
use crate::roles::{Record, Roles};
use crate::shutdown::Shutdown;
use crate::task;

#[cfg(test)]
mod tests;

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long a step may still run once its role is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Makes a component look again although the log has not grown. Cheap to clone.
#[derive(Clone)]
pub struct Poke {
    notify: Arc<Notify>,
    record: Record,
}

impl Poke {
    /// Asks for a step soon. Pokes while a step runs are kept, many count as one.
    pub fn poke(&self) {
        self.record.disturb();
        self.notify.notify_one();
    }
}

/// Runs the components of a role.
#[derive(Clone)]
pub struct Runner {
    log: Log,
    timer: Arc<dyn Timer>,
    roles: Roles,
    shutdown: Shutdown,
    tasks: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Runner {
    pub fn new(log: Log, timer: Arc<dyn Timer>, roles: Roles, shutdown: Shutdown) -> Self {
        Self { log, timer, roles, shutdown, tasks: Arc::default() }
    }

    /// Starts to drive `component` until the role is told to stop.
    pub fn start(&self, component: Box<dyn Component>) -> Poke {
        let record = self.roles.register(component.name());
        let notify = Arc::new(Notify::new());
        let drive = Drive {
            timer: self.timer.clone(),
            grown: self.log.grown(),
            shutdown: self.shutdown.clone(),
            poked: notify.clone(),
            record: record.clone(),
            pause: FIRST_PAUSE,
        };
        let name = component.name().to_owned();
        let handle = task::spawn(&name, drive.guarded(component));
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.push(handle);
        Poke { notify, record }
    }

    /// What the components of this role have come to.
    pub const fn roles(&self) -> &Roles {
        &self.roles
    }

    /// Returns when every component has stopped. Tell the [`Shutdown`] first.
    pub async fn drained(&self) {
        loop {
            let next = self.tasks.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(task) = next else { return };
            // A panic was caught inside the task, so nothing is lost here.
            drop(task.await);
        }
    }
}

/// What keeps one component going.
struct Drive {
    timer: Arc<dyn Timer>,
    grown: watch::Receiver<u64>,
    shutdown: Shutdown,
    poked: Arc<Notify>,
    record: Record,
    pause: Duration,
}

impl Drive {
    /// A panic in a component stops that component, and is told like any other fault.
    async fn guarded(self, component: Box<dyn Component>) {
        let record = self.record.clone();
        let driven = std::panic::AssertUnwindSafe(self.drive(component));
        if driven.catch_unwind().await.is_err() {
            tracing::error!("the component panicked and is stopped");
            record.stopped(Some("panicked"));
        }
    }

    async fn drive(mut self, mut component: Box<dyn Component>) {
        while !self.shutdown.is_told() {
            let growth = *self.grown.borrow_and_update();
            let shutdown = self.shutdown.clone();
            // A trace of its own: the task lives for ever and is no part of what one step does.
            let span = tracing::info_span!(parent: None, "step", component = component.name());
            let step = tokio::select! {
                biased;
                step = component.step().instrument(span) => step,
                () = out_of_grace(&shutdown) => break,
            };
            match step {
                Ok(progress) => {
                    self.record.stepped(component.as_ref(), &progress, growth);
                    self.pause = FIRST_PAUSE;
                    self.after(progress).await;
                    // Whatever woke it may have given it something to do.
                    self.record.disturb();
                }
                Err(fault) => {
                    let news = self.record.faulted(component.as_ref(), &fault);
                    self.after_fault(fault, news).await;
                }
            }
        }
        if let Err(fault) = component.stop().await {
            tracing::warn!(%fault, "could not say good-bye: {fault}");
        }
        self.record.stopped(None);
    }

    async fn after(&mut self, progress: Progress) {
        let (due, retry) = match progress {
            Progress::Worked => return tokio::task::yield_now().await,
            Progress::Idle { due, retry } => (due, retry),
            Progress::Blocked { due, retry } => (due, Some(retry)),
        };
        let timer = self.timer.clone();
        let due = async {
            match due {
                Some(due) => timer.reached(due).await,
                None => std::future::pending().await,
            }
        };
        let retry = async {
            match retry {
                Some(retry) => timer.pause(retry).await,
                None => std::future::pending().await,
            }
        };
        let grown = async {
            // A log that is gone never grows again; the other wake-ups still work.
            if self.grown.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = grown => {}
            () = due => {}
            () = retry => {}
            () = self.poked.notified() => {}
            () = self.shutdown.told() => {}
        }
    }

    /// A fault that lasts is told once, not with every attempt.
    async fn after_fault(&mut self, fault: Fault, news: bool) {
        if news {
            tracing::warn!(%fault, "step failed, going on after a pause: {fault}");
        } else {
            tracing::debug!(%fault, "step failed again: {fault}");
        }
        tokio::select! {
            () = self.timer.pause(self.pause) => {}
            () = self.shutdown.told() => {}
        }
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
    }
}

async fn out_of_grace(shutdown: &Shutdown) {
    shutdown.told().await;
    tokio::time::sleep(GRACE).await;
}
