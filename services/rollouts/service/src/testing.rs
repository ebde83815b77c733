//! Stand-ins for the services that processes talk to, and a log to drive them on.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;
use verdict_kernel::clock::{Clock, ManualClock};
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, Audience, CommandMeta, CommandReply, Refused};
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::watched::Watched;
use verdict_runtime::log::{Expected, Log, LogError, NewEvent, Position};

mod peers;
mod shown;

pub(crate) use shown::{Shown, a_tenth};

pub(crate) const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
pub(crate) const BET: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2D";
pub(crate) const LAUNCH: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2E";

/// More than anybody may read who has to act at once.
pub(crate) const FOREIGN: usize = 10_000;

/// A command that a stand-in heard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Heard {
    Rollout(pb::rollout_request::Command),
    Incident(metrics::incident_request::Command),
    Launch(gtm::launch_request::Command),
    Bet(bets::bet_request::Command),
}

/// Stands for the rollouts, metrics, gtm and bets services.
#[derive(Clone, Default)]
pub(crate) struct Peers(Arc<Mutex<Heards>>);

#[derive(Default)]
struct Heards {
    heard: Vec<Heard>,
    /// Command ids, so that a command sent twice is heard once.
    ids: BTreeSet<String>,
    down: BTreeSet<&'static str>,
    refusing: BTreeSet<&'static str>,
}

impl Peers {
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.inner().heard.clone()
    }

    /// From now on this service, or what of it is about this rollout, does not answer, or does again.
    pub(crate) fn set_down(&self, service: &'static str, down: bool) {
        let services = &mut self.inner().down;
        if down {
            services.insert(service);
        } else {
            services.remove(service);
        }
    }

    /// From now on this service refuses every command.
    pub(crate) fn refuse(&self, service: &'static str) {
        self.inner().refusing.insert(service);
    }

    fn is_down(&self, what: &str) -> bool {
        self.inner().down.contains(what)
    }

    fn inner(&self) -> MutexGuard<'_, Heards> {
        self.0.lock().unwrap()
    }

    fn hear(
        &self,
        service: &'static str,
        meta: Option<CommandMeta>,
        command: Option<Heard>,
    ) -> Result<tonic::Response<CommandReply>, tonic::Status> {
        let mut inner = self.inner();
        if inner.down.contains(service) {
            return Err(tonic::Status::unavailable("down"));
        }
        let outcome = if inner.refusing.contains(service) {
            Outcome::Refused(Refused { code: "refused_for_a_test".to_owned(), ..Refused::default() })
        } else {
            if inner.ids.insert(meta.unwrap_or_default().command_id) {
                inner.heard.extend(command);
            }
            Outcome::Accepted(Accepted { events: vec!["something".to_owned()], ..Accepted::default() })
        };
        Ok(tonic::Response::new(CommandReply { outcome: Some(outcome) }))
    }
}

pub(crate) fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// The metadata as somebody sends it who may: a process, where the command is for processes only.
pub(crate) fn allowed(meta: Option<CommandMeta>, command: Audience) -> Option<CommandMeta> {
    let process = if command == Audience::Process { "a-process" } else { "" };
    meta.map(|meta| CommandMeta { process: process.to_owned(), ..meta })
}

/// A log in memory and the clock that it runs on.
pub(crate) struct World {
    pub(crate) log: Log,
    pub(crate) clock: Arc<ManualClock>,
    written: u32,
}

impl World {
    pub(crate) fn new() -> Self {
        let clock = Arc::new(ManualClock::at(start()));
        Self { log: Arc::new(MemoryLog::new("log", clock.clone())), clock, written: 0 }
    }

    /// One machine: its wall clock is the only one, and the log is in the process.
    pub(crate) fn of_one_machine() -> Self {
        let clock = Arc::new(ManualClock::of_day(start()));
        Self { log: Arc::new(MemoryLog::new("log", clock.clone()).exclusive()), clock, written: 0 }
    }

    /// The same world, and what is handed out of its log.
    pub(crate) fn counted() -> (Self, Arc<Watched>) {
        let world = Self::new();
        let counted = Watched::over(world.log.clone());
        (Self { log: counted.clone(), ..world }, counted)
    }

    /// The same world over a log whose next append to such a stream fails when it is told to.
    pub(crate) fn failing(self, streams: &'static str) -> (Self, Arc<AtomicBool>) {
        let fails = Arc::new(AtomicBool::new(false));
        let told = fails.clone();
        let log = Watched::disturbed(self.log.clone(), move |stream| {
            let fails = stream.starts_with(streams) && told.swap(false, Ordering::Relaxed);
            if fails { Err(LogError::Unavailable("no answer".to_owned())) } else { Ok(()) }
        });
        (Self { log, ..self }, fails)
    }

    /// Many events that are nobody's business here.
    pub(crate) async fn fill(&self, stream: &str) {
        for number in 0..FOREIGN {
            let envelope =
                Envelope::new(CommandId::derive(Uuid::NAMESPACE_DNS, &number.to_string()), Principal::dev());
            let event = NewEvent {
                id: envelope.command_id.event_id(stream, 0),
                event_type: "bets.Bet.Doubled.v1".to_owned(),
                data: b"{}".to_vec(),
                metadata: metadata(&envelope, self.clock.now()),
            };
            self.log.append(stream, Expected::Any, vec![event]).await.unwrap();
        }
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(std::time::Duration::from_secs(seconds));
    }

    /// A command of its own for each call.
    #[expect(clippy::unnecessary_wraps, reason = "requests carry it so")]
    pub(crate) fn meta(&mut self, reason: &str) -> Option<CommandMeta> {
        self.written += 1;
        let command = CommandId::derive(Uuid::NAMESPACE_URL, &format!("command {}", self.written));
        Some(CommandMeta {
            command_id: command.to_string(),
            reason: reason.to_owned(),
            ..CommandMeta::default()
        })
    }

    /// Writes an event as some other part of the platform would. Returns its id and position.
    pub(crate) async fn write(
        &mut self,
        stream: &str,
        event_type: &str,
        message: &impl Serialize,
    ) -> (Uuid, Position) {
        self.written += 1;
        let command_id = CommandId::derive(Uuid::NAMESPACE_URL, &format!("write {}", self.written));
        let envelope = Envelope::new(command_id, Principal::dev());
        let id = command_id.event_id(stream, 0);
        let event = NewEvent {
            id,
            event_type: event_type.to_owned(),
            data: serde_json::to_vec(message).unwrap(),
            metadata: metadata(&envelope, self.clock.now()),
        };
        let appended = self.log.append(stream, Expected::Any, vec![event]).await.unwrap();
        (id, appended.position)
    }

    /// Types of the events of `stream`, oldest first.
    pub(crate) async fn types(&self, stream: &str) -> Vec<String> {
        let slice = self.log.read_stream(stream, 0, 100).await.unwrap();
        slice.events.iter().map(|event| event.event_type.to_string()).collect()
    }
}

/// Steps until nothing is left to do now.
pub(crate) async fn settle(component: &mut impl Component) {
    for _ in 0..1000 {
        match component.step().await {
            Ok(Progress::Worked) => {}
            Ok(Progress::Idle { .. } | Progress::Blocked { .. }) => return,
            Err(fault) => panic!("{}: {fault}", component.name()),
        }
    }
    panic!("{} never comes to rest", component.name());
}

/// `seconds` after the start.
pub(crate) fn second(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}
