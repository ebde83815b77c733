//! The streams service: each call is parsed, performed by the log, and answered.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::Stream;
use tokio::sync::watch;
use tonic::{Request, Response, Status, Streaming};

use super::batch::{self, Batches};
use super::following::{self, Follower};
use super::request::{self, Extent, Reading};
use super::stats::Stats;
use super::{identity, reading, status};
use crate::append::{AppendError, Appended, Expected};
use crate::event::NewEvent;
use crate::log::Log;
use crate::wire::event_store::client::Empty;
use crate::wire::event_store::client::streams::append_resp::success::{
    CurrentRevisionOption as SuccessRevision, PositionOption,
};
use crate::wire::event_store::client::streams::append_resp::wrong_expected_version::{
    CurrentRevisionOption, ExpectedRevisionOption,
};
use crate::wire::event_store::client::streams::append_resp::{
    Position, Result as Outcome, Success, WrongExpectedVersion,
};
use crate::wire::event_store::client::streams::streams_server::Streams;
use crate::wire::event_store::client::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, ReadReq, ReadResp,
    TombstoneReq, TombstoneResp, append_req, delete_resp, tombstone_resp,
};

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// The streams of a log.
pub(super) struct Service {
    pub(super) log: Log,
    pub(super) stats: Stats,
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) subscriptions: AtomicU64,
}

#[tonic::async_trait]
impl Streams for Service {
    type ReadStream = Answers<ReadResp>;
    type BatchAppendStream = Answers<BatchAppendResp>;

    async fn read(&self, request: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        let reading = Reading::parse(request.into_inner().options)?;
        match reading.extent {
            Extent::Count(count) => {
                self.stats.count_read();
                let answers = reading::begin(self.log.clone(), self.stats.clone(), reading, count).await?;
                Ok(Response::new(Box::pin(answers)))
            }
            Extent::Forever { checkpoint_every } => {
                let answers = following::follow(self.follower(), reading, checkpoint_every);
                Ok(Response::new(Box::pin(answers)))
            }
        }
    }

    async fn append(&self, request: Request<Streaming<AppendReq>>) -> Result<Response<AppendResp>, Status> {
        let proposal = receive(request.into_inner(), self.log.max_append_bytes()).await?;
        let (stream, expected) = (&proposal.stream, proposal.expected);
        let outcome = self.log.append(stream, expected, proposal.events).await;
        self.stats.count_append(&outcome);
        let result = match outcome {
            Ok(appended) => success(appended),
            Err(AppendError::WrongExpectedVersion { actual, .. }) => wrong_version(expected, actual),
            Err(error) => return Err(status::of_append("Append", stream, error)),
        };
        Ok(Response::new(AppendResp { result: Some(result) }))
    }

    async fn batch_append(
        &self,
        request: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        let (log, stats) = (self.log.clone(), self.stats.clone());
        let batches = Batches { log, stats, stopping: self.stopping.clone() };
        Ok(Response::new(Box::pin(batch::carry_out(batches, request.into_inner()))))
    }

    async fn delete(&self, request: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        let options = request.into_inner().options.unwrap_or_default();
        let stream = writable(options.stream_identifier)?;
        let expected = request::expected_by_delete(options.expected_stream_revision);
        let deleted = self.log.delete_stream(&stream, expected).await;
        let position = deleted.map_err(|error| status::of_append("Delete", &stream, error))?;
        let position = delete_resp::Position { commit_position: position, prepare_position: position };
        let position_option = Some(delete_resp::PositionOption::Position(position));
        Ok(Response::new(DeleteResp { position_option }))
    }

    async fn tombstone(&self, request: Request<TombstoneReq>) -> Result<Response<TombstoneResp>, Status> {
        let options = request.into_inner().options.unwrap_or_default();
        let stream = writable(options.stream_identifier)?;
        let expected = request::expected_by_tombstone(options.expected_stream_revision);
        let closed = self.log.tombstone_stream(&stream, expected).await;
        let position = closed.map_err(|error| status::of_append("Tombstone", &stream, error))?;
        let position = tombstone_resp::Position { commit_position: position, prepare_position: position };
        let position_option = Some(tombstone_resp::PositionOption::Position(position));
        Ok(Response::new(TombstoneResp { position_option }))
    }
}

impl Service {
    fn follower(&self) -> Follower {
        let number = self.subscriptions.fetch_add(1, Ordering::Relaxed);
        Follower {
            log: self.log.clone(),
            id: format!("{}-{number}", self.log.id()),
            stopping: self.stopping.clone(),
            counted: self.stats.subscribed(),
        }
    }
}

/// An append whose messages have all arrived.
struct Proposal {
    stream: String,
    expected: Expected,
    events: Vec<NewEvent>,
}

/// Takes in the messages of an append, no more of them than may be appended.
async fn receive(mut messages: Streaming<AppendReq>, limit: usize) -> Result<Proposal, Status> {
    use append_req::Content;
    let first = messages.message().await?.and_then(|message| message.content);
    let Some(Content::Options(options)) = first else {
        return Err(request::invalid("the first message of an append must carry its options"));
    };
    let stream = writable(options.stream_identifier)?;
    let expected = request::expected_by_append(options.expected_stream_revision);
    let (mut events, mut bytes) = (Vec::new(), 0_usize);
    while let Some(message) = messages.message().await? {
        let Some(Content::ProposedMessage(event)) = message.content else {
            return Err(request::invalid("after its options an append carries events"));
        };
        let weight = request::weight(&event.metadata, &event.custom_metadata, &event.data);
        bytes = bytes.saturating_add(weight);
        if bytes > request::wire_limit(limit, events.len() + 1) {
            return Err(status::append_too_large(limit));
        }
        events.push(request::new_event(event.id, event.metadata, event.custom_metadata, event.data)?);
    }
    Ok(Proposal { stream, expected, events })
}

/// The name of a stream that may be changed.
fn writable(
    identifier: Option<crate::wire::event_store::client::StreamIdentifier>,
) -> Result<String, Status> {
    let stream = request::stream_name(identifier)?;
    if stream == identity::STREAM { Err(status::access_denied()) } else { Ok(stream) }
}

fn success(appended: Appended) -> Outcome {
    let Appended { last_revision, position, .. } = appended;
    let position = Position { commit_position: position, prepare_position: position };
    Outcome::Success(Success {
        current_revision_option: Some(SuccessRevision::CurrentRevision(last_revision)),
        position_option: Some(PositionOption::Position(position)),
    })
}

/// A wrong version is an answer here, not a failure of the call.
fn wrong_version(expected: Expected, actual: Option<u64>) -> Outcome {
    Outcome::WrongExpectedVersion(WrongExpectedVersion {
        current_revision_option: Some(actual.map_or(
            CurrentRevisionOption::CurrentNoStream(Empty {}),
            CurrentRevisionOption::CurrentRevision,
        )),
        expected_revision_option: Some(match expected {
            Expected::Exact(revision) => ExpectedRevisionOption::ExpectedRevision(revision),
            Expected::Any => ExpectedRevisionOption::ExpectedAny(Empty {}),
            Expected::NoStream => ExpectedRevisionOption::ExpectedNoStream(Empty {}),
            Expected::StreamExists => ExpectedRevisionOption::ExpectedStreamExists(Empty {}),
        }),
    })
}
