//! Components: the long-running parts of a role, as things that take one step at a time.
//!
//! A step reads what is there, does one bounded piece of work and returns. It never waits for something to
//! happen: waiting belongs to the runner ([`crate::run`]) in production and to the scheduler in the simulation,
//! so both drive the same code.

use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;

pub use crate::fault::Fault;
use crate::log::Position;

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Something was done; there may be more.
    Worked,
    /// Nothing is left to do until the log grows, the clock reaches `due`, or `retry` has gone by.
    Idle { due: Option<Timestamp>, retry: Option<Duration> },
    /// Something is left to do and cannot be done yet, such as a call to a peer that does not answer. It looks
    /// again when it is woken like an idle one, and after `retry`. It is not at rest, so virtual time waits for it.
    Blocked { due: Option<Timestamp>, retry: Duration },
}

impl Progress {
    /// Nothing to do until the log grows.
    pub const IDLE: Self = Self::Idle { due: None, retry: None };
}

/// A part of a role that is driven in steps.
pub trait Component: Send {
    /// Kebab-case, unique within the platform: `guardrail-rollback`.
    fn name(&self) -> &str;

    /// Does one bounded piece of work. Safe to drop and build anew at any await point.
    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>>;

    /// How far it has applied the log, for readers that ask for a position and for status.
    fn applied(&self) -> Option<Position> {
        None
    }

    /// Why it cannot serve yet; `None` when it can.
    fn unready(&self) -> Option<String> {
        None
    }

    /// Says good-bye on a graceful shutdown.
    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async { Ok(()) })
    }
}
