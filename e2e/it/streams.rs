//! A log as something that two runs can be compared by: domain streams with ids renumbered by first appearance
//! and times removed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use verdict::platform::LOG_DIRECTORY;
use verdict_adapters::embedded::EmbeddedLog;
use verdict_eventlog::Options;
use verdict_runtime::log::{EventLog, Filter, Log, MAX_PAGE, Position, Recorded};
use verdict_stored::Metadata;

/// The streams of a log and the commands that wrote them.
#[derive(Debug, Default)]
pub struct Streams {
    /// Renumbered stream name -> events as `type data`.
    pub events: BTreeMap<String, Vec<String>>,
    /// Command id -> number of appends that it has in one stream.
    pub commands: BTreeMap<String, usize>,
}

impl Streams {
    /// Where the events are not those of `other`: the first difference of each stream; empty when there is none.
    pub fn differences_from(&self, other: &Self) -> String {
        let names: BTreeSet<&String> = self.events.keys().chain(other.events.keys()).collect();
        let none = Vec::new();
        let differences = names.into_iter().filter_map(|name| {
            let [mine, theirs] = [self, other].map(|streams| streams.events.get(name).unwrap_or(&none));
            let at = (0..mine.len().max(theirs.len())).find(|at| mine.get(*at) != theirs.get(*at))?;
            let [mine, theirs] =
                [mine, theirs].map(|events| events.get(at).map_or("nothing", String::as_str));
            Some(format!("{name}/{at} is\n  {mine}\nand not\n  {theirs}\n"))
        });
        differences.collect()
    }
}

/// How the source of a check begins that rests on what was measured.
const NEWEST: &str = "observation up to ";

/// Gives ids numbers in the order in which they are first seen.
#[derive(Default)]
struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    fn of(&mut self, id: &str) -> String {
        let next = self.0.len();
        format!("#{}", self.0.entry(id.to_owned()).or_insert(next))
    }

    fn text(&mut self, text: &str) -> String {
        let parts: Vec<String> = text.split('/').map(|part| self.word(part)).collect();
        parts.join("/")
    }

    fn word(&mut self, word: &str) -> String {
        let is_id = word.len() == 26 && word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let is_command = word.len() == 36 && uuid::Uuid::parse_str(word).is_ok();
        let is_position = word.matches(':').count() == 2 && word.len() > 26 && word.as_bytes()[26] == b':';
        // Which version of a stream a check was read from: it may hold a word more than another run's.
        let is_version = |version: &str| version.bytes().all(|b| b.is_ascii_digit());
        let source =
            word.split_once('@').filter(|(stream, version)| stream.contains('-') && is_version(version));
        if let Some((stream, _)) = source {
            return stream.to_owned();
        }
        // Which observation was the newest when it was asked for: another one may have come meanwhile.
        if let Some(newest) =
            word.strip_prefix(NEWEST).filter(|newest| newest.parse::<jiff::Timestamp>().is_ok())
        {
            return word.replace(newest, "<time>");
        }
        match word.parse::<jiff::Timestamp>() {
            Ok(_) => "<time>".to_owned(),
            Err(_) if is_id || is_command => self.of(word),
            Err(_) if is_position => "<position>".to_owned(),
            Err(_) => word.to_owned(),
        }
    }

    fn value(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name, self.value(value))).collect()
            }
            other => other,
        }
    }
}

/// Everything that `log` has after `after`, in pages of at most `max` events.
pub async fn to_head(log: &dyn EventLog, mut after: Option<Position>, max: usize) -> Vec<Recorded> {
    let mut events = Vec::new();
    loop {
        let page = log.read_all(after.as_ref(), &Filter::default(), max).await.unwrap();
        events.extend(page.events);
        if page.at_head {
            return events;
        }
        assert_ne!(page.considered, after, "a page that is not the last moves on");
        after = page.considered;
    }
}

/// Reads the log of a stopped platform.
pub async fn read(data: &Path) -> Streams {
    let engine = verdict_eventlog::Log::open(Options::new(data.join(LOG_DIRECTORY))).unwrap();
    let log: Log = Arc::new(EmbeddedLog::new(engine.clone()));
    let streams = read_log(&log).await;
    engine.close().await;
    streams
}

/// Reads a log. Process, checkpoint, lease and clock streams are not domain streams.
pub async fn read_log(log: &Log) -> Streams {
    let mut streams = Streams::default();
    let mut numbers = Numbers::default();
    let mut writers: BTreeMap<(String, String), Vec<u64>> = BTreeMap::new();
    let events = to_head(log.as_ref(), None, MAX_PAGE).await;
    for event in events.iter().filter(|event| !is_housekeeping(&event.stream)) {
        let (category, id) = event.stream.split_once('-').unwrap();
        let name = format!("{category}-{}", numbers.of(id));
        // What a gate answered at some moment depends on the moment, and several processes ask at moments of their own; what
        // was done about it does not.
        if !event.event_type.ends_with(".GateBlocked.v1") {
            let data = numbers.value(serde_json::from_slice(&event.data).unwrap());
            streams.events.entry(name).or_default().push(format!("{} {data}", event.event_type));
        }
        let metadata: Metadata = serde_json::from_slice(&event.metadata).unwrap();
        let writer = (metadata.command_id, event.stream.to_string());
        writers.entry(writer).or_default().push(event.revision);
    }
    for ((command, _), revisions) in writers {
        // One append is one run of revisions; a second run would be a second effect.
        let runs = 1 + revisions.windows(2).filter(|pair| pair[1] != pair[0] + 1).count();
        *streams.commands.entry(command).or_default() += runs;
    }
    streams
}

/// Not a domain stream.
pub fn is_housekeeping(stream: &str) -> bool {
    let housekeeping = [".checkpoint-", ".lease-", ".process-", "platform.clock-", ".edge-"];
    housekeeping.iter().any(|part| stream.contains(part))
}
