//! Problem documents, extractor errors, health endpoints, and a server on a free port.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::to_bytes;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::test::{TestRequest, call_service, init_service};
use serde::Deserialize;
use serde_json::{Value, json};
use verdict_kernel::clock::{ManualClock, Timestamp};

use super::health::{Figure, Health, endpoints, endpoints_telling, endpoints_with};
use super::*;
use crate::component::{Component, Progress};
use crate::execute::tally;
use crate::fault::Fault;
use crate::log::contract::port;
use crate::log::late::LateLog;
use crate::log::memory::MemoryLog;
use crate::log::{EventLog, Expected, Log, LogError, NewEvent, Position};
use crate::roles::Roles;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    count: u32,
}

async fn endpoint(body: web::Json<Body>) -> Result<HttpResponse, Failure> {
    match body.count {
        0 => Err(Problem::field(Code::InvalidMeasure, "count", "count is 0").into()),
        count => Ok(text(count.to_string())),
    }
}

fn posts(config: &mut web::ServiceConfig) {
    config.route("/count", web::post().to(endpoint));
}

/// Status, content type and JSON of the answer.
async fn answer(configure: impl Fn(&mut web::ServiceConfig), request: TestRequest) -> (u16, String, Value) {
    let app = init_service(App::new().configure(extractors).configure(configure)).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE).unwrap().to_str().unwrap().to_owned();
    let bytes = to_bytes(response.into_body()).await.unwrap();
    let value = serde_json::from_slice(&bytes)
        .unwrap_or_else(|_| Value::from(String::from_utf8(bytes.to_vec()).unwrap()));
    (status, content_type, value)
}

fn post(body: &str) -> TestRequest {
    TestRequest::post()
        .uri("/count")
        .insert_header(("content-type", "application/json"))
        .set_payload(body.to_owned())
}

