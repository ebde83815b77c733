//! Views of the log in memory: a pure fold, the component that feeds it, and the handle that reads it.
//!
//! A view in memory keeps no stored checkpoint: it is folded anew at every start. When the log turns out to be
//! another one, or a rebuild is asked for, a new view is folded beside the old one, which goes on answering
//! until the new one has caught up. Views with a store of their own are in [`stored`].

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::sync::watch;
use verdict_stored::{DecodeError, ruled};

use crate::component::{Component, Progress};
use crate::fault::Fault;
use crate::log::{AllSlice, Filter, Log, LogError, Position, Recorded};

pub mod stored;
#[cfg(test)]
mod tests;

/// Events folded in one step: small enough that a reader never waits long for the view.
const PAGE: usize = 512;

/// How events become a view.
pub trait Projection: Send + 'static {
    type View: Send + Sync + 'static;

    /// Kebab-case, unique within the platform: `bets-list`.
    fn name(&self) -> &str;

    /// The streams that the view is folded from.
    fn filter(&self) -> Filter;

    /// The view before the first event.
    fn fresh(&self) -> Self::View;

    /// Folds one event. On an error the view is as it was. [`DecodeError::UnknownType`] is skipped and counted, unless
    /// it is a remark or an override; any other error stops the view where it is.
    fn apply(view: &mut Self::View, event: &Recorded) -> Result<(), DecodeError>;
}

/// The view did not reach the position within the time given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("view '{view}' is at {} and has not reached {wanted}", at.as_ref().map_or_else(|| "the start".to_owned(), Position::to_string))]
pub struct NotYetThere {
    pub view: String,
    pub wanted: Position,
    pub at: Option<Position>,
}

/// A view, how far it is, and what it could not read.
struct Folding<V> {
    view: V,
    position: Option<Position>,
    skipped: u64,
}

impl<V> Folding<V> {
    const fn fresh(view: V) -> Self {
        Self { view, position: None, skipped: 0 }
    }

    /// Folds a page; on a fault the position is that of the last event that was folded.
    fn fold<P: Projection<View = V>>(&mut self, page: &AllSlice) -> Result<(), Fault> {
        for event in &page.events {
            match P::apply(&mut self.view, event) {
                Ok(()) => {}
                Err(DecodeError::UnknownType) if ruled::is_ruled(&event.event_type) => {}
                Err(DecodeError::UnknownType) => self.skipped += 1,
                Err(error @ (DecodeError::Malformed(_) | DecodeError::Missing(_))) => {
                    return Err(event.unreadable(&error));
                }
            }
            self.position = Some(event.position.clone());
        }
        self.position = page.considered.clone().or_else(|| self.position.take());
        Ok(())
    }
}

struct Shared<V> {
    name: String,
    live: RwLock<Folding<V>>,
    position: watch::Sender<Option<Position>>,
    rebuild: AtomicBool,
}

impl<V> Shared<V> {
    fn read(&self) -> RwLockReadGuard<'_, Folding<V>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Folding<V>> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn announce(&self) {
        let position = self.read().position.clone();
        self.position.send_if_modified(|announced| {
            let moved = *announced != position;
            *announced = position;
            moved
        });
    }
}

/// Reads a view. Cheap to clone, usable from any task.
pub struct View<P: Projection> {
    shared: Arc<Shared<P::View>>,
}

impl<P: Projection> Clone for View<P> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

impl<P: Projection> View<P> {
    /// What `look` sees in the view as it is now. The view stands still while it looks, so it must be brief.
    pub fn read<T>(&self, look: impl FnOnce(&P::View) -> T) -> T {
        look(&self.shared.read().view)
    }

    /// Like [`Self::read`], with the position that the view includes everything up to.
    pub fn read_at<T>(&self, look: impl FnOnce(&P::View, Option<&Position>) -> T) -> T {
        let live = self.shared.read();
        look(&live.view, live.position.as_ref())
    }

    /// How far the view is; `None` before the first event.
    pub fn position(&self) -> Option<Position> {
        self.shared.read().position.clone()
    }

    /// Events of a type that this version does not know.
    pub fn skipped(&self) -> u64 {
        self.shared.read().skipped
    }

