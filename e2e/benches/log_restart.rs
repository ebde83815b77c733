//! How soon `verdict log serve` answers again after it was killed over a long log, and whether it has everything that
//! it acknowledged.
//!
//! It kills the binary of `make build` while writers append to it. Exit code 0 means within the target, 1 outside.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time and names no tasks")]

#[path = "shared/binary.rs"]
mod binary;
#[path = "shared/event.rs"]
mod event;
#[path = "shared/history.rs"]
mod history;
#[path = "shared/killed.rs"]
mod killed;
#[path = "shared/rate.rs"]
mod rate;

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::sync::watch;
use tokio::task::JoinSet;
use verdict::platform::LOG_DIRECTORY;
use verdict_adapters::esdb::{EsdbLog, Options};
use verdict_e2e::servers::free_port;
use verdict_eventlog as engine;
use verdict_runtime::log::{EventLog, Expected, NewEvent};

use event::event;
use killed::Killed;
use rate::per_second;

/// Events that are there before the first kill.
const HISTORY: u64 = 1_000_000;
/// Streams of the history.
const STREAMS: u128 = 2_000;
const KILLS: usize = 5;
/// Streams that are appended to until the server dies.
const WRITERS: usize = 16;
/// Acknowledgements of all of them before a kill.
const ENOUGH: u64 = 8_000;
/// From the start of the new process to its first acknowledgement.
const SERVING: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_mins(2);

/// Starts a server over the log in `data`.
fn serve(binary: &Path, data: &Path, at: SocketAddr) -> anyhow::Result<Killed> {
    let child = Command::new(binary)
        .args(["log", "serve", "--http-listen", "127.0.0.1:0", "--listen", &at.to_string(), "--data"])
        .arg(data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(Killed(child))
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let (binary, directory) = (binary::binary()?, tempfile::tempdir()?);
    verdict_adapters::esdb::bootstrap().await?;
    write_history(directory.path()).await?;

    let at: SocketAddr = format!("127.0.0.1:{}", free_port()?).parse()?;
    let url = format!("esdb://{at}?tls=false");
    let mut server = serve(&binary, directory.path(), at)?;
    let mut log = answered(&url, "bench.first").await?;
    let (mut slowest, mut acknowledged) = (Duration::ZERO, 1);
    for kill in 0..KILLS {
        let writing = Writing::start(&log, kill);
        writing.busy().await?;
        drop(server);
        let written = writing.stopped().await;
        let start = Instant::now();
        server = serve(&binary, directory.path(), at)?;
        log = answered(&url, &format!("bench.again-{kill}")).await?;
        let took = start.elapsed();
        acknowledged += written + 1;
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
    let log = engine::Log::open(engine::Options::new(directory.join(LOG_DIRECTORY)))?;
    let start = Instant::now();
    history::write(&log, HISTORY.into(), STREAMS, event).await?;
    log.close().await;
    println!("{HISTORY} events written, {:.0}/s", per_second(usize::try_from(HISTORY)?, start.elapsed()));
    Ok(())
}

/// The place of the last event, which counts them: nothing was ever deleted.
async fn count(directory: &Path) -> anyhow::Result<u64> {
    let log = engine::Log::open(engine::Options::new(directory.join(LOG_DIRECTORY)))?;
    let head = log.head();
    log.close().await;
    Ok(head)
}

/// A connection to the server, once it is up and has acknowledged an append to this stream.
async fn answered(url: &str, stream: &str) -> anyhow::Result<Arc<EsdbLog>> {
    let log = EsdbLog::connect(Options { patience: PATIENCE, ..Options::new(url) }).await?;
    log.append(stream, Expected::NoStream, vec![proposed(HISTORY)]).await?;
    Ok(Arc::new(log))
}

/// The event with this number for the port.
fn proposed(number: u64) -> NewEvent {
    let engine::NewEvent { id, event_type, data, metadata, .. } = event(number.into());
    NewEvent { id, event_type, data, metadata }
}

/// Writers that go on until their server is gone.
struct Writing {
    tasks: JoinSet<()>,
    acknowledged: watch::Sender<u64>,
}

impl Writing {
    fn start(log: &Arc<EsdbLog>, kill: usize) -> Self {
        let (mut tasks, acknowledged) = (JoinSet::new(), watch::Sender::new(0));
        for writer in 0..WRITERS {
            let (log, acknowledged) = (Arc::clone(log), acknowledged.clone());
            let stream = format!("bench.writer-{kill}-{writer}");
            tasks.spawn(async move {
                for number in 0.. {
                    let expected = if number == 0 { Expected::NoStream } else { Expected::Exact(number - 1) };
                    if log.append(&stream, expected, vec![proposed(number)]).await.is_err() {
                        return;
                    }
                    acknowledged.send_modify(|count| *count += 1);
                }
            });
        }
        Self { tasks, acknowledged }
    }

    /// Returns once they were told often enough that something is stored.
    async fn busy(&self) -> anyhow::Result<()> {
        let mut acknowledged = self.acknowledged.subscribe();
        let enough = acknowledged.wait_for(|count| *count >= ENOUGH);
        tokio::time::timeout(PATIENCE, enough).await.context("the writers are too slow")??;
        Ok(())
    }

    /// What they were told is stored.
    async fn stopped(mut self) -> u64 {
        while self.tasks.join_next().await.is_some() {}
        *self.acknowledged.borrow()
    }
}
