//! Times in which nothing soaks and nothing widens (rules R15, R21, R24).

use verdict_kernel::decision::Decision;
use verdict_kernel::principal::Issued;

use super::command::PauseCause;
use super::decide::{Decided, not_in};
use super::state::{Active, Pause, State};
use super::{Event, Refusal};
use crate::gate::Watch;

impl Pause {
    /// Rule R15: nothing goes up while nobody watches.
    pub(super) const fn unwatched(&self) -> Refusal {
        let since = match self.watch {
            Watch::Lost(at) => at,
            Watch::Held => self.since,
        };
        Refusal::Unwatched { since }
    }
}

/// Each cause counts once; what the platform pauses it says to whoever is too late for it as well.
pub(super) fn pause(state: &State, cause: PauseCause, attempt: Option<u32>, issued: &Issued) -> Decided {
    let paused = || Event::Paused { cause, reason: issued.reason.clone(), at: issued.at };
    let is_meant = |active: &Active| attempt.is_none_or(|attempt| attempt == active.attempt);
    match state {
        State::Running(_, active) if is_meant(active) => Ok(vec![paused()].into()),
        State::Paused(_, active, pause) if is_meant(active) && adds(pause, cause) => {
            Ok(vec![paused()].into())
        }
        State::Running(..) | State::Paused(..) => Ok(Decision::nothing()),
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => match cause {
            PauseCause::Person => not_in(state, "pause"),
            PauseCause::Off | PauseCause::Killed | PauseCause::Guardrail | PauseCause::NotExposed => {
                Ok(Decision::nothing())
            }
        },
    }
}

/// A person who pauses what is paused already adds nothing, unless it would go on by itself.
fn adds(pause: &Pause, cause: PauseCause) -> bool {
    match cause {
        PauseCause::Person => pause.causes.is_empty(),
        PauseCause::Off | PauseCause::Killed | PauseCause::Guardrail | PauseCause::NotExposed => {
            !pause.causes.contains(&cause)
        }
    }
}

/// Rule R15. A loss that another attempt saw, or that finds nothing to watch, says nothing.
pub(super) fn lose_watch(state: &State, attempt: u32, issued: &Issued) -> Vec<Event> {
    let watched = match state {
        State::Running(_, active) => active.attempt == attempt,
        State::Paused(_, active, pause) => active.attempt == attempt && pause.watch == Watch::Held,
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => false,
    };
    watched.then_some(Event::WatchLost { at: issued.at, attempt }).into_iter().collect()
}

pub(super) fn restore_watch(state: &State, issued: &Issued) -> Vec<Event> {
    let lost = match state {
        State::Paused(_, _, pause) => pause.watch != Watch::Held,
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => false,
    };
    lost.then_some(Event::WatchRestored { at: issued.at }).into_iter().collect()
}
