//! `verdict metric replay`: a recorded series through the public endpoint, re-based onto the platform's clock.
//!
//! On virtual time the clock moves on with the series. On real time the series is compressed by `--speed`:
//! windows become shorter by that factor and are sent as they end.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

use super::client::Client;
use super::output::{self, Failure, Format};
use super::{clock, completion, syntax};
use crate::asking;

#[derive(Debug, clap::Args)]
pub struct Replay {
    /// CSV file with the columns timestamp,value
    pub file: PathBuf,
    /// Key of the metric
    #[arg(long, add = completion::of_kind("metric"))]
    pub metric: String,
    /// The rollout that it was measured in
    #[arg(long, add = completion::of_kind("rollout"))]
    pub rollout: Option<String>,
    /// Name of the source; series of one metric are told apart by it
    #[arg(long, default_value = "replay")]
    pub source: String,
    /// How many times faster than recorded, on real time
    #[arg(long, value_name = "NUMBER", default_value = "300", value_parser = syntax::number)]
    pub speed: f64,
    /// Observations per request
    #[arg(long, default_value_t = 12)]
    pub batch: usize,
    /// Rows to leave out at the beginning
    #[arg(long, default_value_t = 0)]
    pub skip: usize,
    /// Rows to send at the most; 0 = all
    #[arg(long, default_value_t = 0)]
    pub limit: usize,
    /// Time of the first row on the platform's clock, RFC 3339; without it the present time
    #[arg(long, value_name = "TIME", value_parser = super::observe::moment)]
    pub start: Option<Timestamp>,
    /// HTTP address of the platform
    #[arg(long, env = "VERDICT_HTTP", default_value = "http://127.0.0.1:7400")]
    pub http: String,
}

/// One observation as the endpoint reads it.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub metric: String,
    pub source: String,
    pub window_start: Timestamp,
    pub window_end: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    pub value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout: Option<String>,
}

/// What the endpoint says about a request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Taken {
    pub accepted: u64,
    pub duplicates: u64,
    pub late: u64,
    #[serde(default)]
    pub position: Option<String>,
    /// Rows of the series that were not sent, because their time stands twice or goes back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Taken {
    /// Prints what became of `what`: a file, or a metric.
    pub fn show(&self, out: &mut dyn Write, format: Format, what: &str) -> Result<(), Failure> {
        if format.is_document() {
            return output::document(out, format, self);
        }
        let Self { accepted, duplicates, late, left_out, position: _ } = self;
        writeln!(out, "{what}: {accepted} accepted, {duplicates} duplicates, {late} late")?;
        if *left_out > 0 {
            writeln!(out, "{left_out} rows left out: their time stands twice or goes back")?;
        }
        Ok(())
    }
}

/// A point of a recorded series: seconds since its first row, and the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub offset: SignedDuration,
    pub value: f64,
}

/// Reads `timestamp,value` rows; times without a zone are taken as UTC.
pub fn points(text: &str) -> Result<Vec<Point>, Failure> {
    let mut first = None;
    let mut points = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: &str| Failure::usage(format!("line {}: {what}: '{line}'", index + 1));
        let (time, value) = line.split_once(',').ok_or_else(|| wrong("give timestamp,value"))?;
        if index == 0 && time.trim().eq_ignore_ascii_case("timestamp") {
            continue;
        }
        let at = syntax::recorded(time.trim()).ok_or_else(|| wrong("the timestamp cannot be read"))?;
        let value = value.trim().parse().map_err(|_| wrong("the value is not a number"))?;
        let first = *first.get_or_insert(at);
        points.push(Point { offset: at.duration_since(first), value });
    }
    Ok(points)
}

/// The points whose time is later than that of all before, and how many are not: the first of a time counts.
fn rising(points: Vec<Point>) -> (Vec<Point>, u64) {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    let mut left_out = 0;
    for point in points {
        if kept.last().is_none_or(|last| point.offset > last.offset) {
            kept.push(point);
        } else {
            left_out += 1;
        }
    }
    (kept, left_out)
}

/// Sends observations over HTTP.
pub struct Sender {
    http: reqwest::Client,
    url: String,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    hint: String,
}

impl Sender {
    pub fn new(address: &str) -> Result<Self, Failure> {
        let http = asking::client(address)
            .timeout(Duration::from_secs(30))
            .build()
            .map_err(|error| Failure::Fault(error.to_string()))?;
        Ok(Self { http, url: format!("{}/v1/observations", address.trim_end_matches('/')) })
    }

