//! How calls fail: codes, texts and trailers as clients know them. Some clients match the texts, so the
//! texts are part of the protocol.

use tonic::metadata::{AsciiMetadataValue, BinaryMetadataValue, MetadataMap};
use tonic::{Code, Status};

use crate::append::{AppendError, Expected};
use crate::page::ReadError;
use crate::subscribe::SubscribeError;

/// The server is going away or its log is closed.
pub(super) const NOT_READY: &str = "Server Is Not Ready";

/// A status that says in a trailer which kind of failure it is.
fn exception(code: Code, kind: &'static str, text: String, extras: &[(&'static str, String)]) -> Status {
    let mut trailers = MetadataMap::new();
    trailers.insert("exception", AsciiMetadataValue::from_static(kind));
    for (name, value) in extras {
        // A stream name that no header can carry is left out; the text has it.
        if let Ok(value) = AsciiMetadataValue::try_from(value.as_str()) {
            trailers.insert(*name, value);
        } else if *name == STREAM_NAME {
            trailers.insert_bin("stream-name-bin", BinaryMetadataValue::from_bytes(value.as_bytes()));
        }
    }
    Status::with_metadata(code, text, trailers)
}

const STREAM_NAME: &str = "stream-name";

pub(super) fn access_denied() -> Status {
    exception(Code::PermissionDenied, "access-denied", "Access Denied".to_owned(), &[])
}

pub(super) fn not_ready() -> Status {
    Status::unavailable(NOT_READY)
}

pub(super) fn stream_deleted(stream: &str) -> Status {
    let text = format!("Event stream '{stream}' is deleted.");
    let extras = [(STREAM_NAME, stream.to_owned())];
    exception(Code::FailedPrecondition, "stream-deleted", text, &extras)
}

pub(super) fn append_too_large(limit: usize) -> Status {
    let text = format!("Maximum Append Size of {limit} Exceeded.");
    let extras = [("maximum-append-size", limit.to_string())];
    exception(Code::InvalidArgument, "maximum-append-size-exceeded", text, &extras)
}

pub(super) fn missing_property(property: &str) -> Status {
    let text = format!("Required Metadata Property '{property}' is missing");
    let extras = [("required-metadata-properties", "type,content-type".to_owned())];
    exception(Code::InvalidArgument, "missing-required-metadata-property", text, &extras)
}

pub(super) fn wrong_expected_version(
    operation: &str,
    stream: &str,
    expected: Expected,
    actual: Option<u64>,
) -> Status {
    let expected = expected_number(expected);
    let actual = actual.map_or_else(|| "-1".to_owned(), |revision| revision.to_string());
    let text = format!(
        "{operation} failed due to WrongExpectedVersion. Stream: {stream}, Expected version: {expected}, \
         Actual version: {actual}"
    );
    let extras =
        [(STREAM_NAME, stream.to_owned()), ("expected-version", expected), ("actual-version", actual)];
    exception(Code::FailedPrecondition, "wrong-expected-version", text, &extras)
}

/// Expectations as the older protocols number them.
fn expected_number(expected: Expected) -> String {
    match expected {
        Expected::Any => "-2".to_owned(),
        Expected::NoStream => "-1".to_owned(),
        Expected::StreamExists => "-4".to_owned(),
        Expected::Exact(revision) => revision.to_string(),
    }
}

/// How `operation` on `stream` ends with this error.
pub(super) fn of_append(operation: &str, stream: &str, error: AppendError) -> Status {
    match error {
        AppendError::WrongExpectedVersion { expected, actual, .. } => {
            wrong_expected_version(operation, stream, expected, actual)
        }
        AppendError::StreamDeleted { .. } => stream_deleted(stream),
        AppendError::TooLarge { limit, .. } => append_too_large(limit),
        AppendError::Full => Status::resource_exhausted(error.to_string()),
        AppendError::IdempotencyConflict { .. } => {
            exception(Code::FailedPrecondition, "idempotency-conflict", error.to_string(), &[])
        }
        AppendError::Invalid { .. } => Status::invalid_argument(error.to_string()),
        AppendError::Metadata(ref reason) => Status::invalid_argument(format!("{error}: {reason}")),
        AppendError::Closed => not_ready(),
        AppendError::Storage(fault) => {
            tracing::error!(%fault, stream, "an append failed in the storage");
            Status::internal(AppendError::Storage(fault).to_string())
        }
    }
}

pub(super) fn of_read(error: ReadError) -> Status {
    match error {
        ReadError::StreamDeleted { stream } => stream_deleted(&stream),
        ReadError::Closed => not_ready(),
        ReadError::Storage(fault) => {
            tracing::error!(%fault, "a read failed in the storage");
            Status::internal(ReadError::Storage(fault).to_string())
        }
    }
}

pub(super) fn of_subscription(error: SubscribeError) -> Status {
    match error {
        SubscribeError::StreamDeleted { stream } => stream_deleted(&stream),
        SubscribeError::BeyondHead { .. } => Status::invalid_argument(error.to_string()),
        SubscribeError::Closed => not_ready(),
        SubscribeError::Read(fault) => of_read(fault),
    }
}
