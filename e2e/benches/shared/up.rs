//! `verdict up` as a process of its own, on a directory and on ports that it keeps over restarts.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::Value;
use tempfile::TempDir;
use verdict_e2e::servers::free_port;

use crate::binary::binary;
use crate::killed::Killed;

/// The metric that its guardrail watches.
pub(crate) const METRIC: &str = "checkout_cpu";
/// How long the first start may take.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(1);

/// See the module.
pub(crate) struct Up {
    binary: PathBuf,
    directory: TempDir,
    http: String,
    grpc: String,
    pub(crate) process: Option<Killed>,
}

impl Up {
    /// An empty platform that is ready, with a metric that nobody watches.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let at = || anyhow::Ok(format!("127.0.0.1:{}", free_port()?));
        let mut up = Self {
            binary: binary()?,
            directory: tempfile::tempdir()?,
            http: at()?,
            grpc: at()?,
            process: None,
        };
        let begin = up.launch()?;
        while !up.addresses().is_file() {
            ensure!(begin.elapsed() < PATIENCE, "verdict up is not ready");
            std::thread::sleep(LOOK);
        }
        up.run("metric define --type guardrail --good up --refresh 60s --key", METRIC)?;
        Ok(up)
    }

    /// Kills the process, if there is one, and starts another. Returns the moment of the start.
    pub(crate) fn launch(&mut self) -> anyhow::Result<Instant> {
        self.process = None;
        let begin = Instant::now();
        let child = Command::new(&self.binary)
            .args(["up", "--listen", &self.http, "--grpc-listen", &self.grpc, "--data"])
            .arg(self.directory.path().join("data"))
            .arg("--addresses")
            .arg(self.addresses())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        self.process = Some(Killed(child));
        Ok(begin)
    }

    fn addresses(&self) -> PathBuf {
        self.directory.path().join("addresses.json")
    }

    /// Runs a client's verb; `last` is its last word. Returns the id of what it was about.
    fn run(&self, line: &str, last: &str) -> anyhow::Result<String> {
        let server = format!("http://{}", self.grpc);
        let words = line.split_whitespace().chain([last, "--server", &server, "--output", "json"]);
        let output = Command::new(&self.binary).args(words).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "{line}: {said}{}", String::from_utf8_lossy(&output.stderr));
        let reply: Value = serde_json::from_str(&said)?;
        Ok(reply["accepted"]["id"].as_str().with_context(|| format!("no id in {reply}"))?.to_owned())
    }

    /// Starts a rollout that a guardrail on the metric watches.
    pub(crate) fn guarded(&self) -> anyhow::Result<()> {
        self.run("flag create --owner team --key", "new-checkout")?;
        let rollout = self.run(
            "rollout plan --mode scaling --service checkout --member dana --account acme --flag",
            "new-checkout",
        )?;
        let arm = format!("guardrail arm --metric {METRIC} --below 50 --for 3 --rollout");
        self.run(&arm, &rollout)?;
        self.run("rollout start", &rollout)?;
        Ok(())
    }

    /// Where observations are taken.
    pub(crate) fn observations(&self) -> String {
        format!("http://{}/v1/observations", self.http)
    }
}
