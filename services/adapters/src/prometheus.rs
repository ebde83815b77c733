//! The metric source over the HTTP API of Prometheus, and of what speaks it under a path of its own.
//!
//! ```text
//!   instant ── q and timestamp(q), as of the same time ──> value with the time of its sample
//!   range ── pieces of at most 11,000 steps ──> series, joined by their labels
//! ```
//!
//! An instant query answers with a sample that may be five minutes old, so the time of an answer says nothing; what a query
//! computes has no sample of its own, and is as of when it was computed. Redirects are not followed: who asked for one server
//! is not sent to another with its credentials. Signed requests (SigV4) are not supported.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use url::Url;
use verdict_runtime::source::{MetricSource, Sample, Series, SourceError, Steps, Told, only};

use answer::Data;
use client::{Client, Question, refused};

mod answer;
mod client;
#[cfg(test)]
mod tests;

/// Most steps of one question; one more is an error of the server.
const STEPS: u32 = 11_000;
/// Most samples that the pieces of an answer come to.
const SAMPLES: usize = 2_000_000;
/// What it is called in errors.
const NAME: &str = "Prometheus";

/// A text that is never shown.
#[derive(Clone)]
pub struct Secret(String);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Who asks.
#[derive(Debug, Clone)]
pub enum Auth {
    None,
    Bearer(Secret),
    Basic { user: String, password: Secret },
}

/// Where the server is, and what it is asked with.
#[derive(Debug, Clone)]
pub struct Options {
    /// `http` or `https`, with the path under which the API is.
    pub url: String,
    pub auth: Auth,
    /// Sent along with every question: `X-Scope-OrgID`.
    pub headers: Vec<(String, Secret)>,
    /// PEM file with the authorities that sign its certificate; `None` = those of the machine.
    pub ca_file: Option<PathBuf>,
    /// How long one question may take. The server is told, and given up a little later.
    pub timeout: Duration,
    /// Most bytes of one answer.
    pub largest: usize,
}

impl Options {
    /// A server without authentication.
    pub fn at(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            auth: Auth::None,
            headers: Vec::new(),
            ca_file: None,
            timeout: Duration::from_secs(30),
            largest: 64 * 1024 * 1024,
        }
    }
}

/// What is wrong with the options. No secret is told.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    #[error("'{url}' is no address such as http://127.0.0.1:9090: {why}")]
    Url { url: String, why: String },
    #[error("the address holds a password, which would be shown: give user and password by themselves")]
    Credentials,
    #[error("the header '{0}' cannot be sent")]
    Header(String),
    #[error("{}: {why}", file.display())]
    Certificates { file: PathBuf, why: String },
    #[error("TLS cannot be used: {0}")]
    Tls(#[from] rustls::Error),
}

/// See the module. Connects with the first question.
pub struct Prometheus {
    client: Client,
}

