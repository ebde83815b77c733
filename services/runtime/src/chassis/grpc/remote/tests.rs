use std::convert::Infallible;
use std::sync::Mutex;

use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};
use verdict_api::gtm::v1::launches_client::LaunchesClient;
use verdict_api::gtm::v1::launches_server::{Launches, LaunchesServer};
use verdict_proto::gtm::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};

use super::*;
use crate::task;

/// Answers like one replica, and remembers what it was asked.
#[derive(Clone, Default)]
struct Stand {
    asked: Arc<Mutex<Vec<String>>>,
    /// Answers that it does not give before the first one.
    unavailable: Arc<AtomicUsize>,
    stalls: bool,
}

#[tonic::async_trait]
impl Launches for Stand {
    async fn execute(&self, _: Request<pb::LaunchRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::failed_precondition("not today"))
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::LaunchView>, Status> {
        self.asked.lock().unwrap().push(request.into_inner().id);
        if self.stalls {
            std::future::pending::<Infallible>().await;
        }
        let left = self.unavailable.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
        if left.is_ok() {
            return Err(Status::unavailable("starting"));
        }
        Ok(Response::new(pb::LaunchView::default()))
    }

    async fn list(&self, _: Request<ListRequest>) -> Result<Response<pb::LaunchList>, Status> {
        Err(Status::unimplemented("not asked here"))
    }
}

impl Stand {
    async fn listen(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Server::builder().add_routes(Routes::new(LaunchesServer::new(self.clone())));
        drop(task::spawn("stand", server.serve_with_incoming(TcpIncoming::from(listener))));
        address
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

/// An address at which nobody listens.
async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn client(addresses: &[String], patience: Patience) -> LaunchesClient<Transport> {
    LaunchesClient::new(balanced(addresses, None, patience).unwrap())
}

fn get() -> GetRequest {
    GetRequest { id: "launch".to_owned(), ..GetRequest::default() }
}

#[tokio::test]
async fn calls_go_to_the_replicas_in_turn() {
    let (one, two) = (Stand::default(), Stand::default());
    let mut client = client(&[one.listen().await, two.listen().await], Patience::default());
    for _ in 0..6 {
        client.get(get()).await.unwrap();
    }
    assert_eq!((one.asked(), two.asked()), (3, 3));
}

#[tokio::test]
async fn a_replica_that_is_gone_is_passed_over() {
    let there = Stand::default();
    let mut client = client(&[nobody().await, there.listen().await], Patience::default());
    for _ in 0..4 {
        client.get(get()).await.unwrap();
    }
    assert_eq!(there.asked(), 4);
}

#[tokio::test]
async fn a_replica_that_stalls_is_passed_over() {
    let (stalls, there) = (Stand { stalls: true, ..Stand::default() }, Stand::default());
    let patience = Patience { attempt: Duration::from_millis(50), ..Patience::default() };
    let mut client = client(&[stalls.listen().await, there.listen().await], patience);
    for _ in 0..4 {
        client.get(get()).await.unwrap();
    }
    assert_eq!((stalls.asked(), there.asked()), (1, 4));
}

#[tokio::test]
async fn a_replica_that_stalls_is_remembered_by_callers_with_less_patience_than_an_attempt_takes() {
    let (stalls, there) = (Stand { stalls: true, ..Stand::default() }, Stand::default());
    let mut client = client(&[stalls.listen().await, there.listen().await], Patience::default());
    let short = Duration::from_millis(100);
    tokio::time::timeout(short, client.get(get())).await.unwrap_err();
    for _ in 0..6 {
        tokio::time::timeout(short, client.get(get())).await.unwrap().unwrap();
    }
    assert_eq!((stalls.asked(), there.asked()), (1, 6));
}

#[tokio::test]
async fn the_same_message_is_sent_again_while_the_service_is_unavailable() {
    let starting = Stand { unavailable: Arc::new(AtomicUsize::new(3)), ..Stand::default() };
    let mut client = client(&[starting.listen().await], Patience::default());
    client.get(get()).await.unwrap();
    assert_eq!(*starting.asked.lock().unwrap(), ["launch"; 4]);
}

#[tokio::test]
async fn an_answer_that_is_no_good_news_is_an_answer() {
    let mut client = client(&[Stand::default().listen().await], Patience::default());
    let status = client.execute(pb::LaunchRequest::default()).await.unwrap_err();
    assert_eq!((status.code(), status.message()), (tonic::Code::FailedPrecondition, "not today"));
}

#[tokio::test]
async fn who_cannot_be_reached_is_named_when_patience_ends() {
    let address = nobody().await;
    let patience = Patience { call: Duration::from_millis(100), ..Patience::default() };
    let status = client(std::slice::from_ref(&address), patience).get(get()).await.unwrap_err();
    assert!(status.message().contains(&address) || format!("{status:?}").contains(&address), "{status:?}");
}

#[test]
fn an_address_that_is_none_is_named() {
    for address in ["127.0.0.1", "nonsense here", ""] {
        let error = channel(address, None).unwrap_err().to_string();
        assert!(error.contains(&format!("'{address}'")), "{error}");
    }
}

/// A service that asks another one before it answers, and says what that came to.
#[derive(Clone)]
struct Asks(LaunchesClient<Transport>);

#[tonic::async_trait]
impl Launches for Asks {
    async fn execute(&self, _: Request<pb::LaunchRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented("not asked here"))
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::LaunchView>, Status> {
        let answer = self.0.clone().get(request.into_inner()).await;
        answer.map_err(|status| Status::failed_precondition(format!("{status:?}")))
    }

    async fn list(&self, _: Request<ListRequest>) -> Result<Response<pb::LaunchList>, Status> {
        Err(Status::unimplemented("not asked here"))
    }
}

impl Asks {
    async fn listen(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut server = Server::builder().layer(crate::telemetry::service::layer());
        let server = server.add_routes(Routes::new(LaunchesServer::new(self)));
        drop(task::spawn("asks", server.serve_with_incoming(TcpIncoming::from(listener))));
        address
    }
}

#[tokio::test]
async fn c11_an_answer_names_who_was_silent_before_whoever_asked_gives_up() {
    let silent = Stand { stalls: true, ..Stand::default() }.listen().await;
    let patience = Patience { attempt: Duration::from_secs(1), ..Patience::default() };
    // Each of them by itself would wait for as long as the one before it.
    let second = Asks(client(std::slice::from_ref(&silent), patience)).listen().await;
    let first = Asks(client(std::slice::from_ref(&second), patience)).listen().await;
    let status = client(std::slice::from_ref(&first), patience).get(get()).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::FailedPrecondition, "{status:?}");
    let text = format!("{status:?}");
    assert!(text.contains(&format!("{silent} did not answer within")), "{text}");
    assert!(!text.contains(&format!("{second} did not answer")), "{text}");
}

#[tokio::test]
async fn c11_a_service_in_the_same_process_knows_how_long_it_is_waited_for() {
    let silent = Stand { stalls: true, ..Stand::default() }.listen().await;
    let asks = Asks(client(std::slice::from_ref(&silent), Patience::default()));
    let mut near = LaunchesClient::new(crate::grpc::in_process(LaunchesServer::new(asks)));
    let patience = Duration::from_millis(400);
    let asked = crate::grpc::deadline::within(patience, near.get(get()));
    let status = tokio::time::timeout(patience, asked).await.unwrap().unwrap_err();
    assert!(format!("{status:?}").contains(&silent), "{status:?}");
}
