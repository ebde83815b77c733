//! One simulated history: two replicas of the whole platform over one log, a clock that is moved, clients that
//! send commands, and a scheduler that decides by one seed who takes the next step and what goes wrong.

use std::collections::{BTreeMap, HashMap};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::executor::block_on;
use futures::task::noop_waker;
use jiff::Timestamp;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tonic::Status;
use tonic::body::Body;
use tower::{ServiceExt, service_fn};
use verdict::platform::assembly::{Assembly, Host, LEASE, Parts, Transports};
use verdict_kernel::clock::{Clock, ManualClock};
use verdict_metrics::observations::memory::MemoryObservations;
use verdict_metrics::observations::{ObservationStore, Query};
use verdict_proto::bets::v1::bets_client::BetsClient;
use verdict_proto::gtm::v1::launches_client::LaunchesClient;
use verdict_proto::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_proto::metrics::v1::metrics_client::MetricsClient;
use verdict_proto::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1 as pb;
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::grpc::{Transport, TransportError};
use verdict_runtime::housekeeping::is_housekeeping;
use verdict_runtime::lease::Holder;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{EventLog, Filter, MAX_PAGE, Position};
use verdict_runtime::route::{Connect, Replicas};

use crate::faults::{Faults, FaultyLog, Sabotage, faulty};
use crate::invariants::Watcher;
use crate::story::{self, FOR_POINTS, LIMIT, METRIC, Made, PRIMARY, Request};

/// Replicas of the platform.
const REPLICAS: usize = 2;
/// Scheduler decisions with faults.
const STEPS: usize = 400;
/// Chances in 10,000 that an operation goes wrong.
const FAULT_RATE: u32 = 150;
/// Seconds in which every breach must have reached its end after the last fault (I4).
const REACH: u64 = 60;
/// Seconds between two looks at whether they have.
const LOOK: Duration = Duration::from_secs(5);
/// Looks after which the holders of evaluation have taken over and compared their windows with the store (I5).
const COMPARED: u64 = 5;
/// Polls after which a future that is not interrupted counts as stuck.
const POLLS: usize = 10_000;

/// One replica as the others reach it: its metrics and rollouts services at one address.
#[derive(Clone)]
struct Reachable {
    services: Transports,
    faults: Arc<Faults>,
    paused_until: Duration,
}

/// Who answers at which address.
type Network = Arc<Mutex<HashMap<String, Reachable>>>;

struct Replica {
    assembly: Assembly,
    components: Vec<Box<dyn Component>>,
    /// Takes no steps before this monotonic time.
    paused_until: Duration,
}

impl Drop for Replica {
    fn drop(&mut self) {
        self.assembly.connections().cut();
    }
}

/// A simulated world.
pub(crate) struct World {
    seed: u64,
    rng: SmallRng,
    clock: Arc<ManualClock>,
    log: Arc<MemoryLog>,
    bus: Arc<MemoryBus>,
    observations: Arc<MemoryObservations>,
    faults: Vec<Arc<Faults>>,
    replicas: Vec<Option<Replica>>,
    network: Network,
    sabotage: Sabotage,
    watcher: Watcher,
    looked_to: Option<Position>,
    made: Made,
    commands: u32,
    /// Sent without an answer; to be sent again.
    unanswered: Vec<Request>,
    /// What happened, for the report of a broken invariant.
    pub(crate) trace: Vec<String>,
}

/// How a future ended.
enum Ran<T> {
    Done(T),
    /// The replica died in the middle of it.
    Crashed,
}

fn run<T>(faults: &Faults, future: impl Future<Output = T>) -> Ran<T> {
    let mut future = pin!(future);
    let waker = noop_waker();
    for _ in 0..POLLS {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ran::Done(value);
        }
        if faults.crashed() {
            return Ran::Crashed;
        }
    }
    panic!("a step waits for something that never happens");
}

fn address(replica: usize) -> String {
    format!("http://replica-{replica}")
}

