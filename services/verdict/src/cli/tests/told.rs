//! A platform tells a receiver on this machine, and the published library takes its signatures.

use std::time::Duration;

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};
use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use verdict_runtime::task;

use crate::config;
use crate::platform::{Options, Platform};
use crate::telling::Teller;

const DEADLINE: Duration = Duration::from_secs(20);

/// What a receiver was sent.
struct Received {
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Received {
    fn parse(request: &[u8]) -> Option<Self> {
        let end = request.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&request[..end]).into_owned();
        let mut headers = HeaderMap::new();
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            headers.insert(HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?);
        }
        let length: usize = headers.get("content-length")?.to_str().ok()?.parse().ok()?;
        let body = request.get(end + 4..end + 4 + length)?.to_vec();
        Some(Self { headers, body })
    }

    fn is_signed_with(&self, secret: &str) -> bool {
        Webhook::new(secret).unwrap().verify(&self.body, &self.headers).is_ok()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A receiver that answers with these in turn, and with the last one from then on.
async fn receiver(answers: &'static [&'static str]) -> (String, mpsc::UnboundedReceiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (seen, received) = mpsc::unbounded_channel();
    drop(task::spawn("receiver", async move {
        let mut turn = 0;
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            let received = loop {
                let mut buffer = [0; 4_096];
                let read = stream.read(&mut buffer).await.unwrap_or(0);
                request.extend_from_slice(&buffer[..read]);
                let parsed = Received::parse(&request);
                if parsed.is_some() || read == 0 {
                    break parsed;
                }
            };
            let answer = answers[turn.min(answers.len() - 1)];
            let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            drop(stream.write_all(answer.as_bytes()).await);
            turn += 1;
            drop(received.map(|received| seen.send(received)));
        }
    }));
    (url, received)
}

async fn next(received: &mut mpsc::UnboundedReceiver<Received>) -> Received {
    tokio::time::timeout(DEADLINE, received.recv()).await.expect("in time").expect("a receiver")
}

async fn platform(allow: &[&str]) -> (Platform, Teller) {
    let allow = allow.iter().map(ToString::to_string).collect();
    let options = Options {
        listen: "127.0.0.1:0".to_owned(),
        grpc_listen: Some("127.0.0.1:0".to_owned()),
        sinks: config::Sinks { allow, ..config::Sinks::default() },
        ..Options::default()
    };
    let platform = Platform::start(options).await.unwrap();
    let teller = super::super::teller(platform.addresses(), super::super::up::present(), "told");
    (platform, teller)
}

async fn done(teller: &mut Teller, line: &str) -> String {
    let (printed, outcome) = teller.say(line).await;
    assert!(outcome.is_ok(), "{line}: {outcome:?}: {printed}");
    printed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n1_n3_an_incident_is_told_signed_and_again_with_the_same_id_after_a_failure() {
    let (url, mut received) = receiver(&["204 No Content", "500 Oops", "204 No Content"]).await;
    let (platform, mut teller) = platform(&["127.0.0.0/8"]).await;
    let printed = done(&mut teller, &format!("sink define --key on-call --url {url} -o json")).await;
    let reply: Value = serde_json::from_str(&printed).unwrap();
    let secret = reply["accepted"]["secret"].as_str().or_else(|| reply["secret"].as_str());
    let secret = secret.unwrap_or_else(|| panic!("{reply}")).to_owned();

    done(&mut teller, "sink test on-call").await;
    let test = next(&mut received).await;
    assert!(test.is_signed_with(&secret));
    assert_eq!(test.json()["data"]["kind"], "test");

    done(&mut teller, "incident report --title 'Checkout is down' --severity p1").await;
    let first = next(&mut received).await;
    assert!(first.is_signed_with(&secret));
    let event = first.json();
    assert_eq!(event["data"]["kind"], "incident");
    assert_eq!(event["data"]["severity"], "page");
    let again = next(&mut received).await;
    assert_eq!(again.headers["webhook-id"], first.headers["webhook-id"]);
    assert_eq!(again.json(), event);
    platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sent_into_the_network_of_the_platform_unless_it_was_opened() {
    let (url, mut received) = receiver(&["204 No Content"]).await;
    let (platform, mut teller) = platform(&[]).await;
    let (printed, outcome) = teller.say(&format!("sink define --key inside --url {url}")).await;
    let said = format!("{printed}{outcome:?}");
    assert!(outcome.is_err() && said.contains("loopback"), "{said}");
    assert!(received.try_recv().is_err());
    platform.stop().await;
}
