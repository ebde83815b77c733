//! The log for other processes: the streams part of the gRPC protocol of EventStoreDB over the engine.
//!
//! Spoken are reads, subscriptions, both ways of appending, deletes, stream metadata, the features and
//! gossip calls that clients begin with, and the standard health service. Persistent subscriptions,
//! projections, operations and users are not advertised and answer UNIMPLEMENTED.
//!
//! It adds nothing to what the engine promises: one node, one writer, no replication.
//!
//! Read first: `streams.rs` (the calls), then `reading.rs`, `following.rs` and `batch.rs`.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::server::Router;
use tonic::transport::{Identity, ServerTlsConfig};
use tower::layer::util::Stack;

use self::auth::Gate;
use self::deadline::Deadlines;
use self::features::{Features, Node};
use self::socket::Incoming;
use self::streams::Service;
use crate::log::Log;
use crate::wire::event_store::client::gossip::gossip_server::GossipServer;
use crate::wire::event_store::client::server_features::server_features_server::ServerFeaturesServer;
use crate::wire::event_store::client::streams::streams_server::StreamsServer;

mod auth;
mod batch;
mod deadline;
mod features;
mod following;
mod identity;
mod reading;
mod reply;
mod request;
mod socket;
mod stats;
mod status;
mod streams;

pub use auth::{Auth, Secret, User};
pub use features::{Advertised, InvalidAdvertised};
pub use stats::Stats;

/// The least limit of a message that is taken in, and how much more than a full append it is at least: the names in it.
const MESSAGE_BYTES: usize = 17 << 20;
const MESSAGE_NAMES: usize = 1 << 20;
/// How much a client may send on one stream before it has to wait.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 4 << 20;
/// A client that does not answer is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How a log is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port 0 is any free one.
    pub listen: SocketAddr,
    /// Absent, the server speaks plain text.
    pub tls: Option<Tls>,
    pub auth: Auth,
    /// Where clients reach the server, told to those that ask which nodes there are; the address that it
    /// listens on when absent. Behind TLS it has to be the name in the certificate.
    pub advertised: Option<Advertised>,
    /// How long [`Server::stop`] waits for calls that are still running.
    pub drain: Duration,
}

impl Options {
    /// Plain text, open to everybody who can reach `listen`.
    pub fn new(listen: SocketAddr) -> Self {
        Self { listen, tls: None, auth: Auth::None, advertised: None, drain: Duration::from_secs(5) }
    }
}

/// What the server proves its identity with. The process needs a default TLS provider before the server starts: `rustls`
/// panics where several are compiled in and none was chosen.
#[derive(Clone)]
pub struct Tls {
    /// The certificate chain, PEM.
    pub certificate: Vec<u8>,
    /// Its private key, PEM.
    pub key: Vec<u8>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

/// Why a log cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("the log server cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("the certificate or the key of the log server cannot be used")]
    Tls(#[source] tonic::transport::Error),
}

/// A log that is being served. Dropping it stops the server without waiting for anybody.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stats: Stats,
    stopping: watch::Sender<bool>,
    drain: Duration,
    serving: JoinHandle<()>,
}

impl Server {
    /// Begins to serve `log`; clients may connect when this returns. Needs a runtime around it. The log
    /// stays open when the server stops.
    pub fn start(log: Log, options: Options) -> Result<Self, ServeError> {
        let requested = options.listen;
        let unheard = |source| ServeError::Listen { address: requested, source };
        let listener = bind(requested).map_err(unheard)?;
        let address = listener.local_addr().map_err(unheard)?;
        let stats = Stats::default();
        let (stopping, stopped) = watch::channel(false);
        let node = Node {
            log_id: log.id(),
            address: options.advertised.clone().unwrap_or_else(|| address.into()),
            clock: log.inner.clock.clone(),
        };
        let service = Service {
            log,
            stats: stats.clone(),
            stopping: stopped.clone(),
            subscriptions: AtomicU64::new(0),
        };
        let router = routes(&options, service, node)?;
        let serving = spawn(serve(router, listener, stopped));
        Ok(Self { address, stats, stopping, drain: options.drain, serving })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has done so far.
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// Stops taking calls, ends subscriptions and batches with UNAVAILABLE, and waits for what is still
    /// running, for as long as the options say.
    pub async fn stop(self) {
        let Self { stopping, drain, mut serving, .. } = self;
        stopping.send_replace(true);
        if tokio::time::timeout(drain, &mut serving).await.is_err() {
            tracing::warn!("the log server stopped while calls were still running");
            serving.abort();
        }
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = std::net::TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

fn routes(
    options: &Options,
    service: Service,
    node: Node,
) -> Result<Router<Stack<Deadlines, tower::layer::util::Identity>>, ServeError> {
    let mut server = tonic::transport::Server::builder()
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .http2_keepalive_interval(Some(KEEP_ALIVE))
        .http2_keepalive_timeout(Some(KEEP_ALIVE));
    if let Some(Tls { certificate, key }) = &options.tls {
        let identity = Identity::from_pem(certificate, key);
        server = server.tls_config(ServerTlsConfig::new().identity(identity)).map_err(ServeError::Tls)?;
    }
    let message_bytes = MESSAGE_BYTES.max(service.log.max_append_bytes().saturating_add(MESSAGE_NAMES));
    let streams = StreamsServer::new(service).max_decoding_message_size(message_bytes);
    // A fresh reporter says that the server as a whole is serving, which is all that is asked here.
    let (_, health) = tonic_health::server::health_reporter();
    Ok(server
        .layer(Deadlines)
        .add_service(health)
        .add_service(ServerFeaturesServer::new(Features))
        .add_service(GossipServer::new(node))
        .add_service(InterceptedService::new(streams, Gate::new(&options.auth))))
}

async fn serve(
    router: Router<Stack<Deadlines, tower::layer::util::Identity>>,
    listener: TcpListener,
    mut stopped: watch::Receiver<bool>,
) {
    let told = async move { following::stopped(&mut stopped).await };
    if let Err(error) = router.serve_with_incoming_shutdown(Incoming(listener), told).await {
        tracing::error!(%error, "the log server failed");
    }
}

/// This crate stands below the one that names tasks, and has only this one.
#[expect(clippy::disallowed_methods, reason = "the one task of the server, which lives as long as it does")]
fn spawn(serving: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::spawn(serving)
}

#[cfg(test)]
mod tests;