/// The answer of a replica, unless it dies over it.
async fn answered(
    peer: Reachable,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let is_metrics = request.uri().path().starts_with("/verdict.metrics.");
    let service = if is_metrics { peer.services.metrics } else { peer.services.rollouts };
    let mut answer = pin!(service.oneshot(request));
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Pending if peer.faults.crashed() => Poll::Ready(Err(TransportError::new("it died"))),
        polled => polled,
    })
    .await
}

impl World {
    /// A world in which the story of one rollout has begun, without faults so far.
    pub(crate) fn new(seed: u64, sabotage: Sabotage) -> Result<Self, String> {
        let start: Timestamp = "2026-01-05T09:00:00Z".parse().map_err(|_| "no start".to_owned())?;
        let clock = Arc::new(ManualClock::at(start));
        let mut world = Self {
            seed,
            rng: SmallRng::seed_from_u64(seed),
            log: Arc::new(MemoryLog::new("simulated", clock.clone())),
            clock,
            bus: Arc::default(),
            observations: Arc::default(),
            faults: (0..REPLICAS as u64).map(|replica| Faults::new(seed * 31 + replica)).collect(),
            replicas: (0..REPLICAS).map(|_| None).collect(),
            network: Network::default(),
            sabotage,
            watcher: Watcher::default(),
            looked_to: None,
            made: Made::default(),
            commands: 0,
            unanswered: Vec::new(),
            trace: Vec::new(),
        };
        for replica in 0..REPLICAS {
            world.start(replica);
        }
        world.begin()?;
        Ok(world)
    }

    fn start(&mut self, replica: usize) {
        let faults = self.faults[replica].clone();
        faults.revive();
        let wrapped = faults.clone();
        let mut assembly = Assembly::new(Parts {
            log: Arc::new(FaultyLog::new(self.log.clone(), faults, self.sabotage)),
            bus: self.bus.clone(),
            clock: self.clock.clone(),
            hosts: Host::all(self.observations.clone()),
            peers: BTreeMap::new(),
            replica: format!("replica-{replica}"),
            holder: Holder { id: format!("incarnation-{}", self.trace.len()), address: address(replica) },
            lease: LEASE,
            replicas: Replicas { connect: self.connect(replica), shards: 1 + u32::from(self.seed % 2 == 1) },
            wrap: Arc::new(move |transport| faulty(&wrapped, transport)),
        });
        let reachable = Reachable {
            services: assembly.transports().clone(),
            faults: self.faults[replica].clone(),
            paused_until: Duration::ZERO,
        };
        self.network.lock().unwrap().insert(address(replica), reachable);
        let mut components = assembly.components();
        if self.sabotage == Sabotage::ProcessRestart && !self.trace.is_empty() {
            let processes = ["guardrail-rollback", "stage-promotion", "rollout-watch", "wind-down"];
            components.retain(|component| !processes.contains(&component.name()));
        }
        self.replicas[replica] = Some(Replica { assembly, components, paused_until: Duration::ZERO });
    }

    /// How a replica reaches the others: through calls that go wrong, to somebody who may be dead or paused.
    fn connect(&self, replica: usize) -> Connect {
        let (network, clock) = (self.network.clone(), self.clock.clone());
        let own = self.faults[replica].clone();
        Arc::new(move |address: &str| {
            let (network, clock, address) = (network.clone(), clock.clone(), address.to_owned());
            faulty(
                &own,
                Transport::new(service_fn(move |request: http::Request<Body>| {
                    let found = network.lock().unwrap().get(&address).cloned();
                    let found = found.filter(|peer| !peer.faults.crashed());
                    let now = clock.monotonic();
                    async move {
                        match found {
                            Some(peer) if peer.paused_until <= now => answered(peer, request).await,
                            Some(_) => Err(TransportError::new("no answer")),
                            None => Err(TransportError::new("nobody is there")),
                        }
                    }
                })),
            )
        })
    }

    fn kill(&mut self, replica: usize) {
        self.network.lock().unwrap().remove(&address(replica));
        self.replicas[replica] = None;
    }

