//! PostgreSQL from the distribution's packages.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::{PASSWORD, SERVER, Settings, USER, fault};
use crate::servers::guard::{self, Guarded};
use crate::servers::{Unavailable, free_port};

/// Starts after a kill that may meet what is left of the killed server.
const STARTS: usize = 20;
const BETWEEN_STARTS: Duration = Duration::from_millis(100);

/// A server process, its folder and its port.
pub(super) struct Server {
    programs: PathBuf,
    folder: PathBuf,
    values: Vec<String>,
    pub(super) port: u16,
    guarded: Option<Guarded>,
}

impl Server {
    pub(super) async fn start(settings: Settings<'_>) -> Result<Self, Unavailable> {
        let programs = programs()?;
        let folder = guard::folder().map_err(fault)?;
        let data = data(&folder);
        let owner = prepared(&folder, &data);
        owner.and_then(|()| initialised(&programs, &folder, &data, settings)).inspect_err(|_| {
            // Nothing guards the folder yet.
            drop(fs::remove_dir_all(&folder));
        })?;
        let values = settings.values.iter().map(|&value| value.to_owned()).collect();
        let port = free_port().map_err(fault)?;
        let mut server = Self { programs, folder, values, port, guarded: None };
        server.run().await?;
        Ok(server)
    }

    pub(super) fn kill(&mut self) -> Result<(), Unavailable> {
        self.guarded.take().map_or(Ok(()), Guarded::kill).map_err(fault)
    }

    /// What the killed server leaves behind, its children above all, goes by itself, but not at once.
    pub(super) async fn restart(&mut self) -> Result<(), Unavailable> {
        let mut outcome = self.run().await;
        for _ in 1..STARTS {
            if outcome.is_ok() {
                break;
            }
            self.kill()?;
            tokio::time::sleep(BETWEEN_STARTS).await;
            outcome = self.run().await;
        }
        outcome
    }

    async fn run(&mut self) -> Result<(), Unavailable> {
        let mut command = as_owner(&self.programs.join("postgres"));
        command.arg("-D").arg(data(&self.folder)).args(["-p", &self.port.to_string()]);
        command.args(["-c", "listen_addresses=127.0.0.1", "-c"]);
        command.arg(format!("unix_socket_directories={}", data(&self.folder).display()));
        for value in &self.values {
            command.args(["-c", value]);
        }
        let guarded = self.guarded.insert(Guarded::start(&command, &self.folder).map_err(fault)?);
        let url = super::url(self.port)?;
        guarded.until(SERVER, async || super::execute(&url, "SELECT 1").await.is_ok()).await
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// The newest version that is installed.
fn programs() -> Result<PathBuf, Unavailable> {
    let versions = fs::read_dir("/usr/lib/postgresql").map_err(|_| fault("it is not installed"))?;
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = versions.filter_map(|version| version.ok().map(|version| version.path()));
    let newest = installed.filter(|path| path.join("bin/postgres").is_file()).max_by_key(|path| number(path));
    newest.map(|path| path.join("bin")).ok_or_else(|| fault("it is not installed"))
}

/// PostgreSQL refuses to run as root; its packages come with a user for it.
fn as_owner(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    command
}

fn is_root() -> bool {
    id(&["-u"]).is_some_and(|id| id == 0)
}

fn id(words: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(words).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// A data folder that belongs to whoever will run the server.
fn prepared(folder: &Path, data: &Path) -> Result<(), Unavailable> {
    fs::create_dir(data).map_err(fault)?;
    fs::set_permissions(data, fs::Permissions::from_mode(0o700)).map_err(fault)?;
    if is_root() {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o711)).map_err(fault)?;
        give(data)?;
    }
    Ok(())
}

fn give(path: &Path) -> Result<(), Unavailable> {
    let (user, group) = (id(&["-u", "postgres"]), id(&["-g", "postgres"]));
    if user.is_none() {
        return Err(fault("it does not run as root, and there is no user postgres"));
    }
    chown(path, user, group).map_err(fault)
}

fn initialised(
    programs: &Path,
    folder: &Path,
    data: &Path,
    settings: Settings<'_>,
) -> Result<(), Unavailable> {
    let password = folder.join("password");
    fs::write(&password, PASSWORD).map_err(fault)?;
    let mut command = as_owner(&programs.join("initdb"));
    command.args(["-U", USER, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
    command.arg(data).arg("--pwfile").arg(&password).stdin(Stdio::null()).current_dir("/");
    let Output { status, stderr, .. } = command.output().map_err(fault)?;
    if !status.success() {
        return Err(fault(format!("initdb failed: {}", String::from_utf8_lossy(&stderr).trim())));
    }
    for (name, text) in settings.files {
        let file = data.join(name);
        fs::write(&file, text).map_err(fault)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).map_err(fault)?;
        if is_root() {
            give(&file)?;
        }
    }
    Ok(())
}
