//! What `verdict up` holds in memory after millions of source names (design clause 26).
//!
//! Whoever sends observations chooses the names of its sources, and pods get a new one with every start. Ten thousand
//! pods a minute send one row each under a name that was never seen before, to the binary of `make build`, for a
//! guardrail that is armed. `VERDICT_SOURCES` in the environment asks for another number than seven million. Exit code
//! 0: memory stays where it was after the first tenth of them, within the bound; 1: it does not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "shared/binary.rs"]
mod binary;
#[path = "shared/killed.rs"]
mod killed;
#[path = "shared/rate.rs"]
mod rate;
#[path = "shared/resident.rs"]
mod resident;
#[path = "shared/up.rs"]
mod up;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, ensure};
use jiff::{SignedDuration, Timestamp};
use rate::per_second;
use resident::resident;
use serde_json::{Value, json};
use up::{METRIC, Up};

/// Names, unless the environment asks for others.
const SOURCES: usize = 7_000_000;
/// Names of a minute, sent as one request.
const MINUTE: usize = 10_000;
/// How often the memory is told.
const TOLD: usize = 10;
/// What may come on top after the first tenth, in kilobytes.
const GROWTH: u64 = 64 * 1024;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let sources = std::env::var("VERDICT_SOURCES").ok().map_or(Ok(SOURCES), |text| text.parse())?;
    let minutes = sources.div_ceil(MINUTE).max(TOLD);
    let up = Up::start()?;
    up.guarded()?;
    let process = up.process.as_ref().context("it runs")?.0.id();
    let (client, start, mut held) = (reqwest::Client::new(), Instant::now(), Vec::new());
    println!("at the start: {} MB", resident(process)? / 1024);
    // The last minute is the one that ends now.
    let begin = Timestamp::now() - SignedDuration::from_mins(i64::try_from(minutes)?);
    for minute in 1..=minutes {
        let end = begin + SignedDuration::from_mins(i64::try_from(minute)?);
        let answer = client.post(up.observations()).json(&rows(minute, end)).send().await?;
        ensure!(answer.status().is_success(), "minute {minute}: {}", answer.text().await?);
        let taken: Value = answer.json().await?;
        ensure!(taken["accepted"] == MINUTE, "minute {minute}: {taken}");
        if minute % (minutes / TOLD) == 0 {
            let memory = resident(process)?;
            let sent = minute * MINUTE;
            println!(
                "{sent} names: {} MB, {:.0} rows/s so far",
                memory / 1024,
                per_second(sent, start.elapsed())
            );
            held.push(memory);
        }
    }
    let first = *held.first().context("nothing was sent")?;
    let most = held.iter().copied().max().unwrap_or(first);
    let within = most <= first + GROWTH;
    println!(
        "{} MB after the first tenth, at most {} MB afterwards (target {} MB)",
        first / 1024,
        most / 1024,
        (first + GROWTH) / 1024
    );
    println!("{}", if within { "within the target" } else { "OUTSIDE the target" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The rows of one minute, each of a source with a name of its own.
fn rows(minute: usize, end: Timestamp) -> Value {
    let window = [end - SignedDuration::from_mins(1), end].map(|at| at.to_string());
    let row = |pod: usize| {
        json!({
            "metric": METRIC, "source": format!("checkout-7d9f{minute:x}-{pod:x}"), "count": 1, "value": 92.0,
            "window_start": window[0], "window_end": window[1],
        })
    };
    json!({ "observations": (0..MINUTE).map(row).collect::<Vec<_>>() })
}
