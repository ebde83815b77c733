//! The event log port over the EventStoreDB protocol: our own log server, or a cluster behind the same URL form.
//!
//! # What a read may be answered from
//!
//! The port promises that a read sees every append that was acknowledged, to anybody, before the read began.
//! [`tail::Tail`] holds the newest events in a ring that one subscription fills; it may be behind. So:
//!
//! 1. What lies between floor and tip of the ring is what the log holds there, because the subscription begins
//!    after the tip, brings everything in order, and is begun again after the tip whenever it ends. A page that
//!    the reader's own limit cuts short inside the ring is therefore right and claims nothing about what follows.
//! 2. Every other page needs the head of the log, asked of the leader after the read began. An append that was
//!    acknowledged before is at or before that head. Once the tip has reached it, the ring has everything that the
//!    read must see, and a page that leaves nothing out is at the head.
//! 3. When the tip does not get there soon, or the reader begins before the floor, the page comes from the server,
//!    and it is at the head when the server had less than was asked for.
//!
//! Readers that ask at the same time share the question of step 2, but never one that was asked before they came.
//! Streams are read from the leader, always: expected versions and refusals stand on them.
//!
//! # What happens when the server is away
//!
//! [`EsdbLog::connect`] waits for it. Later, reads are tried again for about half a second and then say
//! [`LogError::Unavailable`]. An append is tried again only when it certainly did not arrive; otherwise its
//! outcome is unknown, and a retry with the same event ids finds out. [`EsdbLog::ready`] makes a real call.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{Mutex, watch};
use verdict_runtime::ids;
use verdict_runtime::log::{
    AllSlice, Appended, EventLog, Expected, Filter, LogError, MAX_PAGE, NewEvent, Position, Recorded, Room,
    StreamSlice,
};

use answer::{Arrived, Part, Place};
use client::Client;
use fault::Fault;
use ring::{Limits, Page};
use tail::{Owned, Tail};

mod answer;
mod client;
mod fault;
mod identity;
mod ring;
mod tail;

pub use client::{BootstrapError, bootstrap};

/// The fewest events that are asked for at a time, because most may be for others.
const RAW_PAGE: usize = 512;

/// How to reach the log, and how patient to be.
#[derive(Debug, Clone)]
pub struct Options {
    /// `esdb://user:password@host:2113?tls=false`, `esdb+discover://..` for a cluster. Without `tls=false` the server
    /// is expected to speak TLS.
    pub url: String,
    /// How long [`EsdbLog::connect`] waits for a server that is down.
    pub patience: Duration,
    /// How long one call may take.
    pub timeout: Duration,
    /// How often the subscription is compared with the head of the log.
    pub watch_every: Duration,
    /// How long a read waits for the subscription before it turns to the server.
    pub tail_patience: Duration,
    /// How many events are held in memory, and how many bytes of them.
    pub ring_events: usize,
    pub ring_bytes: usize,
}

impl Options {
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            patience: Duration::from_mins(1),
            timeout: Duration::from_secs(10),
            watch_every: Duration::from_secs(5),
            tail_patience: Duration::from_millis(250),
            ring_events: 16_384,
            ring_bytes: 32 << 20,
        }
    }
}

/// There is no log to hand out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EsdbError {
    #[error("the URL of the log is not one: {0}; write esdb://host:port?tls=false, or tls=true")]
    InvalidUrl(String),
    #[error(transparent)]
    Bootstrap(#[from] BootstrapError),
    #[error(
        "no log at {hosts} within {seconds} s: {why}; see that it is up, that tls= in the URL says what it speaks, \
         and that tlsCAFile or the CA certificates of this machine have signed its certificate"
    )]
    Unreachable { hosts: String, seconds: u64, why: String },
    #[error("the log at {hosts} cannot be used: {why}")]
    Refused { hosts: String, why: String },
}

/// The answer to the question of step 2.
#[derive(Debug, Default)]
struct Asked {
    /// The number of the question; they count from one.
    number: u64,
    head: Option<Place>,
}

/// A log behind a socket. Dropping it ends everything that it started.
pub struct EsdbLog {
    client: Arc<Client>,
    tail: Arc<Tail>,
    tail_patience: Duration,
    /// The last append that may not use the reserve found no room.
    full: AtomicBool,
    questions: AtomicU64,
    answer: Mutex<Asked>,
    _following: Owned,
}

impl EsdbLog {
    /// Waits until the server answers and says which log it serves, so that the id is known from the first call
    /// on. Calls [`bootstrap`], which is too late when something else has used TLS before.
    pub async fn connect(options: Options) -> Result<Self, EsdbError> {
        Self::connect_telling(options, |_| {}).await
    }

