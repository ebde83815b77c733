//! What callers send: the evaluation context, the flag set, and the configuration they were told about.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Map, Value};
use verdict_flag_evaluator::definition::TARGETING_KEY;
use verdict_kernel::clock::Timestamp;

use super::etag;
use crate::edge::Edge;
use crate::snapshot::{Scope, Snapshot};

/// Why a request cannot be evaluated.
#[derive(Debug, thiserror::Error)]
pub(super) enum InvalidRequest {
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    #[error("the body is not a JSON object; send {{\"context\": {{...}}}}")]
    NotAnObject,
    #[error("'context' is not a JSON object")]
    ContextNotAnObject,
    #[error("'targetingKey' is not a string")]
    TargetingKeyNotAString,
    #[error("the body, unpacked, is over {limit} bytes", limit = super::MAX_BODY_BYTES)]
    TooLarge,
    #[error("the body cannot be read: {0}")]
    NotReadable(String),
    #[error("the content encoding '{0}' is not understood; send gzip, deflate, or none")]
    Encoding(String),
    #[error("the query cannot be read: {0}")]
    Query(String),
    #[error("the selector '{0}' is not understood; send flagSetId=<environment>")]
    Selector(String),
}

/// The body as it was sent, unpacked. What unpacks it stops at the same limit.
pub(super) fn body(
    request: &HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
) -> Result<web::Bytes, InvalidRequest> {
    let encoding = request.headers().get(CONTENT_ENCODING).map_or("", |it| it.to_str().unwrap_or("?"));
    if !["", "identity", "gzip", "x-gzip", "deflate"].contains(&encoding.trim().to_ascii_lowercase().as_str())
    {
        return Err(InvalidRequest::Encoding(encoding.to_owned()));
    }
    body.map_err(|error| match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => InvalidRequest::TooLarge,
        _ => InvalidRequest::NotReadable(error.to_string()),
    })
}

/// What a client knows of a newer configuration.
pub(super) fn query(
    query: Result<web::Query<BulkQuery>, actix_web::Error>,
) -> Result<BulkQuery, InvalidRequest> {
    query.map(web::Query::into_inner).map_err(|error| InvalidRequest::Query(error.to_string()))
}

/// The context of the caller; empty when there is none, which is allowed.
pub(super) fn context(body: &[u8]) -> Result<Map<String, Value>, InvalidRequest> {
    if body.trim_ascii().is_empty() {
        return Ok(Map::new());
    }
    let body = serde_json::from_slice(body).map_err(|error| InvalidRequest::NotJson(error.to_string()))?;
    let Value::Object(mut body) = body else {
        return Err(InvalidRequest::NotAnObject);
    };
    let context = match body.remove("context") {
        None | Some(Value::Null) => return Ok(Map::new()),
        Some(Value::Object(context)) => context,
        Some(_) => return Err(InvalidRequest::ContextNotAnObject),
    };
    match context.get(TARGETING_KEY) {
        None | Some(Value::Null | Value::String(_)) => Ok(context),
        Some(_) => Err(InvalidRequest::TargetingKeyNotAString),
    }
}

/// The flag set that the caller selects: the default one, or that of another environment.
pub(super) fn scope(request: &HttpRequest, edge: &Edge) -> Result<Scope, InvalidRequest> {
    let default = edge.default_scope();
    let Some(selector) = request.headers().get("Flagd-Selector") else {
        return Ok(default.clone());
    };
    let selector =
        selector.to_str().map_err(|_| InvalidRequest::Selector("(not readable)".to_owned()))?.trim();
    match selector.split_once('=') {
        None if selector.is_empty() => Ok(default.clone()),
        Some(("flagSetId", environment)) if !environment.is_empty() => {
            Ok(Scope { org: default.org.clone(), environment: environment.to_owned() })
        }
        None | Some(_) => Err(InvalidRequest::Selector(selector.to_owned())),
    }
}

/// What a client adds to the first request after a change was announced to it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct BulkQuery {
    #[serde(rename = "flagConfigEtag")]
    etag: Option<String>,
    /// Seconds since 1970, or RFC 3339.
    #[serde(rename = "flagConfigLastModified")]
    last_modified: Option<String>,
}

impl BulkQuery {
    /// Whether what the client was told of can be compared; if not, what it has may be older, whatever its tag.
    pub(super) fn is_understood(&self) -> bool {
        self.etag.as_ref().is_none_or(|tag| etag::position(tag).is_some())
    }

    /// Whether the client knows of a configuration that `snapshot` does not include. The tag decides; the time
    /// is asked only where there is no tag.
    pub(super) fn announces_newer(&self, snapshot: &Snapshot) -> bool {
        if let Some(tag) = &self.etag {
            // Of two logs nobody knows which one is newer; all edges are at the same one soon.
            return etag::position(tag).is_some_and(|announced| snapshot.covers(&announced) != Some(true));
        }
        let announced = self.last_modified.as_deref().and_then(time);
        match (announced, &snapshot.changed) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(announced), Some((_, changed))) => announced.as_second() > changed.as_second(),
        }
    }
}

fn time(text: &str) -> Option<Timestamp> {
    match text.parse() {
        Ok(seconds) => Timestamp::from_second(seconds).ok(),
        Err(_) => text.parse().ok(),
    }
}
