//! Appends that share one call: each has an id by which its answer is recognised, and answers come as
//! commits do. Appends are handed to the log in the order in which they arrive.

use std::collections::HashMap;
use std::time::Duration;

use async_stream::stream;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, Stream, StreamExt};
use tokio::sync::watch;
use tonic::Status;
use uuid::Uuid;

use super::following::stopped;
use super::stats::Stats;
use super::{identity, request, status};
use crate::append::{Appended, Expected};
use crate::event::NewEvent;
use crate::log::Log;
use crate::wire::event_store::client::streams::batch_append_req::options::{
    DeadlineOption, ExpectedStreamPosition as Wanted,
};
use crate::wire::event_store::client::streams::batch_append_req::{Options, ProposedMessage};
use crate::wire::event_store::client::streams::batch_append_resp::success::{
    CurrentRevisionOption, PositionOption,
};
use crate::wire::event_store::client::streams::batch_append_resp::{
    ExpectedStreamPosition, Result as Outcome, Success,
};
use crate::wire::event_store::client::streams::{BatchAppendReq, BatchAppendResp};
use crate::wire::event_store::client::{self, AllStreamPosition};
use crate::wire::google::rpc;

mod failure;

/// The longest time that an append is waited for, whatever the client says: some clients send a point in
/// time where a duration belongs.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The most appends of a call that may be begun and not ended.
const OPEN: usize = 1_000;
/// The most bytes of all of them, in largest appends.
const OPEN_LIMITS: usize = 2;

/// What a batch call needs.
pub(super) struct Batches {
    pub(super) log: Log,
    pub(super) stats: Stats,
    pub(super) stopping: watch::Receiver<bool>,
}

/// The appends of a call of which not all messages have arrived.
#[derive(Default)]
struct Open {
    proposals: HashMap<Uuid, Proposal>,
    /// Of all of them.
    bytes: usize,
}

/// An append of which not all messages have arrived.
struct Proposal {
    head: Head,
    events: Vec<NewEvent>,
    bytes: usize,
    /// Why it is refused already; what still arrives of it is thrown away.
    refusal: Option<rpc::Status>,
}

/// What the first message of an append says about all of it.
#[derive(Clone)]
struct Head {
    stream: String,
    wanted: Option<Wanted>,
    wait: Duration,
}

/// Answers the appends of one call until the client ends it or the server stops.
pub(super) fn carry_out(
    batches: Batches,
    requests: impl Stream<Item = Result<BatchAppendReq, Status>> + Send + 'static,
) -> impl Stream<Item = Result<BatchAppendResp, Status>> + Send {
    let Batches { log, stats, mut stopping } = batches;
    stream! {
        let mut requests = Box::pin(requests);
        let mut open = Open::default();
        let mut pending: FuturesUnordered<BoxFuture<'static, BatchAppendResp>> = FuturesUnordered::new();
        loop {
            let arrived = tokio::select! {
                biased;
                () = stopped(&mut stopping) => Some(Err(status::not_ready())),
                Some(answer) = pending.next(), if !pending.is_empty() => {
                    yield Ok(answer);
                    continue;
                }
                arrived = requests.next() => arrived,
            };
            match arrived {
                Some(Ok(message)) => match collect(&mut open, message, log.max_append_bytes()) {
                    Ok(Some((id, proposal))) => {
                        let answer = submit(&log, &stats, id, proposal).await;
                        pending.push(answer);
                    }
                    Ok(None) => {}
                    Err(status) => {
                        yield Err(status);
                        break;
                    }
                },
                Some(Err(status)) => {
                    while let Some(answer) = pending.next().await {
                        yield Ok(answer);
                    }
                    yield Err(status);
                    break;
                }
                None => {
                    while let Some(answer) = pending.next().await {
                        yield Ok(answer);
                    }
                    break;
                }
            }
        }
    }
}

/// Adds a message to its append and returns the append when that was its last message.
fn collect(
    open: &mut Open,
    message: BatchAppendReq,
    limit: usize,
) -> Result<Option<(Uuid, Proposal)>, Status> {
    let id = request::event_id(message.correlation_id)?;
    let mut proposal = match (open.proposals.remove(&id), message.options) {
        (Some(proposal), _) => proposal,
        (None, Some(_)) if open.proposals.len() >= OPEN => {
            return Err(Status::resource_exhausted(format!(
                "more than {OPEN} appends are begun and not ended"
            )));
        }
        (None, Some(options)) => Proposal::new(options)?,
        (None, None) => return Err(request::invalid("the first message of an append has no options")),
    };
    open.bytes -= proposal.bytes;
    let others = OPEN_LIMITS.saturating_mul(limit).saturating_sub(open.bytes);
    for event in message.proposed_messages {
        proposal.add(event, limit, others);
    }
    if message.is_final {
        return Ok(Some((id, proposal)));
    }
    open.bytes += proposal.bytes;
    open.proposals.insert(id, proposal);
    Ok(None)
}

