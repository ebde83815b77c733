//! `verdict metric`: definitions, observations, and replays of recorded series.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::metric_request::Command;

use super::client::Client;
use super::output::{self, Failure, Format};
use super::replay;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Define a metric
    Define {
        #[arg(long)]
        key: String,
        #[arg(long = "type", value_enum)]
        kind: Kind,
        #[arg(long, default_value = "")]
        unit: String,
        /// The direction that is good
        #[arg(long, value_enum)]
        good: Good,
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        target: String,
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        baseline: String,
        /// Seconds between observations; without it the default of the type
        #[arg(long, default_value_t = 0)]
        refresh: u32,
        /// Key of a metric that this one leads to
        #[arg(long = "leads-to")]
        leads_to: Vec<String>,
        /// How a value comes from what was measured; of all but a mean the worst row counts
        #[arg(long, value_enum, default_value = "mean")]
        aggregation: Aggregation,
    },
    /// Attest that a real event was received
    VerifyInstrumentation {
        metric: String,
        #[arg(long)]
        source: String,
        #[arg(long)]
        window_end: String,
    },
    /// Activate a metric
    Activate { metric: String },
    /// Change target, baseline or direction; the old ones stay visible
    Revise {
        metric: String,
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        target: String,
        #[arg(long, default_value = "", allow_hyphen_values = true)]
        baseline: String,
        #[arg(long, value_enum)]
        good: Good,
    },
    /// Retire a metric
    Retire { metric: String },
    /// Bring a retired metric back
    Restore { metric: String },
    /// Take observations back, for example those of a wrong unit; needs --reason
    Retract {
        metric: String,
        #[arg(long, allow_hyphen_values = true)]
        source: String,
        /// Of windows that end after this time, RFC 3339
        #[arg(long)]
        from: String,
        /// And not after this one
        #[arg(long)]
        to: String,
    },
    /// Send one observation
    Observe(Observation),
    /// Send a recorded series (CSV with the columns timestamp,value), re-based onto the platform's clock
    Replay(replay::Replay),
    /// Show one metric
    Get { metric: String },
    /// List the metrics
    List,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    Leading,
    Core,
    Lagging,
    Guardrail,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Good {
    Up,
    Down,
}