#[actix_web::test]
async fn a_problem_is_answered_as_a_problem_document() {
    let (status, content_type, document) = answer(posts, post(r#"{"count":0}"#)).await;
    let expected = json!({
        "type": "urn:verdict:problem:invalid_measure",
        "title": "The measured value is not usable",
        "status": 422,
        "detail": "count is 0",
        "code": "invalid_measure",
        "field": "count",
        "hint": "send finite numbers and counts of at least 1",
    });
    assert_eq!((status, content_type.as_str(), document), (422, "application/problem+json", expected));
}

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_answered_with_where_and_why() {
    for (body, why) in [
        ("{\"count\":", "EOF while parsing a value at line 1 column 9"),
        ("{\"count\":-1}", "invalid value: integer `-1`, expected u32 at line 1 column 11"),
        ("{\"size\":1}", "unknown field `size`, expected `count` at line 1 column 7"),
    ] {
        let (status, content_type, document) = answer(posts, post(body)).await;
        assert_eq!((status, content_type.as_str()), (400, "application/problem+json"));
        assert_eq!((&document["code"], &document["detail"]), (&"malformed_body".into(), &why.into()));
    }
}

#[actix_web::test]
async fn a_readable_body_is_accepted() {
    assert_eq!(answer(posts, post(r#"{"count":1}"#)).await.0, 200);
}

#[actix_web::test]
async fn another_content_type_and_an_oversized_body_are_refused_with_what_to_do() {
    let other = TestRequest::post().uri("/count").set_payload("count=1");
    let (status, _, document) = answer(posts, other).await;
    assert_eq!((status, &document["hint"]), (400, &"send application/json".into()));
    let large = format!("{}1", " ".repeat(MAX_BODY));
    let (status, _, document) = answer(posts, post(&large)).await;
    assert_eq!((status, &document["code"]), (413, &"too_large".into()));
}

#[actix_web::test]
async fn an_unknown_path_is_a_problem_too() {
    let (status, _, document) = answer(posts, TestRequest::get().uri("/absent")).await;
    assert_eq!((status, &document["detail"]), (404, &"nothing answers GET /absent".into()));
}

#[test]
fn the_problem_in_a_grpc_status_survives_the_way_to_http() {
    let problem = Problem::field(Code::StaleVersion, "meta.expected_version", "it is 3").hint("look again");
    assert_eq!(Failure::from(grpc::status(&problem)), Failure(problem));
    let transport = Failure::from(tonic::Status::unavailable("connection refused"));
    assert_eq!(transport, Failure(Problem::new(Code::Unavailable, "connection refused")));
}

/// A component that is as it was told.
struct Fixed {
    applied: Option<Position>,
    unready: Option<String>,
}

impl Component for Fixed {
    fn name(&self) -> &'static str {
        "fixed"
    }

    fn step(&mut self) -> futures::future::BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async { Ok(Progress::IDLE) })
    }

    fn applied(&self) -> Option<Position> {
        self.applied.clone()
    }

    fn unready(&self) -> Option<String> {
        self.unready.clone()
    }
}

async fn health() -> (Health, crate::roles::Record, Position) {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let at = log.append("bets.bet-1", Expected::Any, vec![port::event("a")]).await.unwrap().position;
    log.append("bets.bet-1", Expected::Any, vec![port::event("b")]).await.unwrap();
    let roles = Roles::new(clock);
    let record = roles.register("fixed");
    (Health { roles, log }, record, at)
}

#[actix_web::test]
async fn readiness_names_what_is_not_ready_and_why() {
    let (health, record, at) = health().await;
    let get = || TestRequest::get().uri("/readyz");
    let behind = Fixed { applied: Some(at), unready: Some("behind".to_owned()) };
    record.stepped(&behind, &Progress::IDLE, 1);
    let (status, _, document) = answer(endpoints(health.clone()), get()).await;
    let line = json!({"name": "fixed", "ok": false, "reason": "behind", "position": "log:1:1"});
    assert_eq!((status, document), (503, json!({"ok": false, "components": [line]})));
    let there = Fixed { unready: None, applied: None };
    record.stepped(&there, &Progress::IDLE, 1);
    let (status, _, document) = answer(endpoints(health), get()).await;
    let line = json!({"name": "fixed", "ok": true});
    assert_eq!((status, document), (200, json!({"ok": true, "components": [line]})));
}

/// It still serves, takes observations and narrows, so nobody takes it away; whoever brings commands is told.
#[actix_web::test]
async fn a_process_with_a_full_log_is_ready_but_not_for_commands() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let memory = Arc::new(MemoryLog::new("log", clock.clone()));
    let health = Health { roles: Roles::new(clock), log: memory.clone() };
    let ask = async |uri: &str| {
        let (status, _, document) = answer(endpoints(health.clone()), TestRequest::get().uri(uri)).await;
        (status, document["components"][0]["name"].clone())
    };
    assert_eq!(ask("/readyz?for=commands").await, (200, serde_json::Value::Null));
    memory.set_full(true);
    let refused = memory.append("bets.bet-1", Expected::Any, vec![port::event("a")]).await;
    assert_eq!(refused, Err(LogError::Full));
    assert_eq!(ask("/readyz").await, (200, json!("log-room")));
    assert_eq!(ask("/readyz?for=commands").await, (503, json!("log-room")));
    let narrowing = NewEvent { metadata: br#"{"$reserve":true}"#.to_vec(), ..port::event("b") };
    memory.append("rollouts.flag-1", Expected::Any, vec![narrowing]).await.unwrap();
    memory.set_full(false);
    assert_eq!(ask("/readyz?for=commands").await.0, 200);
}

#[actix_web::test]
async fn only_a_component_that_stopped_untold_makes_the_process_dead() {
    let (health, record, _) = health().await;
    let get = || TestRequest::get().uri("/livez");
    assert_eq!(answer(endpoints(health.clone()), get()).await.0, 200);
    record.stopped(Some("panicked"));
    let (status, _, document) = answer(endpoints(health), get()).await;
    assert_eq!((status, &document["components"][0]["reason"]), (503, &"stopped: panicked".into()));
}

#[actix_web::test]
async fn metrics_tell_the_lag_of_each_component_that_follows_the_log() {
    let (health, record, at) = health().await;
    let behind = Fixed { applied: Some(at), unready: None };
    record.stepped(&behind, &Progress::IDLE, 1);
    let (status, content_type, text) = answer(endpoints(health), TestRequest::get().uri("/metrics")).await;
    assert_eq!((status, content_type.as_str()), (200, "text/plain; version=0.0.4; charset=utf-8"));
    let values: Vec<&str> = text.as_str().unwrap().lines().filter(|line| !line.starts_with('#')).collect();
    let (of_process, values): (Vec<&str>, Vec<&str>) = values.into_iter().partition(|line| {
        line.starts_with("verdict_build_info{version=") || line.starts_with("verdict_commands_total{outcome=")
    });
    assert_eq!(of_process.len(), 1 + tally::OUTCOMES.len());
    let expected = [
        "verdict_log_up 1",
        "verdict_log_head 2",
        "verdict_log_seen_seconds 0",
        "verdict_log_full 0",
        "verdict_component_ready{component=\"fixed\"} 1",
        "verdict_component_faulted{component=\"fixed\"} 0",
        "verdict_component_lag{component=\"fixed\"} 1",
    ];
    assert_eq!(values, expected);
}

/// Of a log that is away it is said that it is, and everything else is said as ever.
#[actix_web::test]
async fn metrics_are_answered_while_the_log_is_away() {
    let (health, record, at) = health().await;
    record.stepped(&Fixed { applied: Some(at), unready: None }, &Progress::IDLE, 1);
    let away = Health { log: Arc::new(LateLog::default()), ..health };
    let figure = Figure { name: "verdict_flags_stale", kind: "gauge", help: "h", value: 1 };
    let endpoints = endpoints_with(away, Arc::new(move || vec![figure]));
    let (status, _, text) = answer(endpoints, TestRequest::get().uri("/metrics")).await;
    let text = text.as_str().unwrap();
    assert_eq!(status, 200);
    for line in
        ["verdict_log_up 0", "verdict_flags_stale 1", "verdict_component_ready{component=\"fixed\"} 1"]
    {
        assert!(text.lines().any(|told| told == line), "{line} is not in {text}");
    }
    assert!(!text.contains("verdict_log_head ") && !text.contains("lag{"), "{text}");
}

#[actix_web::test]
async fn readiness_carries_what_is_to_be_known_of_a_component_that_serves() {
    let (health, record, _) = health().await;
    record.stepped(&Fixed { applied: None, unready: None }, &Progress::IDLE, 1);
    let remarks = || vec![("fixed", "serves old things".to_owned()), ("other", "is nobody".to_owned())];
    let endpoints = endpoints_telling(health, Arc::new(Vec::new), Arc::new(remarks));
    let (status, _, document) = answer(endpoints, TestRequest::get().uri("/readyz")).await;
    let line = json!({"name": "fixed", "ok": true, "remark": "serves old things"});
    assert_eq!((status, document), (200, json!({"ok": true, "components": [line]})));
}

/// Every family is announced once, before its lines, and every line is a name, labels and a number.
#[tokio::test]
async fn metrics_have_the_form_that_scrapers_read() {
    let (health, _, _) = health().await;
    let (_, _, text) = answer(endpoints(health), TestRequest::get().uri("/metrics")).await;
    let text = text.as_str().unwrap();
    assert!(text.ends_with('\n'));
    let (mut families, mut lines) = (std::collections::BTreeSet::new(), 0);
    let mut current = "";
    for line in text.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            current = help.split(' ').next().unwrap();
            assert!(families.insert(current), "{current} is announced twice");
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').unwrap();
            assert!(name == current && ["gauge", "counter"].contains(&kind), "{line}");
        } else {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
            assert!(name == current && labels.ends_with('}') && value.parse::<f64>().is_ok(), "{line}");
            lines += 1;
        }
    }
    assert!(lines >= families.len() && families.contains("verdict_commands_total"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_on_a_free_port_says_where_it_listens_answers_and_stops() {
    let server = Server::bind("127.0.0.1:0", posts).unwrap();
    let address = server.address();
    assert_ne!(address.port(), 0);
    let request = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(b"GET /absent HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = request.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("application/problem+json"), "{answer}");
    tokio::time::timeout(Duration::from_secs(10), server.stop()).await.unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn an_address_that_is_taken_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    assert!(Server::bind(taken.local_addr().unwrap(), posts).is_err());
}
