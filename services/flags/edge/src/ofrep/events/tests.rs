//! The endpoint over real sockets, and how bulk answers lead there.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use socket2::{Domain, SockRef, Socket, Type};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use verdict_kernel::clock::Timestamp;
use verdict_runtime::http::{Server, UNREAD};

use crate::edge::Edge;
use crate::fixtures::{self, World, audience, exposed, killed, settle};
use crate::jitter::Jitter;
use crate::offs::{Off, Offs};
use crate::ofrep::configure;
use crate::ofrep::tests::{BULK, header, json_of, one_flag, post, send, tag, user};
use crate::streams::{StreamOptions, Streams};

/// Long enough for anything that is going to happen.
const DEADLINE: Duration = Duration::from_secs(10);

async fn offered(edge: &Edge, request: TestRequest) -> Value {
    let (status, answer) = json_of(send(edge, request).await).await;
    assert_eq!(status, StatusCode::OK);
    answer["eventStreams"].clone()
}

/// An edge that offers streams otherwise, and serves what `edge` serves.
fn like(edge: &Edge, options: StreamOptions) -> Edge {
    let streams = Streams::new(options, Jitter::seeded(7));
    let other = Edge::unready(fixtures::scope("production"), World::new().clock, streams);
    other.publish((*edge.snapshot().unwrap()).clone());
    other
}

/// The shape is that of `eventStream` in the published schema: `type` and exactly one of `url` and `endpoint`, whose
/// `requestUri` stands alone for the origin of the request; `inactivityDelaySec` is a whole number of at least 1.
#[actix_web::test]
async fn a_bulk_answer_names_the_stream_and_no_other_answer_does() {
    let (_world, edge, _component) = one_flag().await;
    let stream = |environment: &str| {
        json!([{
            "type": "sse",
            "endpoint": {"requestUri": format!("/ofrep/v1/events?flagSetId={environment}")},
            "inactivityDelaySec": 120
        }])
    };
    assert_eq!(offered(&edge, post(BULK, &user("mia"))).await, stream("production"));
    let select = |environment: &str| {
        post(BULK, &user("mia")).insert_header(("Flagd-Selector", format!("flagSetId={environment}")))
    };
    assert_eq!(offered(&edge, select("staging")).await, stream("staging"));
    assert_eq!(offered(&edge, select("a b&c=d/..")).await, stream("a%20b%26c%3Dd%2F.."));
    let (_, one) = json_of(send(&edge, post(&format!("{BULK}/checkout"), &user("mia"))).await).await;
    assert!(one.get("eventStreams").is_none(), "{one}");
    let known = tag(&edge, &user("mia")).await;
    let response = send(&edge, post(BULK, &user("mia")).insert_header(("If-None-Match", known))).await;
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    let none = like(&edge, StreamOptions { most: 0, ..StreamOptions::default() });
    assert_eq!(offered(&none, post(BULK, &user("mia"))).await, Value::Null);
}

/// Clients resolve the address against the origin alone, so a prefix that a proxy takes away has to be in it.
#[actix_web::test]
async fn behind_a_proxy_with_a_prefix_the_address_has_the_prefix() {
    let (_world, edge, _component) = one_flag().await;
    let uri = |streams: Value| streams[0]["endpoint"]["requestUri"].as_str().unwrap().to_owned();
    let own = "/ofrep/v1/events?flagSetId=production";
    for (told, prefix) in
        [("/flags", "/flags"), ("/a/b/", "/a/b"), ("", ""), ("//evil.com", ""), ("/a,/b", ""), ("x", "")]
    {
        let request = post(BULK, &user("mia")).insert_header(("X-Forwarded-Prefix", told));
        assert_eq!(uri(offered(&edge, request).await), format!("{prefix}{own}"), "{told}");
    }
    let prefix = Some("/edge".parse().unwrap());
    let configured = like(&edge, StreamOptions { prefix, ..StreamOptions::default() });
    let request = post(BULK, &user("mia")).insert_header(("X-Forwarded-Prefix", "/flags"));
    assert_eq!(uri(offered(&configured, request).await), format!("/edge{own}"));
}

