//! The way of spans out of the process: OTLP over gRPC, in batches.

use std::io;

use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use tokio::runtime::{Builder, Runtime};

use super::TelemetryError;

/// What the exporter runs on: a runtime of its own, so that the last batch still goes out when that of the platform has
/// ended.
#[derive(Debug)]
pub(super) struct Export {
    runtime: Option<Runtime>,
}

impl Drop for Export {
    fn drop(&mut self) {
        // A runtime that is dropped within another one would block it.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An exporter to the collector at `endpoint`. It connects when there is something to send, so a collector that is down
/// keeps nobody from starting.
pub(super) fn to(endpoint: &str) -> Result<(SpanExporter, Export), TelemetryError> {
    let address = endpoint.parse::<http::Uri>().ok();
    if address.is_none_or(|address| address.scheme().is_none() || address.host().is_none()) {
        return Err(TelemetryError::Endpoint { endpoint: endpoint.to_owned() });
    }
    let runtime = runtime()?;
    let exporter = {
        let _entered = runtime.enter();
        SpanExporter::builder().with_tonic().with_endpoint(endpoint).build()?
    };
    Ok((exporter, Export { runtime: Some(runtime) }))
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(1).thread_name("telemetry").enable_all().build()
}
