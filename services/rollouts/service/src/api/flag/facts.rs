//! What a flag must know from elsewhere, read each time a command is decided: whether the rollout that it belongs to
//! is over, and what speaks against the undo of a kill.

use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_kernel::decider::Decider;
use verdict_proto::metrics::v1::FactsRequest;
use verdict_rollouts_domain::flag::{
    BeforeKill, Command, Flag, Known, NoReturnPassed, State, Undo, Whereabouts,
};
use verdict_rollouts_domain::rollout::{self, Rollout};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{ExecuteError, Folded, Repository};
use verdict_runtime::log::MAX_PAGE;
use verdict_stored::{Wire, ruled};

use super::FlagsApi;
use crate::facts;

/// More events than the remarks and overrides of one command.
const LOOK_BACK: u64 = 64;

impl FlagsApi {
    /// What the command must know at this moment.
    pub(super) async fn known(
        &self,
        org: &str,
        flag: &Folded<FlagWire>,
        command: &Command,
    ) -> Result<Known, ExecuteError> {
        let flag = match &flag.state {
            State::Live(flag) | State::Killed(flag) | State::Archived(flag) => flag,
            State::Absent => return Ok(Known::default()),
        };
        Ok(match command {
            Command::SetExposure(wish) => Known {
                claimant_runs: Some(self.claimant_runs(flag).await?),
                no_return: if wish.stage.is_none() { self.no_return(flag).await } else { None },
                ..Known::default()
            },
            Command::Claim { .. } | Command::Archive => {
                Known { claimant_runs: Some(self.claimant_runs(flag).await?), ..Known::default() }
            }
            Command::Revive { undo: true } => {
                let undo = self.undo(org, flag.before_kill.as_ref()).await?;
                Known { undo: Some(undo), ..Known::default() }
            }
            Command::Kill | Command::TurnOff { .. } => {
                Known { no_return: self.no_return(flag).await, ..Known::default() }
            }
            Command::Create { .. }
            | Command::Narrow { .. }
            | Command::ReleaseHold(_)
            | Command::Hold { .. }
            | Command::Revive { undo: false }
            | Command::ScheduleCleanup { .. }
            | Command::RaiseCleanupDue
            | Command::ConfirmRemoved { .. } => Known::default(),
        })
    }

    /// Rule R26: the stage that is served, where its plan says that there is no way back from it. A rollout that cannot be read
    /// says nothing: taking away waits for no answer.
    async fn no_return(&self, flag: &Flag) -> Option<NoReturnPassed> {
        let place = flag.served.as_ref()?.place.as_ref()?;
        let folded = match self.rollouts.load(&place.rollout.to_string()).await {
            Ok(folded) => folded,
            Err(fault) => {
                tracing::warn!(rollout.id = %place.rollout, error = %fault, "whether there is a way back is not known; none is asked for");
                return None;
            }
        };
        let plan = &folded.state.course()?.plan;
        let stage = plan.named(&place.stage)?;
        let from = plan.no_return_at(stage)?.clone();
        Some(NoReturnPassed { stage: stage.clone(), from })
    }

    async fn claimant_runs(&self, flag: &Flag) -> Result<bool, Fault> {
        let Some(claimant) = flag.claim else {
            return Ok(false);
        };
        match self.rollouts.load(&claimant.to_string()).await {
            Ok(folded) => Ok(folded.version > 0 && !Rollout::is_terminal(&folded.state)),
            Err(Fault::Unreadable { .. }) => Ok(!self.ends_over(&claimant.to_string()).await?),
            Err(fault) => Err(fault),
        }
    }

    /// Whether the last thing that happened to a rollout is its end, for one whose past cannot be read as a whole.
    async fn ends_over(&self, id: &str) -> Result<bool, Fault> {
        let stream = Repository::<RolloutWire>::stream(id);
        let last = self.log.read_last(&stream).await?.map_or(0, |last| last.revision);
        let newest = self.log.read_stream(&stream, last.saturating_sub(LOOK_BACK), MAX_PAGE).await?.events;
        let own = newest.iter().rfind(|event| !ruled::is_ruled(&event.event_type));
        let decoded = own.map(|event| RolloutWire::decode(&event.event_type, &event.data));
        Ok(matches!(
            decoded,
            Some(Ok(Some(
                rollout::Event::Completed { .. }
                    | rollout::Event::Aborted { .. }
                    | rollout::Event::ShippedDirectly { .. }
            )))
        ))
    }

    /// A metrics service that does not answer is a fault: whether a guardrail broke is never guessed.
    async fn undo(&self, org: &str, before: Option<&BeforeKill>) -> Result<Undo, ExecuteError> {
        let place = before.and_then(|before| before.exposure.place.as_ref());
        let Some(place) = place else {
            return Ok(Undo { rollout: Whereabouts::NoRollout, guardrails: Vec::new() });
        };
        let id = place.rollout.to_string();
        let rollout = match &self.rollouts.find(org, &id).await?.state {
            rollout::State::Completed(..) => Whereabouts::Completed,
            other => other.active().map_or(Whereabouts::Gone, |active| Whereabouts::Attempt(active.attempt)),
        };
        let unanswered = |why: String| Fault::Unreachable { service: "metrics".to_owned(), why };
        let Some(metrics) = self.metrics.clone() else {
            return Err(unanswered("nobody knows where it is".to_owned()).into());
        };
        let request = FactsRequest { org: org.to_owned(), rollout_id: id, ..FactsRequest::default() };
        let reply = GuardrailsClient::new(metrics).facts(request).await;
        let reply = reply.map_err(|status| unanswered(status.message().to_owned()))?;
        let guardrails = reply.into_inner().guardrails.into_iter().map(facts::guardrail).collect();
        Ok(Undo { rollout, guardrails })
    }
}
