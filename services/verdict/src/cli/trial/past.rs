//! The past that is tried: a series from a file or from Prometheus, with its windows and its period.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use verdict_adapters::prometheus::{Auth, Options, Prometheus};
use verdict_kernel::clock::between;
use verdict_kernel::value::Value;
use verdict_metrics_domain::replay::record::Span;
use verdict_runtime::source::{MetricSource, SourceError, Steps, Told, only};

use super::csv::{self, Row};
use super::{Trial, length};
use crate::cli::output::Failure;

/// Window and period of Prometheus unless something else is said.
const STEP: Duration = Duration::from_mins(1);
const PERIOD: Duration = Duration::from_hours(7 * 24);
/// Rows of one window that are read at most: every one is judged with all others of its window.
const CROWDED: u128 = 100;
/// Most windows of a period: a year of minutes.
const MOST: u128 = 600_000;

/// Where Prometheus is, or what speaks like it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Prometheus")]
pub(super) struct Server {
    /// Address of Prometheus, or of what speaks its API under a path
    #[arg(long, value_name = "URL", requires = "query")]
    pub(super) prometheus: Option<String>,
    /// What is asked: one series in PromQL
    #[arg(long, value_name = "PROMQL", requires = "prometheus", conflicts_with = "csv")]
    pub(super) query: Option<String>,
    /// File with a bearer token; VERDICT_PROMETHEUS_TOKEN holds one
    #[arg(long, value_name = "FILE", requires = "prometheus", conflicts_with = "csv")]
    pub(super) bearer_file: Option<PathBuf>,
    /// User of basic authentication; VERDICT_PROMETHEUS_PASSWORD holds the password
    #[arg(long, value_name = "NAME", requires = "prometheus", conflicts_with_all = ["csv", "bearer_file"])]
    pub(super) user: Option<String>,
    /// File with the password of --user
    #[arg(long, value_name = "FILE", requires = "user")]
    pub(super) password_file: Option<PathBuf>,
    /// A header that is sent along, such as X-Scope-OrgID=team; repeat it for more
    #[arg(long = "header", value_name = "NAME=VALUE", value_parser = header, requires = "prometheus", conflicts_with = "csv")]
    pub(super) headers: Vec<(String, String)>,
    /// How long one question may take
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = length)]
    pub(super) timeout: Duration,
}

fn header(text: &str) -> Result<(String, String), String> {
    let wrong = || "write it as NAME=VALUE".to_owned();
    let (name, value) = text.split_once('=').ok_or_else(wrong)?;
    if name.trim().is_empty() { Err(wrong()) } else { Ok((name.trim().to_owned(), value.to_owned())) }
}

/// See the module.
pub(super) struct Past {
    /// What it is called.
    pub(super) name: String,
    pub(super) series: Vec<(Timestamp, Value)>,
    pub(super) step: Duration,
    pub(super) period: Span,
    pub(super) warnings: Vec<String>,
    /// Who may be asked for more.
    pub(super) source: Option<Box<dyn MetricSource>>,
}

impl Past {
    pub(super) async fn read(trial: &Trial, ca: Option<&Path>, now: Timestamp) -> Result<Self, Failure> {
        if let (Some(from), Some(to)) = (trial.from, trial.to)
            && from >= to
        {
            return Err(Failure::usage(format!(
                "the period ends before it begins: --from {from}, --to {to}"
            )));
        }
        let past = match &trial.csv {
            Some(file) => Self::of_file(trial, file)?,
            None => Self::of_server(trial, ca, now).await?,
        };
        let windows = between(past.period.from, past.period.to).as_nanos() / past.step.as_nanos().max(1);
        if windows > MOST {
            return Err(Failure::usage(format!(
                "{windows} windows are more than {MOST}: make --step longer, or the period shorter"
            )));
        }
        if past.series.len() as u128 > CROWDED * (windows + 1) {
            return Err(Failure::usage(format!(
                "{} rows are more than {CROWDED} for each of {windows} windows: make --step shorter",
                past.series.len()
            )));
        }
        Ok(past)
    }

    fn of_file(trial: &Trial, file: &Path) -> Result<Self, Failure> {
        let name = csv::name(file);
        let text = csv::text(file)?;
        let mut warnings = Vec::new();
        let mut rows = ordered(&name, &text, trial.leave_out_unordered, &mut warnings)?;
        let last = rows.last().map(|(at, _)| *at);
        let since = trial.since.and_then(|since| last?.checked_sub(since).ok());
        let from = trial.from.or(since).unwrap_or(Timestamp::MIN);
        rows.retain(|(at, _)| *at >= from && trial.to.is_none_or(|to| *at <= to));
        let usual = usual(&rows);
        let step = trial.step.or(usual);
        let step =
            step.ok_or_else(|| Failure::usage(format!("{name}: fewer than two rows in the period")))?;
        let missing = rows.iter().filter(|(_, value)| value.is_none()).count();
        if missing > 0 {
            warnings.push(format!("{missing} rows without a number are no data"));
        }
        let first = rows.first().and_then(|(at, _)| at.checked_sub(step).ok());
        let (Some(first), Some(last)) = (first, rows.last().map(|(at, _)| *at)) else {
            return Err(Failure::usage(format!("{name}: no row in the period")));
        };
        let series: Vec<_> = rows.into_iter().filter_map(|(at, value)| Some((at, value?))).collect();
        if series.is_empty() {
            return Err(Failure::usage(format!("{name}: no number in the period")));
        }
        let period = Span { from: first, to: trial.to.unwrap_or(last) };
        Ok(Self { name, series, step, period, warnings, source: None })
    }