    /// The same, telling after each failed attempt what came of it.
    pub async fn connect_telling(
        options: Options,
        tell: impl Fn(&str) + Send + Sync,
    ) -> Result<Self, EsdbError> {
        bootstrap().await?;
        let client = Client::new(&options.url, options.timeout)
            .map_err(|error| EsdbError::InvalidUrl(error.to_string()))?;
        let mut last = None;
        let met = meet(&client, |fault| {
            tell(&fault.to_string());
            last = Some(fault);
        });
        let Ok(met) = tokio::time::timeout(options.patience, met).await else {
            let why = last.map_or_else(|| "no answer".to_owned(), |fault: Fault| fault.to_string());
            return Err(EsdbError::Unreachable {
                hosts: client.hosts(),
                seconds: options.patience.as_secs(),
                why,
            });
        };
        let refused = |fault: Fault| EsdbError::Refused { hosts: client.hosts(), why: fault.to_string() };
        let (id, head) = met.map_err(refused)?;
        let limits = Limits { events: options.ring_events, bytes: options.ring_bytes };
        let (client, tail) = (Arc::new(client), Arc::new(Tail::after(id, head, limits)));
        let following = tail::start(client.clone(), tail.clone(), options.watch_every);
        Ok(Self {
            client,
            tail,
            tail_patience: options.tail_patience,
            full: AtomicBool::new(false),
            questions: AtomicU64::new(0),
            answer: Mutex::new(Asked::default()),
            _following: following,
        })
    }

    /// Whether the log answers now.
    pub async fn ready(&self) -> Result<(), LogError> {
        self.tail.followed()?;
        self.head_place().await.map(|_| ())
    }

    /// The head, asked after this call began.
    async fn head_place(&self) -> Result<Option<Place>, LogError> {
        self.tail.same_log()?;
        let before = self.questions.load(Ordering::SeqCst);
        let mut answer = self.answer.lock().await;
        // Somebody asked while this call waited for its turn.
        if answer.number > before {
            return Ok(answer.head);
        }
        let number = self.questions.fetch_add(1, Ordering::SeqCst) + 1;
        let head = self.client.head().await.map_err(Fault::into_error)?;
        *answer = Asked { number, head };
        Ok(head)
    }

    fn position(&self, place: Place) -> Position {
        tail::position(&self.tail.log_id(), place)
    }

    async fn append_events(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        self.tail.same_log()?;
        let count = events.len() as u64;
        let bytes = events.iter().map(|event| event.data.len() + event.metadata.len()).sum();
        let ordinary = !events.iter().all(NewEvent::may_use_reserve);
        let written = self.client.append(stream, expected, events).await;
        if ordinary {
            self.full.store(matches!(written, Err(Fault::Full)), Ordering::Relaxed);
        }
        let written = written.map_err(|fault| fault.of_append(stream, expected, bytes))?;
        let last_revision = written.last_revision;
        let first_revision = (last_revision + 1).saturating_sub(count);
        Ok(Appended { first_revision, last_revision, position: self.position(written.place) })
    }

    async fn stream_slice(&self, stream: &str, from: u64, max: usize) -> Result<StreamSlice, LogError> {
        self.tail.same_log()?;
        let part = Part::Forward { from, max: max.clamp(1, MAX_PAGE) };
        let page = match self.client.read_stream(stream, part).await {
            Ok(page) => page,
            Err(Fault::NotFound) => return Ok(StreamSlice { events: Vec::new(), last_revision: None }),
            Err(fault) => return Err(fault.about(stream)),
        };
        let last_revision = match page.last_revision {
            Some(last) => Some(last),
            // A server of before 21.6 does not say.
            None => self.last_event(stream).await?.map(|last| last.revision),
        };
        let events = page.events.into_iter().take(max).map(|event| self.tail.recorded(event)).collect();
        Ok(StreamSlice { events, last_revision })
    }

    async fn last_event(&self, stream: &str) -> Result<Option<Recorded>, LogError> {
        self.tail.same_log()?;
        match self.client.read_stream(stream, Part::Last).await {
            Ok(page) => Ok(page.events.into_iter().next().map(|event| self.tail.recorded(event))),
            Err(Fault::NotFound) => Ok(None),
            Err(fault) => Err(fault.about(stream)),
        }
    }

