//! The one file that names the crate `eventstore`: what the adapter asks of a server, in the adapter's own
//! words. Its successor `kurrentdb` has the same surface, so that a change of crate is a change of this file.
//!
//! What is peculiar about version 4.0.0, and what is done about it:
//!
//! - Its connection task ends with the first connect that fails, and every later call says `ConnectionClosed`.
//!   So the client stands in an [`ArcSwap`] and is made anew, here, whenever that is seen, and after a few
//!   failures in a row as well, because in a cluster it would keep asking the same node.
//! - It does not set TCP_NODELAY, so a call to a server that does not acknowledge at once takes 40 ms. Our own
//!   server does. Its `batch_append` would not wait, but a batch session ends with the first append that it
//!   refuses and takes every append in flight with it, which makes one writer's conflict everybody's unknown
//!   outcome, and it keeps the actual revision to itself. Hence `append_to_stream`.
//! - It installs a TLS provider for the whole process and panics when another one is there: see [`bootstrap`].
//! - It loads the machine's CA bundle even where it speaks no TLS, and panics without one: an image needs the
//!   bundle, or the URL a `tlsCAFile=`.
//! - It cuts `created` to seconds; the text beside it has the ticks, and is read instead.
//! - Its reads have no deadline of their own; every wait has one here.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use eventstore::{
    AppendToStreamOptions, ClientSettings, CurrentRevision, EventData, ExpectedRevision, ReadAllOptions,
    ReadEvent, ReadStreamOptions, RecordedEvent, ResolvedEvent, StreamMetadataBuilder, StreamPosition,
    SubscribeToAllOptions, Subscription, SubscriptionEvent, SubscriptionFilter,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde_json::value::RawValue;
use tokio::net::TcpListener;
use tokio::sync::OnceCell;
use verdict_runtime::log::{Expected, NewEvent};

use super::answer::{Arrived, Notice, Part, Place, StreamPage, Written};
use super::fault::{Fault, Repeat};

/// How long the crate may take to install its TLS provider: it reads the CA bundle first.
const BOOTSTRAP: Duration = Duration::from_secs(20);

/// Waits between the attempts of one call.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(400)];

/// Events that a server looks at between two checkpoints.
const LOOK_AT: u32 = 16_384;

/// Failures in a row after which the client is made anew.
const FAILURES: u32 = 3;

/// The crate waits this long before its first connect too; it is taken when the URL names no other.
const DISCOVERY_MILLIS: &str = "discoveryInterval=50";

/// The text is no connection string.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct InvalidUrl(String);

/// The crate's TLS provider could not be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BootstrapError {
    #[error(
        "another library installed a TLS provider first: call esdb::bootstrap before anything that uses TLS"
    )]
    Taken,
    #[error("no TLS provider after {} s: this machine needs a bundle of CA certificates", BOOTSTRAP.as_secs())]
    Missing,
}

/// Lets the crate install its TLS provider, which it insists on doing itself. Whoever installs one before it
/// makes every client of the crate useless for the rest of the process, and whoever builds a TLS configuration
/// before it panics, because two providers are compiled in. So a process that connects to a log calls this
/// before it starts anything else that knows TLS. Further calls do nothing.
pub async fn bootstrap() -> Result<(), BootstrapError> {
    static DONE: OnceCell<()> = OnceCell::const_new();
    DONE.get_or_try_init(install).await.copied()
}

/// A client that connects has got past its provider, whoever installed that; one that cannot install it ends first.
async fn install() -> Result<(), BootstrapError> {
    let door = TcpListener::bind(("127.0.0.1", 0)).await.map_err(|_| BootstrapError::Missing)?;
    let port = door.local_addr().map_err(|_| BootstrapError::Missing)?.port();
    let url = prepared(&format!("esdb://127.0.0.1:{port}?tls=false"));
    let Ok(settings) = url.parse() else { return Err(BootstrapError::Missing) };
    let Ok(throw_away) = eventstore::Client::new(settings) else { return Err(BootstrapError::Missing) };
    let options = ReadStreamOptions::default();
    let connected = async {
        tokio::select! {
            _ = door.accept() => Ok(()),
            _ended = throw_away.read_stream("", &options) => Err(BootstrapError::Taken),
        }
    };
    tokio::time::timeout(BOOTSTRAP, connected).await.unwrap_or(Err(BootstrapError::Missing))
}

/// A client that outlives its connections.
pub(super) struct Client {
    current: ArcSwap<eventstore::Client>,
    settings: ClientSettings,
    timeout: Duration,
    failures: AtomicU32,
}

