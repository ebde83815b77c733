//! Why something could not be done: neither a refusal, which is an answer, nor a mistake of the caller, which has a code in
//! [`crate::problem`].

use crate::log::LogError;

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
