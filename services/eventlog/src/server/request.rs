//! Requests as they arrive, turned into what the log understands, or refused with a reason.

use std::collections::HashMap;

use ::uuid::Uuid;
use bytes::Bytes;
use tonic::Status;

use super::status;
use crate::append::Expected;
use crate::event::NewEvent;
use crate::filter::{Filter, Pattern};
use crate::page::{AllFrom, Direction, ReadFrom};
use crate::wire::event_store::client::streams::read_req::options::{
    AllOptions, CountOption, FilterOption, FilterOptions, ReadDirection, StreamOption, StreamOptions,
    all_options::AllOption, filter_options, stream_options::RevisionOption, uuid_option,
};
use crate::wire::event_store::client::streams::{append_req, delete_req, read_req, tombstone_req};
use crate::wire::event_store::client::{self, StreamIdentifier, uuid};

/// Considered events between two checkpoints when the client does not say.
const DEFAULT_WINDOW: u32 = 32;

/// A read or a subscription.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) source: Source,
    pub(super) direction: Direction,
    pub(super) extent: Extent,
    pub(super) resolve_links: bool,
    pub(super) ids: IdForm,
    /// The client understands where a stream begins and ends.
    pub(super) tells_ends: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Source {
    Stream { name: String, from: ReadFrom },
    All { from: AllFrom, filter: Filter },
}

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extent {
    Count(u64),
    Forever { checkpoint_every: u64 },
}

/// How event ids are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdForm {
    Text,
    Structured,
}

impl Reading {
    pub(super) fn parse(options: Option<read_req::Options>) -> Result<Self, Status> {
        let options = options.ok_or_else(|| invalid("the read has no options"))?;
        let direction = match options.read_direction() {
            ReadDirection::Forwards => Direction::Forward,
            ReadDirection::Backwards => Direction::Backward,
        };
        let ids = match options.uuid_option.and_then(|option| option.content) {
            Some(uuid_option::Content::String(_)) => IdForm::Text,
            Some(uuid_option::Content::Structured(_)) => IdForm::Structured,
            None => return Err(invalid("uuid_option is missing: say how event ids are to be written")),
        };
        let filter = match options.filter_option {
            Some(FilterOption::Filter(filter)) => Some(filter),
            Some(FilterOption::NoFilter(_)) | None => None,
        };
        let extent = extent(options.count_option, direction, filter.as_ref())?;
        let source = source(options.stream_option, direction, filter)?;
        Ok(Self {
            source,
            direction,
            extent,
            resolve_links: options.resolve_links,
            ids,
            tells_ends: options.control_option.is_some_and(|option| option.compatibility >= 1),
        })
    }
}

fn extent(
    option: Option<CountOption>,
    direction: Direction,
    filter: Option<&FilterOptions>,
) -> Result<Extent, Status> {
    match option {
        Some(CountOption::Count(count)) => Ok(Extent::Count(count)),
        Some(CountOption::Subscription(_)) if direction == Direction::Backward => {
            Err(invalid("a subscription reads forwards"))
        }
        Some(CountOption::Subscription(_)) => {
            let checkpoint_every = filter.map_or(Ok(u64::from(DEFAULT_WINDOW)), checkpoint_interval)?;
            Ok(Extent::Forever { checkpoint_every })
        }
        None => Err(invalid("count_option is missing: read a count or subscribe")),
    }
}

fn checkpoint_interval(filter: &FilterOptions) -> Result<u64, Status> {
    let window = match filter.window {
        Some(filter_options::Window::Max(max)) => max.max(1),
        Some(filter_options::Window::Count(_)) | None => DEFAULT_WINDOW,
    };
    match filter.checkpoint_interval_multiplier {
        0 => Err(invalid("checkpointIntervalMultiplier must be at least 1")),
        multiplier => Ok(u64::from(window) * u64::from(multiplier)),
    }
}

fn source(
    option: Option<StreamOption>,
    direction: Direction,
    filter: Option<FilterOptions>,
) -> Result<Source, Status> {
    match option {
        Some(StreamOption::Stream(_)) if filter.is_some() => {
            Err(invalid("a filter applies to $all, not to one stream"))
        }
        Some(StreamOption::Stream(StreamOptions { stream_identifier, revision_option })) => {
            let from = match (revision_option, direction) {
                (Some(RevisionOption::Revision(u64::MAX) | RevisionOption::End(_)), _) => ReadFrom::End,
                (Some(RevisionOption::Revision(revision)), _) => ReadFrom::Revision(revision),
                // Going backward, the start of a stream is its first event.
                (Some(RevisionOption::Start(_)), Direction::Backward) => ReadFrom::Revision(0),
                (Some(RevisionOption::Start(_)), Direction::Forward) => ReadFrom::Start,
                (None, _) => return Err(invalid("revision_option is missing: say where to begin")),
            };
            Ok(Source::Stream { name: stream_name(stream_identifier)?, from })
        }
        Some(StreamOption::All(AllOptions { all_option })) => {
            let filter = filter.map_or_else(|| Ok(Filter::all()), engine_filter)?;
            Ok(Source::All { from: all_from(all_option, direction)?, filter })
        }
        None => Err(invalid("stream_option is missing: say what to read")),
    }
}

