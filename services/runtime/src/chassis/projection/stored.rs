//! Views with a store of their own: rows and position change in one transaction, so a crash between them
//! neither loses an event nor counts it twice.

use futures::future::BoxFuture;

use crate::component::{Component, Progress};
use crate::fault::Fault;
use crate::log::{Filter, Log, LogError, Position, Recorded};

#[cfg(test)]
mod tests;

/// Events handed to the store in one transaction.
const PAGE: usize = 256;

/// A store that keeps rows folded from events, and how far it is.
pub trait Store: Send + Sync {
    /// Kebab-case, unique within the platform.
    fn name(&self) -> &str;

    /// The streams that the rows are folded from.
    fn filter(&self) -> Filter;

    /// The position that was stored with the rows; `None` when there are none.
    fn position(&self) -> BoxFuture<'_, Result<Option<Position>, Fault>>;

    /// Changes the rows for `events` and stores `position`, all or nothing. `from` is the position that the
    /// caller believes is stored; when another one is, nothing may change and a fault is returned.
    fn store<'a>(
        &'a mut self,
        from: Option<&'a Position>,
        events: &'a [Recorded],
        position: &'a Position,
    ) -> BoxFuture<'a, Result<(), Fault>>;

    /// Starts an empty set of rows beside the present one; [`Self::store`] and [`Self::position`] mean it from
    /// now on, readers still see the old one.
    fn start_beside(&mut self) -> BoxFuture<'_, Result<(), Fault>>;

    /// Puts the new rows in place of the old ones. Called when they have caught up; a no-op without new rows.
    fn swap(&mut self) -> BoxFuture<'_, Result<(), Fault>>;
}

/// How far the rows are, and how far the log was looked at beyond them: a gap without events moves only the
/// second, because a row written for nothing helps nobody.
#[derive(Clone, Default)]
struct Standing {
    stored: Option<Position>,
    read: Option<Position>,
}

/// Feeds a [`Store`] from the log.
pub struct CheckpointedProjector<S: Store> {
    store: S,
    filter: Filter,
    log: Log,
    /// `None` since the last fault: what is stored is read again before the next attempt.
    standing: Option<Standing>,
    /// Whether rows may lie beside the present ones, from this run or from one that broke off.
    unswapped: bool,
    caught_up: bool,
}

impl<S: Store> CheckpointedProjector<S> {
    pub fn new(store: S, log: Log) -> Self {
        Self { filter: store.filter(), store, log, standing: None, unswapped: true, caught_up: false }
    }

    /// The store, to look at what it holds.
    pub const fn store(&self) -> &S {
        &self.store
    }

    async fn fold_a_page(&mut self) -> Result<Progress, Fault> {
        let known = self.standing.take();
        let standing = if let Some(standing) = known {
            standing
        } else {
            let stored = self.store.position().await?;
            Standing { read: stored.clone(), stored }
        };
        let page = match self.log.read_all(standing.read.as_ref(), &self.filter, PAGE).await {
            Err(LogError::AnotherLog(_)) => {
                self.store.start_beside().await?;
                self.unswapped = true;
                return Ok(Progress::Worked);
            }
            page => page?,
        };
        let moved = page.considered != standing.read;
        let stored = match &page.considered {
            Some(considered) if !page.events.is_empty() => {
                self.store.store(standing.stored.as_ref(), &page.events, considered).await?;
                Some(considered.clone())
            }
            Some(_) | None => standing.stored,
        };
        if page.at_head && self.unswapped {
            self.store.swap().await?;
            self.unswapped = false;
        }
        self.standing = Some(Standing { stored, read: page.considered });
        self.caught_up |= page.at_head;
        Ok(if moved { Progress::Worked } else { Progress::IDLE })
    }
}

impl<S: Store> Component for CheckpointedProjector<S> {
    fn name(&self) -> &str {
        self.store.name()
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.fold_a_page())
    }

    fn applied(&self) -> Option<Position> {
        self.standing.as_ref().and_then(|standing| standing.read.clone())
    }

    fn unready(&self) -> Option<String> {
        (!self.caught_up).then(|| "has not reached the head of the log yet".to_owned())
    }
}