impl Prometheus {
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        let url = address(&options.url)?;
        let tls = match url.scheme() {
            "https" => tls(options.ca_file.as_deref())?,
            _ => configured(RootCertStore::empty())?,
        };
        Ok(Self { client: Client::new(url, &options, tls)? })
    }

    async fn ask_at(&self, query: &str, at: Timestamp) -> Result<Told<Vec<Series>>, SourceError> {
        let question = Question { path: "api/v1/query", query, fields: vec![("time", seconds(at))] };
        let Told { answer, warnings } = self.client.ask(&question).await?;
        let series = match answer {
            Data::Vector(series) => series,
            // One number without labels, which was computed at the time that was asked for.
            Data::Scalar(samples) => vec![Series { labels: BTreeMap::new(), samples }],
            other => return Err(wrong_type(query, &other)),
        };
        self.in_time(&series, Timestamp::MIN, at)?;
        Ok(Told { answer: series, warnings })
    }

    async fn instant_of(&self, query: &str, at: Timestamp) -> Result<Told<Sample>, SourceError> {
        let Told { answer, mut warnings } = self.ask_at(query, at).await?;
        let value = one(query, answer)?.value;
        let times = format!("timestamp({query})");
        let Told { answer, warnings: more } = self.ask_at(&times, at).await?;
        let time = one(query, answer)?.value;
        let time = answer::time(time).filter(|time| *time <= at);
        let time = time.ok_or_else(|| self.client.away("it answers with a sample that is still to come"))?;
        warnings.extend(more);
        warnings.sort();
        warnings.dedup();
        Ok(Told { answer: Sample { at: time, value }, warnings })
    }

    async fn range_of(&self, query: &str, steps: Steps) -> Result<Told<Vec<Series>>, SourceError> {
        let mut joined: BTreeMap<BTreeMap<String, String>, Vec<Sample>> = BTreeMap::new();
        let mut warnings = Vec::new();
        let mut count = 0;
        for piece in steps.pieces(STEPS) {
            let fields = vec![
                ("start", seconds(piece.start)),
                ("end", seconds(piece.end)),
                ("step", piece.step.as_secs_f64().to_string()),
            ];
            let question = Question { path: "api/v1/query_range", query, fields };
            let Told { answer, warnings: more } = self.client.ask(&question).await?;
            let series = match answer {
                Data::Matrix(series) => series,
                other => return Err(wrong_type(query, &other)),
            };
            self.in_time(&series, piece.start, piece.end)?;
            count += series.iter().map(|series| series.samples.len()).sum::<usize>();
            if count > SAMPLES {
                let why =
                    format!("it finds more than {SAMPLES} samples: name fewer series, or a shorter time");
                return Err(refused(query, why));
            }
            for Series { labels, samples } in series {
                joined.entry(labels).or_default().extend(samples);
            }
            warnings.extend(more);
        }
        warnings.sort();
        warnings.dedup();
        let series = joined.into_iter().map(|(labels, samples)| Series { labels, samples }).collect();
        Ok(Told { answer: series, warnings })
    }

    /// Samples come in their order and of the time that was asked for; what says otherwise is not Prometheus.
    fn in_time(&self, series: &[Series], from: Timestamp, to: Timestamp) -> Result<(), SourceError> {
        let samples = || series.iter().flat_map(|series| &series.samples);
        if series.iter().any(|series| !series.samples.is_sorted_by(|a, b| a.at < b.at)) {
            return Err(self.client.away("it answers with samples that are not in their order"));
        }
        match samples().find(|sample| sample.at < from || sample.at > to) {
            None => Ok(()),
            Some(sample) => Err(self
                .client
                .away(&format!("it answers with a sample of {}, which nobody asked for", sample.at))),
        }
    }
}

impl MetricSource for Prometheus {
    fn instant<'a>(
        &'a self,
        query: &'a str,
        at: Timestamp,
    ) -> BoxFuture<'a, Result<Told<Sample>, SourceError>> {
        self.instant_of(query, at).boxed()
    }

    fn range<'a>(
        &'a self,
        query: &'a str,
        steps: Steps,
    ) -> BoxFuture<'a, Result<Told<Vec<Series>>, SourceError>> {
        self.range_of(query, steps).boxed()
    }
}

fn wrong_type(query: &str, data: &Data) -> SourceError {
    refused(query, format!("it is {}, and numbers over time are meant", data.what()))
}

/// The newest sample of the one series.
fn one(query: &str, series: Vec<Series>) -> Result<Sample, SourceError> {
    let newest = only(query, series)?.samples.pop();
    newest.ok_or_else(|| SourceError::NoData { query: query.to_owned() })
}

/// A time as the API reads it.
fn seconds(at: Timestamp) -> String {
    let milliseconds = at.as_millisecond();
    format!("{}.{:03}", milliseconds.div_euclid(1_000), milliseconds.rem_euclid(1_000))
}

fn address(text: &str) -> Result<Url, OptionsError> {
    let wrong = |why: String| OptionsError::Url { url: text.to_owned(), why };
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        // What cannot be read may hold a password all the same.
        Err(_) if text.contains('@') => return Err(OptionsError::Credentials),
        Err(error) => return Err(wrong(error.to_string())),
    };
    if url.password().is_some() || !url.username().is_empty() {
        return Err(OptionsError::Credentials);
    }
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong("it begins neither with http:// nor with https://".to_owned()));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("it has more than a path".to_owned()));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

fn tls(ca_file: Option<&Path>) -> Result<rustls::ClientConfig, OptionsError> {
    let mut roots = RootCertStore::empty();
    let Some(file) = ca_file else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return configured(roots);
    };
    let wrong = |why: String| OptionsError::Certificates { file: file.to_owned(), why };
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| wrong(error.to_string()))? {
        roots.add(certificate.map_err(|error| wrong(error.to_string()))?)?;
    }
    if roots.is_empty() { Err(wrong("it holds no certificate".to_owned())) } else { configured(roots) }
}

/// With a provider of its own: which one the process has by default is not for this to choose.
fn configured(roots: RootCertStore) -> Result<rustls::ClientConfig, OptionsError> {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    Ok(rustls::ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
