//! HTTP surfaces: problem documents (RFC 9457), extractors that explain themselves, and a server that says
//! where it listens.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::{ServerHandle, Service as _, ServiceRequest};
use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError};
use actix_web::http::header::ContentType;
use actix_web::http::{KeepAlive, StatusCode};
use actix_web::{App, HttpResponse, HttpServer, ResponseError, web};
use serde::Serialize;
use tokio::task::JoinHandle;
use tracing::Instrument;

use crate::grpc;
use crate::problem::{Code, Problem};
use crate::{task, telemetry};

pub mod health;
pub mod starting;
#[cfg(test)]
mod tests;

/// Largest JSON body, in bytes.
const MAX_BODY: usize = 1024 * 1024;
/// Threads that serve HTTP in one process.
const WORKERS: usize = 2;
/// How long open requests may take once the server is told to stop, in seconds.
const GRACE_SECONDS: u64 = 5;
/// How long a client may leave what was sent to it where it is, unread or unacknowledged, before its connection is closed.
pub const UNREAD: Duration = Duration::from_secs(20);
/// A body that is made in parts is asked for the next one once no more than this waits for the socket: a client that
/// does not read is not written for.
const AHEAD_BYTES: usize = 1024;

/// A problem as the answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct Failure(#[from] pub Problem);

/// The problem document, RFC 9457 with our own members `code`, `field` and `hint`.
#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    field: &'a str,
    hint: &'a str,
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.http()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let problem = &self.0;
        let document = Document {
            r#type: format!("urn:verdict:problem:{}", problem.code.name()),
            title: problem.code.title(),
            status: problem.code.http(),
            detail: &problem.detail,
            code: problem.code.name(),
            field: &problem.field,
            hint: &problem.hint,
        };
        HttpResponse::build(self.status_code())
            .insert_header(("content-type", "application/problem+json"))
            .json(document)
    }
}

impl From<tonic::Status> for Failure {
    /// The problem that a service answered, or [`Code::Unavailable`] when the answer came from the transport.
    fn from(status: tonic::Status) -> Self {
        let Some(told) = grpc::problem_of(&status) else {
            return Self(Problem::new(Code::Unavailable, status.message()));
        };
        let code = Code::ALL.iter().copied().find(|code| code.name() == told.code);
        Self(Problem {
            code: code.unwrap_or(Code::Internal),
            detail: told.detail,
            field: told.field,
            hint: told.hint,
        })
    }
}

/// Extractor settings under which every malformed request is answered with a problem document.
pub fn extractors(config: &mut web::ServiceConfig) {
    config
        .app_data(
            web::JsonConfig::default()
                .limit(MAX_BODY)
                .error_handler(|error, _| Failure(malformed_json(&error)).into()),
        )
        .app_data(web::PathConfig::default().error_handler(|error, _| Failure(malformed_path(&error)).into()))
        .app_data(
            web::QueryConfig::default().error_handler(|error, _| Failure(malformed_query(&error)).into()),
        )
        .default_service(web::to(no_such_path));
}

async fn no_such_path(request: actix_web::HttpRequest) -> Result<HttpResponse, Failure> {
    let detail = format!("nothing answers {} {}", request.method(), request.path());
    Err(Failure(Problem::new(Code::NotFound, detail).hint("see the documented addresses")))
}

fn malformed_json(error: &JsonPayloadError) -> Problem {
    let malformed = |detail| Problem::new(Code::MalformedBody, detail);
    match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Problem::new(Code::TooLarge, format!("the body is over {MAX_BODY} bytes"))
        }
        JsonPayloadError::ContentType => {
            malformed("the content type is not application/json".to_owned()).hint("send application/json")
        }
        // The text of serde ends with the line and column of the mistake.
        JsonPayloadError::Deserialize(error) => malformed(error.to_string()),
        other => malformed(other.to_string()),
    }
}

fn malformed_path(error: &PathError) -> Problem {
    Problem::field(Code::InvalidId, "path", error.to_string())
}

fn malformed_query(error: &QueryPayloadError) -> Problem {
    Problem::field(Code::InvalidField, "query", error.to_string())
}

/// A span for one request, within the trace of the caller where it names one.
fn span_of(request: &ServiceRequest) -> tracing::Span {
    let (method, path) = (request.method(), request.path());
    let span = tracing::info_span!(parent: None, "http", %method, path);
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(traceparent) = header(telemetry::TRACEPARENT) {
        telemetry::with_parent(&span, traceparent, header(telemetry::TRACESTATE));
    }
    span
}

/// Plain text in UTF-8.
pub fn text(body: impl Into<String>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::plaintext()).body(body.into())
}

/// Connections inherit what their listener is set to.
#[cfg(target_os = "linux")]
fn give_up_on_the_unread(listener: &TcpListener) -> io::Result<()> {
    socket2::SockRef::from(listener).set_tcp_user_timeout(Some(UNREAD))
}

/// There is no such limit here but the system's own.
#[cfg(not(target_os = "linux"))]
fn give_up_on_the_unread(_listener: &TcpListener) -> io::Result<()> {
    Ok(())
}

/// Stops a server at once when it is dropped; nothing is left to stop when that was asked for before.
struct Stop(ServerHandle);

impl Drop for Stop {
    fn drop(&mut self) {
        drop(self.0.stop(false));
    }
}

/// A server that listens. Dropping it stops it without waiting for anybody.
pub struct Server {
    address: SocketAddr,
    stop: Stop,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Listens on `listen` (port 0 = any free port) and serves what `configure` adds, with the extractors of
    /// [`extractors`] and a span around each request. Fails when the address is taken.
    pub fn bind(
        listen: impl ToSocketAddrs,
        configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        Self::over(TcpListener::bind(listen)?, configure)
    }

    /// The same on an address that was bound before.
    pub fn over(
        listener: TcpListener,
        configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        Self::start(listener, KeepAlive::default(), configure)
    }

    /// The same for a while: it ends each connection with its answer, so that nobody keeps talking to it when
    /// another server takes the address over.
    pub fn meanwhile(
        listener: TcpListener,
        configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        Self::start(listener, KeepAlive::Disabled, configure)
    }

    fn start(
        listener: TcpListener,
        keep_alive: KeepAlive,
        configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        give_up_on_the_unread(&listener)?;
        let app = move || {
            App::new()
                .wrap_fn(|request, service| {
                    let span = span_of(&request);
                    service.call(request).instrument(span)
                })
                .configure(extractors)
                .configure(configure.clone())
        };
        let server = HttpServer::new(app)
            .workers(WORKERS)
            .keep_alive(keep_alive)
            .shutdown_timeout(GRACE_SECONDS)
            .h1_write_buffer_size(AHEAD_BYTES)
            .disable_signals()
            .listen(listener)?
            .run();
        Ok(Self { address, stop: Stop(server.handle()), task: task::spawn("http", server) })
    }

    /// The address that was bound.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets open requests finish, then stops.
    pub async fn stop(self) {
        self.stop.0.stop(true).await;
        match self.task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the HTTP server ended with an error"),
            Err(error) => tracing::warn!(%error, "the HTTP server's task was lost"),
        }
    }
}
