//! Which events of the whole log a reader wants: prefixes of stream names and of event types, or patterns.

use std::sync::Arc;

use fancy_regex::{Regex, RegexBuilder};

/// Steps after which a pattern that goes back and forth in one name gives up.
const BACKTRACK_LIMIT: usize = 10_000;

/// A regular expression that a name must match somewhere. Clients exclude names by looking ahead, so it
/// is one of the kind that can run long and is stopped.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Regex>);

/// The text is not a regular expression.
#[derive(Debug, thiserror::Error)]
#[error("'{text}' is not a usable regular expression")]
pub struct InvalidPattern {
    text: String,
    source: Box<fancy_regex::Error>,
}

impl Pattern {
    /// Understands a regular expression.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let parsed = RegexBuilder::new(text).backtrack_limit(BACKTRACK_LIMIT).build();
        let invalid = |fault| InvalidPattern { text: text.to_owned(), source: Box::new(fault) };
        parsed.map(|regex| Self(Arc::new(regex))).map_err(invalid)
    }

    /// Where the pattern gave up the name counts as a match: an event too many can be skipped by the
    /// reader, an event too few is a gap that nobody notices.
    fn matches(&self, name: &str) -> bool {
        self.0.is_match(name).unwrap_or(true)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Pattern {}

/// Prefixes that an event must have or must not have. The default lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The stream begins with one of these; any stream when empty.
    pub stream_prefixes: Vec<String>,
    /// The type begins with one of these; any type when empty.
    pub type_prefixes: Vec<String>,
    /// The stream begins with none of these.
    pub exclude_stream_prefixes: Vec<String>,
    /// The type begins with none of these.
    pub exclude_type_prefixes: Vec<String>,
    /// The stream matches this.
    pub stream_pattern: Option<Pattern>,
    /// The type matches this.
    pub type_pattern: Option<Pattern>,
}

impl Filter {
    /// Everything in the log.
    pub fn all() -> Self {
        Self::default()
    }

    /// Streams that begin with one of `prefixes`.
    pub fn streams<S: Into<String>>(prefixes: impl IntoIterator<Item = S>) -> Self {
        Self { stream_prefixes: prefixes.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Whether an event of this stream and type is wanted.
    pub fn matches(&self, stream: &str, event_type: &str) -> bool {
        included(&self.stream_prefixes, stream)
            && included(&self.type_prefixes, event_type)
            && !begins_with_any(&self.exclude_stream_prefixes, stream)
            && !begins_with_any(&self.exclude_type_prefixes, event_type)
            && self.stream_pattern.as_ref().is_none_or(|pattern| pattern.matches(stream))
            && self.type_pattern.as_ref().is_none_or(|pattern| pattern.matches(event_type))
    }

    /// Whether every event is wanted, so that events alone tell a reader how far it has come.
    pub fn is_everything(&self) -> bool {
        self.stream_prefixes.is_empty()
            && self.type_prefixes.is_empty()
            && self.exclude_stream_prefixes.is_empty()
            && self.exclude_type_prefixes.is_empty()
            && self.stream_pattern.is_none()
            && self.type_pattern.is_none()
    }
}

fn included(prefixes: &[String], name: &str) -> bool {
    prefixes.is_empty() || begins_with_any(prefixes, name)
}

fn begins_with_any(prefixes: &[String], name: &str) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
}
