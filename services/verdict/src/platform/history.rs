//! What some streams say together: each is read from its end, and only as far as the newest events of all of them reach.

use std::collections::BTreeMap;

use jiff::Timestamp;
use verdict_proto::platform::v1 as pb;
use verdict_runtime::log::{Log, LogError, Position, Recorded};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading;

#[cfg(test)]
mod tests;

/// Events that an answer holds at most.
const EVENTS: u32 = 1_000;
/// Streams that a request names at most.
const STREAMS: usize = 1_000;
/// Events of a stream that are read at a time.
const CHUNK: u64 = 64;

/// What is asked for.
#[derive(Debug)]
pub struct Asked {
    org: String,
    streams: Vec<String>,
    since: Option<Timestamp>,
    limit: usize,
}

impl Asked {
    pub fn of(request: pb::HistoryRequest) -> Result<Self, Problem> {
        if request.streams.len() > STREAMS {
            let why = format!("{} streams are over {STREAMS}", request.streams.len());
            return Err(Problem::field(Code::InvalidField, "streams", why));
        }
        let since = match request.since.as_str() {
            "" => None,
            text => Some(text.parse().map_err(|error: jiff::Error| {
                Problem::field(Code::InvalidField, "since", error.to_string())
            })?),
        };
        let limit = if request.limit == 0 { EVENTS } else { request.limit.min(EVENTS) };
        let org = reading::org(&request.org).to_owned();
        Ok(Self { org, streams: request.streams, since, limit: limit as usize })
    }

    /// The newest events, the oldest of them first, and whether older ones were left out for the limit.
    pub async fn read(&self, log: &Log) -> Result<(Vec<Recorded>, bool), LogError> {
        let mut newest = Newest { limit: self.limit, events: BTreeMap::new(), older: false };
        for stream in &self.streams {
            self.read_back(log, stream, &mut newest).await?;
        }
        Ok((newest.events.into_values().collect(), newest.older))
    }

    async fn read_back(&self, log: &Log, stream: &str, newest: &mut Newest) -> Result<(), LogError> {
        let mut end = log.read_last(stream).await?.map_or(0, |last| last.revision + 1);
        while end > 0 {
            let begin = end.saturating_sub(CHUNK);
            let count = usize::try_from(end - begin).unwrap_or(usize::MAX);
            let slice = log.read_stream(stream, begin, count).await?;
            if slice.events.is_empty() {
                return Ok(());
            }
            for event in slice.events.into_iter().rev() {
                if !self.has_its_org(&event) {
                    continue;
                }
                if self.since.is_some_and(|since| at(&event) < since) || !newest.take(event) {
                    return Ok(());
                }
            }
            end = begin;
        }
        Ok(())
    }

    fn has_its_org(&self, event: &Recorded) -> bool {
        event.metadata().is_ok_and(|metadata| metadata.org == self.org)
    }
}

/// When it happened, by the platform's time.
fn at(event: &Recorded) -> Timestamp {
    event.metadata().map_or(event.created, |metadata| metadata.at)
}

/// As many of the newest events as are wanted.
struct Newest {
    limit: usize,
    events: BTreeMap<(u64, u64), Recorded>,
    older: bool,
}

impl Newest {
    /// Takes an event; `false` when it is older than as many as are wanted, as is all before it in its stream.
    fn take(&mut self, event: Recorded) -> bool {
        let Position { commit, prepare, .. } = event.position;
        let place = (commit, prepare);
        if self.events.len() >= self.limit {
            self.older = true;
            if self.events.first_key_value().is_some_and(|(oldest, _)| place < *oldest) {
                return false;
            }
            self.events.pop_first();
        }
        self.events.insert(place, event);
        true
    }
}
