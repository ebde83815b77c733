//! What each event makes of a rollout.

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::clock::Timestamp;

use super::command::{Cause, PauseCause};
use super::event::{Entry, Event, ResumeKind, Resumption};
use super::state::{Active, Course, Failed, Pause, State};
use crate::gate::evidence::Evidence;
use crate::gate::{Outline, Watch, outline};
use crate::stage::{Class, StageName};

/// The state after `event`. An event that does not belong to the state leaves it as it is.
pub(super) fn evolve(state: State, event: &Event) -> State {
    match event {
        Event::Planned(plan) => State::Draft(Box::new(Course {
            plan: plan.as_ref().clone(),
            evidence: BTreeMap::new(),
            attempts: 0,
            outside: false,
        })),
        Event::ShippedDirectly { .. } => State::ShippedDirectly,
        Event::Started => state,
        Event::StageEntered(entry) => entered(state, entry),
        Event::StepAdvanced(entry) => advanced(state, entry),
        Event::EvidenceRecorded { kind, verdict, at, by, link } => {
            let (by, link) = (by.clone(), link.clone());
            let evidence = Evidence { verdict: *verdict, at: *at, by, link };
            with_course(state, |course| {
                course.evidence.insert(*kind, evidence);
            })
        }
        Event::GatePassed { report, .. } | Event::GateBlocked { report, .. } => {
            judged(state, outline(report))
        }
        Event::Paused { cause, at, .. } => paused(state, *cause, *at),
        Event::WatchLost { at, .. } => unwatched(state, *at),
        Event::WatchRestored { at } => watched(state, *at),
        Event::Resumed(resumption) => resumed(state, resumption),
        Event::RollbackRequested { .. } => taken_back(state, event),
        Event::RolledBack { to, .. } => rolled_back(state, to.as_ref()),
        Event::StageOverdue { .. } => overdue(state),
        Event::StageExtended { until, .. } => extended(state, *until),
        Event::Completed { at } => move_on(state, |course| State::Completed(course, *at)),
        Event::Aborted { .. } => move_on(state, |course| State::Aborted(Some(course))),
    }
}

/// Takes the plan over into another state.
fn move_on(state: State, to: impl FnOnce(Box<Course>) -> State) -> State {
    match state {
        State::Draft(course)
        | State::Running(course, _)
        | State::Paused(course, ..)
        | State::RollingBack(course, _)
        | State::RolledBack(course, ..)
        | State::Completed(course, _)
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
        | State::RolledBack(course, ..)
        | State::Completed(course, _)
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
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => {}
    }
    state
}

/// A stage entered while paused or rolled back is a demotion, which resumes nothing.
fn entered(state: State, entry: &Entry) -> State {
    let active = Active::fresh(entry);
    let pause = match &state {
        State::Paused(_, _, pause) => Some(pause.clone()),
        State::RolledBack(_, _, failed) => Some(Pause {
            causes: BTreeSet::from([PauseCause::Person]),
            watch: Watch::Held,
            since: entry.at,
            attempt: entry.attempt,
            owed: Some(failed.clone()),
        }),
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::RollingBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => None,
    };
    with_attempt(state, entry.attempt, |mut course| {
        course.outside |= entry.class > Class::Internal;
        match pause {
            Some(pause) => State::Paused(course, active, pause),
            None => State::Running(course, active),
        }
    })
}

fn advanced(state: State, entry: &Entry) -> State {
    with_active(state, |active| {
        active.step = entry.step;
        active.step_since = entry.at;
        active.exposed_at = entry.at;
        active.flag_version = entry.flag_version;
        active.gate = None;
    })
}

fn judged(state: State, gate: Outline) -> State {
    with_active(state, |active| active.gate = Some(gate))
}

fn overdue(state: State) -> State {
    with_active(state, |active| active.overdue = true)
}

fn extended(state: State, until: Timestamp) -> State {
    with_active(state, |active| {
        active.overdue = false;
        active.extended_to = Some(until);
    })
}

fn paused(state: State, cause: PauseCause, at: Timestamp) -> State {
    stopped(state, at, |pause| {
        pause.causes.insert(cause);
    })
}

fn unwatched(state: State, at: Timestamp) -> State {
    stopped(state, at, |pause| pause.watch = Watch::Lost(at))
}

fn stopped(state: State, at: Timestamp, change: impl FnOnce(&mut Pause)) -> State {
    match state {
        State::Running(course, active) => {
            let mut pause = Pause {
                causes: BTreeSet::new(),
                watch: Watch::Held,
                since: at,
                attempt: active.attempt,
                owed: None,
            };
            change(&mut pause);
            State::Paused(course, active, pause)
        }
        State::Paused(course, active, mut pause) => {
            change(&mut pause);
            State::Paused(course, active, pause)
        }
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => state,
    }
}

/// Rule R15: it goes on by itself with the soak that it had, where nothing else pauses it.
fn watched(state: State, at: Timestamp) -> State {
    match state {
        State::Paused(course, active, pause) if pause.causes.is_empty() => {
            let active = active.less(pause.since, at);
            State::Running(course, active)
        }
        State::Paused(course, active, pause) => {
            State::Paused(course, active, Pause { watch: Watch::Held, ..pause })
        }
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => state,
    }
}

fn resumed(state: State, resumption: &Resumption) -> State {
    let failed = state.owed().map(|failed| &failed.was);
    let given_back = match resumption.kind {
        ResumeKind::Fresh => None,
        ResumeKind::FalseAlarm => failed.or_else(|| state.active()),
        ResumeKind::Undo => state.active(),
    };
    let overdue = given_back.is_some_and(|was| was.overdue);
    let extended_to = given_back.and_then(|was| was.extended_from(resumption.stage_since));
    let Resumption { step, attempt, stage_since, step_since, exposed_at, flag_version, .. } = *resumption;
    with_attempt(state, attempt, |course| {
        let active = Active {
            stage: resumption.stage.clone(),
            step,
            attempt,
            stage_since,
            step_since,
            exposed_at,
            flag_version,
            overdue,
            extended_to,
            gate: None,
        };
        State::Running(course, active)
    })
}

/// A further cause joins: where the rollout was, and when, is told by the first one.
fn taken_back(state: State, event: &Event) -> State {
    let Event::RollbackRequested { stage, attempt, breach, cause, critical, at } = event else {
        return state;
    };
    let (was, since) = match &state {
        State::Running(_, active) => (active.clone(), *at),
        State::Paused(_, active, pause) => (active.clone(), pause.since),
        State::RollingBack(_, failed) | State::RolledBack(_, _, failed) => (failed.was.clone(), failed.since),
        State::Absent
        | State::Draft(_)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => return state,
    };
    let before = state.owed().cloned();
    let by_guardrail = *cause == Cause::GuardrailBreached;
    let mut causes = before.as_ref().map(|failed| failed.causes.clone()).unwrap_or_default();
    causes.push(breach.clone());
    let failed = Failed {
        stage: stage.clone(),
        attempt: *attempt,
        critical: *critical,
        causes,
        by_guardrail: by_guardrail || before.as_ref().is_some_and(|failed| failed.by_guardrail),
        since,
        was,
    };
    move_on(state, |course| State::RollingBack(course, Box::new(failed)))
}

fn rolled_back(state: State, to: Option<&StageName>) -> State {
    match state {
        State::RollingBack(course, failed) | State::RolledBack(course, _, failed) => {
            State::RolledBack(course, to.cloned(), failed)
        }
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => state,
    }
}
