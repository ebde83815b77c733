//! What an edge says to the rollouts service: that it is there, what it serves, and that it goes.
//!
//! Command ids derive from the edge and from what caused the command, so a report that is sent again after a
//! lost reply has one effect. What was served last is told anew to each log: one that was restored may hold the answer
//! to the same report from before. The follower only leaves reports in the [`Outbox`]; the [`Reporter`] sends them, so
//! that no change of a flag waits for another service.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_api::rollouts::v1::edges_client::EdgesClient;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, EdgeId};
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::edge_request::Command;
use verdict_proto::v1::{CommandMeta, command_reply};
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::grpc::{Transport, is_transient, problem_of};
use verdict_runtime::log::Position;
use verdict_runtime::route::Route;

use crate::edge::Edge;
use crate::fold::Narrowing;
use crate::fold::bounds::LastServed;
use crate::former::Former;

/// How long the start of an edge waits for its join, and its end for its good-bye.
const BRIEF: Duration = Duration::from_secs(1);
/// How long a report may take: longer than the calls of a round over all replicas of the service, so that one of them
/// that swallows calls is found out and remembered.
pub(crate) const PATIENCE: Duration = Duration::from_secs(7);
/// How often a seat is renewed: three times while it lasts (decision D8).
const RENEW: Duration = Duration::from_secs(3);
/// Pause before a report that failed is sent again.
pub(crate) const RETRY: Duration = Duration::from_secs(1);

