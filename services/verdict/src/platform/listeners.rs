//! The sockets of a process: one HTTP server, and one gRPC server and the log's where they are asked for.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

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
use verdict_runtime::grpc::LONGEST;
use verdict_runtime::http::Server;
use verdict_runtime::http::health::{Figure, Health, endpoints_telling};
use verdict_runtime::log::Log;
use verdict_runtime::roles::Roles;
use verdict_runtime::shutdown::Shutdown;
use verdict_runtime::{task, telemetry};

use crate::ports::choose_tls_provider;

/// How long open calls may take once the process is told to stop; that of the HTTP server is as long.
const GRACE: Duration = Duration::from_secs(5);

/// Calls of one connection that are carried out at once; its client holds back the others, and those of other connections
/// do not wait for them.
const CALLS: u32 = 256;
/// How long a connection may be silent before its client is asked whether it is still there.
const SILENT: Duration = Duration::from_secs(30);

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
    let (told, judged) = (edge.clone(), ingest.clone());
    let figures = move || {
        let of_edge = told.as_ref().map(figures_of).unwrap_or_default();
        let of_metrics = judged.as_ref().map(Ingest::figures).unwrap_or_default();
        [of_edge, of_metrics].concat()
    };
    let told = edge.clone();
    let remarks = move || {
        let remark = told.as_ref().and_then(Edge::remark);
        remark.map(|remark| ("flag-edge", remark)).into_iter().collect()
    };
    let health = endpoints_telling(Health { roles, log }, Arc::new(figures), Arc::new(remarks));
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

/// What a scraper is told of an edge.
fn figures_of(edge: &Edge) -> Vec<Figure> {
    let gauge = |name, help, value| Figure { name, kind: "gauge", help, value };
    let counter = |name, help, value| Figure { name, kind: "counter", help, value };
    let streams = edge.stream_figures();
    let age = edge.age().map(|age| age.as_secs());
    let age =
        age.map(|age| gauge("verdict_flags_log_age_seconds", "Time since the edge last saw the log.", age));
    let stale = u64::from(edge.stale().is_some());
    let offs = u64::try_from(edge.local_offs()).unwrap_or(u64::MAX);
    let mut figures = vec![
        gauge("verdict_flags_stale", "1 when what is served may have changed since.", stale),
        gauge("verdict_flags_local_off", "Flags that a file switches off at this edge.", offs),
        gauge("verdict_flags_streams", "Event streams that are open.", streams.open),
        counter(
            "verdict_flags_announcements_total",
            "Changes that were announced, one for each environment.",
            streams.announcements,
        ),
        counter(
            "verdict_flags_streams_refused_total",
            "Event streams that were not opened for want of room.",
            streams.refused,
        ),
        counter(
            "verdict_flags_streams_dropped_total",
            "Event streams that ended while their client left an announcement unread.",
            streams.dropped,
        ),
    ];
    figures.extend(age);
    figures
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
        self.serve_within(LONGEST, routes, shutdown)
    }

    /// The same; a call that has no answer after `longest` is given up, and its caller may send it again.
    fn serve_within(self, longest: Duration, routes: Routes, shutdown: Shutdown) -> anyhow::Result<Grpc> {
        let incoming = TcpIncoming::from(self.listener).with_nodelay(Some(true));
        let mut server = TonicServer::builder()
            .max_concurrent_streams(CALLS)
            .http2_keepalive_interval(Some(SILENT))
            .timeout(longest);
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
    /// Returns when open calls are done, and cuts off those that are not in time: whoever made them asks again.
    pub async fn stopped(mut self) {
        match tokio::time::timeout(GRACE, &mut self.task).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::warn!(%error, "the gRPC server ended with an error"),
            Ok(Err(error)) => tracing::warn!(%error, "the gRPC server's task was lost"),
            Err(_) => {
                tracing::warn!("calls were still open after {GRACE:?} and are cut off");
                self.task.abort();
            }
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
mod tests;
