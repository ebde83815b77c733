//! The sockets of a platform: one HTTP server, and one gRPC server and the log's where they are asked for.

use std::io;
use std::net::SocketAddr;

use actix_web::web;
use anyhow::Context;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tonic::service::Routes;
use tonic::transport::Server as TonicServer;
use tonic::transport::server::TcpIncoming;
use verdict_eventlog as engine;
use verdict_flags::Edge;
use verdict_metrics::ingest::Ingest;
use verdict_runtime::http::Server;
use verdict_runtime::http::health::{Health, endpoints};
use verdict_runtime::log::Log;
use verdict_runtime::roles::Roles;
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::{task, telemetry};

use super::loopback;

/// Serves OFREP, observations and health.
pub fn http(listen: &str, ingest: Ingest, edge: Edge, roles: Roles, log: Log) -> io::Result<Server> {
    let listen = loopback(listen)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, format!("{error:#}")))?;
    let health = endpoints(Health { roles, log });
    Server::bind(listen, move |config: &mut web::ServiceConfig| {
        verdict_flags::configure(config, edge.clone());
        verdict_metrics::ingest::http::configure(config, ingest.clone());
        health(config);
    })
}

/// Serves the log to other processes of this machine.
pub fn log(listen: &str, log: engine::Log) -> anyhow::Result<engine::server::Server> {
    let options = engine::server::Options::new(loopback(listen)?);
    Ok(engine::server::Server::start(log, options)?)
}

/// How clients of the log write its address.
pub fn log_url(address: SocketAddr, tls: bool) -> String {
    format!("esdb://{address}?tls={tls}")
}

/// The gRPC server.
pub struct Grpc {
    address: SocketAddr,
    task: JoinHandle<Result<(), tonic::transport::Error>>,
}

impl Grpc {
    /// Listens on `address` until `shutdown`.
    pub async fn bind(address: &str, routes: Routes, shutdown: Shutdown) -> anyhow::Result<Self> {
        let listen = loopback(address)?;
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {address}"))?;
        let address = listener.local_addr()?;
        let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
        let serving = TonicServer::builder()
            .layer(telemetry::service::layer())
            .add_routes(routes)
            .serve_with_incoming_shutdown(incoming, async move { shutdown.told().await });
        Ok(Self { address, task: task::spawn("grpc", serving) })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns when open calls are done.
    pub async fn stopped(self) {
        match self.task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the gRPC server ended with an error"),
            Err(error) => tracing::warn!(%error, "the gRPC server's task was lost"),
        }
    }
}
