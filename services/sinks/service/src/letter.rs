//! A letter: what is delivered to one sink at once, a notice or a digest of them.
//!
//! Its id derives from the sink and the events that it tells of, so every attempt has the same one, before and after a
//! restart: a receiver that has seen it throws the second one away.

use uuid::Uuid;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::SinkId;
use verdict_sinks_domain::notice::{Notice, Severity};
use verdict_sinks_domain::sink::Source;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: String,
    pub org: String,
    /// The kind of the notice, `digest` or `test`.
    pub kind: &'static str,
    pub severity: Severity,
    pub thread: String,
    pub subject: String,
    /// Each is a sentence.
    pub lines: Vec<String>,
    pub facts: Vec<(&'static str, String)>,
    /// The command that shows more.
    pub next: String,
    pub at: Timestamp,
    /// Number of the event in its stream, from 1; 0 = it tells of no single event.
    pub sequence: u32,
}

impl Letter {
    /// Tells of one event.
    pub fn of(sink: SinkId, org: &str, source: &Source, notice: Notice) -> Self {
        Self {
            id: id(sink, &[source]),
            org: org.to_owned(),
            kind: notice.kind.as_str(),
            severity: notice.kind.severity(),
            thread: notice.thread,
            subject: notice.subject,
            lines: vec![notice.sentence],
            facts: notice.facts,
            next: notice.next,
            at: notice.at,
            sequence: source.revision.saturating_add(1),
        }
    }

    /// Tells of several at once; `None` where there is nothing to tell.
    pub fn digest(sink: SinkId, org: &str, told: Vec<(Source, Notice)>) -> Option<Self> {
        let sources: Vec<_> = told.iter().map(|(source, _)| source).collect();
        let id = id(sink, &sources);
        let (_, last) = told.last()?;
        let count = told.len();
        Some(Self {
            id,
            org: org.to_owned(),
            kind: "digest",
            severity: Severity::Info,
            thread: "digest".to_owned(),
            subject: format!("{count} things that would have happened"),
            at: last.at,
            next: "verdict guardrail list".to_owned(),
            lines: told.into_iter().map(|(_, notice)| notice.sentence).collect(),
            facts: Vec::new(),
            sequence: 0,
        })
    }

    /// Says that it is a test.
    pub fn test(sink: SinkId, org: &str, at: Timestamp) -> Self {
        Self {
            id: shown(Uuid::new_v5(&sink.as_uuid(), format!("test/{at}").as_bytes())),
            org: org.to_owned(),
            kind: "test",
            severity: Severity::Info,
            thread: format!("sink/{sink}"),
            subject: format!("sink {sink}"),
            lines: vec!["This is a test: what cannot wait will be told here.".to_owned()],
            facts: Vec::new(),
            next: format!("verdict sink get {sink}"),
            at,
            sequence: 0,
        }
    }

    /// All of it in one text.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// The id of whatever tells this sink of these events.
pub fn id(sink: SinkId, sources: &[&Source]) -> String {
    let each = sources.iter().map(|source| format!("{}@{}", source.stream, source.revision));
    shown(Uuid::new_v5(&sink.as_uuid(), each.collect::<Vec<_>>().join(" ").as_bytes()))
}

fn shown(id: Uuid) -> String {
    format!("msg_{}", id.simple())
}
