//! The one writer: a thread that drains the queue, commits a whole batch in one transaction, publishes it
//! to the live ring and only then answers. The more wait, the larger the batch, and one flush serves all.

mod apply;
mod command;
mod recent;
mod repeat;
mod reserve;
mod streams;

use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};
use ulid::Ulid;

use crate::append::{AppendError, Appended};
use crate::directory::DirectoryLock;
use crate::live::Ring;
use crate::options::{Clock, Options};

use apply::{Batch, Written};
pub(crate) use command::{Change, Command};
use recent::Memory;
pub(crate) use reserve::{Fullness, Reserve, ordinary_pages};

/// Requests that share one transaction at most; more wait for the next one.
const BATCH_REQUESTS: usize = 1_024;
/// Bytes after which a batch takes no further request.
const BATCH_BYTES: usize = 8 << 20;

type Verdict = Result<Appended, AppendError>;

/// What the queue carries.
#[derive(Debug)]
pub(crate) enum Message {
    Request(Request),
    /// Commit what came before, close the file, then say so.
    Stop(oneshot::Sender<()>),
}

/// A command and the caller that waits for its end.
#[derive(Debug)]
pub(crate) struct Request {
    command: Command,
    reply: oneshot::Sender<Verdict>,
    /// Gives the bytes of the request back to the queue's budget when the request is done.
    _permit: OwnedSemaphorePermit,
}

impl Request {
    pub(crate) const fn new(
        command: Command,
        permit: OwnedSemaphorePermit,
        reply: oneshot::Sender<Verdict>,
    ) -> Self {
        Self { command, reply, _permit: permit }
    }

    fn answer(self, verdict: Verdict) {
        if self.reply.send(verdict).is_err() {
            tracing::debug!(stream = %self.command.stream, "nobody waits for this append any more");
        }
    }
}

pub(crate) struct Writer {
    db: Connection,
    memory: Memory,
    ring: Arc<Ring>,
    head: watch::Sender<u64>,
    clock: Clock,
    log_id: Ulid,
    reserve: Reserve,
    /// Held for as long as the file is open for writing; the last field, so that it goes last.
    _lock: DirectoryLock,
}

impl Writer {
    pub(crate) fn new(
        db: Connection,
        lock: DirectoryLock,
        log_id: Ulid,
        head: watch::Sender<u64>,
        ring: Arc<Ring>,
        reserve: Reserve,
        options: &Options,
    ) -> rusqlite::Result<Self> {
        let memory = Memory::load(&db, *head.borrow(), options.recent_ids)?;
        Ok(Self { db, memory, ring, head, clock: options.clock.clone(), log_id, reserve, _lock: lock })
    }

    /// Serves the queue until it is closed or a stop comes.
    pub(crate) fn run(mut self, mut queue: mpsc::Receiver<Message>) {
        while let Some(first) = queue.blocking_recv() {
            let (batch, stop) = collect(first, &mut queue);
            self.commit(batch);
            if let Some(stopped) = stop {
                drop(self);
                // Whoever asked may have gone; the log is closed all the same.
                stopped.send(()).unwrap_or_default();
                return;
            }
        }
    }

    /// Commits a batch and answers every request of it. When the batch fails as a whole, each request is
    /// tried alone, so that one append that does not fit fails alone.
    fn commit(&mut self, batch: Vec<Request>) {
        let batch = self.without_ordinary_when_full(batch);
        if batch.is_empty() {
            return;
        }
        let ordinary = batch.iter().any(|request| !request.command.may_use_reserve());
        match self.attempt(&batch, !ordinary) {
            Ok(verdicts) => {
                if ordinary {
                    self.reserve.note(false);
                }
                for (request, verdict) in batch.into_iter().zip(verdicts) {
                    request.answer(verdict);
                }
            }
            Err(_) if batch.len() > 1 => {
                for request in batch {
                    self.commit(vec![request]);
                }
            }
            Err(fault) => {
                let error = AppendError::from_fault(fault);
                if error == AppendError::Full {
                    if ordinary {
                        self.reserve.note(true);
                    } else if self.reserve.let_go(&self.db) {
                        return self.commit(batch);
                    }
                }
                tracing::warn!(%error, "an append could not be written");
                if let Some(request) = batch.into_iter().next() {
                    request.answer(Err(error));
                }
            }
        }
    }

    /// Refuses ordinary appends while the reserve is used: they would take what is left of it.
    fn without_ordinary_when_full(&mut self, batch: Vec<Request>) -> Vec<Request> {
        let is_ordinary = |request: &Request| !request.command.may_use_reserve();
        if !batch.iter().any(is_ordinary) || self.reserve.is_whole() {
            return batch;
        }
        let (ordinary, others): (Vec<_>, Vec<_>) = batch.into_iter().partition(is_ordinary);
        for request in ordinary {
            request.answer(Err(AppendError::Full));
        }
        others
    }

    /// One transaction over all requests. An error leaves nothing behind, in the file or in memory.
    fn attempt(&mut self, requests: &[Request], reserve: bool) -> rusqlite::Result<Vec<Verdict>> {
        self.reserve.allow(&self.db, reserve)?;
        match self.transact(requests) {
            Ok((verdicts, written)) => {
                self.publish(written);
                Ok(verdicts)
            }
            Err(fault) => {
                self.memory.forget_streams();
                // SQLite has rolled back by itself after some faults.
                if !self.db.is_autocommit() {
                    self.db.execute_batch("ROLLBACK")?;
                }
                Err(fault)
            }
        }
    }

    fn transact(&mut self, requests: &[Request]) -> rusqlite::Result<(Vec<Verdict>, Written)> {
        self.db.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let mut batch = Batch::new(&self.db, &mut self.memory, self.log_id, self.clock.unix_micros());
        let verdicts =
            requests.iter().map(|request| batch.apply(&request.command)).collect::<Result<_, _>>()?;
        let written = batch.into_written();
        self.db.prepare_cached("COMMIT")?.execute([])?;
        Ok((verdicts, written))
    }

    fn publish(&mut self, written: Written) {
        let Some(last) = written.events.last().map(|event| event.position) else {
            return;
        };
        self.memory.head = last;
        self.memory.remember(written.ids);
        self.ring.publish(written.events, &written.trimmed);
        self.head.send_replace(last);
    }
}

/// Takes what waits in the queue, up to the limits of a batch or up to a stop.
fn collect(
    first: Message,
    queue: &mut mpsc::Receiver<Message>,
) -> (Vec<Request>, Option<oneshot::Sender<()>>) {
    let mut batch = Vec::new();
    let mut bytes = 0;
    let mut next = Some(first);
    while let Some(message) = next {
        match message {
            Message::Stop(stopped) => return (batch, Some(stopped)),
            Message::Request(request) => {
                bytes += request.command.bytes();
                batch.push(request);
            }
        }
        let full = batch.len() >= BATCH_REQUESTS || bytes >= BATCH_BYTES;
        next = if full { None } else { queue.try_recv().ok() };
    }
    (batch, None)
}

#[cfg(test)]
mod tests;
