//! A flag edge as a process of its own while everything else is dead, and when it comes back.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use verdict_adapters::embedded::EmbeddedLog;
use verdict_eventlog::server::{self, Server as LogServer};
use verdict_kernel::id::{CommandId, FlagId};
use verdict_kernel::principal::Principal;
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::log::{EventLog, Expected, MAX_PAGE, NewEvent};

use super::*;
use crate::ports::BusAt;

/// How long anything is waited for.
const DEADLINE: Duration = Duration::from_secs(30);
const FLAG: &str = "checkout";

/// An address at which nothing answers until somebody takes it: below those that the system gives to whoever connects, of
/// which one that is asked again and again in vain would end up being connected to itself.
fn free() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let begin = std::process::id().wrapping_mul(97);
    let address = |_| {
        let port = 30_000 + begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % 2_000;
        let address = SocketAddr::from(([127, 0, 0, 1], u16::try_from(port).ok()?));
        std::net::TcpListener::bind(address).is_ok().then_some(address)
    };
    (0..2_000).find_map(address).expect("a port is free")
}

/// Status and body of the answer at `path`.
fn ask(address: &str, method: &str, path: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: verdict\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
}

fn get(edge: &Platform, path: &str) -> (String, String) {
    ask(&edge.addresses().http, "GET", path, "")
}

/// What a client of the edge gets.
fn evaluated(edge: &Platform) -> Value {
    let path = format!("/ofrep/v1/evaluate/flags/{FLAG}");
    let context = json!({ "context": { "targetingKey": "dana" } }).to_string();
    let (status, body) = ask(&edge.addresses().http, "POST", &path, &context);
    assert_eq!(status, "200", "{body}");
    serde_json::from_str(&body).unwrap()
}

fn event(name: &str, data: &Value) -> NewEvent {
    let id = CommandId::derive(uuid::Uuid::NAMESPACE_OID, name);
    let envelope = Envelope::new(id, Principal::dev());
    NewEvent {
        id: id.event_id(name, 0),
        event_type: format!("rollouts.Flag.{name}.v1"),
        data: data.to_string().into_bytes(),
        metadata: metadata(&envelope, "2026-01-05T09:00:00Z".parse().unwrap()),
    }
}

/// The log of the platform, in a directory, behind a server that can be away.
struct LogOfServer {
    engine: engine::Log,
    server: LogServer,
}

impl LogOfServer {
    fn start(data: &Path, address: SocketAddr) -> Self {
        let engine = engine::Log::open(engine::Options::new(data.to_owned())).unwrap();
        let server = LogServer::start(engine.clone(), server::Options::new(address)).unwrap();
        Self { engine, server }
    }

    fn adapter(&self) -> EmbeddedLog {
        EmbeddedLog::new(self.engine.clone())
    }

    /// How often the flag was killed.
    async fn kills(&self, stream: &str) -> usize {
        let slice = self.adapter().read_stream(stream, 0, MAX_PAGE).await.unwrap();
        slice.events.iter().filter(|event| &*event.event_type == "rollouts.Flag.FlagKilled.v1").count()
    }

    async fn stop(self) {
        self.server.stop().await;
        self.engine.close().await;
    }
}

/// An edge that keeps what it serves in `data`, over the log server at `log`, with a rollouts service at `rollouts`.
async fn edge(data: &Path, log: SocketAddr, rollouts: SocketAddr, wait: Wait) -> Platform {
    let sources = Sources {
        log: LogAt::Server(format!("esdb://{log}?tls=false")),
        bus: BusAt::Memory,
        observations: None,
        max_page_count: None,
    };
    let door = Door::open("127.0.0.1:0", Reach::Loopback).unwrap();
    let ports = ports::open(&sources, wait, door.starting()).await.unwrap();
    let addresses = std::iter::once((Service::Rollouts, vec![format!("http://{rollouts}")])).collect();
    let setup = Setup {
        door: Some(door),
        edge: Some(edge_files(data, None)),
        replica: Some("edge-a".to_owned()),
        ..Setup::new(vec![Service::Flags], None, Peers::at(&addresses, None).unwrap())
    };
    tokio::time::timeout(DEADLINE, Platform::launch(ports, setup)).await.unwrap().unwrap()
}

