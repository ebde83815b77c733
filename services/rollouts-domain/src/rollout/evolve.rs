//! What each event makes of a rollout.

#![expect(clippy::similar_names, reason = "a state and a stage are two words of the domain")]

use std::collections::BTreeMap;

use verdict_kernel::clock::Timestamp;

use super::{Active, Course, Entry, Event, Failed, Outline, State, Watch, outline};
use crate::gate::Evidence;
use crate::stage::StageName;

/// The state after `event`. An event that does not belong to the state leaves it as it is.
pub(super) fn evolve(state: State, event: &Event) -> State {
    match event {
        Event::Planned { plan, .. } => State::Draft(Box::new(Course {
            plan: plan.as_ref().clone(),
            evidence: BTreeMap::new(),
            attempts: 0,
        })),
        Event::ShippedDirectly { .. } => State::ShippedDirectly,
        Event::Started | Event::Warned { .. } => state,
        Event::StageEntered(entry) => entered(state, entry),
        Event::StepAdvanced(entry) => advanced(state, entry),
        Event::EvidenceRecorded { kind, value, at } => {
            let (value, at) = (value.clone(), *at);
            let evidence = Evidence { value, at };
            with_course(state, |course| {
                course.evidence.insert(kind.clone(), evidence);
            })
        }
        Event::GatePassed { report, .. } | Event::GateBlocked { report, .. } => {
            judged(state, outline(report))
        }
        Event::Paused { .. } | Event::WatchRestored => paused(state, Watch::Held),
        Event::WatchLost { at, .. } => paused(state, Watch::Lost(*at)),
        Event::Resumed { stage, attempt, at } => {
            let step = resumed_step(&state, *stage);
            with_attempt(state, *attempt, |course| {
                State::Running(course, Active::fresh(*stage, step, *attempt, *at))
            })
        }
        Event::RollbackRequested { stage, attempt, critical, .. } => {
            let (stage, attempt, critical) = (*stage, *attempt, *critical);
            let failed = Failed { stage, attempt, critical };
            move_on(state, |course| State::RollingBack(course, failed))
        }
        Event::RolledBack { to, .. } => move_on(state, |course| State::RolledBack(course, *to)),
        Event::StageOverdue { .. } => overdue(state),
        Event::Completed { .. } => move_on(state, State::Completed),
        Event::Aborted { .. } => move_on(state, |course| State::Aborted(Some(course))),
    }
}

impl Active {
    fn fresh(stage: StageName, step: usize, attempt: u32, at: Timestamp) -> Self {
        Self { stage, step, attempt, stage_since: at, step_since: at, overdue: false, gate: None }
    }
}

/// Takes the plan over into another state.
fn move_on(state: State, to: impl FnOnce(Box<Course>) -> State) -> State {
    match state {
        State::Draft(course)
        | State::Running(course, _)
        | State::Paused(course, ..)
        | State::RollingBack(course, _)
        | State::RolledBack(course, _)
        | State::Completed(course)
        | State::Aborted(Some(course)) => to(course),
        State::Absent | State::Aborted(None) | State::ShippedDirectly => state,
    }
}

fn with_attempt(state: State, attempt: u32, to: impl FnOnce(Box<Course>) -> State) -> State {
    move_on(state, |mut course| {
        course.attempts = course.attempts.max(attempt);
        to(course)
    })
}

fn with_course(mut state: State, change: impl FnOnce(&mut Course)) -> State {
    match &mut state {
        State::Draft(course)
        | State::Running(course, _)
        | State::Paused(course, ..)
        | State::RollingBack(course, _)
        | State::RolledBack(course, _)
        | State::Completed(course)
        | State::Aborted(Some(course)) => change(course),
        State::Absent | State::Aborted(None) | State::ShippedDirectly => {}
    }
    state
}

fn with_active(mut state: State, change: impl FnOnce(&mut Active)) -> State {
    match &mut state {
        State::Running(_, active) | State::Paused(_, active, _) => change(active),
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => {}
    }
    state
}

/// A stage entered while paused or rolled back is a demotion, which resumes nothing.
fn entered(state: State, entry: &Entry) -> State {
    let active = Active::fresh(entry.stage, entry.step, entry.attempt, entry.at);
    let watch = match &state {
        State::Paused(.., watch) => Some(*watch),
        State::RolledBack(..) => Some(Watch::Held),
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::RollingBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => None,
    };
    with_attempt(state, entry.attempt, |course| match watch {
        Some(watch) => State::Paused(course, active, watch),
        None => State::Running(course, active),
    })
}

fn advanced(state: State, entry: &Entry) -> State {
    with_active(state, |active| {
        active.step = entry.step;
        active.step_since = entry.at;
        active.gate = None;
    })
}

fn judged(state: State, gate: Outline) -> State {
    with_active(state, |active| active.gate = Some(gate))
}

fn overdue(state: State) -> State {
    with_active(state, |active| active.overdue = true)
}

fn paused(state: State, watch: Watch) -> State {
    match state {
        State::Running(course, active) | State::Paused(course, active, _) => {
            State::Paused(course, active, watch)
        }
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => state,
    }
}

/// A paused rollout goes on where it was; a rolled-back one with what is served, which is the last step of the
/// restored stage, or the first step of all when nobody is.
fn resumed_step(state: &State, stage: StageName) -> usize {
    match state {
        State::Paused(_, active, _) | State::Running(_, active) => active.step,
        State::RolledBack(course, Some(_)) => course.plan.last_step(stage),
        State::RolledBack(_, None)
        | State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => 0,
    }
}
