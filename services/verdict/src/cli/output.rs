//! What the client prints, and the exit codes it ends with.
//!
//! 0 done · 1 a fault of the platform · 2 wrong usage · 3 refused by a rule · 4 a request that cannot be carried
//! out as it is (invalid, unknown, stale) · 5 the platform cannot be reached or is not ready.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;
use tonic::{Code, Status};
use verdict_proto::v1 as pb;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Table,
    Json,
}

/// Why the client ends with another code than 0.
#[derive(Debug)]
pub enum Failure {
    Usage(String),
    /// Already printed as an answer.
    Refused,
    Request(String),
    Unavailable(String),
    Fault(String),
}

impl Failure {
    pub fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    pub fn unavailable(text: impl Into<String>) -> Self {
        Self::Unavailable(text.into())
    }

    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fault(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused => 3,
            Self::Request(_) => 4,
            Self::Unavailable(_) => 5,
        })
    }

    /// Says on standard error what went wrong.
    pub fn report(&self) {
        if matches!(self, Self::Refused) {
            return;
        }
        // Nothing is left to be done when even standard error is gone.
        drop(writeln!(io::stderr(), "error: {self}"));
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("refused"),
            Self::Usage(text) | Self::Request(text) | Self::Unavailable(text) | Self::Fault(text) => {
                f.write_str(text)
            }
        }
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let text = match verdict_runtime::grpc::problem_of(&status) {
            Some(problem) => {
                let field = if problem.field.is_empty() {
                    String::new()
                } else {
                    format!(" (field {})", problem.field)
                };
                format!("{}{field}: {} [{}]; {}", problem.title, problem.detail, problem.code, problem.hint)
            }
            None => status.message().to_owned(),
        };
        match status.code() {
            Code::Unavailable | Code::DeadlineExceeded => Self::Unavailable(text),
            Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::Aborted
            | Code::FailedPrecondition
            | Code::OutOfRange
            | Code::PermissionDenied
            | Code::Unauthenticated => Self::Request(text),
            _ => Self::Fault(text),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

/// Prints one value as a JSON line.
pub fn json(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Fault(error.to_string()))?;
    writeln!(out, "{text}")?;
    Ok(())
}

/// Prints the reply to a command and turns a refusal into its exit code.
pub fn reply(out: &mut dyn Write, format: Format, reply: &pb::CommandReply) -> Result<(), Failure> {
    if format == Format::Json {
        json(out, reply)?;
    }
    match &reply.outcome {
        Some(pb::command_reply::Outcome::Accepted(accepted)) => {
            if format == Format::Table {
                accepted_lines(out, accepted)?;
            }
            Ok(())
        }
        Some(pb::command_reply::Outcome::Refused(refused)) => {
            if format == Format::Table {
                writeln!(out, "{}", refusal_line(refused))?;
                for blocker in &refused.blockers {
                    let pb::Blocker { rule, sentence, required, seen, next, .. } = blocker;
                    writeln!(out, "{}", line(rule, sentence, required, seen, next))?;
                }
            }
            Err(Failure::Refused)
        }
        None => Err(Failure::Fault("the platform sent an empty reply".to_owned())),
    }
}

