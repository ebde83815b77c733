//! How soon `verdict log serve` answers again after it was killed over a long log, and whether it has everything that
//! it acknowledged.
//!
//! It kills the binary of `make build` while writers append to it. Exit code 0 means within the target, 1 outside.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time and names no tasks")]

#[path = "shared/binary.rs"]
mod binary;
#[path = "shared/rate.rs"]
mod rate;

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::task::JoinSet;
use uuid::Uuid;
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_e2e::servers::free_port;
use verdict_eventlog as engine;
use verdict_runtime::log::{EventLog, Expected, NewEvent};

use rate::per_second;

/// Events that are there before the first kill.
const HISTORY: u64 = 1_000_000;
/// Events of one append while the history is written.
const PAGE: u64 = 500;
/// Streams of the history.
const STREAMS: u64 = 2_000;
/// Bytes of data of one event, about.
const DATA: usize = 500;
const KILLS: usize = 5;
/// Streams that are appended to until the server dies.
const WRITERS: usize = 16;
/// How long they go on before each kill.
const LIFE: Duration = Duration::from_secs(1);
/// From the start of the new process to its first acknowledgement.
const SERVING: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_mins(2);
const LOOK: Duration = Duration::from_micros(500);

/// A server, killed when it goes out of scope.
struct Served(Child);

impl Served {
    /// Starts it over the log in `data`.
    fn start(binary: &Path, data: &Path, at: SocketAddr) -> anyhow::Result<Self> {
        let child = Command::new(binary)
            .args(["log", "serve", "--http-listen", "127.0.0.1:0", "--listen", &at.to_string(), "--data"])
            .arg(data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Self(child))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let (binary, directory) = (binary::binary()?, tempfile::tempdir()?);
    verdict_adapters::esdb::bootstrap().await?;
    write_history(directory.path()).await?;

    let at: SocketAddr = format!("127.0.0.1:{}", free_port()?).parse()?;
    let url = format!("esdb://{at}?tls=false");
    let mut server = Served::start(&binary, directory.path(), at)?;
    let (mut slowest, mut acknowledged) = (Duration::ZERO, 0);
    for kill in 0..KILLS {
        answered(&url, &format!("bench.alive-{kill}")).await?;
        acknowledged += 1;
        let writing = writers(&url, kill).await?;
        tokio::time::sleep(LIFE).await;
        drop(server);
        let written = writing.stopped().await;
        acknowledged += written;
        let start = Instant::now();
        server = Served::start(&binary, directory.path(), at)?;
        answered(&url, &format!("bench.again-{kill}")).await?;
        acknowledged += 1;
        let took = start.elapsed();
        println!("killed after {written} appends by {WRITERS} writers: serving again after {took:.1?}");
        slowest = slowest.max(took);
    }
    drop(server);
    let there = count(directory.path()).await?;
    println!("{} events acknowledged, {there} in the log", HISTORY + acknowledged);
    // An append whose acknowledgement the kill took away is there or not.
    ensure!(there >= HISTORY + acknowledged, "acknowledged events are missing");
    let within = slowest < SERVING;
    println!("slowest {slowest:.1?} (target {SERVING:?})");
    println!("{}", if within { "within the target" } else { "OUTSIDE the target" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Straight into the engine.
async fn write_history(directory: &Path) -> anyhow::Result<()> {
    let log = engine::Log::open(engine::Options::new(directory.join("log")))?;
    let start = Instant::now();
    for first in (0..HISTORY).step_by(usize::try_from(PAGE)?) {
        let event = |number: u64| engine::NewEvent {
            id: Uuid::from_u128(number.into()),
            event_type: "bench.Thing.Happened.v1".to_owned(),
            is_json: true,
            data: data(),
            metadata: b"{}".to_vec(),
        };
        let stream = format!("bench.history-{}", first / PAGE % STREAMS);
        log.append(&stream, engine::Expected::Any, (first..first + PAGE).map(event).collect()).await?;
    }
    log.close().await;
    println!("{HISTORY} events written, {:.0}/s", per_second(usize::try_from(HISTORY)?, start.elapsed()));
    Ok(())
}

fn data() -> Vec<u8> {
    format!(r#"{{"text":"{}"}}"#, "x".repeat(DATA)).into_bytes()
}

/// The place of the last event, which counts them: nothing was ever deleted.
async fn count(directory: &Path) -> anyhow::Result<u64> {
    let log = engine::Log::open(engine::Options::new(directory.join("log")))?;
    let head = log.head();
    log.close().await;
    Ok(head)
}

/// Returns once the server has acknowledged an append to this stream.
async fn answered(url: &str, stream: &str) -> anyhow::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let appended = match EsdbLog::connect(Options::new(url)).await {
            Ok(log) => log.append(stream, Expected::NoStream, vec![event(stream, 0)]).await.is_ok(),
            Err(_) => false,
        };
        if appended {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "the server does not answer");
        tokio::time::sleep(LOOK).await;
    }
}

fn event(stream: &str, number: u64) -> NewEvent {
    NewEvent {
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{stream} {number}").as_bytes()),
        event_type: "bench.Thing.Happened.v1".to_owned(),
        data: data(),
        metadata: b"{}".to_vec(),
    }
}

/// Writers that go on until their server is gone.
struct Writing {
    tasks: JoinSet<()>,
    acknowledged: Arc<AtomicU64>,
}

impl Writing {
    /// What they were told is stored.
    async fn stopped(mut self) -> u64 {
        while self.tasks.join_next().await.is_some() {}
        self.acknowledged.load(Ordering::Relaxed)
    }
}

async fn writers(url: &str, kill: usize) -> anyhow::Result<Writing> {
    let log = Arc::new(EsdbLog::connect(Options::new(url)).await.context("no connection")?);
    let (mut tasks, acknowledged) = (JoinSet::new(), Arc::new(AtomicU64::new(0)));
    for writer in 0..WRITERS {
        let (log, acknowledged) = (Arc::clone(&log), Arc::clone(&acknowledged));
        tasks.spawn(async move {
            let stream = format!("bench.writer-{kill}-{writer}");
            for number in 0.. {
                let expected = if number == 0 { Expected::NoStream } else { Expected::Exact(number - 1) };
                if log.append(&stream, expected, vec![event(&stream, number)]).await.is_err() {
                    return;
                }
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    Ok(Writing { tasks, acknowledged })
}
