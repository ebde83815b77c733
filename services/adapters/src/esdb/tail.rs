//! What keeps the ring at the end of the log: one subscription, and somebody who watches it.
//!
//! The subscription begins after the tip of the ring, each time, so that nothing is missed and nothing comes
//! twice, whatever happened to the connection. The watch asks the server for its head now and then. When the head
//! moves and the tip does not, or ends before it, the subscription is dead without knowing it, and another one takes its
//! place. So it is where the server has another id by now: a subscription may find its way to the log that stands in the
//! place of the one that it began on, and where both are empty nothing else tells them apart. Until then readers go to the
//! server: the ring is never more than a short cut.
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

/// Which log it is, and its end.
struct End {
    log_id: Arc<str>,
    ring: Ring,
}

/// Why nothing is read or written any more until this process starts again.
#[derive(Debug)]
enum Lost {
    /// The server serves a log that does not come from this one.
    Other(Arc<str>),
    /// The log ends before what was read of it, and nothing says that it was restored.
    WentBack,
}

/// The end of the log, in memory.
pub(super) struct Tail {
    end: Mutex<End>,
    limits: Limits,
    grown: watch::Sender<u64>,
    /// Whether a subscription is there that the server has confirmed.
    live: AtomicBool,
    /// Whether one was asked for and has not ended. Everything else that a follower does ends by itself.
    subscribed: AtomicBool,
    /// Whether there will be no subscription any more.
    given_up: AtomicBool,
    lost: OnceLock<Lost>,
}

impl Tail {
    pub(super) fn after(log_id: Arc<str>, place: Option<Place>, limits: Limits) -> Self {
        Self {
            end: Mutex::new(End::after(log_id, place, limits)),
            limits,
            grown: watch::Sender::new(0),
            live: AtomicBool::new(false),
            subscribed: AtomicBool::new(false),
            given_up: AtomicBool::new(false),
            lost: OnceLock::new(),
        }
    }

    pub(super) fn log_id(&self) -> Arc<str> {
        Arc::clone(&self.end().log_id)
    }

    pub(super) fn grown(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    /// An error when the server is known to serve another log by now.
    pub(super) fn same_log(&self) -> Result<(), LogError> {
        let Some(lost) = self.lost.get() else { return Ok(()) };
        let mine = self.log_id();
        Err(LogError::Storage(match lost {
            Lost::Other(other) => {
                format!("the server of log {mine} serves log {other} now: restart to read that one")
            }
            Lost::WentBack => format!(
                "log {mine} ends before what was read of it: it went back without 'verdict log restore'; restart to \
                 read it as it is now"
            ),
        }))
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
        self.end().ring.page(after, filter, max)
    }

    /// Waits until the tip is at or past `place`; not for long, and not at all without a subscription.
    pub(super) async fn reaches(&self, place: Place, patience: Duration) -> bool {
        let mut grown = self.grown();
        let reached = async {
            while !self.end().ring.reaches(place.commit) {
                if !self.live.load(Ordering::Acquire) || grown.changed().await.is_err() {
                    return false;
                }
            }
            true
        };
        tokio::time::timeout(patience, reached).await.unwrap_or(false)
    }

    pub(super) fn recorded(&self, event: Arrived) -> Recorded {
        recorded(&self.log_id(), event)
    }

    fn end(&self) -> MutexGuard<'_, End> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tip(&self) -> Option<Place> {
        self.end().ring.tip().map(place)
    }

    fn take(&self, event: Arrived) {
        let event = self.recorded(event);
        self.end().ring.push(event);
        self.wake();
    }

    fn set_live(&self, live: bool) {
        self.live.store(live, Ordering::Release);
        // Whoever waits for the tip looks again whether there is still something to wait for, and whoever waits
        // for growth reads what was missed.
        self.wake();
    }

    /// Goes on with the log that this one was restored to. Every position of before is foreign from here on, which
    /// tells readers to begin again.
    fn go_on_with(&self, client: &Client, log_id: Arc<str>, head: Option<Place>) {
        let mut end = self.end();
        tracing::warn!(hosts = client.hosts(), from = %end.log_id, to = %log_id, "the log was restored");
        *end = End::after(log_id, head, self.limits);
        drop(end);
        self.wake();
    }

