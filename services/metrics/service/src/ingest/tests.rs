use std::time::Duration;

use actix_web::{App, test};
use serde_json::{Value as Json, json};
use verdict_proto::metrics::v1::metric_request::Command as MetricCommand;
use verdict_proto::metrics::v1::{MetricType, RetireMetric, RetractObservations};
use verdict_proto::v1::GetRequest;
use verdict_runtime::observations::Query;

use super::*;
use crate::testing::{World, accepted, after};

async fn with_cpu() -> World {
    let world = World::new();
    world.define("cpu", MetricType::Guardrail).await;
    world.clock.advance(Duration::from_mins(10));
    world
}

/// A valid row with one field set, or taken out with null.
fn with(world: &World, name: &str, value: Json) -> Json {
    let mut row = world.row(0, 90.0);
    row[name] = value;
    row
}

async fn rejected(world: &World, body: &Json) -> (Code, String) {
    let problem = world.post(body).await.unwrap_err();
    (problem.code, problem.field)
}

async fn stored(world: &World) -> usize {
    let query = Query::all("default", "cpu");
    let rows = world.store.rows_from(&query, None, None, 100).await;
    rows.unwrap().len()
}

#[tokio::test]
async fn a_row_is_accepted_once_and_its_duplicate_is_counted() {
    let world = with_cpu().await;
    let row = world.row(0, 90.0);
    let first = world.post(&row).await.unwrap();
    assert_eq!((first.accepted, first.duplicates, first.late), (1, 0, 0));
    assert!(!first.position.is_empty());
    let again = world.post(&row).await.unwrap();
    assert_eq!((again.accepted, again.duplicates, again.late), (0, 1, 0));
    let twice = json!({ "observations": [world.row(1, 80.0), world.row(1, 80.0)] });
    let twice = world.post(&twice).await.unwrap();
    assert_eq!((twice.accepted, twice.duplicates, twice.late), (1, 1, 1));
    assert_eq!(stored(&world).await, 2);
    assert_eq!(world.context.ingest().tally("default", "cpu"), Tally { inserted: 2, duplicates: 2, late: 1 });
}

#[tokio::test]
async fn lateness_is_known_after_a_restart() {
    let world = with_cpu().await;
    world.post(&world.row(0, 90.0)).await.unwrap();
    let late = world.restarted().post(&world.row(1, 90.0)).await.unwrap();
    assert_eq!((late.accepted, late.late), (1, 1));
}

#[tokio::test]
async fn each_mistake_is_named_with_its_row_and_field() {
    let world = with_cpu().await;
    let end = world.now();
    let future = after(end, 5).to_string();
    let unknown = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
    for (name, value, code) in [
        ("metric", json!("nobody"), Code::UnknownMetric),
        ("metric", Json::Null, Code::MissingField),
        ("source", json!(""), Code::MissingField),
        ("source", json!(7), Code::InvalidField),
        ("source", json!("a\0b"), Code::InvalidField),
        ("count", json!(-1), Code::InvalidMeasure),
        ("count", json!(0), Code::InvalidMeasure),
        ("count", json!(1.5), Code::InvalidMeasure),
        ("value", json!("NaN"), Code::InvalidMeasure),
        ("value", json!("Infinity"), Code::InvalidMeasure),
        ("value", json!(1e300), Code::InvalidMeasure),
        ("value", Json::Null, Code::MissingField),
        ("sum", json!(1.0), Code::InvalidField),
        ("window_end", json!("yesterday"), Code::InvalidField),
        ("window_end", json!("1969-12-31T23:59:59Z"), Code::InvalidField),
        ("window_end", json!(after(end, 0) - jiff::SignedDuration::from_mins(2)), Code::InvalidField),
        ("rollout", json!("r-1"), Code::InvalidId),
        ("rollout", json!(unknown), Code::NotFound),
        ("colour", json!("red"), Code::InvalidField),
    ] {
        let body = json!({ "observations": [world.row(1, 1.0), with(&world, name, value.clone())] });
        assert_eq!(
            rejected(&world, &body).await,
            (code, format!("observations[1].{name}")),
            "{name} {value}"
        );
    }
    let mut ahead = with(&world, "window_end", json!(future));
    ahead["window_start"] = json!(after(end, 4).to_string());
    assert_eq!(rejected(&world, &ahead).await.0, Code::FromTheFuture);
    assert_eq!(stored(&world).await, 0);
}

