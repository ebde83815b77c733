//! Where commands go: one address for a whole platform, or addresses for its services.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use verdict_runtime::grpc::Transport;
use verdict_runtime::grpc::remote::Tls;
use verdict_runtime::socket::Socket;

use super::Connection;
use crate::failure::Failure;
use crate::platform::peers::Peers;
use crate::platform::rest::Member;
use crate::platform::service::Service;
use crate::ports::choose_tls_provider;

#[cfg(test)]
mod tests;

/// The processes that a client talks to.
pub(super) struct Servers {
    ways: BTreeMap<Service, Transport>,
    /// Each process with its address.
    pub(super) members: Vec<(String, Member)>,
    /// The one that is asked what any of them can answer.
    pub(super) first: Member,
}

impl Servers {
    pub(super) fn of(connection: &Connection) -> Result<Self, Failure> {
        let addresses = addresses(&connection.servers);
        for address in addresses.values().flatten() {
            is_address(address)?;
        }
        let tls = tls(connection)?;
        if tls.is_some() {
            choose_tls_provider();
        }
        let peers = Peers::at(&addresses, tls.as_ref())
            .map_err(|error| Failure::usage(format!("--server: {error}")))?;
        let distinct: BTreeSet<&String> = addresses.values().flatten().collect();
        let members: Vec<_> = distinct.into_iter().cloned().zip(peers.members).collect();
        let first = members.first().map(|(_, member)| member.clone());
        let first = first.ok_or_else(|| Failure::usage("--server names no address"))?;
        Ok(Self { ways: peers.ways, members, first })
    }

    /// Whether there is a way to it.
    pub(super) fn knows(&self, service: Service) -> bool {
        self.ways.contains_key(&service)
    }

    /// A way to the owner of a verb.
    pub(super) fn way(&self, service: Service) -> Transport {
        let none = || Socket::new(service.name()).transport();
        self.ways.get(&service).cloned().unwrap_or_else(none)
    }
}

/// `ADDRESS` is for every service that no `SERVICE=ADDRESS` names.
fn addresses(servers: &[String]) -> BTreeMap<Service, Vec<String>> {
    let mut named: BTreeMap<Service, Vec<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for server in servers {
        let of =
            |service: &Service| Some((*service, server.strip_prefix(service.name())?.strip_prefix('=')?));
        match Service::ALL.iter().find_map(of) {
            Some((service, address)) => named.entry(service).or_default().push(address.to_owned()),
            None => others.push(server.clone()),
        }
    }
    if !others.is_empty() {
        for service in Service::ALL {
            named.entry(service).or_insert_with(|| others.clone());
        }
    }
    named
}

fn is_address(address: &str) -> Result<(), Failure> {
    let place = ["http://", "https://"].iter().find_map(|scheme| address.strip_prefix(scheme));
    if place.is_some_and(|place| !place.is_empty() && !place.trim_end_matches('/').contains('/')) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "--server: '{address}' is no address such as http://127.0.0.1:7401 or https://host:7401"
    )))
}

fn tls(connection: &Connection) -> Result<Option<Tls>, Failure> {
    let read = |option: &str, path: &Path| {
        std::fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("{option} {}: {error}", path.display())))
    };
    let Some(authority) = &connection.tls_ca else {
        return Ok(None);
    };
    let identity = match (&connection.tls_certificate, &connection.tls_key) {
        (Some(certificate), Some(key)) => {
            Some((read("--tls-certificate", certificate)?, read("--tls-key", key)?))
        }
        (Some(_), None) => return Err(Failure::usage("--tls-certificate needs --tls-key")),
        (None, _) => None,
    };
    Ok(Some(Tls { authority: read("--tls-ca", authority)?, identity }))
}
