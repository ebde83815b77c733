//! The courier of sinks over HTTP: it connects to the address that it checked, and to no other.
//!
//! 1. The scheme is https, unless every address of the host is in a network that the operator opened.
//! 2. The host is resolved here, each time that a connection is made, and what is not public is taken out before the client
//!    sees it: a name that leads elsewhere the second time is checked the second time.
//! 3. A host that is an address is checked as it was read by the parser of the client itself, so that `2130706433` and
//!    `0177.1` are 127.0.0.1 to both.
//! 4. No redirect is followed, no proxy is asked, and an answer is read up to a few hundred bytes.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_LENGTH, LOCATION};
use reqwest::{Client, Response, Url, redirect};
use url::Host;
use verdict_sinks::courier::{Answer, Courier, PATIENCE, Post};
use verdict_sinks_domain::address::{Network, check};

#[cfg(test)]
mod tests;

/// How much of an answer is told.
const SAID: usize = 200;
/// Longest answer that is read at all, in bytes.
const READ: u64 = 4_096;

/// Finds the addresses of a host.
pub trait Names: Send + Sync {
    fn find(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>>;
}

/// The resolver of the machine.
#[derive(Debug, Clone, Copy)]
pub struct OfMachine;

impl Names for OfMachine {
    fn find(&self, host: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// What may be sent to.
#[derive(Clone)]
struct Guard {
    names: Arc<dyn Names>,
    allowed: Arc<[Network]>,
}

impl Guard {
    /// The addresses of a host that may be sent to: `Err` says why there is none.
    async fn open(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        let found = self.names.find(host.to_owned()).await;
        let found = found.map_err(|error| format!("the host '{host}' is not found: {error}"))?;
        let mut refused = format!("the host '{host}' has no address");
        let mut open = Vec::new();
        for address in found {
            match check(address, &self.allowed) {
                Ok(()) => open.push(address),
                Err(what) => refused = format!("the host '{host}' leads to {address}, which is {what}"),
            }
        }
        if open.is_empty() { Err(refused) } else { Ok(open) }
    }

    /// The address, if it may be sent to.
    async fn admit(&self, url: &str) -> Result<Url, String> {
        let url = Url::parse(url).map_err(|error| format!("the address cannot be read: {error}"))?;
        let open = match url.host() {
            None => return Err("the address names no host".to_owned()),
            Some(Host::Domain(host)) => self.open(host).await?,
            Some(Host::Ipv4(address)) => vec![self.literal(address.into())?],
            Some(Host::Ipv6(address)) => vec![self.literal(address.into())?],
        };
        let is_opened = |address: &IpAddr| self.allowed.iter().any(|network| network.holds(*address));
        match url.scheme() {
            "https" => Ok(url),
            "http" if open.iter().all(is_opened) => Ok(url),
            scheme => Err(format!("the address is {scheme} and not https")),
        }
    }

    fn literal(&self, address: IpAddr) -> Result<IpAddr, String> {
        check(address, &self.allowed).map_err(|what| format!("{address} is {what}"))?;
        Ok(address)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let open = guard.open(name.as_str()).await?;
            // The client puts the port in place.
            let addresses = open.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}

/// See the module.
#[derive(Clone)]
pub struct HttpCourier {
    guard: Guard,
    /// `Err` says why there is none: a machine without authorities to trust, for example. The rest of the platform runs.
    client: Result<Client, String>,
}

impl HttpCourier {
    /// Sends to public addresses and to those in the networks that are `allowed`.
    pub fn new(allowed: &[Network], names: Arc<dyn Names>) -> Self {
        let guard = Guard { names, allowed: allowed.into() };
        let client = Client::builder()
            .user_agent(concat!("verdict/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .dns_resolver(Arc::new(guard.clone()))
            .build()
            .map_err(|error| format!("the client cannot be set up: {}", chain(&error)));
        Self { guard, client }
    }

    async fn send(self, post: Post) -> Answer {
        let url = match tokio::time::timeout(PATIENCE, self.guard.admit(&post.url)).await {
            Ok(Ok(url)) => url,
            Ok(Err(why)) => return Answer::Forbidden(why),
            Err(_) => return Answer::Silent("the host is not found in time".to_owned()),
        };
        let client = match self.client {
            Ok(client) => client,
            Err(why) => return Answer::Forbidden(why),
        };
        let mut request = client.post(url).body(post.body);
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        match request.send().await {
            Ok(response) => answer(response).await,
            Err(error) if error.is_timeout() => {
                Answer::Silent(format!("nothing came within {} s", PATIENCE.as_secs()))
            }
            // The address holds what is secret, so it is not told.
            Err(error) => Answer::Silent(chain(&error.without_url())),
        }
    }
}

async fn answer(response: Response) -> Answer {
    let status = response.status();
    if status.is_success() {
        return Answer::Taken(status.as_u16());
    }
    if status.as_u16() == 410 {
        return Answer::Gone;
    }
    if status.is_redirection() {
        let to = response.headers().get(LOCATION).and_then(|place| place.to_str().ok()).unwrap_or("nowhere");
        return Answer::Moved { status: status.as_u16(), to: cut(to) };
    }
    let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let said = match length {
        Some(0..=READ) => response.text().await.unwrap_or_default(),
        Some(_) | None => String::new(),
    };
    Answer::Refused { status: status.as_u16(), said: cut(said.trim()) }
}

fn cut(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(SAID).collect()
}

/// An error with what is behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

impl Courier for HttpCourier {
    fn post(&self, post: Post) -> BoxFuture<'static, Answer> {
        Box::pin(self.clone().send(post))
    }

    fn check<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            match tokio::time::timeout(PATIENCE, self.guard.admit(url)).await {
                Ok(admitted) => admitted.map(drop),
                Err(_) => Err("the host is not found in time".to_owned()),
            }
        })
    }
}
