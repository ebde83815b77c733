//! Exposure taken back: asked for, and confirmed by the edges (rules R9, R11, R26).

use verdict_kernel::decision::Decision;
use verdict_kernel::principal::{Auth, Issued};
use verdict_kernel::ruling::Ruling;

use super::command::Retreat;
use super::decide::{Decided, not_in};
use super::moving::named;
use super::state::{Failed, State};
use super::{Event, Refusal};
use crate::plan::Plan;
use crate::stage::StageName;

/// Rule R26: whoever takes back what the plan says has no way back gives a reason, in place of the second person who cannot
/// be asked yet (decision D13). What the platform does by itself is not asked.
pub(super) fn taken_back(state: &State, events: Vec<Event>, issued: &Issued) -> Decided {
    let asked = issued.by.auth != Auth::Process;
    let no_return = state.no_return().filter(|_| asked);
    let mut ruling = Ruling::of(issued).overriding(!issued.reason.trim().is_empty());
    if let (Some(from), Some(stage)) = (no_return, state.stage()) {
        ruling
            .unless_overridden(false, || Refusal::NoWayBackFrom { stage: stage.clone(), from: from.clone() });
    }
    ruling.decide(events)
}

/// Rules R9a to R9c: at once, whatever attempt the breach names. A later breach joins the rollback unless it
/// takes back more.
pub(super) fn request_rollback(state: &State, retreat: Retreat, issued: &Issued) -> Decided {
    let from = match (state.course(), &retreat.from) {
        (Some(course), Some((name, attempt))) => Some((named(&course.plan, name.as_str())?, *attempt)),
        (None, _) | (_, None) => None,
    };
    let requested = |(stage, attempt): (&StageName, u32)| {
        let requested = Event::RollbackRequested {
            stage: stage.clone(),
            attempt,
            breach: retreat.breach.clone(),
            cause: retreat.cause,
            critical: retreat.critical,
            at: issued.at,
        };
        taken_back(state, vec![requested], issued)
    };
    match state {
        State::Running(_, active) | State::Paused(_, active, _) => {
            requested(from.unwrap_or((&active.stage, active.attempt)))
        }
        State::RollingBack(course, failed) => {
            let from = from.unwrap_or((&failed.stage, failed.attempt));
            if takes_back_more(&course.plan, from.0, retreat.critical, failed) {
                requested(from)
            } else {
                Ok(Decision::nothing())
            }
        }
        State::RolledBack(course, Some(served), _) => {
            let from = from.unwrap_or((served, course.attempts));
            let is_served = !course.plan.is_below(served, from.0);
            if retreat.critical || is_served { requested(from) } else { Ok(Decision::nothing()) }
        }
        State::RolledBack(_, None, _) => Ok(Decision::nothing()),
        State::Absent
        | State::Draft(_)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "request-rollback"),
    }
}

fn takes_back_more(plan: &Plan, stage: &StageName, critical: bool, failed: &Failed) -> bool {
    !failed.critical && (critical || plan.is_below(stage, &failed.stage))
}

/// Rule R11: what is served after a rollback precedes the stage that failed.
pub(super) fn confirm_rollback(state: &State, to: Option<&StageName>, flag_version: u32) -> Decided {
    match state {
        State::RollingBack(course, failed) => {
            let to = to.map(|to| named(&course.plan, to.as_str())).transpose()?;
            match to {
                Some(to) if !course.plan.is_below(to, &failed.stage) => {
                    Err(Refusal::StillServed { failed: failed.stage.clone(), served: to.clone() }.into())
                }
                Some(_) | None => Ok(vec![Event::RolledBack { to: to.cloned(), flag_version }].into()),
            }
        }
        State::RolledBack(_, served, _) if served.as_ref() == to => Ok(Decision::nothing()),
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
