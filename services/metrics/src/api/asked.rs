//! What requests of all services have in common: ids, keys, texts, decimals.

use std::str::FromStr;

use tonic::Status;
use verdict_kernel::id::{InvalidId, MetricId};
use verdict_metrics_domain::value::Value;
use verdict_runtime::grpc;
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};

/// Longest text, in bytes.
const LONGEST: usize = 200;

pub(super) fn refuse(problem: Problem) -> Status {
    grpc::status(&problem)
}

/// An id that may be left out.
pub(super) fn optional_id<T: FromStr<Err = InvalidId>>(
    field: &str,
    text: &str,
) -> Result<Option<T>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = text.parse().map(Some);
    parsed.map_err(|error: InvalidId| Problem::field(Code::InvalidId, field, error.to_string()))
}

/// An id that must be there.
pub(super) fn id<T: FromStr<Err = InvalidId>>(field: &str, text: &str) -> Result<T, Problem> {
    optional_id(field, text)?.ok_or_else(|| missing(field))
}

/// A metric by its id or by its key.
pub(super) fn metric_id(field: &str, org: &str, text: &str) -> Result<MetricId, Problem> {
    match text.parse() {
        Ok(id) => Ok(id),
        Err(_) => key(field, text).map(|key| MetricId::of(org, &key)),
    }
}

/// The key of a metric: lower-case letters, digits and `_ - .`, because it is part of names everywhere.
pub(super) fn key(field: &str, given: &str) -> Result<String, Problem> {
    let key = text(field, given)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
    if key.chars().all(fits) {
        Ok(key)
    } else {
        let detail = format!("'{key}' is not a key");
        Err(Problem::field(Code::InvalidField, field, detail)
            .hint("lower-case letters, digits, '_', '-' and '.', for example checkout_conversion"))
    }
}

/// A text that must be there, without the white space around it.
pub(super) fn text(field: &str, given: &str) -> Result<String, Problem> {
    let text = given.trim();
    if text.is_empty() {
        return Err(missing(field));
    }
    if text.len() > LONGEST {
        let detail = format!("the text is longer than {LONGEST} bytes");
        return Err(Problem::field(Code::InvalidField, field, detail));
    }
    Ok(text.to_owned())
}

/// A decimal that may be left out.
pub(super) fn decimal(field: &str, given: &str) -> Result<Option<Value>, Problem> {
    if given.is_empty() {
        return Ok(None);
    }
    let parsed = given.parse().map(Some);
    parsed.map_err(|error| Problem::field(Code::InvalidField, field, format!("{error}")))
}

pub(super) fn missing(field: &str) -> Problem {
    Problem::field(Code::MissingField, field, format!("the field '{field}' is empty"))
}

/// A version as the contracts show it.
pub(super) fn version(version: u64) -> u32 {
    u32::try_from(version).unwrap_or(u32::MAX)
}

/// A position as the contracts show it.
pub(super) fn position(position: Option<&Position>) -> String {
    position.map(Position::to_string).unwrap_or_default()
}
