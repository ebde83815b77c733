//! `verdict trial`: what a guardrail would have done, from a query or a file, a rule and a period. The past goes through the
//! evaluation that judges live observations; nothing is written, and no platform runs.

use std::io::Write;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use verdict_kernel::clock::{Clock, between};
use verdict_kernel::value::Value;
use verdict_metrics_domain::evaluation::{Aggregation, Judge};
use verdict_metrics_domain::evaluation::{Comparison, Rule, Severity, Terms, Threshold};

use super::output::{Failure, Format};
use super::{observe, syntax};
use outcome::Outcome;
use past::Past;
pub(super) use shown::{lasting, minute};

mod csv;
mod document;
mod known;
mod outcome;
mod past;
mod shown;
mod sparkline;
mod svg;
#[cfg(test)]
mod tests;

/// Most windows in a row that a rule takes.
const LONGEST: u32 = 1_000;

/// What is tried.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("bound").required(true).args(["above", "below"]))]
#[command(group = clap::ArgGroup::new("source").required(true).args(["csv", "prometheus"]))]
pub struct Trial {
    /// CSV file with the columns timestamp,value, plain or gzip; - is standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    csv: Option<PathBuf>,
    /// Leave out rows of --csv whose time is not after that of the row before, and say how many
    #[arg(long, requires = "csv")]
    leave_out_unordered: bool,
    /// Breaks above this value
    #[arg(long, value_name = "NUMBER", value_parser = bound, allow_negative_numbers = true)]
    above: Option<Value>,
    /// Breaks below this value
    #[arg(long, value_name = "NUMBER", value_parser = bound, allow_negative_numbers = true)]
    below: Option<Value>,
    /// Breaks after so many windows in a row, such as 5, or after that long, such as 10m
    #[arg(long = "for", value_name = "WINDOWS|DURATION", default_value = "3", value_parser = Length::read)]
    length: Length,
    /// Length of a window; without it the usual distance of the rows, of Prometheus 1m
    #[arg(long, value_name = "DURATION", value_parser = length)]
    step: Option<Duration>,
    /// How far back; of a file from its last row. Without it and --from a whole file, of Prometheus 7d
    #[arg(long, value_name = "DURATION", value_parser = length, conflicts_with_all = ["from", "to"])]
    since: Option<Duration>,
    /// Beginning of the period
    #[arg(long, value_name = "TIME", value_parser = observe::moment)]
    from: Option<Timestamp>,
    /// End of the period; without it the last row, or now
    #[arg(long, value_name = "TIME", value_parser = observe::moment)]
    to: Option<Timestamp>,
    /// Also draw it into this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    svg: Option<PathBuf>,
    /// Print no trial but the guardrail as a document, in shadow, for verdict apply
    #[arg(long, requires_all = ["metric", "rollout"])]
    document: bool,
    /// Key of the metric in --document
    #[arg(long, value_name = "KEY")]
    metric: Option<String>,
    /// Key of the rollout that --document guards
    #[arg(long, value_name = "KEY")]
    rollout: Option<String>,
    // They have headings of their own in the help, which what follows them would be under.
    #[command(flatten)]
    known: known::Sources,
    #[command(flatten)]
    prometheus: past::Server,
}

/// How long a rule waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Windows(NonZeroU32),
    Lasting(Duration),
}

impl Length {
    fn read(text: &str) -> Result<Self, String> {
        if text.parse::<f64>().is_err() {
            return length(text).map(Self::Lasting);
        }
        let windows = syntax::whole(text)?;
        let windows = NonZeroU32::new(windows).filter(|windows| windows.get() <= LONGEST);
        windows
            .map(Self::Windows)
            .ok_or_else(|| format!("write 1 to {LONGEST} windows, or a duration such as 10m"))
    }

    /// How many windows of `step` that is.
    fn windows(self, step: Duration) -> Result<NonZeroU32, Failure> {
        let lasting = match self {
            Self::Windows(windows) => return Ok(windows),
            Self::Lasting(lasting) => lasting,
        };
        let windows = lasting.as_nanos().div_ceil(step.as_nanos().max(1));
        if step > lasting {
            return Err(Failure::usage(format!(
                "a window of {} is longer than the rule, --for {}: make --step shorter, or --for longer",
                shown::lasting(step),
                shown::lasting(lasting)
            )));
        }
        let windows =
            u32::try_from(windows).ok().filter(|windows| *windows <= LONGEST).and_then(NonZeroU32::new);
        windows.ok_or_else(|| {
            let (lasting, step) = (shown::lasting(lasting), shown::lasting(step));
            Failure::usage(format!(
                "--for {lasting} is more than {LONGEST} windows of {step}: make --step longer"
            ))
        })
    }
}

fn bound(text: &str) -> Result<Value, String> {
    Value::new(syntax::number(text)?).map_err(|error| error.to_string())
}

fn length(text: &str) -> Result<Duration, String> {
    let duration = Duration::try_from(syntax::duration(text)?).map_err(|error| error.to_string())?;
    let is_whole = duration.as_nanos().is_multiple_of(1_000_000);
    if is_whole { Ok(duration) } else { Err(format!("'{text}' is finer than a millisecond")) }
}

impl Trial {
    fn rule(&self, for_points: NonZeroU32) -> Result<Rule, Failure> {
        let (comparison, value) = match (self.above, self.below) {
            (Some(value), _) => (Comparison::Above, value),
            (None, Some(value)) => (Comparison::Below, value),
            (None, None) => return Err(Failure::usage("give --above or --below")),
        };
        Ok(Rule::Threshold(Threshold { comparison, value, for_points }))
    }

    fn terms(&self, step: Duration) -> Result<Terms, Failure> {
        Ok(Terms {
            rule: self.rule(self.length.windows(step)?)?,
            min_sample: 0,
            severity: Severity::Normal,
            refresh: step,
            judge: Judge::Merged,
            aggregation: Aggregation::Mean,
        })
    }
}

/// Runs a trial to its end.
pub async fn run(
    trial: Trial,
    ca: Option<PathBuf>,
    clock: &dyn Clock,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut past = Past::read(&trial, ca.as_deref(), clock.now()).await?;
    let terms = trial.terms(past.step)?;
    if trial.document {
        return document::print(&trial, &terms, format, out);
    }
    let windows = between(past.period.from, past.period.to).as_nanos() / past.step.as_nanos().max(1);
    if windows < terms.rule.looks_at() as u128 {
        return Err(Failure::usage(format!(
            "the rule looks at {} windows of {}, and the period has {windows}: make it longer, or --for shorter",
            terms.rule.looks_at(),
            shown::lasting(past.step)
        )));
    }
    let record = known::read(&trial.known, &mut past).await?;
    let outcome = Outcome::of(&trial, &terms, &past, &record);
    if let Some(file) = &trial.svg {
        let drawn = svg::draw(&terms, &past, &outcome, &record);
        std::fs::write(file, drawn)
            .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    }
    shown::show(&outcome, &terms, &past, format, out)
}
