//! kill -9 of `verdict log serve` while many clients append: what was acknowledged is there afterwards.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use futures::stream;
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

use crate::process::Process;

/// How long a start or a stop may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(2);
const WRITERS: u64 = 8;
/// Acknowledged appends after which the process is killed.
const APPENDS_BEFORE_A_KILL: u64 = 200;
const KILLS: u64 = 5;

/// `verdict log serve` as a process.
struct LogProcess {
    directory: TempDir,
    process: Process,
    /// Where it listens, as clients of ours write it.
    url: String,
}

impl LogProcess {
    async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let words = ["log", "serve", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0", "--data"];
        let data = directory.path().join("data").to_string_lossy().into_owned();
        let words = words.map(str::to_owned).into_iter().chain([data]);
        let process = Process::new("log", directory.path(), words.collect());
        let mut process = Self { directory, process, url: String::new() };
        process.spawn().await;
        process
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Starts the process, again on the data that it had.
    async fn spawn(&mut self) {
        self.process.launch();
        self.process.ready().await;
        let bound = self.process.bound().log.unwrap();
        let address = bound.trim_start_matches("esdb://").trim_end_matches("?tls=false");
        self.url = format!("http://{address}");
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

async fn killed_under_load(process: &mut LogProcess, round: u64) -> Vec<Uuid> {
    let acknowledged = Arc::new(AtomicU64::new(0));
    let writers = (0..WRITERS)
        .map(|writer| task::spawn("writer", write(process.url.clone(), writer, round, acknowledged.clone())));
    let writers: Vec<_> = writers.collect();
    let enough = async {
        while acknowledged.load(Ordering::Relaxed) < APPENDS_BEFORE_A_KILL {
            tokio::time::sleep(LOOK).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, enough).await.is_ok(), "too slow:\n{}", process.process.said());
    process.process.kill();
    join_all(writers).await.into_iter().flat_map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_event_survives_kills_under_load() {
    let mut process = LogProcess::start().await;
    let mut acknowledged = Vec::new();
    for round in 0..KILLS {
        acknowledged.extend(killed_under_load(&mut process, round).await);
        process.spawn().await;
    }
    process.process.kill();
    let stored = stored(&process.data());
    let lost = acknowledged.iter().filter(|id| !stored.contains(id)).count();
    println!("{KILLS} kills: {} acknowledged, {} stored, {lost} lost", acknowledged.len(), stored.len());
    assert_eq!(lost, 0);
    assert!(acknowledged.len() as u64 >= KILLS * APPENDS_BEFORE_A_KILL);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_ends_well() {
    let mut process = LogProcess::start().await;
    let status = process.process.terminate().await;
    assert!(status.success(), "{status}\n{}", process.process.said());
}
