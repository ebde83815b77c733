//! `verdict metric observe`: one observation or a few in a row, through the public endpoint.

use super::client::Client;
use super::kind::Shown;
use super::{clock, completion, kind, replay, syntax};
use crate::failure::Failure;

/// What is observed.
#[derive(Debug, clap::Args)]
pub struct Observation {
    /// Key of the metric
    #[arg(add = completion::of_kind("metric"))]
    metric: String,
    /// What was measured
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = syntax::number)]
    value: f64,
    /// Measurements in the window; without it the value is a plain one, and of several sources the worst counts
    #[arg(long, value_name = "NUMBER", value_parser = syntax::whole)]
    count: Option<u32>,
    /// Who measured; series of one metric are told apart by it
    #[arg(long, default_value = "cli")]
    source: String,
    /// End of the window, RFC 3339; without it the platform's present time
    #[arg(long, value_name = "TIME", value_parser = moment)]
    window_end: Option<jiff::Timestamp>,
    /// The window ended so many seconds before the platform's present time
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = syntax::whole, conflicts_with = "window_end")]
    ago: u32,
    /// Length of the window in seconds
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = syntax::whole)]
    window: u32,
    /// So many windows of that length one after the other, each with this value; the last one ends when the one would
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = clap::value_parser!(u32).range(1..=1000))]
    windows: u32,
    /// The rollout that it was measured in
    #[arg(long, add = completion::of_kind("rollout"))]
    rollout: Option<String>,
    /// HTTP address of the platform
    #[arg(long, env = "VERDICT_HTTP", default_value = "http://127.0.0.1:7400")]
    http: String,
}

/// A moment that is said in full, or as a date.
pub fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    let wrong = || format!("'{text}' is no time: write 2026-12-01 or 2026-12-01T09:00:00Z");
    if syntax::is_from_now(text) {
        return Err(wrong());
    }
    let time = syntax::time(text, jiff::Timestamp::UNIX_EPOCH).map_err(|_| wrong())?;
    time.parse().map_err(|_| wrong())
}

/// Sends it.
pub async fn run(given: Observation, client: &Client, shown: &mut Shown<'_>) -> Result<(), Failure> {
    let end = match given.window_end {
        Some(end) => end,
        None => clock::now(client).await? - jiff::SignedDuration::from_secs(given.ago.into()),
    };
    let rollout = match &given.rollout {
        Some(rollout) => Some(kind::id_of("rollout", rollout, client).await?),
        None => None,
    };
    let length = jiff::SignedDuration::from_secs(given.window.into());
    let row = |before: u32| replay::Row {
        metric: given.metric.clone(),
        source: given.source.clone(),
        window_start: end - length * i32::try_from(before + 1).unwrap_or(i32::MAX),
        window_end: end - length * i32::try_from(before).unwrap_or(i32::MAX),
        count: given.count,
        value: given.value,
        rollout: rollout.clone(),
    };
    let rows: Vec<_> = (0..given.windows).rev().map(row).collect();
    let taken = replay::Sender::new(&given.http)?.send(client, &rows).await?;
    taken.show(shown.out, shown.format, &given.metric)
}
