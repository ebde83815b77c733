//! What may go wrong between the adapter and a server, and what of it the port has a word for.

use verdict_runtime::log::{Expected, LogError};

/// Codes of gRPC that say more than that the call failed.
const CANCELLED: i32 = 1;
const INVALID_ARGUMENT: i32 = 3;
const RESOURCE_EXHAUSTED: i32 = 8;
/// Words of the transport, which no server writes.
const TRANSPORT: &str = "h2 protocol error";
const ABORTED: i32 = 10;

/// How a server words it that an append is over its limit; the limit follows.
const TOO_LARGE: &str = "Maximum Append Size of ";

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// The call never left.
    #[error("{0}")]
    Unsent(String),
    /// The call may have been carried out.
    #[error("{0}")]
    Unknown(String),
    /// No answer came in time; the call may have been carried out.
    #[error("no answer for {millis} ms")]
    Silent { millis: u128 },
    /// The node turned the call away. When the leader is `known`, the next call goes there.
    #[error("the node that was asked does not lead")]
    NotLeader { known: bool },
    #[error("wrong expected version")]
    WrongVersion { actual: Option<u64> },
    #[error("the stream was deleted")]
    Deleted,
    #[error("there is no such stream")]
    NotFound,
    #[error("the append is over the limit of {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the log is full")]
    Full,
    #[error("access denied: the user in the URL of the log may not do this")]
    Denied,
    #[error("{0}")]
    Refused(String),
}

impl Fault {
    /// A status that the client has no word for.
    pub(super) fn of_status(code: i32, message: &str) -> Self {
        match code {
            INVALID_ARGUMENT => append_limit(message)
                .map_or_else(|| Self::Refused(message.to_owned()), |limit| Self::TooLarge { limit }),
            // The transport uses the same code for a server that closes a connection on which too many calls were
            // given up at once, as a process does that wakes after it was frozen.
            RESOURCE_EXHAUSTED if message.contains(TRANSPORT) => Self::Unknown(message.to_owned()),
            RESOURCE_EXHAUSTED => Self::Full,
            CANCELLED | ABORTED => Self::Unknown(message.to_owned()),
            other => Self::Refused(format!("{message} (gRPC code {other})")),
        }
    }

    /// The error of a call that was about `stream`.
    pub(super) fn about(self, stream: &str) -> LogError {
        match self {
            Self::Deleted => LogError::StreamDeleted(stream.to_owned()),
            other => other.into_error(),
        }
    }

    /// The error of an append of `bytes` to `stream`.
    pub(super) fn of_append(self, stream: &str, expected: Expected, bytes: usize) -> LogError {
        match self {
            Self::WrongVersion { actual } => {
                LogError::WrongExpectedVersion { stream: stream.to_owned(), expected, actual }
            }
            Self::TooLarge { limit } => LogError::TooLarge { bytes, limit },
            other => other.about(stream),
        }
    }

    /// The error of a call that was about no stream.
    pub(super) fn into_error(self) -> LogError {
        match self {
            Self::Unsent(_) | Self::Unknown(_) | Self::Silent { .. } | Self::NotLeader { .. } => {
                LogError::Unavailable(self.to_string())
            }
            Self::Full => LogError::Full,
            Self::WrongVersion { .. }
            | Self::Deleted
            | Self::NotFound
            | Self::TooLarge { .. }
            | Self::Denied
            | Self::Refused(_) => LogError::Storage(self.to_string()),
        }
    }
}

/// Which failed calls are made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// The call changes nothing, or changes it to the same.
    Always,
    /// Whether an append that failed is in the log is for its caller to find out, who has its event ids. What never
    /// left, or was turned away by a node that does not lead, is certainly not in.
    OnlyUnsent,
}

impl Repeat {
    pub(super) fn allows(self, fault: &Fault) -> bool {
        match fault {
            Fault::Unsent(_) | Fault::NotLeader { .. } => true,
            Fault::Unknown(_) => self == Self::Always,
            // Whoever called has waited long enough.
            Fault::Silent { .. }
            | Fault::WrongVersion { .. }
            | Fault::Deleted
            | Fault::NotFound
            | Fault::TooLarge { .. }
            | Fault::Full
            | Fault::Denied
            | Fault::Refused(_) => false,
        }
    }
}

fn append_limit(message: &str) -> Option<usize> {
    let (_, rest) = message.split_once(TOO_LARGE)?;
    let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests;
