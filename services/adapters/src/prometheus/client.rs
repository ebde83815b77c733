//! One question and its answer over HTTP, and who is to blame when there is none.

use std::error::Error;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use url::Url;
use url::form_urlencoded::Serializer;
use verdict_runtime::source::{SourceError, Told};

use super::answer::{self, Data, Said};
use super::{Auth, NAME, Options, OptionsError};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How much longer than the server itself somebody waits for it.
const LATER: Duration = Duration::from_secs(2);
/// Characters of a foreign text that an error shows.
const SHOWN: usize = 300;

/// What is asked.
pub(super) struct Question<'a> {
    /// Below that of the server.
    pub(super) path: &'static str,
    pub(super) query: &'a str,
    pub(super) fields: Vec<(&'static str, String)>,
}

pub(super) struct Client {
    http: hyper_util::client::legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    url: Url,
    headers: HeaderMap,
    timeout: Duration,
    largest: usize,
}

impl Client {
    pub(super) fn new(url: Url, options: &Options, tls: rustls::ClientConfig) -> Result<Self, OptionsError> {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { http, url, headers: headers(options)?, timeout: options.timeout, largest: options.largest })
    }

    /// The answer to a question.
    pub(super) async fn ask(&self, question: &Question<'_>) -> Result<Told<Data>, SourceError> {
        let answered = tokio::time::timeout(self.timeout.saturating_add(LATER), self.send(question)).await;
        let late = || self.away(&format!("no answer within {} s", self.timeout.as_secs_f64()));
        let (status, location, body) = answered.map_err(|_| late())??;
        match answer::read(&body) {
            Some(Said::Data { data, warnings }) if status.is_success() => Ok(Told { answer: data, warnings }),
            Some(Said::Error { kind, text }) => Err(self.told(question.query, status, &kind, &shown(&text))),
            Some(Said::Data { .. }) | None => Err(self.foreign(question.query, status, location, &body)),
        }
    }

    /// By a form, so that no proxy shortens the query.
    async fn send(
        &self,
        question: &Question<'_>,
    ) -> Result<(StatusCode, Option<String>, Bytes), SourceError> {
        let request = self.request(question).map_err(|error| self.away(&error.to_string()))?;
        let response = self.http.request(request).await.map_err(|error| self.away(&causes(&error)))?;
        let status = response.status();
        let location = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(shown);
        let body = Limited::new(response.into_body(), self.largest).collect().await;
        let body = body.map_err(|error| {
            if error.is::<LengthLimitError>() {
                return self.away(&format!("its answer is larger than {} bytes", self.largest));
            }
            self.away(&format!("its answer breaks off: {}", causes(&*error)))
        })?;
        Ok((status, location, body.to_bytes()))
    }

    fn request(&self, question: &Question<'_>) -> Result<Request<Full<Bytes>>, http::Error> {
        let mut form = Serializer::new(String::new());
        form.append_pair("query", question.query);
        form.append_pair("timeout", &format!("{}ms", self.timeout.as_millis()));
        form.extend_pairs(&question.fields);
        // The address ends with a slash.
        let url = format!("{}{}", self.url, question.path);
        let mut request = Request::builder().method(Method::POST).uri(url).body(Full::from(form.finish()))?;
        request.headers_mut().extend(self.headers.clone());
        Ok(request)
    }

    /// An error that the API itself tells.
    fn told(&self, query: &str, status: StatusCode, kind: &str, text: &str) -> SourceError {
        let is_away = status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS;
        match kind {
            "bad_data" | "execution" | "not_acceptable" if !is_away => refused(query, text.to_owned()),
            _ => self.away(&format!("{text} ({kind}, {})", status.as_u16())),
        }
    }

    /// What is no answer of the API.
    fn foreign(&self, query: &str, status: StatusCode, location: Option<String>, body: &[u8]) -> SourceError {
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            return refused(query, format!("it does not let us in ({status}): see token, user and headers"));
        }
        if let Some(location) = location.filter(|_| status.is_redirection()) {
            return self.away(&format!("it redirects to {location}, which is not followed"));
        }
        let what = answer::kind_of(body);
        self.away(&format!(
            "what answers with {status} and {what} is no Prometheus API; see the path of the address"
        ))
    }

    pub(super) fn away(&self, why: &str) -> SourceError {
        SourceError::Away { source_name: format!("{NAME} at {}", self.url), why: why.to_owned() }
    }
}

/// A question that a person has to change.
pub(super) fn refused(query: &str, why: String) -> SourceError {
    SourceError::Refused { source_name: NAME.to_owned(), query: shown(query), why }
}

fn headers(options: &Options) -> Result<HeaderMap, OptionsError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    let secret = |name: &str, text: &str| {
        let mut value = HeaderValue::from_str(text).map_err(|_| OptionsError::Header(name.to_owned()))?;
        value.set_sensitive(true);
        Ok::<_, OptionsError>(value)
    };
    for (name, value) in &options.headers {
        let parsed: HeaderName = name.parse().map_err(|_| OptionsError::Header(name.clone()))?;
        headers.insert(parsed, secret(name, &value.0)?);
    }
    let authorization = match &options.auth {
        Auth::None => None,
        Auth::Bearer(token) => Some(format!("Bearer {}", token.0)),
        Auth::Basic { user, password } => {
            Some(format!("Basic {}", STANDARD.encode(format!("{user}:{}", password.0))))
        }
    };
    if let Some(text) = authorization {
        headers.insert(AUTHORIZATION, secret("Authorization", &text)?);
    }
    Ok(headers)
}

/// What an error says, and what caused it.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut said = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        said.push(cause.to_string());
        next = cause.source();
    }
    said.dedup();
    said.join(": ")
}

/// The beginning of a text that somebody else wrote, on one line.
fn shown(text: &str) -> String {
    let line = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut shown: String = line.clone().take(SHOWN).collect();
    if line.count() > SHOWN {
        shown.push_str("...");
    }
    shown
}
