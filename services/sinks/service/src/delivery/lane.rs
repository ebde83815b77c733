//! The way to one sink: what it was told, what is under way, what waits for the digest.

use std::collections::VecDeque;
use std::time::Duration;

use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::id::SinkId;
use verdict_runtime::checkpoint::Checkpoint;
use verdict_runtime::component::Fault;
use verdict_runtime::log::{Filter, Position, Recorded};
use verdict_sinks_domain::notice::{Kind, Notice, notice};
use verdict_sinks_domain::patience::{MOST_IN_DIGEST, digest_due};
use verdict_sinks_domain::sink::{Sink, Source, State};

use super::sending::{Errand, Outcome, Sending};
use super::{Shared, Turn};
use crate::background;
use crate::happening;
use crate::letter::Letter;

/// Events of the log in one page.
const PAGE: usize = 128;
/// Considered events after which the position is stored although nobody was told anything.
const EVERY: u64 = 512;
/// Of a log that went back, so much is told again at the most: what happened between the backup and its end is told, and
/// nobody is woken by last year.
const AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// What waits for the digest.
struct Waiting {
    source: Source,
    at: Timestamp,
}

/// See the module.
pub(super) struct Lane {
    id: SinkId,
    /// Of the event that defined the sink: what happened before is not told.
    begin: Position,
    checkpoint: Checkpoint,
    loaded: bool,
    /// What happened before is not told either.
    since: Option<Timestamp>,
    streams: Filter,
    /// Everything up to here was told, is a dead letter, or waits for the digest.
    position: Position,
    /// Read and not looked at.
    page: VecDeque<Recorded>,
    /// How far the page goes.
    considered: Option<Position>,
    digest: Vec<Waiting>,
    sending: Option<Sending>,
    /// The position that is stored.
    stored: Option<Position>,
    /// Somebody was told something since.
    told: bool,
}

impl Lane {
    pub(super) fn new(id: SinkId, begin: Position, checkpoint: Checkpoint) -> Self {
        Self {
            id,
            position: begin.clone(),
            begin,
            checkpoint,
            loaded: false,
            since: None,
            streams: Filter::prefixes(happening::STREAMS),
            page: VecDeque::new(),
            considered: None,
            digest: Vec::new(),
            sending: None,
            stored: None,
            told: false,
        }
    }

    /// Does the next thing.
    pub(super) async fn turn(&mut self, shared: &Shared) -> Result<Turn, Fault> {
        if self.sending.as_ref().is_some_and(Sending::is_under_way) {
            return Ok(Turn::UnderWay);
        }
        let folded = shared.repository.load(&self.id.to_string()).await?;
        let org = folded.org.clone().unwrap_or_default();
        let (sink, paused) = match &folded.state {
            State::Active(sink) => (sink, false),
            State::Paused { sink, .. } => (sink, true),
            State::Absent | State::Removed(_) => return Ok(Turn::Over),
        };
        if !self.loaded {
            self.load(shared).await?;
        }
        if let Some(sending) = &mut self.sending {
            match sending.look(shared, sink, folded.version, paused).await? {
                Outcome::UnderWay => return Ok(Turn::UnderWay),
                Outcome::Waits(retry) => return self.rest(shared, None, retry).await,
                Outcome::Over => {
                    self.settle();
                    return Ok(Turn::Worked);
                }
            }
        }
        if paused {
            return self.rest(shared, None, None).await;
        }
        if let Some(sending) = self.next(shared, sink, &org).await? {
            self.sending = Some(sending);
            return Ok(Turn::Worked);
        }
        if !self.read(shared).await? {
            return Ok(Turn::Worked);
        }
        let due = self.digest.first().map(|first| digest_due(first.at));
        self.rest(shared, due, None).await
    }

    /// What is to be sent now: what somebody asks for again, the digest when it is due, then the log.
    async fn next(&mut self, shared: &Shared, sink: &Sink, org: &str) -> Result<Option<Sending>, Fault> {
        if let Some(dead) = sink.letters.iter().find(|letter| letter.requested) {
            let errand = Errand::Again(dead.failure.clone());
            let told = self.tell(shared, org, &dead.failure.sources).await?;
            return Ok(Some(Sending::new(self.id, org, errand, self.letter(org, dead.failure.kind, told))));
        }
        let is_due = |first: &Waiting| shared.clock.now() >= digest_due(first.at);
        if self.digest.first().is_some_and(is_due) || self.digest.len() >= MOST_IN_DIGEST {
            let sources: Vec<_> = self.digest.iter().map(|waiting| waiting.source.clone()).collect();
            let told = self.tell(shared, org, &sources).await?;
            let letter = self.letter(org, None, told);
            return Ok(Some(Sending::new(self.id, org, Errand::Digest(sources), letter)));
        }
        while let Some(event) = self.page.pop_front() {
            if let Some((source, notice)) = self.notice(shared, sink, org, &event).await? {
                if notice.kind.is_for_digest() {
                    self.digest.push(Waiting { source, at: notice.at });
                    self.told = true;
                } else {
                    let letter = Letter::of(self.id, org, &source, notice.clone());
                    let errand = Errand::Event { source, kind: notice.kind, position: event.position };
                    return Ok(Some(Sending::new(self.id, org, errand, Some(letter))));
                }
            }
            self.position = event.position;
        }
        Ok(None)
    }

