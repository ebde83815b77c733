//! A server that is not ours: it has no stream that names its log, so that the first client has to name it, and its
//! first subscription never says a word.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::transport::{Channel, Endpoint};
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_runtime::log::{EventLog, Expected, LogError};

use super::ground::{LogServer, until};
use super::{append, connect, event, options};
use crate::streams::to_head;

/// The frame of an answer that says that there is no such stream, and nothing else.
const NOT_FOUND: [u8; 7] = [0, 0, 0, 0, 2, 0x22, 0];

/// The option of a read that goes on for ever.
const SUBSCRIPTION: [u8; 2] = [0x32, 0];

/// Our server, without the stream that it makes up.
#[derive(Clone)]
struct Foreign {
    behind: Channel,
    subscriptions: Arc<AtomicU64>,
    /// Whether no call is answered any more.
    silent: Arc<AtomicBool>,
}

impl Foreign {
    async fn start(server: &LogServer) -> (String, Self) {
        let behind = Endpoint::from_shared(format!("http://{}", server.address())).unwrap().connect_lazy();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let foreign = Self { behind, subscriptions: Arc::default(), silent: Arc::default() };
        let incoming = tokio_stream::wrappers::TcpListenerStream::new(listener);
        let serving =
            tonic::transport::Server::builder().add_service(foreign.clone()).serve_with_incoming(incoming);
        verdict_runtime::task::spawn("foreign", serving);
        (format!("esdb://{address}?tls=false"), foreign)
    }

    async fn answer(mut self, request: http::Request<Body>) -> http::Response<Body> {
        if self.silent.load(Ordering::SeqCst) {
            return std::future::pending().await;
        }
        let (mut head, body) = request.into_parts();
        let body = if head.uri.path().ends_with("/Read") {
            let asked = body.collect().await.unwrap().to_bytes();
            if asked.windows(12).any(|window| window == b"$verdict-log") {
                return not_found();
            }
            let subscribes = asked.windows(2).any(|window| window == SUBSCRIPTION);
            if subscribes && self.subscriptions.fetch_add(1, Ordering::SeqCst) == 0 {
                return std::future::pending().await;
            }
            Body::new(Full::new(asked))
        } else {
            body
        };
        let path = head.uri.path_and_query().unwrap().clone();
        head.uri = http::Uri::from(path);
        std::future::poll_fn(|context| {
            tower::Service::<http::Request<Body>>::poll_ready(&mut self.behind, context)
        })
        .await
        .unwrap();
        tower::Service::call(&mut self.behind, http::Request::from_parts(head, body)).await.unwrap()
    }
}

fn not_found() -> http::Response<Body> {
    let mut trailers = http::HeaderMap::new();
    trailers.insert("grpc-status", http::HeaderValue::from_static("0"));
    let frame = Full::new(Bytes::from_static(&NOT_FOUND)).with_trailers(async { Some(Ok(trailers)) });
    http::Response::builder().header("content-type", "application/grpc").body(Body::new(frame)).unwrap()
}

impl NamedService for Foreign {
    const NAME: &'static str = "event_store.client.streams.Streams";
}

impl tower::Service<http::Request<Body>> for Foreign {
    type Response = http::Response<Body>;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let answering = self.clone().answer(request);
        Box::pin(async move { Ok(answering.await) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_who_meet_a_foreign_log_for_the_first_time_end_with_one_id_for_it() {
    let server = LogServer::start();
    let (url, _foreign) = Foreign::start(&server).await;
    let everybody = (0..6).map(|_| connect(url.clone()));

    let logs = futures::future::join_all(everybody).await;

    let id = logs[0].log_id();
    assert!(!id.is_empty() && *id != *server.log_id(), "{id}");
    for log in &logs {
        assert_eq!(log.log_id(), id);
    }
    let named = logs[0].read_stream("platform.log-identity", 0, 9).await.unwrap();
    assert_eq!((named.events.len(), named.last_revision), (1, Some(0)));
    assert_eq!(connect(url).await.log_id(), id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscription_that_stands_still_is_replaced_and_reads_do_not_wait_for_it() {
    let server = LogServer::start();
    let (url, _foreign) = Foreign::start(&server).await;
    let watchful = Options { watch_every: Duration::from_millis(100), ..options(url) };
    let log = EsdbLog::connect(watchful).await.unwrap();

    append(&log, "contract.thing-1", Expected::NoStream, "a").await;

    assert_eq!(to_head(&log, None, 9).await.last().unwrap().stream.as_ref(), "contract.thing-1");
    until("another subscription is there", || server.subscriptions() == 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_does_not_answer_is_not_waited_for_for_ever() {
    let server = LogServer::start();
    let (url, foreign) = Foreign::start(&server).await;
    let log =
        EsdbLog::connect(Options { timeout: Duration::from_millis(500), ..options(url) }).await.unwrap();

    foreign.silent.store(true, Ordering::SeqCst);

    let silent = LogError::Unavailable("no answer for 500 ms".to_owned());
    assert_eq!(log.read_stream("contract.thing-1", 0, 9).await, Err(silent.clone()));
    assert_eq!(log.head().await, Err(silent));
    let unknown = log.append("contract.thing-1", Expected::Any, vec![event("a")]).await;
    assert!(matches!(unknown, Err(LogError::Unavailable(_))), "{unknown:?}");
}
