//! The endpoints in process: answers, failures, entity tags, and what published clients send and expect.

use actix_web::dev::ServiceResponse;
use actix_web::test::{self, TestRequest};
use actix_web::{App, body};
use serde_json::{Value, json};
use verdict_proto::rollouts::v1 as pb;

use super::*;
use crate::fixtures::{self, Driven, World, audience, created, exposed, killed, settle};
use crate::streams::Streams;

pub(super) const BULK: &str = "/ofrep/v1/evaluate/flags";

pub(super) async fn send(edge: &Edge, request: TestRequest) -> ServiceResponse {
    let edge = edge.clone();
    let app = test::init_service(App::new().configure(move |cfg| configure(cfg, edge))).await;
    test::call_service(&app, request.to_request()).await.map_into_boxed_body()
}

pub(super) fn post(path: &str, body: &Value) -> TestRequest {
    TestRequest::post().uri(path).set_payload(body.to_string())
}

pub(super) fn user(name: &str) -> Value {
    json!({"context": {"targetingKey": name}})
}

pub(super) async fn json_of(response: ServiceResponse) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = body::to_bytes(response.into_body()).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

pub(super) fn header(response: &ServiceResponse, name: &str) -> Option<String> {
    Some(response.headers().get(name)?.to_str().unwrap().to_owned())
}

pub(super) async fn tag(edge: &Edge, body: &Value) -> String {
    header(&send(edge, post(BULK, body)).await, "ETag").unwrap()
}

/// One flag that reaches mia, and the edge that serves it.
pub(super) async fn one_flag() -> (World, Edge, Driven) {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, component) = world.ready_edge().await;
    (world, edge, component)
}

fn checkout(reason: &str, variant: &str, value: bool) -> Value {
    json!({
        "key": "checkout", "reason": reason, "variant": variant, "value": value,
        "metadata": {"flagVersion": 1, "verdict.flagId": "1"}
    })
}

#[actix_web::test]
async fn one_flag_is_answered_for_the_caller() {
    let (_world, edge, _component) = one_flag().await;
    let path = format!("{BULK}/checkout");
    let (status, answer) = json_of(send(&edge, post(&path, &user("mia"))).await).await;
    assert_eq!((status, answer), (StatusCode::OK, checkout("TARGETING_MATCH", "on", true)));
    let (status, answer) = json_of(send(&edge, post(&path, &user("ben"))).await).await;
    assert_eq!((status, answer), (StatusCode::OK, checkout("UNKNOWN", "off", false)));
}

#[actix_web::test]
async fn all_flags_are_answered_in_the_order_of_their_keys() {
    let (world, edge, mut component) = one_flag().await;
    let faulty = pb::FlagCreated { bucketing: Some("x".to_owned()), ..fixtures::flag_created("broken") };
    world.append("2", fixtures::event("FlagCreated", &faulty)).await;
    settle(&mut component).await;
    let (status, answer) = json_of(send(&edge, post(BULK, &user("mia"))).await).await;
    let expected = json!({
        "flags": [
            {"key": "broken", "errorCode": "GENERAL", "errorDetails": "the bucketing 'x' is not known to this version"},
            checkout("TARGETING_MATCH", "on", true),
        ],
        "metadata": {"flagSetId": "production"},
        "eventStreams": [{
            "type": "sse",
            "endpoint": {"requestUri": "/ofrep/v1/events?flagSetId=production"},
            "inactivityDelaySec": 120
        }]
    });
    assert_eq!((status, answer), (StatusCode::OK, expected));
}

