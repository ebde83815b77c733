//! One simulated history: two replicas of the whole platform over one log, clocks that are moved, clients that
//! send commands, and a scheduler that decides by one seed who takes the next step and what goes wrong.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::executor::block_on;
use jiff::Timestamp;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use tokio::runtime::Runtime;
use verdict_kernel::clock::{SignedDuration, plus};
use verdict_runtime::bus::memory::MemoryBus;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{EventLog, Filter, MAX_PAGE, Position};

use crate::Lived;
use crate::faults::{Faults, Outage, Store};
use crate::invariants::Watcher;
use crate::sabotage::Sabotage;
use crate::story::{FOR_POINTS, LIMIT, LOSSES, METRIC, Made, Request, SOURCES};

mod clients;
mod clocks;
mod going_back;
mod measuring;
mod replicas;
mod stepping;
mod watching;

use clocks::Clocks;
use going_back::Backup;
use measuring::Waiting;
use replicas::{Network, Replica};
use stepping::{Ran, run};

/// Replicas of the platform.
const REPLICAS: usize = 2;
/// Scheduler decisions with faults.
const STEPS: usize = 400;
/// Chances in 10,000 that an operation goes wrong.
const FAULT_RATE: u32 = 150;

/// A simulated world.
pub(crate) struct World {
    seed: u64,
    rng: SmallRng,
    clocks: Clocks,
    /// Bounds what waits by the machine's time; it stands still unless it is moved.
    timer: Runtime,
    log: Arc<MemoryLog>,
    bus: Arc<MemoryBus>,
    store: Store,
    outage: Arc<Outage>,
    faults: Vec<Arc<Faults>>,
    replicas: Vec<Option<Replica>>,
    network: Network,
    sabotage: Sabotage,
    watcher: Watcher,
    looked_to: Option<Position>,
    made: Made,
    commands: u32,
    /// Replicas started so far: two that start at once are two holders of leases.
    starts: u32,
    /// Sent without an answer; to be sent again.
    unanswered: Vec<Request>,
    /// Observations that were not answered yet.
    waiting: Vec<Waiting>,
    backup: Option<Backup>,
    /// The metrics of which the last news were bad, and taken by clocks that were right.
    bad_news: Vec<&'static str>,
    /// The clocks stay wrong in the end.
    leave_clocks: bool,
    /// A step that took too long.
    stuck: Option<String>,
    /// What happened, for the report of a broken invariant.
    pub(crate) trace: Vec<String>,
}

/// What else happens in a history besides what may happen in every one, and when.
struct Plot {
    unreadable: Option<usize>,
    backup: Option<usize>,
    restore: Option<usize>,
}

impl World {
    /// A world in which the story of two rollouts has begun, without faults so far.
    pub(crate) fn new(seed: u64, sabotage: Sabotage) -> Result<Self, String> {
        let start: Timestamp = "2026-01-05T09:00:00Z".parse().map_err(|_| "no start".to_owned())?;
        let of_day = seed % 3 == 2;
        let clocks = Clocks::new(start, REPLICAS, of_day);
        let outage = Outage::new(clocks.world());
        let timer = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        let mut world = Self {
            seed,
            rng: SmallRng::seed_from_u64(seed),
            timer: timer.map_err(|error| error.to_string())?,
            log: Arc::new(MemoryLog::new("simulated", clocks.world())),
            bus: Arc::default(),
            store: Arc::new(Mutex::default()),
            clocks,
            faults: (0..REPLICAS as u64)
                .map(|replica| Faults::new(seed * 31 + replica, outage.clone()))
                .collect(),
            outage,
            replicas: (0..REPLICAS).map(|_| None).collect(),
            network: Network::default(),
            sabotage,
            watcher: Watcher::default(),
            looked_to: None,
            made: Made::beginning(of_day),
            commands: 0,
            starts: 0,
            unanswered: Vec::new(),
            waiting: Vec::new(),
            backup: None,
            bad_news: Vec::new(),
            leave_clocks: false,
            stuck: None,
            trace: Vec::new(),
        };
        let timer = world.timer.handle().clone();
        let _entered = timer.enter();
        for replica in 0..REPLICAS {
            world.start(replica);
        }
        world.begin()?;
        Ok(world)
    }

    fn plot(&mut self) -> Plot {
        let restore = (self.seed % 5 == 4).then(|| self.rng.random_range(1..STEPS));
        Plot {
            unreadable: (self.seed % 4 == 3).then(|| self.rng.random_range(0..STEPS)),
            backup: restore.map(|restore| self.rng.random_range(restore.saturating_sub(100)..restore)),
            restore,
        }
    }

    /// Lives through one history and says how it went.
    pub(crate) fn live(&mut self) -> Result<(), String> {
        // Some steps are bounded by a timeout of machine time, which needs a timer.
        let timer = self.timer.handle().clone();
        let _entered = timer.enter();
        for faults in &self.faults {
            faults.set_rate(FAULT_RATE);
        }
        let plot = self.plot();
        for step in 0..STEPS {
            if plot.unreadable == Some(step) {
                self.make_unreadable()?;
            }
            if plot.backup == Some(step) {
                self.back_up()?;
            }
            if plot.restore == Some(step) {
                self.go_back()?;
            }
            self.decide(step);
            self.look()?;
        }
        self.end_badly()?;
        self.look()?;
        self.calm()
    }