impl Client {
    /// Connects to nothing yet. [`bootstrap`] comes first.
    pub(super) fn new(url: &str, timeout: Duration) -> Result<Self, InvalidUrl> {
        let invalid = |error: &dyn std::fmt::Display| InvalidUrl(error.to_string());
        let settings: ClientSettings =
            prepared(url).parse().map_err(|error: eventstore::ClientSettingsParseError| invalid(&error))?;
        let client = eventstore::Client::new(settings.clone()).map_err(|error| invalid(&error))?;
        Ok(Self { current: ArcSwap::from_pointee(client), settings, timeout, failures: AtomicU32::new(0) })
    }

    /// The hosts of the URL, without what is secret in it.
    pub(super) fn hosts(&self) -> String {
        let hosts = self.settings.hosts().iter().map(|host| format!("{}:{}", host.host, host.port));
        hosts.collect::<Vec<_>>().join(",")
    }

    /// Forgets the connection. Calls in flight end as they may.
    pub(super) fn renew(&self) {
        let failed = self.current.load_full();
        self.replace(&failed);
    }

    pub(super) async fn append(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Written, Fault> {
        let options = AppendToStreamOptions::default()
            .expected_revision(revision(expected))
            .requires_leader(true)
            .deadline(self.timeout);
        let events: Vec<EventData> = events.into_iter().map(event_data).collect::<Result<_, _>>()?;
        let (stream, options, events) = (stream.to_owned(), &options, &events);
        let written = self
            .called(Repeat::OnlyUnsent, move |client| {
                let (stream, events) = (stream.clone(), events.clone());
                async move {
                    self.within(client.append_to_stream(stream, options, events)).await?.map_err(call_fault)
                }
                .boxed()
            })
            .await?;
        let place = Place { commit: written.position.commit, prepare: written.position.prepare };
        Ok(Written { last_revision: written.next_expected_version, place })
    }

    pub(super) async fn keep_last(&self, stream: &str, count: u64) -> Result<(), Fault> {
        let options = AppendToStreamOptions::default().requires_leader(true).deadline(self.timeout);
        let metadata = StreamMetadataBuilder::new().max_count(count).build();
        let (stream, options, metadata) = (stream.to_owned(), &options, &metadata);
        self.called(Repeat::Always, move |client| {
            let stream = stream.clone();
            async move {
                self.within(client.set_stream_metadata(stream, options, metadata))
                    .await?
                    .map_err(call_fault)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Reads from the leader: what another node has not seen yet would look as if it had not happened.
    pub(super) async fn read_stream(&self, stream: &str, part: Part) -> Result<StreamPage, Fault> {
        let options = ReadStreamOptions::default().requires_leader(true);
        let options = match part {
            Part::Forward { from, max } => {
                options.forwards().position(StreamPosition::Position(from)).max_count(max)
            }
            Part::Last => options.backwards().position(StreamPosition::End).max_count(1),
        };
        let (stream, options) = (stream.to_owned(), &options);
        self.called(Repeat::Always, move |client| {
            let stream = stream.clone();
            async move {
                let mut rows = self.within(client.read_stream(stream, options)).await?.map_err(call_fault)?;
                let mut page = StreamPage::default();
                while let Some(row) = self.next(rows.next_read_event()).await? {
                    match row {
                        ReadEvent::Event(event) => page.events.extend(own_event(event)),
                        ReadEvent::LastStreamPosition(last) => page.last_revision = Some(last),
                        ReadEvent::FirstStreamPosition(_) | ReadEvent::LastAllStreamPosition(_) => {}
                    }
                }
                Ok(page)
            }
            .boxed()
        })
        .await
    }

    /// Shows `visit` at most `count` events of the whole log, the one at `from` included, until it has enough.
    /// Whether the log ended before `count`. An error may come after some events.
    pub(super) async fn read_all(
        &self,
        from: Option<Place>,
        count: usize,
        visit: &mut (dyn FnMut(Arrived) -> bool + Send),
    ) -> Result<bool, Fault> {
        let position = from.map_or(StreamPosition::Start, |from| StreamPosition::Position(position(from)));
        let options = ReadAllOptions::default().forwards().position(position).max_count(count);
        let options = options.requires_leader(true);
        let options = &options;
        let mut rows = self
            .called(Repeat::Always, move |client| {
                async move { self.within(client.read_all(options)).await?.map_err(call_fault) }.boxed()
            })
            .await?;
        let mut seen = 0;
        while let Some(event) = self.next(rows.next()).await? {
            seen += 1;
            if own_event(event).is_some_and(|event| !visit(event)) {
                return Ok(false);
            }
        }
        Ok(seen < count)
    }

    /// Shows `visit` the events of streams that begin with one of `prefixes`, after `from` and up to `until`, until it
    /// has enough. Whether it has seen all of them. An error may come after some events.
    pub(super) async fn read_chosen(
        &self,
        from: Option<Place>,
        until: Place,
        prefixes: &[String],
        visit: &mut (dyn FnMut(Arrived) -> bool + Send),
    ) -> Result<bool, Fault> {
        let position = from.map_or(StreamPosition::Start, |from| StreamPosition::Position(position(from)));
        let filter =
            prefixes.iter().fold(SubscriptionFilter::on_stream_name().max(LOOK_AT), |filter, prefix| {
                filter.add_prefix(prefix)
            });
        let options =
            SubscribeToAllOptions::default().position(position).filter(filter).requires_leader(true);
        let client = self.current.load_full();
        let mut chosen = client.subscribe_to_all(&options).await;
        loop {
            let next = self.within(chosen.next_subscription_event()).await?.map_err(call_fault);
            match next.inspect_err(|fault| self.note(&client, fault))? {
                SubscriptionEvent::EventAppeared(event) => {
                    let Some(event) = own_event(event) else { continue };
                    let at = event.place;
                    if at <= until && !visit(event) {
                        return Ok(false);
                    }
                    if at >= until {
                        return Ok(true);
                    }
                }
                SubscriptionEvent::Checkpoint(at)
                    if (at.commit, at.prepare) >= (until.commit, until.prepare) =>
                {
                    return Ok(true);
                }
                SubscriptionEvent::CaughtUp => return Ok(true),
                _ => {}
            }
        }
    }

    /// The newest event of the log.
    pub(super) async fn head(&self) -> Result<Option<Place>, Fault> {
        let options = ReadAllOptions::default().backwards().position(StreamPosition::End).max_count(1);
        let options = options.requires_leader(true);
        let options = &options;
        self.called(Repeat::Always, move |client| {
            async move {
                let mut rows = self.within(client.read_all(options)).await?.map_err(call_fault)?;
                let newest = self.next(rows.next()).await?;
                Ok(newest.and_then(own_event).map(|event| event.place))
            }
            .boxed()
        })
        .await
    }

    /// Follows the whole log after `after`, streams of the log itself included.
    pub(super) async fn subscribe(&self, after: Option<Place>) -> Feed {
        let position = after.map_or(StreamPosition::Start, |after| StreamPosition::Position(position(after)));
        let options = SubscribeToAllOptions::default().position(position).requires_leader(true);
        let client = self.current.load_full();
        let subscription = client.subscribe_to_all(&options).await;
        Feed { subscription, client }
    }

    /// Takes note of what went wrong, so that the next call has a better client.
    pub(super) fn note(&self, with: &Arc<eventstore::Client>, fault: &Fault) {
        let again = match fault {
            Fault::Unsent(_) => true,
            Fault::Unknown(_) | Fault::Silent { .. } => {
                self.failures.fetch_add(1, Ordering::Relaxed) + 1 >= FAILURES
            }
            Fault::NotLeader { known } => !known,
            Fault::WrongVersion { .. }
            | Fault::Deleted
            | Fault::NotFound
            | Fault::TooLarge { .. }
            | Fault::Full
            | Fault::Denied
            | Fault::Refused(_) => false,
        };
        if again {
            self.replace(with);
        }
    }

    fn replace(&self, failed: &Arc<eventstore::Client>) {
        // Many calls fail together, and the first of them has made the new client already.
        if !Arc::ptr_eq(&self.current.load(), failed) {
            return;
        }
        match eventstore::Client::new(self.settings.clone()) {
            Ok(client) => {
                self.failures.store(0, Ordering::Relaxed);
                self.current.store(Arc::new(client));
            }
            Err(error) => tracing::error!(%error, "no new client for the log"),
        }
    }

    async fn called<'a, T>(
        &'a self,
        repeat: Repeat,
        call: impl Fn(Arc<eventstore::Client>) -> BoxFuture<'a, Result<T, Fault>> + Send + 'a,
    ) -> Result<T, Fault> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let client = self.current.load_full();
            let fault = match call(client.clone()).await {
                Ok(answer) => {
                    self.failures.store(0, Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(fault) => fault,
            };
            self.note(&client, &fault);
            match pauses.next().filter(|_| repeat.allows(&fault)) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(fault),
            }
        }
    }

    async fn next<T>(
        &self,
        next: impl Future<Output = eventstore::Result<Option<T>>> + Send,
    ) -> Result<Option<T>, Fault> {
        self.within(next).await?.map_err(fault)
    }

    async fn within<T>(&self, wait: impl Future<Output = T> + Send) -> Result<T, Fault> {
        let silent = |_| Fault::Silent { millis: self.timeout.as_millis() };
        tokio::time::timeout(self.timeout, wait).await.map_err(silent)
    }
}

/// A live subscription to the whole log.
pub(super) struct Feed {
    subscription: Subscription,
    client: Arc<eventstore::Client>,
}

impl Feed {
    /// The next notice. It may take for ever; when the server ends the stream without an error, without ever giving
    /// the thread back.
    pub(super) async fn next(&mut self, of: &Client) -> Result<Notice, Fault> {
        loop {
            match self.subscription.next_subscription_event().await {
                Ok(SubscriptionEvent::EventAppeared(event)) => {
                    if let Some(event) = own_event(event) {
                        return Ok(Notice::Event(event));
                    }
                }
                Ok(SubscriptionEvent::Confirmed(_)) => return Ok(Notice::Begun),
                Ok(_) => {}
                Err(error) => {
                    let fault = call_fault(error);
                    of.note(&self.client, &fault);
                    return Err(fault);
                }
            }
        }
    }
}

fn prepared(url: &str) -> String {
    if url.to_ascii_lowercase().contains("discoveryinterval=") {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{DISCOVERY_MILLIS}")
}

fn position(place: Place) -> eventstore::Position {
    eventstore::Position { commit: place.commit, prepare: place.prepare }
}

fn revision(expected: Expected) -> ExpectedRevision {
    match expected {
        Expected::Any => ExpectedRevision::Any,
        Expected::NoStream => ExpectedRevision::NoStream,
        Expected::StreamExists => ExpectedRevision::StreamExists,
        Expected::Exact(revision) => ExpectedRevision::Exact(revision),
    }
}

/// The payload goes as it is: the crate wants a value to serialise, and a raw one comes out as it went in.
fn event_data(event: NewEvent) -> Result<EventData, Fault> {
    let not_json = |why: String| Fault::Refused(format!("the data of event {} is no JSON: {why}", event.id));
    let text = String::from_utf8(event.data).map_err(|error| not_json(error.to_string()))?;
    let raw = RawValue::from_string(text).map_err(|error| not_json(error.to_string()))?;
    let data = EventData::json(&event.event_type, &raw).map_err(|error| not_json(error.to_string()))?;
    Ok(data.id(event.id).metadata(event.metadata.into()))
}

/// Links are not followed, so that an event without a link is the event that was asked for.
fn own_event(event: ResolvedEvent) -> Option<Arrived> {
    let event = event.link.or(event.event)?;
    Some(Arrived {
        place: Place { commit: event.position.commit, prepare: event.position.prepare },
        created: created(&event),
        stream: event.stream_id,
        revision: event.revision,
        id: event.id,
        event_type: event.event_type,
        data: event.data,
        metadata: event.custom_metadata,
    })
}

/// Ticks of 100 ns since 1970, which the crate would cut to seconds.
fn created(event: &RecordedEvent) -> Timestamp {
    let micros =
        event.metadata.get("created").and_then(|ticks| ticks.parse::<i64>().ok()).map(|ticks| ticks / 10);
    micros.and_then(|micros| Timestamp::from_microsecond(micros).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn fault(error: eventstore::Error) -> Fault {
    use eventstore::Error;
    match error {
        Error::WrongExpectedVersion { current: CurrentRevision::Current(revision), .. } => {
            Fault::WrongVersion { actual: Some(revision) }
        }
        Error::WrongExpectedVersion { current: CurrentRevision::NoStream, .. } => {
            Fault::WrongVersion { actual: None }
        }
        Error::ResourceDeleted => Fault::Deleted,
        Error::ResourceNotFound => Fault::NotFound,
        Error::NotLeaderException(_) => Fault::NotLeader { known: true },
        Error::ConnectionClosed => Fault::Unsent(error.to_string()),
        // The client tells no cause: nobody may listen, or somebody whose certificate it does not believe.
        Error::GrpcConnectionError(_) => Fault::Unsent("no connection".to_owned()),
        Error::ServerError(_) | Error::DeadlineExceeded => Fault::Unknown(error.to_string()),
        Error::AccessDenied => Fault::Denied,
        Error::Grpc { code, message } => Fault::of_status(code as i32, &message),
        Error::ResourceAlreadyExists
        | Error::UnsupportedFeature
        | Error::InternalParsingError(_)
        | Error::InternalClientError
        | Error::InitializationError(_)
        | Error::IllegalStateError(_) => Fault::Refused(error.to_string()),
    }
}

/// A missing stream is a row of the answer, and an append finds nothing missing. When the call itself finds nothing,
/// the node does not lead and does not know who does; taken for a missing stream, it would have everything decided
/// anew.
fn call_fault(error: eventstore::Error) -> Fault {
    match fault(error) {
        Fault::NotFound => Fault::NotLeader { known: false },
        other => other,
    }
}

#[cfg(test)]
mod tests;
