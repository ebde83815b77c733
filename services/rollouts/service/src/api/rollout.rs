//! `Rollouts`: commands on rollouts, one rollout, the list of them, and why a gate is open or shut.
//!
//! A widening is decided on facts that are gathered each time it is decided, never on kept ones (rule R16).

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_api::rollouts::v1::rollouts_server::Rollouts as Service;
use verdict_kernel::clock::{Clock, Timestamp};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::RolloutId;
use verdict_kernel::key::Key;
use verdict_kernel::policy::Level;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_rollouts_domain::gate::{Answer, Facts, FlagFact};
use verdict_rollouts_domain::rollout::{Command, Event, How, Known, Rollout, State};
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::desk::Desk;
use verdict_runtime::directory::{Directory, Page};
use verdict_runtime::execute::{Envelope, ExecuteError, Executed, Repository};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::naming;
use verdict_runtime::projection::Projector;
use verdict_runtime::route;

use crate::facts::Sources;
use crate::watch::{self, Renewals};

mod request;
#[cfg(test)]
mod tests;
mod why;

use request::Checked;

/// The context, as leases name it.
pub(crate) const CONTEXT: &str = "rollouts";

/// The service as generated code calls it.
#[derive(Clone)]
pub struct RolloutsApi {
    log: Log,
    desk: Desk<RolloutWire>,
    sources: Sources,
    renewals: Arc<Renewals>,
    clock: Arc<dyn Clock>,
}

impl RolloutsApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, sources: Sources, renewals: Arc<Renewals>) -> Self {
        Self {
            desk: Desk::new("rollouts-rollouts", "the list of rollouts", log.clone(), clock.clone()),
            sources,
            renewals,
            clock,
            log,
        }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { desk: self.desk.at_level(level), ..self }
    }

    /// The component that feeds the list.
    pub fn projector(&self) -> Projector<Directory<RolloutWire>> {
        self.desk.projector()
    }

    /// The aggregates, for those in this service who need to know where a rollout stands.
    pub fn repository(&self) -> &Repository<RolloutWire> {
        self.desk.repository()
    }

    /// Begins a rollout under a key.
    async fn begin(&self, checked: Checked, key: &Key) -> (String, Result<Executed, ExecuteError>) {
        let by = &checked.envelope.principal;
        let id = |generation| RolloutId::of(&by.org, &by.team, key, generation).to_string();
        let (envelope, checked) = (&checked.envelope, &checked);
        naming::begin(self.repository(), envelope, key, Rollout::is_terminal, id, |envelope, id| async move {
            let id = verdict_runtime::fields::id("rollout_id", &id)?;
            self.run(Checked { envelope, id, ..checked.clone() }).await
        })
        .await
    }

    async fn run(&self, checked: Checked) -> Result<Executed, ExecuteError> {
        let lost = checked.lost_attempt();
        let (envelope, id) = (checked.envelope.clone(), checked.id.to_string());
        match (self.carry_out(checked).await, lost) {
            (Err(ExecuteError::Fault(fault @ Fault::Unreadable { .. })), Some(attempt)) => {
                self.lose_blind(&envelope, &id, attempt, fault).await
            }
            (outcome, _) => outcome,
        }
    }

    /// Over a past that cannot be read the loss of the watch is written without folding it (design clause 18).
    async fn lose_blind(
        &self,
        envelope: &Envelope,
        id: &str,
        attempt: u32,
        fault: Fault,
    ) -> Result<Executed, ExecuteError> {
        let last = self.log.read_last(&Repository::<RolloutWire>::stream(id)).await?;
        let org = last.as_ref().and_then(|event| event.metadata().ok()).map(|metadata| metadata.org);
        if org.is_some_and(|org| org != envelope.principal.org) {
            return Err(fault.into());
        }
        if !envelope.dry_run {
            tracing::error!(rollout.id = id, error = %fault, "the watch of rollout {id} is lost, written without reading its past");
        }
        let event = Event::WatchLost { at: self.clock.now(), attempt };
        self.repository().append_blind(envelope, id, &[event]).await
    }

    async fn carry_out(&self, checked: Checked) -> Result<Executed, ExecuteError> {
        let Checked { envelope, id, command, creates, key: _ } = checked;
        let (called, asked, wish) = (&id.to_string(), &envelope, &command);
        self.desk
            .execute(&envelope, id, creates, command.clone(), |folded| {
                Box::pin(async move { Ok(self.known(asked, called, &folded.state, wish).await?) })
            })
            .await
    }

    /// What the command must know at this moment.
    async fn known(
        &self,
        envelope: &Envelope,
        id: &str,
        state: &State,
        command: &Command,
    ) -> Result<Known, Fault> {
        let org = envelope.principal.org.as_str();
        Ok(match command {
            Command::Plan(proposal) => self.sources.grounds(org, id, &proposal.plan).await?.into(),
            Command::ShipDirectly { bet, .. } => {
                Known { bet_is_missing: Some(self.sources.lacks(org, *bet).await?), ..Known::default() }
            }
            Command::Start => self.grounds_of_start(envelope, id, state).await?,
            // Going down asks nobody else, so that it works when nobody answers.
            Command::EnterStage { stage, .. } if state.is_no_way_up(stage) => {
                self.own_facts(org, id, state).await
            }
            Command::EnterStage { .. }
            | Command::AdvanceStep
            | Command::EvaluateGate { .. }
            | Command::Complete => self.facts_since(org, id, state, state.judged_since()).await?,
            Command::Resume { how } => self.facts_of_resume(org, id, state, *how).await?,
            Command::RecordEvidence { .. }
            | Command::Pause { .. }
            | Command::LoseWatch { .. }
            | Command::RestoreWatch
            | Command::RequestRollback(_)
            | Command::ConfirmRollback { .. }
            | Command::MarkOverdue { .. }
            | Command::ExtendStage { .. }
            | Command::Abort => Known::default(),
        })
    }

    /// A false alarm is judged as the step was before the rollback (decision D2).
    async fn facts_of_resume(&self, org: &str, id: &str, state: &State, how: How) -> Result<Known, Fault> {
        let since = match how {
            How::FalseAlarm => state.failed().map(|failed| failed.was.exposed_at),
            How::Fresh | How::Undo => None,
        };
        self.facts_since(org, id, state, since.or_else(|| state.judged_since())).await
    }

    async fn facts_since(
        &self,
        org: &str,
        id: &str,
        state: &State,
        since: Option<Timestamp>,
    ) -> Result<Known, Fault> {
        match state.course() {
            Some(course) => Ok(self.sources.gather(org, id, &course.plan, since).await?.into()),
            None => Ok(Known::default()),
        }
    }

    /// What this context knows by itself; a flag that cannot be read is unknown.
    async fn own_facts(&self, org: &str, id: &str, state: &State) -> Known {
        let Some(course) = state.course() else {
            return Known::default();
        };
        let flag = self.sources.flag(org, id, &course.plan).await;
        let flag = flag.unwrap_or_else(|fault| FlagFact::Unknown(fault.to_string()));
        Facts { flag, metrics: Answer::Silent("not asked".to_owned()) }.into()
    }

    /// The flag is the rollout's own before the start is decided (rule R22), unless it is only to be decided.
    async fn grounds_of_start(&self, envelope: &Envelope, id: &str, state: &State) -> Result<Known, Fault> {
        let org = envelope.principal.org.as_str();
        let State::Draft(course) = state else {
            // Nothing is started, so nothing is looked up.
            return Ok(Known::default());
        };
        let grounds = self.sources.grounds(org, id, &course.plan).await?;
        if envelope.dry_run || !grounds.against_a_start(&course.plan).is_empty() {
            return Ok(grounds.into());
        }
        self.sources.claim(envelope, id, &course.plan).await?;
        Ok(self.sources.grounds(org, id, &course.plan).await?.into())
    }
}

