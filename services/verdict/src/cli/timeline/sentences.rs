//! What people read of each event that is stored: one table, in the words of the product.

use prost_reflect::{DeserializeOptions, DynamicMessage};
use serde_json::Deserializer;
use verdict_contract::snake;

use crate::cli::columns::field_of;
use crate::cli::contract::contract;

#[cfg(test)]
mod tests;

/// Each event with what happened to the thing that it is about, and the value that counts. `{a}` is a field, `{a|word}` with a
/// word for nothing, `{a?word}` a word for yes. Parts are parted by ` + `; one with an empty field is left out.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("Bet.BetProposed", "is proposed: {title}", "{appetite} person-days"),
    ("Bet.HypothesisStated", "states its hypothesis", "{hypothesis.belief}"),
    ("Bet.DiscoveryStarted", "goes into discovery", ""),
    ("Bet.ShapingStarted", "is being shaped", ""),
    ("Bet.MetricsAgreed", "agrees on its metrics", "{metrics}"),
    ("Bet.TimeboxSet", "has a timebox", "until {timebox.end}"),
    ("Bet.SlipDeclared", "slips", "until {new_end} + for {trade_off}"),
    ("Bet.BetShaped", "is shaped", ""),
    ("Bet.HandoffItemAssessed", "has its {item} assessed", "{clarity}"),
    ("Bet.BetHandedOff", "is handed off", ""),
    ("Bet.RolloutAttached", "ships by a rollout", ""),
    ("Bet.MeasuringStarted", "is measured", ""),
    ("Bet.CostRecorded", "costs", "{amount} person-days"),
    ("Bet.RollbackNoted", "is told of the rollback in {stage} + attempt {attempt}", ""),
    ("Bet.TimeboxEnded", "is at the end of its timebox", ""),
    ("Bet.BetScaled", "ends: scale", ""),
    ("Bet.BetIterated", "is iterated", "iteration {iteration} + {signal}"),
    ("Bet.BetKilled", "ends: kill", "{reason} + {learnings}"),
    ("Bet.BetWithdrawn", "is withdrawn", ""),
    ("Bet.BetReopened", "is reopened", ""),
    ("Rollout.RolloutPlanned", "is planned for {environment}", "tier {tier} + {mode}"),
    ("Rollout.ShippedDirectly", "ships without a flag", ""),
    ("Rollout.RolloutStarted", "starts", ""),
    ("Rollout.StageEntered", "enters {stage} + attempt {attempt}", "{audience|nobody}"),
    ("Rollout.StepAdvanced", "goes on to step {step} of {stage} + attempt {attempt}", "{audience|nobody}"),
    ("Rollout.EvidenceRecorded", "has evidence: {kind}", "{verdict} + {link}"),
    ("Rollout.GatePassed", "passes the gate of {stage} + attempt {attempt}", ""),
    ("Rollout.GateBlocked", "stands before the shut gate of {stage} + attempt {attempt}", ""),
    ("Rollout.RolloutPaused", "pauses", "{cause}"),
    ("Rollout.RolloutResumed", "goes on in {stage} + attempt {attempt}", "{kind}"),
    ("Rollout.WatchLost", "is watched by nobody + attempt {attempt}", ""),
    ("Rollout.WatchRestored", "is watched again", ""),
    ("Rollout.RollbackRequested", "rolls back from {stage} + attempt {attempt}", "{critical?critical}"),
    ("Rollout.RolledBack", "is rolled back to {to_stage|nobody}", "flag version {flag_version}"),
    ("Rollout.StageOverdue", "is overdue in {stage} + attempt {attempt}", ""),
    ("Rollout.StageExtended", "may take longer in {stage} + attempt {attempt}", "until {until}"),
    ("Rollout.RolloutCompleted", "is complete", ""),
    ("Rollout.RolloutAborted", "is aborted", ""),
    ("Flag.FlagCreated", "is created in {environment}", "{kind} + owner {owner}"),
    ("Flag.FlagClaimed", "belongs to a rollout", ""),
    ("Flag.ExposureChanged", "serves {stage|what was set by hand} + attempt {attempt}", "{audience|nobody}"),
    ("Flag.ExposureNarrowed", "serves less + {hold?and is held}", "{audience|nobody}"),
    ("Flag.FlagHeld", "is held", "{kind}"),
    ("Flag.HoldReleased", "is released from a hold", ""),
    ("Flag.FlagKilled", "is killed", "nobody"),
    ("Flag.FlagRevived", "is revived", "{undone.audience|nobody}"),
    ("Flag.CleanupScheduled", "is to leave the code", "by {due}"),
    ("Flag.CleanupDue", "is due to leave the code", "since {due}"),
    ("Flag.RemovedFromCode", "is out of the code", "{attestation}"),
    ("Flag.FlagArchived", "is archived", ""),
    (
        "Guardrail.GuardrailArmed",
        "is armed on {metric}",
        "{threshold.comparison} {threshold.value} + for {threshold.for_points} windows + {effect} + {critical?critical}",
    ),
    ("Guardrail.GuardrailEffectChanged", "has another effect", "{effect}"),
    ("Guardrail.GuardrailAnswerChanged", "answers {state}", "{seen}"),
    (
        "Guardrail.GuardrailBreached",
        "breaks in {stage} + attempt {attempt}",
        "seen {seen} + required {required} + {critical?critical}",
    ),
    (
        "Guardrail.WouldHaveBreached",
        "would have broken in {stage} + attempt {attempt}",
        "seen {seen} + required {required}",
    ),
    ("Guardrail.BreachAcknowledged", "is acknowledged + attempt {attempt}", ""),
    ("Guardrail.GuardrailRecovered", "holds again", ""),
    ("Guardrail.BreachRetracted", "broke falsely + attempt {attempt}", ""),
    ("Guardrail.GuardrailDisarmed", "is disarmed", ""),
    ("Guardrail.GuardrailRearmed", "is armed again", ""),
    ("Incident.IncidentDetected", "is opened: {title}", "{severity}"),
    ("Incident.IncidentTriaged", "is triaged for {team}", "{severity}"),
    ("Incident.IncidentReclassified", "is worse than it was taken for", "{severity}"),
    ("Incident.ResponseStarted", "is worked on", ""),
    ("Incident.IncidentMitigated", "is mitigated", "{fix}"),
    ("Incident.IncidentResolved", "is resolved", "{verification}"),
    ("Incident.IncidentDeferred", "goes to the backlog", ""),
    ("Incident.IncidentReopened", "is reopened", ""),
    ("Launch.LaunchPlanned", "is planned: {title}", "tier {tier}"),
    ("Launch.AnnouncementsHeld", "holds its announcements", ""),
    ("Launch.AnnouncementsReleased", "may announce again", ""),
    ("Launch.AnnouncementSent", "is announced", "{channel}"),
    ("Launch.AnnouncementCorrected", "corrects its announcement", ""),
    ("Launch.LaunchCancelled", "is cancelled", ""),
    ("Launch.LaunchReplanned", "is planned anew", ""),
    // What stands beside the events of any thing.
    ("Remarked", "is warned by {rule}: {sentence}", ""),
    ("Overridden", "passes over {rule}", "required {required} + seen {seen} + {level}"),
    ("Named", "is called {key}", ""),
    ("Kept", "has its plan in {source|nothing any more}", "{door}"),
];