#[actix_web::test]
async fn where_there_is_no_room_a_client_is_told_when_to_come_back() {
    let (_world, edge, _component) = one_flag().await;
    let full = like(&edge, StreamOptions { most: 1, ..StreamOptions::default() });
    let get = || TestRequest::get().uri(super::PATH);
    let open = send(&full, get()).await;
    assert_eq!(open.status(), StatusCode::OK);
    let response = send(&full, get()).await;
    let seconds = header(&response, "Retry-After").unwrap().parse::<u64>().unwrap();
    assert!(super::RETRY_SECONDS.contains(&seconds));
    assert_eq!(header(&response, "Access-Control-Allow-Origin").as_deref(), Some("*"));
    let (status, answer) = json_of(response).await;
    let expected = json!({"errorDetails": "no more streams are opened here"});
    assert_eq!((status, answer), (StatusCode::SERVICE_UNAVAILABLE, expected));
    drop(open);
    assert_eq!(send(&full, get()).await.status(), StatusCode::OK);
}

#[actix_web::test]
async fn a_query_that_cannot_be_read_is_said_in_the_form_of_the_protocol() {
    let (_world, edge, _component) = one_flag().await;
    let twice = TestRequest::get().uri("/ofrep/v1/events?flagSetId=a&flagSetId=b");
    let (status, answer) = json_of(send(&edge, twice).await).await;
    assert_eq!((status, &answer["errorCode"]), (StatusCode::BAD_REQUEST, &json!("GENERAL")));
}

fn serve(edge: &Edge) -> Server {
    let edge = edge.clone();
    Server::bind("127.0.0.1:0", move |config| configure(config, edge.clone())).unwrap()
}

/// The other end of a stream.
struct Client {
    socket: TcpStream,
    heard: String,
}

impl Client {
    async fn open(server: &Server, path: &str, last: Option<&str>) -> Self {
        let socket = TcpStream::connect(server.address()).await.unwrap();
        Self::over(socket, path, last).await
    }

    async fn over(mut socket: TcpStream, path: &str, last: Option<&str>) -> Self {
        let last = last.map(|last| format!("last-event-id: {last}\r\n")).unwrap_or_default();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n{last}\r\n");
        socket.write_all(request.as_bytes()).await.unwrap();
        Self { socket, heard: String::new() }
    }

    /// Reads on; false at the end.
    async fn read(&mut self) -> bool {
        let mut bytes = [0; 4_096];
        let read = tokio::time::timeout(DEADLINE, self.socket.read(&mut bytes)).await;
        let read = read.unwrap_or_else(|_| panic!("nothing comes after {}", self.heard)).unwrap_or(0);
        self.heard += &String::from_utf8_lossy(&bytes[..read]);
        read > 0
    }

    /// Returns once that was heard.
    async fn hears(&mut self, wanted: &str) {
        while !self.heard.contains(wanted) {
            assert!(self.read().await, "it ended before {wanted}: {}", self.heard);
        }
    }

    /// The ids that were heard so far, in their order.
    fn ids(&self) -> Vec<String> {
        self.heard.lines().filter_map(|line| line.strip_prefix("id: ")).map(str::to_owned).collect()
    }
}

#[actix_web::test]
async fn a_stream_begins_at_once_and_tells_of_each_change() {
    let (world, edge, mut component) = one_flag().await;
    let server = serve(&edge);
    let mut client = Client::open(&server, "/ofrep/v1/events?flagSetId=production", None).await;
    client.hears("\nid: log-1:2:2-").await;
    let (head, _) = client.heard.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    for line in [
        "content-type: text/event-stream",
        "cache-control: no-store",
        "x-accel-buffering: no",
        "access-control-allow-origin: *",
        "transfer-encoding: chunked",
    ] {
        assert!(head.lines().any(|other| other == line), "{line} is not in {head}");
    }
    assert!(client.heard.find("retry: ").unwrap() < client.heard.find("id: ").unwrap());
    world.append("1", killed(2)).await;
    settle(&mut component).await;
    client.hears("\nid: log-1:3:3-").await;
    client.hears("event: message\ndata: {\"type\":\"refetchEvaluation\",\"etag\":\"\\\"log-1:3:3-").await;
    let ids = client.ids();
    assert_eq!(ids.len(), 2);
    // Who comes back with the last id is told nothing but what comes after.
    let mut again = Client::open(&server, "/ofrep/v1/events", ids.last().map(String::as_str)).await;
    again.hears("retry: ").await;
    world.append("1", exposed(3, audience(&["ben"], 0))).await;
    settle(&mut component).await;
    again.hears("\nid: log-1:4:4-").await;
    assert_eq!(again.ids().len(), 1);
    assert_eq!(edge.stream_figures().open, 2);
    edge.end_streams();
    server.stop().await;
}

