//! kill -9 at random points of the story: nothing that was acknowledged is lost, nothing happens twice, and the
//! streams end up as if nothing had happened.

use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use verdict::story;
use verdict::telling::{Teller, series_name};

use crate::server::Server;
use crate::streams::{Streams, read};

/// How often the platform is killed.
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
    let mut teller = Teller::new(&server_addresses, begin(), "crash").with_patience(PATIENCE);
    teller.set(series_name(), series.to_string_lossy());
    for scene in story::scenes(begin()) {
        let mut told = Vec::new();
        let outcome = teller.play(&scene, &mut told).await;
        assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
    }
    teller.acknowledged().to_vec()
}

/// The story with `kills` kills, and what the log says afterwards.
async fn told_with_kills(kills: usize, seed: u64) -> (Streams, Vec<String>, usize) {
    let mut server = Server::start_virtual(begin()).await;
    let mut rng = SmallRng::seed_from_u64(seed);
    let addresses = server.addresses().clone();
    // A thread of its own, because what the story is written to need not be passed between threads.
    let telling = std::thread::spawn(move || tokio::runtime::Runtime::new().unwrap().block_on(tell(addresses)));
    let mut done = 0;
    while done < kills && !telling.is_finished() {
        tokio::time::sleep(Duration::from_millis(rng.random_range(5..300))).await;
        if telling.is_finished() {
            break;
        }
        server.kill();
        server.spawn().await;
        done += 1;
    }
    let acknowledged = telling.join().unwrap();
    server.kill();
    (read(&server.data()), acknowledged, done)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_survives_fifty_kills() {
    let (calm, acknowledged, _) = told_with_kills(0, 0).await;
    assert!(calm.events.len() >= 10, "the story writes more streams than {}", calm.events.len());
    let mut killed = 0;
    let mut run = 1;
    while killed < KILLS {
        let (streams, acknowledged_here, done) = told_with_kills(KILLS - killed, run).await;
        assert!(done > 0, "the story ended before the first kill");
        killed += done;
        run += 1;
        assert_eq!(acknowledged_here.len(), acknowledged.len());
        for (name, events) in &calm.events {
            assert_eq!(streams.events.get(name), Some(events), "stream {name} after {done} kills");
        }
        assert_eq!(streams.events.len(), calm.events.len());
        let once = acknowledged_here.iter().filter(|id| streams.commands.get(*id) == Some(&1)).count();
        println!("{done} kills: {} commands acknowledged with events, {once} in the log exactly once", acknowledged_here.len());
        assert_eq!(once, acknowledged_here.len());
    }
    println!("{killed} kills in {} runs, {} domain streams equal", run - 1, calm.events.len());
}
