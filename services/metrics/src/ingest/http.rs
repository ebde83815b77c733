//! `POST /v1/observations`.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures::StreamExt;
use verdict_runtime::http::Failure;
use verdict_runtime::problem::{Code, Problem};

use super::Ingest;

/// Largest body, in bytes: the largest batch with room to spare.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// Adds the endpoint. Whoever serves it passes the same `ingest` to every worker.
pub fn configure(cfg: &mut web::ServiceConfig, ingest: Ingest) {
    cfg.service(
        web::resource("/v1/observations")
            .app_data(web::Data::new(ingest))
            .route(web::post().to(post))
            .default_service(web::to(not_allowed)),
    );
}

async fn post(ingest: web::Data<Ingest>, payload: Payload) -> Result<HttpResponse, Failure> {
    let body = read(payload).await?;
    let taken = ingest.take(&body).await?;
    Ok(HttpResponse::Ok().json(taken))
}

async fn not_allowed(request: HttpRequest) -> Result<HttpResponse, Failure> {
    let detail = format!("{} is not something to do with observations", request.method());
    Err(Problem::new(Code::MalformedBody, detail).hint("POST a JSON object").into())
}

/// The whole body, unless it is too large.
async fn read(mut payload: Payload) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Problem::new(Code::MalformedBody, error.to_string()))?;
        if body.len() + chunk.len() > MAX_BODY {
            let detail = format!("the body is over {MAX_BODY} bytes");
            return Err(Problem::new(Code::TooLarge, detail));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
