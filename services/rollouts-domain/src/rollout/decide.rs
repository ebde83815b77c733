//! The decision on each command, state by state.

#![expect(clippy::similar_names, reason = "a state and a stage are two words of the domain")]

use verdict_kernel::id::BetId;
use verdict_kernel::principal::Issued;
use verdict_kernel::rule::RuleId;

use super::plan::{alpha_size_remark, planned};
use super::{
    Active, Course, Entry, Event, Facts, Failed, Move, OPEN_P0_BUGS, Proposal, Refusal, Retreat, State,
    Watch, has_outline,
};
use crate::stage::StageName;

type Decision = Result<Vec<Event>, Refusal>;

/// The command makes no sense in this state.
fn not_in(state: &State, command: &'static str) -> Decision {
    Err(Refusal::WrongState { command, state: state.name() })
}

pub(super) fn plan_rollout(state: &State, proposal: Proposal, issued: &Issued) -> Decision {
    if *state != State::Absent {
        return not_in(state, "plan");
    }
    let (plan, override_reason) = planned(proposal, &issued.reason)?;
    let remark = alpha_size_remark(&plan).map(|sentence| Event::Warned { rule: RuleId::R1, sentence });
    let planned = Event::Planned { plan: Box::new(plan), override_reason };
    Ok([planned].into_iter().chain(remark).collect())
}

/// Rule F1: what users see is behind a flag; for the rest a reason is enough.
pub(super) fn ship_directly(
    state: &State,
    bet: Option<BetId>,
    user_visible: bool,
    issued: &Issued,
) -> Decision {
    if *state != State::Absent {
        return not_in(state, "ship-directly");
    }
    let reason = issued.reason.trim();
    if user_visible || reason.is_empty() {
        return Err(Refusal::NotBehindFlag { user_visible });
    }
    Ok(vec![Event::ShippedDirectly { bet, reason: reason.to_owned() }])
}

pub(super) fn start(state: &State, issued: &Issued) -> Decision {
    match state {
        State::Draft(course) => {
            let entry = course.entry(course.plan.first(), 0, issued.at, Vec::new());
            Ok(vec![Event::Started, Event::StageEntered(entry)])
        }
        State::Running(..) => Ok(Vec::new()),
        State::Absent
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "start"),
    }
}

/// Rule R2: down to any stage, up to the next one only.
pub(super) fn enter_stage(state: &State, stage: StageName, facts: &Facts, issued: &Issued) -> Decision {
    match state {
        State::Running(course, active) if stage > active.stage => {
            promote(state, course, active, stage, facts, issued)
        }
        State::Running(course, active) | State::Paused(course, active, _) if stage < active.stage => {
            Ok(course.demotion(stage, issued))
        }
        State::Running(..) => Ok(Vec::new()),
        State::Paused(_, active, _) if stage == active.stage => Ok(Vec::new()),
        State::Paused(.., Watch::Lost(at)) => Err(Refusal::Unwatched { since: *at }),
        State::RolledBack(course, Some(served)) if stage < *served => Ok(course.demotion(stage, issued)),
        State::Absent
        | State::Draft(_)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "enter-stage"),
    }
}

fn promote(
    state: &State,
    course: &Course,
    active: &Active,
    stage: StageName,
    facts: &Facts,
    issued: &Issued,
) -> Decision {
    let next = course.plan.after(active.stage);
    if next != Some(stage) {
        return Err(Refusal::NotTheNextStage { from: active.stage, asked: stage, next });
    }
    if let Move::Step(step) = course.plan.next_move(active.stage, active.step) {
        return Err(Refusal::StepsRemain { stage: active.stage, step });
    }
    let facts = open_gate(state, facts, issued)?;
    let entry = course.entry(stage, 0, issued.at, facts);
    Ok(vec![Event::StageEntered(entry)])
}

/// The facts to record when everything passes, else the refusal of the first check that does not.
fn open_gate(state: &State, facts: &Facts, issued: &Issued) -> Result<Vec<crate::gate::Fact>, Refusal> {
    let Some(gate) = state.gate(facts, issued.at) else {
        return Err(Refusal::WrongState { command: "enter-stage", state: state.name() });
    };
    let report = gate.report();
    if report.is_open() { Ok(gate.recorded()) } else { Err(Refusal::GateShut(report)) }
}

