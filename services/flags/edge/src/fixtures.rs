//! What the tests of this crate share: a log in memory, events of flags as the rollouts service stores them, and
//! a rollouts service that writes down what it is told.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use serde::Serialize;
use tonic::service::Routes;
use tonic::{Request, Response, Status};
use verdict_api::rollouts::v1::edges_server::{Edges, EdgesServer};
use verdict_api::rollouts::v1::flags_server::{Flags, FlagsServer};
use verdict_flag_evaluator::{Context, Reason};
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_kernel::id::{CommandId, EdgeId};
use verdict_kernel::principal::Principal;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{Accepted, CommandReply, GetRequest, ListRequest, Refused, command_reply};
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::execute::{Envelope, metadata};
use verdict_runtime::grpc::{Transport, in_process};
use verdict_runtime::log::late::LateLog;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Expected, Log, NewEvent, Position};
use verdict_runtime::roles::Roles;
use verdict_runtime::route::Replicas;
use verdict_runtime::run::Runner;
use verdict_runtime::shutdown::Shutdown;

use crate::edge::Edge;
use crate::follower::FlagEdge;
use crate::keeper::Directory;
use crate::snapshot::{Scope, Snapshot};
use crate::{Deps, Parts, StreamOptions};

/// A log and a rollouts service.
pub(crate) struct World {
    pub(crate) log: Log,
    pub(crate) rollouts: RecordingEdges,
    pub(crate) clock: Arc<ManualClock>,
    /// Where edges keep what they serve.
    pub(crate) directory: Option<PathBuf>,
}

/// The components of an edge, driven as one.
pub(crate) struct Driven {
    pub(crate) follower: FlagEdge,
    beside: Vec<Box<dyn Component>>,
}

impl Driven {
    /// Steps the follower, and where that has nothing to do or fails, the others.
    pub(crate) async fn step(&mut self) -> Result<Progress, Fault> {
        let mut progress = self.follower.step().await.unwrap_or(Progress::IDLE);
        for component in &mut self.beside {
            if progress == Progress::Worked {
                return Ok(progress);
            }
            let other = component.step().await?;
            if other == Progress::Worked || matches!(other, Progress::Blocked { .. }) {
                progress = other;
            }
        }
        Ok(progress)
    }

    /// Drives each component by itself, as a running process does.
    pub(crate) fn run(self, world: &World) -> Runner {
        let roles = Roles::new(world.clock.clone());
        let runner = Runner::new(world.log.clone(), world.clock.clone(), roles, Shutdown::default());
        for component in std::iter::once(Box::new(self.follower) as Box<dyn Component>).chain(self.beside) {
            drop(runner.start(component));
        }
        runner
    }

    /// A step of the component that reports.
    pub(crate) fn reporter_step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        self.beside[0].step()
    }

    pub(crate) fn unready(&self) -> Option<String> {
        self.follower.unready()
    }

    pub(crate) fn applied(&self) -> Option<Position> {
        self.follower.applied()
    }

    pub(crate) async fn stop(&mut self) -> Result<(), Fault> {
        for component in &mut self.beside {
            component.stop().await?;
        }
        Ok(())
    }
}

/// Keeps every request that it answered, and carries out kills.
#[derive(Clone, Default)]
pub(crate) struct RecordingEdges {
    seen: Arc<Mutex<Vec<pb::EdgeRequest>>>,
    kills: Arc<Mutex<Vec<pb::FlagRequest>>>,
    renewals: Arc<Mutex<Vec<pb::RenewSeatRequest>>>,
    /// The next renewal finds that the edge is not waited for.
    lost: Arc<AtomicBool>,
    /// Where the log is once a command was accepted.
    position: Arc<Mutex<String>>,
    down: Arc<AtomicBool>,
    losing: Arc<AtomicBool>,
    swallowing: Arc<AtomicBool>,
    refusing: Arc<AtomicBool>,
}

impl RecordingEdges {
    pub(crate) fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    /// Commands are carried out, and their answers are lost.
    pub(crate) fn set_losing(&self, losing: bool) {
        self.down.store(false, Ordering::SeqCst);
        self.losing.store(losing, Ordering::SeqCst);
    }

    /// Commands are never answered.
    pub(crate) fn set_swallowing(&self, swallowing: bool) {
        self.swallowing.store(swallowing, Ordering::SeqCst);
    }

    pub(crate) fn set_refusing(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }

    pub(crate) fn seen(&self) -> Vec<pb::EdgeRequest> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Positions of the renewals.
    pub(crate) fn renewals(&self) -> Vec<String> {
        let renewals = self.renewals.lock().unwrap_or_else(PoisonError::into_inner);
        renewals.iter().map(|renewal| renewal.position.clone()).collect()
    }

