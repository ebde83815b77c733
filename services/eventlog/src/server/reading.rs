//! Reads that end: pages from the log, one after the other, as fast as the client takes them.

use async_stream::try_stream;
use futures::Stream;
use tonic::Status;

use super::request::{Reading, Source};
use super::stats::Stats;
use super::{identity, reply, status};
use crate::log::Log;
use crate::metadata::METADATA_PREFIX;
use crate::page::{AllFrom, Direction, ReadError, ReadFrom};
use crate::wire::event_store::client::streams::ReadResp;
use crate::wire::event_store::client::streams::read_resp::Content;

/// The most events that are read in one go.
const PAGE: u64 = 512;

/// What is still to be read.
pub(super) struct Pages {
    log: Log,
    stats: Stats,
    reading: Reading,
    left: u64,
    /// Events were found.
    any: bool,
    at_end: bool,
}

/// Begins a read. A read that cannot begin fails before the client is told that it has begun.
pub(super) async fn begin(
    log: Log,
    stats: Stats,
    reading: Reading,
    count: u64,
) -> Result<impl Stream<Item = Result<ReadResp, Status>> + Send + use<>, Status> {
    let pages = Pages { log: log.clone(), stats, reading, left: count, any: false, at_end: false };
    let in_turn = log.clone();
    let (mut pages, first) = blocking(&in_turn, move || pages.next()).await?;
    Ok(try_stream! {
        for answer in first {
            yield answer;
        }
        while !pages.at_end {
            let (rest, page) = blocking(&in_turn, move || pages.next()).await?;
            pages = rest;
            for answer in page {
                yield answer;
            }
        }
    })
}

/// Runs a read where it may block, when it is its turn. A read that panicked counts as a closed log.
pub(super) async fn blocking<T: Send + 'static>(
    log: &Log,
    read: impl FnOnce() -> Result<T, Status> + Send + 'static,
) -> Result<T, Status> {
    log.in_turn(read).await.map_err(status::of_read)?
}

impl Pages {
    /// The next page. Blocks for as long as that takes.
    fn next(mut self) -> Result<(Self, Vec<ReadResp>), Status> {
        let page = match self.reading.source.clone() {
            Source::Stream { name, .. } if name == identity::STREAM => self.identity(),
            Source::Stream { name, from } => self.of_stream(&name, from)?,
            Source::All { from, filter } => {
                let slice = self
                    .log
                    .read_all(from, self.reading.direction, &filter, self.page_size())
                    .map_err(status::of_read)?;
                self.at_end = slice.at_end;
                self.reading.source = Source::All { from: AllFrom::After(slice.considered), filter };
                self.answers(slice.events).map_err(status::of_read)?
            }
        };
        self.at_end |= self.left == 0;
        Ok((self, page))
    }

    fn page_size(&self) -> usize {
        usize::try_from(self.left.min(PAGE)).unwrap_or(1)
    }

    fn of_stream(&mut self, name: &str, from: ReadFrom) -> Result<Vec<ReadResp>, Status> {
        refuse_if_owner_is_gone(&self.log, name)?;
        let direction = self.reading.direction;
        let slice = self.log.read_stream(name, from, direction, self.page_size()).map_err(status::of_read)?;
        if !slice.exists {
            self.at_end = true;
            return Ok(vec![reply::not_found(name)]);
        }
        let last_read = slice.events.last().map(|event| event.revision);
        let next = match (direction, last_read) {
            (Direction::Forward, Some(revision)) => revision.checked_add(1),
            (Direction::Backward, Some(revision)) => revision.checked_sub(1),
            (_, None) => None,
        };
        self.at_end = slice.at_end || next.is_none();
        if let Some(next) = next {
            let from = ReadFrom::Revision(next);
            self.reading.source = Source::Stream { name: name.to_owned(), from };
        }
        let mut answers = self.answers(slice.events).map_err(status::of_read)?;
        if self.reading.tells_ends && (self.at_end || self.left == 0) {
            if !self.any {
                answers.push(reply::content(Content::FirstStreamPosition(self.first_of(name)?)));
            }
            let last = slice.last_revision.unwrap_or(0);
            answers.push(reply::content(Content::LastStreamPosition(last)));
        }
        Ok(answers)
    }

    /// The lowest revision that can be read.
    fn first_of(&self, name: &str) -> Result<u64, Status> {
        let slice =
            self.log.read_stream(name, ReadFrom::Start, Direction::Forward, 1).map_err(status::of_read)?;
        let after_the_last = slice.last_revision.map_or(0, |revision| revision + 1);
        Ok(slice.events.first().map_or(after_the_last, |event| event.revision))
    }

    fn answers(&mut self, mut events: Vec<crate::event::Recorded>) -> Result<Vec<ReadResp>, ReadError> {
        events.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= events.len() as u64;
        self.any |= !events.is_empty();
        self.stats.count_events(events.len() as u64);
        let (log, ids) = (&self.log, self.reading.ids);
        if self.reading.resolve_links {
            events.into_iter().map(|event| reply::resolved(log, event, ids)).collect()
        } else {
            Ok(events.into_iter().map(|event| reply::event(event, ids)).collect())
        }
    }

    /// The stream that is not stored.
    fn identity(&mut self) -> Vec<ReadResp> {
        self.at_end = true;
        let Source::Stream { from, .. } = &self.reading.source else { return Vec::new() };
        let wanted = match self.reading.direction {
            Direction::Forward => matches!(from, ReadFrom::Start | ReadFrom::Revision(0)),
            Direction::Backward => true,
        };
        let mut answers = Vec::new();
        if wanted && self.left > 0 {
            answers.push(reply::event(identity::event(self.log.id()), self.reading.ids));
        } else if self.reading.tells_ends {
            answers.push(reply::content(Content::FirstStreamPosition(0)));
        }
        if self.reading.tells_ends {
            answers.push(reply::content(Content::LastStreamPosition(0)));
        }
        answers
    }
}

/// The metadata of a stream that is closed for ever is as gone as the stream.
pub(super) fn refuse_if_owner_is_gone(log: &Log, name: &str) -> Result<(), Status> {
    let Some(owner) = name.strip_prefix(METADATA_PREFIX) else { return Ok(()) };
    match log.read_stream(owner, ReadFrom::End, Direction::Backward, 1) {
        Err(ReadError::StreamDeleted { .. }) => Err(status::stream_deleted(name)),
        Ok(_) => Ok(()),
        Err(fault) => Err(status::of_read(fault)),
    }
}
