//! Every service as a process of its own, over a shared log and bus and real sockets: the story ends in the same
//! streams as in one process.

use std::collections::BTreeMap;
use std::sync::Arc;

use verdict::cli::teller;
use verdict::platform::listeners::Bound;
use verdict::platform::peers::Peers;
use verdict::platform::service::Service;
use verdict::platform::{Platform, Setup};
use verdict::ports::Ports;
use verdict::story;
use verdict::telling::{Servers, series_name};
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::clock::SystemClock;
use verdict_runtime::log::Log;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::observations::memory::MemoryObservations;

use crate::ground::begin;
use crate::streams::{Streams, read_log};

/// Seconds for which a client tries again.
const PATIENCE: u64 = 60;

/// Name of the stories that are compared: ids of commands derive from it.
pub const TELLER: &str = "roles";

/// The id of the shared log.
const LOG: &str = "01J9Z3N4M5P6Q7R8S9T0V1W2X3";

/// Processes over one log.
struct Cluster {
    log: Log,
    processes: Vec<Platform>,
    servers: Servers,
}

impl Cluster {
    /// Starts a process for each of `groups` of services.
    async fn start(groups: &[&[Service]]) -> Self {
        let log: Log = Arc::new(MemoryLog::new(LOG, Arc::new(SystemClock::start())));
        let bus = Arc::new(MemoryBus::default());
        let observations = Arc::new(MemoryObservations::default());
        let mut bound = Vec::new();
        let mut addresses: BTreeMap<Service, Vec<String>> = BTreeMap::new();
        for services in groups {
            let listener = Bound::bind("127.0.0.1:0", None).await.unwrap();
            for service in *services {
                addresses.entry(*service).or_default().push(listener.url());
            }
            bound.push((services.to_vec(), listener));
        }
        let start = |(services, listener)| {
            let ports = Ports::over(log.clone(), bus.clone(), Some(observations.clone()));
            let peers = Peers::at(&addresses, None).unwrap();
            let setup = Setup { virtual_start: Some(begin()), ..Setup::new(services, Some(listener), peers) };
            Platform::launch(ports, setup)
        };
        let started = futures::future::join_all(bound.into_iter().map(start)).await;
        let processes: Vec<Platform> = started.into_iter().map(Result::unwrap).collect();
        let http = |wanted: Service| {
            let at = groups.iter().position(|services| services.contains(&wanted)).unwrap();
            processes[at].addresses().http.clone()
        };
        let commands = addresses.iter().flat_map(|(service, addresses)| {
            addresses.iter().map(move |address| format!("{service}={address}"))
        });
        let servers = Servers {
            commands: commands.collect(),
            observations: http(Service::Metrics),
            flags: http(Service::Flags),
        };
        Self { log, processes, servers }
    }

    /// Tells the whole story. Returns what the log says afterwards, and the ids of acknowledged commands.
    async fn told(self) -> (Streams, Vec<String>) {
        let files = tempfile::tempdir().unwrap();
        let series = files.path().join("series.csv");
        std::fs::write(&series, story::RECORDED).unwrap();
        let mut teller = teller(self.servers, begin(), TELLER).with_patience(PATIENCE);
        teller.set(series_name(), series.to_string_lossy());
        for scene in story::scenes(begin()) {
            let mut told = Vec::new();
            let outcome = teller.play(&scene, &mut told).await;
            assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
        }
        futures::future::join_all(self.processes.into_iter().map(Platform::stop)).await;
        (read_log(&self.log).await, teller.acknowledged().to_vec())
    }
}

/// The story told to one process.
pub async fn told_by_one() -> (Streams, Vec<String>) {
    Cluster::start(&[&Service::ALL]).await.told().await
}

/// The story told to `groups` of services is the story told to one process. Returns what was counted.
async fn is_the_same_story(groups: &[&[Service]]) -> String {
    let (alone, said_alone) = told_by_one().await;
    let (apart, said_apart) = Cluster::start(groups).await.told().await;
    assert!(alone.events.len() >= 10, "the story writes {} domain streams", alone.events.len());
    assert_eq!(apart.differences_from(&alone), "");
    assert_eq!(said_apart, said_alone);
    let once = said_apart.iter().filter(|id| apart.commands.get(*id) == Some(&1)).count();
    let acknowledged = said_apart.len();
    assert_eq!(once, acknowledged);
    format!("{acknowledged} commands acknowledged with events, {once} in the log exactly once")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_told_to_five_processes_is_the_story_told_to_one() {
    println!("{}", is_the_same_story(&Service::ALL.each_ref().map(std::slice::from_ref)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_beside_one_metrics_service_tell_the_same_story() {
    let one = Service::ALL.each_ref().map(std::slice::from_ref);
    let twice = one.into_iter().filter(|services| *services != [Service::Metrics]);
    let groups: Vec<_> = one.into_iter().chain(twice).collect();
    println!("{}", is_the_same_story(&groups).await);
}
