//! One trace from an observation that breaks a guardrail to the flag that is taken back, as a collector sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value};
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status};
use verdict::story;
use verdict::telling::{Teller, series_name};
use verdict_runtime::task;

use crate::server::Server;

/// A collector that keeps everything.
#[derive(Clone, Default)]
struct Sink {
    spans: Arc<Mutex<Vec<Span>>>,
    resources: Arc<Mutex<BTreeSet<String>>>,
}

#[tonic::async_trait]
impl TraceService for Sink {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        for resource in request.into_inner().resource_spans {
            let attributes = resource.resource.map(|resource| resource.attributes).unwrap_or_default();
            self.resources.lock().unwrap().extend(text(&attributes, "service.name"));
            let spans = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
            self.spans.lock().unwrap().extend(spans);
        }
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

/// A text attribute.
fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    let found = attributes.iter().find(|attribute| attribute.key == key)?;
    match found.value.as_ref()?.value.as_ref()? {
        any_value::Value::StringValue(text) => Some(text.clone()),
        _ => None,
    }
}

/// The spans of a trace, each as its name and what it is about.
fn told(spans: &[Span], trace: &[u8]) -> BTreeSet<String> {
    let about = |span: &Span| {
        let keys = ["log.stream", "process.name", "messaging.destination.name", "path", "event.kind"];
        keys.iter().find_map(|key| text(&span.attributes, key)).unwrap_or_default()
    };
    let of_trace = spans.iter().filter(|span| span.trace_id == trace);
    of_trace.map(|span| format!("{} {}", span.name, about(span))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_breach_is_one_trace_from_the_observation_to_the_flag_edge() {
    let sink = Sink::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let collector = tonic::transport::Server::builder().add_service(TraceServiceServer::new(sink.clone()));
    let collecting =
        task::spawn("collector", collector.serve_with_incoming(TcpListenerStream::new(listener)));

    let files = tempfile::tempdir().unwrap();
    let (config, series) = (files.path().join("verdict.toml"), files.path().join("series.csv"));
    std::fs::write(&config, format!("[telemetry]\notlp_endpoint = \"{endpoint}\"\n")).unwrap();
    std::fs::write(&series, story::RECORDED).unwrap();
    let begin = "2026-03-02T09:00:00Z".parse().unwrap();
    let virtual_start = ["--virtual-clock", "--virtual-start", "2026-03-02T09:00:00Z", "--config"];
    let mut server = Server::start(&[&virtual_start[..], &[&config.to_string_lossy()]].concat()).await;
    let addresses = server.addresses().clone();
    let telling = std::thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let mut teller = Teller::new(&addresses, begin, "tracing");
            teller.set(series_name(), series.to_string_lossy());
            for scene in story::scenes(begin) {
                teller.play(&scene, &mut std::io::sink()).await.unwrap();
            }
        });
    });
    tokio::task::spawn_blocking(|| telling.join().unwrap()).await.unwrap();
    // An orderly stop sends the last spans.
    assert!(server.terminate().await.success());
    collecting.abort();

    let spans = sink.spans.lock().unwrap().clone();
    assert_eq!(*sink.resources.lock().unwrap(), BTreeSet::from(["verdict".to_owned()]));
    let narrowed = spans.iter().find(|span| {
        let kind = text(&span.attributes, "event.kind");
        span.name == "flags.apply" && kind.is_some_and(|kind| kind.contains("ExposureNarrowed"))
    });
    let trace = narrowed.expect("the edge applied a narrowing").trace_id.clone();
    let told = told(&spans, &trace);
    for wanted in [
        "http /v1/observations",
        "log.append metrics.guardrail-",
        "bus.send verdict.metrics",
        "bus.process rollouts.on.metrics",
        "process.handle guardrail-rollback",
        "process.step guardrail-rollback",
        "grpc /verdict.rollouts.v1.",
        "log.append rollouts.flag-",
        "bus.send verdict.rollouts",
        "flags.apply rollouts.flag-",
    ] {
        assert!(told.iter().any(|span| span.starts_with(wanted)), "no '{wanted}' in {told:#?}");
    }
    // What the bus carried is between the span that sent it and the spans that took it.
    let by_id: BTreeMap<&[u8], &Span> = spans.iter().map(|span| (&span.span_id[..], span)).collect();
    let taken: Vec<&Span> = spans.iter().filter(|span| span.kind == SpanKind::Consumer as i32).collect();
    assert!(!taken.is_empty());
    for span in taken {
        let sent = by_id.get(&span.parent_span_id[..]).expect("the producer's span was exported");
        assert_eq!((sent.kind, &sent.name[..]), (SpanKind::Producer as i32, "bus.send"));
        assert_eq!(span.links.len(), 1, "{span:?}");
        assert_eq!(span.links[0].span_id, sent.span_id);
    }
}
