use std::net::Ipv6Addr;

use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::*;
use crate::wire::event_store::client::gossip::gossip_client::GossipClient;
use crate::wire::event_store::client::server_features::server_features_client::ServerFeaturesClient;

#[tokio::test]
async fn batches_are_advertised_and_persistent_subscriptions_are_not() {
    let ground = ground().await;
    let mut client = ServerFeaturesClient::new(ground.channel.clone());
    let supported = client.get_supported_methods(Empty {}).await.unwrap().into_inner();
    let named = |service: &str, method: &str| {
        supported.methods.iter().any(|m| m.service_name.contains(service) && m.method_name == method)
    };
    assert!(named("streams", "batchappend"));
    assert!(!supported.methods.iter().any(|method| method.service_name.contains("persistent")));
    assert!(supported.event_store_server_version.split('.').all(|part| part.parse::<u32>().is_ok()));
}

#[tokio::test]
async fn the_only_node_leads_at_the_address_that_clients_use() {
    let ground = ground().await;
    let cluster = GossipClient::new(ground.channel.clone()).read(Empty {}).await.unwrap().into_inner();
    let [node] = &cluster.members[..] else { panic!("{cluster:?}") };
    let end_point = node.http_end_point.clone().unwrap();
    assert!(node.is_alive);
    assert_eq!(node.state, 8);
    assert_eq!(format!("{}:{}", end_point.address, end_point.port), ground.server.address().to_string());
}

#[tokio::test]
async fn a_server_may_be_advertised_by_a_name() {
    let directory = directory();
    let log = open(&directory);
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let advertised = Some("log.example:2113".parse().unwrap());
    let server = Server::start(log, Options { advertised, ..Options::new(loopback) }).unwrap();
    let channel = Channel::from_shared(format!("http://{}", server.address())).unwrap();
    let channel = channel.connect().await.unwrap();
    let cluster = GossipClient::new(channel).read(Empty {}).await.unwrap().into_inner();
    let end_point = cluster.members[0].http_end_point.clone().unwrap();
    assert_eq!((end_point.address.as_str(), end_point.port), ("log.example", 2113));

    for text in ["", "log.example", "log.example:", ":2113", "log.example:70000", "http://log:2113", "a b:1"]
    {
        assert_eq!(
            text.parse::<Advertised>().map_err(|error| error.to_string()),
            Err(format!("'{text}' is no HOST:PORT, like log.example:2113 or [::1]:2113"))
        );
    }
    assert_eq!("[::1]:2113".parse(), Ok(Advertised::from(SocketAddr::from((Ipv6Addr::LOCALHOST, 2113)))));
}

#[tokio::test]
async fn the_server_as_a_whole_is_healthy() {
    let ground = ground().await;
    let mut client = HealthClient::new(ground.channel.clone());
    let answer = client.check(HealthCheckRequest { service: String::new() }).await.unwrap();
    assert_eq!(answer.into_inner().status(), ServingStatus::Serving);
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unimplemented() {
    let ground = ground().await;
    let mut client = tonic::client::Grpc::new(ground.channel.clone());
    client.ready().await.unwrap();
    let path = "/event_store.client.persistent_subscriptions.PersistentSubscriptions/Create";
    let codec = tonic_prost::ProstCodec::<Empty, Empty>::default();
    let call = client.unary(tonic::Request::new(Empty {}), path.parse().unwrap(), codec);
    assert_eq!(call.await.unwrap_err().code(), Code::Unimplemented);
}

#[tokio::test]
async fn only_known_users_read_and_write() {
    let directory = directory();
    let users = vec![User { name: "admin".to_owned(), password: Secret::new("changeit") }];
    let options = Options { auth: Auth::Basic(users), ..Options::new(SocketAddr::from(([127, 0, 0, 1], 0))) };
    let server = Server::start(open(&directory), options).unwrap();
    let channel = Channel::from_shared(format!("http://{}", server.address())).unwrap();
    let mut client = StreamsClient::new(channel.connect().await.unwrap());
    let mut call = async |header: Option<&'static str>| {
        let mut request = tonic::Request::new(ReadReq { options: Some(whole_stream("a")) });
        if let Some(header) = header {
            request.metadata_mut().insert("authorization", header.parse().unwrap());
        }
        client.read(request).await.map(|_| ()).map_err(|status| status.code())
    };
    assert_eq!(call(Some("Basic YWRtaW46Y2hhbmdlaXQ=")).await, Ok(()));
    assert_eq!(call(Some("Basic YWRtaW46d3Jvbmc=")).await, Err(Code::Unauthenticated));
    assert_eq!(call(None).await, Err(Code::PermissionDenied));
}
