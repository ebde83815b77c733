//! Fields of requests, checked once at the door: what is wrong names its field and says what to do.

use std::str::FromStr;

use jiff::Timestamp;
use tonic::Status;
use verdict_kernel::id::{FlagId, InvalidId};
use verdict_kernel::principal::Principal;
use verdict_proto::v1::CommandMeta;
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};

/// Longest text, in characters.
const LONGEST: usize = 1000;

/// The status of a request that is not valid.
pub(crate) fn refuse(problem: Problem) -> Status {
    grpc::status(&problem)
}

/// An id that must be there.
pub(crate) fn id<T: FromStr<Err = InvalidId>>(field: &str, text: &str) -> Result<T, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the id is empty"));
    }
    text.parse().map_err(|error: InvalidId| Problem::field(Code::InvalidId, field, error.to_string()))
}

/// An id that may be left out.
pub(crate) fn optional_id<T: FromStr<Err = InvalidId>>(
    field: &str,
    text: &str,
) -> Result<Option<T>, Problem> {
    (!text.is_empty()).then(|| id(field, text)).transpose()
}

/// The organisation that a command is for.
pub(crate) fn org(meta: Option<&CommandMeta>) -> &str {
    meta.map(|meta| meta.org.as_str()).filter(|org| !org.is_empty()).unwrap_or(Principal::DEFAULT_ORG)
}

/// The flag that is named by its id, by its key, or as `environment/key`.
pub(crate) fn flag(field: &str, org: &str, environment: &str, text: &str) -> Result<FlagId, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "no flag is named"));
    }
    FlagId::named(org, environment, text).map_err(|error| {
        let problem = Problem::field(Code::InvalidId, field, error.to_string());
        problem.hint("give its id, its key such as new-checkout, or environment/key")
    })
}

/// A text that must be there, without the white space around it.
pub(crate) fn text(field: &str, text: &str) -> Result<String, Problem> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the text is empty"));
    }
    if trimmed.chars().count() > LONGEST {
        let detail = format!("the text is longer than {LONGEST} characters");
        return Err(Problem::field(Code::InvalidField, field, detail));
    }
    Ok(trimmed.to_owned())
}

/// A number that counts from 1.
pub(crate) fn counted(field: &str, number: u32) -> Result<u32, Problem> {
    if number == 0 {
        return Err(Problem::field(Code::InvalidField, field, "it counts from 1"));
    }
    Ok(number)
}

/// An RFC 3339 time that must be there.
pub(crate) fn time(field: &str, text: &str) -> Result<Timestamp, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the time is empty"));
    }
    text.parse().map_err(|_| {
        Problem::field(Code::InvalidField, field, format!("'{text}' is not a time"))
            .hint("write it as 2026-03-02T09:00:00Z")
    })
}