impl Proposal {
    fn new(options: Options) -> Result<Self, Status> {
        let wait = match options.deadline_option {
            Some(DeadlineOption::Deadline(deadline)) => Duration::try_from(deadline).unwrap_or(LONGEST_WAIT),
            Some(DeadlineOption::Deadline21100(_)) | None => LONGEST_WAIT,
        };
        let head = Head {
            stream: request::stream_name(options.stream_identifier)?,
            wanted: options.expected_stream_position,
            wait: wait.min(LONGEST_WAIT),
        };
        Ok(Self { head, events: Vec::new(), bytes: 0, refusal: None })
    }

    /// Adds an event; `others` leave so many bytes for this append.
    fn add(&mut self, event: ProposedMessage, limit: usize, others: usize) {
        let ProposedMessage { id, metadata, custom_metadata, data } = event;
        if self.refusal.is_some() {
            return;
        }
        self.bytes = self.bytes.saturating_add(request::weight(&metadata, &custom_metadata, &data));
        if self.bytes > request::wire_limit(limit, self.events.len() + 1) {
            return self.refuse(failure::too_large(limit));
        }
        if self.bytes > others {
            return self.refuse(failure::too_much());
        }
        match request::new_event(id, metadata, custom_metadata, data) {
            Ok(event) => self.events.push(event),
            Err(status) => self.refuse(failure::bad_request(status.message())),
        }
    }

    fn refuse(&mut self, refusal: rpc::Status) {
        self.events = Vec::new();
        self.bytes = 0;
        self.refusal = Some(refusal);
    }
}

/// Hands the append to the log and returns what will be its answer.
async fn submit(
    log: &Log,
    stats: &Stats,
    id: Uuid,
    proposal: Proposal,
) -> BoxFuture<'static, BatchAppendResp> {
    let Proposal { head, events, refusal, .. } = proposal;
    let expected = expected(head.wanted.as_ref());
    let refused = if head.stream == identity::STREAM { Some(failure::access_denied()) } else { refusal };
    if let Some(refusal) = refused {
        return std::future::ready(response(id, head, Outcome::Error(refusal))).boxed();
    }
    let enqueued = log.enqueue_append(&head.stream, expected, events).await;
    let stats = stats.clone();
    async move {
        let (stream, wait) = (head.stream.clone(), head.wait);
        let outcome = match enqueued {
            Ok(pending) => tokio::time::timeout(wait, pending.outcome()).await,
            Err(error) => Ok(Err(error)),
        };
        let outcome = outcome.map_or_else(
            |_| Err(failure::timed_out()),
            |outcome| outcome.map_err(|error| failure::of_append(&stream, expected, &error)),
        );
        stats.count_append(&outcome);
        response(id, head, outcome.map_or_else(Outcome::Error, success))
    }
    .boxed()
}

fn expected(wanted: Option<&Wanted>) -> Expected {
    match wanted {
        Some(Wanted::StreamPosition(revision)) => Expected::Exact(*revision),
        Some(Wanted::NoStream(())) => Expected::NoStream,
        Some(Wanted::StreamExists(())) => Expected::StreamExists,
        Some(Wanted::Any(())) | None => Expected::Any,
    }
}

fn response(id: Uuid, head: Head, outcome: Outcome) -> BatchAppendResp {
    let id = client::uuid::Value::String(id.to_string());
    let echoed = head.wanted.map(|wanted| match wanted {
        Wanted::StreamPosition(revision) => ExpectedStreamPosition::StreamPosition(revision),
        Wanted::NoStream(()) => ExpectedStreamPosition::NoStream(()),
        Wanted::Any(()) => ExpectedStreamPosition::Any(()),
        Wanted::StreamExists(()) => ExpectedStreamPosition::StreamExists(()),
    });
    BatchAppendResp {
        correlation_id: Some(client::Uuid { value: Some(id) }),
        stream_identifier: Some(super::reply::identifier(&head.stream)),
        expected_stream_position: echoed,
        result: Some(outcome),
    }
}

fn success(appended: Appended) -> Outcome {
    let Appended { last_revision, position, .. } = appended;
    let position = AllStreamPosition { commit_position: position, prepare_position: position };
    Outcome::Success(Success {
        current_revision_option: Some(CurrentRevisionOption::CurrentRevision(last_revision)),
        position_option: Some(PositionOption::Position(position)),
    })
}
