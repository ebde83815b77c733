//! The maximum of a stage (rule R3): beyond it the stage is overdue, and a person promotes, goes back or lets it take
//! longer.

use std::time::Duration;

use verdict_kernel::clock::plus;
use verdict_kernel::decision::Decision;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::decide::{Decided, not_in};
use super::state::{Active, Course, State};
use super::{Event, Refusal};

/// Once per attempt, and once more after each extension.
pub(super) fn mark(state: &State, attempt: u32, issued: &Issued) -> Decided {
    match state {
        State::Running(course, active) | State::Paused(course, active, _) => {
            if active.overdue || active.attempt != attempt {
                return Ok(Decision::nothing());
            }
            if !is_due(course, active, issued) {
                return Err(not_overdue(course, active, issued).into());
            }
            Ok(vec![overdue(active)].into())
        }
        State::RollingBack(..) | State::RolledBack(..) | State::Completed(..) | State::Aborted(_) => {
            Ok(Decision::nothing())
        }
        State::Absent | State::Draft(_) | State::ShippedDirectly => not_in(state, "mark-overdue"),
    }
}

/// Nothing is extended ahead of its time: that a stage takes too long is to be seen first.
pub(super) fn extend(state: &State, by: Duration, issued: &Issued) -> Decided {
    match state {
        State::Running(course, active) | State::Paused(course, active, _) => {
            let due = is_due(course, active, issued);
            let reason = issued.reason.trim();
            let mut ruling = Ruling::of(issued);
            ruling.demand(active.overdue || due, || not_overdue(course, active, issued));
            ruling.demand(!reason.is_empty() && !by.is_zero(), || Refusal::NotExtended {
                by,
                reason: !reason.is_empty(),
            });
            let extended = Event::StageExtended {
                stage: active.stage.clone(),
                attempt: active.attempt,
                until: plus(issued.at, by),
                reason: reason.to_owned(),
            };
            // The platform may not have marked it yet.
            let unmarked = (due && !active.overdue).then(|| overdue(active));
            ruling.decide(unmarked.into_iter().chain([extended]).collect())
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
    Event::StageOverdue { stage: active.stage.clone(), attempt: active.attempt }
}

fn is_due(course: &Course, active: &Active, issued: &Issued) -> bool {
    active.overdue_at(&course.plan).is_some_and(|due| issued.at >= due)
}

fn not_overdue(course: &Course, active: &Active, issued: &Issued) -> Refusal {
    Refusal::NotOverdue { stage: active.stage.clone(), due: active.overdue_at(&course.plan), at: issued.at }
}
