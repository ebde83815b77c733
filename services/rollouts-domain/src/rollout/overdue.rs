//! The maximum of a stage (rule R3): beyond it the stage is overdue, and a person promotes, goes back or lets it take
//! longer.

use std::time::Duration;

use verdict_kernel::clock::plus;
use verdict_kernel::principal::Issued;

use super::decide::{Decision, not_in};
use super::state::{Active, Course, State};
use super::{Event, Refusal};

/// Once per attempt, and once more after each extension.
pub(super) fn mark(state: &State, attempt: u32, issued: &Issued) -> Decision {
    match state {
        State::Running(course, active) | State::Paused(course, active, _) => {
            if active.overdue || active.attempt != attempt {
                return Ok(Vec::new());
            }
            is_overdue(course, active, issued)?;
            Ok(vec![overdue(active)])
        }
        State::RollingBack(..) | State::RolledBack(..) | State::Completed(..) | State::Aborted(_) => {
            Ok(Vec::new())
        }
        State::Absent | State::Draft(_) | State::ShippedDirectly => not_in(state, "mark-overdue"),
    }
}

/// Nothing is extended ahead of its time: that a stage takes too long is to be seen first.
pub(super) fn extend(state: &State, by: Duration, issued: &Issued) -> Decision {
    match state {
        State::Running(course, active) | State::Paused(course, active, _) => {
            if !active.overdue {
                is_overdue(course, active, issued)?;
            }
            let reason = issued.reason.trim();
            if reason.is_empty() || by.is_zero() {
                return Err(Refusal::NotExtended { by, reason: !reason.is_empty() });
            }
            let extended = Event::StageExtended {
                stage: active.stage,
                attempt: active.attempt,
                until: plus(issued.at, by),
                reason: reason.to_owned(),
            };
            // The platform may not have marked it yet.
            let unmarked = (!active.overdue).then(|| overdue(active));
            Ok(unmarked.into_iter().chain([extended]).collect())
        }
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "extend-stage"),
    }
}

fn overdue(active: &Active) -> Event {
    Event::StageOverdue { stage: active.stage, attempt: active.attempt }
}

fn is_overdue(course: &Course, active: &Active, issued: &Issued) -> Result<(), Refusal> {
    match active.overdue_at(&course.plan) {
        Some(due) if issued.at >= due => Ok(()),
        due @ (Some(_) | None) => Err(Refusal::NotOverdue { stage: active.stage, due, at: issued.at }),
    }
}
