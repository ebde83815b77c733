//! Trace contexts in and out, and the shape of log lines.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::subscriber::with_default;

use super::*;
use crate::bus::Message;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

const ALONE: Identity<'static> = Identity { role: "up", instance: "here" };

/// A writer that keeps what was written.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn traced<T>(format: Format, filter: &str, act: impl FnOnce() -> T) -> (T, String) {
    let provider = SdkTracerProvider::builder().build();
    let kept = Kept::default();
    let config = Config { filter: filter.to_owned(), format, ..Config::default() };
    let writer = kept.clone();
    let subscriber = subscriber(&config, &provider, move || writer.clone()).unwrap();
    let result = with_default(subscriber, act);
    let written = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    (result, written)
}

#[test]
fn a_span_has_a_trace_context_even_when_it_is_not_logged() {
    let (traceparent, written) =
        traced(Format::Text, "error", || tracing::info_span!("command").in_scope(current_traceparent));
    let parsed = parse(&traceparent.unwrap(), None);
    assert!(parsed.is_some_and(|context| context.is_sampled()));
    assert_eq!(written, "");
}

#[test]
fn outside_of_a_span_there_is_no_trace_context() {
    let (traceparent, _) = traced(Format::Text, "info", current_traceparent);
    assert_eq!(traceparent, None);
    assert_eq!(current_traceparent(), None);
}

#[test]
fn a_child_stays_in_the_trace_of_its_remote_parent() {
    let (traceparent, _) = traced(Format::Text, "info", || {
        let span = tracing::info_span!("command");
        with_parent(&span, PARENT, None);
        span.in_scope(current_traceparent)
    });
    let traceparent = traceparent.unwrap();
    assert_eq!(traceparent[..36], PARENT[..36]);
    assert_ne!(traceparent[36..], PARENT[36..]);
}

#[test]
fn text_that_is_no_trace_context_is_ignored() {
    assert!(parse(PARENT, None).is_some());
    for text in [
        "",
        "00-1",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
    ] {
        assert_eq!(parse(text, None), None, "{text}");
    }
}

#[test]
fn lines_are_filtered_and_have_the_shape_that_was_asked_for() {
    let log = || {
        tracing::info!(bet = "b-1", "proposed");
        tracing::debug!("not wanted");
    };
    let ((), text) = traced(Format::Text, "info", log);
    assert!(text.contains("proposed bet=\"b-1\"") && !text.contains("not wanted"), "{text}");
    let ((), json) = traced(Format::Json, "info", log);
    let line: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!((&line["message"], &line["bet"]), (&"proposed".into(), &"b-1".into()));
}

#[test]
fn a_filter_that_cannot_be_read_is_refused_with_its_text() {
    let config = Config { filter: "info,=loud=".to_owned(), ..Config::default() };
    let error = init(&config, ALONE).map(|_| ()).unwrap_err().to_string();
    assert_eq!(error, "'info,=loud=' is not a log filter; write it like info,verdict_rollouts=debug");
}

/// Answers with the trace context that it runs in.
fn echo() -> service::Traced<impl tower::Service<http::Request<()>, Response = Option<String>, Error = ()>> {
    service::Traced::new(tower::service_fn(|_| async { Ok(current_traceparent()) }))
}

#[test]
fn a_call_runs_within_the_trace_that_its_header_names() {
    let (seen, _) = traced(Format::Text, "error", || {
        let request = http::Request::builder().header(TRACEPARENT, PARENT).body(()).unwrap();
        futures::executor::block_on(tower::Service::call(&mut echo(), request)).unwrap()
    });
    assert_eq!(seen.unwrap()[..36], PARENT[..36]);
}

#[test]
fn a_call_in_process_runs_within_the_trace_of_its_caller() {
    let ((outside, seen), _) = traced(Format::Text, "error", || {
        tracing::info_span!("caller").in_scope(|| {
            let request = http::Request::new(());
            let mut headers = http::HeaderMap::new();
            inject(&mut headers);
            assert_eq!(headers.get(TRACEPARENT).unwrap().to_str().ok(), current_traceparent().as_deref());
            let seen = futures::executor::block_on(tower::Service::call(&mut echo(), request)).unwrap();
            (current_traceparent().unwrap(), seen.unwrap())
        })
    });
    assert_eq!(outside[..36], seen[..36]);
    assert_ne!(outside, seen);
}

#[test]
fn what_other_tracing_systems_said_is_passed_on() {
    let (headers, _) = traced(Format::Text, "error", || {
        let span = tracing::info_span!("command");
        with_parent(&span, PARENT, Some("vendor=7"));
        let mut headers = http::HeaderMap::new();
        span.in_scope(|| inject(&mut headers));
        headers
    });
    assert_eq!(headers.get(TRACESTATE).unwrap(), "vendor=7");
}

#[test]
fn a_collector_is_named_by_a_whole_address() {
    for endpoint in ["", "collector", "collector:4317", "http://"] {
        let config = Config { otlp_endpoint: Some(endpoint.to_owned()), ..Config::default() };
        let error = init(&config, ALONE).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("write it like http://collector:4317"), "{error}");
    }
}

#[test]
fn the_share_of_traces_is_a_number_from_0_to_1() {
    let config = |ratio: &str| serde_json::from_str::<Config>(&format!("{{\"sample_ratio\":{ratio}}}"));
    assert!((config("0.25").unwrap().sample_ratio.get() - 0.25).abs() < 1e-9);
    assert!(config("1").is_ok() && config("0").is_ok());
    assert!(config("1.5").unwrap_err().to_string().contains("1.5 is not a number from 0 to 1"));
}

#[test]
fn a_role_says_which_service_it_is_and_which_replica_of_it() {
    let config = Config { service_name: "verdict-gtm".to_owned(), ..Config::default() };
    let resource = resource(&config, Identity { role: "gtm", instance: "gtm-2" });
    let said = ["service.name", "service.instance.id", "verdict.role", "service.version"]
        .map(|key| resource.get(&key.into()).map(|value| value.to_string()));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(said, ["verdict-gtm", "gtm-2", "gtm", version].map(|value| Some(value.to_owned())));
}

/// The attributes of a span that is made under `system`, as a log line shows them.
fn span_of_a_message(system: &'static str) -> String {
    let message = Message {
        id: "m-1".to_owned(),
        routing_key: "flag.narrowed.v1".to_owned(),
        event_type: "rollouts.Flag.Narrowed.v1".to_owned(),
        headers: BTreeMap::new(),
        body: Vec::new(),
    };
    let enter = || names::consume(system, "flags.on.rollouts", &message).in_scope(|| tracing::info!("woken"));
    traced(Format::Text, "info", enter).1
}

#[test]
fn spans_of_messages_name_the_bus_that_is_there() {
    let broker = span_of_a_message(crate::bus::RABBITMQ);
    assert!(broker.contains("messaging.system=\"rabbitmq\""), "{broker}");
    assert!(broker.contains("routing_key=\"flag.narrowed.v1\""), "{broker}");
    let alone = span_of_a_message(crate::bus::IN_PROCESS);
    assert!(alone.contains("messaging.system=\"in_process\"") && !alone.contains("rabbitmq"), "{alone}");
}