fn accepted_lines(out: &mut dyn Write, accepted: &pb::Accepted) -> io::Result<()> {
    let short = |event: &String| event.split('.').rev().nth(1).unwrap_or(event).to_owned();
    let events: Vec<String> = accepted.events.iter().map(short).collect();
    let what = match (events.is_empty(), accepted.repeated) {
        (true, _) => "nothing left to do".to_owned(),
        (false, true) => format!("{} (known command, first result)", events.join(", ")),
        (false, false) => events.join(", "),
    };
    if accepted.dry_run {
        writeln!(out, "{}  dry run, nothing was written: {what}", accepted.id)?;
    } else {
        writeln!(out, "{}  v{}  {what}", accepted.id, accepted.version)?;
    }
    for remark in &accepted.remarks {
        writeln!(out, "warning {}: {}", remark.rule(), remark.sentence())?;
    }
    for over in &accepted.overrides {
        writeln!(out, "{}", override_line(over))?;
    }
    for draft in &accepted.drafts {
        writeln!(out, "would write {}: {}", draft.r#type, draft.data)?;
    }
    Ok(())
}

/// An override on one line: rule, what was passed over, and what let it pass.
fn override_line(over: &pb::Overridden) -> String {
    let ground = match &over.level {
        Some(level) => format!("policy level {level}"),
        None => format!("reason: {}", over.reason()),
    };
    format!(
        "overridden {}: {} | required: {} | seen: {} | {ground}",
        over.rule(),
        over.code(),
        over.required(),
        over.seen()
    )
}

/// A refusal on one line: rule, sentence, required, seen, next command.
pub fn refusal_line(refused: &pb::Refused) -> String {
    let pb::Refused { rule, sentence, required, seen, next, .. } = refused;
    line(rule, sentence, required, seen, next)
}

fn line(rule: &str, sentence: &str, required: &str, seen: &str, next: &str) -> String {
    let rule = if rule.is_empty() { "-" } else { rule };
    let mut line = format!("refused {rule}: {sentence}");
    for (label, text) in [("required", required), ("seen", seen), ("next", next)] {
        if !text.is_empty() {
            line.extend([" | ", label, ": ", text]);
        }
    }
    line
}

/// The lines of a gate report.
pub fn gate(out: &mut dyn Write, report: &pb::GateReport) -> Result<(), Failure> {
    let row = |check: &pb::Check| {
        vec![
            check.rule().to_owned(),
            check.name().to_owned(),
            state(check.state()).to_owned(),
            check.required().to_owned(),
            check.seen().to_owned(),
            check.next().to_owned(),
        ]
    };
    let rows: Vec<_> = report.checks.iter().map(row).collect();
    table(out, &["RULE", "CHECK", "STATE", "REQUIRED", "SEEN", "NEXT"], &rows)
}

/// A check state in one word.
pub fn state(state: pb::CheckState) -> &'static str {
    match state {
        pb::CheckState::Unspecified => "-",
        pb::CheckState::Pass => "Pass",
        pb::CheckState::Fail => "Fail",
        pb::CheckState::UnknownNoData => "Unknown(NoData)",
        pb::CheckState::UnknownInsufficient => "Unknown(Insufficient)",
        pb::CheckState::UnknownInconclusive => "Unknown(Inconclusive)",
        pb::CheckState::UnknownUnhealthy => "Unknown(Unhealthy)",
        pb::CheckState::UnknownStale => "Unknown(Stale)",
    }
}

/// Rows under a head, each column as wide as its widest cell.
pub fn table(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([head[column].len()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    writeln!(out, "{}", line(&head))?;
    for row in rows {
        writeln!(out, "{}", line(row))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_one_line_with_rule_facts_and_next_command() {
        let refused = pb::Refused {
            rule: "B5".to_owned(),
            sentence: "an item is missing".to_owned(),
            required: "10 items".to_owned(),
            seen: "9 items".to_owned(),
            next: "verdict bet assess".to_owned(),
            ..pb::Refused::default()
        };
        let line =
            "refused B5: an item is missing | required: 10 items | seen: 9 items | next: verdict bet assess";
        assert_eq!(refusal_line(&refused), line);
    }

    fn printed(reply: pb::command_reply::Outcome) -> (String, bool) {
        let mut out = Vec::new();
        let ended = super::reply(&mut out, Format::Table, &pb::CommandReply { outcome: Some(reply) });
        (String::from_utf8(out).unwrap(), ended.is_ok())
    }

    #[test]
    fn everything_that_stands_in_the_way_has_a_line() {
        let blocker =
            |sentence: &str| pb::Blocker { sentence: sentence.to_owned(), ..pb::Blocker::default() };
        let blockers = vec![blocker("second"), blocker("third")];
        let all = pb::Refused { sentence: "first".to_owned(), blockers, ..pb::Refused::default() };
        let (text, accepted) = printed(pb::command_reply::Outcome::Refused(all));
        assert_eq!(
            (text.as_str(), accepted),
            ("refused -: first\nrefused -: second\nrefused -: third\n", false)
        );
    }

    #[test]
    fn a_dry_run_says_what_would_be_written_and_at_what_price() {
        let over = pb::Overridden {
            rule: Some("R3".to_owned()),
            code: Some("gate_shut".to_owned()),
            required: Some("72 h".to_owned()),
            seen: Some("3 h".to_owned()),
            level: Some("warn".to_owned()),
            ..pb::Overridden::default()
        };
        let draft = pb::Draft { r#type: "gtm.Launch.LaunchCancelled.v1".to_owned(), data: "{}".to_owned() };
        let accepted = pb::Accepted {
            id: "1".to_owned(),
            events: vec![draft.r#type.clone()],
            overrides: vec![over],
            dry_run: true,
            drafts: vec![draft],
            ..pb::Accepted::default()
        };
        let lines = "1  dry run, nothing was written: LaunchCancelled\n\
                     overridden R3: gate_shut | required: 72 h | seen: 3 h | policy level warn\n\
                     would write gtm.Launch.LaunchCancelled.v1: {}\n";
        assert_eq!(printed(pb::command_reply::Outcome::Accepted(accepted)), (lines.to_owned(), true));
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut out = Vec::new();
        table(&mut out, &["ID", "STATE"], &[vec!["long-id".to_owned(), "on".to_owned()]]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "ID       STATE\nlong-id  on\n");
    }
}
