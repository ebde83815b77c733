//! `verdict guardrail`: what must not break, and what happened when it did.

use std::io::Write;

use clap::{Subcommand, ValueEnum};
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
        #[arg(long, conflicts_with = "above", required_unless_present = "above", allow_hyphen_values = true)]
        below: Option<String>,
        /// Breach above this value
        #[arg(long, allow_hyphen_values = true)]
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
        /// What a breach does
        #[arg(long, value_enum, default_value = "rollback")]
        effect: Effect,
        /// How several sources come to one answer
        #[arg(long, value_enum, default_value = "merged")]
        judge: Judge,
    },
    /// Somebody looks at the breach
    Acknowledge {
        guardrail: String,
        /// Stage attempt whose breach is meant; without it the newest breach
        #[arg(long, default_value_t = 0)]
        attempt: u32,
    },
    /// The breach was a false alarm; widens nothing; needs --reason
    Retract {
        guardrail: String,
        /// Stage attempt whose breach is meant; without it the newest breach
        #[arg(long, default_value_t = 0)]
        attempt: u32,
    },
    /// Change what a breach does; needs --reason
    SetEffect {
        guardrail: String,
        #[arg(long, value_enum)]
        effect: Effect,
    },
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

/// What a failing guardrail does.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Effect {
    /// Records that it would have breached, and nothing else
    Shadow,
    /// Stops the widening
    Hold,
    /// Takes exposure back
    Rollback,
}

impl Effect {
    fn number(self) -> i32 {
        match self {
            Self::Shadow => pb::GuardrailEffect::Shadow,
            Self::Hold => pb::GuardrailEffect::Hold,
            Self::Rollback => pb::GuardrailEffect::Rollback,
        }
        .into()
    }
}

/// How the sources of a metric come to one answer.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Judge {
    /// By one point of all of them; of percentiles, extremes and plain values the worst counts
    Merged,
    /// Each by its own points: all have to pass, and one that falls silent is not known
    EachSource,
}

impl Judge {
    fn number(self) -> i32 {
        match self {
            Self::Merged => pb::Judge::Merged,
            Self::EachSource => pb::Judge::EachSource,
        }
        .into()
    }
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::Arm { metric, rollout, below, above, for_points, min_sample, critical, effect, judge } => {
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
                effect: effect.number(),
                judge: judge.number(),
            };
            (String::new(), Command::Arm(arm))
        }
        Verb::Acknowledge { guardrail, attempt } => {
            (guardrail, Command::Acknowledge(pb::AcknowledgeBreach { attempt }))
        }
        Verb::Retract { guardrail, attempt } => (guardrail, Command::Retract(pb::RetractBreach { attempt })),
        Verb::SetEffect { guardrail, effect } => {
            (guardrail, Command::SetEffect(pb::SetEffect { effect: effect.number() }))
        }
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
            describe(out, format, &view)
        }
        Verb::List { of } => {
            let page = |request| async move { client.guardrails().list(request).await };
            let guardrails = client.pages(&of, page, |list| (list.guardrails, list.next)).await?;
            show(out, format, &guardrails)
        }
        command_verb => {
            let (guardrail_id, command) = command(command_verb)?;
            let request = pb::GuardrailRequest { meta: client.meta(), guardrail_id, command: Some(command) };
            let reply = client.call(|| async { client.guardrails().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

/// Everything about one guardrail.
fn describe(out: &mut dyn Write, format: Format, guardrail: &pb::GuardrailView) -> Result<(), Failure> {
    show(out, format, std::slice::from_ref(guardrail))?;
    if format == Format::Json {
        return Ok(());
    }
    writeln!(out, "\nrollout   {}", guardrail.rollout_id)?;
    let critical = if guardrail.critical { ", critical" } else { "" };
    writeln!(out, "effect    {}{critical}", effect(guardrail.effect()))?;
    if guardrail.judge() == pb::Judge::EachSource {
        writeln!(out, "judged    each source by itself")?;
    }
    if !guardrail.as_of.is_empty() {
        writeln!(out, "as of     {}", guardrail.as_of)?;
    }
    if guardrail.would_have_breached > 0 {
        writeln!(out, "shadow    would have breached {} times", guardrail.would_have_breached)?;
    }
    for source in &guardrail.late_sources {
        writeln!(out, "too late  the rows of '{source}' are never judged: is its clock behind?")?;
    }
    if guardrail.raised.is_empty() {
        return Ok(());
    }
    let row = |breach: &pb::BreachFact| {
        let recovered = if breach.recovered { "yes" } else { "no" };
        let attempt = format!("{} (attempt {})", breach.stage, breach.attempt);
        let effect = effect(breach.effect()).to_owned();
        vec![breach.at.clone(), attempt, effect, fate(breach).to_owned(), recovered.to_owned()]
    };
    let rows: Vec<_> = guardrail.raised.iter().map(row).collect();
    writeln!(out)?;
    output::table(out, &["BREACH AS OF", "STAGE", "EFFECT", "STATE", "RECOVERED"], &rows)
}

const fn fate(breach: &pb::BreachFact) -> &'static str {
    match (breach.retracted, breach.acknowledged) {
        (true, _) => "retracted",
        (false, true) => "acknowledged",
        (false, false) => "open",
    }
}

const fn effect(effect: pb::GuardrailEffect) -> &'static str {
    match effect {
        pb::GuardrailEffect::Unspecified => "unknown",
        pb::GuardrailEffect::Shadow => "shadow",
        pb::GuardrailEffect::Hold => "hold",
        pb::GuardrailEffect::Rollback => "rollback",
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
    fn a_bound_below_nothing_is_taken() {
        for bound in ["--below", "--above"] {
            let line = ["guardrail", "arm", "--metric", "m", "--rollout", "r", bound, "-3.5"];
            let verb = Line::try_parse_from(line).unwrap().verb;
            let (_, Command::Arm(arm)) = command(verb).unwrap() else {
                unreachable!("an arming");
            };
            let Some(pb::arm_guardrail::Rule::Threshold(threshold)) = arm.rule else {
                unreachable!("a threshold");
            };
            assert_eq!(threshold.value.as_deref(), Some("-3.5"));
        }
    }

    #[test]
    fn a_breach_is_shown_with_what_became_of_it() {
        let breach =
            pb::BreachFact { stage: "beta".into(), attempt: 2, retracted: true, ..pb::BreachFact::default() };
        let view = pb::GuardrailView {
            rollout_id: "R".into(),
            critical: true,
            effect: pb::GuardrailEffect::Hold.into(),
            late_sources: vec!["web-1".into()],
            judge: pb::Judge::EachSource.into(),
            raised: vec![breach],
            ..pb::GuardrailView::default()
        };
        let mut shown = Vec::new();
        describe(&mut shown, Format::Table, &view).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        for part in
            ["rollout   R", "hold, critical", "each source", "'web-1'", "beta (attempt 2)", "retracted"]
        {
            assert!(shown.contains(part), "{part} in {shown}");
        }
    }
}
