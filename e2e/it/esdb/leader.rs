//! A node that does not lead: what it says is never an answer.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use futures::future::{Ready, ready};
use tonic::body::Body;
use tonic::metadata::{AsciiMetadataValue, MetadataMap};
use tonic::server::NamedService;
use tonic::{Code, Status};
use verdict_adapters::esdb::{EsdbError, EsdbLog, Options};
use verdict_runtime::log::{EventLog, Expected};

use super::ground::LogServer;
use super::{append, connect, options};

/// Answers every call of the streams service with "not leader", and knows the leader or does not.
#[derive(Clone)]
struct Follower {
    leader: Option<SocketAddr>,
    /// For each call, whether it asked for the leader.
    calls: Arc<Mutex<Vec<bool>>>,
}

impl Follower {
    /// Its URL and itself. It serves for as long as the test's runtime.
    async fn start(leader: Option<SocketAddr>) -> (String, Self) {
        let follower = Self { leader, calls: Arc::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let incoming = tokio_stream::wrappers::TcpListenerStream::new(listener);
        let serving =
            tonic::transport::Server::builder().add_service(follower.clone()).serve_with_incoming(incoming);
        verdict_runtime::task::spawn("follower", serving);
        (format!("esdb://{address}?tls=false"), follower)
    }

    fn calls(&self) -> Vec<bool> {
        self.calls.lock().unwrap().clone()
    }
}

impl NamedService for Follower {
    const NAME: &'static str = "event_store.client.streams.Streams";
}

impl tower::Service<http::Request<Body>> for Follower {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let asked = request.headers().get("requires-leader").is_some_and(|value| value == "true");
        self.calls.lock().unwrap().push(asked);
        let mut trailers = MetadataMap::new();
        trailers.insert("exception", AsciiMetadataValue::from_static("not-leader"));
        if let Some(leader) = self.leader {
            trailers.insert("leader-endpoint-host", leader.ip().to_string().parse().unwrap());
            trailers.insert("leader-endpoint-port", leader.port().to_string().parse().unwrap());
        }
        let status = Status::with_metadata(Code::NotFound, "Leader info available", trailers);
        ready(Ok(status.into_http()))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_02_a_node_that_does_not_lead_is_left_for_the_one_that_does() {
    let server = LogServer::start();
    let (url, follower) = Follower::start(Some(server.address())).await;

    let log = connect(url).await;

    assert_eq!(&*log.log_id(), server.log_id());
    append(&log, "contract.thing-1", Expected::NoStream, "a").await;
    assert_eq!(log.read_stream("contract.thing-1", 0, 9).await.unwrap().last_revision, Some(0));
    // Asked once, for the leader, and never again.
    assert_eq!(follower.calls(), [true]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_02_a_node_that_knows_no_leader_is_not_an_empty_log() {
    let (url, follower) = Follower::start(None).await;
    let hasty = Options { patience: std::time::Duration::from_secs(2), ..options(url) };

    let error = EsdbLog::connect(hasty).await.err().unwrap();

    assert!(matches!(&error, EsdbError::Unreachable { why, .. } if why.contains("does not lead")), "{error}");
    let calls = follower.calls();
    assert!(calls.len() > 1 && calls.iter().all(|asked| *asked), "{calls:?}");
}
