//! The decision on each command, state by state.

#![expect(clippy::similar_names, reason = "a state and a stage are two words of the domain")]

use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::id::BetId;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::grounds::missing;
use super::retreating::taken_back;
use super::state::State;
use super::{Event, Known, Refusal};
use crate::gate::evidence::EvidenceKind;
use crate::gate::has_outline;
use crate::plan::{self, Proposal, planned};

pub(super) type Decided = Result<Decision<Event>, Blockers>;

/// The command makes no sense in this state.
pub(super) fn not_in(state: &State, command: &'static str) -> Decided {
    Err(Refusal::WrongState { command, state: state.name(), next: state.way_on() }.into())
}

pub(super) fn plan_rollout(state: &State, proposal: Proposal, known: &Known, issued: &Issued) -> Decided {
    if *state != State::Absent {
        return not_in(state, "plan");
    }
    let grounds = known.grounds()?;
    let mut ruling = Ruling::of(issued).overriding(proposal.overrides);
    let plan = planned(proposal);
    plan::judge(&plan, &mut ruling);
    for reason in grounds.against(&plan) {
        ruling.demand(false, || reason);
    }
    plan::remark_alpha_size(&plan, &mut ruling);
    ruling.decide(vec![Event::Planned(Box::new(plan))])
}

/// Rule F1: what users see is behind a flag; for the rest a reason is enough. The bet is one that exists (rule I5).
pub(super) fn ship_directly(
    state: &State,
    bet: Option<BetId>,
    user_visible: bool,
    known: &Known,
    issued: &Issued,
) -> Decided {
    if *state != State::Absent {
        return not_in(state, "ship-directly");
    }
    let missing = missing(bet, known.bet_is_missing()?);
    let reason = issued.reason.trim();
    let mut ruling = Ruling::of(issued);
    ruling.demand(!user_visible && !reason.is_empty(), || Refusal::NotBehindFlag { user_visible });
    if let Some(missing) = missing {
        ruling.demand(false, || missing);
    }
    ruling.decide(vec![Event::ShippedDirectly { bet, reason: reason.to_owned() }])
}

/// Rule R22: the flag is the rollout's own before anything is entered.
pub(super) fn start(state: &State, known: &Known, issued: &Issued) -> Decided {
    match state {
        State::Draft(course) => {
            let grounds = known.grounds()?;
            let mut ruling = Ruling::of(issued);
            for reason in grounds.against_a_start(&course.plan) {
                ruling.demand(false, || reason);
            }
            let version = grounds.flag_version();
            let entry = course.entry((course.plan.first(), 0), issued.at, Vec::new(), version);
            ruling.decide(vec![Event::Started, Event::StageEntered(entry)])
        }
        State::Running(..) => Ok(Decision::nothing()),
        State::Absent
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "start"),
    }
}

/// Rule R6: a kind out of a closed list, a verdict of that kind, who says so, and where it can be looked up.
pub(super) fn record_evidence(
    state: &State,
    kind: &str,
    verdict: &str,
    link: &str,
    issued: &Issued,
) -> Decided {
    match state {
        State::Draft(course)
        | State::Running(course, _)
        | State::Paused(course, ..)
        | State::RollingBack(course, _)
        | State::RolledBack(course, ..) => {
            let known = EvidenceKind::named(kind.trim());
            let kind = known.ok_or_else(|| Refusal::UnknownEvidence { kind: kind.to_owned() })?;
            let given = || Refusal::NoVerdict { kind, verdict: verdict.to_owned() };
            let verdict = kind.verdict(verdict).ok_or_else(given)?;
            let link = link.trim();
            let recorded = Event::EvidenceRecorded {
                kind,
                verdict,
                at: issued.at,
                by: issued.by.subject.clone(),
                link: link.to_owned(),
            };
            let repeats = course.evidence.get(&kind).is_some_and(|known| {
                let same = known.verdict == verdict && known.link == link && known.by == issued.by.subject;
                same && !kind.is_of_a_stage()
            });
            Ok(if repeats { Decision::nothing() } else { vec![recorded].into() })
        }
        State::Absent | State::Completed(..) | State::Aborted(_) | State::ShippedDirectly => {
            not_in(state, "record-evidence")
        }
    }
}

/// Writes only when the report says something else than the last time.
pub(super) fn evaluate_gate(state: &State, attempt: Option<u32>, known: &Known, issued: &Issued) -> Decided {
    let Some(active) = state.active() else {
        return not_in(state, "evaluate-gate");
    };
    let Some(gate) = state.gate(known.gate()?, issued.at) else {
        return not_in(state, "evaluate-gate");
    };
    let report = gate.report();
    let of_another_attempt = attempt.is_some_and(|attempt| attempt != active.attempt);
    if of_another_attempt || active.gate.as_ref().is_some_and(|known| has_outline(&report, known)) {
        return Ok(Decision::nothing());
    }
    let (stage, attempt) = (active.stage.clone(), active.attempt);
    let judged = if report.is_open() {
        Event::GatePassed { stage, attempt, report }
    } else {
        Event::GateBlocked { stage, attempt, report }
    };
    Ok(vec![judged].into())
}

/// It turns the flag off, which is a way back (rule R26).
pub(super) fn abort(state: &State, issued: &Issued) -> Decided {
    match state {
        State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..) => {
            taken_back(state, vec![Event::Aborted { reason: issued.reason.clone() }], issued)
        }
        State::Aborted(_) => Ok(Decision::nothing()),
        State::Absent | State::Completed(..) | State::ShippedDirectly => not_in(state, "abort"),
    }
}