impl Good {
    fn number(self) -> i32 {
        match self {
            Self::Up => pb::Trend::Increase,
            Self::Down => pb::Trend::Decrease,
        }
        .into()
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Aggregation {
    Mean,
    Percentile,
    Minimum,
    Maximum,
}

impl Aggregation {
    fn number(self) -> i32 {
        match self {
            Self::Mean => pb::Aggregation::Mean,
            Self::Percentile => pb::Aggregation::Percentile,
            Self::Minimum => pb::Aggregation::Minimum,
            Self::Maximum => pb::Aggregation::Maximum,
        }
        .into()
    }
}

#[derive(Debug, Args)]
pub struct Observation {
    /// Key of the metric
    metric: String,
    #[arg(long, allow_hyphen_values = true)]
    value: f64,
    /// Measurements in the window; without it the value is a plain one, and of several sources the worst counts
    #[arg(long)]
    count: Option<u32>,
    #[arg(long, default_value = "cli")]
    source: String,
    /// End of the window, RFC 3339; without it the platform's present time
    #[arg(long)]
    window_end: Option<jiff::Timestamp>,
    /// The window ended so many seconds before the platform's present time
    #[arg(long, default_value_t = 0, conflicts_with = "window_end")]
    ago: u32,
    /// Length of the window in seconds
    #[arg(long, default_value_t = 60)]
    window: u32,
    #[arg(long)]
    rollout: Option<String>,
    /// HTTP address of the platform
    #[arg(long, env = "VERDICT_HTTP", default_value = "http://127.0.0.1:7400")]
    http: String,
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::Define { key, kind, unit, good, target, baseline, refresh, leads_to, aggregation } => {
            let kind = match kind {
                Kind::Leading => pb::MetricType::Leading,
                Kind::Core => pb::MetricType::Core,
                Kind::Lagging => pb::MetricType::Lagging,
                Kind::Guardrail => pb::MetricType::Guardrail,
            };
            let define = pb::DefineMetric {
                key,
                r#type: kind.into(),
                unit,
                good: good.number(),
                target,
                baseline,
                refresh_seconds: refresh,
                leads_to,
                aggregation: aggregation.number(),
            };
            (String::new(), Command::Define(define))
        }
        Verb::VerifyInstrumentation { metric, source, window_end } => {
            (metric, Command::VerifyInstrumentation(pb::VerifyInstrumentation { source, window_end }))
        }
        Verb::Activate { metric } => (metric, Command::Activate(pb::ActivateMetric {})),
        Verb::Revise { metric, target, baseline, good } => {
            (metric, Command::Revise(pb::ReviseMetric { target, baseline, good: good.number() }))
        }
        Verb::Retire { metric } => (metric, Command::Retire(pb::RetireMetric {})),
        Verb::Restore { metric } => (metric, Command::Restore(pb::RestoreMetric {})),
        Verb::Retract { metric, source, from, to } => {
            (metric, Command::RetractObservations(pb::RetractObservations { source, from, to }))
        }
        Verb::Observe(_) | Verb::Replay(_) | Verb::Get { .. } | Verb::List => {
            return Err(Failure::usage("this verb is not a command"));
        }
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { metric } => {
            let request = client.get(&metric);
            let view = client.call(|| async { client.metrics().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List => {
            let page = |request| async move { client.metrics().list(request).await };
            let metrics = client.pages("", page, |list| (list.metrics, list.next)).await?;
            show(out, format, &metrics)
        }
        Verb::Observe(observation) => {
            client.not_dry("an observation")?;
            observe(observation, client, format, out).await
        }
        Verb::Replay(replay) => {
            client.not_dry("a replay")?;
            replay::run(replay, client, format, out).await
        }
        command_verb => {
            let (metric_id, command) = command(command_verb)?;
            let request = pb::MetricRequest { meta: client.meta(), metric_id, command: Some(command) };
            let reply = client.call(|| async { client.metrics().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

async fn observe(
    given: Observation,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let end = match given.window_end {
        Some(end) => end,
        None => super::clock::now(client).await? - jiff::SignedDuration::from_secs(given.ago.into()),
    };
    let row = replay::Row {
        metric: given.metric,
        source: given.source,
        window_start: end - jiff::SignedDuration::from_secs(given.window.into()),
        window_end: end,
        count: given.count,
        value: given.value,
        rollout: given.rollout,
    };
    let taken = replay::Sender::new(&given.http)?.send(client, std::slice::from_ref(&row)).await?;
    taken.show(out, format, &row.metric)
}

fn show(out: &mut dyn Write, format: Format, metrics: &[pb::MetricView]) -> Result<(), Failure> {
    if format == Format::Json {
        return metrics.iter().try_for_each(|metric| output::json(out, metric));
    }
    let row = |metric: &pb::MetricView| {
        let kind = metric.r#type().as_str_name().trim_start_matches("METRIC_TYPE_").to_lowercase();
        vec![
            metric.id.clone(),
            metric.key.clone(),
            kind,
            metric.state.clone(),
            metric.target.clone(),
            metric.last_value.clone(),
            output::state(metric.target_met()).to_owned(),
            metric.observations.to_string(),
        ]
    };
    let rows: Vec<_> = metrics.iter().map(row).collect();
    output::table(
        out,
        &["METRIC", "KEY", "TYPE", "STATE", "TARGET", "LAST", "TARGET MET", "OBSERVATIONS"],
        &rows,
    )
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(subcommand)]
        verb: Verb,
    }

    #[test]
    fn numbers_below_nothing_are_taken() {
        for line in [
            &["metric", "observe", "cpu", "--value", "-3.5"][..],
            &["metric", "define", "--key", "k", "--type", "core", "--good", "up", "--target", "-5"],
            &["metric", "define", "--key", "k", "--type", "core", "--good", "up", "--baseline", "-5"],
            &["metric", "retract", "k", "--source", "-o", "--from", "x", "--to", "y"],
            &["metric", "revise", "k", "--good", "up", "--target", "-5", "--baseline", "-6"],
        ] {
            assert!(Line::try_parse_from(line).is_ok(), "{line:?}");
        }
    }
}
