//! kill -9 of `verdict log serve` while many clients append: what was acknowledged is there afterwards.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use futures::stream;
use serde::Deserialize;
use tempfile::TempDir;
use tonic::transport::Channel;
use uuid::Uuid;
use verdict_eventlog::wire::event_store::client::streams::append_req::options::ExpectedStreamRevision;
use verdict_eventlog::wire::event_store::client::streams::append_req::{self, ProposedMessage};
use verdict_eventlog::wire::event_store::client::streams::streams_client::StreamsClient;
use verdict_eventlog::wire::event_store::client::streams::{AppendReq, append_resp};
use verdict_eventlog::wire::event_store::client::{self as wire, Empty, StreamIdentifier};
use verdict_eventlog::{AllFrom, Direction, Filter, Log, Options};
use verdict_runtime::task;

use crate::server::binary;

/// How long a start or a stop may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(2);
const WRITERS: u64 = 8;
/// Acknowledged appends after which the process is killed.
const APPENDS_BEFORE_A_KILL: u64 = 200;
const KILLS: u64 = 5;

#[derive(Deserialize)]
struct Bound {
    log: String,
}

/// `verdict log serve` as a process.
struct Process {
    directory: TempDir,
    child: Option<Child>,
    /// Where it listens, as clients of ours write it.
    url: String,
}

impl Process {
    async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut process = Self { directory, child: None, url: String::new() };
        process.spawn().await;
        process
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("stderr")).unwrap_or_default()
    }

    /// Starts the process, again on the data that it had.
    async fn spawn(&mut self) {
        let file = self.directory.path().join("addresses.json");
        drop(std::fs::remove_file(&file));
        let mut child = Command::new(binary())
            .args(["log", "serve", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0", "--data"])
            .arg(self.data())
            .arg("--addresses")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(File::create(self.directory.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let written = async {
            while !file.is_file() && child.try_wait().unwrap().is_none() {
                tokio::time::sleep(LOOK).await;
            }
        };
        drop(tokio::time::timeout(PATIENCE, written).await);
        self.child = Some(child);
        assert!(file.is_file(), "verdict log serve was not ready in time:\n{}", self.said());
        let bound: Bound = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let address = bound.log.trim_start_matches("esdb://").trim_end_matches("?tls=false");
        self.url = format!("http://{address}");
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn messages(stream: &str, id: Uuid) -> Vec<AppendReq> {
    let options = append_req::Options {
        stream_identifier: Some(StreamIdentifier { stream_name: stream.to_owned().into() }),
        expected_stream_revision: Some(ExpectedStreamRevision::Any(Empty {})),
    };
    let properties = [("type", "Happened"), ("content-type", "application/json")];
    let event = ProposedMessage {
        id: Some(wire::Uuid { value: Some(wire::uuid::Value::String(id.to_string())) }),
        metadata: properties.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        custom_metadata: "{}".into(),
        data: "{}".into(),
    };
    let contents = [append_req::Content::Options(options), append_req::Content::ProposedMessage(event)];
    contents.map(|content| AppendReq { content: Some(content) }).into()
}

/// Appends until the server is gone; the ids that were acknowledged.
async fn write(url: String, writer: u64, round: u64, acknowledged: Arc<AtomicU64>) -> Vec<Uuid> {
    let channel = Channel::from_shared(url).unwrap().connect().await.unwrap();
    let mut client = StreamsClient::new(channel);
    let mut ids = Vec::new();
    for number in 0.. {
        let id = Uuid::from_u64_pair(round * 1_000 + writer, number);
        let sent = stream::iter(messages(&format!("writer-{writer}"), id));
        let Ok(answer) = client.append(sent).await else { break };
        assert!(matches!(answer.into_inner().result, Some(append_resp::Result::Success(_))));
        ids.push(id);
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    ids
}

fn stored(data: &Path) -> BTreeSet<Uuid> {
    let log = Log::open(Options::new(data.join(verdict::platform::LOG_DIRECTORY))).unwrap();
    let (mut ids, mut from) = (BTreeSet::new(), AllFrom::Start);
    loop {
        let page = log.read_all(from, Direction::Forward, &Filter::all(), 1_000).unwrap();
        ids.extend(page.events.iter().map(|event| event.id));
        from = AllFrom::After(page.considered);
        if page.at_end {
            return ids;
        }
    }
}

async fn killed_under_load(process: &mut Process, round: u64) -> Vec<Uuid> {
    let acknowledged = Arc::new(AtomicU64::new(0));
    let writers = (0..WRITERS)
        .map(|writer| task::spawn("writer", write(process.url.clone(), writer, round, acknowledged.clone())));
    let writers: Vec<_> = writers.collect();
    let enough = async {
        while acknowledged.load(Ordering::Relaxed) < APPENDS_BEFORE_A_KILL {
            tokio::time::sleep(LOOK).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, enough).await.is_ok(), "too slow:\n{}", process.said());
    process.kill();
    join_all(writers).await.into_iter().flat_map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_event_survives_kills_under_load() {
    let mut process = Process::start().await;
    let mut acknowledged = Vec::new();
    for round in 0..KILLS {
        acknowledged.extend(killed_under_load(&mut process, round).await);
        process.spawn().await;
    }
    process.kill();
    let stored = stored(&process.data());
    let lost = acknowledged.iter().filter(|id| !stored.contains(id)).count();
    println!("{KILLS} kills: {} acknowledged, {} stored, {lost} lost", acknowledged.len(), stored.len());
    assert_eq!(lost, 0);
    assert!(acknowledged.len() as u64 >= KILLS * APPENDS_BEFORE_A_KILL);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_ends_well() {
    let mut process = Process::start().await;
    let mut child = process.child.take().unwrap();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let ended = tokio::task::spawn_blocking(move || child.wait().unwrap());
    let status = tokio::time::timeout(PATIENCE, ended).await.expect("it stops in time").unwrap();
    assert!(status.success(), "{status}\n{}", process.said());
}
