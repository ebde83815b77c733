//! What the tests of this crate share: a log in memory, events of flags as the rollouts service stores them, and
//! a rollouts service that writes down what it is told.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tonic::{Request, Response, Status};
use verdict_flag_evaluator::{Context, Reason};
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_kernel::id::{CommandId, EdgeId};
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::edges_server::{Edges, EdgesServer};
use verdict_proto::v1::{Accepted, CommandReply, Refused, command_reply};
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::grpc::in_process;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Expected, Log, NewEvent, Position};
use verdict_runtime::wire::Metadata;

use crate::follower::{Deps, FlagEdge};
use crate::snapshot::{Edge, Scope, Snapshot};

/// A log and a rollouts service.
pub(crate) struct World {
    pub(crate) log: Log,
    pub(crate) rollouts: RecordingEdges,
}

/// Keeps every request that it answered.
#[derive(Clone, Default)]
pub(crate) struct RecordingEdges {
    seen: Arc<Mutex<Vec<pb::EdgeRequest>>>,
    down: Arc<AtomicBool>,
    refusing: Arc<AtomicBool>,
}

impl RecordingEdges {
    pub(crate) fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    pub(crate) fn set_refusing(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }

    pub(crate) fn seen(&self) -> Vec<pb::EdgeRequest> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        let outcome = if self.refusing.load(Ordering::SeqCst) {
            command_reply::Outcome::Refused(Refused::default())
        } else {
            command_reply::Outcome::Accepted(Accepted::default())
        };
        Ok(Response::new(CommandReply { outcome: Some(outcome) }))
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of_log("log-1")
    }

    /// A world whose log has this id.
    pub(crate) fn of_log(id: &str) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_second(1_700_000_000).unwrap()));
        let log = Arc::new(MemoryLog::new(id, clock));
        Self { log, rollouts: RecordingEdges::default() }
    }

    /// A replica that has not taken a step.
    pub(crate) fn edge(&self) -> (Edge, FlagEdge) {
        FlagEdge::new(Deps {
            log: Arc::clone(&self.log),
            rollouts: in_process(EdgesServer::new(self.rollouts.clone())),
            id: edge_id(),
            name: "edge-a".to_owned(),
            scope: scope("production"),
        })
    }

    /// A replica that has nothing left to do.
    pub(crate) async fn ready_edge(&self) -> (Edge, FlagEdge) {
        let (edge, mut component) = self.edge();
        settle(&mut component).await;
        (edge, component)
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
pub(crate) async fn settle(component: &mut FlagEdge) {
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
    let metadata = Metadata {
        command_id: id.to_string(),
        payload_hash: String::new(),
        lease: None,
        epoch: None,
        correlation_id: id.to_string(),
        causation_id: id.to_string(),
        principal: "dev".to_owned(),
        auth: "dev".to_owned(),
        org: "default".to_owned(),
        team: "default".to_owned(),
        reason: String::new(),
        policy_version: 1,
        at: Timestamp::UNIX_EPOCH,
        traceparent: None,
        tracestate: None,
        trace_id: None,
        span_id: None,
    };
    NewEvent {
        id,
        event_type: format!("rollouts.Flag.{name}.v1"),
        data: serde_json::to_vec(message).unwrap(),
        metadata: serde_json::to_vec(&metadata).unwrap(),
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
        percent: Some(percent),
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
    event("FlagKilled", &pb::FlagKilled { version: Some(version), reason: None })
}

pub(crate) fn revived(version: u32) -> NewEvent {
    event("FlagRevived", &pb::FlagRevived { version: Some(version), reason: None })
}

pub(crate) fn archived() -> NewEvent {
    event("FlagArchived", &pb::FlagArchived {})
}
