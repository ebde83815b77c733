//! Tracing: one set-up for every role, and the trace context that events and messages carry.
//!
//! Spans get ids from an OpenTelemetry provider, so that every event names the trace it came from even where nobody
//! collects traces. Where `otlp_endpoint` is set they are exported too; names of spans and attributes are in [`names`].

use std::io;

use opentelemetry::KeyValue;
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use serde::{Deserialize, Serialize};
use tracing::{Level, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer};

use verdict_stored::Metadata;

mod export;
pub mod families;
pub mod gauges;
pub mod names;
mod ratio;
pub mod service;
pub mod testing;
#[cfg(test)]
mod tests;

pub use ratio::Ratio;

/// The W3C header, also the name in message headers.
pub const TRACEPARENT: &str = "traceparent";
/// The W3C header with what tracing systems add to a trace.
pub const TRACESTATE: &str = "tracestate";
/// The span that every task runs in; it lasts as long as the task and is part of no trace.
const TASK: &str = "task";

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
    /// Where spans are sent, over OTLP and gRPC: `http://collector:4317`; absent = nowhere.
    pub otlp_endpoint: Option<String>,
    /// `service.name` of the spans.
    pub service_name: String,
    /// Share of the traces beginning here that are sent, from 0 to 1. A trace that began elsewhere was decided there.
    pub sample_ratio: Ratio,
}

/// Warnings, but not those of the log server's client: it calls every attempt that fails an error, twice, and the adapter
/// says what is the matter.
const FILTER: &str = "warn,eventstore=off";

impl Default for Config {
    fn default() -> Self {
        Self {
            filter: FILTER.to_owned(),
            format: Format::Text,
            otlp_endpoint: None,
            service_name: "verdict".to_owned(),
            sample_ratio: Ratio::ALL,
        }
    }
}

/// Why tracing could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("'{filter}' is not a log filter; write it like info,verdict_rollouts=debug")]
    Filter { filter: String, source: tracing_subscriber::filter::ParseError },
    #[error("tracing was set up twice in this process")]
    SetUpTwice(#[from] TryInitError),
    #[error("'{endpoint}' is no address of an OTLP collector; write it like http://collector:4317")]
    Endpoint { endpoint: String },
    #[error("the export of traces could not be set up")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    #[error("the export of traces could not start a thread")]
    Thread(#[from] io::Error),
}

/// Keeps tracing alive; dropping it sends what was not sent yet and ends the provider.
#[derive(Debug)]
pub struct Guard {
    provider: SdkTracerProvider,
    export: Option<export::Export>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let (Err(error), Some(_)) = (self.provider.shutdown(), &self.export) {
            tracing::warn!(%error, "the last spans could not be sent");
        }
    }
}

/// Who a process is to those who read its spans.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// The attribute `verdict.role`.
    pub role: &'a str,
    /// The attribute `service.instance.id`: the name of the replica.
    pub instance: &'a str,
}

/// Sets tracing up for this process: log lines to standard error, ids for spans, and their export where it is
/// configured. Once per process.
pub fn init(config: &Config, identity: Identity<'_>) -> Result<Guard, TelemetryError> {
    let ratio = Sampler::TraceIdRatioBased(config.sample_ratio.get());
    let mut provider = SdkTracerProvider::builder()
        .with_resource(resource(config, identity))
        .with_sampler(Sampler::ParentBased(Box::new(ratio)));
    let mut export = None;
    if let Some(endpoint) = &config.otlp_endpoint {
        let (exporter, running) = export::to(endpoint)?;
        provider = provider.with_batch_exporter(exporter);
        export = Some(running);
    }
    let provider = provider.build();
    subscriber(config, &provider, io::stderr)?.try_init()?;
    Ok(Guard { provider, export })
}

/// What is said once of all spans of this process.
fn resource(config: &Config, identity: Identity<'_>) -> Resource {
    let own = [
        ("service.version", env!("CARGO_PKG_VERSION")),
        ("service.instance.id", identity.instance),
        (names::ROLE, identity.role),
    ];
    let own = own.map(|(key, value)| KeyValue::new(key, value.to_owned()));
    Resource::builder().with_service_name(config.service_name.clone()).with_attributes(own).build()
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
    // Spans of libraries say nothing about the work; those of the export itself would never end.
    let ours = filter_fn(|span| {
        span.target().starts_with("verdict") && *span.level() <= Level::INFO && span.name() != TASK
    });
    Ok(tracing_subscriber::registry().with(ids.with_filter(ours)).with(lines.with_filter(filter)))
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

/// What the current span adds to its trace for other tracing systems.
pub fn current_tracestate() -> Option<String> {
    let context = Span::current().context();
    let state = context.span().span_context().trace_state().header();
    (!state.is_empty()).then_some(state)
}

/// Makes `span` a child of the span that `traceparent` names. It must not have been entered yet: its trace is
/// settled by then. Text that is no trace context is ignored: a trace is worth less than the work.
pub fn with_parent(span: &Span, traceparent: &str, tracestate: Option<&str>) {
    if let Some(parent) = parse(traceparent, tracestate) {
        let context = opentelemetry::Context::new().with_remote_span_context(parent);
        // Fails where no provider is set up, and then there is no trace to join.
        drop(span.set_parent(context));
    }
}

/// Makes `span` a child of the span in which a stored event was appended.
pub fn after(span: &Span, metadata: &Metadata) {
    if let Some(traceparent) = &metadata.traceparent {
        with_parent(span, traceparent, metadata.tracestate.as_deref());
    }
}

/// Notes that `span` follows from the span that `traceparent` names, whatever its own parent is.
pub fn with_link(span: &Span, traceparent: &str) {
    if let Some(linked) = parse(traceparent, None) {
        span.add_link(linked);
    }
}

/// Sends the trace context of the current span along with a request.
pub fn inject(headers: &mut http::HeaderMap) {
    let value = current_traceparent().and_then(|text| http::HeaderValue::try_from(text).ok());
    if let Some(value) = value {
        headers.insert(TRACEPARENT, value);
    }
    let state = current_tracestate().and_then(|text| http::HeaderValue::try_from(text).ok());
    if let Some(state) = state {
        headers.insert(TRACESTATE, state);
    }
}

fn parse(traceparent: &str, tracestate: Option<&str>) -> Option<SpanContext> {
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
        tracestate.and_then(|state| state.parse().ok()).unwrap_or(TraceState::NONE),
    );
    context.is_valid().then_some(context)
}