#[tonic::async_trait]
impl Service for RolloutsApi {
    async fn execute(&self, request: Request<pb::RolloutRequest>) -> Result<Response<CommandReply>, Status> {
        let mut request = request.into_inner();
        request::call_by_id(&self.desk, &mut request).await?;
        let mut checked = request::extract(request)?;
        if let Some(key) = checked.key.take() {
            let (id, outcome) = self.begin(checked, &key).await;
            return grpc::reply(&id, outcome);
        }
        grpc::reply(&checked.id.to_string(), self.run(checked).await)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::RolloutView>, Status> {
        self.desk.get(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::RolloutList>, Status> {
        let Page { items, position, next } = self.desk.list(request.get_ref()).await?;
        Ok(Response::new(pb::RolloutList { rollouts: items, position, next }))
    }

    async fn why(&self, request: Request<GetRequest>) -> Result<Response<pb::GateView>, Status> {
        let view = self.gate(request.get_ref()).await;
        view.map(Response::new).map_err(|error| grpc::problem(error).into())
    }

    async fn renew_watch(
        &self,
        request: Request<pb::RenewWatchRequest>,
    ) -> Result<Response<pb::RenewWatchReply>, Status> {
        let rollouts = request::watched(&request.get_ref().rollout_ids)?;
        let now = self.clock.monotonic();
        if !self.renewals.are_kept(now) {
            return Err(route::elsewhere(&self.log, CONTEXT, watch::NAME).await.into());
        }
        let period = self.renewals.renew(rollouts, now);
        Ok(Response::new(pb::RenewWatchReply {
            period_seconds: u32::try_from(period.as_secs()).unwrap_or(u32::MAX),
        }))
    }
}
