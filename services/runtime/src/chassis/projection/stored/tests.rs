//! The checkpointed projector against a store that can fail between any two calls.

use std::sync::Arc;

use verdict_kernel::clock::{ManualClock, Timestamp};

use super::*;
use crate::log::Expected;
use crate::log::contract::port;
use crate::log::contract::views::catch_up;
use crate::log::memory::MemoryLog;

/// Rows and their position, as one transaction would keep them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Rows {
    names: Vec<String>,
    position: Option<Position>,
}

#[derive(Default)]
struct Fake {
    live: Rows,
    beside: Option<Rows>,
    /// The transaction of the next store is lost.
    crash: bool,
    stores: u32,
}

impl Fake {
    fn target(&mut self) -> &mut Rows {
        self.beside.as_mut().unwrap_or(&mut self.live)
    }
}

impl Store for Fake {
    fn name(&self) -> &'static str {
        "fake"
    }

    fn filter(&self) -> Filter {
        Filter::prefixes(["bets."])
    }

    fn position(&self) -> BoxFuture<'_, Result<Option<Position>, Fault>> {
        let rows = self.beside.as_ref().unwrap_or(&self.live);
        Box::pin(async { Ok(rows.position.clone()) })
    }

    fn store<'a>(
        &'a mut self,
        from: Option<&'a Position>,
        events: &'a [Recorded],
        position: &'a Position,
    ) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if std::mem::take(&mut self.crash) {
                return Err(Fault::Other("the transaction was lost".to_owned()));
            }
            self.stores += 1;
            let rows = self.target();
            if rows.position.as_ref() != from {
                return Err(Fault::Other("somebody else has stored".to_owned()));
            }
            rows.names.extend(events.iter().map(|event| String::from_utf8_lossy(&event.data).into_owned()));
            rows.position = Some(position.clone());
            Ok(())
        })
    }

    fn start_beside(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.beside = Some(Rows::default());
        Box::pin(async { Ok(()) })
    }

    fn swap(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.live = self.beside.take().unwrap_or_else(|| self.live.clone());
        Box::pin(async { Ok(()) })
    }
}

fn empty_log(id: &str) -> Log {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    Arc::new(MemoryLog::new(id, clock))
}

async fn append(log: &Log, stream: &str, name: &str) {
    let mut event = port::event(name);
    event.data = name.as_bytes().to_vec();
    log.append(stream, Expected::Any, vec![event]).await.unwrap();
}

#[tokio::test]
async fn a_lost_transaction_neither_loses_nor_doubles_an_event() {
    let log = empty_log("log");
    let mut projector = CheckpointedProjector::new(Fake::default(), log.clone());
    append(&log, "bets.bet-1", "a").await;
    catch_up(&mut projector).await;
    append(&log, "bets.bet-1", "b").await;
    projector.store.crash = true;
    projector.step().await.unwrap_err();
    catch_up(&mut projector).await;
    assert_eq!(projector.store().live.names, ["a", "b"]);
}

#[tokio::test]
async fn a_restart_goes_on_from_the_stored_position() {
    let log = empty_log("log");
    let mut projector = CheckpointedProjector::new(Fake::default(), log.clone());
    append(&log, "bets.bet-1", "a").await;
    catch_up(&mut projector).await;
    append(&log, "bets.bet-1", "b").await;
    let mut restarted = CheckpointedProjector::new(projector.store, log.clone());
    assert!(restarted.unready().is_some());
    catch_up(&mut restarted).await;
    assert_eq!(restarted.store().live.names, ["a", "b"]);
    assert_eq!((restarted.unready(), restarted.applied()), (None, log.head().await.unwrap()));
}

#[tokio::test]
async fn two_projectors_on_one_store_never_fold_an_event_twice() {
    let log = empty_log("log");
    append(&log, "bets.bet-1", "a").await;
    let mut projector = CheckpointedProjector::new(Fake::default(), log.clone());
    catch_up(&mut projector).await;
    append(&log, "bets.bet-1", "b").await;
    // What another projector on the same store would have done meanwhile.
    projector.store.live.names.push("b".to_owned());
    projector.store.live.position = log.head().await.unwrap();
    projector.step().await.unwrap_err();
    catch_up(&mut projector).await;
    assert_eq!(projector.store().live.names, ["a", "b"]);
}

#[tokio::test]
async fn a_gap_without_events_writes_no_row() {
    let log = empty_log("log");
    let mut projector = CheckpointedProjector::new(Fake::default(), log.clone());
    append(&log, "bets.bet-1", "a").await;
    catch_up(&mut projector).await;
    append(&log, "rollouts.rollout-1", "x").await;
    catch_up(&mut projector).await;
    append(&log, "bets.bet-1", "b").await;
    catch_up(&mut projector).await;
    assert_eq!(
        (projector.store().stores, &projector.store().live.names[..]),
        (2, &["a".to_owned(), "b".to_owned()][..])
    );
}

#[tokio::test]
async fn a_foreign_log_is_folded_beside_and_swapped_at_its_head() {
    let (old, new) = (empty_log("old"), empty_log("new"));
    append(&old, "bets.bet-1", "a").await;
    let many: Vec<String> = (0..=PAGE).map(|n| n.to_string()).collect();
    for name in &many {
        append(&new, "bets.bet-1", name).await;
    }
    let mut projector = CheckpointedProjector::new(Fake::default(), old);
    catch_up(&mut projector).await;
    projector.log = new.clone();
    // The first step notices, the second folds a page: the head is not reached yet.
    projector.step().await.unwrap();
    projector.step().await.unwrap();
    assert_eq!((projector.store().live.names[0].as_str(), projector.store().beside.is_some()), ("a", true));
    catch_up(&mut projector).await;
    let expected = Rows { names: many, position: new.head().await.unwrap() };
    assert_eq!((&projector.store().live, &projector.store().beside), (&expected, &None));
}
