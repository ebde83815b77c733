//! A span around every gRPC call, within the trace of the caller and the time for which the caller waits.

use std::task::{Context, Poll};

use tokio::task::futures::TaskLocalFuture;
use tokio::time::Instant;
use tower::Service;
use tower::layer::{LayerFn, layer_fn};
use tracing::Instrument;
use tracing::instrument::Instrumented;

use crate::grpc::deadline;

use super::{TRACEPARENT, TRACESTATE, with_parent};

/// A service whose calls run in a span each, and know how long they may take.
#[derive(Debug, Clone)]
pub struct Traced<S> {
    service: S,
}

impl<S> Traced<S> {
    pub const fn new(service: S) -> Self {
        Self { service }
    }
}

/// The layer for a server on a socket: `Server::builder().layer(telemetry::service::layer())`.
pub fn layer<S>() -> LayerFn<fn(S) -> Traced<S>> {
    layer_fn(Traced::new)
}

impl<S, B> Service<http::Request<B>> for Traced<S>
where
    S: Service<http::Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = TaskLocalFuture<Instant, Instrumented<S::Future>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        // In process the caller's span is the current one; over a socket a header names it.
        let span = tracing::info_span!("grpc", path = request.uri().path());
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(traceparent) = header(TRACEPARENT) {
            with_parent(&span, traceparent, header(TRACESTATE));
        }
        let headers = request.headers().clone();
        let entered = span.clone();
        deadline::of_caller(&headers, entered.in_scope(|| self.service.call(request)).instrument(span))
    }
}
