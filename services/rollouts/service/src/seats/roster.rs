//! Which edges serve now and what they confirmed, read from the log up to its head at the moment of the question.
//!
//! It begins where the keeper of the seats stored who lives: what is read is as long as what the living edges said
//! (design clause 19).

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Mutex;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{EdgeId, FlagId};
use verdict_rollouts_domain::edge::Event;
use verdict_rollouts_wire::edge::EdgeWire;
use verdict_runtime::component::Fault;
use verdict_runtime::following::Following;
use verdict_runtime::log::{Log, Recorded};
use verdict_stored::{DecodeError, parsed, ruled};

use super::following;

/// What begins the name of every stream of an edge.
pub(crate) const EDGES: &str = "rollouts.edge-";

/// The edges that joined, did not leave and were not lost.
pub struct Roster {
    known: Mutex<(Following, Serving)>,
}

/// Each of them with what it said.
type Serving = BTreeMap<EdgeId, Said>;

#[derive(Default)]
struct Said {
    name: String,
    /// The newest version that it confirmed, by flag.
    confirmed: BTreeMap<FlagId, u32>,
}

impl Roster {
    pub fn new(log: Log, clock: Arc<dyn Clock>) -> Self {
        Self { known: Mutex::new((following(log, clock), Serving::new())) }
    }

    /// The edges that have to confirm a change of `flag` that is in the log by now, each with the newest version
    /// that it confirmed; 0 = none.
    pub async fn serving(&self, flag: FlagId) -> Result<Vec<(EdgeId, u32)>, Fault> {
        let mut known = self.known.lock().await;
        let (following, serving) = &mut *known;
        loop {
            let page = following.page().await?;
            if page.anew {
                serving.clear();
            }
            for event in &page.events {
                if let Err(error) = apply(serving, event) {
                    // One that cannot be read confirms nothing, and takes nobody off the list (design clause 18).
                    tracing::warn!(stream = %event.stream, kind = %event.event_type, %error, "skipped an event of a flag edge");
                }
            }
            if page.at_head {
                let of_flag = |(edge, said): (&EdgeId, &Said)| {
                    (*edge, said.confirmed.get(&flag).copied().unwrap_or_default())
                };
                return Ok(serving.iter().map(of_flag).collect());
            }
        }
    }

    /// The edge in words: its name, as far as it was seen to serve.
    pub async fn called(&self, edge: EdgeId) -> String {
        let known = self.known.lock().await;
        known.1.get(&edge).map_or_else(|| edge.to_string(), |said| format!("'{}' ({edge})", said.name))
    }
}

fn apply(serving: &mut Serving, event: &Recorded) -> Result<(), DecodeError> {
    let Some((edge, change)) = change(event)? else {
        return Ok(());
    };
    match change {
        Event::Joined { name } => {
            serving.entry(edge).or_default().name = name;
        }
        Event::Left | Event::Lost => {
            serving.remove(&edge);
        }
        Event::ServedConfirmed(served) => {
            if let Some(said) = serving.get_mut(&edge) {
                let newest = said.confirmed.entry(served.flag).or_default();
                *newest = served.flag_version.max(*newest);
            }
        }
    }
    Ok(())
}

/// The edge and what it said; `None` for events of other streams and retired ones.
pub(crate) fn change(event: &Recorded) -> Result<Option<(EdgeId, Event)>, DecodeError> {
    let Some(id) = event.stream.strip_prefix(EDGES) else {
        return Ok(None);
    };
    let edge = parsed(Some(id), "stream")?;
    Ok(ruled::own::<EdgeWire>(&event.event_type, &event.data)?.map(|change| (edge, change)))
}
