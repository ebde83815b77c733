//! What somebody sees of a platform of which a process is away, or does not come to rest.

use std::net::SocketAddr;

use futures::stream::BoxStream;
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response};
use verdict_api::platform::v1::platform_server::{Platform, PlatformServer};
use verdict_runtime::task;

use super::*;
use crate::cli::{Cli, connected};

/// A process whose relay has applied a part of the log and never gets further.
#[derive(Clone)]
struct Busy(&'static str);

#[tonic::async_trait]
impl Platform for Busy {
    type TailStream = BoxStream<'static, Result<pb::LoggedEvent, tonic::Status>>;

    async fn status(
        &self,
        request: Request<pb::StatusRequest>,
    ) -> Result<Response<pb::StatusReply>, tonic::Status> {
        if request.into_inner().settled {
            return std::future::pending().await;
        }
        let role = |name: &str, position: &str, idle| pb::Role {
            name: format!("{}-{name}", self.0),
            position: position.to_owned(),
            ready: true,
            idle,
            ..pb::Role::default()
        };
        let roles = vec![role("relay", "20", false), role("view", "199", true)];
        let (position, services) = ("199".to_owned(), vec![self.0.to_owned()]);
        Ok(Response::new(pb::StatusReply { position, services, roles, ..pb::StatusReply::default() }))
    }

    async fn advance(
        &self,
        _: Request<pb::AdvanceRequest>,
    ) -> Result<Response<pb::AdvanceReply>, tonic::Status> {
        Err(tonic::Status::unimplemented("time"))
    }

    async fn tail(&self, _: Request<pb::TailRequest>) -> Result<Response<Self::TailStream>, tonic::Status> {
        Err(tonic::Status::unimplemented("the log"))
    }

    async fn history(
        &self,
        _: Request<pb::HistoryRequest>,
    ) -> Result<Response<pb::HistoryReply>, tonic::Status> {
        Err(tonic::Status::unimplemented("the log"))
    }
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn process(name: &'static str) -> SocketAddr {
    let (listener, address) = listener().await;
    let serving = Server::builder().add_service(PlatformServer::new(Busy(name)));
    drop(task::spawn(name, serving.serve_with_incoming(TcpIncoming::from(listener))));
    address
}

/// What is printed of `verdict status`, and why it ends.
async fn status(words: &[&str], servers: &[(&str, SocketAddr)]) -> (String, Failure) {
    asked(&[&["status"], words].concat(), servers).await
}

/// What is printed, and why it ends.
async fn asked(words: &[&str], servers: &[(&str, SocketAddr)]) -> (String, Failure) {
    let servers: Vec<String> =
        servers.iter().map(|(name, address)| format!("--server={name}=http://{address}")).collect();
    let words = ["verdict", "--deadline", "1"].iter().chain(words).copied();
    let cli = Cli::try_parse_from(words.chain(servers.iter().map(String::as_str))).unwrap();
    let mut out = Vec::new();
    let failure = connected(cli, &mut out).await.unwrap_err();
    (String::from_utf8(out).unwrap(), failure)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_away_is_shown_as_such_beside_the_others() {
    let (bets, gtm) = (process("bets").await, process("gtm").await);
    // Nobody accepts anything here.
    let (held, metrics) = listener().await;
    drop(held);
    let servers = [("bets", bets), ("metrics", metrics), ("gtm", gtm)];
    let (shown, failure) = status(&["-o", "wide"], &servers).await;
    for there in ["bets-relay", "bets-view", "gtm-relay", "gtm-view"] {
        assert!(shown.contains(there), "{there} is not in {shown}");
    }
    assert!(shown.contains(&format!("down  http://{metrics}: no answer")), "{shown}");
    let Failure::Unavailable(why) = failure else { panic!("{failure:?}") };
    assert_eq!(why, format!("no answer from http://{metrics}"));
    // What only the silent one knows is not known, and nobody waits twice for it.
    assert!(shown.contains("incidents  ?") && shown.contains("not known: no answer from "), "{shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_takes_connections_and_says_nothing_is_named_in_time_beside_the_others() {
    let bets = process("bets").await;
    // Connections are accepted by the system, and nobody ever reads from them.
    let (_hangs, metrics) = listener().await;
    let began = tokio::time::Instant::now();
    let (shown, failure) = status(&[], &[("bets", bets), ("metrics", metrics)]).await;
    assert!(began.elapsed() < std::time::Duration::from_secs(3), "{:?}", began.elapsed());
    assert!(shown.contains(": bets\n") && shown.contains(&format!("down  http://{metrics}")), "{shown}");
    let Failure::Unavailable(why) = failure else { panic!("{failure:?}") };
    assert_eq!(why, format!("no answer from http://{metrics}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_shown_where_one_is_not_ready_or_somebody_asks_for_them() {
    let bets = process("bets").await;
    let (shown, _) = status(&["--settled"], &[("bets", bets)]).await;
    assert!(!shown.contains("ROLE"), "{shown}");
    let unready =
        pb::Role { name: "bets-view".to_owned(), reason: "it reads".to_owned(), ..pb::Role::default() };
    let ready = pb::Role { name: "bets-relay".to_owned(), ready: true, ..pb::Role::default() };
    let reply = pb::StatusReply { roles: vec![unready, ready], ..pb::StatusReply::default() };
    let mut out = Vec::new();
    show(&reply, Format::Table, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(shown.contains("bets-view") && shown.contains("it reads"), "{shown}");
    assert!(!shown.contains("bets-relay"), "{shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_does_not_come_to_rest_says_who_is_at_work() {
    let (bets, gtm) = (process("bets").await, process("gtm").await);
    let (shown, failure) = status(&["--settled", "-o", "wide"], &[("bets", bets), ("gtm", gtm)]).await;
    assert!(shown.contains("bets-relay") && shown.contains("gtm-relay"), "{shown}");
    let Failure::Unavailable(why) = failure else { panic!("{failure:?}") };
    let (begins, who) = why.split_once("at work: ").unwrap_or_else(|| panic!("{why}"));
    assert_eq!(begins, "not settled within 1 s; ");
    let mut who: Vec<&str> = who.split(", ").collect();
    who.sort_unstable();
    assert_eq!(who, ["bets-relay at 20 of 199", "gtm-relay at 20 of 199"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_a_process_for_what_it_does_not_serve_is_told_to_name_another() {
    let bets = process("bets").await;
    let (_, failure) = asked(&["flag", "list"], &[("rollouts", bets)]).await;
    let Failure::Request(why) = failure else { panic!("{failure:?}") };
    let wanted = format!(
        "rollouts=http://{bets} does not serve rollouts; name the process that does: --server rollouts=ADDRESS"
    );
    assert_eq!(why, wanted);
}
