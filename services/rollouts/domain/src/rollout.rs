//! A rollout: exposure of one flag in one environment, grown stage by stage through gates.
//!
//! ```text
//! Absent --Plan--> Draft --Start--> Running --EnterStage/AdvanceStep (gate open)--> Running --Complete--> Completed
//!   |                               |  ^  |                                                 (gate open)
//!   '--ShipDirectly--> Shipped  Pause  |  '--RequestRollback--> RollingBack --Confirm--> RolledBack
//!                     LoseWatch v  Resume                          ^                     |
//!                              Paused -----RequestRollback---------'      Resume: Running at what is served
//! ```
//!
//! From every state but the last ones: `Abort`. Going back to a lower stage or step is possible while running, paused
//! or rolled back, and asks no gate; during a rollback it lowers the target.
//!
//! Invariants: one active stage; exposure grows only by `StageEntered` and `StepAdvanced`, which a gate with
//! nothing but passes allowed, or a person past a check that the policy level lowers (rule P1), and by `Resumed`, which is
//! never wider than what is served unless a false alarm or a kill by mistake is taken back; after a rollback nothing grows before a resume; attempts only count up; time
//! without exposure is no soak.

use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::principal::Issued;

mod calendar;
mod command;
mod decide;
mod event;
mod evolve;
pub mod grounds;
mod known;
mod moving;
mod overdue;
mod pausing;
mod refusal;
mod resuming;
mod retreating;
mod state;
mod telling;

pub use crate::plan::{Move, NoReturn, OnBlind, Plan, Promotion, Proposal, Unit, Unplannable};
pub use command::{Cause, Command, How, PauseCause, REVERSES, Retreat};
pub use event::{Entry, Event, ResumeKind, Resumption};
pub use grounds::{FlagGround, Grounds, Ungrounded};
pub use known::Known;
pub(crate) use refusal::NO_WAY_BACK;
pub use refusal::{Refusal, STILL_SERVED};
pub(crate) use resuming::{ANSWERED, is_answered, unanswered};
pub use resuming::{NoWayBack, Unanswered};
pub use state::{Active, Course, Failed, Pause, State};

/// The aggregate.
#[derive(Debug, Clone, Copy)]
pub struct Rollout;

impl Decider for Rollout {
    const CATEGORY: &'static str = "rollouts.rollout";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = Known;

    fn decide(
        state: &State,
        command: Command,
        known: &Known,
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        match command {
            Command::Plan(proposal) => decide::plan_rollout(state, *proposal, known, issued),
            Command::ShipDirectly { bet, user_visible } => {
                decide::ship_directly(state, bet, user_visible, known, issued)
            }
            Command::Start => decide::start(state, known, issued),
            Command::EnterStage { stage, step, by } => {
                moving::enter_stage(state, &stage, (step, &by), known, issued)
            }
            Command::AdvanceStep => moving::advance_step(state, known, issued),
            Command::RecordEvidence { kind, verdict, link } => {
                decide::record_evidence(state, &kind, &verdict, &link, issued)
            }
            Command::EvaluateGate { attempt } => decide::evaluate_gate(state, attempt, known, issued),
            Command::Pause { cause, attempt } => pausing::pause(state, cause, attempt, issued),
            Command::Resume { how } => resuming::resume(state, how, known, issued),
            Command::LoseWatch { attempt } => Ok(pausing::lose_watch(state, attempt, issued).into()),
            Command::RestoreWatch => Ok(pausing::restore_watch(state, issued).into()),
            Command::RequestRollback(retreat) => retreating::request_rollback(state, retreat, issued),
            Command::ConfirmRollback { to, flag_version } => {
                retreating::confirm_rollback(state, to.as_ref(), flag_version)
            }
            Command::MarkOverdue { attempt } => overdue::mark(state, attempt, issued),
            Command::ExtendStage { by } => overdue::extend(state, by, issued),
            Command::Complete => moving::complete(state, known, issued),
            Command::Abort => decide::abort(state, issued),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve::evolve(state, event)
    }

    fn is_terminal(state: &State) -> bool {
        match state {
            State::Completed(..) | State::Aborted(_) | State::ShippedDirectly => true,
            State::Absent
            | State::Draft(_)
            | State::Running(..)
            | State::Paused(..)
            | State::RollingBack(..)
            | State::RolledBack(..) => false,
        }
    }
}

#[cfg(test)]
mod tests;
