//! A `verdict` process that is driven from outside: started, killed, and started again on the files that it had.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use serde::Deserialize;

/// How long a start or an orderly stop may take on a machine that is busy with tests.
const PATIENCE: Duration = Duration::from_mins(2);
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

/// What a process has bound, as it writes that down once it is ready.
#[derive(Deserialize)]
pub struct Bound {
    pub http: Option<String>,
    pub grpc: Option<String>,
    pub log: Option<String>,
    pub data: Option<PathBuf>,
}

/// One process.
pub struct Process {
    pub name: String,
    /// Its command line from the next start on, without the file that it writes its addresses to.
    pub words: Vec<String>,
    home: PathBuf,
    child: Option<Child>,
}

impl Process {
    /// Its files go into a folder of its own below `home`. Nothing runs yet.
    pub fn new(name: &str, home: &Path, words: Vec<String>) -> Self {
        let home = home.join(name);
        std::fs::create_dir(&home).unwrap();
        Self { name: name.to_owned(), words, home, child: None }
    }

    /// Written by the process once it is ready.
    fn addresses(&self) -> PathBuf {
        self.home.join("addresses.json")
    }

    /// Where it is reached. It has to be ready.
    pub fn bound(&self) -> Bound {
        serde_json::from_slice(&std::fs::read(self.addresses()).unwrap()).unwrap()
    }

    /// What it wrote to its standard error since its last start.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.home.join("stderr")).unwrap_or_default()
    }

    /// Starts it without waiting.
    pub fn launch(&mut self) {
        drop(std::fs::remove_file(self.addresses()));
        let mut command = Command::new(binary());
        command.args(&self.words).arg("--addresses").arg(self.addresses());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(File::create(self.home.join("stderr")).unwrap());
        self.child = Some(command.spawn().unwrap());
    }

    /// Waits until it is ready.
    pub async fn ready(&mut self) {
        let file = self.addresses();
        let child = self.child.as_mut().unwrap();
        let written = async {
            while !file.is_file() && child.try_wait().unwrap().is_none() {
                tokio::time::sleep(LOOK).await;
            }
        };
        drop(tokio::time::timeout(PATIENCE, written).await);
        assert!(file.is_file(), "{} was not ready in time:\n{}", self.name, self.said());
    }

    pub fn is_ready(&self) -> bool {
        self.addresses().is_file()
    }

    /// kill -9, and wait until it is gone.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// SIGTERM, and how it ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        self.signal("-TERM");
        let mut child = self.child.take().unwrap();
        let id = child.id().to_string();
        let ended = tokio::task::spawn_blocking(move || child.wait().unwrap());
        if let Ok(status) = tokio::time::timeout(PATIENCE, ended).await {
            return status.unwrap();
        }
        drop(Command::new("kill").args(["-KILL", &id]).status());
        panic!("{} did not stop:\n{}", self.name, self.said());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
