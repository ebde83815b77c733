//! Up through gates, down at will, and the end (rules R2, R3, R10).

use verdict_kernel::decision::Decision;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::decide::{Decided, not_in};
use super::refusal::gate_shut;
use super::retreating::taken_back;
use super::state::{Active, Course, Failed, State};
use super::{Cause, Entry, Event, Known, Refusal};
use crate::gate::{Fact, Facts, FlagFact, Watch};
use crate::plan::{Move, Plan, names};
use crate::stage::StageName;

/// Where somebody wants to be: a stage of the plan.
struct Wish<'a> {
    stage: &'a StageName,
    step: Option<usize>,
    by: &'a str,
    known: &'a Known,
}

/// Rule R2: down to any stage or step, up to the next stage only.
pub(super) fn enter_stage(
    state: &State,
    asked: &str,
    (step, by): (Option<usize>, &str),
    known: &Known,
    issued: &Issued,
) -> Decided {
    let target = match state {
        State::Running(course, _)
        | State::Paused(course, ..)
        | State::RollingBack(course, _)
        | State::RolledBack(course, ..) => named(&course.plan, asked)?,
        State::Absent
        | State::Draft(_)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => return not_in(state, "enter-stage"),
    };
    enter(state, &Wish { stage: target, step, by, known }, issued)
}

/// The stage of the plan that somebody means.
pub(super) fn named<'a>(plan: &'a Plan, asked: &str) -> Result<&'a StageName, Refusal> {
    plan.named(asked).ok_or_else(|| Refusal::NoSuchStage { asked: asked.to_owned(), named: names(plan) })
}

fn enter(state: &State, wish: &Wish<'_>, issued: &Issued) -> Decided {
    match state {
        State::Running(course, active) | State::Paused(course, active, _)
            if is_below(&course.plan, wish, (&active.stage, active.step)) =>
        {
            demote(state, course, wish, issued)
        }
        State::Running(course, active) if course.plan.is_below(&active.stage, wish.stage) => {
            promote(state, course, active, wish, issued)
        }
        State::Running(_, active) | State::Paused(_, active, _)
            if *wish.stage == active.stage && wish.step.is_none_or(|step| step == active.step) =>
        {
            Ok(Decision::nothing())
        }
        State::Running(_, active) => {
            Err(Refusal::StepsAreAdvanced { stage: active.stage.clone(), step: active.step }.into())
        }
        State::Paused(_, _, pause) if pause.watch != Watch::Held => Err(pause.unwatched().into()),
        State::RollingBack(course, failed) if course.plan.is_below(wish.stage, &failed.stage) => {
            let events = lower_target(course, failed, wish, issued);
            if events.is_empty() { Ok(Decision::nothing()) } else { taken_back(state, events, issued) }
        }
        State::RolledBack(course, Some(served), _)
            if is_below(&course.plan, wish, (served, course.plan.last_step(served))) =>
        {
            demote(state, course, wish, issued)
        }
        State::Absent
        | State::Draft(_)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "enter-stage"),
    }
}

/// The present stage without a step is where the rollout is; a lower step of it must be named.
fn is_below(plan: &Plan, wish: &Wish<'_>, (stage, step): (&StageName, usize)) -> bool {
    let named = wish.step.is_none_or(|step| step <= plan.last_step(wish.stage));
    let wished = (plan.rank(wish.stage), wish.step.unwrap_or(usize::MAX));
    named && wished < (plan.rank(stage), step)
}

/// A way down that would reach more users than are served now is none (rule R24).
fn demote(state: &State, course: &Course, wish: &Wish<'_>, issued: &Issued) -> Decided {
    let target = wish.stage;
    let step = wish.step.unwrap_or_else(|| course.plan.last_step(target));
    let (widens, version) = match wish.known.gate.as_ref().map(|facts| &facts.flag) {
        Some(FlagFact::Known(flag)) if state.exposure_is_under_way(flag) => (false, flag.version),
        Some(FlagFact::Known(flag)) => {
            (course.plan.exposure(target, step).widens(&flag.served), flag.version)
        }
        // Decided on no more than the step before it was.
        Some(FlagFact::Unknown(_)) | None => (false, state.active().map_or(0, |active| active.flag_version)),
    };
    if widens {
        return Err(Refusal::NothingToTakeBack { stage: target.clone(), step }.into());
    }
    let entry = course.entry((target, step), issued.at, Vec::new(), version);
    let attempt = entry.attempt;
    // Nobody watches the attempt that begins here either (rule R15).
    let unwatched = state.unwatched_since().map(|at| Event::WatchLost { at, attempt });
    taken_back(state, std::iter::once(Event::StageEntered(entry)).chain(unwatched).collect(), issued)
}

