//! The decision on each command, state by state.

#![expect(clippy::similar_names, reason = "a state and a stage are two words of the domain")]

use verdict_kernel::id::BetId;
use verdict_kernel::principal::Issued;
use verdict_kernel::rule::RuleId;

use super::grounds::{self, Grounds};
use super::plan::{Proposal, alpha_size_remark, planned};
use super::state::State;
use super::{Event, Refusal};
use crate::gate::evidence::EvidenceKind;
use crate::gate::{Facts, has_outline};

pub(super) type Decision = Result<Vec<Event>, Refusal>;

/// The command makes no sense in this state.
pub(super) fn not_in(state: &State, command: &'static str) -> Decision {
    Err(Refusal::WrongState { command, state: state.name(), next: state.way_on() })
}

pub(super) fn plan_rollout(
    state: &State,
    proposal: Proposal,
    grounds: &Grounds,
    issued: &Issued,
) -> Decision {
    if *state != State::Absent {
        return not_in(state, "plan");
    }
    let (plan, override_reason) = planned(proposal, &issued.reason)?;
    grounds.bear(&plan)?;
    let remark = alpha_size_remark(&plan).map(|sentence| Event::Warned { rule: RuleId::R1, sentence });
    let planned = Event::Planned { plan: Box::new(plan), override_reason };
    Ok([planned].into_iter().chain(remark).collect())
}

/// Rule F1: what users see is behind a flag; for the rest a reason is enough. The bet is one that exists (rule I5).
pub(super) fn ship_directly(
    state: &State,
    (bet, bet_is_missing): (Option<BetId>, bool),
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
    grounds::bear_a_bet(bet, bet_is_missing)?;
    Ok(vec![Event::ShippedDirectly { bet, reason: reason.to_owned() }])
}

/// Rule R22: the flag is the rollout's own before anything is entered.
pub(super) fn start(state: &State, grounds: &Grounds, issued: &Issued) -> Decision {
    match state {
        State::Draft(course) => {
            grounds.bear_a_start(&course.plan)?;
            let (first, version) = ((course.plan.first(), 0), grounds.flag_version());
            let entry = course.entry(first, issued.at, Vec::new(), version);
            Ok(vec![Event::Started, Event::StageEntered(entry)])
        }
        State::Running(..) => Ok(Vec::new()),
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
) -> Decision {
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
            Ok(if repeats { Vec::new() } else { vec![recorded] })
        }
        State::Absent | State::Completed(..) | State::Aborted(_) | State::ShippedDirectly => {
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

pub(super) fn abort(state: &State, issued: &Issued) -> Decision {
    match state {
        State::Draft(_)
        | State::Running(..)
        | State::Paused(..)
        | State::RollingBack(..)
        | State::RolledBack(..) => Ok(vec![Event::Aborted { reason: issued.reason.clone() }]),
        State::Aborted(_) => Ok(Vec::new()),
        State::Absent | State::Completed(..) | State::ShippedDirectly => not_in(state, "abort"),
    }
}