    pub(crate) fn lose(&self) {
        self.lost.store(true, Ordering::SeqCst);
    }

    /// Commands are accepted at this position.
    pub(crate) fn accept_at(&self, position: &Position) {
        *self.position.lock().unwrap_or_else(PoisonError::into_inner) = position.to_string();
    }

    pub(crate) fn kills(&self) -> Vec<pb::FlagRequest> {
        self.kills.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn transport(&self) -> Transport {
        let routes = Routes::new(EdgesServer::new(self.clone())).add_service(FlagsServer::new(self.clone()));
        in_process(routes.prepare())
    }

    pub(crate) fn commands(&self) -> Vec<pb::edge_request::Command> {
        self.seen().into_iter().filter_map(|request| request.command).collect()
    }
}

#[tonic::async_trait]
impl Edges for RecordingEdges {
    async fn execute(&self, request: Request<pb::EdgeRequest>) -> Result<Response<CommandReply>, Status> {
        if self.down.load(Ordering::SeqCst) {
            return Err(Status::unavailable("out for lunch"));
        }
        if self.swallowing.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        if self.losing.load(Ordering::SeqCst) {
            return Err(Status::unavailable("the line broke"));
        }
        let outcome = if self.refusing.load(Ordering::SeqCst) {
            command_reply::Outcome::Refused(Refused::default())
        } else {
            let position = self.position.lock().unwrap_or_else(PoisonError::into_inner).clone();
            command_reply::Outcome::Accepted(Accepted { position, ..Accepted::default() })
        };
        Ok(Response::new(CommandReply { outcome: Some(outcome) }))
    }

    async fn renew(
        &self,
        request: Request<pb::RenewSeatRequest>,
    ) -> Result<Response<pb::RenewSeatReply>, Status> {
        if self.down.load(Ordering::SeqCst) {
            return Err(Status::unavailable("out for lunch"));
        }
        self.renewals.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        let known = !self.lost.swap(false, Ordering::SeqCst);
        Ok(Response::new(pb::RenewSeatReply { ttl_ms: 10_000, known }))
    }
}

#[tonic::async_trait]
impl Flags for RecordingEdges {
    async fn execute(&self, request: Request<pb::FlagRequest>) -> Result<Response<CommandReply>, Status> {
        if self.down.load(Ordering::SeqCst) {
            return Err(Status::unavailable("out for lunch"));
        }
        if self.swallowing.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.kills.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        if self.losing.load(Ordering::SeqCst) {
            return Err(Status::unavailable("the line broke"));
        }
        let accepted = command_reply::Outcome::Accepted(Accepted::default());
        Ok(Response::new(CommandReply { outcome: Some(accepted) }))
    }

    async fn get(&self, _request: Request<GetRequest>) -> Result<Response<pb::FlagView>, Status> {
        Err(Status::unimplemented("nobody asks"))
    }

    async fn list(&self, _request: Request<ListRequest>) -> Result<Response<pb::FlagList>, Status> {
        Err(Status::unimplemented("nobody asks"))
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of_log("log-1")
    }

    /// A world whose edges keep what they serve in `directory`.
    pub(crate) fn keeping(directory: &tempfile::TempDir) -> Self {
        Self { directory: Some(directory.path().to_owned()), ..Self::new() }
    }

    /// The same world after its log was lost and another one, or none, took its place.
    pub(crate) fn over(self, log: Log) -> Self {
        Self { log, ..self }
    }

    /// The same without a log.
    pub(crate) fn without_log(self) -> Self {
        self.over(Arc::new(LateLog::default()))
    }

    /// A world whose log has this id.
    pub(crate) fn of_log(id: &str) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_second(1_700_000_000).unwrap()));
        let log = Arc::new(MemoryLog::new(id, clock.clone()));
        Self { log, rollouts: RecordingEdges::default(), clock, directory: None }
    }

    /// A replica that has not taken a step.
    pub(crate) fn edge(&self) -> (Edge, Driven) {
        let directory = self.directory.as_ref().map(|path| Directory::new(path, self.clock.clone()));
        let Parts { edge, follower, beside, .. } = Parts::new(Deps {
            log: Arc::clone(&self.log),
            rollouts: self.rollouts.transport(),
            connect: Replicas::none().connect,
            id: edge_id(),
            name: "edge-a".to_owned(),
            scope: scope("production"),
            clock: self.clock.clone(),
            offs: directory.as_ref().map(|_| self.offs()),
            directory,
            streams: StreamOptions::default(),
        });
        (edge, Driven { follower, beside })
    }

    /// A replica that has nothing left to do.
    pub(crate) async fn ready_edge(&self) -> (Edge, Driven) {
        let (edge, mut component) = self.edge();
        settle(&mut component).await;
        (edge, component)
    }

    /// Where files switch flags off.
    pub(crate) fn offs(&self) -> PathBuf {
        self.directory.as_ref().unwrap().join("off")
    }

    /// Appends to the stream of the flag with this id.
    pub(crate) async fn append(&self, flag_id: &str, event: NewEvent) -> Position {
        let stream = format!("rollouts.flag-{flag_id}");
        self.log.append(&stream, Expected::Any, vec![event]).await.unwrap().position
    }

    /// Appends to a stream that is no flag's.
    pub(crate) async fn append_elsewhere(&self) -> Position {
        let event = event("BetProposed", &pb::FlagArchived {});
        self.log.append("bets.bet-1", Expected::Any, vec![event]).await.unwrap().position
    }
}

