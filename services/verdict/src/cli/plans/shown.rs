//! How a plan and what became of it are printed: lines for people, one document for programs.

use std::io::Write;

use serde_json::{Value, json};
use verdict_documents::{Change, Door, Outcome, Planned};
use verdict_proto::v1 as pb;

use super::planning::Plan;
use super::sending::{Became, Carried, Sent, Stopped, Why};
use crate::cli::output::{self, Format, escaped, refusal_lines};
use crate::failure::Failure;

/// A plan before anything is sent.
pub fn plan(plan: &Plan, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match format {
        Format::Table | Format::Wide => {
            for planned in &plan.planned {
                for line in planned.to_string().lines() {
                    writeln!(out, "{}", escaped(line))?;
                }
                if let Some(remark) = remark(plan, planned) {
                    writeln!(out, "    {}", escaped(&remark))?;
                }
            }
        }
        Format::Name => {
            for planned in plan.planned.iter().filter(|planned| planned.outcome != Outcome::Nothing) {
                writeln!(out, "{}", planned.what.key)?;
            }
        }
        Format::Json | Format::Yaml => {}
    }
    Ok(())
}

/// States that somebody brought about on purpose, in which things stay whatever documents say of their plans.
const ENDED: &[&str] = &[
    "completed",
    "aborted",
    "launched",
    "cancelled",
    "disarmed",
    "retired",
    "archived",
    "scaled",
    "killed",
    "withdrawn",
];

/// What is said of a thing that stays as it is.
fn remark(plan: &Plan, planned: &Planned) -> Option<String> {
    let there = plan.there.get(&planned.what).filter(|_| planned.outcome == Outcome::Nothing)?;
    if ENDED.contains(&there.state.as_str()) {
        return Some(format!("it is {}, which no document changes", there.state));
    }
    let other = there.present.managed_by.as_ref().filter(|keeper| keeper.door != Door::File)?;
    let (door, source) = (other.door.as_str(), &other.source);
    Some(format!("{door} {source} stays its keeper for as long as nothing is to be changed"))
}

/// A plan and everything that was sent of it, as one document.
pub fn document(
    plan: &Plan,
    carried: Option<&Carried>,
    dry_run: bool,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if !format.is_document() {
        return Ok(());
    }
    let nothing = Carried::default();
    let sent = &carried.unwrap_or(&nothing).sent;
    let things: Vec<Value> = plan
        .planned
        .iter()
        .enumerate()
        .map(|(index, planned)| thing(plan, planned, sent.iter().filter(|sent| sent.of == index)))
        .collect();
    let mut whole = json!({ "differs": plan.differs(), "plan": things });
    if let (Some(carried), Some(whole)) = (carried, whole.as_object_mut()) {
        whole.insert("dryRun".to_owned(), dry_run.into());
        whole.insert("left".to_owned(), carried.left.into());
        let stopped = carried.stopped.as_ref().map(|stopped| {
            let said = match &stopped.why {
                Why::Refused(refused) => refusal_lines(refused).join("\n"),
                Why::Failed(failure) => failure.to_string(),
            };
            json!({ "at": place(stopped), "thing": stopped.what.to_string(), "said": said })
        });
        whole.insert("stopped".to_owned(), stopped.into());
    }
    output::document(out, format, &whole)
}

fn thing<'s>(plan: &Plan, planned: &Planned, sent: impl Iterator<Item = &'s Sent>) -> Value {
    let (does, changes, keeper) = match &planned.outcome {
        Outcome::Create(_) => ("create", &[][..], None),
        Outcome::Change { changes, .. } => ("change", changes.as_slice(), None),
        Outcome::Nothing => ("nothing", &[][..], None),
        Outcome::Fixed(changes) => ("fixed", changes.as_slice(), None),
        Outcome::KeptBy(keeper) => ("kept", &[][..], serde_json::to_value(keeper).ok()),
    };
    let change =
        |change: &Change| json!({ "field": change.field.to_string(), "old": change.old, "new": change.new });
    json!({
        "kind": planned.what.noun.as_str(),
        "scope": planned.what.scope,
        "key": planned.what.key,
        "source": plan.placed(planned).map(|placed| placed.source.clone()),
        "does": does,
        "state": plan.there.get(&planned.what).map(|there| there.state.clone()),
        "changes": changes.iter().map(change).collect::<Vec<_>>(),
        "keptBy": keeper,
        "commands": sent.map(command).collect::<Vec<_>>(),
    })
}

fn command(sent: &Sent) -> Value {
    let mut told = json!({ "verb": sent.verb, "commandId": sent.command_id });
    let (became, reply) = match &sent.became {
        Became::Accepted(accepted) => ("accepted", serde_json::to_value(accepted).ok()),
        Became::Refused(refused) => ("refused", serde_json::to_value(refused).ok()),
        Became::NotAsked => ("not asked", None),
    };
    if let Some(told) = told.as_object_mut() {
        told.insert("became".to_owned(), became.into());
        told.insert("reply".to_owned(), reply.into());
    }
    told
}

/// What was done, after the plan.
pub fn outcome(
    plan: &Plan,
    carried: &Carried,
    dry_run: bool,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if !format.is_table() {
        return Ok(());
    }
    let thing = |sent: &Sent| plan.planned.get(sent.of).map(|planned| planned.what.to_string());
    for sent in &carried.sent {
        let what = thing(sent).unwrap_or_default();
        match &sent.became {
            Became::Accepted(accepted) => remarks(&what, accepted, out)?,
            // Otherwise it is why the plan was broken off, and said as that.
            Became::Refused(refused) if dry_run => {
                for line in refusal_lines(refused) {
                    writeln!(out, "{what}, {}: {line}", sent.verb)?;
                }
            }
            Became::Refused(_) | Became::NotAsked => {}
        }
    }
    Ok(())
}

fn remarks(what: &str, accepted: &pb::Accepted, out: &mut dyn Write) -> Result<(), Failure> {
    for remark in &accepted.remarks {
        writeln!(out, "warning {}: {what}: {}", remark.rule(), escaped(remark.sentence()))?;
    }
    Ok(())
}

/// One line for the end: how many commands there were, and what became of them.
pub fn summary(plan: &Plan, carried: &Carried, dry_run: bool) -> String {
    let count = |is: fn(&Outcome) -> bool| plan.planned.iter().filter(|planned| is(&planned.outcome)).count();
    let made = count(|outcome| matches!(outcome, Outcome::Create(_)));
    let changed = count(|outcome| matches!(outcome, Outcome::Change { .. }));
    let same = count(|outcome| matches!(outcome, Outcome::Nothing));
    let things = format!("{made} made, {changed} changed, {same} as they were");
    if dry_run {
        let asked = |is: fn(&Became) -> bool| carried.sent.iter().filter(|sent| is(&sent.became)).count();
        let fine = asked(|became| matches!(became, Became::Accepted(_)));
        let unasked = asked(|became| matches!(became, Became::NotAsked));
        let rest = if unasked == 0 {
            String::new()
        } else {
            format!("; {unasked} rest on what is made before them and cannot be asked about yet")
        };
        return format!("dry run, nothing was written: {fine} commands would be accepted{rest}");
    }
    match carried.sent.len() {
        0 => format!("nothing to do: {same} as they were"),
        1 => format!("1 command carried out: {things}"),
        sent => format!("{sent} commands carried out: {things}"),
    }
}

/// `verdict.yaml:64:3: spec.timebox`
pub fn place(stopped: &Stopped) -> String {
    let verdict_documents::Finding { source, place, path, .. } = &stopped.at;
    format!("{source}:{}:{}: {path}", place.line, place.column)
}
