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
use verdict::cli::teller;
use verdict::story;
use verdict::telling::series_name;
use verdict_runtime::task;

use crate::server::Server;

/// A span, and the `service.name` of the process that sent it.
#[derive(Debug, Clone)]
pub struct Exported {
    service: String,
    span: Span,
}

/// A collector that keeps everything.
#[derive(Clone, Default)]
struct Sink {
    exported: Arc<Mutex<Vec<Exported>>>,
}

#[tonic::async_trait]
impl TraceService for Sink {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        for resource in request.into_inner().resource_spans {
            let attributes = resource.resource.map(|resource| resource.attributes).unwrap_or_default();
            let service = text(&attributes, "service.name").unwrap_or_default();
            let spans = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
            let exported = spans.map(|span| Exported { service: service.clone(), span });
            self.exported.lock().unwrap().extend(exported);
        }
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

/// A collector on a port of its own, for as long as this is held.
pub struct Collector {
    endpoint: String,
    sink: Sink,
    collecting: tokio::task::JoinHandle<Result<(), tonic::transport::Error>>,
}

impl Collector {
    pub async fn start() -> Self {
        let sink = Sink::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let collector =
            tonic::transport::Server::builder().add_service(TraceServiceServer::new(sink.clone()));
        let serving = collector.serve_with_incoming(TcpListenerStream::new(listener));
        Self { endpoint, sink, collecting: task::spawn("collector", serving) }
    }

    /// The section of a configuration that sends spans here.
    pub fn settings(&self) -> String {
        format!("[telemetry]\notlp_endpoint = \"{}\"\n", self.endpoint)
    }

    /// What has come.
    pub fn spans(&self) -> Vec<Exported> {
        self.sink.exported.lock().unwrap().clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.collecting.abort();
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

/// Who sent spans.
pub fn services(exported: &[Exported]) -> BTreeSet<&str> {
    exported.iter().map(|one| one.service.as_str()).collect()
}

/// The way of a breach: the service of each span, its name and what it is about.
const WAY: [(&str, &str); 10] = [
    ("verdict-metrics", "http /v1/observations"),
    ("verdict-metrics", "log.append metrics.guardrail-"),
    ("verdict-metrics", "bus.send verdict.metrics"),
    ("verdict-rollouts", "bus.process rollouts.on.metrics"),
    ("verdict-rollouts", "process.handle guardrail-rollback"),
    ("verdict-rollouts", "process.step guardrail-rollback"),
    ("verdict-rollouts", "grpc /verdict.rollouts.v1."),
    ("verdict-rollouts", "log.append rollouts.flag-"),
    ("verdict-rollouts", "bus.send verdict.rollouts"),
    ("verdict-flags", "flags.apply rollouts.flag-"),
];

/// Fails unless the narrowing that an edge applied is in one trace with everything that led to it. Returns that trace,
/// a line for each kind of span. `only` is the name of everybody where one process has them all.
pub fn leads_to_the_edge(exported: &[Exported], only: Option<&str>) -> BTreeSet<String> {
    let narrowed = exported.iter().find(|Exported { span, .. }| {
        let kind = text(&span.attributes, "event.kind");
        span.name == "flags.apply" && kind.is_some_and(|kind| kind.contains("ExposureNarrowed"))
    });
    let trace = &narrowed.expect("the edge applied a narrowing").span.trace_id;
    let about = |span: &Span| {
        let keys = ["log.stream", "process.name", "messaging.destination.name", "path", "event.kind"];
        keys.iter().find_map(|key| text(&span.attributes, key)).unwrap_or_default()
    };
    let of_trace = exported.iter().filter(|one| one.span.trace_id == *trace);
    let told: BTreeSet<String> = of_trace
        .map(|Exported { service, span }| format!("{service}: {} {}", span.name, about(span)))
        .collect();
    for (service, wanted) in WAY {
        let wanted = format!("{}: {wanted}", only.unwrap_or(service));
        assert!(told.iter().any(|span| span.starts_with(&wanted)), "no '{wanted}' in {told:#?}");
    }
    told
}

/// Fails unless what the bus carried is between the span that sent it and the spans that took it.
pub fn deliveries_follow_their_senders(exported: &[Exported]) {
    let spans = || exported.iter().map(|one| &one.span);
    let by_id: BTreeMap<&[u8], &Span> = spans().map(|span| (&span.span_id[..], span)).collect();
    let taken: Vec<&Span> = spans().filter(|span| span.kind == SpanKind::Consumer as i32).collect();
    assert!(!taken.is_empty());
    for span in taken {
        let sent = by_id.get(&span.parent_span_id[..]).expect("the producer's span was exported");
        assert_eq!((sent.kind, &sent.name[..]), (SpanKind::Producer as i32, "bus.send"));
        assert_eq!(span.links.len(), 1, "{span:?}");
        assert_eq!(span.links[0].span_id, sent.span_id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_breach_is_one_trace_from_the_observation_to_the_flag_edge() {
    let collector = Collector::start().await;
    let files = tempfile::tempdir().unwrap();
    let (config, series) = (files.path().join("verdict.toml"), files.path().join("series.csv"));
    std::fs::write(&config, collector.settings()).unwrap();
    std::fs::write(&series, story::RECORDED).unwrap();
    let begin = "2026-03-02T09:00:00Z".parse().unwrap();
    let virtual_start = ["--virtual-clock", "--virtual-start", "2026-03-02T09:00:00Z", "--config"];
    let mut server = Server::start(&[&virtual_start[..], &[&config.to_string_lossy()]].concat()).await;
    let addresses = server.addresses().clone();
    let telling = std::thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let mut teller = teller(&addresses, begin, "tracing");
            teller.set(series_name(), series.to_string_lossy());
            for scene in story::scenes(begin) {
                teller.play(&scene, &mut std::io::sink()).await.unwrap();
            }
        });
    });
    tokio::task::spawn_blocking(|| telling.join().unwrap()).await.unwrap();
    // An orderly stop sends the last spans.
    assert!(server.terminate().await.success());

    let exported = collector.spans();
    assert_eq!(services(&exported), BTreeSet::from(["verdict"]));
    leads_to_the_edge(&exported, Some("verdict"));
    deliveries_follow_their_senders(&exported);
}
