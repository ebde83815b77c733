//! The ceiling of the protocol on this machine: the same calls over the same kind of server, with a backend in memory.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use futures::{Stream, StreamExt};
use tokio::net::TcpListener;
use tonic::codegen::Bytes;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};
use uuid::Uuid;
use verdict_eventlog::wire::event_store::client as wire;
use verdict_eventlog::wire::event_store::client::streams::append_resp::{self, Position, Success, success};
use verdict_eventlog::wire::event_store::client::streams::streams_server::{Streams, StreamsServer};
use verdict_eventlog::wire::event_store::client::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, ReadReq, ReadResp,
    TombstoneReq, TombstoneResp, append_req, batch_append_resp,
};
use verdict_runtime::clock::SystemClock;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Appended, EventLog, Expected, NewEvent};

use crate::wire::number;

/// The windows of the log server.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 4 << 20;

/// Whatever is appended stays in memory.
struct Ceiling(Arc<MemoryLog>);

/// Appends without an expectation, as all writers of the benchmark do.
async fn append(log: &MemoryLog, stream: &[u8], events: Vec<NewEvent>) -> Result<Appended, Status> {
    let stream =
        std::str::from_utf8(stream).map_err(|_| Status::invalid_argument("a stream without a name"))?;
    let appended = log.append(stream, Expected::Any, events).await;
    appended.map_err(|fault| Status::internal(fault.to_string()))
}

fn event(
    id: Option<&wire::Uuid>,
    mut properties: HashMap<String, String>,
    metadata: Bytes,
    data: Bytes,
) -> Result<NewEvent, Status> {
    let missing = || Status::invalid_argument("an event without an id or a type");
    Ok(NewEvent {
        id: Uuid::from_u128(number(id).ok_or_else(missing)?),
        event_type: properties.remove("type").ok_or_else(missing)?,
        data: data.into(),
        metadata: metadata.into(),
    })
}

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl Streams for Ceiling {
    type ReadStream = Answers<ReadResp>;
    type BatchAppendStream = Answers<BatchAppendResp>;

    async fn read(&self, _: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        Err(nothing())
    }

    async fn append(&self, request: Request<Streaming<AppendReq>>) -> Result<Response<AppendResp>, Status> {
        let (mut messages, mut stream, mut events) = (request.into_inner(), Bytes::new(), Vec::new());
        while let Some(message) = messages.message().await? {
            match message.content {
                Some(append_req::Content::Options(options)) => {
                    stream = options.stream_identifier.unwrap_or_default().stream_name;
                }
                Some(append_req::Content::ProposedMessage(it)) => {
                    events.push(event(it.id.as_ref(), it.metadata, it.custom_metadata, it.data)?);
                }
                None => {}
            }
        }
        let appended = append(&self.0, &stream, events).await?;
        let (commit, prepare) = (appended.position.commit, appended.position.prepare);
        let position = Position { commit_position: commit, prepare_position: prepare };
        let result = Some(append_resp::Result::Success(Success {
            current_revision_option: Some(success::CurrentRevisionOption::CurrentRevision(
                appended.last_revision,
            )),
            position_option: Some(success::PositionOption::Position(position)),
        }));
        Ok(Response::new(AppendResp { result }))
    }

    async fn batch_append(
        &self,
        request: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        let log = Arc::clone(&self.0);
        let answers = request.into_inner().then(move |message| {
            let log = Arc::clone(&log);
            async move { batch(&log, message?).await }
        });
        Ok(Response::new(Box::pin(answers)))
    }

    async fn delete(&self, _: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        Err(nothing())
    }

    async fn tombstone(&self, _: Request<TombstoneReq>) -> Result<Response<TombstoneResp>, Status> {
        Err(nothing())
    }
}

async fn batch(log: &MemoryLog, message: BatchAppendReq) -> Result<BatchAppendResp, Status> {
    let stream = message.options.and_then(|options| options.stream_identifier).unwrap_or_default();
    let proposed = message.proposed_messages.into_iter();
    let events = proposed
        .map(|it| event(it.id.as_ref(), it.metadata, it.custom_metadata, it.data))
        .collect::<Result<_, _>>()?;
    let appended = append(log, &stream.stream_name, events).await?;
    let revision = batch_append_resp::success::CurrentRevisionOption::CurrentRevision(appended.last_revision);
    let success =
        batch_append_resp::Success { current_revision_option: Some(revision), position_option: None };
    Ok(BatchAppendResp {
        correlation_id: message.correlation_id,
        stream_identifier: Some(stream),
        result: Some(batch_append_resp::Result::Success(success)),
        expected_stream_position: None,
    })
}

fn nothing() -> Status {
    Status::unimplemented("only appends are answered here")
}

/// Serves for as long as the runtime around it lives.
pub(crate) async fn serve() -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let log = Arc::new(MemoryLog::new("ceiling", Arc::new(SystemClock::start())));
    let serving = tonic::transport::Server::builder()
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .add_service(StreamsServer::new(Ceiling(log)))
        .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)));
    drop(tokio::spawn(serving));
    Ok(address)
}
