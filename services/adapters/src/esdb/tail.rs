//! What keeps the ring at the end of the log: one subscription, and somebody who watches it.
//!
//! The subscription begins after the tip of the ring, each time, so that nothing is missed and nothing comes
//! twice, whatever happened to the connection. The watch asks the server for its head now and then. When the head
//! moves and the tip does not, the subscription is dead without knowing it, and another one takes its place.
//! Until then readers go to the server: the ring is never more than a short cut.
//!
//! One kind of death has no cure. When a server ends a subscription without an error, which ours never does, the
//! crate turns round in the same place without ever waiting, and a task that never waits cannot be ended: a thread
//! is lost until the process ends. It stays at one: there is no second subscription after that, readers are woken
//! by asking for the head, and the log says that it is not ready.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use verdict_runtime::log::{Filter, LogError, Position, Recorded};
use verdict_runtime::task;

use super::answer::{Arrived, Notice, Place};
use super::client::Client;
use super::fault::Fault;
use super::identity;
use super::ring::{Limits, Page, Ring};

/// First and longest wait before a subscription is tried again.
const PAUSE: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// How long a task may take to end.
const GRACE: Duration = Duration::from_secs(1);

/// How often the head is asked for when no subscription says that it moves.
const ASK: Duration = Duration::from_millis(100);

/// The end of the log, in memory.
pub(super) struct Tail {
    log_id: Arc<str>,
    ring: Mutex<Ring>,
    grown: watch::Sender<u64>,
    /// Whether a subscription is there that the server has confirmed.
    live: AtomicBool,
    /// Whether there will be no subscription any more.
    given_up: AtomicBool,
    /// The log that the server has turned to meanwhile.
    other: OnceLock<Arc<str>>,
}

impl Tail {
    pub(super) fn after(log_id: Arc<str>, place: Option<Place>, limits: Limits) -> Self {
        let position = place.map(|place| position(&log_id, place));
        Self {
            log_id,
            ring: Mutex::new(Ring::after(position, limits)),
            grown: watch::Sender::new(0),
            live: AtomicBool::new(false),
            given_up: AtomicBool::new(false),
            other: OnceLock::new(),
        }
    }