/// A rollouts service at `address`, in the process that keeps the log.
async fn rollouts(log: &LogOfServer, address: SocketAddr) -> Platform {
    let ports = Ports::over(Arc::new(log.adapter()), Arc::new(MemoryBus::default()), None);
    let grpc = Bound::bind(&address.to_string(), None).await.unwrap();
    let setup = Setup::new(vec![Service::Rollouts], Some(grpc), Peers::default());
    Platform::launch(ports, setup).await.unwrap()
}

/// Returns once `there` is; the edge is never seen to serve the flag meanwhile.
async fn off_until(edge: &Platform, mut there: impl AsyncFnMut() -> bool) {
    let reached = tokio::time::timeout(DEADLINE, async {
        while !there().await {
            let answer = tokio::task::block_in_place(|| evaluated(edge));
            assert_eq!(answer["variant"], "off", "it was seen to be on: {answer}");
        }
    });
    assert!(reached.await.is_ok(), "{:?}", get(edge, "/readyz"));
}

fn says(edge: &Platform, wanted: &str) -> bool {
    tokio::task::block_in_place(|| get(edge, "/readyz").1.contains(wanted))
}

/// A flag that reaches dana.
async fn exposed(log: &LogOfServer, stream: &str) {
    let created = json!({
        "key": FLAG, "environment": "production", "kind": "FLAG_KIND_RELEASE", "owner": "subject-1",
        "cleanupOn": "2026-06-01T09:00:00Z", "salt": FLAG, "bucketing": "flagd-v3", "unit": "targetingKey",
        "variants": [{"name": "on", "value": "true"}, {"name": "off", "value": "false"}],
        "onVariant": "on", "offVariant": "off"
    });
    let exposure = json!({
        "version": 1, "audience": {"members": ["dana"], "basisPoints": 0},
        "rolloutId": FlagId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_OID, "rollout")).to_string(),
        "rolloutRevision": 1, "stage": "internal", "stageIndex": 0, "attempt": 1
    });
    let events = vec![event("FlagCreated", &created), event("ExposureChanged", &exposure)];
    log.adapter().append(stream, Expected::NoStream, events).await.unwrap();
}