/// Where the follower leaves what is to be said. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Outbox {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    presence: Presence,
    pending: VecDeque<Report>,
    /// Flags that the log holds at what was served, once it has been read up to here.
    held: Vec<(String, Position)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Report {
    Confirm(Narrowing),
    LastServed {
        /// Up to where the log had been read that lacks it: tells this log from every other.
        lacked_at: String,
        served: LastServed,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Presence {
    #[default]
    NotAsked,
    /// The join with this id has not been answered.
    Joining(CommandId),
    Joined(CommandId),
}

impl Outbox {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody may wait to hear that this narrowing or kill is served; said once, however often it is asked for.
    pub(crate) fn confirm(&self, narrowing: Narrowing) {
        let (report, mut inner) = (Report::Confirm(narrowing), self.lock());
        if !inner.pending.contains(&report) {
            inner.pending.push_back(report);
        }
    }

    /// The log, read up to `lacked_at`, is to hold these flags at what was served. What was said of another log, or
    /// before this one went back, is void.
    pub(crate) fn last_served(&self, flags: Vec<LastServed>, lacked_at: Option<&Position>) {
        let lacked_at = lacked_at.map(ToString::to_string).unwrap_or_default();
        let mut inner = self.lock();
        inner.held.clear();
        inner.pending.retain(|report| !matches!(report, Report::LastServed { .. }));
        let report = |served| Report::LastServed { lacked_at: lacked_at.clone(), served };
        inner.pending.extend(flags.into_iter().map(report));
    }

    /// `report` was answered. `held` is up to where the log must be read to see that it holds the flag; `None` when it
    /// does not, or none was to be held.
    pub(crate) fn answered(&self, report: &Report, held: Option<Position>) {
        let mut inner = self.lock();
        let waited_for = inner.pending.contains(report);
        inner.pending.retain(|pending| pending != report);
        if let (true, Report::LastServed { served, .. }) = (waited_for, report) {
            inner.held.extend(held.map(|until| (served.flag_id.clone(), until)));
        }
    }

    fn has_joined(&self) -> bool {
        matches!(self.lock().presence, Presence::Joined(_))
    }

    /// Leaves out narrowings of the past that a later one of the same flag has replaced.
    pub(crate) fn forget_superseded(&self) {
        let mut inner = self.lock();
        let confirms = inner.pending.iter().filter_map(|report| match report {
            Report::Confirm(narrowing) => Some((narrowing.flag_id.clone(), narrowing.event)),
            Report::LastServed { .. } => None,
        });
        let newest: BTreeMap<String, uuid::Uuid> = confirms.collect();
        inner.pending.retain(|report| match report {
            Report::Confirm(narrowing) => newest.get(&narrowing.flag_id) == Some(&narrowing.event),
            Report::LastServed { .. } => true,
        });
    }

    /// What is sent next: somebody waits for confirmations, and what was served is told when there is time.
    pub(crate) fn next(&self) -> Option<Report> {
        let inner = self.lock();
        let confirm = inner.pending.iter().find(|report| matches!(report, Report::Confirm(_)));
        confirm.or_else(|| inner.pending.front()).cloned()
    }

    /// Flags that the log itself holds now, as far as it has been read.
    pub(crate) fn take_held(&self, applied: Option<&Position>) -> Vec<String> {
        let read = |until: &Position| applied.is_some_and(|applied| applied.covers(until) == Some(true));
        let mut inner = self.lock();
        let (held, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut inner.held).into_iter().partition(|(_, until)| read(until));
        inner.held = rest;
        held.into_iter().map(|(flag, _)| flag).collect()
    }
}

/// The way to the rollouts service, and who calls.
#[derive(Clone)]
pub(crate) struct Line {
    edges: EdgesClient<Transport>,
    id: EdgeId,
    name: String,
    outbox: Outbox,
    /// Leads to whoever keeps the seats.
    keeper: Arc<Route>,
    former: Former,
}

impl Line {
    pub(crate) fn new(rollouts: Transport, keeper: Route, id: EdgeId, name: String, outbox: Outbox) -> Self {
        let former = Former::default();
        Self { edges: EdgesClient::new(rollouts), id, name, outbox, keeper: Arc::new(keeper), former }
    }

    /// The same, saying good-bye for the starts before it.
    pub(crate) fn after(self, former: Former) -> Self {
        Self { former, ..self }
    }

    /// Tries to join once. `head` tells this start of the edge from every other.
    pub(crate) async fn join(&self, head: Option<&Position>) {
        let label = head.map_or_else(|| "join".to_owned(), |head| format!("join/{head}"));
        self.outbox.lock().presence = Presence::Joining(CommandId::derive(self.id.as_uuid(), &label));
        if let Err(fault) = self.send_join(BRIEF).await {
            tracing::warn!(%fault, "the flag edge could not join; it goes on and tries again");
        }
    }

    async fn send_join(&self, patience: Duration) -> Result<bool, Fault> {
        let Presence::Joining(id) = self.outbox.lock().presence else {
            return Ok(false);
        };
        let join = Command::Join(pb::JoinEdge { name: self.name.clone() });
        self.send(id, String::new(), join, patience).await?;
        let mut inner = self.outbox.lock();
        if inner.presence == Presence::Joining(id) {
            inner.presence = Presence::Joined(id);
        }
        Ok(true)
    }

    /// Sends the report that is due next; `false` when there is none.
    async fn send_next(&self) -> Result<bool, Fault> {
        if self.send_join(PATIENCE).await? {
            return Ok(true);
        }
        if let Some(over) = self.former.next() {
            let id = CommandId::derive(over.as_uuid(), "over");
            self.send_as(over, id, String::new(), Command::Leave(pb::LeaveEdge {}), PATIENCE).await?;
            self.former.said(over, self.id);
            return Ok(true);
        }
        let Some(report) = self.outbox.next() else { return Ok(false) };
        let held = match &report {
            Report::Confirm(narrowing) => {
                self.send_confirm(narrowing).await?;
                None
            }
            Report::LastServed { lacked_at, served } => self.send_last_served(lacked_at, served).await?,
        };
        self.outbox.answered(&report, held);
        Ok(true)
    }

    async fn send_confirm(&self, narrowing: &Narrowing) -> Result<(), Fault> {
        let id = CommandId::derive(self.id.as_uuid(), &format!("confirm/{}", narrowing.event));
        let confirm = Command::ConfirmServed(pb::ConfirmServed {
            flag_id: narrowing.flag_id.clone(),
            flag_version: narrowing.version,
            rollout_id: narrowing.asked.rollout_id.clone(),
            stage: narrowing.asked.stage.clone(),
            attempt: narrowing.asked.attempt,
        });
        self.send(id, narrowing.event.to_string(), confirm, PATIENCE).await.map(|_| ())
    }

    /// Up to where the log must be read to see that it holds the flag; `None` when it does not.
    async fn send_last_served(
        &self,
        lacked_at: &str,
        served: &LastServed,
    ) -> Result<Option<Position>, Fault> {
        let LastServed { flag_id, audience, killed } = served.clone();
        let label = format!("served/{lacked_at}/{flag_id}/{killed}/{audience:?}");
        let id = CommandId::derive(self.id.as_uuid(), &label);
        let report = Command::ReportServed(pb::ReportServed { flag_id, audience: Some(audience), killed });
        let position = self.send(id, String::new(), report, PATIENCE).await?;
        Ok(position.and_then(|position| position.parse().ok()))
    }

    /// The edge is alive, and serves what is at least as new as this.
    async fn renew(&self, position: Option<&Position>) -> Result<(), Fault> {
        let request = pb::RenewSeatRequest {
            org: String::new(),
            edge_id: self.id.to_string(),
            name: self.name.clone(),
            position: position.map(ToString::to_string).unwrap_or_default(),
        };
        let call = |transport: Transport| {
            let request = request.clone();
            async move { EdgesClient::new(transport).renew(request).await }
        };
        let reply = self.keeper.call(call).await.map_err(|error| unreachable(error.to_string()))?;
        let mut inner = self.outbox.lock();
        if let (false, Presence::Joined(joined)) = (reply.known, inner.presence) {
            // It was silent for too long and is not waited for: it joins anew, under another id.
            inner.presence = Presence::Joining(CommandId::derive(joined.as_uuid(), "again"));
        }
        Ok(())
    }

    /// Says good-bye, if it ever said hello.
    async fn leave(&self) -> Result<(), Fault> {
        let (Presence::Joining(joined) | Presence::Joined(joined)) = self.outbox.lock().presence else {
            return Ok(());
        };
        let id = CommandId::derive(joined.as_uuid(), "leave");
        self.send(id, String::new(), Command::Leave(pb::LeaveEdge {}), BRIEF).await?;
        self.outbox.lock().presence = Presence::NotAsked;
        Ok(())
    }

    /// The position of what was accepted. A refusal is an answer, as is a call that is not understood: it is written
    /// down and not asked for again.
    async fn send(
        &self,
        id: CommandId,
        causation_id: String,
        command: Command,
        patience: Duration,
    ) -> Result<Option<String>, Fault> {
        self.send_as(self.id, id, causation_id, command, patience).await
    }

    async fn send_as(
        &self,
        edge: EdgeId,
        id: CommandId,
        causation_id: String,
        command: Command,
        patience: Duration,
    ) -> Result<Option<String>, Fault> {
        let request = pb::EdgeRequest {
            meta: Some(CommandMeta {
                command_id: id.to_string(),
                causation_id,
                process: "flag-edge".to_owned(),
                ..CommandMeta::default()
            }),
            edge_id: edge.to_string(),
            command: Some(command),
        };
        let reply = match tokio::time::timeout(patience, self.edges.clone().execute(request)).await {
            Err(_) => return Err(unreachable(format!("no answer within {patience:?}"))),
            Ok(Err(status)) if is_transient(&status) => return Err(unreachable(status.message().to_owned())),
            // It was killed before it had joined.
            Ok(Err(status))
                if edge != self.id
                    && problem_of(&status).is_some_and(|problem| problem.code == "not_found") =>
            {
                return Ok(None);
            }
            Ok(Err(status)) => {
                tracing::error!(%status, "a report of the flag edge was not understood");
                return Ok(None);
            }
            Ok(Ok(reply)) => reply.into_inner(),
        };
        match reply.outcome {
            Some(command_reply::Outcome::Accepted(accepted)) => Ok(Some(accepted.position)),
            Some(command_reply::Outcome::Refused(refused)) => {
                tracing::warn!(
                    code = refused.code,
                    sentence = refused.sentence,
                    "a report of the flag edge was refused"
                );
                Ok(None)
            }
            None => Ok(None),
        }
    }
}

fn unreachable(why: String) -> Fault {
    Fault::Unreachable { service: "rollouts".to_owned(), why }
}

/// The component that sends what lies in the outbox, and says that the edge is alive.
pub(crate) struct Reporter {
    line: Line,
    edge: Edge,
    clock: Arc<dyn Clock>,
    begun: bool,
    /// Monotonic time of the last attempt to renew the seat.
    renewed: Option<Duration>,
}

impl Reporter {
    pub(crate) fn new(line: Line, edge: Edge, clock: Arc<dyn Clock>) -> Self {
        Self { line, edge, clock, begun: false, renewed: None }
    }

    async fn report(&mut self) -> Result<Progress, Fault> {
        // The first step is quick, because a start waits for it.
        if !std::mem::replace(&mut self.begun, true) {
            return Ok(Progress::Worked);
        }
        self.renew().await;
        match self.line.send_next().await {
            Ok(true) => Ok(Progress::Worked),
            Ok(false) => Ok(Progress::Idle { due: None, retry: Some(RENEW) }),
            Err(fault) => {
                tracing::warn!(%fault, "the flag edge could not report; it goes on serving and tries again");
                Ok(Progress::Blocked { due: None, retry: RETRY })
            }
        }
    }

    /// A seat that cannot be renewed is lost in time, and that is all that it is for.
    async fn renew(&mut self) {
        let now = self.clock.monotonic();
        let due = self.renewed.is_none_or(|at| now.saturating_sub(at) >= RENEW);
        if !due || !self.line.outbox.has_joined() {
            return;
        }
        self.renewed = Some(now);
        let position = self.edge.snapshot().and_then(|snapshot| snapshot.position.clone());
        if let Err(fault) = self.line.renew(position.as_ref()).await {
            tracing::warn!(%fault, "the flag edge could not renew its seat");
        }
    }
}

impl Component for Reporter {
    fn name(&self) -> &'static str {
        "flag-edge-reports"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.report())
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async { self.line.leave().await })
    }
}
