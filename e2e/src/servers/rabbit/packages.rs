//! A broker from the distribution's package: all of its files in one folder, all of its ports on the loopback
//! interface, and a name service for Erlang nodes of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::SERVER;
use crate::servers::guard::{Guarded, folder};
use crate::servers::{Unavailable, free_port, program};

/// The script itself: the one in `/usr/sbin` changes to another user first.
const SCRIPTS: &[&str] = &["/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/rabbitmq/sbin/rabbitmq-server"];

/// Kept together by the guard's session: a name service that started by itself would leave it.
const START: &str = r#"epmd & exec "$0" -noinput"#;

/// The ports of one broker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ports {
    pub(super) amqp: u16,
    pub(super) management: u16,
    distribution: u16,
    names: u16,
}

/// A broker that can be started any number of times on the same ports and data.
pub(super) struct Broker {
    script: PathBuf,
    folder: PathBuf,
    pub(super) ports: Ports,
    guarded: Option<Guarded>,
}

impl Broker {
    /// Everything but the process.
    pub(super) fn prepared() -> Result<Self, Unavailable> {
        let script = program(SERVER, SCRIPTS)?;
        let prepare = || {
            let ports = Ports {
                amqp: free_port()?,
                management: free_port()?,
                distribution: free_port()?,
                names: free_port()?,
            };
            let folder = folder()?;
            std::fs::write(folder.join("rabbitmq.conf"), configuration(ports))?;
            std::fs::write(folder.join("plugins"), "[rabbitmq_management].\n")?;
            Ok(Self { script, folder, ports, guarded: None })
        };
        prepare().map_err(|error: std::io::Error| Unavailable::new(SERVER, error))
    }

    pub(super) fn start(&mut self) -> Result<(), Unavailable> {
        let guarded = Guarded::start(&self.command(), &self.folder);
        self.guarded = Some(guarded.map_err(|error| Unavailable::new(SERVER, error))?);
        Ok(())
    }

    pub(super) fn kill(&mut self) -> Result<(), Unavailable> {
        self.end(Guarded::kill)
    }

    pub(super) fn stop(&mut self) -> Result<(), Unavailable> {
        self.end(Guarded::stop)
    }

    fn end(&mut self, how: fn(Guarded) -> std::io::Result<()>) -> Result<(), Unavailable> {
        let ended = self.guarded.take().map_or(Ok(()), how);
        ended.map_err(|error| Unavailable::new(SERVER, error))
    }

    pub(super) async fn until(&self, ready: impl AsyncFn() -> bool) -> Result<(), Unavailable> {
        match &self.guarded {
            Some(guarded) => guarded.until(SERVER, ready).await,
            None => Err(Unavailable::new(SERVER, "it was not started")),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", START]).arg(&self.script);
        let path = |name: &str| self.folder.join(name);
        let files = [
            ("HOME", "."),
            ("RABBITMQ_MNESIA_BASE", "data"),
            ("RABBITMQ_LOG_BASE", "logs"),
            ("RABBITMQ_LOGS", "logs/broker.log"),
            ("RABBITMQ_CONFIG_FILE", "rabbitmq.conf"),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", "plugins"),
            ("RABBITMQ_PLUGINS_EXPAND_DIR", "expanded"),
            ("RABBITMQ_GENERATED_CONFIG_DIR", "generated"),
            ("RABBITMQ_SCHEMA_DIR", "schema"),
            ("RABBITMQ_PID_FILE", "pid"),
            // Absent on purpose: what an administrator configured for the real broker is not for this one.
            ("RABBITMQ_CONF_ENV_FILE", "no-environment"),
            ("RABBITMQ_ADVANCED_CONFIG_FILE", "no-advanced"),
        ];
        command.envs(files.map(|(name, file)| (name, path(file))));
        command.envs([
            ("RABBITMQ_NODENAME", format!("verdict{}@localhost", self.ports.amqp)),
            ("RABBITMQ_DIST_PORT", self.ports.distribution.to_string()),
            ("ERL_EPMD_PORT", self.ports.names.to_string()),
            ("ERL_EPMD_ADDRESS", "127.0.0.1".to_owned()),
            // The script becomes the broker instead of waiting for it, and asks for no terminal.
            ("RABBITMQ_ALLOW_INPUT", "1".to_owned()),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG.to_owned()),
        ]);
        command
    }
}

/// Nodes talk on loopback only, and schedulers sleep instead of spinning while they have nothing to do.
const ERLANG: &str = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none";

fn configuration(ports: Ports) -> String {
    let Ports { amqp, management, .. } = ports;
    format!(
        "listeners.tcp.1 = 127.0.0.1:{amqp}\n\
         management.tcp.ip = 127.0.0.1\n\
         management.tcp.port = {management}\n\
         log.file.level = warning\n"
    )
}

impl Drop for Broker {
    fn drop(&mut self) {
        if self.guarded.take().is_none() {
            // Killed by the test: nobody else clears the folder away.
            drop(std::fs::remove_dir_all(Path::new(&self.folder)));
        }
    }
}