/// What an event says.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Goes on from the name of the thing: `is killed`.
    pub happened: String,
    pub value: String,
    /// What it is about, where it can be read.
    pub message: Option<DynamicMessage>,
}

/// Reads an event; one that nobody knows is called what its type is called.
pub fn said(event_type: &str, data: &str) -> Said {
    let parts: Vec<&str> = event_type.split('.').collect();
    let [context, aggregate, name, ..] = parts[..] else {
        return Said { happened: event_type.to_owned(), value: String::new(), message: None };
    };
    let own = format!("{aggregate}.{name}");
    let row = SENTENCES.iter().find(|(of, ..)| *of == own || *of == name);
    let message = message(context, name, data);
    match (row, &message) {
        (Some((_, happened, value)), Some(known)) => {
            Said { happened: filled(happened, known), value: filled(value, known), message }
        }
        _ => Said { happened: snake(name).replace('_', " "), value: String::new(), message },
    }
}

/// The message of an event, without what this program does not know of it.
fn message(context: &str, name: &str, data: &str) -> Option<DynamicMessage> {
    let beside = if name == "Kept" { "ManagedBy" } else { name };
    let of = contract()
        .message(&format!("verdict.{context}.v1.{name}"))
        .or_else(|| contract().message(&format!("verdict.v1.{beside}")))?;
    let lenient = DeserializeOptions::new().deny_unknown_fields(false);
    DynamicMessage::deserialize_with_options(of, &mut Deserializer::from_str(data), &lenient).ok()
}

/// A row of the table with the fields of a message.
fn filled(row: &str, message: &DynamicMessage) -> String {
    let parts = row.split(" + ").filter_map(|part| filled_part(part, message));
    parts.collect::<Vec<_>>().join(", ")
}

/// `None` where a field is empty that has no word for that.
fn filled_part(part: &str, message: &DynamicMessage) -> Option<String> {
    let mut text = String::new();
    let mut rest = part;
    while let Some((before, behind)) = rest.split_once('{') {
        let (what, after) = behind.split_once('}')?;
        let value = if let Some((field, word)) = what.split_once('?') {
            if field_of(message, field) == "yes" { word.to_owned() } else { String::new() }
        } else {
            let (field, nothing) = what.split_once('|').unwrap_or((what, ""));
            Some(field_of(message, field))
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| nothing.to_owned())
        };
        if value.is_empty() {
            return None;
        }
        text.push_str(before);
        text.push_str(&value);
        rest = after;
    }
    text.push_str(rest);
    Some(text).filter(|text| !text.is_empty())
}
