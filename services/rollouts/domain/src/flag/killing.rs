//! The kill switch, and the ways back from it (rules F3, R24).
//!
//! A revived flag serves nobody: its rollout goes on through its own door. An undo is for a kill by mistake: within a
//! day it serves again what was served before, unless anything has spoken against that since.

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::{Auth, Issued};
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;

use super::{Decided, Event, Exposure, Flag, Known, Place, Reach, Refusal};
use crate::gate::{BreachFact, GuardrailEffect, GuardrailFact};
use crate::rollout::{is_answered, unanswered};

/// How long a kill can be undone.
pub const UNDO_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// What was served when the flag was killed. Whatever narrows, holds or sets the flag afterwards makes an end of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeforeKill {
    pub at: Timestamp,
    pub exposure: Exposure,
}

/// What must be known before a kill is undone; looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    pub rollout: Whereabouts,
    /// What the guardrails of the rollout say now, and what they raised.
    pub guardrails: Vec<GuardrailFact>,
}

/// Where the rollout stands whose stage attempt was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// A person had set the exposure.
    NoRollout,
    /// In this attempt, running or paused.
    Attempt(u32),
    Completed,
    /// Rolled back or aborted.
    Gone,
}

pub(super) fn kill(flag: &Flag, issued: &Issued) -> Event {
    Event::Killed { version: flag.next_version(), reason: issued.reason.clone(), at: issued.at }
}

/// Rule R26: whoever takes away by hand what the plan says has no way back gives a reason, in place of the second person who
/// cannot be asked yet (decision D13). What the platform does by itself is not asked, nor is what takes nothing.
pub(super) fn taken_away(flag: &Flag, events: Vec<Event>, known: &Known, issued: &Issued) -> Decided {
    let mut ruling = Ruling::of(issued).overriding(!issued.reason.trim().is_empty());
    confirm(flag, known, issued, &mut ruling);
    ruling.decide(events)
}

/// The same as a part of a ruling.
pub(super) fn confirm(flag: &Flag, known: &Known, issued: &Issued, ruling: &mut Ruling<'_>) {
    let asked = issued.by.auth != Auth::Process && flag.reach() != Reach::Off;
    if let Some(passed) = known.no_return.as_ref().filter(|_| asked) {
        ruling.unless_overridden(false, || Refusal::NoWayBack(Box::new(passed.clone())));
    }
}

pub(super) fn revive(flag: &Flag, issued: &Issued) -> Decided {
    revived(flag, None, issued, Ruling::of(issued))
}

pub(super) fn undo(flag: &Flag, known: &Known, issued: &Issued) -> Decided {
    let Some(BeforeKill { at, exposure }) = &flag.before_kill else {
        return Err(Refusal::NothingToUndo.into());
    };
    let facts = known.undo()?;
    let (until, now) = (at.saturating_add(UNDO_WITHIN).unwrap_or(Timestamp::MAX), issued.at);
    let mut ruling = Ruling::of(issued);
    ruling.demand(now <= until, || Refusal::TooLateToUndo { until, now });
    if let Some(causes) = flag.holds.causes() {
        ruling.demand(false, || Refusal::Held { causes });
    }
    ruling.demand(is_still_there(exposure, facts.rollout), || Refusal::RolloutWentOn);
    let counting = facts.guardrails.iter().filter(|fact| fact.effect != GuardrailEffect::Shadow);
    let broken: Vec<&str> =
        counting.clone().filter(|fact| is_broken(fact)).map(|fact| fact.metric.as_str()).collect();
    ruling.demand(broken.is_empty(), || Refusal::GuardrailBroken { guardrails: broken.join(", ") });
    let raised = counting.flat_map(|fact| fact.breaches.iter().map(move |breach| (fact, breach)));
    let about = |breach: &BreachFact| is_about(exposure.place.as_ref(), breach);
    if let Some(open) = raised.filter(|(_, breach)| about(breach)).find(|raised| !is_answered(*raised)) {
        ruling.demand(false, || Refusal::BreachUnanswered(Box::new(unanswered(open))));
    }
    let shared = exposure.audience.share() > Percent::ZERO;
    ruling.remark(RuleId::R24, !shared, || {
        "a share or everyone is served again without a second person, who cannot be asked yet; the reason is recorded \
         in their place"
            .to_owned()
    });
    revived(flag, Some(exposure.clone()), issued, ruling)
}

/// Too little or too old data speaks against nothing: while nobody is served nobody is measured. An evaluation that is
/// away does.
fn is_broken(fact: &GuardrailFact) -> bool {
    match fact.state {
        CheckState::Fail | CheckState::Unknown(Unknown::Unhealthy) => true,
        CheckState::Pass
        | CheckState::Unknown(
            Unknown::NoData | Unknown::Insufficient | Unknown::Inconclusive | Unknown::Stale,
        ) => false,
    }
}

/// What earlier attempts broke was answered before this one was served.
fn is_about(place: Option<&Place>, breach: &BreachFact) -> bool {
    place.is_some_and(|place| breach.attempt >= place.attempt)
}

fn revived(flag: &Flag, undone: Option<Exposure>, issued: &Issued, mut ruling: Ruling<'_>) -> Decided {
    ruling.demand(!issued.reason.trim().is_empty(), || Refusal::ReviveWithoutReason);
    let (version, reason) = (flag.next_version(), issued.reason.clone());
    ruling.decide(vec![Event::Revived { version, reason, undone }])
}

fn is_still_there(exposure: &Exposure, rollout: Whereabouts) -> bool {
    match (&exposure.place, rollout) {
        (None, Whereabouts::NoRollout) | (Some(_), Whereabouts::Completed) => true,
        (Some(place), Whereabouts::Attempt(attempt)) => place.attempt == attempt,
        (None, Whereabouts::Attempt(_) | Whereabouts::Completed | Whereabouts::Gone)
        | (Some(_), Whereabouts::NoRollout | Whereabouts::Gone) => false,
    }
}
