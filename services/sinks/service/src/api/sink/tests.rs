//! The service through its generated client.

use std::sync::Mutex;

use futures::future::BoxFuture;
use verdict_api::sinks::v1::sinks_client::SinksClient;
use verdict_api::sinks::v1::sinks_server::SinksServer;
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_proto::sinks::v1::sink_request::Command as Asked;
use verdict_proto::v1::CommandMeta;
use verdict_runtime::desk::contract::Bench;
use verdict_runtime::grpc::{Transport, in_process};
use verdict_runtime::log::MAX_PAGE;
use verdict_runtime::log::memory::MemoryLog;

use super::*;
use crate::courier::{Answer, Courier};
use crate::vault::{KEY, Vault};

/// Sends nothing to `http://`, and remembers what it sent.
#[derive(Default)]
struct Sent(Mutex<Vec<Post>>);

impl Courier for Sent {
    fn post(&self, post: Post) -> BoxFuture<'static, Answer> {
        self.0.lock().unwrap().push(post);
        Box::pin(async { Answer::Refused { status: 500, said: "down".into() } })
    }

    fn check<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<(), String>> {
        let refused = url.starts_with("http://").then(|| "127.0.0.1 is loopback".to_owned());
        Box::pin(async move { refused.map_or(Ok(()), Err) })
    }
}

struct Platform {
    log: Log,
    sent: Arc<Sent>,
    transport: Transport,
    api: Bench<pb::SinkRequest, Asked>,
}

impl Platform {
    fn new() -> Self {
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let sent = Arc::new(Sent::default());
        let outward = Outward { courier: sent.clone(), vault: Vault::new(&[7; KEY]).unwrap() };
        let api = SinksApi::new(log.clone(), clock, outward);
        let projector = api.projector();
        let request =
            |meta, sink_id, command| pb::SinkRequest { meta: Some(meta), sink_id, command: Some(command) };
        let transport = in_process(SinksServer::new(api));
        let api = Bench::new("verdict.sinks.v1.Sinks", transport.clone(), projector, request);
        Self { log, sent, transport, api }
    }

    async fn test(&self, id: &str) -> Result<pb::TestSinkReply, Status> {
        let request = pb::TestSinkRequest { id: id.to_owned(), ..pb::TestSinkRequest::default() };
        SinksClient::new(self.transport.clone()).test(request).await.map(Response::into_inner)
    }
}

fn define() -> Asked {
    Asked::Define(pb::DefineSink {
        url: "https://hooks.example/T000/hush".into(),
        kinds: vec!["breach".into(), "rollback-unconfirmed".into()],
        key: "on-call".into(),
        token: "also-hush".into(),
        ..pb::DefineSink::default()
    })
}

#[tokio::test]
async fn it_behaves_as_every_api_does() {
    let define = |path: &str| {
        let url = format!("https://hooks.example/{path}");
        Asked::Define(pb::DefineSink { url, ..pb::DefineSink::default() })
    };
    let goes_on = Asked::Pause(pb::PauseSink {});
    Platform::new().api.behaves(["a", "b", "c"].map(define), goes_on).await;
}

#[tokio::test]
async fn a_sink_is_found_by_its_key_and_shows_nothing_that_is_secret() {
    let mut platform = Platform::new();
    let accepted = platform.api.accepted("", define()).await;
    let view: pb::SinkView = platform.api.get("on-call").await;
    assert_eq!((view.id.as_str(), view.place.as_str()), (accepted.id.as_str(), "https://hooks.example"));
    assert_eq!((view.state.as_str(), view.format()), ("active", pb::Format::Standard));
    assert_eq!(view.kinds, ["breach", "rollback_unconfirmed"]);
    assert!(!format!("{view:?}").contains("hush"));
}

