//! What requests of all services of the context have in common: keys of metrics.

use verdict_kernel::id::MetricId;
use verdict_runtime::fields::name;
use verdict_runtime::problem::{Code, Problem};

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
