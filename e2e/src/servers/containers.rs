//! Servers in containers: on a fixed port of the loopback interface, so that one that was killed comes back at the
//! same address, and removed when the test process ends.

use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

use testcontainers::core::{ContainerPort, WaitFor};
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, GenericImage, ImageExt};

use super::{Unavailable, free_port};

/// An image, what it exposes and what it says when it is ready.
pub struct Image<'a> {
    /// The server, for messages.
    pub server: &'a str,
    pub name: &'a str,
    pub tag: &'a str,
    /// Ports inside the container.
    pub ports: &'a [u16],
    /// A line of its output.
    pub ready: &'a str,
    pub environment: &'a [(&'a str, &'a str)],
}

/// A running container.
pub struct Contained {
    server: String,
    container: ContainerAsync<GenericImage>,
    /// Ports of the loopback interface, in the order of [`Image::ports`].
    pub ports: Vec<u16>,
    /// Removes the container when this process is gone, which a destructor cannot.
    _remover: Option<(Child, ChildStdin)>,
}

impl Contained {
    /// Starts a container of the image, when a Docker daemon answers.
    pub async fn start(image: &Image<'_>) -> Result<Self, Unavailable> {
        let fault = |why: String| Unavailable::new(image.server, why);
        let daemon = testcontainers::core::client::docker_client_instance().await;
        let daemon = daemon.map_err(|error| fault(format!("no Docker daemon: {error}")))?;
        daemon.ping().await.map_err(|error| fault(format!("no Docker daemon answers: {error}")))?;
        let generic = GenericImage::new(image.name, image.tag)
            .with_wait_for(WaitFor::message_on_either_std(image.ready));
        let mut request = generic.with_startup_timeout(std::time::Duration::from_mins(3));
        let mut ports = Vec::new();
        for &inner in image.ports {
            let outer = free_port().map_err(|error| fault(error.to_string()))?;
            request = request.with_mapped_port(outer, ContainerPort::Tcp(inner));
            ports.push(outer);
        }
        for &(name, value) in image.environment {
            request = request.with_env_var(name, value);
        }
        let container = request.start().await.map_err(|error| fault(error.to_string()))?;
        let remover = remover(container.id());
        Ok(Self { server: image.server.to_owned(), container, ports, _remover: remover })
    }

    /// Ends the server without a warning.
    pub async fn kill(&self) -> Result<(), Unavailable> {
        self.end(0).await
    }

    /// Asks the server to end and gives it a minute.
    pub async fn stop(&self) -> Result<(), Unavailable> {
        self.end(60).await
    }

    async fn end(&self, seconds: i32) -> Result<(), Unavailable> {
        let stopped = self.container.stop_with_timeout(Some(seconds)).await;
        stopped.map_err(|error| Unavailable::new(&self.server, error))
    }

    /// Starts it again on the same ports and data.
    pub async fn restart(&self) -> Result<(), Unavailable> {
        self.container.start().await.map_err(|error| Unavailable::new(&self.server, error))
    }
}

fn remover(container: &str) -> Option<(Child, ChildStdin)> {
    let script = r#"read -r _; exec docker rm --force --volumes "$0""#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script, container]).process_group(0).stdin(Stdio::piped());
    shell.stdout(Stdio::null()).stderr(Stdio::null());
    let mut shell = shell.spawn().ok()?;
    let pipe = shell.stdin.take()?;
    Some((shell, pipe))
}