    /// The argument is at the top of the module.
    async fn all_slice(
        &self,
        after: Option<&Position>,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, LogError> {
        let log_id = self.tail.log_id();
        if let Some(foreign) = after.filter(|position| position.log_id != log_id) {
            return Err(LogError::AnotherLog(foreign.clone()));
        }
        let max = max.min(MAX_PAGE);
        if let Some(page) = self.tail.page(after, filter, max).filter(|page| !page.complete) {
            return Ok(slice(page));
        }
        let tip = self.tail.tip();
        let head = self.head_place().await?;
        match (after, head) {
            (Some(after), head) if Some(tail::place(after)) > head => {
                return Err(LogError::AnotherLog(after.clone()));
            }
            // Nothing of the ring counts until it is known what the log is now.
            (_, head) if head < tip => {
                let why = "the log ends before what was read of it, and may be another one by now";
                return Err(LogError::Unavailable(why.to_owned()));
            }
            (None, None) => return Ok(slice(Page::after(None))),
            (Some(_) | None, _) => {}
        }
        let Some(head) = head.filter(|head| after.map(tail::place) != Some(*head)) else {
            return Ok(slice(Page::after(after.cloned())));
        };
        if self.tail.reaches(head, self.tail_patience).await
            && let Some(page) = self.tail.page(after, filter, max)
        {
            return Ok(slice(page));
        }
        let page = self.all_slice_of_server(after, head, filter, max).await?;
        // The server may have turned to another log, of which the subscription has not heard yet.
        if identity::read(&self.client).await.map_err(Fault::into_error)? != Some(log_id) {
            return Err(LogError::Unavailable("the server serves another log by now".to_owned()));
        }
        Ok(page)
    }

    /// A server chooses among the streams by itself, however long the log is: what others wrote stays there. It does so
    /// in subscriptions only, so one is begun, and ended when it has come to what was the head. A server that does not
    /// get there in time is read from as a whole.
    async fn all_slice_of_server(
        &self,
        after: Option<&Position>,
        head: Place,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, LogError> {
        if !filter.prefixes.is_empty() {
            match self.chosen_by_server(after, head, filter, max).await {
                Ok(page) => return Ok(slice(page)),
                Err(fault) => {
                    tracing::info!(hosts = self.client.hosts(), %fault, "the log is read without a filter");
                }
            }
        }
        self.all_of_server(after, filter, max).await
    }

    async fn chosen_by_server(
        &self,
        after: Option<&Position>,
        head: Place,
        filter: &Filter,
        max: usize,
    ) -> Result<Page, Fault> {
        let mut page = Page::after(after.cloned());
        let mut visit = |event: Arrived| {
            let event = self.tail.recorded(event);
            let position = event.position.clone();
            page.offer(&position, filter, max, event)
        };
        let from = after.map(tail::place);
        let all = self.client.read_chosen(from, head, &filter.prefixes, &mut visit).await?;
        page.complete &= all;
        if page.complete {
            page.considered = Some(self.position(head));
        }
        Ok(page)
    }

    /// The protocol begins at a position, the port after it.
    async fn all_of_server(
        &self,
        after: Option<&Position>,
        filter: &Filter,
        max: usize,
    ) -> Result<AllSlice, LogError> {
        let from = after.map(tail::place);
        let mut page = Page::after(after.cloned());
        let mut visit = |event: Arrived| {
            if Some(event.place) <= from {
                return true;
            }
            let event = self.tail.recorded(event);
            let position = event.position.clone();
            page.offer(&position, filter, max, event)
        };
        let ended =
            self.client.read_all(from, max.max(RAW_PAGE) + 1, &mut visit).await.map_err(Fault::into_error)?;
        page.complete &= ended;
        Ok(slice(page))
    }
}

impl EventLog for EsdbLog {
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        self.append_events(stream, expected, events).boxed()
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        self.stream_slice(stream, from, max).boxed()
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        self.last_event(stream).boxed()
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        self.all_slice(after, filter, max).boxed()
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        async move { Ok(self.head_place().await?.map(|head| self.position(head))) }.boxed()
    }

    fn grown(&self) -> watch::Receiver<u64> {
        self.tail.grown()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        async move {
            self.tail.same_log()?;
            self.client.keep_last(stream, count).await.map_err(|fault| fault.about(stream))
        }
        .boxed()
    }

    /// A server does not say how much; that there is none shows when it refuses.
    fn room(&self) -> BoxFuture<'_, Room> {
        let is_full = self.full.load(Ordering::Relaxed);
        std::future::ready(Room { bytes: None, is_full }).boxed()
    }

    fn log_id(&self) -> Arc<str> {
        self.tail.log_id()
    }

    /// Others write to a server too.
    fn is_exclusive(&self) -> bool {
        false
    }
}

fn slice(page: Page) -> AllSlice {
    AllSlice { events: page.events, considered: page.considered, at_head: page.complete }
}

/// The id and the head of the log, as soon as there is one. `last` is what the latest attempt failed with.
async fn meet(client: &Client, mut failed: impl FnMut(Fault)) -> Result<(Arc<str>, Option<Place>), Fault> {
    let candidate = ids::incarnation();
    let mut pause = Duration::from_millis(50);
    loop {
        let met = async { Ok((identity::learn(client, &candidate).await?, client.head().await?)) };
        match met.await {
            Err(
                fault @ (Fault::Unsent(_)
                | Fault::Unknown(_)
                | Fault::Silent { .. }
                | Fault::NotLeader { .. }),
            ) => {
                failed(fault);
            }
            met => return met,
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(1));
    }
}

#[cfg(test)]
mod tests;
