//! The story on the real platform in this process: what it says must be so is looked up in the log and the views.

use std::process::{Command, Stdio};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tonic::transport::{Channel, Endpoint};
use verdict::cli::teller;
use verdict::platform::{Options, Platform};
use verdict::story::{self, Scene, Step};
use verdict::telling::{Teller, series_name};
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::gtm::v1::launches_client::LaunchesClient;
use verdict_api::metrics::v1::incidents_client::IncidentsClient;
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::platform::v1::{StatusRequest, TailRequest};
use verdict_proto::rollouts::v1::FlagView;
use verdict_proto::v1::{GetRequest, ListRequest};

use crate::ground::begin;
use crate::process::binary;

/// How far the rows of the recorded series are apart.
const STEP: SignedDuration = SignedDuration::from_mins(5);
/// Lines of the demo's output before which its first scene must begin.
const FIRST_LINES: usize = 5;

/// A platform that hears the story, and how to ask it.
struct Hearing {
    platform: Platform,
    channel: Channel,
    teller: Teller,
}

impl Hearing {
    async fn begin(series: &std::path::Path) -> Self {
        std::fs::write(series, story::RECORDED).unwrap();
        let platform = Platform::start(Options {
            listen: "127.0.0.1:0".to_owned(),
            grpc_listen: Some("127.0.0.1:0".to_owned()),
            virtual_start: Some(begin()),
            ..Options::default()
        })
        .await
        .unwrap();
        let address = platform.addresses().grpc.clone().unwrap();
        let channel = Endpoint::from_shared(address).unwrap().connect_lazy();
        let mut teller = teller(platform.addresses(), begin(), "story");
        teller.set(series_name(), series.to_string_lossy());
        Self { platform, channel, teller }
    }

    async fn play(&mut self, scene: &Scene) {
        let mut told = Vec::new();
        let outcome = self.teller.play(scene, &mut told).await;
        assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
    }

    fn get(&self, made: &str) -> GetRequest {
        GetRequest { id: self.teller.made(made).unwrap().to_owned(), ..GetRequest::default() }
    }

    async fn flag(&self) -> FlagView {
        FlagsClient::new(self.channel.clone()).get(self.get("flag")).await.unwrap().into_inner()
    }

    async fn rollout(&self) -> String {
        let view = RolloutsClient::new(self.channel.clone()).get(self.get("rollout")).await;
        view.unwrap().into_inner().state
    }

    async fn now(&self) -> Timestamp {
        let status = PlatformClient::new(self.channel.clone()).status(StatusRequest { settled: true }).await;
        status.unwrap().into_inner().now.parse().unwrap()
    }

    /// States of all incidents.
    async fn incidents(&self) -> Vec<String> {
        let list = IncidentsClient::new(self.channel.clone()).list(ListRequest::default()).await;
        list.unwrap().into_inner().incidents.into_iter().map(|incident| incident.state).collect()
    }

    /// The data of every event of this type in the log.
    async fn events(&self, event_type: &str) -> Vec<Value> {
        let tail = PlatformClient::new(self.channel.clone()).tail(TailRequest::default()).await;
        let mut tail = tail.unwrap().into_inner();
        let mut found = Vec::new();
        while let Some(event) = tail.message().await.unwrap() {
            if event.r#type == event_type {
                found.push(serde_json::from_str(&event.data).unwrap());
            }
        }
        found
    }
}

/// The scene in two, the second beginning with the line that ends with `words`.
fn split(mut scene: Scene, words: &str) -> (Scene, Scene) {
    let begins = |step: &Step| matches!(step, Step::Run { line, .. } if line.ends_with(words));
    let at = scene.steps.iter().position(begins).unwrap();
    let rest = scene.steps.split_off(at);
    let title = scene.title;
    (scene, Scene { title, steps: rest })
}

/// A time of the recorded series.
fn recorded(text: &str) -> Timestamp {
    let civil: DateTime = text.parse().unwrap();
    civil.to_zoned(TimeZone::UTC).unwrap().timestamp()
}

