//! The event log port: the only thing that services know about the log.
//!
//! One total order of events in streams with gapless revisions. Every adapter passes [`contract`]; the
//! in-memory one is [`memory`]. What a log says that went back is in [`restored`].

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;
use verdict_stored::{DecodeError, Metadata};

use crate::fault::Fault;

pub mod contract;
pub mod forward;
pub mod late;
pub mod memory;
pub mod restored;
pub mod watched;

/// A place in the log, opaque to everyone but the log: `<logId>:<commit>:<prepare>`.
///
/// Positions of different logs do not compare; a reader that finds a foreign log id rebuilds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Position {
    pub log_id: Arc<str>,
    pub commit: u64,
    pub prepare: u64,
}

impl Position {
    /// Whether this position is at or past `other`; `None` when they belong to different logs.
    pub fn covers(&self, other: &Self) -> Option<bool> {
        (self.log_id == other.log_id).then_some(self.commit >= other.commit)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.log_id, self.commit, self.prepare)
    }
}

/// The text is not a position.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a log position; pass one that the platform returned")]
pub struct InvalidPosition(pub String);

impl FromStr for Position {
    type Err = InvalidPosition;

    fn from_str(text: &str) -> Result<Self, InvalidPosition> {
        let invalid = || InvalidPosition(text.to_owned());
        let mut parts = text.split(':');
        let mut part = || parts.next().filter(|part| !part.is_empty()).ok_or_else(invalid);
        let (log_id, commit, prepare) = (part()?, part()?, part()?);
        match (commit.parse(), prepare.parse(), parts.next()) {
            (Ok(commit), Ok(prepare), None) => Ok(Self { log_id: log_id.into(), commit, prepare }),
            _ => Err(invalid()),
        }
    }
}

/// What an append demands of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Any,
    NoStream,
    StreamExists,
    /// The revision of the last event.
    Exact(u64),
}

/// An event to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    pub id: Uuid,
    /// `rollouts.Rollout.StageEntered.v1`
    pub event_type: String,
    /// JSON.
    pub data: Vec<u8>,
    /// JSON object, see [`verdict_stored::Metadata`].
    pub metadata: Vec<u8>,
}

/// The field of an event's metadata that says that an append may use what a full log keeps free: `true` on what narrows,
/// and on what processes write after it, never on what widens.
pub const RESERVE: &str = "$reserve";

impl NewEvent {
    /// Whether its metadata say so.
    pub fn may_use_reserve(&self) -> bool {
        let says: Result<serde_json::Value, _> = serde_json::from_slice(&self.metadata);
        says.is_ok_and(|metadata| metadata.get(RESERVE) == Some(&serde_json::Value::Bool(true)))
    }
}

/// How much room a log has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// Bytes that ordinary appends may still take, roughly; `None` where the log does not say.
    pub bytes: Option<u64>,
    /// Ordinary appends are refused, or will be soon: what may use the reserve is still taken.
    pub is_full: bool,
}

/// An event as the log holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub position: Position,
    pub stream: Arc<str>,
    pub revision: u64,
    pub id: Uuid,
    pub event_type: Arc<str>,
    pub data: Vec<u8>,
    pub metadata: Vec<u8>,
    /// The log's own clock.
    pub created: Timestamp,
}

impl Recorded {
    /// What stands beside the event.
    pub fn metadata(&self) -> Result<Metadata, Fault> {
        Metadata::read(&self.metadata).map_err(|error| self.unreadable(&error))
    }

    /// The fault of an aggregate or process that cannot read the event.
    #[must_use]
    pub fn unreadable(&self, error: &DecodeError) -> Fault {
        Fault::Unreadable {
            event_type: self.event_type.to_string(),
            stream: self.stream.to_string(),
            revision: self.revision,
            why: error.to_string(),
        }
    }
}

/// An append that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    pub first_revision: u64,
    pub last_revision: u64,
    pub position: Position,
}

