//! The handle of an open log: opening, submitting appends, closing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use ulid::Ulid;

use crate::append::{AppendError, Appended, Expected};
use crate::directory::{OpenError, new_log_id, take_lock};
use crate::event::NewEvent;
use crate::live::Ring;
use crate::metadata::StreamMetadata;
use crate::options::{Clock, Options};
use crate::pool::Pool;
use crate::schema::{self, Kind, categories};
use crate::writer::{Change, Command, Fullness, Message, Request, Reserve, Writer, ordinary_pages};

/// An open log. Clones share it; it closes when the last clone is dropped, or by [`Log::close`].
#[derive(Debug, Clone)]
pub struct Log {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) id: Ulid,
    pub(crate) file: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) readers: Pool,
    /// Whether the file knows where the events of a category are.
    pub(crate) is_placed: bool,
    pub(crate) looked_at: AtomicU64,
    pub(crate) ring: Arc<Ring>,
    pub(crate) head: watch::Receiver<u64>,
    max_append_bytes: usize,
    /// The most pages that ordinary appends may fill.
    pub(crate) ordinary_pages: Option<u32>,
    pub(crate) fullness: Fullness,
    pub(crate) reserve_bytes: u64,
    queue_bytes: u32,
    /// Bytes that may still wait for the writer.
    budget: Arc<Semaphore>,
    queue: Option<mpsc::Sender<Message>>,
    writer: Option<JoinHandle<()>>,
}

