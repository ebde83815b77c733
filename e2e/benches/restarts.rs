//! How soon `verdict up` judges an observation again after `kill -9`, every time.
//!
//! It kills the binary of `make build` a hundred times while nobody watches anything, and a hundred times while a
//! guardrail is armed on a running rollout. The time runs from the start of the new process until an observation that
//! was sent to it is stored and judged; before that, connections are refused and answers are 503. Exit code 0: every
//! restart within the target; 1: not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "shared/binary.rs"]
mod binary;
#[path = "shared/killed.rs"]
mod killed;
#[path = "shared/times.rs"]
mod times;
#[path = "shared/up.rs"]
mod up;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{bail, ensure};
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde_json::{Value, json};
use times::quantile;
use up::{METRIC, Up};

const RESTARTS: u32 = 100;
/// From the start of the process to the first observation that was judged.
const TARGET: Duration = Duration::from_secs(1);
/// Between two attempts to send an observation.
const LOOK: Duration = Duration::from_millis(1);
/// Kills come so long after the process began to judge; another time for each.
const AGES: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(500)];
/// Without an answer by then there will be none.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let mut up = Up::start()?;
    let idle = restarts(&mut up, "nobody watches").await?;
    up.guarded()?;
    let armed = restarts(&mut up, "a guardrail is armed").await?;
    let slowest = idle.max(armed);
    let within = slowest < TARGET;
    println!("slowest {slowest:.1?} (target {TARGET:?})");
    println!("{}", if within { "within the target" } else { "OUTSIDE the target" });
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what the restarts came to; returns the slowest.
async fn restarts(up: &mut Up, what: &str) -> anyhow::Result<Duration> {
    let (client, mut times, mut asked) = (reqwest::Client::new(), Vec::new(), 0);
    for age in AGES.into_iter().cycle().take(RESTARTS as usize) {
        tokio::time::sleep(age).await;
        let begin = up.launch()?;
        loop {
            ensure!(begin.elapsed() < PATIENCE, "no observation was judged within {PATIENCE:?}");
            if is_judged(&client, &up.observations()).await? {
                break;
            }
            asked += 1;
            tokio::time::sleep(LOOK).await;
        }
        times.push(begin.elapsed());
    }
    let [p50, p90, most] = [0.5, 0.9, 1.0].map(|share| quantile(&mut times, share));
    println!(
        "{what}: {RESTARTS} restarts, p50 {p50:.1?}, p90 {p90:.1?}, most {most:.1?}; {asked} attempts before"
    );
    Ok(most)
}

/// Sends an observation; whether it was judged.
async fn is_judged(client: &reqwest::Client, url: &str) -> anyhow::Result<bool> {
    let end = Timestamp::now();
    let row = json!({
        "metric": METRIC, "source": "bench", "count": 1, "value": 92.0,
        "window_start": (end - SignedDuration::from_micros(100)).to_string(), "window_end": end.to_string(),
    });
    // Nobody listens yet.
    let Ok(answer) = client.post(url).json(&row).send().await else { return Ok(false) };
    match answer.status() {
        StatusCode::OK => {
            let taken: Value = answer.json().await?;
            Ok(taken["waiting"].as_u64().is_none_or(|waiting| waiting == 0))
        }
        StatusCode::SERVICE_UNAVAILABLE => Ok(false),
        other => bail!("{other}: {}", answer.text().await?),
    }
}
