//! Plans as files: what the documents of a file would do to a platform, doing it, and writing down what is there.

use std::io::{self, Write};
use std::path::PathBuf;

use verdict_documents::Outcome;

use self::planning::{NoPlan, Plan};
use self::platform::{Platform, Way};
use self::sending::{By, Carried, Stopped, Why};
use super::client::Client;
use super::kind::Shown;
use super::output::{Format, escaped, refusal_lines};
use crate::failure::Failure;

pub mod classes;
pub mod content;
pub mod export;
pub mod files;
pub mod offline;
pub mod planning;
pub mod platform;
pub mod request;
pub mod sending;
pub mod shown;
#[cfg(test)]
mod tests;

/// More than so many things or commands are counted aloud.
const MANY: usize = 50;

/// The documents that are meant.
#[derive(Debug, clap::Args)]
pub struct Files {
    /// File with documents, folder whose files hold some, or - for standard input; repeat for more
    #[arg(short, long = "file", value_name = "FILE", required = true, value_hint = clap::ValueHint::AnyPath)]
    files: Vec<PathBuf>,
    /// Become the keeper of plans that another door keeps
    #[arg(long)]
    take_over: bool,
}

/// Carries the documents out.
pub async fn apply(given: &Files, client: &Client, shown: &mut Shown<'_>) -> Result<(), Failure> {
    apply_through(given, client, client, shown).await
}

/// Shows what applying would do.
pub async fn diff(given: &Files, client: &Client, shown: &mut Shown<'_>) -> Result<(), Failure> {
    client.no_version("diff")?;
    let plan = planned(given, client, client).await?;
    compared(&plan, shown)
}

/// Whether things differ is answered whoever reads what differs.
fn compared(plan: &Plan, shown: &mut Shown<'_>) -> Result<(), Failure> {
    let printed = shown::plan(plan, shown.format, shown.out)
        .and_then(|()| shown::document(plan, None, false, shown.format, shown.out))
        .and_then(|()| Ok(shown.out.flush()?));
    heard(printed)?;
    if plan.differs() { Err(Failure::Differs) } else { Ok(()) }
}

async fn planned<W: Way>(given: &Files, client: &Client, way: &W) -> Result<Plan, Failure> {
    let set = files::set(&given.files, &mut io::stdin(), client.team())?;
    let platform = Platform::new(way, client.org(), client.team());
    let mut told = |number, of| progress("things compared", number, of);
    match planning::planned(set, &platform, given.take_over, &mut told).await {
        Ok(plan) => Ok(plan),
        Err(NoPlan::Unfit(findings)) => Err(files::wrong(&findings)),
        Err(NoPlan::Failed(failure)) => Err(failure),
    }
}

/// Says on standard error how far a long work is.
fn progress(what: &str, number: usize, of: usize) {
    if of > MANY && (number.is_multiple_of(MANY) || number == of) {
        // Nothing is left to be done when even standard error is gone.
        drop(writeln!(io::stderr(), "{number} of {of} {what}"));
    }
}

/// Applies by way of `way`, in the name of whom `client` speaks for.
async fn apply_through<W: Way>(
    given: &Files,
    client: &Client,
    way: &W,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    client.no_version("apply")?;
    let plan = planned(given, client, way).await?;
    heard(shown::plan(&plan, shown.format, shown.out).and_then(|()| Ok(shown.out.flush()?)))?;
    let meta = client.meta().unwrap_or_default();
    let dry_run = meta.dry_run;
    if let Some(failure) = barred(&plan) {
        shown::document(&plan, Some(&Carried::default()), dry_run, shown.format, shown.out)?;
        return Err(failure);
    }
    let mut told = |number, of| progress("commands sent", number, of);
    let mut by = By { meta, take_over: given.take_over, told: &mut told };
    let carried = sending::carry_out(&plan, way, &mut by).await;
    let printed = print(&plan, &carried, dry_run, shown);
    match carried.stopped {
        Some(stopped) if dry_run => Err(in_a_dry_run(stopped)),
        Some(stopped) => Err(broken_off(stopped, carried.sent.len(), carried.left)),
        None => printed,
    }
}

fn print(plan: &Plan, carried: &Carried, dry_run: bool, shown: &mut Shown<'_>) -> Result<(), Failure> {
    shown::outcome(plan, carried, dry_run, shown.format, shown.out)?;
    if matches!(shown.format, Format::Table | Format::Wide) && carried.stopped.is_none() {
        writeln!(shown.out, "{}", shown::summary(plan, carried, dry_run))?;
    }
    shown::document(plan, Some(carried), dry_run, shown.format, shown.out)
}

/// That nobody reads the plan is no reason not to do what was asked for.
fn heard(printed: Result<(), Failure>) -> Result<(), Failure> {
    match printed {
        Err(Failure::Unheard) => Ok(()),
        printed => printed,
    }
}

/// Why nothing of a plan may be carried out.
fn barred(plan: &Plan) -> Option<Failure> {
    let count = |is: fn(&Outcome) -> bool| plan.planned.iter().filter(|planned| is(&planned.outcome)).count();
    let fixed = count(|outcome| matches!(outcome, Outcome::Fixed(_)));
    let kept = count(|outcome| matches!(outcome, Outcome::KeptBy(_)));
    if fixed + kept == 0 {
        return None;
    }
    let barred: Vec<String> = plan
        .planned
        .iter()
        .filter(|planned| matches!(planned.outcome, Outcome::Fixed(_) | Outcome::KeptBy(_)))
        .map(|planned| match plan.placed(planned) {
            Some(placed) => {
                let place = placed.place();
                format!("{}:{}:{}: {planned}", escaped(&placed.source), place.line, place.column)
            }
            None => planned.to_string(),
        })
        .map(|told| told.lines().map(escaped).collect::<Vec<_>>().join("\n"))
        .collect();
    let mut next = Vec::new();
    if fixed > 0 {
        next.push("give what is another thing another key, or write what it is");
    }
    if kept > 0 {
        next.push("--take-over makes these documents the keeper");
    }
    Some(Failure::Refusal(format!("{}\nnothing was sent; {}", barred.join("\n"), next.join("; "))))
}

/// In a dry run refusals are the answer, and printed as such.
fn in_a_dry_run(stopped: Stopped) -> Failure {
    let at = format!("{}: {}", shown::place(&stopped), stopped.what);
    match stopped.why {
        Why::Refused(_) => Failure::Refused,
        Why::Failed(failure) => failure.told(|text| format!("{at}: {text}")),
    }
}

/// What is said when a plan was not carried out to its end.
fn broken_off(stopped: Stopped, done: usize, left: usize) -> Failure {
    let at = format!("{}: {}", shown::place(&stopped), stopped.what);
    let done = match &stopped.why {
        Why::Refused(_) => done.saturating_sub(1),
        Why::Failed(_) => done,
    };
    let rest = format!(
        "{done} of {} commands were carried out and stay; applying the same documents again is safe, and goes on from there",
        done + left
    );
    match stopped.why {
        Why::Refused(refused) => {
            let lines: Vec<String> =
                refusal_lines(&refused).into_iter().map(|line| format!("{at}: {line}")).collect();
            Failure::Refusal(format!("{}\n{rest}", lines.join("\n")))
        }
        Why::Failed(failure) => failure.told(|text| format!("{at}: {text}\n{rest}")),
    }
}
