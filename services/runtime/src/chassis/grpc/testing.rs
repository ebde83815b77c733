//! What tests of an API call and are called by: a caller of a service that is known by its name, and a stand-in for services
//! of other contexts that answers what it is told to.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};
use futures::FutureExt;
use futures::future::BoxFuture;
use http::uri::PathAndQuery;
use http_body_util::{BodyExt, Full};
use prost::Message;
use tonic::body::Body;
use tonic::client::Grpc;
use tonic::{Request, Status};
use tonic_prost::ProstCodec;

use super::{Transport, in_process};

/// Calls the methods of one service with any messages.
#[derive(Clone)]
pub struct Caller {
    client: Grpc<Transport>,
    /// `verdict.gtm.v1.Launches`
    service: &'static str,
}

impl Caller {
    pub fn new(service: &'static str, transport: Transport) -> Self {
        Self { client: Grpc::new(transport), service }
    }

    /// The reply to `request`; `method` is its name, `Get`.
    pub async fn call<Q, A>(&mut self, method: &str, request: Q) -> Result<A, Status>
    where
        Q: Message + Send + Sync + 'static,
        A: Message + Default + Send + Sync + 'static,
    {
        let path = format!("/{}/{method}", self.service);
        let path = PathAndQuery::try_from(path).map_err(|error| Status::internal(error.to_string()))?;
        self.client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
        let codec = ProstCodec::<Q, A>::default();
        self.client.unary(Request::new(request), path, codec).await.map(tonic::Response::into_inner)
    }
}

type Answer = Arc<dyn Fn(Bytes) -> Result<Vec<u8>, Status> + Send + Sync>;

/// Services that answer as they are told, method by method; what nobody told is not implemented.
#[derive(Clone, Default)]
pub struct StandIn(HashMap<&'static str, Answer>);

impl StandIn {
    /// Answers the method at `path`, `/verdict.bets.v1.Bets/Get`.
    #[must_use]
    pub fn on<Q, A>(
        mut self,
        path: &'static str,
        answer: impl Fn(Q) -> Result<A, Status> + Send + Sync + 'static,
    ) -> Self
    where
        Q: Message + Default,
        A: Message,
    {
        let answer = move |request: Bytes| {
            let request = Q::decode(request).map_err(|error| Status::internal(error.to_string()))?;
            answer(request).map(|reply| reply.encode_to_vec())
        };
        self.0.insert(path, Arc::new(answer));
        self
    }

    /// A way to the services.
    pub fn transport(&self) -> Transport {
        in_process(self.clone())
    }

    async fn respond(self, request: http::Request<Body>) -> Result<Vec<u8>, Status> {
        let path = request.uri().path().to_owned();
        let collected = request.into_body().collect().await?.to_bytes();
        let answer = self.0.get(path.as_str()).ok_or_else(|| Status::unimplemented(path))?;
        // A flag and four bytes of length stand before the only message.
        answer(collected.slice(HEAD.min(collected.len())..))
    }
}

/// What stands before a message on the wire: whether it is packed, and its length.
const HEAD: usize = 5;

impl tower::Service<http::Request<Body>> for StandIn {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        self.clone().respond(request).map(|answer| Ok(answer.map_or_else(Status::into_http, framed))).boxed()
    }
}

fn framed(reply: Vec<u8>) -> http::Response<Body> {
    let mut frame = BytesMut::with_capacity(HEAD + reply.len());
    frame.put_u8(0);
    frame.put_u32(u32::try_from(reply.len()).unwrap_or(u32::MAX));
    frame.put_slice(&reply);
    let mut trailers = http::HeaderMap::new();
    trailers.insert(Status::GRPC_STATUS, http::HeaderValue::from_static("0"));
    let body = Full::new(frame.freeze()).with_trailers(async move { Some(Ok(trailers)) });
    let mut response = http::Response::new(Body::new(body));
    let content_type = http::HeaderValue::from_static("application/grpc");
    response.headers_mut().insert(http::header::CONTENT_TYPE, content_type);
    response
}
