//! The ceiling of the protocol on this machine: the same calls over the same kind of server, answered without storing
//! anything.

use std::net::SocketAddr;
use std::pin::Pin;

use futures::{Stream, StreamExt};
use tokio::net::TcpListener;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};
use verdict_eventlog::wire::event_store::client::streams::append_resp::{self, Position, Success, success};
use verdict_eventlog::wire::event_store::client::streams::streams_server::{Streams, StreamsServer};
use verdict_eventlog::wire::event_store::client::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, ReadReq, ReadResp,
    TombstoneReq, TombstoneResp, batch_append_resp,
};

/// The windows of the log server.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 4 << 20;

/// Takes everything in and keeps nothing.
struct Ceiling;

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl Streams for Ceiling {
    type ReadStream = Answers<ReadResp>;
    type BatchAppendStream = Answers<BatchAppendResp>;

    async fn read(&self, _: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        Err(nothing())
    }

    async fn append(&self, request: Request<Streaming<AppendReq>>) -> Result<Response<AppendResp>, Status> {
        let mut messages = request.into_inner();
        while messages.message().await?.is_some() {}
        let position = Position { commit_position: 1, prepare_position: 1 };
        let result = Some(append_resp::Result::Success(Success {
            current_revision_option: Some(success::CurrentRevisionOption::CurrentRevision(0)),
            position_option: Some(success::PositionOption::Position(position)),
        }));
        Ok(Response::new(AppendResp { result }))
    }

    async fn batch_append(
        &self,
        request: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        let done = |message: Result<BatchAppendReq, Status>| {
            let message = message?;
            let options = message.options.unwrap_or_default();
            let success = batch_append_resp::Success { current_revision_option: None, position_option: None };
            Ok(BatchAppendResp {
                correlation_id: message.correlation_id,
                stream_identifier: options.stream_identifier,
                result: Some(batch_append_resp::Result::Success(success)),
                expected_stream_position: None,
            })
        };
        Ok(Response::new(Box::pin(request.into_inner().map(done))))
    }

    async fn delete(&self, _: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        Err(nothing())
    }

    async fn tombstone(&self, _: Request<TombstoneReq>) -> Result<Response<TombstoneResp>, Status> {
        Err(nothing())
    }
}

fn nothing() -> Status {
    Status::unimplemented("only appends are answered here")
}

/// Serves for as long as the runtime around it lives.
pub(crate) async fn serve() -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let serving = tonic::transport::Server::builder()
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .add_service(StreamsServer::new(Ceiling))
        .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true)));
    drop(tokio::spawn(serving));
    Ok(address)
}