    /// Returns when the view includes `position`, or fails after `deadline`.
    pub async fn wait_for(&self, position: &Position, deadline: Duration) -> Result<(), NotYetThere> {
        let mut receiver = self.shared.position.subscribe();
        let there = |at: &Option<Position>| at.as_ref().and_then(|at| at.covers(position)) == Some(true);
        let arrived = match tokio::time::timeout(deadline, receiver.wait_for(there)).await {
            Ok(Ok(_)) => true,
            // The sender lives in `self`, so only the time can have run out.
            Ok(Err(_)) | Err(_) => false,
        };
        if arrived {
            return Ok(());
        }
        Err(NotYetThere { view: self.shared.name.clone(), wanted: position.clone(), at: self.position() })
    }

    /// A channel that carries the position whenever the view has moved.
    pub fn moved(&self) -> watch::Receiver<Option<Position>> {
        self.shared.position.subscribe()
    }

    /// Asks the next step to begin a new view beside this one, which goes on answering until the new one has caught up.
    pub fn rebuild(&self) {
        self.shared.rebuild.store(true, Ordering::Release);
    }
}

/// Feeds a projection from the log.
pub struct Projector<P: Projection> {
    projection: P,
    filter: Filter,
    log: Log,
    shared: Arc<Shared<P::View>>,
    /// The view that will replace the live one.
    beside: Option<Folding<P::View>>,
    /// Whether the live view has been at the head of the log once.
    caught_up: bool,
}

impl<P: Projection> Projector<P> {
    /// The component and the handle that reads what it folds.
    pub fn new(projection: P, log: Log) -> (Self, View<P>) {
        let shared = Arc::new(Shared {
            name: projection.name().to_owned(),
            live: RwLock::new(Folding::fresh(projection.fresh())),
            position: watch::Sender::new(None),
            rebuild: AtomicBool::new(false),
        });
        let view = View { shared: shared.clone() };
        let projector =
            Self { filter: projection.filter(), projection, log, shared, beside: None, caught_up: false };
        (projector, view)
    }

    async fn fold_a_page(&mut self) -> Result<Progress, Fault> {
        if self.shared.rebuild.swap(false, Ordering::AcqRel) {
            self.start_beside("a rebuild was asked for");
        }
        let after = match &self.beside {
            Some(beside) => beside.position.clone(),
            None => self.shared.read().position.clone(),
        };
        let page = match self.log.read_all(after.as_ref(), &self.filter, PAGE).await {
            Err(LogError::AnotherLog(_)) => {
                self.start_beside("the log is another one");
                return Ok(Progress::Worked);
            }
            page => page?,
        };
        let moved = page.considered != after;
        match &mut self.beside {
            Some(beside) => beside.fold::<P>(&page)?,
            None => self.fold_live(&page)?,
        }
        let swapped = page.at_head && self.swap();
        self.caught_up |= page.at_head;
        Ok(if moved || swapped || !page.at_head { Progress::Worked } else { Progress::IDLE })
    }

    fn fold_live(&self, page: &AllSlice) -> Result<(), Fault> {
        let folded = self.shared.write().fold::<P>(page);
        self.shared.announce();
        folded
    }

    fn start_beside(&mut self, why: &str) {
        tracing::info!(view = self.shared.name, "rebuilding view '{}': {why}", self.shared.name);
        self.beside = Some(Folding::fresh(self.projection.fresh()));
    }

    /// Puts the finished view in place of the live one.
    fn swap(&mut self) -> bool {
        let Some(finished) = self.beside.take() else {
            return false;
        };
        // The old view is dropped after the lock is released: it may be large.
        let old = std::mem::replace(&mut *self.shared.write(), finished);
        self.shared.announce();
        drop(old);
        true
    }
}

impl<P: Projection> Component for Projector<P> {
    fn name(&self) -> &str {
        &self.shared.name
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.fold_a_page())
    }

    fn applied(&self) -> Option<Position> {
        self.shared.read().position.clone()
    }

    fn unready(&self) -> Option<String> {
        (!self.caught_up).then(|| "has not reached the head of the log yet".to_owned())
    }
}
