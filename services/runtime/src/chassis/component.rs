//! Components: the long-running parts of a role, as things that take one step at a time.
//!
//! A step reads what is there, does one bounded piece of work and returns. It never waits for something to
//! happen: waiting belongs to the runner ([`crate::run`]) in production and to the scheduler in the simulation,
//! so both drive the same code.

use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;

use crate::log::{LogError, Position};

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

/// A step that could not be completed. The component goes on with its next step after a pause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    // Its text says what the log said, so whoever prints a chain of causes says it once.
    #[error("the log did not answer: {0}")]
    Log(LogError),
    /// Deciding on a partial past is worse than not deciding.
    #[error("cannot read event {event_type} at {stream}/{revision}: {why}")]
    Unreadable { event_type: String, stream: String, revision: u64, why: String },
    #[error("a newer holder of lease '{lease}' has acted (epoch {newer}, mine {mine})")]
    Fenced { lease: String, mine: u32, newer: u32 },
    #[error("{service} did not answer: {why}")]
    Unreachable { service: String, why: String },
    #[error("{0}")]
    Other(String),
}

impl From<LogError> for Fault {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_log_says_once_what_the_log_said() {
        let fault = Fault::from(LogError::Unavailable("no answer for 500 ms".to_owned()));
        let said = "the log did not answer: the log is unavailable: no answer for 500 ms";
        assert_eq!(fault.to_string(), said);
        assert!(std::error::Error::source(&fault).is_none());
    }
}
