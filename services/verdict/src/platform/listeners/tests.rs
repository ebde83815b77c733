use std::convert::Infallible;
use std::future::Pending;
use std::task::{Context as Polling, Poll};

use http::{HeaderMap, Request, Response};
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::{Code, Status};
use tower::Service;

use super::*;

const BEYOND: &str = "0.0.0.0:7410";

/// A service that never answers.
#[derive(Clone)]
struct Hangs;

impl NamedService for Hangs {
    const NAME: &'static str = "test.Hangs";
}

impl Service<Request<Body>> for Hangs {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pending<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Polling<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        std::future::pending()
    }
}

/// Asks a server that gives calls up after `longest` to call `path`: what it answers, and how many calls it takes at once.
async fn asked(longest: Duration, path: &str) -> (HeaderMap, usize) {
    let bound = Bound::bind("127.0.0.1:0", None).await.unwrap();
    let socket = tokio::net::TcpStream::connect(("127.0.0.1", bound.port())).await.unwrap();
    let _serving = bound.serve_within(longest, Routes::new(Hangs), Shutdown::default()).unwrap();
    let (client, connection) = h2::client::handshake(socket).await.unwrap();
    task::spawn("connection", connection);
    let mut client = client.ready().await.unwrap();
    let request = Request::post(format!("http://test{path}")).header("content-type", "application/grpc");
    let (answer, _) = client.send_request(request.body(()).unwrap(), true).unwrap();
    (answer.await.unwrap().headers().clone(), client.current_max_send_streams())
}

#[tokio::test]
async fn a_call_that_hangs_is_given_up_and_may_be_sent_again() {
    let (headers, _) = asked(Duration::from_millis(20), "/test.Hangs/Call").await;
    let status = Status::from_header_map(&headers).unwrap();
    assert!(verdict_runtime::grpc::is_transient(&status), "{status:?}");
}

#[tokio::test]
async fn a_connection_has_so_many_calls_under_way_and_no_more() {
    let (headers, at_once) = asked(LONGEST, "/test.Other/Call").await;
    assert_eq!(Status::from_header_map(&headers).unwrap().code(), Code::Unimplemented);
    assert_eq!(at_once, usize::try_from(CALLS).unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_hangs_keeps_no_process_from_ending() {
    let (open, mut ends) = tokio::sync::oneshot::channel::<()>();
    let hanging = async move {
        std::future::pending::<()>().await;
        drop(open);
        Ok(())
    };
    let grpc = Grpc { task: task::spawn("hangs", hanging) };
    tokio::time::timeout(GRACE * 2, grpc.stopped()).await.unwrap();
    // The call itself is gone as well.
    tokio::task::yield_now().await;
    assert!(matches!(ends.try_recv(), Err(tokio::sync::oneshot::error::TryRecvError::Closed)));
}

#[test]
fn beyond_loopback_nobody_listens_unless_told_so_and_is_told_how() {
    for (refused, key) in [
        (for_http(BEYOND, Reach::Loopback), "http.anywhere = true (--http-anywhere)"),
        (for_commands(BEYOND, false, Reach::Loopback), "grpc.anywhere = true (--grpc-anywhere)"),
        (for_commands(BEYOND, false, Reach::Loopback), "--grpc-client-ca"),
    ] {
        let error = refused.unwrap_err().to_string();
        assert!(error.contains(BEYOND) && error.contains(key), "{error}");
    }
    let beyond = parse(BEYOND).unwrap();
    assert_eq!(for_http(BEYOND, Reach::Anywhere).unwrap(), beyond);
    assert_eq!(for_commands(BEYOND, false, Reach::Anywhere).unwrap(), beyond);
    assert_eq!(for_commands(BEYOND, true, Reach::Loopback).unwrap(), beyond);
    assert!(loopback("127.0.0.1:0").is_ok() && loopback(BEYOND).is_err());
}
