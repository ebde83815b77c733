//! Tracing: one set-up for every role, and the trace context that events and messages carry.
//!
//! Spans get ids from an OpenTelemetry provider without an exporter, so that every event names the trace it
//! came from even where nobody collects traces.

use std::io;

use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde::{Deserialize, Serialize};
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer};

pub mod service;
#[cfg(test)]
mod tests;

/// The W3C header, also the name in message headers.
pub const TRACEPARENT: &str = "traceparent";

/// The shape of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Section `telemetry`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What is logged, in the notation of `RUST_LOG`: `info,verdict_rollouts=debug`.
    pub filter: String,
    /// `text` or `json`.
    pub format: Format,
}

impl Default for Config {
    fn default() -> Self {
        Self { filter: "warn".to_owned(), format: Format::Text }
    }
}

/// Why tracing could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("'{filter}' is not a log filter; write it like info,verdict_rollouts=debug")]
    Filter { filter: String, source: tracing_subscriber::filter::ParseError },
    #[error("tracing was set up twice in this process")]
    SetUpTwice(#[from] TryInitError),
}

/// Keeps tracing alive; dropping it ends the provider.
#[derive(Debug)]
pub struct Guard {
    provider: SdkTracerProvider,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Without an exporter there is nothing that could be lost.
        drop(self.provider.shutdown());
    }
}

/// Sets tracing up for this process: log lines to standard error, ids for spans. Once per process.
pub fn init(config: &Config) -> Result<Guard, TelemetryError> {
    let provider = SdkTracerProvider::builder().build();
    subscriber(config, &provider, io::stderr)?.try_init()?;
    Ok(Guard { provider })
}

/// The subscriber that [`init`] makes global.
fn subscriber<W>(
    config: &Config,
    provider: &SdkTracerProvider,
    write: W,
) -> Result<impl Subscriber + Send + Sync, TelemetryError>
where
    W: for<'w> tracing_subscriber::fmt::MakeWriter<'w> + Send + Sync + 'static,
{
    let parsed = EnvFilter::builder().parse(&config.filter);
    let filter = parsed.map_err(|source| TelemetryError::Filter { filter: config.filter.clone(), source })?;
    let lines = tracing_subscriber::fmt::layer().with_writer(write);
    let lines = match config.format {
        Format::Text => lines.with_ansi(false).boxed(),
        Format::Json => lines.json().flatten_event(true).boxed(),
    };
    // The filter concerns the lines only: a span that is not logged still has an id.
    let ids = tracing_opentelemetry::layer().with_tracer(provider.tracer("verdict"));
    Ok(tracing_subscriber::registry().with(ids).with(lines.with_filter(filter)))
}

/// The W3C trace context of the current span; `None` outside of a recorded trace.
pub fn current_traceparent() -> Option<String> {
    let context = Span::current().context();
    let span = context.span();
    let span = span.span_context();
    span.is_valid().then(|| {
        let (trace, id, flags) = (span.trace_id(), span.span_id(), span.trace_flags().to_u8());
        format!("00-{trace}-{id}-{flags:02x}")
    })
}

/// Makes `span` a child of the span that `traceparent` names. It must not have been entered yet: its trace is
/// settled by then. Text that is no trace context is ignored: a trace is worth less than the work.
pub fn with_parent(span: &Span, traceparent: &str) {
    if let Some(parent) = parse(traceparent) {
        let context = opentelemetry::Context::new().with_remote_span_context(parent);
        // Fails where no provider is set up, and then there is no trace to join.
        drop(span.set_parent(context));
    }
}

/// Sends the trace context of the current span along with a request.
pub fn inject(headers: &mut http::HeaderMap) {
    let value = current_traceparent().and_then(|text| http::HeaderValue::try_from(text).ok());
    if let Some(value) = value {
        headers.insert(TRACEPARENT, value);
    }
}

fn parse(traceparent: &str) -> Option<SpanContext> {
    let mut parts = traceparent.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let lengths = (version.len(), trace.len(), span.len(), flags.len());
    if lengths != (2, 32, 16, 2) || version == "ff" || (version == "00" && parts.next().is_some()) {
        return None;
    }
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        TraceFlags::new(u8::from_str_radix(flags, 16).ok()?),
        true,
        TraceState::NONE,
    );
    context.is_valid().then_some(context)
}
