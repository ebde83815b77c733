//! `verdict guardrail`: what must not break, and what happened when it did.

use std::io::Write;

use clap::Subcommand;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::guardrail_request::Command;

use super::client::Client;
use super::output::{self, Failure, Format};

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Arm a guardrail on a metric of a rollout
    Arm {
        #[arg(long)]
        metric: String,
        #[arg(long)]
        rollout: String,
        /// Breach below this value
        #[arg(long, conflicts_with = "above", required_unless_present = "above")]
        below: Option<String>,
        /// Breach above this value
        #[arg(long)]
        above: Option<String>,
        /// Windows in a row
        #[arg(long = "for", default_value_t = 1)]
        for_points: u32,
        /// Measurements below which there is no answer
        #[arg(long, default_value_t = 1)]
        min_sample: u32,
        /// A breach takes exposure back to nobody
        #[arg(long)]
        critical: bool,
    },
    /// Somebody looks at the breach
    Acknowledge { guardrail: String },
    /// The breach was a false alarm; widens nothing; needs --reason
    Retract { guardrail: String },
    /// Stop watching; needs --reason
    Disarm { guardrail: String },
    /// Watch again
    Rearm { guardrail: String },
    /// Show one guardrail
    Get { guardrail: String },
    /// List the guardrails, all or those of a rollout
    List {
        #[arg(long, default_value = "")]
        of: String,
    },
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::Arm { metric, rollout, below, above, for_points, min_sample, critical } => {
            let (comparison, value) = match (below, above) {
                (Some(value), None) => (pb::Comparison::Below, value),
                (None, Some(value)) => (pb::Comparison::Above, value),
                _ => return Err(Failure::usage("give one of --below and --above")),
            };
            let threshold = pb::Threshold {
                comparison: Some(comparison.into()),
                value: Some(value),
                for_points: Some(for_points),
            };
            let arm = pb::ArmGuardrail {
                metric,
                rollout_id: rollout,
                rule: Some(pb::arm_guardrail::Rule::Threshold(threshold)),
                min_sample,
                critical,
                critical_events: 0,
            };
            (String::new(), Command::Arm(arm))
        }
        Verb::Acknowledge { guardrail } => (guardrail, Command::Acknowledge(pb::AcknowledgeBreach {})),
        Verb::Retract { guardrail } => (guardrail, Command::Retract(pb::RetractBreach {})),
        Verb::Disarm { guardrail } => (guardrail, Command::Disarm(pb::DisarmGuardrail {})),
        Verb::Rearm { guardrail } => (guardrail, Command::Rearm(pb::RearmGuardrail {})),
        Verb::Get { .. } | Verb::List { .. } => return Err(Failure::usage("this verb is not a command")),
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { guardrail } => {
            let request = client.get(&guardrail);
            let view = client.call(|| async { client.guardrails().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List { of } => {
            let request = client.list(&of);
            let list = client.call(|| async { client.guardrails().list(request.clone()).await }).await?;
            show(out, format, &list.guardrails)
        }
        command_verb => {
            let (guardrail_id, command) = command(command_verb)?;
            let request = pb::GuardrailRequest { meta: client.meta(), guardrail_id, command: Some(command) };
            let reply = client.call(|| async { client.guardrails().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

fn show(out: &mut dyn Write, format: Format, guardrails: &[pb::GuardrailView]) -> Result<(), Failure> {
    if format == Format::Json {
        return guardrails.iter().try_for_each(|guardrail| output::json(out, guardrail));
    }
    let row = |guardrail: &pb::GuardrailView| {
        vec![
            guardrail.id.clone(),
            guardrail.metric.clone(),
            guardrail.state.clone(),
            output::state(guardrail.answer()).to_owned(),
            guardrail.required.clone(),
            guardrail.seen.clone(),
            guardrail.breaches.to_string(),
        ]
    };
    let rows: Vec<_> = guardrails.iter().map(row).collect();
    output::table(out, &["GUARDRAIL", "METRIC", "STATE", "ANSWER", "REQUIRED", "SEEN", "BREACHES"], &rows)
}