/// Log and all services are dead and the edge is started again: it serves. A file switches the flag off. The log comes
/// back: it has the kill once, and the flag was never on in between.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f3_an_edge_serves_and_switches_off_while_everything_else_is_dead_and_tells_the_log_once() {
    let (log_data, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (log_address, rollouts_address) = (free(), free());
    let flag = FlagId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_OID, FLAG));
    let stream = format!("rollouts.flag-{flag}");
    let log = LogOfServer::start(log_data.path(), log_address);
    exposed(&log, &stream).await;
    let first = edge(data.path(), log_address, rollouts_address, Wait::ForEver).await;
    assert_eq!(tokio::task::block_in_place(|| evaluated(&first))["variant"], "on");
    // It is on the disk once the edge has stopped.
    first.stop().await;
    log.stop().await;

    let again = edge(data.path(), log_address, rollouts_address, Wait::Briefly).await;
    tokio::task::block_in_place(|| {
        let answer = evaluated(&again);
        assert_eq!((&answer["variant"], &answer["metadata"]["verdict.stale"]), (&json!("on"), &json!(true)));
        assert!(answer["metadata"]["verdict.ageSeconds"].is_u64(), "{answer}");
        let (ready, said) = get(&again, "/readyz");
        assert!(ready == "200" && said.contains("serves stale flags: the log was last seen"), "{said}");
        let (status, figures) = get(&again, "/metrics");
        assert!(status == "200" && figures.contains("verdict_flags_stale 1"), "{figures}");
        assert!(figures.contains("verdict_log_up 0"), "{figures}");
    });
    fs::write(data.path().join(LOCAL_OFF_DIRECTORY).join(FLAG), "errors since noon").unwrap();
    let switched = tokio::time::timeout(DEADLINE, async {
        while tokio::task::block_in_place(|| evaluated(&again))["variant"] == "on" {
            tokio::task::yield_now().await;
        }
    });
    assert!(switched.await.is_ok(), "the file was not seen");
    let answer = tokio::task::block_in_place(|| evaluated(&again));
    assert_eq!(answer["metadata"]["verdict.localOff"], json!(true));

    let log = LogOfServer::start(log_data.path(), log_address);
    let service = rollouts(&log, rollouts_address).await;
    off_until(&again, async || log.kills(&stream).await > 0).await;
    off_until(&again, async || says(&again, "(killed in the log)")).await;
    again.stop().await;
    let third = edge(data.path(), log_address, rollouts_address, Wait::Briefly).await;
    off_until(&third, async || says(&third, "(killed in the log)")).await;
    assert!(!says(&third, "stale"));
    assert_eq!(log.kills(&stream).await, 1);
    third.stop().await;
    service.stop().await;
    log.stop().await;
}

/// Nothing was ever served, and there is no log: the protocol says 503, and nothing is made up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edge_that_never_served_anything_waits_for_its_log() {
    let data = tempfile::tempdir().unwrap();
    let files = edge_files(data.path(), None);
    assert!(!files.directory.has_kept());
    let door = Door::open("127.0.0.1:0", Reach::Loopback).unwrap();
    let address = door.address().to_string();
    let path = format!("/ofrep/v1/evaluate/flags/{FLAG}");
    let (status, _) = tokio::task::spawn_blocking(move || ask(&address, "POST", &path, "{}")).await.unwrap();
    assert_eq!(status, "503");
}

/// Who waits for changes is told of them, and that there will be none: a stream that ends by itself holds up no stop.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_a_running_edge_tells_of_a_kill_and_ends_with_the_edge() {
    let (log_data, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (log_address, rollouts_address) = (free(), free());
    let flag = FlagId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_OID, FLAG));
    let stream = format!("rollouts.flag-{flag}");
    let log = LogOfServer::start(log_data.path(), log_address);
    exposed(&log, &stream).await;
    let edge = edge(data.path(), log_address, rollouts_address, Wait::ForEver).await;
    let address = edge.addresses().http.trim_start_matches("http://").to_owned();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let hearing = tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        socket.write_all(b"GET /ofrep/v1/events HTTP/1.1\r\nhost: verdict\r\n\r\n").unwrap();
        let (mut heard, mut bytes) = (String::new(), [0; 1024]);
        loop {
            let read = socket.read(&mut bytes).unwrap();
            heard += &String::from_utf8_lossy(&bytes[..read]);
            tell.send(heard.matches("refetchEvaluation").count()).unwrap();
            if read == 0 {
                return heard;
            }
        }
    });
    while told.recv().await.unwrap() < 1 {}
    let (_, figures) = tokio::task::block_in_place(|| get(&edge, "/metrics"));
    assert!(figures.contains("\nverdict_flags_streams 1\n"), "{figures}");
    let killed = vec![event("FlagKilled", &json!({ "version": 2 }))];
    log.adapter().append(&stream, Expected::Any, killed).await.unwrap();
    while told.recv().await.unwrap() < 2 {}
    assert_eq!(tokio::task::block_in_place(|| evaluated(&edge))["reason"], "DISABLED");
    edge.stop().await;
    let heard = hearing.await.unwrap();
    assert!(heard.ends_with("0\r\n\r\n"), "it broke off: {heard}");
    log.stop().await;
}
