//! What a log says of itself after it went back: stream `$restored`, one event for each time.
//!
//! A restore or an import gives the log a new id, so that no position of before fits, and writes this event, so that
//! whoever has to act on it learns of it in order. It is seen by filters that name the stream.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use verdict_stored::{DecodeError, parse, parsed};

use super::{EventLog, Filter, MAX_PAGE, Position, Recorded};
use crate::fault::Fault;

/// The stream.
pub const STREAM: &str = "$restored";
/// The type of its events.
pub const EVENT_TYPE: &str = "$restored";

/// Where the log came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The id that the log had.
    pub from: String,
    /// The end of what was kept, as a position of that log.
    pub head: Position,
    /// When the last event that was kept was written; `None` where nobody said so.
    pub newest: Option<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    from: String,
    head: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
}

impl Restored {
    /// Lets nothing through but these events.
    pub fn filter() -> Filter {
        Filter::prefixes([STREAM])
    }

    /// What `event` says; `None` when it is none of these.
    pub fn of(event: &Recorded) -> Result<Option<Self>, DecodeError> {
        if &*event.stream != STREAM || &*event.event_type != EVENT_TYPE {
            return Ok(None);
        }
        let Stored { from, head, newest } = parse(&event.data)?;
        let newest = newest.map(|newest| parsed(Some(newest.as_str()), "newest")).transpose()?;
        Ok(Some(Self { from, head: parsed(Some(head.as_str()), "head")?, newest }))
    }

    /// Every time that `log` went back, oldest first.
    pub async fn of_log(log: &dyn EventLog) -> Result<Vec<Self>, Fault> {
        let (filter, mut after, mut all) = (Self::filter(), None, Vec::new());
        loop {
            let page = log.read_all(after.as_ref(), &filter, MAX_PAGE).await?;
            for event in &page.events {
                all.extend(Self::of(event).map_err(|error| event.unreadable(&error))?);
            }
            if page.at_head {
                return Ok(all);
            }
            after = page.considered.or(after);
        }
    }

    /// The payload of such an event.
    pub fn encode(&self) -> Vec<u8> {
        let newest = self.newest.map(|newest| newest.to_string());
        let stored = Stored { from: self.from.clone(), head: self.head.to_string(), newest };
        serde_json::to_vec(&stored).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
