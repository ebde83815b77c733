//! Exposure taken back: asked for, and confirmed by the edges (rules R9, R11).

use verdict_kernel::decision::Decision;
use verdict_kernel::principal::Issued;

use super::command::Retreat;
use super::decide::{Decided, not_in};
use super::state::{Failed, State};
use super::{Event, Refusal};
use crate::stage::StageName;

/// Rules R9a to R9c: at once, whatever attempt the breach names. A later breach joins the rollback unless it
/// takes back more.
pub(super) fn request_rollback(state: &State, retreat: Retreat, issued: &Issued) -> Decided {
    let requested = |(stage, attempt): (StageName, u32)| {
        Ok(vec![Event::RollbackRequested {
            stage,
            attempt,
            breach: retreat.breach.clone(),
            cause: retreat.cause,
            critical: retreat.critical,
            at: issued.at,
        }]
        .into())
    };
    match state {
        State::Running(_, active) | State::Paused(_, active, _) => {
            requested(retreat.from.unwrap_or((active.stage, active.attempt)))
        }
        State::RollingBack(_, failed) => {
            let from = retreat.from.unwrap_or((failed.stage, failed.attempt));
            if takes_back_more(from.0, retreat.critical, failed) {
                requested(from)
            } else {
                Ok(Decision::nothing())
            }
        }
        State::RolledBack(course, Some(served), _) => {
            let from = retreat.from.unwrap_or((*served, course.attempts));
            if retreat.critical || from.0 <= *served { requested(from) } else { Ok(Decision::nothing()) }
        }
        State::RolledBack(_, None, _) => Ok(Decision::nothing()),
        State::Absent
        | State::Draft(_)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "request-rollback"),
    }
}

fn takes_back_more(stage: StageName, critical: bool, failed: &Failed) -> bool {
    !failed.critical && (critical || stage < failed.stage)
}

/// Rule R11: what is served after a rollback precedes the stage that failed.
pub(super) fn confirm_rollback(state: &State, to: Option<StageName>, flag_version: u32) -> Decided {
    match state {
        State::RollingBack(_, failed) => match to {
            Some(to) if to >= failed.stage => {
                Err(Refusal::StillServed { failed: failed.stage, served: to }.into())
            }
            Some(_) | None => Ok(vec![Event::RolledBack { to, flag_version }].into()),
        },
        State::RolledBack(_, served, _) if *served == to => Ok(Decision::nothing()),
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "confirm-rollback"),
    }
}
