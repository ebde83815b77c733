//! Event streams of the protocol: where a bulk answer says that they are, and the endpoint itself.
//!
//! `GET /ofrep/v1/events?flagSetId=<environment>`. A stream tells a client that what it has fetched is no longer what is
//! served, and nothing else; the client fetches. One that says which event it saw last is told nothing while that is what
//! is served. Everybody else is told at once: between the answer and the stream something may have changed.

use std::convert::Infallible;
use std::fmt::Write as _;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use futures::stream;
use serde::{Deserialize, Serialize};

use super::request::{self, InvalidRequest};
use super::response::Unanswered;
use crate::edge::Edge;
use crate::prefix::PathPrefix;
use crate::snapshot::Scope;

/// Where streams are.
pub(super) const PATH: &str = "/ofrep/v1/events";
/// What a client says that comes back.
const LAST_EVENT_ID: &str = "Last-Event-ID";
/// When a client that found no room may ask again, in seconds.
const RETRY_SECONDS: std::ops::RangeInclusive<u64> = 5..=15;

/// A stream as a bulk answer names it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventStream {
    r#type: &'static str,
    endpoint: Endpoint,
    inactivity_delay_sec: u64,
}

/// Without an origin: that of the request.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    request_uri: String,
}

/// The flag set is in the address, because a browser sends no headers of one's own.
#[derive(Debug, Default, Deserialize)]
pub(super) struct StreamQuery {
    #[serde(rename = "flagSetId")]
    environment: Option<String>,
}

/// The streams that tell of changes in `scope`; none where none are offered.
pub(super) fn offered(edge: &Edge, scope: &Scope, request: &HttpRequest) -> Vec<EventStream> {
    let options = &edge.streams().options;
    if options.most == 0 {
        return Vec::new();
    }
    let prefix = options.prefix.clone().unwrap_or_else(|| PathPrefix::of(request));
    vec![EventStream {
        r#type: "sse",
        endpoint: Endpoint {
            request_uri: format!("{prefix}{PATH}?flagSetId={}", in_a_query(&scope.environment)),
        },
        inactivity_delay_sec: options.inactivity.as_secs().max(1),
    }]
}

/// The text as the value of a parameter.
fn in_a_query(text: &str) -> String {
    text.bytes().fold(String::new(), |mut query, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            query.push(byte.into());
        } else {
            // Writing to a text never fails.
            write!(query, "%{byte:02X}").unwrap_or_default();
        }
        query
    })
}

/// Opens a stream. An edge that is not ready has nothing to announce yet, and announces it as soon as it is.
pub(super) async fn follow(
    edge: web::Data<Edge>,
    query: Result<web::Query<StreamQuery>, actix_web::Error>,
    request: HttpRequest,
) -> Result<HttpResponse, Unanswered> {
    let invalid = |why| Unanswered::Invalid { key: None, why };
    let query = query.map_err(|error| invalid(InvalidRequest::Query(error.to_string())))?.into_inner();
    let selected = request::scope(&request, &edge).map_err(invalid)?;
    let scope = match query.environment.filter(|environment| !environment.is_empty()) {
        Some(environment) => Scope { environment, ..selected },
        None => selected,
    };
    let last = request.headers().get(LAST_EVENT_ID).and_then(|id| id.to_str().ok()).map(str::to_owned);
    let streams = edge.streams();
    let reader = streams
        .open(scope, last)
        .map_err(|_| Unanswered::NoRoom { retry_after: streams.jitter.within(RETRY_SECONDS) })?;
    let parts = stream::unfold(reader, |mut reader| async move {
        let part = reader.next().await?;
        Some((Ok::<_, Infallible>(part), reader))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // A proxy that collects answers would hold back every event.
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(parts))
}

#[cfg(test)]
mod tests;