fn all_from(option: Option<AllOption>, direction: Direction) -> Result<AllFrom, Status> {
    match option {
        Some(AllOption::Start(_)) => Ok(AllFrom::Start),
        Some(AllOption::End(_)) => Ok(AllFrom::End),
        Some(AllOption::Position(position)) if position.prepare_position > position.commit_position => {
            Err(invalid("the prepare position lies after the commit position"))
        }
        Some(AllOption::Position(position)) if position.commit_position == u64::MAX => Ok(AllFrom::End),
        // Forward the event at the position is part of the read, backward it is not: a page that ended with it goes on.
        Some(AllOption::Position(position)) => Ok(match direction {
            Direction::Forward => AllFrom::At(position.commit_position),
            Direction::Backward => AllFrom::After(position.commit_position),
        }),
        None => Err(invalid("all_option is missing: say where to begin")),
    }
}

fn engine_filter(options: FilterOptions) -> Result<Filter, Status> {
    use filter_options::Filter as By;
    let (by_stream, expression) = match options.filter {
        Some(By::StreamIdentifier(expression)) => (true, expression),
        Some(By::EventType(expression)) => (false, expression),
        None => return Err(invalid("the filter says neither streams nor event types")),
    };
    let mut filter = Filter::all();
    if !expression.regex.is_empty() {
        let pattern = Pattern::parse(&expression.regex).map_err(|error| invalid(error.to_string()))?;
        let place = if by_stream { &mut filter.stream_pattern } else { &mut filter.type_pattern };
        *place = Some(pattern);
    } else if expression.prefix.is_empty() {
        return Err(invalid("the filter has neither a regular expression nor a prefix"));
    } else {
        let place = if by_stream { &mut filter.stream_prefixes } else { &mut filter.type_prefixes };
        *place = expression.prefix;
    }
    Ok(filter)
}

pub(super) fn invalid(reason: impl Into<String>) -> Status {
    Status::invalid_argument(reason)
}

pub(super) fn stream_name(identifier: Option<StreamIdentifier>) -> Result<String, Status> {
    let bytes = identifier.unwrap_or_default().stream_name;
    if bytes.is_empty() {
        return Err(invalid("the stream name is missing"));
    }
    String::from_utf8(bytes.into()).map_err(|_| invalid("the stream name is not UTF-8"))
}

pub(super) fn event_id(id: Option<client::Uuid>) -> Result<Uuid, Status> {
    match id.and_then(|id| id.value) {
        Some(uuid::Value::String(text)) => {
            Uuid::try_parse(&text).map_err(|_| invalid(format!("'{text}' is not a UUID")))
        }
        Some(uuid::Value::Structured(halves)) => Ok(Uuid::from_u64_pair(
            halves.most_significant_bits.cast_unsigned(),
            halves.least_significant_bits.cast_unsigned(),
        )),
        None => Err(invalid("an id is missing")),
    }
}

/// What an event weighs that arrives: its properties, of which its type is one, as well as its payload.
pub(super) fn weight(properties: &HashMap<String, String>, metadata: &Bytes, data: &Bytes) -> usize {
    let properties: usize = properties.iter().map(|(name, value)| name.len() + value.len()).sum();
    properties.saturating_add(metadata.len()).saturating_add(data.len())
}

/// Bytes that an append may have on the wire: the properties of its events have names.
pub(super) fn wire_limit(limit: usize, events: usize) -> usize {
    /// `type`, `content-type` and the longest value of it.
    const NAMES: usize = 64;
    limit.saturating_add(NAMES.saturating_mul(events))
}

/// An event as both ways of appending carry it.
pub(super) fn new_event(
    id: Option<client::Uuid>,
    mut properties: HashMap<String, String>,
    metadata: Bytes,
    data: Bytes,
) -> Result<NewEvent, Status> {
    let mut property = |name| properties.remove(name).ok_or_else(|| status::missing_property(name));
    let event_type = property("type")?;
    let content_type = property("content-type")?;
    Ok(NewEvent {
        id: event_id(id)?,
        event_type,
        is_json: content_type == "application/json",
        data: data.into(),
        metadata: metadata.into(),
    })
}

pub(super) fn expected_by_append(options: Option<append_req::options::ExpectedStreamRevision>) -> Expected {
    use append_req::options::ExpectedStreamRevision as Wire;
    match options {
        Some(Wire::Revision(revision)) => Expected::Exact(revision),
        Some(Wire::NoStream(_)) => Expected::NoStream,
        Some(Wire::StreamExists(_)) => Expected::StreamExists,
        Some(Wire::Any(_)) | None => Expected::Any,
    }
}

pub(super) fn expected_by_delete(options: Option<delete_req::options::ExpectedStreamRevision>) -> Expected {
    use delete_req::options::ExpectedStreamRevision as Wire;
    match options {
        Some(Wire::Revision(revision)) => Expected::Exact(revision),
        Some(Wire::NoStream(_)) => Expected::NoStream,
        Some(Wire::StreamExists(_)) => Expected::StreamExists,
        Some(Wire::Any(_)) | None => Expected::Any,
    }
}

pub(super) fn expected_by_tombstone(
    options: Option<tombstone_req::options::ExpectedStreamRevision>,
) -> Expected {
    use tombstone_req::options::ExpectedStreamRevision as Wire;
    match options {
        Some(Wire::Revision(revision)) => Expected::Exact(revision),
        Some(Wire::NoStream(_)) => Expected::NoStream,
        Some(Wire::StreamExists(_)) => Expected::StreamExists,
        Some(Wire::Any(_)) | None => Expected::Any,
    }
}
