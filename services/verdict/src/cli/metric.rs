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
        #[arg(long, default_value = "")]
        target: String,
        #[arg(long, default_value = "")]
        baseline: String,
        /// Seconds between observations; without it the default of the type
        #[arg(long, default_value_t = 0)]
        refresh: u32,
        /// Key of a metric that this one leads to
        #[arg(long = "leads-to")]
        leads_to: Vec<String>,
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
        #[arg(long, default_value = "")]
        target: String,
        #[arg(long, default_value = "")]
        baseline: String,
        #[arg(long, value_enum)]
        good: Good,
    },
    /// Retire a metric
    Retire { metric: String },
    /// Bring a retired metric back
    Restore { metric: String },
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

#[derive(Debug, Args)]
pub struct Observation {
    /// Key of the metric
    metric: String,
    #[arg(long)]
    value: f64,
    #[arg(long, default_value_t = 1)]
    count: u32,
    #[arg(long, default_value = "cli")]
    source: String,
    /// End of the window, RFC 3339; without it the platform's present time
    #[arg(long)]
    window_end: Option<jiff::Timestamp>,
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
        Verb::Define { key, kind, unit, good, target, baseline, refresh, leads_to } => {
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
            let request = client.list("");
            let list = client.call(|| async { client.metrics().list(request.clone()).await }).await?;
            show(out, format, &list.metrics)
        }
        Verb::Observe(observation) => observe(observation, client, format, out).await,
        Verb::Replay(replay) => replay::run(replay, client, format, out).await,
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
        None => super::clock::now(client).await?,
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
