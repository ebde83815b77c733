//! kill -9 of each process and of the broker while the story is told.

use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tokio::time::Instant;
use verdict::platform::service::Service;
use verdict::story::{Ends, FLAG, Scene, Step};
use verdict::telling::Servers;

use super::fleet::Telling;
use super::{Fleet, Ground, OwnGround};
use crate::ground::begin;

/// Kills of each kind of process in one story.
const KILLS: usize = 10;
/// Kills of the broker, which takes seconds to be back.
const BROKER_KILLS: usize = 2;
/// How long a flag may take to follow on a machine that is busy with tests.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(2);

fn random() -> SmallRng {
    SmallRng::seed_from_u64(std::env::var("CRASH_SEED").map_or(1, |seed| seed.parse().unwrap()))
}

/// Lets the story go on for a while.
async fn meanwhile(rng: &mut SmallRng) {
    tokio::time::sleep(Duration::from_millis(rng.random_range(50..700))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_survives_the_log_server_being_killed() {
    let Some(ground) = Ground::find().await else { return };
    let (mut rng, mut kills) = (random(), 0);
    let mut fleet = Fleet::start(&ground.plan()).await;
    let telling = Telling::apart(fleet.servers());
    while kills < KILLS && !telling.is_finished() {
        meanwhile(&mut rng).await;
        fleet.log.kill();
        kills += 1;
        meanwhile(&mut rng).await;
        fleet.log.launch();
        fleet.log.ready().await;
    }
    let acknowledged = telling.join().unwrap();
    println!("log server killed {kills} times: {}", fleet.told(acknowledged).await.is_the_story());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_survives_every_service_being_killed_in_turn() {
    let Some(ground) = Ground::find().await else { return };
    let (mut rng, mut kills) = (random(), 0);
    let mut fleet = Fleet::start(&ground.plan()).await;
    let telling = Telling::apart(fleet.servers());
    while kills < KILLS && !telling.is_finished() {
        meanwhile(&mut rng).await;
        let victim = fleet.replica(Service::ALL[kills % Service::ALL.len()], 0);
        victim.kill();
        kills += 1;
        meanwhile(&mut rng).await;
        victim.launch();
        victim.ready().await;
    }
    let acknowledged = telling.join().unwrap();
    println!("services killed {kills} times: {}", fleet.told(acknowledged).await.is_the_story());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_survives_the_broker_being_killed() {
    let Some(mut ground) = OwnGround::find().await else { return };
    let (mut rng, mut kills) = (random(), 0);
    let fleet = Fleet::start(&ground.plan()).await;
    ground.rabbit.settle().await.unwrap();
    let telling = Telling::apart(fleet.servers());
    while kills < BROKER_KILLS && !telling.is_finished() {
        meanwhile(&mut rng).await;
        ground.rabbit.kill().await.unwrap();
        kills += 1;
        ground.rabbit.restart().await.unwrap();
    }
    let acknowledged = telling.join().unwrap();
    println!("broker killed {kills} times: {}", fleet.told(acknowledged).await.is_the_story());
}

/// What the edge serves to `who`.
async fn variant(servers: &Servers, who: &str) -> Option<String> {
    let url = format!("{}/ofrep/v1/evaluate/flags/{FLAG}", servers.flags);
    let context = json!({ "context": { "targetingKey": who } });
    let answer: Value =
        reqwest::Client::new().post(url).json(&context).send().await.ok()?.json().await.ok()?;
    answer["variant"].as_str().map(str::to_owned)
}

/// Sends the observations that break the guardrail, and waits until `who` is out. Returns how long that took.
pub async fn broken(servers: &Servers, rollout: &str, now: jiff::Timestamp, who: &str) -> Duration {
    assert_eq!(variant(servers, who).await.as_deref(), Some("on"));
    let url = format!("{}/v1/observations", servers.observations);
    let mut sent = Instant::now();
    for window in (0..3).rev() {
        let end = now - jiff::SignedDuration::from_mins(5 * window);
        let row = json!({
            "metric": "checkout_cpu", "source": "web-1", "rollout": rollout, "count": 1, "value": 10.0,
            "window_start": (end - jiff::SignedDuration::from_mins(5)).to_string(), "window_end": end.to_string(),
        });
        sent = Instant::now();
        let answer = reqwest::Client::new().post(&url).json(&row).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }
    let out = async {
        while variant(servers, who).await.as_deref() != Some("off") {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, out).await.expect("exposure is taken back");
    sent.elapsed()
}

/// When Beta has been there for half an hour, by the platform's clock: the story waits for ten minutes, a day and a week
/// until then.
pub fn after_the_promotions() -> jiff::Timestamp {
    begin() + jiff::SignedDuration::from_hours(24 * 8) + jiff::SignedDuration::from_mins(10 + 30)
}

/// Waits for half an hour of virtual time.
pub fn half_an_hour() -> Scene {
    let line = "clock advance 30m".to_owned();
    Scene { title: "Time passes", steps: vec![Step::Run { line, ends: Ends::Accepted, capture: None }] }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r9a_exposure_comes_back_while_the_broker_is_down() {
    let Some(mut ground) = OwnGround::find().await else { return };
    let mut fleet = Fleet::start(&ground.plan()).await;
    ground.rabbit.settle().await.unwrap();
    let mut telling = fleet.telling();
    telling.play(4).await;
    telling.teller.play(&half_an_hour(), &mut std::io::sink()).await.unwrap();
    let [rollout, user] = ["rollout", "user"].map(|name| telling.teller.made(name).unwrap().to_owned());
    ground.rabbit.kill().await.unwrap();
    let took = broken(&fleet.servers(), &rollout, after_the_promotions(), &user).await;
    println!("the broker is down: exposure back {} ms after the deciding observation", took.as_millis());
    // Whatever waited for the broker goes on once it is back.
    ground.rabbit.restart().await.unwrap();
    let settled = Scene {
        title: "It comes to rest",
        steps: vec![Step::Ask { who: "dana", account: "", variant: "on" }],
    };
    telling.teller.play(&settled, &mut std::io::sink()).await.unwrap();
    fleet.stop_services().await;
}