    /// Sends `rows` in one request; the same rows again are counted as duplicates.
    pub async fn send(&self, client: &Client, rows: &[Row]) -> Result<Taken, Failure> {
        let body = serde_json::json!({ "observations": rows });
        let deadline = Duration::from_secs(client.deadline());
        let attempts = async {
            loop {
                match self.post(&body).await {
                    Ok((status, text)) if status != StatusCode::SERVICE_UNAVAILABLE => return (status, text),
                    Ok(_) | Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        };
        let (status, text) = tokio::time::timeout(deadline, attempts)
            .await
            .map_err(|_| {
                let seconds = client.deadline();
                Failure::unavailable(format!(
                    "no answer from {} within {seconds} s; --http or VERDICT_HTTP names where observations are taken",
                    self.url
                ))
            })?;
        if status.is_success() {
            return serde_json::from_str(&text).map_err(|error| Failure::Fault(error.to_string()));
        }
        let problem: Refusal = serde_json::from_str(&text).unwrap_or_else(|_| Refusal {
            code: status.to_string(),
            detail: text,
            hint: String::new(),
        });
        Err(Failure::Request(format!("{} [{}]; {}", problem.detail, problem.code, problem.hint)))
    }

    /// One attempt. An answer that breaks off is none: the platform may have died over it.
    async fn post(&self, body: &serde_json::Value) -> reqwest::Result<(StatusCode, String)> {
        let response = self.http.post(&self.url).json(body).send().await?;
        Ok((response.status(), response.text().await?))
    }
}

/// Runs the replay to its end.
pub async fn run(
    replay: Replay,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let shown = replay.file.display().to_string();
    let text = std::fs::read_to_string(&replay.file).map_err(|e| Failure::usage(format!("{shown}: {e}")))?;
    let limit = if replay.limit == 0 { usize::MAX } else { replay.limit };
    let points: Vec<Point> = points(&text)?.into_iter().skip(replay.skip).take(limit).collect();
    let (points, left_out) = rising(points);
    if !(replay.speed.is_finite() && replay.speed > 0.0) {
        return Err(Failure::usage("--speed must be a number above 0"));
    }
    let status = clock::status(client).await?;
    let factor = if status.virtual_clock { 1.0 } else { replay.speed };
    let start = match replay.start {
        Some(start) => start,
        None => clock::time(&status.now)?,
    };
    let sender = Sender::new(&replay.http)?;
    let rows = rows(&replay, &points, start, factor);
    let mut total = Taken { left_out, ..Taken::default() };
    for batch in rows.chunks(replay.batch.max(1)) {
        if let Some(last) = batch.last() {
            clock::reach(client, status.virtual_clock, last.window_end).await?;
        }
        let taken = sender.send(client, batch).await?;
        total.accepted += taken.accepted;
        total.duplicates += taken.duplicates;
        total.late += taken.late;
        total.position = taken.position.or(total.position);
    }
    total.show(out, format, &shown)
}

/// The series on the platform's clock. A window reaches from the row before to its own time.
fn rows(replay: &Replay, points: &[Point], start: Timestamp, factor: f64) -> Vec<Row> {
    let first = points.first().map_or(SignedDuration::ZERO, |point| point.offset);
    let usual = points.get(1).map_or(SignedDuration::from_mins(5), |second| second.offset - first);
    let scaled = |offset: SignedDuration| {
        SignedDuration::try_from_secs_f64((offset - first).as_secs_f64() / factor)
            .unwrap_or(SignedDuration::MAX)
    };
    let row = |(index, point): (usize, &Point)| {
        let before = index.checked_sub(1).map_or(first - usual, |before| points[before].offset);
        Row {
            metric: replay.metric.clone(),
            source: replay.source.clone(),
            window_start: start + scaled(usual) + scaled(before),
            window_end: start + scaled(usual) + scaled(point.offset),
            count: None,
            value: point.value,
            rollout: replay.rollout.clone(),
        }
    };
    points.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_series_reads_as_offsets_and_values() {
        let text = "timestamp,value\n2014-04-10 00:04:00,91.958\n2014-04-10 00:09:00,94.5\n";
        let minutes = SignedDuration::from_mins;
        let wanted = [Point { offset: minutes(0), value: 91.958 }, Point { offset: minutes(5), value: 94.5 }];
        assert_eq!(points(text).unwrap(), wanted);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_by_its_line() {
        let failure = points("timestamp,value\n2014-04-10 00:04:00,91.9\nyesterday,1\n").unwrap_err();
        assert!(matches!(&failure, Failure::Usage(text) if text.starts_with("line 3:")), "{failure:?}");
    }

    #[test]
    fn a_time_that_stands_twice_or_goes_back_is_left_out_and_counted() {
        let text = "2014-11-02 01:00:00,1\n2014-11-02 01:30:00,2\n2014-11-02 01:30:00,3\n2014-11-02 01:00:00,4\n\
                    2014-11-02 02:00:00,5\n";
        let (kept, left_out) = rising(points(text).unwrap());
        assert_eq!(kept.iter().map(|point| point.value).collect::<Vec<_>>(), [1.0, 2.0, 5.0]);
        assert_eq!(left_out, 2);
    }
}
