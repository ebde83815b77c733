//! How soon `verdict up` is ready on an empty directory, and how much memory it holds when it has nothing to do.
//!
//! It measures the binary of `make build`, as a process of its own. Exit code 0 means within the targets, 1 outside.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "shared/binary.rs"]
mod binary;
#[path = "shared/killed.rs"]
mod killed;
#[path = "shared/resident.rs"]
mod resident;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::ensure;
use binary::binary;
use killed::Killed;
use resident::resident;

/// Starts; the slowest of them counts.
const STARTS: usize = 5;
/// From the start of the process to the file that says it is ready.
const READY: Duration = Duration::from_secs(1);
/// Resident memory of an idle platform, in kilobytes.
const IDLE: u64 = 80 * 1024;
/// How long it is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);
/// How often the file is looked for.
const LOOK: Duration = Duration::from_micros(500);

fn main() -> anyhow::Result<ExitCode> {
    let binary = binary()?;
    let (mut slowest, mut largest) = (Duration::ZERO, 0);
    for _ in 0..STARTS {
        let directory = tempfile::tempdir()?;
        let (up, took) = start(&binary, directory.path())?;
        sleep(REST);
        let memory = resident(up.0.id())?;
        println!("ready after {took:?}, {} MB when idle", memory / 1024);
        (slowest, largest) = (slowest.max(took), largest.max(memory));
    }
    let within = slowest < READY && largest < IDLE;
    println!(
        "slowest start {slowest:?} (target {READY:?}), most memory {} MB (target {} MB)",
        largest / 1024,
        IDLE / 1024
    );
    println!("{}", if within { "within the targets" } else { "OUTSIDE the targets" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn start(binary: &Path, directory: &Path) -> anyhow::Result<(Killed, Duration)> {
    let file = directory.join("addresses.json");
    let begin = Instant::now();
    let child = Command::new(binary)
        .args(["up", "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--addresses"])
        .arg(&file)
        .arg("--data")
        .arg(directory.join("data"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut up = Killed(child);
    while !file.is_file() {
        ensure!(up.0.try_wait()?.is_none(), "verdict up ended");
        sleep(LOOK);
    }
    Ok((up, begin.elapsed()))
}
