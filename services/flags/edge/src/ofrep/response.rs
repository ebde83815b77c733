//! What callers get, in the words of the protocol.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;
use verdict_flag_evaluator::{Context, Reason};

use super::events::EventStream;
use super::request::InvalidRequest;
use crate::edge::View;
use crate::snapshot::{Scope, Served};

#[derive(Serialize)]
pub(super) struct Success<'a> {
    key: &'a str,
    reason: &'static str,
    variant: &'a str,
    value: &'a Value,
    metadata: FlagMetadata<'a>,
}

/// The protocol wants it flat.
#[derive(Serialize)]
struct FlagMetadata<'a> {
    /// Version of the exposure that the answer was made from.
    #[serde(rename = "flagVersion")]
    version: u32,
    #[serde(rename = "verdict.flagId")]
    id: &'a str,
    /// The rollout that set the exposure, its stage and the attempt at it; absent where no rollout did.
    #[serde(rename = "verdict.rollout", skip_serializing_if = "Option::is_none")]
    rollout: Option<&'a str>,
    #[serde(rename = "verdict.stage", skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    #[serde(rename = "verdict.attempt", skip_serializing_if = "Option::is_none")]
    attempt: Option<u32>,
    /// True where the log has not been seen for a while, and so long is that.
    #[serde(rename = "verdict.stale", skip_serializing_if = "std::ops::Not::not")]
    stale: bool,
    #[serde(rename = "verdict.ageSeconds", skip_serializing_if = "Option::is_none")]
    age: Option<u64>,
    /// True where a file at the edge switches the flag off.
    #[serde(rename = "verdict.localOff", skip_serializing_if = "std::ops::Not::not")]
    local_off: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Failure<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    error_code: &'static str,
    error_details: String,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Item<'a> {
    Success(Success<'a>),
    Failure(Failure<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bulk<'a> {
    pub(super) flags: Vec<Item<'a>>,
    pub(super) metadata: SetMetadata<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) event_streams: Vec<EventStream>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SetMetadata<'a> {
    pub(super) flag_set_id: &'a str,
    #[serde(rename = "verdict.stale", skip_serializing_if = "std::ops::Not::not")]
    pub(super) stale: bool,
    #[serde(rename = "verdict.ageSeconds", skip_serializing_if = "Option::is_none")]
    pub(super) age: Option<u64>,
}

/// Why a request gets no answer at all.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("the flags are being read")]
    NotReady,
    /// An older answer than the caller knows of would be worse than none.
    #[error("the announced configuration has not arrived here")]
    Behind { retry_after: u64 },
    #[error("no more streams are opened here")]
    NoRoom { retry_after: u64 },
    #[error("the request cannot be evaluated")]
    Invalid { key: Option<String>, why: InvalidRequest },
}

/// An error that is not about a flag.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GeneralError {
    error_details: String,
}

impl ResponseError for Unanswered {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotReady | Self::Behind { .. } | Self::NoRoom { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Invalid { why: InvalidRequest::TooLarge, .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid { why: InvalidRequest::Encoding(_), .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        let seconds = match self {
            Self::NotReady => 1,
            Self::Behind { retry_after } | Self::NoRoom { retry_after } => *retry_after,
            Self::Invalid { key, why } => return response.json(Failure::invalid(key.as_deref(), why)),
        };
        let why = GeneralError { error_details: self.to_string() };
        response.insert_header((RETRY_AFTER, seconds)).json(why)
    }
}

/// The answer for one flag among all.
pub(super) fn item<'a>(
    view: &View,
    scope: &Scope,
    key: &'a str,
    flag: &'a Served,
    context: Context<'_>,
) -> Item<'a> {
    let compiled = match &flag.compiled {
        Ok(compiled) => compiled,
        Err(why) => return Item::Failure(Failure::faulty(key, why)),
    };
    let local_off = view.offs.get(scope, key).is_some();
    let evaluation = if local_off { compiled.off() } else { compiled.evaluate(context) };
    let Some(reason) = reason(evaluation.reason) else {
        return Item::Failure(Failure::keyless(key));
    };
    let placed = flag.placed.as_ref();
    Item::Success(Success {
        key,
        reason,
        variant: evaluation.variant,
        value: evaluation.value,
        metadata: FlagMetadata {
            version: flag.version,
            id: &flag.id,
            rollout: placed.map(|placed| placed.rollout_id.as_str()),
            stage: placed.map(|placed| placed.stage.as_str()).filter(|stage| !stage.is_empty()),
            attempt: placed.map(|placed| placed.attempt).filter(|attempt| *attempt > 0),
            stale: view.stale.is_some(),
            age: view.stale.map(|age| age.as_secs()),
            local_off,
        },
    })
}

impl<'a> Failure<'a> {
    pub(super) fn not_found(key: &'a str) -> Self {
        Self {
            key: Some(key),
            error_code: "FLAG_NOT_FOUND",
            error_details: format!("there is no flag '{key}' in this flag set"),
        }
    }

    pub(super) fn faulty(key: &'a str, why: &str) -> Self {
        Self { key: Some(key), error_code: "GENERAL", error_details: why.to_owned() }
    }

    fn keyless(key: &'a str) -> Self {
        Self {
            key: Some(key),
            error_code: "TARGETING_KEY_MISSING",
            error_details: "the flag is served to a share of targeting keys, and the context has none"
                .to_owned(),
        }
    }

    pub(super) fn invalid(key: Option<&'a str>, error: &InvalidRequest) -> Self {
        let error_code = match error {
            InvalidRequest::NotJson(_) | InvalidRequest::NotAnObject => "PARSE_ERROR",
            InvalidRequest::ContextNotAnObject | InvalidRequest::TargetingKeyNotAString => "INVALID_CONTEXT",
            InvalidRequest::TooLarge
            | InvalidRequest::NotReadable(_)
            | InvalidRequest::Encoding(_)
            | InvalidRequest::Query(_)
            | InvalidRequest::Selector(_) => "GENERAL",
        };
        Self { key, error_code, error_details: error.to_string() }
    }
}

/// The protocol has no word for "no rule could place the caller"; clients accept only the words it lists. `None` where
/// it wants an error.
const fn reason(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Static => Some("STATIC"),
        Reason::TargetingMatch => Some("TARGETING_MATCH"),
        Reason::Split => Some("SPLIT"),
        Reason::Disabled => Some("DISABLED"),
        Reason::Default => Some("UNKNOWN"),
        Reason::NoTargetingKey => None,
    }
}
