//! OFREP 0.3 over HTTP: one flag, or all flags of a set, for the caller that the context describes.
//!
//! `POST /ofrep/v1/evaluate/flags/{key}` and `POST /ofrep/v1/evaluate/flags`. The set is that of the default
//! environment, or of the one that the header `Flagd-Selector: flagSetId=<environment>` names. Every answer
//! carries variant, reason and value, also for a killed flag, because published clients need all three.
//!
//! A caller without a targeting key is served like everybody else, and no percentage takes them in; so
//! `TARGETING_KEY_MISSING` is never answered.

mod cors;
mod etag;
mod request;
mod response;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use verdict_flag_evaluator::Context;

use crate::snapshot::{Edge, FlagSet};
use etag::ETag;
use request::BulkQuery;
use response::{Bulk, Failure, Item, SetMetadata, Unanswered};

/// Largest request body.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Mounts the endpoints.
pub fn configure(cfg: &mut web::ServiceConfig, edge: Edge) {
    let scope = web::scope("/ofrep/v1/evaluate/flags")
        .app_data(web::Data::new(edge))
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
    cfg.service(scope);
}

async fn evaluate_one(
    edge: web::Data<Edge>,
    key: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Unanswered> {
    let invalid = |why| Unanswered::Invalid { key: Some(key.to_string()), why };
    let snapshot = edge.snapshot().ok_or(Unanswered::NotReady)?;
    let scope = request::scope(&request, &edge).map_err(invalid)?;
    let context = request::context(&body).map_err(invalid)?;
    let Some(flag) = snapshot.get(&scope, &key) else {
        return Ok(HttpResponse::NotFound().json(Failure::not_found(&key)));
    };
    let answer = response::item(&key, flag, Context::of(&context));
    let status = match answer {
        Item::Success(_) => StatusCode::OK,
        Item::Failure(_) => StatusCode::BAD_REQUEST,
    };
    Ok(HttpResponse::build(status).json(answer))
}

async fn evaluate_all(
    edge: web::Data<Edge>,
    query: web::Query<BulkQuery>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Unanswered> {
    let invalid = |why| Unanswered::Invalid { key: None, why };
    let snapshot = edge.snapshot().ok_or(Unanswered::NotReady)?;
    let scope = request::scope(&request, &edge).map_err(invalid)?;
    let context = request::context(&body).map_err(invalid)?;
    if query.announces_newer(&snapshot) {
        return Err(Unanswered::Behind);
    }
    let etag = ETag::of(&snapshot, &scope, &context);
    if etag.is_known_to(&request) {
        return Ok(HttpResponse::NotModified().insert_header(etag.header()).finish());
    }
    let context = Context::of(&context);
    let flags = snapshot.set(&scope).into_iter().flat_map(FlagSet::iter);
    Ok(HttpResponse::Ok().insert_header(etag.header()).json(Bulk {
        flags: flags.map(|(key, flag)| response::item(key, flag, context)).collect(),
        metadata: SetMetadata { flag_set_id: &scope.environment },
    }))
}

#[cfg(test)]
mod tests;