/// Rings until it has come about, and does something each time.
async fn until(mut done: impl FnMut() -> bool, mut meanwhile: impl FnMut()) {
    let mut ticks = tokio::time::interval(Duration::from_millis(2));
    let coming = async {
        while !done() {
            meanwhile();
            ticks.tick().await;
        }
    };
    tokio::time::timeout(DEADLINE, coming).await.unwrap();
}

#[actix_web::test]
async fn a_client_that_has_gone_leaves_its_place() {
    let (_world, edge, _component) = one_flag().await;
    let edge =
        like(&edge, StreamOptions { heartbeat: Duration::from_millis(20), ..StreamOptions::default() });
    let server = serve(&edge);
    let mut client = Client::open(&server, super::PATH, None).await;
    client.hears("id: ").await;
    assert_eq!(edge.stream_figures().open, 1);
    drop(client);
    until(|| edge.stream_figures().open == 0, || {}).await;
    assert_eq!(edge.stream_figures().dropped, 0);
    edge.end_streams();
    server.stop().await;
}

fn off(key: u32) -> Off {
    Off {
        key: key.to_string(),
        environment: "production".to_owned(),
        reason: String::new(),
        content: String::new(),
        since: Timestamp::UNIX_EPOCH,
        carried: None,
        revived: false,
    }
}

/// The limit is that of the system, on the listener, so the test sets its own there.
#[cfg(target_os = "linux")]
#[actix_web::test]
async fn a_client_that_does_not_read_is_closed_and_others_are_not_held_up() {
    let (_world, edge, _component) = one_flag().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let same = listener.try_clone().unwrap();
    let serving = edge.clone();
    let server = Server::over(listener, move |config| configure(config, serving.clone())).unwrap();
    let same = SockRef::from(&same);
    assert_eq!(same.tcp_user_timeout().unwrap(), Some(UNREAD));
    same.set_tcp_user_timeout(Some(Duration::from_millis(300))).unwrap();
    same.set_send_buffer_size(1).unwrap();

    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(1).unwrap();
    socket.connect(&server.address().into()).unwrap();
    socket.set_nonblocking(true).unwrap();
    let slow = TcpStream::from_std(socket.into()).unwrap();
    let slow = Client::over(slow, super::PATH, None).await;
    until(|| edge.stream_figures().open == 1, || {}).await;
    let mut reads = Client::open(&server, super::PATH, None).await;
    reads.hears("id: ").await;

    let mut key = 0;
    let change = || {
        key += 1;
        edge.set_offs(std::sync::Arc::new(Offs::of([off(key)])));
    };
    let heard = async { while reads.read().await {} };
    tokio::select! {
        () = until(|| edge.stream_figures().open == 1, change) => {}
        () = heard => panic!("who reads was closed"),
    }
    assert_eq!(edge.stream_figures().dropped, 1);
    drop(slow);
    edge.end_streams();
    server.stop().await;
}

/// A stream is a request that never ends by itself, and the server waits for those that are open.
#[actix_web::test]
async fn streams_end_when_the_edge_stops_and_hold_up_no_drain() {
    let (_world, edge, _component) = one_flag().await;
    let server = serve(&edge);
    let mut client = Client::open(&server, super::PATH, None).await;
    client.hears("id: ").await;
    edge.end_streams();
    tokio::time::timeout(Duration::from_secs(2), server.stop()).await.unwrap();
    while client.read().await {}
    assert!(client.heard.ends_with("0\r\n\r\n"), "it did not end as it should: {}", client.heard);
    assert_eq!(edge.stream_figures().open, 0);
}
