//! What a log is opened with. Every limit has a default that suits a laptop and a small server.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// Tells the time as microseconds since the Unix epoch.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// A clock that answers what `tell` answers, in microseconds since the Unix epoch.
    pub fn new(tell: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The clock of the machine.
    pub fn system() -> Self {
        Self::new(system_unix_micros)
    }

    /// Microseconds since the Unix epoch.
    pub fn unix_micros(&self) -> i64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

#[expect(clippy::disallowed_methods, reason = "the default clock of the log; callers may inject another")]
fn system_unix_micros() -> i64 {
    let since_epoch = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX)
}

/// How a log is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// The directory of the log; it is created when it is absent.
    pub path: PathBuf,
    /// The largest size of the database in pages of 4 KiB; no limit when absent.
    pub max_page_count: Option<u32>,
    /// Pages of that, and as much again on the volume, that only appends which ask for the reserve may use; never more
    /// than a quarter of the largest size.
    pub reserve_pages: u32,
    /// Read-only connections, at least 1. A read that finds them all busy waits for one.
    pub readers: usize,
    /// Events kept in memory for live subscribers, at least 1.
    pub live_buffer: usize,
    /// Bytes of events kept in memory for live subscribers.
    pub live_buffer_bytes: usize,
    /// Appends that may wait for the writer before further ones wait to be accepted, at least 1.
    pub queue: usize,
    /// Bytes of the appends that may wait for the writer.
    pub queue_bytes: u32,
    /// The largest append in bytes (types, data and metadata of all its events).
    pub max_append_bytes: usize,
    /// How many recent event ids are remembered for repeated appends that expect no exact revision; they are read from
    /// the log when it is opened.
    pub recent_ids: usize,
    /// Where `created` comes from.
    pub clock: Clock,
}

impl Options {
    /// The defaults for a log in the directory `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            max_page_count: None,
            reserve_pages: 2_048,
            readers: 4,
            live_buffer: 4_096,
            live_buffer_bytes: 8 << 20,
            queue: 4_096,
            queue_bytes: 16 << 20,
            max_append_bytes: 16 << 20,
            recent_ids: 16_384,
            clock: Clock::system(),
        }
    }
}
