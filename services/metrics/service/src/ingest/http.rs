//! `POST /v1/observations`.

use std::time::Duration;

use actix_web::http::header::{ALLOW, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::{self, Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use futures::{Stream, StreamExt};
use verdict_runtime::http::Failure;
use verdict_runtime::problem::{Code, Problem};

use super::Ingest;

/// Largest body, in bytes: the largest batch with room to spare.
const MAX_BODY: usize = 8 * 1024 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// Adds the endpoint. Whoever serves it passes the same `ingest` to every worker.
pub fn configure(cfg: &mut web::ServiceConfig, ingest: Ingest) {
    cfg.service(
        web::resource("/v1/observations")
            .app_data(web::Data::new(ingest))
            .route(web::post().to(post))
            .default_service(web::to(not_allowed)),
    );
}

async fn post(
    ingest: web::Data<Ingest>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    check_type(request.headers())?;
    let body = read(payload).await?;
    let taken = ingest.take(&body).await?;
    Ok(HttpResponse::Ok().json(taken))
}

async fn not_allowed(request: HttpRequest) -> HttpResponse {
    let detail = format!("{} is not something to do with observations", request.method());
    let problem = Problem::new(Code::MethodNotAllowed, detail).hint("POST a JSON object");
    let mut response = Failure::from(problem).error_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    response
}

/// A page in a browser can post text to this machine without asking, and JSON only when it is allowed to.
fn check_type(headers: &HeaderMap) -> Result<(), Problem> {
    let given =
        |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let unsupported = |detail: String| Err(Problem::new(Code::UnsupportedMediaType, detail));
    let kind = given(CONTENT_TYPE);
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return unsupported(format!("the content type is '{kind}', not application/json"));
    }
    let encoding = given(CONTENT_ENCODING).trim();
    if !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity") {
        return unsupported(format!("the body is encoded as '{encoding}', which is not unpacked here"));
    }
    Ok(())
}

/// The whole body, unless it is too large or does not come.
async fn read<E: std::fmt::Display>(
    payload: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Vec<u8>, Problem> {
    let whole = tokio::time::timeout(PATIENCE, collect(payload)).await;
    whole.unwrap_or_else(|_| {
        let detail = format!("the body was not there after {} s", PATIENCE.as_secs());
        Err(Problem::new(Code::TooSlow, detail))
    })
}

async fn collect<E: std::fmt::Display>(
    payload: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Vec<u8>, Problem> {
    let mut payload = std::pin::pin!(payload);
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

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures::stream;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn clause_26_a_body_that_never_ends_is_let_go() {
        let begun = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"{"))]).chain(stream::pending());
        assert_eq!(read(begun).await.map_err(|problem| problem.code), Err(Code::TooSlow));
    }

    #[test]
    fn only_json_as_it_is_is_read() {
        let with = |kind: Option<&str>, encoding: Option<&str>| {
            let mut headers = HeaderMap::new();
            for (name, value) in [(CONTENT_TYPE, kind), (CONTENT_ENCODING, encoding)] {
                if let Some(value) = value {
                    headers.insert(name, HeaderValue::from_str(value).unwrap());
                }
            }
            check_type(&headers).map_err(|problem| problem.code)
        };
        for kind in ["application/json", "Application/JSON; charset=utf-8"] {
            assert_eq!(with(Some(kind), None), Ok(()));
            assert_eq!(with(Some(kind), Some("identity")), Ok(()));
        }
        for (kind, encoding) in [
            (None, None),
            (Some("text/plain"), None),
            (Some("application/x-www-form-urlencoded"), None),
            (Some("application/json"), Some("gzip")),
        ] {
            assert_eq!(with(kind, encoding), Err(Code::UnsupportedMediaType), "{kind:?} {encoding:?}");
        }
    }
}
