//! What tells people: it follows the log for each sink from where that sink is, and hands one letter after the other to the
//! courier.
//!
//! ```text
//!   sinks.sink-*  ──> which sinks there are ──> a lane each:  log ──> happening ──> notice ──> letter ──> courier
//!                                                  │                                             │
//!                                                  └── checkpoint: up to here all is told        └── fails: pause, again;
//!                                                                                                    at last a dead letter
//! ```
//!
//! 1. A lane has one letter under way, so what a sink is told has the order of the log; a letter that fails holds up what
//!    comes after it in its own lane until it is taken or given up.
//! 2. No lane waits for another: an attempt runs beside the steps, and a step only looks whether it is over.
//! 3. The position is stored after the letter was taken or is a dead letter in the log. A crash in between tells it again,
//!    with the same id.
//! 4. One replica delivers at a time, under a lease.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_kernel::clock::{Clock, Timestamp};
use verdict_kernel::id::SinkId;
use verdict_runtime::checkpoint::Checkpoint;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::execute::{Fence, Repository};
use verdict_runtime::log::{Filter, Log, LogError, Position, Recorded};
use verdict_runtime::process::{Authority, Proof, standing_by};
use verdict_sinks_wire::sink::SinkWire;

use crate::{Deps, Outward};

mod lane;
mod sending;
#[cfg(test)]
mod tests;

use lane::Lane;

/// The name of the component and of its lease.
pub const NAME: &str = "sink-delivery";
/// What the names of the streams of sinks begin with.
const SINKS: &str = "sinks.sink-";
/// Events of sinks in one page.
const PAGE: usize = 512;
/// When a sink that could not be served is tried again.
const TROUBLE: Duration = Duration::from_secs(1);
/// How soon it is looked whether an attempt is over; it doubles while nothing else happens.
const GLANCE: Duration = Duration::from_millis(5);
/// The longest of these pauses: a receiver that hangs costs no more than that.
const LONG_GLANCE: Duration = Duration::from_millis(250);

/// What all lanes share.
struct Shared {
    log: Log,
    clock: Arc<dyn Clock>,
    repository: Repository<SinkWire>,
    outward: Outward,
    fence: Option<Fence>,
}

/// When a lane has something to do again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Now.
    Worked,
    /// When the attempt that is under way is over.
    UnderWay,
    /// When the log grows, or at these times.
    Rests { due: Option<Timestamp>, retry: Option<Duration> },
    /// Never again.
    Over,
}

/// See the module.
pub struct Delivery {
    shared: Shared,
    authority: Box<dyn Authority>,
    sinks: Filter,
    /// How far the streams of the sinks were read.
    position: Option<Position>,
    lanes: BTreeMap<SinkId, Lane>,
    glance: Duration,
}

impl Delivery {
    /// Delivers only while `authority` lets it.
    pub fn new(deps: Deps, authority: Box<dyn Authority>) -> Self {
        let Deps { log, clock, outward } = deps;
        let repository = Repository::new(log.clone(), clock.clone());
        Self {
            shared: Shared { log, clock, repository, outward, fence: None },
            authority,
            sinks: Filter::prefixes([SINKS]),
            position: None,
            lanes: BTreeMap::new(),
            glance: GLANCE,
        }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        match self.authority.prove().await? {
            Proof::Held(fence) if fence == self.shared.fence => {}
            Proof::Held(fence) => {
                self.forget();
                self.shared.fence = fence;
            }
            Proof::Elsewhere { retry, alive } => {
                self.forget();
                return Ok(standing_by(retry, alive));
            }
        }
        let at_head = match self.meet().await {
            Err(Fault::Log(LogError::AnotherLog(_))) => {
                self.forget();
                return Ok(Progress::Worked);
            }
            met => met?,
        };
        let mut turns = Vec::new();
        let mut over = Vec::new();
        for (id, lane) in &mut self.lanes {
            match lane.turn(&self.shared).await {
                Ok(Turn::Over) => over.push(*id),
                Ok(turn) => turns.push(turn),
                Err(Fault::Log(LogError::AnotherLog(_))) => {
                    self.forget();
                    return Ok(Progress::Worked);
                }
                Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                // What is wrong with one sink keeps nobody else from being told.
                Err(fault) => {
                    tracing::warn!(sink.id = %id, error = %fault, "a sink could not be served; it is tried again");
                    turns.push(Turn::Rests { due: None, retry: Some(TROUBLE) });
                }
            }
        }
        for id in over {
            self.lanes.remove(&id);
        }
        Ok(if at_head { self.together(&turns) } else { Progress::Worked })
    }

    /// Reads which sinks there are. Says whether there is nothing more to read.
    async fn meet(&mut self) -> Result<bool, Fault> {
        let page = self.shared.log.read_all(self.position.as_ref(), &self.sinks, PAGE).await?;
        for event in &page.events {
            let Some(id) = sink_of(event) else { continue };
            if !self.lanes.contains_key(&id) {
                let Shared { log, clock, .. } = &self.shared;
                let checkpoint = Checkpoint::new(log.clone(), clock.clone(), "sinks", &id.to_string());
                self.lanes.insert(id, Lane::new(id, event.position.clone(), checkpoint));
            }
        }
        let last = page.events.last().map(|event| event.position.clone());
        self.position = page.considered.or(last).or_else(|| self.position.take());
        Ok(page.at_head)
    }

    /// What the lanes together have to do.
    fn together(&mut self, turns: &[Turn]) -> Progress {
        let glance = std::mem::replace(&mut self.glance, GLANCE);
        let mut first: (Option<Timestamp>, Option<Duration>) = (None, self.authority.renew_in());
        let mut under_way = false;
        for turn in turns {
            match turn {
                Turn::Worked => return Progress::Worked,
                Turn::UnderWay => under_way = true,
                Turn::Rests { due, retry } => {
                    first.0 = first.0.into_iter().chain(*due).min();
                    first.1 = first.1.into_iter().chain(*retry).min();
                }
                Turn::Over => {}
            }
        }
        let (due, retry) = first;
        if !under_way {
            return Progress::Idle { due, retry };
        }
        self.glance = (glance * 2).min(LONG_GLANCE);
        Progress::Blocked { due, retry: glance }
    }

    /// What was under way is somebody else's, or never happened.
    fn forget(&mut self) {
        self.lanes.clear();
        self.position = None;
        self.shared.fence = None;
    }
}

fn sink_of(event: &Recorded) -> Option<SinkId> {
    event.stream.strip_prefix(SINKS)?.parse().ok()
}

impl Component for Delivery {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.next())
    }

    fn applied(&self) -> Option<Position> {
        self.position.clone()
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async {
            for lane in self.lanes.values_mut() {
                lane.keep(&self.shared).await?;
            }
            self.lanes.clear();
            self.authority.release().await
        })
    }
}
