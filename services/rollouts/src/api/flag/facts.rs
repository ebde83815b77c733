//! What a flag must know from elsewhere, read each time a command is decided: whether the rollout that it belongs to
//! is over, and what speaks against the undo of a kill.

use verdict_kernel::id::RolloutId;
use verdict_proto::metrics::v1::FactsRequest;
use verdict_proto::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_rollouts_domain::flag::{BeforeKill, Command, Flag, State, Undo, Whereabouts};
use verdict_rollouts_domain::rollout;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{ExecuteError, Folded};
use verdict_runtime::log::Log;

use super::FlagsApi;
use crate::facts;
use crate::wire::flag::FlagWire;

/// The last events of rollouts that are finished: nothing can follow them.
const FINISHED: [&str; 3] = [
    "rollouts.Rollout.RolloutCompleted.v1",
    "rollouts.Rollout.RolloutAborted.v1",
    "rollouts.Rollout.ShippedDirectly.v1",
];

impl FlagsApi {
    /// The command with what is known now.
    pub(super) async fn informed(
        &self,
        org: &str,
        flag: &Folded<FlagWire>,
        command: Command,
    ) -> Result<Command, ExecuteError> {
        let flag = match &flag.state {
            State::Live(flag) | State::Killed(flag) | State::Archived(flag) => flag,
            State::Absent => return Ok(command),
        };
        Ok(match command {
            Command::SetExposure(mut wish) => {
                wish.claimant_runs = self.claimant_runs(flag).await?;
                Command::SetExposure(wish)
            }
            Command::Claim { rollout, .. } => {
                Command::Claim { rollout, claimant_runs: self.claimant_runs(flag).await? }
            }
            Command::Archive { .. } => Command::Archive { claimant_runs: self.claimant_runs(flag).await? },
            Command::Revive { undo: Some(_) } => {
                Command::Revive { undo: Some(self.undo(org, flag.before_kill.as_ref()).await?) }
            }
            needs_nothing @ (Command::Create { .. }
            | Command::Narrow { .. }
            | Command::TurnOff { .. }
            | Command::ReleaseHold(_)
            | Command::Hold { .. }
            | Command::Kill
            | Command::Revive { undo: None }
            | Command::ScheduleCleanup { .. }
            | Command::RaiseCleanupDue
            | Command::ConfirmRemoved { .. }) => needs_nothing,
        })
    }

    async fn claimant_runs(&self, flag: &Flag) -> Result<bool, Fault> {
        match flag.claim {
            Some(rollout) => runs(&self.log, rollout).await,
            None => Ok(false),
        }
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

/// Whether the rollout exists and is not finished.
async fn runs(log: &Log, rollout: RolloutId) -> Result<bool, Fault> {
    let last = log.read_last(&format!("rollouts.rollout-{rollout}")).await?;
    Ok(last.is_some_and(|event| !FINISHED.contains(&&*event.event_type)))
}
