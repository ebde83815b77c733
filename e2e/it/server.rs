//! `verdict up` and the other verbs as processes of their own, on ports and data of their own.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use serde::Deserialize;
use tempfile::TempDir;
use tokio::time::Instant;
use verdict::platform::Addresses;

/// How long a start or an orderly stop may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// The binary that was built beside the tests, or the one that `VERDICT_BIN` names.
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("VERDICT_BIN") {
        return path.into();
    }
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap().join("verdict");
    assert!(built.is_file(), "{} is missing; run cargo build --release -p verdict first", built.display());
    built
}

/// Runs a verb to its end.
pub fn verdict(words: &[&str]) -> Output {
    Command::new(binary()).args(words).stdin(Stdio::null()).output().unwrap()
}

#[derive(Deserialize)]
struct Bound {
    http: String,
    grpc: Option<String>,
    log: Option<String>,
    data: PathBuf,
}

/// A platform process that can be killed and started again on the same data and ports.
pub struct Server {
    directory: TempDir,
    options: Vec<String>,
    bound: Option<Addresses>,
    child: Option<Child>,
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
        Self { directory, options, bound: None, child: None }
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
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// SIGTERM, and how the process ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        let mut child = self.child.take().unwrap();
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let ended = tokio::task::spawn_blocking(move || child.wait().unwrap());
        if let Ok(status) = tokio::time::timeout(PATIENCE, ended).await {
            return status.unwrap();
        }
        drop(Command::new("kill").args(["-KILL", &id]).status());
        panic!("verdict up did not stop:\n{}", self.said());
    }

    /// Starts the process again on the ports that it had. Returns how long it took to be ready.
    pub async fn spawn(&mut self) -> Duration {
        let begun = Instant::now();
        self.launch();
        let file = self.addresses_file();
        let child = self.child.as_mut().unwrap();
        let written = async {
            while !file.is_file() && child.try_wait().unwrap().is_none() {
                tokio::time::sleep(LOOK).await;
            }
        };
        drop(tokio::time::timeout(PATIENCE, written).await);
        assert!(file.is_file(), "verdict up was not ready in time:\n{}", self.said());
        let took = begun.elapsed();
        let bound: Bound = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        self.bound = Some(Addresses { http: bound.http, grpc: bound.grpc, log: bound.log, data: bound.data });
        took
    }

    /// Starts the process again without waiting for it to be ready.
    pub fn launch(&mut self) {
        let file = self.addresses_file();
        drop(std::fs::remove_file(&file));
        let address = |url: &str| url.trim_start_matches("http://").to_owned();
        let (http, grpc) = match &self.bound {
            Some(bound) => (address(&bound.http), address(bound.grpc.as_deref().unwrap())),
            None => ("127.0.0.1:0".to_owned(), "127.0.0.1:0".to_owned()),
        };
        let child = Command::new(binary())
            .args(["up", "--listen", &http, "--grpc-listen", &grpc])
            .args(&self.options)
            .arg("--data")
            .arg(self.data())
            .arg("--addresses")
            .arg(file)
            .stdout(Stdio::null())
            .stderr(File::create(self.log()).unwrap())
            .spawn()
            .unwrap();
        self.child = Some(child);
    }

    /// What the process wrote to its standard error since its last start.
    fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    fn addresses_file(&self) -> PathBuf {
        self.directory.path().join("addresses.json")
    }

    fn log(&self) -> PathBuf {
        self.directory.path().join("stderr")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
