//! The streams of an edge: how many there may be, and what each of them reads.
//!
//! A [`Reader`] is asked for its next part once the former one has left for the socket. While nobody reads at the other end
//! it is not asked, and what it would have said is overtaken by what is newer.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::web::Bytes;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::announcements::{Announcements, Board, Notice};
use crate::jitter::Jitter;
use crate::prefix::PathPrefix;
use crate::snapshot::Scope;

/// The longest time for which a stream may be silent: proxies close those that are so for half a minute.
pub const LONGEST_HEARTBEAT: Duration = Duration::from_secs(25);
/// A comment, which clients pass over.
const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");
/// When a client whose stream broke off comes back, in milliseconds: each stream says its own.
const RETRY_MS: RangeInclusive<u64> = 1_000..=5_000;
/// What was announced is announced once more after so long, in milliseconds: a client whose request failed does not ask
/// again by itself, and goes on with what was taken back. One that has it is answered 304.
const REMINDER_MS: RangeInclusive<u64> = 5_000..=15_000;

/// How an edge offers streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamOptions {
    /// Open at once; 0 = none are offered.
    pub most: usize,
    /// A stream that has nothing to say says so this often.
    pub heartbeat: Duration,
    /// When clients that nobody looks at are to close their stream.
    pub inactivity: Duration,
    /// Where a proxy serves the edge; `None` = as the request says, or at the root.
    pub prefix: Option<PathPrefix>,
}

impl Default for StreamOptions {
    fn default() -> Self {
        Self {
            most: 10_000,
            heartbeat: Duration::from_secs(20),
            inactivity: Duration::from_mins(2),
            prefix: None,
        }
    }
}

/// What a scraper is told of streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamFigures {
    pub open: u64,
    /// Announcements that were written, however many streams said them.
    pub announcements: u64,
    /// Streams that were refused at the limit.
    pub refused: u64,
    /// Streams that ended while something waited for their reader.
    pub dropped: u64,
}

/// The streams of one edge.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    pub(crate) options: StreamOptions,
    pub(crate) announcements: Announcements,
    pub(crate) jitter: Jitter,
    open: AtomicUsize,
    written: AtomicU64,
    refused: AtomicU64,
    dropped: AtomicU64,
}

/// There are as many streams as there may be, or the edge stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Streams {
    pub(crate) fn new(options: StreamOptions, jitter: Jitter) -> Self {
        Self { options, jitter, ..Self::default() }
    }

    /// Counts what was written for an announcement.
    pub(crate) fn wrote(&self, notices: u64) {
        self.written.fetch_add(notices, Ordering::Relaxed);
    }

    pub(crate) fn figures(&self) -> StreamFigures {
        StreamFigures {
            open: self.open.load(Ordering::Relaxed) as u64,
            announcements: self.written.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
        }
    }

    /// A stream for a client that was told the id `last` before.
    pub(crate) fn open(self: &Arc<Self>, scope: Scope, last: Option<String>) -> Result<Reader, Full> {
        let board = self.announcements.subscribe();
        let room = |open: usize| (open < self.options.most).then_some(open + 1);
        let is_over = board.borrow().is_over();
        if is_over || self.open.fetch_update(Ordering::Relaxed, Ordering::Relaxed, room).is_err() {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return Err(Full);
        }
        let told = Told::Before(last);
        Ok(Reader { streams: Arc::clone(self), scope, board, told, silent_since: None, reminder: None })
    }
}

/// What the client of a stream knows.
#[derive(Debug)]
enum Told {
    /// The id that it was told by a former stream.
    Before(Option<String>),
    Here(Arc<Notice>),
}

/// One stream. It has a place among those that may be open for as long as it lives.
#[derive(Debug)]
pub(crate) struct Reader {
    streams: Arc<Streams>,
    scope: Scope,
    board: watch::Receiver<Board>,
    told: Told,
    /// When it said something last; `None` until it has begun.
    silent_since: Option<Instant>,
    /// When what it said last is said once more.
    reminder: Option<Instant>,
}

impl Reader {
    /// What is to be sent next; `None` when the edge stops.
    pub(crate) async fn next(&mut self) -> Option<Bytes> {
        let part = match self.silent_since {
            None => self.begin(),
            Some(since) => self.wait(since + self.streams.options.heartbeat).await?,
        };
        self.silent_since = Some(Instant::now());
        Some(part)
    }

    /// Says at once when to come back, so that whoever is in between sees that there is an answer.
    fn begin(&self) -> Bytes {
        format!("retry: {}\n\n", self.streams.jitter.within(RETRY_MS)).into()
    }

    async fn wait(&mut self, heartbeat: Instant) -> Option<Bytes> {
        loop {
            if self.board.borrow().is_over() {
                return None;
            }
            if let Some(notice) = self.news() {
                let text = notice.text.clone();
                self.told = Told::Here(notice);
                let pause = Duration::from_millis(self.streams.jitter.within(REMINDER_MS));
                self.reminder = Some(Instant::now() + pause);
                return Some(text);
            }
            let until = self.reminder.map_or(heartbeat, |reminder| reminder.min(heartbeat));
            match tokio::time::timeout_at(until, self.board.changed()).await {
                Err(_) => return Some(self.remind()),
                // The sender lives in `self`.
                Ok(changed) => changed.ok()?,
            }
        }
    }

    /// What is said when it has been silent: its last notice where a reminder is due, else that it is there.
    fn remind(&mut self) -> Bytes {
        match (&self.told, self.reminder.take_if(|reminder| *reminder <= Instant::now())) {
            (Told::Here(notice), Some(_)) => notice.text.clone(),
            _ => HEARTBEAT,
        }
    }

    /// What the client does not know yet.
    fn news(&mut self) -> Option<Arc<Notice>> {
        let board = self.board.borrow_and_update();
        let notice = board.of(&self.scope)?;
        let is_known = match &self.told {
            Told::Before(last) => last.as_deref().is_some_and(|last| notice.is_known_by(last)),
            Told::Here(told) => told == notice,
        };
        (!is_known).then(|| Arc::clone(notice))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.streams.open.fetch_sub(1, Ordering::Relaxed);
        let is_over = self.board.borrow().is_over();
        if !is_over && self.silent_since.is_some() && self.news().is_some() {
            self.streams.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests;