    /// From here on nothing is read or written.
    async fn turn_away(&self, client: &Client, lost: Lost) {
        tracing::error!(hosts = client.hosts(), log = %self.log_id(), ?lost, "the log is not the one that was read");
        self.lost.get_or_init(|| lost);
        self.wake();
        std::future::pending::<()>().await;
    }

    fn wake(&self) {
        self.grown.send_modify(|count| *count = count.wrapping_add(1));
    }
}

impl End {
    fn after(log_id: Arc<str>, place: Option<Place>, limits: Limits) -> Self {
        let position = place.map(|place| position(&log_id, place));
        Self { log_id, ring: Ring::after(position, limits) }
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
    let mut stillness = Stillness::default();
    while tail.same_log().is_ok() {
        tokio::time::sleep(every).await;
        let Ok(head) = client.head().await else { continue };
        let look = Look { head, tip: tail.tip(), subscribed: tail.subscribed.load(Ordering::Acquire) };
        if look.head > look.tip {
            tail.wake();
        }
        let is_over = following.0.is_finished() && look.head != look.tip;
        let elsewhere = look.subscribed && is_another(&client, &tail).await;
        if stillness.is_too_long_at(look) || is_over || elsewhere {
            tracing::warn!(
                hosts = client.hosts(),
                elsewhere,
                "the subscription to the log stands still, or is to another log, and is replaced"
            );
            tail.set_live(false);
            client.renew();
            if !following.end().await {
                return ask_for_head(&client, &tail).await;
            }
            tail.subscribed.store(false, Ordering::Release);
            following = begin();
        }
    }
}

/// Whether the server says another id than that of the log that is followed; what that means the next follower finds out.
async fn is_another(client: &Client, tail: &Tail) -> bool {
    matches!(identity::read(client).await, Ok(Some(id)) if id != tail.log_id())
}

/// Where the log ends, and up to where it is known.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    head: Option<Place>,
    tip: Option<Place>,
    subscribed: bool,
}

/// For how many looks the subscription has said nothing of what became of the log. Head or tip may have moved a moment
/// ago; a tip that stays the same is another matter, also where the head is the lower one: there is another log by now,
/// and nobody was told.
#[derive(Debug)]
struct Stillness {
    before: Look,
    looks: u32,
    /// How many are too many. Twice as many for the next subscription, which may only be slow to begin.
    patience: u32,
}

impl Default for Stillness {
    fn default() -> Self {
        Self { before: Look::default(), looks: 0, patience: Self::LEAST }
    }
}

impl Stillness {
    const LEAST: u32 = 1;
    const MOST: u32 = 64;

    /// Whether the subscription is dead by all that is known. It counts from the beginning after that.
    fn is_too_long_at(&mut self, look: Look) -> bool {
        let before = std::mem::replace(&mut self.before, look);
        let waits = |look: Look| look.subscribed && look.head != look.tip;
        self.looks = if waits(before) && waits(look) && before.tip == look.tip { self.looks + 1 } else { 0 };
        if look.head == look.tip {
            self.patience = Self::LEAST;
        }
        let too_long = self.looks >= self.patience;
        if too_long {
            *self = Self { patience: (self.patience * 2).min(Self::MOST), ..Self::default() };
        }
        too_long
    }
}

/// What is left without a subscription.
async fn ask_for_head(client: &Client, tail: &Tail) {
    tracing::error!(hosts = client.hosts(), "the subscription to the log cannot be ended: a thread is lost");
    tail.given_up.store(true, Ordering::Release);
    // A log that holds nothing is to be compared as well: it may be another one.
    let mut known = None;
    loop {
        if let Ok(head) = client.head().await
            && known != Some(head)
        {
            tail.wake();
            match compare(client, tail).await {
                Ok(Compared::Lost(lost)) => return tail.turn_away(client, lost).await,
                Ok(Compared::Restored { id, head }) => tail.go_on_with(client, id, head),
                Ok(Compared::Same | Compared::Behind) => known = Some(head),
                Err(_) => {}
            }
        }
        tokio::time::sleep(ASK).await;
    }
}

