//! What the client prints: tables and descriptions for people, documents for programs, names for pipes.

use std::io::{self, Write};

use serde::Serialize;
use verdict_proto::v1 as pb;

pub use crate::failure::Failure;

#[cfg(test)]
mod tests;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Rows for people
    Table,
    /// Rows with everything that fits into a row
    Wide,
    /// One JSON document
    Json,
    /// The same as YAML
    Yaml,
    /// Only keys, or ids where there are none; one on each line
    Name,
}

impl Format {
    /// Whether programs read it.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Yaml)
    }

    /// Whether people read it.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }
}

/// Prints one value as a document.
pub fn document(out: &mut dyn Write, format: Format, value: &impl Serialize) -> Result<(), Failure> {
    if format == Format::Yaml {
        let text = serde_saphyr::to_string(value).map_err(|error| Failure::Fault(error.to_string()))?;
        return Ok(writeln!(out, "{}", text.trim_end())?);
    }
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Fault(error.to_string()))?;
    writeln!(out, "{text}")?;
    Ok(())
}

/// Prints the reply to a command and turns a refusal into its exit code.
pub fn reply(out: &mut dyn Write, format: Format, reply: &pb::CommandReply) -> Result<(), Failure> {
    if format.is_document() {
        document(out, format, &super::view::of_reply(reply)?)?;
    }
    match &reply.outcome {
        Some(pb::command_reply::Outcome::Accepted(accepted)) => {
            match format {
                Format::Table | Format::Wide => accepted_lines(out, accepted)?,
                Format::Name => writeln!(out, "{}", accepted.id)?,
                Format::Json | Format::Yaml => {}
            }
            Ok(())
        }
        Some(pb::command_reply::Outcome::Refused(refused)) => {
            let lines = refusal_lines(refused).join("\n");
            match format {
                Format::Table | Format::Wide => writeln!(out, "{lines}")?,
                Format::Name => return Err(Failure::Refusal(lines)),
                Format::Json | Format::Yaml => {}
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
    if !accepted.secret.is_empty() {
        writeln!(out, "secret, shown this once: {}", accepted.secret)?;
    }
    for remark in &accepted.remarks {
        writeln!(out, "warning {}: {}", remark.rule(), escaped(remark.sentence()))?;
    }
    for over in &accepted.overrides {
        writeln!(out, "{}", override_line(over))?;
    }
    for draft in &accepted.drafts {
        writeln!(out, "would write {}: {}", draft.r#type, escaped(&draft.data))?;
    }
    Ok(())
}

/// An override on one line: rule, what was passed over, and what let it pass.
fn override_line(over: &pb::Overridden) -> String {
    let ground = match &over.level {
        Some(level) => format!("policy level {level}"),
        None => format!("reason: {}", over.reason()),
    };
    escaped(&format!(
        "overridden {}: {} | required: {} | seen: {} | {ground}",
        over.rule(),
        over.code(),
        over.required(),
        over.seen()
    ))
}

/// Each refusal on one line: rule, sentence, required, seen, next command.
pub fn refusal_lines(refused: &pb::Refused) -> Vec<String> {
    let pb::Refused { rule, sentence, required, seen, next, blockers, .. } = refused;
    let further = blockers.iter().map(|blocker| {
        let pb::Blocker { rule, sentence, required, seen, next, .. } = blocker;
        line(rule, sentence, required, seen, next)
    });
    std::iter::once(line(rule, sentence, required, seen, next)).chain(further).collect()
}

fn line(rule: &str, sentence: &str, required: &str, seen: &str, next: &str) -> String {
    let rule = if rule.is_empty() { "-" } else { rule };
    let mut line = format!("refused {rule}: {sentence}");
    for (label, text) in [("required", required), ("seen", seen), ("next", next)] {
        if !text.is_empty() {
            line.extend([" | ", label, ": ", text]);
        }
    }
    escaped(&line)
}

/// A text as it may stand on a terminal: what would move the cursor or turn the writing around is spelt out.
pub fn escaped(text: &str) -> String {
    let turns = |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut spelt = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => spelt.push_str("\\n"),
            '\t' => spelt.push_str("\\t"),
            letter if letter.is_control() || turns(letter) => spelt.extend(letter.escape_unicode()),
            letter => spelt.push(letter),
        }
    }
    spelt
}

/// Rows under a head, each column as wide as its widest cell.
pub fn table(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    for line in aligned(head, rows) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The lines of a table.
pub fn aligned(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| escaped(cell)).collect());
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell: &String| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |cells: &Vec<String>| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