#[tokio::test]
async fn no_secret_is_in_the_log_in_clear_text() {
    let mut platform = Platform::new();
    let accepted = platform.api.accepted("", define()).await;
    let moved = pb::MoveSink { url: "https://hooks.example/T001/hush".into(), token: "also-hush".into() };
    platform.api.accepted(&accepted.id, Asked::Move(moved)).await;
    let rotated = platform.api.accepted(&accepted.id, Asked::RotateSecret(pb::RotateSecret {})).await;
    let filter = verdict_runtime::log::Filter::default();
    let page = platform.log.read_all(None, &filter, MAX_PAGE).await.unwrap();
    assert!(page.events.len() >= 3);
    let secrets = [accepted.secret.as_str(), rotated.secret.as_str(), "hush", "T001"];
    for event in &page.events {
        let text =
            String::from_utf8_lossy(&[event.data.clone(), event.metadata.clone()].concat()).into_owned();
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
    }
}

#[tokio::test]
async fn a_secret_is_shown_once() {
    let mut platform = Platform::new();
    let meta = platform.api.meta();
    let shown = |outcome: Outcome| match outcome {
        Outcome::Accepted(accepted) => accepted.secret,
        Outcome::Refused(refused) => panic!("{refused:?}"),
    };
    let dry = CommandMeta { dry_run: true, ..meta.clone() };
    assert_eq!(shown(platform.api.send_with(dry, "", define()).await.unwrap()), "");
    let first = shown(platform.api.send_with(meta.clone(), "", define()).await.unwrap());
    assert!(first.starts_with("whsec_"), "{first}");
    assert_eq!(shown(platform.api.send_with(meta, "", define()).await.unwrap()), "");
    let rotated = platform.api.accepted("on-call", Asked::RotateSecret(pb::RotateSecret {})).await.secret;
    assert!(rotated.starts_with("whsec_") && rotated != first);
    assert_eq!(platform.api.accepted("on-call", Asked::Pause(pb::PauseSink {})).await.secret, "");
}

#[tokio::test]
async fn what_is_wrong_with_a_definition_is_said_at_its_field() {
    let mut platform = Platform::new();
    let with = |url: &str, kind: &str, format: pb::Format| {
        Asked::Define(pb::DefineSink {
            url: url.into(),
            kinds: Some(kind.to_owned()).filter(|kind| !kind.is_empty()).into_iter().collect(),
            format: format.into(),
            ..pb::DefineSink::default()
        })
    };
    let standard = pb::Format::Standard;
    for (command, field) in [
        (with("", "", standard), "define.url"),
        (with("hooks.example", "", standard), "define.url"),
        (with("ftp://hooks.example/", "", standard), "define.url"),
        (with("https:///path", "", standard), "define.url"),
        (with("https://me:hush@hooks.example/", "", standard), "define.url"),
        (with("http://localhost/", "", standard), "define.url"),
        (with("https://hooks.example/", "storm", standard), "define.kinds[0]"),
        (with("https://hooks.example/", "", pb::Format::Pagerduty), "define.token"),
    ] {
        assert_eq!(platform.api.fault("", command).await.1, field);
    }
    let id = platform.api.accepted("", define()).await.id;
    let inwards = Asked::Move(pb::MoveSink { url: "http://10.0.0.1/".into(), ..pb::MoveSink::default() });
    assert_eq!(platform.api.fault(&id, inwards).await.1, "move.url");
}

#[tokio::test]
async fn a_test_is_sent_once_and_what_became_of_it_is_told() {
    let mut platform = Platform::new();
    platform.api.accepted("", define()).await;
    let reply = platform.test("on-call").await.unwrap();
    assert_eq!((reply.delivered, reply.answer.as_str()), (false, "answered 500: down"));
    let sent = platform.sent.0.lock().unwrap().clone();
    let [post] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!(post.url, "https://hooks.example/T000/hush");
    assert!(String::from_utf8_lossy(&post.body).contains("This is a test"));
    assert!(platform.test("nobody").await.is_err());
}
