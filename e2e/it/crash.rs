//! kill -9 at random points of the story: nothing that was acknowledged is lost, nothing happens twice, and the
//! streams end up as if nothing had happened.

use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use verdict::cli::teller;
use verdict::story;
use verdict::telling::series_name;

use crate::server::Server;
use crate::streams::{Streams, read};

/// How often the platform is killed. `CRASH_SEED` in the environment kills it at other points.
const KILLS: usize = 50;
/// Seconds for which a client tries again.
const PATIENCE: u64 = 60;

fn begin() -> jiff::Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// Tells the whole story; returns the ids of acknowledged commands that led to events.
async fn tell(server_addresses: verdict::platform::Addresses) -> Vec<String> {
    let files = tempfile::tempdir().unwrap();
    let series = files.path().join("series.csv");
    std::fs::write(&series, story::RECORDED).unwrap();
    let mut teller = teller(&server_addresses, begin(), "crash").with_patience(PATIENCE);
    teller.set(series_name(), series.to_string_lossy());
    for scene in story::scenes(begin()) {
        let mut told = Vec::new();
        let outcome = teller.play(&scene, &mut told).await;
        assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
    }
    teller.acknowledged().to_vec()
}

/// A story that was told, and what became of it.
struct Told {
    streams: Streams,
    /// Ids of acknowledged commands that led to events.
    acknowledged: Vec<String>,
    kills: usize,
    /// How long each start after a kill took.
    starts: Vec<Duration>,
}

/// The story with at most `kills` kills, and what the log says afterwards. Every fourth kill or so hits a platform that
/// is still starting.
async fn told_with_kills(kills: usize, rng: &mut SmallRng) -> Told {
    let mut server = Server::start_virtual(begin()).await;
    let addresses = server.addresses().clone();
    // A thread of its own, because what the story is written to need not be passed between threads.
    let telling =
        std::thread::spawn(move || tokio::runtime::Runtime::new().unwrap().block_on(tell(addresses)));
    let mut told = 0;
    let mut starts = Vec::new();
    while told < kills {
        tokio::time::sleep(Duration::from_millis(rng.random_range(5..300))).await;
        if telling.is_finished() {
            break;
        }
        server.kill();
        told += 1;
        while told < kills && rng.random_ratio(1, 4) {
            server.launch();
            tokio::time::sleep(Duration::from_millis(rng.random_range(1..50))).await;
            server.kill();
            told += 1;
        }
        starts.push(server.spawn().await);
    }
    let acknowledged = telling.join().unwrap();
    server.kill();
    Told { streams: read(&server.data()).await, acknowledged, kills: told, starts }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_survives_fifty_kills() {
    let seed = std::env::var("CRASH_SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut rng = SmallRng::seed_from_u64(seed);
    let calm = told_with_kills(0, &mut rng).await;
    let domain = calm.streams.events.len();
    assert!(domain >= 10, "the story writes {domain} domain streams");
    let (mut kills, mut runs) = (0, 0);
    let mut starts = Vec::new();
    while kills < KILLS {
        let told = told_with_kills(KILLS - kills, &mut rng).await;
        runs += 1;
        kills += told.kills;
        let after = format!("after {kills} kills, seed {seed}");
        assert!(told.kills > 0, "the story ended before the first kill");
        assert_eq!(told.acknowledged, calm.acknowledged, "{after}");
        assert_eq!(told.streams.differences_from(&calm.streams), "", "{after}");
        let once = told.acknowledged.iter().filter(|id| told.streams.commands.get(*id) == Some(&1)).count();
        let acknowledged = told.acknowledged.len();
        println!("{after}: {acknowledged} commands acknowledged with events, {once} in the log exactly once");
        assert_eq!(once, acknowledged);
        starts.extend(told.starts);
    }
    starts.sort();
    let (middle, slowest) = (starts[starts.len() / 2], starts[starts.len() - 1]);
    println!("{kills} kills in {runs} runs, {domain} domain streams equal");
    println!("ready again after {middle:?} in the middle, {slowest:?} at most");
}
