//! Processes of the platform and the log server, each on ports and files of its own that it keeps over restarts.

use std::path::PathBuf;

use tempfile::TempDir;
use verdict::cli::teller;
use verdict::platform::service::Service;
use verdict::story::{self, Scene};
use verdict::telling::{Servers, Teller, series_name};
use verdict_e2e::servers::free_port;

use super::Told;
use crate::ground::begin;
use crate::process::Process;
use crate::streams::read;

/// Seconds for which a client tries again.
const CLIENT: u64 = 120;

/// What a fleet is made of.
#[derive(Clone)]
pub struct Plan {
    pub bus: String,
    pub observations: String,
    /// Of each service.
    pub replicas: usize,
    /// The configuration of each, in TOML.
    pub settings: String,
    /// Where the services find the log, when something stands between them and the server.
    pub log: Option<String>,
    /// Where the log server listens; it is known before there is one.
    pub log_port: u16,
}

impl Plan {
    pub fn over(bus: &str, observations: &str) -> Self {
        Self {
            bus: bus.to_owned(),
            observations: observations.to_owned(),
            replicas: 1,
            settings: String::new(),
            log: None,
            log_port: free_port().unwrap(),
        }
    }

    pub fn twice(self) -> Self {
        Self { replicas: 2, ..self }
    }
}

/// See the module.
pub struct Fleet {
    directory: TempDir,
    pub log: Process,
    log_port: u16,
    /// Replicas of each service are neighbours.
    pub services: Vec<(Service, Process)>,
    servers: Servers,
}

impl Fleet {
    /// Nothing runs yet.
    pub fn prepared(plan: &Plan) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let log_at = format!("127.0.0.1:{}", plan.log_port);
        let data = directory.path().join("data");
        let words = ["log", "serve", "--listen", &log_at, "--http-listen", "127.0.0.1:0", "--data"];
        let words = words.map(str::to_owned).into_iter().chain([data.to_string_lossy().into_owned()]);
        let log = Process::new("log", directory.path(), words.collect());
        let url = plan.log.clone().unwrap_or_else(|| format!("esdb://{log_at}?tls=false"));
        let port = || free_port().unwrap();
        let at = |service: Service| (0..plan.replicas).map(move |replica| (service, replica, port(), port()));
        let places: Vec<_> = Service::ALL.into_iter().flat_map(at).collect();
        let peers: Vec<String> =
            places.iter().map(|(service, _, _, grpc)| format!("{service}=http://127.0.0.1:{grpc}")).collect();
        let http = |wanted: Service| {
            let found = places.iter().find(|(service, ..)| *service == wanted);
            found.map(|(_, _, http, _)| format!("http://127.0.0.1:{http}")).unwrap()
        };
        let servers = Servers {
            commands: peers.clone(),
            observations: http(Service::Metrics),
            flags: http(Service::Flags),
        };
        let config = directory.path().join("verdict.toml");
        std::fs::write(&config, &plan.settings).unwrap();
        let process = |(service, replica, http, grpc): &(Service, usize, u16, u16)| {
            let name = format!("{service}-{replica}");
            let mut words: Vec<String> = [service.name(), "serve", "--log-url", &url, "--bus-url", &plan.bus]
                .map(str::to_owned)
                .into();
            words.extend(["--listen".to_owned(), format!("127.0.0.1:{http}")]);
            words.extend(["--grpc-listen".to_owned(), format!("127.0.0.1:{grpc}")]);
            words.extend(["--replica".to_owned(), name.clone()]);
            words.extend(["--virtual-clock".to_owned(), "--virtual-start".to_owned(), begin().to_string()]);
            if *service == Service::Metrics {
                words.extend(["--observations-url".to_owned(), plan.observations.clone()]);
            }
            if *service == Service::Sinks {
                // Replicas seal with one key.
                let key = directory.path().join("sinks");
                words.extend(["--data".to_owned(), key.to_string_lossy().into_owned()]);
            }
            words.extend(peers.iter().flat_map(|peer| ["--peer".to_owned(), peer.clone()]));
            words.extend(["--config".to_owned(), config.to_string_lossy().into_owned()]);
            (*service, Process::new(&name, directory.path(), words))
        };
        let services = places.iter().map(process).collect();
        Self { log, log_port: plan.log_port, services, servers, directory }
    }

    /// All of it, ready.
    pub async fn start(plan: &Plan) -> Self {
        let mut fleet = Self::prepared(plan);
        fleet.log.launch();
        fleet.launch_services();
        fleet.ready().await;
        fleet
    }

    pub fn launch_services(&mut self) {
        self.services.iter_mut().for_each(|(_, process)| process.launch());
    }

    pub async fn ready(&mut self) {
        self.log.ready().await;
        for (_, process) in &mut self.services {
            process.ready().await;
        }
    }

    /// Replica `number` of a service.
    pub fn replica(&mut self, wanted: Service, number: usize) -> &mut Process {
        let mut of = self.services.iter_mut().filter(|(service, _)| *service == wanted);
        of.nth(number).map(|(_, process)| process).unwrap()
    }

    /// Values of `--server` that name every replica.
    pub fn commands(&self) -> &[String] {
        &self.servers.commands
    }

    pub fn servers(&self) -> Servers {
        self.servers.clone()
    }

    /// Data directory of the log server.
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// The log server, for a test that looks into the log.
    pub fn log_url(&self) -> String {
        format!("esdb://127.0.0.1:{}?tls=false", self.log_port)
    }

    /// Starts to tell the story.
    pub fn telling(&self) -> Telling {
        Telling::of(self.servers())
    }

    /// Stops the services in order.
    pub async fn stop_services(&mut self) {
        for (_, process) in &mut self.services {
            let status = process.terminate().await;
            assert!(status.success(), "{}: {status}\n{}", process.name, process.said());
        }
    }

    /// Stops everything in order, and what the log says.
    pub async fn told(mut self, acknowledged: Vec<String>) -> Told {
        self.stop_services().await;
        assert!(self.log.terminate().await.success());
        Told { streams: read(&self.data()).await, acknowledged }
    }
}

/// The story on its way.
pub struct Telling {
    pub teller: Teller,
    scenes: std::collections::VecDeque<Scene>,
    _files: TempDir,
}

impl Telling {
    pub fn of(servers: Servers) -> Self {
        let files = tempfile::tempdir().unwrap();
        let series = files.path().join("series.csv");
        std::fs::write(&series, story::RECORDED).unwrap();
        let mut teller = teller(servers, begin(), crate::roles::TELLER).with_patience(CLIENT);
        teller.set(series_name(), series.to_string_lossy());
        Self { teller, scenes: story::scenes(begin()).into(), _files: files }
    }

    /// Tells the rest to another platform.
    pub fn goes_on_at(&mut self, servers: Servers) {
        self.teller.turn_to(servers);
    }

    /// Plays the next `count` scenes.
    pub async fn play(&mut self, count: usize) {
        for scene in self.scenes.drain(..count) {
            let mut told = Vec::new();
            let outcome = self.teller.play(&scene, &mut told).await;
            assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
        }
    }

    /// Plays what is left; returns the ids of commands that were acknowledged with events.
    pub async fn end(mut self) -> Vec<String> {
        self.play(self.scenes.len()).await;
        self.teller.acknowledged().to_vec()
    }

    /// On a thread of its own, because what the story is written to need not be passed between threads.
    pub fn apart(servers: Servers) -> std::thread::JoinHandle<Vec<String>> {
        std::thread::spawn(move || tokio::runtime::Runtime::new().unwrap().block_on(Self::of(servers).end()))
    }
}
