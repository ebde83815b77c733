//! Clauses of the design that only a whole platform shows: what survives its restart, and how its time moves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use verdict::platform::Options;
use verdict_adapters::observations_sqlite::SqliteObservations;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_kernel::value::Value;
use verdict_proto::platform::v1::{AdvanceRequest, StatusReply, StatusRequest};
use verdict_proto::rollouts::v1::FlagView;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::observations::{Key, Labels, Measure, ObservationStore, Outcome, Row};

use crate::ground::{Ground, begin};

/// Three windows in a row below what the guardrail of the story wants.
fn failing(rollout: &str) -> Vec<Row> {
    let row = |minutes: i64| Row {
        key: Key {
            org: "default".to_owned(),
            metric: "checkout_cpu".to_owned(),
            window_end: begin() - SignedDuration::from_mins(5 * minutes),
            window_start: begin() - SignedDuration::from_mins(5 * minutes + 5),
            source: "agent".to_owned(),
            arm: String::new(),
        },
        measure: Measure::of(Value::new(20.0).unwrap(), 1).unwrap(),
        labels: Labels { rollout: Some(rollout.to_owned()), ..Labels::default() },
        received_at: begin(),
    };
    [2, 1, 0].map(row).into()
}

/// Stores rows as an ingest does that dies before it judges them.
async fn store(ground_data: &std::path::Path, rows: Vec<Row>) {
    let store = SqliteObservations::open(
        &ground_data.join("observations.sqlite"),
        verdict_adapters::observations_sqlite::Options::default(),
    )
    .unwrap();
    assert_eq!(store.insert(rows).await.unwrap(), [Outcome::Inserted; 3]);
}

async fn guardrail(ground: &Ground) -> String {
    let list = ListRequest { of: ground.made("rollout"), ..ListRequest::default() };
    let list = GuardrailsClient::new(ground.channel.clone()).list(list).await.unwrap().into_inner();
    list.guardrails.into_iter().map(|guardrail| guardrail.state).collect()
}

async fn flag(ground: &Ground) -> FlagView {
    let get = GetRequest { id: ground.made("flag"), ..GetRequest::default() };
    FlagsClient::new(ground.channel.clone()).get(get).await.unwrap().into_inner()
}

fn on(data: &std::path::Path) -> Options {
    Options { data: Some(data.to_owned()), ..Options::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_10_what_was_stored_and_not_judged_is_judged_before_the_platform_is_ready() {
    let data = tempfile::tempdir().unwrap();
    let ground = Ground::prepared_on(on(data.path())).await;
    assert_eq!((guardrail(&ground).await.as_str(), flag(&ground).await.held), ("armed", false));
    let rollout = ground.made("rollout");
    let ground = ground.stopped().await;
    store(data.path(), failing(&rollout)).await;
    let ground = ground.started(on(data.path())).await;
    // Asked at once, without waiting for anybody to come to rest.
    assert_eq!(guardrail(&ground).await, "breached");
    ground.head().await;
    let flag = flag(&ground).await;
    assert_eq!((flag.state.as_str(), flag.held), ("off", true));
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_10_a_duplicate_is_not_written_again_but_judged_again() {
    let ground = Ground::prepared().await;
    let rows = failing(&ground.made("rollout"));
    store(&ground.data(), rows.clone()).await;
    ground.head().await;
    assert_eq!(guardrail(&ground).await, "armed");
    let row = |row: &Row| {
        json!({
            "metric": row.key.metric, "source": row.key.source, "rollout": row.labels.rollout,
            "window_start": row.key.window_start.to_string(), "window_end": row.key.window_end.to_string(),
            "count": 1, "value": 20.0,
        })
    };
    let body = json!({ "observations": rows.iter().map(row).collect::<Vec<Json>>() });
    let taken = ground.post_ok("/v1/observations", body.to_string()).await;
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(0), &json!(3)), "{taken}");
    assert_eq!(guardrail(&ground).await, "breached");
    ground.stop().await;
}

async fn status(ground: &Ground) -> StatusReply {
    let status = PlatformClient::new(ground.channel.clone()).status(StatusRequest { settled: true }).await;
    status.unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_12_virtual_time_stops_at_each_deadline_and_goes_on_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let ground = Ground::prepared_on(on(data.path())).await;
    let days = Duration::from_hours(24 * 60);
    let command_id = Uuid::from_u128(7).to_string();
    let advance = AdvanceRequest { command_id, seconds: u32::try_from(days.as_secs()).unwrap() };
    let mut platform = PlatformClient::new(ground.channel.clone());
    let advanced = platform.advance(advance.clone()).await.unwrap().into_inner();
    let end = begin() + SignedDuration::try_from(days).unwrap();
    assert_eq!(advanced.now, end.to_string());
    let stops: Vec<Timestamp> = advanced.stops.iter().map(|stop| stop.parse().unwrap()).collect();
    assert!(!stops.is_empty() && stops.is_sorted(), "{stops:?}");
    assert!(stops.iter().all(|stop| (begin()..end).contains(stop)), "{stops:?}");
    let ground = ground.stopped().await.started(on(data.path())).await;
    let after = status(&ground).await;
    assert_eq!((after.now, after.virtual_clock), (end.to_string(), true));
    // The same command again moves nothing: its target is reached.
    let again = PlatformClient::new(ground.channel.clone()).advance(advance).await.unwrap().into_inner();
    assert_eq!((again.now, again.stops), (end.to_string(), Vec::new()));
    ground.stop().await;
}
