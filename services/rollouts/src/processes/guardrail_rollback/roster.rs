//! Which edges serve now and what they confirmed, read from the log up to its head at the moment of the question.

use std::collections::BTreeMap;

use tokio::sync::Mutex;
use verdict_kernel::id::{EdgeId, FlagId};
use verdict_rollouts_domain::edge::Event;
use verdict_runtime::component::Fault;
use verdict_runtime::log::{Filter, Log, MAX_PAGE, Position, Recorded};
use verdict_runtime::wire::{DecodeError, Wire, parsed};

use crate::wire::edge::EdgeWire;

/// What begins the name of every stream of an edge.
pub(super) const EDGES: &str = "rollouts.edge-";

/// The edges that joined and did not leave.
pub struct Roster {
    log: Log,
    known: Mutex<(Option<Position>, Serving)>,
}

/// The newest version that each of them confirmed, by flag.
type Serving = BTreeMap<EdgeId, BTreeMap<FlagId, u32>>;

impl Roster {
    pub fn new(log: Log) -> Self {
        Self { log, known: Mutex::default() }
    }

    /// The edges that have to confirm a change of `flag` that is in the log by now, each with the newest version
    /// that it confirmed; 0 = none.
    pub async fn serving(&self, flag: FlagId) -> Result<Vec<(EdgeId, u32)>, Fault> {
        let filter = Filter::prefixes([EDGES]);
        let mut known = self.known.lock().await;
        loop {
            let page = self.log.read_all(known.0.as_ref(), &filter, MAX_PAGE).await?;
            for event in &page.events {
                apply(&mut known.1, event).map_err(|error| error.at(event))?;
                known.0 = Some(event.position.clone());
            }
            known.0 = page.considered.or_else(|| known.0.take());
            if page.at_head {
                let of_flag = |(edge, confirmed): (&EdgeId, &BTreeMap<FlagId, u32>)| {
                    (*edge, confirmed.get(&flag).copied().unwrap_or_default())
                };
                return Ok(known.1.iter().map(of_flag).collect());
            }
        }
    }
}

fn apply(serving: &mut Serving, event: &Recorded) -> Result<(), DecodeError> {
    let Some((edge, change)) = change(event)? else {
        return Ok(());
    };
    match change {
        Event::Joined { .. } => {
            serving.entry(edge).or_default();
        }
        Event::Left => {
            serving.remove(&edge);
        }
        Event::ServedConfirmed(served) => {
            if let Some(confirmed) = serving.get_mut(&edge) {
                let newest = confirmed.entry(served.flag).or_default();
                *newest = served.flag_version.max(*newest);
            }
        }
    }
    Ok(())
}

/// The edge and what it said; `None` for events of other streams and retired ones.
pub(super) fn change(event: &Recorded) -> Result<Option<(EdgeId, Event)>, DecodeError> {
    let Some(id) = event.stream.strip_prefix(EDGES) else {
        return Ok(None);
    };
    let edge = parsed(Some(id), "stream")?;
    Ok(EdgeWire::decode(&event.event_type, &event.data)?.map(|change| (edge, change)))
}