    pub(super) fn grown(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    /// An error when the server is known to serve another log by now.
    pub(super) fn same_log(&self) -> Result<(), LogError> {
        let Some(other) = self.other.get() else { return Ok(()) };
        let mine = &self.log_id;
        Err(LogError::Storage(format!(
            "the server of log {mine} serves log {other} now: restart to read that one"
        )))
    }

    /// An error when this process has to start again to follow the log.
    pub(super) fn followed(&self) -> Result<(), LogError> {
        if self.given_up.load(Ordering::Acquire) {
            let why = "the server ended the subscription without an error; restart to follow the log again";
            return Err(LogError::Unavailable(why.to_owned()));
        }
        Ok(())
    }

    pub(super) fn page(&self, after: Option<&Position>, filter: &Filter, max: usize) -> Option<Page> {
        self.ring().page(after, filter, max)
    }

    /// Waits until the tip is at or past `place`; not for long, and not at all without a subscription.
    pub(super) async fn reaches(&self, place: Place, patience: Duration) -> bool {
        let mut grown = self.grown();
        let reached = async {
            while !self.ring().reaches(place.commit) {
                if !self.live.load(Ordering::Acquire) || grown.changed().await.is_err() {
                    return false;
                }
            }
            true
        };
        tokio::time::timeout(patience, reached).await.unwrap_or(false)
    }

    pub(super) fn recorded(&self, event: Arrived) -> Recorded {
        recorded(&self.log_id, event)
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tip(&self) -> Option<Place> {
        self.ring().tip().map(place)
    }

    fn take(&self, event: Arrived) {
        let event = self.recorded(event);
        self.ring().push(event);
        self.wake();
    }

    fn set_live(&self, live: bool) {
        self.live.store(live, Ordering::Release);
        // Whoever waits for the tip looks again whether there is still something to wait for, and whoever waits
        // for growth reads what was missed.
        self.wake();
    }

    /// From here on nothing is read or written.
    async fn turn_away(&self, client: &Client, other: Arc<str>) {
        tracing::error!(hosts = client.hosts(), log = %self.log_id, %other, "the server serves another log");
        self.other.get_or_init(|| other);
        self.wake();
        std::future::pending::<()>().await;
    }

    fn wake(&self) {
        self.grown.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// A task that ends with its owner.
pub(super) struct Owned(JoinHandle<()>);

impl Owned {
    /// Whether the task is over now.
    async fn end(mut self) -> bool {
        self.0.abort();
        tokio::time::timeout(GRACE, &mut self.0).await.is_ok()
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Starts following the log. Everything ends when the answer is dropped.
pub(super) fn start(client: Arc<Client>, tail: Arc<Tail>, every: Duration) -> Owned {
    Owned(task::spawn("esdb-watch", watch(client, tail, every)))
}

async fn watch(client: Arc<Client>, tail: Arc<Tail>, every: Duration) {
    let begin = || Owned(task::spawn("esdb-tail", follow(client.clone(), tail.clone())));
    let mut following = begin();
    let mut behind = None;
    loop {
        tokio::time::sleep(every).await;
        let Ok(head) = client.head().await else { continue };
        let tip = tail.tip();
        if head <= tip {
            behind = None;
            continue;
        }
        // The head may have moved a moment ago. A tip that stands still until the next look is another matter.
        tail.wake();
        if following.0.is_finished() || behind.replace(tip) == Some(tip) {
            tracing::warn!(
                hosts = client.hosts(),
                "the subscription to the log stands still and is replaced"
            );
            tail.set_live(false);
            client.renew();
            if !following.end().await {
                return ask_for_head(&client, &tail).await;
            }
            following = begin();
            behind = None;
        }
    }
}

/// What is left without a subscription.
async fn ask_for_head(client: &Client, tail: &Tail) {
    tracing::error!(hosts = client.hosts(), "the subscription to the log cannot be ended: a thread is lost");
    tail.given_up.store(true, Ordering::Release);
    let mut last = None;
    loop {
        if let Ok(head) = client.head().await
            && head != last
        {
            last = head;
            tail.wake();
        }
        tokio::time::sleep(ASK).await;
    }
}

async fn follow(client: Arc<Client>, tail: Arc<Tail>) {
    let mut pause = PAUSE.0;
    loop {
        let fault = match identity::read(&client).await {
            // Somebody may have restored a backup, or started another server at the same address.
            Ok(Some(id)) if id != tail.log_id => return tail.turn_away(&client, id).await,
            Ok(_) => follow_once(&client, &tail, &mut pause).await,
            Err(fault) => fault,
        };
        tail.set_live(false);
        tracing::info!(hosts = client.hosts(), %fault, "the subscription to the log ended and begins again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(PAUSE.1);
    }
}

async fn follow_once(client: &Client, tail: &Tail, pause: &mut Duration) -> Fault {
    let mut feed = client.subscribe(tail.tip()).await;
    loop {
        match feed.next(client).await {
            Ok(Notice::Begun) => {
                *pause = PAUSE.0;
                tail.set_live(true);
            }
            Ok(Notice::Event(event)) => tail.take(event),
            Err(fault) => return fault,
        }
    }
}

pub(super) fn position(log_id: &Arc<str>, place: Place) -> Position {
    Position { log_id: Arc::clone(log_id), commit: place.commit, prepare: place.prepare }
}

pub(super) fn place(position: &Position) -> Place {
    Place { commit: position.commit, prepare: position.prepare }
}

fn recorded(log_id: &Arc<str>, event: Arrived) -> Recorded {
    Recorded {
        position: position(log_id, event.place),
        stream: event.stream.into(),
        revision: event.revision,
        id: event.id,
        event_type: event.event_type.into(),
        data: event.data.into(),
        metadata: event.metadata.into(),
        created: event.created,
    }
}
