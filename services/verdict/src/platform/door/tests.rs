use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use verdict_eventlog as engine;
use verdict_eventlog::server;
use verdict_runtime::task;

use super::super::peers::Peers;
use super::super::service::Service;
use super::super::{Platform, Setup};
use super::*;
use crate::ports::{self, BusAt, LogAt, Sources, Wait};

/// How long anything is waited for.
const DEADLINE: Duration = Duration::from_secs(30);

/// Status and body of the answer at `path`.
fn ask(address: SocketAddr, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: verdict\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
}

/// An address at which nothing answers yet, and nobody else begins to.
fn reserved() -> (tokio::net::TcpSocket, SocketAddr) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    (socket, address)
}

/// Returns once `/readyz` at `address` says `wanted`.
async fn says(address: SocketAddr, wanted: &str) {
    let mut last = String::new();
    let asked = tokio::time::timeout(DEADLINE, async {
        while !last.contains(wanted) {
            last = tokio::task::spawn_blocking(move || ask(address, "/readyz").1).await.unwrap();
        }
    });
    assert!(asked.await.is_ok(), "/readyz never said '{wanted}', but '{last}'");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_is_answered_while_the_log_is_waited_for_and_at_the_same_address_after() {
    let data = tempfile::tempdir().unwrap();
    let (held, log) = reserved();
    let door = Door::open("127.0.0.1:0", Reach::Loopback).unwrap();
    let address = door.address();
    let sources = Sources {
        log: LogAt::Server(format!("esdb://somebody:secret@{log}?tls=false")),
        bus: BusAt::Memory,
        observations: None,
        max_page_count: None,
    };
    let starting = door.starting().clone();
    let opening =
        task::spawn("opening", async move { ports::open(&sources, Wait::ForEver, &starting).await });

    says(address, &format!("waiting for esdb://{log}: ")).await;
    let (ready, body) = ask(address, "/readyz");
    assert_eq!(ready, "503");
    assert!(body.contains(r#""name":"log""#) && !body.contains("secret"), "{body}");
    assert_eq!(ask(address, "/livez").0, "200");
    assert_eq!(ask(address, "/ofrep/v1/configuration").0, "503");

    drop(held);
    let engine = engine::Log::open(engine::Options::new(data.path().to_owned())).unwrap();
    let server = server::Server::start(engine.clone(), server::Options::new(log)).unwrap();
    let ports = opening.await.unwrap().unwrap();
    let setup = Setup { door: Some(door), ..Setup::new(vec![Service::Bets], None, Peers::default()) };
    let platform = Platform::launch(ports, setup).await.unwrap();
    assert_eq!(platform.addresses().http, format!("http://{address}"));
    assert_eq!(ask(address, "/readyz").0, "200");
    assert_eq!(ask(address, "/metrics").0, "200");

    platform.stop().await;
    assert!(TcpStream::connect(address).is_err(), "somebody still listens");
    server.stop().await;
    engine.close().await;
}
