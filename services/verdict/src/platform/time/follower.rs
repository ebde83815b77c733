//! Follows the stream of virtual time and moves the clock of this process along.
//!
//! Every process on virtual time has one, the one whose command moved time among them: all of them learn it from
//! the log, and whoever waits until a process has applied the log knows that it has the time as well.

use std::sync::Arc;

use futures::future::BoxFuture;
use verdict_kernel::decider::Decider;
use verdict_runtime::clock::VirtualClock;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::{Filter, Log, LogError, MAX_PAGE, Position};
use verdict_stored::Wire;

use super::{Event, TimeWire, VirtualTime};

/// See the module.
pub struct Follower {
    log: Log,
    clock: Arc<VirtualClock>,
    filter: Filter,
    applied: Option<Position>,
}

impl Follower {
    pub fn new(log: Log, clock: Arc<VirtualClock>) -> Self {
        let filter = Filter::prefixes([format!("{}-", VirtualTime::CATEGORY)]);
        Self { log, clock, filter, applied: None }
    }

    async fn follow(&mut self) -> Result<Progress, Fault> {
        let page = match self.log.read_all(self.applied.as_ref(), &self.filter, MAX_PAGE).await {
            // The log was replaced: its time counts now, and time does not go back.
            Err(LogError::AnotherLog(_)) => {
                self.applied = None;
                return Ok(Progress::Worked);
            }
            page => page?,
        };
        for event in &page.events {
            let decoded = TimeWire::decode(&event.event_type, &event.data);
            match decoded.map_err(|error| event.unreadable(&error))? {
                Some(Event::Started { at } | Event::Moved { to: at }) => self.clock.advance_to(at),
                Some(Event::Targeted { .. }) | None => {}
            }
        }
        self.applied = page.considered.or_else(|| self.applied.take());
        Ok(if page.at_head { Progress::IDLE } else { Progress::Worked })
    }
}

impl Component for Follower {
    fn name(&self) -> &'static str {
        "virtual-time"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.follow())
    }

    fn applied(&self) -> Option<Position> {
        self.applied.clone()
    }
}
