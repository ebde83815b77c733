//! What each receiver gets, and the published library on our signatures.

use standardwebhooks::Webhook;
use verdict_kernel::id::{CommandId, SinkId};
use verdict_sinks_domain::notice::{Kind, Notice};
use verdict_sinks_domain::sink::Source;

use super::*;
use crate::vault::Vault;

fn letter() -> Letter {
    let notice = Notice {
        kind: Kind::Breach,
        thread: "rollout/R".into(),
        subject: "rollout checkout".into(),
        sentence: "errors of the rollout checkout broke in stage <beta>.".into(),
        facts: vec![("seen", "4.2".into())],
        next: "verdict guardrail list --of R".into(),
        at: "2026-03-02T09:00:00Z".parse().unwrap(),
    };
    let source = Source { stream: "metrics.guardrail-G".into(), revision: 3 };
    Letter::of(sink(), "default", &source, notice)
}

fn sink() -> SinkId {
    SinkId::created_by(CommandId::from_uuid(uuid::Uuid::from_u128(1)))
}

fn address() -> Address {
    Address { url: "https://hooks.example/secret".into(), token: "T".into() }
}

fn written(format: Format) -> Value {
    serde_json::from_slice(&body(format, &letter(), &address()).1).unwrap()
}

/// The attempt as a receiver of the published library sees it.
fn verified(post: &Post, secret: &str) -> bool {
    let mut headers = http::HeaderMap::new();
    for (name, value) in &post.headers {
        headers.insert(*name, value.parse().unwrap());
    }
    Webhook::new(secret).unwrap().verify(&post.body, &headers).is_ok()
}

#[expect(clippy::disallowed_methods, reason = "the library compares with the time of day")]
fn now() -> Timestamp {
    Timestamp::now()
}

#[test]
fn the_published_library_takes_our_signatures_of_every_format_and_no_other() {
    let (secret, other) = (Vault::new_secret().unwrap(), Vault::new_secret().unwrap());
    for format in [
        Format::Standard,
        Format::Slack,
        Format::Teams,
        Format::Pagerduty,
        Format::Alertmanager,
        Format::Plain,
    ] {
        let post = write(format, &letter(), &address(), std::slice::from_ref(&secret), now()).unwrap();
        assert!(verified(&post, &secret), "{format:?}");
        assert!(!verified(&post, &other), "{format:?}");
        let changed = Post { body: [post.body.clone(), b" ".to_vec()].concat(), ..post };
        assert!(!verified(&changed, &secret), "{format:?}");
    }
}

#[test]
fn during_a_rotation_whoever_knows_either_secret_takes_it() {
    let (new, old) = (Vault::new_secret().unwrap(), Vault::new_secret().unwrap());
    let post = write(Format::Standard, &letter(), &address(), &[new.clone(), old.clone()], now()).unwrap();
    assert!(verified(&post, &new) && verified(&post, &old));
}

#[test]
fn a_cloud_event_has_what_the_specification_demands() {
    let event = written(Format::Standard);
    for (field, value) in [
        ("specversion", "1.0"),
        ("id", letter().id.as_str()),
        ("type", "dev.verdict.notice.breach.v1"),
        ("source", "/verdict/orgs/default"),
        ("subject", "rollout/R"),
        ("time", "2026-03-02T09:00:00Z"),
        ("sequence", "4"),
    ] {
        assert_eq!(event[field], value, "{field}");
    }
    assert_eq!(event["data"]["facts"]["seen"], "4.2");
}

#[test]
fn chats_get_a_title_the_sentence_and_a_fallback() {
    let slack = written(Format::Slack);
    assert_eq!(slack["text"], "errors of the rollout checkout broke in stage &lt;beta&gt;.");
    assert_eq!(slack["blocks"][0]["text"]["text"], "breach: rollout checkout");
    assert_eq!(slack["blocks"][1]["text"]["text"], slack["text"]);
    let teams = written(Format::Teams);
    let card = &teams["attachments"][0]["content"];
    assert_eq!(card["body"][1]["text"], "errors of the rollout checkout broke in stage <beta>.");
}

#[test]
fn n1_pagerduty_is_woken_by_what_pages_and_joins_what_belongs_together() {
    let alert = written(Format::Pagerduty);
    assert_eq!((&alert["routing_key"], &alert["event_action"]), (&json!("T"), &json!("trigger")));
    assert_eq!(alert["payload"]["severity"], "critical");
    assert_eq!(alert["dedup_key"], "verdict/default/rollout/R/breach");
}

#[test]
fn an_alertmanager_gets_a_list_of_alerts() {
    let alerts = written(Format::Alertmanager);
    assert_eq!(alerts[0]["labels"]["alertname"], "Verdict_breach");
    assert_eq!(alerts[0]["labels"]["severity"], "page");
}

#[test]
fn a_token_goes_along_as_a_bearer_except_where_it_is_a_routing_key() {
    let bearer = |format| {
        let post = write(format, &letter(), &address(), &[], now()).unwrap();
        post.headers.into_iter().find(|(name, _)| *name == "authorization").map(|(_, value)| value)
    };
    assert_eq!(bearer(Format::Plain).as_deref(), Some("Bearer T"));
    assert_eq!(bearer(Format::Pagerduty), None);
}
