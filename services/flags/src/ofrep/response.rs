//! What callers get, in the words of the protocol.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;
use verdict_flag_evaluator::{Context, Evaluation, Reason};

use super::request::InvalidRequest;
use crate::snapshot::Served;

#[derive(Serialize)]
pub(super) struct Success<'a> {
    key: &'a str,
    reason: &'static str,
    variant: &'a str,
    value: &'a Value,
    metadata: FlagMetadata,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FlagMetadata {
    /// Version of the exposure that the answer was made from.
    flag_version: u32,
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
pub(super) struct Bulk<'a> {
    pub(super) flags: Vec<Item<'a>>,
    pub(super) metadata: SetMetadata<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SetMetadata<'a> {
    pub(super) flag_set_id: &'a str,
}

/// Why a request gets no answer at all.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("the flags are being read")]
    NotReady,
    /// An older answer than the caller knows of would be worse than none.
    #[error("the announced configuration has not arrived here")]
    Behind,
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
            Self::NotReady | Self::Behind => StatusCode::SERVICE_UNAVAILABLE,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::NotReady | Self::Behind => response
                .insert_header((RETRY_AFTER, "1"))
                .json(GeneralError { error_details: self.to_string() }),
            Self::Invalid { key, why } => response.json(Failure::invalid(key.as_deref(), why)),
        }
    }
}

/// The answer for one flag among all.
pub(super) fn item<'a>(key: &'a str, flag: &'a Served, context: Context<'_>) -> Item<'a> {
    match &flag.compiled {
        Ok(compiled) => Item::Success(Success::new(key, &compiled.evaluate(context), flag.version)),
        Err(why) => Item::Failure(Failure::faulty(key, why)),
    }
}

impl<'a> Success<'a> {
    pub(super) fn new(key: &'a str, evaluation: &Evaluation<'a>, flag_version: u32) -> Self {
        Self {
            key,
            reason: reason(evaluation.reason),
            variant: evaluation.variant,
            value: evaluation.value,
            metadata: FlagMetadata { flag_version },
        }
    }
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

    pub(super) fn invalid(key: Option<&'a str>, error: &InvalidRequest) -> Self {
        let error_code = match error {
            InvalidRequest::NotJson(_) | InvalidRequest::NotAnObject => "PARSE_ERROR",
            InvalidRequest::ContextNotAnObject | InvalidRequest::TargetingKeyNotAString => "INVALID_CONTEXT",
            InvalidRequest::Selector(_) => "GENERAL",
        };
        Self { key, error_code, error_details: error.to_string() }
    }
}

/// The protocol has no word for "no rule could place the caller"; clients accept only the words it lists.
fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Static => "STATIC",
        Reason::TargetingMatch => "TARGETING_MATCH",
        Reason::Split => "SPLIT",
        Reason::Disabled => "DISABLED",
        Reason::Default => "UNKNOWN",
    }
}
