//! `verdict up` as a process of its own, on ports and data of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde::Deserialize;
use tempfile::TempDir;
use verdict::platform::Addresses;

/// How long a start may take.
const START: Duration = Duration::from_secs(30);

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

#[derive(Deserialize)]
struct Bound {
    http: String,
    grpc: Option<String>,
    data: PathBuf,
}

/// A platform process that can be killed and started again on the same data and ports.
pub struct Server {
    directory: TempDir,
    start: jiff::Timestamp,
    bound: Option<Addresses>,
    child: Option<Child>,
}

impl Server {
    /// Starts on an empty directory, on virtual time from `start`.
    pub async fn start(start: jiff::Timestamp) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut server = Self { directory, start, bound: None, child: None };
        server.spawn().await;
        server
    }

    pub fn addresses(&self) -> &Addresses {
        self.bound.as_ref().unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// kill -9, and wait until the process is gone.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Starts the process again on the ports that it had.
    pub async fn spawn(&mut self) {
        let file = self.directory.path().join("addresses.json");
        drop(std::fs::remove_file(&file));
        let address = |url: &str| url.trim_start_matches("http://").to_owned();
        let (http, grpc) = match &self.bound {
            Some(bound) => (address(&bound.http), address(bound.grpc.as_deref().unwrap())),
            None => ("127.0.0.1:0".to_owned(), "127.0.0.1:0".to_owned()),
        };
        let child = Command::new(binary())
            .args(["up", "--listen", &http, "--grpc-listen", &grpc, "--virtual-clock", "--virtual-start"])
            .arg(self.start.to_string())
            .arg("--data")
            .arg(self.data())
            .arg("--addresses")
            .arg(&file)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let written = async {
            while !file.is_file() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(START, written).await.expect("verdict up was not ready in time");
        let bound: Bound = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        self.bound = Some(Addresses { http: bound.http, grpc: bound.grpc, data: bound.data });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