    async fn of_server(trial: &Trial, ca: Option<&Path>, now: Timestamp) -> Result<Self, Failure> {
        let Server { prometheus: Some(url), query: Some(query), .. } = &trial.prometheus else {
            return Err(Failure::usage("give --csv, or --prometheus and --query"));
        };
        let source = connect(&trial.prometheus, url, ca)?;
        let step = trial.step.unwrap_or(STEP);
        // The newest samples may still come, and the window of now is not over.
        let to = trial.to.unwrap_or_else(|| now.checked_sub(step).unwrap_or(now));
        let back = to.checked_sub(trial.since.unwrap_or(PERIOD)).unwrap_or(Timestamp::MIN);
        let steps = Steps::within(trial.from.unwrap_or(back), to, step);
        let steps = steps.ok_or_else(|| Failure::usage("the period is shorter than a window"))?;
        let windows = between(steps.start, steps.end).as_nanos() / step.as_nanos().max(1);
        if windows > MOST {
            return Err(Failure::usage(format!(
                "{windows} windows are more than {MOST}: make --step longer, or the period shorter"
            )));
        }
        let Told { answer, warnings } = source.range(query, steps).await?;
        let samples = only(query, answer)?.samples;
        let series = samples.iter().filter_map(|it| Some((it.at, Value::new(it.value).ok()?))).collect();
        let from = steps.start.checked_sub(step).unwrap_or(steps.start);
        let period = Span { from, to: steps.end };
        Ok(Self { name: query.clone(), series, step, period, warnings, source: Some(Box::new(source)) })
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Away { .. } => Self::Unavailable(error.to_string()),
            SourceError::NoData { .. } => Self::Request(format!(
                "{error} in the period; try the query without its conditions, or a longer --since"
            )),
            SourceError::SeveralSeries { .. } => {
                Self::Request(format!("{error}; sum or average them, or name one by its labels"))
            }
            SourceError::Refused { .. } => Self::Request(error.to_string()),
        }
    }
}

fn connect(server: &Server, url: &str, ca: Option<&Path>) -> Result<Prometheus, Failure> {
    let of_file = |file: &Path| {
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
        Ok::<_, Failure>(text.trim().to_owned())
    };
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let auth = match (&server.bearer_file, &server.user) {
        (Some(file), _) => Auth::Bearer(of_file(file)?.into()),
        (None, Some(user)) => {
            let given = server.password_file.as_deref().map(of_file).transpose()?;
            let password = given.or_else(|| variable("VERDICT_PROMETHEUS_PASSWORD"));
            let missing = || Failure::usage("--user needs --password-file or VERDICT_PROMETHEUS_PASSWORD");
            Auth::Basic { user: user.clone(), password: password.ok_or_else(missing)?.into() }
        }
        (None, None) => {
            variable("VERDICT_PROMETHEUS_TOKEN").map_or(Auth::None, |token| Auth::Bearer(token.into()))
        }
    };
    let headers = server.headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let options = Options {
        auth,
        headers,
        ca_file: ca.map(Path::to_owned),
        timeout: server.timeout,
        ..Options::at(url)
    };
    Prometheus::new(options).map_err(|error| Failure::usage(error.to_string()))
}

/// Time and number, of a row without one `None`.
type Numbered = (Timestamp, Option<Value>);

fn ordered(
    name: &str,
    text: &str,
    leave_out: bool,
    warnings: &mut Vec<String>,
) -> Result<Vec<Numbered>, Failure> {
    let mut kept: Vec<Numbered> = Vec::new();
    let mut before = 0;
    let mut left_out = 0;
    for row in csv::rows(name, text, &["timestamp", "time"]) {
        let (at, value) = numbered(row)?;
        match kept.last() {
            Some((last, _)) if at <= *last && leave_out => left_out += 1,
            Some((last, _)) if at <= *last => {
                let what = if at == *last { "stands twice, first in" } else { "is before that of" };
                let what =
                    format!("its time {what} line {before}; --leave-out-unordered goes on without such rows");
                return Err(row.wrong(&what));
            }
            Some(_) | None => {
                kept.push((at, value));
                before = row.line;
            }
        }
    }
    if left_out > 0 {
        warnings.push(format!("{left_out} rows left out: their time stands twice or goes back"));
    }
    if kept.is_empty() { Err(Failure::usage(format!("{name}: holds no row"))) } else { Ok(kept) }
}

fn numbered(row: Row<'_>) -> Result<Numbered, Failure> {
    let cells = row.cells(3);
    let &[time, value] = cells.as_slice() else {
        return Err(row.wrong("give timestamp,value"));
    };
    let at = time.time()?;
    if value.text.is_empty() {
        return Ok((at, None));
    }
    let number: f64 = value.text.parse().map_err(|_| value.wrong("is no number"))?;
    Ok((at, Value::new(number).ok()))
}

/// The distance of two rows that is found most often, the shortest of those.
fn usual(rows: &[Numbered]) -> Option<Duration> {
    let mut distances: Vec<Duration> = rows.windows(2).map(|pair| between(pair[0].0, pair[1].0)).collect();
    distances.sort_unstable();
    let runs = distances.chunk_by(|a, b| a == b);
    // Of several that are as long the last counts, so they are taken from the longest distance on.
    runs.rev().max_by_key(|run| run.len()).and_then(|run| run.first().copied())
}
