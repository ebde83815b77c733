//! Fields of requests, checked once at the door: what is wrong names its field and says what to do. One set of limits for
//! everything that people write.

use std::fmt::Display;
use std::str::FromStr;

use uuid::Uuid;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::InvalidId;

use crate::problem::{Code, Problem};

#[cfg(test)]
mod tests;

/// Longest name: of a title, a channel, a source, a team; in characters.
pub const NAME: usize = 200;
/// Longest text: a reason, a belief, an attestation; in characters.
pub const TEXT: usize = 2_000;
/// Most entries of a list of names.
pub const NAMES: usize = 1_000;
/// Most entries of a list of what people write and read: metrics of a bet, learnings.
pub const TEXTS: usize = 50;

/// What is left out and must not be.
pub fn missing(field: &str) -> Problem {
    Problem::field(Code::MissingField, field, format!("the field '{field}' is empty"))
}

/// An id that must be there.
pub fn id<T: FromStr<Err = InvalidId>>(field: &str, text: &str) -> Result<T, Problem> {
    optional_id(field, text)?.ok_or_else(|| missing(field))
}

/// An id that may be left out.
pub fn optional_id<T: FromStr<Err = InvalidId>>(field: &str, text: &str) -> Result<Option<T>, Problem> {
    let read = |text: &str| {
        text.parse().map_err(|error: InvalidId| Problem::field(Code::InvalidId, field, error.to_string()))
    };
    (!text.is_empty()).then(|| read(text)).transpose()
}

/// The id of an event, which may be left out.
pub fn optional_event(field: &str, text: &str) -> Result<Option<Uuid>, Problem> {
    let read = |text: &str| {
        Uuid::parse_str(text).map_err(|_| {
            let detail = format!("'{}' is not the id of an event", shortened(text));
            Problem::field(Code::InvalidId, field, detail).hint("pass the event id of the breach, or nothing")
        })
    };
    (!text.is_empty()).then(|| read(text)).transpose()
}

/// A name that must be there, without the white space around it.
pub fn name(field: &str, given: &str) -> Result<String, Problem> {
    filled(field, limited(field, given, NAME)?)
}

/// A name that may be left out, without the white space around it.
pub fn optional_name(field: &str, given: &str) -> Result<String, Problem> {
    limited(field, given, NAME)
}

/// A text that must be there, without the white space around it.
pub fn text(field: &str, given: &str) -> Result<String, Problem> {
    filled(field, limited(field, given, TEXT)?)
}

/// A text that may be left out, without the white space around it.
pub fn optional_text(field: &str, given: &str) -> Result<String, Problem> {
    limited(field, given, TEXT)
}

/// A list of at most `most` entries, each read by `read` under its own name: `triage.stakeholders[2]`.
pub fn each<G, T>(
    field: &str,
    most: usize,
    given: impl IntoIterator<Item = G, IntoIter: ExactSizeIterator>,
    read: impl Fn(&str, G) -> Result<T, Problem>,
) -> Result<Vec<T>, Problem> {
    let given = given.into_iter();
    let entries = given.len();
    if entries > most {
        let detail = format!("{entries} entries are more than {most}");
        return Err(Problem::field(Code::InvalidField, field, detail).hint("send fewer"));
    }
    given.enumerate().map(|(index, entry)| read(&format!("{field}[{index}]"), entry)).collect()
}

/// A message that must be there.
pub fn present<T>(field: &str, message: Option<T>) -> Result<T, Problem> {
    message.ok_or_else(|| missing(field))
}

/// The command of a request.
pub fn command<C>(asked: Option<C>) -> Result<C, Problem> {
    asked.ok_or_else(|| Problem::field(Code::MissingField, "command", "the request holds no command"))
}

/// A word that must be chosen; `choices` tells which there are.
pub fn chosen<T>(field: &str, word: Option<T>, choices: &str) -> Result<T, Problem> {
    word.ok_or_else(|| {
        Problem::field(Code::InvalidField, field, "it is not one of the known words").hint(choices)
    })
}

/// A number that counts from 1.
pub fn counted(field: &str, number: u32) -> Result<u32, Problem> {
    if number == 0 {
        return Err(Problem::field(Code::InvalidField, field, "it counts from 1"));
    }
    Ok(number)
}

/// A value that must be there and well formed.
pub fn parsed<T: FromStr>(field: &str, text: &str) -> Result<T, Problem>
where
    T::Err: Display,
{
    let text = filled(field, text.trim().to_owned())?;
    text.parse().map_err(|error: T::Err| {
        Problem::field(Code::InvalidField, field, format!("'{}' cannot be read: {error}", shortened(&text)))
    })
}

/// A value that may be left out, and must be well formed where it is not.
pub fn optional<T: FromStr>(field: &str, text: &str) -> Result<Option<T>, Problem>
where
    T::Err: Display,
{
    (!text.trim().is_empty()).then(|| parsed(field, text)).transpose()
}

/// An RFC 3339 time that must be there.
pub fn time(field: &str, text: &str) -> Result<Timestamp, Problem> {
    let text = filled(field, text.trim().to_owned())?;
    text.parse().map_err(|_| {
        Problem::field(Code::InvalidField, field, format!("'{}' is not a time", shortened(&text)))
            .hint("write it as 2026-03-02T09:00:00Z")
    })
}

/// As much of a text as an error shows.
fn shortened(text: &str) -> String {
    text.chars().take(NAME).collect()
}

fn filled(field: &str, text: String) -> Result<String, Problem> {
    if text.is_empty() { Err(missing(field)) } else { Ok(text) }
}

fn limited(field: &str, given: &str, longest: usize) -> Result<String, Problem> {
    let trimmed = given.trim();
    let length = trimmed.chars().count();
    if length > longest {
        let detail = format!("the text has {length} characters, the limit is {longest}");
        return Err(Problem::field(Code::InvalidField, field, detail).hint("shorten it"));
    }
    Ok(trimmed.to_owned())
}
