//! How one append of a batch fails: a status with its details packed behind it, because the call itself goes on.

use prost::Message;
use tonic::Code;

use super::super::{reply, status};
use crate::append::{AppendError, Expected};
use crate::wire::event_store::client::wrong_expected_version::{
    CurrentStreamRevisionOption, ExpectedStreamPositionOption,
};
use crate::wire::event_store::client::{
    AccessDenied, BadRequest, MaximumAppendSizeExceeded, StreamDeleted, Timeout, Unknown,
    WrongExpectedVersion,
};
use crate::wire::google::rpc;

/// A failure with its details, a message of this name, packed behind it.
fn detailed(code: Code, text: &str, name: &str, details: &impl Message) -> rpc::Status {
    let details = prost_types::Any {
        type_url: format!("type.googleapis.com/event_store.client.{name}"),
        value: details.encode_to_vec(),
    };
    rpc::Status { code: code.into(), message: text.to_owned(), details: Some(details) }
}

pub(super) fn bad_request(reason: &str) -> rpc::Status {
    detailed(Code::InvalidArgument, reason, "BadRequest", &BadRequest { message: reason.to_owned() })
}

pub(super) fn access_denied() -> rpc::Status {
    detailed(Code::PermissionDenied, "AccessDenied", "AccessDenied", &AccessDenied {})
}

pub(super) fn timed_out() -> rpc::Status {
    detailed(Code::DeadlineExceeded, "Timeout", "Timeout", &Timeout {})
}

/// The appends that are begun and not ended hold as much as one call may.
pub(super) fn too_much() -> rpc::Status {
    let text = "too much was begun in this call and not ended";
    detailed(Code::ResourceExhausted, text, "BadRequest", &BadRequest { message: text.to_owned() })
}

pub(super) fn too_large(limit: usize) -> rpc::Status {
    let details = MaximumAppendSizeExceeded { max_append_size: u32::try_from(limit).unwrap_or(u32::MAX) };
    let text = format!("Maximum Append Size of {limit} Exceeded.");
    detailed(Code::InvalidArgument, &text, "MaximumAppendSizeExceeded", &details)
}

pub(super) fn of_append(stream: &str, expected: Expected, error: &AppendError) -> rpc::Status {
    match error {
        AppendError::WrongExpectedVersion { actual, .. } => {
            let details = WrongExpectedVersion {
                current_stream_revision_option: Some(actual.map_or(
                    CurrentStreamRevisionOption::CurrentNoStream(()),
                    CurrentStreamRevisionOption::CurrentStreamRevision,
                )),
                expected_stream_position_option: Some(match expected {
                    Expected::Exact(at) => ExpectedStreamPositionOption::ExpectedStreamPosition(at),
                    Expected::Any => ExpectedStreamPositionOption::ExpectedAny(()),
                    Expected::NoStream => ExpectedStreamPositionOption::ExpectedNoStream(()),
                    Expected::StreamExists => ExpectedStreamPositionOption::ExpectedStreamExists(()),
                }),
            };
            detailed(Code::AlreadyExists, "WrongExpectedVersion", "WrongExpectedVersion", &details)
        }
        AppendError::StreamDeleted { .. } => {
            let stream_identifier = Some(reply::identifier(stream));
            detailed(Code::NotFound, "StreamDeleted", "StreamDeleted", &StreamDeleted { stream_identifier })
        }
        AppendError::TooLarge { limit, .. } => too_large(*limit),
        AppendError::Invalid { .. } | AppendError::Metadata(_) => bad_request(&error.to_string()),
        AppendError::IdempotencyConflict { .. } => {
            let text = error.to_string();
            detailed(Code::FailedPrecondition, &text, "BadRequest", &BadRequest { message: text.clone() })
        }
        AppendError::Full => detailed(Code::ResourceExhausted, &error.to_string(), "Unknown", &Unknown {}),
        AppendError::Closed => detailed(Code::Unavailable, status::NOT_READY, "Unknown", &Unknown {}),
        AppendError::Storage(fault) => {
            tracing::error!(%fault, stream, "an append failed in the storage");
            detailed(Code::Internal, &error.to_string(), "Unknown", &Unknown {})
        }
    }
}