#[tokio::test]
async fn a_body_that_is_no_observation_is_malformed() {
    let world = with_cpu().await;
    let ingest = world.context.ingest();
    for body in [
        &b"{"[..],
        b"[]",
        b"{\"observations\": 3}",
        b"{\"observations\": [3]}",
        b"{\"observations\": [], \"more\": 1}",
        b"{\"metric\": \"cpu\", \"value\": 1e999}",
    ] {
        let problem = ingest.take(body).await.unwrap_err();
        assert_eq!(problem.code, Code::MalformedBody, "{problem}");
    }
    let empty = ingest.take(b"{\"observations\": []}").await.unwrap_err();
    assert_eq!(empty.code, Code::MissingField);
    let many = json!({ "observations": vec![json!({}); 10_001] });
    assert_eq!(rejected(&world, &many).await.0, Code::TooLarge);
}

#[tokio::test]
async fn m17_a_window_that_ends_two_seconds_ahead_is_taken_and_a_later_one_is_not() {
    let world = with_cpu().await;
    let ends_in = |seconds| {
        let end = verdict_kernel::clock::plus(world.now(), Duration::from_secs(seconds));
        World::row_at(end, 90.0)
    };
    assert_eq!(rejected(&world, &ends_in(3)).await.0, Code::FromTheFuture);
    assert_eq!(world.post(&ends_in(2)).await.unwrap().accepted, 1);
}

#[tokio::test]
async fn a_known_key_with_another_value_keeps_the_whole_batch_out() {
    let world = with_cpu().await;
    world.post(&world.row(1, 90.0)).await.unwrap();
    let batch = json!({ "observations": [world.row(0, 90.0), world.row(1, 91.0)] });
    let problem = world.post(&batch).await.unwrap_err();
    assert_eq!((problem.code, problem.field.as_str()), (Code::ObservationConflict, "observations[1]"));
    assert_eq!(stored(&world).await, 1);
}

#[tokio::test]
async fn two_values_for_one_key_in_one_request_are_a_conflict_and_are_not_judged() {
    let (world, ..) = World::guarded().await;
    world.clock.advance(Duration::from_mins(1));
    let batch = json!({ "observations": [world.row(0, 90.0), world.row(0, 91.0)] });
    assert_eq!(rejected(&world, &batch).await.0, Code::ObservationConflict);
    assert_eq!(world.story().await, ["GuardrailArmed"]);
}

#[tokio::test]
async fn a_rollout_counts_in_whatever_case_its_id_is_written() {
    let (world, rollout, _) = World::guarded().await;
    world.clock.advance(Duration::from_mins(1));
    let mut row = world.row(0, 90.0);
    row["rollout"] = json!(rollout.to_string().to_lowercase());
    world.post(&row).await.unwrap();
    let facts = world.facts(rollout, &[]).await;
    assert_eq!(facts.guardrails[0].state(), verdict_proto::v1::CheckState::Pass);
}

#[tokio::test]
async fn observations_of_a_finished_rollout_are_rejected() {
    let world = with_cpu().await;
    let rollout = world.rollout("r").await;
    let body = with(&world, "rollout", json!(rollout.to_string()));
    assert_eq!(world.post(&body).await.unwrap().accepted, 1);
    world.abort(rollout).await;
    assert_eq!(rejected(&world, &body).await, (Code::RolloutFinished, "observations[0].rollout".to_owned()));
}

