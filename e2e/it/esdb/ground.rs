//! A log server that can be killed: it has a runtime of its own, and goes with it in the middle of whatever it does.

use std::fmt::Debug;
use std::net::SocketAddr;
use std::time::Duration;

use tempfile::TempDir;
use tokio::runtime::Runtime;
use verdict_eventlog as engine;
use verdict_eventlog::server::{Options, Server};

/// How long something may take that is expected to happen.
pub const SOON: Duration = Duration::from_secs(20);

/// How often a server is looked at.
const LOOK: Duration = Duration::from_millis(5);

struct Running {
    runtime: Runtime,
    log: engine::Log,
    server: Server,
}

pub struct LogServer {
    directory: TempDir,
    options: Options,
    running: Option<Running>,
    log_id: String,
}

impl LogServer {
    /// On an empty log, at any port.
    pub fn start() -> Self {
        Self::start_at(([127, 0, 0, 1], 0).into())
    }

    pub fn start_at(address: SocketAddr) -> Self {
        Self::start_with(Options::new(address))
    }

    pub fn start_with(options: Options) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut server = Self { directory, options, running: None, log_id: String::new() };
        server.launch();
        server
    }

    /// Starts again, on the same port and data.
    pub fn launch(&mut self) {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let within = runtime.enter();
        let log = engine::Log::open(engine::Options::new(self.directory.path())).unwrap();
        let server = Server::start(log.clone(), self.options.clone()).unwrap();
        drop(within);
        self.options.listen = server.address();
        self.log_id = log.id().to_string();
        self.running = Some(Running { runtime, log, server });
    }

    /// Without a word to anybody who is connected.
    pub fn kill(&mut self) {
        let Some(Running { runtime, log, server }) = self.running.take() else { return };
        let kill = move || {
            runtime.shutdown_timeout(SOON);
            drop(server);
            tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(log.close());
        };
        std::thread::spawn(kill).join().unwrap();
    }

    /// Puts an empty log in the place of the one that was served.
    pub fn forget(&mut self) {
        self.directory = tempfile::tempdir().unwrap();
    }

    pub fn url(&self) -> String {
        format!("esdb://{}?tls=false", self.address())
    }

    pub fn log_id(&self) -> &str {
        &self.log_id
    }

    pub fn address(&self) -> SocketAddr {
        self.options.listen
    }

    pub fn subscriptions(&self) -> u64 {
        self.running.as_ref().unwrap().server.stats().open_subscriptions()
    }

    pub fn reads(&self) -> u64 {
        self.running.as_ref().unwrap().server.stats().reads()
    }
}

impl Drop for LogServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Waits until `holds`.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    eventually(what, async || if holds() { Ok(()) } else { Err(()) }).await;
}

/// Tries until it works.
pub async fn eventually<T, E: Debug>(what: &str, attempt: impl AsyncFn() -> Result<T, E>) -> T {
    let deadline = tokio::time::Instant::now() + SOON;
    loop {
        match attempt().await {
            Ok(worked) => return worked,
            Err(error) => assert!(tokio::time::Instant::now() < deadline, "{what}: {error:?}"),
        }
        tokio::time::sleep(LOOK).await;
    }
}