pub(crate) fn edge_id() -> EdgeId {
    EdgeId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_OID, "edge-a"))
}

pub(crate) fn scope(environment: &str) -> Scope {
    Scope { org: "default".to_owned(), environment: environment.to_owned() }
}

/// Steps until nothing is left to do.
pub(crate) async fn settle(component: &mut Driven) {
    while component.step().await.unwrap() == Progress::Worked {}
}

/// The variant that `user` gets, and why; "absent" for a flag that is not served.
pub(crate) fn ask(snapshot: &Snapshot, key: &str, user: &str) -> (String, Reason) {
    let Some(served) = snapshot.get(&scope("production"), key) else {
        return ("absent".to_owned(), Reason::Static);
    };
    let context = serde_json::Map::from_iter([("targetingKey".to_owned(), user.into())]);
    let evaluation = served.compiled.as_ref().unwrap().evaluate(Context::of(&context));
    (evaluation.variant.to_owned(), evaluation.reason)
}

/// What [`ask`] gives.
pub(crate) fn answer(variant: &str, reason: Reason) -> (String, Reason) {
    (variant.to_owned(), reason)
}

pub(crate) fn event(name: &str, message: &impl Serialize) -> NewEvent {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let id = uuid::Uuid::from_u64_pair(7, NEXT.fetch_add(1, Ordering::SeqCst));
    let envelope = Envelope::new(CommandId::from_uuid(id), Principal::dev());
    NewEvent {
        id,
        event_type: format!("rollouts.Flag.{name}.v1"),
        data: serde_json::to_vec(message).unwrap(),
        metadata: metadata(&envelope, Timestamp::UNIX_EPOCH),
    }
}

/// A boolean flag of production that reaches nobody.
pub(crate) fn flag_created(key: &str) -> pb::FlagCreated {
    let variant =
        |name: &str, value: &str| pb::Variant { name: Some(name.to_owned()), value: Some(value.to_owned()) };
    pb::FlagCreated {
        key: Some(key.to_owned()),
        environment: Some("production".to_owned()),
        salt: Some(key.to_owned()),
        bucketing: Some("flagd-v3".to_owned()),
        unit: Some("targetingKey".to_owned()),
        variants: vec![variant("on", "true"), variant("off", "false")],
        on_variant: Some("on".to_owned()),
        off_variant: Some("off".to_owned()),
        ..pb::FlagCreated::default()
    }
}

pub(crate) fn created(key: &str) -> NewEvent {
    event("FlagCreated", &flag_created(key))
}

pub(crate) fn audience(members: &[&str], percent: u32) -> pb::Audience {
    pb::Audience {
        members: members.iter().map(|&member| member.to_owned()).collect(),
        basis_points: Some(percent),
        ..pb::Audience::default()
    }
}

pub(crate) fn exposed(version: u32, audience: pb::Audience) -> NewEvent {
    event(
        "ExposureChanged",
        &pb::ExposureChanged {
            version: Some(version),
            audience: Some(audience),
            ..pb::ExposureChanged::default()
        },
    )
}

/// A narrowing that the rollout `rollout-1` waits for.
pub(crate) fn narrowed(version: u32, audience: pb::Audience) -> NewEvent {
    event(
        "ExposureNarrowed",
        &pb::ExposureNarrowed {
            version: Some(version),
            audience: Some(audience),
            hold: Some(true),
            rollout_id: Some("rollout-1".to_owned()),
            stage: Some("beta".to_owned()),
            attempt: Some(3),
            ..pb::ExposureNarrowed::default()
        },
    )
}

pub(crate) fn killed(version: u32) -> NewEvent {
    event("FlagKilled", &pb::FlagKilled { version: Some(version), ..pb::FlagKilled::default() })
}

pub(crate) fn revived(version: u32) -> NewEvent {
    event("FlagRevived", &pb::FlagRevived { version: Some(version), ..pb::FlagRevived::default() })
}

pub(crate) fn archived() -> NewEvent {
    event("FlagArchived", &pb::FlagArchived {})
}