    /// The last that is measured breaks the guardrail, at one replica while the other one is away; sometimes the store
    /// hangs meanwhile, and sometimes a critical guardrail breaks as well, sooner or later.
    fn end_badly(&mut self) -> Result<(), String> {
        let at = self.rng.random_range(0..REPLICAS);
        self.pause(REPLICAS - 1 - at, self.clocks.monotonic() + Duration::from_secs(30));
        self.note(|| format!("replica {at} is alone with bad news"));
        if self.rng.random_range(0..4) == 0 {
            self.hang(Duration::from_mins(5));
        }
        if self.rng.random_bool(0.5) {
            self.clocks.set_right();
        } else if self.clocks.are_of_day() {
            (0..REPLICAS).for_each(|replica| self.clocks.step(replica, SignedDuration::from_hours(-1)));
            self.leave_clocks = true;
        }
        self.badly_measured(at, METRIC);
        if self.rng.random_range(0..3) > 0 {
            return Ok(());
        }
        for step in 0..[0, 10, 60, 150][self.rng.random_range(0..4)] {
            self.decide(STEPS + step);
            self.look()?;
        }
        self.note(|| "worse news".to_owned());
        self.badly_measured(at, LOSSES);
        Ok(())
    }

    fn badly_measured(&mut self, replica: usize, metric: &'static str) {
        for _ in 0..FOR_POINTS {
            self.measured(replica, metric, &SOURCES, LIMIT / 2.0);
        }
        if self.clocks.are_right() {
            self.bad_news.push(metric);
        }
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        let text = what();
        self.trace.push(format!("{} {text}", self.clocks.now()));
    }

    /// Time goes by, for everybody.
    fn pass(&self, by: Duration) {
        self.clocks.advance(by);
        self.timer.block_on(tokio::time::advance(by));
    }

    fn hang(&mut self, lasts: Duration) {
        self.note(|| format!("the store hangs for {} s", lasts.as_secs()));
        self.outage.begin(lasts);
    }

    /// One decision of the scheduler.
    fn decide(&mut self, step: usize) {
        self.answer_waiting();
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
                self.pass(by);
            }
            925..950 => self.leap(step),
            950..965 => {
                let pause = Duration::from_secs(self.rng.random_range(3..30));
                let until = self.clocks.monotonic() + pause;
                self.note(|| format!("{step}: replica {replica} is paused for {} s", pause.as_secs()));
                self.pause(replica, until);
            }
            965..975 => {
                self.note(|| format!("{step}: replica {replica} is killed"));
                self.kill(replica);
            }
            975..981 => {
                let lasts = [2, 10, 40][self.rng.random_range(0..3)];
                self.hang(Duration::from_secs(lasts));
            }
            981..988 => self.set_a_clock(step, replica),
            _ => {
                if let Some(late) = self.faults[replica].take_late() {
                    self.note(|| format!("{step}: a late call arrives"));
                    let faults = self.faults[replica].clone();
                    if matches!(run(&faults, late.make(), || self.wait()), Ran::Crashed) {
                        self.kill(replica);
                    }
                }
            }
        }
    }

    fn leap(&mut self, step: usize) {
        let hours = [1, 24, 72, 24 * 8][self.rng.random_range(0..4)];
        self.note(|| format!("{step}: {hours} h go by"));
        self.leap_by(hours);
    }

    /// Days go by. Where clocks tell the time of day, nobody is there meanwhile: who stays would have to live through every
    /// second of them.
    fn leap_by(&mut self, hours: u64) {
        if self.clocks.are_of_day() {
            (0..REPLICAS).for_each(|replica| self.kill(replica));
            self.pass(Duration::from_hours(hours));
            (0..REPLICAS).for_each(|replica| self.start(replica));
        } else {
            self.clocks.advance_to(plus(self.clocks.now(), Duration::from_hours(hours)));
        }
    }

    /// Somebody sets the clock of a replica wrong, or every clock right.
    fn set_a_clock(&mut self, step: usize, replica: usize) {
        if !self.clocks.are_of_day() {
            return;
        }
        let steps = [
            SignedDuration::from_secs(-90),
            SignedDuration::from_hours(-1),
            SignedDuration::from_hours(-30),
            SignedDuration::from_secs(90),
            SignedDuration::from_hours(30),
            SignedDuration::from_hours(24 * 9),
        ];
        if self.rng.random_range(0..3) == 0 {
            self.note(|| format!("{step}: the clocks are set right"));
            self.clocks.set_right();
        } else if let Some(by) = steps.choose(&mut self.rng).copied() {
            self.note(|| format!("{step}: the clock of replica {replica} steps by {by:#}"));
            self.clocks.step(replica, by);
        }
    }

    /// What the history came to, for the report.
    pub(crate) fn lived(&self) -> Result<Lived, String> {
        let mut hasher = DefaultHasher::new();
        let (mut from, everything) = (None, Filter::default());
        loop {
            let page = block_on(self.log.read_all(from.as_ref(), &everything, MAX_PAGE));
            let page = page.map_err(|error| error.to_string())?;
            for event in &page.events {
                (&event.stream, event.revision, &event.event_type, &event.data).hash(&mut hasher);
                event.created.hash(&mut hasher);
                // Whoever compares clocks gives each comparison an id out of nothing.
                if !event.stream.ends_with(".checkpoint-clock") {
                    (event.id, &event.metadata).hash(&mut hasher);
                }
            }
            from = page.considered.or(from);
            if page.at_head {
                break;
            }
        }
        let breaches = self.watcher.breaches;
        Ok(Lived { commands: self.commands, breaches, fingerprint: hasher.finish() })
    }
}
