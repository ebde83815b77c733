//! `verdict up` as a process, on ports and data of its own.

use std::path::PathBuf;
use std::process::{ExitStatus, Output};
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::Instant;
use verdict::platform::Addresses;

use crate::process::{Bound, Process, verdict};

/// A platform process that can be killed and started again on the same data and ports.
pub struct Server {
    process: Process,
    options: Vec<String>,
    bound: Option<Addresses>,
    directory: TempDir,
}

impl Server {
    /// Starts on an empty directory with these options of `verdict up`.
    pub async fn start(options: &[&str]) -> Self {
        let mut server = Self::prepared(options);
        server.spawn().await;
        server
    }

    /// The same on virtual time from `start`.
    pub async fn start_virtual(start: jiff::Timestamp) -> Self {
        Self::start(&["--virtual-clock", "--virtual-start", &start.to_string()]).await
    }

    /// Not started yet, so that its data directory can be filled first.
    pub fn prepared(options: &[&str]) -> Self {
        let options = options.iter().map(|&option| option.to_owned()).collect();
        let directory = tempfile::tempdir().unwrap();
        let process = Process::new("up", directory.path(), Vec::new());
        Self { process, options, bound: None, directory }
    }

    pub fn addresses(&self) -> &Addresses {
        self.bound.as_ref().unwrap()
    }

    /// Where commands go.
    pub fn grpc(&self) -> &str {
        self.addresses().grpc.as_deref().unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// The data directory as a word of a command line.
    pub fn data_word(&self) -> String {
        self.data().to_string_lossy().into_owned()
    }

    /// Runs a client's verb against it.
    pub fn run(&self, words: &[&str]) -> Output {
        verdict(&[words, &["--server", self.grpc()]].concat())
    }

    /// kill -9, and wait until the process is gone.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// SIGTERM, and how the process ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        self.process.terminate().await
    }

    /// Starts the process again on the ports that it had. Returns how long it took to be ready.
    pub async fn spawn(&mut self) -> Duration {
        let begun = Instant::now();
        self.launch();
        self.process.ready().await;
        let took = begun.elapsed();
        let Bound { http, grpc, log, data } = self.process.bound();
        self.bound = Some(Addresses { http: http.unwrap(), grpc, log, data: data.unwrap() });
        took
    }

    /// Starts the process again without waiting for it to be ready.
    pub fn launch(&mut self) {
        let address = |url: &str| url.trim_start_matches("http://").to_owned();
        let (http, grpc) = match &self.bound {
            Some(bound) => (address(&bound.http), address(bound.grpc.as_deref().unwrap())),
            None => ("127.0.0.1:0".to_owned(), "127.0.0.1:0".to_owned()),
        };
        let up =
            ["up", "--listen", &http, "--grpc-listen", &grpc, "--data", &self.data_word()].map(str::to_owned);
        self.process.words = up.into_iter().chain(self.options.iter().cloned()).collect();
        self.process.launch();
    }
}