/// What the log could not do. None of these is a decision of the domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error("stream '{stream}' was expected at {expected:?} and is at {}", actual.map_or("no event".to_owned(), |r| r.to_string()))]
    WrongExpectedVersion { stream: String, expected: Expected, actual: Option<u64> },
    #[error("stream '{0}' was deleted")]
    StreamDeleted(String),
    #[error("the log is full: free space on its volume, then retry")]
    Full,
    #[error("an append of {bytes} bytes is over the limit of {limit}")]
    TooLarge { bytes: usize, limit: usize },
    /// The position is of another log, or lies beyond the head: the log went back, and what the reader knows may
    /// never have happened (design clause 23). Whoever reads from a position folds anew from the start.
    #[error("position {0} belongs to another log, or to a past that this log no longer has")]
    AnotherLog(Position),
    /// The outcome is unknown: the append may or may not be in the log.
    #[error("the log is unavailable: {0}")]
    Unavailable(String),
    #[error("the log failed: {0}")]
    Storage(String),
}

/// Which events a reader of the whole log wants. Gaps in a filtered feed are normal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Stream name prefixes; empty = every stream.
    pub prefixes: Vec<String>,
    /// Stream name prefixes that are left out even when they match.
    pub exclude: Vec<String>,
}

impl Filter {
    /// Every stream that begins with one of `prefixes`.
    pub fn prefixes<S: Into<String>>(prefixes: impl IntoIterator<Item = S>) -> Self {
        Self { prefixes: prefixes.into_iter().map(Into::into).collect(), exclude: Vec::new() }
    }

    /// Whether events of `stream` pass. Streams of the log itself (`$...`) do only where a prefix names them.
    pub fn admits(&self, stream: &str) -> bool {
        let begins = |prefix: &String| stream.starts_with(prefix.as_str());
        let of_the_log = stream.starts_with('$');
        let named = |prefix: &&String| !of_the_log || names_the_log(prefix);
        let everything = self.prefixes.is_empty() && !of_the_log;
        (everything || self.prefixes.iter().filter(named).any(begins)) && !self.exclude.iter().any(begins)
    }

    /// Whether streams of the log itself may pass.
    pub fn names_the_log(&self) -> bool {
        self.prefixes.iter().any(|prefix| names_the_log(prefix))
    }
}

fn names_the_log(prefix: &str) -> bool {
    prefix.starts_with('$')
}

/// A page of one stream, in the order asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSlice {
    pub events: Vec<Recorded>,
    /// Revision of the last event; `None` when the stream does not exist.
    pub last_revision: Option<u64>,
}

/// A page of the whole log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllSlice {
    pub events: Vec<Recorded>,
    /// How far the log was looked at, whether or not anything passed the filter. Read on after it.
    pub considered: Option<Position>,
    /// Nothing further was there at the time of the read.
    pub at_head: bool,
}

/// Largest page that any adapter returns.
pub const MAX_PAGE: usize = 4096;

/// The log. Reads see every append that was acknowledged before they began.
pub trait EventLog: Send + Sync {
    /// Appends atomically and durably. A retry with the same event ids and expected version that was
    /// already performed returns the first result.
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>>;

    /// Reads `stream` forward from revision `from`, at most `max` events.
    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>>;

    /// The last event of `stream`.
    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>>;

    /// Reads the whole log forward, after a position (exclusive) or from the start.
    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>>;

    /// Position of the newest event; `None` when the log is empty.
    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>>;

    /// Signals that the log has grown. It only wakes: the receiver reads to find out what is there.
    fn grown(&self) -> watch::Receiver<u64>;

    /// Keeps only the last `count` events of `stream`.
    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>>;

    /// How much room is left.
    fn room(&self) -> BoxFuture<'_, Room>;

    /// The id that this log's positions carry. It changes when the log is restored under its readers.
    fn log_id(&self) -> Arc<str>;

    /// Whether this process is the only one that can write, as with an embedded log: a lease that another
    /// process held is then known to be over.
    fn is_exclusive(&self) -> bool;
}

/// A shared log.
pub type Log = Arc<dyn EventLog>;