impl Log {
    /// Opens the log in the directory of `options` and creates it when there is none. Blocks while
    /// SQLite recovers what the last process left behind.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let path = options.path.as_path();
        std::fs::create_dir_all(path).map_err(OpenError::io(path))?;
        let lock = take_lock(path)?;
        let file = path.join(schema::FILE);
        let (db, id, is_placed) = open_database(&file, &options).map_err(OpenError::sqlite(&file)).and_then(
            |opened| match opened {
                Opened::Log { db, id, is_placed } => Ok((db, id, is_placed)),
                Opened::Newer(found) => {
                    Err(OpenError::NewerVersion { path: path.to_owned(), found, supported: schema::VERSION })
                }
                Opened::Other => Err(OpenError::NotALog { path: file.clone() }),
            },
        )?;
        let readers = Pool::open(&file, options.readers).map_err(OpenError::sqlite(&file))?;
        let head = schema::head(&db).map_err(OpenError::sqlite(&file))?;
        let ring = Arc::new(Ring::new(head, options.live_buffer, options.live_buffer_bytes));
        let (head_sender, head_receiver) = watch::channel(head);
        let (queue, requests) = mpsc::channel(options.queue.max(1));
        let fullness = Fullness::default();
        let reserve = Reserve::new(path, &options, fullness.clone());
        let writer = Writer::new(db, lock, id, head_sender, Arc::clone(&ring), reserve, &options)
            .map_err(OpenError::sqlite(&file))?;
        let thread = std::thread::Builder::new()
            .name("eventlog-writer".to_owned())
            .spawn(move || writer.run(requests))
            .map_err(OpenError::io(path))?;
        let queue_bytes = options.queue_bytes.max(1);
        Ok(Self {
            inner: Arc::new(Inner {
                id,
                file,
                clock: options.clock,
                readers,
                is_placed,
                looked_at: AtomicU64::new(0),
                ring,
                head: head_receiver,
                max_append_bytes: options.max_append_bytes,
                ordinary_pages: options.max_page_count.map(|max| ordinary_pages(max, options.reserve_pages)),
                fullness,
                reserve_bytes: u64::from(options.reserve_pages) * schema::PAGE_BYTES,
                queue_bytes,
                budget: Arc::new(Semaphore::new(queue_bytes as usize)),
                queue: Some(queue),
                writer: Some(thread),
            }),
        })
    }

    /// Names this log among all logs; positions of different logs cannot be compared.
    pub fn id(&self) -> Ulid {
        self.inner.id
    }

    /// The directory of the log.
    pub fn directory(&self) -> &Path {
        self.inner.file.parent().unwrap_or(&self.inner.file)
    }

    /// The position of the last committed event, 0 when the log is empty.
    pub fn head(&self) -> u64 {
        *self.inner.head.borrow()
    }

    /// Follows [`Log::head`]. The sender goes away when the log closes.
    pub fn watch_head(&self) -> watch::Receiver<u64> {
        self.inner.head.clone()
    }

    /// Appends `events` to `stream`, all or none, and returns after they are committed.
    ///
    /// A repeated append (same ids, same place) writes nothing and answers what the first one answered.
    /// When the returned future is dropped, the append may still happen.
    pub async fn append(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        self.enqueue_append(stream, expected, events).await?.outcome().await
    }

    /// Hands an append to the writer and returns before it is committed. Appends are carried out in the
    /// order in which they were handed over.
    pub(crate) async fn enqueue_append(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Pending, AppendError> {
        let command = Command::append(stream, expected, events, self.inner.max_append_bytes)?;
        self.enqueue(command).await
    }

    /// The largest append in bytes.
    pub(crate) fn max_append_bytes(&self) -> usize {
        self.inner.max_append_bytes
    }

    /// Replaces the metadata of `stream` and returns a position at which it holds. Writing what is
    /// already there writes nothing. Events that the new limits hide are deleted.
    pub async fn set_stream_metadata(
        &self,
        stream: &str,
        metadata: StreamMetadata,
    ) -> Result<u64, AppendError> {
        let change = Change::Metadata(Arc::new(metadata));
        Ok(self.submit(Command::new(stream, change)?).await?.position)
    }

    /// Deletes the events of `stream`; a later append opens it again and its revisions go on. Returns the
    /// position of the deletion.
    pub async fn delete_stream(&self, stream: &str, expected: Expected) -> Result<u64, AppendError> {
        Ok(self.submit(Command::new(stream, Change::Delete(expected))?).await?.position)
    }

    /// Deletes the events of `stream` and closes it for ever. Returns the position of the tombstone.
    pub async fn tombstone_stream(&self, stream: &str, expected: Expected) -> Result<u64, AppendError> {
        Ok(self.submit(Command::new(stream, Change::Tombstone(expected))?).await?.position)
    }

    /// Commits what is queued, then closes the file and releases the lock. Later calls find the log
    /// closed. Closing twice is harmless.
    pub async fn close(&self) {
        self.inner.readers.close();
        let (done, closed) = oneshot::channel();
        let Some(queue) = &self.inner.queue else { return };
        if queue.send(Message::Stop(done)).await.is_ok() {
            // An error means that the writer is gone already, which is what was asked for.
            closed.await.unwrap_or_default();
        }
    }

    async fn submit(&self, command: Command) -> Result<Appended, AppendError> {
        self.enqueue(command).await?.outcome().await
    }

    async fn enqueue(&self, command: Command) -> Result<Pending, AppendError> {
        let bytes = u32::try_from(command.bytes()).unwrap_or(u32::MAX).min(self.inner.queue_bytes);
        let budget = Arc::clone(&self.inner.budget);
        let permit = budget.acquire_many_owned(bytes).await.map_err(|_| AppendError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let queue = self.inner.queue.as_ref().ok_or(AppendError::Closed)?;
        let request = Request::new(command, permit, reply);
        queue.send(Message::Request(request)).await.map_err(|_| AppendError::Closed)?;
        Ok(Pending(answer))
    }
}

/// A change that waits for its commit.
#[derive(Debug)]
pub(crate) struct Pending(oneshot::Receiver<Result<Appended, AppendError>>);

impl Pending {
    pub(crate) async fn outcome(self) -> Result<Appended, AppendError> {
        self.0.await.map_err(|_| AppendError::Closed)?
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Readers first, so that the writer's connection is the last one and tidies up the file.
        self.readers.close();
        self.queue = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!(path = %self.file.display(), "the writer of the event log had panicked");
        }
    }
}

enum Opened {
    Log { db: Connection, id: Ulid, is_placed: bool },
    Newer(u32),
    Other,
}

fn open_database(file: &Path, options: &Options) -> rusqlite::Result<Opened> {
    let db = schema::open_writer(file)?;
    match schema::kind(&db)? {
        Kind::Log { version } if version > schema::VERSION => return Ok(Opened::Newer(version)),
        Kind::Other => return Ok(Opened::Other),
        Kind::Log { .. } => schema::make_durable(&db, options.max_page_count)?,
        Kind::Empty => {
            schema::make_durable(&db, options.max_page_count)?;
            schema::create(&db, new_log_id(&options.clock))?;
        }
    }
    let is_placed = ensure_categories(&db, options)?;
    let id = schema::log_id(&db)?;
    Ok(Ulid::from_string(&id).map_or(Opened::Other, |id| Opened::Log { db, id, is_placed }))
}

/// They may take what ordinary appends may, and leave the reserve as it is.
fn ensure_categories(db: &Connection, options: &Options) -> rusqlite::Result<bool> {
    let Some(most) = options.max_page_count else {
        return categories::ensure(db);
    };
    schema::limit_pages(db, ordinary_pages(most, options.reserve_pages))?;
    let is_placed = categories::ensure(db)?;
    schema::limit_pages(db, most)?;
    Ok(is_placed)
}
