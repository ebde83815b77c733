//! The other processes of a platform, as a process knows them from its configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;
use std::sync::Arc;

use tower::service_fn;
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_runtime::grpc::remote::{Patience, RemoteError, Tls, balanced, channel};
use verdict_runtime::grpc::{Transport, TransportError, over};
use verdict_runtime::route::Connect;

use super::rest::Member;
use super::service::Service;

/// Ways to other processes. The default knows none.
#[derive(Clone, Default)]
pub struct Peers {
    /// To whichever replica of a service answers.
    pub ways: BTreeMap<Service, Transport>,
    /// To each process by itself, in the order of their addresses.
    pub members: Vec<Member>,
}

/// Ways to single replicas, at the addresses that their leases name.
pub fn connect(tls: Option<Tls>) -> Connect {
    Arc::new(move |address| match channel(address, tls.as_ref()) {
        Ok(channel) => over(channel),
        Err(error) => nowhere(error.to_string()),
    })
}

/// Answers every call with why there is no way.
fn nowhere(why: String) -> Transport {
    Transport::new(service_fn(move |_| ready(Err(TransportError::new(why.clone())))))
}

impl Peers {
    /// The processes at these addresses. Nothing is connected before the first call.
    pub fn at(addresses: &BTreeMap<Service, Vec<String>>, tls: Option<&Tls>) -> Result<Self, RemoteError> {
        let way = |(service, addresses): (&Service, &Vec<String>)| {
            Ok((*service, balanced(addresses, tls, Patience::default())?))
        };
        // A process that serves all of them has one address and is one member.
        let distinct: BTreeSet<&String> = addresses.values().flatten().collect();
        let member = |address: &String| Ok(PlatformClient::new(over(channel(address, tls)?)));
        Ok(Self {
            ways: addresses.iter().map(way).collect::<Result<_, RemoteError>>()?,
            members: distinct.into_iter().map(member).collect::<Result<_, RemoteError>>()?,
        })
    }
}