/// Rule R2: asked for during a rollback, a lower stage is its new target.
fn lower_target(course: &Course, failed: &Failed, wish: &Wish<'_>, issued: &Issued) -> Vec<Event> {
    let above = course.plan.after(wish.stage).filter(|above| course.plan.is_below(above, &failed.stage));
    let requested = |stage: &StageName| Event::RollbackRequested {
        stage: stage.clone(),
        attempt: course.attempts,
        breach: wish.by.to_owned(),
        cause: Cause::Requested,
        critical: failed.critical,
        at: issued.at,
    };
    above.filter(|_| !failed.critical).map(requested).into_iter().collect()
}

fn promote(state: &State, course: &Course, active: &Active, wish: &Wish<'_>, issued: &Issued) -> Decided {
    let next = course.plan.after(&active.stage);
    let mut ruling = Ruling::of(issued);
    ruling.demand(next == Some(wish.stage), || Refusal::NotTheNextStage {
        from: active.stage.clone(),
        asked: wish.stage.clone(),
        next: next.cloned(),
    });
    if let Move::Step(step) = course.plan.next_move(&active.stage, active.step) {
        ruling.demand(false, || Refusal::StepsRemain { stage: active.stage.clone(), step });
    }
    let first = wish.step.is_none_or(|step| step == 0);
    ruling.demand(first, || Refusal::StepsAreAdvanced { stage: wish.stage.clone(), step: 0 });
    // The gate is that of the next move, whatever is asked for.
    ruling.done()?;
    let known = wish.known.gate()?;
    let facts = pass_gate(state, known, issued, &mut ruling)?;
    let entry = course.entry((wish.stage, 0), issued.at, facts, known.flag_version());
    ruling.decide(vec![Event::StageEntered(entry)])
}

/// Judges the gate; the facts to record where it lets pass.
fn pass_gate(
    state: &State,
    facts: &Facts,
    issued: &Issued,
    ruling: &mut Ruling<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let shut = || Refusal::WrongState { command: "enter-stage", state: state.name(), next: state.way_on() };
    let gate = state.gate(facts, issued.at).ok_or_else(shut)?;
    ruling.demand_open(&gate.report(), gate_shut);
    Ok(gate.recorded())
}

pub(super) fn advance_step(state: &State, known: &Known, issued: &Issued) -> Decided {
    match state {
        State::Running(course, active) => match course.plan.next_move(&active.stage, active.step) {
            Move::Step(step) => {
                let known = known.gate()?;
                let mut ruling = Ruling::of(issued);
                let facts = pass_gate(state, known, issued, &mut ruling)?;
                ruling.decide(vec![Event::StepAdvanced(Entry {
                    attempt: active.attempt,
                    ..course.entry((&active.stage, step), issued.at, facts, known.flag_version())
                })])
            }
            Move::Stage(_) | Move::Complete => {
                let next = course.plan.after(&active.stage).cloned();
                Err(Refusal::NoFurtherStep { stage: active.stage.clone(), next }.into())
            }
        },
        State::Paused(_, _, pause) if pause.watch != Watch::Held => Err(pause.unwatched().into()),
        State::Absent
        | State::Draft(_)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "advance-step"),
    }
}

/// Rules R3, R8: the end is a gate like the others, so the last step has soaked and no guardrail speaks against it.
pub(super) fn complete(state: &State, known: &Known, issued: &Issued) -> Decided {
    match state {
        State::Running(course, active) => match course.plan.next_move(&active.stage, active.step) {
            Move::Complete => {
                let mut ruling = Ruling::of(issued);
                pass_gate(state, known.gate()?, issued, &mut ruling)?;
                ruling.decide(vec![Event::Completed { at: issued.at }])
            }
            Move::Step(_) | Move::Stage(_) => {
                Err(Refusal::NotAtTheEnd { stage: active.stage.clone(), step: active.step }.into())
            }
        },
        State::Completed(..) => Ok(Decision::nothing()),
        State::Absent
        | State::Draft(_)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "complete"),
    }
}
