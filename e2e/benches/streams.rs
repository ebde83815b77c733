//! How soon a thousand event streams are told of a kill, and what an idle one costs.
//!
//! The edge is in `verdict up`, the streams end in this process. Each repetition sends a kill, or takes it back, and waits
//! until the last stream was told: commit, relay to the edge and the writing of all streams are within the time. A client
//! fetches after that, and a web provider waits 50 ms before it does. Needs as many open files (`ulimit -n`) and some.
//!
//! Exit code 0 means within the targets, 1 outside.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "shared/binary.rs"]
mod binary;
#[path = "shared/killed.rs"]
mod killed;
#[path = "shared/resident.rs"]
mod resident;
#[path = "shared/times.rs"]
mod times;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use binary::binary;
use killed::Killed;
use resident::resident;
use serde_json::Value;
use times::quantile;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tonic::transport::Endpoint;
use uuid::Uuid;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command as FlagCommand;
use verdict_proto::v1::CommandMeta;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::grpc::{Transport, over};

const STREAMS: usize = 1_000;
const CHANGES: u64 = 100;
const FLAG: &str = "checkout";
const ENVIRONMENT: &str = "production";
/// From the moment a change is sent until a stream was told.
const TARGET: Duration = Duration::from_millis(50);
/// Resident memory of the edge for each stream, in bytes; most of it is what a connection reads and writes through.
const MEMORY: u64 = 20 * 1024;
/// Without an answer by then there will be none.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long nothing is done before changes begin.
const REST: Duration = Duration::from_millis(500);
const LOOK: Duration = Duration::from_millis(1);

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let directory = tempfile::tempdir()?;
    let (up, http, grpc) = start(&binary()?, directory.path()).await?;
    let mut flags = Flags::at(grpc).await?;
    let created = pb::CreateFlag {
        key: FLAG.to_owned(),
        environment: ENVIRONMENT.to_owned(),
        kind: pb::FlagKind::Ops.into(),
        owner: "team".to_owned(),
        ..pb::CreateFlag::default()
    };
    flags.send(FlagCommand::Create(created)).await?;
    let before = resident(up.0.id())?;
    let (tell, mut told) = mpsc::unbounded_channel();
    for _ in 0..STREAMS {
        drop(tokio::spawn(follow(http.clone(), tell.clone())));
    }
    all_told(&mut told).await?;
    // The flag itself may be news still to those that came first.
    tokio::time::sleep(REST).await;
    while told.try_recv().is_ok() {}
    let memory = resident(up.0.id())?.saturating_sub(before) * 1024 / STREAMS as u64;

    let (mut each, mut last) = (Vec::new(), Vec::new());
    for change in 0..CHANGES {
        let command = match change % 2 {
            0 => FlagCommand::Kill(pb::KillFlag {}),
            _ => FlagCommand::Revive(pb::ReviveFlag { undo: false }),
        };
        let sent = Instant::now();
        flags.send(command).await?;
        let times: Vec<Duration> = all_told(&mut told).await?.into_iter().map(|at| at - sent).collect();
        last.extend(times.iter().max());
        each.extend(times);
    }
    let p99 = quantile(&mut each, 0.99);
    let p50 = quantile(&mut each, 0.5);
    println!("{STREAMS} streams told of {CHANGES} changes: p50 {p50:.1?}, p99 {p99:.1?} (target {TARGET:?})");
    println!("the last of them: p50 {:.1?}, p99 {:.1?}", quantile(&mut last, 0.5), quantile(&mut last, 0.99));
    println!("memory for each idle stream: {memory} B (target {MEMORY} B)");
    let within = p99 < TARGET && memory <= MEMORY;
    println!("{}", if within { "within the targets" } else { "OUTSIDE the targets" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A platform with nothing in it, and where it is reached.
async fn start(binary: &Path, directory: &Path) -> anyhow::Result<(Killed, String, String)> {
    let file = directory.join("addresses.json");
    let child = Command::new(binary)
        .args(["up", "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--addresses"])
        .arg(&file)
        .arg("--data")
        .arg(directory.join("data"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (mut up, begin) = (Killed(child), Instant::now());
    while !file.is_file() {
        ensure!(up.0.try_wait()?.is_none() && begin.elapsed() < PATIENCE, "verdict up is not ready");
        tokio::time::sleep(LOOK).await;
    }
    let addresses: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let at = |name: &str| addresses[name].as_str().map(str::to_owned).context("an address");
    Ok((up, at("http")?, at("grpc")?))
}

/// Gives commands about flags.
struct Flags {
    client: FlagsClient<Transport>,
    flag: String,
    given: u64,
}

impl Flags {
    async fn at(grpc: String) -> anyhow::Result<Self> {
        let channel = Endpoint::from_shared(grpc)?.connect().await?;
        Ok(Self { client: FlagsClient::new(over(channel)), flag: String::new(), given: 0 })
    }

    /// Sends a command about the flag that the first one made.
    async fn send(&mut self, command: FlagCommand) -> anyhow::Result<()> {
        self.given += 1;
        let command_id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &self.given.to_be_bytes()).to_string();
        let reason = "a benchmark".to_owned();
        let request = pb::FlagRequest {
            meta: Some(CommandMeta { command_id, reason, ..CommandMeta::default() }),
            flag_id: self.flag.clone(),
            environment: String::new(),
            command: Some(command),
        };
        match self.client.execute(request).await?.into_inner().outcome {
            Some(Outcome::Accepted(accepted)) => self.flag = accepted.id,
            other => bail!("it was not accepted: {other:?}"),
        }
        Ok(())
    }
}

/// Says when its stream was told something, each time.
async fn follow(http: String, tell: mpsc::UnboundedSender<Instant>) -> anyhow::Result<()> {
    let address = http.trim_start_matches("http://");
    let mut socket = TcpStream::connect(address).await.context("no connection; ulimit -n?")?;
    let request = format!("GET /ofrep/v1/events HTTP/1.1\r\nhost: {address}\r\n\r\n");
    socket.write_all(request.as_bytes()).await?;
    let mut lines = BufReader::new(socket).lines();
    while let Some(line) = lines.next_line().await? {
        if line.starts_with("data: ") {
            tell.send(Instant::now())?;
        }
    }
    bail!("a stream ended")
}

/// When each of the streams was told of the next change.
async fn all_told(told: &mut mpsc::UnboundedReceiver<Instant>) -> anyhow::Result<Vec<Instant>> {
    let mut times = Vec::with_capacity(STREAMS);
    while times.len() < STREAMS {
        let next = tokio::time::timeout(PATIENCE, told.recv()).await;
        times.push(next.context("streams are missing")?.context("every stream ended")?);
    }
    Ok(times)
}