    /// A replica may have died while it answered another one.
    fn bury(&mut self) {
        for replica in 0..REPLICAS {
            if self.replicas[replica].is_some() && self.faults[replica].crashed() {
                self.note(|| format!("replica {replica} died in a call"));
                self.kill(replica);
            }
        }
    }

    fn pause(&mut self, replica: usize, until: Duration) {
        if let Some(state) = &mut self.replicas[replica] {
            state.paused_until = until;
        }
        if let Some(reachable) = self.network.lock().unwrap().get_mut(&address(replica)) {
            reachable.paused_until = until;
        }
    }

    fn begin(&mut self) -> Result<(), String> {
        self.settle()?;
        for (request, keep) in story::beginning() {
            self.commands += 1;
            let request = request(&self.made).with(story::meta(self.seed, self.commands, "begin"));
            let text = format!("{request:?}");
            match self.send(0, request) {
                Some(Ok(id)) => keep(&mut self.made, id),
                other => return Err(format!("the beginning went wrong at {text}: {other:?}")),
            }
            self.settle()?;
        }
        self.measured(0, PRIMARY, 10.0);
        self.measured(0, METRIC, 92.0);
        self.settle()
    }

    /// Lives through one history and says how it went.
    pub(crate) fn live(&mut self) -> Result<(), String> {
        for faults in &self.faults {
            faults.set_rate(FAULT_RATE);
        }
        for step in 0..STEPS {
            self.decide(step);
            self.look()?;
        }
        self.end_badly();
        self.look()?;
        self.calm()
    }

    /// The last that is measured breaks the guardrail, at one replica while the other one is away.
    fn end_badly(&mut self) {
        let at = self.rng.random_range(0..REPLICAS);
        self.pause(REPLICAS - 1 - at, self.clock.monotonic() + Duration::from_secs(30));
        self.note(|| format!("replica {at} is alone with bad news"));
        for _ in 0..FOR_POINTS {
            self.measured(at, METRIC, LIMIT / 2.0);
        }
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        let text = what();
        self.trace.push(format!("{} {text}", self.clock.now()));
    }

    /// One decision of the scheduler.
    fn decide(&mut self, step: usize) {
        let replica = self.rng.random_range(0..REPLICAS);
        if self.replicas[replica].is_none() {
            if self.rng.random_range(0..8) == 0 {
                self.note(|| format!("{step}: replica {replica} starts"));
                self.start(replica);
            }
            return;
        }
        match self.rng.random_range(0..1000) {
            0..700 => self.step_some(replica),
            700..790 => self.command(replica),
            790..900 => self.observe(replica),
            900..925 => {
                let by = Duration::from_secs([1, 7, 20, 45][self.rng.random_range(0..4)]);
                self.note(|| format!("{step}: {} s go by", by.as_secs()));
                self.clock.advance(by);
            }
            925..960 => {
                let hours = [1, 24, 72, 24 * 8][self.rng.random_range(0..4)];
                self.note(|| format!("{step}: business time moves by {hours} h"));
                let to = verdict_kernel::clock::plus(self.clock.now(), Duration::from_hours(hours));
                self.clock.advance_to(to);
            }
            960..975 => {
                let pause = Duration::from_secs(self.rng.random_range(3..30));
                let until = self.clock.monotonic() + pause;
                self.note(|| format!("{step}: replica {replica} is paused for {} s", pause.as_secs()));
                self.pause(replica, until);
            }
            975..985 => {
                self.note(|| format!("{step}: replica {replica} is killed"));
                self.kill(replica);
            }
            _ => {
                if let Some(late) = self.faults[replica].take_late() {
                    self.note(|| format!("{step}: a late call arrives"));
                    let faults = self.faults[replica].clone();
                    if matches!(run(&faults, late.make()), Ran::Crashed) {
                        self.kill(replica);
                    }
                }
            }
        }
    }

