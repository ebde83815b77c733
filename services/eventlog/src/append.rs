//! The vocabulary of writing: what an append expects of its stream and how it ends.

use std::sync::Arc;

use crate::metadata::InvalidMetadata;

/// What the writer of an append believes about the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nothing.
    Any,
    /// It was never written, or it is soft-deleted.
    NoStream,
    /// It, or its metadata, was written and it is not deleted.
    StreamExists,
    /// Its last event has this revision.
    Exact(u64),
}

/// Where the events of an append are. A repeated append answers what the first one answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    pub first_revision: u64,
    pub last_revision: u64,
    /// Position of the last event.
    pub position: u64,
}

/// Why nothing was appended.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AppendError {
    #[error("stream '{stream}' is at {}, expected {expected:?}", revision_text(*.actual))]
    WrongExpectedVersion {
        stream: String,
        expected: Expected,
        /// Revision of the last event; absent when there is no stream.
        actual: Option<u64>,
    },
    #[error("stream '{stream}' is deleted")]
    StreamDeleted { stream: String },
    #[error("the volume of the log is full: make room, then send the append again")]
    Full,
    #[error("the append has {bytes} bytes, at most {limit} are allowed")]
    TooLarge { bytes: usize, limit: usize },
    #[error("some events of this append are already in stream '{stream}', others are not")]
    IdempotencyConflict { stream: String },
    #[error("the append is malformed: {reason}")]
    Invalid { reason: &'static str },
    #[error("the append carries unusable stream metadata")]
    Metadata(#[source] InvalidMetadata),
    #[error("the log is closed")]
    Closed,
    #[error("the log cannot be written")]
    Storage(#[source] Arc<rusqlite::Error>),
}

impl AppendError {
    /// How a fault of the database ends an append.
    pub(crate) fn from_fault(fault: rusqlite::Error) -> Self {
        match fault.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Storage(Arc::new(fault)),
        }
    }
}

fn revision_text(revision: Option<u64>) -> String {
    revision.map_or_else(|| "no revision (no stream)".to_owned(), |revision| format!("revision {revision}"))
}
