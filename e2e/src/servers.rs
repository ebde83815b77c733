//! Real servers for tests: from the distribution's packages, from containers, or from addresses in the environment.
//!
//! `VERDICT_SERVERS` is `packages`, `containers` or `urls`; unset, each is tried in this order and what is used is
//! printed once. A test asks for a server and goes home without one:
//!
//! ```ignore
//! let Some(rabbit) = servers::available(servers::rabbit().await) else { return };
//! ```
//!
//! One server is shared by all tests of a process, each in a virtual host or database of its own. It starts with the
//! first test that asks and ends with the process, however that ends.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

pub mod containers;
pub mod guard;
pub mod postgres;
pub mod prometheus;
pub mod rabbit;

pub use postgres::postgres;
pub use prometheus::prometheus;
pub use rabbit::rabbit;

/// Why a server cannot be had here.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{server}: {why}")]
pub struct Unavailable {
    server: String,
    why: String,
}

impl Unavailable {
    pub fn new(server: &str, why: impl std::fmt::Display) -> Self {
        Self { server: server.to_owned(), why: why.to_string() }
    }
}

/// The server; or nothing, after saying that the test is skipped and why.
#[expect(clippy::print_stdout, reason = "the line that the run of the tests counts")]
pub fn available<T>(server: Result<T, Unavailable>) -> Option<T> {
    match server {
        Ok(server) => Some(server),
        Err(why) => {
            println!("SKIPPED: {why}");
            None
        }
    }
}

/// Where servers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Programs of the distribution's packages, found on this machine.
    Packages,
    /// Containers, when a Docker daemon answers.
    Containers,
    /// Addresses in the environment.
    Urls,
}

impl Source {
    const ALL: [Self; 3] = [Self::Packages, Self::Containers, Self::Urls];

    /// The word in `VERDICT_SERVERS`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Packages => "packages",
            Self::Containers => "containers",
            Self::Urls => "urls",
        }
    }

    /// The sources to try, in order.
    pub fn to_try(server: &str) -> Result<Vec<Self>, Unavailable> {
        let wanted = std::env::var("VERDICT_SERVERS").unwrap_or_default();
        Self::named(&wanted).ok_or_else(|| {
            let why = format!("VERDICT_SERVERS is '{wanted}'; use packages, containers or urls");
            Unavailable::new(server, why)
        })
    }

    fn named(word: &str) -> Option<Vec<Self>> {
        match Self::ALL.into_iter().find(|source| source.word() == word) {
            Some(source) => Some(vec![source]),
            None => word.is_empty().then(|| Self::ALL.to_vec()),
        }
    }
}

/// The first server that one of the sources has; otherwise what each of them said.
pub async fn first<T>(
    server: &str,
    from: impl AsyncFn(Source) -> Result<T, Unavailable>,
) -> Result<T, Unavailable> {
    let mut reasons = Vec::new();
    for source in Source::to_try(server)? {
        match from(source).await {
            Ok(found) => {
                announce(server, source);
                return Ok(found);
            }
            Err(Unavailable { why, .. }) => reasons.push(format!("{}: {why}", source.word())),
        }
    }
    Err(Unavailable::new(server, reasons.join("; ")))
}

#[expect(clippy::print_stdout, reason = "whoever reads the results knows what they were measured on")]
fn announce(server: &str, source: Source) {
    static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let line = format!("{server} comes from {}", source.word());
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if !said.contains(&line) {
        println!("{line}");
        said.push(line);
    }
}

/// The value of a variable, or that it is not set.
pub fn variable(server: &str, name: &str) -> Result<String, Unavailable> {
    std::env::var(name).map_err(|_| Unavailable::new(server, format!("{name} is not set")))
}

/// The first of these programs that is there.
pub fn program(server: &str, candidates: &[&str]) -> Result<PathBuf, Unavailable> {
    let found = candidates.iter().map(PathBuf::from).find(|path| path.is_file());
    found.ok_or_else(|| Unavailable::new(server, format!("none of {} is installed", candidates.join(", "))))
}

/// Ports below those that the system gives to whoever connects: one that is free now is not taken by a connection before
/// the server has it, nor while a server that was killed is away.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// A port of the loopback interface that nobody uses now, and that this process gives to nobody else.
pub fn free_port() -> std::io::Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let count = u32::from(PORTS.end - PORTS.start);
    // Test processes that run at the same time begin at different ports.
    let begin = std::process::id().wrapping_mul(97);
    let free = (0..count).find_map(|_| {
        let offset = begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % count;
        let port = PORTS.start + u16::try_from(offset).ok()?;
        std::net::TcpListener::bind(("127.0.0.1", port)).is_ok().then_some(port)
    });
    free.ok_or_else(|| {
        std::io::Error::new(std::io::ErrorKind::AddrInUse, format!("every port of {PORTS:?} is in use"))
    })
}

#[cfg(test)]
mod tests;
