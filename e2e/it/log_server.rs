//! The log server as others see it: the tests that the Rust client publishes, an independent client in another
//! language, TLS, and a process that is killed.

use std::net::SocketAddr;

use eventstore::{Client, ClientSettings, EventData};
use tempfile::TempDir;
use verdict_eventlog::server::{Auth, Options, Secret, Server, Tls, User};
use verdict_eventlog::{Log, Options as LogOptions};

mod conformance;
mod killed;

/// A server in this process, over a log of its own.
pub struct Served {
    pub server: Server,
    _directory: TempDir,
}

fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

pub fn serve(options: Options) -> Served {
    let directory = tempfile::tempdir().unwrap();
    let log = Log::open(LogOptions::new(directory.path())).unwrap();
    Served { server: Server::start(log, options).unwrap(), _directory: directory }
}

fn client(url: &str) -> Client {
    Client::new(url.parse::<ClientSettings>().unwrap()).unwrap()
}

/// They are other people's code, which our lints do not read.
#[cfg(not(clippy))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_published_streams_tests_pass_unmodified() {
    let served = serve(Options::new(loopback()));
    let client = client(&format!("esdb://{}?tls=false", served.server.address()));
    crate::published_streams::tests(client).await.unwrap();
    assert!(served.server.stats().appends() > 10, "{:?}", served.server.stats());
    served.server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_discovers_the_node_finds_it() {
    let served = serve(Options::new(loopback()));
    let client = client(&format!("esdb+discover://{}?tls=false", served.server.address()));
    let event = EventData::json("Happened", &serde_json::json!({})).unwrap();
    let written = client.append_to_stream("a", &eventstore::AppendToStreamOptions::default(), event).await;
    assert_eq!(written.unwrap().next_expected_version, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_and_users_let_in_who_is_known() {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = tempfile::tempdir().unwrap();
    let trusted = files.path().join("ca.pem");
    std::fs::write(&trusted, certified.cert.pem()).unwrap();
    let tls = Tls {
        certificate: certified.cert.pem().into_bytes(),
        key: certified.signing_key.serialize_pem().into_bytes(),
    };
    let users = vec![User { name: "admin".to_owned(), password: Secret::new("changeit") }];
    let served = serve(Options { tls: Some(tls), auth: Auth::Basic(users), ..Options::new(loopback()) });
    let port = served.server.address().port();
    let append = async |credentials: &str| {
        let trusted = trusted.display();
        let client = client(&format!("esdb://{credentials}localhost:{port}?tls=true&tlsCAFile={trusted}"));
        let event = EventData::json("Happened", &serde_json::json!({})).unwrap();
        client.append_to_stream("a", &eventstore::AppendToStreamOptions::default(), event).await
    };
    assert_eq!(append("admin:changeit@").await.unwrap().next_expected_version, 0);
    for stranger in ["admin:wrong@", ""] {
        let refused = append(stranger).await.unwrap_err();
        assert!(refused.is_access_denied(), "{refused:?}");
    }
}
