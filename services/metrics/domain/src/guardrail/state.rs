//! The states of a guardrail, and what follows from them without any command.

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Timestamp;

use super::decide::{is_new_failure, is_news};
use super::{Effect, Guardrail};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Unarmed,
    Armed(Guardrail),
    /// The breach of `attempt` was false; the episode goes on without another one for it.
    Excused {
        guardrail: Guardrail,
        attempt: u32,
    },
    Breached {
        guardrail: Guardrail,
        attempt: u32,
    },
    Acknowledged {
        guardrail: Guardrail,
        attempt: u32,
    },
    Recovered(Guardrail),
    Disarmed(Guardrail),
}

impl State {
    /// The guardrail; `None` before it is armed.
    pub const fn guardrail(&self) -> Option<&Guardrail> {
        match self {
            Self::Unarmed => None,
            Self::Armed(guardrail)
            | Self::Excused { guardrail, .. }
            | Self::Breached { guardrail, .. }
            | Self::Acknowledged { guardrail, .. }
            | Self::Recovered(guardrail)
            | Self::Disarmed(guardrail) => Some(guardrail),
        }
    }

    /// The effect of now; `None` before it is armed.
    pub const fn effect(&self) -> Option<Effect> {
        match self.guardrail() {
            Some(guardrail) => Some(guardrail.effect),
            None => None,
        }
    }

    /// Whether answers matter: armed, and not disarmed since.
    pub const fn is_watching(&self) -> bool {
        match self {
            Self::Unarmed | Self::Disarmed(_) => false,
            Self::Armed(_)
            | Self::Excused { .. }
            | Self::Breached { .. }
            | Self::Acknowledged { .. }
            | Self::Recovered(_) => true,
        }
    }

    /// Whether a breach is open: neither recovered from nor retracted.
    pub const fn is_breached(&self) -> bool {
        self.open_attempt().is_some()
    }

    /// The newest attempt that a breach of the present episode names, retracted or not.
    pub const fn episode(&self) -> Option<u32> {
        match self {
            Self::Unarmed | Self::Armed(_) | Self::Recovered(_) | Self::Disarmed(_) => None,
            Self::Excused { attempt, .. }
            | Self::Breached { attempt, .. }
            | Self::Acknowledged { attempt, .. } => Some(*attempt),
        }
    }

    /// The attempt whose breach is open.
    pub const fn open_attempt(&self) -> Option<u32> {
        match self {
            Self::Unarmed
            | Self::Armed(_)
            | Self::Excused { .. }
            | Self::Recovered(_)
            | Self::Disarmed(_) => None,
            Self::Breached { attempt, .. } | Self::Acknowledged { attempt, .. } => Some(*attempt),
        }
    }

    /// The name of the state in views.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unarmed => "unarmed",
            Self::Armed(_) => "armed",
            Self::Excused { .. } => "retracted",
            Self::Breached { .. } => "breached",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Recovered(_) => "recovered",
            Self::Disarmed(_) => "disarmed",
        }
    }

    /// Whether an answer of `state` at `as_of`, found at `now`, would change anything while the rollout is in `attempt`.
    pub fn would_change(
        &self,
        state: CheckState,
        as_of: Timestamp,
        attempt: Option<u32>,
        now: Timestamp,
    ) -> bool {
        let Some(guardrail) = self.guardrail().filter(|_| self.is_watching()) else {
            return false;
        };
        let fails_anew =
            state == CheckState::Fail && attempt.is_some_and(|now| is_new_failure(self, guardrail, now));
        is_news(guardrail, state, as_of, now) && (fails_anew || guardrail.last.state() != state)
    }
}
