//! Looking at what the world came to: after every decision, and once more when faults are over.

use std::time::Duration;

use futures::executor::block_on;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1 as pb;
use verdict_runtime::housekeeping::is_housekeeping;
use verdict_runtime::log::{EventLog, Filter, MAX_PAGE, Recorded};

use super::{REPLICAS, Ran, World, run};

/// Seconds in which every breach must have reached its end after the last fault (S4).
const REACH: u64 = 60;
/// Seconds after which a rollout has stopped that nobody can watch (S7): a watch lapses after a minute, and who looks for
/// that takes over within a few seconds.
const BLIND: u64 = 75;
/// Seconds between two looks at whether they have: less than a lease lives, so that its holder can renew it.
const LOOK: Duration = Duration::from_secs(1);
/// Rounds until everybody has caught up at the latest: with the soaks of months, each of which is looked at.
const ROUNDS: usize = 2_000;
/// Seconds after which the holders of evaluation have taken over and compared their windows with the store (S5).
const COMPARED: u64 = 25;

impl World {
    /// Holds everything new in the log, and what the edges serve, against the invariants.
    pub(super) fn look(&mut self) -> Result<(), String> {
        self.bury();
        if let Some(stuck) = self.stuck.take() {
            return Err(stuck);
        }
        let everything = Filter::default();
        loop {
            let page = block_on(self.log.read_all(self.looked_to.as_ref(), &everything, MAX_PAGE))
                .map_err(|error| error.to_string())?;
            for event in &page.events {
                if !is_housekeeping(&event.stream) {
                    let data = String::from_utf8_lossy(&event.data).into_owned();
                    let fence = fence(event);
                    self.note(|| {
                        format!("    {}/{} {} {data}{fence}", event.stream, event.revision, event.event_type)
                    });
                }
                self.watcher.see(event)?;
            }
            self.looked_to = page.considered.or_else(|| self.looked_to.take());
            if page.at_head {
                break;
            }
        }
        let log = self.log.log_id();
        for replica in 0..REPLICAS {
            let edge = self.replicas[replica].as_ref().and_then(|state| state.assembly.edge());
            if let Some(snapshot) = edge.and_then(|edge| edge.snapshot()) {
                self.watcher.served(replica, &log, snapshot)?;
            }
        }
        Ok(())
    }

    /// Faults are over: everything restarts, within a minute every breach has come to its end (S4), and what nobody can
    /// watch has stopped (S7).
    pub(super) fn calm(&mut self) -> Result<(), String> {
        self.note(|| "faults are over".to_owned());
        self.outage.end();
        if !self.leave_clocks {
            self.clocks.set_right();
        }
        for replica in 0..REPLICAS {
            self.faults[replica].set_rate(0);
            match &self.replicas[replica] {
                Some(_) => self.pause(replica, Duration::ZERO),
                None => self.start(replica),
            }
        }
        let enough = if self.watcher.is_blind() { BLIND } else { COMPARED };
        let mut seconds = 0;
        loop {
            self.answer_waiting();
            self.settle()?;
            let open = self.watcher.open();
            if seconds >= enough && open.is_empty() {
                self.judged()?;
                self.watcher.ended(self.clocks.are_right())?;
                return self.stopped_where_blind();
            }
            if seconds >= REACH && !open.is_empty() {
                return Err(format!("S4: not rolled back {REACH} s after the last fault: {open:?}"));
            }
            self.pass(LOOK);
            seconds += LOOK.as_secs();
        }
    }

    /// Steps everyone until nobody has anything left to do.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        let mut worked = Vec::new();
        for _ in 0..ROUNDS {
            worked.clear();
            for replica in 0..REPLICAS {
                let count = self.replicas[replica].as_ref().map_or(0, |state| state.components.len());
                for component in 0..count {
                    if self.step(replica, component) {
                        worked.push((replica, component));
                    }
                }
            }
            self.look()?;
            if worked.is_empty() {
                return Ok(());
            }
        }
        let who: Vec<_> = worked.iter().filter_map(|at| self.name(*at)).collect();
        Err(format!("the platform never comes to rest: {} go on", who.join(", ")))
    }

    /// The replica and component at `at`, in words.
    fn name(&self, (replica, component): (usize, usize)) -> Option<String> {
        let state = self.replicas[replica].as_ref()?;
        state.components.get(component).map(|it| format!("{} of replica {replica}", it.name()))
    }

    /// A rollout with a guardrail that nobody can answer does not run (S7).
    fn stopped_where_blind(&mut self) -> Result<(), String> {
        for id in self.watcher.blind() {
            let faults = self.faults[0].clone();
            let Some(state) = &self.replicas[0] else {
                return Err("S7: nobody is there to be asked".to_owned());
            };
            let rollouts = state.assembly.transports().rollouts.clone();
            let request = pb::GetRequest { id, ..pb::GetRequest::default() };
            let asked = async move { RolloutsClient::new(rollouts).get(request).await };
            match run(&faults, asked, || self.wait()) {
                Ran::Done(Ok(view)) => {
                    let view = view.into_inner();
                    if view.state == "running" {
                        return Err(format!("S7: it runs and nobody can watch it: {view:?}"));
                    }
                }
                Ran::Done(Err(status)) => return Err(format!("S7: no answer: {status}")),
                Ran::Crashed | Ran::Stuck => return Err("S7: it died".to_owned()),
            }
        }
        Ok(())
    }
}

/// Whose holder wrote it, and in which turn; empty where no lease is needed.
fn fence(event: &Recorded) -> String {
    let Ok(metadata) = event.metadata() else { return String::new() };
    let (Some(lease), Some(epoch)) = (metadata.lease, metadata.epoch) else { return String::new() };
    format!(" as {lease}@{epoch}")
}