#[actix_web::test]
async fn every_failure_has_its_code() {
    let (world, edge, mut component) = one_flag().await;
    let faulty = pb::FlagCreated { bucketing: Some("x".to_owned()), ..fixtures::flag_created("broken") };
    world.append("2", fixtures::event("FlagCreated", &faulty)).await;
    settle(&mut component).await;
    for (path, body, status, code) in [
        ("/checkout", "{", 400, "PARSE_ERROR"),
        ("/checkout", "[]", 400, "PARSE_ERROR"),
        ("/checkout", r#"{"context": "mia"}"#, 400, "INVALID_CONTEXT"),
        ("/checkout", r#"{"context": {"targetingKey": 7}}"#, 400, "INVALID_CONTEXT"),
        ("/nothing", "{}", 404, "FLAG_NOT_FOUND"),
        ("/broken", "{}", 400, "GENERAL"),
        ("", "nonsense", 400, "PARSE_ERROR"),
        ("", r#"{"context": []}"#, 400, "INVALID_CONTEXT"),
    ] {
        let request = TestRequest::post().uri(&format!("{BULK}{path}")).set_payload(body);
        let (seen, answer) = json_of(send(&edge, request).await).await;
        assert_eq!((seen.as_u16(), answer["errorCode"].as_str()), (status, Some(code)), "{path} {body}");
        assert!(answer["errorDetails"].is_string(), "{answer}");
        assert_eq!(answer["key"].as_str(), path.strip_prefix('/'), "{answer}");
    }
}

#[actix_web::test]
async fn a_caller_without_context_or_targeting_key_is_served() {
    let (_world, edge, _component) = one_flag().await;
    for body in
        ["", "{}", r#"{"context": null}"#, r#"{"context": {}}"#, r#"{"context": {"targetingKey": ""}}"#]
    {
        let request = TestRequest::post().uri(&format!("{BULK}/checkout")).set_payload(body);
        let (status, answer) = json_of(send(&edge, request).await).await;
        assert_eq!((status, answer), (StatusCode::OK, checkout("UNKNOWN", "off", false)), "{body}");
    }
}

#[actix_web::test]
async fn f3_a_killed_flag_answers_with_variant_and_value_and_says_disabled() {
    let (world, edge, mut component) = one_flag().await;
    world.append("1", killed(2)).await;
    settle(&mut component).await;
    let (_, answer) = json_of(send(&edge, post(&format!("{BULK}/checkout"), &user("mia"))).await).await;
    let expected = json!({
        "key": "checkout", "reason": "DISABLED", "variant": "off", "value": false, "metadata": {"flagVersion": 2, "verdict.flagId": "1"}
    });
    assert_eq!(answer, expected);
}

#[actix_web::test]
async fn a_float_stays_a_float_and_an_integer_an_integer() {
    let world = World::new();
    for (id, key, on, off) in [("1", "ratio", "1.0", "0.5"), ("2", "limit", "1", "0")] {
        let mut flag = fixtures::flag_created(key);
        flag.variants[0].value = Some(on.to_owned());
        flag.variants[1].value = Some(off.to_owned());
        world.append(id, fixtures::event("FlagCreated", &flag)).await;
        world.append(id, exposed(1, audience(&["mia"], 0))).await;
    }
    let (edge, _component) = world.ready_edge().await;
    for (key, text) in [("ratio", r#""value":1.0,"#), ("limit", r#""value":1,"#)] {
        let response = send(&edge, post(&format!("{BULK}/{key}"), &user("mia"))).await;
        let bytes = body::to_bytes(response.into_body()).await.unwrap();
        let answer = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(answer.contains(text), "{answer}");
    }
}

#[actix_web::test]
async fn an_unchanged_answer_is_304_without_a_body() {
    let (_world, edge, _component) = one_flag().await;
    let known = tag(&edge, &user("mia")).await;
    assert!(known.starts_with('"') && known.ends_with('"'), "{known} is not a strong tag");
    for sent in [known.clone(), format!("\"other\", {known}"), format!("W/{known}"), "*".to_owned()] {
        let request = post(BULK, &user("mia")).insert_header(("If-None-Match", sent));
        let response = send(&edge, request).await;
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(header(&response, "ETag"), Some(known.clone()));
        assert_eq!(header(&response, "Access-Control-Expose-Headers").as_deref(), Some("ETag"));
        assert!(body::to_bytes(response.into_body()).await.unwrap().is_empty());
    }
}

#[actix_web::test]
async fn the_tag_depends_on_the_whole_context_and_on_nothing_else_of_the_caller() {
    let (_world, edge, _component) = one_flag().await;
    let of = |context: Value| json!({"context": context});
    let base = of(json!({"targetingKey": "mia", "plan": "pro", "seats": 3}));
    let known = tag(&edge, &base).await;
    for other in [
        of(json!({"targetingKey": "ben", "plan": "pro", "seats": 3})),
        of(json!({"targetingKey": "mia", "plan": "free", "seats": 3})),
        of(json!({"targetingKey": "mia", "plan": "pro", "seats": 4})),
        of(json!({"targetingKey": "mia", "plan": "pro"})),
        of(json!({"plan": "pro", "seats": 3})),
        json!({}),
    ] {
        assert_ne!(tag(&edge, &other).await, known, "{other}");
    }
    let reordered = TestRequest::post()
        .uri(BULK)
        .set_payload(r#"{"context": {"seats": 3, "plan": "pro", "targetingKey": "mia"}, "more": 1}"#);
    assert_eq!(header(&send(&edge, reordered).await, "ETag"), Some(known));
}

#[actix_web::test]
async fn the_tag_changes_with_a_flag_and_not_with_other_events() {
    let (world, edge, mut component) = one_flag().await;
    let known = tag(&edge, &user("mia")).await;
    world.append_elsewhere().await;
    settle(&mut component).await;
    assert_eq!(tag(&edge, &user("mia")).await, known);
    world.append("1", exposed(2, audience(&["mia"], 5))).await;
    settle(&mut component).await;
    let request = post(BULK, &user("mia")).insert_header(("If-None-Match", known.clone()));
    let response = send(&edge, request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_ne!(header(&response, "ETag"), Some(known));
}

#[actix_web::test]
async fn an_announced_newer_configuration_is_never_answered_with_an_older_one() {
    let (_world, edge, _component) = one_flag().await;
    let known = tag(&edge, &user("mia")).await;
    tokio::time::pause();
    for (query, expected) in [
        // The log stands at its second event.
        ("flagConfigEtag=log-1:3:3-00", 503),
        ("flagConfigEtag=%22log-1:3:3-00%22", 503),
        ("flagConfigEtag=log-1:2:2-00", 304),
        ("flagConfigEtag=log-1:1:1-00", 304),
        // Of two logs nobody knows which one is newer.
        ("flagConfigEtag=log-2:1:1-00", 503),
        // The tag wins over the time.
        ("flagConfigEtag=log-1:2:2-00&flagConfigLastModified=1800000000", 304),
        ("flagConfigLastModified=1800000000", 503),
        ("flagConfigLastModified=2100-01-01T00:00:00Z", 503),
        ("flagConfigLastModified=1700000000", 304),
        ("flagConfigLastModified=soon", 304),
    ] {
        let request =
            post(&format!("{BULK}?{query}"), &user("mia")).insert_header(("If-None-Match", known.clone()));
        let response = send(&edge, request).await;
        assert_eq!(response.status().as_u16(), expected, "{query}");
        assert_eq!(header(&response, "Retry-After").is_some(), expected == 503, "{query}");
    }
}

#[actix_web::test]
async fn nothing_is_served_before_the_edge_is_ready() {
    let world = World::new();
    let (edge, _component) = world.edge();
    for path in [BULK.to_owned(), format!("{BULK}/checkout")] {
        let response = send(&edge, post(&path, &user("mia"))).await;
        assert_eq!(header(&response, "Retry-After").as_deref(), Some("1"));
        let (status, answer) = json_of(response).await;
        assert_eq!((status.as_u16(), answer), (503, json!({"errorDetails": "the flags are being read"})));
    }
}

#[actix_web::test]
async fn the_selector_names_the_environment() {
    let (world, edge, mut component) = one_flag().await;
    let staging =
        pb::FlagCreated { environment: Some("staging".to_owned()), ..fixtures::flag_created("checkout") };
    world.append("2", fixtures::event("FlagCreated", &staging)).await;
    settle(&mut component).await;
    let select =
        |selector: &str| post(BULK, &user("mia")).insert_header(("Flagd-Selector", selector.to_owned()));
    let (_, answer) = json_of(send(&edge, select("flagSetId=staging")).await).await;
    assert_eq!(answer["flags"][0]["variant"], "off");
    assert_eq!(answer["metadata"], json!({"flagSetId": "staging"}));
    let (_, answer) = json_of(send(&edge, select("flagSetId=nowhere")).await).await;
    assert_eq!(answer["flags"], json!([]));
    let (status, answer) = json_of(send(&edge, select("colour=blue")).await).await;
    assert_eq!((status.as_u16(), answer["errorCode"].as_str()), (400, Some("GENERAL")));
    let staging = send(&edge, select("flagSetId=staging")).await;
    let production = send(&edge, select("flagSetId=production")).await;
    assert_ne!(header(&staging, "ETag"), header(&production, "ETag"));
}

#[actix_web::test]
async fn a_browser_of_another_origin_may_ask() {
    let (_world, edge, _component) = one_flag().await;
    for path in [BULK.to_owned(), format!("{BULK}/checkout"), events::PATH.to_owned()] {
        let request = TestRequest::with_uri(&path).method(actix_web::http::Method::OPTIONS);
        let response = send(&edge, request).await;
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert_eq!(header(&response, "Access-Control-Allow-Origin").as_deref(), Some("*"));
        let allowed = header(&response, "Access-Control-Allow-Headers").unwrap();
        for name in ["If-None-Match", "Flagd-Selector", "Last-Event-ID", "traceparent", "tracestate"] {
            assert!(allowed.split(", ").any(|known| known == name), "{name} is not in {allowed}");
        }
    }
}

/// Another version that reads more of the same log gives another answer at the same position.
#[actix_web::test]
async fn the_tag_covers_what_was_read_of_the_log_and_not_only_how_far() {
    let (_world, edge, _component) = one_flag().await;
    let body = user("mia");
    let known = tag(&edge, &body).await;
    let snapshot = edge.snapshot().unwrap();
    let of = |snapshot: crate::Snapshot| {
        let other = Edge::unready(fixtures::scope("production"), World::new().clock, Streams::default());
        other.freshness().saw_the_log();
        other.publish(snapshot);
        other
    };
    assert_eq!(tag(&of((*snapshot).clone()), &body).await, known);
    let skipped = crate::Snapshot { skipped: 1, ..(*snapshot).clone() };
    assert_ne!(tag(&of(skipped), &body).await, known);
    let elsewhere = World::new();
    elsewhere.append("1", created("checkout")).await;
    elsewhere.append("1", exposed(1, audience(&["mia", "ben"], 0))).await;
    let (reads_more, _component) = elsewhere.ready_edge().await;
    let sets = reads_more.snapshot().unwrap().sets.clone();
    assert_ne!(tag(&of(crate::Snapshot { sets, ..(*snapshot).clone() }), &body).await, known);
}

/// Rule R25: two logs that stand at the same place are not the same.
#[actix_web::test]
async fn r25_the_tag_names_the_log() {
    let mut tags = Vec::new();
    for log in ["log-1", "log-2"] {
        let world = World::of_log(log);
        world.append("1", created("checkout")).await;
        let (edge, _component) = world.ready_edge().await;
        tags.push(tag(&edge, &user("mia")).await);
    }
    assert_ne!(tags[0], tags[1]);
    assert!(tags[0].starts_with("\"log-1:") && tags[1].starts_with("\"log-2:"), "{tags:?}");
}

#[actix_web::test]
async fn an_answer_that_may_be_out_of_date_says_so_and_how_old_it_is() {
    let (world, edge, _component) = one_flag().await;
    let fresh = tag(&edge, &user("mia")).await;
    world.clock.advance(std::time::Duration::from_secs(10));
    assert_eq!(tag(&edge, &user("mia")).await, fresh);
    world.clock.advance(std::time::Duration::from_secs(7));
    let (_, answer) = json_of(send(&edge, post(&format!("{BULK}/checkout"), &user("mia"))).await).await;
    let metadata = json!({
        "flagVersion": 1, "verdict.flagId": "1", "verdict.stale": true, "verdict.ageSeconds": 17
    });
    assert_eq!((&answer["value"], &answer["metadata"]), (&json!(true), &metadata));
    let stale = tag(&edge, &user("mia")).await;
    assert_ne!(stale, fresh);
    let (_, answer) = json_of(send(&edge, post(BULK, &user("mia"))).await).await;
    let metadata = json!({"flagSetId": "production", "verdict.stale": true, "verdict.ageSeconds": 17});
    assert_eq!(answer["metadata"], metadata);
    world.clock.advance(std::time::Duration::from_secs(7));
    assert_eq!(tag(&edge, &user("mia")).await, stale, "the age alone is no news");
}

#[actix_web::test]
async fn f3_a_flag_that_is_off_by_hand_is_off_for_everybody_and_says_so() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::keeping(&directory);
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, mut component) = world.ready_edge().await;
    let before = tag(&edge, &user("mia")).await;
    std::fs::write(world.offs().join("checkout"), "errors").unwrap();
    settle(&mut component).await;
    let (_, answer) = json_of(send(&edge, post(&format!("{BULK}/checkout"), &user("mia"))).await).await;
    let expected = json!({
        "key": "checkout", "reason": "DISABLED", "variant": "off", "value": false,
        "metadata": {"flagVersion": 1, "verdict.flagId": "1", "verdict.localOff": true}
    });
    assert_eq!(answer, expected);
    assert_ne!(tag(&edge, &user("mia")).await, before);
}

#[actix_web::test]
async fn an_answer_names_the_rollout_the_stage_and_the_attempt_that_it_is_made_from() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    let exposed = pb::ExposureChanged {
        version: Some(1),
        audience: Some(audience(&["mia"], 0)),
        rollout_id: Some("rollout-1".to_owned()),
        stage: Some("beta".to_owned()),
        attempt: Some(3),
        ..pb::ExposureChanged::default()
    };
    world.append("1", fixtures::event("ExposureChanged", &exposed)).await;
    let (edge, mut component) = world.ready_edge().await;
    let path = format!("{BULK}/checkout");
    let (_, answer) = json_of(send(&edge, post(&path, &user("mia"))).await).await;
    let mut metadata = json!({
        "flagVersion": 1, "verdict.flagId": "1", "verdict.rollout": "rollout-1", "verdict.stage": "beta",
        "verdict.attempt": 3
    });
    assert_eq!(answer["metadata"], metadata);
    // A narrowing belongs to the rollout still, and to no stage that anybody could name.
    world.append("1", fixtures::narrowed(2, audience(&[], 0))).await;
    settle(&mut component).await;
    let (_, answer) = json_of(send(&edge, post(&path, &user("mia"))).await).await;
    metadata["flagVersion"] = json!(2);
    for of_the_stage in ["verdict.stage", "verdict.attempt"] {
        metadata.as_object_mut().unwrap().remove(of_the_stage);
    }
    assert_eq!(answer["metadata"], metadata);
}

/// A client that never sends a key is a mistake that nobody would notice otherwise.
#[actix_web::test]
async fn a_share_of_targeting_keys_needs_one() {
    let (world, edge, mut component) = one_flag().await;
    world.append("1", exposed(2, audience(&["mia"], 5_000))).await;
    settle(&mut component).await;
    for (path, of_one) in [(format!("{BULK}/checkout"), true), (BULK.to_owned(), false)] {
        let (status, answer) = json_of(send(&edge, post(&path, &json!({}))).await).await;
        let failure = if of_one { &answer } else { &answer["flags"][0] };
        assert_eq!((status.as_u16(), &failure["key"]), (if of_one { 400 } else { 200 }, &json!("checkout")));
        assert_eq!(failure["errorCode"], "TARGETING_KEY_MISSING");
        let (status, _) = json_of(send(&edge, post(&path, &user("mia"))).await).await;
        assert_eq!(status, StatusCode::OK);
    }
}

fn packed(body: &str) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[actix_web::test]
async fn whatever_cannot_be_read_is_answered_in_the_form_of_the_protocol() {
    let (_world, edge, _component) = one_flag().await;
    let large = json!({"context": {"targetingKey": "mia", "more": "x".repeat(300 * 1024)}}).to_string();
    let gzip = |body: &str| {
        TestRequest::post().insert_header(("content-encoding", "gzip")).set_payload(packed(body))
    };
    let plain = |body: &str| TestRequest::post().set_payload(body.to_owned());
    let brotli = plain("{}").insert_header(("content-encoding", "br"));
    for (request, path, status) in [
        (plain(&large), "/checkout", 413),
        (plain(&large), "", 413),
        // Small on the line, large once unpacked.
        (gzip(&large), "", 413),
        (brotli, "/checkout", 415),
        (plain("{}"), "?flagConfigEtag=a&flagConfigEtag=b", 400),
        (plain("not packed").insert_header(("content-encoding", "gzip")), "", 400),
    ] {
        let response = send(&edge, request.uri(&format!("{BULK}{path}"))).await;
        assert_eq!(header(&response, "content-type").as_deref(), Some("application/json"), "{path}");
        let (seen, answer) = json_of(response).await;
        assert_eq!((seen.as_u16(), &answer["errorCode"]), (status, &json!("GENERAL")), "{path} {answer}");
        assert!(answer["errorDetails"].is_string(), "{answer}");
    }
    let (status, answer) = json_of(send(&edge, gzip(&user("mia").to_string()).uri(BULK)).await).await;
    assert_eq!((status, &answer["flags"][0]["value"]), (StatusCode::OK, &json!(true)));
}
