//! What the server says about itself: which methods it has, and which nodes there are.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

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
    pub(super) address: SocketAddr,
    pub(super) clock: Clock,
}

impl Node {
    /// Where clients find the node again: a wildcard address is none that they could connect to.
    fn end_point(&self) -> EndPoint {
        let address = match self.address.ip() {
            ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            ip => ip,
        };
        EndPoint { address: address.to_string(), port: u32::from(self.address.port()) }
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
