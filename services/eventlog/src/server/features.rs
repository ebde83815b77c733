//! What the server says about itself: which methods it has, and which nodes there are.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use tonic::{Request, Response, Status};
use ulid::Ulid;
use uuid::Uuid;

use crate::options::Clock;
use crate::wire::event_store::client::gossip::gossip_server::Gossip;
use crate::wire::event_store::client::gossip::member_info::VNodeState;
use crate::wire::event_store::client::gossip::{ClusterInfo, EndPoint, MemberInfo};
use crate::wire::event_store::client::server_features::server_features_server::ServerFeatures;
use crate::wire::event_store::client::server_features::{SupportedMethod, SupportedMethods};
use crate::wire::event_store::client::{self, Empty};

/// The version whose streams protocol is spoken; clients choose by it what to ask for.
const PROTOCOL_VERSION: &str = "23.10.0";

/// Every method of the protocol that is answered.
const METHODS: &[(&str, &[&str])] = &[
    ("event_store.client.streams.streams", &["read", "append", "batchappend", "delete", "tombstone"]),
    ("event_store.client.gossip.gossip", &["read"]),
    ("event_store.client.server_features.serverfeatures", &["getsupportedmethods"]),
];

/// Answers which methods there are.
pub(super) struct Features;

#[tonic::async_trait]
impl ServerFeatures for Features {
    async fn get_supported_methods(&self, _: Request<Empty>) -> Result<Response<SupportedMethods>, Status> {
        let method = |service: &str, method: &str| SupportedMethod {
            method_name: method.to_owned(),
            service_name: service.to_owned(),
            features: Vec::new(),
        };
        let methods = METHODS
            .iter()
            .flat_map(|(service, methods)| methods.iter().map(|name| method(service, name)))
            .collect();
        let event_store_server_version = PROTOCOL_VERSION.to_owned();
        Ok(Response::new(SupportedMethods { methods, event_store_server_version }))
    }
}

/// The one node, which leads because nobody else does.
pub(super) struct Node {
    pub(super) log_id: Ulid,
    pub(super) address: Advertised,
    pub(super) clock: Clock,
}

/// A host, by name or by address, and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advertised {
    host: String,
    port: u16,
}

/// The text is no host and port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no HOST:PORT, like log.example:2113 or [::1]:2113")]
pub struct InvalidAdvertised(String);

impl From<SocketAddr> for Advertised {
    fn from(address: SocketAddr) -> Self {
        Self { host: address.ip().to_string(), port: address.port() }
    }
}

impl FromStr for Advertised {
    type Err = InvalidAdvertised;

    fn from_str(text: &str) -> Result<Self, InvalidAdvertised> {
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(address.into());
        }
        let invalid = || InvalidAdvertised(text.to_owned());
        let (host, port) = text.rsplit_once(':').ok_or_else(invalid)?;
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if host.is_empty() || !host.bytes().all(in_name) {
            return Err(invalid());
        }
        Ok(Self { host: host.to_owned(), port: port.parse().map_err(|_| invalid())? })
    }
}

impl Node {
    /// Where clients find the node again: a wildcard address is none that they could connect to.
    fn end_point(&self) -> EndPoint {
        let Advertised { host, port } = &self.address;
        let anywhere = host.parse::<IpAddr>().is_ok_and(|ip| ip.is_unspecified());
        let address = if anywhere { Ipv4Addr::LOCALHOST.to_string() } else { host.clone() };
        EndPoint { address, port: u32::from(*port) }
    }
}

#[tonic::async_trait]
impl Gossip for Node {
    async fn read(&self, _: Request<Empty>) -> Result<Response<ClusterInfo>, Status> {
        let id = Uuid::from_bytes(self.log_id.to_bytes()).to_string();
        let member = MemberInfo {
            instance_id: Some(client::Uuid { value: Some(client::uuid::Value::String(id)) }),
            time_stamp: self.clock.unix_micros().saturating_mul(10),
            state: VNodeState::Leader.into(),
            is_alive: true,
            http_end_point: Some(self.end_point()),
        };
        Ok(Response::new(ClusterInfo { members: vec![member] }))
    }
}
