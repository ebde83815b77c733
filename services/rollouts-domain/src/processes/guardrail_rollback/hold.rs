//! A breach of a guardrail whose effect is to hold (rule R21): the rollout stops where it is, and nothing is taken back.
//!
//! ```text
//! breach ──> pause_rollout ──> open_hold_incident, hold_announcements
//! ```
//!
//! It stays for the attempt, because a guardrail that rolls back may break later. Each further one that holds pauses the
//! rollout again, which somebody may have resumed meanwhile.

use std::collections::BTreeSet;

use verdict_kernel::process::{Progress, Step};

use super::aftermath::{hold_announcements, open_incident};
use super::{Action, Breach, Fact};

/// What was done about the breaches of the attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    first: Breach,
    later: Vec<Breach>,
    recorded: BTreeSet<(String, u32)>,
    attempt_over: bool,
}

impl Hold {
    pub(super) const fn after(first: Breach) -> Self {
        Self { first, later: Vec::new(), recorded: BTreeSet::new(), attempt_over: false }
    }

    pub(super) fn note(&mut self, progress: &Progress<Fact>) {
        match progress {
            Progress::StepRecorded { step, attempt, .. } => {
                self.recorded.insert((step.clone(), *attempt));
            }
            Progress::Noted(Fact::BreachNoted(breach)) => self.later.push(breach.clone()),
            Progress::Noted(Fact::AttemptOver) => self.attempt_over = true,
            Progress::Noted(
                Fact::Narrowed(_) | Fact::EdgesListed(_) | Fact::Served { .. } | Fact::EdgeGone(_),
            )
            | Progress::DeadlineSet { .. }
            | Progress::DeadlinePassed { .. }
            | Progress::Ended => {}
        }
    }

    /// The rollback that takes over does nothing twice.
    pub(super) fn into_recorded(self) -> BTreeSet<(String, u32)> {
        self.recorded
    }

    pub(super) fn due(&self) -> Vec<Step<Action>> {
        let step = |name, attempt, action| Step { name, attempt, cause: None, action };
        let breaches = (1..).zip(std::iter::once(&self.first).chain(&self.later));
        let pauses = breaches.map(|(attempt, breach)| {
            step("pause_rollout", attempt, Action::PauseRollout { breach: breach.clone() })
        });
        let rest = [
            step("open_hold_incident", 1, open_incident(self.first.clone())),
            step("hold_announcements", 1, hold_announcements(&self.first)),
        ];
        let recorded = |step: &Step<Action>| self.recorded.contains(&(step.name.to_owned(), step.attempt));
        pauses.chain(rest).filter(|step| !recorded(step)).collect()
    }

    /// The rollout has gone on.
    pub(super) const fn is_left(&self) -> bool {
        self.attempt_over
    }

    pub(super) fn is_over(&self) -> bool {
        self.attempt_over && self.due().is_empty()
    }
}