    fn step_some(&mut self, replica: usize) {
        for _ in 0..4 {
            let Some(state) = &self.replicas[replica] else {
                return;
            };
            if state.paused_until > self.clock.monotonic() || state.components.is_empty() {
                return;
            }
            let component = self.rng.random_range(0..state.components.len());
            self.step(replica, component);
        }
    }

    /// Lets one component take one step. True when it did something.
    fn step(&mut self, replica: usize, component: usize) -> bool {
        let faults = self.faults[replica].clone();
        let Some(state) = &mut self.replicas[replica] else {
            return false;
        };
        let component = &mut state.components[component];
        let name = component.name().to_owned();
        match run(&faults, component.step()) {
            Ran::Done(Ok(progress)) => progress == Progress::Worked,
            Ran::Done(Err(fault)) => {
                self.note(|| format!("replica {replica} {name}: {fault}"));
                true
            }
            Ran::Crashed => {
                self.note(|| format!("replica {replica} died in {name}"));
                self.kill(replica);
                true
            }
        }
    }

    fn command(&mut self, replica: usize) {
        let again = !self.unanswered.is_empty() && self.rng.random_bool(0.6);
        let request = if again {
            let index = self.rng.random_range(0..self.unanswered.len());
            self.unanswered.swap_remove(index)
        } else {
            self.commands += 1;
            let meta = story::meta(self.seed, self.commands, "simulated");
            story::any(&self.made, &mut self.rng).with(meta)
        };
        let kept = request.clone();
        match self.send(replica, request) {
            Some(Ok(_)) => {
                // Sometimes a client forgets that it was answered.
                if self.rng.random_range(0..10) == 0 {
                    self.unanswered.push(kept);
                }
            }
            Some(Err(refused)) if refused.is_empty() => self.unanswered.push(kept),
            Some(Err(_)) => {}
            None => {
                self.unanswered.push(kept);
                self.kill(replica);
            }
        }
    }

    /// Sends a command to a replica: the id on acceptance, the code of a refusal, an empty text when nobody knows
    /// what became of it, `None` when the replica died.
    fn send(&mut self, replica: usize, request: Request) -> Option<Result<String, String>> {
        let faults = self.faults[replica].clone();
        let state = self.replicas[replica].as_ref()?;
        let to = state.assembly.transports();
        let through = |transport: &Transport| faulty(&faults, transport.clone());
        let (bets, rollouts) = (through(&to.bets), through(&to.rollouts));
        let (metrics, gtm) = (through(&to.metrics), through(&to.gtm));
        let text = format!("{request:?}");
        let call = async move {
            Ok::<_, Status>(match request {
                Request::Bet(request) => BetsClient::new(bets).execute(request).await?,
                Request::Rollout(request) => RolloutsClient::new(rollouts).execute(request).await?,
                Request::Flag(request) => FlagsClient::new(rollouts).execute(request).await?,
                Request::Metric(request) => MetricsClient::new(metrics).execute(request).await?,
                Request::Guardrail(request) => GuardrailsClient::new(metrics).execute(request).await?,
                Request::Launch(request) => LaunchesClient::new(gtm).execute(request).await?,
            })
        };
        let answer = match run(&faults, call) {
            Ran::Crashed => None,
            Ran::Done(Err(status)) => {
                let known = verdict_runtime::grpc::problem_of(&status).map(|problem| problem.code);
                Some(Err(known.filter(|code| code != "unavailable").unwrap_or_default()))
            }
            Ran::Done(Ok(reply)) => match reply.into_inner().outcome {
                Some(pb::command_reply::Outcome::Accepted(accepted)) => Some(Ok(accepted.id)),
                Some(pb::command_reply::Outcome::Refused(refused)) => {
                    Some(Err(format!("{} {}", refused.rule, refused.code)))
                }
                None => Some(Err(String::new())),
            },
        };
        self.note(|| format!("{text} -> {answer:?}"));
        answer
    }