#[tokio::test]
async fn observations_of_a_retired_metric_are_rejected() {
    let world = with_cpu().await;
    accepted(world.metric("cpu", MetricCommand::Retire(RetireMetric {})).await);
    let problem = world.post(&world.row(0, 1.0)).await.unwrap_err();
    assert_eq!((problem.code, problem.hint.as_str()), (Code::UnknownMetric, "verdict metric restore cpu"));
}

#[tokio::test]
async fn sums_are_taken_as_they_are() {
    let world = with_cpu().await;
    let mut row = with(&world, "value", Json::Null);
    row["count"] = json!(3);
    for (name, value) in [("sum", 0.3), ("sum_of_squares", 0.045), ("min", 0.05), ("max", 0.2)] {
        row[name] = json!(value);
    }
    world.post(&row).await.unwrap();
    let rows = world.store.last(&Query::all("default", "cpu"), None, 1).await.unwrap();
    let measure = rows[0].measure;
    assert_eq!((measure.count, measure.sum.to_string()), (3, "0.3".to_owned()));
    assert_eq!(measure.max.to_string(), "0.2");
    for (name, impossible, wrong) in
        [("min", 0.15, "sum"), ("sum_of_squares", 0.001, "sum_of_squares"), ("max", 0.01, "min")]
    {
        let mut row = row.clone();
        row[name] = json!(impossible);
        let field = format!("observations[0].{wrong}");
        assert_eq!(rejected(&world, &row).await, (Code::InvalidMeasure, field), "{name}");
    }
}

#[tokio::test]
async fn m9_the_first_observation_proves_the_instrumentation_once() {
    let world = with_cpu().await;
    let state = || async {
        let request = GetRequest { id: "cpu".to_owned(), ..GetRequest::default() };
        let view = world.metrics().get(request).await.unwrap().into_inner();
        (view.state, view.version, view.last_value)
    };
    assert_eq!(state().await, ("draft".to_owned(), 1, String::new()));
    world.post(&world.row(1, 90.5)).await.unwrap();
    assert_eq!(state().await, ("instrumented".to_owned(), 2, "90.5".to_owned()));
    world.restarted().post(&world.row(0, 91.0)).await.unwrap();
    assert_eq!(state().await, ("instrumented".to_owned(), 2, "91".to_owned()));
}

#[actix_web::test]
async fn over_http_a_mistake_is_a_problem_document() {
    let world = with_cpu().await;
    let ingest = world.context.ingest();
    let app = App::new().configure(|cfg| http::configure(cfg, ingest.clone()));
    let app = test::init_service(app).await;
    let post = |body: &Json| test::TestRequest::post().uri("/v1/observations").set_json(body).to_request();
    let taken: Json = test::call_and_read_body_json(&app, post(&world.row(0, 90.0))).await;
    assert_eq!((&taken["accepted"], &taken["duplicates"], &taken["late"]), (&json!(1), &json!(0), &json!(0)));
    let response = test::call_service(&app, post(&with(&world, "value", json!(91.0)))).await;
    assert_eq!(response.status().as_u16(), 409);
    let kind = response.headers().get("content-type").unwrap();
    assert_eq!(kind, "application/problem+json");
    let problem: Json = test::read_body_json(response).await;
    assert_eq!(problem["code"], "observation_conflict");
    let large = test::TestRequest::post()
        .uri("/v1/observations")
        .insert_header(("content-type", "application/json"))
        .set_payload(vec![b' '; 8 * 1024 * 1024 + 1])
        .to_request();
    assert_eq!(test::call_service(&app, large).await.status().as_u16(), 413);
}

