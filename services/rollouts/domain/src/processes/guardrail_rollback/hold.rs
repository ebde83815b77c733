//! A breach of a guardrail whose effect is to hold (rule R21), or of any from a point of no return on (rule R26): the
//! rollout stops where it is, and nothing is taken back.
//!
//! ```text
//! breach ──> hold_flag (rule R26) ──> pause_rollout ──> open_hold_incident, hold_announcements
//!               └ narrowed instead ──> a rollback
//! ```
//!
//! From a point of no return on the flag is held as well: it must not show what was decided on just before the breach.
//! Where it does not show yet what has no way back, it is narrowed instead, and that is a rollback like any other.
//!
//! It stays for the attempt, because a guardrail that rolls back may break later. Each further one that holds pauses the
//! rollout again, which somebody may have resumed meanwhile.

use verdict_kernel::process::{Next, Past, Step};

use super::aftermath::{hold_announcements, open_incident};
use super::rolling::HOLD_ANNOUNCEMENTS;
use super::{Action, Breach, Fact};

const HOLD_FLAG: &str = "hold_flag";
const PAUSE_ROLLOUT: &str = "pause_rollout";
const OPEN_HOLD_INCIDENT: &str = "open_hold_incident";

/// The breaches of the attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    first: Breach,
    later: Vec<Breach>,
    attempt_over: bool,
}

impl Hold {
    pub(super) const fn after(first: Breach) -> Self {
        Self { first, later: Vec::new(), attempt_over: false }
    }

    pub(super) fn learn(&mut self, fact: &Fact) {
        match fact {
            Fact::BreachNoted(breach) => self.later.push(breach.clone()),
            Fact::AttemptOver => self.attempt_over = true,
            Fact::Narrowed(_) | Fact::EdgesListed(_) | Fact::Served { .. } | Fact::EdgeGone(_) => {}
        }
    }

    pub(super) fn next(&self, past: &Past) -> Next<Action> {
        let breaches = || (1..).zip(self.breaches());
        let held = || {
            breaches().filter(|(_, breach)| breach.irreversible).map(|(attempt, breach)| {
                Step::new(HOLD_FLAG, attempt, Action::HoldFlag { breach: breach.clone() })
            })
        };
        let pauses = breaches().map(|(attempt, breach)| {
            Step::new(PAUSE_ROLLOUT, attempt, Action::PauseRollout { breach: breach.clone() })
        });
        // What the flag says to the first decides what is told of it.
        if !past.left_of(held()).is_empty() {
            return Next { steps: past.left_of(held().chain(pauses)), ..Next::nothing() };
        }
        let rest = [
            Step::new(OPEN_HOLD_INCIDENT, 1, open_incident(self.first.clone())),
            // The rollback that takes over does not do it twice.
            Step::new(HOLD_ANNOUNCEMENTS, 1, hold_announcements(&self.first)),
        ];
        let steps = past.left_of(pauses.chain(rest));
        Next { over: self.attempt_over && steps.is_empty(), steps, ..Next::nothing() }
    }

    fn breaches(&self) -> impl Iterator<Item = &Breach> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// What the flag took back after all, because it did not show yet what has no way back.
    pub(super) fn taken_back(&self) -> Option<Breach> {
        let newest = self.breaches().filter(|breach| breach.irreversible && !breach.holds_only).last()?;
        Some(Breach { irreversible: false, critical: self.is_critical(), ..newest.clone() })
    }

    /// Whether one of them would have taken back everything where there is a way back.
    pub(super) fn is_critical(&self) -> bool {
        self.breaches().any(|breach| breach.critical && !breach.holds_only)
    }

    /// The rollout has gone on.
    pub(super) const fn is_left(&self) -> bool {
        self.attempt_over
    }
}
