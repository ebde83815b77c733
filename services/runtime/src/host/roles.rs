//! What the components of a process have come to: for `/readyz`, for status, and to know when everything is
//! quiet.
//!
//! Quiet means that every component has said that it has nothing to do, at the present size of the log and at
//! the present business time. Whoever moves virtual time waits for it before the next move.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use verdict_kernel::clock::Clock;

use crate::component::{Component, Progress};
use crate::fault::Fault;
use crate::log::{Log, LogError, Position};

#[cfg(test)]
mod tests;

/// One component as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub name: String,
    /// Why it cannot serve; `None` when it can.
    pub unready: Option<String>,
    /// How far it has applied the log; `None` for one that follows nothing.
    pub applied: Option<Position>,
    /// It has nothing to do, as far as it knows.
    pub idle: bool,
    /// It runs, or it stopped because it was told to.
    pub alive: bool,
    /// The fault of its last step; `None` when that went well.
    pub last_fault: Option<String>,
    /// The business time at which it has something to do.
    pub due: Option<Timestamp>,
    /// Size of the log when it last looked.
    seen: u64,
}

/// The entry of one component; its runner writes it.
#[derive(Clone)]
pub struct Record {
    role: Arc<Mutex<Role>>,
    changed: watch::Sender<()>,
}

impl Record {
    fn lock(&self) -> MutexGuard<'_, Role> {
        self.role.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Role)) {
        change(&mut self.lock());
        self.changed.send_replace(());
    }

    /// Something may be there to do: it is not idle until it has looked.
    pub fn disturb(&self) {
        self.lock().idle = false;
    }

    /// A step went well. `growth` is the size of the log from before the step.
    pub fn stepped(&self, component: &dyn Component, progress: &Progress, growth: u64) {
        self.change(|role| {
            role.unready = component.unready();
            role.applied = component.applied();
            role.last_fault = None;
            role.seen = growth;
            (role.idle, role.due) = match progress {
                Progress::Worked => (false, None),
                Progress::Idle { due, retry: _ } => (true, *due),
                Progress::Blocked { due, retry: _ } => (false, *due),
            };
        });
    }

    /// A step failed. Answers whether it is another fault than that of the step before.
    pub fn faulted(&self, component: &dyn Component, fault: &Fault) -> bool {
        let text = fault.to_string();
        let mut news = false;
        self.change(|role| {
            role.unready = component.unready();
            role.applied = component.applied();
            role.idle = false;
            news = role.last_fault.as_ref() != Some(&text);
            role.last_fault = Some(text);
        });
        news
    }

    /// It does not run any more; `why` is given unless it was told to stop.
    pub fn stopped(&self, why: Option<&str>) {
        self.change(|role| {
            role.alive = why.is_none();
            role.unready = Some(why.map_or_else(|| "stopped".to_owned(), |why| format!("stopped: {why}")));
            role.last_fault = why.map(str::to_owned);
        });
    }
}

/// Not everything became quiet in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    #[error("still at work: {}", .0.join(", "))]
    StillAtWork(Vec<String>),
    #[error("the log did not answer: {0}")]
    Log(#[from] LogError),
}

/// Every component of this process. Cheap to clone.
#[derive(Clone)]
pub struct Roles {
    records: Arc<Mutex<Vec<Record>>>,
    changed: watch::Sender<()>,
    clock: Arc<dyn Clock>,
}

impl Roles {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { records: Arc::default(), changed: watch::Sender::new(()), clock }
    }

    /// Adds a component that has not taken a step yet.
    pub fn register(&self, name: &str) -> Record {
        let role = Role {
            name: name.to_owned(),
            unready: Some("has not started yet".to_owned()),
            applied: None,
            idle: false,
            alive: true,
            last_fault: None,
            due: None,
            seen: 0,
        };
        let record = Record { role: Arc::new(Mutex::new(role)), changed: self.changed.clone() };
        self.records().push(record.clone());
        record
    }

    fn records(&self) -> MutexGuard<'_, Vec<Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of them as they are now, in the order in which they were registered.
    pub fn snapshot(&self) -> Vec<Role> {
        self.records().iter().map(|record| record.lock().clone()).collect()
    }

    /// Whether every component can serve.
    pub fn ready(&self) -> bool {
        self.snapshot().iter().all(|role| role.unready.is_none())
    }

    /// The earliest business time at which some component has something to do.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.snapshot().iter().filter_map(|role| role.due).min()
    }

    /// The components that still have something to do with a log whose head is `head` and whose size signal
    /// is `growth`.
    pub fn at_work(&self, head: Option<&Position>, growth: u64) -> Vec<String> {
        let now = self.clock.now();
        let busy = |role: &Role| {
            let behind = match (&role.applied, head) {
                (Some(applied), Some(head)) => applied.covers(head) != Some(true),
                (_, None) | (None, Some(_)) => false,
            };
            role.alive
                && (!role.idle || behind || role.seen != growth || role.due.is_some_and(|due| due <= now))
        };
        let roles = self.snapshot();
        roles.iter().filter(|role| busy(role)).map(|role| role.name.clone()).collect()
    }

    /// Returns the head once every component has applied it and has nothing left to do, seen twice in a row.
    /// Fails after `deadline`.
    pub async fn wait_settled(&self, log: &Log, deadline: Duration) -> Result<Option<Position>, Unsettled> {
        let mut last_seen = Vec::new();
        match tokio::time::timeout(deadline, self.settle(log, &mut last_seen)).await {
            Ok(settled) => settled,
            Err(_) => Err(Unsettled::StillAtWork(last_seen)),
        }
    }

    async fn settle(&self, log: &Log, at_work: &mut Vec<String>) -> Result<Option<Position>, Unsettled> {
        let mut changed = self.changed.subscribe();
        let grown = log.grown();
        let mut quiet_at = None;
        loop {
            changed.mark_unchanged();
            let growth = *grown.borrow();
            let head = log.head().await?;
            *at_work = self.at_work(head.as_ref(), growth);
            if !at_work.is_empty() {
                quiet_at = None;
                // The pause covers what changes without a word, such as the clock.
                drop(tokio::time::timeout(Duration::from_millis(20), changed.changed()).await);
            } else if quiet_at.as_ref() == Some(&head) {
                return Ok(head);
            } else {
                quiet_at = Some(head);
                tokio::task::yield_now().await;
            }
        }
    }
}