    /// What the sink is to be told of the event.
    async fn notice(
        &self,
        shared: &Shared,
        sink: &Sink,
        org: &str,
        event: &Recorded,
    ) -> Result<Option<(Source, Notice)>, Fault> {
        let Some(told) = told(shared, org, event).await? else { return Ok(None) };
        let is_old = self.since.is_some_and(|since| told.1.at < since);
        Ok(Some(told).filter(|(_, notice)| !is_old && sink.wants(notice.kind)))
    }

    /// The notices of events that were told before, or wait to be.
    async fn tell(
        &self,
        shared: &Shared,
        org: &str,
        sources: &[Source],
    ) -> Result<Vec<(Source, Notice)>, Fault> {
        let mut notices = Vec::new();
        for source in sources {
            let slice = shared.log.read_stream(&source.stream, source.revision.into(), 1).await?;
            if let Some(event) = slice.events.first() {
                notices.extend(told(shared, org, event).await?);
            }
        }
        Ok(notices)
    }

    /// One letter of all of them.
    fn letter(&self, org: &str, kind: Option<Kind>, mut told: Vec<(Source, Notice)>) -> Option<Letter> {
        match (kind, told.pop()) {
            (Some(_), Some((source, notice))) => Some(Letter::of(self.id, org, &source, notice)),
            (None, Some(last)) => {
                told.push(last);
                Letter::digest(self.id, org, told)
            }
            (_, None) => None,
        }
    }

    /// What was under way is over, one way or the other.
    fn settle(&mut self) {
        let Some(sending) = self.sending.take() else { return };
        self.told = true;
        match sending.errand {
            Errand::Event { position, .. } => self.position = position,
            Errand::Digest(sources) => self.digest.retain(|waiting| !sources.contains(&waiting.source)),
            Errand::Again(_) => {}
        }
    }

    /// Reads on. Says whether nothing was there.
    async fn read(&mut self, shared: &Shared) -> Result<bool, Fault> {
        if let Some(considered) = self.considered.take() {
            self.position = considered;
        }
        let page = shared.log.read_all(Some(&self.position), &self.streams, PAGE).await?;
        let is_empty = page.events.is_empty();
        self.considered = page.considered;
        self.page = page.events.into();
        if is_empty && let Some(considered) = self.considered.take() {
            self.position = considered;
        }
        Ok(is_empty && page.at_head)
    }

    async fn load(&mut self, shared: &Shared) -> Result<(), Fault> {
        self.digest.clear();
        if let Some((position, waiting)) = self.checkpoint.load_with_subjects().await? {
            self.stored = Some(position.clone());
            self.position = position;
            for source in waiting.iter().filter_map(|text| source(text)) {
                let slice = shared.log.read_stream(&source.stream, source.revision.into(), 1).await?;
                if let Some(event) = slice.events.first() {
                    self.digest.push(Waiting { at: event.metadata()?.at, source });
                }
            }
        } else {
            self.position = self.begin.clone();
            let stream = format!("sinks.checkpoint-{}", self.id);
            let was_told = shared.log.read_last(&stream).await?.is_some();
            let since = shared.clock.now().checked_sub(AGAIN).unwrap_or(Timestamp::MIN);
            self.since = was_told.then_some(since);
        }
        self.loaded = true;
        Ok(())
    }

    /// Nothing to do for now; the position is stored where that is worth a write.
    async fn rest(
        &mut self,
        shared: &Shared,
        due: Option<Timestamp>,
        retry: Option<Duration>,
    ) -> Result<Turn, Fault> {
        let retry = retry.into_iter().chain(self.keep(shared).await?).min();
        Ok(Turn::Rests { due, retry })
    }

    /// Stores the position. Answers how long that has to wait, where it has to.
    pub(super) async fn keep(&mut self, shared: &Shared) -> Result<Option<Duration>, Fault> {
        let behind =
            self.position.commit.saturating_sub(self.stored.as_ref().map_or(0, |stored| stored.commit));
        if !self.loaded || !(self.told || behind >= EVERY) {
            return Ok(None);
        }
        let rest = self.checkpoint.rest();
        if !rest.is_zero() {
            return Ok(Some(rest));
        }
        let waiting = self.digest.iter().map(|waiting| text(&waiting.source)).collect();
        self.checkpoint.store_with_subjects(&self.position, waiting, shared.fence.as_ref()).await?;
        self.stored = Some(self.position.clone());
        self.told = false;
        Ok(None)
    }
}

/// What the event means to people of `org`. What this version cannot read is told to nobody, and stops nobody.
async fn told(shared: &Shared, org: &str, event: &Recorded) -> Result<Option<(Source, Notice)>, Fault> {
    let happening = match happening::read(&event.stream, &event.event_type, &event.data) {
        Ok(Some(happening)) => happening,
        Ok(None) => return Ok(None),
        Err(error) => {
            tracing::warn!(error = %event.unreadable(&error), "an event that somebody may have to be told about was skipped");
            return Ok(None);
        }
    };
    let metadata = event.metadata()?;
    if metadata.org != org {
        return Ok(None);
    }
    let background = background::of(&shared.log, &happening).await?;
    let revision = u32::try_from(event.revision).unwrap_or(u32::MAX);
    let source = Source { stream: event.stream.to_string(), revision };
    Ok(notice(&happening, &background, metadata.at).map(|notice| (source, notice)))
}

fn text(source: &Source) -> String {
    format!("{}@{}", source.stream, source.revision)
}

fn source(text: &str) -> Option<Source> {
    let (stream, revision) = text.rsplit_once('@')?;
    Some(Source { stream: stream.to_owned(), revision: revision.parse().ok()? })
}