pub(super) fn advance_step(state: &State, facts: &Facts, issued: &Issued) -> Decision {
    match state {
        State::Running(course, active) => match course.plan.next_move(active.stage, active.step) {
            Move::Step(step) => {
                let facts = open_gate(state, facts, issued)?;
                Ok(vec![Event::StepAdvanced(Entry {
                    attempt: active.attempt,
                    ..course.entry(active.stage, step, issued.at, facts)
                })])
            }
            Move::Stage(_) | Move::Complete => {
                Err(Refusal::NoFurtherStep { stage: active.stage, next: course.plan.after(active.stage) })
            }
        },
        State::Paused(.., Watch::Lost(at)) => Err(Refusal::Unwatched { since: *at }),
        State::Absent
        | State::Draft(_)
        | State::Paused(.., Watch::Held)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "advance-step"),
    }
}

pub(super) fn record_evidence(state: &State, kind: String, value: String, issued: &Issued) -> Decision {
    match state {
        State::Draft(course)
        | State::Running(course, _)
        | State::Paused(course, ..)
        | State::RollingBack(course, _)
        | State::RolledBack(course, _) => {
            if kind == OPEN_P0_BUGS && value.trim().parse::<u32>().is_err() {
                return Err(Refusal::NotACount { kind, value });
            }
            let known = course.evidence.get(&kind).is_some_and(|known| known.value == value);
            let recorded = Event::EvidenceRecorded { kind, value, at: issued.at };
            Ok(if known { Vec::new() } else { vec![recorded] })
        }
        State::Absent | State::Completed(_) | State::Aborted(_) | State::ShippedDirectly => {
            not_in(state, "record-evidence")
        }
    }
}

/// Writes only when the report says something else than the last time.
pub(super) fn evaluate_gate(state: &State, attempt: Option<u32>, facts: &Facts, issued: &Issued) -> Decision {
    let (Some(active), Some(gate)) = (state.active(), state.gate(facts, issued.at)) else {
        return not_in(state, "evaluate-gate");
    };
    let report = gate.report();
    let of_another_attempt = attempt.is_some_and(|attempt| attempt != active.attempt);
    if of_another_attempt || active.gate.as_ref().is_some_and(|known| has_outline(&report, known)) {
        return Ok(Vec::new());
    }
    let (stage, attempt) = (active.stage, active.attempt);
    Ok(vec![if report.is_open() {
        Event::GatePassed { stage, attempt, report }
    } else {
        Event::GateBlocked { stage, attempt, report }
    }])
}

pub(super) fn pause(state: &State, issued: &Issued) -> Decision {
    match state {
        State::Running(..) => Ok(vec![Event::Paused { reason: issued.reason.clone() }]),
        State::Paused(..) => Ok(Vec::new()),
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "pause"),
    }
}

/// A new attempt with a fresh soak, at the stage that is served. Where nobody is served it is the first one.
pub(super) fn resume(state: &State, issued: &Issued) -> Decision {
    let resumed = |course: &Course, stage| {
        Ok(vec![Event::Resumed { stage, attempt: course.attempts + 1, at: issued.at }])
    };
    match state {
        State::Running(..) => Ok(Vec::new()),
        State::Paused(course, active, Watch::Held) => resumed(course, active.stage),
        State::Paused(.., Watch::Lost(at)) => Err(Refusal::Unwatched { since: *at }),
        State::RolledBack(course, served) => resumed(course, served.unwrap_or_else(|| course.plan.first())),
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "resume"),
    }
}

/// Rule R15. A loss that another attempt saw, or that finds nothing to watch, says nothing.
pub(super) fn lose_watch(state: &State, attempt: u32, issued: &Issued) -> Vec<Event> {
    match state {
        State::Running(_, active) | State::Paused(_, active, Watch::Held) if active.attempt == attempt => {
            vec![Event::WatchLost { at: issued.at, attempt }]
        }
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => Vec::new(),
    }
}