    fn observe(&mut self, replica: usize) {
        let value = if self.rng.random_range(0..100) < 25 { 20.0 } else { 92.0 };
        self.measured(replica, METRIC, value);
    }

    /// One observation, a second after the last.
    fn measured(&mut self, replica: usize, metric: &str, value: f64) {
        let faults = self.faults[replica].clone();
        let Some(state) = &self.replicas[replica] else {
            return;
        };
        self.clock.advance(Duration::from_secs(1));
        let end = self.clock.now();
        let body = serde_json::json!({
            "metric": metric, "source": "simulated", "count": 1, "value": value,
            "window_start": (end - jiff::SignedDuration::from_secs(1)).to_string(), "window_end": end.to_string(),
        })
        .to_string();
        let Some(ingest) = state.assembly.ingest() else {
            return;
        };
        let taken = run(&faults, async move { ingest.take(body.as_bytes()).await.is_ok() });
        self.note(|| format!("{metric} = {value}: {}", matches!(taken, Ran::Done(true))));
        if matches!(taken, Ran::Crashed) {
            self.kill(replica);
        }
    }

    /// Holds everything new in the log, and what the edges serve, against the invariants.
    fn look(&mut self) -> Result<(), String> {
        self.bury();
        let everything = Filter::default();
        loop {
            let page = block_on(self.log.read_all(self.looked_to.as_ref(), &everything, MAX_PAGE))
                .map_err(|error| error.to_string())?;
            for event in &page.events {
                if !is_housekeeping(&event.stream) {
                    let data = String::from_utf8_lossy(&event.data).into_owned();
                    self.note(|| {
                        format!("    {}/{} {} {data}", event.stream, event.revision, event.event_type)
                    });
                }
                self.watcher.see(event)?;
            }
            self.looked_to = page.considered.or_else(|| self.looked_to.take());
            if page.at_head {
                break;
            }
        }
        for replica in 0..REPLICAS {
            let edge = self.replicas[replica].as_ref().and_then(|state| state.assembly.edge());
            if let Some(snapshot) = edge.and_then(|edge| edge.snapshot()) {
                self.watcher.served(replica, &snapshot)?;
            }
        }
        Ok(())
    }

    /// Faults are over: everything restarts, and within a minute every breach has come to its end (I4).
    fn calm(&mut self) -> Result<(), String> {
        self.note(|| "faults are over".to_owned());
        for replica in 0..REPLICAS {
            self.faults[replica].set_rate(0);
            match &self.replicas[replica] {
                Some(_) => self.pause(replica, Duration::ZERO),
                None => self.start(replica),
            }
        }
        for look in 0..REACH / LOOK.as_secs() {
            self.settle()?;
            if look >= COMPARED && self.watcher.open().is_empty() {
                return self.judged();
            }
            self.clock.advance(LOOK);
        }
        Err(format!("I4: not rolled back {REACH} s after the last fault: {:?}", self.watcher.open()))
    }

    /// In the end every stored observation has been judged (I5).
    fn judged(&self) -> Result<(), String> {
        let all = Query::all("default", METRIC);
        let last = self.observations.last(&all, None, FOR_POINTS.into());
        let rows = block_on(last).map_err(|error| error.to_string())?;
        let values: Vec<f64> = rows.iter().map(|row| row.measure.mean().get()).collect();
        self.watcher.judged(&values)
    }

    /// Steps everyone until nobody has anything left to do.
    fn settle(&mut self) -> Result<(), String> {
        for _ in 0..200 {
            let mut worked = false;
            for replica in 0..REPLICAS {
                let count = self.replicas[replica].as_ref().map_or(0, |state| state.components.len());
                for component in 0..count {
                    worked |= self.step(replica, component);
                }
            }
            self.look()?;
            if !worked {
                return Ok(());
            }
        }
        Err("the platform never comes to rest".to_owned())
    }

    /// Numbers for the report: commands sent, breaches seen.
    pub(crate) fn counts(&self) -> (u32, usize) {
        (self.commands, self.watcher.breaches.len())
    }
}
