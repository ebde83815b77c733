//! Documents to YAML, always the same for the same document: fields in the order in which the format is explained, texts
//! in quotes wherever a reader of YAML might take them for something else.

use serde_json::Value;

use crate::document::Document;
use crate::yaml::is_doubtful;

/// The order of fields; names that are not here (labels, values of variants) follow by the alphabet.
const ORDER: &[&str] = &[
    "apiVersion",
    "key",
    "kind",
    "metadata",
    "spec",
    "name",
    "namespace",
    "labels",
    "annotations",
    "value",
    "title",
    "class",
    "betRef",
    "flagRef",
    "flag",
    "rolloutRef",
    "metricRef",
    "environment",
    "service",
    "type",
    "mode",
    "tier",
    "hypothesis",
    "belief",
    "expectedOutcome",
    "iterationLimit",
    "appetitePersonDays",
    "timebox",
    "start",
    "end",
    "metrics",
    "role",
    "owner",
    "cleanupOn",
    "unit",
    "good",
    "target",
    "baseline",
    "direction",
    "refreshSeconds",
    "aggregation",
    "leadsTo",
    "guardrails",
    "failsAbove",
    "failsBelow",
    "forPoints",
    "minSample",
    "severity",
    "criticalEvents",
    "effect",
    "judge",
    "variants",
    "onVariant",
    "offVariant",
    "handoff",
    "problem",
    "targetUser",
    "successSignal",
    "nonGoals",
    "userFlow",
    "acceptanceCriteria",
    "dependencies",
    "analyticsPlan",
    "edgeCases",
    "tradeOffOwner",
    "bringTo",
    "promotion",
    "onBlind",
    "irreversibleFrom",
    "stage",
    "reason",
    "internalMembers",
    "alphaAccounts",
    "stages",
    "minSoakSeconds",
    "maxSoakSeconds",
    "steps",
    "exposure",
    "members",
    "accounts",
    "basisPoints",
    "soakSeconds",
];

/// The documents as one YAML text, with `---` between them.
#[must_use]
pub fn write<'d>(documents: impl IntoIterator<Item = &'d Document>) -> String {
    let mut text = String::new();
    for document in documents {
        if !text.is_empty() {
            text.push_str("---\n");
        }
        fields(&document.to_json(), 0, &mut text);
    }
    text
}

/// The fields of a section, each on its lines, `depth` levels in.
fn fields(section: &Value, depth: usize, out: &mut String) {
    let Value::Object(section) = section else { return };
    let rank = |name: &str| ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
    let mut sorted: Vec<_> = section.iter().collect();
    sorted.sort_by_key(|(name, _)| (rank(name), name.as_str()));
    for (name, value) in sorted {
        indent(depth, out);
        out.push_str(&scalar(name));
        out.push(':');
        after_colon(value, depth, out);
    }
}

fn after_colon(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(section) if !section.is_empty() => {
            out.push('\n');
            fields(value, depth + 1, out);
        }
        Value::Array(list) if !list.is_empty() => {
            out.push('\n');
            for entry in list {
                self::entry(entry, depth + 1, out);
            }
        }
        Value::String(text) if is_block(text) => {
            out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
            for line in text.lines() {
                if !line.is_empty() {
                    indent(depth + 1, out);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => {
            out.push(' ');
            out.push_str(&inline(value));
            out.push('\n');
        }
    }
}

/// An entry of a list: its first field stands behind the dash.
fn entry(value: &Value, depth: usize, out: &mut String) {
    indent(depth, out);
    out.push('-');
    let nested = match value {
        Value::Object(section) => !section.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    if !nested {
        out.push(' ');
        out.push_str(&inline(value));
        out.push('\n');
        return;
    }
    let mut inner = String::new();
    match value {
        Value::Array(list) => list.iter().for_each(|entry| self::entry(entry, depth + 1, &mut inner)),
        _ => fields(value, depth + 1, &mut inner),
    }
    out.push(' ');
    out.push_str(inner.trim_start_matches(' '));
}

fn indent(depth: usize, out: &mut String) {
    (0..depth).for_each(|_| out.push_str("  "));
}

fn inline(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => scalar(text),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
    }
}

/// A text without quotes where nobody can misread it.
fn scalar(text: &str) -> String {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/');
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !is_doubtful(text);
    if plain { text.to_owned() } else { in_quotes(text) }
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_hidden(c) => {
                quoted.push_str("\\U");
                let code = u32::from(c);
                let digits = (0..8).rev().map(|place| (code >> (4 * place)) & 15);
                quoted.extend(digits.filter_map(|digit| char::from_digit(digit, 16)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What YAML must not hold as it is, or a reader might take for the end of a line.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text of several lines can stand as a block, line by line.
fn is_block(text: &str) -> bool {
    let sound = |line: &str| !line.starts_with([' ', '\t']) && !line.ends_with([' ', '\t']);
    let end = text.strip_suffix('\n').unwrap_or(text);
    end.contains('\n')
        && !end.starts_with('\n')
        && !end.ends_with('\n')
        && !end.chars().any(|c| c != '\n' && is_hidden(c))
        && end.split('\n').all(sound)
}

#[cfg(test)]
mod tests;
