//! Which events of the whole log a reader wants: prefixes of stream names and of event types.

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
    }

    /// Whether every event is wanted, so that events alone tell a reader how far it has come.
    pub fn is_everything(&self) -> bool {
        self.stream_prefixes.is_empty()
            && self.type_prefixes.is_empty()
            && self.exclude_stream_prefixes.is_empty()
            && self.exclude_type_prefixes.is_empty()
    }
}

fn included(prefixes: &[String], name: &str) -> bool {
    prefixes.is_empty() || begins_with_any(prefixes, name)
}

fn begins_with_any(prefixes: &[String], name: &str) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
}