pub(super) fn restore_watch(state: &State) -> Vec<Event> {
    match state {
        State::Paused(.., Watch::Lost(_)) => vec![Event::WatchRestored],
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::Paused(.., Watch::Held)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => Vec::new(),
    }
}

/// Rules R9a to R9c: at once, whatever attempt the breach names. A later breach joins the rollback unless it
/// takes back more.
pub(super) fn request_rollback(state: &State, retreat: Retreat) -> Decision {
    let requested = |(stage, attempt): (StageName, u32)| {
        Ok(vec![Event::RollbackRequested {
            stage,
            attempt,
            breach: retreat.breach.clone(),
            cause: retreat.cause,
            critical: retreat.critical,
        }])
    };
    match state {
        State::Running(_, active) | State::Paused(_, active, _) => {
            requested(retreat.from.unwrap_or((active.stage, active.attempt)))
        }
        State::RollingBack(_, failed) => {
            let from = retreat.from.unwrap_or((failed.stage, failed.attempt));
            if takes_back_more(from.0, retreat.critical, *failed) { requested(from) } else { Ok(Vec::new()) }
        }
        State::RolledBack(course, Some(served)) => {
            let from = retreat.from.unwrap_or((*served, course.attempts));
            if retreat.critical || from.0 <= *served { requested(from) } else { Ok(Vec::new()) }
        }
        State::RolledBack(_, None) => Ok(Vec::new()),
        State::Absent
        | State::Draft(_)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "request-rollback"),
    }
}

fn takes_back_more(stage: StageName, critical: bool, failed: Failed) -> bool {
    !failed.critical && (critical || stage < failed.stage)
}

/// Rule R11: what is served after a rollback precedes the stage that failed.
pub(super) fn confirm_rollback(state: &State, to: Option<StageName>, flag_version: u32) -> Decision {
    match state {
        State::RollingBack(_, failed) => match to {
            Some(to) if to >= failed.stage => Err(Refusal::StillServed { failed: failed.stage, served: to }),
            Some(_) | None => Ok(vec![Event::RolledBack { to, flag_version }]),
        },
        State::RolledBack(_, served) if *served == to => Ok(Vec::new()),
        State::Absent
        | State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::RolledBack(..)
        | State::Completed(_)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "confirm-rollback"),
    }
}

/// Rule R3: beyond its maximum a stage is overdue, once per attempt.
pub(super) fn mark_overdue(state: &State, attempt: u32, issued: &Issued) -> Decision {
    match state {
        State::Running(course, active) | State::Paused(course, active, _) => {
            if active.overdue || active.attempt != attempt {
                return Ok(Vec::new());
            }
            match course.plan.overdue_at(active.stage, active.stage_since) {
                Some(due) if issued.at >= due => {
                    Ok(vec![Event::StageOverdue { stage: active.stage, attempt }])
                }
                due @ (Some(_) | None) => {
                    Err(Refusal::NotOverdue { stage: active.stage, due, at: issued.at })
                }
            }
        }
        State::RollingBack(..) | State::RolledBack(..) | State::Completed(_) | State::Aborted(_) => {
            Ok(Vec::new())
        }
        State::Absent | State::Draft(_) | State::ShippedDirectly => not_in(state, "mark-overdue"),
    }
}

/// On the last step of the last stage everyone is served already, so completing widens nothing.
pub(super) fn complete(state: &State, issued: &Issued) -> Decision {
    match state {
        State::Running(course, active) => match course.plan.next_move(active.stage, active.step) {
            Move::Complete => Ok(vec![Event::Completed { at: issued.at }]),
            Move::Step(_) | Move::Stage(_) => {
                Err(Refusal::NotAtTheEnd { stage: active.stage, step: active.step })
            }
        },
        State::Completed(_) => Ok(Vec::new()),
        State::Absent
        | State::Draft(_)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "complete"),
    }
}

pub(super) fn abort(state: &State, issued: &Issued) -> Decision {
    match state {
        State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..) => Ok(vec![Event::Aborted { reason: issued.reason.clone() }]),
        State::Aborted(_) => Ok(Vec::new()),
        State::Absent | State::Completed(_) | State::ShippedDirectly => not_in(state, "abort"),
    }
}
