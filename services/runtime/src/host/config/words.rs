//! What is wrong with a configuration, in words of our own.

use figment::error::{Actual, Kind};

/// The mistake at `path`.
pub(super) fn said(kind: &Kind, path: &[String]) -> String {
    let at = path.join(".");
    let named = |text: String| if at.is_empty() { text } else { format!("{at}: {text}") };
    match kind {
        Kind::UnknownField(name, known) => unknown(name, known, path),
        Kind::UnknownVariant(word, known) => named(format!("'{word}' is none of {}", known.join(", "))),
        Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) => {
            named(format!("{} stands where {} belongs", given(actual), wanted(expected)))
        }
        Kind::Message(text) => named(place_of(text).unwrap_or_else(|| text.clone())),
        Kind::MissingField(name) => named(format!("{name} is missing")),
        Kind::DuplicateField(name) => named(format!("{name} is there twice")),
        other => named(other.to_string()),
    }
}

fn unknown(name: &str, known: &[&str], path: &[String]) -> String {
    let above = match path.split_last() {
        Some((last, above)) if last == name => above,
        _ => path,
    };
    let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
    match above {
        [] => format!("there is no section {name}; there are {known}"),
        above => {
            let section = above.join(".");
            format!("{section}.{name} is no key; {section} holds {known}")
        }
    }
}

fn given(actual: &Actual) -> String {
    match actual {
        Actual::Bool(is) => is.to_string(),
        Actual::Unsigned(number) => number.to_string(),
        Actual::Signed(number) => number.to_string(),
        Actual::Float(number) => number.to_string(),
        Actual::Str(text) => format!("the text \"{text}\""),
        Actual::Seq => "a list".to_owned(),
        Actual::Map => "a section".to_owned(),
        Actual::Unit | Actual::Option => "nothing".to_owned(),
        other => other.to_string(),
    }
}

fn wanted(expected: &str) -> &str {
    match expected {
        "u16" | "u32" | "u64" | "usize" => "a whole number",
        "f64" => "a number",
        "a string" | "path string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        other if other.starts_with("struct ") => "a section",
        other => other,
    }
}

/// Where the text of a file stops being TOML.
fn place_of(text: &str) -> Option<String> {
    let place = text.strip_prefix("TOML parse error at ")?.lines().next()?;
    let what = text.lines().last().unwrap_or_default();
    Some(format!("{place}: it is no TOML: {what}"))
}
