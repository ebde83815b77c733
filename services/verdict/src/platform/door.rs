//! The HTTP address of a process: bound before anything is waited for, so that health is answered from the beginning.

use std::io;
use std::net::{SocketAddr, TcpListener};

use actix_web::web;
use anyhow::Context;
use verdict_runtime::http::Server;
use verdict_runtime::http::starting::{Starting, endpoints};

use super::listeners::{Reach, for_http};

#[cfg(test)]
mod tests;

/// An address at which a process says that it is starting, and later serves.
pub struct Door {
    listener: TcpListener,
    meanwhile: Server,
    starting: Starting,
}

impl Door {
    /// Binds `listen`, which must be within `reach`, and answers health there from now on.
    pub fn open(listen: &str, reach: Reach) -> anyhow::Result<Self> {
        let open = |address: SocketAddr| -> io::Result<Self> {
            let listener = TcpListener::bind(address)?;
            let starting = Starting::default();
            let meanwhile = Server::meanwhile(listener.try_clone()?, endpoints(starting.clone()))?;
            Ok(Self { listener, meanwhile, starting })
        };
        open(for_http(listen, reach)?).with_context(|| format!("cannot listen on {listen}"))
    }

    /// The address that was bound.
    pub const fn address(&self) -> SocketAddr {
        self.meanwhile.address()
    }

    /// What it says of the start.
    pub const fn starting(&self) -> &Starting {
        &self.starting
    }

    /// Serves what `configure` adds from now on. The address is never without somebody who answers: for a moment
    /// both servers take connections.
    pub async fn serve(
        self,
        configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    ) -> io::Result<Server> {
        let server = Server::over(self.listener, configure)?;
        self.meanwhile.stop().await;
        Ok(server)
    }
}
