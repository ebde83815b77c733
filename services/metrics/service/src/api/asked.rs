//! What requests of all services of the context have in common: keys of metrics, versions and positions.

use tonic::Status;
use verdict_kernel::id::MetricId;
use verdict_runtime::fields::name;
use verdict_runtime::grpc;
use verdict_runtime::log::Position;
use verdict_runtime::problem::{Code, Problem};

pub(super) fn refuse(problem: Problem) -> Status {
    grpc::status(&problem)
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
    let key = name(field, given)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
    if key.chars().all(fits) {
        Ok(key)
    } else {
        let detail = format!("'{key}' is not a key");
        Err(Problem::field(Code::InvalidField, field, detail)
            .hint("lower-case letters, digits, '_', '-' and '.', for example checkout_conversion"))
    }
}

/// A version as the contracts show it.
pub(super) fn version(version: u64) -> u32 {
    u32::try_from(version).unwrap_or(u32::MAX)
}

/// A position as the contracts show it.
pub(super) fn position(position: Option<&Position>) -> String {
    position.map(Position::to_string).unwrap_or_default()
}
