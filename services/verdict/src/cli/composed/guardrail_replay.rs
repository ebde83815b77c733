//! `verdict guardrail replay`: what a guardrail would have done to its rollout, and the command that lets it.

use std::io::Write;

use jiff::Timestamp;
use prost::Message;
use prost_reflect::DynamicMessage;
use verdict_kernel::clock::between;
use verdict_proto::metrics::v1::{self as pb, Consequence, GuardrailEffect};

use crate::cli::client::Client;
use crate::cli::kind::Shown;
use crate::cli::output::{self, Format, escaped, table};
use crate::cli::trial::{lasting, minute};
use crate::cli::view::Document;
use crate::cli::{clock, completion, contract, syntax};
use crate::failure::Failure;

const PATH: &str = "/verdict.metrics.v1.Guardrails/Replay";
const REPLY: &str = "verdict.metrics.v1.ReplayReply";

/// What is replayed.
#[derive(Debug, clap::Args)]
pub(super) struct GuardrailReplay {
    /// Key or id of the guardrail
    #[arg(value_name = "GUARDRAIL", add = completion::of_kind("guardrail"))]
    guardrail: String,
    /// From when on: a time, or how far back, such as 3d; at most 31 days
    #[arg(long, value_name = "TIME|DURATION", default_value = "7d", value_parser = begin)]
    since: String,
    /// What a breach would have done: shadow, hold or rollback
    #[arg(long, value_name = "EFFECT", default_value = "rollback", value_parser = effect)]
    effect: GuardrailEffect,
}

fn begin(text: &str) -> Result<String, String> {
    let wrong =
        |_| format!("'{text}' is no time: write 2026-12-01, 2026-12-01T09:00:00Z, or 3d for three days ago");
    syntax::time(text, Timestamp::UNIX_EPOCH).map(|_| text.to_owned()).map_err(wrong)
}

fn effect(text: &str) -> Result<GuardrailEffect, String> {
    let known = [GuardrailEffect::Shadow, GuardrailEffect::Hold, GuardrailEffect::Rollback];
    let found = known.into_iter().find(|effect| word(*effect).eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("'{text}' is none of shadow, hold, rollback"))
}

/// As people write it.
fn word(effect: GuardrailEffect) -> String {
    effect.as_str_name().trim_start_matches("GUARDRAIL_EFFECT_").to_lowercase()
}

/// Asks and prints.
pub(super) async fn run(
    given: GuardrailReplay,
    client: &Client,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    let request = pb::ReplayRequest {
        org: client.org().to_owned(),
        team: client.team().to_owned(),
        id: given.guardrail,
        since: clock::since(&given.since, client).await?,
        effect: given.effect.into(),
    };
    let bytes = client.unary("metrics", PATH, request.encode_to_vec()).await?;
    let unread =
        || Failure::Fault("the platform's answer cannot be read: is it of another version?".to_owned());
    if shown.format.is_document() {
        let descriptor = contract::contract().message(REPLY).ok_or_else(unread)?;
        let reply = DynamicMessage::decode(descriptor, bytes.as_slice()).map_err(|_| unread())?;
        return output::document(shown.out, shown.format, &Document(&reply));
    }
    let reply = pb::ReplayReply::decode(bytes.as_slice()).map_err(|_| unread())?;
    show(&reply, shown.format, shown.out)
}

fn show(reply: &pb::ReplayReply, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    if format == Format::Name {
        for breach in &reply.breaches {
            writeln!(out, "{}", breach.breached)?;
        }
        return Ok(());
    }
    writeln!(out, "{}", summary(reply)?)?;
    if reply.truncated {
        let until = minute(clock::time(&reply.until)?);
        writeln!(
            out,
            "warning: {} observations are read at most, up to {until}: replay a shorter time",
            reply.rows
        )?;
    }
    if !reply.breaches.is_empty() {
        writeln!(out)?;
        let head = ["BREACHED", "LASTED", "WORST", "WINDOWS", "STAGE", "ATTEMPT", "WOULD HAVE"];
        let rows: Result<Vec<_>, _> = reply.breaches.iter().map(|breach| row(breach, &reply.until)).collect();
        table(out, &head, &rows?)?;
    }
    writeln!(out, "\n{}", next(reply))?;
    Ok(())
}

fn summary(reply: &pb::ReplayReply) -> Result<String, Failure> {
    let narrowed =
        reply.breaches.iter().filter(|breach| breach.consequence() == Consequence::Narrowed).count();
    let broken = match reply.breaches.len() {
        0 => "would not have breached".to_owned(),
        count => format!("would have breached {}", times(count)),
    };
    let taken = match narrowed {
        0 => String::new(),
        count => format!(" and taken exposure back {}", times(count)),
    };
    Ok(format!(
        "'{}' {}, {} windows from {} to {}: with effect {} it {broken}{taken}",
        escaped(&reply.metric),
        reply.required,
        reply.windows,
        minute(clock::time(&reply.since)?),
        minute(clock::time(&reply.until)?),
        word(reply.effect()),
    ))
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn row(breach: &pb::ReplayedBreach, until: &str) -> Result<Vec<String>, Failure> {
    let ended = if breach.ended.is_empty() { until } else { &breach.ended };
    let lasted = lasting(between(clock::time(&breach.began)?, clock::time(ended)?));
    let still = if breach.ended.is_empty() { ", still" } else { "" };
    Ok(vec![
        minute(clock::time(&breach.breached)?),
        format!("{lasted}{still}"),
        breach.worst.clone(),
        breach.windows.to_string(),
        breach.stage.clone(),
        breach.attempt.to_string(),
        would_have(breach),
    ])
}

fn would_have(breach: &pb::ReplayedBreach) -> String {
    let served = &breach.served;
    match breach.consequence() {
        Consequence::Recorded => format!("been recorded at {served}"),
        Consequence::Paused => format!("paused at {served}"),
        Consequence::Narrowed => format!("narrowed {served} -> {}", breach.narrowed_to),
        Consequence::Held => format!("held {served}: there is no way back"),
        Consequence::NothingLeft => format!("rolled back, {served} as before"),
        Consequence::Unspecified => "done what this version does not know".to_owned(),
    }
}

/// The one command that makes it so, where it is more than what the guardrail does.
fn next(reply: &pb::ReplayReply) -> String {
    let (tried, present) = (reply.effect(), reply.present_effect());
    let name = if reply.key.is_empty() { &reply.guardrail_id } else { &reply.key };
    if tried > present {
        format!("next: verdict guardrail set-effect {name} --effect {} --reason <why>", word(tried))
    } else {
        format!("it has effect {} as it is", word(present))
    }
}

#[cfg(test)]
mod tests;
