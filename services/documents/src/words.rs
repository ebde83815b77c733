//! The small texts that documents are made of. What each may hold stands in its schema, as a `pattern` for editors and
//! as a `format` for [`judge`].

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use verdict_kernel::key::{self, InvalidKey};

/// A text of its own type for each line.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        $(#[$meta])*
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// What people call a thing: letters, digits, '.', '_' and '-', at most 128, beginning with a letter or digit. Case is kept and does not tell two keys apart.
    #[schemars(extend("format" = "key", "minLength" = 1, "maxLength" = 128, "pattern" = "^[A-Za-z0-9][A-Za-z0-9._-]*$"))]
    Key;

    /// The name of an object as Kubernetes takes it: small letters, digits, '-' and '.', at most 253.
    #[schemars(extend(
        "format" = "name",
        "minLength" = 1,
        "maxLength" = 253,
        "pattern" = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
    ))]
    Name;

    /// The name of an environment: small letters, digits, '.', '_' and '-', at most 128.
    #[schemars(extend("format" = "environment", "minLength" = 1, "maxLength" = 128, "pattern" = "^[a-z0-9][a-z0-9._-]*$"))]
    Environment;

    /// A decimal number as a text, so that no reader rounds it: "0.25".
    #[schemars(extend("format" = "decimal", "minLength" = 1, "maxLength" = 64, "pattern" = "^-?[0-9]+(\\.[0-9]+)?$"))]
    Decimal;

    /// A number of person-days as a text, with up to nine digits and six decimals: "2.5".
    #[schemars(extend("format" = "person-days", "minLength" = 1, "maxLength" = 16, "pattern" = "^[0-9]{1,9}(\\.[0-9]{1,6})?$"))]
    PersonDays;

    /// A text on one line.
    #[schemars(extend("format" = "line", "minLength" = 1, "maxLength" = 1000))]
    Line;

    /// A date (2026-12-01, its first moment in UTC) or a time (2026-12-01T09:00:00Z).
    #[schemars(extend(
        "format" = "date-or-time",
        "minLength" = 10,
        "maxLength" = 35,
        "pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$"
    ))]
    Moment;
}

/// What a name of the environment is where none is given.
pub(crate) fn production() -> Environment {
    Environment::from(key::PRODUCTION)
}

impl Key {
    /// What tells it apart from other keys.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl Name {
    /// A name that Kubernetes takes and that looks like the key.
    pub(crate) fn from_key(key: &Key) -> Self {
        let allowed = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        let text: String = key.folded().chars().map(allowed).collect();
        let labels: Vec<_> = text.split('.').map(|label| label.trim_matches('-')).collect();
        Self(labels.into_iter().filter(|label| !label.is_empty()).collect::<Vec<_>>().join("."))
    }
}

impl Moment {
    /// The moment, as commands take it: RFC 3339 in UTC. `None` when the text is no moment.
    pub fn instant(&self) -> Option<Timestamp> {
        instant(&self.0)
    }
}

/// Another thing, by its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reference {
    pub key: Key,
}

impl From<&str> for Reference {
    fn from(key: &str) -> Self {
        Self { key: key.into() }
    }
}

/// What a text of the format is, for a person.
pub(crate) fn wanted(format: &str) -> &'static str {
    match format {
        "key" => "a key: letters, digits, '.', '_' and '-', beginning with a letter or digit",
        "name" => {
            "a name as Kubernetes takes it: small letters, digits, '-' and '.'; a key with other characters goes into \
             spec.key"
        }
        "environment" => "the name of an environment: small letters, digits, '.', '_' and '-'",
        "decimal" => "a decimal number in quotes, such as \"0.25\"",
        "person-days" => {
            "a number of person-days in quotes with up to nine digits and six decimals, such as \"2.5\""
        }
        "date-or-time" => "a date such as 2026-12-01, or a time such as 2026-12-01T09:00:00Z",
        _ => "a text",
    }
}

/// Whether a text is what its format says; otherwise what is wanted of it.
pub(crate) fn judge(format: &str, text: &str) -> Result<(), String> {
    let fits = match format {
        "key" => match text.parse::<key::Key>() {
            Err(InvalidKey::ReadsAsId { .. }) => return Err("a key that does not look like an id".to_owned()),
            read => read.is_ok(),
        },
        "name" => is_name(text),
        "environment" => !text.is_empty() && key::environment(text).is_ok(),
        "decimal" => is_decimal(text),
        "person-days" => is_person_days(text),
        "date-or-time" => instant(text).is_some(),
        "line" | "text" => return says_something(text, format == "line"),
        _ => true,
    };
    if fits { Ok(()) } else { Err(wanted(format).to_owned()) }
}

fn says_something(text: &str, one_line: bool) -> Result<(), String> {
    let hidden = |c: char| {
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (c.is_control() && (one_line || !matches!(c, '\n' | '\t')))
    };
    if text.trim().is_empty() {
        return Err("a text that is not blank".to_owned());
    }
    if text.chars().any(hidden) {
        let lines = if one_line { "one line" } else { "a text" };
        return Err(format!("{lines} without control characters"));
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.split('.').all(label)
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.strip_prefix('-').unwrap_or(text);
    number.split_once('.').map_or_else(|| digits(number), |(whole, part)| digits(whole) && digits(part))
}

fn is_person_days(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    is_decimal(text) && !text.starts_with('-') && whole.len() <= 9 && part.len() <= 6
}

/// The characters of a moment, a digit for each `0`; fractions of a second aside.
const DATE: &str = "0000-00-00";
const TIME: &str = "0000-00-00T00:00:00";

fn instant(text: &str) -> Option<Timestamp> {
    if has_shape(text, DATE) {
        let date: Date = text.parse().ok()?;
        return Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp());
    }
    let (time, rest) = (text.get(..TIME.len())?, text.get(TIME.len()..)?);
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            (1..=9).contains(&(fraction.len() - zone.len())).then_some(zone)?
        }
        None => rest,
    };
    let zone = rest == "Z" || has_shape(rest, "+00:00") || has_shape(rest, "-00:00");
    (has_shape(time, TIME) && zone).then(|| text.parse().ok())?
}

fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

#[cfg(test)]
mod tests;
