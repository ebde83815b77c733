//! A log that may not be there yet: whoever can do something without it starts before it answers for the first time.

use std::sync::{Arc, OnceLock};

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use tokio::sync::watch;

use super::{
    AllSlice, Appended, EventLog, Expected, Filter, Log, LogError, NewEvent, Position, Recorded, Room,
    StreamSlice,
};
use crate::task;

/// Until the log has arrived every call says that it is unavailable; afterwards this is that log. Cheap to clone.
#[derive(Clone)]
pub struct LateLog {
    arrived: Arc<OnceLock<Log>>,
    grown: watch::Sender<u64>,
}

impl Default for LateLog {
    fn default() -> Self {
        Self { arrived: Arc::default(), grown: watch::Sender::new(0) }
    }
}

impl LateLog {
    /// The log is there. The first one stays.
    pub fn arrive(&self, log: Log) {
        let mut growth = log.grown();
        if self.arrived.set(log).is_err() {
            return;
        }
        let grown = self.grown.clone();
        drop(task::spawn("late-log", async move {
            loop {
                let size = *growth.borrow_and_update();
                grown.send_replace(size);
                if growth.changed().await.is_err() {
                    return;
                }
            }
        }));
    }

    pub fn has_arrived(&self) -> bool {
        self.arrived.get().is_some()
    }

    fn with<'a, T: Send + 'a>(
        &'a self,
        call: impl FnOnce(&'a Log) -> BoxFuture<'a, Result<T, LogError>>,
    ) -> BoxFuture<'a, Result<T, LogError>> {
        match self.arrived.get() {
            Some(log) => call(log),
            None => ready(Err(LogError::Unavailable("it has not answered yet".to_owned()))).boxed(),
        }
    }
}

impl EventLog for LateLog {
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        self.with(|log| log.append(stream, expected, events))
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        self.with(|log| log.read_stream(stream, from, max))
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        self.with(|log| log.read_last(stream))
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        self.with(|log| log.read_all(after, filter, max))
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        self.with(|log| log.head())
    }

    fn grown(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        self.with(|log| log.keep_last(stream, count))
    }

    fn room(&self) -> BoxFuture<'_, Room> {
        self.arrived.get().map_or_else(|| ready(Room::default()).boxed(), |log| log.room())
    }

    /// Empty until it is known; no position carries that.
    fn log_id(&self) -> Arc<str> {
        self.arrived.get().map_or_else(|| "".into(), |log| log.log_id())
    }

    fn is_exclusive(&self) -> bool {
        self.arrived.get().is_some_and(|log| log.is_exclusive())
    }
}

#[cfg(test)]
mod tests {
    use verdict_kernel::clock::{ManualClock, Timestamp};

    use super::*;
    use crate::log::contract::port;
    use crate::log::memory::MemoryLog;

    fn memory() -> Log {
        Arc::new(MemoryLog::new("log", Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH))))
    }

    #[tokio::test]
    async fn a_log_that_has_not_arrived_is_unavailable_and_then_it_is_that_log() {
        let late = LateLog::default();
        assert!(matches!(late.head().await, Err(LogError::Unavailable(_))));
        assert_eq!((&*late.log_id(), late.has_arrived()), ("", false));
        let log = memory();
        late.arrive(log.clone());
        late.append("bets.bet-1", Expected::NoStream, vec![port::event("a")]).await.unwrap();
        assert_eq!(late.head().await, log.head().await);
        assert_eq!(late.log_id(), log.log_id());
    }

    #[tokio::test]
    async fn whoever_waits_for_growth_hears_of_the_arrival_and_of_everything_after() {
        let late = LateLog::default();
        let mut grown = late.grown();
        let log = memory();
        log.append("bets.bet-1", Expected::Any, vec![port::event("a")]).await.unwrap();
        late.arrive(log.clone());
        grown.wait_for(|size| *size == 1).await.unwrap();
        log.append("bets.bet-1", Expected::Any, vec![port::event("b")]).await.unwrap();
        grown.wait_for(|size| *size == 2).await.unwrap();
    }
}