/// Times of the rows of the series.
fn rows() -> Vec<Timestamp> {
    story::RECORDED.lines().skip(1).map(|line| recorded(line.split_once(',').unwrap().0)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_breach_inside_the_labelled_window_takes_exposure_back_and_the_kill_winds_down() {
    let files = tempfile::tempdir().unwrap();
    let mut hearing = Hearing::begin(&files.path().join("series.csv")).await;
    let [placed, handed_off, planned, promoted, broken, decided] =
        story::scenes(begin()).try_into().ok().unwrap();
    for scene in [placed, handed_off, planned] {
        hearing.play(&scene).await;
    }
    let (to_alpha, to_beta) = split(promoted, "--stage beta");
    hearing.play(&to_alpha).await;
    let alpha = hearing.flag().await;
    assert_eq!((alpha.stage.as_str(), alpha.held), ("alpha", false));
    hearing.play(&to_beta).await;
    let beta = hearing.flag().await;
    assert_ne!(beta.audience, alpha.audience);
    let start = hearing.now().await;

    hearing.play(&broken).await;
    let breaches = hearing.events("metrics.Guardrail.GuardrailBreached.v1").await;
    assert_eq!(breaches.len(), 1, "{breaches:?}");
    let as_of: Timestamp = breaches[0]["asOf"].as_str().unwrap().parse().unwrap();
    let rows = rows();
    // The window of the first row ends one step after the replay began.
    let in_series = rows[0] + as_of.duration_since(start + STEP);
    assert!(rows.contains(&in_series), "{in_series} is no row of the series");
    let (from, to) = story::LABELLED;
    assert!(
        (recorded(from)..=recorded(to)).contains(&in_series),
        "{in_series} is not between {from} and {to}"
    );
    let back = hearing.flag().await;
    assert_eq!(
        (&back.audience, back.state.as_str(), back.held),
        (&alpha.audience, alpha.state.as_str(), true)
    );
    assert_eq!(hearing.rollout().await, "rolled_back");
    assert_eq!(hearing.incidents().await, ["detected"]);

    hearing.play(&decided).await;
    let flag = hearing.flag().await;
    assert_eq!((flag.state.as_str(), flag.cleanup.as_str()), ("off", "due"));
    let released = hearing.events("rollouts.Flag.HoldReleased.v1").await;
    let reasons: Vec<_> = released.iter().map(|event| &event["reason"]).collect();
    assert_eq!(reasons, ["the rollout was aborted"]);
    let launch = LaunchesClient::new(hearing.channel.clone()).get(hearing.get("launch")).await;
    let launch = launch.unwrap().into_inner();
    assert_eq!((launch.state.as_str(), launch.announced), ("cancelled", Vec::new()));
    let bet = BetsClient::new(hearing.channel.clone()).get(hearing.get("bet")).await.unwrap().into_inner();
    assert_eq!((bet.state.as_str(), bet.learnings.len()), ("killed", 1));
    assert_eq!(hearing.incidents().await, ["detected"]);
    hearing.platform.stop().await;
}

#[test]
fn the_demo_runs_twice_in_a_row_and_begins_with_its_first_scene() {
    for _ in 0..2 {
        let demo = Command::new(binary()).arg("demo").stdin(Stdio::null()).output().unwrap();
        let (told, said) = (String::from_utf8(demo.stdout).unwrap(), String::from_utf8_lossy(&demo.stderr));
        assert_eq!(demo.status.code(), Some(0), "{told}\n{said}");
        let first = story::scenes(begin())[0].title;
        let begins = |line: &str| line == format!("== {first}");
        assert!(told.lines().take(FIRST_LINES).any(begins), "{told}");
        let ids: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("refused ")).collect();
        let ids: Vec<&str> = ids.iter().map(|line| line.split_once(':').unwrap().0).collect();
        // Each refusal tells everything that blocks, what weighs most first.
        let told = [
            &["B5"][..],
            &["M10", "R3", "M9", "M9", "R6", "R6"],
            &["R3", "R6", "R6"],
            &["R6", "R6"],
            &["R2"],
            &["G5", "G5"],
            &["L4"],
            &["B11", "L6"],
            &["B10", "B12", "L6"],
        ];
        assert_eq!(ids, told.concat());
    }
}