#[tokio::test]
async fn m17_a_window_that_ends_far_ahead_is_not_taken_however_long_it_is() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    let mut far = world.row(0, 90.0);
    far["source"] = json!("elsewhere");
    far["window_end"] = json!(after(world.now(), 60 * 24 * 365).to_string());
    assert_eq!(rejected(&world, &far).await.0, Code::FromTheFuture);
    for _ in 0..3 {
        world.minute(40.0).await;
    }
    world.enter(rollout, "alpha", 2).await;
    for _ in 0..3 {
        world.minute(40.0).await;
    }
    let breaches = world.story().await.into_iter().filter(|event| event.starts_with("GuardrailBreached"));
    assert_eq!(breaches.collect::<Vec<_>>(), ["GuardrailBreached beta 1", "GuardrailBreached alpha 2"]);
}

#[tokio::test]
async fn a_conflict_says_how_to_take_the_window_back() {
    let world = with_cpu().await;
    world.post(&world.row(0, 90.0)).await.unwrap();
    let problem = world.post(&world.row(0, 91.0)).await.unwrap_err();
    assert!(problem.hint.contains("verdict metric retract cpu --source probe --from "), "{}", problem.hint);
}

#[actix_web::test]
async fn over_http_other_methods_and_types_are_told_what_is_read() {
    let world = with_cpu().await;
    let ingest = world.context.ingest();
    let app = App::new().configure(|cfg| http::configure(cfg, ingest.clone()));
    let app = test::init_service(app).await;
    let asked = || test::TestRequest::default().uri("/v1/observations");
    let response = test::call_service(&app, asked().to_request()).await;
    assert_eq!(response.status().as_u16(), 405);
    assert_eq!(response.headers().get("allow").unwrap(), "POST");
    let posted = || asked().method(actix_web::http::Method::POST).set_payload(world.row(0, 90.0).to_string());
    let text = posted().insert_header(("content-type", "text/plain"));
    assert_eq!(test::call_service(&app, text.to_request()).await.status().as_u16(), 415);
    let packed = posted().insert_header(("content-type", "application/json"));
    let packed = packed.insert_header(("content-encoding", "gzip"));
    assert_eq!(test::call_service(&app, packed.to_request()).await.status().as_u16(), 415);
    assert_eq!(stored(&world).await, 0);
}

#[tokio::test]
async fn a_source_whose_rows_always_come_too_late_is_named_by_its_guardrail() {
    let (world, _, guardrail) = World::guarded().await;
    let named = || async {
        let request = GetRequest { id: guardrail.clone(), ..GetRequest::default() };
        world.guardrails().get(request).await.unwrap().into_inner().late_sources
    };
    for _ in 0..3 {
        assert!(named().await.is_empty());
        world.minute(90.0).await;
        let mut behind = world.row(60, 90.0);
        behind["source"] = json!("clock-behind");
        world.post(&behind).await.unwrap();
    }
    assert_eq!(named().await, ["clock-behind"]);
}

#[tokio::test]
async fn c19_what_a_conflict_says_takes_the_window_back_whatever_its_length_and_source() {
    let world = with_cpu().await;
    for (source, start) in [("web 1's", 60), ("-o", 0)] {
        let mut row = world.row(0, 90.0);
        row["source"] = source.into();
        row["window_start"] = (world.now() - jiff::SignedDuration::from_secs(start)).to_string().into();
        world.post(&row).await.unwrap();
        row["value"] = json!(91.0);
        let hint = world.post(&row).await.unwrap_err().hint;
        // As a shell takes it apart.
        let words = shlex(&hint[hint.find("verdict metric retract").unwrap()..]);
        let option = |name: &str| words[words.iter().position(|word| word == name).unwrap() + 1].clone();
        assert_eq!((words[3].as_str(), option("--source").as_str()), ("cpu", source), "{hint}");
        let retract = MetricCommand::RetractObservations(RetractObservations {
            source: option("--source"),
            from: option("--from"),
            to: option("--to"),
        });
        accepted(world.metric("cpu", retract).await);
        assert_eq!(world.post(&row).await.unwrap().accepted, 1, "{hint}");
    }
}

/// The words of a command line with quotes around some of them.
fn shlex(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => quoted = !quoted,
            '\\' if !quoted => word.extend(letters.next()),
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words
}
