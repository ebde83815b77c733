//! What a browser needs to call an edge of another origin, and to see the entity tag of the answer.

use actix_web::HttpResponse;
use actix_web::middleware::DefaultHeaders;

/// Sent with every answer.
pub(super) fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("Access-Control-Allow-Origin", "*"))
        .add(("Access-Control-Expose-Headers", "ETag"))
}

/// The question that a browser asks first.
pub(super) async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header(("Access-Control-Allow-Methods", "GET, POST"))
        .insert_header((
            "Access-Control-Allow-Headers",
            "Authorization, Cache-Control, Content-Type, Flagd-Selector, If-None-Match, Last-Event-ID, X-API-Key, \
             traceparent, tracestate",
        ))
        .insert_header(("Access-Control-Max-Age", "86400"))
        .finish()
}
