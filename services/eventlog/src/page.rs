//! What a read asks for, and the page that it gets.

use crate::event::Recorded;

/// The order of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Backward,
}

/// Where a read of a stream begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadFrom {
    /// Before the first event; nothing lies backward from there.
    Start,
    /// After the last event; nothing lies forward from there.
    End,
    /// At this revision, inclusive.
    Revision(u64),
}

/// Where a read of the whole log begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllFrom {
    /// Before the first event; nothing lies backward from there.
    Start,
    /// After the last event; nothing lies forward from there.
    End,
    /// Beyond this position in the direction of the read, exclusive.
    After(u64),
    /// At this position, inclusive.
    At(u64),
}

/// A page of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSlice {
    pub events: Vec<Recorded>,
    /// False when the stream was never written or is soft-deleted.
    pub exists: bool,
    /// Revision of the last event ever written to the stream, also when it is hidden or deleted.
    pub last_revision: Option<u64>,
    /// Nothing lies beyond this page.
    pub at_end: bool,
}

/// A page of the whole log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllSlice {
    pub events: Vec<Recorded>,
    /// The last position that was looked at, whether the filter let it through or not; the next page
    /// begins after it. Where nothing was looked at, where the read began.
    pub considered: u64,
    /// Nothing lies beyond this page.
    pub at_end: bool,
}

/// Why nothing could be read.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum ReadError {
    #[error("stream '{stream}' is deleted")]
    StreamDeleted { stream: String },
    #[error("the log is closed")]
    Closed,
    #[error("the log cannot be read")]
    Storage(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for ReadError {
    fn from(fault: rusqlite::Error) -> Self {
        Self::Storage(fault)
    }
}
