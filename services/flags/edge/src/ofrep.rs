//! OFREP 0.3 over HTTP: one flag, or all flags of a set, for the caller that the context describes.
//!
//! `POST /ofrep/v1/evaluate/flags/{key}` and `POST /ofrep/v1/evaluate/flags`. The set is that of the default
//! environment, or of the one that the header `Flagd-Selector: flagSetId=<environment>` names. Every answer
//! carries variant, reason and value, also for a killed flag, because published clients need all three.
//!
//! A caller without a targeting key is served like everybody else, except where a percentage of targeting keys would
//! have to decide: that is `TARGETING_KEY_MISSING`, because a client that never sends one is a mistake that somebody
//! should notice.
//!
//! A bulk answer names the stream that tells of changes, see `events`; what a client fetches after that is never older than
//! what it was told of, see `refetch`.
//!
//! Whatever cannot be answered is said in the form of the protocol. Answers that may be out of date are given, and say
//! so in their metadata.

mod cors;
mod etag;
mod events;
mod refetch;
mod request;
mod response;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use verdict_flag_evaluator::Context;

use crate::edge::Edge;
use crate::snapshot::FlagSet;
use etag::ETag;
use request::BulkQuery;
use response::{Bulk, Failure, Item, SetMetadata, Unanswered};

/// Largest request body.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Mounts the endpoints.
pub fn configure(cfg: &mut web::ServiceConfig, edge: Edge) {
    let edge = web::Data::new(edge);
    let events = web::resource(events::PATH)
        .app_data(web::Data::clone(&edge))
        .wrap(cors::headers())
        .route(web::get().to(events::follow))
        .route(web::method(Method::OPTIONS).to(cors::preflight));
    let scope = web::scope("/ofrep/v1/evaluate/flags")
        .app_data(edge)
        .app_data(web::PayloadConfig::new(MAX_BODY_BYTES))
        .wrap(cors::headers())
        .service(
            web::resource("")
                .route(web::post().to(evaluate_all))
                .route(web::method(Method::OPTIONS).to(cors::preflight)),
        )
        .service(
            web::resource("/{key}")
                .route(web::post().to(evaluate_one))
                .route(web::method(Method::OPTIONS).to(cors::preflight)),
        );
    cfg.service(events).service(scope);
}

async fn evaluate_one(
    edge: web::Data<Edge>,
    key: web::Path<String>,
    request: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
) -> Result<HttpResponse, Unanswered> {
    let invalid = |why| Unanswered::Invalid { key: Some(key.to_string()), why };
    let view = edge.view().ok_or(Unanswered::NotReady)?;
    let scope = request::scope(&request, &edge).map_err(invalid)?;
    let body = request::body(&request, body).map_err(invalid)?;
    let context = request::context(&body).map_err(invalid)?;
    let Some(flag) = view.snapshot.get(&scope, &key) else {
        return Ok(HttpResponse::NotFound().json(Failure::not_found(&key)));
    };
    let answer = response::item(&view, &scope, &key, flag, Context::of(&context));
    let status = match answer {
        Item::Success(_) => StatusCode::OK,
        Item::Failure(_) => StatusCode::BAD_REQUEST,
    };
    Ok(HttpResponse::build(status).json(answer))
}

async fn evaluate_all(
    edge: web::Data<Edge>,
    query: Result<web::Query<BulkQuery>, actix_web::Error>,
    request: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
) -> Result<HttpResponse, Unanswered> {
    let invalid = |why| Unanswered::Invalid { key: None, why };
    edge.snapshot().ok_or(Unanswered::NotReady)?;
    let scope = request::scope(&request, &edge).map_err(invalid)?;
    let query = request::query(query).map_err(invalid)?;
    let body = request::body(&request, body).map_err(invalid)?;
    let context = request::context(&body).map_err(invalid)?;
    let view = refetch::view(&edge, &query).await?;
    let etag = ETag::of(&view, &scope, &context);
    if etag.is_known_to(&request) && query.is_understood() {
        return Ok(HttpResponse::NotModified().insert_header(etag.header()).finish());
    }
    let context = Context::of(&context);
    let flags = view.snapshot.set(&scope).into_iter().flat_map(FlagSet::iter);
    Ok(HttpResponse::Ok().insert_header(etag.header()).json(Bulk {
        flags: flags.map(|(key, flag)| response::item(&view, &scope, key, flag, context)).collect(),
        metadata: SetMetadata {
            flag_set_id: &scope.environment,
            stale: view.stale.is_some(),
            age: view.stale.map(|age| age.as_secs()),
        },
        event_streams: events::offered(&edge, &scope, &request),
    }))
}

#[cfg(test)]
mod tests;
