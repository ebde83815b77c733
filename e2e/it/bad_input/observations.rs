//! Observations that may not come in, and duplicated and late ones, which may.

use serde_json::{Value, json};
use tonic::Request;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::rollouts::v1::{AbortRollout, RolloutRequest, rollout_request};

use crate::ground::{Answer, Ground, begin};

const PATH: &str = "/v1/observations";

/// A good observation of the window that ends so many seconds before the present.
fn row(rollout: &str, seconds_ago: i64) -> Value {
    let end = begin() - jiff::SignedDuration::from_secs(seconds_ago);
    json!({
        "metric": "checkout_cpu",
        "source": "web",
        "window_start": (end - jiff::SignedDuration::from_secs(60)).to_string(),
        "window_end": end.to_string(),
        "count": 1,
        "value": 92.0,
        "rollout": rollout,
    })
}

/// The row with one field changed; `null` takes the field away.
fn with(mut row: Value, field: &str, value: Value) -> Value {
    row[field] = value;
    row
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_observation_names_its_field_and_writes_nothing() {
    let ground = Ground::prepared().await;
    let good = || row(&ground.made("rollout"), 0);
    let before = ground.head().await;
    let nobody = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
    let many = vec![good(); 10_001];
    #[rustfmt::skip]
    let cases = [
        ("a body cut off", r#"{"metric": "checkout"#.to_owned(), "malformed_body", ""),
        ("a list as the body", "[]".to_owned(), "malformed_body", ""),
        ("NaN, which is no JSON", good().to_string().replace("92.0", "NaN"), "malformed_body", ""),
        ("a number beyond all floats", good().to_string().replace("92.0", "1e999"), "malformed_body", ""),
        ("an unknown field", with(good(), "weight", json!(1)).to_string(), "invalid_field", "observations[0].weight"),
        ("no metric", with(good(), "metric", Value::Null).to_string(), "missing_field", "observations[0].metric"),
        ("an unknown metric", with(good(), "metric", json!("typo")).to_string(), "unknown_metric", "observations[0].metric"),
        ("no source", with(good(), "source", json!("")).to_string(), "missing_field", "observations[0].source"),
        ("no value", with(good(), "value", Value::Null).to_string(), "missing_field", "observations[0].value"),
        ("NaN as a text", with(good(), "value", json!("NaN")).to_string(), "invalid_measure", "observations[0].value"),
        ("infinity as a text", with(good(), "value", json!("-inf")).to_string(), "invalid_measure", "observations[0].value"),
        ("a count of zero", with(good(), "count", json!(0)).to_string(), "invalid_measure", "observations[0].count"),
        ("a negative count", with(good(), "count", json!(-3)).to_string(), "invalid_measure", "observations[0].count"),
        ("half a count", with(good(), "count", json!(1.5)).to_string(), "invalid_measure", "observations[0].count"),
        ("a window without an end", with(good(), "window_end", Value::Null).to_string(), "missing_field", "observations[0].window_end"),
        ("a time that is none", with(good(), "window_end", json!("noon")).to_string(), "invalid_field", "observations[0].window_end"),
        ("a window that ends before it starts", with(good(), "window_end", json!("2026-03-01T00:00:00Z")).to_string(), "invalid_field", "observations[0].window_end"),
        ("the future", row(&ground.made("rollout"), -3_600).to_string(), "from_the_future", "observations[0].window_end"),
        ("a malformed rollout id", with(good(), "rollout", json!("beta")).to_string(), "invalid_id", "observations[0].rollout"),
        ("an unknown rollout", with(good(), "rollout", json!(nobody)).to_string(), "not_found", "observations[0].rollout"),
        ("an empty list", r#"{"observations": []}"#.to_owned(), "missing_field", "observations"),
        ("too many rows", json!({ "observations": many }).to_string(), "too_large", "observations"),
        ("a bad row behind a good one", json!({ "observations": [good(), with(good(), "count", json!(-1))] }).to_string(), "invalid_measure", "observations[1].count"),
    ];
    for (what, body, code, field) in cases {
        ground.post(PATH, body).await.is(what, code, field);
    }
    assert_eq!(ground.head().await, before);
    // The good row beside the bad one was not kept either: it is new now.
    let taken = ground.post_ok(PATH, good().to_string()).await;
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(1), &json!(0)), "{taken}");
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_window_with_another_value_is_refused_and_changes_nothing() {
    let ground = Ground::prepared().await;
    let known = row(&ground.made("rollout"), 0);
    ground.post(PATH, known.to_string()).await.is_accepted("the first report");
    let before = ground.head().await;
    let other = with(known.clone(), "value", json!(20.0));
    ground.post(PATH, other.to_string()).await.is("another value", "observation_conflict", "observations[0]");
    let newer = row(&ground.made("rollout"), -1);
    let both = json!({ "observations": [newer.clone(), other] });
    ground.post(PATH, both.to_string()).await.is(
        "a conflict in a batch",
        "observation_conflict",
        "observations[1]",
    );
    assert_eq!(ground.head().await, before);
    let taken = ground.post_ok(PATH, json!({ "observations": [known, newer] }).to_string()).await;
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(1), &json!(1)), "{taken}");
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn duplicated_and_late_observations_are_accepted_and_counted() {
    let ground = Ground::prepared().await;
    let rollout = ground.made("rollout");
    let counts =
        |taken: Value| (taken["accepted"].clone(), taken["duplicates"].clone(), taken["late"].clone());
    let batch = json!({ "observations": [row(&rollout, 60), row(&rollout, 0)] }).to_string();
    let first = counts(ground.post_ok(PATH, batch.clone()).await);
    assert_eq!(first, (json!(2), json!(0), json!(0)));
    let again = counts(ground.post_ok(PATH, batch).await);
    assert_eq!(again, (json!(0), json!(2), json!(0)));
    let late = counts(ground.post_ok(PATH, row(&rollout, 300).to_string()).await);
    assert_eq!(late, (json!(1), json!(0), json!(1)));
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_observation_for_a_finished_rollout_is_refused_and_one_for_a_running_one_accepted() {
    let ground = Ground::prepared().await;
    let rollout = ground.made("rollout");
    ground.post(PATH, row(&rollout, 60).to_string()).await.is_accepted("a running rollout");
    let abort = RolloutRequest {
        meta: ground.meta(),
        rollout_id: rollout.clone(),
        command: Some(rollout_request::Command::Abort(AbortRollout {})),
    };
    let aborted = RolloutsClient::new(ground.channel.clone()).execute(Request::new(abort)).await;
    Answer::to_command(aborted).is_accepted("the abort");
    let before = ground.head().await;
    let answer = ground.post(PATH, row(&rollout, 0).to_string()).await;
    answer.is("a finished rollout", "rollout_finished", "observations[0].rollout");
    assert_eq!(ground.head().await, before);
    ground.stop().await;
}