async fn follow(client: Arc<Client>, tail: Arc<Tail>) {
    let mut pause = PAUSE.0;
    let mut behind = false;
    loop {
        let fault = match compare(&client, &tail).await {
            Ok(Compared::Same) => {
                behind = false;
                follow_once(&client, &tail, &mut pause).await
            }
            Ok(Compared::Restored { id, head }) => {
                tail.go_on_with(&client, id, head);
                continue;
            }
            Ok(Compared::Lost(lost)) => return tail.turn_away(&client, lost).await,
            // A node that leads no more may answer once with a past head, but not after it was asked for anew.
            Ok(Compared::Behind) if behind => return tail.turn_away(&client, Lost::WentBack).await,
            Ok(Compared::Behind) => {
                behind = true;
                client.renew();
                Fault::Unknown("the log ends before what was read of it".to_owned())
            }
            Err(fault) => fault,
        };
        tail.subscribed.store(false, Ordering::Release);
        tail.set_live(false);
        tracing::info!(hosts = client.hosts(), %fault, "the subscription to the log ended and begins again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(PAUSE.1);
    }
}

/// What became of the log while nobody followed it.
enum Compared {
    Same,
    /// Another log that says that it comes from this one.
    Restored {
        id: Arc<str>,
        head: Option<Place>,
    },
    Behind,
    Lost(Lost),
}

/// Somebody may have restored a backup, or started another server at the same address.
async fn compare(client: &Client, tail: &Tail) -> Result<Compared, Fault> {
    let mine = tail.log_id();
    match identity::read(client).await? {
        Some(id) if id != mine => {
            if !identity::comes_from(client, &mine).await? {
                return Ok(Compared::Lost(Lost::Other(id)));
            }
            Ok(Compared::Restored { id, head: client.head().await? })
        }
        Some(_) | None => {
            let tip = tail.tip();
            Ok(if client.head().await? < tip { Compared::Behind } else { Compared::Same })
        }
    }
}

async fn follow_once(client: &Client, tail: &Tail, pause: &mut Duration) -> Fault {
    tail.subscribed.store(true, Ordering::Release);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn look((head, tip): (Option<u64>, Option<u64>)) -> Look {
        let at = |commit: u64| Place { commit, prepare: commit };
        Look { head: head.map(at), tip: tip.map(at), subscribed: true }
    }

    #[test]
    fn a_tip_that_differs_from_the_head_at_two_looks_stands_still() {
        // Head and tip at two looks.
        for (before, now, stands) in [
            ((Some(5), Some(5)), (Some(5), Some(5)), false),
            ((Some(5), Some(4)), (Some(6), Some(4)), true),
            ((Some(5), Some(4)), (Some(6), Some(5)), false),
            ((Some(5), Some(5)), (Some(6), Some(5)), false),
            // It moved between the two answers.
            ((Some(5), Some(6)), (Some(7), Some(8)), false),
            ((Some(5), Some(6)), (Some(6), Some(6)), false),
            // Another log in the place of the one that was read.
            ((None, Some(8)), (None, Some(8)), true),
            ((Some(3), Some(8)), (Some(4), Some(8)), true),
            ((Some(8), Some(8)), (None, Some(8)), false),
        ] {
            let mut stillness = Stillness::default();
            assert!(!stillness.is_too_long_at(look(before)), "one look is none");
            assert_eq!(stillness.is_too_long_at(look(now)), stands, "{before:?}, {now:?}");
        }
    }

    #[test]
    fn who_compares_logs_or_waits_before_it_subscribes_again_is_left_alone() {
        let mut stillness = Stillness::default();
        let at_work = Look { subscribed: false, ..look((Some(3), Some(8))) };
        for _ in 0..10 {
            assert!(!stillness.is_too_long_at(at_work));
        }
        let waits = look((Some(3), Some(8)));
        assert_eq!([(); 2].map(|()| stillness.is_too_long_at(waits)), [false, true]);
    }

    #[test]
    fn each_subscription_that_stands_still_is_given_more_time_until_one_moves() {
        let mut stillness = Stillness::default();
        let mut looks_until_dead = |waits: Look| (1..99).find(|_| stillness.is_too_long_at(waits)).unwrap();
        let waits = look((Some(6), Some(4)));
        assert_eq!([(); 4].map(|()| looks_until_dead(waits)), [2, 3, 5, 9]);
        let mut stillness = Stillness { patience: Stillness::MOST, ..Stillness::default() };
        assert!(!stillness.is_too_long_at(look((Some(6), Some(6)))));
        assert_eq!([(); 2].map(|()| stillness.is_too_long_at(waits)), [false, true]);
    }
}
