//! The sockets of a process: one HTTP server, and one gRPC server and the log's where they are asked for.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use actix_web::web;
use anyhow::{Context, bail};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tonic::service::Routes;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Certificate, Identity, Server as TonicServer, ServerTlsConfig};
use verdict_eventlog as engine;
use verdict_flags::Edge;
use verdict_metrics::ingest::Ingest;
use verdict_runtime::http::Server;
use verdict_runtime::http::health::{Health, endpoints};
use verdict_runtime::log::Log;
use verdict_runtime::roles::Roles;
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::{task, telemetry};

use crate::ports::choose_tls_provider;

/// Where a listener that asks nobody who they are may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    #[default]
    Loopback,
    /// Whoever runs the process says that the network keeps strangers out.
    Anywhere,
}

impl Reach {
    /// As the key `anywhere` of a section says.
    pub const fn of(anywhere: bool) -> Self {
        if anywhere { Self::Anywhere } else { Self::Loopback }
    }
}

/// Serves [`surface`] at an address of its own.
pub fn http(
    listen: &str,
    ingest: Option<Ingest>,
    edge: Option<Edge>,
    roles: Roles,
    log: Log,
) -> io::Result<Server> {
    let listen = for_http(listen, Reach::Loopback)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, format!("{error:#}")))?;
    Server::bind(listen, surface(ingest, edge, roles, log))
}

/// What a process answers over HTTP: health, and OFREP and observations where there are any.
pub fn surface(
    ingest: Option<Ingest>,
    edge: Option<Edge>,
    roles: Roles,
    log: Log,
) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    let health = endpoints(Health { roles, log });
    move |config| {
        if let Some(edge) = &edge {
            verdict_flags::configure(config, edge.clone());
        }
        if let Some(ingest) = &ingest {
            verdict_metrics::ingest::http::configure(config, ingest.clone());
        }
        health(config);
    }
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

/// Who a gRPC listener proves to be, and whom it asks for a proof. Texts in PEM.
#[derive(Clone)]
pub struct Tls {
    pub certificate: String,
    pub key: String,
    /// Signs the certificates of callers; `None` = callers need none.
    pub callers: Option<String>,
}

/// The key stays out of whatever prints options.
impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("callers", &self.callers.is_some()).finish_non_exhaustive()
    }
}

impl Tls {
    fn config(&self) -> ServerTlsConfig {
        let config = ServerTlsConfig::new().identity(Identity::from_pem(&self.certificate, &self.key));
        match &self.callers {
            Some(authority) => config.client_ca_root(Certificate::from_pem(authority)),
            None => config,
        }
    }
}

/// An address for commands, bound before anybody is served at it: leases name it.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Tls>,
}

impl Bound {
    /// Binds `address`, which must be loopback unless callers have to prove who they are.
    pub async fn bind(address: &str, tls: Option<Tls>) -> anyhow::Result<Self> {
        Self::bind_within(Reach::Loopback, address, tls).await
    }

    /// The same for an address that may be wherever `reach` says.
    pub async fn bind_within(reach: Reach, address: &str, tls: Option<Tls>) -> anyhow::Result<Self> {
        let listen = for_commands(address, tls.as_ref().is_some_and(|tls| tls.callers.is_some()), reach)?;
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {address}"))?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, tls })
    }

    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address as peers on this machine name it.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Serves `routes` until `shutdown`.
    pub fn serve(self, routes: Routes, shutdown: Shutdown) -> anyhow::Result<Grpc> {
        let incoming = TcpIncoming::from(self.listener).with_nodelay(Some(true));
        let mut server = TonicServer::builder();
        if let Some(tls) = &self.tls {
            choose_tls_provider();
            server = server.tls_config(tls.config()).context("the certificate cannot be used")?;
        }
        let serving = server
            .layer(telemetry::service::layer())
            .add_routes(routes)
            .serve_with_incoming_shutdown(incoming, async move { shutdown.told().await });
        Ok(Grpc { task: task::spawn("grpc", serving) })
    }
}

/// The gRPC server.
pub struct Grpc {
    task: JoinHandle<Result<(), tonic::transport::Error>>,
}

impl Grpc {
    /// Returns when open calls are done.
    pub async fn stopped(self) {
        match self.task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the gRPC server ended with an error"),
            Err(error) => tracing::warn!(%error, "the gRPC server's task was lost"),
        }
    }
}

/// An address for commands: loopback, or any where callers show a certificate or `reach` says so.
pub fn for_commands(address: &str, callers_prove: bool, reach: Reach) -> anyhow::Result<SocketAddr> {
    if callers_prove {
        return parse(address);
    }
    let way_out = "ask callers for a certificate (--grpc-client-ca), or, where the network keeps strangers out, say \
                   grpc.anywhere = true (--grpc-anywhere)";
    within(reach, address, "commands", way_out)
}

/// An address for HTTP: loopback, or any where `reach` says so.
pub fn for_http(address: &str, reach: Reach) -> anyhow::Result<SocketAddr> {
    let way_out = "where the network keeps strangers out, say http.anywhere = true (--http-anywhere)";
    within(reach, address, "HTTP", way_out)
}

/// An address that must be loopback, because whoever reaches it is believed.
pub fn loopback(address: &str) -> anyhow::Result<SocketAddr> {
    within(Reach::Loopback, address, "this", "listen on 127.0.0.1")
}

/// The `dev` principal needs no proof of who it is, so an address beyond this machine is refused or warned of.
fn within(reach: Reach, address: &str, what: &str, way_out: &str) -> anyhow::Result<SocketAddr> {
    let parsed = parse(address)?;
    match reach {
        Reach::Loopback if !parsed.ip().is_loopback() => bail!(
            "{address} is not a loopback address, and whoever reaches it is asked for no proof of who they are; {way_out}"
        ),
        Reach::Anywhere if !parsed.ip().is_loopback() => tracing::warn!(
            address,
            "{what} at {address} can be reached from other machines, and nobody is asked who they are: whoever \
             reaches it may do everything"
        ),
        Reach::Loopback | Reach::Anywhere => {}
    }
    Ok(parsed)
}

fn parse(address: &str) -> anyhow::Result<SocketAddr> {
    address.parse().with_context(|| format!("'{address}' is not an address such as 127.0.0.1:7400"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEYOND: &str = "0.0.0.0:7410";

    #[test]
    fn beyond_loopback_nobody_listens_unless_told_so_and_is_told_how() {
        for (refused, key) in [
            (for_http(BEYOND, Reach::Loopback), "http.anywhere = true (--http-anywhere)"),
            (for_commands(BEYOND, false, Reach::Loopback), "grpc.anywhere = true (--grpc-anywhere)"),
            (for_commands(BEYOND, false, Reach::Loopback), "--grpc-client-ca"),
        ] {
            let error = refused.unwrap_err().to_string();
            assert!(error.contains(BEYOND) && error.contains(key), "{error}");
        }
        let beyond = parse(BEYOND).unwrap();
        assert_eq!(for_http(BEYOND, Reach::Anywhere).unwrap(), beyond);
        assert_eq!(for_commands(BEYOND, false, Reach::Anywhere).unwrap(), beyond);
        assert_eq!(for_commands(BEYOND, true, Reach::Loopback).unwrap(), beyond);
        assert!(loopback("127.0.0.1:0").is_ok() && loopback(BEYOND).is_err());
    }
}
